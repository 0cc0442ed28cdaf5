//! What the words of a table nobody knows may mean: those of bank statements, and the usual English ones.

use crate::ledger::{Direction, Kind};
use crate::statements::{Case, Draft, bank, status};

/// The words before the account in the lines above the table.
pub(super) const ACCOUNT: &[&str] =
    &["账号", "账户", "卡号", "交易卡号", "查询账号", "Account", "Account number", "Account No", "IBAN"];

/// The words that begin a line below the table.
pub(super) const FOOTERS: &[&str] =
    &["合计", "总计", "小计", "本页", "以上", "备注：", "说明", "Total", "Subtotal", "Sum", "End of", "***"];

/// The kinds of a row, by the words of bank statements.
pub(super) fn kinds(card: bool) -> &'static [Case] {
    if card { bank::CARD_KINDS } else { bank::KINDS }
}

/// English words of an account's rows, and Chinese ones where they stand in the only text there is.
pub(super) fn meaning(draft: &mut Draft) {
    by_words(draft);
    status::heed(draft);
}

fn by_words(draft: &mut Draft) {
    if !matches!(draft.kind, Kind::Income | Kind::Purchase | Kind::Other) {
        return;
    }
    let text = all_words(draft);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let kind = draft.category.to_uppercase().replace('_', " ");
    let is_type = |words: &[&str]| words.contains(&kind.as_str());
    let (out, into) = (draft.direction == Direction::Out, draft.direction == Direction::In);
    draft.kind = if into && bank::tells_refund(&text) {
        Kind::Refund
    } else if has(&[
        "CREDIT CARD PAYMENT",
        "CARD PAYMENT THANK",
        "LOAN PAYMENT",
        "信用卡还款",
        "花呗还款",
        "白条还款",
    ]) {
        Kind::Repayment
    } else if out
        && has(&["ANNUAL FEE", "SERVICE CHARGE", "LATE FEE", "OVERDRAFT FEE", "手续费", "年费", "滞纳金"])
    {
        Kind::Fee
    } else if has(&["ATM ", "CASH WITHDRAWAL", "CASH DEPOSIT", "OWN ACCOUNT", "ATM取款", "现金存入"]) {
        Kind::OwnTransfer
    } else if into && is_type(&["TOPUP", "TOP UP", "TOP-UP", "ADD MONEY", "充值"]) {
        Kind::TopUp
    } else if is_type(&[
        "EXCHANGE",
        "CURRENCY EXCHANGE",
        "CONVERSION",
        "CURRENCY CONVERSION",
        "外汇兑换",
        "换汇",
    ]) {
        Kind::OwnTransfer
    } else if has(&["TRANSFER", "REMITTANCE", "E-TRANSFER", "转账", "汇款"]) {
        match draft.direction {
            Direction::Out => Kind::TransferOut,
            Direction::In => Kind::TransferIn,
            Direction::Neutral => draft.kind,
        }
    } else {
        draft.kind
    };
}

/// The same on the bill of a card, where a payment in settles the bill and everything else that comes in is money
/// back.
pub(super) fn meaning_on_card(draft: &mut Draft) {
    let text = all_words(draft);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let paid = ["PAYMENT RECEIVED", "PAYMENT - THANK", "PAYMENT THANK", "AUTOPAY", "DIRECT DEBIT", "还款"];
    if draft.direction == Direction::In && has(&paid) && !has(&["REVERSAL", "RETURNED", "撤销", "冲正"]) {
        draft.kind = Kind::Repayment;
    } else if draft.direction == Direction::Out
        && has(&["ANNUAL FEE", "LATE FEE", "INTEREST CHARGE", "年费", "违约金"])
    {
        draft.kind = Kind::Fee;
    }
    status::heed(draft);
}

fn all_words(draft: &Draft) -> String {
    let texts = [&draft.category, &draft.item, &draft.counterparty, &draft.memo];
    texts.map(|text| text.to_uppercase()).join(" ")
}
