//! The actions that change what is selected as a whole.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::analysis::Subject;
use crate::app::commands::action::{Action, Needs, action, ctrl, shift};
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand};
use crate::app::model::neighbours::links;

/// All of it, the rest of it, and what it is linked to.
pub(crate) const SELECT_ACTIONS: [Action; 4] = [
    action(
        "Select all in sight",
        "All that the active view shows and the filters leave",
        ctrl(Key::A),
        (Needs::InSight, |model| Command::SelectAll(in_sight(model).collect())),
    ),
    action(
        "Invert the selection",
        "All in sight that is not selected, in place of what is",
        Some(KeyboardShortcut::new(Modifiers::COMMAND, Key::I)),
        (Needs::InSight, |model| Command::SelectAll(others(model))),
    ),
    action(
        "Select neighbours too",
        "What is selected, with all in sight that it is linked to",
        ctrl(Key::G),
        (Needs::Subjects, |model| Command::SelectAll(with_neighbours(model))),
    ),
    action(
        "Fit the selection",
        "Show all that is selected or lit as large as there is room for it",
        shift(Key::F),
        (Needs::Selection, |_| Command::Look(LookCommand::FitSelection)),
    ),
];

/// What the active view shows and the filters leave.
fn in_sight(model: &Model) -> impl Iterator<Item = Subject> + '_ {
    model.views.active().data.in_sight()
}

/// What is in sight and not selected.
fn others(model: &Model) -> Vec<Subject> {
    in_sight(model).filter(|own| !model.is_selected(*own)).collect()
}

/// What is selected, then what of its neighbours is in sight, each once.
fn with_neighbours(model: &Model) -> Vec<Subject> {
    let mut all = model.selected_all().to_vec();
    let Some(answers) = &model.answers else { return all };
    let mut found: Vec<Subject> = all.iter().flat_map(|own| links(&answers.graph, *own)).collect();
    found.sort_unstable();
    found.dedup();
    let is_found = |own: &Subject| found.binary_search(own).is_ok() && !model.is_selected(*own);
    all.extend(in_sight(model).filter(is_found));
    all
}
