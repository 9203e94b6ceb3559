//! The actions that put something into the clipboard.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::columns::table::Table;
use crate::app::commands::action::{Action, Needs, action, ctrl};
use crate::app::commands::copied_text::{finding_in_question, finding_text, paths_text};
use crate::app::model::Model;
use crate::app::model::command::Command;

/// What is copied.
pub(crate) const COPY_ACTIONS: [Action; 5] = [
    action(
        "Copy the row",
        "The picked row of the table in sight, or those of all that is selected, as text for a spreadsheet",
        ctrl(Key::C),
        (Needs::Row, |model| Command::Copy(rows_text(model).unwrap_or_default())),
    ),
    action(
        "Copy the table",
        "All rows that the table in sight shows, with their headings, as text for a spreadsheet",
        Some(KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C)),
        (Needs::Table, |model| Command::Copy(table_text(model).unwrap_or_default())),
    ),
    action(
        "Copy the picture",
        "What the view shows, under its heading, as a picture for a slide or a message",
        None,
        (Needs::Picture, |_| Command::CopyPicture),
    ),
    action(
        "Copy the path as text",
        "The path in question hop by hop, with the rows behind it",
        None,
        (Needs::Path, |model| Command::Copy(route_text(model).unwrap_or_default())),
    ),
    action(
        "Copy the finding as Markdown",
        "The picked finding, or the worst on what is selected: reasons, advice and rows, for a ticket",
        None,
        (Needs::Finding, |model| Command::Copy(markdown(model).unwrap_or_default())),
    ),
];

fn rows_text(model: &Model) -> Option<String> {
    let table = Table::in_sight(model)?;
    Some(table.copied_rows(table.rows_in_question()))
}

fn table_text(model: &Model) -> Option<String> {
    let table = Table::in_sight(model)?;
    Some(table.copied_rows(0..table.rows()))
}

fn route_text(model: &Model) -> Option<String> {
    let (answers, route) = model.answers.as_ref().zip(model.route.as_ref())?;
    Some(paths_text(answers, &route.paths))
}

fn markdown(model: &Model) -> Option<String> {
    let answers = model.answers.as_ref()?;
    Some(finding_text(model, answers, finding_in_question(model)?))
}
