use super::*;
use crate::ledger::{Direction, Moment};
use chrono::TimeDelta;
use proptest::prelude::*;

fn at(day: i64) -> Moment {
    let start: Moment = "2026-03-01T10:00:00+08:00".parse().unwrap();
    start + TimeDelta::days(day)
}

fn row(id: i64, day: i64, kind: Kind, fen: i64, party: &str) -> Transaction {
    let direction = if kind == Kind::Refund { Direction::In } else { Direction::Out };
    Transaction {
        id: TransactionId(id),
        key: format!("k{id}"),
        provider: "wallet".into(),
        statement: Some("fixture".into()),
        counterparty: party.into(),
        method: "余额".into(),
        ..Transaction::of(at(day), direction, kind, Money::fen(fen))
    }
}

fn paid(id: i64, day: i64, fen: i64) -> Transaction {
    row(id, day, Kind::Purchase, fen, "鞋店")
}

fn refund(id: i64, day: i64, fen: i64) -> Transaction {
    row(id, day, Kind::Refund, fen, "鞋店")
}

fn with(mut row: Transaction, change: impl FnOnce(&mut Transaction)) -> Transaction {
    change(&mut row);
    row
}

fn rules(rows: &mut [Transaction]) -> Vec<Rule> {
    link(rows, &Cards::default()).all.into_iter().map(|link| link.rule).collect()
}

fn sure(rows: &mut [Transaction]) -> Vec<Sureness> {
    link(rows, &Cards::default()).all.into_iter().map(|link| link.sure).collect()
}

#[test]
fn an_order_number_with_a_suffix_names_its_payment() {
    let mut rows = [
        with(paid(1, 0, 900), |row| row.order_no = "20260301".into()),
        with(paid(2, 1, 900), |row| row.order_no = "20260302".into()),
        with(refund(3, 4, 300), |row| row.order_no = "20260301_77".into()),
    ];
    assert_eq!(rules(&mut rows), [Rule::OrderSuffix]);
    assert_eq!(rows[2].refund_of, Some(TransactionId(1)));
    assert_eq!((rows[0].refunded, rows[1].refunded), (Money::fen(300), Money::fen(0)));
}

#[test]
fn a_returned_transfer_carries_the_transfers_merchant_number() {
    let mut rows = [
        with(row(1, 0, Kind::TransferOut, 5_000, "小林"), |row| {
            row.merchant_order_no = "1000050001".into()
        }),
        with(row(2, 1, Kind::Refund, 5_000, "/"), |row| row.order_no = "1000050001".into()),
    ];
    assert_eq!(rules(&mut rows), [Rule::PersonToPerson]);
    assert_eq!(rows[0].refunded, Money::fen(5_000));
}

#[test]
fn a_full_refund_that_left_its_payment_neutral_is_linked_by_the_same_order_number() {
    let same = |row: &mut Transaction| row.order_no = "J77".into();
    let mut rows = [
        with(paid(1, 0, 900), |row| (row.direction, row.order_no) = (Direction::Neutral, "J77".into())),
        with(refund(2, 4, 900), same),
    ];
    assert_eq!(rules(&mut rows), [Rule::SameOrder]);
}

#[test]
fn payments_of_one_merchant_order_are_refunded_one_by_one() {
    let same = |row: &mut Transaction| row.merchant_order_no = "M1".into();
    let mut rows = [
        with(paid(1, 0, 900), same),
        with(paid(2, 0, 900), same),
        with(refund(3, 4, 900), same),
        with(refund(4, 5, 900), same),
    ];
    assert_eq!(rules(&mut rows), [Rule::SameMerchantOrder, Rule::SameMerchantOrder]);
    assert_eq!((rows[0].refunded, rows[1].refunded), (Money::fen(900), Money::fen(900)));
}

#[test]
fn an_amount_stated_in_the_status_is_found_again_and_not_added_twice() {
    let mut rows = [
        with(paid(1, 0, 10_000), |row| row.refunded = Money::fen(3_993)),
        paid(2, 1, 10_000),
        refund(3, 4, 3_993),
    ];
    assert_eq!(rules(&mut rows), [Rule::StatedAmount]);
    assert_eq!((rows[0].refunded, rows[1].refunded), (Money::fen(3_993), Money::fen(0)));
}

#[test]
fn without_a_number_the_latest_equal_payment_by_the_same_method_is_taken() {
    let mut rows = [
        paid(1, 0, 900),
        paid(2, 2, 900),
        with(paid(3, 3, 900), |row| row.method = "某银行(1234)".into()),
        refund(4, 4, 900),
    ];
    assert_eq!(rules(&mut rows), [Rule::PartyMethodAmount]);
    assert_eq!(rows[3].refund_of, Some(TransactionId(2)));
}

#[test]
fn money_that_went_back_another_way_is_linked_last() {
    let mut rows = [paid(1, 0, 900), with(refund(2, 4, 900), |row| row.method = "零钱".into())];
    assert_eq!(rules(&mut rows), [Rule::PartyAmount]);
}

#[test]
fn a_guess_never_takes_the_payment_that_a_number_claims() {
    let mut rows = [
        paid(1, 0, 900),
        with(paid(2, 1, 900), |row| row.order_no = "20260302".into()),
        refund(3, 2, 900),
        with(refund(4, 3, 900), |row| row.order_no = "20260302_1".into()),
    ];
    link(&mut rows, &Cards::default());
    assert_eq!(rows[2].refund_of, Some(TransactionId(1)));
    assert_eq!(rows[3].refund_of, Some(TransactionId(2)));
}

#[test]
fn nothing_is_linked_to_a_later_payment_another_party_or_a_part_by_guess() {
    let mut rows = [
        refund(1, 0, 900),
        paid(2, 1, 900),
        row(3, 1, Kind::Purchase, 700, "帽店"),
        refund(4, 2, 700),
        with(refund(5, 400, 900), |row| row.method = "零钱".into()),
    ];
    assert!(link(&mut rows, &Cards::default()).all.is_empty());
    assert!(rows.iter().all(|row| row.refunded.minor == 0 && row.refund_of.is_none()));
}

#[test]
fn a_refund_that_is_only_announced_or_was_refused_is_linked_and_gives_nothing_back() {
    for status in ["退款处理中", "退款申请已通过", "退款失败", "REFUND_PENDING", "退款关闭"]
    {
        let mut rows = [
            with(paid(1, 0, 900), |row| row.order_no = "20260301".into()),
            with(refund(2, 4, 900), |row| (row.order_no, row.status) = ("20260301_77".into(), status.into())),
        ];
        assert_eq!(rules(&mut rows), [Rule::OrderSuffix], "{status}");
        assert_eq!(
            (rows[0].refunded, rows[1].refund_of),
            (Money::fen(0), Some(TransactionId(1))),
            "{status}"
        );
    }
    // When it comes, it comes once.
    let mut rows = [
        with(paid(1, 0, 900), |row| row.order_no = "20260301".into()),
        with(refund(2, 4, 900), |row| (row.order_no, row.status) = ("20260301_77".into(), "退款中".into())),
        with(refund(3, 9, 900), |row| (row.order_no, row.status) = ("20260301_78".into(), "退款成功".into())),
    ];
    link(&mut rows, &Cards::default());
    assert_eq!(rows[0].refunded, Money::fen(900));
    assert!(rows[1..].iter().all(|row| row.refund_of == Some(TransactionId(1))));
}

#[test]
fn never_more_is_refunded_than_was_paid() {
    let mut rows = [
        with(paid(1, 0, 900), |row| row.order_no = "20260301".into()),
        with(refund(2, 4, 900), |row| row.order_no = "20260301_1".into()),
        with(refund(3, 4, 500), |row| row.order_no = "20260301_2".into()),
    ];
    link(&mut rows, &Cards::default());
    assert_eq!(rows[0].refunded, Money::fen(900));
    assert_eq!(rows[2].refund_of, Some(TransactionId(1)));
}

#[test]
fn another_wallets_numbers_are_another_matter() {
    let mut rows = [
        with(paid(1, 0, 900), |row| row.order_no = "1".into()),
        with(refund(2, 4, 900), |row| (row.order_no, row.provider) = ("1_1".into(), "other".into())),
    ];
    assert!(link(&mut rows, &Cards::default()).all.is_empty());
}

#[test]
fn a_stated_amount_that_a_numbered_refund_explains_draws_no_second_one() {
    let mut rows = [
        with(paid(1, 0, 900), |row| (row.order_no, row.refunded) = ("A1".into(), Money::fen(300))),
        with(refund(2, 1, 300), |row| row.order_no = "A1_1".into()),
        refund(3, 2, 300),
    ];
    assert_eq!(rules(&mut rows), [Rule::OrderSuffix]);
    assert_eq!(rows[0].refunded, Money::fen(300));
}

#[test]
fn rows_in_any_order_are_linked_alike() {
    let mut rows = [paid(1, 0, 900), paid(2, 2, 900), refund(3, 1, 900), refund(4, 3, 900)];
    rows.reverse();
    link(&mut rows, &Cards::default());
    assert_eq!((rows[1].refund_of, rows[0].refund_of), (Some(TransactionId(1)), Some(TransactionId(2))));
}

#[test]
fn a_refund_names_its_payment_as_its_reference() {
    let mut rows = [
        with(paid(1, 0, 900), |row| (row.order_no, row.merchant_order_no) = ("7AB".into(), "B-55".into())),
        with(paid(2, 9, 900), |row| (row.order_no, row.merchant_order_no) = ("7AC".into(), "B-55".into())),
        with(refund(3, 12, 900), |row| (row.order_no, row.merchant_order_no) = ("7AD".into(), "7AB".into())),
    ];
    assert_eq!(rules(&mut rows), [Rule::NamesOrder]);
    assert_eq!(rows[2].refund_of, Some(TransactionId(1)));
}

#[test]
fn a_price_protection_refund_carries_the_order_behind_a_count() {
    let mut rows = [
        with(paid(1, 0, 10_000), |row| row.order_no = "290011112222".into()),
        with(refund(2, 4, 1_200), |row| {
            (row.counterparty, row.merchant_order_no) = ("别处".into(), "3-290011112222".into());
        }),
        with(refund(3, 6, 8_800), |row| row.order_no = "290011112222".into()),
    ];
    assert_eq!(rules(&mut rows), [Rule::OrderInMerchantNo, Rule::SameOrder]);
    assert_eq!(sure(&mut rows), [Sureness::Certain, Sureness::Certain]);
    assert_eq!(rows[0].refunded, Money::fen(10_000));
}

#[test]
fn of_two_rows_with_one_number_the_one_that_paid_is_meant() {
    let same = |row: &mut Transaction| row.order_no = "J9".into();
    let mut rows = [
        with(paid(1, 0, 900), |row| (row.direction, row.order_no) = (Direction::Neutral, "J9".into())),
        with(paid(2, 5, 900), same),
        with(refund(3, 8, 900), same),
    ];
    assert_eq!(sure(&mut rows), [Sureness::Likely]);
    assert_eq!(rows[2].refund_of, Some(TransactionId(2)));
}

#[test]
fn parts_add_up_to_what_the_status_states() {
    let mut rows = [
        with(paid(1, 0, 10_000), |row| row.refunded = Money::fen(6_000)),
        paid(2, 0, 10_000),
        refund(3, 4, 2_000),
        refund(4, 6, 4_000),
        refund(5, 8, 1_000),
    ];
    assert_eq!(rules(&mut rows), [Rule::StatedAmount, Rule::StatedAmount]);
    assert_eq!((rows[0].refunded, rows[1].refunded), (Money::fen(6_000), Money::fen(0)));
    assert_eq!(rows[4].refund_of, None, "a part that no status names is nobody's");
}

#[test]
fn a_returned_transfer_nets_to_nothing_without_a_number_too() {
    let mut rows = [
        with(row(1, 0, Kind::TransferOut, 5_000, "小林"), |row| row.refunded = Money::fen(5_000)),
        with(row(2, 1, Kind::Refund, 5_000, "/"), |row| row.category = "小林-退款".into()),
    ];
    assert_eq!(rules(&mut rows), [Rule::StatedAmount]);
    assert_eq!(rows[0].refunded, Money::fen(5_000));
    let mut sums = crate::ledger::search::Sums::default();
    rows.iter().for_each(|row| sums.add(row));
    assert_eq!(sums.totals(), (vec![Money::fen(0)], vec![]));
}

#[test]
fn the_title_tells_meals_apart_where_no_party_is_named() {
    let meal = |id, day, fen, title: &str| {
        with(row(id, day, Kind::Purchase, fen, ""), |row| row.item = title.into())
    };
    let back =
        |id, day, fen, title: &str| with(row(id, day, Kind::Refund, fen, ""), |row| row.item = title.into());
    let mut rows = [
        meal(1, 0, 3_200, "轻食沙拉"),
        meal(2, 0, 3_200, "牛肉面"),
        back(3, 0, 3_200, "轻食沙拉"),
        back(4, 1, 500, "退款-牛肉面"),
        back(5, 1, 500, "黄焖鸡"),
    ];
    assert_eq!(rules(&mut rows), [Rule::SameItem, Rule::SameItem]);
    assert_eq!((rows[2].refund_of, rows[3].refund_of), (Some(TransactionId(1)), Some(TransactionId(2))));
}

#[test]
fn a_part_of_one_of_two_equal_orders_is_nobodys() {
    let lamp = |id, day| with(paid(id, day, 3_200), |row| row.item = "台灯".into());
    let mut rows = [lamp(1, 0), lamp(2, 1), with(refund(3, 3, 500), |row| row.item = "退款-台灯".into())];
    assert!(link(&mut rows, &Cards::default()).all.is_empty());
}

#[test]
fn of_two_equally_good_payments_the_latest_is_possible_and_without_the_method_none() {
    let mut rows = [paid(1, 0, 900), paid(2, 2, 900), refund(3, 4, 900)];
    assert_eq!(sure(&mut rows), [Sureness::Possible]);
    let mut rows =
        [paid(1, 0, 900), paid(2, 2, 900), with(refund(3, 4, 900), |row| row.method = "零钱".into())];
    assert!(link(&mut rows, &Cards::default()).all.is_empty());
    let mut rows = [paid(1, 0, 900), refund(2, 4, 900)];
    assert_eq!(sure(&mut rows), [Sureness::Likely]);
}

#[test]
fn another_currency_is_never_guessed_at() {
    let dollars = crate::money::Currency::parse("USD").unwrap();
    let mut rows = [with(paid(1, 0, 900), |row| row.amount = Money::new(900, dollars)), refund(2, 4, 900)];
    assert!(link(&mut rows, &Cards::default()).all.is_empty());
}

#[test]
fn a_hundred_thousand_equal_payments_and_refunds_are_linked_in_linear_time() {
    let count = 50_000;
    let mut rows: Vec<Transaction> = (0..count)
        .flat_map(|i| [paid(2 * i, 0, 900), refund(2 * i + 1, 1, 900)])
        .map(|row| with(row, |row| row.merchant_order_no = "one number for all".into()))
        .collect();
    // A square of so many rows would take minutes.
    assert_eq!(link(&mut rows, &Cards::default()).all.len(), usize::try_from(count).unwrap());
}

fn any_row() -> impl Strategy<Value = (bool, i64, i64, u8, u8, u8)> {
    (any::<bool>(), 0..20_i64, 1..6_i64, 0..3_u8, 0..4_u8, 0..4_u8)
}

proptest! {
    #[test]
    fn no_payment_gives_back_more_than_it_took_and_no_refund_counts_twice(
        drawn in proptest::collection::vec(any_row(), 0..40)
    ) {
        let mut rows: Vec<Transaction> = drawn
            .into_iter()
            .enumerate()
            .map(|(i, (back, day, yuan, party, order, merchant))| {
                let kind = if back { Kind::Refund } else { Kind::Purchase };
                let number = |n: u8| if n == 0 { String::new() } else { n.to_string() };
                with(row(i as i64, day, kind, yuan * 100, ["甲", "乙", ""][usize::from(party)]), |row| {
                    row.order_no = if back { format!("{}_1", number(order)) } else { number(order) };
                    row.merchant_order_no = number(merchant);
                })
            })
            .collect();
        let links = link(&mut rows, &Cards::default()).all;
        let place = |id: TransactionId| usize::try_from(id.0).unwrap();
        let mut refunds: Vec<TransactionId> = links.iter().map(|link| link.from).collect();
        refunds.dedup();
        prop_assert_eq!(refunds.len(), links.len());
        for link in links.iter().filter(|link| link.rule >= Rule::StatedAmount) {
            prop_assert!(rows[place(link.to)].at <= rows[place(link.from)].at);
        }
        for row in &rows {
            let back = links.iter().filter(|link| link.to == row.id).map(|link| rows[place(link.from)].amount.minor);
            prop_assert_eq!(row.refunded.minor, back.sum::<i64>().min(row.amount.minor));
            prop_assert_eq!(row.refund_of.is_some(), links.iter().any(|link| link.from == row.id));
        }
    }
}

/// A bank's row: `icbc` with a party and an item.
fn booked(id: i64, day: i64, fen: i64, item: &str) -> Transaction {
    let kind = if id >= 10 { Kind::Refund } else { Kind::Purchase };
    let row = row(id, day, kind, fen, "财付通支付科技有限公司");
    with(row, |row| (row.provider, row.item, row.method) = ("icbc".into(), item.into(), String::new()))
}

#[test]
fn a_banks_refund_goes_to_the_shop_behind_the_wallet() {
    let mut rows = [
        booked(1, 0, 3000, "财付通-海底捞"),
        booked(2, 1, 3000, "财付通-星巴克"),
        booked(10, 4, 3000, "财付通-海底捞"),
        booked(11, 5, 3000, "财付通-美团"),
    ];
    link(&mut rows, &Cards::default());
    assert_eq!((rows[2].refund_of, rows[3].refund_of), (Some(TransactionId(1)), None));
}

#[test]
fn where_no_shop_is_named_only_an_only_payment_of_late_is_possible() {
    let told = |rows: &mut [Transaction]| {
        let links = link(rows, &Cards::default()).all;
        links.iter().map(|link| (link.from.0, link.to.0, link.sure)).collect::<Vec<_>>()
    };
    let mut one = [booked(1, 0, 3000, "快捷支付"), booked(10, 4, 3000, "快捷支付退款")];
    assert_eq!(told(&mut one), [(10, 1, Sureness::Possible)]);
    let mut two = [booked(1, 0, 3000, ""), booked(2, 1, 3000, "财付通-星巴克"), booked(10, 4, 3000, "")];
    assert_eq!(told(&mut two), []);
    let mut late = [booked(1, 0, 3000, ""), booked(10, 90, 3000, "")];
    assert_eq!(told(&mut late), []);
}

#[test]
fn a_refund_on_another_card_or_of_another_user_is_not_mine() {
    let from = |import: i64| Some(crate::ledger::Source { import: crate::ledger::ImportId(import), row: 1 });
    let linked = |rows: [Transaction; 2], names: [&'static str; 2]| {
        let mut rows = rows;
        (rows[0].source, rows[1].source) = (from(1), from(2));
        let imports = [1, 2].map(crate::ledger::ImportId).into_iter().zip(names);
        link(&mut rows, &Cards::of(imports)).all.len()
    };
    let wallet = || [paid(1, 0, 900), refund(2, 4, 900)];
    assert_eq!(linked(wallet(), ["小明", "小红"]), 0);
    assert_eq!(linked(wallet(), ["小明", "小明"]), 1);
    assert_eq!(linked(wallet(), ["小明", ""]), 1);
    let bank = || [booked(1, 0, 900, "财付通-鞋店"), booked(10, 4, 900, "财付通-鞋店")];
    assert_eq!(linked(bank(), ["6222****1234", "6222****5678"]), 0);
    assert_eq!(linked(bank(), ["6222****1234", "6222020200001234"]), 1);
    let mut rows = bank();
    (rows[0].method, rows[1].method) = ("某银行信用卡(1234)".into(), "某银行信用卡(5678)".into());
    assert!(link(&mut rows, &Cards::default()).all.is_empty());
}

#[test]
fn a_customers_own_number_names_the_nearest_payment_of_that_sum() {
    let debit = |id: i64, day: i64, fen: i64, party: &str| {
        let kind = if id >= 10 { Kind::Refund } else { Kind::Purchase };
        with(row(id, day, kind, fen, party), |row| {
            (row.provider, row.order_no) = (String::new(), "KD1".into())
        })
    };
    let linked = |refund: Transaction| {
        let mut rows = [
            debit(1, 0, 2995, "电信"),
            debit(2, 31, 2995, "电信"),
            debit(3, 59, 2995, "电信"),
            debit(4, 60, 999, "保险"),
            refund,
        ];
        link(&mut rows, &Cards::default());
        rows[4].refund_of.map(|id| id.0)
    };
    assert_eq!(linked(debit(10, 63, 2995, "电信")), Some(3));
    assert_eq!(linked(debit(10, 63, 1234, "电信")), None);
    assert_eq!(linked(debit(10, 63, 2995, "别家")), None);
}
