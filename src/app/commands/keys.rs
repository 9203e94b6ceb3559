//! Which commands the keys ask for.

use egui::{FocusDirection, Key, KeyboardShortcut, Modifiers};

use crate::app::commands::action::{Action, Needs};
use crate::app::commands::scenes::{DIGITS, PRESENTING};
use crate::app::commands::table::all;
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand, PresentCommand, WorkshopCommand};

/// The commands whose keys were pressed. They count wherever the focus is; single keys wait while
/// somebody writes, and those that press what has the focus stay with it.
///
/// Escape first closes what lies on top: a menu, then a field that is being typed in.
pub(crate) fn pressed(context: &egui::Context, model: &Model) -> Vec<Command> {
    if model.session.presentation.is_some() {
        // While something is written down the keys belong to the field.
        return match &model.session.workshop {
            Some(_) => pressed_in_field(context),
            None => pressed_on_stage(context),
        };
    }
    let at = Focus::of(context, model);
    let mut commands = Vec::new();
    if takes_escape(context) {
        return commands;
    }
    for action in all().filter(|action| !(at.writing && is_a_fields_own(action))) {
        for shortcut in action.shortcuts() {
            if !reaches(action, model) {
                continue;
            }
            let is_escape = shortcut.logical_key == Key::Escape;
            let is_single = !shortcut.modifiers.command && !shortcut.modifiers.alt;
            if is_single && at.writing && !(is_escape && at.overlay) {
                if is_escape && context.input(|input| input.key_pressed(Key::Escape)) {
                    commands.push(Command::Look(LookCommand::Search(String::new())));
                    context.memory_mut(|memory| {
                        memory.focused().into_iter().for_each(|id| memory.surrender_focus(id));
                    });
                }
                continue;
            }
            // A menu or a list that is open takes the single keys.
            if is_single && (at.menu || (at.focused && presses(shortcut.logical_key))) {
                continue;
            }
            if is_single && at.slider && is_arrow(shortcut.logical_key) {
                continue;
            }
            if action.available(model).is_ok()
                && context.input_mut(|input| consume(input, shortcut))
            {
                egui::Popup::close_all(context);
                // Arrows would move the focus too.
                context.memory_mut(|memory| memory.move_focus(FocusDirection::None));
                commands.push((action.command)(model));
            }
        }
    }
    commands
}

/// Lets the field in which somebody writes lose the focus, so that it keeps what is in it; says whether there
/// is one.
pub(crate) fn leave_field(context: &egui::Context) -> bool {
    let writes = context.text_edit_focused();
    if writes {
        context.memory_mut(|memory| {
            memory.focused().into_iter().for_each(|id| memory.surrender_focus(id));
        });
    }
    writes
}

/// What the keys ask for while scenes are presented: all others do nothing then. Remotes press keys as
/// often as somebody presses them, and in that order.
fn pressed_on_stage(context: &egui::Context) -> Vec<Command> {
    let digit = |key: Key| DIGITS.iter().position(|own| *own == key).map(PresentCommand::GoTo);
    let mut commands = Vec::new();
    context.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed, modifiers, .. } = event else { return true };
            let is_plain = !modifiers.command && !modifiers.alt;
            let own = PRESENTING.iter().find(|own| own.keys.contains(key));
            let command = own.map(|own| own.command).or_else(|| digit(*key));
            commands.extend(command.filter(|_| *pressed && is_plain).map(Command::Present));
            false
        });
    });
    commands
}

/// What the keys ask for while something is written down on the stage: Escape closes the field, all others
/// are text.
fn pressed_in_field(context: &egui::Context) -> Vec<Command> {
    if egui::Popup::is_any_open(context) {
        return Vec::new();
    }
    let is_left = context.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if is_left { vec![Command::Workshop(WorkshopCommand::Leave)] } else { Vec::new() }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a place of its own")]
/// What has the keys.
struct Focus {
    /// A field in which somebody writes.
    writing: bool,
    /// Anything that can be pressed by keys, a field among it. The map cannot.
    focused: bool,
    /// Something that the arrow keys move.
    slider: bool,
    menu: bool,
    /// Something that lies over the window, or stands in the place of the map.
    overlay: bool,
}

impl Focus {
    fn of(context: &egui::Context, model: &Model) -> Self {
        let session = &model.session;
        let staged = model.staging.is_some();
        let focused = context.memory(egui::Memory::focused);
        let is_known_as =
            |kind| focused.is_some_and(|id| context.data(|data| data.get_temp(kind)) == Some(id));
        Self {
            writing: context.text_edit_focused(),
            focused: focused.is_some() && !is_known_as(passing_id()),
            slider: is_known_as(slider_id()),
            menu: egui::Popup::is_any_open(context),
            overlay: session.palette
                || session.help
                || session.history
                || session.export.is_open
                || session.decision.is_some()
                || session.pseudonym.is_some()
                || session.workshop.is_some()
                || staged,
        }
    }
}

/// Leaves the arrow keys to a slider as long as it has the focus.
pub(crate) fn keep_arrows(response: &egui::Response) {
    if response.has_focus() {
        response.ctx.data_mut(|data| data.insert_temp(slider_id(), response.id));
    }
}

/// Lets Space and Enter do what the table of keys says though something has the focus.
pub(crate) fn pass_presses(response: &egui::Response) {
    if response.has_focus() {
        response.ctx.data_mut(|data| data.insert_temp(passing_id(), response.id));
    }
}

fn passing_id() -> egui::Id {
    egui::Id::unique("what Space and Enter do not press")
}

/// Keeps Escape for what is being drawn with the pointer, until that is done.
pub(crate) fn keep_escape(context: &egui::Context, is_kept: bool) {
    context.data_mut(|data| data.insert_temp(escape_id(), is_kept));
}

/// Whether Escape is kept; no longer, once it was pressed.
pub(crate) fn is_escape_kept(context: &egui::Context) -> bool {
    context.data(|data| data.get_temp(escape_id())).unwrap_or(false)
}

fn escape_id() -> egui::Id {
    egui::Id::unique("Escape is kept")
}

/// Takes Escape, with whatever modifiers, for what is being drawn with the pointer: that ends.
fn takes_escape(context: &egui::Context) -> bool {
    let is_drawn = is_escape_kept(context) && context.input(|input| input.pointer.any_down());
    if !is_drawn || !context.input(|input| input.key_pressed(Key::Escape)) {
        return false;
    }
    context.input_mut(|input| {
        input.events.retain(|event| {
            !matches!(event, egui::Event::Key { key: Key::Escape, pressed: true, .. })
        });
    });
    keep_escape(context, false);
    true
}

fn slider_id() -> egui::Id {
    egui::Id::unique("slider with the arrow keys")
}

fn is_arrow(key: Key) -> bool {
    matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown)
}

/// Whether a field takes back its own changes, copies and selects its own text and moves its caret by
/// words. What is selected outside it stays as it is meanwhile.
fn is_a_fields_own(action: &Action) -> bool {
    matches!(
        action.needs,
        Needs::Undo
            | Needs::Redo
            | Needs::Row
            | Needs::InSight
            | Needs::Subjects
            | Needs::LookBefore
            | Needs::LookAfter
    )
}

/// Whether a key presses what has the focus.
fn presses(key: Key) -> bool {
    matches!(key, Key::Enter | Key::Space)
}

/// Whether an action's keys count though something lies over the window: what lies under it stays
/// as it is.
fn reaches(action: &Action, model: &Model) -> bool {
    let session = &model.session;
    let asked = model.is_covered();
    if !(asked || session.palette || session.help || session.history) {
        return true;
    }
    if action.needs == Needs::Strong {
        return asked;
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
    let copies = shortcut == KeyboardShortcut::new(Modifiers::COMMAND, Key::C);
    input.events.retain(|event| {
        // Systems tell of copying by an event of its own.
        if copies && matches!(event, egui::Event::Copy) {
            return false;
        }
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
