//! Every page in both languages, light and dark, in the smallest and a large window: for the eye, and to see that
//! each page stands in each of them.

use anyhow::{Context as _, Result};
use recourse_e2e::{Start, Window, bill};
use serde_json::json;
use std::path::Path;
use thirtyfour::Key;

/// What is asked of the number check, and the word it must find.
const NUMBERS: [(&str, &str); 5] = [
    ("95188", "listed"),
    ("支付宝人工客服 400-000-9518", "contradicted"),
    ("您好，请回拨 00095588", "imitation"),
    ("010-8123 4567", "unlisted"),
    ("打 12 就行", "invalid"),
];

#[tokio::test]
async fn every_page_in_every_dress() -> Result<()> {
    let window = Window::open(Start { files: vec![bill()], telephone: true, ..Start::default() }).await?;
    window.create_vault().await?;
    window.click("first-file").await?;
    window.click("import-execute").await?;
    window.click("result-flags").await?;
    window.click("open-case").await?;
    window.see("case-call").await?;
    let folder = tempfile::tempdir()?;
    let unknown = folder.path().join("某钱包流水.csv");
    // Nobody's format: the day may stand before the month, and the sign says which way the money went.
    std::fs::write(
        &unknown,
        "Booked,Shop,Sum,Remark\n03/04/2026,晨光文具,-12.50,本子\n05/04/2026,退款,12.50,\n",
    )?;
    for (size, width, height) in [("900", 900, 600), ("1920", 1880, 1040)] {
        window.driver.set_window_rect(0, 0, width, height).await?;
        for (lang, theme) in [("zh", "light"), ("zh", "dark"), ("en", "light"), ("en", "dark")] {
            let status = window.ask("status", json!({})).await?;
            let mut settings = status["settings"].clone();
            settings["lang"] = json!(lang);
            settings["theme"] = json!(theme);
            window.ask("set_settings", json!({ "settings": settings })).await?;
            window.driver.refresh().await?;
            let dress = format!("{lang}-{theme}-{size}");
            for page in ["home", "ledger", "flags", "cases", "directory", "settings"] {
                window.click(&format!("nav-{page}")).await?;
                window.shot(&format!("{page}-{dress}")).await?;
            }
            window.click("to-trash").await?;
            window.see("page-trash").await?;
            window.shot(&format!("trash-{dress}")).await?;
            directory(&window, &dress).await?;
            numbers(&window, &dress).await?;
            statements(&window, &unknown, &dress).await?;
            window.click("nav-cases").await?;
            window.click("case-row").await?;
            window.see("case-call").await?;
            window.shot(&format!("case-{dress}")).await?;
            case(&window, &dress).await?;
            window.click("case-call").await?;
            window.see("script").await?;
            window.shot(&format!("call-desk-{dress}")).await?;
        }
    }
    window.close().await?;
    Ok(())
}

/// The other sides of a case, and the question what went wrong.
async fn case(window: &Window, dress: &str) -> Result<()> {
    for (tab, there) in [("letter", "letter-text"), ("evidence", "to-capture"), ("timeline", "timeline")] {
        window.click(&format!("tab-{tab}")).await?;
        window.see(there).await?;
        window.shot(&format!("case-{tab}-{dress}")).await?;
    }
    window.click("case-menu").await?;
    window.click("retell").await?;
    window.see("trouble-dialog").await?;
    window.shot(&format!("case-retell-{dress}")).await?;
    window.driver.action_chain().send_keys(Key::Escape).perform().await?;
    window.click("tab-overview").await
}

/// A provider the web tells wrong numbers of.
async fn directory(window: &Window, dress: &str) -> Result<()> {
    window.click("nav-directory").await?;
    window.fill("directory-search", "支付宝").await?;
    window.click("provider-alipay").await?;
    let claims = window.see("claims").await?;
    window.driver.execute("arguments[0].scrollIntoView()", vec![claims.to_json()?]).await?;
    window.shot(&format!("provider-{dress}")).await
}

async fn numbers(window: &Window, dress: &str) -> Result<()> {
    for (asked, wanted) in NUMBERS {
        window.click("nav-directory").await?;
        window.click("to-number-check").await?;
        window.fill("number-check-input", asked).await?;
        window.click("number-check-go").await?;
        let verdict = window.see("number-check-verdict").await?;
        assert_eq!(verdict.attr("data-verdict").await?.as_deref(), Some(wanted), "{asked}");
        window.shot(&format!("number-{wanted}-{dress}")).await?;
    }
    Ok(())
}

/// A file of no known format is dropped, and its columns are asked for; then what an import said.
async fn statements(window: &Window, unknown: &Path, dress: &str) -> Result<()> {
    window.click("nav-ledger").await?;
    window.drop(&[unknown])?;
    window.click("map-columns").await?;
    window.see("map-asked").await?;
    window.choose("map-dmy").await?;
    window.see("map-count").await?;
    window.shot(&format!("mapping-{dress}")).await?;
    window.click("map-leave").await?;
    window.click("nav-ledger").await?;
    window.drop(&[&bill()])?;
    window.see("import-execute").await?;
    window.shot(&format!("import-plan-{dress}")).await?;
    window.click("import-discard").await?;
    window.click("import-report").await?;
    window.see("report-links").await?;
    window.shot(&format!("report-{dress}")).await?;
    let picture = window.see("page-report").await?;
    picture.attr("data-testid").await?.context("the report is gone").map(drop)
}
