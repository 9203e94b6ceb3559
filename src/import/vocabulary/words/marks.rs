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

/// What a cell of a matrix says.
pub(crate) fn mark(cell: &str) -> Mark {
    let cell = cell.trim();
    if is_unknown(cell) {
        return Mark::No;
    }
    let word = spaced(cell);
    match word.trim_end_matches(['\u{fe0f}', '\u{fe0e}']) {
        "x" | "✓" | "✔" | "✅" | "☑" | "☒" | "🗸" | "●" | "•" | "⬤" | "■" | "◼" | "√" | "yes"
        | "y" | "true" | "t" | "1" | "wahr" | "vrai" | "ok" => return Mark::Yes(None, None),
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
        assert_eq!(mark("perhaps"), Mark::Unknown);
        assert_eq!(mark("17"), Mark::Unknown);
    }
}
