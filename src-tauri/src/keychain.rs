//! The system's keychain: a convenience copy of a key, never the only one.
//!
//! Where there is no keychain, or it is locked, the answer is an error; nothing is ever written elsewhere instead. A
//! keychain that does not answer within a second is treated as absent: an unanswered prompt must not hold the app.

use recourse::app::App;
use recourse::{Code, Error, Result};
use std::sync::mpsc;
use std::time::Duration;
use zeroize::Zeroizing;

const SERVICE: &str = "recourse";
const PATIENCE: Duration = Duration::from_secs(1);

/// A key as the vault makes it.
pub type Key = Zeroizing<[u8; 32]>;

/// Lets this vault be opened with a key in the keychain. Where the keychain does not keep it, nothing has changed.
///
/// # Errors
/// [`Code::Io`] where the keychain refuses; otherwise what the vault answers.
pub fn turn_on(app: &mut App, vault: &str) -> Result<()> {
    probe()?;
    let key = app.add_keychain_slot()?;
    keep(vault, &key).or_else(|refused| app.remove_keychain_slot().and(Err(refused)))
}

/// Makes the keychain's key worthless, then has it forgotten.
///
/// # Errors
/// What the vault answers.
pub fn turn_off(app: &mut App, vault: &str) -> Result<()> {
    app.remove_keychain_slot()?;
    // What is left in a keychain that does not answer opens nothing any more.
    let _ = forget(vault);
    Ok(())
}

/// Whether the keychain takes, gives back and forgets a secret. A service may be there and locked: only trying tells.
///
/// # Errors
/// [`Code::Io`] where it does not.
fn probe() -> Result<()> {
    ask(|| {
        let trial = keyring::Entry::new(SERVICE, "trial")?;
        trial.set_secret(b"trial")?;
        let read = trial.get_secret();
        trial.delete_credential()?;
        read.map(|_| ())
    })
}

/// Keeps the key of the vault in this folder.
///
/// # Errors
/// [`Code::Io`] where the keychain refuses.
fn keep(vault: &str, key: &Key) -> Result<()> {
    let (vault, key) = (vault.to_owned(), key.clone());
    ask(move || keyring::Entry::new(SERVICE, &vault)?.set_secret(&key[..]))
}

/// The key of the vault in this folder.
///
/// # Errors
/// [`Code::Io`] where the keychain refuses, [`Code::NotFound`] where it holds no key of ours.
pub fn fetch(vault: &str) -> Result<Key> {
    let vault = vault.to_owned();
    let secret = ask(move || keyring::Entry::new(SERVICE, &vault)?.get_secret().map(Zeroizing::new))?;
    let bytes = <[u8; 32]>::try_from(secret.as_slice());
    bytes
        .map(Zeroizing::new)
        .map_err(|_| Error::new(Code::NotFound, "the keychain's entry is not a key of ours"))
}

/// Forgets the key. That there was none is as good.
///
/// # Errors
/// [`Code::Io`] where the keychain refuses; the key in it opens nothing once the vault's slot is gone.
fn forget(vault: &str) -> Result<()> {
    let vault = vault.to_owned();
    match ask(move || keyring::Entry::new(SERVICE, &vault)?.delete_credential()) {
        Err(error) if error.code == Code::NotFound => Ok(()),
        other => other,
    }
}

fn ask<T: Send + 'static>(question: impl FnOnce() -> keyring::Result<T> + Send + 'static) -> Result<T> {
    answer_within(PATIENCE, question)?.map_err(|error| match error {
        keyring::Error::NoEntry => Error::new(Code::NotFound, "the keychain holds no key of this vault"),
        // The error's own text may quote what was stored.
        _ => Error::new(Code::Io, "the system's keychain refused, or there is none: use the passphrase"),
    })
}

/// The answer of a thread that is left to itself when it takes too long.
fn answer_within<T: Send + 'static>(
    patience: Duration,
    question: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let (tell, told) = mpsc::channel();
    // Nobody listens any more where the answer comes too late.
    std::thread::spawn(move || tell.send(question()).ok());
    told.recv_timeout(patience)
        .map_err(|_| Error::new(Code::Io, "the system's keychain does not answer: use the passphrase"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn a_keychain_that_does_not_answer_holds_nobody() {
        let began = Instant::now();
        let answer = answer_within(Duration::from_millis(20), || std::thread::sleep(Duration::from_secs(5)));
        assert_eq!(answer.unwrap_err().code, Code::Io);
        assert!(began.elapsed() < Duration::from_secs(2));
    }

    #[test]
    fn an_answer_in_time_is_passed_on() {
        assert_eq!(answer_within(Duration::from_secs(5), || 7).unwrap(), 7);
    }
}
