-- Imports of many rows. What a row shares with its transaction, or with its import, is no longer said twice.

-- Fixed when an import is stored: counting its rows means reading all of them.
ALTER TABLE import ADD COLUMN rows_read INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN rows_added INTEGER NOT NULL DEFAULT 0;
UPDATE import SET
    rows_read = (SELECT count(*) FROM sighting WHERE import_id = import.id),
    rows_added = (SELECT coalesce(sum(added), 0) FROM sighting WHERE import_id = import.id);

-- Where a reading was seen first: its own import and row, without a sighting. NULL for a typed one, and for
-- those that still have a sighting for it.
ALTER TABLE reading ADD COLUMN import_id INTEGER REFERENCES import (id);
ALTER TABLE reading ADD COLUMN row INTEGER CHECK ((row IS NULL) = (import_id IS NULL));
-- The cells in few bytes, beside the texts of the reading; `raw` is empty then.
ALTER TABLE reading ADD COLUMN cells BLOB;
ALTER TABLE sighting ADD COLUMN cells BLOB;

-- Most transactions have one reading, whose id is theirs; only the others need to be looked for.
DROP INDEX reading_transaction;
CREATE INDEX reading_later ON reading (transaction_id) WHERE transaction_id <> id;
-- The last digits of the keys of imported readings, which tell a million rows apart: in a table of their own, for a
-- file brings its keys in no order, and they are added in theirs when all its rows are stored.
DROP INDEX reading_key;
CREATE TABLE key_ending (
    ending TEXT NOT NULL,
    reading_id INTEGER NOT NULL,
    PRIMARY KEY (ending, reading_id)
) STRICT, WITHOUT ROWID;
INSERT INTO key_ending SELECT substr(key, -10), id FROM reading WHERE typed = 0 ORDER BY 1, 2;
DROP INDEX sighting_import;
