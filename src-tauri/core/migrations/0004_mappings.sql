-- What the user said of tables that no format knows; one name, one mapping.
CREATE TABLE mapping (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    mapping TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- Lines of an imported file that could not be read, as they stood there; row 0 is the header of its table.
CREATE TABLE unread_line (
    import_id INTEGER NOT NULL REFERENCES import (id),
    row INTEGER NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (import_id, row)
) STRICT;

-- What the plan of an import said of the file: counts and sums, its own and ours.
CREATE TABLE import_totals (
    import_id INTEGER PRIMARY KEY REFERENCES import (id),
    totals TEXT NOT NULL
) STRICT;
