//! Hands a `tel:` link of the directory to the system: the only outward act of the app.

use crate::error::{Code, Error, Result};
use std::process::{Command, Stdio};

/// Whether the system has a program for `tel:` links. On Linux `xdg-open` without one tries web browsers,
/// so it is asked first; elsewhere the system itself answers the user.
pub fn has_dialler() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let asked = Command::new("xdg-mime").args(["query", "default", "x-scheme-handler/tel"]).output();
    asked.is_ok_and(|answer| answer.status.success() && !answer.stdout.trim_ascii().is_empty())
}

/// Hands over a link made by [`crate::directory::Directory::tel`]. Anything but `tel:`, at most one plus
/// and 3 to 15 digits is refused, whoever asks.
pub fn hand_over(tel: &str) -> Result<()> {
    if !is_plain(tel) {
        return Err(Error::new(Code::Internal, "only plain digits of the directory are dialled"));
    }
    if !has_dialler() {
        let sentence =
            "this system has no program for telephone links: scan the QR code with a phone, or dial by hand";
        return Err(Error::new(Code::NotFound, sentence));
    }
    let mut opener = match std::env::consts::OS {
        "windows" => Command::new("explorer.exe"),
        "macos" => Command::new("open"),
        _ => Command::new("xdg-open"),
    };
    let started = opener.arg(tel).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = started.map_err(|_| Error::new(Code::Io, "the system's opener could not be started"))?;
    // Waited for apart, so that no zombie is left and no caller waits.
    std::thread::spawn(move || child.wait());
    Ok(())
}

fn is_plain(tel: &str) -> bool {
    let Some(number) = tel.strip_prefix("tel:") else { return false };
    let digits = number.strip_prefix('+').unwrap_or(number);
    (3..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_digits_pass() {
        assert!(is_plain("tel:95188") && is_plain("tel:+862195555"));
        for link in [
            "95188",
            "tel:",
            "tel:*2767*3855#",
            "tel:95188,,1",
            "tel:95188;ext=1",
            "tel:９５１８８",
            "http://x",
        ] {
            assert!(!is_plain(link), "{link}");
        }
    }
}
