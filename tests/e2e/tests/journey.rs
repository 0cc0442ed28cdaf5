//! The main job in the real window, from the first start to the call.

use anyhow::Result;
use recourse_e2e::{Start, Window, bill};
use serde_json::json;
use thirtyfour::By;

#[tokio::test]
async fn from_the_first_start_to_the_call() -> Result<()> {
    let bytes = std::fs::read(bill())?;
    let (_, _, broken) = encoding_rs::GB18030.decode(&bytes);
    assert!(!broken && std::str::from_utf8(&bytes).is_err(), "the bill is GB18030");

    let window = Window::open(Start { files: vec![bill()], telephone: true, ..Start::default() }).await?;
    window.create_vault().await?;

    window.click("first-file").await?;
    window.see("import-execute").await?;
    window.shot("import-plan").await?;
    window.click("import-execute").await?;
    window.see("import-result").await?;
    window.see("result-turned").await?;
    window.shot("import-result").await?;

    window.click("result-flags").await?;
    window.see("flag-card").await?;
    window.shot("flags").await?;
    // The most serious flag is a payment somebody was talked into: the police come first there.
    open_case(&window, "scam-words").await?;
    window.see("first-of-all").await?;
    window.click("case-call").await?;
    window.see("script").await?;
    window.shot("call-desk-police").await?;
    window.click("nav-flags").await?;
    open_case(&window, "duplicate-charge").await?;
    window.shot("case").await?;
    window.click("case-call").await?;
    window.see("script").await?;
    window.shot("call-desk").await?;
    assert!(window.calls().is_empty(), "nothing is dialled before the user says so");
    window.click("dial").await?;
    assert_eq!(window.dialled().await?, ["tel:95188"]);

    for page in ["home", "ledger", "cases", "directory", "settings"] {
        window.click(&format!("nav-{page}")).await?;
        window.shot(page).await?;
    }
    // A note says what it did to the flags, and leads to the new one.
    window.click("nav-home").await?;
    window.click("home-note").await?;
    window.fill("note-amount", "800").await?;
    window.fill("note-counterparty", "*远").await?;
    window.fill("note-text", "对方让我转入安全账户").await?;
    window.click("note-save").await?;
    window.see("notice-link").await?;
    window.shot("note-flags").await?;
    window.click("notice-link").await?;
    window.see("flag-fresh").await?;
    window.shot("flags-new").await?;
    for name in std::fs::read_dir(window.vault())? {
        let stored = std::fs::read(name?.path())?;
        assert!(!contains(&stored, "晨光咖啡".as_bytes()), "no name of the bill lies readable on the disk");
    }
    window.close().await?;
    Ok(())
}

/// Opens a case from the flag of this kind.
async fn open_case(window: &Window, kind: &str) -> Result<()> {
    window.see("flag-card").await?;
    let button = format!("[data-kind='{kind}'] [data-testid='open-case']");
    window.driver.find(By::Css(button)).await?.click().await?;
    window.see("case-call").await?;
    Ok(())
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn a_card_in_a_card_wallet_leads_to_the_bank() -> Result<()> {
    let window = Window::open(Start { telephone: true, ..Start::default() }).await?;
    window.create_vault().await?;
    window.click("first-later").await?;
    let note = json!({
        "provider": "apple-pay", "at": "2026-11-20T10:00:00+08:00",
        "amount": { "amount": "299.00", "currency": "CNY" }, "direction": "out", "counterparty": "某某商店",
        "method": "招商银行信用卡(1234)", "order_no": "", "text": "不是我付的",
    });
    let transaction = window.ask("note", json!({ "note": note })).await?;
    let fresh = json!({ "transactions": [transaction] });
    let case = window.ask("case_open", json!({ "fresh": fresh })).await?;
    window.click("nav-cases").await?;
    let row = window.see("case-row").await?;
    assert_eq!(row.attr("data-case").await?, Some(case.to_string()));
    window.click("case-row").await?;
    window.click("case-call").await?;
    window.see("script").await?;
    window.shot("call-desk-issuer").await?;
    window.click("dial").await?;
    // The bank's line for credit cards, as the directory has it.
    assert_eq!(window.dialled().await?, ["tel:4008205555"]);
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn without_a_telephone_the_code_to_scan_leads() -> Result<()> {
    let window = Window::open(Start { files: vec![bill()], ..Start::default() }).await?;
    window.click("first-demo").await?;
    window.click("nav-directory").await?;
    assert_eq!(window.ask("can_dial", json!({})).await?, json!(false));
    let dialled = window.ask("dial", json!({ "provider": "alipay", "line": "main" })).await?;
    assert_eq!(dialled["handed_over"], json!(false));
    assert_eq!(dialled["tel"], json!("tel:95188"));
    assert!(window.calls().is_empty());
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn the_web_view_reaches_nothing_but_its_commands() -> Result<()> {
    let window = Window::open(Start::default()).await?;
    window.see("first-begin").await?;
    for (command, arguments) in [
        ("plugin:dialog|open", json!({ "options": {} })),
        ("plugin:clipboard-manager|read_text", json!({})),
        ("plugin:notification|notify", json!({ "options": { "title": "x" } })),
        ("plugin:event|emit", json!({ "event": "locked" })),
        ("plugin:window|close", json!({ "label": "main" })),
        ("plugin:webview|create_webview_window", json!({ "options": { "label": "other" } })),
    ] {
        assert!(window.ask(command, arguments).await.is_err(), "{command} is open to the web view");
    }
    assert!(window.ask("import_plan", json!({ "tokens": ["/etc/passwd"], "code": null })).await.is_err());
    let elsewhere =
        "const done = arguments[0]; fetch('https://example.org/').then(() => done(true), () => done(false));";
    let reached: bool = window.driver.execute_async(elsewhere, vec![]).await?.convert()?;
    assert!(!reached, "the page may connect to nothing but the shell");
    let before = window.driver.current_url().await?;
    window.driver.execute("location.href = 'https://example.org/'", vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(window.driver.current_url().await?, before, "the window stays on its own pages");
    window.close().await?;
    Ok(())
}
