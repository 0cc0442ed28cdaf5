//! Files handed over by the mouse: statements anywhere, a directory pack over the directory.

use anyhow::{Context as _, Result};
use recourse_e2e::{Start, Window, bill};
use serde_json::json;

#[tokio::test]
async fn a_bill_dropped_on_the_window_is_planned_and_taken() -> Result<()> {
    let window = Window::open(Start::default()).await?;
    // Before there is a vault, nobody takes it.
    window.see("first-begin").await?;
    window.drop(&[&bill()])?;
    assert!(!window.has("import-execute").await?);
    window.create_vault().await?;
    window.click("first-later").await?;
    window.drop(&[&bill()])?;
    window.see("plan-file").await?;
    window.click("import-execute").await?;
    window.see("import-result").await?;
    // The same bill again: nothing in it is new.
    window.click("nav-home").await?;
    window.drop(&[&bill()])?;
    window.see("plan-file").await?;
    let execute = window.see("import-execute").await?;
    assert!(!execute.is_enabled().await?, "what is known is not taken twice");
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_directory_pack_of_a_stranger_is_refused_and_the_old_one_stays() -> Result<()> {
    let window = Window::open(Start::default()).await?;
    window.create_vault().await?;
    window.click("first-later").await?;
    let before = window.ask("edition", json!({})).await?;
    let folder = tempfile::tempdir()?;
    for (name, bytes) in [("empty.pack", &b""[..]), ("bill.pack", &std::fs::read(bill())?)] {
        let pack = folder.path().join(name);
        std::fs::write(&pack, bytes)?;
        window.click("nav-home").await?;
        window.click("nav-directory").await?;
        window.see("pack").await?;
        window.drop(&[&pack])?;
        window.see("pack-refused").await?;
        assert!(!window.has("pack-take").await?, "{name}");
    }
    window.shot("pack-refused").await?;
    assert_eq!(window.ask("edition", json!({})).await?, before);
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_table_nobody_knows_is_mapped_once_and_known_from_then_on() -> Result<()> {
    let window = Window::open(Start::default()).await?;
    window.create_vault().await?;
    window.click("first-later").await?;
    let folder = tempfile::tempdir()?;
    let (april, may) = (folder.path().join("april.csv"), folder.path().join("may.csv"));
    std::fs::write(&april, "Booked,Shop,Sum\n03/04/2026,晨光文具,-12.50\n05/04/2026,晨光文具,12.50\n")?;
    std::fs::write(&may, "Booked,Shop,Sum\n02/05/2026,晨光文具,-8.00\n")?;
    window.drop(&[&april])?;
    window.click("map-columns").await?;
    // Both orders of day and month would do: the file cannot tell, so the user is asked.
    window.see("map-asked").await?;
    window.choose("map-dmy").await?;
    window.see("map-count").await?;
    window.see("map-lacking").await?;
    window.fill("map-owner", "某钱包").await?;
    window.click("map-save").await?;
    window.click("import-execute").await?;
    window.click("result-report").await?;
    window.see("report-links").await?;
    window.click("nav-home").await?;
    window.drop(&[&may])?;
    window.click("import-execute").await?;
    window.see("import-result").await?;
    let everything = json!({
        "search": "", "provider": null, "from": null, "to": null, "direction": null, "kind": null,
        "flagged": false, "offset": 0, "limit": 9,
    });
    let page = window.ask("list", json!({ "query": everything })).await?;
    let lines = page["lines"].as_array().context("a page has lines")?;
    let days: Vec<_> =
        lines.iter().filter_map(|line| line["transaction"]["at"].as_str()?.get(..10)).collect();
    assert_eq!(days, ["2026-05-02", "2026-04-05", "2026-04-03"]);
    window.close().await?;
    Ok(())
}
