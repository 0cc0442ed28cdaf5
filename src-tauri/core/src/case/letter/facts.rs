//! Facts by time with the evidence they point at, and the user's own statement, kept apart.

use super::{Exhibit, Papers, sum_in_full};
use crate::case::phrase::{clause, clean, day, moment_text};
use crate::case::{Happening, Trouble, brief, dispute, playbook};
use crate::ledger::{Direction, ImportId, Moment, Transaction};
use crate::text::Text;

/// A statement file and the rows of it that are evidence.
struct Rows {
    import: ImportId,
    file: Exhibit,
    rows: Vec<u32>,
}

/// Facts by time, what the user states, and the list of evidence.
pub(super) fn collect(papers: &Papers<'_>) -> (Vec<Text>, Vec<Text>, Vec<Text>) {
    let lines = dispute::lines(papers.case, papers.transactions);
    let files = statement_files(papers, &lines);
    let mut facts: Vec<(Moment, Text)> = Vec::new();
    for line in &lines {
        let place = line.source.and_then(|source| files.iter().position(|file| file.import == source.import));
        facts.push((line.at, payment(papers, line, place)));
    }
    facts.extend(
        papers.case.events.iter().filter_map(|event| happened(papers, event).map(|fact| (event.at, fact))),
    );
    facts.sort_by_key(|(at, _)| *at);
    let mut facts: Vec<Text> = facts.into_iter().map(|(_, fact)| fact).collect();
    facts.extend(unkept(papers));
    (facts, super::statement::statement(papers), evidence(papers, &files))
}

fn statement_files(papers: &Papers<'_>, lines: &[&Transaction]) -> Vec<Rows> {
    let mut files: Vec<Rows> = Vec::new();
    for source in lines.iter().filter_map(|line| line.source) {
        match files.iter_mut().find(|file| file.import == source.import) {
            Some(known) => known.rows.push(source.row),
            None => {
                if let Some(file) = (papers.file_of)(source.import) {
                    files.push(Rows { import: source.import, file, rows: vec![source.row] });
                }
            }
        }
    }
    for file in &mut files {
        file.rows.sort_unstable();
        file.rows.dedup();
    }
    files
}

fn payment(papers: &Papers<'_>, line: &Transaction, place: Option<usize>) -> Text {
    let (at, through) = (moment_text(line.at), (papers.name_of)(&line.provider));
    let sum = sum_in_full(line.amount);
    let counterparty = clean(&line.counterparty);
    let (with_zh, with_en) = match (counterparty.is_empty(), line.direction) {
        (true, _) => (String::new(), String::new()),
        (false, Direction::In) => (format!("从“{counterparty}”"), format!(" from “{counterparty}”")),
        (false, _) => (format!("向“{counterparty}”"), format!(" to “{counterparty}”")),
    };
    let (verb_zh, verb_en) = match line.direction {
        Direction::In => ("收款", "received"),
        Direction::Out => ("付款", "paid"),
        Direction::Neutral => ("发生交易", "a transaction of"),
    };
    let mut zh = format!("{}，通过{}{with_zh}{verb_zh}{}", at.zh, through.zh, sum.zh);
    let mut en = format!("{}: {verb_en} {}{with_en} through {}", at.en, sum.en, through.en);
    // Whoever is to stop the money asks first where it went.
    let account = clean(&line.counterparty_account);
    let account = if papers.case.trouble.asks_whereto() { account } else { String::new() };
    let balance = line.balance.filter(|_| papers.case.trouble == Trouble::BalanceMismatch);
    let balance = balance.map(dispute::written).unwrap_or_default();
    for (label_zh, label_en, value) in [
        ("对方账户：", "the payee's account: ", account),
        ("付款方式：", "paid with ", clean(&line.method)),
        ("交易单号：", "order number ", clean(&line.order_no)),
        ("商家订单号：", "merchant order number ", clean(&line.merchant_order_no)),
        ("账单状态：", "status on the bill: ", clean(&line.status)),
    ] {
        if !value.is_empty() {
            zh.push_str(&format!("，{label_zh}{value}"));
            en.push_str(&format!(", {label_en}{value}"));
        }
    }
    if !balance.zh.is_empty() {
        zh.push_str(&format!("，账单所列余额：{}", balance.zh));
        en.push_str(&format!(", balance after it: {}", balance.en));
    }
    if line.refunded.minor > 0 {
        let back = dispute::written(line.refunded);
        zh.push_str(&format!("，已退{}", back.zh));
        en.push_str(&format!(", refunded so far: {}", back.en));
    }
    if let Some(place) = place {
        zh.push_str(&format!("（证据{}）", ordinal(place + 1)));
        en.push_str(&format!(" (Exhibit {})", place + 1));
    }
    Text::new(zh + "。", en + ".")
}

/// What happened in the case and belongs in a letter: contacts, and steps that leave a record elsewhere.
/// All but a call bear the time at which they were noted, and say so.
fn happened(papers: &Papers<'_>, event: &crate::case::Event) -> Option<Text> {
    match &event.happening {
        Happening::Stepped { step, done: true } => {
            let steps = &playbook(papers.case.trouble).steps;
            let record = steps.iter().find(|known| known.id == *step)?.record.as_ref()?;
            let at = moment_text(event.at);
            Some(Text::new(
                format!("{}记录：{}。", at.zh, record.zh),
                format!("Noted {}: {}.", at.en, record.en),
            ))
        }
        Happening::PromiseResolved { event: promised, kept: false } => {
            let promised = papers.case.events.iter().find(|other| other.id == *promised)?;
            let promise = crate::case::clock::promise_of(promised)?;
            let (at, due) = (moment_text(event.at), day(promise.due));
            let what = clause(&promise.what);
            Some(Text::new(
                format!("{}，应于{}前完成的“{what}”未兑现。", at.zh, due.zh),
                format!("{}: “{what}”, promised by {}, was not kept.", at.en, due.en),
            ))
        }
        _ => {
            let contact = brief::contact(event, papers.name_of)?;
            Some(Text::new(contact.zh + "。", contact.en + "."))
        }
    }
}

/// Promises past due on the day of the letter.
fn unkept(papers: &Papers<'_>) -> Vec<Text> {
    let today = day(papers.today);
    crate::case::clock::open_promises(papers.case)
        .into_iter()
        .filter(|(_, promise)| promise.due < papers.today)
        .map(|(_, promise)| {
            let (due, what) = (day(promise.due), clause(&promise.what));
            Text::new(
                format!("截至{}，应于{}前完成的“{what}”没有结果。", today.zh, due.zh),
                format!("As of {}, there is no result of “{what}”, promised by {}.", today.en, due.en),
            )
        })
        .collect()
}

fn evidence(papers: &Papers<'_>, files: &[Rows]) -> Vec<Text> {
    let statements = files.iter().map(|file| {
        let rows: Vec<String> = file.rows.iter().map(u32::to_string).collect();
        let (name, hash) = (clean(&file.file.name), head(&file.file.sha256));
        Text::new(
            format!("账单文件“{name}”第{}行（原文件SHA-256前8位：{hash}）", rows.join("、")),
            format!(
                "Statement file “{name}”, row {} (first 8 of the file's SHA-256: {hash})",
                rows.join(", ")
            ),
        )
    });
    let attachments = papers.attachments.iter().map(|exhibit| {
        let (name, hash, label) = (clean(&exhibit.name), head(&exhibit.sha256), clean(&exhibit.label));
        let (shows_zh, shows_en) = match label.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("，证明内容：{label}"), format!(", shows: {label}")),
        };
        Text::new(
            format!("文件“{name}”（SHA-256前8位：{hash}）{shows_zh}"),
            format!("File “{name}” (first 8 of its SHA-256: {hash}){shows_en}"),
        )
    });
    statements.chain(attachments).collect()
}

fn head(sha256: &str) -> String {
    sha256.chars().take(8).collect()
}

/// 一, 二 … 九十九: numbers of requests, rules and exhibits.
pub(super) fn ordinal(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        0..=9 => DIGITS[number].to_string(),
        10..=19 => format!("十{}", DIGITS[number % 10]),
        20..=99 => format!("{}十{}", DIGITS[number / 10], DIGITS[number % 10]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn exhibits_are_counted_in_chinese() {
        let counted: Vec<String> = [1, 9, 10, 11, 20, 34, 99, 100].map(ordinal).to_vec();
        assert_eq!(counted, ["一", "九", "十", "十一", "二十", "三十四", "九十九", "100"]);
    }
}
