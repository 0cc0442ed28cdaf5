//! Files dropped on the window, as a file manager drops them: XDND version 5 of the freedesktop specification.

use anyhow::{Context as _, Result, bail};
use std::path::Path;
use std::time::{Duration, Instant};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(5);
/// The version of the protocol that is spoken.
const VERSION: u32 = 5;
/// XdndStatus: the window takes what is held above it.
const TAKES: u32 = 1;

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndDrop,
        XdndFinished,
        XdndSelection,
        XdndActionCopy,
        URIS: b"text/uri-list",
    }
}

struct Hand<'a> {
    x: &'a RustConnection,
    atoms: Atoms,
    target: Window,
    uris: String,
}

/// Drops these files on the middle of a window of the X server, and returns once it took them.
///
/// # Errors
/// There is no X server, or the window takes no files.
pub fn files(target: Window, files: &[&Path]) -> Result<()> {
    let (x, screen) = x11rb::connect(None)?;
    let atoms = Atoms::new(&x)?.reply()?;
    let root = x.setup().roots[screen].root;
    let own = x.generate_id()?;
    let nothing = CreateWindowAux::new();
    x.create_window(0, own, root, -1, -1, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &nothing)?;
    x.set_selection_owner(own, atoms.XdndSelection, x11rb::CURRENT_TIME)?;
    let aware = x.get_property(false, target, atoms.XdndAware, AtomEnum::ATOM, 0, 1)?.reply()?;
    if aware.value.is_empty() {
        bail!("the window takes no drops at all");
    }
    let size = x.get_geometry(target)?.reply()?;
    let (wide, high) = (i16::try_from(size.width / 2)?, i16::try_from(size.height / 2)?);
    let middle = x.translate_coordinates(target, root, wide, high)?.reply()?;
    let mut uris = String::new();
    for file in files {
        uris += url::Url::from_file_path(file).ok().context("a whole path is needed")?.as_str();
        uris += "\r\n";
    }
    let hand = Hand { x: &x, atoms, target, uris };
    hand.say(atoms.XdndEnter, [own, VERSION << 24, atoms.URIS, 0, 0])?;
    let at = u32::from(middle.dst_x.cast_unsigned()) << 16 | u32::from(middle.dst_y.cast_unsigned());
    // The first look makes the window ask what is held; it answers to one that comes after.
    let until = Instant::now() + PATIENCE;
    loop {
        hand.say(atoms.XdndPosition, [own, 0, at, x11rb::CURRENT_TIME, atoms.XdndActionCopy])?;
        let status = hand.answer(atoms.XdndStatus)?;
        if status[1] & TAKES != 0 {
            break;
        }
        if Instant::now() > until {
            bail!("the window takes no such file");
        }
        std::thread::sleep(GLANCE);
    }
    hand.say(atoms.XdndDrop, [own, 0, x11rb::CURRENT_TIME, 0, 0])?;
    hand.answer(atoms.XdndFinished)?;
    Ok(())
}

impl Hand<'_> {
    fn say(&self, kind: Atom, words: [u32; 5]) -> Result<()> {
        let message = ClientMessageEvent::new(32, self.target, kind, words);
        self.x.send_event(false, self.target, EventMask::NO_EVENT, message)?;
        Ok(self.x.flush()?)
    }

    /// Waits for the window's message of this kind, and gives out what is held as often as it asks.
    fn answer(&self, kind: Atom) -> Result<[u32; 5]> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            match self.x.poll_for_event()? {
                Some(Event::ClientMessage(message)) if message.type_ == kind => {
                    return Ok(message.data.as_data32());
                }
                Some(Event::SelectionRequest(asked)) => self.give(&asked)?,
                Some(_) => {}
                None => std::thread::sleep(GLANCE),
            }
        }
        bail!("the window does not answer to what is held above it")
    }

    fn give(&self, asked: &SelectionRequestEvent) -> Result<()> {
        let known = asked.target == self.atoms.URIS;
        if known {
            let bytes = self.uris.as_bytes();
            self.x.change_property8(
                PropMode::REPLACE,
                asked.requestor,
                asked.property,
                asked.target,
                bytes,
            )?;
        }
        let given = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property: if known { asked.property } else { x11rb::NONE },
        };
        self.x.send_event(false, asked.requestor, EventMask::NO_EVENT, given)?;
        Ok(self.x.flush()?)
    }
}
