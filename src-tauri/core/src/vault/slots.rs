//! Changing what opens a vault: passphrase, recovery code, keychain.

use super::folder::HEADER;
use super::header::Header;
use super::key::{self, Cost, RecoveryCode, Secret, Slot, SlotKind, VaultKey};
use super::{Result, Vault};
use crate::{Code, Error};
use std::path::Path;
use zeroize::Zeroizing;

impl Vault {
    /// Writes a changed header; the old one stays in force where that fails.
    fn change_header(&mut self, change: impl FnOnce(&mut Header, &VaultKey) -> Result<()>) -> Result<()> {
        let home = self.home()?;
        let mut header = home.header.clone();
        change(&mut header, &home.key)?;
        header.write(&home.folder.file(HEADER), &home.key)?;
        if let Some(home) = &mut self.home {
            home.header = header;
        }
        Ok(())
    }

    /// `WrongPassphrase` where this is not the passphrase.
    pub fn verify_passphrase(&self, passphrase: &str) -> Result<()> {
        self.home()?.header.open(&Secret::Passphrase(passphrase)).map(|_| ())
    }

    /// Replaces the passphrase; `WrongPassphrase` where `old` is not it.
    pub fn change_passphrase(&mut self, old: &str, new: &str, cost: Cost) -> Result<()> {
        self.verify_passphrase(old)?;
        self.set_passphrase(new, cost)
    }

    /// Sets a new passphrase without the old one: for a vault opened with its recovery code.
    pub fn set_passphrase(&mut self, new: &str, cost: Cost) -> Result<()> {
        expect_passphrase(new)?;
        self.change_header(|header, key| {
            header.put(Slot::seal(key, &Secret::Passphrase(new), cost, header.vault_id())?);
            Ok(())
        })
    }

    /// Replaces the recovery code; the old one opens nothing any more. `WrongPassphrase` where it is not the
    /// passphrase.
    pub fn new_recovery_code(&mut self, passphrase: &str) -> Result<RecoveryCode> {
        self.verify_passphrase(passphrase)?;
        let code = RecoveryCode::random()?;
        self.change_header(|header, key| {
            let secret = Secret::Recovery(code.as_str());
            header.put(Slot::seal(key, &secret, Cost::NONE, header.vault_id())?);
            Ok(())
        })?;
        Ok(code)
    }

    /// Adds (or replaces) the keychain slot; what is returned belongs into the keychain.
    pub fn add_keychain_slot(&mut self) -> Result<Zeroizing<[u8; 32]>> {
        let secret = Zeroizing::new(key::random()?);
        self.change_header(|header, key| {
            header.put(Slot::seal(key, &Secret::Keychain(&secret), Cost::NONE, header.vault_id())?);
            Ok(())
        })?;
        Ok(secret)
    }

    /// Removes the keychain slot; the others stay as they are.
    pub fn remove_keychain_slot(&mut self) -> Result<()> {
        self.change_header(|header, _| {
            header.remove(SlotKind::Keychain);
            Ok(())
        })
    }

    /// A keychain slot stands in the header of the vault in `folder`.
    pub fn has_keychain_slot(folder: &Path) -> bool {
        Header::read(&folder.join(HEADER)).is_ok_and(|header| header.has(SlotKind::Keychain))
    }
}

/// `Invalid` where a passphrase protects nothing.
pub(super) fn expect_passphrase(passphrase: &str) -> Result<()> {
    if passphrase.is_empty() {
        return Err(Error::new(Code::Invalid, "an empty passphrase protects nothing"));
    }
    Ok(())
}
