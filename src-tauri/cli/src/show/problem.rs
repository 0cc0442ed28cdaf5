//! Remarks on a file's rows, in words: where, and why it could not be taken as it stands.

use super::pick;
use crate::wire::{Imported, Sum};
use recourse::ledger::Direction;
use recourse::statements::{Problem, Reason};
use recourse::text::Lang;

/// A sum that the file states, beside that of its rows.
pub fn sum(lang: Lang, sum: &Sum) -> String {
    let Sum { stated, read, currency, .. } = sum;
    let (zh, en) = match sum.direction {
        Direction::In => ("收入", "in"),
        Direction::Out => ("支出", "out"),
        Direction::Neutral => ("不计收支", "neither in nor out"),
    };
    match (lang, sum.agrees) {
        (Lang::Zh, true) => format!("{zh} {stated} {currency}，与文件写明的一致"),
        (Lang::En, true) => format!("{en}: {stated} {currency}, as the file states"),
        (Lang::Zh, false) => {
            format!("! {zh}：文件写明 {stated} {currency}，各笔相加 {read}；多因统计口径不同，请对照原文件")
        }
        (Lang::En, false) => format!(
            "! {en}: the file states {stated} {currency}, its rows add up to {read}; files often count \
             otherwise, please compare"
        ),
    }
}

/// One remark on a file: where it is and what was seen.
pub fn remark(lang: Lang, file: &Imported, problem: &Problem) -> String {
    let (row, column) = (problem.row, problem.column.as_str());
    let mut said = why(lang, problem.reason).to_owned();
    if let (Reason::CountDiffers, Some(stated)) = (problem.reason, file.stated) {
        let unread = file.problems.iter().filter(|problem| problem.reason.is_unreadable()).count();
        said.push_str(&match lang {
            Lang::Zh => format!("（写明 {stated} 笔，读到 {} 笔，读不出 {unread} 处）", file.read),
            Lang::En => format!(" ({stated} stated, {} read, {unread} places unreadable)", file.read),
        });
    }
    match (lang, row, column) {
        (Lang::Zh, 0, _) => format!("整个文件：{said}"),
        (Lang::En, 0, _) => format!("whole file: {said}"),
        (Lang::Zh, _, "") => format!("第 {row} 行：{said}"),
        (Lang::En, _, "") => format!("row {row}: {said}"),
        (Lang::Zh, ..) => format!("第 {row} 行“{column}”：{said}"),
        (Lang::En, ..) => format!("row {row}, column “{column}”: {said}"),
    }
}

fn why(lang: Lang, reason: Reason) -> &'static str {
    let (zh, en) = match reason {
        Reason::BadTime => ("时间读不出", "the time cannot be read"),
        Reason::BadAmount => ("金额读不出", "the amount cannot be read"),
        Reason::TooFewCells => ("列数不够", "too few columns"),
        Reason::TooManyCells => {
            ("列数多于表头，有内容错位", "more columns than the header has; something slipped")
        }
        Reason::OpenQuote => {
            ("有一个引号没有配对，可能把下一行并了进来", "a quote is not closed and may take in the next row")
        }
        Reason::CutShort => {
            ("文件在这里中断，可能没有下载完整", "the file ends here; the download may be incomplete")
        }
        Reason::BadEncoding => ("有无法识别的字符", "characters that cannot be read"),
        Reason::TooLong => ("内容过长，已截断", "too long; cut"),
        Reason::CountDiffers => {
            ("行数与文件写明的不一致", "the number of rows differs from what the file states")
        }
        Reason::MangledIds => (
            "单号被表格软件改成了科学计数法，请改用直接导出的文件",
            "a spreadsheet turned order numbers into scientific notation; use the file as exported",
        ),
        Reason::TotalsDiffer => (
            "各笔相加与文件写明的余额或合计不一致",
            "the rows do not add up to the balance or sum that the file states",
        ),
        Reason::BankError => (
            "银行在这里返回了错误，没有给出账户流水，请重新下载",
            "the bank put an error here instead of an account; download it again",
        ),
        Reason::TurnedDate => (
            "日和月被表格软件对调了，请重新下载，不要用表格软件打开保存",
            "a spreadsheet swapped day and month; download it again and do not save it in a spreadsheet",
        ),
        Reason::AboveHeader => (
            "这一行在列名上面，没有读取；请把列名移到第一行，或用原文件",
            "this row stands above the column names and was not read; move the names to the top, or use the original",
        ),
        Reason::OpenZone => (
            "时区 CST 可能是北京时间，也可能是美国中部时间，文件里看不出；先按美国中部时间读，可能差 14 小时",
            "CST may be the time of China or of central America, and the file does not tell; it was read as the latter and may be 14 hours off",
        ),
        Reason::NotRead => (
            "这种说法或业务没有读取，请对照原文件",
            "this wording or kind of entry is not read; compare it with the file",
        ),
    };
    pick(lang, zh, en)
}
