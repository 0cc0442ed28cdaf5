-- Every reading is packed. The columns of typed ones and of those of earlier versions made each row cost twice as much
-- to store. Those that are not packed yet follow their columns here, row by row, before the next migration.
CREATE TABLE packed_reading (
    id INTEGER PRIMARY KEY,
    transaction_id INTEGER NOT NULL REFERENCES reading (id),
    -- Where it was seen first: its own import and row, without a sighting. NULL for a typed one, and for those of the
    -- first version, which have a sighting for it.
    import_id INTEGER REFERENCES import (id),
    row INTEGER CHECK ((row IS NULL) = (import_id IS NULL)),
    typed INTEGER NOT NULL CHECK (typed IN (0, 1)),
    -- For typed ones only; imported ones go with their imports.
    trashed_at TEXT CHECK (trashed_at IS NULL OR typed = 1),
    packed BLOB NOT NULL
) STRICT;
INSERT INTO packed_reading (id, transaction_id, import_id, row, typed, trashed_at, packed)
    SELECT id, transaction_id, import_id, row, typed, trashed_at, packed FROM reading WHERE packed IS NOT NULL;
