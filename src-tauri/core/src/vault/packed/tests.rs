use super::*;
use crate::ledger::{Direction, Kind, Mark, Moment};
use crate::vault::connection::open_in_memory;
use crate::vault::schema;
use proptest::prelude::*;

fn vault() -> Connection {
    let mut connection = open_in_memory().unwrap();
    schema::migrate(&mut connection, None, schema::MIGRATIONS).unwrap();
    connection
}

fn reading<'a>(key: &'a str, texts: [&'a str; 9], minor: i64, kind: Kind) -> Reading<'a> {
    let [
        counterparty,
        counterparty_account,
        item,
        method,
        category,
        status,
        order_no,
        merchant_order_no,
        memo,
    ] = texts;
    let at = Moment::parse_from_rfc3339("2026-03-01T08:00:00-03:30").unwrap();
    let currency = Currency::parse("KWD").unwrap();
    let draft = Draft {
        row: 0,
        at,
        direction: Direction::Neutral,
        kind,
        amount: Money::new(minor, currency),
        fee: (minor % 2 == 0).then_some(Money::new(minor, currency)),
        refunded: Money::new(minor / 3, currency),
        balance: (minor % 5 == 0).then_some(Money::new(minor / 7, currency)),
        counterparty,
        counterparty_account,
        item,
        method,
        methods: Vec::new(),
        category,
        status,
        order_no,
        merchant_order_no,
        memo,
        marks: vec![Mark::MangledId; minor.unsigned_abs() as usize % 3],
        raw: "",
    };
    let statement = (minor % 3 == 0).then_some("wechat-bill");
    Reading { key: key.into(), statement, provider: "wechat-pay", draft, cells: b"\x01\x02\xff" }
}

#[test]
fn a_reading_packed_by_the_first_version_reads_the_same_for_ever() {
    let words = Words(vec!["晨光咖啡".into()]);
    let bytes = b"\x01\x0a\x03k/1\x00\x00\x80\xa0\x9a\x9a\x0d\xc0\x07CNY\xe8\x07\x02\x00\x0calipay\x0calipay\
        \x01\x00\x02x\x00\x00\x00\x0212\x00\x00\x01\x20";
    let read = unpack(bytes, &words).unwrap();
    assert_eq!((&*read.key.to_string(), read.statement, read.provider), ("k/1", Some("alipay"), "alipay"));
    assert_eq!(read.draft.at.to_rfc3339(), "2026-03-01T03:54:40+08:00");
    assert_eq!(read.draft.amount, Money::fen(500));
    assert_eq!(read.draft.fee, Some(Money::fen(1)));
    assert_eq!(read.draft.marks, []);
    assert_eq!(read.draft.counterparty, "晨光咖啡");
    assert_eq!((read.draft.item, read.draft.order_no), ("x", "12"));
    assert_eq!(read.cells, b"\x01\x20");
}

#[test]
fn a_reading_with_a_balance_reads_the_same_for_ever() {
    let words = Words(vec!["晨光咖啡".into()]);
    let bytes =
        b"\x02\x1a\x03k/1\x00\x00\x80\xa0\x9a\x9a\x0d\xc0\x07CNY\xe8\x07\x02\xc8\x01\x00\x0calipay\x0calipay\
        \x01\x00\x02x\x00\x00\x00\x0212\x00\x00\x01\x20";
    let read = unpack(bytes, &words).unwrap();
    assert_eq!((read.draft.fee, read.draft.balance), (Some(Money::fen(1)), Some(Money::fen(100))));
    assert_eq!((read.draft.counterparty, read.draft.order_no), ("晨光咖啡", "12"));
    let first = [&[WITHOUT_BALANCE], &bytes[1..]].concat();
    assert!(unpack(&first, &words).is_err(), "the first layout has no balance");
}

#[test]
fn a_text_becomes_a_word_when_it_is_met_again() {
    let connection = vault();
    let mut packing = Packing::into(&connection).unwrap();
    let texts = ["青禾数码", "", "", "", "", "", "1", "2", ""];
    let lengths: Vec<usize> = (0..3)
        .map(|minor| packing.pack(&reading("k", texts, minor * 5, Kind::Purchase)).unwrap().len())
        .collect();
    assert!(lengths[2] < lengths[0], "{lengths:?}");
    let stored: Vec<String> =
        Words::read(&connection).unwrap().0.iter().map(|word| word.to_string()).collect();
    assert!(stored.contains(&"青禾数码".to_owned()), "{stored:?}");
    assert_eq!(packing.into_words().0, Words::read(&connection).unwrap().0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_reading_comes_back_as_it_was(
        key in prop_oneof!["[0-9a-f]{32}", "\\PC{0,20}"],
        texts in prop::array::uniform9("[a支]{0,30}"),
        minor in any::<i32>(),
        kind in prop::sample::select(vec![Kind::Purchase, Kind::Refund, Kind::Other]),
    ) {
        let connection = vault();
        let mut packing = Packing::into(&connection).unwrap();
        let texts = texts.each_ref().map(String::as_str);
        let packed = reading(&key, texts, i64::from(minor), kind);
        for _ in 0..3 {
            let bytes = packing.pack(&packed).unwrap().to_vec();
            let words = Words::read(&connection).unwrap();
            prop_assert_eq!(&unpack(&bytes, &words).unwrap(), &packed);
        }
    }

    #[test]
    fn no_bytes_make_the_unpacking_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let words = Words(vec!["a".into()]);
        let _ = unpack(&bytes, &words);
        let _ = unpack(&[&[LAYOUT], &*bytes].concat(), &words);
    }
}
