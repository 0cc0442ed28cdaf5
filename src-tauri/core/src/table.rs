//! Bytes → rows: container, encoding, dialect, header found by its words.
