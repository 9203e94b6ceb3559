//! What is written in the editor of a pseudonym.

use crate::project::SubjectName;

/// A pseudonym that is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PseudonymDraft {
    /// What it is for.
    pub(crate) thing: SubjectName,
    /// What is written; nothing where the pseudonym shall be the one that was made.
    pub(crate) text: String,
    /// Why it was not taken.
    pub(crate) why: Option<String>,
}

impl PseudonymDraft {
    /// The name that it stands for: of an owner not all that is theirs.
    pub(crate) fn name(&self) -> String {
        match &self.thing {
            SubjectName::Owner(owner) => owner.clone(),
            thing => thing.words(),
        }
    }
}
