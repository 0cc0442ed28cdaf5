//! Any bytes as any statement, in any container.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::statements::{Options, read};

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes, &Options { code: Some("123456".into()), ..Options::default() });
});
