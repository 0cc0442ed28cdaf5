//! One row of a table → one draft, or which column could not be read and why.

mod foreign;
mod slip;

pub(super) use slip::Habit;

use super::mapping::Mapped;
use super::preview::is_date;
use super::status::unsettled;
use super::zone::Cst;
use super::{Case, Dates, Draft, Field, Reason, Signs};
use crate::ledger::{Direction, Kind, Mark, Moment};
use crate::money::{Currency, Money};
use crate::table::cell::{self, Amount, DateOrder, Decimal, Zone};
use crate::table::{Row, RowEnd};
use chrono::{Datelike, NaiveDate};

/// What holds for all rows of one table, beyond where the columns stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    pub order: DateOrder,
    pub decimal: Decimal,
    /// Of an amount that names none.
    pub currency: Currency,
    /// Year and month of the title, for dates without a year.
    pub month: Option<(i32, u32)>,
    /// Dates that begin with their year were turned by a spreadsheet.
    pub turned: bool,
    /// A minus in the column of what went out says nothing.
    pub minus_is_out: bool,
    /// Whose clock `CST` is.
    pub cst: Cst,
    /// The text had bytes that are no text.
    pub lossy: bool,
}

type Bad = (Field, Reason);

/// Reads one row into `draft`, or says which column could not be read and why: `draft` is no row then.
pub(super) fn read_row(
    mapped: &Mapped,
    dialect: Dialect,
    row: &Row,
    end: RowEnd,
    habit: &mut Habit,
    draft: &mut Draft,
) -> Result<(), (String, Reason)> {
    let cut = match end {
        RowEnd::Whole | RowEnd::Placed => false,
        RowEnd::NoLineEnd => {
            row.len() <= if mapped.statement.ragged { mapped.last_needed } else { mapped.last }
        }
        RowEnd::InsideCharacter => true,
    };
    if cut {
        return Err((mapped.name_at(|place| place >= row.len()), Reason::CutShort));
    }
    if row.len() <= mapped.last_needed {
        return Err((mapped.name_at(|place| place >= row.len()), Reason::TooFewCells));
    }
    if end != RowEnd::Placed {
        slip::refuse_slipped(mapped, dialect, row, habit)?;
    }
    if dialect.lossy
        && let Some(bad) = (0..row.len()).find(|place| row.raw(*place).contains('\u{fffd}'))
    {
        return Err((mapped.name_at(|place| place == bad), Reason::BadEncoding));
    }
    let minus = money_and_time(mapped, dialect, row, draft)
        .map_err(|(field, reason)| (mapped.name_of(field), reason))?;
    read_texts(mapped, row, draft);
    read_ends(mapped, row, draft);
    read_meaning(mapped, row, draft);
    foreign::keep(mapped, dialect, row, draft);
    if draft.marks.contains(&Mark::UnknownStatus) && has_damaged_refund(&draft.status) {
        return Err((mapped.name_of(Field::Status), Reason::BadAmount));
    }
    // Money back that is written as spending less than nothing.
    if minus && mapped.statement.signs == Signs::None && draft.kind == Kind::Refund {
        draft.direction = Direction::In;
    }
    if minus && mapped.statement.signs == Signs::ByColumn && draft.kind == Kind::Income {
        draft.kind = Kind::Refund;
    }
    Ok(())
}

/// Whether the row has a time that can be read: what has none may be a line below the table.
pub(super) fn has_time(mapped: &Mapped, dialect: Dialect, row: &Row) -> bool {
    read_time(mapped, dialect, row).is_some()
}

/// Whether a row without a time is one of the table all the same, and not a line below it: most of its cells are
/// filled, and an amount is among them.
pub(super) fn is_damaged(mapped: &Mapped, row: &Row) -> bool {
    let filled = row.cells().filter(|cell| !cell::tidy(cell).is_empty()).count();
    3 * filled >= 2 * mapped.found && looks_like_row(mapped, row).1
}

/// Whether the cells of the time and of an amount hold such, however they are written.
pub(super) fn looks_like_row(mapped: &Mapped, row: &Row) -> (bool, bool) {
    let time = mapped.cell(row, Field::Time);
    let has_time = [DateOrder::Dmy, DateOrder::Mdy].iter().any(|order| cell::when(time, *order).is_some());
    let is_amount = |text: &str| {
        let of = |decimal| cell::amount(text, Currency::CNY, decimal).is_some();
        !text.is_empty() && (of(Decimal::Point) || of(Decimal::Comma))
    };
    let amounts = [Field::Amount, Field::AmountOut, Field::AmountIn];
    (has_time, amounts.iter().any(|field| is_amount(mapped.cell(row, *field))))
}

/// Whether a row above the header is one of the table: a date stands where the header says, an amount somewhere, and
/// most cells are filled.
pub(super) fn stands_above(mapped: &Mapped, row: &Row) -> bool {
    let filled = row.cells().filter(|cell| !cell::tidy(cell).is_empty()).count();
    let amount = |text: &str| {
        let text = cell::tidy(text);
        !text.is_empty() && !is_date(text) && cell::money(text, Currency::CNY).is_some()
    };
    3 * filled >= 2 * mapped.found && looks_like_row(mapped, row).0 && row.cells().any(amount)
}

/// Reads the row's moment and money, and whether the amount has a minus.
fn money_and_time(mapped: &Mapped, dialect: Dialect, row: &Row, draft: &mut Draft) -> Result<bool, Bad> {
    let statement = mapped.statement;
    if dialect.turned && matches!(cell::year_first(mapped.cell(row, Field::Time)), Some((_, 1..=12))) {
        return Err((Field::Time, Reason::TurnedDate));
    }
    let (at, date_only) = read_time(mapped, dialect, row).ok_or((Field::Time, Reason::BadTime))?;
    let word = mapped.cell(row, Field::Direction);
    let known = statement.directions.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    let known = known.map(|(_, direction)| *direction);
    let usual = match mapped.cell(row, Field::Currency) {
        "" => mapped.currency.unwrap_or(dialect.currency),
        name => Currency::named(name, dialect.currency).ok_or((Field::Currency, Reason::BadAmount))?,
    };
    let (read, direction) = read_amount(mapped, dialect, row, usual, known)?;
    let amount = Money::new(read.money.minor.abs(), read.money.currency);
    draft.begin(row.number, at, direction, amount);
    let unknown = known.is_none() && !word.is_empty() && direction == Direction::Neutral;
    // Income of less than nothing, or what was given back in the column of what went out.
    let turned = known == Some(Direction::In) && direction == Direction::Out
        || statement.signs == Signs::ByColumn && read.money.minor < 0;
    if unknown || turned {
        draft.marks.push(Mark::UnknownType);
    }
    let beside = |field: Field| match mapped.cell(row, field) {
        "" => None,
        text => cell::amount(text, amount.currency, dialect.decimal),
    };
    draft.refunded = match read_note(read.note, amount) {
        Some(back) => back,
        // A figure that nobody explains may be the one that counts.
        None if read.note.chars().any(char::is_numeric) => return Err((Field::Amount, Reason::BadAmount)),
        None => {
            draft.marks.push(Mark::UnknownStatus);
            draft.refunded
        }
    };
    if mapped.has(Field::Refunded) && !mapped.cell(row, Field::Refunded).is_empty() {
        let Amount { money: back, .. } =
            beside(Field::Refunded).ok_or((Field::Refunded, Reason::BadAmount))?;
        draft.refunded = Money::new(back.minor.abs().min(amount.minor), amount.currency);
    }
    if mapped.has(Field::Fee) {
        let fee = beside(Field::Fee).map(|fee| Money::new(fee.money.minor.abs(), fee.money.currency));
        draft.fee = fee.filter(|fee| fee.minor != 0);
    }
    if mapped.has(Field::Balance) {
        draft.balance = beside(Field::Balance).map(|balance| match balance.side {
            Some(Direction::Out) => Money::new(-balance.money.minor, balance.money.currency),
            _ => balance.money,
        });
    }
    if date_only {
        draft.marks.push(Mark::DateOnly);
    }
    Ok(read.money.minor < 0)
}

/// The moment, and whether the file gives the day only.
fn read_time(mapped: &Mapped, dialect: Dialect, row: &Row) -> Option<(Moment, bool)> {
    let statement = mapped.statement;
    let text = mapped.cell(row, Field::Time);
    let when = match statement.dates {
        Dates::MonthDay if cell::month_day(text).is_some() => {
            let ((month, day), (year, of_title)) = (cell::month_day(text)?, dialect.month?);
            let year = if month > of_title { year - 1 } else { year };
            cell::When { date: NaiveDate::from_ymd_opt(year, month, day)?, time: None, zone: None }
        }
        Dates::As(DateOrder::Ymd) => cell::when(text, dialect.order)?,
        _ if dialect.order == DateOrder::Ymd => {
            cell::short_year_first(text).or_else(|| cell::when(text, dialect.order))?
        }
        _ => cell::when(text, dialect.order)?,
    };
    let apart = match mapped.cell(row, Field::TimeOfDay) {
        "" => None,
        // A split time may repeat the whole moment.
        text => Some(cell::time_of_day(text).or_else(|| cell::when(text, dialect.order)?.time)?),
    };
    let zone = match mapped.cell(row, Field::Zone) {
        "" => when.zone.unwrap_or(statement.zone),
        name if dialect.cst.is_china(name) => Zone::East(8 * 3600),
        name => Zone::read(name)?,
    };
    let time = apart.or(when.time);
    Some((zone.moment(when.date.and_time(time.unwrap_or_default()))?, time.is_none()))
}

/// The amount with its sign, and which way it went.
fn read_amount<'r>(
    mapped: &Mapped,
    dialect: Dialect,
    row: &'r Row,
    usual: Currency,
    known: Option<Direction>,
) -> Result<(Amount<'r>, Direction), Bad> {
    let read = |field: Field| match mapped.cell(row, field) {
        "" => Ok(None),
        text => cell::amount(text, usual, dialect.decimal).map(Some).ok_or((field, Reason::BadAmount)),
    };
    let not_zero = |amount: &Amount<'_>| amount.money.minor != 0;
    if mapped.has(Field::AmountOut) || mapped.has(Field::AmountIn) {
        let (out, into) = (read(Field::AmountOut)?, read(Field::AmountIn)?);
        // A minus in one of two columns takes back what would stand there: it goes the other way.
        let turned = |amount: Amount<'_>, way, back| if amount.money.minor < 0 { back } else { way };
        match (out.filter(not_zero), into.filter(not_zero)) {
            (Some(_), Some(_)) => return Err((Field::AmountOut, Reason::BadAmount)),
            (Some(out), None) if dialect.minus_is_out => {
                let money = Money::new(out.money.minor.abs(), out.money.currency);
                return Ok((Amount { money, ..out }, Direction::Out));
            }
            (Some(out), None) => return Ok((out, turned(out, Direction::Out, Direction::In))),
            (None, Some(into)) => return Ok((into, turned(into, Direction::In, Direction::Out))),
            (None, None) => {}
        }
        if let Some(zero) = out.or(into) {
            return Ok((zero, known.unwrap_or(Direction::Neutral)));
        }
        if !mapped.has(Field::Amount) {
            return Err((Field::AmountOut, Reason::BadAmount));
        }
    }
    let amount = read(Field::Amount)?.ok_or((Field::Amount, Reason::BadAmount))?;
    let minus = amount.money.minor < 0;
    let direction = match (mapped.statement.signs, known.or(amount.side)) {
        // Where amounts have no sign, a minus repeats "out", or takes income back.
        (Signs::None | Signs::ByColumn, Some(Direction::In)) if minus => Direction::Out,
        (Signs::None | Signs::ByColumn, None) => Direction::Neutral,
        (_, Some(known)) => known,
        (Signs::MinusAlone, None) if !minus => Direction::Neutral,
        (_, None) if amount.money.minor == 0 => Direction::Neutral,
        (signs, None) if minus == (signs != Signs::MinusIsIn) => Direction::Out,
        (_, None) => Direction::In,
    };
    Ok((amount, direction))
}

/// How much came back, by what stands in parentheses behind an amount: `已退款89.84`, `已全额退款`. The letters of a
/// country (`CN`) say nothing of money. `None` where it says something that is not known.
fn read_note(note: &str, amount: Money) -> Option<Money> {
    let none = Money::new(0, amount.currency);
    if note.is_empty() || (note.len() == 2 && note.bytes().all(|b| b.is_ascii_uppercase())) {
        Some(none)
    } else if note.contains("全额退款") {
        Some(amount)
    } else {
        let back = cell::money_after(note, "退款", amount.currency)?;
        Some(Money::new(back.minor.min(amount.minor), amount.currency))
    }
}

/// Whether a status names what came back by a figure that cannot be read: `已退款(￥3x.93)`.
fn has_damaged_refund(status: &str) -> bool {
    let figure = |(_, rest): (&str, &str)| rest.contains(|c: char| c.is_ascii_digit());
    status.split_once("退款").is_some_and(figure)
        && cell::money_after(status, "退款", Currency::CNY).is_none()
}

fn read_texts(mapped: &Mapped, row: &Row, draft: &mut Draft) {
    for (field, text) in [
        (Field::Counterparty, &mut draft.counterparty),
        (Field::CounterpartyAccount, &mut draft.counterparty_account),
        (Field::Item, &mut draft.item),
        (Field::Method, &mut draft.method),
        (Field::Category, &mut draft.category),
        (Field::Status, &mut draft.status),
        (Field::OrderNo, &mut draft.order_no),
        (Field::MerchantOrderNo, &mut draft.merchant_order_no),
        (Field::Memo, &mut draft.memo),
    ] {
        text.push_str(mapped.cell(row, field));
    }
    if let Some(joint) = mapped.statement.joint
        && draft.method.contains(joint)
    {
        let parts = draft.method.split(joint).map(cell::tidy).filter(|part| !part.is_empty());
        draft.methods = parts.map(String::from).collect();
    }
    if cell::is_mangled(&draft.order_no) {
        draft.order_no.clear();
        draft.marks.push(Mark::MangledId);
    }
    if cell::is_mangled(&draft.merchant_order_no) {
        draft.merchant_order_no.clear();
    }
}

/// Of two ends of a payment, the other one is the counterparty, the own one the method.
fn read_ends(mapped: &Mapped, row: &Row, draft: &mut Draft) {
    if !mapped.has(Field::Payer) && !mapped.has(Field::PayerAccount) {
        return;
    }
    let ends = |payer, payee| {
        let (payer, payee) = (mapped.cell(row, payer), mapped.cell(row, payee));
        if draft.direction == Direction::In { (payer, payee) } else { (payee, payer) }
    };
    let ((other, own), (account, _)) =
        (ends(Field::Payer, Field::Payee), ends(Field::PayerAccount, Field::PayeeAccount));
    for (slot, text) in [
        (&mut draft.counterparty, other),
        (&mut draft.method, own),
        (&mut draft.counterparty_account, account),
    ] {
        if slot.is_empty() {
            text.clone_into(slot);
        }
    }
}

fn read_meaning(mapped: &Mapped, row: &Row, draft: &mut Draft) {
    let statement = mapped.statement;
    let word = mapped.cell(row, Field::Direction);
    let case = statement.kinds.iter().find(|case| case.holds(draft, word));
    draft.kind = case.map_or(Kind::Other, |case| case.0);
    let settled = statement.settled;
    if !settled.is_empty()
        && !draft.status.is_empty()
        && !settled.contains(&draft.status.as_str())
        && !case.is_some_and(Case::names_status)
    {
        draft.marks.push(Mark::UnknownStatus);
        draft.kind = unsettled(&draft.status, draft.direction).unwrap_or(draft.kind);
    }
    if let Some(meaning) = statement.meaning {
        meaning(draft);
    }
    draft.marks.dedup();
}

/// The cells as they stand, a JSON array of strings.
pub(super) fn raw(row: &Row) -> String {
    let cells: Vec<&str> = row.cells().collect();
    serde_json::to_string(&cells).expect("texts are always JSON")
}

/// Year and month in a title: `…（个人消费卡账户 2024年01月）`.
pub(super) fn title_month(line: &str) -> Option<(i32, u32)> {
    let mut rest = line;
    while let Some(at) = rest.find('年') {
        let digits = rest[..at].len() - rest[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let year = rest[digits..at].parse().ok();
        rest = &rest[at + '年'.len_utf8()..];
        let month = rest.split_once('月').and_then(|(month, _)| cell::tidy(month).parse().ok());
        if let (Some(year), Some(month)) = (year, month)
            && NaiveDate::from_ymd_opt(year, month, 1).is_some_and(|day| (1990..=2100).contains(&day.year()))
        {
            return Some((year, month));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_of_a_title_is_found() {
        for (line, month) in [
            ("招商银行信用卡对账单（个人消费卡账户 2024年01月）", Some((2024, 1))),
            ("本年账单 2023年12月", Some((2023, 12))),
            ("2024年13月", None),
            ("账单", None),
        ] {
            assert_eq!(title_month(line), month, "{line}");
        }
    }

    #[test]
    fn what_stands_behind_an_amount_is_known_or_refused() {
        let back = |note| read_note(note, Money::fen(1000)).map(|money| money.minor);
        assert_eq!(back(""), Some(0));
        assert_eq!(back("CN"), Some(0));
        assert_eq!(back("已全额退款"), Some(1000));
        assert_eq!(back("已退款3.00"), Some(300));
        assert_eq!(back("已退款30.00"), Some(1000));
        for damaged in ["约", "已退款8x.84", "已退款8.x4", "已退款x8.84"] {
            assert_eq!(back(damaged), None, "{damaged}");
        }
    }
}
