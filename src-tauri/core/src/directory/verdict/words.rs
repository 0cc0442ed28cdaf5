//! The sentences of a number check, in both languages.

use super::Likeness;
use crate::directory::index::{Entry, Role};
use crate::directory::load::Directory;
use crate::directory::number::{NoNumber, Written};
use crate::directory::numbering::{self, Shape};
use crate::directory::{
    Claim, Hotline, NumberCheck, NumberVerdict, Provider, ProviderKind, Purpose, Sources, Trust,
};
use crate::text::Text;

pub(super) fn invalid(number: String, why: NoNumber) -> NumberCheck {
    let (zh, en) = match why {
        NoNumber::Nothing => ("没有读到电话号码。", "No phone number was found in this."),
        NoNumber::Command => (
            "带 * 或 # 的是手机指令代码，不是电话号码；有的代码会开启呼叫转移。",
            "Digits with * or # are a command for the phone, not a number; some such codes forward your calls.",
        ),
        NoNumber::Masked => (
            "号码有几位被遮住，或者只是卡号尾数，无法核对。",
            "Some digits are hidden, or this is only the tail of a card; it cannot be checked.",
        ),
        NoNumber::Card => {
            ("位数像银行卡号，不像电话号码。", "This is as long as a bank card number, not a phone number.")
        }
        NoNumber::Length => ("位数不像电话号码。", "This has too few or too many digits for a phone number."),
    };
    let (advice_zh, advice_en) = match why {
        NoNumber::Command => (
            "请不要按别人的要求拨打这类代码。",
            "Please do not dial such a code because someone asks you to.",
        ),
        NoNumber::Card => {
            ("请不要把完整卡号发给任何人。", "Please do not send a full card number to anyone.")
        }
        _ => ("请粘贴完整的号码再试。", "Please paste the whole number and try again."),
    };
    NumberCheck {
        number,
        e164: None,
        verdict: NumberVerdict::Invalid,
        provider: None,
        line: None,
        explanation: Text::new(zh, en),
        advice: Text::new(advice_zh, advice_en),
        sources: Sources::default(),
        others: Vec::new(),
        yours: None,
    }
}

pub(super) fn known(directory: &Directory, number: &Written, entries: &[Entry]) -> NumberCheck {
    let first = entries[0];
    let provider = directory.provider_of(first);
    let e164 = directory.e164(number);
    let mut check = match first.role {
        Role::Hotline => listed(number, e164, provider, &provider.hotlines[first.item]),
        Role::CallsFrom => calls_from(number, e164, provider, &provider.calls_from[first.item]),
        Role::Claim => contradicted(number, e164, provider, &provider.claims[first.item]),
    };
    for entry in entries.iter().skip(1).filter(|entry| entry.role == Role::Claim) {
        let other = directory.provider_of(*entry);
        if other.id != provider.id || first.role == Role::Claim {
            let truth = &other.claims[entry.item].truth;
            check.explanation.zh.push_str(&format!("也有网页把它说成{}的电话：{}", other.name.zh, truth.zh));
            check
                .explanation
                .en
                .push_str(&format!(" Pages also claim it for {}: {}", other.name.en, truth.en));
        }
    }
    check
}

fn listed(number: &Written, e164: Option<String>, provider: &Provider, hotline: &Hotline) -> NumberCheck {
    let (zh, en) = match hotline.trust {
        Trust::Verified => ("", ""),
        Trust::Community => (
            "（出处是社区名录，尚无官方页面佐证）",
            " (from a curated community list; no official page backs it yet)",
        ),
        Trust::Unverified => ("（出处较弱，未经核实）", " (weakly sourced, not verified)"),
    };
    let explanation = Text::new(
        format!(
            "这个号码在目录中：{}，{}{zh}。但来电显示可以被改号，显示这个号码不能说明是谁打来的。",
            provider.name.zh, hotline.label.zh
        ),
        format!(
            "This number is in the directory: {}, {}{en}. But caller ID can be forged: seeing it does not tell \
             who is calling.",
            provider.name.en, hotline.label.en
        ),
    );
    NumberCheck {
        number: number.digits.clone(),
        e164,
        verdict: NumberVerdict::Listed,
        provider: Some(provider.id.clone()),
        line: Some(hotline.id.clone()),
        explanation,
        advice: Text::new(
            "如果是对方打来的，请先挂断，再由您自己拨打。",
            "If they called you, hang up first, then dial it yourself.",
        ),
        sources: hotline.sources.clone(),
        others: Vec::new(),
        yours: None,
    }
}

fn calls_from(number: &Written, e164: Option<String>, provider: &Provider, claim: &Claim) -> NumberCheck {
    let explanation = Text::new(
        format!(
            "据{}，{}会用它外呼：{}来电显示可以被改号，不能说明是谁打来的。",
            claim.said_by.zh, provider.name.zh, claim.truth.zh
        ),
        format!(
            "According to {}, {} calls out from it: {} Caller ID can be forged and does not tell who is calling.",
            claim.said_by.en, provider.name.en, claim.truth.en
        ),
    );
    NumberCheck {
        number: number.digits.clone(),
        e164,
        verdict: NumberVerdict::Listed,
        provider: Some(provider.id.clone()),
        line: line_to_dial(provider).map(|hotline| hotline.id.clone()),
        explanation,
        advice: Text::new(
            "接不接由您；有疑问就挂断，在目录里找到它的热线自己拨打。验证码和密码一律不给，也不要转账。",
            "Answering is up to you; when in doubt hang up, find its hotline in the directory and dial it yourself. \
             Give no codes or passwords and transfer nothing.",
        ),
        sources: sources(provider).clone(),
        others: Vec::new(),
        yours: None,
    }
}

fn contradicted(number: &Written, e164: Option<String>, provider: &Provider, claim: &Claim) -> NumberCheck {
    NumberCheck {
        number: number.digits.clone(),
        e164,
        verdict: NumberVerdict::Contradicted,
        provider: Some(provider.id.clone()),
        line: line_to_dial(provider).map(|hotline| hotline.id.clone()),
        explanation: Text::new(
            format!(
                "有网页（{}）把它说成{}的电话。{}这不等于号码的主人有什么不对。",
                claim.said_by.zh, provider.name.zh, claim.truth.zh
            ),
            format!(
                "Pages ({}) give it as a number of {}. {} This says nothing against whoever holds the number.",
                claim.said_by.en, provider.name.en, claim.truth.en
            ),
        ),
        advice: dial_instead(provider),
        sources: sources(provider).clone(),
        others: Vec::new(),
        yours: None,
    }
}

pub(super) fn imitation(
    directory: &Directory,
    number: &Written,
    likeness: Likeness,
    of: Option<Entry>,
) -> NumberCheck {
    let provider = of.map(|entry| directory.provider_of(entry));
    let printed = of.map(|entry| match entry.role {
        Role::Hotline => directory.provider_of(entry).hotlines[entry.item].number.clone(),
        _ => directory.provider_of(entry).claims[entry.item].number.replace("地区号+", ""),
    });
    let whose = match (&provider, &printed) {
        (Some(provider), Some(printed)) => Text::new(
            format!("{}的 {printed}", provider.name.zh),
            format!("{printed} of {}", provider.name.en),
        ),
        _ => Text::new("目录中的号码", "a number of the directory"),
    };
    let (zh, en) = match likeness {
        Likeness::Hidden => (
            "号码里夹着看不见的字符，或改变阅读方向的符号，看到的和实际的不一样。".to_owned(),
            "It contains invisible characters or a mark that turns the reading direction: what you see is not \
             what it is."
                .to_owned(),
        ),
        Likeness::LookAlike => (
            format!("它用字母或别种文字的数字代替数字，看起来像{}。", whose.zh),
            format!("It uses letters or foreign digits in place of digits and looks like {}.", whose.en),
        ),
        Likeness::International => (
            format!(
                "国内的短号码和 400 号码没有带国家代码的来电写法；前面多出的 + 或 00 可能是境外线路，\
                 也可能是号码被改过{}。",
                provider.map(|_| format!("，它像{}，但不是", whose.zh)).unwrap_or_default()
            ),
            format!(
                "Domestic short codes and 400 numbers are not shown with a country code; a + or 00 in front may \
                 mean a call routed from abroad, or an altered number{}.",
                provider.map(|_| format!(": it looks like {} and is not", whose.en)).unwrap_or_default()
            ),
        ),
        Likeness::Prefixed => (
            format!("它在{}前面多加了数字，看起来像，但不是同一个号码。", whose.zh),
            format!("It puts extra digits in front of {}: it looks like it and is another number.", whose.en),
        ),
        Likeness::Sender => (
            format!("106 开头的短信号码，末尾几位可以由发送方申请；以{}结尾不能说明是谁发的。", whose.zh),
            format!(
                "The last digits of a message sender that begins with 106 can be asked for; ending like {} does \
                 not tell who sent it.",
                whose.en
            ),
        ),
        Likeness::OneDigitOff => (
            format!("它和{}只差一位，是另一个号码，也可能属于别的单位。", whose.zh),
            format!("It is one slip away from {}: another number, perhaps of somebody else.", whose.en),
        ),
    };
    NumberCheck {
        number: number.digits.clone(),
        e164: None,
        verdict: NumberVerdict::Imitation,
        provider: provider.map(|provider| provider.id.clone()),
        line: provider.and_then(line_to_dial).map(|hotline| hotline.id.clone()),
        explanation: Text::new(zh, en),
        advice: provider.map_or_else(
            || {
                Text::new(
                    "不要回拨，也不要按对方的要求操作；请在目录里找到相关机构，自己拨打。",
                    "Do not call back and do not do what you are told; find the institution in the directory and \
                     dial it yourself.",
                )
            },
            dial_instead,
        ),
        sources: seen_and_right(likeness, provider),
        others: Vec::new(),
        yours: None,
    }
}

/// Of a number the directory does not hold: what its shape says, and whose it is where a list knows.
pub(super) fn unlisted(number: &Written, e164: Option<String>) -> NumberCheck {
    let digits = number.canonical.as_str();
    let remark = numbering::remark(numbering::shape(digits));
    let mut check = NumberCheck {
        number: number.digits.clone(),
        e164,
        verdict: NumberVerdict::Unlisted,
        provider: None,
        line: None,
        explanation: remark.explanation.clone(),
        advice: Text::new(
            "对方若自称某家机构，请挂断，在目录里找到它的热线自己拨打；不要给验证码，不要共享屏幕，不要转账。",
            "If they claim to be an institution, hang up, find its hotline in the directory and dial it yourself; \
             give no codes, share no screen, transfer nothing.",
        ),
        sources: remark.sources.clone(),
        others: Vec::new(),
        yours: None,
    };
    if let Some(assigned) = numbering::assigned(digits) {
        check.explanation = Text::new(
            format!(
                "不在支付目录中。据社区名录，它是{}的号码；但来电显示可以被改号，不能说明是谁打来的。",
                assigned.owner.zh
            ),
            format!(
                "Not in the directory of payment lines. By a community list it is a number of {}; caller ID can be \
                 forged and does not tell who is calling.",
                assigned.owner.en
            ),
        );
        check.sources = assigned.source().and(&check.sources);
    } else if number.digits.starts_with('+') && numbering::shape(digits) == Shape::Other {
        // An ordinary mainland line, written out with its country code.
        check.explanation.zh.push_str("国内来电一般不显示 +86；显示了也不能说明什么。");
        check.explanation.en.push_str(
            " Calls within the mainland are not usually shown with +86; that it is shown proves nothing.",
        );
    }
    check
}

/// Where the pattern was seen, and what backs the line that is right.
fn seen_and_right(likeness: Likeness, provider: Option<&Provider>) -> Sources {
    let seen = numbering::seen(likeness.pattern());
    provider.map_or_else(|| seen.clone(), |provider| seen.and(sources(provider)))
}

/// The line to dial instead of a doubtful number: a general one that is at least community-sourced where
/// there is one.
fn line_to_dial(provider: &Provider) -> Option<&Hotline> {
    // Where only cards are kept, the bank is called and not the maker's account line.
    if provider.kind == ProviderKind::CardWallet {
        return None;
    }
    let general = provider.hotlines.iter().filter(|hotline| hotline.purpose == Purpose::General);
    general.min_by_key(|hotline| hotline.trust == Trust::Unverified).or(provider.hotlines.first())
}

fn dial_instead(provider: &Provider) -> Text {
    match line_to_dial(provider).filter(|_| provider.no_phone.is_none()) {
        Some(hotline) => Text::new(
            format!("请不要回拨；要联系{}，请自己拨打目录中的 {}。", provider.name.zh, hotline.number),
            format!(
                "Please do not call back; to reach {}, dial {} from the directory yourself.",
                provider.name.en, hotline.number
            ),
        ),
        None => Text::new(
            format!("请不要回拨。{}", no_line(provider).zh),
            format!("Please do not call back. {}", no_line(provider).en),
        ),
    }
}

fn no_line(provider: &Provider) -> Text {
    let of_cards = provider.note.clone().filter(|_| provider.kind == ProviderKind::CardWallet);
    provider.no_phone.clone().or(of_cards).unwrap_or_else(|| {
        Text::new(
            format!("目录中没有{}的电话。", provider.name.zh),
            format!("The directory has no number for {}.", provider.name.en),
        )
    })
}

/// What backs the line that is right, or what is said of there being none.
fn sources(provider: &Provider) -> &Sources {
    match line_to_dial(provider) {
        Some(hotline) => &hotline.sources,
        None => &provider.sources,
    }
}
