//! Dates in the forms that exports use. Times and zones are dropped: the day is taken as written.
//!
//! `03/04/2026` can be read in two ways. Which one holds is decided by the whole column: some
//! value in it must have a day above 12. With dots the day always comes first.

use jiff::Span;

use crate::inventory::Date;

/// Which part comes first where a date is written in three numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DayOrder {
    /// No value of the column tells, or values contradict each other.
    #[default]
    Undecided,
    DayFirst,
    MonthFirst,
}

/// What a date cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateCell {
    On(Date),
    /// Two readings, and nothing tells which.
    Unclear,
    /// No date.
    Bad,
}

/// Reads a trimmed cell that is not blank.
pub(super) fn read(cell: &str, order: DayOrder) -> DateCell {
    if cell.len() > 64 {
        return DateCell::Bad;
    }
    if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Some(date) = number(cell)
    {
        return DateCell::On(date);
    }
    if let Some(three) = three_numbers(cell) {
        return three.read(order);
    }
    match iso(cell).or_else(|| with_month_name(cell)) {
        Some(date) => DateCell::On(date),
        None => DateCell::Bad,
    }
}

/// What one cell tells of its column's order.
pub(super) fn order_of(cell: &str) -> DayOrder {
    match three_numbers(cell) {
        Some(Three { first: 13..=31, second: 1..=12, dots: false, .. }) => DayOrder::DayFirst,
        Some(Three { first: 1..=12, second: 13..=31, dots: false, .. }) => DayOrder::MonthFirst,
        _ => DayOrder::Undecided,
    }
}

struct Three {
    first: i8,
    second: i8,
    year: i16,
    dots: bool,
}

impl Three {
    fn read(&self, order: DayOrder) -> DateCell {
        let Self { first, second, year, dots } = *self;
        let (day, month) = match order {
            _ if dots || first > 12 || first == second => (first, second),
            _ if second > 12 => (second, first),
            DayOrder::DayFirst => (first, second),
            DayOrder::MonthFirst => (second, first),
            DayOrder::Undecided => return DateCell::Unclear,
        };
        Date::new(year, month, day).map_or(DateCell::Bad, DateCell::On)
    }
}

/// `1/2/2026`, `01.02.26`, `1-2-2026`, with or without a time behind.
fn three_numbers(cell: &str) -> Option<Three> {
    let day = cell.split([' ', 'T', ',']).next()?;
    let mark = day.bytes().find(|byte| matches!(byte, b'/' | b'.' | b'-'))?;
    let mut parts = day.split(char::from(mark));
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || first.len() > 2 || second.len() > 2 {
        return None;
    }
    Some(Three {
        first: first.parse().ok()?,
        second: second.parse().ok()?,
        year: whole_year(year)?,
        dots: mark == b'.',
    })
}

fn whole_year(text: &str) -> Option<i16> {
    let number: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(number),
        2 => Some(if number < 70 { 2000 + number } else { 1900 + number }),
        _ => None,
    }
}

/// `2026-03-01`, `2026/3/1`, `2026.03.01`, `20260301T10`, with anything of a time behind.
fn iso(cell: &str) -> Option<Date> {
    let day = cell.split(['T', ' ', 't']).next()?;
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(day);
    }
    let mut parts = day.split(['-', '/', '.']);
    let (year, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let last = last.trim_end_matches('Z');
    Date::new(year.parse().ok()?, month.parse().ok()?, last.parse().ok()?).ok()
}

fn compact(day: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| day.get(range)?.parse::<i16>().ok();
    Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok()
}

/// `20260301`, seconds or thousandths since 1970, days of a spreadsheet.
fn number(cell: &str) -> Option<Date> {
    let whole = match cell.split_once('.') {
        Some((whole, rest)) if !rest.contains('.') => whole,
        Some(_) => return None,
        None => cell,
    };
    let value: i64 = whole.parse().ok()?;
    match whole.len() {
        8 => compact(whole),
        9 | 10 => days_after((1970, 1, 1), value / 86_400),
        12 | 13 => days_after((1970, 1, 1), value / 86_400_000),
        5 if (20_000..=80_000).contains(&value) => days_after((1899, 12, 30), value),
        _ => None,
    }
}

fn days_after((year, month, day): (i16, i8, i8), days: i64) -> Option<Date> {
    Date::new(year, month, day).ok()?.checked_add(Span::new().try_days(days).ok()?).ok()
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `1 Mar 2026`, `Mar 1, 2026`, `01-March-26`, `Sun, 01 Mar 2026 10:00:00 GMT`.
fn with_month_name(cell: &str) -> Option<Date> {
    let (mut month, mut day, mut year) = (None, None, None);
    for word in cell.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
    {
        let start = word.get(..3).unwrap_or(word).to_ascii_lowercase();
        let named = MONTHS.iter().position(|name| *name == start);
        if let (Some(at), None) = (named, month) {
            month = Some(at as i8 + 1);
            continue;
        }
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        match digits.len() {
            1 | 2 if day.is_none() => day = digits.parse::<i8>().ok(),
            2 | 4 if year.is_none() => year = whole_year(digits),
            _ => {}
        }
    }
    Date::new(year?, month?, day?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_of_march_is_read_in_every_form() {
        for cell in [
            "2026-03-01",
            "2026-03-01T10:00:00Z",
            "2026-03-01 23:59:59+02:00",
            "2026/03/01",
            "01.03.2026",
            "1.3.26",
            "1 Mar 2026",
            "Mar 1, 2026",
            "March 1st, 2026",
            "20260301",
            "1772323200",
            "1772323200000",
            "46082",
            "46082.5",
            "01-Mar-2026",
            "01-MAR-26",
            "20260301T120000Z",
            "Sun, 01 Mar 2026 10:00:00 GMT",
            "2026.03.01",
        ] {
            assert_eq!(read(cell, DayOrder::Undecided), DateCell::On(date(2026, 3, 1)), "{cell}");
        }
    }

    #[test]
    fn two_readings_need_the_column_to_decide() {
        assert_eq!(read("03/04/2026", DayOrder::Undecided), DateCell::Unclear);
        assert_eq!(read("03/04/2026", DayOrder::DayFirst), DateCell::On(date(2026, 4, 3)));
        assert_eq!(read("03/04/2026", DayOrder::MonthFirst), DateCell::On(date(2026, 3, 4)));
        assert_eq!(read("04/04/2026", DayOrder::Undecided), DateCell::On(date(2026, 4, 4)));
        assert_eq!(read("10-19-2003", DayOrder::Undecided), DateCell::On(date(2003, 10, 19)));
        assert_eq!(order_of("25/12/2026"), DayOrder::DayFirst);
        assert_eq!(order_of("12/25/2026"), DayOrder::MonthFirst);
        assert_eq!(order_of("12.11.2026"), DayOrder::Undecided);
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for cell in
            ["soon", "2026-13-01", "12345678901234567890", "31.02.2026", "1.2", "99/99/2026", "7"]
        {
            assert_eq!(read(cell, DayOrder::DayFirst), DateCell::Bad, "{cell}");
        }
    }
}
