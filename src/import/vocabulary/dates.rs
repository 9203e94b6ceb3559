//! Dates in the forms that exports use. Times and time zones are ignored: the day counts as written.
//!
//! `03/04/2026` can be read in two ways. The whole column decides which one is right: some value in it
//! must have a day above 12. With dots the day always comes first.

use jiff::Span;

use crate::inventory::Date;

/// Which number comes first where a date is written in three numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// No value of the column shows it, or values contradict each other.
    #[default]
    Undecided,
    DayFirst,
    MonthFirst,
}

/// What a cell of a date column is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateCell {
    On(Date),
    /// Two readings, and nothing shows which is right.
    Unclear,
    /// No date.
    Bad,
}

/// The most bytes of a date: the longest forms, with weekday, time and zone, have about 40.
const LONGEST: usize = 64;
/// The days since 1899-12-30 that are read as a spreadsheet's date: 1954 to 2119. Other numbers of five
/// digits are no dates of a credential.
const SPREADSHEET_DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// Reads a trimmed cell that is not blank.
pub(crate) fn read(cell: &str, order: DayOrder) -> DateCell {
    if cell.len() > LONGEST {
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

/// The order that one cell shows.
pub(crate) fn order_of(cell: &str) -> DayOrder {
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

/// `1/2/2026`, `01.02.26`, `1-2-2026`, with or without a time after it.
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

/// The year of two or four digits. Of two, 70 and more are of the last century: no export has dates
/// before the epoch of Unix.
fn whole_year(text: &str) -> Option<i16> {
    let number: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(number),
        2 => Some(if number < 70 { 2000 + number } else { 1900 + number }),
        _ => None,
    }
}

/// `2026-03-01`, `2026/3/1`, `2026.03.01`, `20260301T10`, with any time after it.
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
        14 => compact(whole.get(..8)?),
        9 | 10 => days_after((1970, 1, 1), value / 86_400),
        12 | 13 => days_after((1970, 1, 1), value / 86_400_000),
        5 if SPREADSHEET_DAYS.contains(&value) => days_after((1899, 12, 30), value),
        _ => None,
    }
}

fn days_after((year, month, day): (i16, i8, i8), days: i64) -> Option<Date> {
    Date::new(year, month, day).ok()?.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The beginnings of month names in English, German, French and Spanish; the longer one first where one
/// begins like another.
const MONTHS: [(&str, i8); 31] = [
    ("januar", 1),
    ("jan", 1),
    ("ene", 1),
    ("fev", 2),
    ("fév", 2),
    ("feb", 2),
    ("mär", 3),
    ("maer", 3),
    ("mrz", 3),
    ("mar", 3),
    ("avr", 4),
    ("abr", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("ago", 8),
    ("aoû", 8),
    ("aou", 8),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("dez", 12),
    ("dec", 12),
    ("déc", 12),
    ("dic", 12),
];

fn month_named(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    MONTHS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, month)| *month)
}

/// `1 Mar 2026`, `Mar 1, 2026`, `01-March-26`, `1. März 2026`, `Sun, 01 Mar 2026 10:00:00 GMT`,
/// `Mar  1 10:00:00 2026 GMT`. Times are skipped wherever they are.
fn with_month_name(cell: &str) -> Option<Date> {
    let (mut month, mut day, mut year) = (None, None, None);
    let words =
        cell.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '/' | '-'));
    for word in words {
        // A time, or a time zone.
        if word.contains(':') || word.starts_with('+') {
            continue;
        }
        let word = word.trim_matches('.');
        if let (Some(named), None) = (month_named(word), month) {
            month = Some(named);
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
            "Mar  1 10:00:00 2026 GMT",
            "Sun Mar 01 10:00:00 UTC 2026",
            "10:20 1 Mar 2026",
            "1 Mar 2026 10:20 AM",
            "1. März 2026",
            "1er mars 2026",
            "20260301103000",
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
