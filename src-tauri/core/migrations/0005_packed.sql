-- Imported readings in one piece: a third of the bytes, and a sixth of the values to store for each.

-- Texts that repeat, by the numbers that packed readings have for them. Words are added, never changed.
CREATE TABLE word (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

-- Key, statement, provider, facts and cells of an imported reading. The columns for them are empty then; readings
-- of earlier versions, and typed ones, stand in the columns.
ALTER TABLE reading ADD COLUMN packed BLOB;

-- The readings that came with one import, to be found by their keys: five bytes of each key, in the order of the
-- readings, which have one id after another. Readings of earlier versions stand in key_ending.
CREATE TABLE import_keys (
    import_id INTEGER PRIMARY KEY REFERENCES import (id),
    first_reading INTEGER NOT NULL,
    keys BLOB NOT NULL
) STRICT;
