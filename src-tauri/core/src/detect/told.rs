//! What the user wrote on a payment themselves: that it was not theirs, failed and was taken, was taken twice, went on
//! after a cancelling, or went to the wrong one.
//!
//! Whoever wrote it looked at it: no other sign is as strong. Only the user's own note is read, never what a statement
//! says, and a note that goes on to say that it is settled raises nothing.

mod words;

use super::history::{name, when};
use super::{Flag, FlagKind, History, duplicate_charge, failed_debited, subscription_change, wrong_payee};
use crate::ledger::Direction;
use crate::text::Text;

/// What the user says is hardly ever wrong, and may still rest on an oversight.
const TOLD: f64 = 0.92;
/// The first of two charges stands within so many seconds before the second: two days.
const TWICE: i64 = 2 * 86_400;
/// Longer notes are quoted in part.
const QUOTED: usize = 60;

/// Payments of which the user wrote that they did not make them.
pub fn disowned(history: &History<'_>, (): &mut ()) -> Vec<Flag> {
    told(history, Vec::new(), FlagKind::Disowned, words::disowned)
}

/// What [`failed_debited::find`] finds, and what the user wrote of it.
pub fn failed(history: &History<'_>, past: &mut failed_debited::Tries) -> Vec<Flag> {
    let found = failed_debited::find(history, past);
    told(history, found, FlagKind::FailedButDebited, words::failed)
}

/// What [`duplicate_charge::find`] finds, and what the user wrote of it.
pub fn twice(history: &History<'_>, past: &mut duplicate_charge::Past) -> Vec<Flag> {
    let found = duplicate_charge::find(history, past);
    told(history, found, FlagKind::DuplicateCharge, words::twice)
}

/// What [`subscription_change::find`] finds, and what the user wrote of it.
pub fn cancelled(history: &History<'_>, past: &mut subscription_change::Past) -> Vec<Flag> {
    let found = subscription_change::find(history, past);
    told(history, found, FlagKind::SubscriptionChange, words::cancelled)
}

/// What [`wrong_payee::find`] finds, and what the user wrote of it.
pub fn wrong(history: &History<'_>, past: &mut wrong_payee::Payees) -> Vec<Flag> {
    let found = wrong_payee::find(history, past);
    told(history, found, FlagKind::WrongPayee, words::wrong)
}

/// Adds what the user's notes on the fresh rows say to what was found of them without.
fn told(history: &History<'_>, mut found: Vec<Flag>, kind: FlagKind, says: fn(&str) -> bool) -> Vec<Flag> {
    for i in history.fresh.clone() {
        let (row, line) = (history.row(i), &history.lines[i]);
        if row.note.is_empty() || row.direction == Direction::In || line.kept <= 0 || !is_first(history, i) {
            continue;
        }
        let note = row.note.to_lowercase();
        if !says(&note) || words::settled(&note) {
            continue;
        }
        let flag = explain(history, i, kind);
        let is_surer = |known: &Flag| known.places.first() == flag.places.first() && known.score >= TOLD;
        if !found.iter().any(is_surer) {
            found.retain(|known| known.places.first() != flag.places.first());
            found.push(flag);
        }
    }
    found
}

/// Whether no row before it is the same payment with the same note: a typed note speaks on the row it is linked to.
fn is_first(history: &History<'_>, i: usize) -> bool {
    let row = history.row(i);
    let before = |place: &usize| *place < i && history.row(*place).note == row.note;
    !row.linked.iter().filter_map(|&id| history.place(id)).any(|place| before(&place))
}

fn explain(history: &History<'_>, i: usize, kind: FlagKind) -> Flag {
    let row = history.row(i);
    let (at, who, paid) = (when(row.at), name(row), row.amount);
    let note: String = row.note.trim().chars().take(QUOTED).collect();
    let more = if row.note.trim().chars().count() > QUOTED { "…" } else { "" };
    let first = if kind == FlagKind::DuplicateCharge { first_of_two(history, i) } else { None };
    let (two_zh, two_en) = first.map_or_else(Default::default, |first| {
        let first = when(history.row(first).at);
        (format!("此前 {} 有同样的一笔。", first.zh), format!(" The same sum went there on {}.", first.en))
    });
    let explanation = Text::new(
        format!("{} 付给{}的 {paid}，您自己写明：「{note}{more}」。{two_zh}", at.zh, who.zh),
        format!("Of the {paid} to {} on {} you wrote yourself: “{note}{more}”.{two_en}", who.en, at.en),
    );
    let rows: Vec<usize> = std::iter::once(i).chain(first).collect();
    history.flag(kind, TOLD, &rows, paid, explanation, innocent(kind))
}

/// The row before that took the same sum to the same payee.
fn first_of_two(history: &History<'_>, i: usize) -> Option<usize> {
    let line = &history.lines[i];
    let near = (0..i).rev().take_while(|&row| line.at - history.lines[row].at <= TWICE);
    let same = |row: &usize| {
        let other = &history.lines[*row];
        other.payee == line.payee && other.amount == line.amount && history.went_out(*row)
    };
    near.filter(|row| !history.row(i).linked.contains(&history.row(*row).id)).find(same)
}

fn innocent(kind: FlagKind) -> Text {
    let (zh, en) = match kind {
        FlagKind::FailedButDebited => {
            ("钱已经退回，只是还没有记上。", "The money has come back since and was not noted.")
        }
        FlagKind::DuplicateCharge => (
            "多扣的已经退回，或两笔各是一份。",
            "The second charge has come back since, or each was for something of its own.",
        ),
        FlagKind::SubscriptionChange => (
            "取消时这一期已经开始，或钱已经退回。",
            "The period had begun before you cancelled, or the money has come back since.",
        ),
        FlagKind::WrongPayee => (
            "对方已经退回，或收款方就是您要付的人。",
            "The payee has sent it back, or was the right one after all.",
        ),
        _ => ("后来想起是您自己或家人付的。", "You remembered since that you or your family paid it."),
    };
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    fn noted(note: &str) -> Vec<String> {
        shown(&format!("2026-07-05 15:02 buy 280.00 某商家; note {note}"))
    }

    #[test]
    fn what_the_user_wrote_of_a_payment_is_understood_however_they_put_it() {
        let told: [(&str, &[&str]); 6] = [
            (
                "failed-but-debited",
                &[
                    "支付失败但是扣款了",
                    "支付失败，但钱扣了",
                    "付款失败却扣了1280",
                    "显示支付失败，银行卡已扣款",
                    "订单没成功，钱被扣了",
                    "没支付成功但是卡里扣了钱",
                    "paid failed but money was debited",
                    "payment failed but I was charged",
                    "交易失败，钱没了",
                    "It failed, yet the money was taken",
                ],
            ),
            (
                "duplicate-charge",
                &[
                    "重复扣款了",
                    "被扣了两次",
                    "扣了2次钱",
                    "同一单付了两遍",
                    "charged twice",
                    "I was billed twice",
                ],
            ),
            (
                "disowned",
                &[
                    "不是我付的",
                    "盗刷",
                    "没买过这个",
                    "卡被盗刷了",
                    "非本人操作",
                    "I did not make this payment",
                    "unauthorized charge",
                ],
            ),
            (
                "subscription-change",
                &[
                    "取消了还扣",
                    "已经取消自动续费，还是扣了",
                    "退订之后又扣了一个月",
                    "cancelled but still charged",
                    "charged after I cancelled",
                ],
            ),
            ("wrong-payee", &["转错人了", "转错了", "付错人了，他不认识我", "sent to the wrong person"]),
            ("refund-missing", &[]),
        ];
        for (kind, notes) in told {
            for note in notes {
                assert_eq!(noted(note), [format!("1 {kind}")], "{note}");
            }
        }
    }

    #[test]
    fn what_is_settled_or_denied_or_only_planned_raises_nothing() {
        for note in [
            "支付失败，没有扣款",
            "支付失败但是扣款了，已退回",
            "没有重复扣款",
            "被扣了两次，第二笔已退",
            "不是盗刷，是孩子买的",
            "以为是盗刷，后来发现是老婆付的",
            "月底记得取消",
            "取消了，没再扣",
            "转错了，对方已退回",
            "charged twice, refunded",
            "not charged twice",
            "给妈妈买的药",
            "两个人的午饭",
        ] {
            assert!(noted(note).is_empty(), "{note}: {:?}", noted(note));
        }
    }

    #[test]
    fn what_was_taken_twice_is_shown_with_the_first_of_the_two() {
        let rows = "2026-07-05 14:50 buy 280.00 某商家\n2026-07-06 15:02 buy 280.00 某商家; note 被扣了两次";
        assert_eq!(shown(rows), ["2 duplicate-charge"]);
        assert!(
            shown(
                "2026-07-05 15:02 buy 280.00 某商家; note 被扣了两次\n2026-07-09 10:00 refund 280.00 某商家"
            )
            .len()
                < 2
        );
    }
}
