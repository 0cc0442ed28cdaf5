//! What the words of bank statements mean, the same for all banks.

use super::{Case, Field, Test};
use crate::ledger::{Direction, Kind};

const IN: Test = Test::Going(&[Direction::In]);
const OUT: Test = Test::Going(&[Direction::Out]);

/// The kinds of an account's rows. The summary stands in [`Field::Category`], the place or purpose in
/// [`Field::Item`].
pub(super) const KINDS: &[Case] = &[
    Case(Kind::Refund, &[IN, Test::Has(Field::Category, REFUND)]),
    Case(Kind::Refund, &[IN, Test::Has(Field::Item, REFUND)]),
    Case(Kind::Refund, &[IN, Test::Has(Field::Memo, REFUND)]),
    Case(Kind::Income, &[IN, Test::Has(Field::Category, &["利息", "结息", "工资", "代发", "奖金", "报销"])]),
    Case(Kind::Fee, &[OUT, Test::Has(Field::Category, &["手续费", "年费", "工本费", "短信费", "服务费"])]),
    Case(Kind::Fee, &[OUT, Test::Has(Field::Category, &["利息", "滞纳金", "违约金"])]),
    Case(Kind::Repayment, &[Test::Has(Field::Category, &["还款", "还贷"])]),
    Case(Kind::Repayment, &[Test::Has(Field::Item, &["信用卡还款", "花呗还款", "白条还款"])]),
    // Cash stays the holder's own.
    Case(Kind::OwnTransfer, &[Test::Has(Field::Category, &["ATM", "取款", "存款", "现存", "现支", "取现"])]),
    Case(Kind::OwnTransfer, &[Test::Has(Field::Category, &["理财", "基金", "申购", "赎回", "定期"])]),
    Case(Kind::OwnTransfer, &[IN, Test::Has(Field::Category, &["提现"])]),
    Case(Kind::OwnTransfer, &[IN, Test::Has(Field::Item, &["提现"])]),
    Case(Kind::OwnTransfer, &[OUT, Test::Has(Field::Category, &["充值"])]),
    Case(Kind::TransferOut, &[OUT, Test::Has(Field::Category, TRANSFER)]),
    Case(Kind::TransferIn, &[IN, Test::Has(Field::Category, TRANSFER)]),
    Case(Kind::Purchase, &[OUT, Test::Has(Field::Category, PAID)]),
    Case(Kind::Income, &[IN]),
    Case(Kind::Purchase, &[OUT]),
];

const REFUND: &[&str] = &["退款", "退货", "退票", "退费", "冲正", "撤销"];
const TRANSFER: &[&str] = &["转账", "汇款", "转支", "转存", "转入", "转出", "跨行", "网银互联", "他行汇入"];
const PAID: &[&str] = &["消费", "快捷支付", "网上支付", "支付", "缴费", "代扣"];
