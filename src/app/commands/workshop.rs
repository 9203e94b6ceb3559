//! The actions of a workshop: each opens a small field, the same on the stage.

use egui::Key;

use crate::app::commands::action::{Action, Needs, action, key};
use crate::app::model::command::{Command, TableCommand, WorkshopCommand, WorkshopKey};
use crate::app::model::tab::Tab;
use crate::project::WorkshopNoteKind;

const fn begin(key: WorkshopKey) -> Command {
    Command::Workshop(WorkshopCommand::Begin(key))
}

/// What can be done in a workshop.
pub(crate) const WORKSHOP_ACTIONS: [Action; 9] = [
    action(
        "Note an owner…",
        "Write down who answers for what is selected: type, then Enter",
        key(Key::O),
        (Needs::Selection, |_| begin(WorkshopKey::Note(WorkshopNoteKind::Owner))),
    ),
    action(
        "Note a next step…",
        "Write down what is done next with what is selected: type, then Enter",
        key(Key::D),
        (Needs::Inventory, |_| begin(WorkshopKey::Note(WorkshopNoteKind::NextStep))),
    ),
    action(
        "Park a question…",
        "Write down what is talked about another time: type, then Enter",
        key(Key::Q),
        (Needs::Inventory, |_| begin(WorkshopKey::Note(WorkshopNoteKind::Parked))),
    ),
    action(
        "Dispute an assumption…",
        "Mark something that is assumed as disputed, with a remark and who says so",
        key(Key::Y),
        (Needs::Inventory, |_| begin(WorkshopKey::Dispute)),
    ),
    action(
        "State a holder or a grant…",
        "Add what no file has: it counts as stated in the workshop of today",
        key(Key::G),
        (Needs::Inventory, |_| begin(WorkshopKey::Fact)),
    ),
    action(
        "Show the workshop",
        "All that was decided, disputed, added and parked",
        None,
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Workshop))),
    ),
    action(
        "Copy the minutes",
        "Put what was decided, disputed, added and parked into the clipboard, as Markdown",
        None,
        (Needs::Inventory, |_| Command::Workshop(WorkshopCommand::CopyMinutes)),
    ),
    action(
        "Save the minutes…",
        "Write what was decided, disputed, added and parked, scene by scene, as Markdown",
        None,
        (Needs::Inventory, |_| Command::Workshop(WorkshopCommand::SaveMinutes)),
    ),
    action(
        "Save what was stated…",
        "Write the holders and grants that were stated as rows for whoever keeps the inventory",
        None,
        (Needs::Inventory, |_| Command::Workshop(WorkshopCommand::SaveFacts)),
    ),
];
