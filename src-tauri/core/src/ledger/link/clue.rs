//! What a link is called and what speaks for it, in words for the front ends.

use crate::text::Text;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The rule by which two rows belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export, rename = "LinkRule")]
pub enum Rule {
    /// The refund's order number is the payment's with `_` and a number behind it.
    OrderSuffix,
    /// The refund names the payment's order number as its reference.
    NamesOrder,
    /// The refund's merchant number is a count, `-`, and the payment's order number.
    OrderInMerchantNo,
    /// The refund's order number is the payment's merchant order number (between persons).
    PersonToPerson,
    /// The refund carries the payment's own order number.
    SameOrder,
    /// Both carry the same merchant order number.
    SameMerchantOrder,
    /// The other source shows the refund and the payment, and there they belong together.
    ThroughTwin,
    /// Same party, and the payment's status names this amount as returned, or more.
    StatedAmount,
    /// Same party and same item, later.
    SameItem,
    /// Same party, same method, the whole amount, later.
    PartyMethodAmount,
    /// Same party, the whole amount, later; the money went back another way.
    PartyAmount,
    /// The same payment in the wallet and in the account behind it.
    SamePayment,
    /// The same refund in the wallet and in the account it went back to.
    SameRefund,
    /// From the account into the wallet.
    TopUp,
    /// From the wallet into the account.
    Withdrawal,
    /// The repayment and where it was paid from, or the card that was repaid.
    Repayment,
    /// Between the user's own accounts.
    OwnTransfer,
    /// A typed note and the statement row about the same payment.
    TypedNote,
}

impl Rule {
    /// Whether it is about a refund and its payment.
    pub fn is_refund(self) -> bool {
        self <= Self::PartyAmount
    }

    /// Whether the money stayed with the user.
    pub fn is_own(self) -> bool {
        matches!(self, Self::TopUp | Self::Withdrawal | Self::Repayment | Self::OwnTransfer)
    }
}

/// How sure a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Sureness {
    /// 可能
    Possible,
    /// 很可能
    Likely,
    /// 确定
    Certain,
}

impl Sureness {
    /// The word for it.
    pub fn word(self) -> Text {
        match self {
            Self::Possible => Text::new("可能", "possibly"),
            Self::Likely => Text::new("很可能", "very likely"),
            Self::Certain => Text::new("确定", "certain"),
        }
    }
}

/// What agrees between two rows: a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clue(u16);

impl Clue {
    /// An order number names the other row.
    pub const ORDER: Self = Self(1);
    /// Amount and currency; a withdrawal's less its fee.
    pub const AMOUNT: Self = Self(1 << 1);
    /// To the minute or nearly.
    pub const TIME: Self = Self(1 << 2);
    /// The same day; one of the two has no time.
    pub const DAY: Self = Self(1 << 3);
    /// The card's last four digits.
    pub const TAIL: Self = Self(1 << 4);
    /// The bank, or the wallet behind.
    pub const ISSUER: Self = Self(1 << 5);
    /// The account's line names the wallet.
    pub const NAMED: Self = Self(1 << 6);
    /// The party.
    pub const PARTY: Self = Self(1 << 7);
    /// The item.
    pub const ITEM: Self = Self(1 << 8);
    /// The payment method.
    pub const METHOD: Self = Self(1 << 9);
    /// The amount stands in the payment's status.
    pub const STATED: Self = Self(1 << 10);
    /// The account's amount is a part of the payment's; the rest was a coupon, or is known.
    pub const PART: Self = Self(1 << 11);

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set without another.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// With `other` where it holds.
    #[must_use]
    pub const fn also(self, other: Self, holds: bool) -> Self {
        if holds { self.and(other) } else { self }
    }

    /// Whether it is among them.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The clues in words, the strongest first.
    fn words(self) -> (Vec<&'static str>, Vec<&'static str>) {
        let all = [
            (Self::ORDER, "单号", "number"),
            (Self::TAIL, "卡尾号", "card tail"),
            (Self::ISSUER, "付款账户", "account"),
            (Self::NAMED, "渠道", "channel"),
            (Self::AMOUNT, "金额", "amount"),
            (Self::STATED, "状态所列退款额", "stated refund"),
            (Self::TIME, "时间", "time"),
            (Self::DAY, "日期", "day"),
            (Self::PARTY, "对方", "counterparty"),
            (Self::ITEM, "商品", "item"),
            (Self::METHOD, "付款方式", "payment method"),
        ];
        all.into_iter().filter(|(clue, ..)| self.has(*clue)).map(|(_, zh, en)| (zh, en)).unzip()
    }
}

/// One sentence on a link, seen from one end: 同一笔付款，见某银行账单第 12 行（卡尾号和金额一致）. `forward` where
/// it is read at [`super::Link::from`]; `place` says where the other row stands.
pub fn link_text(link: &super::Link, forward: bool, place: &Text) -> Text {
    let (zh, en) = match (link.rule, forward) {
        (rule, true) if rule.is_refund() => ("对应的付款", "The payment it gives back"),
        (rule, false) if rule.is_refund() => ("这笔付款的退款", "A refund of this payment"),
        (Rule::SameRefund, _) => ("同一笔退款", "The same refund"),
        (Rule::TopUp, _) => ("同一笔充值", "The same top-up"),
        (Rule::Withdrawal, _) => ("同一笔提现", "The same withdrawal"),
        (Rule::Repayment, _) => ("同一笔还款", "The same repayment"),
        (Rule::OwnTransfer, _) => ("同一笔本人转账", "The same transfer between own accounts"),
        (Rule::TypedNote, true) => ("这笔手工记录对应的流水", "The statement row of this note"),
        (Rule::TypedNote, false) => ("为这笔流水手工记下的备注", "A note logged for this row"),
        _ => ("同一笔付款", "The same payment"),
    };
    let (agree_zh, agree_en) = link.clues.words();
    let (agree_zh, agree_en) = match link.rule {
        Rule::ThroughTwin => ("由另一来源的退款推得".to_owned(), "follows from the other source".to_owned()),
        _ => {
            let (mut zh, mut en) = (
                format!("{}一致", listed(&agree_zh, "、", "和")),
                format!("same {}", listed(&agree_en, ", ", " and ")),
            );
            if link.clues.has(Clue::PART) {
                zh.push_str("；这里只是其中一部分金额，其余由红包、优惠或余额支付");
                en.push_str("; this is a part of it, a coupon or a balance paid the rest");
            }
            (zh, en)
        }
    };
    Text::new(format!("{zh}，见{}（{agree_zh}）", place.zh), format!("{en}: {} ({agree_en})", place.en))
}

/// `a, b and c`.
fn listed(words: &[&str], comma: &str, and: &str) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{and}{last}", rest.join(comma)),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Link;
    use super::*;
    use crate::ledger::TransactionId;

    fn link(rule: Rule, clues: Clue) -> Link {
        Link { from: TransactionId(1), to: TransactionId(2), rule, clues, sure: Sureness::Certain }
    }

    #[test]
    fn a_link_is_explained_from_both_ends() {
        let place = Text::new("某银行账单第 12 行", "A Bank, row 12");
        let twin = link(Rule::SamePayment, Clue::TAIL.and(Clue::AMOUNT));
        let text = link_text(&twin, true, &place);
        assert_eq!(text.zh, "同一笔付款，见某银行账单第 12 行（卡尾号和金额一致）");
        assert_eq!(text.en, "The same payment: A Bank, row 12 (same card tail and amount)");
        let refund = link(Rule::OrderSuffix, Clue::ORDER);
        assert!(link_text(&refund, true, &place).zh.starts_with("对应的付款"));
        assert!(link_text(&refund, false, &place).zh.starts_with("这笔付款的退款"));
        assert!(link_text(&link(Rule::ThroughTwin, Clue::default()), true, &place).zh.ends_with("推得）"));
    }

    #[test]
    fn sureness_has_an_order() {
        assert!(Sureness::Certain > Sureness::Likely && Sureness::Likely > Sureness::Possible);
    }
}
