// What verdicts teach, what may be chosen, and the picture of a flag, as the core does it, in short.
import type { Chart, Effect, Flag, FlagChoices, FlagKind, Lesson, Setting, Text, Transaction, Verdict } from "../bindings";
import { zh } from "../words/zh";
import { en } from "../words/en";
import { cny } from "./rows";

export type Said = [flag: string, verdict: Verdict, at: string];

const text = (zh: string, en: string): Text => ({ zh, en });
const least = { off: Infinity, quiet: 0.75, normal: 0.5, watchful: 0.3 };
const name = (kind: FlagKind) => text(zh.general.flagKind[kind], en.general.flagKind[kind]);

export const shows = (setting: Setting, flag: Flag) =>
  flag.verdict !== null || flag.score >= least[setting.kinds[flag.kind] ?? setting.all];

const looksFor: Record<FlagKind, Text> = {
  "scam-words": text("付款说明里有常见骗局的字样", "Words of known scams in what a payment says"),
  "test-charge": text("先扣几分几毛，随后扣一大笔", "A few cents first, a large sum soon after"),
  "duplicate-charge": text("同一家、同一金额，几分钟内扣了不止一次", "The same payee and amount, taken more than once within minutes"),
  "refund-missing": text("说好退款、订单已关闭，钱却没有回来或只回来一部分", "A refund promised or an order closed, and the money not or not all back"),
  "subscription-change": text("自动续费涨价，或取消之后又扣", "A subscription raised, or charged after it was cancelled"),
  "failed-but-debited": text("显示支付失败，钱却扣了", "A payment that failed while the money left"),
  "trial-turned-paid": text("试用期过后自动收费", "A trial that began to charge by itself"),
  "unexpected-fee": text("以前没有过的手续费、利息、罚息", "Fees, interest or penalties never seen before"),
  "currency-overcharge": text("外币付款折算得比您平时贵", "Foreign prices converted at a worse rate than your usual one"),
  "balance-mismatch": text("账单里的余额与前后金额对不上", "A balance that does not follow from the amounts"),
  "wrong-payee": text("收款方或充值的号码与您常付的只差一点", "A payee, or a number topped up, one letter or digit from a usual one"),
  "emptied-account": text("余额几乎一次转空，收款方是新的", "Nearly all of a balance sent to someone new"),
  disowned: text("您自己写明不是您付的", "What you wrote yourself that you did not pay"),
  "forgotten-hold": text("押金、预授权冻结后迟迟没有解冻", "A deposit or hold that is not released"),
  "new-payee": text("第一次付给某人，而且金额大", "A large first transfer to someone"),
  burst: text("短时间内连续付了许多笔、接连买礼品卡，或几笔连着不像您的习惯", "Many payments within a short time, gift cards one after another, or a run unlike your habits"),
  "unusual-amount": text("比您自己平时付的高出很多", "Far above what you usually pay"),
};

export const choices: FlagChoices = {
  sensitivities: [
    { sensitivity: "quiet", name: text("少提醒", "Quiet"), meaning: text("很有把握才说，四处里至少三处属实；按平均两年最多一次误报来定，会漏掉不少。", "Only what is very likely wrong, three in four at least. Chosen for one false alarm in two years at most; it misses a good part.") },
    { sensitivity: "normal", name: text("普通", "Normal"), meaning: text("多半属实才说；按平均五个月最多一次误报来定。", "What is more likely wrong than not. Chosen for one false alarm in five months at most.") },
    { sensitivity: "watchful", name: text("多提醒", "Watchful"), meaning: text("有三成可能就说，漏得最少；按平均两个月最多一次误报来定。", "Hints too, from three chances in ten, so that least is missed. Chosen for one false alarm in two months at most.") },
  ],
  kinds: (Object.keys(looksFor) as FlagKind[]).map((kind) => ({ kind, name: name(kind), looks_for: looksFor[kind] })),
};

const upTo = (flag: Flag) => `¥${(Number(flag.amount.amount) * 1.25).toFixed(2)}`;
export function effectOf(flag: Flag, verdict: Verdict, payee: string): Effect {
  const kind = name(flag.kind);
  const words = verdict === "mine"
    ? text(`「${payee}」的“${kind.zh}”，涉及金额不高于 ${upTo(flag)} 的，不再提示。`, `“${kind.en}” at “${payee}” stays quiet where no more than ${upTo(flag)} is at stake.`)
    : text(`「${payee}」再出现“${kind.zh}”时，会排得更靠前。`, `Another “${kind.en}” at “${payee}” will rank higher.`);
  return { words, flags: 0, rows: 0 };
}

export function lessonsOf(said: Said[], flags: Flag[], rows: Transaction[]): Lesson[] {
  return said.flatMap(([id, verdict, since]) => {
    const flag = flags.find((one) => one.id === id);
    const row = rows.find((one) => one.id === flag?.transactions[0]);
    if (!flag || !row) return [];
    const up_to = verdict === "mine" ? cny(Number(flag.amount.amount) * 1.25) : null;
    return [{ flag: id, kind: flag.kind, verdict, counterparty: row.counterparty, amount: flag.amount, up_to, since, effect: effectOf(flag, verdict, row.counterparty), transaction: row.id }];
  }).reverse();
}

/** What to do next, for the kinds that are invented here. */
export const nextOf = (kind: FlagKind): Text => ({
  "duplicate-charge": text("先看订单里是一份还是两份。只有一份，就请商家退回多扣的；商家不认，再请付款的钱包或银行按两个交易单号查。", "Look whether you have one order or two. With one, ask the shop for the extra charge back; if it refuses, have the wallet or bank trace both order numbers."),
  "scam-words": text("先不要再付一分钱，聊天和转账记录都留着。如果是没见过面的人叫您付的，立刻报警，同时打给付款的钱包或银行，请求止付。", "Pay nothing more, and keep chats and records. If somebody you never met told you to pay, go to the police at once and call the wallet or bank that paid, to have it stopped."),
  "refund-missing": text("先看退款进度：退到哪里、哪天退的，再查那张卡的账单。过了答应的日子还没到，凭交易单号请付款的钱包或银行查。", "Look up where and when it was refunded, and that account's statement. If the promised day has passed, have the wallet or bank trace it by the order number."),
} as Partial<Record<FlagKind, Text>>)[kind] ?? text("先回想一下，也问问能用您手机或卡的家人。确实不是你们付的，马上锁卡、改支付密码，再打给付款的钱包或银行。", "Think back, and ask family who can use your phone or card. If it was none of you, lock the card, change the payment password and call the wallet or bank that paid.");

const seconds = (at: string) => Date.parse(at) / 1000;
export function chartOf(flag: Flag, all: Transaction[]): Chart | null {
  const own = new Set(flag.transactions);
  const inTime = [...all].sort((a, b) => a.at.localeCompare(b.at));
  const marked = inTime.filter((row) => own.has(row.id));
  const [first, last] = [marked[0], marked.at(-1)];
  if (!first || !last) return null;
  const hours = marked.length >= 3 && seconds(last.at) - seconds(first.at) <= 72 * 3600;
  const around = Math.max((seconds(last.at) - seconds(first.at)) / 2, 1800);
  const out = inTime.filter((row) => row.direction === "out" && row.amount.currency === flag.amount.currency);
  const kind = flag.kind === "new-payee";
  const drawn = out.filter((row) => (hours ? seconds(row.at) >= seconds(first.at) - around && seconds(row.at) <= seconds(last.at) + around
    : kind ? row.kind === first.kind : row.counterparty === first.counterparty)).slice(-60);
  const [from, to] = [drawn[0], drawn.at(-1)];
  if (drawn.length < 4 || !from || !to) return null;
  const most = Math.max(...drawn.map((row) => Number(row.amount.amount)));
  const unit = 10 ** Math.floor(Math.log10(most));
  const top = [1, 2, 3, 4, 5, 6, 8, 10].map((n) => n * unit).find((round) => round >= most) ?? most;
  const place = (at: string) => Math.round(((seconds(at) - seconds(from.at)) / Math.max(1, seconds(to.at) - seconds(from.at))) * 1000);
  const height = (amount: number) => Math.round((amount / top) * 1000);
  const others = drawn.filter((row) => !own.has(row.id)).map((row) => Number(row.amount.amount)).sort((a, b) => a - b);
  const middle = others[Math.floor((others.length - 1) / 2)];
  if (!hours && others.length === 0) return null;
  const months = ["2026-08-01T00:00:00+08:00", "2026-09-01T00:00:00+08:00", "2026-10-01T00:00:00+08:00", "2026-11-01T00:00:00+08:00"].filter((at) => at > from.at && at < to.at);
  return {
    scope: hours ? "hours" : kind ? "kind" : "payee", grain: hours ? "minutes" : "months",
    points: drawn.map((row) => ({ transaction: row.id, at: row.at, amount: row.amount, counterparty: row.counterparty, marked: own.has(row.id), x: place(row.at), y: height(Number(row.amount.amount)) })),
    usual: !hours && middle !== undefined && others.length >= 3 ? { amount: cny(middle), y: height(middle) } : null,
    levels: [top / 2, top].map((amount) => ({ amount: cny(amount), y: height(amount) })),
    ticks: (hours ? drawn.filter((_, n) => n % 2 === 0).map((row) => row.at) : months).map((at) => ({ at, x: place(at) })),
  };
}
