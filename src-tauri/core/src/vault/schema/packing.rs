//! Between migrations 8 and 9: readings and sightings that stand in columns are packed.

use crate::ledger::Moment;
use crate::money::{Currency, Money};
use crate::statements::{Draft, cells};
use crate::vault::connection::failure;
use crate::vault::packed::{Reading, pack_in_full};
use crate::vault::words::{moment_at, unjson, unword};
use crate::{Code, Error, Result};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row, params};

/// The columns of [`Draft::texts`], in order.
const TEXTS: [&str; 9] = [
    "counterparty",
    "counterparty_account",
    "item",
    "method",
    "category",
    "status",
    "order_no",
    "merchant_order_no",
    "memo",
];

/// Packs the readings that are not, and the cells of sightings.
pub(super) fn pack_all(connection: &Connection) -> Result<()> {
    let mut readings = connection.prepare("SELECT * FROM reading WHERE packed IS NULL").map_err(failure)?;
    let mut adding = connection
        .prepare(
            "INSERT INTO packed_reading (id, transaction_id, import_id, row, typed, trashed_at, packed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .map_err(failure)?;
    let mut rows = readings.query([]).map_err(failure)?;
    while let Some(row) = rows.next().map_err(failure)? {
        let packed = packed(row)?;
        adding
            .execute(params![
                get::<i64>(row, "id")?,
                get::<i64>(row, "transaction_id")?,
                get::<Option<i64>>(row, "import_id")?,
                get::<Option<i64>>(row, "row")?,
                get::<i64>(row, "typed")?,
                get::<Option<String>>(row, "trashed_at")?,
                packed,
            ])
            .map_err(failure)?;
    }
    let mut sightings =
        connection.prepare("SELECT id, raw FROM sighting WHERE raw IS NOT NULL").map_err(failure)?;
    let mut setting = connection.prepare("UPDATE sighting SET cells = ?2 WHERE id = ?1").map_err(failure)?;
    let mut rows = sightings.query([]).map_err(failure)?;
    while let Some(row) = rows.next().map_err(failure)? {
        let cells = cells::pack(&get::<String>(row, "raw")?, &[]);
        setting.execute(params![get::<i64>(row, "id")?, cells]).map_err(failure)?;
    }
    Ok(())
}

/// A row of columns as the bytes that say the same.
fn packed(row: &Row<'_>) -> Result<Vec<u8>> {
    let text = |column: &str| get::<String>(row, column);
    let texts = TEXTS.iter().map(|column| text(column)).collect::<Result<Vec<String>>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let cells = match get::<Option<Vec<u8>>>(row, "cells")? {
        Some(cells) => cells,
        None => cells::pack(&text("raw")?, &texts),
    };
    let damaged = || Error::new(Code::Damaged, "a stored value is none this version can have written");
    let currency = Currency::parse(&text("currency")?).ok_or_else(damaged)?;
    let sum = |minor: i64| Money::new(minor, currency);
    let at: Moment = moment_at(get(row, "at_seconds")?, get(row, "at_offset_minutes")?)?;
    let draft = Draft {
        row: 0,
        at,
        direction: unword(&text("direction")?)?,
        kind: unword(&text("kind")?)?,
        amount: sum(get(row, "amount_minor")?),
        fee: get::<Option<i64>>(row, "fee_minor")?.map(sum),
        refunded: sum(get(row, "refunded_minor")?),
        balance: None,
        counterparty: texts[0],
        counterparty_account: texts[1],
        item: texts[2],
        method: texts[3],
        methods: Vec::new(),
        category: texts[4],
        status: texts[5],
        order_no: texts[6],
        merchant_order_no: texts[7],
        memo: texts[8],
        marks: unjson(&text("marks")?)?,
        raw: "",
    };
    let (key, provider) = (text("key")?, text("provider")?);
    let statement = get::<Option<String>>(row, "statement")?;
    let (statement, provider) = (statement.as_deref(), provider.as_str());
    Ok(pack_in_full(&Reading { key: key.as_str().into(), statement, provider, draft, cells: &cells }))
}

fn get<T: FromSql>(row: &Row<'_>, column: &str) -> Result<T> {
    row.get(column).map_err(failure)
}
