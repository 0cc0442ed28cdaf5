//! Any text as a pasted message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::ledger::Moment;

fuzz_target!(|text: &str| {
    let now = Moment::parse_from_rfc3339("2026-11-22T10:00:00+08:00").expect("a moment as RFC 3339 has it");
    let _ = recourse::ledger::message::read(text, now);
});
