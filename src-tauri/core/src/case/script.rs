//! What to say on the phone, sentence by sentence, built from the case.

use super::phrase::{clause, clean, day, moment_text, wish};
use super::{Case, Happening, Trouble, deadlines, dispute, steps};
use crate::ledger::{Moment, Transaction};
use crate::text::Text;

/// Above so many lines they are not read out one by one.
const LINES_READ_OUT: usize = 3;

/// The step of a playbook that stands for a report to the police.
const REPORTED: &str = "police";

/// What to say, in order. It ends with asking for the agent's number, the ticket number, and what will
/// be done by when. `name_of` gives a provider's name for its id.
pub fn script(
    case: &Case,
    transactions: &[Transaction],
    name_of: &dyn Fn(&str) -> Text,
    now: Moment,
) -> Vec<Text> {
    let mut say = vec![opening(case.trouble)];
    facts(&mut say, case, transactions);
    let reported = steps(case).iter().any(|step| step.id == REPORTED && step.done);
    if reported && case.trouble == Trouble::PaymentScam {
        say.push(Text::new("我已经拨打110报警。", "I have reported it to the police on 110."));
    }
    say.extend(earlier(case, name_of, now));
    say.extend(case.wishes.iter().map(|wanted| {
        let wanted = wish(*wanted, case.trouble);
        Text::new(format!("我的诉求是：{}。", wanted.zh), format!("What I ask for: {}.", lower(&wanted.en)))
    }));
    say.push(Text::new(
        "核对身份时，我可以报姓名和卡号后四位；密码和验证码我不提供。",
        "To confirm who I am I can give my name and the last four digits of the card; \
         I do not give passwords or codes.",
    ));
    say.push(Text::new("请问您的工号是多少？", "May I have your agent number, please?"));
    say.push(Text::new("请告诉我这次登记的工单号。", "Please tell me the ticket number of this report."));
    say.push(Text::new(
        "请问接下来做什么，最晚哪一天答复我？是自然日还是工作日？",
        "What will be done next, and by which date will I have an answer? Calendar or working days?",
    ));
    say
}

/// What to say to the police of a payment somebody was talked into, in order: what is asked for first, then the
/// facts, then who deals with it. `None` for any other trouble.
pub fn script_for_police(case: &Case, transactions: &[Transaction]) -> Option<Vec<Text>> {
    if case.trouble != Trouble::PaymentScam {
        return None;
    }
    let mut say = vec![
        Text::new(
            "您好，我要报警：我按别人的要求付了款，怀疑被骗，请求紧急止付。",
            "Hello, I want to report a crime: I made a payment because somebody told me to, I suspect fraud, and I ask \
             for an emergency stop-payment.",
        ),
        Text::new("我先报姓名、现在的位置和联系电话。", "First my name, where I am now and my phone number."),
    ];
    facts(&mut say, case, transactions);
    say.extend([
        Text::new(
            "请问可以止付吗？还需要我提供对方的什么信息？",
            "Can the money be stopped? What else do you need to know of the other side?",
        ),
        Text::new(
            "请告诉我接警编号，以及由哪个单位办理。",
            "Please tell me the number of this report and which station deals with it.",
        ),
        Text::new(
            "我要到哪里做笔录，带哪些材料？什么时候可以拿到回执？",
            "Where do I give a statement, what do I bring, and when will I have the receipt?",
        ),
    ]);
    Some(say)
}

/// The payments, what the user holds to be wrong, and their own words.
fn facts(say: &mut Vec<Text>, case: &Case, transactions: &[Transaction]) {
    let lines = dispute::lines(case, transactions);
    if lines.len() <= LINES_READ_OUT {
        say.extend(lines.iter().enumerate().map(|(at, line)| read_out(case.trouble, line, at, lines.len())));
    } else {
        say.push(Text::new(
            format!("一共{}笔，我可以逐笔报交易单号。", lines.len()),
            format!("There are {} payments; I can read out each order number.", lines.len()),
        ));
    }
    say.extend(claim(case, transactions));
    let story = clause(&case.story);
    if !story.is_empty() {
        say.push(Text::new(format!("经过是这样的：{story}。"), format!("This is what happened: {story}.")));
    }
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn opening(trouble: Trouble) -> Text {
    match trouble {
        Trouble::UnknownTransaction => Text::new(
            "您好，我的账户有不是我付的交易，请您登记核查。",
            "Hello, my account shows payments I did not make. Please register this and look into it.",
        ),
        Trouble::PaymentScam => Text::new(
            "您好，我按别人的要求付了款，怀疑被骗，请您马上登记。",
            "Hello, I made a payment because somebody told me to, and I suspect fraud. Please register this now.",
        ),
        Trouble::DuplicateCharge => Text::new(
            "您好，我有一笔消费好像被重复扣款，请您登记核查。",
            "Hello, I seem to have been charged twice for one purchase. Please register this and look into it.",
        ),
        Trouble::RefundMissing => Text::new(
            "您好，我有一笔退款没有看到到账，请您帮我查询。",
            "Hello, I cannot find a refund of mine. Please look it up for me.",
        ),
        Trouble::FailedButDebited => Text::new(
            "您好，我有一笔付款提示失败，但钱已经扣了，请您登记核查。",
            "Hello, a payment of mine failed but the money was taken. Please register this and look into it.",
        ),
        Trouble::AccountFrozen => Text::new(
            "您好，我的账户被限制使用，请您帮我查询原因和解除办法。",
            "Hello, my account is restricted. Please tell me why and how it can be lifted.",
        ),
        Trouble::SubscriptionChange => Text::new(
            "您好，我有一项自动续费的扣款有疑问，请您登记核查。",
            "Hello, I question an automatic charge of a subscription. Please register this and look into it.",
        ),
        Trouble::TrialTurnedPaid => Text::new(
            "您好，我有一笔试用之后扣的款有疑问，请您登记核查。",
            "Hello, I question what was charged after a trial. Please register this and look into it.",
        ),
        Trouble::UnexpectedFee => Text::new(
            "您好，我的账户被收了一笔我不清楚的费用，请您登记核查。",
            "Hello, a fee I do not know was taken from my account. Please register this and look into it.",
        ),
        Trouble::WrongPayee => Text::new(
            "您好，我转账时填错了收款方，想请您协助联系对方退回。",
            "Hello, I sent money to the wrong payee by my own mistake and ask for your help in reaching them.",
        ),
        Trouble::HoldNotReleased => Text::new(
            "您好，我有一笔冻结的款项有疑问，请您帮我查询。",
            "Hello, I question a hold on money of mine. Please look it up for me.",
        ),
        Trouble::BalanceMismatch => Text::new(
            "您好，我账单里的余额和前后金额对不上，请您帮我逐笔核对。",
            "Hello, a balance on my statement does not follow from the amounts. Please go through the bookings with me.",
        ),
        Trouble::UnclearPayment => Text::new(
            "您好，我有一笔交易想核对，请您告诉我详情。",
            "Hello, I want to check a payment. Please tell me its details.",
        ),
        Trouble::CurrencyOvercharge => Text::new(
            "您好，我有一笔外币付款的折算有疑问，请您登记核查。",
            "Hello, I question how a payment in a foreign currency was converted. Please register this and look into it.",
        ),
    }
}

fn read_out(trouble: Trouble, line: &Transaction, at: usize, of: usize) -> Text {
    let (time, amount) = (moment_text(line.at), dispute::written(line.amount));
    let counterparty = clean(&line.counterparty);
    let (mut zh, mut en) = match of {
        0 | 1 => ("这笔交易".to_string(), "The payment".to_string()),
        _ => (format!("第{}笔", at + 1), format!("Payment {}", at + 1)),
    };
    zh.push_str(&format!("在{}，金额{}", time.zh, amount.zh));
    en.push_str(&format!(" was made at {}, amount {}", time.en, amount.en));
    if !counterparty.is_empty() {
        zh.push_str(&format!("，对方是{counterparty}"));
        en.push_str(&format!(", to {counterparty}"));
    }
    // Whoever is to stop the money asks first where it went.
    let account = clean(&line.counterparty_account);
    let account = if trouble.asks_whereto() { account } else { String::new() };
    let parts = [
        ("对方账户", "the payee's account ", account),
        ("付款方式是", "paid with ", clean(&line.method)),
        ("交易单号", "order number ", clean(&line.order_no)),
    ];
    for (label_zh, label_en, value) in parts {
        if !value.is_empty() {
            zh.push_str(&format!("，{label_zh}{value}"));
            en.push_str(&format!(", {label_en}{value}"));
        }
    }
    Text::new(zh + "。", en + ".")
}

/// What the user holds to be wrong.
fn claim(case: &Case, transactions: &[Transaction]) -> Option<Text> {
    if case.trouble == Trouble::CurrencyOvercharge {
        return Some(Text::new(
            "请说明这笔付款用的是哪一天、谁的汇率，由谁换的汇，另外收了哪些费用。",
            "Please tell me the rate of which day and whose was used, who converted it, and which fees were added.",
        ));
    }
    if case.trouble == Trouble::UnclearPayment {
        return Some(Text::new(
            "我还在核实这笔是怎么付的。请告诉我收款方、商品、付款方式，以及当时怎样验证的。",
            "I am still finding out how it was paid. Please tell me the payee, the item, how it was paid and how it was \
             confirmed.",
        ));
    }
    let sums = dispute::amounts(case, transactions);
    if case.trouble == Trouble::BalanceMismatch {
        return Some(unbalanced(case));
    }
    if sums.is_empty() {
        return None;
    }
    let join = |of: fn(&Text) -> &str, by: &str| {
        let written: Vec<Text> = sums.iter().map(|sum| dispute::written(*sum)).collect();
        written.iter().map(of).collect::<Vec<_>>().join(by)
    };
    let (zh, en) = (join(|text| &text.zh, "、"), join(|text| &text.en, ", "));
    Some(match case.trouble {
        Trouble::UnknownTransaction => Text::new(
            format!("我没有付过，也没有授权别人付，涉及{zh}。"),
            format!("I did not pay this and authorised no one to; it comes to {en}."),
        ),
        Trouble::PaymentScam => Text::new(
            format!("这是我自己付的，是按对方的要求付的，涉及{zh}。"),
            format!("I paid this myself, because they told me to; it comes to {en}."),
        ),
        Trouble::DuplicateCharge => Text::new(
            format!("我认为其中{zh}是同一次消费的重复扣款，请核对。"),
            format!("I hold {en} of it to be a second charge for one purchase; please check."),
        ),
        Trouble::RefundMissing => Text::new(
            format!("我的账单里还没有看到{zh}，请查退款目前在哪一步、退到了哪个账户。"),
            format!(
                "I do not see {en} in my statements; please see which step the refund is at and to which account it \
                 goes."
            ),
        ),
        Trouble::FailedButDebited => Text::new(
            format!("付款没有成功，但扣了{zh}，请查这笔款的去向。"),
            format!("The payment did not succeed but {en} was taken; please see where the money is."),
        ),
        Trouble::SubscriptionChange => Text::new(
            format!(
                "我有异议的是其中{zh}。请核对这项自动扣款的签约记录：我什么时候、怎样同意按这个价格扣款。"
            ),
            format!("I question {en} of it. Please look up when and how I agreed to be charged this price."),
        ),
        Trouble::TrialTurnedPaid => Text::new(
            format!("试用之后扣了{zh}。请核对我什么时候、怎样同意转为收费，扣款前是否提醒过我。"),
            format!(
                "After the trial {en} was charged. Please look up when and how I agreed to it, and whether I was told \
                 before."
            ),
        ),
        Trouble::UnexpectedFee => Text::new(
            format!("这笔费用是{zh}。请说明依据哪一条收取、标准是多少、事先怎样告知的。"),
            format!("The fee is {en}. Please tell me under which clause and rate, and how it was announced."),
        ),
        Trouble::WrongPayee => Text::new(
            format!("其中{zh}是我自己付错的，不是要付给这个收款方。请问能不能联系对方，请其退回？"),
            format!(
                "I paid {en} of it to this payee by my own mistake. Can you reach them and ask them to send it back?"
            ),
        ),
        Trouble::HoldNotReleased => Text::new(
            format!(
                "涉及{zh}，我的账单里还没有看到退还。请问冻结现在是什么状态，哪一天解除？已经转成付款的，依据是什么？"
            ),
            format!(
                "It comes to {en}; my statements do not show it given back. What state is the hold in, and when does it \
                 end? If it was turned into a payment, on which basis?"
            ),
        ),
        Trouble::AccountFrozen
        | Trouble::CurrencyOvercharge
        | Trouble::BalanceMismatch
        | Trouble::UnclearPayment => return None,
    })
}

/// The figures that do not add up, as a flag found them.
fn unbalanced(case: &Case) -> Text {
    let mut text = Text::default();
    for found in dispute::found(case) {
        text.zh.push_str(&found.zh);
        text.en.push_str(&format!("{} ", found.en));
    }
    text.zh.push_str("请提供当时的逐笔记账和每笔之后的余额。");
    text.en.push_str("Please give me each booking of that time with the balance after it.");
    text
}

/// Earlier tickets, and promises that are past due.
fn earlier(case: &Case, name_of: &dyn Fn(&str) -> Text, now: Moment) -> Vec<Text> {
    let mut say = Vec::new();
    let last = case.events.iter().rev().find_map(|event| match &event.happening {
        Happening::Called { provider, ticket, .. } if !ticket.trim().is_empty() => {
            Some((event.at, name_of(provider), clean(ticket)))
        }
        _ => None,
    });
    if let Some((at, name, ticket)) = last {
        let at = moment_text(at);
        say.push(Text::new(
            format!("这件事我在{}向{}登记过，工单号{ticket}。", at.zh, name.zh),
            format!("I reported this to {} at {}, ticket number {ticket}.", name.en, at.en),
        ));
    }
    for deadline in deadlines(case, now).iter().filter(|deadline| deadline.days_left < 0) {
        let (due, what) = (day(deadline.promise.due), clause(&deadline.promise.what));
        say.push(Text::new(
            format!("当时承诺在{}前“{what}”，到今天还没有结果。", due.zh),
            format!("I was promised “{what}” by {}; there is no result so far.", due.en),
        ));
    }
    say
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::playbook::TROUBLES;
    use crate::case::tests::{a_case, called, event, moment, payment};
    use crate::ledger::TransactionId;

    fn name_of(_: &str) -> Text {
        Text::new("某钱包", "Some Wallet")
    }

    fn all(say: &[Text]) -> (String, String) {
        let join = |of: fn(&Text) -> &str| say.iter().map(of).collect::<Vec<_>>().join("\n");
        (join(|text| &text.zh), join(|text| &text.en))
    }

    #[test]
    fn every_script_ends_with_agent_ticket_and_what_by_when() {
        for trouble in TROUBLES {
            let mut case = a_case(*trouble);
            case.transactions = vec![TransactionId(1)];
            let say = script(
                &case,
                &[payment(1, "10:00:00", 12_800)],
                &name_of,
                moment("2026-11-22T09:00:00+08:00"),
            );
            let end: Vec<&str> = say[say.len() - 3..].iter().map(|text| text.zh.as_str()).collect();
            assert!(end[0].contains("工号") && end[1].contains("工单号") && end[2].contains("答复"));
            let (zh, en) = all(&say);
            assert!(zh.contains("交易单号20261121220014") && en.contains("order number 20261121220014"));
            assert!(!en.chars().any(|c| "，。；".contains(c)), "{en}");
        }
    }

    #[test]
    fn whoever_was_talked_into_paying_never_says_that_they_did_not_pay() {
        let mut case = a_case(Trouble::PaymentScam);
        case.transactions = vec![TransactionId(1)];
        let mut line = payment(1, "10:00:00", 800_000);
        line.counterparty_account = "yua***@example.com".into();
        let now = moment("2026-11-22T09:00:00+08:00");
        let (clerk, en) = all(&script(&case, &[line.clone()], &name_of, now));
        let (police, police_en) = all(&script_for_police(&case, &[line.clone()]).unwrap());
        for zh in [&clerk, &police] {
            assert!(zh.contains("按别人的要求付了款") && zh.contains("这是我自己付的"), "{zh}");
            assert!(zh.contains("8,000.00元") && zh.contains("对方账户yua***@example.com"), "{zh}");
            for lie in ["没有付过", "没有授权", "不是我付", "不是本人"] {
                assert!(!zh.contains(lie), "{zh}");
            }
        }
        for en in [&en, &police_en] {
            assert!(en.contains("I paid this myself") && !en.contains("did not pay"), "{en}");
        }
        assert!(police.contains("紧急止付") && police.contains("接警编号"));
        assert!(!clerk.contains("报警"), "only what the user has done is said");
        case.events = vec![event(1, Happening::Stepped { step: REPORTED.into(), done: true })];
        assert!(all(&script(&case, &[line], &name_of, now)).0.contains("我已经拨打110报警"));
        case.trouble = Trouble::UnknownTransaction;
        assert_eq!(script_for_police(&case, &[]), None);
    }

    #[test]
    fn a_broken_promise_is_named_with_its_ticket_and_date() {
        let mut case = a_case(Trouble::RefundMissing);
        case.events = vec![event(1, called(Some("2026-11-24")))];
        let on = |now| all(&script(&case, &[], &name_of, moment(now))).0;
        assert!(on("2026-11-23T09:00:00+08:00").contains("工单号T20261121001"));
        assert!(!on("2026-11-23T09:00:00+08:00").contains("还没有结果"));
        assert!(
            on("2026-11-25T09:00:00+08:00").contains("当时承诺在2026年11月24日前“答复”，到今天还没有结果")
        );
    }

    #[test]
    fn the_second_charge_alone_is_called_too_much() {
        let mut case = a_case(Trouble::DuplicateCharge);
        case.transactions = vec![TransactionId(1), TransactionId(2)];
        let lines = [payment(1, "10:00:00", 12_800), payment(2, "10:00:40", 12_800)];
        let (zh, _) = all(&script(&case, &lines, &name_of, moment("2026-11-22T09:00:00+08:00")));
        assert!(zh.contains("我认为其中128.00元是同一次消费的重复扣款"));
    }
}
