//! The vault from outside: what opens it, what it holds after every kind of accident, and what it never shows.

use recourse::Code;
use recourse::case::{Case, CaseId, Happening, Trouble, Wish};
use recourse::detect::{FlagKind, Ruling, Verdict};
use recourse::ledger::{Transaction, TransactionId};
use recourse::money::Money;
use recourse::statements::Draft;
use recourse::vault::{Change, Cost, Owner, Placement, Secret, Thing, Vault};
use recourse_tests::rows::{draft, import, key, moment};
use std::fs;
use std::path::{Path, PathBuf};

const PASSPHRASE: &str = "correct horse";

fn place() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn create(folder: &Path) -> (Vault, String) {
    let (vault, code) = Vault::create(folder, PASSPHRASE, Cost::LOW, moment(0)).unwrap();
    (vault, code.as_str().to_owned())
}

fn unlock(folder: &Path) -> recourse::Result<Vault> {
    Vault::unlock(folder, Secret::Passphrase(PASSPHRASE), moment(1))
}

fn code<T>(result: recourse::Result<T>) -> Option<Code> {
    result.err().map(|error| error.code)
}

fn store(vault: &mut Vault, name: &str, drafts: &[Draft]) -> recourse::ledger::ImportId {
    store_as(vault, name, drafts, |_| Placement::New)
}

fn store_as(
    vault: &mut Vault,
    name: &str,
    drafts: &[Draft],
    place: impl Fn(&Draft) -> Placement,
) -> recourse::ledger::ImportId {
    vault.execute(vec![import(name, drafts, place)], moment(5), &mut |_| true).unwrap()[0].import
}

fn trash(vault: &mut Vault, thing: Thing) -> Change {
    let change = Change::Trash { thing, before: None, after: Some(moment(9)) };
    vault.apply(std::slice::from_ref(&change)).unwrap();
    change
}

fn find(vault: &Vault, draft: &Draft) -> Option<Transaction> {
    vault.transactions().unwrap().into_iter().find(|transaction| transaction.key == key(draft).to_string())
}

fn typed(n: u32) -> Transaction {
    let draft = draft(n);
    Transaction {
        key: format!("typed/{n}"),
        provider: "wechat-pay".into(),
        fee: Some(Money::fen(1)),
        counterparty: "陌生人".into(),
        method: "招商银行信用卡(1234)".into(),
        marks: vec![recourse::ledger::Mark::UnknownType],
        note: "不是我付的".into(),
        ..Transaction::of(draft.at, draft.direction, draft.kind, draft.amount)
    }
}

fn case_about(transactions: Vec<TransactionId>) -> Case {
    Case {
        id: CaseId(0),
        opened_at: moment(3),
        trouble: Trouble::DuplicateCharge,
        provider: "alipay".into(),
        story: "同一笔早点扣了两次".into(),
        wishes: vec![Wish::Refund, Wish::Explanation],
        transactions,
        findings: vec![],
        flags: vec!["f1".into()],
        events: Vec::new(),
    }
}

/// Everything a vault holds, in one comparable text.
fn contents(vault: &Vault) -> String {
    let transactions = vault.transactions().unwrap();
    let owners = transactions.iter().map(|transaction| Owner::Transaction(transaction.id));
    let cases = vault.cases().unwrap();
    let files: Vec<_> = owners
        .chain(cases.iter().map(|case| Owner::Case(case.id)))
        .flat_map(|owner| vault.attachments(owner).unwrap())
        .map(|file| (vault.attachment_bytes(file.id).unwrap(), file))
        .collect();
    let rows: Vec<_> = transactions.iter().map(|t| vault.raw_row(t.id).unwrap()).collect();
    format!(
        "{transactions:?}\n{rows:?}\n{:?}\n{cases:?}\n{:?}\n{files:?}\n{:?}",
        vault.imports().unwrap(),
        vault.rulings().unwrap(),
        vault.setting("name").unwrap()
    )
}

/// A vault with something of everything.
fn furnished(folder: &Path) -> Vault {
    let (mut vault, _) = create(folder);
    let drafts: Vec<_> = (0..300).map(draft).collect();
    store(&mut vault, "march.csv", &drafts);
    let hand = vault.insert_typed(&typed(7)).unwrap();
    let case = vault.open_case(&case_about(vec![TransactionId(1), hand])).unwrap();
    vault.append(case, moment(4), &Happening::Noted { text: "已打电话".into() }).unwrap();
    vault.attach(Owner::Case(case), "截图.png", "image/png", &[7; 9000], moment(4)).unwrap();
    vault.attach(Owner::Transaction(hand), "b", "application/pdf", b"", moment(4)).unwrap();
    let ruling = Ruling {
        flag: "f1".into(),
        kind: FlagKind::DuplicateCharge,
        counterparty: "早点铺1号".into(),
        account: "138****2211".into(),
        verdict: Verdict::Pursue,
        amount: Money::fen(800),
        at: Some(moment(4)),
    };
    vault
        .apply(&[
            Change::Ruling { flag: "f1".into(), before: None, after: Some(ruling) },
            Change::Note {
                transaction: TransactionId(2), before: String::new(), after: "公司报销".into()
            },
        ])
        .unwrap();
    vault.set_setting("name", "王小明").unwrap();
    vault
}

#[test]
fn what_is_stored_is_read_back_after_locking() {
    let folder = place();
    let vault = furnished(folder.path());
    let before = contents(&vault);
    vault.close().unwrap();
    let vault = unlock(folder.path()).unwrap();
    assert_eq!(contents(&vault), before);
    assert_eq!(vault.transactions().unwrap().len(), 301);
    assert_eq!(vault.cases().unwrap()[0].events.len(), 1);
    assert_eq!(vault.check().unwrap(), Vec::<String>::new());
    let stored = find(&vault, &draft(0)).unwrap();
    assert_eq!((stored.at, stored.item.as_str()), (draft(0).at, "豆浆油条0"));
    let (_, row, raw) = vault.raw_row(stored.id).unwrap().unwrap();
    assert_eq!((row, raw), (2, draft(0).raw));
    let hand = vault.transactions().unwrap().into_iter().find(|t| t.source.is_none()).unwrap();
    assert_eq!(Transaction { id: TransactionId(0), ..hand }, typed(7));
}

#[test]
fn there_is_no_vault_where_none_was_made_and_none_is_made_over_another() {
    let folder = place();
    assert!(!Vault::exists(folder.path()));
    assert_eq!(code(unlock(folder.path())), Some(Code::NoVault));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    drop(furnished(folder.path()));
    assert!(Vault::exists(folder.path()));
    assert_eq!(code(Vault::create(folder.path(), "other", Cost::LOW, moment(0))), Some(Code::VaultExists));
    assert_eq!(unlock(folder.path()).unwrap().transactions().unwrap().len(), 301);
    let elsewhere = place();
    assert_eq!(code(Vault::create(elsewhere.path(), "", Cost::LOW, moment(0))), Some(Code::Invalid));
    assert!(!Vault::exists(elsewhere.path()));
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_the_folder_and_its_files() {
    use std::os::unix::fs::PermissionsExt;
    let outside = place();
    let folder = outside.path().join("new").join("vault");
    let vault = furnished(&folder);
    let backup = outside.path().join("b.recourse");
    vault.backup(&backup, moment(2)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&backup), 0o600);
    let names: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        assert_eq!(mode(&name), 0o600, "{name:?}");
    }
}

#[test]
fn a_wrong_passphrase_writes_nothing_and_the_right_one_opens_in_every_unicode_form() {
    let folder = place();
    drop(Vault::create(folder.path(), "Ünïcode 密码 １２", Cost::LOW, moment(0)).unwrap());
    let before = files(folder.path());
    for wrong in ["", "unicode", "Ünïcode 密码 12 ", "密码", &"x".repeat(4096)] {
        let result = Vault::unlock(folder.path(), Secret::Passphrase(wrong), moment(0));
        assert_eq!(code(result), Some(Code::WrongPassphrase));
    }
    assert_eq!(files(folder.path()), before);
    for right in ["Ünïcode 密码 12", "U\u{308}ni\u{308}code 密码 １２"] {
        Vault::unlock(folder.path(), Secret::Passphrase(right), moment(0)).unwrap();
    }
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_recovery_code_opens_sets_a_new_passphrase_and_is_replaced() {
    let folder = place();
    let (vault, old) = create(folder.path());
    vault.close().unwrap();
    let recover = |code: &str| Vault::unlock(folder.path(), Secret::Recovery(code), moment(1));

    let mut mistyped = old.clone().into_bytes();
    mistyped[3] = if mistyped[3] == b'7' { b'8' } else { b'7' };
    assert_eq!(code(recover(std::str::from_utf8(&mistyped).unwrap())), Some(Code::Invalid));
    assert_eq!(code(recover("ABCDE")), Some(Code::Invalid));
    let (_, foreign) = create(place().path());
    assert_eq!(code(recover(&foreign)), Some(Code::WrongPassphrase));

    let mut vault = recover(&old.to_lowercase().replace('-', " ")).unwrap();
    vault.set_passphrase("new one", Cost::LOW).unwrap();
    assert_eq!(code(vault.new_recovery_code(PASSPHRASE)), Some(Code::WrongPassphrase));
    let new = vault.new_recovery_code("new one").unwrap().as_str().to_owned();
    vault.close().unwrap();
    assert_eq!(code(recover(&old)), Some(Code::WrongPassphrase));
    assert_eq!(code(unlock(folder.path())), Some(Code::WrongPassphrase));
    recover(&new).unwrap().close().unwrap();
    Vault::unlock(folder.path(), Secret::Passphrase("new one"), moment(1)).unwrap();
}

#[test]
fn a_changed_passphrase_is_the_only_one_that_opens() {
    let folder = place();
    let (mut vault, recovery) = create(folder.path());
    assert_eq!(code(vault.change_passphrase("wrong", "b", Cost::LOW)), Some(Code::WrongPassphrase));
    assert_eq!(code(vault.change_passphrase(PASSPHRASE, "", Cost::LOW)), Some(Code::Invalid));
    vault.change_passphrase(PASSPHRASE, "b", Cost { passes: 2, ..Cost::LOW }).unwrap();
    vault.close().unwrap();
    assert_eq!(code(unlock(folder.path())), Some(Code::WrongPassphrase));
    drop(Vault::unlock(folder.path(), Secret::Passphrase("b"), moment(1)).unwrap());
    drop(Vault::unlock(folder.path(), Secret::Recovery(&recovery), moment(1)).unwrap());
}

#[test]
fn the_keychain_slot_comes_and_goes_without_touching_the_passphrase() {
    let folder = place();
    let (mut vault, _) = create(folder.path());
    assert!(!Vault::has_keychain_slot(folder.path()));
    let first = vault.add_keychain_slot().unwrap();
    assert!(Vault::has_keychain_slot(folder.path()));
    let second = vault.add_keychain_slot().unwrap();
    vault.close().unwrap();
    let open = |key: &[u8; 32]| Vault::unlock(folder.path(), Secret::Keychain(key), moment(1));
    assert_eq!(code(open(&first)), Some(Code::WrongPassphrase));
    let mut vault = open(&second).unwrap();
    vault.remove_keychain_slot().unwrap();
    vault.close().unwrap();
    assert!(!Vault::has_keychain_slot(folder.path()));
    assert_eq!(code(open(&second)), Some(Code::WrongPassphrase));
    unlock(folder.path()).unwrap();
}

#[test]
fn one_damaged_copy_of_the_header_is_noticed_and_mended_and_two_are_refused() {
    let folder = place();
    furnished(folder.path()).close().unwrap();
    let header = folder.path().join("vault.hdr");
    for at in [20, 4096 + 20] {
        let mut bytes = fs::read(&header).unwrap();
        bytes[at] ^= 4;
        fs::write(&header, bytes).unwrap();
        unlock(folder.path()).unwrap().close().unwrap();
        let mended = fs::read(&header).unwrap();
        assert_eq!(mended[..4096], mended[4096..]);
    }
    let mut bytes = fs::read(&header).unwrap();
    bytes[20] ^= 4;
    bytes[4096 + 2000] ^= 4;
    fs::write(&header, &bytes).unwrap();
    let before = files(folder.path());
    assert_eq!(code(unlock(folder.path())), Some(Code::Damaged));
    assert_eq!(files(folder.path()), before);
    fs::remove_file(&header).unwrap();
    assert_eq!(code(unlock(folder.path())), Some(Code::Damaged));
}

#[test]
fn damage_to_any_page_of_the_database_is_noticed_and_is_never_a_wrong_passphrase() {
    let folder = place();
    furnished(folder.path()).close().unwrap();
    let database = folder.path().join("vault.db");
    let header = fs::read(folder.path().join("vault.hdr")).unwrap();
    let whole = fs::read(&database).unwrap();
    let mut mutants: Vec<Vec<u8>> = Vec::new();
    for page in 0..whole.len() / 4096 {
        let mut flipped = whole.clone();
        flipped[page * 4096 + (page * 131) % 4096] ^= 1 << (page % 8);
        mutants.push(flipped);
    }
    for length in [0, 1, 16, 4095, 4096, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        mutants.push(whole[..length].to_vec());
    }
    let (mut swapped, mut zeroed) = (whole.clone(), whole.clone());
    swapped[4096..3 * 4096].rotate_left(4096);
    zeroed[5 * 4096..6 * 4096].fill(0);
    mutants.extend([swapped, zeroed]);
    assert!(mutants.len() > 40);
    for (number, mutant) in mutants.iter().enumerate() {
        fs::write(&database, mutant).unwrap();
        fs::write(folder.path().join("vault.hdr"), &header).unwrap();
        let _ = fs::remove_file(folder.path().join("vault.db-wal"));
        let _ = fs::remove_file(folder.path().join("vault.db-shm"));
        match unlock(folder.path()) {
            Err(error) => assert_eq!(error.code, Code::Damaged, "mutant {number}: {error}"),
            Ok(vault) => {
                // A byte that is missing at the end is read as zero: where it was zero, nothing is lost.
                let mut filled = mutant.clone();
                filled.resize(whole.len(), 0);
                let noticed = !vault.check().unwrap().is_empty();
                assert!(noticed || filled == whole, "mutant {number}");
            }
        }
        assert!(database.exists());
    }
    fs::write(&database, &whole).unwrap();
    fs::write(folder.path().join("vault.hdr"), &header).unwrap();
    let _ = fs::remove_file(folder.path().join("vault.db-wal"));
    assert_eq!(unlock(folder.path()).unwrap().transactions().unwrap().len(), 301);
}

#[test]
fn an_older_database_under_a_newer_header_is_noticed() {
    let folder = place();
    furnished(folder.path()).close().unwrap();
    let database = folder.path().join("vault.db");
    let older = fs::read(&database).unwrap();
    let vault = unlock(folder.path()).unwrap();
    assert!(!vault.older_than_last_seen());
    vault.close().unwrap();
    fs::write(&database, older).unwrap();
    let vault = unlock(folder.path()).unwrap();
    assert!(vault.older_than_last_seen());
    assert_eq!(vault.check().unwrap().len(), 1);
    vault.close().unwrap();
    assert!(!unlock(folder.path()).unwrap().older_than_last_seen());
}

#[test]
fn a_second_opener_is_told_and_the_first_goes_on() {
    let folder = place();
    let mut vault = furnished(folder.path());
    assert_eq!(code(unlock(folder.path())), Some(Code::InUse));
    let backup = folder.path().join("b");
    vault.backup(&backup, moment(2)).unwrap();
    let restored = Vault::restore(&backup, folder.path(), Secret::Passphrase(PASSPHRASE), moment(2));
    assert_eq!(code(restored), Some(Code::InUse));
    store(&mut vault, "april.csv", &[draft(1000)]);
    vault.close().unwrap();
    assert_eq!(unlock(folder.path()).unwrap().transactions().unwrap().len(), 302);
}

#[test]
fn undoing_one_of_two_overlapping_imports_loses_no_row_the_other_holds() {
    let mut vault = Vault::in_memory().unwrap();
    let (march, april): (Vec<_>, Vec<_>) = ((0..10).map(draft).collect(), (5..15).map(draft).collect());
    let first = store(&mut vault, "march.csv", &march);
    let known = |vault: &Vault, row: &Draft| find(vault, row).map(|t| t.id);
    let ids: Vec<_> = april.iter().map(|row| known(&vault, row)).collect();
    let second = store_as(&mut vault, "april.csv", &april, |row| {
        ids[(row.row - 7) as usize].map_or(Placement::New, Placement::Known)
    });
    let imports = vault.imports().unwrap();
    assert_eq!((imports[1].read, imports[1].added, imports[1].known), (10, 5, 5));
    let all = contents(&vault);

    let undo = trash(&mut vault, Thing::Import(first));
    assert_eq!(vault.transactions().unwrap().len(), 10);
    assert!(find(&vault, &march[4]).is_none());
    let shared = find(&vault, &march[5]).unwrap();
    assert_eq!(shared.source.unwrap().import, second);
    assert_eq!(vault.raw_row(shared.id).unwrap().unwrap().0, second);
    assert_eq!(code(vault.raw_row(TransactionId(1))), Some(Code::NotFound));
    assert_eq!(vault.import_by_sha256("march.csv").unwrap(), None);
    vault.apply(&[undo.inverse()]).unwrap();
    assert_eq!(contents(&vault), all);
    trash(&mut vault, Thing::Import(second));
    assert_eq!(vault.transactions().unwrap().len(), 10);
    trash(&mut vault, Thing::Import(first));
    assert_eq!(vault.transactions().unwrap(), Vec::new());
}

#[test]
fn a_changed_row_shows_its_newest_reading_and_the_older_one_after_undo() {
    let mut vault = Vault::in_memory().unwrap();
    let paid = draft(1);
    let refunded =
        Draft { status: "退款成功".into(), refunded: paid.amount, raw: "[]".into(), ..draft(1) };
    let first = store(&mut vault, "a", std::slice::from_ref(&paid));
    let id = find(&vault, &paid).unwrap().id;
    let second = store_as(&mut vault, "b", &[refunded], |_| Placement::Changed(id));
    let now = find(&vault, &paid).unwrap();
    assert_eq!((now.id, now.status.as_str(), now.refunded), (id, "退款成功", paid.amount));
    assert_eq!(vault.transactions().unwrap().len(), 1);
    let undo = trash(&mut vault, Thing::Import(second));
    let now = find(&vault, &paid).unwrap();
    assert_eq!((now.id, now.status.as_str(), now.source.unwrap().import), (id, "交易成功", first));
    vault.apply(&[undo.inverse()]).unwrap();
    trash(&mut vault, Thing::Import(first));
    let now = find(&vault, &paid).unwrap();
    assert_eq!((now.id, now.status.as_str(), now.source.unwrap().import), (id, "退款成功", second));
}

#[test]
fn a_file_imported_again_after_its_undo_is_the_same_ledger_and_redo_doubles_nothing() {
    let mut vault = Vault::in_memory().unwrap();
    let rows: Vec<_> = (0..20).map(draft).collect();
    let first = store(&mut vault, "a", &rows);
    let id = find(&vault, &rows[3]).unwrap().id;
    let note = Change::Note { transaction: id, before: String::new(), after: "记得".into() };
    vault.apply(&[note]).unwrap();
    let undo = trash(&mut vault, Thing::Import(first));
    store(&mut vault, "a again", &rows);
    let again = find(&vault, &rows[3]).unwrap();
    assert_eq!((again.id, again.note.as_str()), (id, "记得"));
    assert_eq!(vault.imports().unwrap()[0].added, 20);
    vault.apply(&[undo.inverse()]).unwrap();
    assert_eq!(vault.transactions().unwrap().len(), 20);
    // Placed as new although it is there: nothing is doubled either.
    store(&mut vault, "third", &rows);
    assert_eq!(vault.transactions().unwrap().len(), 20);
    assert_eq!(vault.imports().unwrap()[2].known, 20);
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let mut vault = Vault::in_memory().unwrap();
    store(&mut vault, "before", &[draft(9999)]);
    let before = contents(&vault);
    let rows: Vec<_> = (0..3000).map(draft).collect();
    for stop_at in [0, 1, 2000, 3000] {
        let mut heard = Vec::new();
        let result = vault.execute(vec![import("a", &rows, |_| Placement::New)], moment(0), &mut |stored| {
            heard.push(stored);
            stored < stop_at
        });
        assert_eq!(code(result), Some(Code::Cancelled));
        assert!(heard.is_sorted());
        assert_eq!(contents(&vault), before);
    }
    let unknown = import("a", &rows, |_| Placement::Known(TransactionId(77_777)));
    assert_eq!(code(vault.execute(vec![unknown], moment(0), &mut |_| true)), Some(Code::NotFound));
    assert_eq!(contents(&vault), before);
}

#[test]
fn changes_are_applied_all_or_none_and_their_inverses_undo_them() {
    let folder = place();
    let mut vault = furnished(folder.path());
    let before = contents(&vault);
    let case = vault.cases().unwrap()[0].clone();
    let hand = vault.transactions().unwrap().into_iter().find(|t| t.source.is_none()).unwrap();
    let file = vault.attachments(Owner::Case(case.id)).unwrap()[0].id;
    let out = |thing| Change::Trash { thing, before: None, after: Some(moment(8)) };
    let changes = vec![
        Change::Note { transaction: hand.id, before: hand.note.clone(), after: String::new() },
        out(Thing::Transaction(hand.id)),
        out(Thing::Event(case.events[0].id)),
        out(Thing::Attachment(file)),
        out(Thing::Case(case.id)),
        Change::Ruling { flag: "f1".into(), before: vault.rulings().unwrap().pop(), after: None },
    ];
    vault.apply(&changes).unwrap();
    assert!(vault.cases().unwrap().is_empty() && vault.rulings().unwrap().is_empty());
    assert_eq!(vault.transactions().unwrap().len(), 300);
    let undo: Vec<_> = changes.into_iter().rev().map(Change::inverse).collect();
    vault.apply(&undo).unwrap();
    assert_eq!(contents(&vault), before);

    let imported = TransactionId(1);
    for impossible in [
        out(Thing::Transaction(imported)),
        out(Thing::Case(CaseId(99))),
        Change::Note { transaction: TransactionId(9999), before: String::new(), after: "x".into() },
    ] {
        let first = Change::Note { transaction: imported, before: String::new(), after: "half".into() };
        assert_eq!(code(vault.apply(&[first, impossible])), Some(Code::NotFound));
        assert_eq!(contents(&vault), before);
    }
    assert_eq!(code(vault.append(CaseId(99), moment(0), &Happening::Reopened)), Some(Code::NotFound));
    let nobody = Owner::Transaction(TransactionId(9999));
    assert_eq!(code(vault.attach(nobody, "a", "b", b"c", moment(0))), Some(Code::NotFound));
    assert_eq!(code(vault.open_case(&case_about(vec![TransactionId(9999)]))), Some(Code::NotFound));
    assert_eq!(contents(&vault), before);
}

#[test]
fn a_restored_backup_equals_the_vault_and_the_replaced_vault_is_kept_whole() {
    let (folder, outside) = (place(), place());
    let mut vault = furnished(folder.path());
    let backup = outside.path().join("备份.recourse");
    let before = contents(&vault);
    assert_eq!(vault.last_backup_at().unwrap(), None);
    vault.backup(&backup, moment(2)).unwrap();
    assert_eq!(vault.last_backup_at().unwrap(), Some(moment(2)));
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);

    store(&mut vault, "later", &[draft(5000)]);
    let later = contents(&vault);
    // As after a crash: the log was never put into the file.
    std::mem::forget(vault);
    let elsewhere = place();
    let restored =
        Vault::restore(&backup, elsewhere.path(), Secret::Passphrase(PASSPHRASE), moment(3)).unwrap();
    assert_eq!(contents(&restored), before);
    assert_eq!(restored.check().unwrap(), Vec::<String>::new());

    // The forgotten vault still holds its lock: what lies there is moved elsewhere to be replaced.
    let copy = place();
    for (path, bytes) in files(folder.path()) {
        fs::write(copy.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    let restored = Vault::restore(&backup, copy.path(), Secret::Passphrase(PASSPHRASE), moment(3)).unwrap();
    assert_eq!(contents(&restored), before);
    let kept = copy.path().join(format!("replaced-{}", moment(3).format("%Y%m%d-%H%M%S")));
    assert_eq!(contents(&unlock(&kept).unwrap()), later);
}

#[test]
fn a_damaged_or_foreign_backup_is_refused_before_anything_is_touched() {
    let (folder, outside) = (place(), place());
    let vault = furnished(folder.path());
    let backup = outside.path().join("b");
    vault.backup(&backup, moment(2)).unwrap();
    vault.close().unwrap();
    let before = files(folder.path());
    let whole = fs::read(&backup).unwrap();
    let restore = |secret| Vault::restore(&backup, folder.path(), secret, moment(3));
    assert_eq!(code(restore(Secret::Passphrase("wrong"))), Some(Code::WrongPassphrase));

    let mut mutants = vec![b"hello".to_vec(), Vec::new(), [whole.as_slice(), b"x"].concat()];
    mutants.extend((1..20).map(|n| whole[..whole.len() * n / 20].to_vec()));
    // Within the header one flip is mended by the other copy, but the hash over all still tells.
    for at in (0..whole.len()).step_by(whole.len() / 150).chain([17, 25, 33, 100, whole.len() - 1]) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        mutants.push(flipped);
    }
    for (number, mutant) in mutants.iter().enumerate() {
        fs::write(&backup, mutant).unwrap();
        let refused = code(restore(Secret::Passphrase(PASSPHRASE)));
        assert!(matches!(refused, Some(Code::Damaged | Code::FromTheFuture)), "mutant {number}: {refused:?}");
        assert_eq!(files(folder.path()), before, "mutant {number}");
    }
    fs::write(&backup, &whole).unwrap();
    restore(Secret::Passphrase(PASSPHRASE)).unwrap();
}

#[test]
fn nothing_readable_lies_on_the_disk_while_open_after_a_kill_and_after_closing() {
    let (folder, outside) = (place(), place());
    let canary = "金丝雀canary4711";
    let (wide, chinese): (Vec<u8>, _) = (
        canary.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        encoding_rs::GB18030.encode(canary).0.into_owned(),
    );
    let forms = [canary.as_bytes().to_vec(), wide, chinese];
    let look = |when: &str| {
        let mut looked = 0;
        for (path, bytes) in files(folder.path()).into_iter().chain(files(outside.path())) {
            looked += bytes.len();
            for form in &forms {
                assert_eq!(count(&bytes, form), 0, "{when}: {path:?}");
            }
        }
        looked
    };
    let (mut vault, _) = create(folder.path());
    let rows: Vec<_> = (0..5000)
        .map(|n| Draft { item: canary.into(), memo: canary.into(), raw: canary.into(), ..draft(n) })
        .collect();
    store(&mut vault, canary, &rows);
    let hand = vault.insert_typed(&Transaction { note: canary.into(), ..typed(1) }).unwrap();
    let case = vault.open_case(&Case { story: canary.into(), ..case_about(vec![hand]) }).unwrap();
    vault.append(case, moment(1), &Happening::Noted { text: canary.into() }).unwrap();
    vault.attach(Owner::Case(case), canary, "text/plain", &forms.concat(), moment(1)).unwrap();
    vault.set_setting("name", canary).unwrap();
    assert_eq!(vault.transactions().unwrap().len(), 5001);
    assert!(folder.path().join("vault.db-wal").metadata().unwrap().len() > 0);
    assert!(look("open") > 900_000);
    vault.backup(&outside.path().join("b"), moment(2)).unwrap();
    look("backed up");
    // What a kill leaves: nothing is closed, nothing checkpointed.
    let left = place();
    for (path, bytes) in files(folder.path()) {
        fs::write(left.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    assert_eq!(unlock(left.path()).unwrap().transactions().unwrap().len(), 5001);
    vault.close().unwrap();
    look("closed");
    assert!(!folder.path().join("vault.db-wal").exists());
}

#[test]
fn a_damaged_database_is_not_talked_about_on_the_error_stream() {
    let folder = place();
    furnished(folder.path()).close().unwrap();
    let database = folder.path().join("vault.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[100] ^= 1;
    fs::write(&database, bytes).unwrap();
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_importer"))
        .args([folder.path().to_str().unwrap(), "0", "1"])
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    let said = String::from_utf8(said.stderr).unwrap();
    assert!(said.contains("Damaged") && !said.contains("sqlcipher") && !said.contains("codec"), "{said}");
}

fn count(bytes: &[u8], form: &[u8]) -> usize {
    bytes.windows(form.len()).filter(|window| window == &form).count()
}

#[cfg(unix)]
#[test]
fn killed_at_any_moment_of_an_import_the_vault_holds_all_of_a_file_or_nothing() {
    use std::io::BufRead;
    use std::process::{Command, Stdio};
    use std::time::Duration;
    const ROWS: u32 = 1500;
    let folder = place();
    let (vault, _) = create(folder.path());
    vault.close().unwrap();
    let (mut stored, mut cut_short, mut unheard) = (0_u32, 0, 0);
    for round in 0..100_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_importer"))
            .args([folder.path().to_str().unwrap(), &stored.to_string(), &ROWS.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), format!("begun {stored}"));
        // Some die at once, some after a file or two: the steps are prime to any rhythm of the child's.
        std::thread::sleep(Duration::from_micros((round * 7919) % 120_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let heard = lines.map_while(Result::ok).filter(|line| line.starts_with("stored")).count();
        let heard = u32::try_from(heard).unwrap();

        let vault = unlock(folder.path()).unwrap();
        let rows = u32::try_from(vault.transactions().unwrap().len()).unwrap();
        assert_eq!(rows % ROWS, 0, "round {round}: a part of a file is there");
        let now = rows / ROWS;
        assert!(now == stored + heard || now == stored + heard + 1, "round {round}: {stored} {heard} {now}");
        assert_eq!(vault.imports().unwrap().len(), now as usize);
        unheard += u32::from(now == stored + heard + 1);
        cut_short += u32::from(now == stored + heard);
        stored = now;
        if round % 10 == 0 {
            assert_eq!(vault.check().unwrap(), Vec::<String>::new());
        }
        vault.close().unwrap();
        if stored > 20 {
            // A small vault again: the rounds stay short.
            for (path, _) in files(folder.path()) {
                fs::remove_file(path).unwrap();
            }
            create(folder.path()).0.close().unwrap();
            stored = 0;
        }
    }
    assert!(cut_short > 10, "cut short {cut_short}, stored but not heard {unheard}");
}
