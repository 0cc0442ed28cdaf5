//! Any bytes as the parts of a workbook: the sheet, its texts and its styles.
//!
//! The reader of workbooks is only ever run in the worker, which survives what is found here; what is looked
//! for is time, memory and a panic that the checks before it should have refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::statements::{Options, read};

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes, &Options { statement: Some("wechat-bill".into()), ..Options::default() });
});
