//! The contents of a letter laid out as plain text, in the order of such papers in either language.

use super::facts::ordinal;
use super::{Contents, Papers, blank, or_blank};
use crate::case::Addressee;
use crate::case::phrase::day;
use crate::text::Text;

/// Two full-width blanks: how a Chinese paragraph begins.
const INDENT: &str = "　　";
/// The place of name and date, near the right margin.
const RIGHT: &str = "　　　　　　　　　　　　　　　　　　";
const RIGHT_EN: &str = "                                        ";

pub(super) fn lay_out(papers: &Papers<'_>, contents: &Contents) -> Text {
    match papers.to {
        Addressee::Regulator => Text::new(complaint_zh(papers, contents), complaint_en(papers, contents)),
        Addressee::Wallet | Addressee::Bank => {
            Text::new(statement_zh(papers, contents), statement_en(papers, contents))
        }
    }
}

fn complaint_zh(papers: &Papers<'_>, contents: &Contents) -> String {
    let (name, phone, blank) = (or_blank(papers.name).zh, or_blank(papers.phone).zh, blank().zh);
    let mut page = Page::default();
    page.line("投 诉 书").gap();
    page.line(&format!("投诉人：{name}"));
    page.line(&format!("身份证号码：{blank}"));
    page.line(&format!("联系电话：{phone}"));
    page.line(&format!("联系地址：{blank}"));
    page.line(&format!("被投诉机构：{}", contents.respondent.zh)).gap();
    page.chinese_list("投诉请求：", &contents.requests, "；");
    page.numbered("事实与理由：", contents.facts.iter().map(|fact| fact.zh.as_str()), INDENT);
    page.paragraphs("投诉人陈述：", contents.statement.iter().map(|fact| fact.zh.as_str()), INDENT);
    page.chinese_list("依据：", &contents.rules, "；");
    page.chinese_list("证据清单：", &contents.evidence, "；");
    page.line(&format!("{INDENT}此致")).line(&contents.recipient.zh).gap();
    page.line(&format!("{RIGHT}投诉人（签字）：________"));
    page.line(&format!("{RIGHT}{}", day(papers.today).zh)).gap();
    page.line("以上内容由本人核对，工具仅协助排版。");
    page.0
}

fn statement_zh(papers: &Papers<'_>, contents: &Contents) -> String {
    let (name, phone, blank) = (or_blank(papers.name).zh, or_blank(papers.phone).zh, blank().zh);
    let mut page = Page::default();
    page.line("情 况 说 明").gap();
    page.line(&format!("{}：", contents.recipient.zh));
    page.line(&format!(
        "{INDENT}本人姓名：{name}，身份证号码：{blank}，联系电话：{phone}。现就“{}”一事说明如下。",
        contents.subject.zh
    ));
    page.gap();
    page.numbered("情况经过：", contents.facts.iter().map(|fact| fact.zh.as_str()), INDENT);
    page.paragraphs("本人陈述：", contents.statement.iter().map(|fact| fact.zh.as_str()), INDENT);
    page.chinese_list("诉求：", &contents.requests, "；");
    page.chinese_list("依据：", &contents.rules, "；");
    page.chinese_list("证据清单：", &contents.evidence, "；");
    page.line(&format!("{INDENT}特此说明。")).gap();
    page.line(&format!("{RIGHT}说明人（签字）：________"));
    page.line(&format!("{RIGHT}{}", day(papers.today).zh)).gap();
    page.line("以上内容由本人核对，工具仅协助排版。");
    page.0
}

fn complaint_en(papers: &Papers<'_>, contents: &Contents) -> String {
    let (name, phone, blank) = (or_blank(papers.name).en, or_blank(papers.phone).en, blank().en);
    let mut page = Page::default();
    page.line("COMPLAINT").gap();
    page.line(&format!("To: {}", contents.recipient.en));
    page.line(&format!("Complainant: {name}"));
    page.line(&format!("Identity number: {blank}"));
    page.line(&format!("Phone: {phone}"));
    page.line(&format!("Address: {blank}"));
    page.line(&format!("Institution complained about: {}", contents.respondent.en)).gap();
    page.numbered("Requests", contents.requests.iter().map(|text| text.en.as_str()), "  ");
    english_body(&mut page, contents);
    page.line(&format!("{RIGHT_EN}Signed: ________"));
    page.line(&format!("{RIGHT_EN}{}", day(papers.today).en)).gap();
    page.line("Checked by me; the tool only helped with the layout.");
    page.0
}

fn statement_en(papers: &Papers<'_>, contents: &Contents) -> String {
    let (name, phone, blank) = (or_blank(papers.name).en, or_blank(papers.phone).en, blank().en);
    let mut page = Page::default();
    page.line("STATEMENT OF FACTS").gap();
    page.line(&format!("To: {}", contents.recipient.en));
    page.line(&format!("From: {name}"));
    page.line(&format!("Identity number: {blank}"));
    page.line(&format!("Phone: {phone}"));
    page.line(&format!("Subject: {}", contents.subject.en)).gap();
    page.numbered("Requests", contents.requests.iter().map(|text| text.en.as_str()), "  ");
    english_body(&mut page, contents);
    page.line(&format!("{RIGHT_EN}Signed: ________"));
    page.line(&format!("{RIGHT_EN}{}", day(papers.today).en)).gap();
    page.line("Checked by me; the tool only helped with the layout.");
    page.0
}

fn english_body(page: &mut Page, contents: &Contents) {
    page.numbered("Facts in order of time", contents.facts.iter().map(|text| text.en.as_str()), "  ");
    page.paragraphs("My statement", contents.statement.iter().map(|text| text.en.as_str()), "  ");
    page.numbered("Rules", contents.rules.iter().map(|text| text.en.as_str()), "  ");
    page.numbered("Exhibits", contents.evidence.iter().map(|text| text.en.as_str()), "  ");
}

/// Lines of text, put down one after the other. A part with nothing in it is left out, heading and all.
#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, text: &str) -> &mut Self {
        self.0.push_str(text);
        self.0.push('\n');
        self
    }

    fn gap(&mut self) -> &mut Self {
        self.line("")
    }

    /// 一、…；二、…。
    fn chinese_list(&mut self, heading: &str, items: &[Text], between: &str) {
        if items.is_empty() {
            return;
        }
        self.line(heading);
        for (at, item) in items.iter().enumerate() {
            let end = if at + 1 == items.len() { "。" } else { between };
            self.line(&format!("{INDENT}{}、{}{end}", ordinal(at + 1), item.zh));
        }
        self.gap();
    }

    fn numbered<'a>(&mut self, heading: &str, items: impl Iterator<Item = &'a str>, indent: &str) {
        self.part(heading, items.enumerate().map(|(at, item)| format!("{indent}{}. {item}", at + 1)));
    }

    fn paragraphs<'a>(&mut self, heading: &str, items: impl Iterator<Item = &'a str>, indent: &str) {
        self.part(heading, items.map(|item| format!("{indent}{item}")));
    }

    fn part(&mut self, heading: &str, lines: impl Iterator<Item = String>) {
        let mut lines = lines.peekable();
        if lines.peek().is_none() {
            return;
        }
        self.line(heading);
        for line in lines {
            self.line(&line);
        }
        self.gap();
    }
}
