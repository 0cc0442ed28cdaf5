//! What each row says, in a form that detectors compare: topics of its texts, its item without numbers, what
//! the balance did.

use super::person::is_person;
use super::texts::Texts;
use super::topics::{Topic, Topics};
use super::{Detail, History};
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::Currency;
use std::collections::HashMap;

/// Rows of one way of paying that must have moved the balance before one that does not is strange, and at most
/// one in so many that did not.
const ENOUGH: u32 = 8;
const RARE: u32 = 15;

/// What one row says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sign {
    /// What party, item, memo and the user's note are about; and a family card wherever it stands.
    pub says: Topics,
    /// What the category is about.
    pub filed: Topics,
    /// What the status is about.
    pub state: Topics,
    /// The item without digits, spaces and punctuation, numbered; 0 where there is none.
    pub item: u32,
    /// The same of the memo.
    pub memo: u32,
    /// What the account's balance did, in minor units, where both sides are known.
    pub change: Option<i64>,
    /// Whether rows paid this way nearly always moved the balance before.
    pub moves: bool,
    /// Whether the party's name has the form of a person's and nothing else in the row names a shop.
    pub person: bool,
}

impl Sign {
    /// Whether the row's own words or its category are about `topic`.
    pub fn is(&self, topic: Topic) -> bool {
        self.says.has(topic) || self.filed.has(topic)
    }

    /// Whether they are about any of `topics`.
    pub fn is_any(&self, topics: &[Topic]) -> bool {
        self.says.with(self.filed).any(topics)
    }
}

/// Reads rows one after another.
#[derive(Default)]
pub struct Reader {
    texts: Texts,
}

/// What the balances did so far.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    last: HashMap<(u16, Currency), i64>,
    /// How often rows of a wallet paid one way moved the balance, and how often not.
    moved: HashMap<(u16, u32), (u32, u32)>,
}

impl Reader {
    /// Reads the next row.
    pub fn read(
        &mut self,
        row: &Transaction,
        wallet: u16,
        detail: Option<&Detail>,
        accounts: &mut Accounts,
    ) -> Sign {
        let texts = &mut self.texts;
        let item = texts.read(&row.item);
        let mut says = item.topics;
        let memo = texts.read(&row.memo);
        says = says.with(memo.topics);
        for text in [&row.counterparty, &row.note] {
            says = says.with(texts.read(text).topics);
        }
        let channel = detail.map_or("", |detail| detail.channel.as_str());
        for text in [&row.method, &row.category, &row.status, channel] {
            says = says.with(texts.read(text).topics.only(Topic::FamilyCard));
        }
        let change = detail.and_then(|detail| {
            let after = detail.balance_after?;
            let before = accounts.last.insert((wallet, row.amount.currency), after);
            after.checked_sub(detail.balance_before.or(before)?)
        });
        let state = texts.read(&row.status).topics;
        let moves = change.is_some_and(|change| {
            let (often, never) = accounts.moved.entry((wallet, texts.number(&row.method))).or_default();
            let moves = *often >= ENOUGH && *never * RARE <= *often;
            if change != 0 {
                *often += 1;
            } else if !state.any(&[Topic::Failed, Topic::Closed, Topic::Unpaid]) {
                *never += 1;
            }
            moves
        });
        let filed = texts.read(&row.category).topics;
        let no_shop = row.category.trim().is_empty() && row.merchant_order_no.trim().is_empty();
        let person = no_shop && is_person(&row.counterparty);
        Sign { says, filed, state, item: item.bare, memo: memo.bare, change, moves, person }
    }
}

impl<'a> History<'a> {
    /// What row `i` says.
    pub fn sign(&self, i: usize) -> &'a Sign {
        &self.signs()[i]
    }

    /// Whether row `i` sends money to a person, by its kind or by its own words.
    pub fn is_transfer(&self, i: usize) -> bool {
        match self.lines[i].kind {
            Kind::TransferOut => true,
            Kind::Purchase | Kind::Other => {
                let sign = self.sign(i);
                sign.person || sign.is_any(&[Topic::Transfer, Topic::PersonReceipt])
            }
            _ => false,
        }
    }

    /// Whether row `i` says that money went out and that it went through.
    pub fn went_out(&self, i: usize) -> bool {
        let stopped = self.sign(i).state.any(&[Topic::Failed, Topic::Unpaid, Topic::Closed]);
        self.rows[i].direction == Direction::Out && self.lines[i].amount > 0 && !stopped
    }

    /// Whether row `i` moves money between the user's own accounts.
    pub fn is_own(&self, i: usize) -> bool {
        matches!(
            self.lines[i].kind,
            Kind::OwnTransfer | Kind::Repayment | Kind::Withdrawal | Kind::TopUp | Kind::Refund
        ) || self.sign(i).is_any(&[Topic::OwnAccount, Topic::Withdrawal])
    }
}
