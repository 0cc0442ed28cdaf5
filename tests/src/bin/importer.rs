//! The child of the kill test: imports files of invented rows into a vault until it is killed.
//!
//! `importer FOLDER FIRST ROWS` stores file FIRST, FIRST + 1, … of ROWS rows each, and says on its standard
//! output when the first progress of a file was heard and when a file is stored.

use recourse::vault::{Placement, Secret, Vault};
use recourse_tests::rows::{draft, import, moment};
use std::io::Write;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, first, rows] = arguments.as_slice() else { panic!("importer FOLDER FIRST ROWS") };
    let (first, rows): (u32, u32) = (first.parse().expect("a number"), rows.parse().expect("a number"));
    let mut vault =
        Vault::unlock(Path::new(folder), Secret::Passphrase("correct horse"), moment(0)).expect("it opens");
    for file in first.. {
        let name = format!("file-{file}");
        let drafts: Vec<_> = (file * rows..(file + 1) * rows).map(draft).collect();
        let say = |word: &str| {
            let mut out = std::io::stdout();
            writeln!(out, "{word} {file}").and_then(|()| out.flush()).expect("the parent listens");
        };
        say("begun");
        vault
            .execute(vec![import(&name, &drafts, |_| Placement::New)], moment(0), &mut |_| true)
            .expect("it is stored");
        say("stored");
    }
}
