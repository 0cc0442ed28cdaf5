//! Any bytes as any statement, in any container.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::statements::{Options, read};

fuzz_target!(|bytes: &[u8]| {
    quietly();
    let _ = read(bytes, &Options { code: Some("123456".into()), ..Options::default() });
});

/// A panic that is caught (old workbooks) is no finding; one that is not ends the process all the same.
fn quietly() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| ())));
}
