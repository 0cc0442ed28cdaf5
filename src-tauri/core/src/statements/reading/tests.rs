//! What a format can say as data, each with a format made up for it.

use super::*;
use crate::ledger::{Direction, Kind};
use crate::money::Currency;
use crate::statements::{Case, Column, Signs, Statement, Test};
use crate::table::cell::Zone;

const CARD: Statement = Statement {
    id: "card",
    columns: &[
        Column::needed(Field::Time, &["Date", "Datum"]),
        Column::also(Field::TimeOfDay, &["Time"]),
        Column::also(Field::Zone, &["Zone"]),
        Column::needed(Field::Item, &["Text"]),
        Column::needed(Field::Amount, &["Amount (*)", "Amount"]),
        Column::also(Field::Currency, &["Currency"]),
    ],
    dates: Dates::Inferred,
    decimals: Decimals::Inferred,
    signs: Signs::MinusIsIn,
    zone: Zone::East(0),
    footers: &["End of"],
    kinds: &[Case(Kind::Refund, &[Test::Going(&[Direction::In])]), Case(Kind::Purchase, &[])],
    ..Statement::PLAIN
};

fn read_as(
    statement: &'static Statement,
    text: &str,
    dates: Option<DateOrder>,
) -> Result<(Vec<Draft>, Parsed)> {
    let formats = Formats { all: vec![statement], named: false, numbered: false, dates, saved: vec![] };
    let (mut rows, mut end) = (Vec::new(), None);
    let outcome = read_table(text.as_bytes(), &formats, &mut |part| {
        match part {
            Part::Row(draft, row) => rows.push(whole(draft, row)),
            Part::Statement(parsed) => end = Some(parsed),
            Part::PassedOver(..) => {}
        }
        true
    })?;
    outcome.map_err(|unknown| unknown.error)?;
    Ok((rows, *end.unwrap()))
}

fn lines(statement: &'static Statement, text: &str, dates: Option<DateOrder>) -> Vec<String> {
    let (rows, parsed) = read_as(statement, text, dates).unwrap();
    assert_eq!(parsed.problems, []);
    let line = |row: &Draft| {
        let amount = format!("{} {}", row.amount.currency, row.amount.decimal());
        format!("{} {:?} {:?} {amount}", row.at.format("%F %T %:z"), row.direction, row.kind)
    };
    rows.iter().map(line).collect()
}

#[test]
fn one_day_above_twelve_decides_for_the_whole_file_and_so_does_one_comma() {
    let text = "Datum;Text;Amount (EUR)\n01/02/2026;a;1.234\n13/02/2026;b;-5,50\n";
    assert_eq!(
        lines(&CARD, text, None),
        [
            "2026-02-01 00:00:00 +00:00 Out Purchase EUR 1234.00",
            "2026-02-13 00:00:00 +00:00 In Refund EUR 5.50",
        ]
    );
}

#[test]
fn dates_that_read_either_way_are_asked_and_the_answer_is_used() {
    let text = "Date,Text,Amount,Currency\n01/02/2026,a,10,JPY\n";
    assert_eq!(read_as(&CARD, text, None).unwrap_err().code, Code::AmbiguousDates);
    for (said, read) in [(DateOrder::Dmy, "2026-02-01"), (DateOrder::Mdy, "2026-01-02")] {
        assert_eq!(lines(&CARD, text, Some(said)), [format!("{read} 00:00:00 +00:00 Out Purchase JPY 10")]);
    }
}

#[test]
fn date_time_and_zone_of_three_columns_make_one_moment() {
    let text = "Date,Time,Zone,Text,Amount\n12/31/2025,\t3:32 PM,PST,a,$1.00\n1/1/2026,,,b,2\nEnd of x,,,,\nprose,,,,\n";
    let (rows, parsed) = read_as(&CARD, text, None).unwrap();
    assert_eq!(parsed.problems, []);
    assert_eq!(rows[0].at.to_rfc3339(), "2025-12-31T15:32:00-08:00");
    assert_eq!((rows[0].amount.currency.code(), rows[0].marks.len()), ("USD", 0));
    assert_eq!((rows.len(), rows[1].marks.as_slice()), (2, [Mark::DateOnly].as_slice()));
}

const MONTHLY: Statement = Statement {
    id: "monthly",
    titles: &["示例对账单"],
    title_needed: true,
    columns: &[
        Column::needed(Field::Time, &["交易日"]),
        Column::needed(Field::Amount, &["金额"]),
        Column::also(Field::Direction, &["借贷"]),
        Column::also(Field::Balance, &["余额"]),
    ],
    dates: Dates::MonthDay,
    signs: Signs::MinusIsOut,
    directions: &[("借 Dr", Direction::Out), ("贷 Cr", Direction::In)],
    kinds: &[Case(Kind::Other, &[])],
    ..Statement::PLAIN
};

#[test]
fn a_date_without_a_year_takes_it_from_the_title_and_a_table_without_its_title_is_another() {
    let table =
        "交易日,金额,借贷,余额\n12/31,CNY 12.34,借 Dr,1.00\n交易日,金额,借贷,余额\n01/02,CNY13.50,贷 Cr,\n";
    let text = format!("示例对账单（2024年01月）,,,\n币　　种：港币,,,\n{table}");
    assert_eq!(
        lines(&MONTHLY, &text, None),
        ["2023-12-31 00:00:00 +08:00 Out Other CNY 12.34", "2024-01-02 00:00:00 +08:00 In Other CNY 13.50",]
    );
    assert_eq!(read_as(&MONTHLY, table, None).unwrap_err().code, Code::Unreadable);
    let plain = "示例对账单 2024年03月\n币种：港币\n交易日,金额\n03/04,-8.00(CN)\n";
    assert_eq!(lines(&MONTHLY, plain, None), ["2024-03-04 00:00:00 +08:00 Out Other HKD 8.00"]);
}

#[test]
fn zero_two_and_three_decimals_are_exact_at_both_ends() {
    for (code, text, minor) in [
        ("JPY", "99,999,999", 99_999_999),
        ("CNY", "0.01", 1),
        ("CNY", "99,999,999.99", 9_999_999_999),
        ("KWD", "0.001", 1),
        ("KWD", "99,999,999.999", 99_999_999_999),
    ] {
        let file =
            format!("Date,Text,Amount,Currency\n13/01/2026,a,\"{text}\",{code}\n14/01/2026,b,1.5,USD\n");
        let (rows, _) = read_as(&CARD, &file, None).unwrap();
        assert_eq!((rows[0].amount.minor, rows[0].amount.currency), (minor, Currency::parse(code).unwrap()));
    }
}

const BANK: Statement = Statement {
    id: "bank",
    columns: &[
        Column::needed(Field::Time, &["日期"]),
        Column::needed(Field::Amount, &["金额"]),
        Column::needed(Field::Balance, &["余额"]),
        Column::needed(Field::Counterparty, &["对方"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    ragged: true,
    signs: Signs::MinusIsOut,
    ..Statement::PLAIN
};

fn problems(statement: &'static Statement, text: &str) -> (usize, Vec<(u32, Reason)>) {
    let (rows, parsed) = read_as(statement, text, None).unwrap();
    (rows.len(), parsed.problems.iter().map(|problem| (problem.row, problem.reason)).collect())
}

#[test]
fn rows_above_the_header_are_told_of_and_a_preamble_is_none() {
    let text = "某银行,,,,\n查询日期,2026-03-01,余额,100.00,\n2026-03-09,-5.00,95.00,某店,a\n\
                2026-03-08,-1.00,94.00,某店,\n日期,金额,余额,对方,备注\n2026-03-07,-1.00,93.00,某店,\n";
    assert_eq!(problems(&BANK, text), (1, vec![(3, Reason::AboveHeader), (4, Reason::AboveHeader)]));
    let (_, parsed) = read_as(&BANK, text, None).unwrap();
    assert_eq!(parsed.unread[1].cells, r#"["2026-03-09","-5.00","95.00","某店","a"]"#);
    // Also where nothing stands below it.
    let text = "2026-03-09,-5.00,95.00,某店,a\n日期,金额,余额,对方,备注\n";
    assert_eq!(problems(&BANK, text), (0, vec![(1, Reason::AboveHeader)]));
}

#[test]
fn thousands_without_quotes_are_a_problem_and_never_another_amount() {
    let table = |rows: &str| format!("日期,金额,余额,对方,备注\n{rows}");
    for split in [
        // The rest of it beside a balance: the table writes cents.
        "2026-03-01,-5.00,95.00,某店,\n2026-03-02,-1,234.56,某店,\n",
        "2026-03-01,-5.00,95.00,某店,\n2026-03-02,-1,234,567.89,某店\n",
        "2026-03-01,-5.00,95.00,某店,\n2026-03-02,-1,000.00,900.00,某店\n",
        "2026-03-01,-5.00,95.00,某店,\n2026-03-02,-12,.34,900.00,某店\n",
    ] {
        assert_eq!(problems(&BANK, &table(split)), (1, vec![(3, Reason::BadAmount)]), "{split}");
    }
    // At once where a group begins with zeros, or stands where words should.
    assert_eq!(problems(&BANK, &table("2026-03-02,-1,000.00,900.00,\n")), (0, vec![(2, Reason::BadAmount)]));
    // A table that writes whole amounts may hold them beside such a balance.
    for whole in [
        "2026-03-01,-5000,995.00,某店,\n2026-03-02,-1,234.56,某店,\n",
        "2026-03-01,-5.00,95.00,某店,\n2026-03-02,-1,1234.56,某店,\n",
        "2026-03-01,-5.00,95.00,某店,\n2026-03-02,0,234.56,某店,\n",
    ] {
        assert_eq!(problems(&BANK, &table(whole)), (2, vec![]), "{whole}");
    }
}

#[test]
fn a_balance_of_words_tells_that_a_cell_is_missing() {
    let text = "日期,金额,余额,对方,备注\n2026-03-03,8479.50,李四\n";
    assert_eq!(problems(&BANK, text), (0, vec![(2, Reason::BadAmount)]));
}

const TITLED: Statement = Statement {
    id: "titled",
    columns: &[
        Column::needed(Field::Time, &["日期"]),
        Column::needed(Field::Amount, &["金额"]),
        Column::needed(Field::Item, &["说明"]),
    ],
    account: &["账号"],
    ..Statement::PLAIN
};

/// Each statement of a file: the count it states, and its problems.
fn statements(text: &str) -> Vec<(Option<u32>, Vec<Reason>)> {
    let formats = Formats { all: vec![&TITLED], named: false, numbered: false, dates: None, saved: vec![] };
    let mut all = Vec::new();
    let read = read_table(text.as_bytes(), &formats, &mut |part| {
        if let Part::Statement(parsed) = part {
            all.push((parsed.stated.count, parsed.problems.iter().map(|problem| problem.reason).collect()));
        }
        true
    });
    assert!(read.unwrap().is_ok());
    all
}

#[test]
fn each_of_several_months_in_one_file_is_held_against_its_own_count() {
    let month = |count: u32, rows: usize| {
        let rows: String = (1..=rows).map(|day| format!("2026-03-0{day},1.00,a\n")).collect();
        [
            format!("账号：a@b\n共{count}笔记录\n\n日期,金额,说明\n{rows}"),
            format!("账号：a@b\n日期,金额,说明\n{rows}------\n共{count}笔记录\n"),
        ]
    };
    for place in 0..2 {
        // Stated above the table, and below it.
        let file = |first: (u32, usize), second: (u32, usize)| {
            month(first.0, first.1)[place].clone() + &month(second.0, second.1)[place]
        };
        assert_eq!(statements(&file((2, 2), (3, 3))), [(Some(2), vec![]), (Some(3), vec![])], "{place}");
        let cut = [(Some(2), vec![]), (Some(31), vec![Reason::CountDiffers])];
        assert_eq!(statements(&file((2, 2), (31, 3))), cut, "{place}");
    }
}

#[test]
fn days_turned_in_a_bank_that_puts_the_day_first_are_problems_whichever_row_comes_first() {
    const DAY_FIRST: Statement = Statement { id: "day-first", dates: Dates::As(DateOrder::Dmy), ..TITLED };
    let table = |rows: &str| format!("日期,金额,说明\n{rows}");
    let turned = |row| (1, vec![(row, Reason::TurnedDate)]);
    assert_eq!(problems(&DAY_FIRST, &table("2025/3/2,1.00,a\n13/02/2025,2.00,b\n")), turned(2));
    assert_eq!(problems(&DAY_FIRST, &table("13/02/2025,2.00,b\n2025/3/2,1.00,a\n")), turned(3));
    // All of one kind, or with days that nothing can have turned, are read.
    for whole in ["2025/3/2,1.00,a\n2025/3/1,2.00,b\n", "13/02/2025,2.00,b\n2025/2/14,1.00,a\n"] {
        assert_eq!(problems(&DAY_FIRST, &table(whole)), (2, vec![]), "{whole}");
    }
}
