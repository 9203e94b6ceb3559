//! Whether the dates of a column have the day or the month first.

use crate::import::csv::records::Found;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::dates;
use crate::import::vocabulary::dates::DayOrder;
use crate::import::vocabulary::synonyms::Meaning;

/// The columns whose dates may be written in three numbers.
pub(crate) const DATES: [Meaning; 4] =
    [Meaning::Created, Meaning::LastRotated, Meaning::LastUsed, Meaning::Expires];

/// What the dates of a column show of their order.
#[derive(Clone, Copy, Default)]
pub(crate) struct ColumnOrder {
    /// The order of those that can be read in two ways: undecided where others contradict each other.
    pub(crate) order: DayOrder,
    /// The order of most that can be read in one way only.
    pub(crate) most: DayOrder,
}

/// The order of day and month in each date column. Reads the whole file once more.
pub(crate) fn day_orders(plan: &Plan, text: &str) -> [ColumnOrder; 4] {
    let mut seen = [(0_u32, 0_u32); 4];
    let mut records = plan.records(text);
    while let Ok(Some(found)) = records.read() {
        if matches!(found, Found::Blank | Found::Comment) {
            continue;
        }
        for (meaning, (day, month)) in DATES.iter().zip(&mut seen) {
            let Some(column) = plan.columns().of(*meaning) else { continue };
            match dates::order_of(records.cell(column)) {
                DayOrder::DayFirst => *day += 1,
                DayOrder::MonthFirst => *month += 1,
                DayOrder::Undecided => {}
            }
        }
    }
    seen.map(|(day, month)| ColumnOrder {
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
