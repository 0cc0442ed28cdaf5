//! 云闪付: three tables that other readers claim, none of them seen in a real export; so all are read as experimental.
//! Money paid with it shows for sure in the card's own bank file.

use super::{Case, Column, Field, Signs, Statement, Test, Trust};
use crate::ledger::{Direction, Kind};

/// With a column of the direction, an order number or a serial number.
pub(super) const BILL: Statement = Statement {
    id: "unionpay-bill",
    zh: "云闪付交易明细（试读）",
    en: "UnionPay app transactions (experimental)",
    versions: &["with 收/支 and 订单号", "with 收/支 and 交易流水号, titled 云闪付交易明细"],
    quirks: &["aliases of every column", "合计 below the table", "date and time in one or two columns"],
    columns: &[
        Column::needed(Field::Time, &["交易时间", "交易日期"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::needed(Field::Amount, &["交易金额(元)", "交易金额"]),
        Column::needed(Field::Direction, &["收/支", "收支"]),
        Column::needed(Field::OrderNo, &["订单号", "交易流水号", "流水号"]),
        Column::also(Field::Counterparty, &["商户名称", "交易对方"]),
        Column::also(Field::Item, &["交易说明"]),
        Column::also(Field::Method, &["交易方式", "支付方式", "付款方式"]),
        Column::also(Field::Status, &["交易状态"]),
        Column::also(Field::Memo, &["备注", "交易备注"]),
    ],
    ..APP
};

/// Date and time apart, no direction; with the party's name.
pub(super) const BALANCE: Statement = Statement {
    id: "unionpay-balance",
    zh: "云闪付交易明细（含账户余额，试读）",
    en: "UnionPay app transactions with balance (experimental)",
    versions: &["with 账户余额, 交易对方 and 交易备注"],
    quirks: &["direction from 交易类型, else from a minus", "date and time in two columns"],
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::TimeOfDay, &["交易时间"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::also(Field::Direction, &["交易类型"]),
        Column::needed(Field::Amount, &["交易金额", "交易金额(元)"]),
        Column::needed(Field::Balance, &["账户余额"]),
        Column::needed(Field::Counterparty, &["交易对方"]),
        Column::needed(Field::Memo, &["交易备注"]),
    ],
    ..APP
};

/// Date and time apart, no direction; with the party's account.
pub(super) const CARD: Statement = Statement {
    id: "unionpay-card",
    zh: "云闪付交易明细（含对方账号，试读）",
    en: "UnionPay app transactions with accounts (experimental)",
    versions: &["with 对方账号, 余额 and 备注"],
    quirks: &["direction from 交易类型, else from a minus", "date and time in two columns"],
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::TimeOfDay, &["交易时间"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::also(Field::Direction, &["交易类型"]),
        Column::needed(Field::CounterpartyAccount, &["对方账号"]),
        Column::needed(Field::Amount, &["交易金额", "交易金额(元)"]),
        Column::needed(Field::Balance, &["余额"]),
        Column::needed(Field::Memo, &["备注"]),
    ],
    ..APP
};

/// What the three share.
const APP: Statement = Statement {
    provider: "unionpay",
    trust: Trust::Guess,
    titles: &["云闪付"],
    signs: Signs::MinusAlone,
    directions: &[
        ("支出", Direction::Out),
        ("收入", Direction::In),
        ("不计收支", Direction::Neutral),
        ("消费", Direction::Out),
        ("付款", Direction::Out),
        ("支付", Direction::Out),
        ("缴费", Direction::Out),
        ("转出", Direction::Out),
        ("取款", Direction::Out),
        ("还款", Direction::Out),
        ("信用卡还款", Direction::Out),
        ("手续费", Direction::Out),
        ("收款", Direction::In),
        ("转入", Direction::In),
        ("入账", Direction::In),
        ("退款", Direction::In),
        ("退货", Direction::In),
        ("存款", Direction::In),
        ("利息", Direction::In),
    ],
    footers: &["合计", "总计"],
    kinds: &[
        Case(Kind::Refund, &[Test::Has(Field::Category, &["退款", "退货", "撤销", "冲正"])]),
        Case(Kind::Failed, &[Test::Has(Field::Status, &["失败"])]),
        Case(Kind::Closed, &[Test::Has(Field::Status, &["关闭", "取消"])]),
        Case(Kind::Pending, &[Test::Has(Field::Status, &["处理中", "待支付", "待付款"])]),
        Case(Kind::Repayment, &[Test::Has(Field::Category, &["还款"])]),
        Case(Kind::Fee, &[Test::Has(Field::Category, &["手续费", "年费"])]),
        Case(Kind::TopUp, &[Test::Has(Field::Category, &["充值"]), NOT_OUT]),
        Case(Kind::Withdrawal, &[Test::Has(Field::Category, &["提现"])]),
        Case(Kind::OwnTransfer, &[Test::Has(Field::Category, &["取款", "存款"])]),
        Case(Kind::CashGift, &[Test::Has(Field::Category, &["红包"])]),
        Case(Kind::TransferOut, &[Test::Has(Field::Category, TRANSFER), Test::Going(&[Direction::Out])]),
        Case(Kind::TransferIn, &[Test::Has(Field::Category, TRANSFER), Test::Going(&[Direction::In])]),
        Case(Kind::Purchase, &[Test::Going(&[Direction::Out])]),
        Case(Kind::Income, &[Test::Going(&[Direction::In])]),
    ],
    ..Statement::PLAIN
};

const NOT_OUT: Test = Test::Going(&[Direction::In, Direction::Neutral]);
const TRANSFER: &[&str] = &["转账", "汇款", "转出", "转入", "收款"];
