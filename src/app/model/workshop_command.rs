//! What can be asked of the work in a workshop.

use crate::project::{Dispute, WorkshopNote, WorkshopNoteKind, WrittenFact};

/// What a key begins to write down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkshopKey {
    /// A note on what is in question.
    Note(WorkshopNoteKind),
    /// That an assumption is disputed.
    Dispute,
    /// A holder or a grant that no file has.
    Fact,
}

/// What is being written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Note(WorkshopNote),
    Dispute(Dispute),
    Fact(WrittenFact),
}

/// What is being written down, and why it cannot be kept so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WorkshopDraft {
    pub(crate) written: Written,
    pub(crate) why: Option<String>,
}

/// What concerns the work in a workshop; keeping and taking back are one undo step each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WorkshopCommand {
    /// Opens the field of a key, about what is in question.
    Begin(WorkshopKey),
    /// Opens the field with this in it.
    Ask(Box<Written>),
    /// What is written in the field.
    Edit(Box<Written>),
    /// Keeps what is written.
    Keep,
    /// Closes the field.
    Leave,
    /// Takes an entry back, by its number.
    TakeBack(u32),
    /// Puts the minutes into the clipboard, as Markdown.
    CopyMinutes,
    /// Asks where the minutes shall go, and writes them.
    SaveMinutes,
    /// Asks where what was stated shall go, and writes it as rows for whoever keeps the inventory.
    SaveFacts,
}
