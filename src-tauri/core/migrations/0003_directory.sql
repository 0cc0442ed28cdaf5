-- Numbers of callers the user wrote down, numbers the user knows, and calls: how long one waited, and when
-- to be reminded. Facts only: what is said of a number is computed.

-- A number that called, texted or was found, and what was wanted.
CREATE TABLE caller (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    -- As pasted, card numbers masked.
    text TEXT NOT NULL,
    -- Whom the caller claimed to be: a provider id, or empty.
    claimed TEXT NOT NULL,
    -- What was asked for, as a list.
    asked TEXT NOT NULL,
    note TEXT NOT NULL,
    dispute_id INTEGER REFERENCES dispute (id),
    trashed_at TEXT
) STRICT;

-- A number the user knows, kept apart from the directory.
CREATE TABLE own_number (
    id INTEGER PRIMARY KEY,
    provider TEXT NOT NULL,
    number TEXT NOT NULL,
    label TEXT NOT NULL,
    added_at TEXT NOT NULL,
    trashed_at TEXT
) STRICT;

-- How long the user waited for an answer on a line.
CREATE TABLE wait (
    id INTEGER PRIMARY KEY,
    provider TEXT NOT NULL,
    line TEXT NOT NULL,
    at TEXT NOT NULL,
    seconds INTEGER NOT NULL CHECK (seconds >= 0)
) STRICT;

-- A call the user wants to be reminded of.
CREATE TABLE call_reminder (
    id INTEGER PRIMARY KEY,
    provider TEXT NOT NULL,
    line TEXT NOT NULL,
    at TEXT NOT NULL,
    done_at TEXT
) STRICT;
