//! The vault's folder: its files, their rights, the lock, and putting new files into place whole.

use super::header::Header;
use crate::{Code, Error, Result};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The database.
pub(super) const DATABASE: &str = "vault.db";
/// The header.
pub(super) const HEADER: &str = "vault.hdr";
/// Files to come, complete but not in place yet.
pub(super) const NEW_DATABASE: &str = "vault.db.new";
/// See [`NEW_DATABASE`].
pub(super) const NEW_HEADER: &str = "vault.hdr.new";
const LOCK: &str = "vault.lock";
/// Present while new files take the place of old ones; holds the name of the sub-folder for the old ones.
const INSTALLING: &str = "vault.installing";

/// There is a vault in this folder, or what is left of one.
pub(super) fn holds_vault(folder: &Path) -> bool {
    [DATABASE, HEADER, INSTALLING].iter().any(|name| folder.join(name).exists())
}

/// The folder of a vault, held against any other process until dropped.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    lock: File,
}

impl Folder {
    /// Locks the folder and finishes what a crash left half in place. `InUse` where another process, or
    /// another vault in this one, holds it.
    pub(super) fn claim(path: &Path) -> Result<Self> {
        let lock = private().read(true).write(true).create(true).truncate(false).open(path.join(LOCK))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::said(
                Code::InUse,
                "保险库正被另一个窗口或程序打开；请先关闭它",
                "the vault is open in another window",
            ),
            TryLockError::Error(error) => error.into(),
        })?;
        let folder = Self { path: path.to_owned(), lock };
        folder.finish_install()?;
        Ok(folder)
    }

    /// Makes the folder where it is missing, readable by the user alone, and claims it.
    pub(super) fn make(path: &Path) -> Result<Self> {
        if !path.exists() {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(path)?;
        }
        // A folder that was there already is the user's; its rights change only where it was made for us.
        #[cfg(unix)]
        if fs::read_dir(path)?.next().is_none() {
            fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        }
        Self::claim(path)
    }

    /// The path of one of its files.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Puts [`NEW_DATABASE`] and [`NEW_HEADER`], both complete and synced, into place. Old files move into
    /// the sub-folder `kept`. Cut short at any point it is finished by the next [`Self::claim`].
    pub(super) fn install(&self, kept: &str) -> Result<()> {
        sync_folder(&self.path)?;
        let marker = self.file("vault.installing.new");
        remove_if_there(&marker)?;
        write_new(&marker, kept.as_bytes())?;
        fs::rename(&marker, self.file(INSTALLING))?;
        sync_folder(&self.path)?;
        self.finish_install()
    }

    fn finish_install(&self) -> Result<()> {
        let marker = self.file(INSTALLING);
        let kept = match fs::read_to_string(&marker) {
            Ok(kept) => kept,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        if kept.is_empty() || kept.contains(['/', '\\', '.', ':']) {
            return Err(Error::new(
                Code::Damaged,
                "the mark of a restore names no folder; nothing was moved",
            ));
        }
        if self.file(NEW_DATABASE).exists() {
            for name in ["vault.db-wal", "vault.db-shm", DATABASE] {
                self.keep(name, &kept)?;
            }
            fs::rename(self.file(NEW_DATABASE), self.file(DATABASE))?;
        }
        if self.file(NEW_HEADER).exists() {
            Header::read(&self.file(NEW_HEADER))?;
            self.keep(HEADER, &kept)?;
            fs::rename(self.file(NEW_HEADER), self.file(HEADER))?;
        }
        sync_folder(&self.path)?;
        fs::remove_file(&marker)?;
        sync_folder(&self.path)
    }

    /// Moves a file, if it is there, into the sub-folder `kept`; never over another.
    fn keep(&self, name: &str, kept: &str) -> Result<()> {
        let from = self.file(name);
        if !from.exists() {
            return Ok(());
        }
        let folder = self.file(kept);
        if !folder.exists() {
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(&folder)?;
        }
        let to = folder.join(name);
        if to.exists() {
            return Err(Error::new(Code::Io, "an older vault is kept under this very name; try again"));
        }
        fs::rename(from, to)?;
        sync_folder(&folder)
    }

    /// Removes what a creation or a restore that failed left over. The vault itself is never removed.
    pub(super) fn sweep(&self) -> Result<()> {
        if self.file(INSTALLING).exists() {
            return Ok(());
        }
        for name in [NEW_DATABASE, "vault.db.new-wal", "vault.db.new-shm", NEW_HEADER] {
            remove_if_there(&self.file(name))?;
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Closing the file is not enough: a child that is just being started still holds a copy of it.
        let _ = self.lock.unlock();
    }
}

/// Options for files that only the user may read.
pub(super) fn private() -> OpenOptions {
    #[allow(unused_mut)]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes a new private file to the disk. Fails where there is one.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = private().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}

/// Removes a file; that it is not there is no error.
pub(super) fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Brings renames in a folder to the disk.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
