// A small directory for the browser; the real one is assets/directory.
import type { CallLine, CallPlan, CaseId, Citation, Hotline, NumberCheck, Provider, Purpose, SourceKind, Span, Text, Trust } from "../bindings";

const t = (zh: string, en: string): Text => ({ zh, en });
const cite = (kind: SourceKind, what: Text, url = "", dated = ""): Citation => ({ kind, what, url, dated, checked: "2026-08-21" });
const claim = (number: string, said_by: Text, truth: Text) => ({ number, said_by, truth, url: "", checked: "2026-08-21" });
const line = (id: string, number: string, label: Text, trust: Trust, more: Partial<Hotline> = {}): Hotline => ({
  id, number, label, purpose: "general" as Purpose, trust, region: "CN", hours: [], hours_source: null, tz: "Asia/Shanghai", languages: ["zh"],
  cost_note: null, menu: [], sources: [cite("official", t("帮助页面", "help page"))], ...more,
});
const always: Span[] = [{ days: "xxxxxxx", from: "00:00", to: "24:00" }];
const provider = (id: string, kind: Provider["kind"], name: Text, more: Partial<Provider>): Provider => ({
  id, kind, region: "CN", status: "active", name, aliases: [], former: [], became: null, legal: [], bill: [], note: null, no_phone: null, hotlines: [], channels: [], claims: [], calls_from: [],
  sources: [], ...more,
});

export const providers: Provider[] = [
  provider("alipay", "wallet", t("支付宝", "Alipay"), {
    aliases: ["zhifubao"], legal: ["支付宝（中国）网络技术有限公司"],
    hotlines: [line("main", "95188", t("支付宝客服", "Alipay support"), "verified", {
      hours: always, hours_source: "official-copy", sources: [cite("official-copy", t("开放平台错误码说明", "open platform error texts"), "opendocs.alipay.com", "2020"), cite("partner", t("国家电网知识库", "State Grid customer texts"))],
    })],
    channels: [{ kind: "app", how: t("我的 → 客服中心 → 在线客服", "Me → Help centre → Online support"), trust: "community" }],
    claims: [claim("400-000-9518", t("聚合网站", "an aggregator"), t("没有官方来源；官方热线是 95188。", "No official source; the official line is 95188."))],
  }),
  provider("wechat-pay", "wallet", t("微信支付", "WeChat Pay"), {
    aliases: ["weixin", "tenpay"], legal: ["财付通支付科技有限公司"], bill: ["财付通", "TENPAY"],
    hotlines: [line("main", "95017", t("微信支付客服", "WeChat Pay support"), "verified", {
      hours: [{ days: "xxxxxxx", from: "09:00", to: "22:00" }], hours_source: "official", menu: [t("商户按 2", "Merchants press 2")],
      sources: [cite("official", t("帮助页面", "help page"), "pay.weixin.qq.com", "2026")],
    })],
    claims: [claim("400-670-1000", t("聚合网站", "an aggregator"), t("只见于一个聚合网站，官方热线是 95017。", "Found on one aggregator only; the official line is 95017."))],
  }),
  provider("jd-pay", "wallet", t("京东支付", "JD Pay"), { hotlines: [line("main", "95118", t("京东科技客服", "JD Technology support"), "community", { sources: [cite("community", t("社区整理的联系人名片", "a community's contact cards"))] })] }),
  provider("apple-pay", "card-wallet", t("Apple Pay", "Apple Pay"), {
    note: t("Apple Pay 不持有您的资金，交易请联系发卡银行。", "Apple Pay holds no money: dispute the payment with the bank that issued the card."),
    hotlines: [line("support", "400-666-8800", t("Apple 支持（不处理交易争议）", "Apple support (does not handle disputes)"), "community")],
  }),
  provider("du-xiaoman", "wallet", t("度小满钱包", "Du Xiaoman"), {
    status: "renamed", aliases: ["baidu-wallet"], former: ["百度钱包"], became: t("百度钱包改为度小满钱包", "Baidu Wallet became Du Xiaoman Wallet"), hotlines: [line("main", "95055", t("度小满客服", "Du Xiaoman support"), "verified", { sources: [cite("official", t("支付服务协议", "payment agreement"), "dxmpay.com", "2025-05-22")] })],
    claims: [claim("400-600-0111", t("聚合网站", "an aggregator"), t("没有来源支持；官方热线是 95055。", "Nothing backs it; the official line is 95055."))],
  }),
  provider("google-wallet", "card-wallet", t("Google 钱包", "Google Wallet"), {
    no_phone: t("未公布电话热线。任何自称的号码都不可信；交易请联系发卡银行。", "Publishes no phone line; any number you find is suspect. Dispute payments with the card's issuer."),
  }),
  provider("cmb", "bank", t("招商银行", "China Merchants Bank"), {
    aliases: ["招行"], hotlines: [
      line("credit-card", "400-820-5555", t("信用卡中心", "Credit cards"), "community", { purpose: "credit-card", hours: always, hours_source: "community" }),
      line("main", "95555", t("储蓄与综合", "General"), "community", { hours: always, hours_source: "community" }),
    ],
  }),
  provider("pboc-12363", "public-line", t("人民银行 12363", "PBoC 12363"), {
    note: t("先向支付机构投诉，再拨打 12363。", "Complain to the payment institution first."),
    hotlines: [line("main", "12363", t("金融消费权益保护", "Financial consumers"), "verified", { hours: [{ days: "xxxxx--", from: "08:30", to: "11:30" }, { days: "xxxxx--", from: "14:00", to: "17:30" }], hours_source: "regulator" })],
  }),
  provider("police-110", "public-line", t("110 报警", "Police 110"), {
    hotlines: [line("main", "110", t("正在被骗或刚刚转账：紧急止付", "Fraud in progress or money just sent: emergency stop-payment"), "verified", { hours: always, hours_source: "general-knowledge", sources: [cite("regulator", t("《反电信网络诈骗法》第二十条", "Anti-Telecom and Online Fraud Law, art. 20"))] })],
  }),
  provider("anti-fraud-96110", "public-line", t("96110 反诈专线", "Anti-fraud line 96110"), { hotlines: [line("main", "96110", t("反诈劝阻与咨询", "Fraud prevention"), "verified")] }),
];

export const providerOf = (id: string) => providers.find((p) => p.id === id || p.aliases.includes(id));

function callLine(p: Provider, h: Hotline, why: Text): CallLine {
  const hours = h.hours.map((s) => `${s.from}–${s.to}`).join(" ");
  const around = h.hours[0]?.to === "24:00";
  return {
    provider: p.id, name: p.name, line: h.id, label: h.label, number: h.number, tel: `tel:${h.number.replaceAll("-", "")}`, why, trust: h.trust, sources: h.sources,
    hours: h.hours.length === 0 ? t("营业时间无来源", "Hours unknown") : around ? t("全天", "All day") : t(hours, hours),
    open: h.hours.length === 0 ? null : true, opens_at: null, better_time: p.kind === "public-line" ? null : t("下午四点后通常较空", "Calmer after 4 p.m."), menu: h.menu, languages: h.languages, cost_note: h.cost_note, say: [],
    calmer_at: "2026-11-23T16:00:00+08:00", abroad: p.region === "CN" ? t(`没有查到从境外拨打 ${h.number} 的写法。`, `No way to dial ${h.number} from abroad was found.`) : null,
  };
}

const police = [
  t("您好，我要报警：我按别人的要求付了款，怀疑被骗，请求紧急止付。", "Hello, I want to report a crime: I made a payment because somebody told me to, I suspect fraud, and I ask for an emergency stop-payment."),
  t("我先报姓名、现在的位置和联系电话。", "First my name, where I am now and my phone number."),
  t("请告诉我接警编号，以及由哪个单位办理。", "Please tell me the number of this report and which station deals with it."),
];

/** A plan for a provider; `method` is the means of payment, which may lead to the card's issuer; a scam leads to the police first. */
export function planFor(id: string, caseId: CaseId | null, method = "", scam = false): CallPlan {
  const wallet = providerOf(id);
  const issuer = method.includes("招商银行") ? providerOf("cmb") : undefined;
  const call: CallLine[] = [];
  const issuerFirst = issuer && wallet?.kind === "card-wallet";
  const offer = (p: Provider | undefined, why: Text) => p?.hotlines.slice(0, 1).forEach((h) => call.push(callLine(p, h, why)));
  if (scam) {
    offer(providerOf("police-110"), t("紧急止付由警方决定，银行和支付机构配合；越早越有用，能不能追回没有人能保证", "The police decide on an emergency stop-payment, banks and wallets carry it out; the earlier the better, and nobody can say whether the money comes back"));
    offer(providerOf("anti-fraud-96110"), t("拿不准是不是诈骗时先问它；已经转出钱的，先打 110", "Ask here where you are not sure it is fraud; where money has left, call 110 first"));
    for (const line of call) line.say = police;
  }
  if (issuerFirst) offer(issuer, t("资金在这张卡上，由发卡银行处理争议。", "The money is on this card; its issuer handles the dispute."));
  if (wallet?.kind !== "card-wallet") offer(wallet, t("账单由它出具，交易由它处理。", "It issued the statement and processed the payment."));
  if (issuer && !issuerFirst) offer(issuer, t("这笔钱从招商银行信用卡支付，发卡行可以协助调单。", "Paid by a CMB card: the issuer can trace the charge."));
  return {
    case: caseId, call, notice: wallet?.no_phone ?? wallet?.note ?? null, channels: wallet?.channels ?? [],
    have_ready: [t("本人手机，能收到短信", "Your own phone, able to receive texts"), t("交易单号和交易时间", "Order number and time"), t("纸笔，记下工号和工单号", "Pen and paper for agent and ticket number")],
    say: [
      t("您好，我要申诉一笔重复扣款。", "Hello, I want to dispute a duplicate charge."),
      t("2026 年 11 月 18 日 19:42:51，青禾数码专营店扣款 299.00 元，与 43 秒前的一笔相同。", "On 18 November 2026 at 19:42:51, 青禾数码专营店 charged 299.00, the same as 43 seconds before."),
      t("请退还其中一笔，并告诉我工单号和答复时间。", "Please refund one of them and give me a ticket number and a date for the answer."),
    ],
    never: [t("短信验证码", "A text-message code"), t("支付密码", "Your payment password"), t("要求下载共享屏幕的软件", "To install screen-sharing software")],
    next_rung: [
      { provider: "pboc-12363", name: t("人民银行 12363", "PBoC 12363"), urgent: false, when: t("支付机构 15 天内没有答复，或您不接受答复时", "When the institution has not answered in 15 days, or you do not accept the answer") },
      ...(scam ? [] : [{ provider: "anti-fraud-96110", name: t("96110 反诈专线", "Anti-fraud line 96110"), urgent: true, when: t("怀疑被诈骗时立即拨打", "At once, where you suspect fraud") }]),
    ],
  };
}

export function checkNumber(text: string): NumberCheck {
  const digits = text.normalize("NFKC").replace(/[^\d+]/g, "");
  const base = { number: digits, e164: /^1\d{10}$|^400\d{7}$/.test(digits) ? `+86${digits}` : null, provider: null, line: null, sources: [] as Citation[], others: [], yours: null };
  for (const p of providers) {
    const h = p.hotlines.find((one) => one.number.replaceAll("-", "") === digits);
    if (h) return { ...base, verdict: "listed", provider: p.id, line: h.id, sources: h.sources, explanation: t(`这是${p.name.zh}的${h.label.zh}。`, `This is ${p.name.en}: ${h.label.en}.`), advice: t("来电显示可以伪造：请挂断后自己拨打。", "Caller ID can be forged: hang up and call it yourself.") };
    const c = p.claims.find((one) => one.number.replaceAll("-", "") === digits);
    if (c) return { ...base, verdict: "contradicted", provider: p.id, line: p.hotlines[0]?.id ?? null, explanation: c.truth, advice: t("请拨打下面的官方号码。", "Call the official number below instead.") };
    const near = p.hotlines.find((one) => digits.length > 5 && digits.endsWith(one.number) && digits !== one.number);
    if (near) return { ...base, verdict: "imitation", provider: p.id, line: near.id, explanation: t(`号码以 ${near.number} 结尾，但不是${p.name.zh}的号码。`, `It ends in ${near.number} but is not ${p.name.en}'s.`), advice: t("不要回拨。", "Do not call back.") };
  }
  if (!/^\+?\d{3,15}$/.test(digits)) return { ...base, verdict: "invalid", explanation: t("这不是一个电话号码。", "This is not a phone number."), advice: t("请检查后重新输入。", "Please check it.") };
  return { ...base, verdict: "unlisted", explanation: t("目录里没有这个号码。这不说明它是真的或假的。", "The directory does not list this number; that proves nothing either way."), advice: t("请从目录里拨打官方热线核实。", "Verify through a hotline from the directory.") };
}
