//! Days that a search compares: `expires<2027-01-01`, `created=2024`, `used:none`.

use jiff::civil::Date;

use crate::app::model::query::key::{Comparison, Key};
use crate::graph::Credential;
use crate::inventory::LastUsed;

/// What stands for a day that no row says.
pub(crate) const NO_DAY: &str = "none";

/// Which days are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    /// None at all.
    Unstated,
    /// Those that compare so with a span.
    Compared(Comparison, Span),
}

/// A day, or all days of a month or of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    first: Date,
    last: Date,
}

impl Days {
    /// What a text behind a sign stands for: `2027`, `2027-01`, `2027-01-31` or the word for no day.
    pub(crate) fn of(how: Comparison, text: &str) -> Option<Self> {
        if how == Comparison::Equal && text.eq_ignore_ascii_case(NO_DAY) {
            return Some(Self::Unstated);
        }
        Span::of(text).map(|span| Self::Compared(how, span))
    }

    /// Whether a day is wanted; one that no row says is neither earlier nor later than another.
    pub(crate) fn holds(self, day: Option<Date>) -> bool {
        let (how, span, day) = match (self, day) {
            (Self::Unstated, day) => return day.is_none(),
            (Self::Compared(..), None) => return false,
            (Self::Compared(how, span), Some(day)) => (how, span, day),
        };
        match how {
            Comparison::More => day > span.last,
            Comparison::AtLeast => day >= span.first,
            Comparison::Equal => (span.first..=span.last).contains(&day),
            Comparison::AtMost => day <= span.last,
            Comparison::Less => day < span.first,
        }
    }
}

impl Span {
    fn of(text: &str) -> Option<Self> {
        let digits = |part: &str, count| {
            let is_figure = part.len() == count && part.bytes().all(|own| own.is_ascii_digit());
            is_figure.then(|| part.parse().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year: i16 = digits(parts.next()?, 4)?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let number = |part: &str| i8::try_from(digits(part, 2)?).ok();
        match (month, day) {
            (Some(month), Some(day)) => {
                let day = Date::new(year, number(month)?, number(day)?).ok()?;
                Some(Self { first: day, last: day })
            }
            (Some(month), None) => {
                let first = Date::new(year, number(month)?, 1).ok()?;
                Some(Self { first, last: first.last_of_month() })
            }
            (None, _) => {
                let first = Date::new(year, 1, 1).ok()?;
                Some(Self { first, last: first.last_of_year() })
            }
        }
    }
}

/// The day of a credential that a key stands for.
pub(crate) fn day_of(key: Key, credential: &Credential) -> Option<Date> {
    match key {
        Key::Created => credential.created,
        Key::Rotated => credential.last_rotated,
        Key::Expires => credential.expires,
        Key::Used => match credential.last_used {
            LastUsed::On(day) => Some(day),
            LastUsed::Unstated | LastUsed::Never => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_year_a_month_and_a_day_are_compared_by_their_ends() {
        let days = [
            date(2025, 12, 31),
            date(2026, 1, 1),
            date(2026, 2, 28),
            date(2026, 3, 1),
            date(2026, 12, 31),
            date(2027, 1, 1),
        ];
        let cases = [
            (Comparison::Less, "2026", "100000"),
            (Comparison::AtMost, "2026", "111110"),
            (Comparison::Equal, "2026", "011110"),
            (Comparison::AtLeast, "2026", "011111"),
            (Comparison::More, "2026", "000001"),
            (Comparison::Equal, "2026-02", "001000"),
            (Comparison::More, "2026-02", "000111"),
            (Comparison::Less, "2026-02", "110000"),
            (Comparison::Equal, "2026-03-01", "000100"),
            (Comparison::AtMost, "2026-03-01", "111100"),
        ];
        for (how, text, expected) in cases {
            let wanted = Days::of(how, text).expect("it is understood");
            let found: String =
                days.iter().map(|day| if wanted.holds(Some(*day)) { '1' } else { '0' }).collect();
            assert_eq!(found, expected, "{how:?} {text}");
            assert!(!wanted.holds(None), "{how:?} {text}");
        }
        let none = Days::of(Comparison::Equal, "None").expect("it is understood");
        assert!(none.holds(None) && !none.holds(Some(days[0])));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in
            ["", "26", "2026-13", "2026-02-30", "2026-1", "2026-01-01-01", "soon", "+026", "²026"]
        {
            assert_eq!(Days::of(Comparison::Less, text), None, "{text}");
        }
        assert_eq!(Days::of(Comparison::Less, NO_DAY), None, "nothing is earlier than no day");
    }
}
