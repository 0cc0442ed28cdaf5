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

use crate::statements::{Options, Parsed, Part};
use crate::{Code, Error, Result};
use frame::{Frame, Order};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read as _, Write as _};
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
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Of the file as it lies on the disk, lower-case hex.
    pub sha256: String,
    /// Its bytes.
    pub size: u64,
    /// The statements in it: one, or those of an archive.
    pub parsed: Vec<Parsed>,
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
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
    let bytes = load(file)?;
    let parsed = read_bytes(executable, &bytes, options, progress)?;
    Ok(Read { sha256: sha256(&bytes), size: bytes.len() as u64, parsed })
}

/// Reads bytes in a child process; see [`read`].
///
/// # Errors
/// See [`read`].
pub fn read_bytes(
    executable: &Path,
    bytes: &[u8],
    options: &Options,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Vec<Parsed>> {
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
    let order = Order { options: options.clone(), size: bytes.len() as u64, preview: false };
    let (send, receive) = sync_channel(8);
    std::thread::scope(|scope| {
        scope.spawn(move || feed(stdin, &order, bytes));
        scope.spawn(move || {
            let mut stdout = std::io::BufReader::with_capacity(1 << 16, stdout);
            while let Some(frame) = frame::read(&mut stdout) {
                if send.send(frame).is_err() {
                    return;
                }
            }
        });
        let outcome = gather(&receive, wall_time(bytes.len() as u64), progress);
        drop(receive);
        // Also where all went well: nothing that the child still does is of use.
        let died = end(&mut child, matches!(outcome, Err(Stop::Silence)));
        outcome.map_err(|stop| stop.sentence(died))
    })
}

/// The child gets its order and the bytes. It may die before it took them all; the frames tell.
fn feed(mut stdin: ChildStdin, order: &Order, bytes: &[u8]) {
    if frame::write_order(&mut stdin, order).is_ok() && stdin.write_all(bytes).is_ok() {
        let _ = stdin.flush();
    }
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
            Self::TooSlow => Error::new(
                Code::Unreadable,
                "this file took longer to read than any statement does and was given up; nothing was stored; export it \
                 again for a shorter time",
            ),
            Self::Silence => Error::new(
                Code::Unreadable,
                format!(
                    "this file cannot be read: reading it {}; the app is unharmed and nothing was stored; export it \
                     again, as CSV if there is a choice",
                    cause(died)
                ),
            ),
        }
    }
}

fn gather(
    frames: &Receiver<Frame>,
    wall: Duration,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Vec<Parsed>, Stop> {
    let started = Instant::now();
    let mut all = Vec::new();
    let mut rows = Vec::new();
    let mut count = 0_u64;
    loop {
        match frames.recv_timeout(BEAT) {
            Ok(Frame::Parts(parts)) => {
                for part in parts {
                    match part {
                        Part::Row(draft) => {
                            count += 1;
                            rows.push(draft);
                        }
                        Part::Statement(parsed) => {
                            all.push(Parsed { rows: std::mem::take(&mut rows), ..parsed });
                        }
                    }
                }
            }
            Ok(Frame::Failed { code, detail }) => return Err(Stop::Said(Error::new(code, detail))),
            Ok(Frame::Done) => return Ok(all),
            // Nobody asked for one.
            Ok(Frame::Preview(_)) => return Err(Stop::Silence),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(Stop::Silence),
        }
        if !progress(count) {
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
fn cause(died: Option<ExitStatus>) -> &'static str {
    use std::os::unix::process::ExitStatusExt as _;
    // 24 SIGXCPU on Linux and macOS; 6 is an allocation that failed, 9 the system out of memory.
    match died.and_then(|status| status.signal()) {
        Some(24) => "took more time than is allowed",
        Some(6 | 9) => "took more memory than is allowed",
        _ => "broke off",
    }
}

#[cfg(not(unix))]
fn cause(_: Option<ExitStatus>) -> &'static str {
    "broke off"
}

/// What the child may take, by the size of the file.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Bytes of address space.
    memory: u64,
    /// Seconds of CPU.
    cpu: u64,
}

/// A file is held once as bytes and once as text, which the decoder reserves at three times its size.
fn limited(size: u64) -> Limits {
    Limits { memory: (768 << 20) + 4 * size, cpu: 20 + size / (8 << 20) }
}

/// The child may have to share its processor.
fn wall_time(size: u64) -> Duration {
    Duration::from_secs(30 + 4 * limited(size).cpu)
}

/// Reads the file, bounded.
fn load(file: &Path) -> Result<Vec<u8>> {
    use std::io::ErrorKind;
    let refuse = |error: std::io::Error| {
        let say = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => {
                "this user may not read the file; change its permissions".to_owned()
            }
            _ => format!("the file cannot be read: {error}"),
        };
        Error::new(Code::Io, say)
    };
    let about = std::fs::metadata(file).map_err(refuse)?;
    if about.is_dir() {
        return Err(Error::new(Code::Io, "this is a folder; choose the statement file in it"));
    }
    if !about.is_file() {
        return Err(Error::new(Code::Io, "this is no regular file; choose the statement file itself"));
    }
    let too_large = |size: u64| {
        let say = format!("the file has {} MiB; up to {} MiB are read", size >> 20, FILE_BYTES >> 20);
        Error::new(Code::TooLarge, say)
    };
    if about.len() > FILE_BYTES {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    File::open(file).map_err(refuse)?.take(FILE_BYTES + 1).read_to_end(&mut bytes).map_err(refuse)?;
    if bytes.len() as u64 > FILE_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}
