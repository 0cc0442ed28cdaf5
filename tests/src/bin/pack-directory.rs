//! Builds a directory pack of what lies in `assets` and signs it with a developer's key, which it makes where
//! there is none. `pack-directory KEY_FILE OUT_FILE`

use anyhow::{Context as _, bail};
use minisign::{KeyPair, PublicKey, SecretKey};
use recourse::directory::{Directory, pack};
use std::path::{Path, PathBuf};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(key_file), Some(out)) = (args.next(), args.next()) else {
        bail!("usage: pack-directory KEY_FILE OUT_FILE");
    };
    let directory = Directory::load();
    let wrong = directory.audit();
    if !wrong.is_empty() {
        bail!("the directory breaks its own rules:\n{}", wrong.join("\n"));
    }
    let pair = key(&key_file)?;
    let edition = directory.edition();
    let content = pack::shipped(edition.version, edition.issued).bytes();
    let comment = format!("directory {} of {}", edition.version, edition.issued);
    let signature = minisign::sign(Some(&pair.pk), &pair.sk, content.as_slice(), Some(&comment), None)
        .context("the pack could not be signed")?;
    let file = pack::packed(&signature.into_string(), &content);
    // Read back as the app will read it: a pack that its own key does not open is not written.
    pack::read(&file, &pair.pk.to_base64(), edition.version - 1)
        .map_err(|refusal| anyhow::anyhow!("the new pack is refused: {}", refusal.words().en))?;
    std::fs::write(&out, &file).with_context(|| format!("{} could not be written", out.display()))?;
    println!(
        "{}: edition {}, {} providers, {} bytes",
        out.display(),
        edition.version,
        edition.providers,
        file.len()
    );
    if pair.pk.to_base64() == pack::public_key() {
        println!("Signed with the key this source tree compiles in: every app built from it opens the pack.");
    } else {
        println!("Signed with your own key. Only an app built with its public half opens the pack:");
        println!("    RECOURSE_DIRECTORY_KEY={} make run", pair.pk.to_base64());
        println!("To make it the project's key, put that line into assets/keys/directory.pub.");
    }
    Ok(())
}

/// The developer's key, made where there is none: readable by its owner alone, and never part of the tree.
fn key(file: &Path) -> anyhow::Result<KeyPair> {
    if file.exists() {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        // Two hexadecimal digits a byte: the crate reads no box of a key without a password again.
        let sk = SecretKey::from_bytes(&bytes_of(&text).context("the key file holds no key")?)?;
        let pk = PublicKey::from_secret_key(&sk)?;
        return Ok(KeyPair { pk, sk });
    }
    let pair = KeyPair::generate_unencrypted_keypair()?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text: String = pair.sk.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    std::io::Write::write_all(&mut options.open(file)?, text.as_bytes())?;
    println!("Made a developer key: {} (keep it, and keep it secret)", file.display());
    Ok(pair)
}

/// The bytes of hexadecimal digits.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_made_is_read_again_and_anything_else_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys/directory.key");
        let made = key(&file).unwrap();
        assert_eq!(key(&file).unwrap().pk.to_base64(), made.pk.to_base64());
        std::fs::write(&file, "untrusted comment: no key").unwrap();
        assert!(key(&file).is_err());
    }
}
