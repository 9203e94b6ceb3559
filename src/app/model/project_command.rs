//! What can be asked that concerns the file of the project.

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
