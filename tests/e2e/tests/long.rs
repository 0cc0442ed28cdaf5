//! A long statement: what the window says and does while it is read, planned and stored, and with all its rows at hand.
//!
//! `RECOURSE_ROWS=1000000 RECOURSE_BILL=bill.csv scripts/window-tests.sh measured --ignored` prints the figures of
//! docs/benchmarks.md.

use anyhow::{Context as _, Result, bail};
use recourse_e2e::{Start, Window, assets};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
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
        let script = "const p = document.querySelector('[data-testid=progress]');
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
    let script =
        "const w = window.watched; clearInterval(w.timer); w.over = true; return [w.stall, w.shell];";
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
    let scroll =
        |to: &str| format!("const l = document.querySelector('[data-testid=ledger]'); l.scrollTop = {to};");
    for (what, to) in [("a third down", "l.scrollHeight / 3"), ("two thirds down", "l.scrollHeight * 2 / 3")]
    {
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
        let before: String = window
            .driver
            .execute("return document.querySelector('[data-testid=ledger-sums]')?.innerText ?? ''", vec![])
            .await?
            .convert()?;
        window.driver.execute(script, vec![json!(text)]).await?;
        let question = format!(
            "return (document.querySelector('[data-testid=ledger-sums]')?.innerText ?? '') !== {}",
            json!(before)
        );
        until(&window, &format!("searching {text}"), &question).await?;
    }
    window.shot("long-ledger-search").await?;
    window.click("nav-flags").await?;
    until(&window, "the flags", "return document.querySelectorAll('[data-testid=flag-card]').length > 0")
        .await?;
    let cards: u64 = window
        .driver
        .execute("return document.querySelectorAll('[data-testid=flag-card]').length", vec![])
        .await?
        .convert()?;
    println!("flag cards on the page: {cards}");
    window.shot("long-flags").await?;
    let (app, web) = window.memory();
    println!("at rest: app {} MB, web view {} MB", app >> 20, web >> 20);
    window.close().await?;
    Ok(())
}

/// Rows enough to be seen while they are read by an unoptimised build.
const ROWS: usize = 30_000;

/// An invented bill in the wallet's own layout, its last rows first, as the wallet writes them.
fn long_bill(folder: &Path) -> Result<PathBuf> {
    let mut text = format!(
        "{}\r\n导出信息：\r\n姓名：示例\r\n支付宝账户：138******00\r\n起始时间：[2020-01-01 00:00:00]    终止时间：[2025-12-31 23:59:59]\r\n\
         导出交易类型：[全部]\r\n导出时间：[2026-01-01 09:00:00]\r\n共{ROWS}笔记录\r\n收入：0笔 0.00元\r\n支出：{ROWS}笔 {ROWS}00.00元\r\n不计收支：0笔 0.00元\r\n\
         \r\n------------------------支付宝支付科技有限公司  电子客户回单------------------------\r\n\
         交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\r\n",
        "-".repeat(84)
    );
    for row in (0..ROWS).rev() {
        let (day, hour) = (row / 15, 8 + row % 15);
        let (year, month, day) = (2020 + day / 336, 1 + day % 336 / 28, 1 + day % 28);
        writeln!(
            text,
            "{year}-{month:02}-{day:02} {hour:02}:00:00,餐饮美食,晨光咖啡{},/,拿铁,支出,100.00,余额,交易成功,{year}{month:02}{day:02}22001{row:015}\t,\t,,\r",
            row % 40
        )?;
    }
    let file = folder.join("long.csv");
    std::fs::write(&file, encoding_rs::GB18030.encode(&text).0)?;
    Ok(file)
}

/// Cancels with the page's own button as soon as the progress says `word` and how far it is.
const CANCEL_AT: &str = "const word = arguments[0];
    window.cancelled = false;
    const look = () => { const p = document.querySelector('[data-testid=progress]');
      if (!window.cancelled && p && p.innerText.includes(word) && /[1-9]/.test(p.innerText)) {
        window.cancelled = true; p.querySelector('[data-testid=progress-cancel]').click(); } };
    window.looking = setInterval(look, 1);";

async fn nothing_is_left(window: &Window, when: &str) -> Result<()> {
    let page = window.ask("list", json!({ "query": { "limit": 1 } })).await?;
    assert_eq!(page["total"], 0, "{when}: {page}");
    assert_eq!(window.ask("imports", json!({})).await?, json!([]), "{when}");
    Ok(())
}

#[tokio::test]
async fn a_long_statement_is_stopped_in_each_phase_and_leaves_nothing_behind() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let window = Window::open(Start { files: vec![long_bill(folder.path())?], ..Start::default() }).await?;
    window.create_vault().await?;
    window.click("first-later").await?;
    for word in ["正在读取", "正在与账本核对"] {
        window.click("nav-home").await?;
        window.driver.execute(CANCEL_AT, vec![json!(word)]).await?;
        window.click("choose-files").await?;
        until(
            &window,
            word,
            "return window.cancelled && document.querySelector('[data-testid=progress]') === null",
        )
        .await?;
        assert!(!window.has("plan-file").await?, "{word}: it is over");
        nothing_is_left(&window, word).await?;
        window.driver.execute("clearInterval(window.looking)", vec![]).await?;
    }
    window.click("nav-home").await?;
    window.click("choose-files").await?;
    window.see("plan-file").await?;
    window.driver.execute(CANCEL_AT, vec![json!("正在写入")]).await?;
    window.click("import-execute").await?;
    // The plan is read anew: nothing of the one that was stopped is known.
    until(
        &window,
        "正在写入",
        "return window.cancelled && document.querySelector('[data-testid=plan-file]') !== null",
    )
    .await?;
    nothing_is_left(&window, "正在写入").await?;
    assert!(window.see("import-execute").await?.text().await?.contains("30,000"), "all of it is new again");
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_long_statement_is_stored_behind_another_page_and_its_last_row_is_seen() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let window = Window::open(Start { files: vec![long_bill(folder.path())?], ..Start::default() }).await?;
    window.create_vault().await?;
    window.click("first-file").await?;
    let seen = watch(&window, "plan-file").await?;
    for word in ["已读", "%"] {
        assert!(seen.said.iter().any(|said| said.contains(word)), "{word} is not said: {:?}", seen.said);
    }
    window.click("import-execute").await?;
    // Whoever goes on to another page did not take it back.
    window.click("nav-home").await?;
    window.click("nav-ledger").await?;
    let total =
        "return document.querySelector('[data-testid=ledger-sums]')?.innerText.includes('30,000') ?? false";
    until(&window, "all rows", total).await?;
    assert_eq!(window.ask("list", json!({ "query": { "limit": 1 } })).await?["total"], ROWS);
    window
        .driver
        .execute("const l = document.querySelector('[data-testid=ledger]'); l.focus(); l.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));", vec![])
        .await?;
    let last = "const last = [...document.querySelectorAll('[data-testid=ledger-row]')].at(-1);
        const box = last?.getBoundingClientRect(), table = document.querySelector('[data-testid=ledger]').getBoundingClientRect();
        return last?.querySelector('.what') != null && last.getAttribute('aria-posinset') === '30000' && box.bottom <= table.bottom + 1 && box.top >= table.top";
    until(&window, "the last row", last).await?;
    window.fill("ledger-search", "22001000000000007777").await?;
    until(&window, "one row", "return document.querySelectorAll('[data-testid=ledger-row]').length === 1")
        .await?;
    window.click("nav-flags").await?;
    window.see("flags").await?;
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn the_report_of_an_import_shows_what_its_file_says_and_every_line_that_could_not_be_read() -> Result<()>
{
    let samples = assets().join("../tests/samples/alipay-app");
    let files = ["unreadable-rows.csv", "refunds-utf8.csv"].map(|name| samples.join(name)).to_vec();
    let window = Window::open(Start { files, ..Start::default() }).await?;
    window.create_vault().await?;
    window.click("first-file").await?;
    window.click("import-execute").await?;
    window.see("import-result").await?;
    let imports = window.ask("imports", json!({})).await?;
    let imports: Vec<Value> = imports.as_array().context("a list")?.clone();
    for import in imports {
        let file = import["file"].as_str().context("a name")?;
        window.click("nav-ledger").await?;
        window.click("ledger-import").await?;
        window.see("import-report").await?;
        let open = "[...document.querySelectorAll('[data-testid=import-report]')].find((b) => b.closest('li, article, section, div').innerText.includes(arguments[0])).click()";
        window.driver.execute(open, vec![json!(file)]).await?;
        window.see("report-links").await?;
        let page = window.see("page-report").await?.text().await?;
        assert!(page.contains(file), "{page}");
        let problems = import["problems"].as_array().context("problems")?;
        for (index, problem) in problems.iter().enumerate() {
            let open = "const list = document.querySelector('[data-testid=problem-rows]'); list.focus();
                for (const key of [...(arguments[0] === 0 ? ['Home'] : ['ArrowDown'])]) list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                list.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));";
            window.driver.execute(open, vec![json!(index)]).await?;
            let row = &problem["row"];
            let question = format!(
                "return document.querySelector('[data-testid=problem-line]').innerText.includes('第 {row} 行')"
            );
            until(&window, &format!("{file}, row {row}"), &question).await?;
            let line = window.see("problem-line").await?.text().await?;
            assert!(line.chars().count() > 20, "row {row} of {file} stands as it is: {line}");
        }
        window.shot(&format!("report-{}", file.trim_end_matches(".csv"))).await?;
        if file.starts_with("refunds") {
            window.click("link-example").await?;
            window.see("detail-open-case").await?;
        } else {
            assert_eq!(problems.len(), 7);
            // The file states ten rows and its own sums; ours stand beside them.
            for word in ["10", "¥1.00", "文件写明"] {
                assert!(page.contains(word), "{word}: {page}");
            }
        }
    }
    window.close().await?;
    Ok(())
}
