//! Opening SQLCipher with its settings fixed, and what its errors mean to us.

use super::key::VaultKey;
use crate::{Code, Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::types::FromSql;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;

/// Older ones lose committed transactions when a write and a checkpoint race (fixed in 3.51.3).
const OLDEST_SQLITE: i32 = 3_051_003;
const OLDEST_SQLCIPHER: (u32, u32) = (4, 14);

/// Opens an existing database file. `Damaged` where `key` does not read it.
pub(super) fn open(path: &Path, key: &VaultKey) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
    let connection = unlocked(Connection::open_with_flags(path, flags).map_err(failure)?, Some(key))?;
    expect(&connection, "journal_mode", "WAL", "wal".to_owned())?;
    Ok(connection)
}

/// Opens an existing empty file as the target of a copy: no journal beside it, the caller syncs it.
pub(super) fn open_for_copy(path: &Path, key: &VaultKey) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failure)?;
    silence(&connection)?;
    connection.execute_batch(&key.pragma()).map_err(failure)?;
    expect(&connection, "journal_mode", "OFF", "off".to_owned())?;
    Ok(connection)
}

/// Opens a database in memory, under a key that is never kept.
pub(super) fn open_in_memory() -> Result<Connection> {
    unlocked(Connection::open_in_memory().map_err(failure)?, None)
}

fn unlocked(connection: Connection, key: Option<&VaultKey>) -> Result<Connection> {
    silence(&connection)?;
    assert_versions(&connection)?;
    if let Some(key) = key {
        // The first statement, and the only one about ciphers: later ones write pages that cannot be read.
        connection.execute_batch(&key.pragma()).map_err(failure)?;
    }
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(failure)?;
    expect(&connection, "synchronous", "FULL", 2)?;
    expect(&connection, "foreign_keys", "ON", 1)?;
    expect(&connection, "secure_delete", "ON", 1)?;
    expect(&connection, "temp_store", "MEMORY", 2)?;
    expect(&connection, "trusted_schema", "OFF", 0)?;
    expect(&connection, "cell_size_check", "ON", 1)?;
    // 16 MiB of pages: rows are added at the end, and what is looked up in between is little.
    expect(&connection, "cache_size", "-16384", -16_384)?;
    if let Some(size) = pragma::<i64>(&connection, "mmap_size", Some("0"))?
        && size != 0
    {
        return Err(refused("mmap_size"));
    }
    for (config, wanted) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        if connection.set_db_config(config, wanted).map_err(failure)? != wanted {
            return Err(refused("a database setting"));
        }
    }
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// SQLCipher writes its errors to the standard error stream unless told not to.
fn silence(connection: &Connection) -> Result<()> {
    match pragma::<String>(connection, "cipher_log_level", Some("NONE"))?.as_deref() {
        Some("NONE") => Ok(()),
        _ => Err(refused("cipher_log_level")),
    }
}

fn assert_versions(connection: &Connection) -> Result<()> {
    let too_old = |what: &str| Error::new(Code::Internal, format!("this build carries an unsafe {what}"));
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(too_old("SQLite"));
    }
    let version: String = pragma(connection, "cipher_version", None)?.ok_or_else(|| too_old("SQLCipher"))?;
    let mut parts = version.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < OLDEST_SQLCIPHER {
        return Err(too_old("SQLCipher"));
    }
    Ok(())
}

/// Sets a pragma and reads it back.
fn expect<T: FromSql + PartialEq>(connection: &Connection, name: &str, set: &str, wanted: T) -> Result<()> {
    pragma::<rusqlite::types::Value>(connection, name, Some(set))?;
    match pragma::<T>(connection, name, None)? {
        Some(found) if found == wanted => Ok(()),
        _ => Err(refused(name)),
    }
}

/// Runs a pragma; `None` where it answers nothing.
pub(super) fn pragma<T: FromSql>(
    connection: &Connection,
    name: &str,
    set: Option<&str>,
) -> Result<Option<T>> {
    let sql = match set {
        Some(value) => format!("PRAGMA {name} = {value}"),
        None => format!("PRAGMA {name}"),
    };
    let mut statement = connection.prepare(&sql).map_err(failure)?;
    let mut rows = statement.query([]).map_err(failure)?;
    let found = rows.next().map_err(failure)?.map(|row| row.get(0)).transpose().map_err(failure)?;
    while rows.next().map_err(failure)?.is_some() {}
    Ok(found)
}

fn refused(what: &str) -> Error {
    Error::new(Code::Internal, format!("the database refused the setting {what}"))
}

/// What a database error means. Its text is never passed on: it may quote values.
pub(super) fn failure(error: rusqlite::Error) -> Error {
    let (code, number) = match &error {
        rusqlite::Error::QueryReturnedNoRows => {
            return Error::new(Code::NotFound, "it is not there any more");
        }
        rusqlite::Error::SqliteFailure(inner, _) => (inner.code, inner.extended_code),
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..) => {
            return Error::new(Code::Damaged, "a stored value is none this version can have written");
        }
        _ => return Error::new(Code::Internal, "the database was asked something it cannot answer"),
    };
    match code {
        ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => {
            Error::new(Code::Damaged, "the database is damaged; restore a backup, nothing was changed")
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            Error::new(Code::InUse, "another program has the database open")
        }
        ErrorCode::DiskFull => Error::new(Code::Io, "the disk is full; free some space, nothing was stored"),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            Error::new(Code::Io, "the vault's folder cannot be written to")
        }
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::OutOfMemory => {
            Error::new(Code::Io, "the operating system refused to read or write the database")
        }
        ErrorCode::OperationInterrupted => Error::new(Code::Cancelled, "stopped; nothing was stored"),
        ErrorCode::TooBig => Error::new(Code::TooLarge, "this is larger than the vault can keep"),
        ErrorCode::ConstraintViolation => {
            Error::new(Code::NotFound, "it refers to something that is not there")
        }
        // The number is SQLite's own: it quotes nothing.
        _ => Error::new(Code::Internal, format!("the database refused ({number})")),
    }
}

/// Looks at every page and row: what is wrong, one sentence each, without values.
pub(super) fn problems(connection: &Connection) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for (name, what) in [
        ("cipher_integrity_check", "a page of the database was changed or is missing"),
        ("integrity_check", "the structure of the database is broken"),
        ("foreign_key_check", "a row refers to another that is missing"),
    ] {
        let mut statement = connection.prepare(&format!("PRAGMA {name}")).map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut count = 0;
        loop {
            match rows.next().map_err(failure) {
                Ok(Some(row)) => {
                    let word: Option<String> = row.get(0).ok();
                    if word.as_deref() != Some("ok") {
                        count += 1;
                    }
                }
                Ok(None) => break,
                Err(error) if error.code == Code::Damaged => {
                    count += 1;
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        if count > 0 {
            problems.push(format!("{what} ({count} found)"));
        }
    }
    Ok(problems)
}
