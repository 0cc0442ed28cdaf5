//! One event, one card: flags that ask the same question of the same rows are told together, the surest first.
//!
//! A transfer to a stranger with the words of a scam is a new payee, too; a trial that turned paid may call itself a
//! fee. Flags ask the same where both doubt a payment, or both miss money that should have come. They are about the
//! same event where the rows of one are among those of the other, and these are all one payee's or at least half as
//! many: a double charge within a night of seven shops is a matter of its own.

use super::{Flag, FlagKind};
use crate::ledger::TransactionId;
use std::collections::HashMap;

/// What a kind asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    /// Whether a payment was meant, and by whom, and for so much.
    Paid,
    /// Where money is that should have come back.
    Owed,
    /// Where a balance comes from.
    Balance,
}

const fn question(kind: FlagKind) -> Question {
    match kind {
        FlagKind::RefundMissing | FlagKind::ForgottenHold | FlagKind::FailedButDebited => Question::Owed,
        FlagKind::BalanceMismatch => Question::Balance,
        FlagKind::DuplicateCharge
        | FlagKind::UnusualAmount
        | FlagKind::Burst
        | FlagKind::NewPayee
        | FlagKind::SubscriptionChange
        | FlagKind::TestCharge
        | FlagKind::ScamWords
        | FlagKind::TrialTurnedPaid
        | FlagKind::UnexpectedFee
        | FlagKind::CurrencyOvercharge
        | FlagKind::EmptiedAccount
        | FlagKind::WrongPayee
        | FlagKind::Disowned => Question::Paid,
    }
}

/// Whether two flags are about the same event. `payee` names whom a row paid.
pub fn are_one<'p>(a: &Flag, b: &Flag, payee: impl Fn(TransactionId) -> &'p str) -> bool {
    let (few, many) = if a.transactions.len() <= b.transactions.len() { (a, b) } else { (b, a) };
    let within = || few.transactions.iter().all(|row| many.transactions.contains(row));
    let same_payee = || {
        let mut payees = many.transactions.iter().map(|&row| payee(row).trim());
        payees.next().is_some_and(|first| payees.all(|other| other == first))
    };
    question(a.kind) == question(b.kind)
        && within()
        && (few.transactions.len() * 2 >= many.transactions.len() || same_payee())
}

/// Of flags in their order, which tell the same event as one before them: from their place to that one's.
pub fn led<'p>(flags: &[&Flag], payee: impl Fn(TransactionId) -> &'p str) -> HashMap<usize, usize> {
    let mut leaders: HashMap<TransactionId, Vec<usize>> = HashMap::new();
    let mut led = HashMap::new();
    for (place, flag) in flags.iter().enumerate() {
        let near = flag.transactions.iter().filter_map(|row| leaders.get(row)).flatten().copied();
        let leader = near.filter(|&leader| are_one(flags[leader], flag, &payee)).min();
        match leader {
            Some(leader) => {
                led.insert(place, leader);
            }
            None => flag.transactions.iter().for_each(|&row| leaders.entry(row).or_default().push(place)),
        }
    }
    led
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Sure;
    use crate::money::Money;
    use crate::text::Text;

    fn flag(kind: FlagKind, rows: &[i64]) -> Flag {
        Flag {
            id: format!("{kind:?}{rows:?}"),
            kind,
            score: 0.9,
            sure: Sure::Clear,
            transactions: rows.iter().copied().map(TransactionId).collect(),
            compared: vec![],
            amount: Money::fen(1),
            explanation: Text::default(),
            innocent: Text::default(),
            verdict: None,
            known: TransactionId(0),
            places: vec![],
        }
    }

    fn led_of(flags: &[Flag], payee: impl Fn(TransactionId) -> &'static str) -> Vec<(usize, usize)> {
        let mut led: Vec<(usize, usize)> =
            super::led(&flags.iter().collect::<Vec<_>>(), payee).into_iter().collect();
        led.sort_unstable();
        led
    }

    #[test]
    fn a_scam_at_a_stranger_is_one_event_and_a_missing_refund_of_the_same_row_another() {
        let flags = [
            flag(FlagKind::ScamWords, &[7]),
            flag(FlagKind::NewPayee, &[7]),
            flag(FlagKind::RefundMissing, &[7]),
            flag(FlagKind::TrialTurnedPaid, &[9, 8]),
            flag(FlagKind::UnexpectedFee, &[9]),
            flag(FlagKind::NewPayee, &[10]),
        ];
        assert_eq!(led_of(&flags, |_| ""), [(1, 0), (4, 3)]);
    }

    #[test]
    fn a_double_charge_is_part_of_a_run_at_one_shop_and_not_of_a_night_of_seven() {
        let flags = [flag(FlagKind::Burst, &[1, 2, 3, 4, 5, 6]), flag(FlagKind::DuplicateCharge, &[2, 1])];
        assert_eq!(led_of(&flags, |_| "某应用商店"), [(1, 0)]);
        assert_eq!(led_of(&flags, |row| if row.0 < 3 { "甲" } else { "乙" }), []);
    }
}
