//! A file whose tables leave something open is gone through twice: once to weigh, once to read. What is known in between
//! stands here, table by table.

use super::scout::Evidence;
use super::zone::Cst;
use crate::table::cell::{DateOrder, Decimal};
use crate::{Code, Error, Result};

/// What is known of a file before its rows are read, because it was looked at once or the user said it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub order: Option<DateOrder>,
    pub decimal: Option<Decimal>,
    /// Whether order is to be told by the file.
    pub order_asked: bool,
    /// Dates that begin with their year were turned by a spreadsheet.
    pub turned: bool,
    /// The format's dates do not begin with the year, so that a spreadsheet may turn them.
    pub may_turn: bool,
    /// A minus in the column of what went out says nothing.
    pub minus_is_out: bool,
    /// Whose clock `CST` is.
    pub cst: Option<Cst>,
}

impl Known {
    fn settle(self, evidence: &Evidence, dates: Option<DateOrder>) -> Result<Self> {
        let order = self.order.or(dates).or_else(|| evidence.order());
        if self.order_asked && order.is_none() && evidence.contradicts() {
            return Err(Error::said(
                Code::Unreadable,
                "这个文件的日期互相矛盾：有的先日后月，有的先月后日，多半是表格软件改过；请重新导出，不要用表格软件保存，没有存入任何内容",
                "the dates of this file contradict each other: some put the day first, some the month, as a spreadsheet \
                 leaves them; export it again and do not save it in a spreadsheet",
            ));
        }
        if self.order_asked && order.is_none() && evidence.may_begin_with_year() {
            return Err(Error::said(
                Code::AmbiguousDates,
                "这个文件的年份只有两位，放在最前还是最后都读得通；请说明日期怎么写，没有存入任何内容",
                "the years of this file have two digits and may stand first or last; say how its dates are written",
            ));
        }
        if self.order_asked && order.is_none() {
            return Err(Error::said(
                Code::AmbiguousDates,
                "这个文件的日期按先日后月、先月后日都读得通；请说明哪个在前，没有存入任何内容",
                "the dates of this file read either way, day first or month first; say which comes first",
            ));
        }
        // A wallet's own dates begin with the year, and no spreadsheet turns those.
        let turned = order.is_some_and(|order| order != DateOrder::Ymd) && evidence.is_turned();
        Ok(Self {
            order,
            decimal: Some(evidence.decimal()),
            turned: turned && self.may_turn,
            minus_is_out: evidence.minus_is_out(),
            cst: Some(evidence.zones.cst(order)),
            ..self
        })
    }
}

/// What became of one table of a file when it was gone through.
pub(super) enum Pass {
    /// Its rows were handed over.
    Read,
    /// It was only looked at.
    Scouted(Known, Evidence),
}

impl Pass {
    /// What to do with it the next time.
    ///
    /// # Errors
    /// `AmbiguousDates` where neither the table nor `dates` says which comes first.
    pub fn next(self, dates: Option<DateOrder>) -> Result<Step> {
        match self {
            Self::Read => Ok(Step::Skip),
            Self::Scouted(known, evidence) => known.settle(&evidence, dates).map(Step::Read),
        }
    }
}

/// What is to be done with one table when the file is gone through again.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Read it with what is known now.
    Read(Known),
    /// It was read before.
    Skip,
}
