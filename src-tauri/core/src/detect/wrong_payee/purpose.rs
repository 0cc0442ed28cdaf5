//! What a transfer says it is for: a slip has the purpose of what the usual payee gets.

use super::super::History;
use super::super::phrase::holds;
use super::{COMPARED, Payee};
use crate::ledger::Transaction;

/// What a wallet writes before what the user wrote.
const BEFORE: &[&str] = &["转账备注:", "转账备注：", "付款方留言:", "付款方留言："];
/// What says that money was sent, and not what for.
const PLAIN: &[&str] = &[
    "转账",
    "微信转账",
    "转账汇款",
    "汇款",
    "付款",
    "扫码付款",
    "收款",
    "二维码收款",
    "红包",
    "/",
    "transfer",
];
/// The account is another one, and the user says so.
const ANOTHER: &[&str] =
    &["代收", "换收款", "换账户", "换账号", "换了账", "新账户", "新账号", "换号", "换卡", "新卡"];
/// Whose account it is.
const ACCOUNTS: &[&str] = &["账户", "账号", "的卡"];
const RELATIVES: &[&str] = &[
    "妹", "姐", "哥", "弟", "爸", "妈", "父", "母", "老公", "老婆", "爱人", "妻", "丈夫", "儿子", "女儿",
    "家人", "亲戚",
];

/// What row says it is for, beyond that it was sent.
fn purposes(row: &Transaction) -> impl Iterator<Item = String> {
    let said = |text: &str| {
        let text = text.trim();
        let text = BEFORE.iter().find_map(|before| text.strip_prefix(before)).unwrap_or(text);
        let words: String = text
            .chars()
            .filter(|c| !c.is_ascii_digit() && !c.is_whitespace() && !"年月日号第期.-/".contains(*c))
            .collect();
        words.to_lowercase()
    };
    let texts = [said(&row.item), said(&row.memo)];
    texts.into_iter().filter(|text| !text.is_empty() && !PLAIN.contains(&text.as_str()))
}

/// Whether row `i` says what it is for, and the usual payee got something else each time, as far as it says.
pub fn is_its_own(history: &History<'_>, i: usize, usual: &Payee) -> bool {
    let own: Vec<String> = purposes(history.row(i)).collect();
    let mut before = earlier(history, i, usual).flat_map(purposes).peekable();
    !own.is_empty() && before.peek().is_some() && before.all(|purpose| !own.contains(&purpose))
}

/// Whether both rows name a relative, and not the same one: brothers and sisters share a letter of their names.
pub fn are_relatives(history: &History<'_>, i: usize, usual: &Payee) -> bool {
    let kin = |row: &Transaction| -> Vec<&str> {
        let says = |word: &&&str| [&row.item, &row.memo].iter().any(|text| text.contains(**word));
        RELATIVES.iter().filter(says).copied().collect()
    };
    let (own, theirs) = (kin(history.row(i)), earlier(history, i, usual).flat_map(kin).collect::<Vec<_>>());
    !own.is_empty() && !theirs.is_empty() && own.iter().all(|word| !theirs.contains(word))
}

/// What the usual payee got lately.
fn earlier<'h>(history: &'h History<'_>, i: usize, usual: &Payee) -> impl Iterator<Item = &'h Transaction> {
    let payee = history.lines[usual.first].payee;
    let paid = move |&row: &usize| history.lines[row].payee == payee && history.went_out(row);
    (usual.first..i).rev().filter(paid).take(COMPARED).map(|row| history.row(row))
}

/// Whether the row says that the money goes by somebody else's account to the usual payee, or that theirs has changed.
pub fn names_another(row: &Transaction, usual: &str) -> bool {
    [&row.item, &row.memo].into_iter().any(|text| {
        let theirs = holds(text, ACCOUNTS) && holds(text, RELATIVES);
        let named = usual.trim();
        theirs
            || holds(text, ANOTHER)
            || named.chars().count() > 1 && text.contains('代') && text.contains(named)
    })
}
