//! The contents of a letter laid out as plain text: one layout for each kind of paper, written in either language.

use super::facts::ordinal;
use super::{Contents, Papers, blank, or_blank};
use crate::case::phrase::day;
use crate::case::{Addressee, playbook};
use crate::text::{Lang, Text};

/// A paper before it is written down. Where a language has no such line its text is empty, and it is left out.
struct Paper {
    title: Text,
    /// Who writes to whom, a line each.
    head: Vec<Text>,
    parts: Vec<Part>,
    /// Said after the parts.
    closing: Vec<Text>,
    signed: Text,
}

/// A heading and what stands under it; a part with nothing in it is left out, heading and all.
struct Part {
    heading: Text,
    items: Vec<Text>,
    style: Style,
}

/// How the items of a part are set out.
#[derive(Clone, Copy)]
enum Style {
    /// In Chinese 一、…；二、…。 and in English numbered.
    Articles,
    /// 1. 2. 3. in both.
    Numbered,
    /// One paragraph each.
    Paragraphs,
}

pub(super) fn lay_out(papers: &Papers<'_>, contents: &Contents) -> Text {
    let paper = match papers.to {
        Addressee::Regulator => complaint(papers, contents),
        Addressee::Merchant | Addressee::Wallet | Addressee::Bank => statement(papers, contents),
        Addressee::Police => report(papers, contents),
    };
    let today = day(papers.today);
    Text::new(paper.written(Lang::Zh, &today), paper.written(Lang::En, &today))
}

/// 情况说明
fn statement(papers: &Papers<'_>, contents: &Contents) -> Paper {
    let (name, phone, recipient) = (or_blank(papers.name), or_blank(papers.phone), &contents.recipient);
    let opening = format!(
        "　　本人姓名：{}，身份证号码：{}，联系电话：{}。现就“{}”一事说明如下。",
        name.zh,
        blank().zh,
        phone.zh,
        contents.subject.zh
    );
    Paper {
        title: Text::new("情 况 说 明", "STATEMENT OF FACTS"),
        head: vec![
            Text::new(format!("{}：", recipient.zh), format!("To: {}", recipient.en)),
            Text::new(opening, format!("From: {}", name.en)),
            line("", "Identity number", &blank()),
            line("", "Phone", &phone),
            line("", "Subject", &contents.subject),
        ],
        parts: vec![
            part("情况经过", "Facts in order of time", &contents.facts, Style::Numbered),
            part("本人陈述", "My statement", &contents.statement, Style::Paragraphs),
            part("诉求", "Requests", &contents.requests, Style::Articles),
            part("依据", "Rules", &contents.rules, Style::Articles),
            part("证据清单", "Exhibits", &contents.evidence, Style::Articles),
        ],
        closing: vec![Text::new("　　特此说明。", "")],
        signed: Text::new("说明人（签字）", "Signed"),
    }
}

/// 投诉书
fn complaint(papers: &Papers<'_>, contents: &Contents) -> Paper {
    let mut head = vec![line("", "To", &contents.recipient)];
    head.extend(person(papers, "投诉人", "Complainant"));
    head.push(match papers.case.trouble.is_merchants() {
        true => line("被投诉商家", "Merchant complained about", &contents.respondent),
        false => line("被投诉机构", "Institution complained about", &contents.respondent),
    });
    Paper {
        title: Text::new("投 诉 书", "COMPLAINT"),
        head,
        parts: vec![
            part("投诉请求", "Requests", &contents.requests, Style::Articles),
            part("事实与理由", "Facts in order of time", &contents.facts, Style::Numbered),
            part("投诉人陈述", "My statement", &contents.statement, Style::Paragraphs),
            part("依据", "Rules", &contents.rules, Style::Articles),
            part("证据清单", "Exhibits", &contents.evidence, Style::Articles),
        ],
        closing: vec![Text::new("　　此致", ""), Text::new(contents.recipient.zh.clone(), "")],
        signed: Text::new("投诉人（签字）", "Signed"),
    }
}

/// 报案材料: what the police write down, with room for what no statement knows.
fn report(papers: &Papers<'_>, contents: &Contents) -> Paper {
    let mut head = vec![line("", "To", &contents.recipient)];
    head.extend(person(papers, "报案人", "Reported by"));
    let to_bring: Vec<Text> = playbook(papers.case.trouble)
        .evidence
        .iter()
        .map(|item| Text::new(format!("□ {}", item.zh), format!("□ {}", item.en)))
        .collect();
    Paper {
        title: Text::new("报 案 材 料", "REPORT TO THE POLICE"),
        head,
        parts: vec![
            part(
                "付款经过",
                "Payments and what was done, in order of time",
                &contents.facts,
                Style::Numbered,
            ),
            part("报案人陈述", "My statement", &contents.statement, Style::Paragraphs),
            part("对方信息", "The other side", &other_side(), Style::Paragraphs),
            part("请求", "Requests", &contents.requests, Style::Articles),
            part("依据", "Rules", &contents.rules, Style::Articles),
            part("证据清单", "Exhibits", &contents.evidence, Style::Articles),
            part(
                "携带的材料（有的打勾）",
                "To bring along (tick what there is)",
                &to_bring,
                Style::Paragraphs,
            ),
        ],
        closing: vec![Text::new("　　此致", ""), Text::new(contents.recipient.zh.clone(), "")],
        signed: Text::new("报案人（签字）", "Signed"),
    }
}

/// What the police ask of the other side and no statement knows: filled in by hand.
fn other_side() -> Vec<Text> {
    [
        ("对方自称的姓名、身份", "The name and office they gave"),
        ("收款账户全号或收款码", "The payee's full account number or payee code"),
        ("电话号码", "Phone numbers"),
        ("社交账号、群名称", "Accounts and groups on social networks"),
        ("网址、App名称及下载来源", "Sites; apps and where they came from"),
        ("何时、怎样认识或联系上", "When and how contact began"),
    ]
    .into_iter()
    .map(|(zh, en)| line(zh, en, &blank()))
    .collect()
}

/// The lines that say who writes.
fn person(papers: &Papers<'_>, zh: &str, en: &str) -> [Text; 4] {
    [
        line(zh, en, &or_blank(papers.name)),
        line("身份证号码", "Identity number", &blank()),
        line("联系电话", "Phone", &or_blank(papers.phone)),
        line("联系地址", "Address", &blank()),
    ]
}

/// `label：value`; nothing in a language without a label.
fn line(zh: &str, en: &str, value: &Text) -> Text {
    let labelled = |label: &str, colon: &str, value: &str| match label {
        "" => String::new(),
        label => format!("{label}{colon}{value}"),
    };
    Text::new(labelled(zh, "：", &value.zh), labelled(en, ": ", &value.en))
}

fn part(zh: &str, en: &str, items: &[Text], style: Style) -> Part {
    Part { heading: Text::new(format!("{zh}："), en), items: items.to_vec(), style }
}

impl Paper {
    fn written(&self, lang: Lang, today: &Text) -> String {
        let mut page = Page::default();
        page.line(self.title.get(lang)).gap();
        page.lines(&self.head, lang);
        for part in &self.parts {
            part.written(&mut page, lang);
        }
        page.lines(&self.closing, lang);
        // The place of name and date, near the right margin.
        let (right, colon, checked) = match lang {
            Lang::Zh => ("　".repeat(18), "：", "以上内容由本人核对，工具仅协助排版。"),
            Lang::En => (" ".repeat(40), ": ", "Checked by me; the tool only helped with the layout."),
        };
        page.line(&format!("{right}{}{colon}________", self.signed.get(lang)));
        page.line(&format!("{right}{}", today.get(lang))).gap();
        page.line(checked);
        page.0
    }
}

impl Part {
    fn written(&self, page: &mut Page, lang: Lang) {
        if self.items.is_empty() {
            return;
        }
        // Two full-width blanks are how a Chinese paragraph begins.
        let indent = if lang == Lang::Zh { "　　" } else { "  " };
        page.line(self.heading.get(lang));
        for (at, item) in self.items.iter().enumerate() {
            let item = item.get(lang);
            let is_last = at + 1 == self.items.len();
            page.line(&match (self.style, lang) {
                (Style::Articles, Lang::Zh) => {
                    format!("{indent}{}、{item}{}", ordinal(at + 1), if is_last { "。" } else { "；" })
                }
                (Style::Articles, Lang::En) | (Style::Numbered, _) => format!("{indent}{}. {item}", at + 1),
                (Style::Paragraphs, _) => format!("{indent}{item}"),
            });
        }
        page.gap();
    }
}

/// Lines of text, put down one after the other.
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

    /// The lines this language has, and a gap after them.
    fn lines(&mut self, lines: &[Text], lang: Lang) {
        let mut lines = lines.iter().map(|text| text.get(lang)).filter(|text| !text.is_empty()).peekable();
        if lines.peek().is_none() {
            return;
        }
        for text in lines {
            self.line(text);
        }
        self.gap();
    }
}
