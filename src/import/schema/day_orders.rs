//! Whether the dates of a column have the day or the month first.

use std::sync::OnceLock;

use crate::import::container::RawTable;
use crate::import::container::encoding::Counted;
use crate::import::csv::records::{Found, LineTooLong, Records, Resume};
use crate::import::csv::segments::Segments;
use crate::import::further::Unread;
use crate::import::schema::row_plan::{Plan, Plans};
use crate::import::vocabulary::dates;
use crate::import::vocabulary::dates::DayOrder;
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Progress;

/// The columns whose dates may be written in three numbers.
pub(crate) const DATES: [Meaning; 4] =
    [Meaning::Created, Meaning::LastRotated, Meaning::LastUsed, Meaning::Expires];
/// How many records are read between two looks at the progress: a few milliseconds.
const STEP: u32 = 4096;

/// What the dates of a column show of their order.
#[derive(Clone, Copy, Default)]
pub(crate) struct ColumnOrder {
    /// The order of those that can be read in two ways: undecided where others contradict each other.
    pub(crate) order: DayOrder,
    /// The order of most that can be read in one way only.
    pub(crate) most: DayOrder,
}

/// The order of day and month in each date column of a table. The whole table is read once more for it
/// when it is first asked for, once for all who read parts of it.
pub(crate) struct DayOrders<'a> {
    raw: &'a RawTable<'a>,
    progress: &'a Progress,
    of_plans: Vec<OnceLock<[ColumnOrder; 4]>>,
    unread: OnceLock<Unread>,
}

impl<'a> DayOrders<'a> {
    pub(crate) fn new(plans: &Plans, raw: &'a RawTable<'a>, progress: &'a Progress) -> Self {
        let of_plans = plans.iter().map(|_| OnceLock::new()).collect();
        Self { raw, progress, of_plans, unread: OnceLock::new() }
    }

    /// The order in a date column, by the places of its plan among all and of the column in [`DATES`].
    pub(crate) fn order(&self, plan: &Plan, at: usize, column: usize) -> ColumnOrder {
        let orders = self.of_plans.get(at).map(|found| {
            found.get_or_init(|| {
                let mut seen = Seen::default();
                if let Err(unread) = self.look(plan, &mut seen) {
                    // Whoever came first says why.
                    self.unread.get_or_init(|| unread);
                }
                seen.orders()
            })
        });
        orders.and_then(|orders| orders.get(column)).copied().unwrap_or_default()
    }

    /// # Errors
    /// Where the table could not be read for the orders, so that they are not known.
    pub(crate) fn check(&self) -> Result<(), Unread> {
        self.unread.get().cloned().map_or(Ok(()), Err)
    }

    fn look(&self, plan: &Plan, seen: &mut Seen) -> Result<(), Unread> {
        let Some(further) = &self.raw.further else {
            let mut records = plan.records(self.raw.text.as_str());
            return seen.look(plan, &mut records, self.progress).map(|_readable| ());
        };
        let mark = if let Counted::Same(mark) = self.raw.counted { mark } else { 0 };
        let mut segments = Segments::new(further, mark);
        loop {
            segments.read_on(self.progress)?;
            let records = plan.records(segments.text()?);
            let mut records = segments.from().apply(records, !segments.is_last());
            let is_readable = seen.look(plan, &mut records, self.progress)?.is_ok();
            if segments.is_last() || !is_readable {
                return Ok(());
            }
            let end = Resume::of(&records);
            segments.go_on(end);
        }
    }
}

/// How many dates of each column certainly have the day, or the month, first.
#[derive(Default)]
struct Seen([(u32, u32); 4]);

impl Seen {
    /// Counts the dates of all records, up to a line that is too long.
    fn look(
        &mut self,
        plan: &Plan,
        records: &mut Records<'_>,
        progress: &Progress,
    ) -> Result<Result<(), LineTooLong>, Unread> {
        let mut since = 0;
        loop {
            let found = match records.read() {
                Ok(Some(found)) => found,
                Ok(None) => return Ok(Ok(())),
                Err(error) => return Ok(Err(error)),
            };
            since += 1;
            if since % STEP == 0 && progress.is_cancelled() {
                return Err(Unread::Cancelled);
            }
            if matches!(found, Found::Blank | Found::Comment) {
                continue;
            }
            for (meaning, (day, month)) in DATES.iter().zip(&mut self.0) {
                let Some(column) = plan.columns().of(*meaning) else { continue };
                match dates::order_of(records.cell(column)) {
                    DayOrder::DayFirst => *day += 1,
                    DayOrder::MonthFirst => *month += 1,
                    DayOrder::Undecided => {}
                }
            }
        }
    }

    fn orders(&self) -> [ColumnOrder; 4] {
        self.0.map(|(day, month)| ColumnOrder {
            order: match (day, month) {
                (1.., 0) => DayOrder::DayFirst,
                (0, 1..) => DayOrder::MonthFirst,
                _ => DayOrder::Undecided,
            },
            most: match day.cmp(&month) {
                std::cmp::Ordering::Greater => DayOrder::DayFirst,
                std::cmp::Ordering::Less => DayOrder::MonthFirst,
                std::cmp::Ordering::Equal => DayOrder::Undecided,
            },
        })
    }
}
