// Cases of the fake: status, deadlines and brief computed from their events, as the core does it.
import type { Case, CaseLine, CaseStatus, CaseView, Deadline, Happening, Money, Text, Transaction, Trouble } from "../bindings";
import { daysBetween, isoSecond, money } from "../format";
import { zh } from "../words/zh";
import { en } from "../words/en";
import { planFor, providerOf } from "./providers";

const t = (zhText: string, enText: string): Text => ({ zh: zhText, en: enText });

export function deadlinesOf(one: Case, today: string): Deadline[] {
  const resolved = new Set(one.events.flatMap(({ happening: h }) => (h.what === "promise-resolved" ? [h.event] : [])));
  return one.events.flatMap(({ id, happening: h }) => {
    const promise = h.what === "called" || h.what === "answered" ? h.promise : null;
    return promise && !resolved.has(id) ? [{ case: one.id, event: id, promise, days_left: daysBetween(today, promise.due) }] : [];
  }).sort((a, b) => a.days_left - b.days_left);
}

export function statusOf(one: Case, today: string): CaseStatus {
  const turns = one.events.filter(({ happening: h }) => h.what === "closed" || h.what === "reopened");
  if (turns.at(-1)?.happening.what === "closed") return "closed";
  const next = deadlinesOf(one, today)[0];
  if (next) return next.days_left < 0 ? "overdue" : next.days_left === 0 ? "due-today" : "waiting";
  const last = one.events.findLast(({ happening: h }) => ["called", "sent", "answered"].includes(h.what))?.happening;
  return !last ? "to-call" : last.what === "answered" ? "told" : "waiting";
}

function stake(lines: Transaction[]): Money | null {
  const currency = lines[0]?.amount.currency;
  if (!currency) return null;
  const fen = lines.filter((l) => l.amount.currency === currency).reduce((sum, l) => sum + Math.round(Number(l.amount.amount) * 100), 0);
  return { amount: (fen / 100).toFixed(2), currency };
}

/** What was told last of the trouble counts. */
function asTold(one: Case): Case {
  const told = one.events.findLast(({ happening: h }) => h.what === "retold")?.happening;
  return told?.what === "retold" ? { ...one, trouble: told.trouble } : one;
}

export function lineOf(opened: Case, rows: Transaction[], today: string): CaseLine {
  const one = asTold(opened);
  const lines = rows.filter((r) => one.transactions.includes(r.id));
  const party = lines[0]?.counterparty ?? "";
  const disputed = one.trouble === "duplicate-charge" ? lines.slice(0, 1) : lines;
  return {
    case: one, status: statusOf(one, today), amount: stake(disputed), deadline: deadlinesOf(one, today)[0] ?? null,
    title: t(`${zh.general.trouble[one.trouble]} · ${party || providerOf(one.provider)?.name.zh || ""}`, `${en.general.trouble[one.trouble]} · ${party || providerOf(one.provider)?.name.en || ""}`),
  };
}

const steps: Record<Trouble, [id: string, urgent: boolean, title: Text, detail: Text][]> = {
  "unknown-transaction": [
    ["freeze", true, t("先挂失或冻结", "Freeze first"), t("在钱包和银行 App 中暂停该卡的支付。", "Pause the card in the wallet and in the bank's app.")],
    ["password", true, t("修改密码", "Change the password"), t("登录密码和支付密码都改，并退出其他设备。", "Both login and payment; sign out other devices.")],
    ["collect", false, t("收集证据", "Collect evidence"), t("截图交易详情，保存短信。", "Screenshots of the payment and the messages.")],
  ],
  "payment-scam": [
    ["stop-paying", true, t("停下，不再付任何钱", "Stop; pay nothing more"), t("要再付“解冻费”“保证金”“税款”才能退款、提现的，都是骗局的一部分。", "Whoever wants a fee, a deposit or a tax before money is returned is part of the fraud.")],
    ["keep-chats", true, t("不要删除聊天记录，不要退群", "Delete no chats and leave no group"), t("先把聊天、对方账号和收款信息截图存好，再拉黑。", "Capture the chat, their accounts and the payee first, block afterwards.")],
    ["police", true, t("立即拨打 110，请求紧急止付", "Call 110 at once and ask for an emergency stop-payment"), t("说明付款时间、金额和对方账户。", "Say when, how much and to which account.")],
    ["contact", true, t("联系付款的钱包", "Tell the wallet you paid with"), t("请它登记并核查收款账户。", "Ask it to register this and to look into the payee's account.")],
    ["collect", false, t("整理报案材料", "Gather what the police need"), t("每笔付款的时间、金额、对方账户，聊天和通话记录。", "Of every payment the time, amount and payee's account; chats and calls.")],
  ],
  "duplicate-charge": [
    ["check", false, t("核对两笔是否都由您发起", "Check that you did not make both"), t("比较订单号、时间和商品。", "Compare order numbers, times and items.")],
    ["merchant", false, t("先联系商户", "Ask the merchant first"), t("商户确认后退款通常更快。", "A refund is usually faster when the merchant agrees.")],
    ["collect", false, t("收集证据", "Collect evidence"), t("截图两笔交易详情。", "Screenshots of both payments.")],
  ],
  "refund-missing": [["check", false, t("查看原付款渠道", "Check where it was paid from"), t("退款原路退回，可能在银行卡里。", "Refunds go back the same way, perhaps to a card.")]],
  "failed-but-debited": [["wait", false, t("等待一个工作日", "Wait one working day"), t("多数失败的扣款会自动退回。", "Most failed debits come back by themselves.")]],
  "account-frozen": [["papers", false, t("准备证明材料", "Prepare papers"), t("身份证、资金来源和用途。", "Identity, source and use of the money.")]],
  "subscription-change": [["switch-off", true, t("先关掉这项自动扣款", "Switch this automatic charge off"), t("先截图，再关闭。", "Take a screenshot, then end it.")]],
  "trial-turned-paid": [["switch-off", true, t("先关掉自动续费", "Switch the renewal off"), t("先截图，再关闭。", "Take a screenshot, then end it.")]],
  "unexpected-fee": [["check-terms", false, t("找到收费的那一条", "Find the clause it rests on"), t("在服务协议或收费公示里找。", "In the agreement or the price list.")]],
  "wrong-payee": [["ask-payee", false, t("请收款方退回", "Ask the payee to send it back"), t("客气地说明付错了，附上付款截图。", "Say politely that it went wrong, with a screenshot.")]],
  "hold-not-released": [["check-released", false, t("看是不是已经解冻", "See whether it was released already"), t("在冻结或免押页面查看。", "Look at the list of holds.")]],
  "balance-mismatch": [["export-again", false, t("导出同一段时间的完整明细", "Export the same days again in full"), t("前后各多取几天，重新导入。", "A few days more on both sides, and import it.")]],
  "unclear-payment": [["ask-family", false, t("问一下家人", "Ask your family"), t("亲属卡和共用账户常被当成陌生扣款。", "Family cards and shared accounts are often taken for unknown charges.")]],
  "currency-overcharge": [["check-slip", false, t("看签购单上是哪种货币", "See which currency the slip shows"), t("它决定该问谁。", "It decides whom to ask.")]],
};

export function viewOf(opened: Case, rows: Transaction[], today: string): CaseView {
  const one = asTold(opened);
  const lines = one.transactions.flatMap((id) => rows.find((r) => r.id === id) ?? []);
  const done = new Map(one.events.flatMap(({ happening: h }) => (h.what === "stepped" ? [[h.step, h.done] as const] : [])));
  const first = lines[0];
  const scam = one.trouble === "payment-scam";
  const plan = planFor(one.provider, one.id, first?.method, scam);
  const called = (id: string) => one.events.some(({ happening: h }) => h.what === "called" && h.provider === id);
  const knows = (id: string, say: Text[]) => (say.length > 0 ? called("police-110") || done.get("police") === true : called(id));
  if (scam) plan.call.sort((a, b) => Number(knows(a.provider, a.say)) - Number(knows(b.provider, b.say)));
  const line = lineOf(one, rows, today);
  return {
    first_of_all: scam ? t(
      "先停下：不要再付任何钱，包括“解冻费”“保证金”“手续费”。不要删除聊天记录和通话记录。给过别人验证码、密码或共享过屏幕的，马上修改密码。",
      "Stop first: pay nothing more, be it called an unfreezing fee, a deposit or a handling fee. Delete no chats and no call records. If you gave anyone a code or a password or shared your screen, change your passwords now.",
    ) : null,
    questions: [t("付款时手机和卡在您身边吗？", "Were your phone and card with you at the time?"), t("是否已挂失或报警？", "Have you blocked the card or gone to the police?")],
    to_capture: [t("账单详情页截图：时间、金额、收款方、订单号都要看得见", "A screenshot of the bill's detail page with time, amount, payee and order number in view"), t("与对方的全部聊天记录", "The whole chat with the other side")],
    addressees: scam ? ["police", "wallet", "bank", "regulator"] : one.trouble === "unknown-transaction" ? ["wallet", "bank", "regulator", "police"]
      : one.trouble === "wrong-payee" ? ["wallet", "bank"] : one.trouble === "hold-not-released" ? ["merchant", "wallet", "bank"]
      : one.trouble === "subscription-change" || one.trouble === "trial-turned-paid" ? ["merchant", "wallet", "bank", "regulator"] : ["wallet", "bank", "regulator"],
    line, transactions: lines, deadlines: deadlinesOf(one, today), plan, attachments: [], next_rung: plan.next_rung,
    steps: steps[one.trouble].map(([id, urgent, title, detail]) => ({ id, urgent, title, detail, done: done.get(id) ?? false })),
    brief: {
      title: line.title, wishes: one.wishes.map((w) => t(zh.general.wish[w], en.general.wish[w])),
      facts: first ? [
        { label: t("交易时间", "Time"), value: t(isoSecond(first.at), isoSecond(first.at)), copy: false },
        { label: t("金额", "Amount"), value: t(money(first.amount, "zh"), money(first.amount, "en")), copy: false },
        { label: t("交易单号", "Order number"), value: t(first.order_no, first.order_no), copy: true },
        { label: t("收款方", "Payee"), value: t(first.counterparty, first.counterparty), copy: false },
        { label: t("付款方式", "Paid with"), value: t(first.method, first.method), copy: false },
      ] : [],
    },
  };
}

/** The case the browser starts with: one call made, one promise past, one to come. */
export function inventedCase(rows: Transaction[], at: (days: number) => string): Case {
  const line = rows.find((r) => r.counterparty === "布谷鞋服旗舰店");
  const call = (seconds: number, said: string, due: string, agent: string): Happening => ({
    what: "called", provider: "alipay", line: "main", seconds, agent, ticket: "T-20261114-0031", said, promise: { what: said, due },
  });
  return {
    id: 1, opened_at: `${at(-7)}T10:00:00+08:00`, trouble: "refund-missing", provider: "alipay", story: "订单关闭后一直没有收到退款。",
    wishes: ["refund", "explanation"], transactions: line ? [line.id] : [], flags: [], findings: [],
    events: [
      { id: 1, at: `${at(-7)}T16:12:00+08:00`, happening: call(412, "三个工作日内核实并答复", at(-1), "工号 2071") },
      { id: 2, at: `${at(-6)}T09:00:00+08:00`, happening: { what: "stepped", step: "check", done: true } },
      { id: 3, at: `${at(-2)}T15:30:00+08:00`, happening: call(265, "已转退款专员，五天内到账", at(3), "工号 3310") },
    ],
  };
}
