//! A fee, interest or penalty the user did not expect.
//!
//! A row that names itself a fee, interest or a penalty, from a payee that did not take one like it before.
//! The fee beside one's own withdrawal, a fee of the same kind month by month, one's own traffic fine, and what
//! shops and landlords call a fee stay quiet.

use super::history::{name, when};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind};
use crate::text::Text;

/// ¥0.5: below it nobody calls.
const LEAST: i64 = 50;
/// A fee stands within this of the withdrawal or transfer it belongs to.
const BESIDE: i64 = 10 * 60;
/// A fee of up to this many thousandths of a withdrawal is the usual one.
const USUAL_PER_MILLE: i64 = 12;
/// ¥25: fees of withdrawing are a thousandth or two.
const WITHDRAWING: i64 = 2_500;
/// A fee up to a half more than one seen before is the same fee.
const SAME_PERCENT: i64 = 150;
/// What each word says by itself: a penalty always surprises; interest mostly; a fee needs more.
const PENALTY: f64 = 0.86;
const INTEREST: f64 = 0.72;
const FEE: f64 = 0.68;
/// A fee in a category of its own, or of the kind the file itself calls a fee, is surely one.
const FILED: f64 = 0.10;
/// Where the party is one the user shops at, the word is often part of a name.
const SHOP: f64 = 0.25;
/// Each time such a fee came before takes so much away.
const EACH_TIME: f64 = 0.35;
/// And each time one of the same category came, at whatever payee.
const EACH_FILED: f64 = 0.15;

/// Fees, shops and withdrawals so far.
#[derive(Clone, Default)]
pub struct Past {
    seen: Map<(u32, u32), (u32, i64)>,
    /// Rows of a category that itself is called a fee.
    filed: Map<u32, u32>,
    shop: Vec<bool>,
    withdrawal: Option<(i64, i64)>,
}

/// Finds fees nobody expected.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let Past { seen, filed: categories, shop, withdrawal } = past;
    shop.resize(history.payees, false);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let (row, sign) = (history.row(i), history.sign(i));
        let own = matches!(line.kind, Kind::Withdrawal | Kind::OwnTransfer) || sign.is(Topic::Withdrawal);
        let said = [Topic::Penalty, Topic::Interest, Topic::Fee].into_iter().find(|&t| sign.is(t));
        let untouched = sign.moves && sign.balance.change() == Some(0);
        let candidate = row.direction != Direction::In && !untouched;
        let fee = said.filter(|_| candidate && line.amount >= LEAST && line.kind != Kind::Refund);
        let Some(word) = fee.filter(|_| !own || line.kind == Kind::Fee) else {
            if own {
                *withdrawal = Some((line.at, line.amount));
            }
            shop[line.payee as usize] |= line.spent;
            continue;
        };
        let beside = withdrawal.is_some_and(|(at, amount)| {
            line.at - at <= BESIDE
                && i128::from(line.amount) * 1000 <= i128::from(amount) * i128::from(USUAL_PER_MILLE)
        });
        // A fee that calls itself one of withdrawing, whichever of the two rows comes first.
        let beside =
            beside || word == Topic::Fee && sign.says.has(Topic::Withdrawal) && line.amount <= WITHDRAWING;
        // A penalty is one wherever it stands; the words beside a fee decide whether it is a purchase.
        let expected = sign.is_any(&[Topic::Fine, Topic::Home])
            // What a lender calls a membership is its fee.
            || word != Topic::Penalty && sign.is(Topic::FeeExpected) && !sign.says.has(Topic::Lender)
            || word == Topic::Fee
                && sign.is_any(&[Topic::Subscription, Topic::Unchosen])
                // A card's yearly fee is no subscription.
                && line.kind != Kind::Fee
                && !sign.is(Topic::Lender);
        let entry = seen.entry((line.payee, sign.item)).or_default();
        // A category called a fee that comes again and again, at whatever payee, is what the user pays for.
        let often = if sign.filed.has(word) { categories.entry(line.category).or_default() } else { &mut 0 };
        let same = entry.0 > 0 && line.amount * 100 <= entry.1.saturating_mul(SAME_PERCENT);
        if history.went_out(i) && !beside && !expected {
            let base = match word {
                Topic::Penalty => PENALTY,
                Topic::Interest => INTEREST,
                _ => FEE,
            };
            let filed =
                line.kind == Kind::Fee || sign.filed.any(&[Topic::Fee, Topic::Interest, Topic::Penalty]);
            let score = base + if filed { FILED } else { 0.0 }
                - if shop[line.payee as usize] && !filed { SHOP } else { 0.0 }
                - if same { EACH_TIME * f64::from(entry.0) } else { 0.0 }
                - EACH_FILED * f64::from(*often);
            if score > 0.05 {
                flags.push(explain(history, i, word, score.min(0.95)));
            }
        }
        *often = often.saturating_add(u32::from(!beside && !expected));
        *entry = (entry.0.saturating_add(1), entry.1.max(line.amount));
    }
    flags
}

fn explain(history: &History<'_>, i: usize, word: Topic, score: f64) -> Flag {
    let row = history.row(i);
    let (at, who, paid) = (when(row.at), name(row), row.amount);
    let kind = match word {
        Topic::Penalty => Text::new("罚息或违约金", "a penalty"),
        Topic::Interest => Text::new("利息", "interest"),
        _ => Text::new("费用", "a fee"),
    };
    let item = match row.item.trim() {
        "" => Text::new("，", ""),
        item => Text::new(format!("「{item}」，"), format!(" (“{item}”)")),
    };
    let explanation = Text::new(
        format!("{} {}收了一笔{}{}{paid}；此前的账单里没有过这样的收费。", at.zh, who.zh, kind.zh, item.zh),
        format!(
            "{} took {paid} as {}{} on {}; nothing like it stands in the ledger before.",
            who.en, kind.en, item.en, at.en
        ),
    );
    let innocent = Text::new(
        "合同或您开通的服务写明了这笔费用，或您确实晚还了款。",
        "The contract or a service you switched on names it, or you did pay late.",
    );
    history.flag(FlagKind::UnexpectedFee, score, &[i], paid, explanation, innocent)
}
