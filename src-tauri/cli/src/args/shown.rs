//! Words about which flags are shown.

use clap::ValueEnum;
use recourse::detect::{DETECTORS, FlagKind, Sensitivity};

/// quiet, normal or watchful
#[derive(Clone, Copy, ValueEnum)]
pub enum SensitivityWord {
    /// Only what is hardly innocent.
    Quiet,
    /// What is more likely wrong than not.
    Normal,
    /// Hints too.
    Watchful,
}

impl From<SensitivityWord> for Sensitivity {
    fn from(said: SensitivityWord) -> Self {
        match said {
            SensitivityWord::Quiet => Self::Quiet,
            SensitivityWord::Normal => Self::Normal,
            SensitivityWord::Watchful => Self::Watchful,
        }
    }
}

/// One word of `--kind K on|off`.
#[derive(Clone, Copy)]
pub enum KindOrSwitch {
    /// K
    Kind(FlagKind),
    /// on or off
    Switch(bool),
}

/// Reads one word of `--kind K on|off`.
pub fn kind_or_switch(word: &str) -> Result<KindOrSwitch, String> {
    match word {
        "on" => return Ok(KindOrSwitch::Switch(true)),
        "off" => return Ok(KindOrSwitch::Switch(false)),
        _ => {}
    }
    let kinds = DETECTORS.iter().map(|detector| detector.kind);
    let names = || kinds.clone().map(FlagKind::name).collect::<Vec<_>>().join(", ");
    let found = kinds.clone().find(|kind| kind.name() == word).map(KindOrSwitch::Kind);
    found.ok_or_else(|| format!("kinds are {}", names()))
}
