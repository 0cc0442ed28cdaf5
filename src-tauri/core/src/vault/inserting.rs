//! Readings on their way into the table: typed ones in its columns, imported ones packed.

use super::Result;
use super::connection::failure;
use super::packed::{Packing, Reading};
use super::readings::{Facts, marks};
use super::words::Spelling;
use crate::ledger::Source;
use crate::statements::Draft;
use crate::{Code, Error};
use rusqlite::{Connection, Statement, params};

/// Stores a typed reading under `id`, which is its transaction's.
pub(super) fn insert_typed(connection: &Connection, facts: &Facts<'_>, id: i64) -> Result<()> {
    let draft = &facts.draft;
    expect_one_currency(draft)?;
    let mut spelling = Spelling::default();
    let digest = facts.digest(&mut spelling)?;
    let [counterparty, account, item, method, category, status, order, merchant, memo] = draft.texts();
    connection
        .prepare_cached(
            "INSERT INTO reading (id, transaction_id, key, facts, statement, provider, at_seconds,
                at_offset_minutes, direction, kind, amount_minor, currency, fee_minor, refunded_minor,
                counterparty, counterparty_account, item, method, category, status, order_no,
                merchant_order_no, memo, marks, raw, typed)
             VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
                ?19, ?20, ?21, ?22, ?23, '', 1)",
        )
        .and_then(|mut statement| {
            let damaged = |_| rusqlite::Error::InvalidQuery;
            statement.execute(params![
                id,
                facts.key,
                digest,
                facts.statement,
                facts.provider,
                draft.at.timestamp(),
                draft.at.offset().local_minus_utc() / 60,
                spelling.direction.of(draft.direction).map_err(damaged)?,
                spelling.kind.of(draft.kind).map_err(damaged)?,
                draft.amount.minor,
                draft.amount.currency.code(),
                draft.fee.map(|fee| fee.minor),
                draft.refunded.minor,
                counterparty,
                account,
                item,
                method,
                category,
                status,
                order,
                merchant,
                memo,
                marks(draft).map_err(damaged)?,
            ])
        })
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
                "INSERT INTO reading (id, transaction_id, import_id, row, packed, key, facts, provider, at_seconds,
                    at_offset_minutes, direction, kind, amount_minor, currency, refunded_minor, counterparty,
                    counterparty_account, item, method, category, status, order_no, merchant_order_no, memo, marks,
                    raw, typed)
                 VALUES (?1, ?2, ?3, ?4, ?5, '', x'', '', 0, 0, '', '', 0, '', 0, '', '', '', '', '', '', '', '', '',
                    '', '', 0)",
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
