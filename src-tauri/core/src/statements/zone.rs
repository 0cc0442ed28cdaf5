//! Whose clock `CST` is: that of China and Taiwan, or that of the middle of America. A wallet that writes zones by their
//! letters means either, fourteen hours apart; only the file as a whole tells.

use super::Field;
use super::mapping::Mapped;
use crate::table::Row;
use crate::table::cell::{self, DateOrder, Zone};
use chrono::NaiveDate;

/// What the rows of a file say of it.
#[derive(Debug, Default)]
pub(super) struct Zones {
    /// Rows with `CST`.
    named: u32,
    /// Rows of those on a day of summer time in America, by either reading of the date.
    summer: [u32; 2],
    /// `CDT` stands somewhere, which China does not have.
    american: bool,
    /// Rows of those in money of China or Taiwan.
    eastern_money: u32,
    /// Money of the countries that keep the American time all year.
    western_money: bool,
    /// The columns have Chinese names.
    chinese: bool,
    /// Or such as only the languages of those countries and of Europe have.
    spanish: bool,
}

/// What `CST` means in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cst {
    /// Eight hours east of Greenwich.
    China,
    /// Six hours west of it.
    America,
    /// The file does not tell; it is read as the American one.
    Open,
}

impl Cst {
    /// Whether a zone of this name is that of China.
    pub fn is_china(self, name: &str) -> bool {
        self == Self::China && cell::tidy(name) == "CST"
    }
}

impl Zones {
    /// Looks at one row.
    pub fn weigh(&mut self, mapped: &Mapped, row: &Row) {
        match mapped.cell(row, Field::Zone) {
            "CST" => {}
            "CDT" => {
                self.american = true;
                return;
            }
            _ => return,
        }
        self.named += 1;
        self.chinese = mapped.time_name() == "日期";
        self.spanish = mapped.time_name() == "Fecha";
        let date = mapped.cell(row, Field::Time);
        for (count, order) in self.summer.iter_mut().zip([DateOrder::Dmy, DateOrder::Mdy]) {
            *count += u32::from(cell::when(date, order).is_some_and(|when| is_summer(when.date)));
        }
        match mapped.cell(row, Field::Currency) {
            "CNY" | "TWD" => self.eastern_money += 1,
            "MXN" | "CAD" | "CRC" | "GTQ" | "HNL" | "NIO" => self.western_money = true,
            _ => {}
        }
    }

    /// What it means, the dates being read in this order.
    pub fn cst(&self, order: Option<DateOrder>) -> Cst {
        let summer = self.summer[usize::from(order == Some(DateOrder::Mdy))] > 0;
        if self.named == 0 || self.american || self.spanish {
            Cst::America
        } else if self.chinese || (2 * self.eastern_money > self.named && !self.western_money) {
            Cst::China
        } else if self.western_money {
            Cst::America
        } else if summer {
            Cst::China
        } else {
            Cst::Open
        }
    }
}

/// Whether the clocks of central America show summer time at noon of a day.
fn is_summer(day: NaiveDate) -> bool {
    const CDT: i32 = -5 * 3600;
    let noon = day.and_hms_opt(12, 0, 0);
    let at = noon.and_then(|noon| Zone::Named(chrono_tz::America::Chicago).moment(noon));
    at.is_some_and(|at| at.offset().local_minus_utc() == CDT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_as_a_whole_tells_whose_clock_it_is() {
        let cst = |zones: Zones| zones.cst(Some(DateOrder::Mdy));
        let winter = || Zones { named: 2, ..Zones::default() };
        assert_eq!(cst(Zones::default()), Cst::America);
        assert_eq!(cst(winter()), Cst::Open);
        assert_eq!(cst(Zones { chinese: true, ..winter() }), Cst::China);
        assert_eq!(cst(Zones { summer: [0, 1], ..winter() }), Cst::China);
        assert_eq!(cst(Zones { summer: [1, 0], ..winter() }), Cst::Open);
        assert_eq!(cst(Zones { summer: [0, 1], american: true, ..winter() }), Cst::America);
        assert_eq!(cst(Zones { chinese: true, american: true, ..winter() }), Cst::America);
        // Mexico and the middle of Canada know no summer time.
        assert_eq!(cst(Zones { summer: [0, 1], western_money: true, ..winter() }), Cst::America);
        assert_eq!(cst(Zones { summer: [0, 1], spanish: true, ..winter() }), Cst::America);
        assert_eq!(cst(Zones { eastern_money: 2, ..winter() }), Cst::China);
        assert_eq!(cst(Zones { eastern_money: 1, ..winter() }), Cst::Open);
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        assert!(
            is_summer(day(3, 8)) && !is_summer(day(3, 7)) && is_summer(day(10, 31)) && !is_summer(day(11, 1))
        );
        assert!(Cst::China.is_china("CST ") && !Cst::China.is_china("CDT") && !Cst::America.is_china("CST"));
    }
}
