//! What the newest reading of a transaction leaves empty, from the readings before it.

use super::{Mark, Transaction};

impl Transaction {
    /// Its texts, in the order of those of a [`Draft`](crate::statements::Draft).
    pub fn texts(&self) -> [&str; 9] {
        [
            &self.counterparty,
            &self.counterparty_account,
            &self.item,
            &self.method,
            &self.category,
            &self.status,
            &self.order_no,
            &self.merchant_order_no,
            &self.memo,
        ]
    }

    /// Fills what this reading leaves empty from an earlier one of the same transaction: another export has fewer
    /// columns, a spreadsheet leaves out seconds.
    pub fn fill_from(&mut self, earlier: &Self) {
        let texts = [
            (&mut self.counterparty, &earlier.counterparty),
            (&mut self.counterparty_account, &earlier.counterparty_account),
            (&mut self.item, &earlier.item),
            (&mut self.method, &earlier.method),
            (&mut self.category, &earlier.category),
            (&mut self.status, &earlier.status),
            (&mut self.merchant_order_no, &earlier.merchant_order_no),
            (&mut self.memo, &earlier.memo),
        ];
        for (text, before) in texts {
            if text.is_empty() {
                text.clone_from(before);
            }
        }
        if self.order_no.is_empty() && !earlier.marks.contains(&Mark::MangledId) {
            self.order_no.clone_from(&earlier.order_no);
            self.marks.retain(|mark| *mark != Mark::MangledId || earlier.order_no.is_empty());
        }
        let same_currency = self.amount.currency == earlier.amount.currency;
        self.balance = self.balance.or(earlier.balance.filter(|_| same_currency));
        self.fee = self.fee.or(earlier.fee.filter(|_| self.amount == earlier.amount));
        if same_currency {
            self.refunded.minor = self.refunded.minor.max(earlier.refunded.minor.min(self.amount.minor));
        }
        self.fill_time(earlier);
    }

    fn fill_time(&mut self, earlier: &Self) {
        let day_only = |row: &Self| row.marks.contains(&Mark::DateOnly);
        let minute = |row: &Self| row.at.timestamp().div_euclid(60);
        let same_day = self.at.naive_local().date() == earlier.at.naive_local().date();
        if day_only(self) && !day_only(earlier) && same_day {
            self.marks.retain(|mark| *mark != Mark::DateOnly);
            self.at = earlier.at;
        } else if minute(self) == minute(earlier) && self.at.timestamp().rem_euclid(60) == 0 {
            self.at = earlier.at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Direction, Kind};
    use crate::money::Money;

    fn at(time: &str) -> Transaction {
        let at = chrono::DateTime::parse_from_rfc3339(&format!("2026-03-01T{time}+08:00")).unwrap();
        Transaction::of(at, Direction::Out, Kind::Purchase, Money::fen(100))
    }

    #[test]
    fn an_empty_cell_never_replaces_a_filled_one() {
        let earlier = Transaction {
            method: "余额".into(),
            item: "外套".into(),
            memo: "报销".into(),
            order_no: "N1".into(),
            balance: Some(Money::fen(5)),
            refunded: Money::fen(30),
            ..at("09:05:17")
        };
        let mut newer = Transaction { item: "大衣".into(), ..at("09:20:44") };
        newer.fill_from(&earlier);
        let expected = Transaction { item: "大衣".into(), at: at("09:20:44").at, ..earlier.clone() };
        assert_eq!(newer, expected);
        // A number that a spreadsheet destroyed is none.
        let mut newer = Transaction { order_no: String::new(), ..at("09:05:17") };
        newer.fill_from(&Transaction { marks: vec![Mark::MangledId], ..earlier });
        assert_eq!(newer.order_no, "");
    }

    #[test]
    fn a_time_to_the_minute_or_the_day_does_not_replace_the_exact_one() {
        for (newest, earlier, shown) in [
            ("09:05:00", "09:05:17", "09:05:17"),
            ("09:05:17", "09:05:00", "09:05:17"),
            ("09:06:00", "09:05:17", "09:06:00"),
            ("00:00:00", "09:05:17", "00:00:00"),
        ] {
            let mut row = at(newest);
            row.fill_from(&at(earlier));
            assert_eq!(row.at, at(shown).at, "{newest} {earlier}");
        }
        let mut row = Transaction { marks: vec![Mark::DateOnly, Mark::UnknownType], ..at("00:00:00") };
        row.fill_from(&at("09:05:17"));
        assert_eq!((row.at, row.marks), (at("09:05:17").at, vec![Mark::UnknownType]));
    }
}
