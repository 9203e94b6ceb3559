//! Why a file cannot be opened as a project.

use super::section::VERSION;

/// A file that cannot be opened as a project. Shows nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectFileError {
    /// Its first line is not that of a project.
    #[error("this is no project of Keyreach, or its first line is damaged")]
    NoProject,
    /// A newer program wrote it.
    #[error(
        "the project was written by a newer Keyreach (format version {version}, this one reads up to \
         {VERSION}); open it with that one"
    )]
    Newer {
        /// The version of its format.
        version: u64,
    },
    /// It is not what was written.
    #[error("the project is damaged {place}: {what}")]
    Damaged {
        /// Where, in words: "in line 12 (fixes)".
        place: String,
        /// What is wrong there.
        what: &'static str,
    },
    /// Somebody asked to stop.
    #[error("opening the project was cancelled")]
    Cancelled,
}
