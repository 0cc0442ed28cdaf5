//! Writes simulated ledgers to standard output:
//! `ledgers handbook|mobile-money|years|wallet|wallet-notes|purse|purse-notes|pouch|pouch-notes USERS SEED`.

use std::io::Write as _;

use recourse_tests::generate::{ledgers, pouch, purse, wallet};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, users, seed] = arguments.as_slice() else {
        return Err(std::io::Error::other(
            "ledgers handbook|mobile-money|years|wallet|wallet-notes|purse|purse-notes|pouch|pouch-notes USERS SEED",
        ));
    };
    let number = |text: &String| text.parse::<u64>().map_err(std::io::Error::other);
    let (users, seed) = (usize::try_from(number(users)?).map_err(std::io::Error::other)?, number(seed)?);
    if let Some(what) = what.strip_prefix("wallet") {
        let few = u32::try_from(users).map_err(std::io::Error::other)?;
        let (rows, notes) = wallet::csv(&wallet::ledgers(seed, few));
        return write!(std::io::stdout().lock(), "{}", if what.is_empty() { rows } else { notes });
    }
    if let Some(what) = what.strip_prefix("purse") {
        let (rows, notes) = purse::csv(seed, u32::try_from(users).map_err(std::io::Error::other)?);
        return write!(std::io::stdout().lock(), "{}", if what.is_empty() { rows } else { notes });
    }
    if let Some(what) = what.strip_prefix("pouch") {
        let (rows, notes) = pouch::csv(seed, u32::try_from(users).map_err(std::io::Error::other)?);
        return write!(std::io::stdout().lock(), "{}", if what.is_empty() { rows } else { notes });
    }
    let mut rows = match what.as_str() {
        "handbook" => ledgers::handbook(users, seed),
        "mobile-money" => ledgers::mobile_money(users, seed),
        "years" => ledgers::years(users, seed),
        _ => return Err(std::io::Error::other("no such simulation")),
    };
    ledgers::write(&mut rows, &mut std::io::stdout().lock())
}
