//! The only key material: the data key, what wraps it, and the recovery code's spelling.

use crate::{Code, Error, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// What the passphrase costs to try: Argon2id's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// What the app uses: 64 MiB, three passes, one lane.
    pub const USUAL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// For tests only: as little as Argon2id takes.
    pub const LOW: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };
    /// Of slots whose secret is random: Argon2id is not asked.
    pub(super) const NONE: Self = Self { memory_kib: 0, passes: 0, lanes: 0 };

    /// A header is a file like any other: what it asks for is bounded before it is given.
    fn params(self) -> Result<Params> {
        let sane = self.memory_kib <= 1024 * 1024 && self.passes <= 16 && self.lanes <= 16;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok();
        params.filter(|_| sane).ok_or_else(|| {
            Error::new(Code::Damaged, "the key derivation asks for impossible figures; restore a backup")
        })
    }
}

/// What opens a vault.
pub enum Secret<'a> {
    /// The user's passphrase, as typed.
    Passphrase(&'a str),
    /// The recovery code, as typed.
    Recovery(&'a str),
    /// The key the system's keychain keeps.
    Keychain(&'a [u8; 32]),
}

impl Secret<'_> {
    /// The slot it would open.
    pub(super) fn kind(&self) -> SlotKind {
        match self {
            Self::Passphrase(_) => SlotKind::Passphrase,
            Self::Recovery(_) => SlotKind::Recovery,
            Self::Keychain(_) => SlotKind::Keychain,
        }
    }

    fn wrapping_key(&self, cost: Cost, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>> {
        match self {
            Self::Passphrase(text) => {
                let text: Zeroizing<String> = Zeroizing::new(text.nfkc().collect());
                let mut key = Zeroizing::new([0; 32]);
                Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?)
                    .hash_password_into(text.as_bytes(), salt, key.as_mut())
                    .map_err(|_| Error::new(Code::Io, "no memory to derive the key; close other programs"))?;
                Ok(key)
            }
            // Both below are random and longer than any search: one hash is enough.
            Self::Recovery(text) => {
                Ok(derive("recourse 2026 recovery slot", salt, RecoveryCode::read(text)?.as_bytes()))
            }
            Self::Keychain(key) => Ok(derive("recourse 2026 keychain slot", salt, key.as_slice())),
        }
    }
}

fn derive(context: &str, salt: &[u8], secret: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    hasher.update(salt).update(secret);
    Zeroizing::new(*hasher.finalize().as_bytes())
}

/// Bytes from the system's random source.
pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| Error::new(Code::Io, "the system gives no random numbers; nothing was written"))?;
    Ok(bytes)
}

/// The key everything is encrypted under. Never leaves memory unwrapped.
#[derive(Clone)]
pub(super) struct VaultKey(Zeroizing<[u8; 32]>);

impl VaultKey {
    pub(super) fn random() -> Result<Self> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// SQLCipher's raw key literal.
    pub(super) fn pragma(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(80));
        text.push_str("PRAGMA key = \"x'");
        for byte in self.0.iter() {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        text.push_str("'\";");
        text
    }

    /// What tells this key from any other without giving it away.
    pub(super) fn check_value(&self) -> [u8; 32] {
        *derive("recourse 2026 key check value", &[], self.0.as_slice())
    }

    /// A hasher that only the holder of this key can repeat. `what` keeps its uses apart.
    pub(super) fn mac(&self, what: Mac) -> blake3::Hasher {
        let context = match what {
            Mac::Header => "recourse 2026 header mac",
            Mac::Backup => "recourse 2026 backup mac",
        };
        blake3::Hasher::new_keyed(&derive(context, &[], self.0.as_slice()))
    }
}

/// What a keyed hash is over.
#[derive(Clone, Copy)]
pub(super) enum Mac {
    Header,
    Backup,
}

/// Equal, without telling where they differ.
pub(super) fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// What a slot is opened by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum SlotKind {
    Passphrase,
    Recovery,
    Keychain,
}

/// The data key, wrapped under one secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slot {
    pub(super) kind: SlotKind,
    cost: Cost,
    salt: [u8; 16],
    nonce: [u8; 24],
    wrapped: Vec<u8>,
}

impl Slot {
    /// Wraps `key` under `secret`. `cost` counts for a passphrase only.
    pub(super) fn seal(key: &VaultKey, secret: &Secret<'_>, cost: Cost, vault_id: &[u8; 16]) -> Result<Self> {
        let mut slot =
            Self { kind: secret.kind(), cost, salt: random()?, nonce: random()?, wrapped: Vec::new() };
        let wrapping = secret.wrapping_key(cost, &slot.salt)?;
        let bound = slot.bound(vault_id);
        slot.wrapped = XChaCha20Poly1305::new((&*wrapping).into())
            .encrypt(&XNonce::from(slot.nonce), Payload { msg: key.0.as_slice(), aad: &bound })
            .map_err(|_| Error::new(Code::Internal, "the key could not be wrapped"))?;
        Ok(slot)
    }

    /// The data key, or `None` where the secret is not this slot's.
    pub(super) fn open(&self, secret: &Secret<'_>, vault_id: &[u8; 16]) -> Result<Option<VaultKey>> {
        let wrapping = secret.wrapping_key(self.cost, &self.salt)?;
        let payload = Payload { msg: &self.wrapped, aad: &self.bound(vault_id) };
        let opened = XChaCha20Poly1305::new((&*wrapping).into()).decrypt(&XNonce::from(self.nonce), payload);
        let Ok(opened) = opened.map(Zeroizing::new) else { return Ok(None) };
        let mut key = Zeroizing::new([0; 32]);
        if opened.len() != key.len() {
            return Ok(None);
        }
        key.copy_from_slice(&opened);
        Ok(Some(VaultKey(key)))
    }

    /// Everything about the slot that must not be exchanged under the wrapped key.
    fn bound(&self, vault_id: &[u8; 16]) -> Vec<u8> {
        let mut bound = vault_id.to_vec();
        bound.push(self.kind as u8);
        for figure in [self.cost.memory_kib, self.cost.passes, self.cost.lanes] {
            bound.extend_from_slice(&figure.to_le_bytes());
        }
        bound.extend_from_slice(&self.salt);
        bound
    }
}

/// Crockford's alphabet: no I, L, O, U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 29 symbols of five bits and one check symbol: 145 bits.
const CODE_LENGTH: usize = 30;

/// A recovery code, to be shown once: six groups of five symbols. Wiped when dropped.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// The code as the user writes it down.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn random() -> Result<Self> {
        loop {
            let bytes = Zeroizing::new(random::<{ CODE_LENGTH - 1 }>()?);
            let mut symbols: Zeroizing<Vec<u8>> = Zeroizing::new(bytes.iter().map(|b| b & 31).collect());
            // Crockford's check symbols beyond the 32nd (`*~$=U`) are hard to read out: draw again.
            let Some(check) = u8::try_from(remainder(&symbols)).ok().filter(|check| *check < 32) else {
                continue;
            };
            symbols.push(check);
            let mut code = Zeroizing::new(String::with_capacity(CODE_LENGTH + 5));
            for (index, symbol) in symbols.iter().enumerate() {
                if index > 0 && index % 5 == 0 {
                    code.push('-');
                }
                code.push(char::from(SYMBOLS[usize::from(*symbol)]));
            }
            return Ok(Self(code));
        }
    }

    /// The symbols of a code as typed: any case, spaces and hyphens, O for 0, I and L for 1. `Invalid`
    /// where it was mistyped, which is told by its length, its symbols and its check symbol.
    fn read(typed: &str) -> Result<Zeroizing<String>> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(CODE_LENGTH));
        let mut code = Zeroizing::new(String::with_capacity(CODE_LENGTH));
        let wrong = |what: &str| Error::new(Code::Invalid, format!("the recovery code {what}; look again"));
        for letter in typed.nfkc().flat_map(char::to_uppercase) {
            let letter = match letter {
                '-' | '‐' | '–' | '—' => continue,
                blank if blank.is_whitespace() => continue,
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = SYMBOLS.iter().position(|symbol| char::from(*symbol) == letter);
            let value = value.ok_or_else(|| wrong("has a letter or sign that no code has"))?;
            if symbols.len() == CODE_LENGTH {
                return Err(wrong("is too long"));
            }
            symbols.push(u8::try_from(value).expect("there are 32 symbols"));
            code.push(letter);
        }
        let Some((check, data)) = symbols.split_last().filter(|_| symbols.len() == CODE_LENGTH) else {
            return Err(wrong("is too short"));
        };
        if remainder(data) != u32::from(*check) {
            return Err(wrong("was mistyped"));
        }
        Ok(code)
    }
}

/// The number the symbols make, modulo 37: changes with any one symbol and any two neighbours swapped.
fn remainder(symbols: &[u8]) -> u32 {
    symbols.iter().fold(0, |rest, symbol| (rest * 32 + u32::from(*symbol)) % 37)
}

/// No core dumps of this process: an unlocked vault is readable in memory. Front ends call it first.
pub fn forbid_core_dumps() -> Result<()> {
    #[cfg(unix)]
    rlimit::setrlimit(rlimit::Resource::CORE, 0, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_single_typing_mistake_in_a_recovery_code_is_told() {
        let code = RecoveryCode::random().unwrap();
        let letters: Vec<char> = code.as_str().chars().collect();
        assert_eq!(letters.len(), 35);
        for place in (0..letters.len()).filter(|place| letters[*place] != '-') {
            for other in SYMBOLS.iter().map(|symbol| char::from(*symbol)) {
                let mut typed = letters.clone();
                typed[place] = other;
                let typed: String = typed.iter().collect();
                let read = RecoveryCode::read(&typed);
                assert_eq!(read.is_ok(), typed == code.as_str(), "{place}");
            }
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let code = RecoveryCode::random().unwrap();
        let plain = RecoveryCode::read(code.as_str()).unwrap();
        let sloppy = code.as_str().to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
        assert_eq!(*RecoveryCode::read(&sloppy).unwrap(), *plain);
        let wide: String = code
            .as_str()
            .chars()
            .map(|c| if c == '-' { '-' } else { char::from_u32(c as u32 + 0xFEE0).unwrap() })
            .collect();
        assert_eq!(*RecoveryCode::read(&wide).unwrap(), *plain);
    }

    #[test]
    fn a_slot_opens_for_its_secret_in_its_vault_only() {
        let key = VaultKey::random().unwrap();
        let slot = Slot::seal(&key, &Secret::Passphrase("密码 ﬁ"), Cost::LOW, &[1; 16]).unwrap();
        let same_in_nfkc = slot.open(&Secret::Passphrase("密码 fi"), &[1; 16]).unwrap();
        assert_eq!(same_in_nfkc.unwrap().check_value(), key.check_value());
        assert!(slot.open(&Secret::Passphrase("密码 fl"), &[1; 16]).unwrap().is_none());
        assert!(slot.open(&Secret::Passphrase("密码 fi"), &[2; 16]).unwrap().is_none());
    }

    #[test]
    fn a_hostile_cost_is_refused_before_memory_is_asked_for() {
        for cost in [
            Cost { memory_kib: 64 * 1024 * 1024, ..Cost::USUAL },
            Cost { passes: u32::MAX, ..Cost::USUAL },
            Cost { lanes: 4096, ..Cost::USUAL },
            Cost { memory_kib: 0, ..Cost::USUAL },
        ] {
            assert_eq!(cost.params().unwrap_err().code, Code::Damaged);
        }
    }
}
