//! What needs the vault's insides, and the laws that hold for any sequence of acts.

use super::*;
use crate::ledger::{Direction, Kind, Mark};
use crate::money::{Currency, Money};
use crate::statements::Draft;
use chrono::DateTime;
use proptest::prelude::*;

fn moment(seconds: i64) -> Moment {
    DateTime::from_timestamp(1_770_000_000 + seconds, 0).unwrap().fixed_offset()
}

/// Row `n` in its state `state`: the same identity, other facts.
fn draft(n: u8, state: u8) -> Draft {
    Draft {
        row: u32::from(n) + 1,
        at: moment(i64::from(n)),
        direction: Direction::Out,
        kind: Kind::Purchase,
        amount: Money::fen(100),
        fee: None,
        refunded: Money::fen(i64::from(state)),
        balance: None,
        counterparty: "某店".into(),
        counterparty_account: String::new(),
        item: String::new(),
        method: String::new(),
        methods: Vec::new(),
        category: String::new(),
        status: format!("{state}"),
        order_no: format!("{n}"),
        merchant_order_no: String::new(),
        memo: String::new(),
        marks: Vec::new(),
        raw: format!("[\"{n}\",\"{state}\"]"),
    }
}

/// The identity of the row of this number.
fn key(order_no: &str) -> Key {
    Key::of_bytes(*blake3::hash(order_no.as_bytes()).as_bytes().first_chunk().unwrap())
}

/// Places rows as a plan does: by what is live under their key.
fn store(vault: &mut Vault, drafts: &[Draft]) -> ImportId {
    let live = vault.transactions().unwrap();
    let rows = drafts.iter().map(move |draft| {
        let before = live.iter().find(|transaction| transaction.key == key(&draft.order_no).to_string());
        let place = before.map_or(Placement::New, |before| {
            if before.status == draft.status {
                Placement::Known(before.id)
            } else {
                Placement::Changed(before.id)
            }
        });
        NewRow { packed: Packed::of(draft), key: key(&draft.order_no), place }
    });
    let file = NewImport {
        file: "a",
        sha256: "b",
        size: 0,
        statement: "s",
        provider: "p",
        account: "",
        stated_count: None,
        problems: &[],
        unread: &[],
        totals: "{}",
        rows: Box::new(rows),
    };
    vault.execute(vec![file], moment(0), &mut |_| true).unwrap()[0].import
}

fn trash(vault: &mut Vault, import: ImportId, at: Option<Moment>) {
    vault.apply(&[Change::Trash { thing: Thing::Import(import), before: None, after: at }]).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_imported_and_undone_the_ledger_is_what_the_live_imports_hold(
        acts in prop::collection::vec(
            (
                prop::collection::btree_map(0_u8..8, 0_u8..3, 0..8),
                any::<prop::sample::Index>(),
                any::<bool>(),
            ),
            1..10,
        )
    ) {
        let mut vault = Vault::in_memory().unwrap();
        // Model: each import's rows, and whether it is live.
        let mut imports: Vec<(ImportId, Vec<u8>, bool)> = Vec::new();
        for (rows, index, undo) in acts {
            let drafts: Vec<_> = rows.iter().map(|(n, state)| draft(*n, *state)).collect();
            let before = vault.transactions().unwrap();
            let id = store(&mut vault, &drafts);
            let after = vault.transactions().unwrap();
            for draft in &drafts {
                let shown = after.iter().find(|transaction| transaction.key == key(&draft.order_no).to_string()).unwrap();
                prop_assert_eq!(&shown.status, &draft.status, "the newest facts are shown");
            }

            // Importing and undoing is as if nothing had been; and redoing is as if it had not been undone.
            trash(&mut vault, id, Some(moment(1)));
            prop_assert_eq!(vault.transactions().unwrap(), before);
            trash(&mut vault, id, None);
            prop_assert_eq!(vault.transactions().unwrap(), after);
            imports.push((id, rows.into_keys().collect(), true));

            if undo {
                let count = imports.len();
                let (id, _, live) = &mut imports[index.index(count)];
                *live = !*live;
                let at = (!*live).then(|| moment(2));
                trash(&mut vault, *id, at);
            }
            let live = imports.iter().filter(|(_, _, live)| *live);
            let mut held: Vec<String> = live.flat_map(|(_, rows, _)| rows).map(|n| key(&n.to_string()).to_string()).collect();
            held.sort();
            held.dedup();
            let mut shown: Vec<String> = vault.transactions().unwrap().into_iter().map(|t| t.key).collect();
            shown.sort();
            prop_assert_eq!(shown, held, "no ghost, none lost, none doubled");
        }
        prop_assert_eq!(vault.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn no_bytes_make_the_header_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..9000)) {
        prop_assert!(Header::from_bytes(&bytes).is_err());
    }
}

#[test]
fn a_vault_of_a_newer_version_is_refused_and_not_a_byte_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (vault, _) = Vault::create(folder.path(), "p", Cost::LOW, moment(0)).unwrap();
    vault.connection.execute_batch("PRAGMA user_version = 99").unwrap();
    vault.close().unwrap();
    let read = || [HEADER, DATABASE].map(|name| std::fs::read(folder.path().join(name)).unwrap());
    let before = read();
    let refused = Vault::unlock(folder.path(), Secret::Passphrase("p"), moment(0)).err().unwrap();
    assert_eq!(refused.code, Code::FromTheFuture);
    assert_eq!(read(), before);
}

#[test]
fn a_restore_cut_short_at_any_step_is_finished_at_the_next_opening() {
    for steps in 0..6 {
        let folder = tempfile::tempdir().unwrap();
        let (old, _) = Vault::create(folder.path(), "old", Cost::LOW, moment(0)).unwrap();
        drop(old);
        let other = tempfile::tempdir().unwrap();
        let (new, _) = Vault::create(other.path(), "new", Cost::LOW, moment(0)).unwrap();
        drop(new);
        let (here, there) = (|name: &str| folder.path().join(name), |name: &str| other.path().join(name));
        std::fs::copy(there(DATABASE), here(NEW_DATABASE)).unwrap();
        std::fs::copy(there(HEADER), here(NEW_HEADER)).unwrap();
        std::fs::write(here("vault.installing"), "kept").unwrap();
        std::fs::create_dir(here("kept")).unwrap();
        let moves = [
            (here(DATABASE), here("kept").join(DATABASE)),
            (here(NEW_DATABASE), here(DATABASE)),
            (here(HEADER), here("kept").join(HEADER)),
            (here(NEW_HEADER), here(HEADER)),
        ];
        for (from, to) in moves.into_iter().take(steps) {
            std::fs::rename(from, to).unwrap();
        }
        assert!(Vault::exists(folder.path()));
        drop(Vault::unlock(folder.path(), Secret::Passphrase("new"), moment(0)).unwrap());
        drop(Vault::unlock(&here("kept"), Secret::Passphrase("old"), moment(0)).unwrap());
        assert!(!here("vault.installing").exists());
    }
}

#[test]
fn a_creation_that_was_cut_short_is_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(NEW_DATABASE), b"half").unwrap();
    std::fs::write(folder.path().join(NEW_HEADER), b"half").unwrap();
    assert!(!Vault::exists(folder.path()));
    drop(Vault::create(folder.path(), "p", Cost::LOW, moment(0)).unwrap());
    drop(Vault::unlock(folder.path(), Secret::Passphrase("p"), moment(0)).unwrap());
}

/// Two imports as the first version stored them: rows 1 and 2, then row 2 again with other cells and row 1 with
/// another status; the second lies in the trash.
const OF_THE_FIRST_VERSION: &str = r#"
    INSERT INTO vault (id, vault_id, epoch) VALUES (1, x'00', 1);
    INSERT INTO import (id, file, sha256, size, statement, provider, account, at, problems, trashed_at) VALUES
        (1, 'a', 'a', 1, 's', 'p', '', '2026-03-01T09:00:00+08:00', '[]', NULL),
        (2, 'b', 'b', 1, 's', 'p', '', '2026-03-02T09:00:00+08:00', '[]', '2026-03-03T09:00:00+08:00');
    INSERT INTO reading (id, transaction_id, key, facts, statement, provider, at_seconds, at_offset_minutes, direction,
        kind, amount_minor, currency, refunded_minor, counterparty, counterparty_account, item, method, category, status,
        order_no, merchant_order_no, memo, marks, raw, typed) VALUES
        (1, 1, 'KEY 1', x'01', 's', 'p', 1770000001, 0, 'out', 'purchase', 100, 'CNY', 0, '', '', '', '', '', '0', '1', '',
            '', '[]', '["1","0"]', 0),
        (2, 2, 'KEY 2', x'02', 's', 'p', 1770000002, 0, 'out', 'purchase', 100, 'CNY', 0, '', '', '', '', '', '0', '2', '',
            '', '[]', '["2","0"]', 0),
        (3, 1, 'KEY 1', x'03', 's', 'p', 1770000001, 0, 'out', 'purchase', 100, 'CNY', 1, '', '', '', '', '', '1', '1', '',
            '', '[]', '["1","1"]', 0);
    INSERT INTO sighting (import_id, row, reading_id, raw, added) VALUES
        (1, 1, 1, NULL, 1), (1, 2, 2, NULL, 1), (2, 1, 2, '["2"]', 0), (2, 2, 3, NULL, 1);
"#;

#[test]
fn what_the_first_version_stored_reads_the_same_and_is_known_again() {
    let mut connection = connection::open_in_memory().unwrap();
    schema::migrate(&mut connection, None, &schema::MIGRATIONS[..1]).unwrap();
    let keyed = |sql: String, n| sql.replace(&format!("KEY {n}"), &key(n).to_string());
    let stored = ["1", "2"].into_iter().fold(OF_THE_FIRST_VERSION.to_owned(), keyed);
    connection.execute_batch(&stored).unwrap();
    connection.execute_batch("UPDATE reading SET facts = zeroblob(16)").unwrap();
    schema::migrate(&mut connection, None, schema::MIGRATIONS).unwrap();
    let words = std::cell::OnceCell::new();
    let mut vault = Vault { connection, home: None, older_than_last_seen: false, words };
    let raw = |vault: &Vault, id| vault.raw_row(TransactionId(id)).unwrap().unwrap();
    let shown = |vault: &Vault| -> Vec<(i64, String, Option<u32>)> {
        let row = |t: crate::ledger::Transaction| (t.id.0, t.status, t.source.map(|source| source.row));
        vault.transactions().unwrap().into_iter().map(row).collect()
    };
    assert_eq!(shown(&vault), [(1, "0".into(), Some(1)), (2, "0".into(), Some(2))]);
    assert_eq!(raw(&vault, 2), (ImportId(1), 2, r#"["2","0"]"#.into()));
    trash(&mut vault, ImportId(2), None);
    trash(&mut vault, ImportId(1), Some(moment(1)));
    assert_eq!(shown(&vault), [(1, "1".into(), Some(2)), (2, "0".into(), Some(1))]);
    assert_eq!(raw(&vault, 2), (ImportId(2), 1, r#"["2"]"#.into()));
    trash(&mut vault, ImportId(1), None);
    let counts: Vec<_> = vault.imports().unwrap().iter().map(|i| (i.read, i.added, i.known)).collect();
    assert_eq!(counts, [(2, 2, 0), (2, 1, 1)]);
    // The rows again: they are known, and a new one beside them is new.
    let before = shown(&vault);
    let again = store(&mut vault, &[draft(1, 1), draft(2, 0), draft(3, 0)]);
    assert_eq!(shown(&vault)[..2], before[..]);
    assert_eq!(shown(&vault).len(), 3);
    trash(&mut vault, again, Some(moment(2)));
    assert_eq!(shown(&vault), before);
    assert_eq!(vault.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_was_typed_in_the_first_version_keeps_every_fact() {
    let mut connection = connection::open_in_memory().unwrap();
    schema::migrate(&mut connection, None, &schema::MIGRATIONS[..1]).unwrap();
    let typed = r#"
        INSERT INTO vault (id, vault_id, epoch) VALUES (1, x'00', 1);
        INSERT INTO reading (id, transaction_id, key, facts, statement, provider, at_seconds, at_offset_minutes, direction,
            kind, amount_minor, currency, fee_minor, refunded_minor, counterparty, counterparty_account, item, method,
            category, status, order_no, merchant_order_no, memo, marks, raw, typed, trashed_at) VALUES
            (1, 1, 'typed/1', x'01', NULL, 'p', 1770000001, -210, 'in', 'refund', 1234, 'KWD', 5, 6, 'a', 'b', 'c', 'd',
                'e', 'f', 'g', 'h', 'i', '["mangled-id"]', '', 1, NULL),
            (2, 2, 'typed/2', x'02', NULL, 'p', 1770000002, 480, 'out', 'purchase', 100, 'CNY', NULL, 0, 'z', '', '', '',
                '', '', '', '', '', '[]', '', 1, '2026-03-03T09:00:00+08:00');
        INSERT INTO note VALUES (1, 'n');
    "#;
    connection.execute_batch(typed).unwrap();
    schema::migrate(&mut connection, None, schema::MIGRATIONS).unwrap();
    let vault =
        Vault { connection, home: None, older_than_last_seen: false, words: std::cell::OnceCell::new() };
    let [found] = vault.transactions().unwrap().try_into().unwrap();
    let currency = Currency::parse("KWD").unwrap();
    let sum = |minor| Money::new(minor, currency);
    assert_eq!((found.amount, found.fee, found.refunded), (sum(1234), Some(sum(5)), sum(6)));
    assert_eq!(found.at.to_rfc3339(), "2026-02-01T23:10:01-03:30");
    assert_eq!((found.direction, found.kind), (Direction::In, Kind::Refund));
    let texts =
        [&found.counterparty, &found.counterparty_account, &found.item, &found.method, &found.category];
    assert_eq!(texts, ["a", "b", "c", "d", "e"]);
    let texts =
        [&found.status, &found.order_no, &found.merchant_order_no, &found.memo, &found.note, &found.key];
    assert_eq!(texts, ["f", "g", "h", "i", "n", "typed/1"]);
    assert_eq!((found.marks, found.statement, found.source), (vec![Mark::MangledId], None, None));
    let [trashed] = vault.trashed().unwrap().try_into().unwrap();
    let Remains::Transaction { counterparty, amount, .. } = trashed.remains else { panic!("a transaction") };
    assert_eq!((counterparty.as_str(), amount), ("z", Money::fen(100)));
}

#[test]
fn what_an_import_only_updates_is_not_counted_as_added() {
    let mut connection = connection::open_in_memory().unwrap();
    schema::migrate(&mut connection, None, schema::MIGRATIONS).unwrap();
    let words = std::cell::OnceCell::new();
    let mut vault = Vault { connection, home: None, older_than_last_seen: false, words };
    let first = store(&mut vault, &[draft(1, 0)]);
    store(&mut vault, &[draft(1, 1), draft(2, 0)]);
    let counts = |vault: &Vault| -> Vec<_> {
        vault.imports().unwrap().iter().map(|i| (i.read, i.added, i.known)).collect()
    };
    assert_eq!(counts(&vault), [(1, 1, 0), (2, 1, 1)]);
    // What the trash holds is not in the ledger: it comes back as new.
    trash(&mut vault, ImportId(2), Some(moment(1)));
    trash(&mut vault, first, Some(moment(1)));
    store(&mut vault, &[draft(1, 2)]);
    assert_eq!(counts(&vault), [(1, 1, 0)]);
}
