//! How far a payment has come, told by its kind and status.

use crate::ledger::Kind;

/// How far a payment or a refund has come. Exports are dated by what they say, not by when they are imported: a
/// reading that has come less far is the older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Progress {
    /// Not settled yet.
    Open,
    /// Paid and not confirmed yet; given back and not arrived yet.
    UnderWay,
    /// Paid; given back.
    Done,
    /// A payment that was closed, or whose money went back.
    Undone,
}

/// What a status that is not the last one says.
const UNDER_WAY: [&str; 10] =
    ["等待", "待确认", "待收货", "待发货", "待到账", "待入账", "处理中", "退款中", "进行中", "受理中"];

/// What was told of statuses lately: they are few, and looking for words in each takes longer than all else.
#[derive(Debug, Default)]
pub(super) struct Told([Option<(u64, Kind, Progress)>; 32]);

impl Told {
    /// That of a kind and a status, whose hash this is.
    pub fn of(&mut self, kind: Kind, status: &str, hash: u64) -> Progress {
        let place = &mut self.0[hash as usize % 32];
        match place {
            Some((of, its, progress)) if (*of, *its) == (hash, kind) => *progress,
            _ => place.insert((hash, kind, Progress::of(kind, status))).2,
        }
    }
}

impl Progress {
    fn of(kind: Kind, status: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| status.contains(word));
        let gone_back = kind != Kind::Refund && (kind == Kind::Closed || has(&["关闭", "退"]));
        if kind == Kind::Pending {
            Self::Open
        } else if gone_back {
            Self::Undone
        } else if has(&UNDER_WAY) || in_english(status) {
            Self::UnderWay
        } else {
            Self::Done
        }
    }
}

fn in_english(status: &str) -> bool {
    const WORDS: [&str; 4] = ["pending", "processing", "in progress", "on hold"];
    let status = status.as_bytes();
    status.is_ascii()
        && WORDS
            .iter()
            .any(|word| status.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_on_its_way_comes_before_the_one_it_leads_to() {
        for (kind, earlier, later) in [
            (Kind::Purchase, "等待确认收货", "交易成功"),
            (Kind::Purchase, "交易成功", "交易关闭"),
            (Kind::Purchase, "等待对方发货", "已全额退款"),
            (Kind::Refund, "退款中", "退款成功"),
            (Kind::Refund, "退款处理中", "已退款"),
            (Kind::Refund, "Pending", "Completed"),
            (Kind::Withdrawal, "银行处理中", "提现成功"),
        ] {
            assert!(Progress::of(kind, earlier) < Progress::of(kind, later), "{earlier} {later}");
        }
        assert!(Progress::of(Kind::Pending, "等待付款") < Progress::of(Kind::Purchase, "等待确认收货"));
        assert_eq!(Progress::of(Kind::Refund, "退款成功"), Progress::of(Kind::Refund, "已存入零钱"));
    }

    #[test]
    fn what_was_told_lately_is_told_again() {
        let mut told = Told::default();
        for (kind, status, hash) in [
            (Kind::Purchase, "交易成功", 7),
            (Kind::Refund, "交易成功", 7),
            (Kind::Refund, "退款中", 39),
            (Kind::Purchase, "交易成功", 7),
            (Kind::Purchase, "交易成功", 7),
        ] {
            assert_eq!(told.of(kind, status, hash), Progress::of(kind, status), "{status}");
        }
    }
}
