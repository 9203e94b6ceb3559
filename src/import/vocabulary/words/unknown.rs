//! Words for a value that is not known.

use crate::import::vocabulary::languages;

use super::compare::same_word;
use super::spreadsheet::is_spreadsheet_error;

/// The words, in lower case.
pub(super) const UNKNOWN: [&str; 52] = [
    "-1",
    "-",
    "--",
    "---",
    "–",
    "—",
    "?",
    "??",
    "???",
    ".",
    "…",
    "...",
    "n/a",
    "n\\a",
    "n.a.",
    "na",
    "#n/a",
    "#nv",
    "#n/d",
    "nan",
    "nil",
    "null",
    "none",
    "(none)",
    "<none>",
    "[none]",
    "(null)",
    "<null>",
    "\\n",
    "unknown",
    "(unknown)",
    "<unknown>",
    "unassigned",
    "not assigned",
    "undefined",
    "not set",
    "not applicable",
    "not available",
    "no information",
    "not supported",
    "no owner",
    "no owners",
    "unowned",
    "tbd",
    "tba",
    "tbc",
    "to be determined",
    "never",
    "blank",
    "vacant",
    "(vacant)",
    "n.n.",
];

/// More bytes than the longest of the words has, with brackets around it.
const LONGEST: usize = 24;

/// Whether a trimmed cell is blank or has a word for a value that is not known.
pub(crate) fn is_unknown(cell: &str) -> bool {
    let Some(first) = cell.bytes().next() else { return true };
    let is_english = || is_unknown_word(cell) || is_spreadsheet_error(cell);
    (cell.len() <= LONGEST && starts_unknown(first) && is_english()) || languages::is_unknown(cell)
}

/// Whether such a word starts with this byte. Most cells do not, and need no comparison.
fn starts_unknown(byte: u8) -> bool {
    matches!(
        byte,
        b'-' | b'?'
            | b'.'
            | b'n'
            | b'N'
            | b'#'
            | b'('
            | b'<'
            | b'['
            | b'{'
            | b'\\'
            | b'u'
            | b'U'
            | b't'
            | b'T'
            | b'b'
            | b'B'
            | b'v'
            | b'V'
            | b'*'
            | b'_'
            | 0xe2
    )
}

fn is_unknown_word(cell: &str) -> bool {
    let inner = cell.trim_matches(['<', '>', '{', '}', '*']).trim();
    UNKNOWN.iter().any(|word| same_word(cell, word) || same_word(inner, word))
        || (inner.len() < cell.len() && languages::is_unknown(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_for_nothing_is_known() {
        for word in UNKNOWN {
            let spelt = [word.to_owned(), word.to_uppercase(), word.replace(' ', "_")];
            assert!(spelt.iter().all(|word| is_unknown(word)), "{word}");
        }
    }

    #[test]
    fn words_for_nothing_mean_unknown() {
        for cell in [
            "",
            "-",
            "N/A",
            "never",
            "None",
            "NULL",
            "no_information",
            "not_supported",
            "<<No Owner>>",
        ] {
            assert!(is_unknown(cell), "{cell}");
        }
        for cell in ["TBD", "?", "unknown", "<unknown>", "—"] {
            assert!(is_unknown(cell), "{cell}");
        }
        for cell in ["nancy", "build", "new-api", "CRED-1", "no", "tb"] {
            assert!(!is_unknown(cell), "{cell}");
        }
    }
}
