//! How long 10,000 number checks take after start, over the golden table: `measure-checks`.

use recourse::directory::Directory;
use recourse_tests::tables;
use std::time::Instant;

fn main() {
    let begun = Instant::now();
    let directory = Directory::load();
    let texts: Vec<String> =
        tables::read("directory/numbers.tsv", 4).into_iter().map(|mut row| row.swap_remove(0)).collect();
    // The first check reads what is read once.
    let first = directory.check_number(&texts[0]).number.len();
    println!("start: {:?}", begun.elapsed());
    for (name, texts) in [
        ("numbers alone", texts.iter().filter(|text| text.len() < 24).collect::<Vec<_>>()),
        ("the whole table", texts.iter().collect()),
    ] {
        let begun = Instant::now();
        let mut said = first;
        for text in texts.iter().cycle().take(10_000) {
            said += directory.check_number(text).explanation.zh.len();
        }
        println!("10,000 checks, {name}: {:?} ({said} bytes said)", begun.elapsed());
    }
}
