//! Rows and cells that could not be taken as they stand.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Place, TOKEN};

/// What went wrong with a row or a cell. The code is part of the report and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The row has more cells than the header, so nobody knows which is which.
    TooManyCells,
    /// The row has fewer cells than the header.
    TooFewCells,
    /// The row names neither a credential nor a service.
    NothingNamed,
    /// A date that is not one, or that can be read in two ways.
    UnclearDate,
    /// An access, status or level word that is not known.
    UnknownWord,
    /// A cell of several names that can be parted in several ways, or not wholly.
    UnclearList,
    /// Bytes that are no text in the file's encoding, or control characters in a name.
    OddCharacters,
    /// Several credentials have the id of a row that has no fingerprint.
    AmbiguousId,
    /// Names that differ only in case.
    CaseVariants,
    /// Rows that disagree on whether a credential is alive.
    Disagreement,
    /// A cell repeated the secret value and was masked.
    MaskedCell,
    /// A line or a cell larger than any inventory's.
    TooLong,
    /// A quote that never closes.
    OpenQuote,
    /// Text between a closing quote and the next delimiter.
    StrayQuote,
    /// A row that starts with `#`.
    MarkedRow,
    /// A line of totals below a table.
    Footer,
    /// A second header, with the columns in another order.
    NewHeader,
    /// What a spreadsheet made of a cell: a rounded number, a day, an error, lost zeros.
    SpreadsheetDamage,
    /// Names that look alike and are not the same.
    LookAlike,
    /// Text that was read in the wrong encoding before it was written.
    Mojibake,
    /// A piece of a file that is no row: damaged JSON, or an entry that is no object.
    BrokenEntry,
    /// Something within an archive that is not read.
    UnreadMember,
    /// A line below the header that says the columns' names, types or units again.
    SecondHeader,
    /// Two columns of one name say different things that can be said but once.
    DoubledColumn,
    /// A row whose cells stand under each other's headings.
    SwappedColumns,
    /// A line of another table of the same file.
    OtherTable,
    /// A column that is not read, and could be what the table lacks.
    UnreadColumn,
    /// A cell of a column of secrets that holds a mask, a remark or the name of a type.
    NoValue,
    /// A name or an id that many credentials have, so that it identifies none.
    GenericName,
    /// An answer of an owner on what is gone, or somebody else's.
    RefusedAnswer,
}

impl ProblemKind {
    /// The short word in reports and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooManyCells => "too-many-cells",
            Self::TooFewCells => "too-few-cells",
            Self::NothingNamed => "nothing-named",
            Self::UnclearDate => "unclear-date",
            Self::UnknownWord => "unknown-word",
            Self::UnclearList => "unclear-list",
            Self::OddCharacters => "odd-characters",
            Self::AmbiguousId => "ambiguous-id",
            Self::CaseVariants => "case-variants",
            Self::Disagreement => "disagreement",
            Self::MaskedCell => "masked-cell",
            Self::TooLong => "too-long",
            Self::OpenQuote => "open-quote",
            Self::StrayQuote => "stray-quote",
            Self::MarkedRow => "marked-row",
            Self::Footer => "footer",
            Self::NewHeader => "new-header",
            Self::SpreadsheetDamage => "spreadsheet-damage",
            Self::LookAlike => "look-alike",
            Self::Mojibake => "mojibake",
            Self::BrokenEntry => "broken-entry",
            Self::UnreadMember => "unread-member",
            Self::SecondHeader => "second-header",
            Self::DoubledColumn => "doubled-column",
            Self::SwappedColumns => "swapped-columns",
            Self::OtherTable => "other-table",
            Self::UnreadColumn => "unread-column",
            Self::NoValue => "no-value",
            Self::GenericName => "generic-name",
            Self::RefusedAnswer => "refused-answer",
        }
    }
}

/// One row or cell that could not be taken as it stands. Holds no secret value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file and line.
    pub place: Place,
    /// The name of the column, as the header writes it; empty where the whole row is meant.
    pub column: String,
    /// What went wrong.
    pub kind: ProblemKind,
    /// What was found and what to do, in one sentence.
    pub message: String,
    /// Whether the row was left out for it; otherwise the row was taken without the cell.
    pub row_rejected: bool,
    /// At which byte of the file the row starts, where that is known.
    pub offset: Option<u64>,
    /// The row itself as CSV: tokens in the place of secrets, cells that are not read left out. What
    /// is printed of it is [`Problem::shown_row`], for tokens depend on the key.
    pub row: Option<Arc<str>>,
}

impl Problem {
    /// A problem of a whole row or file, which left the row in place; the rest can be set.
    pub fn new(place: Place, kind: ProblemKind, message: String) -> Self {
        Self {
            place,
            column: String::new(),
            kind,
            message,
            row_rejected: false,
            offset: None,
            row: None,
        }
    }
}

/// Stands for a token where a row is printed.
const MASK: &str = "‹masked›";

impl Problem {
    /// The row with every token masked, so that it is the same under every key.
    pub fn shown_row(&self) -> Option<Cow<'_, str>> {
        let row = self.row.as_deref()?;
        let mut parts = row.split(TOKEN);
        let first = parts.next().unwrap_or_default();
        if first.len() == row.len() {
            return Some(Cow::Borrowed(row));
        }
        let mut shown = first.to_owned();
        for part in parts {
            shown.push_str(MASK);
            shown.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_hexdigit()));
        }
        Some(Cow::Owned(shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::SourceId;

    #[test]
    fn tokens_of_a_row_are_masked_and_the_rest_is_shown() {
        let place = Place { source: SourceId(0), line: 1 };
        let mut problem = Problem::new(place, ProblemKind::Footer, String::new());
        let token = format!("{TOKEN}{}", "a0".repeat(24));
        problem.row = Some(format!("k1,{token},x,{token}").into());
        assert_eq!(problem.shown_row().as_deref(), Some("k1,‹masked›,x,‹masked›"));
        problem.row = Some("k1,x".into());
        assert_eq!(problem.shown_row().as_deref(), Some("k1,x"));
    }
}
