//! `score`: every row of many ledgers with how much it is worth a look. For benchmarks; no vault.

mod row;

use anyhow::Context as _;
use recourse::detect::{self, RowScore, Sensitivity, score_at, score_in_the_end};
use recourse::ledger::Transaction;
use recourse::{Code, Error};
use row::Columns;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Read};
use std::path::Path;

/// What the user told the app: that something was cancelled.
struct Told {
    time: recourse::ledger::Moment,
    payee: String,
    item: String,
}

/// The words that a note of a cancelling is kept under, as a user would write them.
const CANCELLED: &str = "已取消自动续费";

/// Writes `user,tx_id,score,kinds` for every row, in the order of the file; the kinds are those `shown`. Absences
/// count as they stand when the row comes, or `in_the_end`.
pub fn score(
    ledgers: &Path,
    notes: Option<&Path>,
    shown: Sensitivity,
    in_the_end: bool,
) -> anyhow::Result<()> {
    let mut told = match notes {
        Some(notes) => read_notes(notes).map_err(|why| unreadable(notes, &why))?,
        None => HashMap::new(),
    };
    let (columns, records) = read(ledgers).map_err(|why| unreadable(ledgers, &why))?;
    let mut users: HashMap<&str, usize> = HashMap::new();
    let mut rows_of: Vec<(&str, Vec<usize>)> = Vec::new();
    for (place, record) in records.iter().enumerate() {
        let user = columns.user(record);
        let number = *users.entry(user).or_insert_with(|| {
            rows_of.push((user, Vec::new()));
            rows_of.len() - 1
        });
        rows_of[number].1.push(place);
    }
    let mut scores = vec![RowScore::default(); records.len()];
    for (user, places) in &rows_of {
        let mut transactions = Vec::with_capacity(places.len());
        let mut details = Vec::with_capacity(places.len());
        for &place in places {
            let read = columns.read(&records[place], place).with_context(|| format!("row {}", place + 2));
            let (transaction, detail) = read.map_err(|why| unreadable(ledgers, &why))?;
            transactions.push(transaction);
            details.push(detail);
        }
        for told in told.remove(*user).unwrap_or_default() {
            write_down(&mut transactions, &told);
        }
        let score = if in_the_end { score_in_the_end } else { score_at };
        let scored = score(&transactions, &details, shown);
        for (&place, score) in places.iter().zip(scored) {
            scores[place] = score;
        }
    }
    let mut out = csv::Writer::from_writer(BufWriter::new(io::stdout().lock()));
    out.write_record(["user", "tx_id", "score", "kinds"])?;
    for (record, score) in records.iter().zip(&scores) {
        let kinds: Vec<&str> = score.kinds.iter().map(|kind| kind.name()).collect();
        let number = format!("{:.9}", score.score);
        out.write_record([columns.user(record), columns.tx_id(record), &number, &kinds.join("|")])?;
    }
    out.flush()?;
    Ok(())
}

fn unreadable(file: &Path, why: &anyhow::Error) -> Error {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    Error::new(Code::Unreadable, format!("{name}: {why:#}"))
}

/// The file's rows; `.gz` by what it holds, not by its name.
fn read(file: &Path) -> anyhow::Result<(Columns, Vec<csv::StringRecord>)> {
    let mut reader = reader(file)?;
    let columns = Columns::find(reader.headers()?)?;
    let records = reader.into_records().collect::<Result<Vec<_>, _>>()?;
    Ok((columns, records))
}

fn reader(file: &Path) -> anyhow::Result<csv::Reader<Box<dyn Read>>> {
    let mut bytes = Vec::new();
    File::open(file)?.read_to_end(&mut bytes)?;
    let packed = bytes.starts_with(&[0x1f, 0x8b]);
    let bytes = io::Cursor::new(bytes);
    let plain: Box<dyn Read> =
        if packed { Box::new(flate2::read::MultiGzDecoder::new(bytes)) } else { Box::new(bytes) };
    Ok(csv::ReaderBuilder::new().flexible(true).from_reader(plain))
}

/// What each user told, in time order.
fn read_notes(file: &Path) -> anyhow::Result<HashMap<String, Vec<Told>>> {
    let mut reader = reader(file)?;
    let header = reader.headers()?.clone();
    let place = |name: &str| {
        header
            .iter()
            .position(|cell| cell.trim() == name)
            .with_context(|| format!("the column {name} is missing"))
    };
    let (user, time, payee, item, what) =
        (place("user")?, place("time")?, place("payee")?, place("item")?, place("what")?);
    let mut told: HashMap<String, Vec<Told>> = HashMap::new();
    for (number, record) in reader.records().enumerate() {
        let record = record?;
        let cell = |place: usize| record.get(place).unwrap_or_default().trim();
        anyhow::ensure!(cell(what) == "cancelled", "row {}: what is told is `cancelled`", number + 2);
        let time = row::moment(cell(time)).with_context(|| format!("row {}: no time", number + 2))?;
        let (payee, item) = (cell(payee).to_owned(), cell(item).to_owned());
        told.entry(cell(user).to_owned()).or_default().push(Told { time, payee, item });
    }
    Ok(told)
}

/// The note stands on the last payment to this payee (for this item, where one is named) up to then; an item that names
/// what is subscribed is the same thing at whatever payee: a shop may charge under its company's name.
fn write_down(transactions: &mut [Transaction], told: &Told) {
    let specific = detect::product(&told.item).is_some();
    let of_payee = |row: &&mut Transaction| {
        row.at <= told.time && (row.counterparty == told.payee || specific && row.item == told.item)
    };
    let mut rows: Vec<&mut Transaction> = transactions.iter_mut().filter(of_payee).collect();
    let last = rows.iter().map(|row| (row.item == told.item, row.at)).max();
    let latest = |row: &&mut Transaction| Some((row.item == told.item, row.at)) == last;
    if let Some(place) = rows.iter().rposition(latest) {
        CANCELLED.clone_into(&mut rows[place].note);
    }
}
