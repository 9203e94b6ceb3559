//! How much a command says beside its answer.

/// How much is written beside the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remarks {
    /// Errors alone.
    Errors,
    /// Warnings too.
    Warnings,
    /// What was read too, and how long it took.
    All,
}
