//! Packs, own numbers and marks, through the app as front ends ask it.

use super::*;
use crate::vault::Cost;
use minisign::KeyPair;

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-11-22T10:00:00+08:00").unwrap()
}

fn open_app(folder: &Path) -> App {
    let mut app = App::new(folder, Cost::LOW).unwrap();
    app.create("一口唐山话 42", now()).unwrap();
    app
}

fn signed(pair: &KeyPair, version: u64) -> Vec<u8> {
    let content = pack::shipped(version, "2027-01-02".parse().unwrap()).bytes();
    let signature = minisign::sign(Some(&pair.pk), &pair.sk, content.as_slice(), None, None).unwrap();
    pack::packed(&signature.into_string(), &content)
}

#[test]
fn a_pack_is_installed_survives_a_restart_and_an_older_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let mut app = App::new(folder.path(), Cost::LOW).unwrap();
    app.directory_key = pair.pk.to_base64();
    assert!(app.edition().built_in);

    let file = signed(&pair, 2_027_010_201);
    let examined = app.pack_examine(&file);
    assert!(!examined.installed && examined.refused.is_none());
    assert!(app.edition().built_in, "looking changes nothing");
    assert!(app.pack_install(&file).unwrap().installed);
    assert_eq!(app.edition().version, 2_027_010_201);
    assert_eq!(App::load_directory(folder.path(), &app.directory_key).edition().version, 2_027_010_201);

    let again = app.pack_install(&file).unwrap();
    assert_eq!(again.refused, Some(Refusal::NotNewer));
    let older = app.pack_install(&signed(&pair, 2_027_010_200)).unwrap();
    assert_eq!(older.refused, Some(Refusal::NotNewer));
    assert!(older.reason.is_some());
    assert_eq!(app.edition().version, 2_027_010_201, "the old one stays");
    assert!(app.pack_remove().unwrap().built_in);
}

#[test]
fn a_pack_changed_on_the_disk_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let mut app = App::new(folder.path(), Cost::LOW).unwrap();
    app.directory_key = pair.pk.to_base64();
    app.pack_install(&signed(&pair, 2_027_010_201)).unwrap();
    let path = folder.path().join(INSTALLED);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("95188", "95189", 1)).unwrap();
    assert!(App::load_directory(folder.path(), &app.directory_key).edition().built_in);
    // Nor is one that was signed for another app.
    let other = KeyPair::generate_unencrypted_keypair().unwrap();
    std::fs::write(&path, signed(&other, 2_027_010_202)).unwrap();
    assert!(App::load_directory(folder.path(), &app.directory_key).edition().built_in);
}

#[test]
fn an_own_number_is_marked_survives_an_update_and_changes_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let mut app = open_app(folder.path());
    app.directory_key = pair.pk.to_base64();
    let fresh = |number: &str| NewOwnNumber {
        provider: "支付宝".into(),
        number: number.into(),
        label: "客户经理".into(),
    };
    let id = app.add_own_number(fresh("0571-8888 7777"), now()).unwrap();
    assert_eq!(app.add_own_number(fresh("*21*95188#"), now()).unwrap_err().code, Code::Invalid);
    app.pack_install(&signed(&pair, 2_027_010_201)).unwrap();
    let check = app.check_number("+86 571 88887777");
    assert_eq!(check.yours.as_deref(), Some("客户经理"));
    assert_eq!(check.verdict, crate::directory::NumberVerdict::Unlisted);
    assert_eq!(app.own_tel(id).unwrap(), "tel:057188887777");
    assert!(app.directory().tel("alipay", "客户经理").is_err(), "the directory knows nothing of it");
    app.remove_own_number(id, now()).unwrap();
    assert!(app.own_numbers().unwrap().is_empty());
    assert!(app.own_tel(id).is_err());
}
