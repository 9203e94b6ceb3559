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
    "end",
    "end of list",
    "end of report",
    "end of file",
    "total rows",
    "total records",
];

/// Words before a number or a day in a line below a table: `Count = 2`, `Page 1 of 1`, `As of 2026-05-01`.
#[rustfmt::skip]
const STATED: [&str; 24] = [
    "page", "as of", "date", "generated", "generated on", "generated at", "exported on", "created on", "printed on",
    "seite", "stand", "datum", "erstellt am", "exportiert am", "gedruckt am",
    "état au", "date d'export", "página", "fecha", "pagina", "aggiornato al", "data", "bladzijde",
    "gegenereerd op",
];

/// Whether a cell says how many rows a table has, or when it was written: `Count = 2`, `Stand: 01.05.2026`.
fn is_stated(cell: &str) -> bool {
    let cell = cell.trim_matches(['(', ')', '*', ' ', '.']);
    let start = cell.find(|sign: char| sign.is_ascii_digit()).unwrap_or(cell.len());
    let (words, rest) = cell.split_at(start);
    let is_number = |sign: char| sign.is_ascii_digit() || "-./:,+TZ ".contains(sign);
    let mut words = words.trim_matches([':', '=', ' ']).to_lowercase();
    let counts = rest.split_whitespace().all(|part| {
        part.chars().all(is_number) || ["of", "von", "de", "di", "van", "/"].contains(&part)
    });
    if rest.is_empty() || !counts {
        return false;
    }
    words.retain(|sign| sign != '*');
    TOTALS.contains(&words.as_str()) || is_total(&words) || STATED.contains(&words.as_str())
}

/// Whether a cell starts a line of totals: `Total`, `(2 rows affected)`, `Summe`.
pub(crate) fn is_footer(cell: &str) -> bool {
    let Some(first) = cell.bytes().next() else { return false };
    if cell.len() < 40 && cell.bytes().any(|byte| byte.is_ascii_digit()) && is_stated(cell) {
        return true;
    }
    let word = cell.trim_matches(['(', ')', ':', ' ', '.', '*', '-', '=']);
    if !matches!(
        first.to_ascii_lowercase(),
        b'(' | b'*' | b'-' | b'=' | b't' | b's' | b'g' | b'e' | b'c' | b'0'..=b'9'
    ) {
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
        for line in [
            "Anzahl: 2",
            "Summe: 2",
            "Count = 2",
            "Stand: 01.05.2026",
            "Seite 1 von 1",
            "*** END ***",
            "2 rows selected.",
            "Page 1 of 3",
            "As of 2026-05-01",
            "Total: 1,204",
            "Ende der Liste",
        ] {
            assert!(is_footer(line), "{line}");
        }
        for name in
            ["Total Energies", "k2", "count-service", "end-user", "Stand", "date 2x", "page-1"]
        {
            assert!(!is_footer(name), "{name}");
        }
        assert!(COUNTED.iter().all(|word| is_footer(&format!("12 {word}"))));
    }
}
