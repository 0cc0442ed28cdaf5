//! What only the whole file tells: whether the day or the month comes first, and which sign parts the cents.

use super::Field;
use super::mapping::Mapped;
use crate::table::Row;
use crate::table::cell::{self, DateOrder, Decimal};

/// What the dates and amounts of a file prove together.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    day_first: u32,
    month_first: u32,
    /// Dates that read either way, and differently.
    either: u32,
    comma: u32,
    point: u32,
}

impl Evidence {
    /// Looks at one row.
    pub fn weigh(&mut self, mapped: &Mapped, row: &Row) {
        match cell::day_or_month_first(mapped.cell(row, Field::Time)) {
            Some((13..=31, 1..=12)) => self.day_first += 1,
            Some((1..=12, 13..=31)) => self.month_first += 1,
            Some((first, second)) if first != second => self.either += 1,
            _ => {}
        }
        for field in [Field::Amount, Field::AmountOut, Field::AmountIn, Field::Fee, Field::Balance] {
            match cell::decimal_shown(mapped.cell(row, field)) {
                Some(Decimal::Comma) => self.comma += 1,
                Some(Decimal::Point) => self.point += 1,
                None => {}
            }
        }
    }

    /// The order that the dates prove; `None` where they read either way. A file of both is read as most of it
    /// stands, and the rest are rows that cannot be read.
    pub fn order(&self) -> Option<DateOrder> {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(DateOrder::Dmy),
            std::cmp::Ordering::Less => Some(DateOrder::Mdy),
            std::cmp::Ordering::Equal => (self.day_first == 0 && self.either == 0).then_some(DateOrder::Dmy),
        }
    }

    /// The decimal sign.
    pub fn decimal(&self) -> Decimal {
        if self.comma > self.point { Decimal::Comma } else { Decimal::Point }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_above_twelve_tells_for_the_whole_file_and_none_is_asked() {
        let order = |day_first, month_first, either| {
            Evidence { day_first, month_first, either, ..Evidence::default() }.order()
        };
        assert_eq!(order(1, 0, 40), Some(DateOrder::Dmy));
        assert_eq!(order(0, 1, 40), Some(DateOrder::Mdy));
        assert_eq!(order(5, 1, 0), Some(DateOrder::Dmy));
        assert_eq!(order(0, 0, 3), None);
        assert_eq!(order(2, 2, 0), None);
        // 05/05 reads the same either way.
        assert_eq!(order(0, 0, 0), Some(DateOrder::Dmy));
    }
}
