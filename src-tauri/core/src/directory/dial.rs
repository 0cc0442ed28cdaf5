//! The only way from the directory to a `tel:` link or its QR code: digits, and nothing else.

use super::load::Directory;
use crate::error::{Code, Error, Result};
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write as _;

/// Light modules around the code, as the standard asks.
const QUIET_ZONE: usize = 4;

/// A QR code of a `tel:` link, as the outline of its dark modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Width and height in modules, quiet zone included.
    pub size: usize,
    /// SVG path data over a `size` × `size` field.
    pub path: String,
}

impl Qr {
    fn of(payload: &str) -> Result<Self> {
        let code = QRBuilder::new(payload)
            .ecl(ECL::Q)
            .build()
            .map_err(|_| Error::new(Code::Internal, "the number does not fit into a QR code"))?;
        let mut path = String::new();
        for row in 0..code.size {
            let modules = &code[row];
            let mut column = 0;
            while column < code.size {
                let dark = (column..code.size).take_while(|at| modules[*at].value()).count();
                if dark > 0 {
                    let (x, y) = (column + QUIET_ZONE, row + QUIET_ZONE);
                    write!(path, "M{x} {y}h{dark}v1h-{dark}z").expect("writing to a String cannot fail");
                }
                column += dark + 1;
            }
        }
        Ok(Self { size: code.size + 2 * QUIET_ZONE, path })
    }

    /// `size|path`, as the window draws it.
    pub fn wire(&self) -> String {
        format!("{}|{}", self.size, self.path)
    }

    /// A whole SVG file: black on white whatever the theme.
    pub fn svg(&self) -> String {
        let Self { size, path } = self;
        let pixels = size * 8;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" \
             viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>\n"
        )
    }
}

impl Directory {
    /// `tel:` and the digits of a line of the directory; no other number can be dialled.
    ///
    /// # Errors
    /// `NotFound` where the directory has no such line.
    pub fn tel(&self, provider: &str, line: &str) -> Result<String> {
        let hotline = self.line(provider, line).ok_or_else(|| {
            Error::new(Code::NotFound, format!("the directory has no line '{line}' of '{provider}'"))
        })?;
        Ok(format!("tel:{}", dialable(&hotline.number)?))
    }

    /// The digits of a number as it would be dialled.
    ///
    /// # Errors
    /// `Unreadable` where it holds anything but digits, spaces, hyphens and brackets.
    pub fn dialable(printed: &str) -> Result<String> {
        dialable(printed)
    }

    /// The QR code of [`Directory::tel`], to be scanned with a phone.
    ///
    /// # Errors
    /// As [`Directory::tel`].
    pub fn qr(&self, provider: &str, line: &str) -> Result<Qr> {
        Qr::of(&self.tel(provider, line)?)
    }
}

/// The digits of a printed number, with `+` where it has one.
///
/// # Errors
/// `Unreadable` where anything but digits, spaces, hyphens and brackets is left, so that no command
/// code (`*#06#`), pause or parameter can ever be dialled.
pub(super) fn dialable(printed: &str) -> Result<String> {
    let digits: String = printed.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let (plus, national) = match digits.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, digits.as_str()),
    };
    let plain = (3..=15).contains(&national.len()) && national.bytes().all(|b| b.is_ascii_digit());
    if plain && !(plus && national.starts_with('0')) {
        Ok(digits)
    } else {
        Err(Error::new(Code::Unreadable, format!("directory: '{printed}' is not a number to dial")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_number_becomes_its_digits() {
        assert_eq!(dialable("400-820-5555").unwrap(), "4008205555");
        assert_eq!(dialable("+86-28-95533").unwrap(), "+862895533");
        assert_eq!(dialable("(852) 800-908-988").unwrap(), "852800908988");
    }

    #[test]
    fn a_code_is_as_wide_as_it_says_and_has_a_quiet_zone() {
        let qr = Qr::of("tel:95188").unwrap();
        // Version 1 (21 modules) and four light ones on each side.
        assert_eq!(qr.size, 29);
        // The finder pattern's first row: seven dark modules at the corner of the quiet zone.
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
        assert!(qr.svg().contains("viewBox=\"0 0 29 29\""));
        assert_eq!(qr.wire(), format!("29|{}", qr.path));
    }
}
