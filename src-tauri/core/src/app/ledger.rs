//! Listing, looking closely, typing notes and hanging files on them.

use super::imports::Taken;
use super::views::{Attachment, Detail, Line, MessageReading, NewNote, Owner, Page, SourceRow, Status};
use super::{App, gone};
use crate::case::CaseId;
use crate::error::{Code, Error, Result};
use crate::ledger::message::{self, mask_cards};
use crate::ledger::search::Query;
use crate::ledger::{AttachmentId, Direction, Kind, Moment, Transaction, TransactionId, identity};
use crate::text::Text;
use crate::vault::{Change, Thing};

/// The largest file kept as evidence.
const LARGEST_ATTACHMENT: usize = 64 << 20;

impl App {
    /// A page of the ledger, newest first.
    pub fn list(&self, query: &Query) -> Result<Page> {
        let opened = self.opened()?;
        let found = opened.find(query);
        let places = found.places.iter().skip(query.offset as usize).take(query.limit as usize);
        let lines = places.map(|place| {
            let transaction = opened.ledger[*place as usize].clone();
            Line { flagged: opened.flagged(transaction.id), transaction }
        });
        Ok(Page {
            total: found.places.len() as u32,
            lines: lines.collect(),
            spent: found.spent.clone(),
            received: found.received.clone(),
        })
    }

    /// One transaction with all that hangs on it.
    pub fn detail(&self, id: TransactionId) -> Result<Detail> {
        let opened = self.opened()?;
        let transaction = opened.transaction(id)?.clone();
        let related = |other: &&Transaction| {
            other.refund_of == Some(id)
                || transaction.refund_of == Some(other.id)
                || transaction.linked.contains(&other.id)
        };
        Ok(Detail {
            source: self.source_row(id)?,
            links: self.links(id)?,
            related: opened.ledger.iter().filter(related).cloned().collect(),
            flags: opened.open_on(id),
            cases: self.cases_of(id)?,
            attachments: opened.vault.attachments(Owner::Transaction(id))?,
            numbers: [&transaction.note, &transaction.memo]
                .into_iter()
                .flat_map(|t| self.numbers_in(t))
                .collect(),
            transaction,
        })
    }

    /// Where a transaction was read, as evidence.
    pub(super) fn source_row(&self, id: TransactionId) -> Result<Option<SourceRow>> {
        let opened = self.opened()?;
        let Some((import, row, raw)) = opened.vault.raw_row(id)? else { return Ok(None) };
        let imports = opened.vault.imports()?;
        let import = imports.into_iter().find(|known| known.id == import).ok_or_else(|| gone("import"))?;
        let cells = serde_json::from_str(&raw)
            .map_err(|_| Error::new(Code::Damaged, "the original row in the vault cannot be read"))?;
        Ok(Some(SourceRow { file: import.file, sha256: import.sha256, row, cells, imported_at: import.at }))
    }

    fn cases_of(&self, id: TransactionId) -> Result<Vec<CaseId>> {
        let cases = self.opened()?.cases.iter();
        Ok(cases.filter(|case| case.transactions.contains(&id)).map(|case| case.id).collect())
    }

    /// Logs a note typed by hand.
    pub fn note(&mut self, note: NewNote, now: Moment) -> Result<TransactionId> {
        if note.amount.minor <= 0 {
            return Err(Error::new(Code::Invalid, "a note needs an amount greater than zero"));
        }
        let provider = match self.directory.get(&note.provider) {
            Some(provider) => provider.id.clone(),
            None if note.provider.trim().is_empty() => String::new(),
            None => return Err(Error::new(Code::Invalid, "no such provider in the directory")),
        };
        let typed = typed_transaction(note, provider, now);
        let opened = self.opened_mut()?;
        let id = opened.vault.insert_typed(&typed)?;
        let label = Text::new(format!("记一笔 {}", typed.amount), format!("note of {}", typed.amount));
        opened.journal.record(label, vec![brought_back(Thing::Transaction(id), now)]);
        opened.take_in(Taken { added: Vec::new(), touched: [id].into() }, now)?;
        Ok(id)
    }

    /// Reads a pasted bank or wallet message. Nothing is stored.
    pub fn read_message(&self, text: &str, now: Moment) -> Result<Vec<MessageReading>> {
        let mut readings = message::read(text, now);
        for reading in &mut readings {
            // The message prints a name; the note holds an id, or nothing where the name is no one's.
            let known = self.directory.get(&reading.note.provider);
            let known = known.or_else(|| self.directory.issuer(&reading.note.method));
            reading.note.provider = known.map(|provider| provider.id.clone()).unwrap_or_default();
        }
        Ok(readings)
    }

    /// Writes the user's own note on a transaction.
    pub fn annotate(&mut self, id: TransactionId, text: &str, now: Moment) -> Result<Status> {
        let opened = self.opened_mut()?;
        let before = opened.own_note(id)?.to_owned();
        let after = mask_cards(text.trim()).0;
        let changes = vec![Change::Note { transaction: id, before, after }];
        opened.apply(&changes, now)?;
        opened.journal.record(Text::new("备注", "note on a transaction"), changes);
        self.status()
    }

    /// Keeps a file inside the vault, byte for byte, with its hash.
    pub fn attach(&mut self, owner: Owner, name: &str, bytes: &[u8], now: Moment) -> Result<Attachment> {
        if bytes.len() > LARGEST_ATTACHMENT {
            let sentence = format!(
                "the file has {} MB; at most {} MB are kept as evidence",
                bytes.len() >> 20,
                LARGEST_ATTACHMENT >> 20
            );
            return Err(Error::new(Code::TooLarge, sentence));
        }
        let opened = self.opened_mut()?;
        match owner {
            Owner::Transaction(id) => opened.transaction(id).map(drop)?,
            Owner::Case(id) => opened.case(id).map(drop)?,
        }
        let id = opened.vault.attach(owner, name, media_of(bytes), bytes, now)?;
        let label = Text::new("添加附件", "attachment");
        opened.journal.record(label, vec![brought_back(Thing::Attachment(id), now)]);
        let kept = opened.vault.attachments(owner)?.into_iter().find(|kept| kept.id == id);
        kept.ok_or_else(|| gone("attachment"))
    }

    /// The bytes of a stored file, as they were given.
    pub fn attachment_bytes(&self, id: AttachmentId) -> Result<Vec<u8>> {
        self.opened()?.vault.attachment_bytes(id)
    }

    /// The name of a stored file.
    pub fn attachment_name(&self, id: AttachmentId) -> Result<String> {
        self.opened()?.vault.attachment_name(id)
    }

    /// Puts a thing into the trash; undo takes it out again.
    pub fn trash(&mut self, thing: Thing, now: Moment) -> Result<Status> {
        let label = match thing {
            Thing::Transaction(id) => {
                if self.opened()?.transaction(id)?.source.is_some() {
                    let sentence = "a transaction read from a statement goes only with its import";
                    return Err(Error::new(Code::Invalid, sentence));
                }
                Text::new("删除记录", "deleting a note")
            }
            Thing::Import(_) => Text::new("撤销导入", "undoing an import"),
            Thing::Case(_) => Text::new("删除案件", "deleting a case"),
            Thing::Event(_) => Text::new("删除进展", "deleting an event"),
            Thing::Attachment(_) => Text::new("删除附件", "deleting an attachment"),
        };
        let changes = vec![Change::Trash { thing, before: None, after: Some(now) }];
        let opened = self.opened_mut()?;
        opened.apply(&changes, now)?;
        opened.journal.record(label, changes);
        self.status()
    }
}

/// The forward change of creating a thing: undo puts it into the trash, redo takes it out.
pub(super) fn brought_back(thing: Thing, now: Moment) -> Change {
    Change::Trash { thing, before: Some(now), after: None }
}

fn typed_transaction(note: NewNote, provider: String, now: Moment) -> Transaction {
    let usual = match note.direction {
        Direction::Out => Kind::Purchase,
        Direction::In => Kind::Income,
        Direction::Neutral => Kind::Other,
    };
    let kind = note.kind.filter(|kind| fits(*kind, note.direction)).unwrap_or(usual);
    let masked = |text: &str| mask_cards(text.trim()).0;
    let mut typed = Transaction {
        provider,
        counterparty: masked(&note.counterparty),
        method: masked(&note.method),
        order_no: note.order_no.trim().to_owned(),
        note: masked(&note.text),
        ..Transaction::of(note.at, note.direction, kind, note.amount)
    };
    typed.key = identity::typed_key(&typed, now);
    typed
}

/// Whether money that went this way can be of this kind: the user may have turned a reading round.
fn fits(kind: Kind, direction: Direction) -> bool {
    match kind {
        Kind::Purchase | Kind::TransferOut | Kind::Fee => direction == Direction::Out,
        Kind::TransferIn | Kind::Income | Kind::Refund => direction == Direction::In,
        Kind::Failed | Kind::Closed | Kind::Pending => direction == Direction::Neutral,
        Kind::CashGift => direction != Direction::Neutral,
        Kind::OwnTransfer | Kind::Repayment | Kind::Withdrawal | Kind::TopUp | Kind::Other => true,
    }
}

/// The media type, from the first bytes and never from the name.
fn media_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'%', b'P', b'D', b'F', b'-', ..] => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_comes_from_the_bytes() {
        assert_eq!(media_of(b"%PDF-1.7"), "application/pdf");
        assert_eq!(media_of(b"\x89PNG\r\n\x1a\n"), "image/png");
        assert_eq!(media_of(b"<svg onload=alert(1)>"), "application/octet-stream");
    }
}
