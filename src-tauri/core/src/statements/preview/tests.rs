use super::*;
use crate::ledger::Direction;
use proptest::prelude::*;

fn of(text: &str) -> Preview {
    preview(text.as_bytes(), &Options::default()).unwrap()
}

fn fields(preview: &Preview) -> Vec<Option<Field>> {
    preview.columns.iter().map(|column| column.field).collect()
}

#[test]
fn a_bare_table_of_five_columns_is_told_by_its_cells() {
    let seen =
        of("03/31/2026,GREEN GROCER STORE 12,12.30,,987.70\n03/30/2026,PAYROLL ACME,,1000.00,1000.00\n\
         03/29/2026,COFFEE CORNER,4.00,,0.00\n");
    assert_eq!(seen.header, None);
    let expected = [Field::Time, Field::Item, Field::AmountOut, Field::AmountIn, Field::Balance].map(Some);
    assert_eq!(fields(&seen), expected);
    assert_eq!(seen.mapping.sign, SignMeaning::TwoColumns);
    assert!(!seen.mapping.header && !seen.either_way);
    assert_eq!(seen.mapping.columns[0].column, "1");
    // The guess reads what it was made from.
    let mapping = Mapping { name: "a".into(), provider: "b".into(), ..seen.mapping };
    let options = Options { mapping: Some(mapping), ..Options::default() };
    let text = "03/31/2026,GREEN GROCER STORE 12,12.30,,987.70\n";
    assert_eq!(super::super::read(text.as_bytes(), &options).unwrap()[0].rows.len(), 1);
}

#[test]
fn a_full_row_of_words_right_above_the_payments_names_the_columns_even_where_nobody_knows_them() {
    let seen = of("Booked,Shop,Sum\n03/04/2026,BAKER,-12.50\n05/04/2026,GROCER,-1.00\n");
    assert_eq!(seen.header, Some(1));
    assert!(seen.mapping.header);
    let named: Vec<&str> = seen.mapping.columns.iter().map(|column| column.column.as_str()).collect();
    assert_eq!(named, ["Booked", "Shop", "Sum"]);
    for none in ["my bank,,\n", "BAKER,BAKER,BAKER\n", "my bank\n", "Booked,Shop,Sum\nstray,,\n"] {
        let seen = of(&format!("{none}03/04/2026,BAKER,-12.50\n05/04/2026,GROCER,-1.00\n"));
        assert_eq!(seen.header, None, "{none}");
    }
}

#[test]
fn names_lead_below_a_preamble_and_the_right_delimiter_is_found() {
    let seen = of(
        "某银行账户明细;;;\n账号：0000;;;\n\n交易日期;摘要;借贷;金额\n2026-03-01;早饭, 豆浆;借;5,00\n2026-03-02;工资;贷;6,50\n",
    );
    assert_eq!(seen.header, Some(4));
    assert_eq!(fields(&seen), [Field::Time, Field::Item, Field::Direction, Field::Amount].map(Some));
    assert_eq!(seen.mapping.sign, SignMeaning::Words);
    let ways: Vec<_> =
        seen.mapping.directions.iter().map(|word| (word.word.as_str(), word.direction)).collect();
    assert_eq!(ways, [("借", Direction::Out), ("贷", Direction::In)]);
    assert_eq!(seen.columns[0].why, Why::Name);
    assert_eq!(seen.rows[0].cells[3], "金额");
}

#[test]
fn the_balance_tells_what_a_minus_means_and_without_one_it_is_asked() {
    let account =
        of("Date,Text,Amount,Balance\n2026-03-01,a b c,-5.00,95.00\n2026-03-02,b c d,-6.00,89.00\n\
         2026-03-03,c d e,1.00,90.00\n2026-03-04,d e f,-10.00,80.00\n");
    assert_eq!((account.mapping.sign, account.sign_told), (SignMeaning::MinusOut, true));
    let newest_first =
        of("Date,Text,Amount,Balance\n2026-03-04,a b c,5.00,95.00\n2026-03-03,b c d,6.00,90.00\n\
         2026-03-02,c d e,-1.00,84.00\n2026-03-01,c d e,10.00,85.00\n");
    assert_eq!((newest_first.mapping.sign, newest_first.sign_told), (SignMeaning::MinusOut, true));
    let list = of("Date,Text,Amount\n2026-03-01,a,5.00\n2026-03-02,b,6.00\n");
    assert_eq!((list.mapping.sign, list.sign_told), (SignMeaning::MinusIn, false));
}

#[test]
fn dates_that_read_either_way_are_said() {
    assert!(of("Date,Amount\n01/02/2026,5.00\n03/04/2026,6.00\n").either_way);
    assert!(!of("Date,Amount\n01/02/2026,5.00\n13/04/2026,6.00\n").either_way);
}

#[test]
fn what_is_no_table_is_refused() {
    for text in ["just a letter\nof two lines\n", "x"] {
        assert_eq!(
            preview(text.as_bytes(), &Options::default()).unwrap_err().code,
            Code::Unreadable,
            "{text}"
        );
    }
}

#[test]
fn a_column_that_has_no_name_of_its_own_is_shown_and_not_mapped() {
    let seen = of("Date,Amount,Note,Note\n2026-03-01,5.00,a,b\n");
    assert_eq!(seen.columns[2].column, "");
    assert!(seen.mapping.columns.iter().all(|column| !column.column.is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is looked at: there is an answer, and reading by its guess has one too.
    #[test]
    fn no_file_is_too_strange_to_look_at(
        lines in prop::collection::vec(
            prop::collection::vec(
                prop_oneof![
                    "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}", "-?[0-9]{1,9}[.,][0-9]{2}", "[借贷收支]", "日期|金额|Amount|Date",
                    "\\PC{0,12}",
                ],
                0..7,
            ),
            0..12,
        ),
        delimiter in prop_oneof![Just(","), Just(";"), Just("\t"), Just("|")],
    ) {
        let text: String = lines.iter().map(|cells| cells.join(delimiter) + "\n").collect();
        if let Ok(seen) = preview(text.as_bytes(), &Options::default()) {
            let mapping = Mapping { name: "a".into(), provider: "b".into(), ..seen.mapping };
            let options = Options { mapping: Some(mapping), ..Options::default() };
            // Refused or read, but without a panic, and every row once.
            if let Ok(all) = super::super::read(text.as_bytes(), &options) {
                let mut rows: Vec<u32> = all[0].rows.iter().map(|row| row.row).collect();
                rows.dedup();
                prop_assert_eq!(rows.len(), all[0].rows.len());
            }
        }
    }
}
