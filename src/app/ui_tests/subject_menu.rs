//! What can be done with a credential or a service is the same list wherever it is shown, and does what
//! it says.

use std::collections::BTreeSet;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, sample, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::commands::offers::{Offer, offers};
use crate::app::commands::subject_action::{OnSubjects, SubjectAction};
use crate::app::model::command::{Command, End, LookCommand, TableCommand};
use crate::app::model::picking::Picking;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::project::SubjectName;
use crate::scene::ViewKind;

/// k1 leads from shop to pay, k2 from there to bank; old is dead.
const TABLE: &str = "id,service,environment,access,status,owner\nk1,shop,dev,holds,,web\n\
                     k1,pay,prod,grants,,web\nk2,pay,prod,holds,,\nk2,bank,prod,grants,,\n\
                     old,shop,dev,holds,revoked,web\n";

fn opened() -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "keys.csv", TABLE.as_bytes().to_vec());
    settle(&mut harness);
    harness
}

fn named(harness: &Harness<'static, Window>, name: &str) -> Subject {
    let answers = harness.state().model.answers.as_ref().expect("there are answers");
    answers.find_named(name).expect("it is there")
}

fn all_named(harness: &Harness<'static, Window>, names: &[&str]) -> Vec<Subject> {
    names.iter().map(|name| named(harness, name)).collect()
}

/// The entries for some subjects, each with its name.
fn entries(
    harness: &Harness<'static, Window>,
    subjects: &[Subject],
) -> Vec<(SubjectAction, String)> {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let on = OnSubjects { model, answers, subjects };
    on.actions().into_iter().map(|action| (action, on.name(action))).collect()
}

fn names(harness: &Harness<'static, Window>, subjects: &[Subject]) -> Vec<String> {
    entries(harness, subjects).into_iter().map(|(_, name)| name).collect()
}

/// Does what an entry for these subjects does.
fn choose(harness: &mut Harness<'static, Window>, subjects: &[&str], action: SubjectAction) {
    let subjects = all_named(harness, subjects);
    let model = &harness.state().model;
    let answers = model.answers.clone().expect("there are answers");
    let on = OnSubjects { model, answers: &answers, subjects: &subjects };
    assert!(on.actions().contains(&action), "{action:?} is offered");
    let command = on.command(action);
    harness.state_mut().model.apply(command);
    settle(harness);
}

/// The names of what is in sight, services first.
fn in_sight(harness: &Harness<'static, Window>) -> Vec<String> {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let sight = &model.views.active().data.sight;
    answers.subjects().filter(|own| sight.passes(*own)).map(|own| answers.name(own)).collect()
}

const ALL: [&str; 6] = ["bank in prod", "pay in prod", "shop in dev", "k1", "k2", "old"];

#[test]
fn what_applies_is_offered_and_nothing_else() {
    let harness = opened();
    let fixes = [
        "Revoke",
        "Split by environment",
        "Split by service",
        "Split by owner",
        "Give a workload identity",
    ];
    let expected = |before: &[&str], fixes: &[&str], after: &[&str]| -> Vec<String> {
        [before, fixes, after].concat().into_iter().map(str::to_owned).collect()
    };
    let marks = ["Mark as not simply rotatable", "Mark as provider's key"];
    let start = ["Blast radius from here", "If this has fallen…", "Mark as compromised"];
    let before = [&start[..], &marks, &["Hide", "Hide others"]].concat();
    let last = ["Copy name", "Copy as text", "Pseudonym…"];
    let notes = ["Note an owner…", "Note a next step…", "Park a question…"];
    let of_credential = [&notes[..], &["State a holder or a grant of it…"], &last].concat();
    let k1 = expected(&before, &fixes, &of_credential);
    assert_eq!(names(&harness, &all_named(&harness, &["k1"])), k1);
    let old = expected(&["Hide", "Hide others"], &[], &of_credential);
    assert_eq!(names(&harness, &all_named(&harness, &["old"])), old);
    let pay = [
        "Blast radius from here",
        "Reached by",
        "Paths from here",
        "Paths to here",
        "If this has fallen…",
        "Mark as compromised",
        "Pick as an entry point",
        "Pick as a crown jewel",
        "Hide",
        "Hide others",
    ];
    let of_service = [&notes[..], &["State what it holds, or what grants it…"], &last].concat();
    let pay = expected(&pay, &[], &of_service);
    assert_eq!(names(&harness, &all_named(&harness, &["pay@prod"])), pay);
    let both = [
        "Blast radius from here",
        "If these have fallen…",
        "Mark as compromised",
        "Pick as an entry point",
        "Pick as a crown jewel",
        marks[0],
        marks[1],
        "Hide",
        "Hide others",
    ];
    let of_both =
        [&notes[..], &["State a holder or a grant…"], &["Copy names", "Copy as text"]].concat();
    let both = expected(&both, &fixes, &of_both);
    assert_eq!(names(&harness, &all_named(&harness, &["k1", "pay@prod"])), both);
}

/// How often each name is on the screen.
fn counts(harness: &Harness<'static, Window>, names: &[String]) -> Vec<usize> {
    names.iter().map(|name| harness.query_all_by_label(name).count()).collect()
}

pub(super) fn press_other_button(harness: &mut Harness<'static, Window>, pos: egui::Pos2) {
    harness.hover_at(pos);
    harness.run();
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        harness.step();
    }
    harness.run();
}

/// Opens the menu there, and compares what it says with what is offered for a subject.
fn assert_menu(harness: &mut Harness<'static, Window>, pos: egui::Pos2, subject: Subject) {
    // These stand in menus of their own.
    let is_below = |action: &SubjectAction| {
        matches!(
            action,
            SubjectAction::WhatIf(_) | SubjectAction::Note(_) | SubjectAction::StateFact
        )
    };
    let offered = entries(harness, &[subject]);
    let offered = offered.into_iter().filter(|(action, _)| !is_below(action));
    let names: Vec<String> = offered.map(|(_, name)| name).collect();
    let before = counts(harness, &names);
    let fixes_before = harness.query_all_by_label_contains("What if…").count();
    let said_before = harness.query_all_by_label_contains("Workshop").count();
    press_other_button(harness, pos);
    let after = counts(harness, &names);
    for ((name, before), after) in names.iter().zip(before).zip(after) {
        assert!(after > before, "{name} for {subject:?}");
    }
    let has_fixes = matches!(subject, Subject::Credential(_));
    let fixes = harness.query_all_by_label_contains("What if…").count();
    assert_eq!(fixes > fixes_before, has_fixes);
    assert!(harness.query_all_by_label_contains("Workshop").count() > said_before);
    harness.key_press(egui::Key::Escape);
    harness.run();
}

#[test]
fn map_tables_and_lists_of_the_inspector_have_the_same_menu() {
    let mut harness = opened();
    // So high that the lists of the inspector are in sight.
    harness.set_size(egui::vec2(1280.0, 2400.0));
    let k1 = named(&harness, "k1");
    let shop = named(&harness, "shop@dev");
    harness.state_mut().model.apply(Command::Select(Some(k1)));
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Services)));
    harness.state_mut().model.apply(Command::Look(LookCommand::Fit));
    settle(&mut harness);
    let picture = harness.state().picture().expect("the map is drawn").clone();
    for subject in [k1, shop] {
        let mark = picture.marks.iter().find(|own| own.subject == subject).expect("it is drawn");
        let pos = egui::pos2(mark.centre.x, mark.centre.y);
        harness.state_mut().model.apply(Command::Select(Some(subject)));
        harness.run();
        assert_menu(&mut harness, pos, subject);
    }
    harness.state_mut().model.apply(Command::Select(Some(k1)));
    settle(&mut harness);
    let map = harness.get_by_label("Map of credentials and services").rect();
    let row = {
        let all = harness.query_all_by_label_contains("shop").map(|own| own.rect());
        let mut rows = all.filter(|rect| rect.top() > map.bottom() && rect.left() < map.left());
        rows.next().expect("a row of the table")
    };
    assert_menu(&mut harness, row.center(), shop);
    let listed = {
        let all = harness.query_all_by_label("shop in dev").map(|own| own.rect());
        let mut names = all.filter(|rect| rect.left() > map.right() && rect.top() < map.bottom());
        names.next().expect("it is a holder")
    };
    assert_menu(&mut harness, listed.left_center() + egui::vec2(4.0, 0.0), shop);
}

#[test]
fn the_palette_offers_the_same_for_what_is_selected() {
    let mut harness = opened();
    let pay = named(&harness, "pay@prod");
    harness.state_mut().model.apply(Command::Select(Some(pay)));
    harness.state_mut().model.apply(Command::Look(LookCommand::Palette(true)));
    harness.run();
    let offered = offers(&harness.state().model);
    let on_selection = offered.iter().filter_map(|own| match own {
        Offer::OnSelection(action) => Some(*action),
        Offer::Subject(_) | Offer::Action(_) => None,
    });
    let on_selection: Vec<_> = on_selection.collect();
    let menu: Vec<_> = entries(&harness, &[pay]).into_iter().map(|(action, _)| action).collect();
    assert_eq!(on_selection, menu);
    harness.event(egui::Event::Text("hide others".to_owned()));
    harness.run();
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    assert_eq!(in_sight(&harness), ["pay in prod"]);
}

#[test]
fn hiding_is_an_undo_step_and_goes_with_the_filters() {
    let mut harness = opened();
    assert_eq!(in_sight(&harness), ALL);
    choose(&mut harness, &["k1", "bank@prod"], SubjectAction::Hide);
    assert_eq!(in_sight(&harness), ["pay in prod", "shop in dev", "k2", "old"]);
    assert_eq!(harness.state().model.undoes(), Some("hiding 2 things"));
    let marks = &harness.state().model.views.active().data.sight.marks;
    assert_eq!(marks.iter().filter(|own| **own).count(), 4);
    let buttons: Vec<_> = harness.query_all_by_label("Clear the filters").collect();
    buttons.first().expect("there is a way back").click();
    drop(buttons);
    settle(&mut harness);
    assert_eq!(in_sight(&harness), ALL);
    choose(&mut harness, &["pay@prod"], SubjectAction::HideOthers);
    assert_eq!(in_sight(&harness), ["pay in prod"]);
    choose(&mut harness, &["pay@prod"], SubjectAction::ShowNeighbours);
    assert_eq!(in_sight(&harness), ["pay in prod", "k1", "k2"]);
    let offered = entries(&harness, &all_named(&harness, &["pay@prod"]));
    assert!(offered.iter().all(|(action, _)| *action != SubjectAction::ShowNeighbours));
    harness.key_press(egui::Key::C);
    settle(&mut harness);
    assert_eq!(in_sight(&harness), ALL);
}

#[test]
fn neighbours_are_what_any_link_leads_to_whatever_hid_them() {
    let mut harness = sample("payments.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let graph = &answers.graph;
    for subject in answers.subjects().step_by(7) {
        let mut expected = BTreeSet::from([subject]);
        for edge in graph.edges() {
            let ends = [Subject::Credential(edge.credential), Subject::Instance(edge.instance)];
            if ends.contains(&subject) {
                expected.extend(ends);
            }
        }
        let name = SubjectName::of(graph, subject);
        let model = &mut harness.state_mut().model;
        for action in [SubjectAction::HideOthers, SubjectAction::ShowNeighbours] {
            let on = OnSubjects { model, answers: &answers, subjects: &[subject] };
            let command = on.command(action);
            model.apply(command);
        }
        let sight = &model.views.active().data.sight;
        let seen: BTreeSet<_> = answers.subjects().filter(|own| sight.passes(*own)).collect();
        assert_eq!(seen, expected, "{name:?}");
    }
}

#[test]
fn what_is_compromised_is_one_step_that_leaves_the_tab_and_can_be_taken_back() {
    let mut harness = opened();
    let tab = harness.state().model.session.tab;
    choose(&mut harness, &["k1", "pay@prod", "old"], SubjectAction::Compromised);
    let starts = |harness: &Harness<'static, Window>| {
        let starts = harness.state().model.project.rotation.starts().to_vec();
        starts.iter().map(SubjectName::words).collect::<Vec<_>>()
    };
    assert_eq!(starts(&harness), ["k1", "pay in prod"], "a dead credential gives nothing away");
    assert_eq!(harness.state().model.session.tab, tab);
    assert_eq!(harness.state().model.undoes(), Some("marking 2 things as compromised"));
    let offered = names(&harness, &all_named(&harness, &["k1"]));
    assert!(offered.contains(&"No longer compromised".to_owned()), "{offered:?}");
    choose(&mut harness, &["k1"], SubjectAction::Compromised);
    assert_eq!(starts(&harness), ["pay in prod"]);
    choose(&mut harness, &["k2"], SubjectAction::IfFallen);
    assert_eq!(starts(&harness), ["pay in prod", "k2"]);
    assert_eq!(harness.state().model.session.tab, Tab::Rotation);
    harness.state_mut().model.apply(Command::Undo);
    settle(&mut harness);
    assert_eq!(starts(&harness), ["pay in prod"]);
}

#[test]
fn several_are_picked_and_fixed_together_in_one_step_each() {
    let mut harness = opened();
    let pick = SubjectAction::Pick(Picking::EntryPoint);
    choose(&mut harness, &["shop@dev", "pay@prod", "k1"], pick);
    let picked = harness.state().model.project.assumptions.entry_points.clone();
    assert_eq!(picked, ["pay@prod", "shop@dev"]);
    choose(&mut harness, &["shop@dev", "pay@prod"], pick);
    assert!(harness.state().model.project.assumptions.entry_points.is_empty());
    choose(&mut harness, &["k1", "k2", "old"], SubjectAction::WhatIf(FixKind::Revoke));
    assert_eq!(harness.state().model.project.fixes.list().len(), 2);
    assert_eq!(harness.state().model.undoes(), Some("adding 2 fixes"));
    harness.state_mut().model.apply(Command::Undo);
    settle(&mut harness);
    assert!(harness.state().model.project.fixes.is_empty());
}

#[test]
fn looking_from_here_selects_lights_and_asks_for_paths() {
    let mut harness = opened();
    choose(&mut harness, &["k1", "k2"], SubjectAction::BlastRadius);
    let both = all_named(&harness, &["k1", "k2"]);
    let model = &harness.state().model;
    assert_eq!(model.selected_all(), both);
    let reached = &model.selection.as_ref().expect("two are selected").radius.reached;
    assert_eq!(reached.len(), 2, "pay by k1 and bank by k2");
    let spec = harness.state().model.views.active().spec.clone();
    assert_eq!((spec.kind, spec.spread.starts), (ViewKind::Spread, both));
    choose(&mut harness, &["pay@prod"], SubjectAction::ReachedBy);
    let model = &harness.state().model;
    assert!(model.session.shows_reached_by);
    let view = model.views.active();
    assert_eq!((view.spec.kind, view.spec.spread.backwards), (ViewKind::Spread, true));
    let last =
        view.data.map.as_ref().and_then(|map| map.regions.last()).map(|own| own.name.clone());
    assert_eq!(last.as_deref(), Some("reached"));
    choose(&mut harness, &["pay@prod"], SubjectAction::Paths(End::To));
    let pay = harness.state().model.selected_instance();
    assert_eq!(harness.state().model.picked.to.instance(), pay);
}

#[test]
fn what_is_copied_are_the_names_or_what_is_known_in_words() {
    let mut harness = opened();
    let copied = |harness: &mut Harness<'static, Window>, action| {
        let subjects = all_named(harness, &["k1", "shop@dev"]);
        let model = &harness.state().model;
        let answers = model.answers.clone().expect("there are answers");
        match (OnSubjects { model, answers: &answers, subjects: &subjects }).command(action) {
            Command::Copy(text) => text,
            other => panic!("{other:?} copies nothing"),
        }
    };
    assert_eq!(copied(&mut harness, SubjectAction::CopyName), "k1\nshop in dev");
    let text = copied(&mut harness, SubjectAction::CopyText);
    for line in ["owner: web", "held by: shop in dev", "grants: pay in prod", "holds: k1, old"] {
        assert!(text.lines().any(|own| own == line), "{line} in {text}");
    }
    assert!(text.starts_with("k1, credential, "), "{text}");
}
