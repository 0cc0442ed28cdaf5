//! What reading a bill and importing it costs, beside a plain `sqlite3 .import` of the same file in the same run.
//! `measure RECOURSE READER [ROWS …]` prints the table of docs/benchmarks.md.

use chrono::{DateTime, FixedOffset};
use recourse::detect::{self, Evidence};
use recourse::ledger::link;
use recourse::vault::{Secret, Vault};
use recourse_tests::generate;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use wait4::Wait4 as _;

const PASSPHRASE: &str = "measure";

/// What a program used, its waited-for children included.
struct Used {
    /// User and system time.
    cpu: Duration,
    /// Bytes in memory at once, of the program and its children together, looked at every two milliseconds.
    peak: u64,
}

/// A kind of file, and how the generator writes it.
struct Kind {
    name: &'static str,
    ending: &'static str,
    write: fn(usize, u64) -> Vec<u8>,
    /// The encoding `iconv` reads it in; `None` where it is no text.
    encoding: Option<&'static str>,
}

const KINDS: &[Kind] = &[
    Kind {
        name: "Alipay CSV, 4 % refunds",
        ending: "csv",
        write: generate::alipay_csv,
        encoding: Some("GB18030"),
    },
    Kind { name: "WeChat CSV", ending: "csv", write: generate::wechat_csv, encoding: Some("UTF-8") },
    Kind { name: "JD CSV", ending: "csv", write: generate::jd_csv, encoding: Some("UTF-8") },
    Kind { name: "WeChat XLSX", ending: "xlsx", write: generate::wechat_xlsx, encoding: None },
];

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut program = || PathBuf::from(arguments.next().expect("measure RECOURSE READER [ROWS …]"));
    let (recourse, reader) = (program(), program());
    let mut sizes: Vec<usize> = arguments.map(|rows| rows.parse().expect("a number of rows")).collect();
    if sizes.is_empty() {
        sizes = vec![100_000, 1_000_000];
    }
    println!(
        "| file | rows | MB | reading CPU s | import CPU s | links and flags CPU s | rows / CPU s | peak MB | sqlite3 CPU s | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for kind in KINDS {
        for &rows in &sizes {
            line(kind, rows, &recourse, &reader)?;
        }
    }
    Ok(())
}

fn line(kind: &Kind, rows: usize, recourse: &Path, reader: &Path) -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(format!("bill.{}", kind.ending));
    let bytes = (kind.write)(rows, 7);
    std::fs::write(&file, &bytes)?;
    let megabytes = bytes.len() as f64 / 1e6;
    drop(bytes);
    let vault = folder.path().join("vault");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(recourse);
        command.args(["--json", "--vault"]).arg(&vault).args(arguments);
        command.env("RECOURSE_PASSPHRASE", PASSPHRASE).env("RECOURSE_KDF", "low");
        used(command)
    };
    let mut reading = Command::new(reader);
    reading.arg(&file);
    let reading = used(reading)?.cpu.as_secs_f64();
    run(&["vault", "create"])?;
    let import = run(&["import", &file.display().to_string()])?;
    let looking = looking(&vault).as_secs_f64();
    let plain = kind.encoding.and_then(|encoding| plain_import(folder.path(), &file, encoding));
    let cpu = import.cpu.as_secs_f64();
    let beside = plain.map_or("– | –".to_owned(), |plain| {
        let plain = plain.cpu.as_secs_f64();
        format!("{plain:.2} | {:.1}", cpu / plain)
    });
    println!(
        "| {} | {rows} | {megabytes:.1} | {reading:.2} | {cpu:.2} | {looking:.2} | {:.0} | {} | {beside} |",
        kind.name,
        rows as f64 / cpu,
        import.peak >> 20,
    );
    Ok(())
}

/// Linking refunds and looking for flags, done on what was stored.
fn looking(vault: &Path) -> Duration {
    let now = DateTime::<FixedOffset>::parse_from_rfc3339("2026-03-01T12:00:00+08:00").expect("a moment");
    let vault = Vault::unlock(vault, Secret::Passphrase(PASSPHRASE), now).expect("it was just written");
    let mut transactions = vault.transactions().expect("they were just written");
    let before = on_cpu();
    link::link(&mut transactions, &link::Cards::default());
    detect::run(&Evidence { transactions: &transactions, rulings: &[], now });
    on_cpu() - before
}

/// The processor's time of this thread.
fn on_cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|field| field.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// The same text into an unencrypted table of text columns, with nothing understood.
fn plain_import(folder: &Path, file: &Path, encoding: &str) -> Option<Used> {
    let script = format!(
        "iconv -c -f {encoding} -t UTF-8 '{}' > '{dir}/plain.csv' && \
         sqlite3 '{dir}/plain.db' '.mode csv' '.import {dir}/plain.csv t' 2>/dev/null",
        file.display(),
        dir = folder.display()
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]);
    used(command).ok()
}

fn used(mut command: Command) -> std::io::Result<Used> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let (ended, watching) = std::sync::mpsc::channel::<()>();
    let id = child.id();
    let watch = std::thread::spawn(move || {
        let mut peak = 0;
        while watching.recv_timeout(Duration::from_millis(2)).is_err_and(|e| e == WAITED) {
            peak = peak.max(resident(id));
        }
        peak
    });
    let result = child.wait4()?;
    drop(ended);
    let peak = watch.join().unwrap_or(0);
    if !result.status.success() {
        return Err(std::io::Error::other(format!("it ended with {}", result.status)));
    }
    let usage = result.rusage;
    // The system's own account of the peak begins with what this program held when it started the other.
    Ok(Used { cpu: usage.utime + usage.stime, peak })
}

const WAITED: std::sync::mpsc::RecvTimeoutError = std::sync::mpsc::RecvTimeoutError::Timeout;

/// Bytes in memory of a process and its children.
fn resident(id: u32) -> u64 {
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok()).map(resident);
    let own = std::fs::read_to_string(format!("/proc/{id}/statm")).unwrap_or_default();
    let pages: u64 = own.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096 + children.sum::<u64>()
}
