//! Any bytes behind the mark of a ZIP, of a gzip, or as a mail.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::table::nested;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let head: &[u8] = match kind % 4 {
        0 => b"PK\x03\x04",
        1 => b"\x1f\x8b\x08",
        2 => b"From: a@b\r\nTo: b@c\r\nSubject: x\r\n",
        _ => b"",
    };
    let _ = nested::unpack(&[head, rest].concat(), Some("123456"));
});
