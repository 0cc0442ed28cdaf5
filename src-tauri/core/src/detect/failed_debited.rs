//! A payment that failed, and money that left all the same.
//!
//! The statement says 支付失败, yet the balance fell by the amount, the row itself says that it was debited, or the file of
//! the card behind it shows the sum leaving.
//! That row may stand on either side of the try, and tell the day alone; what came back since, or paid for the try after
//! it, stays quiet.
//! Without a balance there is less to go by: a failed try usually stands as neutral, so one that stands as
//! money out is asked about where this user's other failed tries did not. A try that failed before the retry
//! moves nothing and stays quiet.

mod behind;

use super::history::{day, day_alone, name, when};
use super::signs::Sign;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind};
use crate::text::Text;
use behind::Behind;
use std::collections::HashSet;

/// ¥1: less is not worth a call.
const LEAST: i64 = 100;
/// The balance shows it: hardly an innocent reading is left but a reversal on its way.
const SHOWN_BY_BALANCE: f64 = 0.93;
/// The row says so in words.
const SAID: f64 = 0.85;
/// Other failed tries of this user stand otherwise.
const UNLIKE_OTHERS: f64 = 0.62;
/// Nothing but the direction speaks for it.
const DIRECTION_ALONE: f64 = 0.30;
/// So many failed tries that stand otherwise are a form one knows.
const KNOWN_FORM: u32 = 8;

/// Its row shows that it did.
const SHOWN_BEHIND: f64 = 0.80;

/// Failed tries so far, by how they stand.
#[derive(Clone, Default)]
pub struct Tries {
    neutral: u32,
    out: u32,
    behind: Behind,
}

/// Finds failed payments that took money.
pub fn find(history: &History<'_>, tries: &mut Tries) -> Vec<Flag> {
    let Tries { neutral, out, behind } = tries;
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let (row, sign) = (history.row(i), history.sign(i));
        let failed = line.kind == Kind::Failed || sign.state.has(Topic::Failed);
        behind.step(history, i);
        if !failed && (history.went_out(i) || row.direction == Direction::In) {
            let shown = behind.moved(history, i);
            flags.extend(shown.map(|attempt| explain(history, attempt, Some(i), SHOWN_BEHIND)));
        }
        if !failed || line.amount < LEAST || row.direction == Direction::In {
            continue;
        }
        // The wallet's balance says nothing of a try that a card should pay.
        let by_card = match sign.balance.change() {
            Some(_) => !sign.moves,
            None => !sign.says.has(Topic::NotDebited),
        };
        let debit = by_card.then(|| behind.of(history, i)).flatten();
        let score = match sign.balance.change() {
            Some(change) if change == -line.amount => SHOWN_BY_BALANCE,
            Some(0) if !sign.moves && said_debited(sign) => SAID,
            Some(_) if debit.is_some() => SHOWN_BEHIND,
            Some(_) => 0.0,
            None if sign.says.has(Topic::NotDebited) => 0.0,
            None if said_debited(sign) => SAID,
            None if debit.is_some() => SHOWN_BEHIND,
            None if row.direction == Direction::Out && !row.method.trim().is_empty() => {
                if *out == 0 && *neutral >= KNOWN_FORM { UNLIKE_OTHERS } else { DIRECTION_ALONE }
            }
            None => 0.0,
        };
        if row.direction == Direction::Out {
            *out += 1;
        } else {
            *neutral += 1;
        }
        let open = history.returns(i, i).is_empty();
        if by_card && open && score < SHOWN_BEHIND {
            behind.wait(history, i);
        }
        if score > 0.0 && open {
            flags.push(explain(history, i, debit, score));
        }
    }
    flags
}

/// What came back since is no flag any more, and what a row behind shows is told once.
pub fn waited(_: &History<'_>, past: &Tries, flags: &mut Vec<Flag>) {
    let shown: HashSet<u32> =
        flags.iter().filter(|flag| flag.places.len() > 1).map(|flag| flag.places[0]).collect();
    flags.retain(|flag| {
        let shown = flag.places.len() > 1 || !shown.contains(&flag.places[0]);
        shown && !(flag.places.len() > 1 && past.behind.is_settled(flag.places[0] as usize))
    });
}

fn said_debited(sign: &Sign) -> bool {
    sign.says.has(Topic::Debited) && !sign.says.has(Topic::NotDebited)
}

fn explain(history: &History<'_>, i: usize, behind: Option<usize>, score: f64) -> Flag {
    let (row, sign) = (history.row(i), history.sign(i));
    let (at, who, paid, status) = (when(row.at), name(row), row.amount, row.status.trim());
    let dated = behind.filter(|&debit| day_alone(history.row(debit).at));
    let proof = match sign.balance.after {
        Some(after) if sign.balance.change() == Some(-row.amount.minor) => {
            let (after, before) =
                (history.money(i, after), history.money(i, after.saturating_add(row.amount.minor)));
            Text::new(
                format!("余额却从 {before} 变成 {after}"),
                format!("yet the balance went from {before} to {after}"),
            )
        }
        _ if dated.is_some() => {
            let on = dated.map(|debit| day(history.row(debit).at)).unwrap_or_default();
            Text::new(
                format!("付款的卡却在 {} 记了这笔支出", on.zh),
                format!("yet the card behind it shows the sum leaving on {}", on.en),
            )
        }
        _ if behind.is_some() => Text::new(
            "付款的卡却在同一时间记了这笔支出",
            "yet the card behind it shows the sum leaving at that time",
        ),
        _ if sign.says.has(Topic::Debited) => {
            Text::new("备注却写着已经扣款", "yet the row says that it was debited")
        }
        _ => Text::new("却记作支出", "yet it stands as money out"),
    };
    let explanation = Text::new(
        format!("{} 付给{}的 {paid} 状态是「{status}」，{}。", at.zh, who.zh, proof.zh),
        format!("The payment of {paid} to {} on {} stands as “{status}”, {}.", who.en, at.en, proof.en),
    );
    let innocent = match dated {
        Some(_) => Text::new(
            "钱已经原路退回，或几天内会自动退回；或者卡上这一笔是您换了方式再付成功的。",
            "The money has been returned already, or comes back by itself within days; or you paid in another way, and the \
             card's line is of that.",
        ),
        None => Text::new(
            "钱已经原路退回，或几天内会自动退回。",
            "The money has been returned already, or comes back by itself within days.",
        ),
    };
    let rows: Vec<usize> = std::iter::once(i).chain(behind).collect();
    history.flag(FlagKind::FailedButDebited, score, &rows, paid, explanation, innocent)
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    #[test]
    fn a_card_that_shows_the_sum_leaving_speaks_against_the_wallet() {
        let failed = |card: &str, between: &str| {
            shown(&format!(
                "2026-02-23 13:37 buy 113.39 支付-某水果店; wallet bank; method 借记卡{card}\n{between}\
                 2026-02-23 13:38 fail 113.39 某水果店; status 支付失败; method 某银行储蓄卡(4138)"
            ))
        };
        assert_eq!(failed("4138", ""), ["2 failed-but-debited"]);
        let back =
            "2026-02-23 13:37 refund 113.39 支付-某水果店; wallet bank; item 冲正; method 借记卡4138\n";
        assert!(failed("4138", back).is_empty());
        let paid = "2026-02-23 13:37 buy 113.39 某水果店; method 某银行储蓄卡(4138)\n";
        assert!(failed("4138", paid).is_empty(), "the card paid the first try");
    }

    #[test]
    fn the_cards_row_may_stand_after_the_try_or_tell_the_day_alone() {
        let failed = "2026-02-23 13:37 fail 113.39 某水果店; status 支付失败; method 某银行储蓄卡(4138)\n";
        let debit =
            |at: &str| format!("2026-02-{at} buy 113.39 支付-某水果店; wallet bank; method 借记卡4138\n");
        for (at, row) in [("23 13:38", 2), ("23 13:46", 2), ("24 00:00", 2), ("25 00:00", 2)] {
            let found = shown(&format!("{failed}{}", debit(at)));
            assert_eq!(found, [format!("{row} failed-but-debited")], "{at}");
        }
        let before = shown(&format!("{}{failed}", debit("23 00:00")));
        assert_eq!(before, ["2 failed-but-debited"]);
        for at in ["23 13:48", "22 00:00", "26 00:00"] {
            let rows = format!("{}{}", debit(at), failed);
            assert!(shown(&rows).is_empty(), "{at}");
        }
    }

    #[test]
    fn a_card_row_that_says_debited_is_asked_about_whatever_the_wallets_balance_does() {
        let failed = |memo: &str| {
            shown(&format!(
                "2025-08-31 09:22 fail 100.00 某运营商; item 话费充值; status 充值失败; method 某银行储蓄卡(1843); \
                 balance 749.21 749.21; memo {memo}"
            ))
        };
        for memo in [
            "银行卡已扣款",
            "已扣款,商户未收到",
            "扣款已成功，订单支付失败",
            "支付失败 银行卡已扣",
            "已从某银行储蓄卡(3046)扣款",
        ] {
            assert_eq!(failed(memo), ["1 failed-but-debited"], "{memo}");
        }
        for memo in
            ["未扣款", "已扣款，资金已退回", "银行卡未扣款", "未从某银行储蓄卡(3046)扣款", "已原路退回", ""]
        {
            assert!(failed(memo).is_empty(), "{memo}");
        }
    }
}
