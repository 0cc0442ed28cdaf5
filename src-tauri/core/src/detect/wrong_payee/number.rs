//! A telephone topped up, or a household paid for, whose number is one digit off a usual one.

use super::super::history::{name, when};
use super::super::{Flag, FlagKind, History};
use super::one_apart;
use crate::text::Text;
use std::ops::RangeInclusive;

/// What a row that pays for a number says.
pub const NUMBERED: &[&str] =
    &["手机", "话费", "充值", "号码", "户号", "缴费", "用户号", "宽带", "mobile", "phone", "top-up", "topup"];
/// A number paid for so often is a usual one.
const USUAL: u32 = 2;
/// The sum is one that the usual number got; another.
const SAME_SUM: f64 = 0.80;
const OTHER_SUM: f64 = 0.60;
/// A mobile number has so many digits.
const MOBILE: usize = 11;
/// So many open digits, four of them at its end, tell a masked number from others.
const SHOWN: usize = 7;
const OPEN: usize = 4;
/// What stands before a household's number, and how long one is.
const HOUSEHOLD: &[&str] = &["户号", "用户号", "用户编号", "客户编号", "缴费号"];
const HOUSEHOLD_DIGITS: RangeInclusive<usize> = 6..=13;
/// Numbers and sums remembered of one user.
const NUMBERS: usize = 64;
const SUMS: usize = 8;

/// A number paid for.
#[derive(Clone)]
struct Known {
    /// Its digits, `*` where it is masked.
    digits: Vec<u8>,
    /// How often it was paid for.
    count: u32,
    /// The sums, the latest first.
    sums: Vec<i64>,
    /// The rows that paid for it lately, the latest last.
    rows: Vec<usize>,
}

/// The numbers so far.
#[derive(Clone, Default)]
pub struct Numbers {
    known: Vec<Known>,
}

impl Numbers {
    /// Judges row `i`, and remembers its number.
    pub fn judge(&mut self, history: &History<'_>, i: usize) -> Option<Flag> {
        let line = &history.lines[i];
        let digits = number(&history.row(i).item)?;
        if let Some(known) = self.known.iter_mut().find(|known| known.digits == digits) {
            known.count += 1;
            if known.rows.len() == super::COMPARED {
                known.rows.remove(0);
            }
            known.rows.push(i);
            if !known.sums.contains(&line.amount) {
                known.sums.truncate(SUMS - 1);
                known.sums.insert(0, line.amount);
            }
            return None;
        }
        let near = |known: &&Known| {
            known.count >= USUAL && known.digits.len() == digits.len() && one_apart(&known.digits, &digits)
        };
        let flag = self.known.iter().filter(near).max_by_key(|known| known.count).map(|meant| {
            let score = if meant.sums.contains(&line.amount) { SAME_SUM } else { OTHER_SUM };
            explain(history, i, meant, &digits, score)
        });
        if self.known.len() == NUMBERS {
            self.known.remove(0);
        }
        self.known.push(Known { digits, count: 1, sums: vec![line.amount], rows: vec![i] });
        flag
    }
}

/// The telephone's or household's number that an item names: a mobile number, one whose middle is masked, or one that is
/// called a household's.
fn number(item: &str) -> Option<Vec<u8>> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || *byte == b'*';
    let telephone = item.as_bytes().chunk_by(|a, b| is_part(a) == is_part(b)).find_map(|run| {
        let masked = run.contains(&b'*');
        let open = run.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let mobile = !masked && run.len() == MOBILE && run[0] == b'1';
        let digits = run.iter().filter(|byte| byte.is_ascii_digit()).count();
        let shown = masked && run[0].is_ascii_digit() && (OPEN..MOBILE).contains(&open) && digits >= SHOWN;
        (mobile || shown).then(|| run.to_vec())
    });
    telephone.or_else(|| {
        let rest = HOUSEHOLD.iter().find_map(|word| item.split_once(word)).map(|(_, rest)| rest)?;
        let rest = rest.trim_start_matches([':', '：', ' ']).as_bytes();
        let run = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        HOUSEHOLD_DIGITS.contains(&run).then(|| rest[..run].to_vec())
    })
}

fn explain(history: &History<'_>, i: usize, meant: &Known, digits: &[u8], score: f64) -> Flag {
    let row = history.row(i);
    let (at, who, paid) = (when(row.at), name(row), row.amount);
    let [here, usual] = [digits, &meant.digits].map(|digits| String::from_utf8_lossy(digits).into_owned());
    let times = meant.count;
    let explanation = Text::new(
        format!(
            "{} 经{}为 {here} 付了 {paid}，此前没有付过这个号码；它与您付过 {times} 次的 {usual} 只差一点，可能填错了号码。",
            at.zh, who.zh
        ),
        format!(
            "{paid} was paid through {} for {here} on {}, a number never paid for before; it is one digit from \
             {usual}, paid for {times} times.",
            who.en, at.en
        ),
    );
    let innocent = Text::new("确实是另一个号码。", "It is indeed another number.");
    let evidence: Vec<usize> = std::iter::once(i).chain(meant.rows.last().copied()).collect();
    let flag = history.flag(FlagKind::WrongPayee, score, &evidence, paid, explanation, innocent);
    let earlier = &meant.rows[..meant.rows.len().saturating_sub(1)];
    Flag { compared: earlier.iter().map(|&row| history.row(row).id).collect(), ..flag }
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    #[test]
    fn a_number_one_digit_off_a_usual_one_is_asked_about() {
        let usual: String = ["04-03", "05-03", "06-03"]
            .map(|day| format!("2025-{day} 12:00 buy 100.00 移动; item 手机充值 139****6716\n"))
            .concat();
        let last =
            |number: &str| shown(&format!("{usual}2025-07-02 12:00 buy 100.00 移动; item 手机充值 {number}"));
        assert_eq!(last("139****6176"), ["4 wrong-payee"], "two digits turned round");
        assert_eq!(last("139****6726"), ["4 wrong-payee"], "one digit");
        for other in ["139****6716", "139****8102", "139****7617", "138****0716"] {
            assert!(last(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn where_most_of_a_number_is_masked_too_many_look_alike() {
        let usual: String = ["04-03", "05-03", "06-03"]
            .map(|day| format!("2025-{day} 12:00 buy 30.00 移动; item 话费充值-13*****0030\n"))
            .concat();
        assert!(
            shown(&format!("{usual}2025-07-02 12:00 buy 30.00 移动; item 话费充值-17*****0030")).is_empty()
        );
    }

    #[test]
    fn a_household_is_told_by_its_number() {
        let usual: String = ["04-03", "05-03", "06-03"]
            .map(|day| format!("2025-{day} 12:00 buy 88.66 某供电公司; item 电费 户号1792755041\n"))
            .concat();
        let last = |item: &str| {
            shown(&format!("{usual}2025-07-02 12:00 buy 88.66 某供电公司; item 电费 {item}; mo 2025070217"))
        };
        assert_eq!(last("户号1792855041"), ["4 wrong-payee"], "one digit");
        assert_eq!(last("户号：1792755401"), ["4 wrong-payee"], "two digits turned round");
        assert!(last("户号5416612961").is_empty(), "another household");
        assert!(last("订单1792855041").is_empty(), "no household's number");
    }

    #[test]
    fn order_numbers_are_no_telephones() {
        let rows = ["00000001", "00000002", "00000003"]
            .map(|order| format!("2025-04-03 12:00 buy 100.00 商城; item 充值订单885416{order}\n"))
            .concat();
        assert!(shown(&rows).is_empty());
    }
}
