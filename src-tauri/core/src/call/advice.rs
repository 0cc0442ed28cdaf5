//! The sentences of a call plan, in both languages.

use crate::case::Trouble;
use crate::directory::{Hotline, Provider, ProviderKind, Purpose, Trust, card_tail};
use crate::ledger::Transaction;
use crate::text::Text;

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

pub(super) fn why_named(named: &Provider) -> Text {
    Text::new(
        format!("账单上写明这笔钱经{}付出，它可以查到对应的订单。", named.name.zh),
        format!("The bill says that the money went through {}, which can find the order.", named.name.en),
    )
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

/// How the line is reached from abroad: only as far as a source says so for this very number.
pub(super) fn from_abroad(provider: &Provider, hotline: &Hotline) -> Option<Text> {
    if hotline.region != "CN" && hotline.purpose != Purpose::Overseas {
        return None;
    }
    let overseas = provider.hotlines.iter().filter(|line| line.purpose == Purpose::Overseas);
    let best = overseas.min_by_key(|line| line.trust);
    Some(match best {
        _ if hotline.number.starts_with('+') => Text::new(
            format!("境外可直接拨 {}（出处同号码）。", hotline.number),
            format!("From abroad dial {} (same source as the number).", hotline.number),
        ),
        Some(line) => Text::new(
            format!("境外请拨 {}（见该号码的出处）；{} 在境外多半打不通。", line.number, hotline.number),
            format!(
                "From abroad dial {} (see its own source); {} can probably not be reached there.",
                line.number, hotline.number
            ),
        ),
        None => {
            let channel = provider.channels.iter().find(|channel| channel.trust != Trust::Unverified);
            let channel = channel.or(provider.channels.first());
            let (zh, en) = channel.map_or(
                ("请用它的官方 App 或网站联系".to_owned(), "use its own app or site".to_owned()),
                |channel| (format!("可以用：{}", channel.how.zh), format!("use: {}", channel.how.en)),
            );
            Text::new(
                format!("没有查到从境外拨打 {} 的写法，多半打不通；{zh}。", hotline.number),
                format!(
                    "No way to dial {} from abroad was found; it can probably not be reached: {en}.",
                    hotline.number
                ),
            )
        }
    })
}

/// What else this trouble wants at hand, whatever its lines.
fn papers(trouble: Option<Trouble>) -> Vec<Text> {
    match trouble {
        Some(Trouble::PaymentScam) => vec![
            Text::new(
                "对方的收款账户全号或收款码、户名",
                "The payee's full account number or payee code, and the name on it",
            ),
            Text::new(
                "聊天记录、通话记录，对方的电话、账号、网址（先截图）",
                "Chats and calls, their numbers, accounts and sites (captured first)",
            ),
        ],
        Some(Trouble::SubscriptionChange | Trouble::TrialTurnedPaid) => vec![
            Text::new(
                "自动扣款列表里这一项的截图，开通时的价格页面",
                "A screenshot of the entry among automatic payments, and the page with the price you agreed to",
            ),
            Text::new("取消的日期和凭证（取消过的）", "Where you cancelled: the day, and what confirms it"),
        ],
        Some(Trouble::UnexpectedFee) => vec![Text::new(
            "合同、服务协议或收费标准里相关的一条",
            "The clause of the contract, the agreement or the price list",
        )],
        Some(Trouble::CurrencyOvercharge) => vec![Text::new(
            "签购单或订单：原来的金额和币种，付款和入账的日期",
            "The slip or the order: the amount in its own currency, the days of payment and booking",
        )],
        Some(Trouble::WrongPayee) => vec![Text::new(
            "本来要付给谁：姓名、账号，以往付款的记录",
            "Whom it was meant for: name, account, earlier payments to them",
        )],
        Some(Trouble::HoldNotReleased) => vec![Text::new(
            "服务结束或归还的记录，写明怎样解冻的页面",
            "What shows that the service ended or the thing went back, and the page that says how the hold ends",
        )],
        Some(Trouble::BalanceMismatch) => vec![Text::new(
            "前后两次余额、差额，和导出的明细",
            "The balances before and after, the difference, and the exported statement",
        )],
        _ => vec![],
    }
}

/// What to have at hand, from the lines of the case.
pub(super) fn have_ready(transactions: &[Transaction], trouble: Option<Trouble>) -> Vec<Text> {
    let whereto = trouble.is_some_and(Trouble::asks_whereto);
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
        if whereto && !account.is_empty() {
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
    ready.extend(papers(trouble));
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
