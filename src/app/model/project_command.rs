//! What can be asked that concerns the file of the project.

use crate::project::{RedactedKind, RedactedKinds, SubjectName};

/// What concerns hidden names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NamesCommand {
    /// Hides names, or shows them again.
    Switch,
    /// Hides just these kinds.
    Hide(RedactedKinds),
    /// Hides one kind too, or shows it again.
    Kind(RedactedKind),
    /// Opens the editor of the pseudonym of a thing.
    AskPseudonym(SubjectName),
    /// What is written there.
    EditPseudonym(String),
    /// Lets the thing have the pseudonym that is written.
    ChoosePseudonym,
    /// Closes the editor.
    LeavePseudonym,
}

/// What concerns the file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ProjectCommand {
    /// Saves it where it is kept, or asks for a name.
    Save,
    /// Asks for a name.
    SaveAs,
    /// What the field for its path says.
    Path(String),
    /// Shows the system's dialog.
    Browse,
    /// Saves it where the field says.
    SaveThere,
    /// What becomes of unsaved work.
    Answer(UnsavedAnswer),
    /// Asks for a folder and writes a list for each owner of what is theirs.
    WriteLists,
    /// Asks for lists that owners have answered and reads them.
    ReadAnswers,
    /// Closes the window.
    Quit,
}

/// What becomes of unsaved work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnsavedAnswer {
    /// It is saved first.
    Save,
    /// It is given up.
    Discard,
    /// Nothing happens to it, and nothing else either.
    Cancel,
}
