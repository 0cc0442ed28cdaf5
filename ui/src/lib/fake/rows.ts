// An invented ledger: half a year of one person's wallet, with one of everything a detector looks for.
import type { Direction, Kind, Money, SourceRow, Transaction } from "../bindings";

export const cny = (yuan: number): Money => ({ amount: yuan.toFixed(2), currency: "CNY" });

type Told = [at: string, counterparty: string, item: string, amount: number, more?: Partial<Transaction>];

const coffee = ["拿铁 大杯", "美式 中杯", "燕麦拿铁"];
const dishes = ["牛肉面 一份", "黄焖鸡 小份", "轻食沙拉", "麻辣香锅"];

/** Quiet days: coffee, metro, meals, groceries, rent and pay. */
function everyday(): Told[] {
  const rows: Told[] = [];
  for (let n = 0; n < 30; n++) {
    const date = new Date(Date.UTC(2026, 10, 20 - n * 4));
    const day = date.toISOString().slice(0, 10);
    rows.push([`${day}T08:${String(10 + (n * 7) % 40)}:12`, "街角咖啡", coffee[n % 3] ?? "", 18 + (n % 3) * 3]);
    if (n % 2 === 0) rows.push([`${day}T12:${String(10 + (n * 3) % 30)}:45`, "渔阳小馆", dishes[n % 4] ?? "", 26 + (n % 4) * 4.5, { provider: "wechat-pay", category: "商户消费" }]);
    if (n % 3 === 0) rows.push([`${day}T18:${String(10 + (n * 5) % 40)}:03`, "江城地铁", "地铁出行", 4]);
    if (n % 5 === 0) rows.push([`${day}T20:15:${String(10 + n)}`, "禾木超市", "日用品", 86.4 + n * 3.1]);
  }
  for (let month = 6; month <= 11; month++) {
    const m = String(month).padStart(2, "0");
    rows.push([`2026-${m}-01T09:00:00`, "周房东", "房租", 3200, { kind: "transfer-out", method: "招商银行储蓄卡(8810)" }]);
    rows.push([`2026-${m}-10T10:05:00`, "江城远山科技有限公司", "工资", 12800, { kind: "income", direction: "in", method: "余额" }]);
    rows.push([`2026-${m}-12T07:30:00`, "云听音乐", "会员连续包月", month < 11 ? 15 : 25, { method: "招商银行信用卡(1234)" }]);
  }
  return rows;
}

const remarkable: Told[] = [
  ["2026-11-18T19:42:08", "青禾数码专营店", "蓝牙耳机 单件", 299, { order_no: "2026111822001400000000071", method: "招商银行信用卡(1234)" }],
  ["2026-11-18T19:42:51", "青禾数码专营店", "蓝牙耳机 单件", 299, { order_no: "2026111822001400000000072", method: "招商银行信用卡(1234)" }],
  ["2026-11-19T23:48:20", "*远", "转账", 8000, { kind: "transfer-out", counterparty_account: "138****0006", method: "余额" }],
  ["2026-11-17T14:02:11", "禾木超市", "日用品", 1286, { method: "花呗" }],
  ["2026-11-15T03:11:02", "星尘游戏", "点券", 98, { provider: "wechat-pay" }],
  ["2026-11-15T03:11:40", "星尘游戏", "点券", 98, { provider: "wechat-pay" }],
  ["2026-11-15T03:12:15", "星尘游戏", "点券", 98, { provider: "wechat-pay" }],
  ["2026-11-15T03:13:05", "星尘游戏", "点券", 198, { provider: "wechat-pay" }],
  ["2026-11-02T16:20:00", "布谷鞋服旗舰店", "运动鞋 42 码", 459, { status: "交易关闭", kind: "purchase" }],
  ["2026-11-13T02:14:09", "GLOBAL*PAY 7781", "online", 1, { method: "招商银行信用卡(1234)" }],
  ["2026-11-13T02:31:47", "GLOBAL*PAY 7781", "online", 1999, { method: "招商银行信用卡(1234)" }],
  ["2026-11-20T21:05:33", "平台客服中心", "保证金（退款解冻用）", 2000, { kind: "transfer-out", memo: "解冻后原路退回" }],
  ["2026-10-28T11:20:00", "小满家居", "台灯", 168, { status: "退款成功", refunded: cny(168) }],
  ["2026-10-30T09:12:00", "小满家居", "台灯 退款", 168, { direction: "in", kind: "refund", status: "退款成功" }],
  ["2026-11-06T18:00:00", "Pear Books", "e-book", 12.5, { amount: { amount: "12.50", currency: "USD" }, provider: "wechat-pay", method: "招商银行信用卡(1234)" }],
  ["2026-11-09T10:00:00", "转入零钱", "零钱提现", 500, { direction: "neutral", kind: "withdrawal", provider: "wechat-pay" }],
  ["2026-11-08T12:30:00", "南山停车", "停车费", 15, { status: "等待处理中", kind: "pending", marks: ["unknown-status"] }],
];

function row([at, counterparty, item, amount, more = {}]: Told, index: number): Transaction {
  const provider = more.provider ?? "alipay";
  const direction: Direction = more.direction ?? "out";
  const kind: Kind = more.kind ?? "purchase";
  return {
    id: index + 1, key: `${provider}:${index + 1}`, provider, statement: provider === "alipay" ? "alipay-app-csv" : "wechat-csv",
    at: `${at}+08:00`, direction, kind, amount: cny(amount), fee: null, refunded: cny(0), balance: null, counterparty,
    counterparty_account: "", item, method: provider === "alipay" ? "花呗" : "零钱", category: kind === "transfer-out" ? "转账红包" : "日常消费",
    status: provider === "alipay" ? "交易成功" : "支付成功",
    order_no: `${at.slice(0, 10).replaceAll("-", "")}2200140000${String(10_000 + index)}`, merchant_order_no: `M${700_000 + index}`,
    memo: "", marks: [], refund_of: null, linked: [], note: "", source: { import: provider === "alipay" ? 1 : 2, row: 25 + index },
    ...more,
  };
}

/** Newest first. */
export function inventedRows(): Transaction[] {
  const rows = [...remarkable, ...everyday()].map(row);
  const of = (item: string) => rows.find((r) => r.item === item);
  const [bought, refund] = [of("台灯"), of("台灯 退款")];
  if (bought && refund) refund.refund_of = bought.id;
  return rows.sort((a, b) => b.at.localeCompare(a.at));
}

/** The row of the file a transaction was read from. */
export function sourceOf(t: Transaction): SourceRow | null {
  if (!t.source) return null;
  return {
    file: t.provider === "alipay" ? "支付宝交易明细(20260601-20261121).csv" : "微信支付账单(20260601-20261121).xlsx",
    sha256: t.provider === "alipay" ? "3f9a".repeat(16) : "b07c".repeat(16), row: t.source.row,
    cells: [t.at.slice(0, 19).replace("T", " "), t.category, t.counterparty, t.counterparty_account || "/", t.item, t.direction === "in" ? "收入" : t.direction === "out" ? "支出" : "不计收支",
      t.amount.amount, t.method, t.status, t.order_no, t.merchant_order_no, t.memo],
    imported_at: "2026-11-21T09:30:00+08:00",
  };
}
