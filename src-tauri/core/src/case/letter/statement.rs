//! What the user states: apart from the facts, which come from the rows and the events.

use super::Papers;
use crate::case::phrase::{clause, clean};
use crate::case::{Trouble, dispute};
use crate::text::Text;

/// What the user states: apart from the facts, which come from the rows and the events.
pub(super) fn statement(papers: &Papers<'_>) -> Vec<Text> {
    let mut statement = Vec::new();
    let sums: Vec<Text> =
        dispute::amounts(papers.case, papers.transactions).into_iter().map(dispute::written).collect();
    let join = |of: fn(&Text) -> &str, by: &str| sums.iter().map(of).collect::<Vec<_>>().join(by);
    let (zh, en) = (join(|text| &text.zh, "、"), join(|text| &text.en, ", "));
    if !sums.is_empty() {
        statement.extend(match papers.case.trouble {
            Trouble::UnknownTransaction => Some(Text::new(
                format!("上述交易中有争议的{zh}不是本人操作，本人也未授权他人操作。"),
                format!("The disputed {en} was not paid by me, and I authorised no one to pay it."),
            )),
            Trouble::PaymentScam => Some(Text::new(
                format!("上述付款由本人操作，是按他人要求付的，涉及{zh}。本人怀疑被骗。"),
                format!(
                    "I made the payments above myself, because somebody told me to; they come to {en}. I suspect \
                     fraud."
                ),
            )),
            Trouble::DuplicateCharge => Some(Text::new(
                format!("本人认为上述款项对应同一次消费，其中{zh}为重复扣除。"),
                format!("I hold the charges above to be for one purchase; {en} of them was taken a second time."),
            )),
            Trouble::RefundMissing => Some(Text::new(
                format!("上述交易应退的款项中，本人的账单里尚未看到{zh}到账。"),
                format!("Of the payment above, {en} is to be refunded; my statements do not show it so far."),
            )),
            Trouble::FailedButDebited => Some(Text::new(
                format!("上述付款未成功，本人的账单里已扣除{zh}，尚未看到退回。"),
                format!("The payment above did not succeed; my statements show {en} taken and not returned so far."),
            )),
            Trouble::SubscriptionChange => Some(Text::new(
                format!("上述自动扣款中，本人有异议的金额为{zh}，请核对本人的签约和同意记录。"),
                format!("Of the automatic charge above I question {en}; please look up the record of my consent."),
            )),
            Trouble::TrialTurnedPaid => Some(Text::new(
                format!("上述试用之后扣除的{zh}，本人有异议，请核对本人同意转为收费的记录。"),
                format!("I question the {en} charged after the trial; please look up the record of my consent."),
            )),
            Trouble::UnexpectedFee => Some(Text::new(
                format!("上述费用{zh}，本人有异议，请核对收费依据和事先告知的记录。"),
                format!("I question the fee of {en}; please look up its basis and how it was announced."),
            )),
            Trouble::WrongPayee => Some(slip(papers, &zh, &en)),
            Trouble::HoldNotReleased => Some(Text::new(
                format!("上述冻结涉及{zh}，本人的账单里尚未看到退还，请核对冻结的状态和到期日；已转为付款的，请说明依据。"),
                format!(
                    "The hold above comes to {en}, which my statements do not show given back; please look up its state \
                     and the day it ends, or the basis on which it was turned into a payment."
                ),
            )),
            Trouble::UnclearPayment => Some(Text::new(
                format!("上述交易涉及{zh}，本人正在核实是怎样付的，请提供详情。"),
                format!("The payments above come to {en}; I am finding out how they were made and ask for details."),
            )),
            Trouble::AccountFrozen | Trouble::CurrencyOvercharge | Trouble::BalanceMismatch => None,
        });
    }
    if papers.case.trouble == Trouble::CurrencyOvercharge {
        statement.push(Text::new(
            "上述付款的外币折算，本人有异议，请核对所用汇率、换汇方和各项费用。",
            "I question how the payment above was converted; please look up the rate, who converted, and the fees.",
        ));
    }
    if papers.case.trouble == Trouble::BalanceMismatch {
        statement.extend(dispute::found(papers.case).cloned());
        let (off_zh, off_en) = match sums.is_empty() {
            true => Default::default(),
            false => (format!("，差{zh}"), format!("; they are off by {en}")),
        };
        statement.push(Text::new(
            format!("上述账单的余额与前后金额不符{off_zh}，请核对当时的逐笔记账。"),
            format!(
                "The balances of the statement above do not follow from its amounts{off_en}. Please look up each booking of \
                 that time."
            ),
        ));
    }
    if papers.case.trouble == Trouble::AccountFrozen {
        let name = (papers.name_of)(&papers.case.provider);
        statement.push(Text::new(
            format!("本人在{}的账户被限制使用。", name.zh),
            format!("My account with {} is restricted.", name.en),
        ));
    }
    let story = clause(&papers.case.story);
    if !story.is_empty() {
        statement.push(Text::new(format!("{story}。"), format!("{story}.")));
    }
    statement
}

/// A payment to the wrong payee: the user's own slip, and whom earlier lines of the case paid.
fn slip(papers: &Papers<'_>, zh: &str, en: &str) -> Text {
    let disputed = dispute::disputed(papers.case, papers.transactions);
    let lines = dispute::lines(papers.case, papers.transactions);
    let meant =
        lines.iter().find(|line| !disputed.iter().any(|other| other.counterparty == line.counterparty));
    let meant = meant.map(|line| clean(&line.counterparty)).filter(|name| !name.is_empty());
    let (before_zh, before_en) = meant.map_or_else(Default::default, |name| {
        (format!("；本人以往付款的收款方是“{name}”"), format!(" Earlier I paid “{name}”."))
    });
    Text::new(
        format!("上述付款中，{zh}由本人操作，但付错了收款方{before_zh}。"),
        format!("Of the payments above I made {en} myself, to the wrong payee.{before_en}"),
    )
}
