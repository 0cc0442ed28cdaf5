//! What stands above a table, and below it: the account, the stated count and sums; and what can be said of a
//! file whose table is of no known format.

use super::mapping::plain_name;
use super::preview::is_paid;
use super::reading::Unknown;
use super::{ALL, Parsed, Statement, institution};
use crate::money::Currency;
use crate::table::{self, Row, cell, encoding};
use crate::text::Text;
use crate::{Code, Error};

pub(super) fn joined(row: &Row) -> String {
    let cells: Vec<&str> = row.cells().map(cell::tidy).collect();
    cells.join(",").trim_end_matches(',').to_owned()
}

/// Whether a row looks like the first line below the table: a rule of dashes or the words that a preamble has too,
/// alone in their row, or else one of the format's own words. Who asks must see that it has no time.
pub(super) fn is_footer(row: &Row, own: &[&str]) -> bool {
    let first = row.cell(0);
    let filled = row.cells().map(cell::tidy).find(|cell| !cell.is_empty()).unwrap_or("");
    const TOTALS: [&str; 8] = ["合计", "小计", "总计", "本页", "累计", "Total", "TOTAL", "Subtotal"];
    if own.iter().chain(&TOTALS).any(|word| filled.starts_with(word)) {
        return true;
    }
    let words = ["共", "收入", "支出", "其他", "不计收支", "中性交易", "导出", "特别提示", "注", "合计"];
    row.cells().skip(1).all(|cell| cell::tidy(cell).is_empty())
        && (first.starts_with("-----") || words.iter().any(|word| first.starts_with(word)))
}

/// Whether a row is a sentence and no row: one cell alone is filled, with neither a date nor an amount in front.
pub(super) fn is_prose(row: &Row) -> bool {
    let mut filled = row.cells().map(cell::tidy).filter(|cell| !cell.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return false };
    only.chars().count() >= 4
        && only
            .chars()
            .take(3)
            .all(|c| c.is_alphabetic() || matches!(c, '：' | ':' | '*' | '※' | '【' | '[' | ' '))
}

/// Reads what a line of the preamble (or below the table) states.
pub(super) fn read_fact(line: &str, statement: &Statement, parsed: &mut Parsed) {
    let line = cell::tidy(line);
    // Banks write what stands around the table as comments.
    let line = line.strip_prefix('#').map_or(line, cell::tidy);
    let currency = statement.currency;
    if parsed.stated.holder.is_empty() {
        parsed.stated.holder = stated_holder(line).unwrap_or_default();
    }
    if parsed.stated.count.is_none() {
        parsed.stated.count = stated_count(line);
    }
    // `Transaction Statement for +91…`: the account right behind the words.
    if let Some(rest) = statement.account.iter().find_map(|words| line.strip_prefix(words))
        && rest.starts_with(' ')
        && !cell::tidy(rest).starts_with([':', '：'])
        && parsed.account.is_empty()
    {
        cell::tidy(rest).trim_end_matches(',').clone_into(&mut parsed.account);
        return;
    }
    let Some((label, value)) = line.split_once(['：', ':']).or_else(|| line.split_once(',')) else { return };
    let label = plain_name(label);
    let slot = match label.as_str() {
        "收入" | "已收入" | "收入合计" => &mut parsed.stated.income,
        "支出" | "已支出" | "支出合计" => &mut parsed.stated.expense,
        "不计收支" | "中性交易" | "其他" => &mut parsed.stated.neutral,
        label if statement.account.contains(&label) => {
            take_account(value, parsed);
            return;
        }
        _ => {
            // Behind another fact of the same line: `户名：…  账户：…`, or in its next cell.
            let facts = line.split(|c: char| c.is_whitespace() || c == ',').filter(|fact| !fact.is_empty());
            let behind = facts.skip(1).find_map(|fact| {
                let (label, value) = fact.split_once(['：', ':'])?;
                statement.account.contains(&plain_name(label).as_str()).then_some(value)
            });
            if let Some(value) = behind {
                take_account(value, parsed);
            }
            return;
        }
    };
    // `1笔 28.50元`, `16笔(含4笔部分退款)，1648.43元`
    let Some(before) = cell::tidy(value).strip_suffix('元').map(str::trim_end) else { return };
    let digits = before.len()
        - before.bytes().rev().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let amount = cell::money(before[digits..].trim_start_matches(','), currency);
    if slot.is_none() {
        *slot = amount;
    }
}

/// The first account a file names is whose it is. What follows in further cells is another fact.
fn take_account(value: &str, parsed: &mut Parsed) {
    let value = value.trim_start_matches([',', ' ', '"', '[']);
    let end = value.find([',', ']', '"']).unwrap_or(value.len());
    let value = value[..end].trim();
    // `一卡通:6214****0001   招商银行`: what the card is called, and whose it is.
    let value = value
        .split_once([':', '：'])
        .filter(|(kind, _)| !has_digit(kind))
        .map_or(value, |(_, rest)| rest.trim());
    let mut end = value.len();
    // The digits may stand in groups; another fact has a name.
    for (at, _) in value.match_indices(char::is_whitespace) {
        if has_digit(&value[..at])
            && !value[at..].trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '*')
        {
            end = at;
            break;
        }
    }
    if parsed.account.is_empty() {
        value[..end].trim().clone_into(&mut parsed.account);
    }
}

/// How files call their holder.
const HOLDER: &[&str] = &[
    "姓名",
    "客户姓名",
    "真实姓名",
    "户名",
    "账户名",
    "账户名称",
    "客户名称",
    "户主",
    "持卡人",
    "持卡人姓名",
];

/// Whose a line says that the file is: `姓名：张三`, `户名：张三  账号：6217…`, in one cell or in two.
fn stated_holder(line: &str) -> Option<String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '：' | ':' | ',' | '"' | '[' | ']');
    let mut facts = line.split(ends).filter(|fact| !fact.is_empty());
    facts.find(|fact| HOLDER.contains(fact))?;
    let name = facts.next()?;
    let letters = name.chars().all(|c| c.is_alphabetic() || matches!(c, '*' | '·'));
    let shown = name.chars().any(char::is_alphabetic);
    let short = (2..=20).contains(&name.chars().count());
    (letters && shown && short && !name.ends_with(['号', '型', '间'])).then(|| name.to_owned())
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The currency that a line above the table names: `币　　种：人民币`, `Currency: HKD`, also behind other facts.
pub(super) fn stated_currency(line: &str) -> Option<Currency> {
    let line = plain_name(line);
    let rest =
        ["币种", "Currency"].iter().find_map(|label| Some(&line[line.find(label)? + label.len()..]))?;
    let value = rest.trim_start_matches(['：', ':', ',', '[']);
    let end = value.find(|c: char| !c.is_alphabetic()).unwrap_or(value.len());
    Currency::named(&value[..end], Currency::CNY)
}

/// `共66笔记录`, `共：29笔记录`
fn stated_count(line: &str) -> Option<u32> {
    let rest = line.strip_prefix('共')?.trim_start_matches(['：', ':', ' ']);
    let (digits, _) = rest.split_once('笔')?;
    cell::tidy(digits).parse().ok()
}

/// What stood above a header, kept until the format is known, and for the error if it never is.
#[derive(Default)]
pub(super) struct Preamble {
    pub lines: Vec<String>,
    bytes: usize,
    widest: Vec<String>,
    garbled: bool,
    /// There was a row with a date and an amount.
    payments: bool,
    /// The format that knows the table, where the user asked for another one.
    pub other: Option<&'static Statement>,
}

impl Preamble {
    const BYTES: usize = 256 << 10;

    /// Another table is looked at: what stood above the last one is not its own.
    pub fn begin(&mut self) {
        self.lines.clear();
        self.bytes = 0;
    }

    /// Of what stands between two tables, the last lines are enough: they are looked at for every header there.
    pub fn remember_last(&mut self, row: &Row) {
        const MOST: usize = 64;
        if self.lines.len() >= MOST {
            self.bytes = self.bytes.saturating_sub(self.lines.remove(0).len());
        }
        self.remember(row);
    }

    pub fn remember(&mut self, row: &Row) {
        if row.len() > self.widest.len() {
            self.widest =
                row.cells().take(64).map(|cell| cell::tidy(cell).chars().take(24).collect()).collect();
        }
        if self.bytes < Self::BYTES && row.bytes() < 16 << 10 {
            let line = joined(row);
            self.bytes += line.len();
            self.garbled = self.garbled || is_garbled(&line);
            self.payments = self.payments || is_paid(row.cells());
            self.lines.push(line);
        }
    }

    /// The error that says what was seen, without a word that may be personal.
    pub fn unknown(self, what: &Text) -> Unknown {
        let tabular = self.widest.len() >= 4 || self.payments;
        if let Some(other) = self.other {
            let error = Error::said(
                Code::Unreadable,
                format!(
                    "这个文件看起来是“{}”，不是所指定的格式；请不指定格式，或指定 {}",
                    other.zh, other.id
                ),
                format!(
                    "this file looks like {}, not like the format asked for; ask for none, or for {}",
                    other.en, other.id
                ),
            );
            return Unknown { error, tabular };
        }
        if self.garbled {
            return Unknown { error: table::delimited::worn(), tabular };
        }
        const WORDS: [&str; 24] = [
            "时间",
            "日期",
            "金额",
            "收/支",
            "收支",
            "状态",
            "单号",
            "订单",
            "对方",
            "商户",
            "商品",
            "类型",
            "分类",
            "备注",
            "摘要",
            "余额",
            "币种",
            "Date",
            "Time",
            "Amount",
            "Description",
            "Type",
            "Status",
            "Currency",
        ];
        let is_name = |cell: &&String| {
            WORDS.iter().any(|word| cell.contains(word)) && !cell.chars().any(|c| c.is_ascii_digit())
        };
        let names: Vec<&str> = self.widest.iter().filter(is_name).take(6).map(String::as_str).collect();
        let columns = if names.is_empty() {
            Text::new("没有哪一行是认得的列名", "no line with column names of a known statement")
        } else {
            Text::new(format!("列名有“{}”等", names.join("、")), format!("columns {} …", names.join(", ")))
        };
        let bank = match institution::bank_above(&self.lines) {
            Some(bank) => Text::new(format!("，表格上方写着“{bank}”"), format!(", titled {bank}")),
            None => Text::default(),
        };
        let known = ALL.len();
        let map = match tabular {
            true => Text::new(
                "。别家的表格可以在导入页说明各列含义，命令行用 --map",
                "; for another table say what its columns hold, on the import page or with --map",
            ),
            false => Text::default(),
        };
        let error = Error::said(
            Code::Unreadable,
            format!(
                "这个文件还读不懂：{}，{}{}。认得的有 {known} 种钱包和银行的格式；请打开钱包发来的原文件{}",
                what.zh, columns.zh, bank.zh, map.zh
            ),
            format!(
                "this is no statement that can be read yet: {}, {}{}; {known} formats of wallets and banks are known; \
                 open the file as the wallet sent it{}",
                what.en, columns.en, bank.en, map.en
            ),
        );
        Unknown { error, tabular }
    }
}

/// Whether a line holds a column's name as a wrong encoding shows it.
fn is_garbled(line: &str) -> bool {
    static SHAPES: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    let shapes = SHAPES.get_or_init(|| {
        let names = ALL.iter().flat_map(|statement| statement.columns).flat_map(|column| column.names);
        let long = names.filter(|name| name.chars().count() >= 4);
        long.flat_map(|name| encoding::garbled(name))
            .filter(|shape| shape.chars().count() >= 4 && !shape.is_ascii())
            .collect()
    });
    !line.is_ascii() && shapes.iter().any(|shape| line.contains(shape.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_currency_of_a_file_is_found_above_its_table() {
        let code = |line| stated_currency(line).map(|currency| currency.code().to_owned());
        assert_eq!(code("币　　种：人民币"), Some("CNY".into()));
        assert_eq!(code("子账户序号：00000 , 子账户类别：活期 , 币种：美元"), Some("USD".into()));
        assert_eq!(code("Currency: HKD"), Some("HKD".into()));
        assert_eq!(code("币种：示例"), None);
        assert_eq!(code("账号：6222"), None);
    }

    #[test]
    fn whose_a_file_is_stands_behind_one_of_the_usual_words() {
        for (line, name) in [
            ("姓名：张三", Some("张三")),
            ("客户姓名,欧阳志远,币种：人民币", Some("欧阳志远")),
            ("户名：*三  账号：6217****0814", Some("*三")),
            ("卡号：6217****0814 户名：[迪丽·热巴]", Some("迪丽·热巴")),
            ("对方户名：李四", None),
            ("户名：", None),
            ("户名：账号", None),
            ("姓名：***", None),
            ("支付宝账户：z***@163.com", None),
        ] {
            assert_eq!(stated_holder(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn the_count_a_file_states_is_read_in_every_wording() {
        for (line, count) in
            [("共66笔记录", Some(66)), ("共：29笔记录", Some(29)), ("共 3 笔", Some(3)), ("共享单车", None)]
        {
            assert_eq!(stated_count(line), count, "{line}");
        }
    }
}
