//! What goes through the pipes: an order and the bytes in, frames out; each with its length before it.

use super::Limits;
use crate::Code;
use crate::statements::packed::Pack;
use crate::statements::{Options, Parsed, Preview};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// What the child is to do with the bytes that follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub options: Options,
    /// How many bytes follow.
    pub size: u64,
    /// What it may take.
    pub limits: Limits,
    /// Only a look at its first rows is wanted.
    pub preview: bool,
}

/// What the child says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Frame {
    /// Rows, in file order.
    Rows(Pack),
    /// The end of a statement: everything about it but its rows, which came before.
    Statement(Parsed),
    /// A file within it that is no statement, and why.
    PassedOver { file: String, zh: String, detail: String },
    /// What a look at the file showed.
    Preview(Box<Preview>),
    /// It cannot be read, and why.
    Failed { code: Code, zh: String, detail: String },
    /// That was all.
    Done,
}

/// A frame is far smaller; more is not believed.
const FRAME_BYTES: u32 = 256 << 20;

/// Writes the order.
pub(super) fn write_order(out: &mut dyn Write, order: &Order) -> io::Result<()> {
    write_sized(out, order)
}

/// Reads the order.
pub(super) fn read_order(input: &mut dyn Read) -> Option<Order> {
    postcard::from_bytes(&read_sized(input)?).ok()
}

/// Writes a frame.
pub(super) fn write(out: &mut dyn Write, frame: &Frame) -> io::Result<()> {
    write_sized(out, frame)
}

/// Reads a frame; `None` at the end, or where what comes is none.
pub(super) fn read(input: &mut dyn Read) -> Option<Frame> {
    postcard::from_bytes(&read_sized(input)?).ok()
}

fn write_sized<T: Serialize>(out: &mut dyn Write, thing: &T) -> io::Result<()> {
    let bytes = postcard::to_stdvec(thing).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&bytes)
}

fn read_sized(input: &mut dyn Read) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    input.read_exact(&mut length).ok()?;
    let length = u32::from_le_bytes(length);
    if length > FRAME_BYTES {
        return None;
    }
    // Not more at once than frames of rows have: what is said to come may be a lie.
    let mut bytes = Vec::with_capacity((length as usize).min(1 << 18));
    input.take(u64::from(length)).read_to_end(&mut bytes).ok()?;
    (bytes.len() == length as usize).then_some(bytes)
}
