//! Any text as OFX: behind the header of SGML, or as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::statements::{Options, read};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { statement: Some("ofx".into()), ..Options::default() };
    let _ = read(&[b"OFXHEADER:100\n".as_slice(), bytes].concat(), &options);
});
