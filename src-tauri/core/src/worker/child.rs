//! The child's side: limits first, then the bytes, then frames.

use super::frame::{self, Frame, Order};
use super::{ARGUMENT, Limits};
use crate::statements::packed::Packer;
use crate::statements::{self, Part};
use crate::{Code, Error, Result};
use std::io::{BufWriter, Read, Write};
use std::sync::Mutex;

/// Rows in one frame.
const BATCH: usize = 1024;

/// Where the last panic was; the message itself could quote the file.
static PANICKED_AT: Mutex<String> = Mutex::new(String::new());

/// Where the program was started as a worker: works, and answers `true`, whereupon the program ends. To be
/// called before anything else in `main`.
pub fn serve_if_asked() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|first| first != ARGUMENT) || arguments.next().is_some() {
        return false;
    }
    serve(&mut std::io::stdin().lock(), &mut BufWriter::with_capacity(1 << 16, std::io::stdout().lock()));
    true
}

fn serve(input: &mut dyn Read, out: &mut dyn Write) {
    std::panic::set_hook(Box::new(|panic| {
        if let (Some(location), Ok(mut at)) = (panic.location(), PANICKED_AT.lock()) {
            let file = location.file().rsplit(['/', '\\']).next().unwrap_or("");
            *at = format!("{file}:{}", location.line());
        }
    }));
    let Some(order) = frame::read_order(input) else { return };
    let last = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&order, input, out))) {
        Ok(Ok(())) => Frame::Done,
        Ok(Err(Error { code, zh, detail })) => Frame::Failed { code, zh, detail },
        Err(_) => {
            let at = PANICKED_AT.lock().map(|at| at.clone()).unwrap_or_default();
            let detail = format!(
                "this file cannot be read: it made the reader stumble ({at}); nothing was stored; export it again, as \
                 CSV if there is a choice"
            );
            let zh =
                format!("读取程序在这个文件上出了错（{at}）。没有存入任何内容；请重新导出，能选格式时选 CSV");
            Frame::Failed { code: Code::Unreadable, zh, detail }
        }
    };
    // A parent that is gone wants no answer.
    let _ = frame::write(out, &last).and_then(|()| out.flush());
}

fn work(order: &Order, input: &mut dyn Read, out: &mut dyn Write) -> Result<()> {
    limit(order.limits)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(order.size).unwrap_or(usize::MAX)).map_err(|_| {
        Error::said(
            Code::TooLarge,
            "文件太大，允许的内存读不下；请按较短的时间段分几次导出",
            "the file is larger than the memory allowed to read it; export it in several shorter pieces",
        )
    })?;
    input.read_to_end(&mut bytes)?;
    if order.preview {
        let seen = statements::preview(&bytes, &order.options)?;
        frame::write(out, &Frame::Preview(Box::new(seen)))?;
        return Ok(out.flush()?);
    }
    let mut packer = Packer::default();
    let mut told = Ok(());
    let reading = statements::read_parts(&bytes, &order.options, &mut |part: Part<'_>| {
        match part {
            Part::Row(draft, row) => {
                match row {
                    Some(row) => packer.push_row(draft, row),
                    None => packer.push(draft),
                }
                if packer.waiting() == BATCH {
                    told = send(out, Frame::Rows(packer.take()));
                }
            }
            Part::Statement(parsed) => {
                told =
                    send(out, Frame::Rows(packer.take())).and_then(|()| send(out, Frame::Statement(*parsed)));
                packer = Packer::default();
            }
            Part::PassedOver(file, error) => {
                let (zh, detail) = (error.zh.clone(), error.detail.clone());
                told = send(out, Frame::PassedOver { file: file.to_owned(), zh, detail });
            }
        }
        told.is_ok()
    });
    told?;
    reading
}

fn send(out: &mut dyn Write, frame: Frame) -> std::io::Result<()> {
    frame::write(out, &frame)?;
    out.flush()
}

/// Memory and time; no files written, no memory image left behind.
#[cfg(unix)]
fn limit(limits: Limits) -> Result<()> {
    use rlimit::Resource;
    let mut wanted = vec![(Resource::CPU, limits.cpu), (Resource::FSIZE, 0), (Resource::CORE, 0)];
    // macOS refuses to bound the address space; there the checks before reading carry the weight.
    if cfg!(not(target_os = "macos")) {
        wanted.push((Resource::AS, limits.memory));
    }
    for (resource, most) in wanted {
        // A system that allows less already is obeyed.
        let (_, hard) = resource.get()?;
        // Beyond the first limit of time comes the signal that says so; at the second, one that says nothing.
        let last = if resource == Resource::CPU { most.saturating_add(2) } else { most };
        resource.set(most.min(hard), last.min(hard))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit(_: Limits) -> Result<()> {
    // The checks before reading carry the weight where a process cannot bound itself.
    Ok(())
}
