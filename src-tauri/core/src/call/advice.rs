//! The sentences of a call plan, in both languages.

use crate::case::Trouble;
use crate::directory::{Hotline, Provider, ProviderKind, card_tail};
use crate::ledger::{Moment, Transaction};
use crate::text::Text;
use chrono::{Datelike, Timelike, Weekday};
use chrono_tz::Tz;

/// More lines than this are summed up: nobody reads out twenty order numbers.
const LINES_READ_OUT: usize = 3;

pub(super) fn why_provider(provider: &Provider) -> Text {
    let (zh, en) = (&provider.name.zh, &provider.name.en);
    match provider.kind {
        ProviderKind::Bank => Text::new(
            format!("卡和账户由{zh}管理，由它核查、冻结或受理异议。"),
            format!(
                "{en} keeps the card and the account: it can look into it, block it, and take a dispute."
            ),
        ),
        ProviderKind::PublicLine => Text::new(format!("直接联系{zh}。"), format!("To reach {en} itself.")),
        ProviderKind::Wallet | ProviderKind::CardWallet => Text::new(
            format!("钱经{zh}付出，先由它核查这笔交易。"),
            format!("The money went through {en}, which looks into the payment first."),
        ),
    }
}

/// Why the wallet or the bank is told as well, where the police come first.
pub(super) fn why_told(provider: &Provider, tail: Option<&str>) -> Text {
    let card_zh = tail.map(|tail| format!("（尾号 {tail}）")).unwrap_or_default();
    let card_en = tail.map(|tail| format!(" ({tail})")).unwrap_or_default();
    let (zh, en) = (&provider.name.zh, &provider.name.en);
    match provider.kind {
        ProviderKind::Bank => Text::new(
            format!(
                "钱从{zh}的卡或账户{card_zh}付出：请它登记，看款项能不能拦下；卡号或密码泄露的，同时挂失。"
            ),
            format!(
                "The money left from a card or account{card_en} of {en}: have it register this and see whether the money \
                 can be stopped; where the card or its password got out, have it blocked."
            ),
        ),
        _ => Text::new(
            format!("钱经{zh}付出：请它登记，查款项是否到账，核查收款账户，并配合警方。"),
            format!(
                "The money went through {en}: have it register this, see whether the money has arrived, look into the \
                 payee's account and do what the police decide."
            ),
        ),
    }
}

pub(super) fn why_issuer(issuer: &Provider, wallet: Option<&Provider>, tail: Option<&str>) -> Text {
    let card_zh = tail.map(|tail| format!("（尾号 {tail}）")).unwrap_or_default();
    let card_en = tail.map(|tail| format!(" ({tail})")).unwrap_or_default();
    let (zh, en) = (&issuer.name.zh, &issuer.name.en);
    match wallet {
        Some(wallet) => Text::new(
            format!("{}里的这张卡{card_zh}由{zh}发出，钱由它扣，争议和冻结由它处理。", wallet.name.zh),
            format!(
                "The card{card_en} in {} was issued by {en}, which took the money and handles disputes and blocking.",
                wallet.name.en
            ),
        ),
        None => Text::new(
            format!("付款用的是{zh}的卡{card_zh}：它可以冻结或更换这张卡，也可以受理对这笔扣款的异议。"),
            format!(
                "It was paid with a card{card_en} of {en}, which can block or replace the card and take a dispute of \
                 the charge."
            ),
        ),
    }
}

pub(super) fn why_account(provider: &Provider) -> Text {
    Text::new(
        format!("只管{}的账号或设备，不管付款争议。", provider.name.zh),
        format!("Only for the account or device of {}, not for payments.", provider.name.en),
    )
}

pub(super) fn unknown_provider(nothing_to_call: bool) -> Text {
    if nothing_to_call {
        Text::new(
            "目录里没有这家服务商，也没有从付款方式中读出银行。请用它的官方 App 联系，不要拨打网上搜到的号码。",
            "The directory does not know this provider, and no bank could be read from the payment method. Use \
             its own app; do not dial numbers found by searching.",
        )
    } else {
        Text::new(
            "目录里没有这家服务商；下面是从付款方式中读出的发卡银行。",
            "The directory does not know this provider; below is the bank read from the payment method.",
        )
    }
}

pub(super) fn card_wallet(provider: &Provider, issuer: Option<&Provider>) -> Text {
    let mut text = provider.note.clone().unwrap_or_default();
    if let Some(no_phone) = &provider.no_phone {
        text.zh.push_str(&no_phone.zh);
        text.en.push_str(&format!(" {}", no_phone.en));
    }
    match issuer {
        Some(issuer) => {
            text.zh.push_str(&format!("从付款方式读出的发卡银行是{}。", issuer.name.zh));
            text.en.push_str(&format!(" The bank read from the payment method is {}.", issuer.name.en));
        }
        None => {
            text.zh.push_str("付款方式里没有读出是哪家银行：请看卡背面的银行名称和电话，这里不作猜测。");
            text.en.push_str(
                " The payment method does not name the bank: look at the back of the card. No number is guessed.",
            );
        }
    }
    text
}

pub(super) fn no_line(provider: &Provider) -> Text {
    provider.no_phone.clone().unwrap_or_else(|| {
        Text::new(
            format!("目录中没有{}的可靠电话，请用它的官方 App 或网站联系。", provider.name.zh),
            format!(
                "The directory has no reliable number for {}; use its own app or site.",
                provider.name.en
            ),
        )
    })
}

pub(super) fn only_unverified() -> Text {
    Text::new(
        "目录中只有未经核实的号码：请先在官方 App 或卡背面核对，再拨打。",
        "The directory has only numbers that are not verified: check them in the provider's app or on the card \
         before dialling.",
    )
}

/// When it is calmer. General advice, not a figure of this line; none for emergency and public lines and
/// for lines that close before the late afternoon.
pub(super) fn better_time(provider: &Provider, hotline: &Hotline, now: Moment) -> Option<Text> {
    const CALM: std::ops::Range<u32> = 16..18;
    let covers = |span: &crate::directory::Span| span.from.as_str() <= "16:00" && span.to.as_str() >= "18:00";
    if provider.kind == ProviderKind::PublicLine
        || !hotline.hours.is_empty() && !hotline.hours.iter().any(covers)
    {
        return None;
    }
    let local = now.with_timezone(&hotline.tz.parse::<Tz>().ok()?);
    let weekend = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
    let hour = local.hour();
    Some(if CALM.contains(&hour) {
        Text::new(
            "现在是傍晚前的时段，一般比上午和中午好打（一般经验，不是该热线的统计）。",
            "The late afternoon is usually calmer than morning and noon (general advice, no figures of this line).",
        )
    } else if (9..14).contains(&hour) && !weekend {
        Text::new(
            "现在多半较忙；不急的话，下午 4 点到 6 点一般好打些（一般经验，不是该热线的统计）。",
            "It is probably busy now; if it can wait, 16:00 to 18:00 is usually calmer (general advice, no figures \
             of this line).",
        )
    } else {
        Text::new(
            "工作日上午和中午较忙，下午 4 点到 6 点一般好打些（一般经验，不是该热线的统计）。",
            "Weekday mornings and noon are busy, 16:00 to 18:00 is usually calmer (general advice, no figures of \
             this line).",
        )
    })
}

/// What to have at hand, from the lines of the case.
pub(super) fn have_ready(transactions: &[Transaction], trouble: Option<Trouble>) -> Vec<Text> {
    let scam = trouble == Some(Trouble::PaymentScam);
    let mut ready = Vec::new();
    for transaction in transactions.iter().take(LINES_READ_OUT) {
        let at = transaction.at.format("%Y-%m-%d %H:%M:%S");
        let (amount, party) = (transaction.amount, transaction.counterparty.trim());
        ready.push(if party.is_empty() {
            Text::new(format!("交易：{at}，{amount}"), format!("Transaction: {at}, {amount}"))
        } else {
            Text::new(
                format!("交易：{at}，{amount}，{party}"),
                format!("Transaction: {at}, {amount}, {party}"),
            )
        });
        let account = transaction.counterparty_account.trim();
        if scam && !account.is_empty() {
            ready.push(Text::new(format!("对方账户：{account}"), format!("The payee's account: {account}")));
        }
        if !transaction.order_no.is_empty() {
            let number = &transaction.order_no;
            ready.push(Text::new(format!("交易单号：{number}"), format!("Order number: {number}")));
        }
        if !transaction.merchant_order_no.is_empty() {
            let number = &transaction.merchant_order_no;
            ready.push(Text::new(format!("商户单号：{number}"), format!("Merchant order number: {number}")));
        }
        if let Some(tail) = card_tail(&transaction.method) {
            let text = Text::new(format!("银行卡尾号：{tail}"), format!("Card ending in {tail}"));
            if !ready.contains(&text) {
                ready.push(text);
            }
        }
    }
    let more = transactions.len().saturating_sub(LINES_READ_OUT);
    if more > 0 {
        ready.push(Text::new(
            format!("另有 {more} 笔，见案情摘要"),
            format!("{more} more lines, see the brief"),
        ));
    }
    if transactions.is_empty() {
        ready.push(Text::new("交易时间、金额、交易单号", "Time, amount and order number of the transaction"));
    }
    if scam {
        ready.push(Text::new(
            "对方的收款账户全号或收款码、户名",
            "The payee's full account number or payee code, and the name on it",
        ));
        ready.push(Text::new(
            "聊天记录、通话记录，对方的电话、账号、网址（先截图）",
            "Chats and calls, their numbers, accounts and sites (captured first)",
        ));
    }
    ready.push(Text::new("账户绑定的手机号", "The phone number bound to the account"));
    ready.push(Text::new(
        "身份证件放在手边（核对身份用，本软件不保存）",
        "Your ID at hand, to be identified (this app does not keep it)",
    ));
    ready.push(Text::new(
        "记下工号、工单号、承诺和期限",
        "Write down the agent's number, the ticket, what is promised and by when",
    ));
    ready
}
