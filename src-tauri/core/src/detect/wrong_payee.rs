//! Money sent to a near-miss of a usual payee.
//!
//! One letter of a name or one digit of an account is wrong, and what goes to the same person every month
//! went to a stranger. The name must be one letter away from a payee this user sends to again and again, never
//! paid before, and the amount must be what the usual one gets when it is due again: friends and relatives with near
//! names get what the occasion asks. Of a person the user deals with, a name that sounds or looks the same or has its letters
//! turned round is asked about for any sum like theirs. Numbered names (店 1, 店 2), families with one surname and chains with many
//! branches are near each other by nature; whoever sent the user money before is no slip. Telephone and household
//! numbers that are paid for are compared digit by digit (`number.rs`).

mod number;
mod purpose;

pub use number::NUMBERED;

use super::habit::Recent;
use super::history::{name, when};
use super::person::{is_person, look_alike};
use super::phrase::Words;
use super::topics::Topic;
use super::{Flag, FlagKind, History, SHOWN};
use crate::ledger::{Direction, Kind, Transaction, TransactionId};
use crate::text::Text;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Payments that make a payee a usual one, and rows either way that make a person a known one.
const USUAL: u32 = 3;
const KNOWN: u32 = 3;
/// Longer names are compared by their first letters only in part: such names are companies'.
const LONGEST: usize = 40;
/// Two letters have too many neighbours: only a name that sounds the same is a slip.
const SHORT: usize = 2;
/// Usual payees of one near name.
const MOST_NEAR: usize = 4;
/// ¥20.
const LEAST: i64 = 2_000;
/// Exactly the usual amount; within the usual range; otherwise. What is neither always the same nor due now keeps less.
const SAME_AMOUNT: f64 = 0.92;
const LIKE_AMOUNT: f64 = 0.74;
const OTHER_AMOUNT: f64 = 0.36;
const NOT_DUE_KEEPS: f64 = 0.50;
/// A person whose name sounds or looks like that of one the user knows, or has its letters swapped, for a sum like theirs.
const SAME_TO_THE_EAR: f64 = 0.72;
/// The usual payee was paid within these days where the sum is theirs, or as long ago as the time before, within a
/// tenth and two days.
const LATELY: i64 = 50 * 86_400;
const SLACK: i64 = 2 * 86_400;
/// A sum is theirs where it came twice, and a third of the times.
const OFTEN: usize = 2;
const SHARE: usize = 3;
/// A shop's name is imitated, and branches have near names: less is said by nearness.
const SHOP: f64 = 0.50;
/// What a masked name keeps: others may hide behind it.
const MASKED_KEEPS: f64 = 0.85;
/// What a namesake of another family keeps.
const OTHER_FAMILY_KEEPS: f64 = 0.60;
/// What is left where the row says what for, the usual payee never got anything for that, nor this sum. Of 31 such on 26
/// authors' ledgers one was a slip.
const OWN_PURPOSE_KEEPS: f64 = 0.50;
/// What a name of two letters keeps, and where the very sum is due.
const SHORT_KEEPS: f64 = 0.50;
const SHORT_DUE_KEEPS: f64 = 0.65;
/// ... and whose usual payee was paid within this: half a year.
const SEASON: i64 = 183 * 86_400;

/// Payments of the usual payee that are shown beside it.
const COMPARED: usize = 6;

#[derive(Clone)]
struct Payee {
    first: usize,
    /// Payments to them, and rows either way.
    count: u32,
    rows: u32,
    amounts: Recent<12>,
    /// When they were paid last, and the time before.
    paid: [i64; 2],
}

/// Payees so far.
#[derive(Clone, Default)]
pub struct Payees {
    payees: Vec<Option<Payee>>,
    /// Names of usual payees with one letter left out, to the payees.
    near: HashMap<u64, Vec<u32>>,
    numbers: number::Numbers,
}

/// Finds payments to a near-miss.
pub fn find(history: &History<'_>, past: &mut Payees) -> Vec<Flag> {
    let Payees { payees, near, numbers } = past;
    payees.resize(history.payees, None);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let row = history.row(i);
        if line.spent && history.sign(i).says.holds(Words::Numbered) {
            flags.extend(numbers.judge(history, i));
        }
        if row.direction == Direction::In && line.kind != Kind::Refund {
            // Known from now on.
            let fresh = Payee { first: i, count: 0, rows: 0, amounts: Recent::default(), paid: [0; 2] };
            let known = payees[line.payee as usize].get_or_insert(fresh);
            known.rows += 1;
            if known.rows == KNOWN && history.sign(i).named && is_person(&row.counterparty) {
                known_as(near, row, line.payee);
            }
            continue;
        }
        if row.direction != Direction::Out
            || !history.went_out(i)
            || !history.sign(i).named
            || history.is_own(i)
            || history.lines[i].kind == Kind::CashGift
        {
            continue;
        }
        if let Some(known) = &mut payees[line.payee as usize] {
            known.count += 1;
            known.rows += 1;
            known.amounts.push(line.amount);
            known.paid = [line.at, known.paid[0]];
            if known.count == USUAL || known.rows == KNOWN && is_person(&row.counterparty) {
                known_as(near, row, line.payee);
            }
            continue;
        }
        let mut found: Option<Flag> = None;
        for (letters, of) in names(row) {
            if letters.len() > LONGEST || letters.len() < SHORT || line.amount < LEAST {
                continue;
            }
            let mut near: Vec<&[u32]> =
                keys(&letters).filter_map(|key| near.get(&key).map(Vec::as_slice)).collect();
            // The letter that fewest names lack.
            near.sort_by_key(|payees| payees.len());
            let alone = near.first().is_some_and(|payees| payees.len() == 1);
            let usual = near
                .iter()
                .flat_map(|near| near.iter())
                .filter_map(|&number| payees[number as usize].as_ref());
            let flags =
                usual.filter_map(|usual| judge(history, i, usual, &Name { letters: &letters, of, alone }));
            found = flags.chain(found.take()).reduce(|best, flag| match flag.score > best.score {
                true => flag,
                false => best,
            });
        }
        flags.extend(found);
        let mut amounts = Recent::default();
        amounts.push(line.amount);
        payees[line.payee as usize] =
            Some(Payee { first: i, count: 1, rows: 1, amounts, paid: [line.at, 0] });
    }
    flags
}

/// From now on, names near this one are asked about.
fn usual(near: &mut HashMap<u64, Vec<u32>>, letters: &[char], payee: u32) {
    if letters.len() > LONGEST {
        return;
    }
    for key in keys(letters) {
        let here = near.entry(key).or_default();
        if here.len() < MOST_NEAR && !here.contains(&payee) {
            here.push(payee);
        }
    }
}

/// What a payee is compared by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// The name, and the account where there is one.
    Whole,
    /// The name alone. Where a wallet masks it, it always writes an account beside it, and a stranger has another one.
    Masked,
}

/// A name, and whether no other usual payee is as near: names that are near each other by nature are no slips.
struct Name<'a> {
    letters: &'a [char],
    of: By,
    alone: bool,
}

/// The ways in which a row's party may be mistaken for another.
fn names(row: &Transaction) -> impl Iterator<Item = (Vec<char>, By)> {
    let masked = row.counterparty.contains('*') && is_person(&row.counterparty);
    let bare = masked && !account(row).is_empty();
    let bare = bare.then(|| (letters(row.counterparty.trim()).collect(), By::Masked));
    std::iter::once((full_name(row), By::Whole)).chain(bare)
}

/// From now on, names near those of this row's party are asked about.
fn known_as(near: &mut HashMap<u64, Vec<u32>>, row: &Transaction, payee: u32) {
    for (letters, _) in names(row) {
        usual(near, &letters, payee);
    }
}

fn account(row: &Transaction) -> &str {
    let account = row.counterparty_account.trim();
    if account == "/" { "" } else { account }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).take(LONGEST + 1)
}

/// The name and, where there is one, the account, without spaces, in lower case.
fn full_name(row: &Transaction) -> Vec<char> {
    letters(row.counterparty.trim()).chain(letters(account(row))).take(LONGEST + 1).collect()
}

/// The name with each letter left out in turn, and whole: two names one letter apart share one of these.
fn keys(letters: &[char]) -> impl Iterator<Item = u64> {
    let hash = move |skip: usize| {
        let mut hasher = DefaultHasher::new();
        for (place, letter) in letters.iter().enumerate() {
            if place != skip {
                letter.hash(&mut hasher);
            }
        }
        hasher.finish()
    };
    (0..=letters.len()).map(hash)
}

fn judge(history: &History<'_>, i: usize, usual: &Payee, name: &Name<'_>) -> Option<Flag> {
    let &Name { letters, of, alone } = name;
    let line = &history.lines[i];
    let (other, _) = names(history.row(usual.first)).find(|(_, by)| *by == of)?;
    if !one_apart(letters, &other) || differ_in_number(letters, &other) {
        return None;
    }
    let (low, high) = (usual.amounts.percentile(0), usual.amounts.max());
    let exact = usual.amounts.median() == line.amount || usual.amounts.last() == Some(line.amount);
    let like = line.amount.saturating_mul(2) >= low && line.amount <= high.saturating_mul(2);
    let mut score = match like {
        _ if exact => SAME_AMOUNT,
        true => LIKE_AMOUNT,
        false => OTHER_AMOUNT,
    };
    let due = is_due(usual, line);
    if !due {
        score *= NOT_DUE_KEEPS;
    }
    let person = is_person(&history.row(i).counterparty);
    // A stall takes money by a personal code, and has a stall's name.
    let sent =
        |row: usize| history.is_transfer(row) && (person || history.lines[row].kind == Kind::TransferOut);
    let transfer = sent(i) || sent(usual.first);
    // What sounds or looks the same is a slip or an imitation, whoever it is.
    let alike = sound_alike(letters, &other) || looks_alike(letters, &other);
    let swapped = is_swapped(letters, &other);
    let paid_before = usual.amounts.values().contains(&line.amount);
    if person
        && (letters.len() > SHORT || paid_before && is_near(usual, line))
        && (alike || swapped)
        && transfer
        && like
    {
        score = score.max(SAME_TO_THE_EAR);
    } else if usual.count < USUAL || !alone || of == By::Masked {
        return None;
    }
    if of == By::Masked {
        score *= MASKED_KEEPS;
    }
    if !transfer && !alike {
        score -= SHOP;
    }
    // Another family name is another family, unless the eye or the ear takes it for the same.
    let family = letters.first() != other.first() && letters.len() == other.len();
    if family && !alike && person {
        score *= OTHER_FAMILY_KEEPS;
    }
    if letters.len().min(other.len()) <= SHORT && !alike {
        score *= if exact && due { SHORT_DUE_KEEPS } else { SHORT_KEEPS };
    }
    let slip = person && (alike || swapped);
    if !slip && history.sign(i).is_any(&[Topic::Gift, Topic::SplitBill]) {
        score *= 0.6;
    }
    if purpose::names_another(history.row(i), &history.row(usual.first).counterparty) {
        return None;
    }
    let another = || !paid_before && purpose::is_its_own(history, i, usual);
    if score >= SHOWN && person && (another() || purpose::are_relatives(history, i, usual)) {
        score *= OWN_PURPOSE_KEEPS;
    }
    (score > 0.05).then(|| explain(history, i, usual, score))
}

/// Whether what the usual payee gets again and again, or every so often, is due now.
fn is_due(usual: &Payee, line: &super::history::Line) -> bool {
    let values = usual.amounts.values();
    let equal = values.iter().filter(|&&amount| amount == line.amount).count();
    let [last, before] = usual.paid;
    let (since, gap) = (line.at - last, last - before);
    let theirs = equal >= OFTEN && equal * SHARE >= values.len();
    theirs && since <= LATELY || before > 0 && since.abs_diff(gap) <= (gap / 10 + SLACK).unsigned_abs()
}

/// Whether the usual payee was paid not long ago.
fn is_near(usual: &Payee, line: &super::history::Line) -> bool {
    line.at - usual.paid[0] <= SEASON
}

/// Whether one letter was changed, left out, added, or two neighbours swapped.
fn one_apart<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    match (a, b) {
        ([], []) => false,
        ([_], [_] | []) | ([], [_]) => true,
        ([x, y], [z, w]) => x == w && y == z,
        _ => false,
    }
}

/// Whether the letters that differ are digits of a short number: 店 1 and 店 2. A long number is an account,
/// and its digits are what a slip gets wrong.
fn differ_in_number(a: &[char], b: &[char]) -> bool {
    let digits = |name: &[char]| name.iter().filter(|c| c.is_ascii_digit()).count();
    let bare = |name: &[char]| name.iter().filter(|c| !c.is_ascii_digit()).copied().collect::<Vec<_>>();
    bare(a) == bare(b) && digits(a).max(digits(b)) < 4
}

/// Whether the letters that differ are easily taken for one another.
fn looks_alike(a: &[char], b: &[char]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x == y || look_alike(*x, *y))
}

/// Whether the same letters stand in another order.
fn is_swapped(a: &[char], b: &[char]) -> bool {
    let sorted = |name: &[char]| {
        let mut letters = name.to_vec();
        letters.sort_unstable();
        letters
    };
    a.len() == b.len() && a.first() == b.first() && sorted(a) == sorted(b)
}

/// A sound as half the country says it: zh is z, ing is in.
fn blurred(sound: &str) -> String {
    let sound =
        ["zh", "ch", "sh"].iter().fold(sound.to_owned(), |sound, hard| sound.replace(hard, &hard[..1]));
    ["ang", "eng", "ing"].iter().fold(sound, |sound, back| match sound.strip_suffix(back) {
        Some(start) => format!("{start}{}", &back[..2]),
        None => sound,
    })
}

/// Whether every letter sounds like its counterpart, or, where it has no sound, is the same.
fn sound_alike(a: &[char], b: &[char]) -> bool {
    use pinyin::ToPinyin;
    let sound = |c: &char| c.to_pinyin().map(|sound| blurred(sound.plain()));
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| a == b || sound(a).is_some_and(|first| sound(b) == Some(first)))
}

fn explain(history: &History<'_>, i: usize, usual: &Payee, score: f64) -> Flag {
    let (row, other) = (history.row(i), history.row(usual.first));
    let (at, who, meant, paid, times) = (when(row.at), name(row), name(other), row.amount, usual.count);
    let typical = history.money(i, usual.amounts.median());
    let often = if times == 1 { "once".to_owned() } else { format!("{times} times") };
    let explanation = Text::new(
        format!(
            "{} 付给{}{paid}，此前没有付过；这个名字与您付过 {times} 次的{}（通常 {typical}）只差一点，可能填错了收款方。",
            at.zh, who.zh, meant.zh
        ),
        format!(
            "{paid} went to {} on {}, never paid before; the name is one letter from {}, whom you paid {often} \
             (usually {typical}).",
            who.en, at.en, meant.en
        ),
    );
    let innocent = Text::new("确实是另一个人或另一家店。", "It is indeed another person or shop.");
    let flag = history.flag(FlagKind::WrongPayee, score, &[i], paid, explanation, innocent);
    // Flags are few, and payments of one payee lie near each other.
    let payee = history.lines[usual.first].payee;
    let earlier =
        (usual.first..i).rev().filter(|&row| history.lines[row].payee == payee && history.went_out(row));
    let mut compared: Vec<TransactionId> = earlier.take(COMPARED).map(|row| history.row(row).id).collect();
    compared.reverse();
    Flag { compared, ..flag }
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    fn after(usual: &str, to: &str, amount: &str) -> Vec<String> {
        let known: String = [("05-03", "30.00"), ("06-12", "82.10"), ("07-20", "45.00")]
            .map(|(day, amount)| format!("2025-{day} 12:00 send {amount} {usual}; item 转账\n"))
            .concat();
        shown(&format!("{known}2025-08-09 12:00 send {amount} {to}; item 转账"))
    }

    #[test]
    fn a_name_that_sounds_like_one_known_or_is_turned_round_is_asked_about() {
        for to in ["刘鑫慧", "刘惠鑫", "刘辉鑫"] {
            assert_eq!(after("刘慧鑫", to, "82.10"), ["4 wrong-payee"], "{to}");
        }
        assert_eq!(after("余新民", "余新明", "50.00"), ["4 wrong-payee"], "min and ming");
        assert!(after("刘慧鑫", "刘鑫慧", "900.00").is_empty(), "quite another sum");
        assert!(after("刘慧鑫", "刘慧敏", "82.10").is_empty(), "another name");
    }

    #[test]
    fn another_purpose_and_sum_or_another_account_in_words_is_no_slip() {
        let known: String = [("05-03", "30.00"), ("06-12", "82.10"), ("07-20", "45.00")]
            .map(|(day, amount)| format!("2025-{day} 12:00 send {amount} 唐建华; item 转账备注:家教费\n"))
            .concat();
        let after = |amount: &str, memo: &str| {
            shown(&format!("{known}2025-08-09 12:00 send {amount} 唐建桦; item 转账; memo {memo}"))
        };
        assert_eq!(after("62.00", "8月家教费"), ["4 wrong-payee"]);
        assert_eq!(after("62.00", ""), ["4 wrong-payee"], "it does not say what for");
        assert!(after("62.00", "二手自行车").is_empty());
        assert_eq!(after("82.10", "二手自行车"), ["4 wrong-payee"], "a sum that the usual payee got");
        for memo in ["家教费(妹妹账户)", "家教费,代唐建华收", "家教费(换收款账户)"] {
            assert!(after("82.10", memo).is_empty(), "{memo}");
        }
    }

    #[test]
    fn what_a_wallet_files_every_transfer_under_makes_none_a_present() {
        let sent = |day: &str, to: &str, memo: &str| {
            format!("2025-{day} 12:18 send 600.00 {to}; item 转账; category 转账红包; memo {memo}\n")
        };
        let known: String =
            ["01-10", "02-09", "03-11", "04-10", "05-10"].map(|day| sent(day, "蒋强", "钢琴课")).concat();
        assert_eq!(shown(&format!("{known}{}", sent("06-11", "蒋芬", "钢琴课"))), ["6 wrong-payee"]);
        assert!(shown(&format!("{known}{}", sent("06-11", "蒋芬", "生日快乐"))).is_empty());
    }

    #[test]
    fn a_masked_name_is_compared_without_the_account_beside_it() {
        let after = |to: &str, account: &str| {
            let known: String = (2..8)
                .map(|month| {
                    format!(
                        "2026-0{month}-18 20:00 send 2000.00 *建华; item 转账-生活费; account 138****1234\n"
                    )
                })
                .collect();
            shown(&format!("{known}2026-08-18 20:00 send 2000.00 {to}; item 转账-生活费; account {account}"))
        };
        assert_eq!(after("*建桦", "138****1284"), ["7 wrong-payee"]);
        assert_eq!(after("*建桦", "159****8877"), ["7 wrong-payee"]);
        assert!(after("*建华", "159****8877").is_empty(), "a namesake is another person");
        assert!(after("*建国", "159****8877").is_empty() && after("*志强", "159****8877").is_empty());
    }

    #[test]
    fn a_relative_of_a_near_name_does_not_hide_a_slip_and_stalls_are_stalls() {
        let relative = ["05-04", "06-04", "07-04"]
            .map(|day| format!("2025-{day} 12:00 send 30.00 白振发; item 转账\n"))
            .concat();
        let rows = ["05-03", "06-12", "07-20"]
            .map(|day| format!("2025-{day} 13:00 send 60.00 白振华; item 转账\n"))
            .concat();
        let mut all: Vec<&str> = relative.lines().chain(rows.lines()).collect();
        all.sort_unstable();
        let known = all.join("\n");
        assert_eq!(
            shown(&format!("{known}\n2025-08-09 12:00 send 60.00 白振桦; item 转账")),
            ["7 wrong-payee"]
        );
        assert!(shown(&format!("{known}\n2025-08-09 12:00 send 60.00 白振国; item 转账")).is_empty());
        let stall = |name: &str, day: &str| {
            format!("2025-{day} 12:00 buy 26.00 {name}; item 收款方备注:二维码收款\n")
        };
        let stalls: String = ["05-03", "06-03", "07-03"].map(|day| stall("萧记咖啡", day)).concat();
        assert!(shown(&format!("{stalls}{}", stall("萧姐咖啡", "08-03"))).is_empty());
    }
}
