//! What a case is about: which of its lines are in dispute, how much, and the one-line title.

use super::{Case, Trouble, trouble_of};
use crate::detect::{FlagKind, fee_within};
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::{Currency, Money};
use crate::text::Text;

/// The case's lines in time order; a payment seen in two sources stands once.
pub(crate) fn lines<'a>(case: &Case, transactions: &'a [Transaction]) -> Vec<&'a Transaction> {
    let mut lines: Vec<&Transaction> = Vec::new();
    for id in &case.transactions {
        let Some(line) = transactions.iter().find(|transaction| transaction.id == *id) else { continue };
        let seen = |other: &&Transaction| {
            other.id == line.id || other.linked.contains(&line.id) || line.linked.contains(&other.id)
        };
        if !lines.iter().any(seen) {
            lines.push(line);
        }
    }
    lines.sort_by_key(|line| (line.at, line.id));
    lines
}

/// The lines in dispute, in time order: of charges taken twice only the later ones, and never a line
/// that brought money, unless there is nothing else.
pub(crate) fn disputed<'a>(case: &Case, transactions: &'a [Transaction]) -> Vec<&'a Transaction> {
    let lines = lines(case, transactions);
    let mut paid: Vec<&Transaction> = lines
        .iter()
        .copied()
        .filter(|line| line.kind != Kind::Refund && line.direction != Direction::In)
        .collect();
    if paid.is_empty() {
        paid = lines;
    }
    if case.trouble.is_merchants() {
        // The earlier line is what the later one is held against: the old price, the trial.
        return paid.last().copied().into_iter().collect();
    }
    if case.trouble == Trouble::WrongPayee && said_by(case, FlagKind::WrongPayee) {
        // The earlier lines say whom it was meant for.
        return paid.last().copied().into_iter().collect();
    }
    if case.trouble != Trouble::DuplicateCharge {
        return paid;
    }
    let is_second =
        |at: usize, line: &Transaction| paid[..at].iter().any(|first| is_same_charge(first, line));
    let seconds: Vec<&Transaction> =
        paid.iter().enumerate().filter(|(at, line)| is_second(*at, line)).map(|(_, line)| *line).collect();
    match (seconds.is_empty(), paid.last()) {
        // No two lines are alike: the later one is the one the user holds to be the second charge.
        (true, Some(last)) => vec![last],
        _ => seconds,
    }
}

/// Whether a flag of this kind led to the case.
fn said_by(case: &Case, kind: FlagKind) -> bool {
    case.findings.iter().any(|finding| finding.kind == kind)
}

/// What the flags behind the case found, where the case is still about that.
pub(crate) fn found(case: &Case) -> impl Iterator<Item = &Text> {
    case.findings
        .iter()
        .filter(|finding| trouble_of(finding.kind) == Some(case.trouble))
        .map(|finding| &finding.found)
}

/// What the flags behind the case said was at stake, one sum a currency, where the case is still about that.
fn claimed(case: &Case) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for finding in case.findings.iter().filter(|finding| trouble_of(finding.kind) == Some(case.trouble)) {
        match sums.iter_mut().find(|sum| sum.currency == finding.amount.currency) {
            Some(sum) => sum.minor = sum.minor.saturating_add(finding.amount.minor),
            None => sums.push(finding.amount),
        }
    }
    sums
}

/// What of the lines is in dispute where a flag said how much: of a withdrawal only its fee, of a refund only what is
/// still due.
fn held(sums: &mut [Money], claimed: &[Money]) {
    for sum in sums {
        if let Some(finding) = claimed.iter().find(|finding| finding.currency == sum.currency) {
            sum.minor = sum.minor.min(finding.minor);
        }
    }
}

fn is_same_charge(a: &Transaction, b: &Transaction) -> bool {
    a.amount == b.amount && a.counterparty == b.counterparty
}

/// What is in dispute, one sum a currency, what came back already taken off. Nothing where all of it came
/// back, and where the account itself is in dispute and not a payment, or only how a payment was converted. Where balances are in
/// dispute it is the difference that a flag found.
pub fn amounts(case: &Case, transactions: &[Transaction]) -> Vec<Money> {
    if matches!(case.trouble, Trouble::AccountFrozen | Trouble::CurrencyOvercharge) {
        return Vec::new();
    }
    let claimed = claimed(case);
    if case.trouble == Trouble::BalanceMismatch {
        return claimed;
    }
    let mut sums: Vec<Money> = Vec::new();
    for line in disputed(case, transactions) {
        let mut left = match case.trouble {
            Trouble::UnexpectedFee => fee_within(line).unwrap_or_else(|| outstanding(line)),
            _ => outstanding(line),
        };
        let before = old_price(case, line, transactions).unwrap_or_default();
        left.minor = left.minor.saturating_sub(before);
        match sums.iter_mut().find(|sum| sum.currency == left.currency) {
            Some(sum) => sum.minor = sum.minor.saturating_add(left.minor),
            None => sums.push(left),
        }
    }
    held(&mut sums, &claimed);
    sums.retain(|sum| sum.minor > 0);
    sums
}

/// What a raised subscription cost before, where the case holds such a line.
fn old_price(case: &Case, line: &Transaction, transactions: &[Transaction]) -> Option<i64> {
    if case.trouble != Trouble::SubscriptionChange {
        return None;
    }
    let before = lines(case, transactions).into_iter().rev().find(|other| {
        other.at < line.at
            && other.counterparty == line.counterparty
            && other.amount.currency == line.amount.currency
    })?;
    // One of the same price, or dearer, is the row on which the cancelling was noted.
    Some(before.amount.minor).filter(|price| *price > 0 && *price < line.amount.minor)
}

/// What of this line has not come back.
pub(crate) fn outstanding(line: &Transaction) -> Money {
    let back = if line.refunded.currency == line.amount.currency { line.refunded.minor } else { 0 };
    Money::new(line.amount.minor.saturating_sub(back).max(0), line.amount.currency)
}

/// What is in dispute, where it is of one currency.
pub fn amount(case: &Case, transactions: &[Transaction]) -> Option<Money> {
    match amounts(case, transactions).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// An amount as documents write it: `1,234.56元` and `CNY 1,234.56`.
pub(crate) fn written(money: Money) -> Text {
    let plain = grouped(money);
    match money.currency {
        Currency::CNY => Text::new(format!("{plain}元"), format!("CNY {plain}")),
        other => Text::new(format!("{plain} {other}"), format!("{other} {plain}")),
    }
}

fn grouped(money: Money) -> String {
    let plain = money.decimal();
    let (sign, magnitude) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = magnitude.split_once('.').map_or((magnitude, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// One line: what is wrong, with whom and how much.
pub fn title(case: &Case, transactions: &[Transaction]) -> Text {
    let trouble = &super::playbook(case.trouble).title;
    let mut title = trouble.clone();
    let disputed = disputed(case, transactions);
    let counterparty = disputed.iter().map(|line| line.counterparty.trim()).find(|name| !name.is_empty());
    let of_account = matches!(case.trouble, Trouble::AccountFrozen | Trouble::BalanceMismatch);
    if let Some(counterparty) = counterparty.filter(|_| !of_account) {
        let more = disputed.iter().any(|line| line.counterparty.trim() != counterparty);
        title.zh.push_str(&format!("：{counterparty}{}", if more { "等" } else { "" }));
        title.en.push_str(&format!(": {counterparty}{}", if more { " and others" } else { "" }));
    }
    for sum in amounts(case, transactions) {
        let sum = written(sum);
        let (off_zh, off_en) =
            if case.trouble == Trouble::BalanceMismatch { ("，差", ", off by") } else { ("", "") };
        title.zh.push_str(&format!("{off_zh} {}", sum.zh));
        title.en.push_str(&format!("{off_en} {}", sum.en));
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::tests::{a_case, payment};
    use crate::ledger::TransactionId;

    fn case_of(trouble: Trouble, lines: &[Transaction]) -> Case {
        let mut case = a_case(trouble);
        case.transactions = lines.iter().map(|line| line.id).collect();
        case
    }

    #[test]
    fn of_two_equal_charges_only_the_second_is_in_dispute() {
        let (first, second) = (payment(1, "10:00:00", 12_800), payment(2, "10:00:40", 12_800));
        let lines = [second.clone(), first];
        let case = case_of(Trouble::DuplicateCharge, &lines);
        assert_eq!(amount(&case, &lines), Some(Money::fen(12_800)));
        assert_eq!(disputed(&case, &lines)[0].id, second.id);
    }

    #[test]
    fn of_two_pairs_the_second_of_each_is_in_dispute() {
        let lines = [
            payment(1, "10:00:00", 100),
            payment(2, "10:00:10", 100),
            payment(3, "10:00:20", 700),
            payment(4, "10:00:30", 700),
        ];
        let case = case_of(Trouble::DuplicateCharge, &lines);
        assert_eq!(amount(&case, &lines), Some(Money::fen(800)));
    }

    #[test]
    fn what_came_back_is_taken_off() {
        let mut line = payment(1, "10:00:00", 10_000);
        line.refunded = Money::fen(4_000);
        let case = case_of(Trouble::RefundMissing, std::slice::from_ref(&line));
        assert_eq!(amount(&case, std::slice::from_ref(&line)), Some(Money::fen(6_000)));
    }

    #[test]
    fn unknown_payments_are_summed_and_one_seen_in_two_sources_counts_once() {
        let mut bank = payment(2, "10:00:01", 500);
        bank.linked = vec![TransactionId(1)];
        let lines = [payment(1, "10:00:00", 500), bank, payment(3, "11:00:00", 250)];
        let case = case_of(Trouble::UnknownTransaction, &lines);
        assert_eq!(amount(&case, &lines), Some(Money::fen(750)));
    }

    #[test]
    fn two_currencies_are_never_added_up() {
        let mut yen = payment(2, "10:00:01", 0);
        let jpy = Currency::parse("JPY").unwrap();
        yen.amount = Money::new(1200, jpy);
        yen.refunded = Money::new(0, jpy);
        let lines = [payment(1, "10:00:00", 500), yen];
        let case = case_of(Trouble::UnknownTransaction, &lines);
        assert_eq!(amount(&case, &lines), None);
        assert_eq!(amounts(&case, &lines), [Money::fen(500), Money::new(1200, jpy)]);
        assert!(title(&case, &lines).en.ends_with("CNY 5.00 JPY 1,200"));
    }

    #[test]
    fn a_frozen_account_has_no_amount_and_no_counterparty_in_its_title() {
        let lines = [payment(1, "10:00:00", 500)];
        let case = case_of(Trouble::AccountFrozen, &lines);
        assert_eq!(amount(&case, &lines), None);
        assert_eq!(title(&case, &lines).zh, "账户被冻结或限制");
    }

    #[test]
    fn of_a_raised_subscription_only_the_raise_is_in_dispute_and_of_a_renewed_one_all() {
        let lines = [payment(1, "10:00:00", 1_500), payment(2, "11:00:00", 2_500)];
        let case = case_of(Trouble::SubscriptionChange, &lines);
        assert_eq!(amount(&case, &lines), Some(Money::fen(1_000)));
        let renewed = [payment(1, "10:00:00", 1_500), payment(2, "11:00:00", 1_500)];
        assert_eq!(amount(&case, &renewed), Some(Money::fen(1_500)));
        let trial = case_of(Trouble::TrialTurnedPaid, &lines);
        assert_eq!(amount(&trial, &lines), Some(Money::fen(2_500)));
    }

    #[test]
    fn how_a_payment_was_converted_has_no_amount_that_the_rows_would_know() {
        let lines = [payment(1, "10:00:00", 50_000)];
        let case = case_of(Trouble::CurrencyOvercharge, &lines);
        assert_eq!(amount(&case, &lines), None);
        assert_eq!(title(&case, &lines).zh, "外币折算有异议：青禾便利店");
    }

    #[test]
    fn the_title_says_what_with_whom_and_how_much() {
        let lines = [payment(1, "10:00:00", 123_456)];
        let case = case_of(Trouble::UnknownTransaction, &lines);
        assert_eq!(title(&case, &lines).zh, "不是我付的：青禾便利店 1,234.56元");
    }
}
