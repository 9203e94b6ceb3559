//! Ids that a spreadsheet may have turned into something else: days, powers of ten, the numbers that
//! it keeps for days, and numbers without their leading zeros. They are reported and kept, each once.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::rows::subject::RowSubject;
use crate::import::vocabulary::dates;
use crate::import::vocabulary::dates::{DateCell, DayOrder};
use crate::inventory::shown;
use crate::inventory::{Inventory, NameId, Place, Problem, ProblemKind};

/// What a spreadsheet may have done to an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    Day,
    Power,
    /// Only where other ids are no numbers.
    DayNumber,
}

impl Damage {
    fn of(id: &str) -> Option<Self> {
        // Most ids start with a letter, or are longer than any of these.
        if !id.starts_with(|letter: char| letter.is_ascii_digit()) || !(5..=20).contains(&id.len())
        {
            return None;
        }
        match () {
            () if is_day(id) => Some(Self::Day),
            () if is_power(id) => Some(Self::Power),
            () if is_day_number(id) => Some(Self::DayNumber),
            () => None,
        }
    }

    fn message(self, id: &str) -> String {
        let what = match self {
            Self::Day => "is written as a date; a spreadsheet may have made it from the id",
            Self::Power => {
                "is written as a power of ten, in which a spreadsheet may have lost digits"
            }
            Self::DayNumber => {
                "is not an id like the others; it may be the number that a spreadsheet stores for a date"
            }
        };
        format!("“{}” {what}; export the column as text", shown(id))
    }
}

/// `2024-03-01`, `01/03/2024`, `1.3.2024`, with or without a time behind.
fn is_day(id: &str) -> bool {
    let day = id.split([' ', 'T']).next().unwrap_or_default();
    let has_year = || day.split(['-', '/', '.']).any(|part| part.len() == 4);
    (8..=10).contains(&day.len())
        && !day.bytes().all(|byte| byte.is_ascii_digit())
        && has_year()
        && matches!(dates::read(id, DayOrder::DayFirst), DateCell::On(_))
}

/// `1.2E5`, `1,23e-7`.
fn is_power(id: &str) -> bool {
    let Some((digits, power)) = id.split_once(['E', 'e']) else { return false };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((whole, rest)) = digits.split_once(['.', ',']) else { return false };
    whole.len() == 1
        && number(whole)
        && number(rest)
        && number(power.trim_start_matches(['+', '-']))
}

/// The days of 2000 to 2049, counted as spreadsheets do.
fn is_day_number(id: &str) -> bool {
    id.len() == 5 && id.parse::<u32>().is_ok_and(|days| (36_526..54_789).contains(&days))
}

/// One problem for each number that is also an id without its leading zeros.
pub(crate) fn report_lost_zeros(inventory: &mut Inventory, subjects: &[RowSubject]) {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut short: BTreeMap<&str, NameId> = BTreeMap::new();
    let mut seen = vec![false; inventory.names.len()];
    for id in subjects.iter().filter_map(|subject| subject.id()) {
        let Some(seen) = seen.get_mut(id.index()) else { continue };
        let text = inventory.names.text(id);
        if !std::mem::replace(seen, true) && digits(text) && text.starts_with('0') {
            short.insert(text.trim_start_matches('0'), id);
        }
    }
    if short.is_empty() {
        return;
    }
    let mut reported = BTreeSet::new();
    let mut problems = Vec::new();
    for (row, id) in inventory.rows.iter().zip(subjects.iter().map(|subject| subject.id())) {
        let Some(id) = id else { continue };
        let text = inventory.names.text(id);
        if let Some(long) = short.get(text)
            && reported.insert(id)
        {
            let long = inventory.names.text(*long);
            problems.push(Problem::new(
                row.place,
                ProblemKind::SpreadsheetDamage,
                format!(
                    "the id {text} stands beside {long}; if a spreadsheet removed its leading zeros, \
                     export the column as text"
                ),
            ));
        }
    }
    inventory.problems.append(&mut problems);
}

/// One problem for each id that a spreadsheet may have damaged.
pub(crate) fn report(inventory: &mut Inventory, subjects: &[RowSubject]) {
    let mut found = damaged_ids(inventory, subjects);
    // Where many ids are numbers, one of five digits is an id like the others.
    let numbers_are_odd = found.days * 4 <= found.all && found.numbers * 2 <= found.all;
    found.damaged.retain(|_, (_, damage)| *damage != Damage::DayNumber || numbers_are_odd);
    for (id, (place, damage)) in found.damaged {
        let message = damage.message(inventory.names.text(id));
        inventory.problems.push(Problem::new(place, ProblemKind::SpreadsheetDamage, message));
    }
}

/// The damaged ids with where each stands first, and how many ids there are.
#[derive(Default)]
struct DamagedIds {
    damaged: BTreeMap<NameId, (Place, Damage)>,
    all: usize,
    numbers: usize,
    days: usize,
}

fn damaged_ids(inventory: &Inventory, subjects: &[RowSubject]) -> DamagedIds {
    let mut found = DamagedIds::default();
    let mut seen = vec![false; inventory.names.len()];
    for (row, subject) in inventory.rows.iter().zip(subjects) {
        let Some(id) = subject.id() else { continue };
        let Some(seen) = seen.get_mut(id.index()) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let text = inventory.names.text(id);
        found.all += 1;
        found.numbers += usize::from(text.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(damage) = Damage::of(text) {
            found.days += usize::from(damage == Damage::DayNumber);
            found.damaged.insert(id, (row.place, damage));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_powers_are_distinguished_from_ids() {
        for id in ["2024-03-01", "01/03/2024", "1.3.2024", "2024-03-01 00:00:00", "13/01/2026"] {
            assert_eq!(Damage::of(id), Some(Damage::Day), "{id}");
        }
        for id in ["1.2E5", "1,2E+05", "1.23e-7"] {
            assert_eq!(Damage::of(id), Some(Damage::Power), "{id}");
        }
        assert_eq!(Damage::of("45321"), Some(Damage::DayNumber));
        for id in ["20240301", "10.0.0.1", "12E45", "3e8", "99999", "45-99-2024", "1-2-3", "k1"] {
            assert_eq!(Damage::of(id), None, "{id}");
        }
    }
}
