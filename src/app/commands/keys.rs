//! Which commands the keys ask for.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::commands::action::{Action, Needs};
use crate::app::commands::table::all;
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand};

/// The commands whose keys were pressed; single keys wait while somebody types.
///
/// Escape first closes what lies on top: a menu, then a field that is being typed in.
pub(crate) fn pressed(context: &egui::Context, model: &Model) -> Vec<Command> {
    let typing = context.egui_wants_keyboard_input();
    // A field takes its own changes back.
    let writing = context.text_edit_focused();
    let menu_open = egui::Popup::is_any_open(context);
    let overlay = model.session.palette
        || model.session.help
        || model.session.history
        || model.staging.is_some();
    let mut commands = Vec::new();
    let is_undo = |action: &Action| matches!(action.needs, Needs::Undo | Needs::Redo);
    for action in all().filter(|action| !(writing && is_undo(action))) {
        for shortcut in action.shortcuts() {
            let is_escape = shortcut.logical_key == Key::Escape;
            if !reaches(action, model) {
                continue;
            }
            if shortcut.modifiers == Modifiers::NONE && typing && !(is_escape && overlay) {
                if is_escape && context.input(|input| input.key_pressed(Key::Escape)) {
                    commands.push(Command::Look(LookCommand::Search(String::new())));
                }
                continue;
            }
            // A menu or a list that is open takes the single keys.
            if menu_open && shortcut.modifiers == Modifiers::NONE {
                continue;
            }
            if action.available(model).is_ok()
                && context.input_mut(|input| consume(input, shortcut))
            {
                egui::Popup::close_all(context);
                commands.push((action.command)(model));
            }
        }
    }
    commands
}

/// Whether an action's keys count though something lies over the window: what lies under it stays
/// as it is.
fn reaches(action: &Action, model: &Model) -> bool {
    let asked = model.comparison.is_some();
    let session = &model.session;
    if !(asked || session.palette || session.help || session.history) {
        return true;
    }
    match (action.command)(model) {
        Command::Back => true,
        Command::Look(LookCommand::Palette(_) | LookCommand::Help(_) | LookCommand::History(_)) => {
            !asked
        }
        _ => false,
    }
}

/// Takes the pressing of exactly these keys out of the input; says whether there was one.
///
/// A further Shift or Alt makes it another shortcut; only signs are the same however a keyboard's
/// layout produces them.
fn consume(input: &mut egui::InputState, shortcut: KeyboardShortcut) -> bool {
    let KeyboardShortcut { modifiers: wanted, logical_key } = shortcut;
    let before = input.events.len();
    input.events.retain(|event| {
        let egui::Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
        let fits = if is_sign(logical_key) {
            modifiers.matches_logically(wanted)
        } else {
            modifiers.matches_exact(wanted)
        };
        *key != logical_key || !fits
    });
    input.events.len() < before
}

/// Whether a key stands for a sign that some layouts have on Shift or Alt.
fn is_sign(key: Key) -> bool {
    matches!(key, Key::Plus | Key::Minus | Key::OpenBracket | Key::CloseBracket | Key::Backslash)
}
