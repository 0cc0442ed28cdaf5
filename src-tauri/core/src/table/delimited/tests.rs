use super::*;
use crate::table::encoding::decode;
use proptest::prelude::*;

#[derive(Default)]
struct Told {
    rows: Vec<(u32, Vec<String>)>,
    faults: Vec<(u32, Fault)>,
    unfinished: Option<u32>,
}

impl Visitor for Told {
    fn begin(&mut self, _: bool) {}
    fn is_header(&mut self, row: &Row) -> bool {
        row.cell(0) == "a" && row.cell(1) == "b"
    }
    fn row(&mut self, row: &Row, end: RowEnd) -> bool {
        self.rows.push((row.number, row.cells().map(String::from).collect()));
        if end != RowEnd::Whole {
            self.unfinished = Some(row.number);
        }
        true
    }
    fn fault(&mut self, number: u32, fault: Fault, begins: &str) {
        assert!(!begins.is_empty());
        self.faults.push((number, fault));
    }
}

fn told(text: &str) -> Told {
    let mut told = Told::default();
    let seen = read(&decode(text.as_bytes()).unwrap(), &mut told).unwrap();
    assert!(seen.found, "header not found");
    told
}

#[test]
fn rows_keep_the_line_they_start_on_with_mixed_line_ends_blank_lines_and_newlines_in_quotes() {
    let told = told("x\r\n\r\na,b\r\n1,2\r\n\r\n3,\"4\r\n5\"\r\n6,7\n8,9");
    let lines: Vec<_> = told.rows.iter().map(|(line, cells)| (*line, cells[0].as_str())).collect();
    assert_eq!(lines, [(4, "1"), (6, "3"), (8, "6"), (9, "8")]);
    assert_eq!(told.rows[1].1[1], "4\r\n5");
    assert_eq!(told.unfinished, Some(9));
}

#[test]
fn carriage_returns_alone_end_lines_too() {
    assert_eq!(told("x\ra,b\r1,2\r").rows, [(3, vec!["1".into(), "2".into()])]);
}

#[test]
fn any_of_four_delimiters_is_found_by_the_header() {
    for text in ["x,y\na,b\n1,2\n", "x,y\na\tb\n1\t2\n", "a;b\n1;2\n", "a|b\n1|2\n"] {
        assert_eq!(told(text).rows[0].1, ["1", "2"]);
    }
}

#[test]
fn tabs_outside_quotes_and_ragged_rows_are_kept_as_cells() {
    let told = told("a,b\n\"1\"\t,\"2\t\",\n3\n4,5,6,7\n");
    assert_eq!(told.rows[0].1, ["1\t", "2\t", ""]);
    assert_eq!(told.rows[1].1, ["3"]);
    assert_eq!(told.rows[2].1.len(), 4);
}

#[test]
fn an_unclosed_quote_costs_one_line_and_not_the_file() {
    let told = told("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
    let firsts: Vec<_> = told.rows.iter().map(|(_, cells)| cells[0].as_str()).collect();
    assert_eq!(firsts, ["1", "5", "7"]);
    assert_eq!(told.faults, [(3, Fault::TooLong)]);
}

#[test]
fn a_quote_open_at_the_very_end_means_that_the_file_was_cut() {
    let told = told("a,b\n1,2\n3,\"4");
    assert_eq!(told.faults, [(3, Fault::CutShort)]);
}

#[test]
fn a_line_of_many_megabytes_costs_one_line() {
    let long = "x".repeat(3 << 20);
    let told = told(&format!("a,b\n1,2\n{long}\n3,4\n"));
    assert_eq!(told.rows.len(), 2);
    assert_eq!(told.faults, [(3, Fault::TooLong)]);
}

#[test]
fn too_many_cells_are_a_fault_of_their_row() {
    let told = told(&format!("a,b\n{}\n1,2\n", ",".repeat(1000)));
    assert_eq!((told.rows.len(), told.faults.as_slice()), (1, [(2, Fault::TooLong)].as_slice()));
}

/// What the `csv` crate makes of the text below the header, each row by its cells.
fn by_the_crate(text: &str) -> Vec<Vec<String>> {
    let body = text.strip_prefix("a,b\n").unwrap();
    let read = reader(body.as_bytes(), b',').into_byte_records().map(Result::unwrap);
    read.map(|row| row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn rows_are_split_as_the_csv_crate_splits_them(body in "([a支]|,|\"|\"\"|\r|\n|\r\n|,\"a\"){0,24}") {
        let text = format!("a,b\n{body}");
        let told = told(&text);
        // A record without an end costs its line here, and all that follows there.
        if !told.faults.is_empty() {
            return Ok(());
        }
        let rows: Vec<Vec<String>> = told.rows.into_iter().map(|(_, cells)| cells).collect();
        prop_assert_eq!(rows, by_the_crate(&text));
    }
}
