//! Wishes, moments and free text in the words that documents use.

use super::{Trouble, Wish};
use crate::ledger::Moment;
use crate::ledger::message::mask_cards;
use crate::text::Text;
use chrono::{NaiveDate, Offset};

/// `2026-11-21 10:00:40`, with the offset where it is not +08:00.
pub(crate) fn moment(at: Moment) -> String {
    let plain = at.format("%Y-%m-%d %H:%M:%S").to_string();
    if is_china(at) { plain } else { format!("{plain} (UTC{})", at.format("%:z")) }
}

/// `2026年11月21日10:00:40` and `2026-11-21 10:00:40`.
pub(crate) fn moment_text(at: Moment) -> Text {
    let offset = if is_china(at) { String::new() } else { format!("（UTC{}）", at.format("%:z")) };
    Text::new(format!("{}{offset}", at.format("%Y年%-m月%-d日%H:%M:%S")), moment(at))
}

fn is_china(at: Moment) -> bool {
    at.offset().fix().local_minus_utc() == 8 * 3600
}

/// `2026年11月21日` and `2026-11-21`.
pub(crate) fn day(day: NaiveDate) -> Text {
    Text::new(day.format("%Y年%-m月%-d日").to_string(), day.format("%Y-%m-%d").to_string())
}

/// Free text on one line, without surrounding blanks, card numbers reduced to their tail.
pub(crate) fn clean(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    mask_cards(&one_line).0
}

/// Free text as the last part of a sentence: without the full stop the sentence brings itself.
pub(crate) fn clause(text: &str) -> String {
    clean(text).trim_end_matches(['。', '.', '；', ';', '，', ',']).to_string()
}

/// What the user wants, as a clerk is told.
pub(crate) fn wish(wish: Wish, trouble: Trouble) -> Text {
    match (wish, trouble) {
        (Wish::Refund, Trouble::UnknownTransaction) => {
            Text::new("退还未经本人授权的交易款项", "Return the money of the payments I did not authorise")
        }
        (Wish::Refund, Trouble::PaymentScam) => Text::new(
            "款项尚未划出或能够拦下的，请予退回",
            "Return the money as far as it has not gone out or can be stopped",
        ),
        (Wish::Refund, Trouble::DuplicateCharge) => {
            Text::new("退还重复扣除的款项", "Return the money taken a second time")
        }
        (Wish::Refund, Trouble::RefundMissing) => {
            Text::new("退还应退而未到账的款项", "Pay out the refund that has not arrived")
        }
        (Wish::Refund, Trouble::FailedButDebited) => {
            Text::new("退回付款失败但已扣除的款项", "Return the money taken for the failed payment")
        }
        (Wish::Refund, Trouble::AccountFrozen) => {
            Text::new("返还账户内的款项", "Release the money in the account")
        }
        (Wish::Refund, Trouble::SubscriptionChange) => {
            Text::new("退还没有本人同意记录的扣款", "Return what was taken without a record of my consent")
        }
        (Wish::Refund, Trouble::TrialTurnedPaid) => {
            Text::new("退还试用之后的扣款", "Return what was charged after the trial")
        }
        (Wish::Refund, Trouble::UnexpectedFee) => Text::new(
            "退还没有约定或没有事先告知的费用",
            "Return the fee where it was neither agreed nor announced",
        ),
        (Wish::Refund, Trouble::CurrencyOvercharge) => Text::new(
            "折算有误或未经本人选择的，退还多收的部分",
            "Return what was taken too much where the conversion was wrong or not chosen by me",
        ),
        (Wish::Refund, Trouble::WrongPayee) => Text::new(
            "协助联系收款方，请其退回本人付错的款项",
            "Help reach the payee and ask them to return what I paid by mistake",
        ),
        (Wish::Refund, Trouble::HoldNotReleased) => {
            Text::new("退还应解冻而未解冻的款项", "Return the money that was to be released")
        }
        (Wish::Refund, Trouble::BalanceMismatch) => Text::new(
            "查明差额，属于多扣的予以退还",
            "Find where the difference comes from and return what was taken too much",
        ),
        (Wish::Refund, Trouble::UnclearPayment) => Text::new(
            "核实后属于误扣的，予以退还",
            "Return the money where it turns out to have been taken by mistake",
        ),
        (Wish::Explanation, Trouble::WrongPayee) => Text::new(
            "书面说明是否已联系收款方和对方的答复，并出具交易凭证",
            "State in writing whether the payee was reached and what they answered, and issue the payment record",
        ),
        (Wish::Explanation, Trouble::HoldNotReleased) => Text::new(
            "书面说明冻结的依据、到期日和解除所需的手续",
            "Explain in writing the hold's basis, the day it ends and what its release still needs",
        ),
        (Wish::Explanation, Trouble::BalanceMismatch) => Text::new(
            "提供这段时间的逐笔记账和每笔之后的余额，书面说明差额的来源",
            "Give each booking of that time with the balance after it, and explain the difference in writing",
        ),
        (Wish::Explanation, Trouble::UnclearPayment) => Text::new(
            "提供这些交易的详情：收款方、商品、付款方式和验证方式",
            "Give the details of these payments: the payee, the item, how each was paid and confirmed",
        ),
        (Wish::Explanation, Trouble::SubscriptionChange | Trouble::TrialTurnedPaid) => Text::new(
            "出具签约记录和扣款前的提醒记录，书面说明扣款依据",
            "Show the records of my consent and of the notice before the charge, and explain its basis in writing",
        ),
        (Wish::Explanation, Trouble::UnexpectedFee) => Text::new(
            "书面说明这笔费用的依据、标准和告知方式",
            "Explain in writing the fee's basis, its rate and how it was announced",
        ),
        (Wish::Explanation, Trouble::CurrencyOvercharge) => Text::new(
            "书面说明折算所用的汇率、日期、换汇方和各项费用",
            "State in writing the rate, its day, who converted and each fee",
        ),
        (Wish::Explanation, Trouble::AccountFrozen) => Text::new(
            "书面说明限制的原因、依据、期限和所需材料",
            "Explain in writing the restriction's reason, its basis, how long it lasts and what is needed",
        ),
        (Wish::Explanation, Trouble::RefundMissing) => {
            Text::new("书面说明退款进度和处理结果", "Explain in writing where the refund is and the result")
        }
        (Wish::Explanation, Trouble::PaymentScam) => Text::new(
            "书面说明款项是否到账和处理结果，并出具交易凭证",
            "State in writing whether the money has arrived and the result, and issue the payment records",
        ),
        (Wish::Explanation, _) => Text::new(
            "书面说明扣款原因和处理结果",
            "Explain in writing why the money was taken and the result",
        ),
        (Wish::Freeze, Trouble::PaymentScam) => Text::new(
            "核查收款账户，并配合公安机关依法采取的止付、冻结措施",
            "Look into the payee's account and carry out the stop or freeze the police decide on",
        ),
        (Wish::Freeze, _) => {
            Text::new("对涉及的账户或银行卡采取止付措施", "Stop payments from the account or card concerned")
        }
        (Wish::Unfreeze, Trouble::HoldNotReleased) => Text::new("解除这笔冻结", "Release this hold"),
        (Wish::Unfreeze, _) => Text::new("解除对账户的限制", "Lift the restriction on the account"),
        (Wish::Cancel, _) => Text::new(
            "关闭这项自动扣款，今后不再扣费",
            "End this automatic charge, so that nothing more is taken",
        ),
    }
}
