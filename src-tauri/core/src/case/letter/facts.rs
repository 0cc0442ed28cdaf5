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
    (facts, statement(papers), evidence(papers, &files))
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
    let account = if papers.case.trouble == Trouble::PaymentScam { account } else { String::new() };
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

/// What the user states: apart from the facts, which come from the rows and the events.
fn statement(papers: &Papers<'_>) -> Vec<Text> {
    let mut statement = Vec::new();
    let sums: Vec<Text> =
        dispute::amounts(papers.case, papers.transactions).into_iter().map(dispute::written).collect();
    let join = |of: fn(&Text) -> &str, by: &str| sums.iter().map(of).collect::<Vec<_>>().join(by);
    let (zh, en) = (join(|text| &text.zh, "、"), join(|text| &text.en, ", "));
    if !sums.is_empty() {
        statement.extend(match papers.case.trouble {
            Trouble::UnknownTransaction => Some(Text::new(
                format!("上述交易中有争议的{zh}不是本人操作，本人也未授权他人操作。"),
                format!("The disputed {en} was not paid by me, and I authorised no one to pay it."),
            )),
            Trouble::PaymentScam => Some(Text::new(
                format!("上述付款由本人操作，是按他人要求付的，涉及{zh}。本人怀疑被骗。"),
                format!(
                    "I made the payments above myself, because somebody told me to; they come to {en}. I suspect \
                     fraud."
                ),
            )),
            Trouble::DuplicateCharge => Some(Text::new(
                format!("本人认为上述款项对应同一次消费，其中{zh}为重复扣除。"),
                format!("I hold the charges above to be for one purchase; {en} of them was taken a second time."),
            )),
            Trouble::RefundMissing => Some(Text::new(
                format!("上述交易应退的款项中，本人的账单里尚未看到{zh}到账。"),
                format!("Of the payment above, {en} is to be refunded; my statements do not show it so far."),
            )),
            Trouble::FailedButDebited => Some(Text::new(
                format!("上述付款未成功，已扣除且未退回的金额为{zh}。"),
                format!("The payment above did not succeed; {en} was taken and has not come back."),
            )),
            Trouble::SubscriptionChange => Some(Text::new(
                format!("上述自动扣款中，本人有异议的金额为{zh}，请核对本人的签约和同意记录。"),
                format!("Of the automatic charge above I question {en}; please look up the record of my consent."),
            )),
            Trouble::TrialTurnedPaid => Some(Text::new(
                format!("上述试用到期后扣除的{zh}，本人有异议，请核对本人同意转为收费的记录。"),
                format!("I question the {en} charged after the trial; please look up the record of my consent."),
            )),
            Trouble::UnexpectedFee => Some(Text::new(
                format!("上述费用{zh}，本人有异议，请核对收费依据和事先告知的记录。"),
                format!("I question the fee of {en}; please look up its basis and how it was announced."),
            )),
            Trouble::AccountFrozen | Trouble::CurrencyOvercharge => None,
        });
    }
    if papers.case.trouble == Trouble::CurrencyOvercharge {
        statement.push(Text::new(
            "上述付款的外币折算，本人有异议，请核对所用汇率、换汇方和各项费用。",
            "I question how the payment above was converted; please look up the rate, who converted, and the fees.",
        ));
    }
    if papers.case.trouble == Trouble::AccountFrozen {
        let name = (papers.name_of)(&papers.case.provider);
        statement.push(Text::new(
            format!("本人在{}的账户被限制使用。", name.zh),
            format!("My account with {} is restricted.", name.en),
        ));
    }
    let story = clause(&papers.case.story);
    if !story.is_empty() {
        statement.push(Text::new(format!("{story}。"), format!("{story}.")));
    }
    statement
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
