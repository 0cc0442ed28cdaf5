//! The command line at work on a vault and a few files in a folder of their own.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// A vault of its own, and files beside it.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// An empty vault, and these files by name and text.
    pub fn new(files: &[(&str, String)]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.run(&["vault", "create"]);
        for (name, text) in files {
            std::fs::write(desk.path(name), text).unwrap();
        }
        desk
    }

    /// Where a file of this name lies.
    pub fn path(&self, name: &str) -> String {
        Path::new(self.folder.path()).join(name).display().to_string()
    }

    /// One JSON value a line.
    pub fn run(&self, args: &[&str]) -> Vec<Value> {
        let output = Command::new(env!("CARGO_BIN_EXE_recourse"))
            .args(["--json", "--now", "2026-05-01T16:30:00+08:00", "--vault", &self.path("vault")])
            .args(args)
            .env("RECOURSE_PASSPHRASE", "一口唐山话 42")
            .env("RECOURSE_KDF", "low")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{args:?}: {text} {}", String::from_utf8_lossy(&output.stderr));
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
