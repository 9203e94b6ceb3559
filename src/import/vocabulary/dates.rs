//! Dates in the forms that exports use. Times and time zones are ignored: the day counts as written.
//!
//! `03/04/2026` can be read in two ways. The whole column decides which one is right: some value in it
//! must have a day above 12. With dots the day always comes first.

use jiff::Span;

use crate::import::vocabulary::month_names::{could_be_weekday, month_named};
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
    /// A date in the place of none, as programs write it: 0001-01-01, 1970-01-01, 9999-12-31.
    Never,
    /// It has the form of a date, but there is no such day: 30/02/2026.
    Impossible,
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
    match read_as_written(cell, order) {
        DateCell::On(date) if stands_for_none(date) => DateCell::Never,
        other => other,
    }
}

/// Whether programs write a date where there is none: the first day of a calendar or of a clock, or one
/// that nobody will see.
fn stands_for_none(date: Date) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let is_first = month == 1 && day == 1;
    match year {
        ..=1 | 2900.. => true,
        1899 => month == 12 && day >= 30,
        // The first days of Windows, SQL Server, spreadsheets and Unix.
        1601 | 1753 | 1900 | 1970 => is_first,
        // The first day of Unix in western time zones.
        1969 => month == 12 && day == 31,
        _ => false,
    }
}

fn read_as_written(cell: &str, order: DayOrder) -> DateCell {
    if cell.len() > LONGEST {
        return DateCell::Bad;
    }
    if matches!(cell, "0" | "-1" | "0.0") {
        return DateCell::Never;
    }
    if let Some(date) = within_date_brackets(cell) {
        return date;
    }
    if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Some(date) = number(cell)
    {
        return DateCell::On(date);
    }
    if let Some(three) = three_numbers(cell) {
        return three.read(order);
    }
    if let Some((year, month, day)) = iso(cell) {
        return written_date(year, month, day);
    }
    with_month_name(cell)
}

/// The date of three numbers, if there is such a day.
fn written_date(year: i16, month: i8, day: i8) -> DateCell {
    match Date::new(year, month, day) {
        Ok(date) => DateCell::On(date),
        // Some programs write this for no date.
        Err(_) if (year, month, day) == (0, 0, 0) => DateCell::Never,
        Err(_) if (1..=31).contains(&day) && (1..=12).contains(&month) => DateCell::Impossible,
        Err(_) => DateCell::Bad,
    }
}

/// `/Date(1772323200000)/` with thousandths since 1970, as .NET writes dates in JSON.
fn within_date_brackets(cell: &str) -> Option<DateCell> {
    let cell = cell.trim_matches(['/', '\\']);
    let inner = cell.strip_prefix("Date(")?.strip_suffix(')')?;
    let is_sign = |at: &usize| matches!(inner.as_bytes().get(*at), Some(b'+' | b'-'));
    let end = (1..inner.len()).find(is_sign).unwrap_or(inner.len());
    let Some(Ok(thousandths)) = inner.get(..end).map(str::parse::<i64>) else {
        return Some(DateCell::Bad);
    };
    let date = days_after([1970, 1, 1], thousandths.div_euclid(86_400_000));
    Some(date.map_or(DateCell::Never, DateCell::On))
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
        written_date(year, month, day)
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
fn iso(cell: &str) -> Option<(i16, i8, i8)> {
    let day = cell.split(['T', ' ', 't']).next()?;
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        let date = compact(day)?;
        return Some((date.year(), date.month(), date.day()));
    }
    let mut parts = day.split(['-', '/', '.']);
    let (year, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let last = last.trim_end_matches('Z');
    Some((year.parse().ok()?, month.parse().ok()?, last.parse().ok()?))
}

fn compact(day: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| day.get(range)?.parse::<i16>().ok();
    Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok()
}

/// `20260301`, seconds or their fractions since 1970, days of a spreadsheet; the clocks of Chrome (17
/// digits) and of Active Directory (18 digits) count from 1601.
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
        9 | 10 => days_after([1970, 1, 1], value / 86_400),
        12 | 13 => days_after([1970, 1, 1], value / 86_400_000),
        16 => days_after([1970, 1, 1], value / 86_400_000_000),
        17 => days_after([1601, 1, 1], value / 86_400_000_000),
        18 => days_after([1601, 1, 1], value / 864_000_000_000),
        // What Active Directory writes for never, and billionths since 1970.
        19 if value == i64::MAX => Date::new(9999, 12, 31).ok(),
        19 => days_after([1970, 1, 1], value / 86_400_000_000_000),
        5 if SPREADSHEET_DAYS.contains(&value) => days_after([1899, 12, 30], value),
        _ => None,
    }
}

fn days_after([year, month, day]: [i16; 3], days: i64) -> Option<Date> {
    let start = Date::new(year, month as i8, day as i8).ok()?;
    start.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `1 Mar 2026`, `Mar 1, 2026`, `01-March-26`, `1. März 2026`, `Sun, 01 Mar 2026 10:00:00 GMT`,
/// `Mar  1 10:00:00 2026 GMT`. Times are skipped wherever they are.
fn with_month_name(cell: &str) -> DateCell {
    named_parts(cell).map_or(DateCell::Bad, |(year, month, day)| written_date(year, month, day))
}

fn named_parts(cell: &str) -> Option<(i16, i8, i8)> {
    let (mut month, mut day, mut year) = (None, None, None);
    let mut weekday = false;
    let words =
        cell.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '/' | '-'));
    for word in words {
        // A time, or a time zone.
        if word.contains(':') || word.starts_with('+') {
            continue;
        }
        let word = word.trim_matches('.');
        if let Some(named) = month_named(word).filter(|_| month.is_none() || weekday) {
            weekday = could_be_weekday(word);
            month = Some(named);
            continue;
        }
        let digits = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        match digits.len() {
            1 | 2 if day.is_none() => day = digits.parse::<i8>().ok(),
            2 | 4 if year.is_none() => year = whole_year(digits),
            _ => {}
        }
    }
    Some((year?, month?, day?))
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
            "/Date(1772323200000)/",
            "\\/Date(1772323200000+0100)\\/",
            "1772323200000000",
            "1772323200000000000",
            "13416796800000000",
            "134167968000000000",
            "1er mars 2026",
            "dim. 1 mars 2026",
            "1 de marzo de 2026",
            "1º de março de 2026",
            "1 marzo 2026",
            "1 maart 2026",
            "1. Maerz 2026",
            "1-MÄR-2026",
        ] {
            assert_eq!(read(cell, DayOrder::Undecided), DateCell::On(date(2026, 3, 1)), "{cell}");
        }
    }

    #[test]
    fn years_of_two_digits_and_beginnings_of_two_months_are_told_apart() {
        let read = |cell| read(cell, DayOrder::Undecided);
        assert_eq!(read("1.3.69"), DateCell::On(date(2069, 3, 1)));
        assert_eq!(read("1.3.45"), DateCell::On(date(2045, 3, 1)));
        assert_eq!(read("1.3.70"), DateCell::On(date(1970, 3, 1)));
        // June and July, in French.
        assert_eq!(read("3 jui 2026"), DateCell::Bad);
    }

    #[test]
    fn months_of_every_language_are_read() {
        for (cell, month) in [
            ("3 gennaio 2026", 1),
            ("mar. 3 févr. 2026", 2),
            ("martes, 3 de febrero de 2026", 2),
            ("3 avr. 2026", 4),
            ("3 mei 2026", 5),
            ("3 mag 2026", 5),
            ("3 de maio de 2026", 5),
            ("3 juin 2026", 6),
            ("3 giu 2026", 6),
            ("3 juil. 2026", 7),
            ("3 août 2026", 8),
            ("3 Sept. 2026", 9),
            ("3 de setiembre de 2026", 9),
            ("3 ottobre 2026", 10),
            ("3 out. 2026", 10),
            ("3. Dezember 2026", 12),
            ("3 de diciembre de 2026", 12),
        ] {
            assert_eq!(
                read(cell, DayOrder::Undecided),
                DateCell::On(date(2026, month, 3)),
                "{cell}"
            );
        }
    }

    #[test]
    fn dates_that_stand_for_none_and_days_that_never_were_are_told_apart() {
        for cell in [
            "0001-01-01T00:00:00Z",
            "1/1/0001 12:00:00 AM",
            "1601-01-01",
            "01.01.1970",
            "1969-12-31T19:00:00-05:00",
            "1970-01-01T00:00:00+00:00",
            "/Date(-62135596800000)/",
            "/Date(0)/",
            "0",
            "2999-12-31",
            "12/31/9999",
            "9999-12-31T23:59:59Z",
            "9223372036854775807",
            "0000-00-00 00:00:00",
        ] {
            assert_eq!(read(cell, DayOrder::Undecided), DateCell::Never, "{cell}");
        }
        for cell in ["30/02/2025", "2025-02-30", "31.04.2026", "31. Juni 2026", "30 février 2025"]
        {
            assert_eq!(read(cell, DayOrder::Undecided), DateCell::Impossible, "{cell}");
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
            ["soon", "2026-13-01", "12345678901234567890", "1.2", "99/99/2026", "7", "Date(x)"]
        {
            assert_eq!(read(cell, DayOrder::DayFirst), DateCell::Bad, "{cell}");
        }
    }
}
