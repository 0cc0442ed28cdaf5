//! What happened to an amount: which way the money went, and what kind of payment it was.
//!
//! The verb nearest before the amount decides, in its own sentence first. A refund told after it decides only
//! where it is said to have happened. What is merely talked of (`talk`) is no verb at all.

use super::amount::{Role, Sum};
use super::scan::{Scan, is_stop, places, words};
use super::talk::ends_sentence;
use crate::ledger::{Direction, Kind};
use std::ops::Range;

/// What happened.
pub(super) struct Event {
    pub direction: Direction,
    pub kind: Kind,
    /// The words that say so.
    pub words: String,
}

/// A word that decides, and what it says by itself.
struct Verb {
    place: Range<usize>,
    direction: Direction,
    refund: bool,
}

/// How far 已 may stand before the word of a refund, in characters.
const HAPPENED_NEAR: usize = 6;

/// What happened to the amount; `None` where the message does not say it, or says two things.
pub(super) fn find(scan: &Scan, sum: Option<&Sum>) -> Option<Event> {
    let place = sum.map_or(scan.folded.len()..scan.folded.len(), |sum| sum.place.clone());
    let sentence = match sum {
        Some(_) => sentence(scan, &place),
        None => 0..scan.folded.len(),
    };
    let failed = failure(scan)?;
    let sign = sum.and_then(|sum| sum.sign).map(|minus| if minus { Direction::Out } else { Direction::In });
    let Some(verb) = decide(scan, &place, &sentence).or_else(|| weak(scan, &sentence)) else {
        if let Some(failed) = failed {
            return Some(neutral(scan, Kind::Failed, failed));
        }
        let direction = sign?;
        let kind = if direction == Direction::In { Kind::Income } else { Kind::Purchase };
        return Some(Event { direction, kind, words: scan.words(place) });
    };
    if let Some(failed) = failed.filter(|failed| !verb.refund || is_of_refund(scan, failed)) {
        return Some(neutral(scan, Kind::Failed, failed));
    }
    if let Some(closed) = first(&scan.verbs, &words().closed, 0..scan.folded.len()).filter(|_| !verb.refund) {
        return Some(neutral(scan, Kind::Closed, closed));
    }
    if let Some(pending) = not_yet(scan, &verb, &place) {
        return Some(neutral(scan, Kind::Pending, pending));
    }
    let context = context(scan, &verb, &place, &sentence);
    let (direction, kind) = classify(scan, &verb, sum, &context, &sentence)?;
    // A sign and a verb that say different things: one of them is misread.
    if sign.is_some_and(|sign| sign != verb.direction) {
        return None;
    }
    let words = if sign.is_some() { place } else { verb.place };
    Some(Event { direction, kind, words: scan.words(words) })
}

fn neutral(scan: &Scan, kind: Kind, words: Range<usize>) -> Event {
    Event { direction: Direction::Neutral, kind, words: scan.words(words) }
}

/// Whether it was tried and did not happen: `None` where that and its success are both told.
fn failure(scan: &Scan) -> Option<Option<Range<usize>>> {
    let whole = 0..scan.folded.len();
    let told = words().failed.iter().flat_map(|word| places(&scan.verbs, word)).find(|place| {
        let clause = clause(scan, place.start);
        !words().earlier.iter().any(|word| !places(&scan.verbs[clause.start..place.start], word).is_empty())
    });
    let why = words().failed_why.iter().flat_map(|word| places(&scan.verbs, word)).find(|place| {
        // 余额不足100元 is a warning.
        let next = scan.folded[place.end..].iter().find(|c| **c != ' ');
        !next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '¥' | '人'))
    });
    let succeeded =
        words().succeeded.iter().flat_map(|word| places(&scan.verbs[whole.clone()], word)).any(|place| {
            let before: String = scan.verbs[place.start.saturating_sub(4)..place.start].iter().collect();
            !["未", "不", "not ", "un"].iter().any(|no| before.ends_with(no)) && !before.contains('未')
        });
    match (told.or(why), succeeded) {
        (Some(_), true) => None,
        (failed, _) => Some(failed),
    }
}

/// 退款失败: what failed is the refund itself.
fn is_of_refund(scan: &Scan, failed: &Range<usize>) -> bool {
    words()
        .refund
        .iter()
        .any(|word| places(&scan.verbs[..failed.start], word).iter().any(|place| place.end == failed.start))
}

/// The word that decides.
fn decide(scan: &Scan, place: &Range<usize>, sentence: &Range<usize>) -> Option<Verb> {
    if let Some(refund) = refund_after(scan, place.end..sentence.end) {
        return Some(refund);
    }
    let verbs = verbs(scan);
    let nearest_before = |within: &Range<usize>| {
        let before =
            verbs.iter().filter(|verb| verb.place.start >= within.start && verb.place.end <= place.start);
        before.max_by_key(|verb| (verb.place.end, verb.place.len()))
    };
    let first_after = |within: &Range<usize>| {
        let after = verbs.iter().filter(|verb| verb.place.start >= place.end && verb.place.end <= within.end);
        after.min_by_key(|verb| (verb.place.start, usize::MAX - verb.place.len()))
    };
    let all = 0..scan.folded.len();
    let found = nearest_before(sentence)
        .or_else(|| first_after(sentence))
        .or_else(|| nearest_before(&all))
        .or_else(|| first_after(&all))?;
    Some(Verb { place: found.place.clone(), direction: found.direction, refund: found.refund })
}

fn verbs(scan: &Scan) -> Vec<Verb> {
    // 手续费 holds 续费, and 退款手续费 is no refund.
    let fees: Vec<_> = words().fees.iter().flat_map(|word| places(&scan.verbs, word)).collect();
    let of_fee = |verb: &Verb| {
        let within = |fee: &Range<usize>| fee.start <= verb.place.start && verb.place.end <= fee.end;
        fees.iter().any(|fee| within(fee) || (verb.refund && fee.start == verb.place.end))
    };
    let of = |list: &'static [String], direction, refund| {
        let found = list.iter().flat_map(|word| places(&scan.verbs, word));
        found.map(move |place| Verb { place, direction, refund })
    };
    of(&words().refund, Direction::In, true)
        .chain(of(&words().in_phrases, Direction::In, false))
        .chain(of(&words().incoming, Direction::In, false))
        .chain(of(&words().outgoing, Direction::Out, false))
        .filter(|verb| !of_fee(verb))
        .collect()
}

/// A refund told after the amount, which is said to have happened: 消费的66.00元已退款, was refunded, 退款已到账.
fn refund_after(scan: &Scan, after: Range<usize>) -> Option<Verb> {
    let text = scan.verbs.get(after.clone())?;
    let found = words().refund.iter().flat_map(|word| places(text, word)).find(|place| {
        let near = &text[place.start.saturating_sub(HAPPENED_NEAR)..place.start];
        let near = near.rsplit(|c| is_stop(*c)).next().unwrap_or_default();
        let next: String = text[place.end..].iter().take(2).collect();
        words().happened.iter().any(|word| !places(near, word).is_empty())
            || ["已", "成功", "到账", "入账", "至", "到您", "完成"].iter().any(|word| next.starts_with(word))
    })?;
    let place = found.start + after.start..found.end + after.start;
    // 退款已到账，… of another amount is another payment's.
    let between = after.start..place.start;
    let other = scan.folded[between].iter().any(char::is_ascii_digit);
    (!other).then_some(Verb { place, direction: Direction::In, refund: true })
}

/// 转账, 交易, transfer: out where nothing says otherwise and the user or the card is who acts.
fn weak(scan: &Scan, sentence: &Range<usize>) -> Option<Verb> {
    let found = first(&scan.verbs, &words().weak_out, sentence.clone())
        .or_else(|| first(&scan.verbs, &words().weak_out, 0..scan.folded.len()))?;
    // 林某转账500元 does not say to whom.
    let subject =
        ["您", "你", "尾号", "卡", "账户", "向", "you", "your", "card", "account"].map(String::from);
    first(&scan.folded, &subject, 0..found.start)?;
    Some(Verb { place: found, direction: Direction::Out, refund: false })
}

fn first(text: &[char], list: &[String], within: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(within.clone())?;
    let found = list.iter().flat_map(|word| places(part, word)).min_by_key(|found| found.start)?;
    Some(found.start + within.start..found.end + within.start)
}

/// Money back that is only announced, money out that will be taken or is held.
fn not_yet(scan: &Scan, verb: &Verb, place: &Range<usize>) -> Option<Range<usize>> {
    let whole = 0..scan.folded.len();
    if verb.direction == Direction::In {
        let from = clause(scan, verb.place.start).start;
        let next = clause(scan, place.end).end + 1;
        let end = clause(scan, next.min(scan.folded.len())).end;
        let arrived = first(&scan.folded, &words().arrived, whole);
        return first(&scan.folded, &words().announced, from..end.max(from)).filter(|_| arrived.is_none());
    }
    if first(&scan.verbs, &words().held_is_over, whole).is_some() {
        return None;
    }
    let begin = clause(scan, verb.place.start).start;
    let end = verb.place.end.max(if verb.place.start < place.start { place.start } else { verb.place.end });
    first(&scan.verbs, &words().upcoming, begin..end)
}

/// The words around a verb and its amount that say what kind of payment it is.
fn context(scan: &Scan, verb: &Verb, place: &Range<usize>, sentence: &Range<usize>) -> Range<usize> {
    let from = clause(scan, verb.place.start.min(place.start)).start;
    let end = clause(scan, verb.place.end.max(place.end.min(sentence.end))).end;
    from..end.max(from)
}

fn classify(
    scan: &Scan,
    verb: &Verb,
    sum: Option<&Sum>,
    context: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<(Direction, Kind)> {
    let has = |list: &[String]| first(&scan.plain, list, context.clone()).is_some();
    let told = |list: &[String]| first(&scan.plain, list, 0..scan.folded.len()).is_some();
    let named = |list: &[String]| first(&scan.folded, list, context.clone()).is_some();
    let word = scan.words(verb.place.clone()).to_lowercase();
    if verb.refund {
        return Some((Direction::In, Kind::Refund));
    }
    if sum.is_some_and(|sum| sum.role == Role::Fee) {
        return Some((
            verb.direction,
            if verb.direction == Direction::Out { Kind::Fee } else { Kind::Income },
        ));
    }
    let to_card = told(&words().repayment) || (word.contains("payment") && told(&words().credit_cards));
    let arrived = first(&scan.plain, &words().repaid, sentence.clone()).is_some();
    if word == "payment" && arrived && verb.direction == Direction::Out {
        let card = first(&scan.plain, &["card".into(), "loan".into()], 0..scan.folded.len()).is_some();
        return card.then_some((Direction::In, Kind::Repayment));
    }
    if word.ends_with("payment") && verb.direction == Direction::In {
        return Some((Direction::In, Kind::Repayment));
    }
    if verb.direction == Direction::In {
        let kind = match () {
            () if first(&scan.verbs, &words().refund, context.clone()).is_some() => Kind::Refund,
            () if has(&words().cash_gift) => Kind::CashGift,
            () if has(&words().wages) => Kind::Income,
            () if to_card && has(&words().repayment) => Kind::Repayment,
            () if has(&words().payout) => Kind::Withdrawal,
            () if has(&words().top_up) => Kind::TopUp,
            () if has(&words().transfer) || word_in(&word, &words().in_phrases) => Kind::TransferIn,
            () => Kind::Income,
        };
        return Some((Direction::In, kind));
    }
    let moved_by_bank =
        first(&scan.plain, &["支出".into(), "转出".into(), "扣".into(), "debited".into()], context.clone());
    if has(&words().cash_gift) {
        return Some((Direction::Out, Kind::CashGift));
    }
    if has(&words().repayment) {
        return repayment(scan, moved_by_bank.is_some(), arrived);
    }
    if has(&words().cash) {
        return Some((Direction::Out, Kind::Withdrawal));
    }
    let wallets_own = named(&words().purse) && moved_by_bank.is_none();
    if has(&words().payout) {
        let wallet = first(&scan.folded, &words().wallets, 0..scan.folded.len()).is_some();
        let own = wallets_own || (wallet && moved_by_bank.is_none());
        let direction = if own { Direction::Neutral } else { Direction::Out };
        return Some((direction, Kind::Withdrawal));
    }
    if has(&words().top_up) {
        return Some(match (wallets_own, named(&words().purse)) {
            (true, _) => (Direction::Neutral, Kind::TopUp),
            (false, true) => (Direction::Out, Kind::TopUp),
            (false, false) => (Direction::Out, Kind::Purchase),
        });
    }
    let fee =
        words().fees.iter().flat_map(|word| places(&scan.plain[context.clone()], word)).next().is_some();
    if fee {
        return Some((Direction::Out, Kind::Fee));
    }
    let kind = match has(&words().transfer) && !has(&words().bought) {
        true => Kind::TransferOut,
        false => Kind::Purchase,
    };
    Some((Direction::Out, kind))
}

fn word_in(word: &str, list: &[String]) -> bool {
    list.iter().any(|other| other == word)
}

/// A repayment comes in on the credit card's own message and goes out on any other account's; between the
/// two the message must say which.
fn repayment(scan: &Scan, debited: bool, arrived: bool) -> Option<(Direction, Kind)> {
    let whole = 0..scan.folded.len();
    let card = first(&scan.plain, &words().credit_cards, whole.clone()).is_some();
    let other = first(&scan.plain, &words().debit_cards, whole.clone()).is_some();
    let wallet = first(&scan.folded, &words().wallets, whole).is_some();
    let direction = match () {
        () if debited || (other && !arrived) => Direction::Out,
        () if card && arrived => Direction::In,
        () if wallet && card => Direction::Neutral,
        () if wallet => Direction::Out,
        () if card && !other => Direction::In,
        () if !card => Direction::Out,
        () => return None,
    };
    Some((direction, Kind::Repayment))
}

/// The clause around a place.
fn clause(scan: &Scan, at: usize) -> Range<usize> {
    let at = at.min(scan.folded.len());
    let ends = |place: usize| {
        let c = scan.folded[place];
        let in_number = c == ',' && scan.at(place + 1).is_some_and(|next| next.is_ascii_digit());
        (is_stop(c) && !in_number) || ends_sentence(scan, place)
    };
    let start = (0..at).rev().find(|place| ends(*place)).map_or(0, |end| end + 1);
    let end = (at..scan.folded.len()).find(|place| ends(*place)).unwrap_or(scan.folded.len());
    start..end
}

/// The sentence around a place.
fn sentence(scan: &Scan, place: &Range<usize>) -> Range<usize> {
    let start = (0..place.start).rev().find(|at| ends_sentence(scan, *at)).map_or(0, |end| end + 1);
    let end = (place.end..scan.folded.len()).find(|at| ends_sentence(scan, *at)).unwrap_or(scan.folded.len());
    start..end
}
