//! Readable text for the terminal: aligned, and coloured only on a terminal.

pub mod failure;
mod learning;
mod problem;

pub use learning::{lessons, reach, settings};

use crate::wire::Imported;
use recourse::app::{CaseLine, CaseView, FlagView, Page};
use recourse::call::{CallLine, CallPlan, Wanted};
use recourse::case::{CaseStatus, Happening, Trouble, playbook};
use recourse::detect::kinds;
use recourse::directory::{NumberCheck, NumberVerdict, Provider, Trust};
use recourse::ledger::Transaction;
use recourse::statements::MAPPED;
use recourse::text::{Lang, Text};
use std::io::IsTerminal as _;

/// One of two languages.
pub fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Bold on a terminal.
fn strong(text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
}

/// Pads to a width in terminal columns, where a Chinese character takes two.
fn pad(text: &str, width: usize) -> String {
    let columns: usize = text.chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(columns)))
}

fn bullets(texts: &[Text], lang: Lang) {
    texts.iter().for_each(|text| println!("  · {}", text.get(lang)));
}

/// What an import did, file by file.
pub fn imported(lang: Lang, files: &[Imported]) {
    for file in files {
        let Imported { file: name, read, added, known, .. } = file;
        match lang {
            Lang::Zh => println!("{name}：读到 {read} 笔，新增 {added} 笔，已有 {known} 笔"),
            Lang::En => println!("{name}: {read} read, {added} added, {known} known"),
        }
        if file.experimental {
            let (zh, en) = if file.statement == MAPPED {
                (
                    "按您自己对应的列读取，请与原文件逐笔核对",
                    "read by your own mapping; please compare each row with the original",
                )
            } else {
                (
                    "试读：这种格式没有见过真实文件，请与原文件逐笔核对",
                    "experimental: no real file of this format was seen; please compare each row with the original",
                )
            };
            println!("  ! {}", pick(lang, zh, en));
        }
        for sum in &file.sums {
            println!("  {}", problem::sum(lang, sum));
        }
        file.problems.iter().for_each(|problem| println!("  ! {}", problem::remark(lang, file, problem)));
    }
}

/// What is said where there is nothing.
pub fn nothing(lang: Lang) -> &'static str {
    pick(lang, "没有需要留意的。", "Nothing stands out.")
}

/// The ledger, newest first.
pub fn ledger(lang: Lang, page: &Page) {
    for line in &page.lines {
        let t = &line.transaction;
        let sign = match t.direction {
            recourse::ledger::Direction::Out => "-",
            recourse::ledger::Direction::In => "+",
            recourse::ledger::Direction::Neutral => " ",
        };
        let flagged = if line.flagged.is_some() { "!" } else { " " };
        println!(
            "{flagged} {:>6}  {}  {:>14}  {}  {}",
            t.id.0,
            t.at.format("%Y-%m-%d %H:%M"),
            format!("{sign}{}", t.amount),
            pad(&t.counterparty, 24),
            t.item
        );
    }
    let sums = |sums: &[recourse::money::Money]| {
        if sums.is_empty() {
            "0".into()
        } else {
            sums.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ")
        }
    };
    let (spent, received) = (sums(&page.spent), sums(&page.received));
    match lang {
        Lang::Zh => println!("{} 笔，支出 {spent}，收入 {received}", page.total),
        Lang::En => println!("{} transactions, out {spent}, in {received}", page.total),
    }
}

/// What is worth a look.
pub fn flags(lang: Lang, flags: &[FlagView]) {
    if flags.is_empty() {
        println!("{}", nothing(lang));
    }
    for view in flags {
        let flag = &view.flag;
        println!("{}  [{}]  {}", strong(&flag.id), kinds::sure(flag.sure).get(lang), flag.amount);
        println!("  {}", flag.explanation.get(lang));
        for also in &view.also {
            println!("  {}{}", pick(lang, "同时：", "Also: "), also.explanation.get(lang));
        }
        rows(&view.transactions);
        if !view.compared.is_empty() {
            println!("  {}", pick(lang, "对比：", "Held against:"));
            rows(&view.compared);
        }
        println!("  {}{}", pick(lang, "这样就没事：", "Innocent if: "), flag.innocent.get(lang));
        println!("  {}{}", pick(lang, "接下来：", "Next: "), view.next.get(lang));
        println!("  {}\n", view.trouble.map_or_else(|| unsaid(lang), |trouble| steps(lang, trouble)));
    }
}

fn rows(transactions: &[Transaction]) {
    for t in transactions {
        let at = t.at.format("%Y-%m-%d %H:%M:%S");
        println!("    {at}  {}  {}  {}", t.amount, t.counterparty, t.order_no);
    }
}

/// The playbook a flag leads to.
fn steps(lang: Lang, trouble: Trouble) -> String {
    let title = &playbook(trouble).title;
    match lang {
        Lang::Zh => format!("步骤：{}", title.zh),
        Lang::En => format!("Steps: {}", title.en),
    }
}

/// Where the rows do not tell who paid, the steps wait for the user's word.
fn unsaid(lang: Lang) -> String {
    let (zh, en) = ("步骤：开案件时先说明是谁付的", "Steps: opening a case asks first who paid");
    pick(lang, zh, en).to_owned()
}

fn status(lang: Lang, status: CaseStatus) -> &'static str {
    match status {
        CaseStatus::ToCall => pick(lang, "待联系", "to call"),
        CaseStatus::Waiting => pick(lang, "等待答复", "waiting"),
        CaseStatus::DueToday => pick(lang, "今天到期", "due today"),
        CaseStatus::Overdue => pick(lang, "已逾期", "overdue"),
        CaseStatus::Told => pick(lang, "已联系", "told"),
        CaseStatus::Closed => pick(lang, "已关闭", "closed"),
    }
}

/// One case on one line.
pub fn case_line(lang: Lang, line: &CaseLine) -> String {
    let amount = line.amount.map(|amount| amount.to_string()).unwrap_or_default();
    format!(
        "{:>4}  {}  {}  {amount}",
        line.case.id.0,
        pad(status(lang, line.status), 10),
        line.title.get(lang)
    )
}

/// One case.
pub fn case(lang: Lang, view: &CaseView) {
    println!("{}\n", strong(&case_line(lang, &view.line)));
    if let Some(first_of_all) = &view.first_of_all {
        println!("{}\n", strong(first_of_all.get(lang)));
    }
    println!("{}", view.brief.to_plain(lang));
    for step in &view.steps {
        let done = if step.done { "x" } else { " " };
        println!("  [{done}] {}  ({})", step.title.get(lang), step.id);
    }
    for event in &view.line.case.events {
        println!("  {}  {}", event.at.format("%Y-%m-%d %H:%M"), happening(lang, &event.happening));
    }
}

fn happening(lang: Lang, happening: &Happening) -> String {
    let promised = |promise: &Option<recourse::case::Promise>| {
        promise.as_ref().map(|promise| format!(" → {} {}", promise.due, promise.what)).unwrap_or_default()
    };
    match happening {
        Happening::Called { provider, agent, ticket, said, promise, .. } => {
            format!(
                "{} {provider} {agent} {ticket} {said}{}",
                pick(lang, "致电", "called"),
                promised(promise)
            )
        }
        Happening::Noted { text } => text.clone(),
        Happening::Stepped { step, done } => {
            format!(
                "{} {step}",
                if *done { pick(lang, "完成", "done") } else { pick(lang, "未完成", "not done") }
            )
        }
        Happening::Attached { label, .. } => format!("{} {label}", pick(lang, "证据", "evidence")),
        Happening::Sent { to, how } => format!("{} {to} {how}", pick(lang, "寄出", "sent")),
        Happening::Answered { from, text, promise } => {
            format!("{} {from} {text}{}", pick(lang, "答复", "answer"), promised(promise))
        }
        Happening::PromiseResolved { kept, .. } => (if *kept {
            pick(lang, "已兑现", "promise kept")
        } else {
            pick(lang, "未兑现", "promise broken")
        })
        .into(),
        Happening::Closed { recovered, .. } => {
            let back = recovered.map(|money| money.to_string()).unwrap_or_default();
            format!("{} {back}", pick(lang, "关闭", "closed"))
        }
        Happening::Reopened => pick(lang, "重新打开", "reopened").into(),
        Happening::Retold { trouble } => {
            format!("{} {}", pick(lang, "改为", "changed to"), playbook(*trouble).title.get(lang))
        }
    }
}

fn trust(lang: Lang, trust: Trust) -> &'static str {
    match trust {
        Trust::Verified => pick(lang, "有官方来源", "official source"),
        Trust::Community => pick(lang, "社区整理", "community list"),
        Trust::Unverified => pick(lang, "未核实", "unverified"),
    }
}

fn call_line(lang: Lang, line: &CallLine) {
    let (name, label) = (line.name.get(lang), line.label.get(lang));
    println!("{}  {name} · {label}  [{}]", strong(&line.number), trust(lang, line.trust));
    println!("  {}", line.why.get(lang));
    let open = match (line.open, line.opens_at) {
        (Some(true), _) => pick(lang, "现在有人接听", "open now").to_owned(),
        (Some(false), Some(at)) => {
            format!("{} {}", pick(lang, "现在休息，开始时间", "closed, opens"), at.format("%m-%d %H:%M"))
        }
        (Some(false), None) => pick(lang, "现在休息", "closed now").to_owned(),
        (None, _) => pick(lang, "服务时间未核实", "hours unknown").to_owned(),
    };
    println!("  {}  {open}", line.hours.get(lang));
    for text in line.better_time.iter().chain(&line.abroad).chain(&line.menu).chain(&line.cost_note) {
        println!("  {}", text.get(lang));
    }
    for source in &line.sources {
        println!(
            "  {} {} {} ({} {})",
            pick(lang, "来源", "source"),
            source.what.get(lang),
            source.url,
            pick(lang, "核对于", "checked"),
            source.checked
        );
    }
}

/// Whom to call now, when, what to have at hand, how it will go.
pub fn call_plan(lang: Lang, plan: &CallPlan) {
    if let Some(notice) = &plan.notice {
        println!("{}\n", notice.get(lang));
    }
    plan.call.iter().for_each(|line| call_line(lang, line));
    let first = plan.call.first().filter(|line| !line.say.is_empty());
    let on_first = first.map(|line| line.name.get(lang)).unwrap_or_default();
    let on_first = format!("{} · {on_first}", pick(lang, "可以这样说", "Say"));
    let parts = [
        (pick(lang, "备好", "Have ready"), plan.have_ready.as_slice()),
        (on_first.as_str(), first.map_or(&[], |line| line.say.as_slice())),
        (pick(lang, "可以这样说", "Say"), &plan.say),
        (pick(lang, "对方绝不会要求", "They will never ask for"), &plan.never),
    ];
    for (title, texts) in parts.into_iter().filter(|(_, texts)| !texts.is_empty()) {
        println!("\n{}", strong(title));
        bullets(texts, lang);
    }
    if !plan.channels.is_empty() {
        println!("\n{}", strong(pick(lang, "其他途径", "Other ways")));
        plan.channels.iter().for_each(|channel| println!("  · {}", channel.how.get(lang)));
    }
    if !plan.next_rung.is_empty() {
        println!("\n{}", strong(pick(lang, "下一步", "Next rung")));
        for rung in &plan.next_rung {
            println!("  · {}: {}", rung.name.get(lang), rung.when.get(lang));
        }
    }
}

fn verdict_word(lang: Lang, verdict: NumberVerdict) -> &'static str {
    match verdict {
        NumberVerdict::Listed => pick(lang, "目录中有此号码", "listed"),
        NumberVerdict::Contradicted => pick(lang, "网上说法没有依据", "contradicted"),
        NumberVerdict::Imitation => pick(lang, "与正规号码相似", "imitation"),
        NumberVerdict::Unlisted => pick(lang, "目录中没有", "unlisted"),
        NumberVerdict::Invalid => pick(lang, "不是电话号码", "invalid"),
    }
}

/// What official notices say of what a caller wanted.
pub fn wanted(lang: Lang, wanted: &Wanted) {
    println!("\n{}", strong(wanted.label.get(lang)));
    println!("  {}\n  {}", wanted.answer.get(lang), wanted.if_done.get(lang));
    println!(
        "  {}",
        pick(
            lang,
            "拿不准先打 96110；钱已转出立刻打 110。",
            "Where unsure ask 96110; where money has left call 110 at once."
        )
    );
    for source in &wanted.sources {
        println!("  {} {} {}", pick(lang, "来源", "source"), source.what.get(lang), source.url);
    }
}

/// What can be said of a number.
pub fn number_check(lang: Lang, check: &NumberCheck) {
    let verdict = verdict_word(lang, check.verdict);
    println!("{}  {}", strong(&check.number), verdict);
    println!("  {}\n  {}", check.explanation.get(lang), check.advice.get(lang));
    if let Some(yours) = &check.yours {
        println!("  {} {yours}", pick(lang, "您自己记下的号码：", "Noted by yourself:"));
    }
    for other in &check.others {
        println!(
            "  {} {}  {}",
            pick(lang, "文中还有", "Also in the text:"),
            other.number,
            verdict_word(lang, other.verdict)
        );
    }
    for source in &check.sources {
        println!("  {} {} {}", pick(lang, "来源", "source"), source.what.get(lang), source.url);
    }
}

/// One provider on one line.
pub fn provider_line(lang: Lang, provider: &Provider) -> String {
    let number = match provider.hotlines.first() {
        Some(line) => format!("{}  [{}]", line.number, trust(lang, line.trust)),
        None => pick(lang, "无公布的电话", "publishes no phone line").to_owned(),
    };
    format!("{}{}{number}", pad(&provider.id, 22), pad(provider.name.get(lang), 30))
}

/// One provider with its sources.
pub fn provider(lang: Lang, provider: &Provider) {
    println!("{}  ({})", strong(provider.name.get(lang)), provider.id);
    for text in provider.became.iter().chain(&provider.note).chain(&provider.no_phone) {
        println!("  {}", text.get(lang));
    }
    for line in &provider.hotlines {
        println!("{}  {}  [{}]", strong(&line.number), line.label.get(lang), trust(lang, line.trust));
        for source in &line.sources {
            println!(
                "    {} {} {} ({})",
                pick(lang, "来源", "source"),
                source.what.get(lang),
                source.url,
                source.checked
            );
        }
    }
    for channel in &provider.channels {
        println!("  · {}", channel.how.get(lang));
    }
    for claim in &provider.claims {
        println!("  ✗ {}  {}  {}", claim.number, claim.said_by.get(lang), claim.truth.get(lang));
    }
}
