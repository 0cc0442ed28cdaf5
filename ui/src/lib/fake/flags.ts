// One flag of each of eight kinds over the invented ledger.
import type { Flag, FlagKind, Sure, Text, Transaction, Trouble } from "../bindings";
import { cny } from "./rows";

type Told = {
  kind: FlagKind; sure: Sure; score: number; amount: number; /** Null where only the user can say. */ trouble: Trouble | null;
  of: (t: Transaction) => boolean; explanation: Text; innocent: Text;
};

const told: Told[] = [
  {
    kind: "duplicate-charge", sure: "clear", score: 0.94, amount: 299, trouble: "duplicate-charge", of: (t) => t.counterparty === "青禾数码专营店",
    explanation: { zh: "青禾数码专营店在 43 秒内扣款两次，金额都是 299.00 元，商品相同，两个交易单号不同。", en: "青禾数码专营店 charged 299.00 twice within 43 seconds, for the same item, under two order numbers." },
    innocent: { zh: "如果您确实买了两件，就不是重复扣款。", en: "If you did buy two, this is not a duplicate." },
  },
  {
    kind: "scam-words", sure: "likely", score: 0.9, amount: 2000, trouble: "payment-scam", of: (t) => t.item.startsWith("保证金"),
    explanation: { zh: "付款说明中出现“保证金”“解冻”。正规客服不会要求先付款再退款。", en: "The payment mentions a deposit to unfreeze a refund. Genuine support never asks for a payment before a refund." },
    innocent: { zh: "如果是您主动签约、有合同的押金，可以忽略。", en: "A deposit under a contract you signed is innocent." },
  },
  {
    kind: "test-charge", sure: "likely", score: 0.86, amount: 1999, trouble: null, of: (t) => t.counterparty.startsWith("GLOBAL"),
    explanation: { zh: "GLOBAL*PAY 7781 凌晨先扣 1.00 元，17 分钟后扣 1,999.00 元。先小额试探再大额扣款是盗刷的常见做法。", en: "GLOBAL*PAY 7781 took 1.00 at night and 1,999.00 seventeen minutes later; trying a small amount first is common in card fraud." },
    innocent: { zh: "有的商户会先验证一元再正式扣款。", en: "Some merchants verify a card with one yuan first." },
  },
  {
    kind: "new-payee", sure: "likely", score: 0.8, amount: 8000, trouble: null, of: (t) => t.counterparty === "*远",
    explanation: { zh: "深夜 23:48 首次转账给“*远”，金额 8,000.00 元，是您平时转账的 2.5 倍。", en: "A first transfer to “*远” at 23:48, of 8,000.00: 2.5 times your usual transfer." },
    innocent: { zh: "如果收款人是您认识并核实过的人，可以忽略。", en: "Innocent if you know the payee and checked with them." },
  },
  {
    kind: "unusual-amount", sure: "watch", score: 0.61, amount: 1286, trouble: null, of: (t) => t.counterparty === "禾木超市" && t.amount.amount === "1286.00",
    explanation: { zh: "在禾木超市的这一笔是 1,286.00 元，您过去 6 笔的中位数是 132.90 元。", en: "This purchase at 禾木超市 was 1,286.00; the median of your last six is 132.90." },
    innocent: { zh: "集中采购或购买家电时属于正常。", en: "Normal when stocking up or buying an appliance." },
  },
  {
    kind: "burst", sure: "likely", score: 0.74, amount: 492, trouble: null, of: (t) => t.counterparty === "星尘游戏",
    explanation: { zh: "凌晨 3 点，星尘游戏在 2 分钟内扣款 4 笔，共 492.00 元。", en: "星尘游戏 charged four times within two minutes at 3 a.m., 492.00 in all." },
    innocent: { zh: "如果是您或家人在玩游戏充值，请标为“是我本人”。", en: "If you or your family topped up, mark it as yours." },
  },
  {
    kind: "refund-missing", sure: "likely", score: 0.7, amount: 459, trouble: "refund-missing", of: (t) => t.counterparty === "布谷鞋服旗舰店",
    explanation: { zh: "订单已于 11 月 2 日关闭，19 天过去，账单里没有找到 459.00 元的退款。", en: "The order was closed on 2 November; 19 days later no refund of 459.00 is in the ledger." },
    innocent: { zh: "退款可能退回银行卡，请先查看该卡的账单。", en: "The refund may have gone to the bank card; check its statement first." },
  },
  {
    kind: "subscription-change", sure: "watch", score: 0.55, amount: 10, trouble: "subscription-change", of: (t) => t.counterparty === "云听音乐",
    explanation: { zh: "云听音乐连续包月从 15.00 元涨到 25.00 元。", en: "云听音乐 raised its monthly price from 15.00 to 25.00." },
    innocent: { zh: "优惠期结束后恢复原价属于正常，但您可以取消。", en: "Normal at the end of a discount; you may still cancel." },
  },
];

export type Invented = { flag: Flag; trouble: Trouble | null };

export function inventedFlags(rows: Transaction[]): Invented[] {
  return told.flatMap((one) => {
    const lines = rows.filter(one.of);
    if (lines.length === 0) return [];
    const { kind, sure, score, explanation, innocent, trouble } = one;
    return [{
      trouble,
      flag: { id: `${kind}-1`, kind, score, sure, transactions: lines.map((t) => t.id), compared: [], amount: cny(one.amount), explanation, innocent, verdict: null },
    }];
  }).sort((a, b) => b.flag.score - a.flag.score);
}
