//! The words of the command line.

mod shown;

pub use shown::{KindOrSwitch, SensitivityWord};

use clap::{Args, Parser, Subcommand, ValueEnum};
use recourse::statements::DateOrder;
use std::path::PathBuf;

/// 申诉台 — what is wrong on my wallet, why, and whom to call. Everything stays on this machine.
#[derive(Parser)]
#[command(name = "recourse", version, about, max_term_width = 100)]
pub struct Cli {
    /// The vault's folder [default: the platform's data folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub vault: Option<PathBuf>,
    /// The language of texts
    #[arg(long, global = true, value_enum, default_value = "zh")]
    pub lang: Language,
    /// Replaces the clock (reports, tests)
    #[arg(long, global = true, value_name = "RFC3339")]
    pub now: Option<String>,
    /// JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// dmy or mdy
#[derive(Clone, Copy, ValueEnum)]
pub enum DayOrMonth {
    /// 01/03 is the first of March
    Dmy,
    /// 03/01 is the first of March
    Mdy,
    /// 26/03/01 is the first of March
    Ymd,
}

impl From<DayOrMonth> for DateOrder {
    fn from(said: DayOrMonth) -> Self {
        match said {
            DayOrMonth::Dmy => Self::Dmy,
            DayOrMonth::Mdy => Self::Mdy,
            DayOrMonth::Ymd => Self::Ymd,
        }
    }
}

/// zh or en
/// Which way money went.
#[derive(Clone, Copy, ValueEnum)]
pub enum Way {
    Out,
    In,
}

/// A language.
#[derive(Clone, Copy, ValueEnum)]
pub enum Language {
    /// 简体中文
    Zh,
    /// English
    En,
}

/// One thing to do.
#[derive(Subcommand)]
pub enum Command {
    /// The encrypted store
    #[command(subcommand)]
    Vault(VaultCommand),
    /// Read statements: all of the files, or nothing
    Import {
        /// Statement files, or ZIPs of them
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The code the wallet sent for the ZIP
        #[arg(long, value_name = "CODE")]
        password: Option<String>,
        /// Take this format instead of recognising one
        #[arg(long = "as", value_name = "FORMAT")]
        format: Option<String>,
        /// Whether the day or the month comes first, where the dates read either way
        #[arg(long, value_name = "dmy|mdy", value_enum)]
        dates: Option<DayOrMonth>,
        /// Read a table that no format knows by this mapping, a file exported from the window
        #[arg(long, value_name = "FILE.json", conflicts_with = "format")]
        map: Option<PathBuf>,
        /// Say which flags came and went with it
        #[arg(long)]
        flags: bool,
    },
    /// Log by hand, or paste a bank or wallet message
    Note(NoteArgs),
    /// The ledger, newest first
    List {
        /// Chinese, pinyin, initials, amount or order number
        #[arg(long, default_value = "")]
        search: String,
        /// First day, YYYY-MM-DD
        #[arg(long, value_name = "D")]
        from: Option<chrono::NaiveDate>,
        /// Last day
        #[arg(long, value_name = "D")]
        to: Option<chrono::NaiveDate>,
    },
    /// What is worth a look, most serious first
    Flags {
        /// Answered ones too
        #[arg(long)]
        all: bool,
    },
    /// What you say of a flag
    Verdict {
        /// Its id
        flag: String,
        /// mine: it was me; pursue: I want it looked into; none: take back what I said
        verdict: VerdictWord,
    },
    /// What was learnt from your verdicts, and what it quietens or raises now
    Learned,
    /// Which kinds of flags are shown, and how readily; without options what is set
    Settings {
        /// quiet: only what is hardly innocent; normal; watchful: hints too
        #[arg(long, value_name = "S", value_enum)]
        sensitivity: Option<SensitivityWord>,
        /// Switch a kind on or off, e.g. --kind unexpected-fee off; may be repeated
        #[arg(long, num_args = 2, value_names = ["K", "on|off"], value_parser = shown::kind_or_switch)]
        kind: Vec<KindOrSwitch>,
    },
    /// Disputes
    #[command(subcommand)]
    Case(CaseCommand),
    /// Whom to call now, when, and what to say
    Call {
        /// A case's number, or a provider
        #[arg(value_name = "CASE|PROVIDER")]
        about: String,
        /// Hand the number to the system's telephone program
        #[arg(long)]
        dial: bool,
        /// Write a QR code to scan with the phone
        #[arg(long, value_name = "FILE.svg")]
        qr: Option<PathBuf>,
        /// Write down how long you waited on the first line just now; it says when it is calmer
        #[arg(long, value_name = "MINUTES")]
        waited: Option<u32>,
    },
    /// What can honestly be said of a number
    CheckNumber {
        /// Anything: a number, a message, a tel: link
        #[arg(allow_hyphen_values = true)]
        number: String,
        /// What the caller wanted: code, screen, safe-account, unfreeze-fee, cancel-cover, refund-link
        #[arg(long, value_name = "WORDS", value_delimiter = ',')]
        asked: Vec<String>,
    },
    /// For benchmarks: score every row of many ledgers; no vault
    Score {
        /// CSV or CSV.gz with the columns user, tx_id, time, payee, amount and more
        #[arg(value_name = "LEDGERS.csv")]
        ledgers: PathBuf,
        /// What users told the app: user, time, payee, item, what
        #[arg(long, value_name = "NOTES.csv")]
        notes: Option<PathBuf>,
        /// Whose kinds are written: of flags shown at this sensitivity
        #[arg(long, value_name = "S", value_enum, default_value = "normal")]
        sensitivity: SensitivityWord,
        /// What never came counts as at the end of each ledger, not as on the day of the row
        #[arg(long)]
        in_the_end: bool,
    },
    /// The directory with its sources
    Providers {
        /// One provider, by id or name
        provider: Option<String>,
    },
    /// Which edition of the directory is in use; a newer one comes as a signed pack
    Directory {
        /// Take this pack into use, if its signature is right and it is newer
        #[arg(long, value_name = "FILE", conflicts_with = "remove")]
        install: Option<PathBuf>,
        /// Go back to the directory that ships with the program
        #[arg(long)]
        remove: bool,
    },
}

/// mine, pursue or none
#[derive(Clone, Copy, ValueEnum)]
pub enum VerdictWord {
    /// It was me.
    Mine,
    /// I want it looked into.
    Pursue,
    /// I take back what I said.
    None,
}

/// The encrypted store.
#[derive(Subcommand)]
pub enum VaultCommand {
    /// Create it; prints the recovery code once
    Create,
    /// Write everything into one encrypted file
    Backup {
        /// The file
        file: PathBuf,
    },
    /// Put a backup in place; the vault there is kept beside it
    Restore {
        /// The file
        file: PathBuf,
    },
    /// Look for damage
    Check,
    /// Another passphrase (the new one from RECOURSE_NEW_PASSPHRASE or a prompt)
    Passphrase,
}

/// A note's parts.
#[derive(Args)]
pub struct NoteArgs {
    /// Write on a transaction of the ledger instead: its number. --text says what, e.g. 已取消自动续费
    #[arg(long, value_name = "T", requires = "text", conflicts_with_all = ["paste", "at", "amount", "counterparty"])]
    pub on: Option<i64>,
    /// Wallet or bank, by id or name
    #[arg(long, value_name = "P")]
    pub provider: Option<String>,
    /// When: RFC 3339, or YYYY-MM-DD HH:MM in China
    #[arg(long, value_name = "T", required_unless_present_any = ["paste", "on"])]
    pub at: Option<String>,
    /// How much, e.g. 128.00
    #[arg(long, value_name = "A", required_unless_present_any = ["paste", "on"])]
    pub amount: Option<String>,
    /// To whom
    #[arg(long, value_name = "C", required_unless_present_any = ["paste", "on"])]
    pub counterparty: Option<String>,
    /// How it was paid, e.g. 招商银行信用卡(1234)
    #[arg(long, value_name = "M")]
    pub method: Option<String>,
    /// What looks wrong
    #[arg(long)]
    pub text: Option<String>,
    /// out or in, where a pasted message does not say it
    #[arg(long, value_name = "D")]
    pub direction: Option<Way>,
    /// A bank's or wallet's message, as it came; the other options stand in for what it does not say
    #[arg(long, value_name = "TEXT")]
    pub paste: Option<String>,
    /// Say which flags came and went with it
    #[arg(long)]
    pub flags: bool,
}

/// Disputes.
#[derive(Subcommand)]
pub enum CaseCommand {
    /// Open one from flags or transactions
    Open {
        /// A flag's id
        #[arg(long, value_name = "F")]
        flag: Vec<String>,
        /// A transaction's id
        #[arg(long, value_name = "T")]
        transaction: Vec<i64>,
        /// unknown-transaction, payment-scam (you paid, because somebody told you to), duplicate-charge,
        /// refund-missing, failed-but-debited, account-frozen, subscription-change, trial-turned-paid, unexpected-fee,
        /// currency-overcharge, wrong-payee (you paid, by a slip), hold-not-released, balance-mismatch, unclear-payment
        /// (not clear yet; the default where a flag does not say who paid)
        #[arg(long, value_name = "K")]
        kind: Option<String>,
        /// A provider, for a case without a transaction
        #[arg(long, value_name = "P")]
        provider: Option<String>,
        /// What happened, in your words
        #[arg(long)]
        text: Option<String>,
    },
    /// All cases
    List,
    /// One case
    Show {
        /// Its number
        case: i64,
    },
    /// Add what happened
    Add {
        /// Its number
        case: i64,
        /// What happened
        #[command(flatten)]
        event: Box<EventArgs>,
    },
    /// Close it
    Close {
        /// Its number
        case: i64,
        /// settled, partly, refused, mine, dropped
        #[arg(long, default_value = "settled")]
        outcome: String,
        /// What came back
        #[arg(long, value_name = "A")]
        recovered: Option<String>,
    },
    /// The facts on one page
    Brief {
        /// Its number
        case: i64,
    },
    /// A letter
    Letter {
        /// Its number
        case: i64,
        /// To whom
        #[arg(long)]
        to: AddresseeWord,
    },
    /// All documents and evidence into a new folder
    Export {
        /// Its number
        case: i64,
        /// Inside this folder
        dir: PathBuf,
    },
}

/// merchant, wallet, bank, regulator or police
#[derive(Clone, Copy, ValueEnum)]
pub enum AddresseeWord {
    /// 情况说明 to the merchant
    Merchant,
    /// 情况说明 to the wallet
    Wallet,
    /// 情况说明 to the card's issuer
    Bank,
    /// 投诉书 to the regulator
    Regulator,
    /// 报案材料 for the police
    Police,
}

/// What happened in a case.
#[derive(Args)]
pub struct EventArgs {
    /// A remark
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// A call: what was said
    #[arg(long, value_name = "SAID")]
    pub call: Option<String>,
    /// An answer: what it says
    #[arg(long, value_name = "TEXT")]
    pub answer: Option<String>,
    /// A letter went out: how
    #[arg(long, value_name = "HOW")]
    pub sent: Option<String>,
    /// A step of the playbook is done
    #[arg(long, value_name = "STEP")]
    pub done: Option<String>,
    /// Another thing went wrong than the case was opened for: the kinds of `case open`
    #[arg(long, value_name = "K")]
    pub kind: Option<String>,
    /// Keep a file as evidence
    #[arg(long, value_name = "FILE")]
    pub attach: Option<PathBuf>,
    /// A number that called or texted, or the whole message
    #[arg(long, value_name = "TEXT")]
    pub caller: Option<String>,
    /// What that caller wanted: code, screen, safe-account, unfreeze-fee, cancel-cover, refund-link
    #[arg(long, value_name = "WORDS", value_delimiter = ',', requires = "caller")]
    pub asked: Vec<String>,
    /// With whom [default: the case's provider]
    #[arg(long, value_name = "P")]
    pub provider: Option<String>,
    /// Who answered (工号)
    #[arg(long, default_value = "")]
    pub agent: String,
    /// Ticket number
    #[arg(long, default_value = "")]
    pub ticket: String,
    /// How long the call took, in seconds
    #[arg(long, default_value_t = 0)]
    pub seconds: u32,
    /// What was promised
    #[arg(long, requires = "due")]
    pub promise: Option<String>,
    /// By when, YYYY-MM-DD
    #[arg(long, value_name = "D")]
    pub due: Option<chrono::NaiveDate>,
}
