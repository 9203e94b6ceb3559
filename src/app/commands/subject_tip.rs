//! What each entry of the list on a credential or a service brings, as a tooltip.

use crate::app::commands::fix_words::fix_tip;
use crate::app::commands::subject_action::SubjectAction;
use crate::app::model::command::End;
use crate::app::model::picking::Picking;
use crate::inventory::CredentialMark;
use crate::project::WorkshopNoteKind;

impl SubjectAction {
    /// What it brings, as a tooltip.
    pub(crate) fn tip(self) -> &'static str {
        match self {
            Self::BlastRadius => "What falls hop by hop if it has fallen, a column for each hop",
            Self::ReachedBy => "The entry points that reach it, a column for each hop",
            Self::Paths(End::From) => "Look for lateral-movement paths that start there",
            Self::Paths(End::To) => "Look for lateral-movement paths that end there",
            Self::ShowNeighbours => "Bring what it is linked to into sight, whatever hides it",
            Self::FoldHub => "Show what hangs on it alone as one number, or again one by one",
            Self::Unpin => "Let it stand where the layout of the map puts it",
            Self::IfFallen => {
                "What to clean and to replace, in which order, so that nothing leaks again"
            }
            Self::Compromised => "Take it to have fallen, or no longer, in the order of rotation",
            Self::Pick(Picking::EntryPoint) => "Assume that an attacker starts there",
            Self::Pick(Picking::CrownJewel) => "Assume that it must not fall",
            Self::Hide => "Take it out of sight until the filters are cleared",
            Self::HideOthers => "Leave it alone in sight until the filters are cleared",
            Self::Mark(CredentialMark::NotRotatable) => {
                "It is built in somewhere: the plan takes a fix of it to cost five times as much"
            }
            Self::Mark(CredentialMark::ProvidersKey) => {
                "Only its provider can change it: the plan fixes others instead"
            }
            Self::WhatIf(kind) => fix_tip(kind),
            Self::Note(WorkshopNoteKind::Owner) => "Write down who answers for it from now on (O)",
            Self::Note(WorkshopNoteKind::NextStep) => "Write down what is done next with it (D)",
            Self::Note(WorkshopNoteKind::Parked) => {
                "Write down what is talked about another time (Q)"
            }
            Self::StateFact => "Add what no file has: it counts as stated in the workshop (G)",
            Self::Pseudonym => "Choose what it is called while names are hidden",
            Self::CopyName => "Put the name into the clipboard",
            Self::CopyText => "Put what it is, what it reaches and its links into the clipboard",
        }
    }
}
