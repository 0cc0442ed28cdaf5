//! Rows a CPU second and peak memory of an import, beside a plain `sqlite3 .import` of the same file in the
//! same run. `measure RECOURSE [ROWS …]` prints the table of docs/benchmarks.md.

use recourse_tests::generate;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use wait4::Wait4 as _;

/// What a program used, its waited-for children included.
struct Used {
    cpu: Duration,
    /// Bytes, of the largest process.
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
    Kind { name: "WeChat XLSX", ending: "xlsx", write: generate::wechat_xlsx, encoding: None },
];

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let recourse = PathBuf::from(arguments.next().expect("measure RECOURSE [ROWS …]"));
    let mut sizes: Vec<usize> = arguments.map(|rows| rows.parse().expect("a number of rows")).collect();
    if sizes.is_empty() {
        sizes = vec![100_000, 1_000_000];
    }
    println!("| file | rows | MB | CPU s | rows / CPU s | peak MB | sqlite3 CPU s | ratio |");
    println!("|---|---|---|---|---|---|---|---|");
    for kind in KINDS {
        for &rows in &sizes {
            // An .xlsx of a wallet never holds more than a year.
            if kind.encoding.is_none() && rows > 200_000 {
                continue;
            }
            line(kind, rows, &recourse)?;
        }
    }
    Ok(())
}

fn line(kind: &Kind, rows: usize, recourse: &Path) -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(format!("bill.{}", kind.ending));
    let bytes = (kind.write)(rows, 7);
    std::fs::write(&file, &bytes)?;
    let vault = folder.path().join("vault");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(recourse);
        command.args(["--json", "--vault"]).arg(&vault).args(arguments);
        command.env("RECOURSE_PASSPHRASE", "measure").env("RECOURSE_KDF", "low");
        used(command)
    };
    run(&["vault", "create"])?;
    let import = run(&["import", &file.display().to_string()])?;
    let plain = kind.encoding.and_then(|encoding| plain_import(folder.path(), &file, encoding));
    let cpu = import.cpu.as_secs_f64();
    let beside = plain.map_or("– | –".to_owned(), |plain| {
        let plain = plain.cpu.as_secs_f64();
        format!("{plain:.2} | {:.1}", cpu / plain)
    });
    println!(
        "| {} | {rows} | {:.1} | {cpu:.2} | {:.0} | {} | {beside} |",
        kind.name,
        bytes.len() as f64 / 1e6,
        rows as f64 / cpu,
        import.peak >> 20,
    );
    Ok(())
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
    let result = child.wait4()?;
    if !result.status.success() {
        return Err(std::io::Error::other(format!("it ended with {}", result.status)));
    }
    let usage = result.rusage;
    Ok(Used { cpu: usage.utime + usage.stime, peak: usage.maxrss })
}
