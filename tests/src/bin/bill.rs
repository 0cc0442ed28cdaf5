//! An invented Alipay statement of any length on standard output: `bill ROWS [SEED] > bill.csv`.

use recourse_tests::generate;
use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let mut number = |otherwise| match numbers.next() {
        Some(number) => number.map_err(|_| std::io::Error::other("bill ROWS [SEED]")),
        None => Ok(otherwise),
    };
    let (rows, seed) = (number(1_000)?, number(7)?);
    let rows = usize::try_from(rows).map_err(std::io::Error::other)?;
    std::io::stdout().lock().write_all(&generate::alipay_csv(rows, seed))
}
