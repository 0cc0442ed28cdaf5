//! One row of a CSV of many ledgers, in the core's terms.

use anyhow::{Context as _, bail};
use recourse::detect::Detail;
use recourse::ledger::{Direction, ImportId, Kind, Moment, Source, Transaction, TransactionId};
use recourse::money::{Currency, Money};
use recourse::table::cell::{self, DateOrder, Zone};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Wall clocks without an offset are read as China's, like a wallet's.
const CHINA: Zone = Zone::East(8 * 3600);

/// The columns that are read, each at its place in [`Columns`].
const NAMES: [&str; 18] = [
    "user",
    "tx_id",
    "time",
    "payee",
    "amount",
    "direction",
    "category",
    "channel",
    "currency",
    "item",
    "method",
    "status",
    "order_no",
    "merchant_order_no",
    "memo",
    "balance_before",
    "balance_after",
    "wallet",
];
/// The first of `NAMES` without which there is no ledger.
const NEEDED: usize = 5;

/// Where each column stands in this file.
pub struct Columns([Option<usize>; NAMES.len()]);

impl Columns {
    /// Finds the columns by their names, in any order.
    pub fn find(header: &csv::StringRecord) -> anyhow::Result<Self> {
        let place = |name: &str| header.iter().position(|cell| cell::tidy(cell) == name);
        let places = NAMES.map(place);
        for (name, place) in NAMES.iter().zip(&places).take(NEEDED) {
            place.with_context(|| format!("the column {name} is missing"))?;
        }
        Ok(Self(places))
    }

    fn cell<'r>(&self, record: &'r csv::StringRecord, name: &str) -> &'r str {
        let column = NAMES.iter().position(|known| *known == name).and_then(|place| self.0[place]);
        column.and_then(|place| record.get(place)).map_or("", cell::tidy)
    }

    /// Whose ledger the row is of.
    pub fn user<'r>(&self, record: &'r csv::StringRecord) -> &'r str {
        self.cell(record, "user")
    }

    /// The row's own id.
    pub fn tx_id<'r>(&self, record: &'r csv::StringRecord) -> &'r str {
        self.cell(record, "tx_id")
    }

    /// Reads a row, the `place`th of the file.
    pub fn read(&self, record: &csv::StringRecord, place: usize) -> anyhow::Result<(Transaction, Detail)> {
        let cell = |name| self.cell(record, name);
        let text = |name| self.cell(record, name).to_owned();
        let at = moment(cell("time")).context("the time is YYYY-MM-DD HH:MM:SS or RFC 3339")?;
        let currency = match cell("currency") {
            "" => Currency::CNY,
            code => Currency::parse(code).context("the currency is three letters")?,
        };
        let amount = minor(cell("amount"), currency).context("the amount is a plain number")?;
        let balances = ["balance_before", "balance_after"].map(|name| minor(cell(name), currency));
        let direction = match (cell("direction"), balances) {
            // Where no direction stands, a balance that rose by the amount tells it.
            ("", [Some(before), Some(after)]) if amount > 0 && after - before == amount => Direction::In,
            ("", _)
                if ["退款", "refund"].iter().any(|word| cell("category").to_lowercase().contains(word))
                    || cell("item").starts_with("退款") =>
            {
                Direction::Neutral
            }
            (text, _) => direction(text, amount)?,
        };
        let money = |minor| Money::new(minor, currency);
        let (category, item, status, method) =
            (text("category"), text("item"), text("status"), text("method"));
        let kind = kind(direction, [&category, &text("channel")], &item, &status, &method);
        let id = i64::try_from(place).context("too many rows")?;
        let mut transaction = Transaction {
            id: TransactionId(id),
            // Rows of one second stay in the file's order.
            key: format!("{place:012}"),
            provider: text("wallet"),
            statement: Some("ledgers".to_owned()),
            balance: balances[1].map(money),
            counterparty: text("payee"),
            item,
            method,
            category,
            status,
            order_no: text("order_no"),
            merchant_order_no: text("merchant_order_no"),
            memo: text("memo"),
            source: Some(Source {
                // A wallet's rows come in a file of their own.
                import: ImportId(wallet_number(cell("wallet"))),
                row: u32::try_from(place).unwrap_or(u32::MAX),
            }),
            ..Transaction::of(
                at,
                direction,
                if amount < 0 { Kind::Refund } else { kind },
                money(amount.saturating_abs()),
            )
        };
        transaction.refunded = stated_refund(&transaction);
        let detail = Detail { channel: text("channel"), balance_before: balances[0] };
        Ok((transaction, detail))
    }
}

/// A number of a wallet by its name.
fn wallet_number(name: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish().cast_signed()
}

/// RFC 3339, or a wall clock in China.
pub fn moment(text: &str) -> Option<Moment> {
    chrono::DateTime::parse_from_rfc3339(text).ok().or_else(|| {
        let when = cell::when(text, DateOrder::Ymd)?;
        when.zone.unwrap_or(CHINA).moment(when.date.and_time(when.time.unwrap_or_default()))
    })
}

/// What the money did, in the words of `recourse score` or of the trade. An amount below zero went the other way.
fn direction(text: &str, amount: i64) -> anyhow::Result<Direction> {
    Ok(match text.to_lowercase().as_str() {
        "in" | "income" | "credit" | "inflow" | "收入" | "收" => Direction::In,
        "neutral" | "none" | "transfer" | "不计收支" | "其他" | "中性交易" | "/" => {
            Direction::Neutral
        }
        "out" | "expense" | "debit" | "outflow" | "支出" | "支" | "" if amount < 0 => Direction::In,
        "out" | "expense" | "debit" | "outflow" | "支出" | "支" | "" => Direction::Out,
        _ => bail!("the direction is out, in or neutral"),
    })
}

/// Minor units, signed; digits beyond the currency's own (simulated ledgers have them) are cut.
fn minor(text: &str, currency: Currency) -> Option<i64> {
    if let Some(money) = cell::money(text, currency) {
        return Some(money.minor);
    }
    let (whole, fraction) = text.split_once('.')?;
    let kept = fraction.get(..(currency.decimals() as usize).min(fraction.len()))?;
    let rest = &fraction[kept.len()..];
    rest.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    Some(Money::from_decimal(&format!("{whole}.{kept}"), currency)?.minor)
}

/// What a status like `已退款(￥39.93)` or `已全额退款` says of its own row.
fn stated_refund(row: &Transaction) -> Money {
    let none = Money::new(0, row.amount.currency);
    if row.direction != Direction::Out {
        return none;
    }
    match cell::money_after(&row.status, "已退款", row.amount.currency) {
        Some(part) if part.minor <= row.amount.minor => part,
        _ if ["已全额退款", "对方已退还"].contains(&row.status.as_str()) => row.amount,
        _ => none,
    }
}

/// What a row is, by the words of the trade in its category and channel (one wallet's 交易分类 is another's 交易类型), item
/// and status.
fn kind(direction: Direction, filed: [&str; 2], item: &str, status: &str, method: &str) -> Kind {
    let (filed, status) = (filed.map(str::to_lowercase), status.to_lowercase());
    let says = |words: &[&str]| words.iter().any(|word| filed.iter().any(|text| text.contains(word)));
    let named = |words: &[&str]| words.iter().any(|word| item.contains(word));
    let stands = |words: &[&str]| words.iter().any(|word| status.contains(word));
    // Files without a category say it in the status alone.
    let refund = says(&["退款", "退货", "退票", "退费", "冲正", "撤销", "refund", "reversal"])
        || named(&["退款-", "退款："])
        || ["退款", "冲正"].iter().any(|word| item.starts_with(word))
        || direction != Direction::Out && stands(&["退款", "refund"]);
    let failed = stands(&["失败", "failed", "declined", "rejected"]);
    // A refund that failed is one that did not come, and one that is pending one that is to come.
    if failed && !(refund && direction != Direction::Out) {
        return Kind::Failed;
    }
    let unpaid = ["等待付款", "待付款", "待支付", "未付款", "未支付", "unpaid", "awaiting payment"];
    if stands(&unpaid) || status == "pending" && !(refund && direction != Direction::Out) {
        return Kind::Pending;
    }
    if stands(&["关闭", "取消", "closed", "cancel"]) && method.is_empty() {
        return Kind::Closed;
    }
    if refund && direction != Direction::Out {
        return Kind::Refund;
    }
    let own = ["理财", "投资", "基金", "余额宝", "零钱通", "own-transfer", "own_transfer"];
    // What is sent to a person is that, whatever the person calls it.
    let sent = direction == Direction::Out && says(&["转账", "transfer"]);
    if says(&["提现", "withdraw", "cash_out", "cash-out"]) || item.starts_with("提现") && !sent {
        return Kind::Withdrawal;
    }
    // What is rented on credit is filed with what is lent, and paid for like anything else.
    let lent = says(&["信用借还"]) && !(direction == Direction::Out && named(&["租", "押金"]));
    if lent || says(&["还款", "repayment"]) || named(&["还款"]) && !sent {
        return Kind::Repayment;
    }
    // A channel may also name what was paid from (余额宝): money only moved where it says so or nobody spent or got it.
    let [category, channel] = &filed;
    let within = |text: &String| own.iter().any(|word| text.contains(word));
    let moves = ["转入", "转出", "申购", "赎回", "买入", "own"].iter().any(|word| channel.contains(word));
    let moved = moves || direction == Direction::Neutral && category.is_empty();
    // What a lender takes for being late is filed with money that is put by.
    let charged = direction == Direction::Out && named(&["逾期", "违约金", "罚息", "滞纳金"]);
    if !charged && (within(category) || within(channel) && moved) {
        return if direction == Direction::In { Kind::Income } else { Kind::OwnTransfer };
    }
    if direction == Direction::Neutral {
        let top_up = says(&["充值", "top-up", "top_up", "topup"]) || item.starts_with("充值");
        return if top_up { Kind::TopUp } else { Kind::Other };
    }
    // Coffee is none.
    let latin = |word: &str| {
        filed.iter().any(|text| text.split(|c: char| !c.is_alphabetic()).any(|part| part == word))
    };
    if says(&["手续费", "服务费", "利息"]) || ["fee", "fees", "interest"].into_iter().any(latin) {
        return Kind::Fee;
    }
    if says(&["红包"]) && (named(&["红包"]) || !says(&["转账"])) {
        return Kind::CashGift;
    }
    match (says(&["转账", "transfer", "群收款"]), direction) {
        (true, Direction::Out) => Kind::TransferOut,
        (true, _) => Kind::TransferIn,
        (false, Direction::Out) => Kind::Purchase,
        (false, _) => Kind::Income,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str, row: &str) -> (Transaction, Detail) {
        let record = |line: &str| csv::StringRecord::from(line.split(',').collect::<Vec<_>>());
        Columns::find(&record(header)).unwrap().read(&record(row), 0).unwrap()
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_unknown_cells_are_empty() {
        let (row, detail) = read(
            "amount,ignored,user,tx_id,payee,time,balance_before",
            "12.5,x,u1,t1,某店,2026-03-01T10:00:00,",
        );
        assert_eq!((row.amount, row.counterparty.as_str()), (Money::fen(1250), "某店"));
        assert_eq!((row.direction, row.kind), (Direction::Out, Kind::Purchase));
        assert_eq!(detail, Detail::default());
    }

    #[test]
    fn simulated_amounts_with_more_digits_than_the_currency_are_cut() {
        assert_eq!(minor("181.00999", Currency::CNY), Some(18100));
        assert_eq!(minor("0.5", Currency::CNY), Some(50));
        assert_eq!(minor("1e3", Currency::CNY), None);
        assert_eq!(minor("", Currency::CNY), None);
    }

    #[test]
    fn a_missing_column_is_named() {
        let header = csv::StringRecord::from(vec!["user", "tx_id", "time", "amount"]);
        let error = Columns::find(&header).err().unwrap();
        assert_eq!(error.to_string(), "the column payee is missing");
    }

    #[test]
    fn kinds_follow_the_words_of_the_trade() {
        let of = |direction, category, status, method| kind(direction, [category, ""], "", status, method);
        let by = |direction, channel, status| kind(direction, ["", channel], "", status, "");
        assert_eq!(by(Direction::In, "某店-退款", "已全额退款"), Kind::Refund);
        assert_eq!(by(Direction::Neutral, "退款", "退款失败"), Kind::Refund);
        assert_eq!(by(Direction::In, "", "退款到账"), Kind::Refund);
        assert_eq!(by(Direction::In, "冲正", ""), Kind::Refund);
        assert_eq!(by(Direction::Out, "转账", "对方已收钱"), Kind::TransferOut);
        assert_eq!(by(Direction::Out, "微信红包（单发）", "支付成功"), Kind::CashGift);
        assert_eq!(by(Direction::Neutral, "零钱提现", "提现已到账"), Kind::Withdrawal);
        assert_eq!(by(Direction::Out, "商户消费", "支付失败"), Kind::Failed);
        assert_eq!(of(Direction::Out, "转账红包", "交易成功", "余额"), Kind::TransferOut);
        assert_eq!(of(Direction::Out, "TRANSFER", "", ""), Kind::TransferOut);
        assert_eq!(of(Direction::In, "退款", "退款成功", ""), Kind::Refund);
        assert_eq!(of(Direction::Out, "餐饮美食", "交易关闭", ""), Kind::Closed);
        assert_eq!(of(Direction::Out, "餐饮美食", "交易关闭", "余额"), Kind::Purchase);
        assert_eq!(of(Direction::Neutral, "信用卡还款", "", ""), Kind::Repayment);
        assert_eq!(of(Direction::Out, "coffee", "", ""), Kind::Purchase);
        assert_eq!(of(Direction::Out, "bank_fees", "", ""), Kind::Fee);
        assert_eq!(by(Direction::Out, "余额宝", "交易成功"), Kind::Purchase);
        assert_eq!(by(Direction::Neutral, "零钱通", "支付成功"), Kind::OwnTransfer);
        assert_eq!(by(Direction::Out, "转入零钱通-来自零钱", "支付成功"), Kind::OwnTransfer);
        assert_eq!(kind(Direction::Out, ["金融理财", ""], "逾期违约金", "", ""), Kind::Purchase);
        assert_eq!(of(Direction::In, "投资理财", "交易成功", ""), Kind::Income);
        assert_eq!(
            kind(Direction::Out, ["转账", "零钱通"], "房租", "对方已收钱", "货币基金"),
            Kind::TransferOut
        );
    }
}
