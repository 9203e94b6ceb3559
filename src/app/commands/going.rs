//! The actions that go from one thing to another: findings, rows, links, and what was looked at.

use egui::Key;

use crate::app::commands::action::{Action, Needs, action, alt, key, shift};
use crate::app::model::Model;
use crate::app::model::command::{Command, GoCommand, LookCommand, Step, TableCommand};
use crate::app::model::walk::Way;

/// They stand before the other actions of the menu “View”.
pub(crate) const GO_ACTIONS: [Action; 18] = [
    action(
        "Show the worst",
        "Select the worst finding and go to it",
        key(Key::W),
        (Needs::Inventory, |_| Command::ShowWorst),
    ),
    action(
        "Next finding",
        "Select what the next finding is about",
        key(Key::N),
        (Needs::Inventory, |_| Command::WalkFindings(Step::Next)),
    ),
    action(
        "Previous finding",
        "Select what the finding before is about",
        key(Key::P),
        (Needs::Inventory, |_| Command::WalkFindings(Step::Previous)),
    ),
    action(
        "Step back",
        "Leave the focus, else go back through what was looked at, at last to nothing",
        key(Key::Escape),
        (Needs::Nothing, |_| Command::Back),
    ),
    action(
        "Back",
        "Look at what was looked at before: selection, paths, table, filters and focus",
        alt(Key::ArrowLeft),
        (Needs::LookBefore, |_| Command::Go(GoCommand::Back)),
    ),
    action(
        "Forward",
        "Look again at what was left by going back",
        alt(Key::ArrowRight),
        (Needs::LookAfter, |_| Command::Go(GoCommand::Forward)),
    ),
    action(
        "Follow a link back, or move left",
        "Select what leads to what is selected; where nothing is selected, look further left",
        key(Key::ArrowLeft),
        (Needs::Inventory, |model| step(model, (Way::Against, 80.0))),
    ),
    action(
        "Follow a link on, or move right",
        "Select what the selected thing leads to; where nothing is selected, look further right",
        key(Key::ArrowRight),
        (Needs::Inventory, |model| step(model, (Way::Along, -80.0))),
    ),
    action(
        "Row above, previous link, or move up",
        "In a table the row above; after following a link, the previous one; else look further up",
        key(Key::ArrowUp),
        (Needs::Inventory, |model| vertical(model, -1)),
    ),
    action(
        "Row below, next link, or move down",
        "In a table the row below; after following a link, the next one; else look further down",
        key(Key::ArrowDown),
        (Needs::Inventory, |model| vertical(model, 1)),
    ),
    action(
        "Move left",
        "Look further left",
        shift(Key::ArrowLeft),
        (Needs::Inventory, |_| Command::Look(LookCommand::Pan(80.0, 0.0))),
    ),
    action(
        "Move right",
        "Look further right",
        shift(Key::ArrowRight),
        (Needs::Inventory, |_| Command::Look(LookCommand::Pan(-80.0, 0.0))),
    ),
    action(
        "Move up",
        "Look further up",
        shift(Key::ArrowUp),
        (Needs::Inventory, |_| Command::Look(LookCommand::Pan(0.0, 80.0))),
    ),
    action(
        "Move down",
        "Look further down",
        shift(Key::ArrowDown),
        (Needs::Inventory, |_| Command::Look(LookCommand::Pan(0.0, -80.0))),
    ),
    action(
        "Ten rows up",
        "Go up in the table in sight",
        key(Key::PageUp),
        (Needs::Inventory, |_| Command::Table(TableCommand::Walk(-10))),
    ),
    action(
        "Ten rows down",
        "Go down in the table in sight",
        key(Key::PageDown),
        (Needs::Inventory, |_| Command::Table(TableCommand::Walk(10))),
    ),
    action(
        "First row",
        "Go to the top of the table in sight",
        key(Key::Home),
        (Needs::Inventory, |_| Command::Table(TableCommand::Walk(i32::MIN))),
    ),
    action(
        "Last row",
        "Go to the end of the table in sight",
        key(Key::End),
        (Needs::Inventory, |_| Command::Table(TableCommand::Walk(i32::MAX))),
    ),
];

/// On the map a step along a link, where something is selected; else a move.
fn step(model: &Model, (way, by): (Way, f32)) -> Command {
    if model.selected().is_some() && !model.session.in_table {
        Command::Go(GoCommand::Walk(way))
    } else {
        Command::Look(LookCommand::Pan(by, 0.0))
    }
}

/// In the table the row above or below; on the map the step beside the last one, or a move.
fn vertical(model: &Model, by: i16) -> Command {
    if model.session.in_table {
        Command::Table(TableCommand::Walk(i32::from(by)))
    } else if model.last_step().is_some() {
        Command::Go(GoCommand::Walk(if by > 0 { Way::Next } else { Way::Previous }))
    } else {
        Command::Look(LookCommand::Pan(0.0, -80.0 * f32::from(by)))
    }
}
