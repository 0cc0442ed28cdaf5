//! What people and other programs make of a cell: full-width digits and signs, times in Chinese words, the side of
//! an account behind an amount. Looked at only where the plain reading fails.

use crate::ledger::Direction;

/// The text with full-width letters, digits and signs as ASCII; `None` where it has none.
pub(super) fn narrow(text: &str) -> Option<String> {
    let narrowed = |c: char| match u32::from(c) {
        point @ 0xff01..=0xff5e => char::from_u32(point - 0xfee0).unwrap_or(c),
        0x3000 => ' ',
        _ => c,
    };
    text.chars().any(|c| narrowed(c) != c).then(|| text.chars().map(narrowed).collect())
}

/// The side of the account that an amount names, and the amount without it: `12.00 CR`, `Dr 12.00`, `12.00贷`.
pub(super) fn side(text: &str) -> Option<(Direction, &str)> {
    const SIDES: [(&str, Direction); 4] =
        [("CR", Direction::In), ("DR", Direction::Out), ("贷", Direction::In), ("借", Direction::Out)];
    let text = text.trim_end_matches('.');
    let bare = |text: &str| {
        text.starts_with(|c: char| !c.is_alphabetic()) && text.bytes().any(|b| b.is_ascii_digit())
    };
    SIDES.iter().find_map(|(word, side)| {
        let front = text.get(..word.len()).filter(|front| front.eq_ignore_ascii_case(word));
        let back = || {
            let at = text.len().checked_sub(word.len())?;
            text.get(at..).filter(|back| back.eq_ignore_ascii_case(word)).map(|_| &text[..at])
        };
        let rest = front.map(|_| &text[word.len()..]).or_else(back)?.trim();
        bare(rest).then_some((*side, rest))
    })
}

/// A moment without weekday and Chinese words: `2024/1/5 周五 下午 9时05分07秒` as `2024/1/5 9:05:07 PM`; `None` where
/// it has none of them.
pub(super) fn plain_moment(text: &str) -> Option<String> {
    const HALVES: [(&str, &str); 7] = [
        ("上午", " AM"),
        ("凌晨", " AM"),
        ("早上", " AM"),
        ("中午", " PM"),
        ("下午", " PM"),
        ("傍晚", " PM"),
        ("晚上", " PM"),
    ];
    let mut plain = narrow(text).unwrap_or_else(|| text.to_owned());
    for word in ["星期", "礼拜", "周"] {
        if let Some(at) = plain.find(word) {
            let day = plain[at + word.len()..].chars().next().filter(|day| "一二三四五六日天".contains(*day));
            let end = at + word.len() + day.map_or(0, char::len_utf8);
            plain.replace_range(at..end, " ");
            plain = plain.replace("( )", " ");
            break;
        }
    }
    for (from, to) in [("时", ":"), ("分", ":"), ("秒", "")] {
        plain = plain.replace(from, to);
    }
    plain.truncate(plain.trim_end_matches([':', ' ']).len());
    if let Some((word, half)) = HALVES.iter().find(|(word, _)| plain.contains(word)) {
        plain = plain.replacen(word, " ", 1) + half;
    }
    // Two blanks where something was taken out are one.
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (plain != text).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_become_narrow() {
        assert_eq!(narrow("￥１，２３４．５６").as_deref(), Some("￥1,234.56"));
        assert_eq!(narrow("１２：３０").as_deref(), Some("12:30"));
        assert_eq!(narrow("¥12.30 元"), None);
    }

    #[test]
    fn the_side_of_an_account_is_read_and_no_name_is_taken_for_one() {
        for (text, read) in [
            ("12.00 CR", Some((Direction::In, "12.00"))),
            ("12.00Dr.", Some((Direction::Out, "12.00"))),
            ("cr 12.00", Some((Direction::In, "12.00"))),
            ("12.00贷", Some((Direction::In, "12.00"))),
            ("借 ¥12.00", Some((Direction::Out, "¥12.00"))),
            ("CRC 12.00", None),
            ("12.00 HRDR", Some((Direction::Out, "12.00 HR"))),
            ("CR", None),
            ("12.00", None),
        ] {
            assert_eq!(side(text), read, "{text}");
        }
    }

    #[test]
    fn a_moment_in_words_becomes_plain() {
        for (text, plain) in [
            ("2024年01月05日09时05分07秒", Some("2024年01月05日09:05:07")),
            ("2024/1/5 下午9:05:07", Some("2024/1/5 9:05:07 PM")),
            ("2024/01/05 周五 09:05", Some("2024/01/05 09:05")),
            ("2024/01/05（星期五）09:05", Some("2024/01/05 09:05")),
            ("2024-01-05 09：05", Some("2024-01-05 09:05")),
            ("2024-01-05 09:05", None),
        ] {
            assert_eq!(plain_moment(text).as_deref(), plain, "{text}");
        }
    }
}
