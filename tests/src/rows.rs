//! Invented rows for tests that need many, and files of them as imports.

use chrono::{DateTime, FixedOffset, TimeDelta};
use recourse::ledger::identity::Key;
use recourse::ledger::{Direction, Kind, Moment};
use recourse::money::Money;
use recourse::statements::Draft;
use recourse::statements::packed::Packed;
use recourse::vault::{NewImport, NewRow, Placement};

/// 2026-03-01 09:00 in China, and `hours` later.
pub fn moment(hours: i64) -> Moment {
    let offset = FixedOffset::east_opt(8 * 3600).expect("eight hours are an offset");
    let start = DateTime::from_timestamp(1_772_326_800, 0).expect("a date of 2026").with_timezone(&offset);
    start + TimeDelta::hours(hours)
}

/// The n-th invented payment, as it stands in row n + 2 of its file.
pub fn draft(n: u32) -> Draft {
    let (counterparty, item, status) = (format!("早点铺{}号", n % 97), format!("豆浆油条{n}"), "交易成功");
    let order_no = format!("20260301{n:020}");
    let raw = format!(r#"["{order_no}","{counterparty}","{item}","{status}"]"#);
    Draft {
        row: n + 2,
        at: moment(i64::from(n)),
        direction: Direction::Out,
        kind: Kind::Purchase,
        amount: Money::fen(i64::from(n % 9_000) + 1),
        fee: None,
        refunded: Money::fen(0),
        balance: None,
        counterparty,
        counterparty_account: "zao***@example.com".into(),
        item,
        method: "余额宝".into(),
        methods: Vec::new(),
        category: "餐饮美食".into(),
        status: status.into(),
        order_no,
        merchant_order_no: format!("M{n}"),
        memo: String::new(),
        marks: Vec::new(),
        raw,
    }
}

/// The identity of a row of [`draft`].
pub fn key(draft: &Draft) -> Key {
    let mut bytes = [0; 16];
    for (byte, of) in bytes.iter_mut().rev().zip(draft.order_no.bytes().rev()) {
        *byte = of;
    }
    Key::of_bytes(bytes)
}

/// A file of these rows, each placed by `place`.
pub fn import<'a>(
    name: &'a str,
    drafts: &'a [Draft],
    place: impl Fn(&Draft) -> Placement + 'a,
) -> NewImport<'a> {
    let row =
        move |draft: &'a Draft| NewRow { packed: Packed::of(draft), key: key(draft), place: place(draft) };
    NewImport {
        file: name,
        sha256: name,
        size: 1,
        statement: "alipay-app",
        provider: "alipay",
        account: "zao***@example.com",
        stated_count: u32::try_from(drafts.len()).ok(),
        problems: &[],
        unread: &[],
        totals: "{}",
        rows: Box::new(drafts.iter().map(row)),
    }
}
