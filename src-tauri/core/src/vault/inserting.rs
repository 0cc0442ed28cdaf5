//! Readings on their way into the table.

use super::Result;
use super::connection::failure;
use super::packed::{Packing, Reading, pack_in_full};
use crate::ledger::Source;
use crate::statements::Draft;
use crate::{Code, Error};
use rusqlite::{Connection, Statement, params};

/// Stores a typed reading under `id`, which is its transaction's.
pub(super) fn insert_typed(connection: &Connection, reading: &Reading<'_>, id: i64) -> Result<()> {
    expect_one_currency(&reading.draft)?;
    connection
        .prepare_cached("INSERT INTO reading (id, transaction_id, typed, packed) VALUES (?1, ?1, 1, ?2)")
        .and_then(|mut statement| statement.execute(params![id, pack_in_full(reading)]))
        .map_err(failure)?;
    Ok(())
}

fn expect_one_currency(draft: &Draft<&str>) -> Result<()> {
    let mut sums = [draft.fee, Some(draft.refunded)].into_iter().flatten();
    if sums.all(|sum| sum.currency == draft.amount.currency) {
        return Ok(());
    }
    let detail = "a fee or refund in another currency than its payment cannot be stored";
    Err(Error::new(Code::Invalid, detail))
}

/// Stores imported readings, one prepared statement for all.
pub(super) struct Inserting<'c>(Statement<'c>);

impl<'c> Inserting<'c> {
    pub(super) fn into(connection: &'c Connection) -> Result<Self> {
        connection
            .prepare(
                "INSERT INTO reading (id, transaction_id, import_id, row, typed, packed) VALUES (?1, ?2, ?3, ?4, 0, ?5)",
            )
            .map(Self)
            .map_err(failure)
    }

    /// Stores a reading under `id`.
    pub(super) fn insert(
        &mut self,
        reading: &Reading<'_>,
        packing: &mut Packing<'_>,
        source: Source,
        [id, transaction]: [i64; 2],
    ) -> Result<()> {
        expect_one_currency(&reading.draft)?;
        let packed = packing.pack(reading)?;
        self.0.execute(params![id, transaction, source.import.0, source.row, packed]).map_err(failure)?;
        Ok(())
    }
}
