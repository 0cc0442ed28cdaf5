//! Hands a `tel:` link to the system: the app's only outward act.
//!
//! The number comes from the core's directory, by provider and line; none crosses from the web view. It is checked
//! once more here, at the last gate, because links with other signs than digits have wiped telephones.

use recourse::{Code, Error, Result};
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};

/// Whether the system has a program that takes `tel:` links. Where it has none, a QR code is the way.
pub fn can_dial() -> bool {
    #[cfg(target_os = "linux")]
    {
        // Asked first, because `xdg-open` without a handler tries the web browsers before it gives up.
        let asked = Command::new("xdg-mime")
            .args(["query", "default", "x-scheme-handler/tel"])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output();
        asked.is_ok_and(|answer| answer.status.success() && !answer.stdout.trim_ascii().is_empty())
    }
    // macOS and Windows bring a handler, or ask the user for one.
    #[cfg(not(target_os = "linux"))]
    true
}

/// Hands this link over and answers whether the system took it.
///
/// # Errors
/// [`Code::Internal`] where the link is not `tel:` and digits: the directory's own tests should have caught it.
pub fn dial(tel: &str) -> Result<bool> {
    if !is_plain(tel) {
        return Err(Error::new(
            Code::Internal,
            "the directory holds a number that is not digits only: not dialled",
        ));
    }
    Ok(can_dial() && hand_over(tel))
}

/// `tel:`, perhaps `+86`, then three to fifteen digits; nothing that a telephone could take for a command.
fn is_plain(tel: &str) -> bool {
    let Some(number) = tel.strip_prefix("tel:") else { return false };
    let digits = number.strip_prefix("+86").unwrap_or(number);
    (3..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(target_os = "linux")]
fn hand_over(tel: &str) -> bool {
    let started = Command::new("xdg-open")
        .arg(tel)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut handler) = started else { return false };
    // It may stay open as long as the call; someone must collect it in the end.
    std::thread::spawn(move || handler.wait());
    true
}

#[cfg(not(target_os = "linux"))]
fn hand_over(tel: &str) -> bool {
    open::that_detached(tel).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_plain() {
        for tel in ["tel:95188", "tel:110", "tel:4008205555", "tel:+864008205555"] {
            assert!(is_plain(tel), "{tel}");
        }
    }

    #[test]
    fn anything_a_telephone_could_obey_is_not() {
        for tel in [
            "95188",
            "tel:",
            "tel:95",
            "tel:*2767*3855#",
            "tel:95188,1",
            "tel:95188;ext=1",
            "tel:95188%23",
            "tel:９５１８８",
            "tel:+1800",
            "tel:++8695188",
            "tel:95188 ",
            "TEL:95188",
            "http://95188",
            "tel://95188",
            "tel:1234567890123456",
        ] {
            assert!(!is_plain(tel), "{tel}");
            assert_eq!(dial(tel).unwrap_err().code, Code::Internal, "{tel}");
        }
    }
}
