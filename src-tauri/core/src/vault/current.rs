//! Which reading of a transaction holds its current facts: the newest that is live. What it leaves empty the live ones
//! before it tell. As SQL, for all and for one.

/// The imports that are not in the trash.
macro_rules! live_imports {
    () => {
        "(SELECT id FROM import WHERE trashed_at IS NULL)"
    };
}

/// A reading is live: typed and not trashed, or seen in a live import.
macro_rules! live {
    ($reading:literal) => {
        concat!(
            "((",
            $reading,
            ".typed = 1 AND ",
            $reading,
            ".trashed_at IS NULL)
               OR ",
            $reading,
            ".import_id IN ",
            live_imports!(),
            "
               OR EXISTS (SELECT 1 FROM sighting WHERE sighting.reading_id = ",
            $reading,
            ".id
                          AND sighting.import_id IN ",
            live_imports!(),
            "))"
        )
    };
}

/// The newest live readings, with the note on each and where it was first seen among the live imports.
macro_rules! current {
    ($($among:tt)*) => {
        concat!(
            "SELECT reading.*, note.text AS note,
                coalesce(seen.import_id, reading.import_id) AS seen_import,
                coalesce(seen.row, reading.row) AS seen_row,
                seen.cells AS seen_cells
             FROM reading
             LEFT JOIN note ON note.transaction_id = reading.transaction_id
             LEFT JOIN sighting AS seen ON seen.id =
                CASE WHEN reading.import_id IN ", live_imports!(), " THEN NULL ELSE
                    (SELECT sighting.id FROM sighting
                     WHERE sighting.reading_id = reading.id AND sighting.import_id IN ", live_imports!(), "
                     ORDER BY sighting.import_id, sighting.row LIMIT 1) END
             WHERE ", $($among)*
        )
    };
}

/// The id of the newest live reading of `:transaction`; NULL where there is none.
macro_rules! newest_live {
    () => {
        concat!(
            "SELECT max(reading.id) AS id FROM reading
             WHERE ((reading.id = :transaction AND reading.transaction_id = reading.id)
                OR (reading.transaction_id = :transaction AND reading.transaction_id <> reading.id))
                AND ",
            live!("reading")
        )
    };
}

/// All of them. A transaction whose first reading is not its last one has the others in `reading_later`.
pub(super) const CURRENT: &str = current!(concat!(
    live!("reading"),
    " AND NOT EXISTS (SELECT 1 FROM reading AS later
        WHERE later.transaction_id = reading.transaction_id AND later.transaction_id <> later.id
            AND later.id > reading.id AND ",
    live!("later"),
    ")"
));
/// That of `:transaction`.
pub(super) const CURRENT_OF_ONE: &str = current!(concat!("reading.id = (", newest_live!(), ")"));
/// The id of that reading; NULL where the transaction is not live.
pub(super) const NEWEST_LIVE: &str = newest_live!();

/// The live readings from files of transactions that have several, the newest first.
macro_rules! several {
    ($($among:tt)*) => {
        concat!(
            "SELECT reading.transaction_id, reading.packed FROM reading
             WHERE reading.typed = 0 AND ", $($among)*, " AND ", live!("reading"), "
             ORDER BY reading.id DESC"
        )
    };
}

/// Of all that have several.
pub(super) const SEVERAL: &str = several!(
    "reading.id IN (
        SELECT later.transaction_id FROM reading AS later WHERE later.transaction_id <> later.id
        UNION ALL SELECT later.id FROM reading AS later WHERE later.transaction_id <> later.id)"
);
/// Of `:transaction`.
pub(super) const SEVERAL_OF_ONE: &str = several!(
    "(reading.id = :transaction OR (reading.transaction_id = :transaction AND reading.transaction_id <> reading.id))
     AND reading.transaction_id = :transaction"
);
