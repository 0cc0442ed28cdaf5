//! A look at a file through the worker: its first rows and what its columns seem to hold, nothing more.

use super::frame::{self, Frame, Order};
use super::{ARGUMENT, Limits, Stop, end, feed, open, refusal, wall_time};
use crate::statements::{Options, Preview};
use crate::{Code, Error, Result};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::sync_channel;

/// Looks at a file in a child process; see [`super::read`] for `executable`.
///
/// # Errors
/// What [`crate::statements::preview`] says, `Io` where the file cannot be opened, and `Unreadable` where the file
/// took the child down.
pub fn preview(executable: &Path, file: &Path, options: &Options) -> Result<Preview> {
    let (mut source, size) = open(file)?;
    let limits = Limits::of_size(size);
    let starting = |error| Error::new(Code::Internal, format!("the reading process does not start: {error}"));
    let mut child = Command::new(executable)
        .arg(ARGUMENT)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(starting)?;
    let (Some(stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::new(Code::Internal, "the reading process has no pipes"));
    };
    let order = Order { options: options.clone(), size, limits, preview: true };
    let (send, receive) = sync_channel(1);
    let (outcome, fed) = std::thread::scope(|scope| {
        let feeding = scope.spawn(|| feed(stdin, &order, &mut source));
        // One frame is all that comes; where nobody waits for it any more, it is not needed.
        scope.spawn(move || send.send(frame::read(&mut stdout)).is_ok());
        let answer = match receive.recv_timeout(wall_time(limits)) {
            Ok(Some(Frame::Preview(preview))) => Ok(*preview),
            Ok(Some(Frame::Failed { code, zh, detail })) => Err(Stop::Said(Error { code, detail, zh })),
            Ok(_) => Err(Stop::Silence),
            Err(_) => Err(Stop::TooSlow),
        };
        let died = end(&mut child, matches!(answer, Err(Stop::Silence)));
        (answer.map_err(|stop| stop.sentence(died)), feeding.join())
    });
    // A file that could not be read to its end looks to the child like one that was cut short.
    fed.map_err(|_| Error::new(Code::Internal, "the reading process could not be fed"))?.map_err(refusal)?;
    outcome
}
