// What a caller may want, in a few words; the real texts are assets/call/wanted.toml.
import type { Asked, Right, Text, Wanted } from "../bindings";

const t = (zh: string, en: string): Text => ({ zh, en });
const wish = (id: Asked, label: Text, answer: Text): Wanted => ({
  id, label, answer, if_done: t("有钱转出就打 110。", "Where money has left, call 110."),
  sources: [{ kind: "official-copy", what: t("微信安全中心公告（转载）", "WeChat Security Center notice (reprint)"), url: "zaihuangshi.com/68524", dated: "2024-09", checked: "2026-09-01" }],
});

export const wanted: Wanted[] = [
  wish("code", t("要验证码、密码", "A code or a password"), t("官方提醒：不会来电索要密码或验证码。", "Notices say that they never call to ask for passwords or codes.")),
  wish("screen", t("要共享屏幕、远程控制", "Screen sharing or remote control"), t("共享屏幕时对方看得见密码。", "Whoever sees your screen sees your passwords.")),
  wish("safe-account", t("要转到「安全账户」", "A transfer to a \"safe account\""), t("官方提醒：不会来电要求转账。", "Notices say that they never call to ask for a transfer.")),
  wish("unfreeze-fee", t("先交钱才能解冻、退款", "A fee before money is released"), t("没有找到哪家这样要求。", "Nobody was found to ask for it.")),
  wish("cancel-cover", t("要注销百万保障、白条", "To cancel 百万保障 or 白条"), t("百万保障终身免费。", "百万保障 is free for ever.")),
  wish("refund-link", t("发来退款链接、二维码", "A link or code for a refund"), t("退款原路退回，不需要点链接。", "Refunds need no link.")),
];

export const rights: Right[] = [{
  id: "cn-ecommerce-57", regions: ["CN"], kinds: ["wallet", "bank"], doubt: null, name: t("《电子商务法》第五十七条（2018）", "E-Commerce Law, art. 57 (2018)"),
  says: t("未经授权的支付造成的损失，由支付服务提供者承担，除非它能证明是用户的过错。", "Loss from an unauthorised payment is the provider's unless it proves the user's fault."),
  source: { kind: "regulator", what: t("《电子商务法》全文", "E-Commerce Law, full text"), url: "", dated: "2018-08-31", checked: "2026-09-01" },
}];
