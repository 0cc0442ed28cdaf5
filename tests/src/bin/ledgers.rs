//! Writes simulated ledgers: `ledgers handbook|mobile-money USERS SEED > FILE.csv`.

use recourse_tests::generate::ledgers;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, users, seed] = arguments.as_slice() else {
        return Err(std::io::Error::other("ledgers handbook|mobile-money USERS SEED"));
    };
    let number = |text: &String| text.parse::<u64>().map_err(std::io::Error::other);
    let (users, seed) = (usize::try_from(number(users)?).map_err(std::io::Error::other)?, number(seed)?);
    let mut rows = match what.as_str() {
        "handbook" => ledgers::handbook(users, seed),
        "mobile-money" => ledgers::mobile_money(users, seed),
        _ => return Err(std::io::Error::other("no such simulation")),
    };
    ledgers::write(&mut rows, &mut std::io::stdout().lock())
}
