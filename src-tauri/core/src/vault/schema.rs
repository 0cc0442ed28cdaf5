//! Migrations: append only, all or nothing, the file copied first, never from the future.

use super::connection::{failure, pragma};
use super::folder::{private, sync_folder};
use crate::{Code, Error, Result};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

mod packing;

/// The n-th of them makes version n.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_vault.sql"),
    include_str!("../../migrations/0002_imports.sql"),
    include_str!("../../migrations/0003_directory.sql"),
    include_str!("../../migrations/0004_mappings.sql"),
    include_str!("../../migrations/0005_packed.sql"),
    include_str!("../../migrations/0006_rulings.sql"),
    include_str!("../../migrations/0007_balance.sql"),
    include_str!("../../migrations/0008_readings.sql"),
    include_str!("../../migrations/0009_readings.sql"),
    include_str!("../../migrations/0010_ruling_account.sql"),
    include_str!("../../migrations/0011_findings.sql"),
];

/// A step that no SQL can do.
type Step = fn(&Connection) -> Result<()>;

/// Such steps, each behind the migration that makes this version.
const BEHIND: &[(usize, Step)] = &[(8, packing::pack_all)];

/// The version a database stands at; 0 for an empty one. `FromTheFuture` beyond `migrations`.
pub(super) fn version(connection: &Connection, migrations: &[&str]) -> Result<usize> {
    let found: i64 = pragma(connection, "user_version", None)?.unwrap_or(0);
    usize::try_from(found)
        .ok()
        .filter(|version| *version <= migrations.len())
        .ok_or_else(|| Error::new(Code::FromTheFuture, "a newer version wrote this vault; update the app"))
}

/// Brings a database to the newest version. `file` is where it lies, if it holds anything already: it is
/// copied beside itself (`….before-N`) first.
pub(super) fn migrate(connection: &mut Connection, file: Option<&Path>, migrations: &[&str]) -> Result<()> {
    let before = version(connection, migrations)?;
    if before == migrations.len() {
        return Ok(());
    }
    if let Some(file) = file {
        copy_aside(connection, file, migrations.len())?;
    }
    // A table that others refer to is put in the place of another: what is left dangling is looked for at the end.
    pragma::<i64>(connection, "foreign_keys", Some("OFF"))?;
    let done = migrate_from(connection, before, migrations);
    pragma::<i64>(connection, "foreign_keys", Some("ON"))?;
    done
}

fn migrate_from(connection: &mut Connection, before: usize, migrations: &[&str]) -> Result<()> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Exclusive).map_err(failure)?;
    for (migration, version) in migrations.iter().zip(1..).skip(before) {
        transaction.execute_batch(migration).map_err(failure)?;
        for (_, behind) in BEHIND.iter().filter(|(of, _)| *of == version) {
            behind(&transaction)?;
        }
    }
    let dangling = transaction
        .prepare("PRAGMA foreign_key_check")
        .and_then(|mut statement| statement.exists([]))
        .map_err(failure)?;
    if dangling {
        return Err(Error::new(
            Code::Damaged,
            "the new version does not fit this vault; nothing was changed",
        ));
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {}", migrations.len())).map_err(failure)?;
    transaction.commit().map_err(failure)
}

fn copy_aside(connection: &Connection, file: &Path, target: usize) -> Result<()> {
    // Everything into the file itself, so that the copy is whole without a log beside it.
    let left: Option<i64> = pragma(connection, "wal_checkpoint(TRUNCATE)", None)?;
    if left.is_some_and(|busy| busy != 0) {
        return Err(Error::new(Code::InUse, "another program has the database open"));
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".before-{target}"));
    let (aside, mut unfinished) = (file.with_file_name(&name), name);
    unfinished.push(".new");
    let unfinished = file.with_file_name(unfinished);
    let mut copy = private().write(true).create(true).truncate(true).open(&unfinished)?;
    std::io::copy(&mut std::fs::File::open(file)?, &mut copy)?;
    copy.sync_all()?;
    std::fs::rename(&unfinished, &aside)?;
    file.parent().map_or(Ok(()), sync_folder)
}

#[cfg(test)]
mod tests {
    use super::super::connection::{open, open_in_memory};
    use super::super::folder::write_new;
    use super::super::key::VaultKey;
    use super::*;

    const OLDEST: &[&str] = &[MIGRATIONS[0]];
    const WITH_COLOUR: &[&str] =
        &[OLDEST[0], "ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';"];
    const WITH_MISTAKE: &[&str] = &[OLDEST[0], "DROP TABLE note; CREATE TABLE note (a); nonsense;"];

    fn note_columns(connection: &Connection) -> usize {
        connection.prepare("SELECT * FROM note").unwrap().column_count()
    }

    #[test]
    fn the_oldest_vault_grows_and_is_copied_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault.db");
        let key = VaultKey::random().unwrap();
        write_new(&file, &[]).unwrap();
        let mut connection = open(&file, &key).unwrap();
        migrate(&mut connection, None, OLDEST).unwrap();
        connection.execute("INSERT INTO setting VALUES ('a', 'b')", []).unwrap();
        migrate(&mut connection, Some(&file), WITH_COLOUR).unwrap();
        assert_eq!(version(&connection, WITH_COLOUR).unwrap(), 2);
        assert_eq!(note_columns(&connection), 3);
        let copy = open(&folder.path().join("vault.db.before-2"), &key).unwrap();
        assert_eq!(version(&copy, OLDEST).unwrap(), 1);
        assert_eq!(copy.query_row("SELECT value FROM setting", [], |r| r.get::<_, String>(0)).unwrap(), "b");
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let mut connection = open_in_memory().unwrap();
        migrate(&mut connection, None, OLDEST).unwrap();
        assert!(migrate(&mut connection, None, WITH_MISTAKE).is_err());
        assert_eq!(version(&connection, OLDEST).unwrap(), 1);
        assert_eq!(note_columns(&connection), 2);
    }

    #[test]
    fn a_database_from_the_future_is_refused() {
        let mut connection = open_in_memory().unwrap();
        migrate(&mut connection, None, WITH_COLOUR).unwrap();
        assert_eq!(migrate(&mut connection, None, OLDEST).unwrap_err().code, Code::FromTheFuture);
        assert_eq!(note_columns(&connection), 3);
    }
}
