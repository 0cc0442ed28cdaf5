//! Whom to call now: real-shaped cases against the directory that ships.

use chrono::DateTime;
use recourse::call::{CallPlan, Request, plan};
use recourse::case::{Case, CaseId, Trouble};
use recourse::directory::{Directory, Trust};
use recourse::ledger::{Direction, Kind, Moment, Transaction, TransactionId};
use recourse::money::Money;
use recourse::text::Text;

fn moment(text: &str) -> Moment {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// A Monday morning of a year whose make-up days are known.
fn monday() -> Moment {
    moment("2026-03-02T10:00:00+08:00")
}

fn case(provider: &str, trouble: Trouble) -> Case {
    Case {
        id: CaseId(7),
        opened_at: monday(),
        trouble,
        provider: provider.into(),
        story: String::new(),
        wishes: Vec::new(),
        transactions: vec![TransactionId(1)],
        findings: vec![],
        flags: Vec::new(),
        events: Vec::new(),
    }
}

fn paid(provider: &str, method: &str) -> Transaction {
    Transaction {
        id: TransactionId(1),
        key: "k".into(),
        provider: provider.into(),
        counterparty: "某某商店".into(),
        method: method.into(),
        order_no: "2026030122001400001".into(),
        merchant_order_no: "M-77".into(),
        ..Transaction::of(
            moment("2026-03-01T10:23:45+08:00"),
            Direction::Out,
            Kind::Purchase,
            Money::fen(12_800),
        )
    }
}

fn plan_for(provider: &str, trouble: Trouble, methods: &[&str]) -> CallPlan {
    let case = case(provider, trouble);
    let transactions: Vec<Transaction> = methods.iter().map(|method| paid(provider, method)).collect();
    let request = Request::Case { case: &case, transactions: &transactions };
    plan(&request, &Directory::load(), vec![Text::new("您好", "Hello")], monday()).unwrap()
}

fn tels(plan: &CallPlan) -> Vec<&str> {
    plan.call.iter().map(|line| line.tel.as_str()).collect()
}

fn rungs(plan: &CallPlan) -> Vec<&str> {
    plan.next_rung.iter().map(|rung| rung.provider.as_str()).collect()
}

#[test]
fn a_payment_from_a_balance_leads_to_the_wallet_alone() {
    let plan = plan_for("alipay", Trouble::UnknownTransaction, &["余额"]);
    assert_eq!(tels(&plan), ["tel:95188"]);
    assert_eq!(plan.case, Some(CaseId(7)));
    assert_eq!(plan.notice, None);
    assert_eq!(rungs(&plan), ["police-110", "anti-fraud-96110", "pboc-12363"]);
    assert_eq!(plan.say, [Text::new("您好", "Hello")]);
}

#[test]
fn a_payment_with_a_card_leads_to_the_wallet_and_then_to_the_issuers_card_line() {
    let plan = plan_for("wechat-pay", Trouble::UnknownTransaction, &["招商银行信用卡(1234)"]);
    assert_eq!(tels(&plan), ["tel:95017", "tel:4008205555", "tel:95555"]);
    assert!(plan.call[1].why.zh.contains("尾号 1234"), "{}", plan.call[1].why.zh);
    assert_eq!(rungs(&plan), ["police-110", "anti-fraud-96110", "cmb", "pboc-12363", "nfra-12378"]);
}

#[test]
fn a_card_in_apple_pay_or_google_wallet_leads_to_the_bank_and_never_to_the_wallets_own_line() {
    for wallet in ["apple-pay", "google-wallet"] {
        let plan = plan_for(wallet, Trouble::UnknownTransaction, &["招商银行信用卡(1234)"]);
        assert_eq!(tels(&plan), ["tel:4008205555", "tel:95555"], "{wallet}");
        assert_eq!(plan.call[0].provider, "cmb");
        assert!(plan.notice.unwrap().zh.contains("招商银行"));
        assert!(!plan.next_rung.iter().any(|rung| rung.provider == "pboc-12363"), "{wallet}");
    }
}

#[test]
fn where_the_issuer_is_unknown_the_card_is_asked_for_and_no_number_is_guessed() {
    let directory = Directory::load();
    let plan = plan_for("apple-pay", Trouble::UnknownTransaction, &["Visa ···· 1234"]);
    assert!(plan.call.is_empty());
    assert!(plan.notice.unwrap().zh.contains("卡背面"));
    let alone =
        recourse::call::plan(&Request::Provider("谷歌钱包"), &directory, Vec::new(), monday()).unwrap();
    assert!(alone.call.is_empty());
    assert!(alone.notice.unwrap().zh.contains("没有为 Google 钱包公布"));
}

#[test]
fn a_frozen_account_may_still_lead_to_the_makers_account_line_after_the_bank() {
    let plan = plan_for("apple-pay", Trouble::AccountFrozen, &["中国银行储蓄卡(0814)"]);
    assert_eq!(tels(&plan), ["tel:95566", "tel:4006668800"]);
}

#[test]
fn a_conversion_is_asked_of_the_card_first_and_a_renewal_complained_of_to_the_market() {
    let conversion = plan_for("alipay", Trouble::CurrencyOvercharge, &["招商银行信用卡(1234)"]);
    assert_eq!(conversion.call[0].provider, "cmb");
    assert!(conversion.call.iter().any(|line| line.provider == "alipay"));
    assert!(conversion.have_ready.iter().any(|text| text.zh.contains("签购单")));
    for trouble in [Trouble::SubscriptionChange, Trouble::TrialTurnedPaid] {
        let plan = plan_for("alipay", trouble, &["余额"]);
        assert_eq!(tels(&plan), ["tel:95188"]);
        assert_eq!(rungs(&plan), ["samr-12315", "pboc-12363"], "{trouble:?}");
        assert!(plan.have_ready.iter().any(|text| text.zh.contains("自动扣款列表")));
    }
    let fee = plan_for("alipay", Trouble::UnexpectedFee, &["余额"]);
    assert!(rungs(&fee).contains(&"pboc-12363") && !rungs(&fee).contains(&"police-110"));
}

#[test]
fn an_unverified_number_never_stands_before_a_better_one() {
    let plan = plan_for("e-cny", Trouble::UnknownTransaction, &["数字人民币-工商银行"]);
    assert_eq!(tels(&plan), ["tel:95588", "tel:956196"]);
    let directory = Directory::load();
    for provider in directory.all() {
        let plan =
            recourse::call::plan(&Request::Provider(&provider.id), &directory, Vec::new(), monday()).unwrap();
        let trusts: Vec<bool> = plan.call.iter().map(|line| line.trust == Trust::Unverified).collect();
        assert!(trusts.is_sorted(), "{}", provider.id);
        // A plan always says something: a line, or why there is none.
        assert!(!plan.call.is_empty() || plan.notice.is_some(), "{}", provider.id);
        assert!(plan.call.iter().all(|line| line.tel == directory.tel(&line.provider, &line.line).unwrap()));
    }
}

#[test]
fn a_banks_own_statement_leads_to_the_bank_and_its_regulator() {
    let plan = plan_for("cmb", Trouble::DuplicateCharge, &["招商银行信用卡(1234)"]);
    assert_eq!(tels(&plan), ["tel:4008205555", "tel:95555"]);
    assert_eq!(rungs(&plan), ["nfra-12378", "samr-12315"]);
}

#[test]
fn a_merchants_fault_leads_on_to_12315_under_the_rules_in_force() {
    let plan = plan_for("alipay", Trouble::RefundMissing, &["花呗"]);
    assert_eq!(rungs(&plan), ["pboc-12363", "samr-12315"]);
    let goods = &plan.next_rung[1].when;
    assert!(goods.zh.contains("第121号") && goods.zh.contains("2026-04-15"), "{}", goods.zh);
    assert!(!goods.zh.contains("暂行办法"));
    let pboc = &plan.next_rung[0].when;
    assert!(pboc.zh.contains("未能核对"), "the 15 days are in doubt: {}", pboc.zh);
}

#[test]
fn two_banks_in_one_case_are_both_called() {
    let plan = plan_for("alipay", Trouble::UnknownTransaction, &["工商银行(1111)", "建设银行储蓄卡(2222)"]);
    assert_eq!(tels(&plan), ["tel:95188", "tel:95588", "tel:95533"]);
    assert!(!plan.call[1].why.zh.contains("尾号"), "which tail is whose is not guessed");
}

#[test]
fn a_foreign_wallet_is_not_sent_to_lines_of_the_mainland() {
    let plan = plan_for("paypay", Trouble::UnknownTransaction, &[""]);
    assert_eq!(tels(&plan), ["tel:0120990634"]);
    assert!(plan.next_rung.is_empty());
}

#[test]
fn an_unknown_provider_has_a_plan_in_a_case_and_an_error_alone() {
    let plan = plan_for("", Trouble::UnknownTransaction, &["招商银行(1234)"]);
    assert_eq!(tels(&plan), ["tel:95555"]);
    assert!(plan.notice.is_some());
    let alone = recourse::call::plan(&Request::Provider("某某宝"), &Directory::load(), Vec::new(), monday());
    assert_eq!(alone.unwrap_err().code, recourse::Code::NotFound);
}

#[test]
fn the_facts_of_the_case_are_at_hand_and_nothing_secret() {
    let plan = plan_for("alipay", Trouble::UnknownTransaction, &["招商银行信用卡(1234)"]);
    let ready: String = plan.have_ready.iter().map(|text| format!("{}\n", text.zh)).collect();
    for fact in [
        "2026-03-01 10:23:45",
        "¥128.00",
        "某某商店",
        "2026030122001400001",
        "M-77",
        "尾号：1234",
        "身份证件",
    ] {
        assert!(ready.contains(fact), "{fact} is missing in\n{ready}");
    }
    let never: String = plan.never.iter().map(|text| text.zh.as_str()).collect();
    for asked in ["验证码", "安全账户", "共享屏幕", "密码"] {
        assert!(never.contains(asked), "{asked}");
    }
}

#[test]
fn hours_are_known_only_where_they_are_sourced() {
    let directory = Directory::load();
    let at = |provider: &str, now: &str| {
        let plan =
            recourse::call::plan(&Request::Provider(provider), &directory, Vec::new(), moment(now)).unwrap();
        (plan.call[0].open, plan.call[0].opens_at)
    };
    assert_eq!(at("wechat-pay", "2026-03-02T03:00:00+08:00"), (None, None));
    assert_eq!(at("alipay", "2026-03-02T03:00:00+08:00"), (Some(true), None));
    // 12363 keeps working hours with a break at noon; Saturday 14 February 2026 is worked, Sunday is not.
    let noon = (Some(false), Some(moment("2026-03-02T14:00:00+08:00")));
    assert_eq!(at("pboc-12363", "2026-03-02T12:00:00+08:00"), noon);
    assert_eq!(at("pboc-12363", "2026-03-02T11:29:59+08:00"), (Some(true), None));
    assert_eq!(at("pboc-12363", "2026-02-14T09:00:00+08:00"), (Some(true), None));
    let sunday = (Some(false), Some(moment("2026-03-02T08:30:00+08:00")));
    assert_eq!(at("pboc-12363", "2026-03-01T09:00:00+08:00"), sunday);
    // The same instant from elsewhere: the hours are Shanghai's.
    assert_eq!(at("pboc-12363", "2026-03-02T01:00:00Z"), (Some(true), None));
    // Whether a Saturday of 2027 is worked is not known yet, at night it is closed all the same.
    assert_eq!(at("pboc-12363", "2027-02-13T09:00:00+08:00"), (None, None));
    assert_eq!(at("pboc-12363", "2027-02-13T03:00:00+08:00").0, Some(false));
}

#[test]
fn the_calmer_hours_are_advice_and_say_so() {
    let directory = Directory::load();
    let words = |now: &str| {
        let plan =
            recourse::call::plan(&Request::Provider("cmb"), &directory, Vec::new(), moment(now)).unwrap();
        plan.call[0].better_time.clone().unwrap().zh
    };
    assert!(words("2026-03-02T10:00:00+08:00").contains("现在多半较忙"));
    assert!(words("2026-03-02T16:30:00+08:00").contains("一般比上午和中午好打"));
    assert!(words("2026-03-01T10:00:00+08:00").contains("一般经验"));
    let police =
        recourse::call::plan(&Request::Provider("police-110"), &directory, Vec::new(), monday()).unwrap();
    assert_eq!(police.call[0].better_time, None, "an emergency does not wait for a calmer hour");
}
