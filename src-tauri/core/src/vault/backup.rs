//! One encrypted file with everything in it, and the way back.
//!
//! Layout: magic, format, when (seconds, offset), length of the database, the header file, the database
//! (still under SQLCipher), and a keyed BLAKE3 hash of all before it.

use super::connection::{self, failure, pragma};
use super::folder::{self, Folder, NEW_DATABASE, NEW_HEADER};
use super::header::{self, Header};
use super::key::{self, Mac, Secret, VaultKey};
use super::schema::{MIGRATIONS, version};
use super::words::{moment, unmoment};
use super::{Result, Vault};
use crate::ledger::Moment;
use crate::{Code, Error};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, named_params};
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;

const MAGIC: &[u8; 16] = b"RECOURSE-BACKUP\n";
const FORMAT: u32 = 1;
const HEAD: usize = 40;
const HASH: usize = 32;

impl Vault {
    /// Writes the whole vault into one encrypted file, verified before it gets its name (an older file of
    /// that name is replaced only then). Opens with the same secrets. `Io` where the target refuses,
    /// `Damaged` where the vault itself is: the target is left alone then.
    pub fn backup(&self, to: &Path, now: Moment) -> Result<()> {
        let home = self.home()?;
        let folder = match to.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let copy = tempfile::Builder::new().prefix(".recourse-").suffix(".part").tempfile_in(folder)?;
        copy_database(&self.connection, copy.path(), &home.key)?;
        let mut database = File::open(copy.path())?;
        let mut whole = tempfile::Builder::new().prefix(".recourse-").suffix(".part").tempfile_in(folder)?;
        write(whole.as_file_mut(), &mut database, &home.header, &home.key, now)?;
        whole.as_file().sync_all()?;
        let mut written = File::open(whole.path())?;
        let head = Head::read(&mut written)?;
        head.verify(&mut written, &home.key, &mut std::io::sink())?;
        whole.persist(to).map_err(|failed| Error::from(failed.error))?;
        folder::sync_folder(folder)?;
        self.connection
            .execute("UPDATE vault SET last_backup_at = :at", named_params! { ":at": moment(now) })
            .map_err(failure)?;
        Ok(())
    }

    /// When the last backup was written.
    pub fn last_backup_at(&self) -> Result<Option<Moment>> {
        let at: Option<String> = self
            .connection
            .query_row("SELECT last_backup_at FROM vault", [], |row| row.get("last_backup_at"))
            .map_err(failure)?;
        at.as_deref().map(unmoment).transpose()
    }

    /// Opens a backup as the vault of `folder`, after verifying all of it. A vault that stands there is
    /// kept, whole, in a sub-folder named after `now`; it must not be open (`InUse`).
    pub fn restore(from: &Path, folder: &Path, secret: Secret<'_>, now: Moment) -> Result<Self> {
        let mut file = File::open(from)?;
        let head = Head::read(&mut file)?;
        let key = head.header.open(&secret)?;
        head.verify(&mut file, &key, &mut std::io::sink())?;

        let folder = Folder::make(folder)?;
        folder.sweep()?;
        if let Err(error) = unpack(&mut file, &folder, &key) {
            // What was unpacked is of no use; why it failed is what counts.
            let _ = folder.sweep();
            return Err(error);
        }
        let name = format!("replaced-{}", now.format("%Y%m%d-%H%M%S"));
        let mut kept = name.clone();
        let mut count = 2;
        while folder.file(&kept).exists() {
            kept = format!("{name}-{count}");
            count += 1;
        }
        folder.install(&kept)?;
        Self::enter(folder, head.header, key)
    }
}

/// Copies the database, as it stands now, into the empty file at `to`, and looks at every page of the copy.
fn copy_database(from: &Connection, to: &Path, key: &VaultKey) -> Result<()> {
    let mut target = connection::open_for_copy(to, key)?;
    let step = Backup::new(from, &mut target).and_then(|backup| backup.step(-1)).map_err(failure)?;
    if !matches!(step, StepResult::Done) {
        return Err(Error::new(Code::InUse, "another program has the database open; try again"));
    }
    // The copy says that it has a log beside it, like the original; a backup is one file.
    pragma::<String>(&target, "journal_mode", Some("DELETE"))?;
    if let Some(problem) = connection::problems(&target)?.into_iter().next() {
        return Err(Error::new(Code::Damaged, format!("no backup was written: {problem}")));
    }
    target.close().map_err(|(_, error)| failure(error))?;
    Ok(File::open(to)?.sync_all()?)
}

fn write(to: &mut File, database: &mut File, header: &Header, key: &VaultKey, now: Moment) -> Result<()> {
    let length = database.metadata()?.len();
    let mut head = Vec::with_capacity(HEAD + header::SIZE);
    head.extend_from_slice(MAGIC);
    head.extend_from_slice(&FORMAT.to_le_bytes());
    head.extend_from_slice(&now.timestamp().to_le_bytes());
    head.extend_from_slice(&now.offset().local_minus_utc().to_le_bytes());
    head.extend_from_slice(&length.to_le_bytes());
    head.extend_from_slice(&header.to_bytes(key)?);
    let mut mac = key.mac(Mac::Backup);
    mac.update(&head);
    to.write_all(&head)?;
    let copied = copy(database, length, &mut mac, to)?;
    if copied != length {
        return Err(Error::new(Code::Io, "the disk gave back less than was written; no backup was written"));
    }
    to.write_all(mac.finalize().as_bytes())?;
    Ok(())
}

/// What stands before the database in a backup.
struct Head {
    bytes: Vec<u8>,
    header: Header,
    length: u64,
}

impl Head {
    fn read(file: &mut File) -> Result<Self> {
        file.rewind()?;
        let mut bytes = Vec::with_capacity(HEAD + header::SIZE);
        file.take((HEAD + header::SIZE) as u64).read_to_end(&mut bytes)?;
        if !bytes.starts_with(MAGIC) || bytes.len() < HEAD {
            return Err(Error::new(Code::Damaged, "this file is no backup of Recourse, or cut short"));
        }
        let mut format = [0; 4];
        format.copy_from_slice(&bytes[16..20]);
        match u32::from_le_bytes(format) {
            FORMAT => {}
            newer if newer > FORMAT => {
                return Err(Error::new(Code::FromTheFuture, "a newer version wrote this backup"));
            }
            _ => return Err(Error::new(Code::Damaged, "this backup is damaged; take another")),
        }
        let mut length = [0; 8];
        length.copy_from_slice(&bytes[32..HEAD]);
        let header = Header::from_bytes(&bytes[HEAD..])?;
        Ok(Self { header, length: u64::from_le_bytes(length), bytes })
    }

    /// Copies the database out of a file whose head was just read, or only looks whether every byte of
    /// the file is as it was written.
    fn verify(&self, file: &mut File, key: &VaultKey, to: &mut dyn Write) -> Result<()> {
        let damaged = || Error::new(Code::Damaged, "this backup is damaged or cut short; take another");
        let mut mac = key.mac(Mac::Backup);
        mac.update(&self.bytes);
        if copy(file, self.length, &mut mac, to)? != self.length {
            return Err(damaged());
        }
        let mut end = Vec::with_capacity(HASH + 1);
        file.take(HASH as u64 + 1).read_to_end(&mut end)?;
        if !key::same(&end, mac.finalize().as_bytes()) {
            return Err(damaged());
        }
        Ok(())
    }
}

/// Copies up to `length` bytes, hashing them; answers how many there were.
fn copy(from: &mut File, length: u64, mac: &mut blake3::Hasher, to: &mut dyn Write) -> Result<u64> {
    let mut buffer = vec![0; 1 << 16];
    let mut from = from.take(length);
    let mut copied = 0;
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            return Ok(copied);
        }
        mac.update(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        copied += count as u64;
    }
}

/// Unpacks a backup beside the vault and opens it there, without touching the vault.
fn unpack(file: &mut File, folder: &Folder, key: &VaultKey) -> Result<()> {
    let path = folder.file(NEW_DATABASE);
    let mut database = folder::private().write(true).create_new(true).open(&path)?;
    let head = Head::read(file)?;
    head.verify(file, key, &mut database)?;
    database.sync_all()?;
    drop(database);
    let opened = connection::open(&path, key)?;
    if version(&opened, MIGRATIONS)? == 0 {
        return Err(Error::new(Code::Damaged, "this backup holds no vault; take another"));
    }
    if let Some(problem) = connection::problems(&opened)?.into_iter().next() {
        return Err(Error::new(Code::Damaged, format!("this backup is damaged: {problem}")));
    }
    opened.close().map_err(|(_, error)| failure(error))?;
    File::open(&path)?.sync_all()?;
    folder::write_new(&folder.file(NEW_HEADER), &head.bytes[HEAD..])
}
