-- What the vault keeps: facts, never opinions. Rows of a ledger are never deleted; they are live or not.

CREATE TABLE vault (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    vault_id BLOB NOT NULL,
    -- Grows with every unlock, here first and then in the header: a database behind its header is an older copy.
    epoch INTEGER NOT NULL,
    last_backup_at TEXT
) STRICT;

-- One file, imported.
CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    statement TEXT NOT NULL,
    provider TEXT NOT NULL,
    account TEXT NOT NULL,
    at TEXT NOT NULL,
    stated_count INTEGER,
    problems TEXT NOT NULL,
    trashed_at TEXT
) STRICT;
CREATE INDEX import_sha256 ON import (sha256);

-- The facts of a transaction as one file, or the user, stated them. All readings of one transaction share
-- transaction_id, the id of the first. The newest live one holds the current facts.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    transaction_id INTEGER NOT NULL REFERENCES reading (id),
    key TEXT NOT NULL,
    -- Hash of the columns from provider to marks: two files that say the same share one reading.
    facts BLOB NOT NULL,
    statement TEXT,
    provider TEXT NOT NULL,
    at_seconds INTEGER NOT NULL,
    at_offset_minutes INTEGER NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    fee_minor INTEGER,
    refunded_minor INTEGER NOT NULL,
    counterparty TEXT NOT NULL,
    counterparty_account TEXT NOT NULL,
    item TEXT NOT NULL,
    method TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    order_no TEXT NOT NULL,
    merchant_order_no TEXT NOT NULL,
    memo TEXT NOT NULL,
    marks TEXT NOT NULL,
    raw TEXT NOT NULL,
    typed INTEGER NOT NULL CHECK (typed IN (0, 1)),
    -- For typed ones only; imported ones go with their imports.
    trashed_at TEXT CHECK (trashed_at IS NULL OR typed = 1)
) STRICT;
CREATE INDEX reading_transaction ON reading (transaction_id);
CREATE INDEX reading_key ON reading (key);

-- Where a reading was seen.
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES import (id),
    row INTEGER NOT NULL,
    reading_id INTEGER NOT NULL REFERENCES reading (id),
    -- The cells as they stood, where they differ from the reading's.
    raw TEXT,
    -- The reading, or its facts, came with this row.
    added INTEGER NOT NULL CHECK (added IN (0, 1))
) STRICT;
CREATE INDEX sighting_reading ON sighting (reading_id, import_id, row);
CREATE INDEX sighting_import ON sighting (import_id);

CREATE TABLE note (
    transaction_id INTEGER PRIMARY KEY REFERENCES reading (id),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE ruling (
    flag TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    counterparty TEXT NOT NULL,
    verdict TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL
) STRICT;

CREATE TABLE dispute (
    id INTEGER PRIMARY KEY,
    opened_at TEXT NOT NULL,
    trouble TEXT NOT NULL,
    provider TEXT NOT NULL,
    story TEXT NOT NULL,
    wishes TEXT NOT NULL,
    flags TEXT NOT NULL,
    trashed_at TEXT
) STRICT;

CREATE TABLE dispute_transaction (
    dispute_id INTEGER NOT NULL REFERENCES dispute (id),
    position INTEGER NOT NULL,
    transaction_id INTEGER NOT NULL REFERENCES reading (id),
    PRIMARY KEY (dispute_id, position)
) STRICT;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    dispute_id INTEGER NOT NULL REFERENCES dispute (id),
    at TEXT NOT NULL,
    happening TEXT NOT NULL,
    trashed_at TEXT
) STRICT;
CREATE INDEX event_dispute ON event (dispute_id);

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    transaction_id INTEGER REFERENCES reading (id),
    dispute_id INTEGER REFERENCES dispute (id),
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    trashed_at TEXT,
    bytes BLOB NOT NULL,
    CHECK ((transaction_id IS NULL) <> (dispute_id IS NULL))
) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
