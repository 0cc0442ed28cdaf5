//! Packs signed with keys made here; refused ones leave no directory behind.

use super::*;
use minisign::KeyPair;

struct Signer(KeyPair);

impl Signer {
    fn new() -> Self {
        Self(KeyPair::generate_unencrypted_keypair().unwrap())
    }

    fn key(&self) -> String {
        self.0.pk.to_base64()
    }

    fn sign(&self, content: &[u8]) -> Vec<u8> {
        let signature =
            minisign::sign(Some(&self.0.pk), &self.0.sk, content, Some("directory"), None).unwrap();
        packed(&signature.into_string(), content)
    }
}

fn content(version: u64) -> Content {
    shipped(version, "2027-01-02".parse().unwrap())
}

#[test]
fn a_pack_of_ours_becomes_the_directory() {
    let signer = Signer::new();
    let mut newer = content(2_027_010_201);
    let alipay = newer.providers.get_mut("alipay.toml").unwrap();
    *alipay = alipay.replace("number = \"95188\"", "number = \"95189\"");
    let directory = read(&signer.sign(&newer.bytes()), &signer.key(), 2_026_112_201).unwrap();
    assert_eq!(directory.edition().version, 2_027_010_201);
    assert!(!directory.edition().built_in);
    assert_eq!(directory.tel("alipay", "main").unwrap(), "tel:95189");
    let differences = differences(&Directory::load(), &directory);
    let alipay = differences.iter().find(|one| one.provider == "alipay").unwrap();
    assert_eq!((alipay.before[0].as_str(), alipay.after[0].as_str()), ("95188", "95189"));
    assert_eq!(differences.len(), 1);
}

#[test]
fn another_key_is_refused() {
    let (signer, other) = (Signer::new(), Signer::new());
    let file = other.sign(&content(3_000_000_000).bytes());
    assert_eq!(read(&file, &signer.key(), 1).unwrap_err(), Refusal::OtherKey);
    assert_eq!(read(&file, "not a key", 1).unwrap_err(), Refusal::OtherKey);
}

#[test]
fn a_changed_byte_anywhere_in_the_content_is_refused() {
    let signer = Signer::new();
    let file = signer.sign(&content(3_000_000_000).bytes());
    let start = file.windows(2).position(|pair| pair == b"\n\n").unwrap() + 2;
    for at in (start..file.len()).step_by(file.len() / 37) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert_eq!(read(&changed, &signer.key(), 1).unwrap_err(), Refusal::Tampered, "byte {at}");
    }
    let mut longer = file.clone();
    longer.extend_from_slice(b"\n# more");
    assert_eq!(read(&longer, &signer.key(), 1).unwrap_err(), Refusal::Tampered);
    assert_eq!(read(&file[..file.len() - 1], &signer.key(), 1).unwrap_err(), Refusal::Tampered);
}

#[test]
fn an_older_and_the_same_edition_are_refused() {
    let signer = Signer::new();
    let file = signer.sign(&content(2_026_112_201).bytes());
    assert_eq!(read(&file, &signer.key(), 2_026_112_201).unwrap_err(), Refusal::NotNewer);
    assert_eq!(read(&file, &signer.key(), 2_026_112_202).unwrap_err(), Refusal::NotNewer);
    assert!(read(&file, &signer.key(), 2_026_112_200).is_ok());
}

#[test]
fn what_is_no_pack_is_refused() {
    let signer = Signer::new();
    let whole = signer.sign(&content(3_000_000_000).bytes());
    for file in
        [&b""[..], b"recourse-directory-pack 1\n", b"PK\x03\x04", b"\xff\xfe", &whole[..60], &whole[1..]]
    {
        assert_eq!(read(file, &signer.key(), 1).unwrap_err(), Refusal::NoPack);
    }
    assert_eq!(read(&vec![b'x'; LARGEST_PACK + 1], &signer.key(), 1).unwrap_err(), Refusal::TooLarge);
}

#[test]
fn signed_nonsense_is_refused_all_the_same() {
    let signer = Signer::new();
    let refused = |text: &str| read(&signer.sign(text.as_bytes()), &signer.key(), 1).unwrap_err();
    assert_eq!(refused("schema = 1\n"), Refusal::Malformed);
    assert_eq!(refused("not toml at all ["), Refusal::Malformed);
    assert_eq!(refused("schema = 2\nnew_field = 1\n"), Refusal::NewerApp);
    let with = |change: &dyn Fn(&mut Content)| {
        let mut content = content(3_000_000_000);
        change(&mut content);
        read(&signer.sign(&content.bytes()), &signer.key(), 1).unwrap_err()
    };
    assert_eq!(with(&|content| content.providers.clear()), Refusal::Malformed);
    let break_alipay = |from: &'static str, to: &'static str| {
        move |content: &mut Content| {
            let text = content.providers.get_mut("alipay.toml").unwrap();
            assert!(text.contains(from), "{from}");
            *text = text.replacen(from, to, 1);
        }
    };
    assert_eq!(with(&break_alipay("number = \"95188\"", "number = \"*21*95188#\"")), Refusal::Malformed);
    assert_eq!(with(&break_alipay("number = \"95188\"", "number = \"95055\"")), Refusal::Malformed);
    assert_eq!(with(&break_alipay("languages = [\"zh\"]", "languages = []")), Refusal::Malformed);
    assert_eq!(with(&break_alipay("id = \"alipay\"", "id = \"alipay\"\nunknown = 1")), Refusal::Malformed);
}

#[test]
fn every_refusal_has_its_words_and_the_shipped_key_is_one() {
    for refusal in [
        Refusal::NoPack,
        Refusal::TooLarge,
        Refusal::OtherKey,
        Refusal::Tampered,
        Refusal::NewerApp,
        Refusal::Malformed,
        Refusal::NotNewer,
    ] {
        let words = refusal.words();
        assert!(words.zh.contains("没有变") && words.en.contains("unchanged"));
    }
    assert!(PublicKey::from_base64(public_key()).is_ok());
}
