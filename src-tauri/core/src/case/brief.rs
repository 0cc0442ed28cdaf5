//! The facts of a case on one page, in the order a clerk asks for them, with nothing secret on it.

use super::clock::promise_of;
use super::phrase::{clause, clean, day, moment, wish};
use super::{Brief, Case, Event, Fact, Happening, Trouble, dispute, steps};
use crate::ledger::Transaction;
use crate::text::{Lang, Text};

/// Above so many lines each line of the ledger is one fact.
const LINES_IN_FULL: usize = 2;

/// The case on one page. `name_of` gives a provider's name for its id.
pub fn brief(case: &Case, transactions: &[Transaction], name_of: &dyn Fn(&str) -> Text) -> Brief {
    let mut facts = Vec::new();
    let account = name_of(&case.provider);
    fact(&mut facts, ("账户所在", "Account with"), account, false);
    if case.trouble == Trouble::PaymentScam {
        let how =
            Text::new("本人按他人要求付款，怀疑被骗", "I paid because somebody told me to; I suspect fraud");
        fact(&mut facts, ("付款情况", "How it was paid"), how, false);
    }
    let lines = dispute::lines(case, transactions);
    let disputed = dispute::disputed(case, transactions);
    for (at, line) in lines.iter().enumerate() {
        let number = (lines.len() > 1).then(|| {
            let is_disputed = disputed.iter().any(|other| other.id == line.id);
            ordinal(at + 1, is_disputed && disputed.len() < lines.len())
        });
        if lines.len() > LINES_IN_FULL {
            let label = number.unwrap_or_default();
            facts.push(Fact { label, value: in_one_line(line), copy: true });
        } else {
            in_full(&mut facts, case.trouble, line, number.as_ref());
        }
    }
    if lines.len() > 1 {
        for sum in dispute::amounts(case, transactions) {
            fact(&mut facts, ("争议金额", "Amount in dispute"), dispute::written(sum), false);
        }
    }
    if case.trouble == Trouble::BalanceMismatch {
        for found in dispute::found(case) {
            fact(&mut facts, ("对账结果", "What does not add up"), found.clone(), false);
        }
    }
    fact(&mut facts, ("经过", "What happened"), same(clean(&case.story)), false);
    done_so_far(&mut facts, case, name_of);
    Brief {
        title: dispute::title(case, transactions),
        facts,
        wishes: case.wishes.iter().map(|wanted| wish(*wanted, case.trouble)).collect(),
    }
}

/// The same words in both languages: a fact as it stands in the file.
fn same(value: String) -> Text {
    Text::new(value.clone(), value)
}

/// Adds a fact, unless there is nothing to say.
fn fact(facts: &mut Vec<Fact>, label: (&str, &str), value: Text, copy: bool) {
    if !value.zh.is_empty() {
        facts.push(Fact { label: Text::new(label.0, label.1), value, copy });
    }
}

fn ordinal(number: usize, is_disputed: bool) -> Text {
    match is_disputed {
        true => Text::new(format!("第{number}笔（有争议）"), format!("Payment {number} (disputed)")),
        false => Text::new(format!("第{number}笔"), format!("Payment {number}")),
    }
}

fn in_full(facts: &mut Vec<Fact>, trouble: Trouble, line: &Transaction, number: Option<&Text>) {
    let account = clean(&line.counterparty_account);
    let account = if trouble.asks_whereto() { account } else { String::new() };
    let balance = line.balance.filter(|_| trouble == Trouble::BalanceMismatch);
    let balance = balance.map(dispute::written).unwrap_or_default();
    let refunded = if line.refunded.minor > 0 { dispute::written(line.refunded) } else { Text::default() };
    let rows = [
        (("交易时间", "Time"), same(moment(line.at)), false),
        (("金额", "Amount"), dispute::written(line.amount), false),
        (("已退金额", "Refunded"), refunded, false),
        (("账单所列余额", "Balance after it"), balance, false),
        (("交易对方", "Counterparty"), same(clean(&line.counterparty)), false),
        (("对方账户", "The payee's account"), same(account), true),
        (("商品", "Item"), same(clean(&line.item)), false),
        (("交易单号", "Order number"), same(line.order_no.trim().to_string()), true),
        (("商家订单号", "Merchant order number"), same(line.merchant_order_no.trim().to_string()), true),
        (("付款方式", "Paid with"), same(clean(&line.method)), false),
        (("状态", "Status"), same(clean(&line.status)), false),
    ];
    for (label, value, copy) in rows {
        let before = facts.len();
        fact(facts, label, value, copy);
        if let (Some(number), Some(added)) = (number, facts.get_mut(before)) {
            added.label = Text::new(
                format!("{} {}", number.zh, added.label.zh),
                format!("{}: {}", number.en, added.label.en.to_lowercase()),
            );
        }
    }
}

fn in_one_line(line: &Transaction) -> Text {
    let amount = dispute::written(line.amount);
    let parts = |amount: String| {
        let parts = [
            moment(line.at),
            amount,
            clean(&line.counterparty),
            line.order_no.trim().to_string(),
            clean(&line.method),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    Text::new(parts(amount.zh), parts(amount.en))
}

fn done_so_far(facts: &mut Vec<Fact>, case: &Case, name_of: &dyn Fn(&str) -> Text) {
    let done: Vec<Text> = steps(case).into_iter().filter(|step| step.done).map(|step| step.title).collect();
    let join = |of: fn(&Text) -> &str, by: &str| done.iter().map(of).collect::<Vec<_>>().join(by);
    let done = Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; "));
    fact(facts, ("已做", "Done so far"), done, false);
    for event in &case.events {
        if let Some(contact) = contact(event, name_of) {
            fact(facts, ("联系记录", "Contact"), contact, false);
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for event in &case.events {
        if let Happening::Called { ticket, .. } = &event.happening {
            let ticket = ticket.trim();
            if !ticket.is_empty() && !seen.contains(&ticket) {
                seen.push(ticket);
                fact(facts, ("工单号", "Ticket number"), same(ticket.to_string()), true);
            }
        }
    }
}

/// A call, a letter or an answer in one sentence; `None` for what is no contact.
pub(crate) fn contact(event: &Event, name_of: &dyn Fn(&str) -> Text) -> Option<Text> {
    let (mut zh, mut en) = match &event.happening {
        Happening::Called { provider, agent, ticket, said, .. } => {
            let name = name_of(provider);
            let mut zh = format!("致电{}", name.zh);
            let mut en = format!("called {}", name.en);
            let parts = [
                ("工号", "agent", agent, false),
                ("工单号", "ticket", ticket, false),
                ("对方答复", "answer", said, true),
            ];
            for (label_zh, label_en, value, quoted) in parts {
                let value = clause(value);
                match (value.is_empty(), quoted) {
                    (true, _) => {}
                    (false, true) => {
                        zh.push_str(&format!("，{label_zh}：“{value}”"));
                        en.push_str(&format!(", {label_en}: “{value}”"));
                    }
                    (false, false) => {
                        zh.push_str(&format!("，{label_zh}{value}"));
                        en.push_str(&format!(", {label_en} {value}"));
                    }
                }
            }
            (zh, en)
        }
        Happening::Sent { to, how } => {
            let (name, how) = (name_of(to), clause(how));
            let by_zh = if how.is_empty() { String::new() } else { format!("，方式：{how}") };
            let by_en = if how.is_empty() { String::new() } else { format!(" by: {how}") };
            (format!("向{}提交书面材料{by_zh}", name.zh), format!("sent papers to {}{by_en}", name.en))
        }
        Happening::Answered { from, text, .. } => {
            let (name, text) = (name_of(from), clause(text));
            (format!("{}答复：“{text}”", name.zh), format!("{} answered: “{text}”", name.en))
        }
        _ => return None,
    };
    if let Some(promise) = promise_of(event) {
        let (due, what) = (day(promise.due), clause(&promise.what));
        zh.push_str(&format!("，承诺于{}前：“{what}”", due.zh));
        en.push_str(&format!(", promised by {}: “{what}”", due.en));
    }
    let at = super::phrase::moment_text(event.at);
    // A call is noted while it is held; of a letter and an answer only the time of noting it is known.
    Some(match event.happening {
        Happening::Called { .. } => Text::new(format!("{}，{zh}", at.zh), format!("{}: {en}", at.en)),
        _ => Text::new(format!("{}记录：{zh}", at.zh), format!("Noted {}: {en}", at.en)),
    })
}

impl Brief {
    /// The page as plain text in one language: to print, copy or read out.
    pub fn to_plain(&self, lang: Lang) -> String {
        let (colon, wanted) = match lang {
            Lang::Zh => ("：", "诉求"),
            Lang::En => (": ", "What I ask for"),
        };
        let mut page = format!("{}\n\n", self.title.get(lang));
        for fact in &self.facts {
            page.push_str(&format!("{}{colon}{}\n", fact.label.get(lang), fact.value.get(lang)));
        }
        if !self.wishes.is_empty() {
            page.push_str(&format!("\n{wanted}{colon}\n"));
            for (number, wish) in self.wishes.iter().enumerate() {
                page.push_str(&format!("{}. {}\n", number + 1, wish.get(lang)));
            }
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::tests::{a_case, called, event, payment};
    use crate::ledger::TransactionId;

    fn name_of(id: &str) -> Text {
        Text::new(format!("<{id}>"), format!("<{id}>"))
    }
    fn labels(brief: &Brief) -> Vec<&str> {
        brief.facts.iter().map(|fact| fact.label.zh.as_str()).collect()
    }

    #[test]
    fn the_facts_of_one_payment_come_in_the_order_a_clerk_asks() {
        let mut case = a_case(Trouble::UnknownTransaction);
        case.transactions = vec![TransactionId(1)];
        case.events = vec![event(1, called(Some("2026-11-24")))];
        let brief = brief(&case, &[payment(1, "10:00:40", 12_800)], &name_of);
        assert_eq!(
            labels(&brief),
            [
                "账户所在",
                "交易时间",
                "金额",
                "交易对方",
                "商品",
                "交易单号",
                "商家订单号",
                "付款方式",
                "状态",
                "联系记录",
                "工单号"
            ]
        );
        assert!(brief.facts[5].copy && brief.facts[10].copy && !brief.facts[2].copy);
        assert_eq!(
            brief.facts[9].value.zh,
            "2026年11月21日15:30:00，致电<alipay>，工号1024，工单号T20261121001，对方答复：“已登记”，\
             承诺于2026年11月24日前：“答复”"
        );
    }

    #[test]
    fn the_second_of_two_charges_is_marked_and_only_it_is_the_amount_in_dispute() {
        let mut case = a_case(Trouble::DuplicateCharge);
        case.transactions = vec![TransactionId(2), TransactionId(1)];
        let lines = [payment(1, "10:00:00", 12_800), payment(2, "10:00:40", 12_800)];
        let brief = brief(&case, &lines, &name_of);
        let times: Vec<&Fact> =
            brief.facts.iter().filter(|fact| fact.label.zh.ends_with("交易时间")).collect();
        assert_eq!(times[0].label.zh, "第1笔 交易时间");
        assert_eq!(times[1].label.zh, "第2笔（有争议） 交易时间");
        let sum = brief.facts.iter().find(|fact| fact.label.zh == "争议金额").unwrap();
        assert_eq!(sum.value.zh, "128.00元");
    }

    #[test]
    fn many_payments_take_one_line_each() {
        let lines: Vec<Transaction> = (1..=5).map(|at| payment(at, "10:00:00", 100)).collect();
        let mut case = a_case(Trouble::UnknownTransaction);
        case.transactions = lines.iter().map(|line| line.id).collect();
        let brief = brief(&case, &lines, &name_of);
        assert_eq!(labels(&brief)[1..6], ["第1笔", "第2笔", "第3笔", "第4笔", "第5笔"]);
    }

    #[test]
    fn no_full_card_number_stands_on_it() {
        let mut case = a_case(Trouble::UnknownTransaction);
        case.transactions = vec![TransactionId(1)];
        case.story = "卡号 4111 1111 1111 1111 被扣款".into();
        let mut line = payment(1, "10:00:00", 100);
        line.method = "信用卡4111111111111111".into();
        let text = serde_json::to_string(&brief(&case, &[line], &name_of)).unwrap();
        assert!(!text.contains("4111"), "{text}");
        assert!(text.contains("****1111"));
    }
}
