//! What went wrong, in the language of the user: what was seen and what to do.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use recourse::text::{Lang, Text};
use recourse::{Code, Error};
use std::fmt;

/// A wrong word of the command line, told in both languages.
#[derive(Debug)]
pub struct Told(Text);

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.en)
    }
}

impl std::error::Error for Told {}

/// A wrong word of the command line.
pub fn told(zh: impl Into<String>, en: impl Into<String>) -> anyhow::Error {
    Told(Text::new(zh, en)).into()
}

/// The sentence for a failure.
pub fn sentence(lang: Lang, failure: &anyhow::Error) -> String {
    if lang == Lang::En {
        return format!("{failure:#}");
    }
    if let Some(told) = failure.downcast_ref::<Told>() {
        return told.0.zh.clone();
    }
    match failure.downcast_ref::<Error>() {
        Some(error) if !error.zh.is_empty() => error.zh.clone(),
        Some(error) => format!("{}（{failure:#}）", of_code(error.code)),
        None => format!("没有做成（{failure:#}）"),
    }
}

/// What a code alone says.
fn of_code(code: Code) -> &'static str {
    match code {
        Code::Locked => "保险库已锁定，请先用密码解锁",
        Code::WrongPassphrase => "密码或恢复码不对，没有改动任何内容",
        Code::Damaged => "保险库或备份已损坏，文件没有改动；可从备份恢复",
        Code::FromTheFuture => "它由更新的版本写成，请升级后再打开；文件没有改动",
        Code::NoVault => "这里还没有保险库",
        Code::VaultExists => "这里已有保险库，没有动它",
        Code::InUse => "保险库正被另一个程序使用，请先关闭它",
        Code::NeedsCode => "文件有密码，请用 --password 给出钱包发来的解压码",
        Code::WrongCode => "解压码不对，请看钱包最新的那条消息",
        Code::AmbiguousDates => "日期按先日后月、先月后日都读得通，请用 --dates dmy 或 --dates mdy 说明",
        Code::Unreadable => "读不懂这个文件，没有存入任何内容",
        Code::TooLarge => "太大了，没有读取",
        Code::Cancelled => "已停止，没有存入任何内容",
        Code::NotFound => "没有找到，可能已被移走；请检查编号或名称",
        Code::Invalid => "填写的内容不能用，请检查后再试",
        Code::Io => "读写文件失败，请检查路径、磁盘空间和权限",
        Code::Internal => "程序自身出错，已存的内容没有改动",
    }
}

/// What is wrong with the words of the command line, in Chinese; `None` where nothing is.
pub fn usage(error: &clap::Error) -> Option<String> {
    let of = |kind| match error.get(kind)? {
        ContextValue::String(word) => Some(word.clone()),
        ContextValue::Strings(words) => Some(words.join("、")),
        other => Some(other.to_string()),
    };
    let argument = of(ContextKind::InvalidArg).unwrap_or_default();
    let value = of(ContextKind::InvalidValue).unwrap_or_default();
    let mut say = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", of(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::UnknownArgument => format!("这里没有“{argument}”这个选项"),
        ErrorKind::MissingRequiredArgument => format!("还缺少：{argument}"),
        ErrorKind::MissingSubcommand => "还缺少一个命令".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("“{argument}”不能与“{}”一起用", of(ContextKind::PriorArg).unwrap_or_default())
        }
        _ if value.is_empty() && !argument.is_empty() => format!("“{argument}”后面缺少内容，或内容个数不对"),
        _ => format!("“{argument}”的内容“{value}”不能用"),
    };
    for (label, kind) in [
        ("可用的有", ContextKind::ValidValue),
        ("是不是想写", ContextKind::SuggestedSubcommand),
        ("是不是想写", ContextKind::SuggestedArg),
        ("是不是想写", ContextKind::SuggestedValue),
    ] {
        if let Some(words) = of(kind).filter(|words| !words.is_empty()) {
            say.push_str(&format!("；{label}：{words}"));
        }
    }
    Some(format!("{say}。用法请看 recourse --help"))
}
