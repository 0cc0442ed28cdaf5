// The plan the fake makes of any file: new, known, changed and unsure rows, one unreadable.
import type { Import, ImportPlan, PlannedFile, PlannedRow, Transaction } from "../bindings";
import { cny } from "./rows";

/** How many rows of each fate the invented file has. */
export const planned = { new: 412, known: 96, changed: 2, unsure: 3, unreadable: 1 };

export function planOf(tokens: string[], id: number, before: Import[]): ImportPlan {
  const file = (name: string): PlannedFile => ({
    file: name, sha256: "77aa".repeat(16), statement: "alipay-app-csv", experimental: name.startsWith("cashbook"), provider: "alipay", account: "138****0001", from: "2026-09-01T08:00:00+08:00",
    to: "2026-11-21T09:00:00+08:00", read: 513, stated: { count: 514, income: cny(25600), expense: cny(18342.6), neutral: cny(500) },
    income: cny(25600), expense: cny(18330.1), neutral: cny(500), counts: { ...planned },
    problems: [{ row: 218, column: "金额", reason: "bad-amount" }, { row: 0, column: "", reason: "mangled-ids" }],
    already: before.find((one) => one.sha256 === "77aa".repeat(16))?.id ?? null,
  });
  return {
    id, files: tokens.filter((t) => t !== "bad" && t !== "table").map((t) => file(t === "zip" ? "支付宝交易明细(20260901-20261121).csv" : t === "csv" ? "alipay_record_20261121.csv" : t)),
    refused: tokens.flatMap((t, place) =>
      t === "bad" || t === "table" ? [{ file: t === "bad" ? "相册.zip" : "小镇银行 2026.csv", place, error: { code: "unreadable" as const, detail: "No statement inside.", zh: "里面没有账单。" } }] : []),
    passed_over: tokens.includes("zip") ? [{ file: "使用说明.txt", place: 0, error: { code: "unreadable", detail: "No rows of cells.", zh: "没有表格。" } }] : [],
  };
}

export function rowsOf(ledger: Transaction[]): PlannedRow[] {
  const like = ledger[0];
  const fates = Object.entries(planned).filter(([fate]) => fate !== "unreadable") as [PlannedRow["fate"], number][];
  return fates.flatMap(([fate, n], group) => Array.from({ length: n }, (_, index): PlannedRow => {
    const date = new Date(Date.UTC(2026, 10, 21, 9) - (group * 500 + index) * 14_400_000).toISOString().slice(0, 19);
    const transaction: Transaction = {
      id: 0, key: `plan:${group}:${index}`, provider: "alipay", statement: "alipay-app-csv", at: `${date}+08:00`, direction: "out", kind: "purchase", amount: cny(12 + ((index * 37) % 400) / 4),
      fee: null, refunded: cny(0), balance: null, counterparty: ["街角咖啡", "江城地铁", "禾木超市", "渔阳小馆"][index % 4] ?? "", counterparty_account: "", item: ["拿铁 大杯", "地铁出行", "日用品", "牛肉面 一份"][index % 4] ?? "",
      method: "花呗", category: "日常消费", status: "交易成功", order_no: `202611${group}${String(100_000 + index)}`, merchant_order_no: "", memo: "", marks: [], refund_of: null, linked: [], note: "", source: null,
    };
    const before = fate === "changed" || fate === "unsure" ? { ...(like ?? transaction), ...transaction, id: 7, status: fate === "changed" ? "等待确认收货" : transaction.status } : null;
    return { file: 0, index: group * 1000 + index, fate, transaction, before };
  }));
}
