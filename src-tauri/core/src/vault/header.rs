//! `vault.hdr`: which secrets open the vault. Two equal copies, so that a torn write leaves one.

use super::key::{self, Mac, Secret, Slot, SlotKind, VaultKey};
use crate::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// One copy: magic, format, body length, body, MAC, zeros, and the checksum of all that at the end. This
/// frame never changes, so that any version can tell a newer header from a damaged one.
const COPY: usize = 4096;
/// Both copies.
pub(super) const SIZE: usize = 2 * COPY;
const MAGIC: &[u8; 8] = b"RCRSVLT\n";
const FORMAT: u32 = 1;
const HASH: usize = 32;
const BODY_AT: usize = 16;

/// What is kept in a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    vault_id: [u8; 16],
    /// Grows with every write: the newer of two copies wins.
    sequence: u64,
    /// Grows with every unlock; see the `vault` table.
    epoch: u64,
    check_value: [u8; HASH],
    slots: Vec<Slot>,
}

/// A header, read or new.
#[derive(Debug, Clone)]
pub(super) struct Header {
    body: Body,
    /// The MAC and what it is over, as read; `None` for one that was changed since.
    sealed: Option<(Vec<u8>, [u8; HASH])>,
    /// One of the two copies was damaged or older.
    pub(super) limping: bool,
    /// Where the copy that was read stands in the file.
    read_at: usize,
}

/// The error for a folder without one.
pub(super) fn no_vault() -> Error {
    Error::said(
        Code::NoVault,
        "这个文件夹里还没有保险库；请先新建（vault create），或检查位置是否正确",
        "there is no vault in this folder; make one (vault create), or look at the place again",
    )
}

impl Header {
    /// A header without slots.
    pub(super) fn new(key: &VaultKey) -> Result<Self> {
        let vault_id = key::random()?;
        let body =
            Body { vault_id, sequence: 0, epoch: 1, check_value: key.check_value(), slots: Vec::new() };
        Ok(Self { body, sealed: None, limping: false, read_at: 0 })
    }

    pub(super) fn vault_id(&self) -> &[u8; 16] {
        &self.body.vault_id
    }

    pub(super) fn epoch(&self) -> u64 {
        self.body.epoch
    }

    pub(super) fn set_epoch(&mut self, epoch: u64) {
        self.body.epoch = epoch;
    }

    pub(super) fn has(&self, kind: SlotKind) -> bool {
        self.body.slots.iter().any(|slot| slot.kind == kind)
    }

    /// Puts a slot in the place of the one of its kind.
    pub(super) fn put(&mut self, slot: Slot) {
        self.remove(slot.kind);
        self.body.slots.push(slot);
    }

    pub(super) fn remove(&mut self, kind: SlotKind) {
        self.body.slots.retain(|slot| slot.kind != kind);
    }

    /// The data key. `WrongPassphrase` where the secret opens no slot; `Damaged` where it does, but the
    /// header was changed by someone without the key.
    pub(super) fn open(&self, secret: &Secret<'_>) -> Result<VaultKey> {
        let kind = secret.kind();
        let mut opened = None;
        for slot in self.body.slots.iter().filter(|slot| slot.kind == kind) {
            opened = slot.open(secret, &self.body.vault_id)?;
        }
        let key = opened.ok_or_else(|| {
            Error::said(
                Code::WrongPassphrase,
                "密码或恢复码打不开这个保险库，没有改动任何内容；请检查大小写和输入法后再试",
                "this opens no slot of the vault; nothing was changed",
            )
        })?;
        let genuine = key::same(&key.check_value(), &self.body.check_value)
            && self.sealed.as_ref().is_none_or(|(signed, mac)| {
                key::same(key.mac(Mac::Header).update(signed).finalize().as_bytes(), mac)
            });
        if !genuine {
            return Err(Error::new(
                Code::Damaged,
                "the header was changed by someone else; restore a backup",
            ));
        }
        Ok(key)
    }

    /// Reads the file. `NoVault` where there is none, else as [`Self::from_bytes`].
    pub(super) fn read(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => no_vault(),
            _ => error.into(),
        })?;
        let mut bytes = Vec::with_capacity(SIZE);
        file.take(SIZE as u64 + 1).read_to_end(&mut bytes)?;
        Self::from_bytes(&bytes)
    }

    /// Reads both copies. `FromTheFuture`, or `Damaged` where neither is whole.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let limping = bytes.len() != SIZE || bytes[..COPY] != bytes[COPY..];
        let mut newest: Option<Self> = None;
        for read_at in [0, COPY] {
            match bytes.get(read_at..read_at + COPY).map_or(Copy::Bad, read_copy) {
                Copy::Future => {
                    let detail = "a newer version wrote this vault; update the app";
                    return Err(Error::new(Code::FromTheFuture, detail));
                }
                Copy::Whole(header)
                    if newest.as_ref().is_none_or(|other| other.body.sequence < header.body.sequence) =>
                {
                    newest = Some(Self { limping, read_at, ..*header });
                }
                Copy::Whole(_) | Copy::Bad => {}
            }
        }
        newest.ok_or_else(|| {
            Error::new(Code::Damaged, "both copies of the header are damaged; restore a backup")
        })
    }

    /// The file's bytes.
    pub(super) fn to_bytes(&self, key: &VaultKey) -> Result<Vec<u8>> {
        let body = postcard::to_stdvec(&self.body)
            .map_err(|_| Error::new(Code::Internal, "the header could not be written down"))?;
        let mut copy = Vec::with_capacity(SIZE);
        copy.extend_from_slice(MAGIC);
        copy.extend_from_slice(&FORMAT.to_le_bytes());
        copy.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
        copy.extend_from_slice(&body);
        let mac = key.mac(Mac::Header).update(&copy).finalize();
        copy.extend_from_slice(mac.as_bytes());
        if copy.len() > COPY - HASH {
            return Err(Error::new(Code::Internal, "the header is too long"));
        }
        copy.resize(COPY - HASH, 0);
        let checksum = blake3::hash(&copy);
        copy.extend_from_slice(checksum.as_bytes());
        copy.extend_from_within(..);
        Ok(copy)
    }

    /// Writes both copies in place, one after the other, each on the disk before the next is begun.
    pub(super) fn write(&mut self, path: &Path, key: &VaultKey) -> Result<()> {
        self.body.sequence += 1;
        let bytes = self.to_bytes(key)?;
        let mut file = OpenOptions::new().write(true).open(path)?;
        // The copy that was read stays whole until the other one is.
        for at in [COPY - self.read_at, self.read_at] {
            file.seek(SeekFrom::Start(at as u64))?;
            file.write_all(&bytes[at..at + COPY])?;
            file.sync_all()?;
        }
        file.set_len(SIZE as u64)?;
        file.sync_all()?;
        self.sealed = None;
        self.limping = false;
        Ok(())
    }
}

enum Copy {
    Whole(Box<Header>),
    Future,
    Bad,
}

fn read_copy(copy: &[u8]) -> Copy {
    let (content, checksum) = copy.split_at(COPY - HASH);
    if blake3::hash(content).as_bytes() != checksum || !content.starts_with(MAGIC) {
        return Copy::Bad;
    }
    let figure =
        |at: usize| u32::from_le_bytes([content[at], content[at + 1], content[at + 2], content[at + 3]]);
    if figure(8) > FORMAT {
        return Copy::Future;
    }
    let end = BODY_AT.saturating_add(usize::try_from(figure(12)).unwrap_or(usize::MAX));
    let (Some(body), Some(mac)) = (
        content.get(BODY_AT..end),
        content.get(end..end.saturating_add(HASH)).and_then(|m| m.try_into().ok()),
    ) else {
        return Copy::Bad;
    };
    match postcard::take_from_bytes::<Body>(body) {
        Ok((body, [])) if figure(8) == FORMAT => {
            let sealed = Some((content[..end].to_vec(), mac));
            Copy::Whole(Box::new(Header { body, sealed, limping: false, read_at: 0 }))
        }
        _ => Copy::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::Cost;
    use super::*;

    fn header() -> (Header, VaultKey) {
        let key = VaultKey::random().unwrap();
        let mut header = Header::new(&key).unwrap();
        let slot = Slot::seal(&key, &Secret::Passphrase("p"), Cost::LOW, header.vault_id()).unwrap();
        header.put(slot);
        (header, key)
    }

    #[test]
    fn any_one_flipped_bit_leaves_the_other_copy() {
        let (header, key) = header();
        let bytes = header.to_bytes(&key).unwrap();
        for at in 0..SIZE {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            let read = Header::from_bytes(&damaged).unwrap();
            assert!(read.limping);
            assert_eq!(read.body, header.body);
            damaged[(at + COPY) % SIZE] ^= 1;
            assert_eq!(Header::from_bytes(&damaged).unwrap_err().code, Code::Damaged);
        }
    }

    #[test]
    fn a_change_by_someone_without_the_key_is_damage_and_not_a_wrong_passphrase() {
        let (mut header, key) = header();
        header.body.epoch = 9;
        let mut bytes = header.to_bytes(&key).unwrap();
        header.body.epoch = 1;
        let other = header.to_bytes(&key).unwrap();
        let mac_at = BODY_AT + postcard::to_stdvec(&header.body).unwrap().len();
        bytes[mac_at..mac_at + HASH].copy_from_slice(&other[mac_at..mac_at + HASH]);
        let checksum = *blake3::hash(&bytes[..COPY - HASH]).as_bytes();
        bytes[COPY - HASH..COPY].copy_from_slice(&checksum);
        bytes.copy_within(..COPY, COPY);
        let read = Header::from_bytes(&bytes).unwrap();
        assert_eq!(read.open(&Secret::Passphrase("p")).err().unwrap().code, Code::Damaged);
        assert_eq!(read.open(&Secret::Passphrase("q")).err().unwrap().code, Code::WrongPassphrase);
    }

    #[test]
    fn a_newer_header_is_told_from_a_damaged_one() {
        let (header, key) = header();
        let mut bytes = header.to_bytes(&key).unwrap();
        bytes[8] = 2;
        let checksum = *blake3::hash(&bytes[..COPY - HASH]).as_bytes();
        bytes[COPY - HASH..COPY].copy_from_slice(&checksum);
        assert_eq!(Header::from_bytes(&bytes).unwrap_err().code, Code::FromTheFuture);
    }

    #[test]
    fn any_cut_of_the_file_is_read_from_the_first_copy_or_refused() {
        let (header, key) = header();
        let bytes = header.to_bytes(&key).unwrap();
        for length in (0..SIZE).step_by(61) {
            assert_eq!(Header::from_bytes(&bytes[..length]).is_ok(), length >= COPY);
        }
    }
}
