//! Month names and their abbreviations, in English and the other languages.

use crate::import::vocabulary::languages;

const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The least letters of a month: no abbreviation of these languages has fewer.
const SHORTEST: usize = 3;

/// The month that a word names or abbreviates: `Mar`, `Sept`, `févr`. A beginning that two months share
/// (`jui` in French) is none.
pub(crate) fn month_named(word: &str) -> Option<i8> {
    if word.len() < SHORTEST || !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let word = languages::folded(word);
    let english = (1..).zip(ENGLISH).filter(|(_, name)| name.starts_with(word.as_str()));
    let english = english.map(|(month, _)| month);
    let mut months = english.chain(languages::months_with(&word));
    let month = months.next()?;
    months.all(|other| other == month).then_some(month)
}

/// Whether a word for a month may be a Tuesday: `mar. 3 févr. 2026`.
pub(crate) fn could_be_weekday(word: &str) -> bool {
    word.eq_ignore_ascii_case("mar")
}
