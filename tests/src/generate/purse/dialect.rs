//! How one app writes its ledgers: its words, its columns, its ways with refunds and holds. Drawn for each user.

use super::Dice;

/// Where the money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Out,
    In,
    Neither,
}

/// What a row is about; the app's category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Food,
    Grocery,
    Transit,
    Shopping,
    Subscription,
    Transfer,
    Refund,
    Fee,
    Credit,
    Deposit,
    Travel,
    Medical,
    TopUp,
    Withdrawal,
    Salary,
    Savings,
    Insurance,
    Fun,
    Bills,
}

/// How it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Scan,
    App,
    Online,
    Auto,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Done,
    Closed,
    Returned,
    Refunded,
    Refunding,
    Failed,
    Pending,
    Frozen,
    Released,
}

/// How a foreign amount is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// `USD 9.99` in the memo, the amount in yuan.
    Memo,
    /// `USD 9.99 @7.21` in the memo.
    Quoted,
    /// The currency column names the foreign currency, the amount is in yuan, the memo has the foreign amount.
    Column,
    /// In the item, and the rate in the memo.
    Item,
    /// Amount and currency foreign, yuan in the memo.
    Native,
}

const FLOWS: &[[&str; 3]] = &[
    ["out", "in", "neutral"],
    ["支出", "收入", "不计收支"],
    ["支出", "收入", "/"],
    ["expense", "income", "transfer"],
    ["out", "in", ""],
    ["debit", "credit", "neutral"],
];

/// Done, closed, returned, refunded, refunding, failed, pending, frozen, released.
const STATES: &[[&str; 9]] = &[
    ["SUCCESS", "CLOSED", "REFUNDED", "REFUNDED", "REFUNDING", "FAILED", "PENDING", "FROZEN", "UNFROZEN"],
    ["成功", "已关闭", "已退款", "退款到账", "退款中", "失败", "待支付", "冻结", "解冻"],
    [
        "交易成功",
        "交易关闭",
        "交易关闭",
        "退款成功",
        "退款中",
        "支付失败",
        "等待付款",
        "冻结成功",
        "解冻成功",
    ],
    ["支付成功", "已关闭", "已全额退款", "已全额退款", "等待退款", "支付失败", "待付款", "已冻结", "已解冻"],
    [
        "Completed",
        "Cancelled",
        "Refunded",
        "Refunded",
        "Refund pending",
        "Failed",
        "Pending",
        "Held",
        "Released",
    ],
    ["已完成", "订单关闭", "已退款", "退款完成", "退款处理中", "交易失败", "未支付", "预授权", "预授权撤销"],
    ["", "closed", "refunded", "refund", "refund requested", "declined", "pending", "hold", "release"],
];

/// In the order of `Sort`.
const SORTS: &[[&str; 19]] = &[
    [
        "餐饮",
        "日用",
        "交通",
        "购物",
        "会员订阅",
        "转账",
        "退款",
        "手续费",
        "信贷",
        "押金",
        "旅行",
        "医疗",
        "充值",
        "提现",
        "工资",
        "理财",
        "保险",
        "娱乐",
        "生活缴费",
    ],
    [
        "food",
        "grocery",
        "transport",
        "shopping",
        "subscription",
        "transfer",
        "refund",
        "fee",
        "credit",
        "deposit",
        "travel",
        "medical",
        "topup",
        "withdraw",
        "salary",
        "savings",
        "insurance",
        "fun",
        "bills",
    ],
    [
        "餐饮美食",
        "日用百货",
        "交通出行",
        "日用百货",
        "文化休闲",
        "转账红包",
        "退款",
        "其他",
        "信用借还",
        "其他",
        "酒店旅游",
        "医疗健康",
        "充值缴费",
        "其他",
        "收入",
        "投资理财",
        "保险",
        "文化休闲",
        "充值缴费",
    ],
    [
        "商户消费",
        "扫二维码付款",
        "商户消费",
        "商户消费",
        "商户消费",
        "转账",
        "退款",
        "其他",
        "信用卡还款",
        "商户消费",
        "商户消费",
        "商户消费",
        "零钱充值",
        "零钱提现",
        "转账",
        "转入零钱通",
        "商户消费",
        "商户消费",
        "商户消费",
    ],
    [""; 19],
];

const WAYS: &[[&str; 4]] = &[
    ["qr", "app", "online", "auto"],
    ["扫码", "App", "线上", "自动扣款"],
    ["线下", "线上", "线上", "代扣"],
    [""; 4],
];

/// One app's way of writing, and this user's columns.
#[derive(Debug, Clone)]
pub struct Dialect {
    flows: [&'static str; 3],
    states: [&'static str; 9],
    sorts: [&'static str; 19],
    ways: [&'static str; 4],
    /// The words for the wallet's own money and for a card.
    pub methods: [&'static str; 2],
    pub balances: bool,
    pub orders: bool,
    pub shop_orders: bool,
    pub memos: bool,
    pub items: bool,
    pub foreign: Foreign,
    /// Refund rows count as income.
    pub refund_in: bool,
    /// The refund has the payment's own number.
    pub refund_same_order: bool,
    /// Refunds are often announced in a row of their own, percent.
    pub announced: u64,
    /// What a paid order reads after its whole refund.
    pub returned: State,
    /// Unpaid and failed rows count as spending.
    pub stopped_out: bool,
    /// A hold leaves the balance until it is released.
    pub hold_moves: bool,
    /// A hold counts as spending.
    pub hold_out: bool,
    /// How many holds of this user end well.
    pub holds: u64,
    /// Fees of withdrawals are rows of their own.
    pub fee_rows: bool,
}

impl Dialect {
    pub fn draw(dice: &mut Dice) -> Self {
        let chance = |dice: &mut Dice, percent: u64| dice.below(100) < percent;
        let pair = [["余额", "银行卡(尾号3321)"], ["零钱", "工商银行(7788)"], ["balance", "card"], ["", ""]];
        let sorts = SORTS[dice.below(5) as usize];
        // Where the category says little, item and memo are there: no app leaves all three out.
        let vague = sorts[0].is_empty() || sorts[0] == sorts[2];
        Self {
            flows: FLOWS[dice.below(6) as usize],
            states: STATES[dice.below(7) as usize],
            sorts,
            ways: WAYS[dice.below(4) as usize],
            methods: pair[dice.below(4) as usize],
            balances: chance(dice, 75),
            orders: chance(dice, 75),
            shop_orders: chance(dice, 50),
            memos: chance(dice, 85) || vague,
            items: chance(dice, 85) || vague,
            foreign: [Foreign::Memo, Foreign::Quoted, Foreign::Column, Foreign::Item, Foreign::Native]
                [dice.below(5) as usize],
            refund_in: chance(dice, 60),
            refund_same_order: chance(dice, 50),
            announced: [0, 0, 40][dice.below(3) as usize],
            returned: [State::Closed, State::Returned, State::Returned, State::Done][dice.below(4) as usize],
            stopped_out: chance(dice, 60),
            hold_moves: chance(dice, 50),
            hold_out: chance(dice, 50),
            holds: [0, 1, 3][dice.below(3) as usize],
            fee_rows: chance(dice, 40),
        }
    }

    pub fn flow(&self, flow: Flow) -> &'static str {
        self.flows[flow as usize]
    }

    pub fn sort(&self, sort: Sort) -> &'static str {
        self.sorts[sort as usize]
    }

    pub fn way(&self, way: Way) -> &'static str {
        self.ways[way as usize]
    }

    pub fn state(&self, state: State) -> &'static str {
        self.states[state as usize]
    }
}
