//! What columns are usually called.

use crate::statements::Field;
use crate::statements::mapping::plain_name;

/// Words of column names, the more telling ones of a field first. A name of ASCII words must have the words whole.
const NAMES: &[(Field, &[&str])] = &[
    (Field::MerchantOrderNo, &["商户订单号", "商家订单号", "商户单号", "商家单号", "merchant order"]),
    (
        Field::OrderNo,
        &[
            "交易单号",
            "交易订单号",
            "订单号",
            "交易流水号",
            "流水号",
            "交易号",
            "凭证号",
            "参考号",
            "单号",
            "transaction id",
            "reference number",
            "reference no",
            "order number",
            "order id",
            "order no",
            "utr",
            "fitid",
        ],
    ),
    (
        Field::CounterpartyAccount,
        &[
            "对方账号",
            "对方账户",
            "对方卡号",
            "收款账号",
            "收/付方账号",
            "counterparty account",
            "payee account",
        ],
    ),
    (
        Field::AmountOut,
        &[
            "支出金额",
            "支出",
            "借方发生额",
            "借方金额",
            "借方",
            "取出",
            "付款金额",
            "转出金额",
            "withdrawals",
            "withdrawal",
            "debit amount",
            "debits",
            "debit",
            "paid out",
            "money out",
            "outflow",
            "charges",
            "soll",
            "débit",
            "cargo",
            "out",
        ],
    ),
    (
        Field::AmountIn,
        &[
            "收入金额",
            "收入",
            "贷方发生额",
            "贷方金额",
            "贷方",
            "存入",
            "收款金额",
            "转入金额",
            "deposits",
            "deposit",
            "credit amount",
            "credits",
            "credit",
            "paid in",
            "money in",
            "inflow",
            "haben",
            "crédit",
            "abono",
            "in",
        ],
    ),
    (
        Field::Direction,
        &[
            "收/支",
            "收支类型",
            "收支",
            "借贷标志",
            "借贷",
            "借/贷",
            "交易方向",
            "资金流向",
            "方向",
            "debit/credit",
            "credit/debit",
            "dr/cr",
            "cr/dr",
            "d/c",
            "c/d",
            "direction",
            "money direction",
        ],
    ),
    (Field::Balance, &["余额", "结余", "running balance", "balance", "saldo", "solde"]),
    (Field::Fee, &["手续费", "服务费", "fees", "fee", "commission"]),
    (Field::Refunded, &["成功退款", "退款金额", "已退款", "refunded"]),
    (Field::Currency, &["交易币种", "币种", "货币", "币别", "currency", "ccy", "währung", "devise"]),
    (
        Field::Amount,
        &[
            "交易金额",
            "发生额",
            "发生数",
            "金额",
            "人民币",
            "amount",
            "betrag",
            "montant",
            "importe",
            "value",
            "total",
        ],
    ),
    (Field::Status, &["交易状态", "当前状态", "状态", "status", "state"]),
    (
        Field::Method,
        &["支付方式", "付款方式", "收/付款方式", "交易方式", "付款账户", "payment method", "method", "card"],
    ),
    (
        Field::Counterparty,
        &[
            "交易对方",
            "对方户名",
            "对方名称",
            "对手",
            "商户名称",
            "商户",
            "商家",
            "收款方",
            "收款人",
            "对方",
            "户名",
            "payee",
            "merchant",
            "counterparty",
            "beneficiary",
            "recipient",
            "vendor",
            "payer",
            "name",
            "empfänger",
        ],
    ),
    (
        Field::Time,
        &[
            "交易时间",
            "交易日期",
            "支付时间",
            "付款时间",
            "交易日",
            "记账日",
            "入账日",
            "记账日期",
            "记录时间",
            "日期",
            "时间",
            "transaction date",
            "booking date",
            "posting date",
            "posted date",
            "value date",
            "date",
            "datetime",
            "timestamp",
            "time",
            "datum",
            "buchungstag",
            "fecha",
            "data",
        ],
    ),
    (
        Field::Category,
        &["交易类型", "交易分类", "业务类型", "分类", "类别", "类型", "category", "type", "kind"],
    ),
    (
        Field::Item,
        &[
            "商品说明",
            "商品名称",
            "交易说明",
            "交易摘要",
            "摘要",
            "商品",
            "说明",
            "描述",
            "用途",
            "事由",
            "description",
            "details",
            "narrative",
            "narration",
            "particulars",
            "subject",
            "item",
            "verwendungszweck",
            "libellé",
            "concepto",
            "text",
        ],
    ),
    (
        Field::Memo,
        &["备注", "附言", "留言", "memo", "notes", "note", "remarks", "remark", "comment", "reference"],
    ),
];

/// The field that a column of this name holds, and how exactly the name says so: the shared length in thousandths
/// of the name's own.
pub(super) fn field(name: &str) -> Option<(Field, usize)> {
    let name = plain_name(name).to_lowercase();
    let spaced = name_words(&name);
    let mut best: Option<(Field, usize)> = None;
    for (field, known) in NAMES {
        for word in *known {
            let plain = plain_name(word);
            let found = match word.is_ascii() {
                // Blanks are gone from the name: a short word must be all of it.
                true if plain.len() <= 4 => name == plain || spaced == *word,
                true => name.contains(&plain),
                false => name.contains(&plain),
            };
            let exact = plain.chars().count() * 1000 / name.chars().count().max(1);
            if found && best.is_none_or(|(_, known)| exact > known) {
                best = Some((*field, exact));
            }
        }
    }
    best
}

/// A name without what stands behind it in parentheses: `amount(usd)`.
fn name_words(name: &str) -> String {
    name.split('(').next().unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_say_their_field_and_parts_of_words_do_not() {
        for (name, expected) in [
            ("交易时间", Some(Field::Time)),
            ("金额（元）", Some(Field::Amount)),
            ("对方账号", Some(Field::CounterpartyAccount)),
            ("借/贷", Some(Field::Direction)),
            ("Paid Out", Some(Field::AmountOut)),
            ("Debit", Some(Field::AmountOut)),
            ("Debit/Credit", Some(Field::Direction)),
            ("Transaction ID", Some(Field::OrderNo)),
            ("Amount (USD)", Some(Field::Amount)),
            ("Running Balance", Some(Field::Balance)),
            ("insurance", None),
            ("", None),
        ] {
            assert_eq!(field(name).map(|(field, _)| field), expected, "{name}");
        }
    }
}
