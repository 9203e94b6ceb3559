//! What each command in a workshop is called in the history.

use crate::app::model::state::Model;
use crate::app::model::workshop_command::{WorkshopCommand, Written};
use crate::project::WorkshopNote;

/// What taking back is called on the stage, where something was written down.
pub(crate) fn taken_back_label(model: &Model) -> Option<String> {
    let last = model.session.presentation.as_ref()?.said_last()?;
    workshop_label(model, &WorkshopCommand::TakeBack(last.number))
}

/// What a command in a workshop is called; only keeping and taking back change the project.
pub(crate) fn workshop_label(model: &Model, command: &WorkshopCommand) -> Option<String> {
    match command {
        WorkshopCommand::Keep => {
            let draft = model.session.workshop.as_ref()?;
            Some(match &draft.written {
                Written::Dispute(own) => format!("disputing “{}”", own.assumption.words()),
                Written::Fact(own) => format!("stating a fact on “{}”", own.credential.trim()),
                Written::Note(WorkshopNote { kind, about, .. }) => match about.as_slice() {
                    [] => format!("noting what is {}", kind.word()),
                    [one] => format!("noting “{}” on “{}”", kind.word(), one.words()),
                    several => format!("noting “{}” on {} things", kind.word(), several.len()),
                },
            })
        }
        WorkshopCommand::TakeBack(number) => {
            let entry = model.project.workshop.entry(*number)?;
            Some(format!("taking back “{}”", entry.item.words()))
        }
        WorkshopCommand::Begin(_)
        | WorkshopCommand::Ask(_)
        | WorkshopCommand::Edit(_)
        | WorkshopCommand::Leave
        | WorkshopCommand::CopyMinutes
        | WorkshopCommand::SaveMinutes
        | WorkshopCommand::SaveFacts => None,
    }
}
