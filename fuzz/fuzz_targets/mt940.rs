//! Any text as MT940, behind the tags that begin a message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::statements::{Options, read};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { statement: Some("mt940".into()), ..Options::default() };
    let head = b":20:A\n:25:B\n:28C:1\n:60F:C240101EUR0,00\n:61:";
    let _ = read(&[head.as_slice(), bytes].concat(), &options);
});
