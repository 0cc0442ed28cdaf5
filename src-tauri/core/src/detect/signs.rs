//! What each row says, in a form that detectors compare: topics of its texts, its item without numbers, what
//! the balance did.

use super::holder::Holder;
use super::person::is_person;
use super::phrase::Words;
use super::texts::{Map, Texts};
use super::topics::{Topic, Topics};
use super::{Detail, History};
use crate::ledger::{Direction, ImportId, Kind, Moment, Transaction};
use crate::money::Currency;
use std::collections::VecDeque;

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
    /// The item without digits and spaces, numbered; 0 where there is none.
    pub series: u32,
    /// What the account held before and after, in minor units, as far as it is known.
    pub balance: Balance,
    /// Whether rows paid this way nearly always moved the balance before.
    pub moves: bool,
    /// Whether the row names whom it paid; `/` is how statements write nobody.
    pub named: bool,
    /// The day on the row's own calendar, from 1970 on.
    pub day: i32,
    /// Whether the party's name has the form of a person's and nothing else in the row names a shop.
    pub person: bool,
    /// Whether the files are of the party's name, or money was taken out of a wallet under it before: it is the
    /// user's own.
    pub own_name: bool,
}

/// What an account held around one row, in minor units of its currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// As the file states it, or as the account's rows before it left it.
    pub before: Option<i64>,
    /// As the file states it.
    pub after: Option<i64>,
}

impl Balance {
    /// What the row did to it, where both sides are known.
    pub fn change(self) -> Option<i64> {
        self.after?.checked_sub(self.before?)
    }
}

impl Sign {
    /// Whether the row's own words or its category are about `topic`.
    pub fn is(&self, topic: Topic) -> bool {
        self.says.has(topic) || self.filed.has(topic)
    }

    /// Whether what the row says of itself or its category holds a word of `list`.
    pub fn mentions(&self, list: Words) -> bool {
        self.says.with(self.filed).holds(list)
    }

    /// Whether it holds a word of any of `lists`.
    pub fn mentions_any(&self, lists: &[Words]) -> bool {
        lists.iter().any(|&list| self.mentions(list))
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
    holder: Holder,
    method: Column,
    category: Column,
    status: Column,
    channel: Column,
}

/// A column of which one row mostly says what the row before it said.
#[derive(Default)]
struct Column {
    text: String,
    topics: Topics,
}

impl Column {
    fn read(&mut self, text: &str, texts: &mut Texts) -> Topics {
        if self.text != text {
            text.clone_into(&mut self.text);
            self.topics = texts.read(text).topics;
        }
        self.topics
    }
}

/// An account whose balances follow each other: of one wallet, in one currency, in one import. Between two imports rows
/// may be missing.
pub type Account = (u16, Currency, Option<ImportId>);

/// Balances of an account that are remembered: what one row leads to may stand a few rows back.
const REMEMBERED: usize = 16;

/// The latest balances of one account.
#[derive(Debug, Clone, Default)]
struct Recent {
    /// Before the present moment, the latest last.
    past: VecDeque<i64>,
    /// The last of them stood beside others of one moment, so that it need not be the last.
    unordered: bool,
    /// Seconds since 1970.
    moment: i64,
    /// After the rows of the present moment, which may stand in any order: files may write the latest first, and many
    /// name the day only.
    present: Vec<i64>,
}

impl Recent {
    fn meet(&mut self, moment: i64, after: i64) {
        if moment != self.moment {
            self.unordered = self.present.len() > 1;
            self.past.extend(self.present.drain(..));
            self.past.drain(..self.past.len().saturating_sub(REMEMBERED));
            self.moment = moment;
        }
        self.present.push(after);
    }

    /// What the account held before a row of the present moment after which it held `after`. Where the order of rows
    /// is not known, only what this row's own amount leads to counts.
    fn before(&self, row: &Transaction, after: i64) -> Option<i64> {
        if self.present.len() == 1 && !self.unordered {
            return self.past.back().copied();
        }
        let amount = row.amount.minor;
        let before = match row.direction {
            Direction::Out => after.checked_add(amount)?,
            Direction::In => after.checked_sub(amount)?,
            Direction::Neutral => return None,
        };
        let times =
            |balance: i64| self.past.iter().chain(&self.present).filter(|&&known| known == balance).count();
        (times(before) > 0 && times(after) == 1).then_some(before)
    }
}

/// What the balances did so far.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    recent: Map<Account, Recent>,
    /// How often rows of a wallet paid one way moved the balance, and how often not.
    moved: Map<(u16, u32), (u32, u32)>,
    /// Names under which money went from a wallet to the user's own bank.
    own_names: Vec<u32>,
}

/// So many names a person has in statements: in full, masked, of before.
const OWN_NAMES: usize = 8;

impl Accounts {
    /// Takes note of the balance after a row of `wallet`, before any row of its moment is read.
    pub fn meet(&mut self, row: &Transaction, wallet: u16) {
        if let Some(after) = stated(row) {
            self.recent.entry(account_of(row, wallet)).or_default().meet(row.at.timestamp(), after);
        }
    }
}

impl Accounts {
    /// Whether the party of `row` is the user, by earlier withdrawals; takes note where `row` is one.
    fn is_own_name(&mut self, row: &Transaction, texts: &mut Texts) -> bool {
        match row.kind {
            Kind::Withdrawal | Kind::OwnTransfer if is_person(&row.counterparty) => {
                let name = texts.number(&row.counterparty);
                if self.own_names.len() < OWN_NAMES && !self.own_names.contains(&name) {
                    self.own_names.push(name);
                }
                true
            }
            Kind::TransferOut | Kind::Purchase if !self.own_names.is_empty() => {
                is_person(&row.counterparty) && self.own_names.contains(&texts.number(&row.counterparty))
            }
            _ => false,
        }
    }
}

/// The balance after a row in its own currency.
fn stated(row: &Transaction) -> Option<i64> {
    row.balance.filter(|balance| balance.currency == row.amount.currency).map(|balance| balance.minor)
}

impl Reader {
    /// Reads the rows of a ledger whose files state this of its holder.
    pub fn of(holder: Holder) -> Self {
        Self { holder, ..Self::default() }
    }

    /// Whose ledger it reads.
    pub const fn holder(&self) -> &Holder {
        &self.holder
    }

    /// Reads the next row of `wallet`, whose balance was met.
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
        let method = self.method.read(&row.method, texts);
        let filed = self.category.read(&row.category, texts);
        let state = self.status.read(&row.status, texts);
        let channel = self.channel.read(channel, texts);
        for other in [method, filed, state, channel] {
            says = says.with(other.only(Topic::FamilyCard));
        }
        // A wallet calls it so whoever the card belongs to.
        if says.with(filed).has(Topic::ToCard) && !is_person(&row.counterparty) {
            says = says.with(Topics::of(Topic::OwnAccount));
        }
        let before = detail.and_then(|detail| detail.balance_before);
        let mut balance = Balance { before, after: stated(row) };
        if let Balance { before: None, after: Some(after) } = balance {
            balance.before =
                accounts.recent.get(&account_of(row, wallet)).and_then(|recent| recent.before(row, after));
        }
        let moves = balance.change().is_some_and(|change| {
            let (often, never) = accounts.moved.entry((wallet, texts.number(&row.method))).or_default();
            let moves = *often >= ENOUGH && *never * RARE <= *often;
            if change != 0 {
                *often += 1;
            } else if !state.any(&[Topic::Failed, Topic::Closed, Topic::Unpaid]) {
                *never += 1;
            }
            moves
        });
        let no_shop = row.category.trim().is_empty() && row.merchant_order_no.trim().is_empty();
        let person = no_shop && is_person(&row.counterparty);
        let named = !matches!(row.counterparty.trim(), "" | "/");
        let day = i32::try_from(local_seconds(row.at).div_euclid(86_400)).unwrap_or(0);
        let (item, series, memo) = (item.bare, item.series, memo.bare);
        let own_name = accounts.is_own_name(row, texts) || self.holder.is_paid_by(row);
        Sign { says, filed, state, item, memo, series, balance, moves, named, day, person, own_name }
    }
}

/// See [`Account`].
fn account_of(row: &Transaction, wallet: u16) -> Account {
    (wallet, row.amount.currency, row.source.map(|source| source.import))
}

/// Seconds since 1970 on the row's own wall clock.
pub fn local_seconds(at: Moment) -> i64 {
    at.timestamp() + i64::from(at.offset().local_minus_utc())
}

impl<'a> History<'a> {
    /// What row `i` says.
    pub fn sign(&self, i: usize) -> &'a Sign {
        &self.signs()[i]
    }

    /// The account whose balances row `i` continues.
    pub fn account(&self, i: usize) -> Account {
        account_of(self.row(i), self.lines[i].wallet)
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

    /// Whether row `i` sends money to a person. Paying by a shop's code is no sending, whatever the row calls it.
    pub fn sends(&self, i: usize) -> bool {
        let code = self.sign(i).is(Topic::PersonReceipt);
        self.is_transfer(i)
            && (self.lines[i].kind == Kind::TransferOut
                || self.sign(i).person
                || !code
                || self.sign(i).is(Topic::Transfer))
    }

    /// Whether row `i` says that money went out and that it went through.
    pub fn went_out(&self, i: usize) -> bool {
        let stopped = self.sign(i).state.any(&[Topic::Failed, Topic::Unpaid, Topic::Closed]);
        self.row(i).direction == Direction::Out && self.lines[i].amount > 0 && !stopped
    }

    /// Whether row `i` moves money between the user's own accounts.
    pub fn is_own(&self, i: usize) -> bool {
        matches!(
            self.lines[i].kind,
            Kind::OwnTransfer | Kind::Repayment | Kind::Withdrawal | Kind::TopUp | Kind::Refund
        ) || self.sign(i).own_name
            || self.sign(i).is_any(&[Topic::OwnAccount, Topic::Withdrawal])
    }
}
