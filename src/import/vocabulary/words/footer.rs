//! Lines of totals below a table.

use crate::import::vocabulary::languages::{is_counted, is_total};

use super::compare::same_word;

/// What follows a number in a line of totals.
const COUNTED: &[&str] =
    &["rows", "row", "rows affected", "row affected", "records", "rows selected"];

/// Words before the numbers of a line of totals.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sum",
    "count",
    "end of report",
    "end of file",
    "total rows",
    "total records",
];

/// Whether a cell starts a line of totals: `Total`, `(2 rows affected)`, `Summe`.
pub(crate) fn is_footer(cell: &str) -> bool {
    let Some(first) = cell.bytes().next() else { return false };
    let word = cell.trim_matches(['(', ')', ':', ' ']);
    if !matches!(first.to_ascii_lowercase(), b'(' | b't' | b's' | b'g' | b'e' | b'c' | b'0'..=b'9')
    {
        return is_total(word);
    }
    let is_any = |word: &str, known: &[&str]| known.iter().any(|one| same_word(word, one));
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let counted = word.get(digits..).and_then(|rest| rest.strip_prefix([' ', '_', '-']));
    let is_number = |rest| is_any(rest, COUNTED) || is_counted(rest);
    digits > 0 && counted.is_some_and(is_number) || is_any(word, TOTALS) || is_total(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_tables_is_known() {
        assert!(TOTALS.iter().all(|word| is_footer(word) && is_footer(&format!("({word}):"))));
        assert!(COUNTED.iter().all(|word| is_footer(&format!("12 {word}"))));
    }
}
