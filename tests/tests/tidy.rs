//! The house rules, held by reading the tree. Each test says in its failure what to do.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Left out of every walk: made by tools.
const MADE: &[&str] = &["target", "node_modules", ".git", "dist", "gen", "shots", ".stamps", "bindings"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every file under a folder of the tree with one of these endings, by its path from the root, with its text.
fn files(under: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if MADE.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                walk(&path, endings, found);
            } else if endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(under), endings, &mut found);
    found.sort();
    let named = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        // What is no text (icons, samples in GB18030) has no words to hold to a rule.
        fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).map(|text| (name, text))
    };
    found.into_iter().filter_map(named).collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Rust without its tests and comments: what ships. Tests stand at the end of a file, or in files of their own.
fn shipped(source: &str) -> String {
    let code = source.split("\n#[cfg(test)]\n").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// A module of the core: its file and the files beside it, tests left out.
fn module(name: &str) -> Vec<(String, String)> {
    let core = "src-tauri/core/src";
    let (file, folder) = (format!("{core}/{name}.rs"), format!("{core}/{name}/"));
    let ours = |path: &str| path == file || path.starts_with(&folder);
    let tests = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    files(core, &[".rs"])
        .into_iter()
        .filter(|(path, _)| ours(path) && !tests(path))
        .map(|(path, source)| (path, shipped(&source)))
        .collect()
}

/// Whether `word` stands in `text` with no letter, digit or underscore on either side.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(part)
            && !text[at + word.len()..].chars().next().is_some_and(part)
    })
}

fn none(broken: Vec<String>, rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

#[test]
fn the_pure_modules_know_no_vault_no_files_and_no_clock() {
    let forbidden = [
        "crate::vault",
        "crate::app",
        "crate::worker",
        "crate::dial",
        "rusqlite",
        "std::fs",
        "std::env",
        "std::process",
        "std::net",
        "SystemTime",
        "Instant",
        "Utc::now",
        "Local::now",
        "tokio",
        "File::open",
        "println!",
    ];
    let mut broken = Vec::new();
    for name in ["statements", "table", "detect", "case", "call", "directory", "money", "text", "ledger"] {
        let sources = module(name);
        assert!(!sources.is_empty(), "the core has no module {name}: the rule has lost its object");
        for (path, code) in sources {
            for word in forbidden.iter().filter(|word| has_word(&code, word)) {
                broken.push(format!("{path} mentions {word}"));
            }
        }
    }
    none(broken, "bytes and \"now\" are handed in; move what needs more into app, vault or worker");
}

#[test]
fn only_the_vault_speaks_sql_and_only_the_app_opens_it() {
    let mut broken = Vec::new();
    for (path, source) in files("src-tauri/core/src", &[".rs"]) {
        let code = shipped(&source);
        let module = path["src-tauri/core/src/".len()..].split(['/', '.']).next().unwrap().to_owned();
        if has_word(&code, "rusqlite") && module != "vault" {
            broken.push(format!("{path} mentions rusqlite"));
        }
        if has_word(&code, "crate::vault") && !["vault", "app"].contains(&module.as_str()) {
            broken.push(format!("{path} mentions the vault"));
        }
    }
    none(broken, "arrows point one way: app → vault → SQL");
}

#[test]
fn one_file_knows_the_frame() {
    let sources = files("ui/src", &[".ts", ".svelte", ".js"]);
    let knows =
        |(path, source): &(String, String)| source.contains("@tauri-apps") && !path.ends_with(".test.ts");
    let who: Vec<&str> = sources.iter().filter(|file| knows(file)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(who, ["ui/src/lib/backend.ts"], "everything else asks backend.ts");
}

/// Ids and Chinese names of the directory's wallets and banks.
fn providers() -> Vec<(String, String)> {
    let read = |(path, source): (String, String)| {
        let provider: toml::Table = source.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let id = provider["id"].as_str().unwrap().to_owned();
        (id, provider["name"]["zh"].as_str().unwrap().to_owned())
    };
    files("assets/directory", &[".toml"]).into_iter().map(read).collect()
}

#[test]
fn no_provider_is_named_outside_its_own_place() {
    let providers = providers();
    assert!(providers.len() >= 6, "the directory's files were not found");
    let mut places = files("src-tauri", &[".rs"]);
    places.retain(|(path, _)| {
        !path.starts_with("src-tauri/core/src/statements/") && !path.ends_with("/tests.rs")
    });
    places.retain(|(path, _)| !path.contains("/tests/") && path != "src-tauri/core/src/statements.rs");
    places.extend(files("ui/src", &[".ts", ".svelte"]).into_iter().filter(|(path, _)| {
        // The fake is a test's: it plays a ledger.
        !path.ends_with(".test.ts") && !path.contains("/fake/") && !path.ends_with(".fake.ts")
    }));
    let mut broken = Vec::new();
    for (path, source) in places {
        let code = shipped(&source);
        for (id, name) in &providers {
            let quoted = [format!("\"{id}\""), format!("'{id}'")].iter().any(|quoted| code.contains(quoted));
            // A card scheme's mark on a card is no provider: it stands beside visa and mastercard.
            if id == "unionpay" && path.ends_with("directory/matching.rs") {
                continue;
            }
            if quoted || code.contains(name.as_str()) {
                broken.push(format!("{path} names {id} ({name})"));
            }
        }
    }
    none(broken, "what is particular to a provider is data in assets, or stands in its own statement file");
}

/// `async fn name(` after each `#[command]`.
fn commands_written() -> BTreeSet<String> {
    let sources = commands();
    let after = sources.iter().flat_map(|source| source.split("#[command]").skip(1));
    after.map(|rest| rest.split("fn ").nth(1).unwrap().split('(').next().unwrap().to_owned()).collect()
}

/// `commands.rs` and the files beside it.
fn commands() -> Vec<String> {
    let mut sources = vec![text("src-tauri/src/commands.rs")];
    sources.extend(files("src-tauri/src/commands", &[".rs"]).into_iter().map(|(_, source)| source));
    sources
}

#[test]
fn the_commands_are_the_same_on_both_sides() {
    let source = text("src-tauri/src/commands.rs");
    let list = source.split("generate_handler![").nth(1).unwrap().split(']').next().unwrap();
    let listed: BTreeSet<String> = list
        .split(',')
        .map(|name| name.trim().rsplit("::").next().unwrap().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let door = text("ui/src/lib/backend.ts");
    let asked: BTreeSet<String> = door
        .split("invoke<")
        .skip(1)
        .map(|rest| rest.split("(\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
        .collect();
    let written = commands_written();
    assert!(written.len() > 40, "only {} commands were found: the rule has lost its object", written.len());
    assert_eq!(written, listed, "commands.rs: every command is listed, and only commands are");
    assert_eq!(written, asked, "commands.rs and backend.ts name the same commands");
}

#[test]
fn a_command_decides_nothing() {
    let mut broken = Vec::new();
    for part in commands().iter().flat_map(|source| source.split("#[command]").skip(1)) {
        let name = part.split("fn ").nth(1).unwrap().split('(').next().unwrap();
        let whole = part.split("\n}\n").next().unwrap();
        // The body begins after the signature's own last line.
        let body = whole.lines().skip_while(|line| !line.ends_with('{')).skip(1).count();
        if body > 10 {
            broken.push(format!("{name}: {body} lines"));
        }
    }
    none(broken, "a command's body has one to three lines and never more than ten");
}

#[test]
fn texts_of_statements_never_become_markup() {
    let mut broken = Vec::new();
    for (path, source) in files("ui/src", &[".ts", ".svelte", ".html"]) {
        for word in [
            "{@html",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ] {
            if source.contains(word) {
                broken.push(format!("{path} uses {word}"));
            }
        }
    }
    none(broken, "what comes from a file is shown as text");
}

#[test]
fn no_file_is_too_long_to_be_understood() {
    let mut broken = Vec::new();
    let mut rust = files("src-tauri", &[".rs"]);
    rust.extend(files("tests/src", &[".rs"]));
    for (path, source) in rust {
        let lines = source.split("\n#[cfg(test)]\nmod ").next().unwrap().lines().count();
        if lines > 400 && !path.ends_with("/tests.rs") && !path.contains("/tests/") {
            broken.push(format!("{path}: {lines} lines without tests, 400 at most"));
        }
    }
    for (path, source) in files("ui/src", &[".svelte"]) {
        let lines = source.lines().count();
        if lines > 300 {
            broken.push(format!("{path}: {lines} lines, 300 at most"));
        }
    }
    none(broken, "look for the seam");
}

/// `CallPlan`, `call_plan` and `call-plan` alike, in words.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if matches!(c, '_' | '-' | '.') || (c.is_uppercase() && !words.last().unwrap().is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().unwrap().push(c.to_ascii_lowercase());
        }
    }
    words
}

#[test]
fn names_say_what_a_thing_is() {
    let empty = [
        "manager",
        "service",
        "helper",
        "helpers",
        "util",
        "utils",
        "processor",
        "handler",
        "data",
        "info",
        "common",
    ];
    let says_nothing = |name: &str| words(name).iter().any(|word| empty.contains(&word.as_str()));
    let mut broken = Vec::new();
    let mut sources = files("src-tauri", &[".rs"]);
    sources.extend(files("tests", &[".rs"]));
    sources.extend(files("ui/src", &[".ts", ".svelte"]));
    for (path, source) in sources {
        let stem = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        if says_nothing(&stem) {
            broken.push(path.clone());
        }
        for line in source.lines() {
            let line = line.trim_start().trim_start_matches("export ").trim_start_matches("pub ");
            let line = line.trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ");
            let mut parts =
                line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|part| !part.is_empty());
            let kind = parts.next().unwrap_or_default();
            let name = parts.next().unwrap_or_default();
            if ["struct", "enum", "trait", "type", "mod", "class", "interface"].contains(&kind)
                && says_nothing(name)
            {
                broken.push(format!("{path}: {kind} {name}"));
            }
        }
    }
    none(broken, "a thing that only such a name fits stands in the wrong place");
}

#[test]
fn modules_stand_beside_their_folders() {
    let stray = files("src-tauri", &["mod.rs"]).into_iter().chain(files("tests", &["mod.rs"]));
    none(
        stray.map(|(path, _)| path).filter(|path| path.ends_with("/mod.rs")).collect(),
        "foo.rs beside foo/",
    );
}

#[test]
fn migrations_only_grow() {
    let found = files("src-tauri/core/migrations", &[".sql"]);
    assert!(!found.is_empty(), "the migrations were not found");
    let list = text("tests/golden/migrations.txt");
    let mut known = list.lines().filter(|line| !line.is_empty());
    for (number, (path, source)) in found.iter().enumerate() {
        let name = path.rsplit('/').next().unwrap();
        assert!(
            name.starts_with(&format!("{:04}_", number + 1)),
            "{name}: migrations are numbered without gaps"
        );
        let line = format!("{} {name}", sha256(source.as_bytes()));
        let expected = known.next();
        assert_eq!(
            expected,
            Some(line.as_str()),
            "a published migration never changes; a new one adds its line to tests/golden/migrations.txt"
        );
    }
    assert_eq!(known.next(), None, "a published migration was removed");
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn no_machine_and_no_mirror_is_written_down() {
    // Put together here, so that this file does not break its own rule.
    let machine: Vec<String> = ["home", "root", "work", "Users"]
        .iter()
        .map(|folder| format!("/{folder}/"))
        .chain([format!("/{}/", "tmp/wt")])
        .collect();
    let hosts: Vec<String> = ["crates.", "static.crates.", "index.crates."]
        .iter()
        .map(|host| format!("{host}io/"))
        .chain(["npmmirror", "registry.npmjs"].iter().map(|host| format!("{host}.")))
        .collect();
    let mut broken = Vec::new();
    for (path, source) in files("", &[]) {
        if path.ends_with("Cargo.lock") {
            let strange = source.lines().filter(|line| line.starts_with("source = "));
            let ours = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
            broken.extend(strange.filter(|line| *line != ours).map(|line| format!("{path}: {line}")));
        } else if path.ends_with("package-lock.json") {
            let resolved = source.lines().filter(|line| line.contains("\"resolved\""));
            broken.extend(resolved.map(|line| format!("{path}: {}", line.trim())));
        } else {
            let found = machine.iter().chain(&hosts).filter(|word| mentions(&source, word));
            broken.extend(found.map(|word| format!("{path}: {word}")));
        }
    }
    none(broken, "the tree is the same on every machine");
}

/// A path counts where it begins a path, so that `src/work/x` is none.
fn mentions(source: &str, word: &str) -> bool {
    if !word.starts_with('/') {
        return source.contains(word);
    }
    let before = |at: usize| source[..at].chars().next_back();
    source
        .match_indices(word)
        .any(|(at, _)| !before(at).is_some_and(|c| c.is_alphanumeric() || "._-/~*".contains(c)))
}

#[test]
fn the_window_keeps_its_fences() {
    let config: serde_json::Value = serde_json::from_str(&text("src-tauri/tauri.conf.json")).unwrap();
    let app = &config["app"];
    assert_eq!(
        app["security"]["csp"],
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
         connect-src ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    assert_eq!(app["security"]["freezePrototype"], true);
    assert_eq!(app["withGlobalTauri"], false);
    assert!(app["security"].get("devCsp").is_none());
    assert!(app["security"].get("assetProtocol").is_none());
    assert!(app["security"].get("dangerousDisableAssetCspModification").is_none());
    assert_eq!(app["windows"].as_array().unwrap().len(), 1);
    let window = &app["windows"][0];
    assert_eq!((&window["width"], &window["height"]), (&1180.into(), &780.into()));
    assert_eq!((&window["minWidth"], &window["minHeight"]), (&900.into(), &600.into()));
    assert!(config.get("plugins").is_none(), "no plugin is opened to the web view by configuration");
}

#[test]
fn the_web_view_may_only_listen() {
    let found = files("src-tauri/capabilities", &[".json", ".toml"]);
    let names: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names, ["src-tauri/capabilities/main.json"]);
    let capability: serde_json::Value = serde_json::from_str(&found[0].1).unwrap();
    assert_eq!(
        capability["permissions"],
        serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"]),
        "dialogs, links, files and the clipboard are opened by Rust"
    );
    assert!(capability.get("remote").is_none(), "no page from elsewhere is given anything");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
}

#[test]
fn the_shell_asks_for_no_developer_tools_and_no_opener() {
    let manifest: toml::Table = text("src-tauri/Cargo.toml").parse().unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap();
    for absent in
        ["tauri-plugin-shell", "tauri-plugin-opener", "tauri-plugin-fs", "tauri-plugin-http", "reqwest"]
    {
        assert!(!dependencies.contains_key(absent), "{absent}");
    }
    let features = dependencies["tauri"]["features"].as_array().unwrap();
    assert!(!features.iter().any(|feature| feature.as_str() == Some("devtools")));
}

#[test]
fn the_borders_index_lists_every_type() {
    let folder = root().join("ui/src/lib/bindings");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".ts").map(str::to_owned))
        .filter(|name| name != "index")
        .collect();
    names.sort();
    let expected: String =
        names.iter().map(|name| format!("export type {{ {name} }} from \"./{name}\";\n")).collect();
    assert!(text("ui/src/lib/bindings/index.ts") == expected, "run scripts/bindings.sh");
}

#[test]
fn the_rules_themselves_find_what_they_look_for() {
    assert!(has_word("use std::fs;", "std::fs") && !has_word("use std::fsx;", "std::fs"));
    assert_eq!(shipped("fn a() {}\n// std::fs\n#[cfg(test)]\nmod tests { std::fs }"), "fn a() {}");
    assert_eq!(words("CallPlan"), ["call", "plan"]);
    assert_eq!(words("date_service"), ["date", "service"]);
    assert!(mentions("see /x/y", "/x/") && !mentions("a/x/y", "/x/"));
}
