use super::*;

fn fen(text: &str) -> Option<i64> {
    money(text, Currency::CNY).map(|money| money.minor)
}

fn decimal(text: &str, code: &str, decimal: Decimal) -> Option<String> {
    let usual = Currency::parse(code).unwrap();
    amount(text, usual, decimal).map(|amount| format!("{} {}", amount.money.currency, amount.money.decimal()))
}

#[test]
fn amounts_are_exact_however_they_are_written() {
    for (text, minor) in [
        ("¥28.16", 2816),
        ("￥28.16", 2816),
        ("1234.56", 123_456),
        ("￥1,234,567.89", 123_456_789),
        ("12", 1200),
        ("12.5", 1250),
        ("¥50.0", 5000),
        ("12.", 1200),
        (" 3.00元\t", 300),
        ("-0.50", -50),
        ("+0.50", 50),
        ("- ¥8", -800),
        ("¥-8", -800),
        ("8.00-", -800),
        ("(8.00)", -800),
        ("CNY 12.34", 1234),
        ("CNY12.34", 1234),
        ("12.34 CNY", 1234),
        ("人民币12.34", 1234),
        ("131072.07", 13_107_207),
        ("99999999.99", 9_999_999_999),
        ("99,999,999.99", 9_999_999_999),
        ("0.01", 1),
        (".5", 50),
        ("1,00,000.00", 10_000_000),
        ("-30.0000", -3000),
    ] {
        assert_eq!(fen(text), Some(minor), "{text}");
    }
}

#[test]
fn what_is_no_amount_is_refused_and_never_zero() {
    for text in [
        "",
        "/",
        "-",
        "abc",
        "12,5",
        "1,2345",
        ",123",
        "1.005",
        "--5",
        "1e5",
        "5,00.00",
        "¥",
        "=1+1",
        "-5-",
        "(-5)",
        "1.234,56",
        "12,34,567,8",
        "¥5$",
        "XYZ?5",
        "12.00(约)x",
        "1,234,56",
    ] {
        assert_eq!(fen(text), None, "{text}");
    }
}

#[test]
fn the_currency_an_amount_names_counts_and_its_decimals_with_it() {
    let point = |text, usual| decimal(text, usual, Decimal::Point);
    for (text, usual, read) in [
        ("JPY 1000.00", "CNY", "JPY 1000"),
        ("₹1,00,000.50", "CNY", "INR 100000.50"),
        ("Rs.500", "CNY", "INR 500.00"),
        ("$1,250.00", "USD", "USD 1250.00"),
        ("$1,250.00", "HKD", "HKD 1250.00"),
        ("- $6.99", "CNY", "USD -6.99"),
        ("HK$12.00", "CNY", "HKD 12.00"),
        ("¥1200", "JPY", "JPY 1200"),
        ("€5", "CNY", "EUR 5.00"),
        ("KWD 1.234", "CNY", "KWD 1.234"),
        ("د.ا.\u{200f}4.750", "CNY", "JOD 4.750"),
        ("5.00 港币", "CNY", "HKD 5.00"),
    ] {
        assert_eq!(point(text, usual).as_deref(), Some(read), "{text}");
    }
    assert_eq!(point("JPY 10.50", "CNY"), None, "half a yen");
}

#[test]
fn a_decimal_comma_is_proved_by_the_cells_and_then_read() {
    assert_eq!(decimal("1.234,56", "EUR", Decimal::Comma).as_deref(), Some("EUR 1234.56"));
    assert_eq!(decimal("-30,00 €", "EUR", Decimal::Comma).as_deref(), Some("EUR -30.00"));
    assert_eq!(decimal("1\u{a0}234,5", "EUR", Decimal::Comma).as_deref(), Some("EUR 1234.50"));
    assert_eq!(decimal("1.234.567", "EUR", Decimal::Comma).as_deref(), Some("EUR 1234567.00"));
    for (cell, shown) in [
        ("1.234,56", Some(Decimal::Comma)),
        ("1,234.56", Some(Decimal::Point)),
        ("12,5", Some(Decimal::Comma)),
        ("12.50", Some(Decimal::Point)),
        ("1,234", None),
        ("1.234.567", Some(Decimal::Comma)),
        ("12", None),
    ] {
        assert_eq!(decimal_shown(cell), shown, "{cell}");
    }
}

#[test]
fn what_stands_behind_an_amount_is_handed_over() {
    let note = |text| amount(text, Currency::CNY, Decimal::Point).map(|a| (a.money.minor, a.note.to_owned()));
    assert_eq!(note("131.77(已退款89.84)"), Some((13177, "已退款89.84".into())));
    assert_eq!(note("468.32（已全额退款）"), Some((46832, "已全额退款".into())));
    assert_eq!(note("-8,000.00(CN)"), Some((-800_000, "CN".into())));
}

#[test]
fn amounts_inside_a_note_are_found() {
    let after = |text, word| money_after(text, word, Currency::CNY).map(|money| money.minor);
    assert_eq!(after("服务费¥0.10", "服务费"), Some(10));
    assert_eq!(after("已退款(￥39.93)", "已退款"), Some(3993));
    assert_eq!(after("已退款（￥1,039.93）", "已退款"), Some(103_993));
    assert_eq!(after("已退款¥10.00", "已退款"), Some(1000));
    assert_eq!(after("已全额退款", "已退款"), None);
    assert_eq!(after("服务费", "服务费"), None);
}
