use super::*;

fn at(text: &str, order: DateOrder) -> Option<String> {
    let when = when(text, order)?;
    let wall = when.date.and_time(when.time.unwrap_or_default());
    when.zone.unwrap_or(Zone::East(8 * 3600)).moment(wall).map(|at| at.to_rfc3339())
}

#[test]
fn times_read_to_the_same_second_from_text_and_serial() {
    for (text, read) in [
        ("2026-03-01 10:00:00 ", "2026-03-01T10:00:00+08:00"),
        ("2026/3/1 8:05", "2026-03-01T08:05:00+08:00"),
        ("2025/12/03  14:06:51", "2025-12-03T14:06:51+08:00"),
        ("2026年3月1日 8:05", "2026-03-01T08:05:00+08:00"),
        ("2026-03-01T10:00:00.250+05:30", "2026-03-01T10:00:00+05:30"),
        ("20260301", "2026-03-01T00:00:00+08:00"),
        ("20260301 101112", "2026-03-01T10:11:12+08:00"),
        ("20260301101112", "2026-03-01T10:11:12+08:00"),
        ("Sep 4, 2025, 2:30:45\u{202f}PM IST", "2025-09-04T14:30:45+05:30"),
        ("4 Sept 2025, 18:05:10 GMT+05:30", "2025-09-04T18:05:10+05:30"),
        ("09 Jun 2017", "2017-06-09T00:00:00+08:00"),
        ("1-Jan-24 12:00 AM", "2024-01-01T00:00:00+08:00"),
        ("46289.48678240741", "2026-09-24T11:40:58+08:00"),
        ("46283.79487268518", "2026-09-18T19:04:37+08:00"),
        ("46283.999999", "2026-09-19T00:00:00+08:00"),
        ("46283", "2026-09-18T00:00:00+08:00"),
    ] {
        assert_eq!(at(text, DateOrder::Ymd).as_deref(), Some(read), "{text}");
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "/",
        "2026-13-01 10:00:00",
        "2026-02-30",
        "10:00",
        "12",
        "2026-03-01 25:00",
        "1e5",
        "20261301",
        "01/03/2026",
        "2026-03-01 10:00:00 XQ",
        "2026-03-01 13:00 PM",
        "1026-03-01",
        "合计",
    ] {
        assert_eq!(at(text, DateOrder::Ymd), None, "{text}");
    }
}

#[test]
fn day_and_month_stand_as_the_order_says() {
    for (text, dmy, mdy) in [
        ("01/03/2026", "2026-03-01", "2026-01-03"),
        ("1.3.2026 8:05", "2026-03-01", "2026-01-03"),
        ("1. 3. 26", "2026-03-01", "2026-01-03"),
        ("1/3'26", "2026-03-01", "2026-01-03"),
        ("01-03-2026", "2026-03-01", "2026-01-03"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
    ] {
        assert!(at(text, DateOrder::Dmy).unwrap().starts_with(dmy), "{text}");
        assert!(at(text, DateOrder::Mdy).unwrap().starts_with(mdy), "{text}");
    }
    assert_eq!(at("31/01/2026", DateOrder::Mdy), None);
    assert_eq!(day_or_month_first("12/19/2018"), Some((12, 19)));
    assert_eq!(day_or_month_first("2018-12-19"), None);
    assert_eq!(
        (month_day("01/15"), month_day("13/15"), month_day("2026/01/15")),
        (Some((1, 15)), None, None)
    );
}

#[test]
fn every_second_of_a_day_survives_a_spreadsheet() {
    for second in 0..86_400_u32 {
        let serial = 46283.0 + f64::from(second) / 86_400.0;
        let time = when(&format!("{serial}"), DateOrder::Ymd).unwrap().time.unwrap_or_default();
        assert_eq!(chrono::Timelike::num_seconds_from_midnight(&time), second);
    }
}

#[test]
fn zones_are_read_by_name_and_offset_and_keep_summer_time() {
    let wall = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap().and_hms_opt(12, 0, 0).unwrap();
    let seconds = |text| Zone::read(text).map(|zone| zone.moment(wall).unwrap().offset().local_minus_utc());
    assert_eq!(seconds("Europe/Berlin"), Some(7200));
    assert_eq!(seconds("PDT"), Some(-7 * 3600));
    assert_eq!(seconds("GMT+08:00"), Some(8 * 3600));
    assert_eq!(seconds("+0530"), Some(19_800));
    assert_eq!(seconds("Middle-earth"), None);
    let gap = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap().and_hms_opt(2, 30, 0).unwrap();
    assert_eq!(
        Zone::read("Europe/Berlin").unwrap().moment(gap).unwrap().to_rfc3339(),
        "2026-03-29T03:30:00+02:00"
    );
}
