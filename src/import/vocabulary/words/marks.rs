//! Marks in the cells of a matrix: `x`, `✓`, `yes`, `rw`.

use crate::import::vocabulary::languages::is_yes;
use crate::inventory::{Access, Level};

use super::access::{access, level};
use super::compare::spaced;
use super::unknown::is_unknown;

/// What a cell of a matrix says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing, or that there is no link.
    No,
    /// That there is a link, and perhaps of what kind and level.
    Yes(Option<Access>, Option<Level>),
    /// Something that is no known mark.
    Unknown,
}

/// What a cell of a matrix says; what stands behind a mark, in brackets or alone, may say the access or
/// the level, and is a remark otherwise: `x (read only)`, `✓ seit 2024`, `x*`.
pub(crate) fn mark(cell: &str) -> Mark {
    match bare_mark(cell) {
        Mark::Unknown => with_remark(cell.trim()).unwrap_or(Mark::Unknown),
        known => known,
    }
}

/// A mark with a remark behind it.
fn with_remark(cell: &str) -> Option<Mark> {
    let (first, rest) = match cell.split_once(['(', '[']) {
        Some((first, rest)) => (first.trim(), rest.trim_end_matches([')', ']'])),
        // A cell in brackets altogether says the same less firmly.
        None => cell.split_once(char::is_whitespace).unwrap_or_else(|| {
            (cell.trim_end_matches(['*', '†', '‡', '¹', '²', '³', '?', '!']), "")
        }),
    };
    let first = first.trim_end_matches([',', ';', ':']);
    let first = if first.is_empty() { rest } else { first };
    if first.len() >= cell.len() {
        return None;
    }
    match bare_mark(first) {
        Mark::Yes(None, None) => Some(Mark::Yes(access(rest), level(rest))),
        Mark::Unknown => None,
        _ if first.is_empty() => None,
        known => Some(known),
    }
}

/// What a cell says that is a mark and nothing else.
fn bare_mark(cell: &str) -> Mark {
    let cell = cell.trim();
    if is_unknown(cell) {
        return Mark::No;
    }
    let word = spaced(cell);
    match word.trim_end_matches(['\u{fe0f}', '\u{fe0e}']) {
        "x" | "✓" | "✔" | "✅" | "☑" | "☒" | "🗸" | "●" | "•" | "⬤" | "■" | "◼" | "√" | "yes"
        | "y" | "true" | "t" | "1" | "+" | "++" | "wahr" | "vrai" | "ok" => {
            return Mark::Yes(None, None);
        }
        "no" | "n" | "false" | "f" | "0" | "✗" | "✘" | "❌" | "☐" | "○" | "□" | "falsch"
        | "faux" => {
            return Mark::No;
        }
        _ => {}
    }
    match (is_yes(&word), access(cell), level(cell)) {
        (Some(true), ..) => Mark::Yes(None, None),
        (Some(false), ..) => Mark::No,
        (None, None, None) => Mark::Unknown,
        (None, access, level) => Mark::Yes(access, level),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_several_languages_say_yes_or_no() {
        for cell in ["x", "X", "✓", "✔️", "yes", "Ja", "oui", "sí", "Sim", "TRUE", "1", "●"]
        {
            assert_eq!(mark(cell), Mark::Yes(None, None), "{cell}");
        }
        for cell in ["", "-", "no", "Nein", "non", "não", "0", "n/a", "✗", "false"] {
            assert_eq!(mark(cell), Mark::No, "{cell}");
        }
        assert_eq!(mark("holds"), Mark::Yes(Some(Access::Holds), None));
        assert_eq!(mark("nutzt"), Mark::Yes(Some(Access::Holds), None));
        assert_eq!(mark("RW"), Mark::Yes(None, Some(Level::Write)));
        assert_eq!(mark("x (admin)"), Mark::Yes(None, Some(Level::Admin)));
        assert_eq!(mark("X (nur lesend)"), Mark::Yes(None, Some(Level::Read)));
        for cell in ["x*", "(x)", "x seit 2024", "✓ (Team A)", "ja, bis Mai", "+"] {
            assert_eq!(mark(cell), Mark::Yes(None, None), "{cell}");
        }
        assert_eq!(mark("nein (geplant)"), Mark::No);
        for cell in ["web (x)", "portal", "(web)", "db, mq", "1.5", "x-ray"] {
            assert_eq!(mark(cell), Mark::Unknown, "{cell}");
        }
        assert_eq!(mark("perhaps"), Mark::Unknown);
        assert_eq!(mark("17"), Mark::Unknown);
    }
}
