//! Reads untrusted bytes in a limited child process; rows out, or a reason.
//!
//! The child is this very program, started with the single argument `--worker`. The parent reads the file
//! and pipes the bytes in, so the child needs no file; the child takes limits upon itself ([`limited`]) and
//! answers with frames of rows. Whatever a hostile file does to the child, the parent has a sentence.

mod child;
mod frame;
mod look;

pub use child::serve_if_asked;
pub use look::preview;

use crate::statements::packed::{PackedStatement, Rows};
use crate::statements::{Options, Parsed};
use crate::text::Text;
use crate::{Code, Error, Result};
use frame::{Frame, Order};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use crate::table::limits::FILE_BYTES;

/// The argument that makes the program a worker.
const ARGUMENT: &str = "--worker";
/// How often the caller may cancel while nothing arrives.
const BEAT: Duration = Duration::from_millis(50);

/// What was read from one file.
#[derive(Debug, Clone)]
pub struct Read {
    /// Of the file as it lies on the disk, lower-case hex.
    pub sha256: String,
    /// Its bytes.
    pub size: u64,
    /// The statements in it: one, or those of an archive.
    pub statements: Vec<PackedStatement>,
    /// The files of an archive that are no statements, with the reason.
    pub passed_over: Vec<(String, Error)>,
}

/// What the frames of a file brought.
#[derive(Default)]
struct Gathered {
    statements: Vec<PackedStatement>,
    passed_over: Vec<(String, Error)>,
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a file in a child process. `executable` is a program that calls [`serve_if_asked`] first, usually
/// the running one. `progress` is told the rows read so far, at least every 50 ms, and cancels by `false`.
///
/// # Errors
/// `Io` where the file cannot be opened, `TooLarge`, `Cancelled`, what [`crate::statements::read`] says, and
/// `Unreadable` where the file took the child down.
pub fn read(
    executable: &Path,
    file: &Path,
    options: &Options,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Read> {
    let (mut bytes, size) = open(file)?;
    let (Gathered { statements, passed_over }, sha256) =
        through(executable, &mut bytes, size, options, Limits::of_size(size), progress)?;
    Ok(Read { sha256, size, statements, passed_over })
}

/// Reads bytes in a child process and unpacks what was read; see [`read`].
///
/// # Errors
/// See [`read`].
pub fn read_bytes(
    executable: &Path,
    bytes: &[u8],
    options: &Options,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Vec<Parsed>> {
    read_bytes_within(Limits::of_size(bytes.len() as u64), executable, bytes, options, progress)
}

/// Like [`read_bytes`] with limits of the caller's own: the app itself never asks for others than usual.
///
/// # Errors
/// See [`read`].
pub fn read_bytes_within(
    limits: Limits,
    executable: &Path,
    mut bytes: &[u8],
    options: &Options,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Vec<Parsed>> {
    let size = bytes.len() as u64;
    let (Gathered { statements, .. }, _) = through(executable, &mut bytes, size, options, limits, progress)?;
    Ok(statements.into_iter().map(PackedStatement::unpacked).collect())
}

/// Pipes `size` bytes of `source` through a child; what it read, and the hash of the bytes.
fn through(
    executable: &Path,
    source: &mut (dyn io::Read + Send),
    size: u64,
    options: &Options,
    limits: Limits,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<(Gathered, String)> {
    let mut child = Command::new(executable)
        .arg(ARGUMENT)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| {
            Error::new(Code::Internal, format!("the reading process does not start: {error}"))
        })?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::new(Code::Internal, "the reading process has no pipes"));
    };
    let order = Order { options: options.clone(), size, limits, preview: false };
    let (send, receive) = sync_channel(8);
    let (outcome, fed) = std::thread::scope(|scope| {
        let feeding = scope.spawn(move || feed(stdin, &order, source));
        scope.spawn(move || {
            let mut stdout = io::BufReader::with_capacity(1 << 16, stdout);
            while let Some(frame) = frame::read(&mut stdout) {
                if send.send(frame).is_err() {
                    return;
                }
            }
        });
        let outcome = gather(&receive, wall_time(limits), progress);
        drop(receive);
        // Also where all went well: nothing that the child still does is of use.
        let died = end(&mut child, matches!(outcome, Err(Stop::Silence)));
        (outcome.map_err(|stop| stop.sentence(died)), feeding.join())
    });
    // A file that could not be read to its end looks to the child like one that was cut short.
    let sha256 = fed.map_err(|_| Error::new(Code::Internal, "the reading process could not be fed"))?;
    let sha256 = sha256.map_err(refusal)?;
    Ok((outcome?, sha256))
}

/// The child gets its order and the bytes, hashed on their way. It may die before it took them all; the frames
/// tell. An error is one of the source.
fn feed(mut stdin: ChildStdin, order: &Order, source: &mut dyn io::Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut takes = frame::write_order(&mut stdin, order).is_ok();
    let mut left = order.size;
    while takes && left > 0 {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let count = match source.read(&mut buffer[..most]) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..count]);
        takes = stdin.write_all(&buffer[..count]).is_ok();
        left -= count as u64;
    }
    Ok(hex(&hasher.finalize()))
}

/// Why the frames ended before `Done`.
enum Stop {
    /// The child said why.
    Said(Error),
    /// The caller cancelled.
    Cancelled,
    /// Longer than any file takes.
    TooSlow,
    /// The child fell silent: it died.
    Silence,
}

impl Stop {
    fn sentence(self, died: Option<ExitStatus>) -> Error {
        match self {
            Self::Said(error) => error,
            Self::Cancelled => Error::new(Code::Cancelled, "the reading was stopped; nothing was stored"),
            Self::TooSlow => Error::said(
                Code::Unreadable,
                "读这个文件花的时间超过任何账单该花的时间，已放弃，没有存入任何内容；请按较短的时间段重新导出",
                "this file took longer to read than any statement does and was given up; nothing was stored; export it \
                 again for a shorter time",
            ),
            Self::Silence => {
                let cause = cause(died);
                Error::said(
                    Code::Unreadable,
                    format!(
                        "这个文件读不了：读取时{}。程序没有受影响，也没有存入任何内容；请重新导出，能选格式时选 CSV",
                        cause.zh
                    ),
                    format!(
                        "this file cannot be read: reading it {}; the app is unharmed and nothing was stored; export it \
                         again, as CSV if there is a choice",
                        cause.en
                    ),
                )
            }
        }
    }
}

fn gather(
    frames: &Receiver<Frame>,
    wall: Duration,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Gathered, Stop> {
    /// A child that is itself names no more.
    const NAMED: usize = 1000;
    let started = Instant::now();
    let mut all = Gathered::default();
    let mut rows = Rows::default();
    let mut before = 0_u64;
    loop {
        match frames.recv_timeout(BEAT) {
            Ok(Frame::Rows(pack)) => {
                // Bytes that cannot be rows come from a child that is no longer itself.
                if !rows.add(pack) {
                    return Err(Stop::Silence);
                }
            }
            Ok(Frame::Statement(about)) => {
                before += rows.len() as u64;
                all.statements.push(PackedStatement { about, rows: std::mem::take(&mut rows) });
            }
            Ok(Frame::PassedOver { file, zh, detail }) if all.passed_over.len() < NAMED => {
                all.passed_over.push((file, Error { code: Code::Unreadable, detail, zh }));
            }
            Ok(Frame::Failed { code, zh, detail }) => return Err(Stop::Said(Error { code, detail, zh })),
            Ok(Frame::Done) => return Ok(all),
            // Nobody asked for one.
            Ok(Frame::Preview(_) | Frame::PassedOver { .. }) => return Err(Stop::Silence),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(Stop::Silence),
        }
        if !progress(before + rows.len() as u64) {
            return Err(Stop::Cancelled);
        }
        if started.elapsed() > wall {
            return Err(Stop::TooSlow);
        }
    }
}

/// Ends the child; where it died by itself, how.
fn end(child: &mut Child, died: bool) -> Option<ExitStatus> {
    if !died {
        // It may have ended a moment ago, which is as good.
        let _ = child.kill();
    }
    child.wait().ok()
}

#[cfg(unix)]
fn cause(died: Option<ExitStatus>) -> Text {
    use std::os::unix::process::ExitStatusExt as _;
    // 24 SIGXCPU on Linux and macOS; 6 is an allocation that failed, 9 the system out of memory.
    match died.and_then(|status| status.signal()) {
        Some(24) => Text::new("用时超过了上限", "took more time than is allowed"),
        Some(6 | 9) => Text::new("占用的内存超过了上限", "took more memory than is allowed"),
        _ => broke_off(),
    }
}

fn broke_off() -> Text {
    Text::new("中断了", "broke off")
}

#[cfg(not(unix))]
fn cause(_: Option<ExitStatus>) -> Text {
    broke_off()
}

/// What the child may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of address space.
    pub memory: u64,
    /// Seconds of CPU.
    pub cpu: u64,
}

impl Limits {
    /// By the size of the file: it is held once as bytes and once as text, which the decoder reserves at three
    /// times its size.
    pub fn of_size(size: u64) -> Self {
        Self { memory: (768 << 20) + 4 * size, cpu: 20 + size / (8 << 20) }
    }
}

/// The child may have to share its processor.
fn wall_time(limits: Limits) -> Duration {
    Duration::from_secs(30 + 4 * limits.cpu)
}

/// Why a file cannot be read.
fn refusal(error: io::Error) -> Error {
    let say = match error.kind() {
        io::ErrorKind::NotFound => Text::new("没有这个文件，请检查路径", "there is no such file"),
        io::ErrorKind::PermissionDenied => Text::new(
            "当前用户没有读这个文件的权限，请修改权限",
            "this user may not read the file; change its permissions",
        ),
        _ => Text::new(format!("读文件失败：{error}"), format!("the file cannot be read: {error}")),
    };
    Error::said(Code::Io, say.zh, say.en)
}

/// Opens the file; its size with it.
fn open(file: &Path) -> Result<(File, u64)> {
    let about = std::fs::metadata(file).map_err(refusal)?;
    if about.is_dir() {
        return Err(Error::said(
            Code::Io,
            "这是文件夹，请选其中的账单文件",
            "this is a folder; choose the statement file in it",
        ));
    }
    if !about.is_file() {
        return Err(Error::said(
            Code::Io,
            "这不是普通文件，请选账单文件本身",
            "this is no regular file; choose the statement file itself",
        ));
    }
    if about.len() > FILE_BYTES {
        let (size, most) = (about.len() >> 20, FILE_BYTES >> 20);
        return Err(Error::said(
            Code::TooLarge,
            format!("文件有 {size} MiB，最多读 {most} MiB；请按较短的时间段分几次导出"),
            format!(
                "the file has {size} MiB; up to {most} MiB are read; export it in several shorter pieces"
            ),
        ));
    }
    // What is added to the file from here on is not part of it.
    Ok((File::open(file).map_err(refusal)?, about.len()))
}
