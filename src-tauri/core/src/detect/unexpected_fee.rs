//! A fee, interest or penalty the user did not expect.
//!
//! A row that names itself a fee, interest or a penalty, from a payee that did not take one like it before.
//! The fee beside one's own withdrawal, a fee of the same kind month by month, one's own traffic fine, and what
//! shops and landlords call a fee stay quiet.

use super::history::{name, when};
use super::phrase::{AUTOMATIC, holds};
use super::promise::sum_after;
use super::texts::Map;
use super::topics::{Topic, topics};
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::Money;
use crate::text::Text;

/// ¥0.5: below it nobody calls.
const LEAST: i64 = 50;
/// A fee stands within this of the withdrawal or transfer it belongs to.
const BESIDE: i64 = 10 * 60;
/// A fee of up to this many thousandths of a withdrawal is the usual one.
const USUAL_PER_MILLE: i64 = 12;
/// ¥25: fees of withdrawing are a thousandth or two.
const WITHDRAWING: i64 = 2_500;
/// A fee up to a half more than one seen before is the same fee.
const SAME_PERCENT: i64 = 150;
/// What each word says by itself: a penalty always surprises; interest mostly; a fee needs more.
const PENALTY: f64 = 0.86;
const INTEREST: f64 = 0.72;
const FEE: f64 = 0.68;
/// A fee in a category of its own, or of the kind the file itself calls a fee, is surely one.
const FILED: f64 = 0.10;
/// Where the party is one the user shops at, the word is often part of a name.
const SHOP: f64 = 0.25;
/// ... less where nobody pressed a button, and the user's own payments here are called something else.
const SHOP_TAKES: f64 = 0.05;
/// A payee met for the first time, who lends nothing, sells a service: that is a price.
const STRANGER: f64 = 0.45;
/// Each time such a fee came before takes so much away.
const EACH_TIME: f64 = 0.35;
/// Interest of a loan that was taken up there is what was agreed.
const AGREED: f64 = 0.35;
const LOAN: &[&str] = &["放款", "借款到账", "贷款发放", "借入", "loan paid out", "loan disbursed"];
/// And each time one of the same category came, at whatever payee, where no item tells them apart.
const EACH_FILED: f64 = 0.15;
/// A fee that surprises is taken, not paid: one the user paid by hand, to nobody who lends, is for a service.
const BY_HAND: f64 = 0.35;
const HANDS: &[&str] = &["online", "app", "线上"];
/// How a fee says that it was taken; and what nobody pays by hand.
const TAKEN: &[&str] = &[
    "先享后付",
    "免密",
    "系统扣",
    "系统自动",
    "自动扣",
    "补扣",
    "代扣",
    "扣收",
    "扣除费用",
    "加收",
    "默认勾选",
    "默认开通",
    "调度费",
    "违停管理费",
    "占位费",
    "滞留费",
    "增值业务",
    "彩铃",
    "未订购",
    "空驶费",
];
/// Nobody asked for what was ticked beforehand, whatever it is a fee for.
const UNASKED: &[&str] = &["默认勾选", "默认开通", "未订购", "彩铃"];
/// An instalment plan tells its fee when it is chosen.
const CHOSEN: &[&str] = &[
    "分期申请成功",
    "分期办理成功",
    "申请分期",
    "办理分期",
    "分期成功",
    "本人申请",
    "您申请",
    "补卡",
    "换卡",
    "补办",
];
/// ¥20: who gives up a ride or an order pays so much, and knows it.
const GIVEN_UP: i64 = 2_000;
/// The fee of taking money out is unusual where it is ¥2 and 12 thousandths, or 4 and four times what it once cost:
/// a thousandth is usual. Another bank's machine takes ¥2 to ¥4 a time, whatever the sum.
const TAKEN_OUT: f64 = 0.80;
const DEAR_PER_MILLE: i64 = 4;
const TIMES_DEARER: i64 = 4;
const LEAST_DEAR: i64 = 200;
const LEAST_DEAR_AT_A_MACHINE: i64 = 500;
const MACHINE: &[&str] = &["ATM", "取款", "跨行"];
/// Cash taken from a credit card; a wallet's money to one's bank is called otherwise.
const CASH_ADVANCE: &str = "取现";
/// What stands before the fee in the memo of a withdrawal.
const FEE_OF_IT: &[&str] = &["服务费", "手续费", "提现费", "fee"];

/// Fees, shops and withdrawals so far.
#[derive(Clone, Default)]
pub struct Past {
    seen: Map<(u32, u32), (u32, i64)>,
    /// Rows of a category that itself is called a fee.
    filed: Map<u32, u32>,
    shop: Vec<bool>,
    met: Vec<bool>,
    /// Who lent the user money, as far as the files list it.
    lent: Vec<bool>,
    withdrawal: Option<(i64, i64)>,
    /// The fee of the cheapest withdrawal from each wallet, in millionths, and the highest fee, in minor units.
    cheapest: Map<u16, (i64, i64)>,
}

/// Finds fees nobody expected.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let Past { seen, filed: categories, shop, met, lent, withdrawal, cheapest } = past;
    lent.resize(history.payees, false);
    shop.resize(history.payees, false);
    met.resize(history.payees, false);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let (row, sign) = (history.row(i), history.sign(i));
        let stranger = !std::mem::replace(&mut met[line.payee as usize], true);
        let own = matches!(line.kind, Kind::Withdrawal | Kind::OwnTransfer) || sign.is(Topic::Withdrawal);
        // A row of a bank that names the fee of taking cash is the fee.
        let own = own && !(row.direction == Direction::Out && row.item.trim_end().ends_with(['费', '息']));
        // What was typed, or pasted of a message, may name the fee beside a payment: the payment is none for that.
        let noted = |word| row.source.is_none() && line.kind != Kind::Fee && !topics(&row.item).has(word);
        let words = [Topic::Penalty, Topic::Interest, Topic::Fee].into_iter();
        let said = words.filter(|&word| sign.is(word)).find(|&word| row.note.is_empty() || !noted(word));
        let said = said.filter(|_| !names_fee_beside(row));
        // Asked of few rows.
        let automatic = || {
            let texts = [&row.item, &row.memo];
            history.is_automatic(i)
                || holds(&row.item, AUTOMATIC)
                || texts.iter().any(|text| holds(text, TAKEN))
        };
        let stopped = sign.state.any(&[Topic::Failed, Topic::Unpaid, Topic::Closed]);
        let untouched = sign.moves && sign.balance.change() == Some(0);
        let candidate = row.direction != Direction::In && !untouched;
        let fee = said.filter(|_| candidate && line.amount >= LEAST && line.kind != Kind::Refund);
        let Some(word) = fee.filter(|_| !own || line.kind == Kind::Fee) else {
            let lends = row.direction != Direction::Out && sign.is(Topic::Lender);
            lent[line.payee as usize] |= lends && holds(&row.item, LOAN);
            if own {
                *withdrawal = Some((line.at, line.amount));
                flags.extend(taken_out(history, i, cheapest));
            }
            shop[line.payee as usize] |= line.spent;
            continue;
        };
        let beside = withdrawal.is_some_and(|(at, amount)| {
            line.at - at <= BESIDE
                && i128::from(line.amount) * 1000 <= i128::from(amount) * i128::from(USUAL_PER_MILLE)
        });
        // A fee that calls itself one of withdrawing, whichever of the two rows comes first.
        let beside = beside
            || word == Topic::Fee
                && sign.says.has(Topic::Withdrawal)
                && line.amount <= WITHDRAWING
                && !(row.item.contains(CASH_ADVANCE) && automatic());
        // A penalty is one wherever it stands; the words beside a fee decide whether it is a purchase.
        // What a landlord calls a penalty was agreed between two; a platform takes it.
        let unasked = || holds(&row.item, UNASKED) || holds(&row.memo, UNASKED);
        let expected = sign.is(Topic::Home) && !(word == Topic::Penalty && automatic())
            || sign.is(Topic::Fine) && !automatic()
            || is_chosen(row)
            || line.amount <= GIVEN_UP && row.item.contains("取消订单")
            // What a lender calls a membership is its fee.
            || word != Topic::Penalty
                && sign.is(Topic::FeeExpected)
                && !sign.says.has(Topic::Lender)
                && !unasked()
            || word == Topic::Fee
                && sign.is_any(&[Topic::Subscription, Topic::Unchosen])
                && !holds(&row.item, TAKEN)
                // A card's yearly fee is no subscription.
                && line.kind != Kind::Fee
                && !sign.is(Topic::Lender);
        let entry = seen.entry((line.payee, sign.item)).or_default();
        // A category called a fee that comes again and again, at whatever payee, is what the user pays for.
        let often = if sign.filed.has(word) && sign.item == 0 {
            categories.entry(line.category).or_default()
        } else {
            &mut 0
        };
        let same = entry.0 > 0 && line.amount * 100 <= entry.1.saturating_mul(SAME_PERCENT);
        // What a lender takes for being late may stand as a repayment.
        let taken = row.direction == Direction::Neutral
            && word == Topic::Penalty
            && sign.is(Topic::Lender)
            && !stopped;
        if (history.went_out(i) || taken) && !beside && !expected {
            let base = match word {
                Topic::Penalty => PENALTY,
                Topic::Interest => INTEREST,
                _ => FEE,
            };
            let filed =
                line.kind == Kind::Fee || sign.filed.any(&[Topic::Fee, Topic::Interest, Topic::Penalty]);
            let score = base + if filed { FILED } else { 0.0 }
                - match shop[line.payee as usize] && !filed && !sign.is(Topic::Lender) {
                    true if entry.0 == 0 && automatic() => SHOP_TAKES,
                    true => SHOP,
                    false => 0.0,
                }
                - if word == Topic::Fee && !sign.filed.has(Topic::Lender) && by_hand(history, i) {
                    BY_HAND
                } else {
                    0.0
                }
                - if word == Topic::Fee
                    && stranger
                    && sign.named
                    && !filed
                    && !sign.is(Topic::Lender)
                    && !automatic()
                {
                    STRANGER
                } else {
                    0.0
                }
                - if word == Topic::Interest && lent[line.payee as usize] { AGREED } else { 0.0 }
                - if same { EACH_TIME * f64::from(entry.0) } else { 0.0 }
                - EACH_FILED * f64::from(*often);
            if score > 0.05 {
                flags.push(explain(history, i, word, score.min(0.95), row.amount));
            }
        }
        *often = often.saturating_add(u32::from(!beside && !expected));
        *entry = (entry.0.saturating_add(1), entry.1.max(line.amount));
    }
    flags
}

/// Whether the memo of a payment names the fee beside it, 另收手续费2.00元, or in it, 含货币转换费1.5%: the payment is none.
fn names_fee_beside(row: &Transaction) -> bool {
    let called = [Topic::Penalty, Topic::Interest, Topic::Fee];
    let itself = || [&row.item, &row.category].into_iter().any(|text| topics(text).any(&called));
    let within = || row.memo.contains('含') && row.memo.contains('%');
    row.kind != Kind::Fee
        && (sum_after(&row.memo, FEE_OF_IT).is_some_and(|fee| fee < row.amount.minor) || within())
        && !itself()
}

/// Whether the source says that the user paid it by hand.
fn by_hand(history: &History<'_>, i: usize) -> bool {
    let channel = history.detail(i).map_or("", |detail| detail.channel.trim());
    history.is_at_counter(i) || HANDS.iter().any(|hand| channel.eq_ignore_ascii_case(hand))
}

/// Whether row `i` is the fee of an instalment plan, 第1/3期, or an insurance: one chose it and was told the price.
fn is_chosen(row: &Transaction) -> bool {
    // 第1/3期, 分12期, instalment 2 of 6.
    let instalment = |text: &str| {
        let counted =
            text.split('期').rev().skip(1).any(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        let latin = text.to_ascii_lowercase();
        let english = latin.contains("instalment") || latin.contains("installment");
        counted && holds(text, &["第", "分期", "共", "/"])
            || english && latin.contains(|c: char| c.is_ascii_digit())
            || holds(text, CHOSEN)
    };
    let insured = row.item.contains('险') && !holds(&row.item, &["风险", "保险柜", "保险箱"]);
    insured || [&row.item, &row.memo].into_iter().any(|text| instalment(text))
}

/// The fee of a withdrawal, as its own column or its memo tells it.
pub fn fee_within(row: &Transaction) -> Option<Money> {
    if row.kind != Kind::Withdrawal {
        return None;
    }
    let stated = row.fee.map(|fee| fee.minor).filter(|&fee| fee > 0);
    let fee = stated.or_else(|| sum_after(&row.memo, FEE_OF_IT))?;
    (fee < row.amount.minor).then(|| Money::new(fee, row.amount.currency))
}

/// Withdrawal `i`, where its memo or its own column tells a fee far above the usual.
fn taken_out(history: &History<'_>, i: usize, cheapest: &mut Map<u16, (i64, i64)>) -> Option<Flag> {
    let (row, line) = (history.row(i), &history.lines[i]);
    let stated = row.fee.map(|fee| fee.minor).filter(|&fee| fee > 0);
    let fee = stated.or_else(|| sum_after(&row.memo, FEE_OF_IT))?;
    if line.amount <= 0 || fee >= line.amount || !history.sign(i).is(Topic::Withdrawal) {
        return None;
    }
    let share = fee.saturating_mul(1_000_000) / line.amount;
    let machine = [&row.item, &row.category, &row.memo].into_iter().any(|text| holds(text, MACHINE));
    let least = if machine { LEAST_DEAR_AT_A_MACHINE } else { LEAST_DEAR };
    let before = cheapest.get(&line.wallet).copied();
    let dear = fee >= least && share > DEAR_PER_MILLE * 1000;
    let dear = match before {
        // What it cost before is the same each time, or a share.
        Some((cheapest, highest)) => dear && fee > highest && share > cheapest.saturating_mul(TIMES_DEARER),
        None => dear && share > USUAL_PER_MILLE * 1000,
    };
    if dear {
        let fee = history.money(i, fee);
        return Some(explain(history, i, Topic::Fee, TAKEN_OUT, fee));
    }
    let (cheapest_share, highest) = before.unwrap_or((share, fee));
    cheapest.insert(line.wallet, (cheapest_share.min(share), highest.max(fee)));
    None
}

fn explain(history: &History<'_>, i: usize, word: Topic, score: f64, paid: Money) -> Flag {
    let row = history.row(i);
    let (at, who) = (when(row.at), name(row));
    let kind = match word {
        Topic::Penalty => Text::new("罚息或违约金", "a penalty"),
        Topic::Interest => Text::new("利息", "interest"),
        _ => Text::new("费用", "a fee"),
    };
    let item = match row.item.trim() {
        "" => Text::new("，", ""),
        item => Text::new(format!("「{item}」，"), format!(" (“{item}”)")),
    };
    let explanation = Text::new(
        format!("{} {}收了一笔{}{}{paid}；此前的账单里没有过这样的收费。", at.zh, who.zh, kind.zh, item.zh),
        format!(
            "{} took {paid} as {}{} on {}; nothing like it stands in the ledger before.",
            who.en, kind.en, item.en, at.en
        ),
    );
    let innocent = Text::new(
        "合同或您开通的服务写明了这笔费用，或您确实晚还了款。",
        "The contract or a service you switched on names it, or you did pay late.",
    );
    history.flag(FlagKind::UnexpectedFee, score, &[i], paid, explanation, innocent)
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    #[test]
    fn a_fee_named_within_a_price_is_not_the_price() {
        let price = |memo: &str| shown(&format!("2025-06-16 07:12 buy 72.59 某云; item 2TB; memo {memo}"));
        assert!(price("汇率7.2663 含货币转换费1.5%").is_empty());
        let cash = "2025-06-16 07:12 buy 44.25 某银行; item 取现手续费及利息";
        assert_eq!(shown(cash), ["1 unexpected-fee"], "it is the fee of taking cash");
        let tunes = "2025-06-16 07:12 buy 15.51 某移动; item 增值业务费-视频彩铃包月; channel 自动扣款";
        assert_eq!(shown(tunes), ["1 unexpected-fee"]);
    }

    #[test]
    fn interest_of_a_loan_taken_up_there_was_agreed() {
        let interest = "2025-06-16 07:12 buy 75.70 某消费贷; item 某消费贷利息-2025年06月; category 信用借还";
        assert_eq!(shown(interest), ["1 unexpected-fee"]);
        let lent = "2025-05-16 07:12 own 5000.00 某消费贷; item 某消费贷放款; category 信用借还";
        assert!(shown(&format!("{lent}\n{interest}")).is_empty());
        let late = "2025-06-16 07:12 buy 75.70 某消费贷; item 逾期罚息; category 信用借还";
        assert_eq!(shown(&format!("{lent}\n{late}")), ["2 unexpected-fee"]);
    }

    #[test]
    fn a_fee_that_was_taken_is_asked_about_and_one_that_was_chosen_is_not() {
        let found = [
            "招商银行信用卡; item 年费; category fee; channel auto-debit",
            "某银行信用卡; item 违约金; category fee; channel auto-debit",
            "消费信贷; item 短信通知服务费; category 信用借还; channel qr",
            "分期付款; item 分期手续费; category credit; channel auto",
            "某租车; item 清洁费补扣; memo 系统扣款",
            "某租车; item 调度费",
            "某融资担保有限公司; item 会员权益费; category 信用借还",
            "某租车; item 租金逾期罚金; channel auto",
            "; item 年费; channel 手机银行",
        ];
        for what in found {
            assert_eq!(
                shown(&format!("2025-02-27 20:49 charge 20.00 {what}")),
                ["1 unexpected-fee"],
                "{what}"
            );
        }
        let quiet = [
            "铁路售票; item 抢票服务费; category fee; channel online",
            "某银行信用卡; item 账单分期手续费 第1/12期; category fee; channel auto-debit; memo 分期申请成功",
            "某市水务集团; item 水费违约金; channel app; memo 上期忘了交",
            "某电网公司; item 电费违约金（自助补缴）",
            "市图书馆; item 图书逾期滞纳金; category public_service; channel qr",
            "某保险; item 账户安全险年费; category 文化休闲",
            "某银行信用卡; item 账单分期手续费 分12期; channel auto-debit",
            "Some Card; item instalment 2 of 6 fee; channel auto-debit",
        ];
        for what in quiet {
            assert!(shown(&format!("2025-02-27 20:49 charge 20.00 {what}")).is_empty(), "{what}");
        }
    }

    #[test]
    fn a_fee_known_month_by_month_does_not_hide_another() {
        let monthly: String = (1..=6)
            .map(|month| {
                format!("2025-{month:02}-03 02:00 charge 2.00 某银行; item 短信服务费; category fee; channel auto-debit\n")
            })
            .collect();
        let last = |amount: &str, item: &str| {
            let rows = format!(
                "{monthly}2025-07-10 02:00 charge {amount} 某银行; item {item}; category fee; channel auto-debit"
            );
            shown(&rows).iter().any(|shown| shown == "7 unexpected-fee")
        };
        assert!(last("38.00", "小额账户管理费") && !last("2.00", "短信服务费"));
    }

    #[test]
    fn what_is_taken_by_itself_surprises_and_what_a_stranger_sells_does_not() {
        let rides = "2025-05-01 08:00 buy 1.50 单车公司; item 骑行; channel 线上\n2025-05-02 08:00 buy 1.50 单车公司; item 骑行; channel 线上\n";
        let fee = |item: &str, channel: &str| {
            shown(&format!("{rides}2025-05-03 07:00 buy 17.00 单车公司; item {item}; channel {channel}"))
        };
        for item in ["调度费", "违停管理费", "取消费"] {
            assert_eq!(fee(item, "自动扣款"), ["3 unexpected-fee"], "{item}");
        }
        assert!(fee("调度费", "线上").is_empty());
        // A shop's word for whatever it sells.
        assert!(shown("2025-05-03 19:00 buy 41.07 某信息技术有限公司; item 服务费用").is_empty());
        let late = "2025-09-20 05:20 repay 9.64 花呗; item 花呗逾期费用-2025年09月账单; status 还款成功";
        assert_eq!(shown(late), ["1 unexpected-fee"]);
    }

    #[test]
    fn a_withdrawal_that_cost_far_more_than_usual_is_asked_about() {
        let withdraw = |fee: &str| {
            shown(&format!(
                "2025-03-01 10:00 withdraw 2000.00 某银行; category 零钱提现; memo 服务费¥2.00\n\
                 2025-04-01 10:00 withdraw 2000.00 某银行; category 零钱提现; memo 服务费¥{fee}"
            ))
        };
        assert_eq!(withdraw("49.13"), ["2 unexpected-fee"]);
        assert!(withdraw("2.00").is_empty());
    }

    #[test]
    fn what_another_banks_machine_takes_is_no_surprise_and_the_cash_no_fee() {
        let cash = |amount: &str, fee: &str| {
            shown(&format!(
                "2025-03-01 10:00 buy 1700.00 平安银行; category ATM跨行取款; memo 另收手续费2.00元\n\
                 2025-04-01 10:00 buy {amount} 中国银行; category ATM跨行取款; memo 另收手续费{fee}元"
            ))
        };
        assert!(cash("300.00", "2.00").is_empty() && cash("100.00", "4.00").is_empty());
        assert_eq!(cash("300.00", "30.00"), ["2 unexpected-fee"]);
    }

    #[test]
    fn a_service_that_was_ticked_beforehand_is_asked_about() {
        for what in [
            "优享服务费(默认勾选); category 酒店旅游",
            "还车后加收服务费; category 交通出行",
            "超时未归还-扣除费用; category 生活服务",
        ] {
            let row = format!("2025-04-09 04:44 buy 38.00 某平台; item {what}");
            assert_eq!(shown(&row), ["1 unexpected-fee"], "{what}");
        }
    }

    #[test]
    fn a_withdrawal_that_costs_six_times_as_much_as_ever_is_asked_about() {
        let fee = |fee: &str| {
            shown(&format!(
                "2025-02-01 10:00 withdraw 1000.00 某银行; item 零钱提现; memo 服务费¥1.00\n\
                 2025-03-01 10:00 withdraw 1000.00 某银行; item 零钱提现; memo 服务费¥{fee}"
            ))
        };
        assert_eq!(fee("6.00"), ["2 unexpected-fee"]);
        assert!(fee("3.00").is_empty());
    }
}
