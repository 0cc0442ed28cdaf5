//! Any bytes as one table: encoding, dialect, header, rows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recourse::table::{self, Fault, Row, RowEnd, Visitor};

/// Takes the third row for the header, so that rows are read below it.
#[derive(Default)]
struct Anything {
    seen: u32,
}

impl Visitor for Anything {
    fn begin(&mut self, _: bool) {
        self.seen = 0;
    }

    fn is_header(&mut self, _: &Row) -> bool {
        self.seen += 1;
        self.seen == 3
    }

    fn row(&mut self, row: &Row, _: RowEnd) -> bool {
        (0..row.len()).for_each(|place| drop(row.cell(place).to_owned()));
        true
    }

    fn fault(&mut self, _: u32, _: Fault, _: &str) {}
}

fuzz_target!(|bytes: &[u8]| {
    quietly();
    let _ = table::read(bytes, &mut Anything::default());
});

/// A panic that is caught (old workbooks) is no finding; one that is not ends the process all the same.
fn quietly() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| ())));
}
