//! A statement format as data: its columns by name, how it writes time and money, what its words mean.
//!
//! A format is a constant that says only what is odd about it and takes the rest from [`Statement::PLAIN`].

use super::Draft;
use crate::ledger::{Direction, Kind};
use crate::money::Currency;
use crate::table::cell::{DateOrder, Decimal, Zone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A statement format.
#[derive(Debug)]
pub struct Statement {
    /// Stable, kebab-case.
    pub id: &'static str,
    /// Whose: a provider id of the directory.
    pub provider: &'static str,
    /// 简体中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
    /// How well its shape is known.
    pub trust: Trust,
    /// The versions that are read, by what tells them apart. For `docs/formats.md`.
    pub versions: &'static [&'static str],
    /// What real files do that is read right, each with a sample. For `docs/formats.md`.
    pub quirks: &'static [&'static str],
    /// Words of which one stands above the table. Of formats with the same columns, the one whose title is
    /// seen is taken.
    pub titles: &'static [&'static str],
    /// A table without its title is of another format: for columns that say too little.
    pub title_needed: bool,
    /// Columns that only this bank has: without any of them, a line above the table must name the bank. For columns that
    /// several banks' tables have.
    pub own: &'static [&'static str],
    /// Words of titles and names of columns that an account of this kind never has.
    pub never: &'static [&'static str],
    /// The columns by their names. A table that has all needed ones is of this format.
    pub columns: &'static [Column],
    /// Rows may end where their last filled cell is: only time, amount and direction must be there.
    pub ragged: bool,
    /// How its dates are written.
    pub dates: Dates,
    /// Column names in languages that always put the day first: they settle [`Dates::Inferred`].
    pub day_first: &'static [&'static str],
    /// Its wall clock, where no column names another.
    pub zone: Zone,
    /// Which way the money went, where no direction word and no pair of columns says it.
    pub signs: Signs,
    /// The sign between whole and part.
    pub decimals: Decimals,
    /// The currency of an amount that names none, in a file that names none.
    pub currency: Currency,
    /// The words of the direction column, in any case; a nothing (`/`, blank) is neutral.
    pub directions: &'static [(&'static str, Direction)],
    /// Its rows are bookings of the account above the table, or of the one that each row's method names: equal ones of
    /// two accounts are two. Not of wallets, whose order numbers are nobody else's and whose users rename themselves.
    pub of_account: bool,
    /// The words before the account in the preamble.
    pub account: &'static [&'static str],
    /// The words that begin a line below the table, beyond those that every preamble has.
    pub footers: &'static [&'static str],
    /// What a row is: the first that fits.
    pub kinds: &'static [Case],
    /// The statuses that say no more than that it went through. Another one is marked, unless a case of
    /// `kinds` or [`Statement::meaning`] names it. Empty: statuses are not looked at.
    pub settled: &'static [&'static str],
    /// What parts the methods of one payment, as in `花呗&红包`.
    pub joint: Option<&'static str>,
    /// What the data above cannot say. All else of the row is in place already.
    pub meaning: Option<fn(&mut Draft)>,
}

impl Statement {
    /// What is usual: amounts without a sign, dates with the year first, the clock and money of China.
    pub const PLAIN: Self = Self {
        id: "",
        provider: "",
        zh: "",
        en: "",
        trust: Trust::Real,
        versions: &[],
        quirks: &[],
        titles: &[],
        title_needed: false,
        own: &[],
        never: &[],
        columns: &[],
        ragged: false,
        dates: Dates::As(DateOrder::Ymd),
        day_first: &[],
        zone: Zone::East(8 * 3600),
        signs: Signs::None,
        decimals: Decimals::As(Decimal::Point),
        currency: Currency::CNY,
        directions: &[],
        of_account: false,
        account: &[],
        footers: &[],
        kinds: &[],
        settled: &[],
        joint: None,
        meaning: None,
    };

    /// The fewest columns its table can have. One column may serve two fields.
    pub(super) fn narrowest(&self) -> usize {
        let needed = |column: &&Column| column.needed;
        let names = |column: &Column| column.names[0];
        let columns = self.columns.iter().filter(needed).map(names).enumerate();
        let again = |at: usize, name: &str| {
            self.columns.iter().filter(needed).map(names).take(at).any(|earlier| earlier == name)
        };
        columns.filter(|(at, name)| !again(*at, name)).count()
    }
}

/// How well a format's shape is known. What is guessed is shown as experimental.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Seen in real exports.
    Real,
    /// Told by readers that were written against real exports.
    Told,
    /// Guessed by others, or known by its column names alone.
    Guess,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// In this order. A year of four digits in front is understood in any.
    As(DateOrder),
    /// The year first, of four digits or of two.
    YearFirst,
    /// Day or month first: told by all dates of the file together, and asked where they do not tell.
    Inferred,
    /// `MM/DD`; the year is that of the month in the title (`2024年01月`). A later month is the year before.
    MonthDay,
}

/// Which way the money went by the amount's own sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// Amounts have none. A minus repeats "out", takes income back, or says nothing beside a neutral word.
    None,
    /// Minus is out: accounts.
    MinusIsOut,
    /// Minus is in: credit cards, where what is owed counts up.
    MinusIsIn,
    /// Two columns say it. A minus takes back what would stand there, and goes the other way; where all that went out
    /// has one, it says nothing.
    ByColumn,
    /// Minus is out; an amount without one does not say: for formats that may write signs or not.
    MinusAlone,
}

/// The sign between whole and part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// This one.
    As(Decimal),
    /// Told by all amounts of the file together; a point where they do not tell.
    Inferred,
}

/// A column of a statement.
#[derive(Debug)]
pub struct Column {
    /// What it holds. Several columns may hold the same: the first that is filled counts.
    pub field: Field,
    /// Its names, the usual one first. Blanks, case and the width of parentheses do not matter; `*` stands
    /// for the currency, as in `Amount (*)`.
    pub names: &'static [&'static str],
    /// The table is of another format without it.
    pub needed: bool,
}

impl Column {
    /// A column without which the table is of another format.
    pub const fn needed(field: Field, names: &'static [&'static str]) -> Self {
        Self { field, names, needed: true }
    }

    /// A column that may be missing.
    pub const fn also(field: Field, names: &'static [&'static str]) -> Self {
        Self { field, names, needed: false }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export, rename = "ColumnField")]
pub enum Field {
    /// A moment, or the date alone: then midnight, unless [`Field::TimeOfDay`] says more.
    Time,
    /// The time where it stands apart from the date.
    TimeOfDay,
    /// The zone of the wall clock, by name or offset.
    Zone,
    /// 收/支, 借贷, Debit/Credit: see [`Statement::directions`].
    Direction,
    /// The amount, with or without a sign: see [`Statement::signs`].
    Amount,
    /// The amount where it went out (支出, 取出, Outflow); [`Field::AmountIn`] beside it.
    AmountOut,
    /// The amount where it came in (收入, 存入, Inflow).
    AmountIn,
    /// The currency of the amount: a code or a name.
    Currency,
    /// How much of the amount was a fee.
    Fee,
    /// How much of this payment came back so far.
    Refunded,
    /// What the account held afterwards.
    Balance,
    /// 交易对方
    Counterparty,
    /// 对方账号
    CounterpartyAccount,
    /// 商品说明
    Item,
    /// 收/付款方式
    Method,
    /// 交易分类, 交易类型
    Category,
    /// 交易状态
    Status,
    /// 交易单号
    OrderNo,
    /// 商家订单号
    MerchantOrderNo,
    /// 备注
    Memo,
    /// Who gave, where the table has both ends: the counterparty of what came in, the own account otherwise.
    Payer,
    /// Who got: the counterparty of what went out.
    Payee,
    /// The payer's account or address.
    PayerAccount,
    /// The payee's account or address.
    PayeeAccount,
    /// What the shop asked for, where the account is kept in another currency. Kept in the memo.
    ForeignAmount,
    /// The currency of [`Field::ForeignAmount`], where its cell does not name it.
    ForeignCurrency,
    /// Nothing that is kept beyond the raw row; its name helps to recognise the format.
    Unused,
}

impl Field {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Unused as usize + 1;
}

/// A kind and what a row must say to be of it: all of the tests.
#[derive(Debug)]
pub struct Case(pub Kind, pub &'static [Test]);

/// A test of one row.
#[derive(Debug)]
pub enum Test {
    /// The text is one of these.
    Is(Field, &'static [&'static str]),
    /// The text has one of these in it.
    Has(Field, &'static [&'static str]),
    /// The text starts with one of these.
    Starts(Field, &'static [&'static str]),
    /// The text ends with one of these.
    Ends(Field, &'static [&'static str]),
    /// The text is not empty.
    Filled(Field),
    /// The direction column has one of these words; the empty one where it has none.
    Word(&'static [&'static str]),
    /// The money went one of these ways.
    Going(&'static [Direction]),
    /// The row itself says that some of it came back.
    Returned,
    /// The amount is zero.
    Zero,
}

impl Test {
    /// Whether it holds of a row with this word in its direction column.
    pub(super) fn holds(&self, draft: &Draft, word: &str) -> bool {
        let text = |field: Field, fits: &dyn Fn(&str, &str) -> bool, words: &[&str]| {
            let text = draft.text(field);
            words.iter().any(|word| fits(text, word))
        };
        match self {
            Self::Is(field, words) => text(*field, &|text, word| text == word, words),
            Self::Has(field, words) => text(*field, &|text, word| text.contains(word), words),
            Self::Starts(field, words) => text(*field, &|text, word| text.starts_with(word), words),
            Self::Ends(field, words) => text(*field, &|text, word| text.ends_with(word), words),
            Self::Filled(field) => !draft.text(*field).is_empty(),
            Self::Word(words) => words.contains(&word),
            Self::Going(ways) => ways.contains(&draft.direction),
            Self::Returned => draft.refunded.minor != 0,
            Self::Zero => draft.amount.minor == 0,
        }
    }
}

impl Case {
    pub(super) fn holds(&self, draft: &Draft, word: &str) -> bool {
        self.1.iter().all(|test| test.holds(draft, word))
    }

    /// Whether it looks at the status.
    pub(super) fn names_status(&self) -> bool {
        let of_status = |test: &Test| match test {
            Test::Is(field, _) | Test::Has(field, _) | Test::Starts(field, _) | Test::Ends(field, _) => {
                *field == Field::Status
            }
            Test::Filled(_) | Test::Word(_) | Test::Going(_) | Test::Returned | Test::Zero => false,
        };
        self.1.iter().any(of_status)
    }
}
