//! Every key of the table of actions while something lies over the window: what is under it stays
//! as it is.

use std::collections::BTreeSet;

use egui::{Event, Key, Popup};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::reimport::changed_file;
use super::{SMALL, empty, settle, stage};
use crate::analysis::FixKind;
use crate::app::commands::action::Action;
use crate::app::commands::keys::pressed;
use crate::app::commands::table::all;
use crate::app::model::Model;
use crate::app::model::command::{
    Command, FixCommand, GoCommand, LookCommand, PolicyCommand, ReimportCommand, SceneCommand,
    TableCommand,
};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::project::NamedFix;

/// Something that lies over the window, or takes keys for itself.
struct Overlay {
    name: &'static str,
    /// Puts it there; does nothing if it is there already.
    open: fn(&mut Harness<'static, Window>),
    acting: Acting,
}

/// Which actions' keys act.
enum Acting {
    Only(&'static [&'static str]),
    /// Of those that have a key, all but these.
    AllBut(&'static [&'static str]),
}

const IN_THE_WIZARD: &[&str] = &[
    "Open…",
    "Press the strong button",
    "Search or run a command",
    "Step back",
    "Swap the theme",
    "Full screen",
    "Show the keys",
];
/// The pages that lie over all else are swapped for each other.
const OVER_ALL: &[&str] = &["Search or run a command", "History", "Step back", "Show the keys"];
const OVER_THE_WIZARD: &[&str] = &["Search or run a command", "Step back", "Show the keys"];
/// In a field single keys are text, and a field undoes its own changes.
const IN_A_FIELD: &[&str] = &[
    "Open…",
    "Save",
    "Save as…",
    "Export…",
    "Close",
    "Read the files again…",
    "Copy the table",
    "Search or run a command",
    "History",
    "Show the findings",
    "Show the credentials",
    "Show the services",
    "Show the problems",
    "Show the paths",
    "Show the choke points",
    "Show cut and plan",
    "Show what-if",
    "Show the coverage",
    "Move the scene earlier",
    "Move the scene later",
];
const IN_A_MENU: &[&str] = &[
    "Select all in sight",
    "Invert the selection",
    "Select neighbours too",
    "Open…",
    "Save",
    "Save as…",
    "Export…",
    "Close",
    "Read the files again…",
    "Copy the row",
    "Copy the table",
    "Undo",
    "Redo",
    "Search or run a command",
    "History",
    "Show the findings",
    "Show the credentials",
    "Show the services",
    "Show the problems",
    "Show the paths",
    "Show the choke points",
    "Show cut and plan",
    "Show what-if",
    "Show the coverage",
    "Back",
    "Forward",
    "Move the scene earlier",
    "Move the scene later",
];
/// What is selected crosses environments, and lies in no region.
const IN_ONE_VIEW: &[&str] =
    &["Collapse or open the region", "Close the other view", "Go to the other view"];
const OVER_A_COMPARISON: &[&str] = &["Press the strong button", "Step back"];
const IN_THE_PALETTE: &[&str] = &["Search or run a command", "History", "Step back"];

const OVERLAYS: [Overlay; 13] = [
    Overlay { name: "nothing", open: |_| {}, acting: Acting::AllBut(IN_ONE_VIEW) },
    Overlay { name: "the page of keys", open: help, acting: Acting::Only(OVER_ALL) },
    Overlay { name: "the history", open: history, acting: Acting::Only(OVER_ALL) },
    Overlay { name: "the palette", open: palette, acting: Acting::Only(IN_THE_PALETTE) },
    Overlay { name: "the wizard", open: wizard, acting: Acting::Only(IN_THE_WIZARD) },
    Overlay {
        name: "the page of keys over the wizard",
        open: |harness| {
            wizard(harness);
            help(harness);
        },
        acting: Acting::Only(OVER_THE_WIZARD),
    },
    Overlay {
        name: "the palette over the wizard",
        open: |harness| {
            wizard(harness);
            palette(harness);
        },
        acting: Acting::Only(&["Search or run a command", "Step back"]),
    },
    Overlay { name: "a comparison", open: comparison, acting: Acting::Only(OVER_A_COMPARISON) },
    Overlay {
        name: "a comparison over the page of keys",
        open: |harness| {
            help(harness);
            comparison(harness);
        },
        acting: Acting::Only(OVER_A_COMPARISON),
    },
    // Single keys stay with what is open; Escape closes it.
    Overlay { name: "a menu", open: menu, acting: Acting::Only(IN_A_MENU) },
    Overlay { name: "the search field", open: field, acting: Acting::Only(IN_A_FIELD) },
    Overlay { name: "the page of assumptions", open: policy, acting: Acting::AllBut(IN_ONE_VIEW) },
    Overlay {
        name: "the start screen",
        open: |harness| {
            if harness.state().model.answers.is_some() {
                *harness = empty();
            }
        },
        acting: Acting::Only(&[
            "Open…",
            "Press the strong button",
            "Search or run a command",
            "Step back",
            "Swap the theme",
            "Full screen",
            "Show the keys",
        ]),
    },
];

fn look(harness: &mut Harness<'static, Window>, command: LookCommand) {
    harness.state_mut().model.apply(Command::Look(command));
    harness.run();
}

fn help(harness: &mut Harness<'static, Window>) {
    look(harness, LookCommand::Help(true));
}

fn history(harness: &mut Harness<'static, Window>) {
    look(harness, LookCommand::History(true));
}

fn palette(harness: &mut Harness<'static, Window>) {
    look(harness, LookCommand::Palette(true));
}

fn wizard(harness: &mut Harness<'static, Window>) {
    if harness.state().model.staging.is_none() {
        stage(harness, &[("small.csv", SMALL)]);
    }
}

fn comparison(harness: &mut Harness<'static, Window>) {
    if harness.state().model.comparison.is_none() {
        harness.state_mut().model.apply(Command::Reimport(ReimportCommand::Read));
        settle(harness);
    }
    assert!(harness.state().model.comparison.is_some());
}

fn menu(harness: &mut Harness<'static, Window>) {
    if !Popup::is_any_open(&harness.ctx) {
        harness.get_by_label("View").click();
        harness.run();
    }
    assert!(Popup::is_any_open(&harness.ctx));
}

fn field(harness: &mut Harness<'static, Window>) {
    harness.get_by_label("Search credentials and services").focus();
    harness.run();
}

fn policy(harness: &mut Harness<'static, Window>) {
    harness.state_mut().model.apply(Command::Policy(PolicyCommand::Open(true)));
    harness.run();
}

/// A window in which every action that has a key can be done, but importing: files on disk are
/// open, something is selected, one step can be taken back and one done again.
fn ready(folder: &std::path::Path) -> Harness<'static, Window> {
    let mut harness = changed_file(folder);
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Scene(SceneCommand::Add));
    for id in ["k1", "k2"] {
        let fix = NamedFix::new(id, FixKind::Revoke);
        harness.state_mut().model.apply(Command::Fix(FixCommand::Add(fix)));
    }
    harness.state_mut().model.apply(Command::Undo);
    for tab in [Tab::Findings, Tab::Credentials] {
        harness.state_mut().model.apply(Command::Table(TableCommand::Show(tab)));
    }
    harness.state_mut().model.apply(Command::Go(GoCommand::Back));
    settle(&mut harness);
    harness
}

/// What pressing the keys of an action asks for, as it would be written; nothing is carried out.
fn asked_by(harness: &Harness<'static, Window>, keys: egui::KeyboardShortcut) -> Vec<String> {
    harness.ctx.input_mut(|input| {
        input.events.clear();
        input.events.push(Event::Key {
            key: keys.logical_key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: keys.modifiers,
        });
    });
    let commands = pressed(&harness.ctx, &harness.state().model);
    commands.iter().map(|command| format!("{command:?}")).collect()
}

fn asks(action: &Action, model: &Model) -> String {
    format!("{:?}", (action.command)(model))
}

#[test]
fn each_key_acts_only_where_nothing_lies_over_what_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    for Overlay { name, open, acting } in &OVERLAYS {
        let mut harness = ready(folder.path());
        let mut acted = BTreeSet::new();
        let mut with_key = BTreeSet::new();
        for action in all() {
            for keys in action.shortcuts() {
                with_key.insert(action.name);
                open(&mut harness);
                let asked = asked_by(&harness, keys);
                assert!(asked.len() < 2, "one key asks for {asked:?} under {name}");
                let model = &harness.state().model;
                let does = asked.contains(&asks(action, model));
                let other = all().any(|other| {
                    other.shortcuts().any(|own| own == keys) && asked.contains(&asks(other, model))
                });
                let clears = asked == ["Look(Search(\"\"))"] && keys.logical_key == Key::Escape;
                assert!(asked.is_empty() || other || clears, "{keys:?} under {name}: {asked:?}");
                if does {
                    acted.insert(action.name);
                }
            }
        }
        let expected: BTreeSet<_> = match acting {
            Acting::Only(names) => names.iter().copied().collect(),
            Acting::AllBut(names) => {
                with_key.into_iter().filter(|own| !names.contains(own)).collect()
            }
        };
        assert_eq!(acted, expected, "under {name}");
    }
}

#[test]
fn under_the_page_of_keys_the_window_stays_as_it_is_until_escape_closes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = ready(folder.path());
    help(&mut harness);
    let session = format!("{:?}", harness.state().model.session);
    for keys in all().flat_map(Action::shortcuts) {
        // These act on what lies over the window.
        if matches!(keys.logical_key, Key::Escape | Key::F1 | Key::H | Key::K) {
            continue;
        }
        harness.key_press_modifiers(keys.modifiers, keys.logical_key);
        harness.run();
        assert_eq!(format!("{:?}", harness.state().model.session), session, "{keys:?}");
    }
    let model = &harness.state().model;
    assert!(model.answers.is_some() && model.jobs.running().next().is_none());
    assert_eq!((model.project.fixes.list().len(), model.redoes().is_some()), (1, true));
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!harness.state().model.session.help);
    harness.key_press(Key::T);
    harness.run();
    assert_ne!(format!("{:?}", harness.state().model.session), session);
}
