//! What a problem says where nothing of the file may be quoted.

use crate::inventory::ProblemKind;

/// What went wrong, without a word of the file.
pub(super) fn problem_words(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::TooManyCells => "the row has more cells than the header",
        ProblemKind::TooFewCells => "the row has fewer cells than the header",
        ProblemKind::NothingNamed => "the row names neither a credential nor a service",
        ProblemKind::UnclearDate => "a date that is not one, or that can be read in two ways",
        ProblemKind::UnknownWord => "a word for access, status or level that is not known",
        ProblemKind::UnclearList => "a list of names that can be parted in several ways",
        ProblemKind::OddCharacters => "characters that do not belong into a name",
        ProblemKind::AmbiguousId => "several credentials have the id of this row",
        ProblemKind::CaseVariants => "names that differ only in case",
        ProblemKind::Disagreement => "rows disagree on whether a credential is alive",
        ProblemKind::MaskedCell => "a cell repeated a secret value and was masked",
        ProblemKind::TooLong => "a line or a cell is larger than in any inventory",
        ProblemKind::OpenQuote => "a quote is never closed",
        ProblemKind::StrayQuote => "text between a closing quote and the next delimiter",
        ProblemKind::MarkedRow => "the row starts with a #",
        ProblemKind::Footer => "a line of totals below the table",
        ProblemKind::NewHeader => "a second header, with the columns in another order",
        ProblemKind::SpreadsheetDamage => "a cell that a spreadsheet has changed",
        ProblemKind::LookAlike => "names that look alike and are not the same",
        ProblemKind::Mojibake => "text that was read in the wrong encoding before it was written",
        ProblemKind::BrokenEntry => "a piece of the file that is no row",
        ProblemKind::UnreadMember => "a part of an archive that is not read",
        ProblemKind::SecondHeader => "a line below the header that says what the columns are again",
        ProblemKind::DoubledColumn => "two columns of one name say different things",
        ProblemKind::SwappedColumns => "the cells of the row stand under each other's headings",
        ProblemKind::OtherTable => "a line of another table of the same file",
        ProblemKind::UnreadColumn => "a column that is not read, and could be what the table lacks",
        ProblemKind::NoValue => "a mask or a remark where a secret value should be",
        ProblemKind::GenericName => "a name that many credentials have, so that it identifies none",
        ProblemKind::RefusedAnswer => "an answer on what is gone, or somebody else's",
    }
}
