//! Every page under axe-core, in both languages, light and dark: nothing serious is found. Contrast is told by the
//! web view that draws it, so it is asked of the real window.

use anyhow::{Context as _, Result, bail};
use recourse_e2e::{Start, Window, bill};
use serde_json::{Value, json};

/// What the UI's packages bring.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/node_modules/axe-core/axe.min.js");

/// What axe-core found on the page as it stands, one line a finding; with `colours` light and dark.
async fn findings(window: &Window, page: &str, colours: bool) -> Result<Vec<String>> {
    // In the dark only the colours are others, and in another language they are the same.
    let script = "const [colours, done] = arguments;
        const root = document.documentElement, theme = root.dataset.theme;
        const wanted = { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'color-contrast': { enabled: colours } } };
        (async () => {
          const found = [];
          for (const dress of colours ? ['light', 'dark'] : ['light']) {
            root.dataset.theme = dress;
            const asked = dress === 'light' ? wanted : { resultTypes: ['violations'], runOnly: { type: 'rule', values: ['color-contrast'] } };
            for (const { id, impact, nodes } of (await axe.run(document, asked)).violations)
              if (impact === 'serious' || impact === 'critical') for (const node of nodes.slice(0, 3)) found.push(`${dress}: ${impact} ${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`);
          }
          if (theme === undefined) delete root.dataset.theme; else root.dataset.theme = theme;
          done({ found });
        })().catch((error) => done({ error: String(error) }));";
    let answer: Value = window.driver.execute_async(script, vec![json!(colours)]).await?.convert()?;
    let found = answer["found"].as_array().with_context(|| format!("{page}: {answer}"))?;
    Ok(found.iter().filter_map(|line| Some(format!("{page}: {}", line.as_str()?))).collect())
}

/// The page in one language, with axe-core in it.
async fn dressed(window: &Window, lang: &str) -> Result<()> {
    let status = window.ask("status", json!({})).await?;
    let mut settings = status["settings"].clone();
    settings["lang"] = json!(lang);
    window.ask("set_settings", json!({ "settings": settings })).await?;
    window.driver.refresh().await?;
    let axe = std::fs::read_to_string(AXE).context("npm ci brings axe-core")?;
    // What slides and fades has a contrast of its own on its way.
    let still = "const s = new CSSStyleSheet(); s.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, s];";
    window.driver.execute(still, vec![]).await?;
    window.driver.execute(format!("{axe}; window.axe = axe;"), vec![]).await.map(drop)?;
    Ok(())
}

/// Goes to each page in turn and says its name.
const WAYS: [(&str, &[&str], &str); 17] = [
    ("home", &["nav-home"], "page-home"),
    ("ledger", &["nav-ledger"], "ledger-row"),
    ("a transaction", &["ledger-row"], "detail-open-case"),
    ("import and its history", &["nav-home", "nav-ledger", "ledger-import"], "import-report"),
    ("report", &["import-report"], "report-links"),
    ("flags", &["nav-flags"], "flag-card"),
    ("what was learnt", &["flags-learned"], "flags"),
    ("cases", &["nav-cases"], "case-row"),
    ("a case", &["case-row"], "case-call"),
    ("a letter", &["tab-letter"], "letter-text"),
    ("evidence", &["tab-evidence"], "to-capture"),
    ("timeline", &["tab-timeline"], "timeline"),
    ("call desk", &["tab-overview", "case-call"], "script"),
    ("directory", &["nav-directory"], "provider-alipay"),
    ("a provider", &["provider-alipay"], "claims"),
    ("settings", &["nav-settings"], "page-settings"),
    ("trash", &["nav-ledger", "ledger-more", "ledger-trash"], "page-trash"),
];

#[tokio::test]
async fn axe_finds_nothing_serious_on_any_page() -> Result<()> {
    let window = Window::open(Start { files: vec![bill()], ..Start::default() }).await?;
    window.see("first-begin").await?;
    window.ask("enter_demo", json!({})).await?;
    let flags = window.ask("flags", json!({ "all": false })).await?;
    let flag = flags[0]["flag"]["id"].as_str().context("the demo has a flag")?.to_owned();
    let fresh = json!({ "flags": [flag], "transactions": [], "trouble": null, "provider": null, "wishes": [], "story": "" });
    window.ask("case_open", json!({ "fresh": fresh })).await?;
    let mut found = Vec::new();
    for lang in ["zh", "en"] {
        dressed(&window, lang).await?;
        for (page, ways, there) in WAYS {
            for way in ways {
                match *way {
                    // Radio buttons are drawn by their labels.
                    "flags-learned" => window.choose(way).await?,
                    way => window.click(way).await?,
                }
            }
            window.see(there).await?;
            found.extend(findings(&window, &format!("{lang}, {page}"), lang == "zh").await?);
        }
        window.click("nav-home").await?;
        window.click("home-note").await?;
        window.see("note-dialog").await?;
        found.extend(findings(&window, &format!("{lang}, note"), lang == "zh").await?);
    }
    window.close().await?;
    match found.is_empty() {
        true => Ok(()),
        false => bail!("axe-core found\n{}", found.join("\n")),
    }
}
