// Why rows of the invented ledger belong together, in the words the core would use.
import type { LinkNote, Transaction } from "../bindings";
import { sourceOf } from "./rows";

const certain = { sure: "certain", how_sure: { zh: "确定", en: "certain" } } as const;
const likely = { sure: "likely", how_sure: { zh: "很可能", en: "very likely" } } as const;

const place = (t: Transaction) => {
  const row = sourceOf(t)?.row;
  return row === undefined ? { zh: "手工记录", en: "a note typed by hand" } : { zh: `账单第 ${row} 行`, en: `statement, row ${row}` };
};

/** The links of one transaction, the surest first. */
export function linksOf(t: Transaction, rows: Transaction[]): LinkNote[] {
  return rows.flatMap((other): LinkNote[] => {
    const { zh, en } = place(other);
    if (other.id === t.refund_of) return [{ other: other.id, rule: "order-suffix", ...certain, text: { zh: `对应的付款，见${zh}（单号一致）`, en: `The payment it gives back: ${en} (same number)` } }];
    if (other.refund_of === t.id) return [{ other: other.id, rule: "order-suffix", ...certain, text: { zh: `这笔付款的退款，见${zh}（单号一致）`, en: `A refund of this payment: ${en} (same number)` } }];
    if (!t.linked.includes(other.id)) return [];
    return [{ other: other.id, rule: "same-payment", ...likely, text: { zh: `同一笔付款，见${zh}（渠道、金额和日期一致）`, en: `The same payment: ${en} (same channel, amount and day)` } }];
  });
}
