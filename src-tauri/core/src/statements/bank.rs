//! What the words of bank statements mean, the same for all banks.

use super::{Case, Draft, Field, Test};
use crate::ledger::{Direction, Kind};

const IN: Test = Test::Going(&[Direction::In]);
const OUT: Test = Test::Going(&[Direction::Out]);

/// What the history of an account never has: a card's bill turns the signs round.
pub(super) const NO_CARD: &[&str] =
    &["信用卡", "贷记卡", "卡号末四位", "卡末四位", "卡号后四位", "卡号末4位", "卡号后4位"];
/// What the bill of a card never has.
pub(super) const NO_ACCOUNT: &[&str] = &["借记卡", "储蓄卡", "活期"];

/// The kinds of an account's rows. The summary stands in [`Field::Category`], the place or purpose in
/// [`Field::Item`].
pub(super) const KINDS: &[Case] = &[
    Case(Kind::Refund, &[IN, Test::Has(Field::Category, REFUND)]),
    Case(Kind::Refund, &[IN, Test::Has(Field::Item, REFUND)]),
    Case(Kind::Refund, &[IN, Test::Has(Field::Memo, REFUND)]),
    Case(Kind::Income, &[IN, Test::Has(Field::Category, &["利息", "结息", "工资", "代发", "奖金", "报销"])]),
    Case(
        Kind::Fee,
        &[
            OUT,
            Test::Has(
                Field::Category,
                &["手续费", "年费", "工本费", "短信费", "服务费", "账户管理费", "账管费"],
            ),
        ],
    ),
    Case(Kind::Fee, &[OUT, Test::Has(Field::Category, &["利息", "滞纳金", "违约金"])]),
    Case(Kind::Repayment, &[Test::Has(Field::Category, &["还款", "还贷"])]),
    Case(Kind::Repayment, &[Test::Has(Field::Item, &["信用卡还款", "花呗还款", "白条还款"])]),
    // Paid through a wallet, the summary says no more than that: the payee tells what for.
    Case(Kind::Repayment, &[OUT, Test::Has(Field::Counterparty, OWED)]),
    Case(Kind::Repayment, &[OUT, Test::Has(Field::Item, OWED), Test::Has(Field::Category, PAID)]),
    Case(Kind::OwnTransfer, &[Test::Has(Field::Counterparty, KEPT)]),
    Case(Kind::OwnTransfer, &[Test::Has(Field::Item, KEPT), Test::Has(Field::Category, PAID)]),
    Case(Kind::CashGift, &[Test::Has(Field::Counterparty, &["微信红包", "支付宝红包"])]),
    // Cash stays the holder's own.
    Case(Kind::OwnTransfer, &[Test::Has(Field::Category, &["ATM", "取款", "存款", "现存", "现支", "取现"])]),
    Case(Kind::OwnTransfer, &[Test::Has(Field::Category, &["理财", "基金", "申购", "赎回", "定期"])]),
    Case(Kind::OwnTransfer, &[IN, Test::Has(Field::Category, &["提现"])]),
    Case(Kind::OwnTransfer, &[IN, Test::Has(Field::Item, &["提现"])]),
    Case(Kind::OwnTransfer, &[OUT, Test::Has(Field::Category, &["充值"])]),
    Case(Kind::TransferOut, &[OUT, Test::Has(Field::Category, TRANSFER)]),
    Case(Kind::TransferIn, &[IN, Test::Has(Field::Category, TRANSFER)]),
    Case(Kind::TransferOut, &[OUT, Test::Has(Field::Counterparty, SENT)]),
    Case(Kind::TransferIn, &[IN, Test::Has(Field::Counterparty, SENT)]),
    Case(Kind::Purchase, &[OUT, Test::Has(Field::Category, PAID)]),
    Case(Kind::Income, &[IN]),
    Case(Kind::Purchase, &[OUT]),
];

/// What a row of an account is, where its texts were changed after its kind was told.
pub(super) fn kind(draft: &Draft) -> Option<Kind> {
    KINDS.iter().find(|case| case.holds(draft, "")).map(|case| case.0)
}

/// The kinds of a credit card's rows, by their one description. What comes in and is no repayment is money
/// back: nothing else is paid into a card.
pub(super) const CARD_KINDS: &[Case] = &[
    Case(Kind::Refund, &[IN, Test::Has(Field::Item, REFUND)]),
    Case(Kind::Refund, &[IN, Test::Has(Field::Category, REFUND)]),
    Case(Kind::Repayment, &[IN, Test::Has(Field::Item, REPAYMENT)]),
    Case(Kind::Repayment, &[IN, Test::Has(Field::Category, REPAYMENT)]),
    Case(
        Kind::Income,
        &[IN, Test::Has(Field::Item, &["返现", "返还", "奖励", "溢缴款利息", "CASH BACK", "REBATE"])],
    ),
    Case(Kind::Fee, &[OUT, Test::Has(Field::Item, CARD_FEE)]),
    Case(Kind::Fee, &[OUT, Test::Has(Field::Category, CARD_FEE)]),
    Case(Kind::OwnTransfer, &[OUT, Test::Has(Field::Item, &["取现", "预借现金", "CASH ADVANCE"])]),
    Case(Kind::OwnTransfer, &[OUT, Test::Has(Field::Category, &["取现", "预借现金"])]),
    Case(Kind::Refund, &[IN]),
    Case(Kind::Purchase, &[OUT]),
];

/// Where a bill writes repayments and refunds without a sign, its words turn them: nobody repays a card by
/// spending. The bill's own sign, where there is one, has been heeded already.
pub(super) fn turn_what_was_given_back(draft: &mut Draft) {
    let has = |words: &[&str]| words.iter().any(|word| draft.item.contains(word));
    if draft.direction == Direction::Out && has(GIVEN_BACK) && !has(&["撤销", "冲正", "失败"]) {
        draft.direction = Direction::In;
        if let Some(Case(kind, _)) = CARD_KINDS.iter().find(|case| case.holds(draft, "")) {
            draft.kind = *kind;
        }
    }
}

/// The card's last digits, where a bill of several cards names them, said with the card's name: `1234` alone
/// says little in a list.
pub(super) fn name_card(draft: &mut Draft, card: &str) {
    let tail = draft.method.trim();
    // As a number, 0123 is 123.
    if (1..=4).contains(&tail.len()) && tail.bytes().all(|byte| byte.is_ascii_digit()) {
        draft.method = format!("{card}({tail:0>4})");
    }
}

const REPAYMENT: &[&str] = &["还款", "转账转入", "PAYMENT - THANK YOU", "PAYMENT RECEIVED", "AUTOPAY"];
const GIVEN_BACK: &[&str] = &["还款", "退货", "退款"];
const CARD_FEE: &[&str] = &["年费", "手续费", "利息", "违约金", "滞纳金", "服务费", "FEE", "FINANCE CHARGE"];
/// Money back for an earlier payment.
pub(super) const REFUND: &[&str] = &["退款", "退货", "退票", "退费", "冲正", "撤销", "REFUND", "REVERSAL"];
/// The same in capitals, in the words of more languages, for texts that are looked at as a whole.
const REFUND_ABROAD: &[&str] = &[
    "CHARGEBACK",
    "RETURNED",
    "ERSTATTUNG",
    "RÜCKZAHLUNG",
    "RUECKZAHLUNG",
    "REMBOURSEMENT",
    "REEMBOLSO",
    "RIMBORSO",
    "TERUGBETALING",
];

/// Whether a text in capitals tells of money back for an earlier payment.
pub(super) fn tells_refund(text: &str) -> bool {
    REFUND.iter().chain(REFUND_ABROAD).any(|word| text.contains(word))
}

/// What is paid back through a wallet: a card, or the wallet's own credit.
const OWED: &[&str] = &[
    "信用卡还款",
    "花呗还款",
    "借呗还款",
    "白条还款",
    "金条还款",
    "月付还款",
    "微粒贷还款",
    "分付还款",
    "借钱还款",
    "贷款还款",
    "主动还款",
    "自动还款",
    "支付宝-花呗",
    "支付宝-借呗",
    "财付通-微粒贷",
    "财付通-分付",
];
/// What stays the holder's own behind a wallet: its balance, its savings, funds.
const KEPT: &[&str] = &[
    "余额宝",
    "零钱通",
    "微信零钱",
    "零钱充值",
    "理财通",
    "小金库",
    "支付宝充值",
    "支付宝-充值",
    "余额充值",
    "钱包充值",
    "天弘基金",
    "蚂蚁财富",
    "蚂蚁基金",
    "基金管理有限公司",
    "基金销售有限公司",
];
/// What goes to or comes from a person through a wallet.
const SENT: &[&str] =
    &["微信转账", "支付宝转账", "支付宝-转账", "财付通-转账", "微信支付-转账", "微信支付转账"];
const TRANSFER: &[&str] = &["转账", "汇款", "转支", "转存", "转入", "转出", "跨行", "网银互联", "他行汇入"];
const PAID: &[&str] = &["消费", "快捷支付", "网上支付", "支付", "缴费", "代扣"];
