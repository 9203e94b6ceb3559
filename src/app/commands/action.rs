//! One thing that can be done: its name and keys, what it needs, and the command that it stands for.

use std::borrow::Cow;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::columns::table::Table;
use crate::app::commands::copied_text::finding_in_question;
use crate::app::model::Model;
use crate::app::model::arranging::{hub_in_question, map_in_sight, region_in_question};
use crate::app::model::command::Command;
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
    /// That nothing is open.
    Closed,
    Inventory,
    /// An inventory that came from files.
    Files,
    Rejected,
    /// A row that was picked in the table in sight, or several things that it shows.
    Row,
    /// A table in sight that is not too long for the clipboard.
    Table,
    /// A view that is drawn.
    Picture,
    /// Paths in question.
    Path,
    /// A finding that was picked, or something selected that has one.
    Finding,
    Selection,
    /// Credentials or services that are selected.
    Subjects,
    /// Something that the active view shows.
    InSight,
    /// A service instance that is selected.
    Instance,
    /// A view that shows the map with its regions.
    Map,
    /// Something that is selected and lies in a region of the map.
    Region,
    /// Something that is selected, on which others hang alone.
    Hub,
    /// Something that stands on the map where it was put.
    Pins,
    /// The cut and the plan.
    Assessment,
    /// A fix in the what-if list.
    Fixes,
    /// Something that was looked at before, or from which one went back.
    LookBefore,
    LookAfter,
    /// Something that is taken to have fallen.
    Fallen,
    /// A scene.
    Scenes,
    /// A scene that was shown.
    Scene,
    Staged,
    Undo,
    Redo,
    /// A step that can be taken back or made again.
    History,
    /// One view of the map alone.
    OneView,
    /// Two views of the map beside each other.
    TwoViews,
    /// A button that stands out; there is always one.
    Strong,
}

impl Action {
    /// The name with what it is about just now: "Undo importing keys.csv".
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

    pub(crate) const fn or(self, modifiers: Modifiers, key: Key) -> Self {
        Self { other_shortcut: Some(KeyboardShortcut::new(modifiers, key)), ..self }
    }

    /// Whether it can be done now; if not, why.
    pub(crate) fn available(&self, model: &Model) -> Result<(), &'static str> {
        let open = model.answers.is_some();
        let staged = model.staging.is_some();
        match self.needs {
            _ if staged
                && !matches!(self.needs, Needs::Nothing | Needs::Staged | Needs::Strong) =>
            {
                Err("import what is staged first, or cancel it")
            }
            Needs::Staged if !staged => Err("nothing is staged"),
            Needs::Closed if open => Err("close what is open first"),
            Needs::Inventory | Needs::Files | Needs::OneView | Needs::TwoViews | Needs::Map
                if !open =>
            {
                Err("open an inventory first")
            }
            Needs::OneView if model.views.is_split() => Err("there are two views already"),
            Needs::TwoViews if !model.views.is_split() => Err("there is one view alone"),
            Needs::Files if !model.has_files() => Err("what is open came from no file"),
            Needs::Rejected if model.inventory().is_none_or(|i| i.ledger().rejected == 0) => {
                Err("no row was rejected")
            }
            Needs::Row | Needs::Table | Needs::Picture | Needs::Path | Needs::Finding => {
                can_be_copied(self.needs, model)
            }
            Needs::Selection | Needs::Subjects | Needs::InSight | Needs::Instance => {
                has_subjects(self.needs, model)
            }
            Needs::Map if map_in_sight(model).is_none() => Err("show the map first: press 1"),
            Needs::Region if region_in_question(model).is_none() => {
                Err("select something that lies in a region of the map first")
            }
            Needs::Hub if hub_in_question(model).is_none() => {
                Err("select something that others hang on alone first")
            }
            Needs::Pins if model.project.arrangement.pins_now().next().is_none() => {
                Err("nothing is pinned: drag something on the map first")
            }
            Needs::Assessment if model.plan_fixes().is_empty() => {
                Err("there is no plan: nothing is connected, or it is not worked out yet")
            }
            Needs::LookBefore if !model.looks.both_ways().0 => {
                Err("nothing else was looked at before")
            }
            Needs::LookAfter if !model.looks.both_ways().1 => Err("nothing was left by going back"),
            Needs::Fallen if model.project.rotation.is_empty() => {
                Err("nothing is taken to have fallen")
            }
            Needs::Scenes | Needs::Scene if model.project.scenes.is_empty() => {
                Err("there is no scene yet: press S to make one of what is on screen")
            }
            Needs::Scene if model.session.scene.is_none() => Err("click a scene first"),
            Needs::Fixes if model.project.fixes.is_empty() => Err("the what-if list is empty"),
            Needs::Redo if model.redoes().is_none() => Err("nothing has been undone"),
            Needs::Undo | Needs::History if is_unchanged(self.needs, model) => {
                Err("nothing has been changed yet")
            }
            _ => Ok(()),
        }
    }
}

/// Whether something is selected, or can be; if not, why.
fn has_subjects(needs: Needs, model: &Model) -> Result<(), &'static str> {
    match needs {
        Needs::Selection if !model.has_highlight() => {
            Err("select a credential, a service or a path first")
        }
        Needs::Subjects if model.selected_all().is_empty() => {
            Err("select a credential or a service first")
        }
        Needs::InSight if model.views.active().data.in_sight().next().is_none() => {
            Err("the view shows nothing that could be selected")
        }
        Needs::Instance if model.selected_instance().is_none() => Err("select a service first"),
        _ => Ok(()),
    }
}

/// Whether there is nothing to take back, or no step at all.
fn is_unchanged(needs: Needs, model: &Model) -> bool {
    match needs {
        Needs::Undo => model.undoes().is_none(),
        _ => model.history.labels().next().is_none(),
    }
}

/// The longest table that is copied: as many rows as take no time to speak of.
pub(crate) const MOST_COPIED: usize = 10_000;

/// Whether there is something to copy; if not, why.
fn can_be_copied(needs: Needs, model: &Model) -> Result<(), &'static str> {
    let table = Table::in_sight(model);
    match needs {
        Needs::Row if !table.is_some_and(|table| table.has_row_in_question()) => {
            Err("pick a row of a table first")
        }
        Needs::Row if model.selected_all().len() > MOST_COPIED => {
            Err("more is selected than the clipboard takes: export it with Ctrl+E")
        }
        Needs::Table if table.is_none_or(|table| table.rows() == 0) => {
            Err("show a table with rows first")
        }
        Needs::Table if table.is_some_and(|table| table.rows() > MOST_COPIED) => {
            Err("the table has more rows than the clipboard takes: export it with Ctrl+E")
        }
        Needs::Picture if model.map().is_none() => Err("open an inventory first"),
        Needs::Path if model.route.is_none() => Err("pick a row of the table of paths first"),
        Needs::Finding if finding_in_question(model).is_none() => Err("pick a finding first"),
        _ => Ok(()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of the table may have no shortcut")]
pub(crate) const fn key(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::NONE, key))
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of the table may have no shortcut")]
pub(crate) const fn ctrl(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of the table may have no shortcut")]
pub(crate) const fn alt(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::ALT, key))
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of the table may have no shortcut")]
pub(crate) const fn shift(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::SHIFT, key))
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
    let alt = if modifiers.alt { "Alt+" } else { "" };
    let shift = if modifiers.shift { "Shift+" } else { "" };
    format!("{ctrl}{alt}{shift}{key}")
}
