//! A real window for a test: its own bus, its own folders, its own stand-in for a telephone.
//!
//! `scripts/window-tests.sh` brings the X server, the window manager and the built app. WebKitWebDriver drives the
//! web view; what stands between the tests and the system's dialogs is said in `src-tauri/src/surroundings.rs`.

pub mod drop;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// How long a page may take on a busy machine before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(50);

/// What the vaults of the tests open with.
pub const PASSPHRASE: &str = "correct horse battery staple 申诉";

/// The demo statement, written as Alipay writes its own: GB18030, CRLF, tabs after the numbers.
pub fn bill() -> PathBuf {
    assets().join("demo/alipay-demo.csv")
}

/// What the app is built with.
pub fn assets() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets")).canonicalize().expect("it is in the tree")
}

/// A window with all that belongs to it. Dropping it ends its processes.
pub struct Window {
    // Ended first: a driver that is dropped waits long for a session that does not answer.
    session: Session,
    /// The driver, for what the methods below do not say.
    pub driver: WebDriver,
    home: TempDir,
}

/// What a window starts with.
#[derive(Default)]
pub struct Start {
    /// What the file dialog will answer.
    pub files: Vec<PathBuf>,
    /// Whether the system has a program for `tel:` links.
    pub telephone: bool,
    /// `zh_CN.UTF-8` where empty.
    pub locale: String,
    /// An earlier window's folders, to open its vault again.
    pub home: Option<TempDir>,
}

impl Window {
    /// Opens the app.
    ///
    /// # Errors
    /// The environment is not the one `scripts/window-tests.sh` makes, or the window does not come up.
    pub async fn open(start: Start) -> Result<Self> {
        let app =
            std::env::var("RECOURSE_APP").context("run scripts/window-tests.sh: it names the built app")?;
        let home = match start.home {
            Some(home) => home,
            None => tempfile::tempdir()?,
        };
        if start.telephone {
            connect_telephone(home.path())?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let locale = if start.locale.is_empty() { "zh_CN.UTF-8" } else { &start.locale };
        let session = Command::new("dbus-run-session")
            .args(["--", "WebKitWebDriver", "--host=127.0.0.1", &format!("--port={port}")])
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .env("XDG_STATE_HOME", home.path().join("state"))
            .env("RECOURSE_DATA_DIR", home.path().join("vault"))
            .env("RECOURSE_TEST_INSTANCE", "1")
            .env("RECOURSE_TEST_FILES", std::env::join_paths(&start.files)?)
            .env("LANG", locale)
            .env("LC_ALL", locale)
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env_remove("XDG_CURRENT_DESKTOP")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("dbus-run-session and WebKitWebDriver are needed: run scripts/setup.sh test")?;
        let session = Session(session);
        let mut wanted = Capabilities::new();
        wanted.set("webkitgtk:browserOptions", json!({ "binary": app, "args": [] }))?;
        let driver = connect(port, wanted).await?;
        Ok(Self { driver, session, home })
    }

    /// Closes the window and gives its folders back.
    ///
    /// # Errors
    /// The window was gone already.
    pub async fn close(self) -> Result<TempDir> {
        let Self { driver, session, home } = self;
        driver.quit().await?;
        std::mem::drop(session);
        Ok(home)
    }

    /// The element with this `data-testid`, once it is shown.
    ///
    /// # Errors
    /// It is not there in time.
    pub async fn see(&self, testid: &str) -> Result<WebElement> {
        let until = Instant::now() + PATIENCE;
        let query = self.driver.query(By::Testid(testid)).ignore_errors(true).nowait().and_displayed();
        loop {
            match query.first().await {
                Ok(found) => return Ok(found),
                Err(error) if Instant::now() > until => {
                    return self.lost(&format!("'{testid}' is not on the page: {error}")).await;
                }
                // A list that is drawn anew replaces what was just found, and the query ends at that: look again.
                Err(_) => tokio::time::sleep(GLANCE).await,
            }
        }
    }

    /// Clicks it once it can be clicked.
    ///
    /// # Errors
    /// It is not there, stays disabled or is covered.
    pub async fn click(&self, testid: &str) -> Result<()> {
        // What is drawn anew between being seen and being clicked is looked for again.
        const TRIES: usize = 3;
        for _ in 0..TRIES {
            let element = self.see(testid).await?;
            let clickable = element.wait_until().wait(PATIENCE, GLANCE).clickable().await;
            if clickable.is_ok() && element.click().await.is_ok() {
                return Ok(());
            }
        }
        self.lost(&format!("'{testid}' stays disabled or cannot be clicked")).await
    }

    /// Ends the test with a picture of what is there instead.
    async fn lost<T>(&self, why: &str) -> Result<T> {
        self.shot("lost").await?;
        bail!("{why}: see lost.png among the pictures")
    }

    /// Takes one of a few choices side by side: the radio button itself is drawn by its label.
    ///
    /// # Errors
    /// It is not there in time.
    pub async fn choose(&self, testid: &str) -> Result<()> {
        let query = self.driver.query(By::Testid(testid)).wait(PATIENCE, GLANCE);
        let radio = query.first().await.with_context(|| format!("'{testid}' is not on the page"))?;
        Ok(self.driver.execute("arguments[0].click()", vec![radio.to_json()?]).await.map(drop)?)
    }

    /// Types into it.
    ///
    /// # Errors
    /// It is not there or takes no text.
    pub async fn fill(&self, testid: &str, text: &str) -> Result<()> {
        let element = self.see(testid).await?;
        element.send_keys(text).await.with_context(|| format!("'{testid}' takes no text"))
    }

    /// Whether it is on the page now.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn has(&self, testid: &str) -> Result<bool> {
        Ok(!self.driver.find_all(By::Testid(testid)).await?.is_empty())
    }

    /// Asks the shell as the pages do; the answer, or the error's value.
    ///
    /// # Errors
    /// The command failed.
    pub async fn ask(&self, command: &str, arguments: Value) -> Result<Value> {
        let script = "const [command, given, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, given)
              .then((value) => done({ value: value ?? null }), (error) => done({ error }));";
        let answer = self.driver.execute_async(script, vec![json!(command), arguments]).await?;
        let answer: Value = answer.convert()?;
        match answer.get("error") {
            Some(error) => bail!("{command}: {error}"),
            None => Ok(answer["value"].clone()),
        }
    }

    /// A picture of the page, for the eye: `shots/NAME.png`.
    ///
    /// # Errors
    /// It cannot be taken or written.
    pub async fn shot(&self, name: &str) -> Result<()> {
        let folder = std::env::var_os("RECOURSE_SHOTS").map_or_else(|| PathBuf::from("shots"), PathBuf::from);
        std::fs::create_dir_all(&folder)?;
        // What slides in has slid in.
        tokio::time::sleep(Duration::from_millis(350)).await;
        // From the X server: the driver's own pictures wait for a compositor that is not there.
        let window = shown()?.to_string();
        let picture = folder.join(format!("{name}.png"));
        let taken = Command::new("import").args(["-window", &window]).arg(&picture).status()?;
        if taken.success() { Ok(()) } else { bail!("the window's picture could not be taken") }
    }

    /// Drops these files on the middle of the window.
    ///
    /// # Errors
    /// No window is shown, or it does not take them.
    pub fn drop(&self, files: &[&Path]) -> Result<()> {
        drop::files(shown()?, files)
    }

    /// From the first page to a vault of one's own, its recovery code confirmed.
    ///
    /// # Errors
    /// A page on the way does not come.
    pub async fn create_vault(&self) -> Result<()> {
        self.choose("lang-zh").await?;
        self.shot("first-start").await?;
        self.click("first-begin").await?;
        self.fill("passphrase", PASSPHRASE).await?;
        self.fill("passphrase-again", PASSPHRASE).await?;
        self.click("create").await?;
        let code = self.see("recovery-code").await?;
        self.shot("recovery-code").await?;
        let mut groups = Vec::new();
        for group in code.find_all(By::Tag("li")).await? {
            // The group's number stands before it.
            let text = group.text().await?;
            groups.push(text.chars().skip(text.chars().count().saturating_sub(5)).collect::<String>());
        }
        let asked = self.see("recovery-confirm").await?;
        let which: usize = asked.attr("data-group").await?.context("no group is asked for")?.parse()?;
        let group = groups.get(which.wrapping_sub(1)).context("a group is asked for that is not shown")?;
        self.fill("recovery-confirm", group).await?;
        self.click("recovery-next").await?;
        self.see("first-file").await.map(std::mem::drop)
    }

    /// What the telephone was given, line by line, once it was given anything.
    ///
    /// # Errors
    /// It was given nothing in time.
    pub async fn dialled(&self) -> Result<Vec<String>> {
        let until = Instant::now() + PATIENCE;
        loop {
            let calls = self.calls();
            if !calls.is_empty() {
                return Ok(calls);
            }
            if Instant::now() > until {
                bail!("the telephone was given nothing");
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// What the telephone has been given so far.
    pub fn calls(&self) -> Vec<String> {
        let given = std::fs::read_to_string(self.home.path().join("dialled")).unwrap_or_default();
        given.lines().map(str::to_owned).collect()
    }

    /// Bytes in memory: of the app with its reading process, and of the web view's processes.
    pub fn memory(&self) -> (u64, u64) {
        let mark = format!("RECOURSE_DATA_DIR={}", self.vault().display());
        let read = |id: u32, name: &str| std::fs::read(format!("/proc/{id}/{name}")).unwrap_or_default();
        let fields = |id, name| String::from_utf8_lossy(&read(id, name)).into_owned();
        let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let all: Vec<u32> = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
        let named = |id, name: &str| fields(id, "comm").starts_with(name);
        let marked = |id| read(id, "environ").split(|byte| *byte == 0).any(|word| word == mark.as_bytes());
        let resident = |id| -> u64 {
            let pages = fields(id, "statm").split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
            pages.unwrap_or(0) * 4096
        };
        let ours: Vec<u32> = all.iter().copied().filter(|id| marked(*id)).collect();
        let app: Vec<u32> = ours.iter().copied().filter(|id| named(*id, "recourse")).collect();
        // The reading process starts with an empty environment: its parent tells whose it is.
        let parent =
            |id| fields(id, "stat").rsplit(')').next()?.split_whitespace().nth(1)?.parse::<u32>().ok();
        let readers =
            all.iter().copied().filter(|id| parent(*id).is_some_and(|parent| app.contains(&parent)));
        let readers: u64 = readers.filter(|id| named(*id, "recourse")).map(resident).sum();
        let web = ours.iter().copied().filter(|id| named(*id, "WebKitWeb")).map(resident).sum();
        (app.iter().copied().map(resident).sum::<u64>() + readers, web)
    }

    /// Where the vault lies.
    pub fn vault(&self) -> PathBuf {
        self.home.path().join("vault")
    }
}

/// The app's window, as the X server counts them.
fn shown() -> Result<u32> {
    let found = Command::new("xdotool").args(["search", "--onlyvisible", "--class", "recourse"]).output()?;
    let windows = String::from_utf8(found.stdout)?;
    Ok(windows.lines().last().context("no window is shown")?.parse()?)
}

/// The bus, the driver and the app: the group of processes made for them. It ends with the test.
struct Session(Child);

impl Drop for Session {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // They may have ended by themselves.
        let _ = Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

async fn connect(port: u16, wanted: Capabilities) -> Result<WebDriver> {
    let address = format!("http://127.0.0.1:{port}");
    let until = Instant::now() + PATIENCE;
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            bail!("WebKitWebDriver does not listen");
        }
        tokio::time::sleep(GLANCE).await;
    }
    WebDriver::new(&address, wanted).await.context("the app's window does not come up")
}

/// A program for `tel:` links that writes down what it is given.
fn connect_telephone(home: &Path) -> Result<()> {
    let program = home.join("telephone");
    let taken = home.join("dialled");
    std::fs::write(&program, format!("#!/bin/sh\nprintf '%s\\n' \"$*\" >> '{}'\n", taken.display()))?;
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))?;
    let applications = home.join("data/applications");
    std::fs::create_dir_all(&applications)?;
    std::fs::create_dir_all(home.join("config"))?;
    std::fs::write(
        applications.join("telephone.desktop"),
        format!(
            "[Desktop Entry]\nType=Application\nName=Telephone\nExec={} %u\nMimeType=x-scheme-handler/tel;\n",
            program.display()
        ),
    )?;
    std::fs::write(
        home.join("config/mimeapps.list"),
        "[Default Applications]\nx-scheme-handler/tel=telephone.desktop\n",
    )?;
    Ok(())
}
