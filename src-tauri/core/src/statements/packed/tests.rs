use super::*;
use crate::ledger::{Direction, Kind, Mark};
use proptest::prelude::*;

fn any_draft() -> impl Strategy<Value = Draft> {
    let text = "[a支\"\\\\,\t]{0,4}|[付款方式]{30}";
    (
        (any::<u32>(), -9_000_000_000_i64..9_000_000_000, -14_i32..15, any::<bool>(), any::<bool>()),
        (any::<i64>(), prop::option::of(any::<i64>()), any::<i64>(), any::<bool>()),
        prop::collection::vec(text, 9),
        prop::collection::vec("[a支\"\\\\,\t]{0,4}", 0..5),
        any::<bool>(),
    )
        .prop_map(
            |((row, seconds, hours, out, marked), (amount, fee, refunded, foreign), texts, cells, plain)| {
                let mut texts = texts.into_iter();
                let mut text = || texts.next().unwrap();
                let other = if foreign { Currency::parse("JPY").unwrap() } else { Currency::CNY };
                Draft {
                    row,
                    at: moment(seconds, hours * 3600).unwrap(),
                    direction: if out { Direction::Out } else { Direction::In },
                    kind: if out { Kind::Refund } else { Kind::Other },
                    amount: Money::fen(amount),
                    fee: fee.map(|fee| Money::new(fee, other)),
                    refunded: Money::new(refunded, other),
                    balance: fee.map(Money::fen),
                    counterparty: text(),
                    counterparty_account: text(),
                    item: text(),
                    method: text(),
                    methods: if marked { vec!["a".into(), "支".into()] } else { vec![] },
                    category: text(),
                    status: text(),
                    order_no: text(),
                    merchant_order_no: text(),
                    memo: text(),
                    marks: if marked { vec![Mark::MangledId, Mark::UnknownType] } else { vec![] },
                    raw: if plain { "no list".into() } else { serde_json::to_string(&cells).unwrap() },
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_come_out_as_they_went_in(drafts in prop::collection::vec(any_draft(), 0..20), each in 1_usize..5) {
        let mut packer = Packer::default();
        let mut rows = Rows::default();
        for draft in &drafts {
            packer.push(draft);
            if packer.waiting() == each {
                // Through the pipe.
                let bytes = postcard::to_stdvec(&packer.take()).unwrap();
                prop_assert!(rows.add(postcard::from_bytes(&bytes).unwrap()));
            }
        }
        prop_assert!(rows.add(packer.take()));
        prop_assert_eq!(rows.len(), drafts.len());
        for (index, draft) in drafts.iter().enumerate() {
            prop_assert_eq!(&rows.get(index).unwrap().unpacked(), draft);
        }
        let mut consumed = Vec::new();
        rows.consume(|packed| consumed.push(packed.unpacked()));
        prop_assert_eq!(consumed, drafts);
    }

    #[test]
    fn no_bytes_make_the_reading_of_rows_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), lengths in any::<bool>()) {
        let mut framed = bytes.clone();
        if lengths {
            framed = u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec();
            framed.extend(&bytes);
        }
        let mut rows = Rows::default();
        if rows.add(Pack { words: vec!["a".into()], bytes: framed }) {
            rows.iter().flatten().for_each(|packed| drop(packed.unpacked()));
        }
        let _ = postcard::from_bytes::<Pack>(&bytes);
    }
}
