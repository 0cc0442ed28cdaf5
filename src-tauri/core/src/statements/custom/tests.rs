use super::*;
use crate::statements::{Options, Parsed, Reason, read};

fn mapping(header: bool, columns: &[(Field, &str)], sign: SignMeaning) -> Mapping {
    Mapping {
        name: "小镇银行".into(),
        provider: "小镇银行".into(),
        card: false,
        header,
        columns: columns
            .iter()
            .map(|(field, column)| MappedColumn { field: *field, column: (*column).to_owned() })
            .collect(),
        dates: None,
        sign,
        directions: vec![],
        decimal: None,
        currency: Currency::CNY,
        offset_minutes: 480,
    }
}

fn read_by(text: &str, mapping: &Mapping) -> Result<Parsed> {
    let options = Options { mapping: Some(mapping.clone()), ..Options::default() };
    read(text.as_bytes(), &options).map(|mut all| all.remove(0))
}

fn facts(parsed: &Parsed) -> Vec<(u32, String, Direction, String, String)> {
    let fact = |row: &crate::statements::Draft| {
        let at = row.at.format("%m-%d %H:%M").to_string();
        (row.row, at, row.direction, row.amount.to_string(), row.counterparty.clone())
    };
    parsed.rows.iter().map(fact).collect()
}

const FIVE: &[(Field, &str)] = &[
    (Field::Time, "1"),
    (Field::Item, "2"),
    (Field::AmountOut, "3"),
    (Field::AmountIn, "4"),
    (Field::Balance, "5"),
];

#[test]
fn a_table_without_a_header_is_read_from_its_first_row_on() {
    let text = "03/31/2026,GREEN GROCER,12.30,,987.70\n03/30/2026,PAYROLL,,1000.00,1000.00\n";
    let parsed = read_by(text, &mapping(false, FIVE, SignMeaning::TwoColumns)).unwrap();
    let rows = facts(&parsed);
    assert_eq!(rows.len(), 2, "{:?}", parsed.problems);
    assert_eq!((rows[0].0, rows[0].1.as_str(), rows[0].2), (1, "03-31 00:00", Direction::Out));
    assert_eq!((rows[1].2, rows[1].4.as_str()), (Direction::In, "PAYROLL"));
    assert_eq!(parsed.statement, MAPPED);
    assert_eq!(parsed.provider, "小镇银行");
}

#[test]
fn a_first_row_that_cannot_be_read_is_a_problem_and_not_a_header() {
    let text = "my bank,,,,\n03/31/2026,GROCER,12.3x,,\n03/30/2026,BAKER,5.00,,9\n";
    let parsed = read_by(text, &mapping(false, FIVE, SignMeaning::TwoColumns)).unwrap();
    assert_eq!(facts(&parsed).len(), 1);
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!((parsed.problems[0].row, parsed.problems[0].reason), (2, Reason::BadAmount));
    assert_eq!(parsed.problems[0].column, "3");
    assert_eq!(parsed.unread[0].cells, r#"["03/31/2026","GROCER","12.3x","",""]"#);
}

#[test]
fn delimiters_decimal_commas_and_dates_with_points_are_told_by_the_file() {
    let named = &[(Field::Time, "Datum"), (Field::Counterparty, "Text"), (Field::Amount, "Betrag")];
    for delimiter in [";", "\t", "|"] {
        let text = "Konto 1\n\nDatum;Text;Betrag\n01.03.2026;Bäcker;-3,50\n13.03.2026;Lohn;1.234,50\n";
        let parsed = read_by(&text.replace(';', delimiter), &mapping(true, named, SignMeaning::MinusOut));
        let parsed = parsed.unwrap();
        let rows = facts(&parsed);
        assert_eq!(rows.iter().map(|row| row.2).collect::<Vec<_>>(), [Direction::Out, Direction::In]);
        assert_eq!(parsed.rows[0].amount.minor, 350);
        assert_eq!(parsed.rows[1].amount.minor, 123_450);
        assert_eq!(rows[0].1, "03-01 00:00");
    }
}

#[test]
fn dates_that_read_either_way_are_asked_for_and_the_answer_is_taken() {
    let mut own = mapping(false, &[(Field::Time, "1"), (Field::Amount, "2")], SignMeaning::MinusIn);
    let text = "12/03/2026,5.00\n11/03/2026,-6.00\n";
    assert_eq!(read_by(text, &own).unwrap_err().code, Code::AmbiguousDates);
    own.dates = Some(DateOrder::Dmy);
    let parsed = read_by(text, &own).unwrap();
    assert_eq!(facts(&parsed)[0].1, "03-12 00:00");
    assert_eq!(parsed.rows[0].direction, Direction::Out);
    assert_eq!(parsed.rows[1].direction, Direction::In);
}

#[test]
fn direction_words_mean_what_the_user_says() {
    let columns = &[(Field::Time, "日期"), (Field::Amount, "金额"), (Field::Direction, "借贷")];
    let mut own = mapping(true, columns, SignMeaning::Words);
    assert_eq!(own.check().unwrap_err().code, Code::Invalid);
    own.directions = vec![
        DirectionWord { word: "出".into(), direction: Direction::Out },
        DirectionWord { word: "入".into(), direction: Direction::In },
    ];
    let parsed =
        read_by("日期,金额,借贷\n2026-03-01,5,出\n2026-03-02,6,入\n2026-03-03,7,冻结\n", &own).unwrap();
    let ways: Vec<Direction> = parsed.rows.iter().map(|row| row.direction).collect();
    assert_eq!(ways, [Direction::Out, Direction::In, Direction::Neutral]);
}

#[test]
fn a_saved_mapping_is_tried_where_no_format_knows_the_table_and_only_with_all_its_columns() {
    let columns = &[(Field::Time, "记录日"), (Field::Amount, "发生数"), (Field::Item, "事由")];
    let saved = vec![mapping(true, columns, SignMeaning::MinusOut)];
    let options = Options { mappings: saved, ..Options::default() };
    let parsed = read("记录日,发生数,事由\n2026-03-01,-5,早饭\n".as_bytes(), &options).unwrap();
    assert_eq!(parsed[0].provider, "小镇银行");
    assert_eq!(parsed[0].rows.len(), 1);
    let other = read("记录日,发生数\n2026-03-01,-5\n".as_bytes(), &options).unwrap_err();
    assert_eq!(other.code, Code::Unreadable);
}

#[test]
fn a_mapping_survives_its_file_and_a_stranger_does_not() {
    let own = mapping(false, FIVE, SignMeaning::TwoColumns);
    assert_eq!(Mapping::from_file(own.to_file().as_bytes()).unwrap(), own);
    for wrong in ["", "{}", "[1]", r#"{"recourse_mapping":2,"mapping":{}}"#] {
        assert_eq!(Mapping::from_file(wrong.as_bytes()).unwrap_err().code, Code::Invalid, "{wrong}");
    }
    let newer = own.to_file().replace("\"recourse_mapping\": 1", "\"recourse_mapping\": 2");
    assert!(Mapping::from_file(newer.as_bytes()).unwrap_err().detail.contains("update"));
}

#[test]
fn lines_below_the_table_are_no_rows_and_repeated_headers_neither() {
    let columns = &[(Field::Time, "日期"), (Field::Amount, "金额")];
    let text = "日期,金额\n2026-03-01,-5\n日期,金额\n2026-03-02,-6\n合计,-11\n以上数据仅供参考\n";
    let parsed = read_by(text, &mapping(true, columns, SignMeaning::MinusOut)).unwrap();
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (2, 0), "{:?}", parsed.problems);
}

fn kinds(parsed: &Parsed) -> Vec<(Direction, crate::ledger::Kind, i64, i64)> {
    let of = |row: &crate::statements::Draft| (row.direction, row.kind, row.amount.minor, row.refunded.minor);
    parsed.rows.iter().map(of).collect()
}

#[test]
fn the_status_of_a_mapped_table_says_what_became_of_each_payment() {
    use crate::ledger::{Kind, Mark};
    let columns = &[
        (Field::Time, "Date"),
        (Field::Item, "Details"),
        (Field::Amount, "Amount"),
        (Field::Status, "State"),
    ];
    let words =
        ["COMPLETED", "REVERTED", "PENDING", "交易失败", "待付款", "已关闭", "Declined", "Refunded", "Zzz"];
    let lines: String =
        words.iter().enumerate().map(|(at, word)| format!("2026-02-0{},A,-15,{word}\n", at + 1)).collect();
    let own = mapping(true, columns, SignMeaning::MinusOut);
    let parsed = read_by(&format!("Date,Details,Amount,State\n{lines}"), &own).unwrap();
    let (closed, pending, failed, paid) = (Kind::Closed, Kind::Pending, Kind::Failed, Kind::Purchase);
    assert_eq!(
        parsed.rows.iter().map(|row| row.kind).collect::<Vec<_>>(),
        [paid, closed, pending, failed, pending, closed, failed, paid, paid]
    );
    assert_eq!(parsed.rows[7].refunded.minor, 1500);
    assert_eq!(parsed.rows[0].marks, [Mark::DateOnly]);
    assert!(parsed.rows[8].marks.contains(&Mark::UnknownStatus));
    // The same words on the bill of a card.
    let card = Mapping { card: true, ..own };
    let parsed = read_by(&format!("Date,Details,Amount,State\n{lines}"), &card).unwrap();
    assert_eq!(parsed.rows[3].kind, failed);
}

const OUT_AND_IN: &[(Field, &str)] =
    &[(Field::Time, "Date"), (Field::Item, "Details"), (Field::AmountOut, "Out"), (Field::AmountIn, "In")];

#[test]
fn a_column_of_what_went_out_that_has_a_minus_in_every_row_is_still_what_went_out() {
    let own = mapping(true, OUT_AND_IN, SignMeaning::TwoColumns);
    let text =
        "Date,Details,Out,In\n2026-03-25,CAFE,-4.50,\n2026-03-26,SHOP,-14.50,\n2026-03-27,Pay,,2000.00\n";
    for dates in [None, Some(DateOrder::Ymd)] {
        let told = Mapping { dates, decimal: dates.map(|_| Decimal::Point), ..own.clone() };
        let ways: Vec<_> = facts(&read_by(text, &told).unwrap()).into_iter().map(|row| row.2).collect();
        assert_eq!(ways, [Direction::Out, Direction::Out, Direction::In]);
    }
}

#[test]
fn one_minus_among_what_went_out_is_something_given_back_and_marked() {
    use crate::ledger::{Kind, Mark};
    let own = mapping(true, OUT_AND_IN, SignMeaning::TwoColumns);
    let text =
        "Date,Details,Out,In\n2026-03-25,CAFE,4.50,\n2026-03-26,CAFE,-4.50,\n2026-03-27,Pay,,2000.00\n";
    let parsed = read_by(text, &own).unwrap();
    assert_eq!(
        kinds(&parsed),
        [
            (Direction::Out, Kind::Purchase, 450, 0),
            (Direction::In, Kind::Refund, 450, 0),
            (Direction::In, Kind::Income, 200_000, 0)
        ]
    );
    assert!(parsed.rows[1].marks.contains(&Mark::UnknownType));
    assert!(!parsed.rows[2].marks.contains(&Mark::UnknownType));
}

const SIGNED: &[(Field, &str)] =
    &[(Field::Time, "Date"), (Field::Item, "Details"), (Field::Amount, "Amount")];

#[test]
fn a_lone_zero_before_a_sign_is_no_group_of_thousands() {
    let own = mapping(true, SIGNED, SignMeaning::MinusOut);
    let text = "Date;Details;Amount\n25.03.2026;A;-0,500\n26.03.2026;B;-7,50\n";
    let parsed = read_by(text, &own).unwrap();
    assert_eq!(parsed.rows.iter().map(|row| row.amount.minor).collect::<Vec<_>>(), [50, 750]);
    // Where a point parts the cents, it is refused.
    let told = Mapping { decimal: Some(Decimal::Point), ..own };
    let parsed = read_by("Date;Details;Amount\n25.03.2026;A;-0,500\n", &told).unwrap();
    assert_eq!((parsed.rows.len(), parsed.problems[0].reason), (0, Reason::BadAmount));
}

#[test]
fn the_currency_that_an_amounts_column_names_counts_before_the_mappings() {
    let columns = &[(Field::Time, "Date"), (Field::Item, "Details"), (Field::Amount, "Amount (USD)")];
    let own = mapping(true, columns, SignMeaning::MinusOut);
    let parsed = read_by("Date,Details,Amount (USD),Amount (EUR)\n2026-03-01,A,-4.50,-4.10\n", &own).unwrap();
    assert_eq!((parsed.rows[0].amount.currency.code(), parsed.rows[0].amount.minor), ("USD", 450));
}

#[test]
fn short_years_are_told_by_the_file_or_asked_for() {
    let own = mapping(true, SIGNED, SignMeaning::MinusOut);
    let table = |dates: &[&str]| {
        let rows: String = dates.iter().map(|date| format!("{date},A,-1.00\n")).collect();
        format!("Date,Details,Amount\n{rows}")
    };
    let open = table(&["26/03/25", "25/03/26"]);
    assert_eq!(read_by(&open, &own).unwrap_err().code, Code::AmbiguousDates);
    for (order, day) in [(DateOrder::Ymd, "2026-03-25"), (DateOrder::Dmy, "2025-03-26")] {
        let told = Mapping { dates: Some(order), ..own.clone() };
        let parsed = read_by(&open, &told).unwrap();
        assert_eq!(parsed.rows[0].at.format("%F").to_string(), day);
    }
    // Many days and one year tell.
    for (dates, day) in [
        (["25/03/26", "26/03/26", "27/03/26"], "2026-03-25"),
        (["26/03/25", "26/03/26", "26/03/27"], "2026-03-25"),
    ] {
        let parsed = read_by(&table(&dates), &own).unwrap();
        assert_eq!(parsed.rows[0].at.format("%F").to_string(), day, "{dates:?}");
    }
}

#[test]
fn of_two_columns_with_the_mapped_name_none_is_taken() {
    let own = mapping(true, SIGNED, SignMeaning::MinusOut);
    let refused = read_by("Date,Details,Amount,Amount\n2026-03-01,A,-15,-99\n", &own).unwrap_err();
    assert_eq!(refused.code, Code::Invalid);
    assert!(refused.detail.contains("two columns are called “Amount”"), "{}", refused.detail);
    // One that is not mapped may stand there twice.
    assert_eq!(read_by("Date,Details,Note,Note,Amount\n2026-03-01,A,,,-15\n", &own).unwrap().rows.len(), 1);
}

#[test]
fn dates_that_contradict_each_other_are_said_to_and_not_asked_for() {
    let own = mapping(true, SIGNED, SignMeaning::MinusOut);
    let refused = read_by("Date,Details,Amount\n25/03/2026,A,-4.50\n03/25/2026,B,5.00\n", &own).unwrap_err();
    assert_eq!(refused.code, Code::Unreadable);
    assert!(refused.detail.contains("contradict"), "{}", refused.detail);
}

#[test]
fn days_that_a_spreadsheet_turned_are_problems_and_the_others_rows() {
    let own = mapping(true, SIGNED, SignMeaning::MinusOut);
    let read = |dates: &[&str]| {
        let rows: String = dates.iter().map(|date| format!("{date},A,-1.00\n")).collect();
        read_by(&format!("Date,Details,Amount\n{rows}"), &own).unwrap()
    };
    for dates in [["2025/3/2", "13/02/2025", "25/02/2025"], ["13/02/2025", "25/02/2025", "2025/3/2"]] {
        let parsed = read(&dates);
        assert_eq!((parsed.rows.len(), parsed.problems.len()), (2, 1), "{dates:?}");
        assert_eq!(parsed.problems[0].reason, Reason::TurnedDate);
        assert!(parsed.unread.iter().any(|line| line.row == parsed.problems[0].row));
    }
    // A day above twelve that begins with its year was never turned.
    assert_eq!(read(&["13/02/2025", "2025/3/22"]).rows.len(), 2);
}
