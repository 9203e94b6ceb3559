//! The one table of what can be done: menu, palette, tooltips and the page of keys read it. What
//! concerns answers stands in [`crate::app::commands::answers`].

use std::borrow::Cow;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::commands::answers::ANSWER_ACTIONS;
use crate::app::model::Model;
use crate::app::model::command::{
    Command, LookCommand, ReimportCommand, StageCommand, Step, TableCommand,
};
use crate::app::model::filters::Facet;
use crate::app::model::session::Tab;
use crate::inventory::shown;

/// One thing that a user can do.
#[derive(Clone, Copy)]
pub(crate) struct Action {
    pub(crate) name: &'static str,
    pub(crate) tooltip: &'static str,
    pub(crate) shortcut: Option<KeyboardShortcut>,
    /// Other keys that do the same.
    other_shortcut: Option<KeyboardShortcut>,
    /// What it needs.
    pub(crate) needs: Needs,
    /// What it asks of the model.
    pub(crate) command: fn(&Model) -> Command,
}

/// What must be there before an action makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    Inventory,
    /// An inventory that came from files.
    Files,
    Rejected,
    Selection,
    /// A service instance that is selected.
    Instance,
    /// A credential that is selected.
    Credential,
    /// The cut and the plan.
    Judgement,
    /// A fix in the what-if list.
    Fixes,
    Staged,
    Undo,
    Redo,
}

impl Action {
    /// The name with what it is about just now: "Undo the import of keys.csv".
    pub(crate) fn title(&self, model: &Model) -> Cow<'static, str> {
        let about = match self.needs {
            Needs::Undo => model.undoes(),
            Needs::Redo => model.redoes(),
            _ => None,
        };
        about.map_or(Cow::Borrowed(self.name), |about| {
            Cow::Owned(format!("{} {}", self.name, shown(about)))
        })
    }

    /// Its keys as they are written on keyboards; empty where it has none.
    pub(crate) fn keys_text(&self) -> String {
        let keys: Vec<String> = self.shortcuts().map(keys_text).collect();
        keys.join(" or ")
    }

    pub(crate) fn shortcuts(&self) -> impl Iterator<Item = KeyboardShortcut> + use<> {
        self.shortcut.into_iter().chain(self.other_shortcut)
    }

    const fn or(self, modifiers: Modifiers, key: Key) -> Self {
        Self { other_shortcut: Some(KeyboardShortcut::new(modifiers, key)), ..self }
    }

    /// Whether it can be done now; if not, why.
    pub(crate) fn available(&self, model: &Model) -> Result<(), &'static str> {
        let open = model.answers.is_some();
        let staged = model.staging.is_some();
        match self.needs {
            Needs::Inventory
            | Needs::Files
            | Needs::Rejected
            | Needs::Selection
            | Needs::Instance
            | Needs::Credential
            | Needs::Judgement
            | Needs::Fixes
            | Needs::Undo
            | Needs::Redo
                if staged =>
            {
                Err("import what is staged first, or cancel it")
            }
            Needs::Staged if !staged => Err("nothing is staged"),
            Needs::Inventory | Needs::Files if !open => Err("open an inventory first"),
            Needs::Files if !model.has_files() => Err("what is open came from no file"),
            Needs::Rejected if model.inventory().is_none_or(|i| i.ledger().rejected == 0) => {
                Err("no row was rejected")
            }
            Needs::Selection if !model.in_question() => {
                Err("select a credential, a service or a path first")
            }
            Needs::Instance if model.selected_instance().is_none() => Err("select a service first"),
            Needs::Credential if model.selected_credential().is_none() => {
                Err("select a credential first")
            }
            Needs::Judgement if model.plan_fixes().is_empty() => {
                Err("there is no plan: nothing is connected, or it is not worked out yet")
            }
            Needs::Fixes if model.fixes.is_empty() => Err("the what-if list is empty"),
            Needs::Undo if model.undoes().is_none() => Err("nothing has been changed yet"),
            Needs::Redo if model.redoes().is_none() => Err("nothing has been undone"),
            Needs::Nothing
            | Needs::Inventory
            | Needs::Files
            | Needs::Rejected
            | Needs::Selection
            | Needs::Instance
            | Needs::Credential
            | Needs::Judgement
            | Needs::Fixes
            | Needs::Staged
            | Needs::Undo
            | Needs::Redo => Ok(()),
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of the table may have no shortcut")]
pub(crate) const fn key(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::NONE, key))
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of the table may have no shortcut")]
const fn ctrl(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
}

pub(crate) const fn action(
    name: &'static str,
    tooltip: &'static str,
    shortcut: Option<KeyboardShortcut>,
    does: (Needs, fn(&Model) -> Command),
) -> Action {
    let (needs, command) = does;
    Action { name, tooltip, shortcut, other_shortcut: None, needs, command }
}

/// The actions on files, findings, the map and the panels, in the order of menu and palette.
pub(crate) const ACTIONS: [Action; 36] = [
    action(
        "Open…",
        "Open one or several inventories",
        ctrl(Key::O),
        (Needs::Nothing, |_| Command::AskForFiles),
    ),
    action(
        "Import",
        "Open what is staged, in place of what is open",
        key(Key::Enter),
        (Needs::Staged, |_| Command::Stage(StageCommand::Commit)),
    ),
    action(
        "Save the mapping…",
        "Write what the columns of the staged table mean, to keep and to share",
        None,
        (Needs::Staged, |_| Command::Stage(StageCommand::SaveMapping)),
    ),
    action(
        "Review how the files were read…",
        "Look at what is open as it was understood, and mend it",
        None,
        (Needs::Inventory, |_| Command::Stage(StageCommand::Review)),
    ),
    action(
        "Read the files anew…",
        "Read what is open once more and show what is different before it takes its place",
        key(Key::F5),
        (Needs::Files, |_| Command::Reimport(ReimportCommand::Read)),
    ),
    action(
        "Close",
        "Close the inventory and show the start screen",
        ctrl(Key::W),
        (Needs::Inventory, |_| Command::Close),
    ),
    action(
        "Save the rejected rows…",
        "Write the rows that were left out as a table that can be mended and imported again",
        None,
        (Needs::Rejected, |_| Command::SaveRejected),
    ),
    action(
        "Search or run a command",
        "Find anything by name",
        ctrl(Key::K),
        (Needs::Nothing, |model| Command::Look(LookCommand::Palette(!model.session.palette))),
    ),
    action(
        "Undo",
        "Take the last change back: an import, closing, a fix, or what is assumed",
        ctrl(Key::Z),
        (Needs::Undo, |_| Command::Undo),
    ),
    action("Redo", "Do it again", ctrl(Key::Y), (Needs::Redo, |_| Command::Redo))
        .or(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
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
        "Fit the map",
        "Show the whole map",
        key(Key::F),
        (Needs::Inventory, |_| Command::Look(LookCommand::Fit)),
    ),
    action(
        "Focus on the selection",
        "Show only what belongs to the selection",
        key(Key::Enter),
        (Needs::Selection, |_| Command::Look(LookCommand::Focus)),
    ),
    action(
        "Step back",
        "Leave the focus, then the selection, then the filters",
        key(Key::Escape),
        (Needs::Nothing, |_| Command::Back),
    ),
    action(
        "Zoom in",
        "Look closer",
        key(Key::Plus),
        (Needs::Inventory, |_| Command::Look(LookCommand::Zoom(1.25))),
    ),
    action(
        "Zoom out",
        "Look from farther away",
        key(Key::Minus),
        (Needs::Inventory, |_| Command::Look(LookCommand::Zoom(0.8))),
    ),
    action(
        "Move left",
        "Look further left",
        key(Key::ArrowLeft),
        (Needs::Inventory, |_| Command::Look(LookCommand::Pan(80.0, 0.0))),
    ),
    action(
        "Move right",
        "Look further right",
        key(Key::ArrowRight),
        (Needs::Inventory, |_| Command::Look(LookCommand::Pan(-80.0, 0.0))),
    ),
    action(
        "Row above, or move up",
        "In a table the row above; after a click on the map, look further up",
        key(Key::ArrowUp),
        (Needs::Inventory, |model| vertical(model, -1)),
    ),
    action(
        "Row below, or move down",
        "In a table the row below; after a click on the map, look further down",
        key(Key::ArrowDown),
        (Needs::Inventory, |model| vertical(model, 1)),
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
    action(
        "Hide unshared credentials",
        "Show only what joins something, or all",
        key(Key::U),
        (Needs::Inventory, |model| {
            Command::Filter(Facet::Unshared, !model.session.filters.has(Facet::Unshared))
        }),
    ),
    action(
        "Clear the filters",
        "Show everything again",
        key(Key::C),
        (Needs::Inventory, |_| Command::ClearFilters),
    ),
    action(
        "Swap the theme",
        "Dark or light",
        key(Key::T),
        (Needs::Nothing, |_| Command::Look(LookCommand::SwapTheme)),
    ),
    action(
        "Fold the filters",
        "Fold or unfold the left panel",
        key(Key::OpenBracket),
        (Needs::Inventory, |_| Command::Look(LookCommand::FoldFilters)),
    ),
    action(
        "Fold the inspector",
        "Fold or unfold the right panel",
        key(Key::CloseBracket),
        (Needs::Inventory, |_| Command::Look(LookCommand::FoldInspector)),
    ),
    action(
        "Fold the tables",
        "Fold or unfold the bottom panel",
        key(Key::Backslash),
        (Needs::Inventory, |_| Command::Look(LookCommand::FoldTables)),
    ),
    action(
        "Show the findings",
        "What is worth showing, the worst first",
        key(Key::Num1),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Findings))),
    ),
    action(
        "Show the credentials",
        "The table of credentials",
        key(Key::Num2),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Credentials))),
    ),
    action(
        "Show the services",
        "The table of service instances",
        key(Key::Num3),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Services))),
    ),
    action(
        "Show the problems",
        "What could not be taken as it stands",
        key(Key::Num4),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Problems))),
    ),
];

/// The page of keys itself; apart, for it closes what it opens.
pub(crate) const HELP: Action = action(
    "Show the keys",
    "All keys and what they do",
    key(Key::F1),
    (Needs::Nothing, |model| Command::Look(LookCommand::Help(!model.session.help))),
);

/// Every action with the page of keys.
pub(crate) fn all() -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().chain(&ANSWER_ACTIONS).chain([&HELP])
}

/// In the table the row above or below; on the map a move.
fn vertical(model: &Model, by: i16) -> Command {
    if model.session.in_table {
        Command::Table(TableCommand::Walk(i32::from(by)))
    } else {
        Command::Look(LookCommand::Pan(0.0, -80.0 * f32::from(by)))
    }
}

fn keys_text(shortcut: KeyboardShortcut) -> String {
    let KeyboardShortcut { modifiers, logical_key } = shortcut;
    let key = match logical_key {
        Key::Escape => "Esc",
        Key::ArrowLeft => "Left",
        Key::ArrowRight => "Right",
        Key::ArrowUp => "Up",
        Key::ArrowDown => "Down",
        Key::PageUp => "Page up",
        Key::PageDown => "Page down",
        other => other.symbol_or_name(),
    };
    let ctrl = if modifiers.command { "Ctrl+" } else { "" };
    let shift = if modifiers.shift { "Shift+" } else { "" };
    format!("{ctrl}{shift}{key}")
}

/// The commands whose keys were pressed; single keys wait while somebody types.
///
/// Escape first closes what lies on top: a menu, then a field that is being typed in.
pub(crate) fn pressed(context: &egui::Context, model: &Model) -> Vec<Command> {
    let typing = context.egui_wants_keyboard_input();
    // A field takes its own changes back.
    let writing = context.text_edit_focused();
    let menu_open = egui::Popup::is_any_open(context);
    let overlay = model.session.palette || model.session.help || model.staging.is_some();
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
            if menu_open && is_escape {
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
    if !(asked || model.session.palette || model.session.help) {
        return true;
    }
    match (action.command)(model) {
        Command::Back => true,
        Command::Look(LookCommand::Palette(_) | LookCommand::Help(_)) => !asked,
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
