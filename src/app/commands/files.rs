//! The actions that concern files.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::commands::action::{Action, Needs, action, ctrl};
use crate::app::model::command::{
    Command, LookCommand, ProjectCommand, ReimportCommand, SceneCommand, StageCommand,
};
use crate::app::model::export_dialog::ExportCommand;

/// What is done with files.
pub(crate) const FILE_ACTIONS: [Action; 18] = [
    action(
        "Open…",
        "Open one or several inventories, or a project",
        ctrl(Key::O),
        (Needs::Nothing, |_| Command::AskForFiles),
    ),
    action(
        "Save",
        "Save the project: what is open, what is assumed, fixes and all else that you made",
        ctrl(Key::S),
        (Needs::Inventory, |_| Command::Project(ProjectCommand::Save)),
    ),
    action(
        "Save as…",
        "Save the project under another name",
        Some(KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S)),
        (Needs::Inventory, |_| Command::Project(ProjectCommand::SaveAs)),
    ),
    action(
        "Import",
        "Open what is staged, in place of what is open",
        None,
        (Needs::Staged, |_| Command::Stage(StageCommand::Commit)),
    ),
    action(
        "Save the column mapping…",
        "Write what the columns of the staged table mean, to keep and to share",
        None,
        (Needs::Staged, |_| Command::Stage(StageCommand::SaveMapping)),
    ),
    action(
        "Review how the files were read…",
        "Look at what is open as it was understood, and correct it",
        None,
        (Needs::Inventory, |_| Command::Stage(StageCommand::Review)),
    ),
    action(
        "Read the files again…",
        "Read what is open once more and show what is different before it takes its place",
        ctrl(Key::R),
        (Needs::Files, |_| Command::Reimport(ReimportCommand::Read)),
    ),
    action(
        "Export…",
        "Write the picture, the report or the inventory into a file",
        ctrl(Key::E),
        (Needs::Inventory, |_| Command::Export(ExportCommand::Ask)),
    ),
    action(
        "Export the scenes…",
        "Write the scenes as pages: PDF, HTML, Markdown, or a folder of pictures",
        None,
        (Needs::Scenes, |_| Command::Scene(SceneCommand::Export)),
    ),
    action(
        "Close",
        "Close the inventory and show the start screen",
        ctrl(Key::W),
        (Needs::Inventory, |_| Command::Close),
    ),
    action(
        "Forget the recent files",
        "Empty the list of files that were opened before",
        None,
        (Needs::Nothing, |_| Command::Look(LookCommand::ForgetRecent)),
    ),
    action(
        "Keep a list of recent files",
        "List the files that are opened for the next start, or no longer",
        None,
        (Needs::Nothing, |model| {
            Command::Look(LookCommand::KeepRecent(!model.settings.keeps_recent))
        }),
    ),
    action(
        "Forget the remembered column mappings",
        "Forget what columns of tables meant that were opened before",
        None,
        (Needs::Nothing, |_| Command::Look(LookCommand::ForgetMappings)),
    ),
    action(
        "Remember column mappings",
        "Keep what you decide on columns for the next table that has the same, or no longer",
        None,
        (Needs::Nothing, |model| {
            Command::Look(LookCommand::KeepMappings(!model.settings.keeps_mappings))
        }),
    ),
    action(
        "Keep unsaved work in case of a crash",
        "Keep a copy that only you can read until the work is saved, or no longer",
        None,
        (Needs::Nothing, |model| {
            Command::Look(LookCommand::KeepUnsaved(!model.settings.keeps_unsaved))
        }),
    ),
    action(
        "Write lists for owners…",
        "Ask each owner what of theirs is still needed: a table to fill in, with nothing of others",
        None,
        (Needs::Inventory, |_| Command::Project(ProjectCommand::WriteLists)),
    ),
    action(
        "Read answers of owners…",
        "Read lists that owners have answered: each answer is a row of evidence of today",
        None,
        (Needs::Inventory, |_| Command::Project(ProjectCommand::ReadAnswers)),
    ),
    action(
        "Save the rejected rows…",
        "Write the rows that were left out as a table that can be corrected and imported again",
        None,
        (Needs::Rejected, |_| Command::SaveRejected),
    ),
];
