//! Dates in the cells of a row.
//!
//! Whether a date starts with its day or its month is decided by all rows of its column, which are
//! read once more for it when the first such date is met.

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::memo::Memo;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_cells::RowCells;
use crate::import::schema::day_orders::{ColumnOrder, DATES, DayOrders};
use crate::import::vocabulary::dates;
use crate::import::vocabulary::dates::{DateCell, DayOrder};
use crate::import::vocabulary::words;
use crate::inventory::{Date, ProblemKind};

const UNCLEAR_DATES: &str = "the dates of this column can be read with the day or the month first, \
                             and nothing shows which; write them as 2026-03-01";
const NO_DATE: &str =
    "this is not a date (nor where the column repeats it); write dates as 2026-03-01";
const NO_SUCH_DAY: &str = "there is no such day (nor where the column repeats it); correct it";
const OTHER_ORDER: &str = "most dates of this column have their day and month in the other order, so \
                           check this one; it is read as the only day that it can be";

/// Reads the columns of [`DATES`], and remembers what their cells meant.
pub(crate) struct DateReader<'a> {
    orders: &'a DayOrders<'a>,
    /// The place of the reader's plan among those of the table.
    plan: usize,
    columns: [Column; 4],
}

struct Column {
    known: Memo<Option<Date>>,
    /// Whether it was reported that its dates can be read in two ways.
    is_unclear: bool,
}

impl<'a> DateReader<'a> {
    pub(crate) fn new(orders: &'a DayOrders<'a>, plan: usize) -> Self {
        let columns = std::array::from_fn(|_| Column { known: Memo::new(), is_unclear: false });
        Self { orders, plan, columns }
    }

    /// The dates of a row in the order of [`DATES`].
    pub(crate) fn read(
        &mut self,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> [Option<Date>; 4] {
        [0, 1, 2, 3].map(|at| self.read_column(at, cells, builder))
    }

    fn read_column(
        &mut self,
        at: usize,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> Option<Date> {
        let meaning = DATES.get(at).copied()?;
        let cell = cells.cell(meaning);
        if cell.is_empty() {
            return None;
        }
        let column = self.columns.get_mut(at)?;
        if let Some(found) = column.known.find(cell) {
            return found;
        }
        if words::is_unknown(cell) || words::never_used(cell) {
            return None;
        }
        let mut read = dates::read(cell, DayOrder::Undecided);
        let own = dates::order_of(cell);
        if read == DateCell::Unclear || own != DayOrder::Undecided {
            let ColumnOrder { order, most } = self.orders.order(cells.plan, self.plan, at);
            read = dates::read(cell, order);
            if most != DayOrder::Undecided && own != DayOrder::Undecided && own != most {
                builder.report_once(cells.place_of(meaning), cell, [unclear(OTHER_ORDER)]);
            }
        }
        let date = match read {
            DateCell::On(date) => Some(date),
            DateCell::Unclear => {
                // Reported once for the column, whichever cell is met first.
                let is_new = !std::mem::replace(&mut column.is_unclear, true);
                let problem = is_new.then(|| unclear(UNCLEAR_DATES));
                builder.report_once(cells.place_of(meaning), "", problem);
                None
            }
            DateCell::Never => None,
            DateCell::Impossible => {
                builder.report_once(cells.place_of(meaning), cell, [unclear(NO_SUCH_DAY)]);
                None
            }
            DateCell::Bad => {
                builder.report_once(cells.place_of(meaning), cell, [unclear(NO_DATE)]);
                None
            }
        };
        column.known.add(cell, date);
        date
    }
}

fn unclear(message: &str) -> CellProblem {
    CellProblem::new(ProblemKind::UnclearDate, message)
}
