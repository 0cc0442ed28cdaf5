//! A long statement: what the window says and does while it is read, planned and stored, and with all its rows at hand.
//!
//! `RECOURSE_ROWS=1000000 RECOURSE_BILL=bill.csv scripts/window-tests.sh measured -- --ignored` prints the figures of
//! docs/benchmarks.md.

use anyhow::{Context as _, Result, bail};
use recourse_e2e::{Start, Window};
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What was seen of the window while it worked.
#[derive(Default)]
struct Watched {
    lasted: Duration,
    /// The longest time a trivial question to the page took.
    slowest_page: Duration,
    /// The longest stretch in which a timer of the page did not fire.
    longest_stall: f64,
    /// The longest time the shell took to say where it stands.
    slowest_shell: f64,
    /// What the progress said, each once, in order.
    said: Vec<String>,
    /// Bytes in memory at the peak: of the app with its reader, and of the web view.
    app: u64,
    web: u64,
}

/// Asks the page again and again until it shows `until`, and the shell beside it.
async fn watch(window: &Window, until: &str) -> Result<Watched> {
    let began = Instant::now();
    let mut seen = Watched::default();
    window
        .driver
        .execute(
            "window.watched = { last: performance.now(), stall: 0, shell: 0, over: false };
             const w = window.watched;
             w.timer = setInterval(() => { const now = performance.now(); w.stall = Math.max(w.stall, now - w.last); w.last = now; }, 10);
             (async () => { while (!w.over) { const at = performance.now(); await window.__TAURI_INTERNALS__.invoke('status');
               w.shell = Math.max(w.shell, performance.now() - at); await new Promise((on) => setTimeout(on, 50)); } })();",
            vec![],
        )
        .await?;
    loop {
        let at = Instant::now();
        let script = "const p = document.querySelector('.progress');
            return [p ? p.innerText : '', document.querySelector(`[data-testid=${arguments[0]}]`) !== null];";
        let (said, there): (String, bool) =
            window.driver.execute(script, vec![json!(until)]).await?.convert()?;
        seen.slowest_page = seen.slowest_page.max(at.elapsed());
        let said = said.replace('\n', " ");
        if !said.is_empty() && seen.said.last() != Some(&said) {
            seen.said.push(said);
        }
        let (app, web) = window.memory();
        (seen.app, seen.web) = (seen.app.max(app), seen.web.max(web));
        if there {
            break;
        }
        if began.elapsed() > Duration::from_secs(900) {
            window.shot("stuck").await?;
            bail!("'{until}' does not come: see stuck.png");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    seen.lasted = began.elapsed();
    let script = "const w = window.watched; clearInterval(w.timer); w.over = true; return [w.stall, w.shell];";
    (seen.longest_stall, seen.slowest_shell) = window.driver.execute(script, vec![]).await?.convert()?;
    Ok(seen)
}

fn tell(what: &str, seen: &Watched) {
    println!(
        "{what}: {:.1} s; slowest answer of the page {} ms, of the shell {:.0} ms, longest stall {:.0} ms; app {} MB, web view {} MB; said {} things, e.g. {:?}",
        seen.lasted.as_secs_f64(),
        seen.slowest_page.as_millis(),
        seen.slowest_shell,
        seen.longest_stall,
        seen.app >> 20,
        seen.web >> 20,
        seen.said.len(),
        seen.said.iter().step_by((seen.said.len() / 6).max(1)).collect::<Vec<_>>(),
    );
}

/// How long it takes until the script's question is answered with yes.
async fn until(window: &Window, what: &str, question: &str) -> Result<Duration> {
    let began = Instant::now();
    while !window.driver.execute(question, vec![]).await?.convert::<bool>()? {
        if began.elapsed() > Duration::from_secs(300) {
            window.shot("waited").await?;
            bail!("{what}: waited in vain, see waited.png");
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("{what}: {} ms", began.elapsed().as_millis());
    Ok(began.elapsed())
}

#[tokio::test]
#[ignore = "measures, and takes minutes; the figures stand in docs/benchmarks.md"]
async fn measured() -> Result<()> {
    let bill = PathBuf::from(std::env::var("RECOURSE_BILL").context("RECOURSE_BILL names a statement")?);
    let window = Window::open(Start { files: vec![bill], ..Start::default() }).await?;
    window.create_vault().await?;
    window.click("first-file").await?;
    tell("reading and planning", &watch(&window, "plan-file").await?);
    window.shot("long-plan").await?;
    window.click("import-execute").await?;
    tell("storing", &watch(&window, "import-result").await?);
    window.shot("long-result").await?;
    tell("looking for flags", &watch(&window, "result-flags").await?);
    window.shot("long-flags-known").await?;
    let rows = "return document.querySelectorAll('[data-testid=ledger-row] .what').length > 0";
    window.click("nav-ledger").await?;
    until(&window, "the list", rows).await?;
    window.shot("long-ledger").await?;
    let scroll = |to: &str| format!("const l = document.querySelector('[data-testid=ledger]'); l.scrollTop = {to};");
    for (what, to) in [("a third down", "l.scrollHeight / 3"), ("two thirds down", "l.scrollHeight * 2 / 3")] {
        window.driver.execute(scroll(to), vec![]).await?;
        until(&window, what, rows).await?;
    }
    window
        .driver
        .execute("const l = document.querySelector('[data-testid=ledger]'); l.focus(); l.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));", vec![])
        .await?;
    until(&window, "the last row", "const rows = [...document.querySelectorAll('[data-testid=ledger-row]')]; const last = rows.at(-1); return last?.querySelector('.what') !== null && last?.ariaPosInSet === last?.ariaSetSize").await?;
    window.shot("long-ledger-end").await?;
    for text in ["咖啡", "mianguan", "T200P0000005", "128.00"] {
        let script = "const f = document.querySelector('[data-search]'); f.value = arguments[0]; f.dispatchEvent(new Event('input', { bubbles: true })); return document.body.innerText.length";
        let before: String = window.driver.execute("return document.querySelector('[data-testid=ledger-sums]')?.innerText ?? ''", vec![]).await?.convert()?;
        window.driver.execute(script, vec![json!(text)]).await?;
        let question = format!("return (document.querySelector('[data-testid=ledger-sums]')?.innerText ?? '') !== {}", json!(before));
        until(&window, &format!("searching {text}"), &question).await?;
    }
    window.shot("long-ledger-search").await?;
    window.click("nav-flags").await?;
    until(&window, "the flags", "return document.querySelectorAll('[data-testid=flag-card]').length > 0").await?;
    let cards: u64 = window.driver.execute("return document.querySelectorAll('[data-testid=flag-card]').length", vec![]).await?.convert()?;
    println!("flag cards on the page: {cards}");
    window.shot("long-flags").await?;
    let (app, web) = window.memory();
    println!("at rest: app {} MB, web view {} MB", app >> 20, web >> 20);
    window.close().await?;
    Ok(())
}
