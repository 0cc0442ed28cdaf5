//! Files handed over by the mouse: statements anywhere, a directory pack over the directory.

use anyhow::Result;
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
