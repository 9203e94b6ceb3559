//! The switch between everything as it is and with the fixes in force.

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::analysis::FixKind;
use crate::app::model::command::{Command, FixCommand, LookCommand, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::ui_tests::fixes::{add, connected, talk, titles, undo};
use crate::app::ui_tests::settle;
use crate::project::NamedFix;

/// Shows everything with the fixes in force, or as it is, by the switch under the headline.
fn show(harness: &mut Harness<'static, Window>, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

#[test]
fn everything_follows_the_switch_between_as_it_is_and_with_the_fixes() {
    let mut harness = talk();
    let before = harness.state().model.answers.clone().unwrap();
    let paths = harness.state().model.rows(Tab::Paths);
    add(&mut harness, "Revoke");
    let expected = connected(&harness);
    show(&mut harness, "with the fix");
    let model = &harness.state().model;
    let after = model.answers.clone().unwrap();
    assert_eq!(after.exposure.connected_pairs, expected);
    assert!(after.graph.find_credential("deploy-key-prod").is_none(), "what is revoked is gone");
    assert!(before.graph.find_credential("deploy-key-prod").is_some());
    assert_eq!((paths > 0, model.rows(Tab::Paths)), (true, 0));
    assert_ne!(before.headline.sentence(), after.headline.sentence());
    harness.get_by_label_contains(&after.headline.sentence());
    let as_it_is = format!("{} as it is", before.exposure.connected_pairs);
    harness.get_by_label_contains(&as_it_is);
    assert_eq!(titles(&harness), ["revoke deploy-key-prod"], "the list stays");
    show(&mut harness, "as it is");
    let model = &harness.state().model;
    assert!(Arc::ptr_eq(model.answers.as_ref().unwrap(), &before));
    assert_eq!(model.rows(Tab::Paths), paths);
}

#[test]
fn with_the_fixes_undo_switching_off_and_other_assumptions_are_followed() {
    let mut harness = talk();
    let before = harness.state().model.answers.clone().unwrap().exposure.connected_pairs;
    add(&mut harness, "Revoke");
    let left = connected(&harness);
    show(&mut harness, "with the fix");
    let shown = |harness: &Harness<'static, Window>| {
        harness.state().model.answers.as_ref().unwrap().exposure.connected_pairs
    };
    harness.get_by_label("In force: revoke deploy-key-prod").click();
    settle(&mut harness);
    assert_eq!(shown(&harness), before, "nothing is in force");
    undo(&mut harness);
    assert_eq!(shown(&harness), left);
    let mut other = (*harness.state().model.project.assumptions).clone();
    other.as_of = other.as_of.tomorrow().unwrap();
    harness.state_mut().model.apply(Command::Assume(other.clone()));
    settle(&mut harness);
    assert_eq!(shown(&harness), left);
    let graph = &harness.state().model.answers.as_ref().unwrap().graph;
    assert_eq!(graph.assumptions().as_of, other.as_of);
    undo(&mut harness);
    undo(&mut harness);
    assert!(titles(&harness).is_empty());
    assert_eq!(shown(&harness), before);
}

#[test]
fn pieces_of_a_split_are_shown_by_name_and_take_no_fix_of_their_own() {
    let mut harness = talk();
    add(&mut harness, "Split by environment");
    show(&mut harness, "with the fix");
    let answers = harness.state().model.answers.clone().unwrap();
    let pieces: Vec<&str> = answers
        .graph
        .credential_indices()
        .map(|at| answers.graph.credential_name(at))
        .filter(|name| name.starts_with("deploy-key-prod ("))
        .collect();
    assert!(pieces.len() > 1, "{pieces:?}");
    let revoke = NamedFix::new(pieces[0], FixKind::Revoke);
    harness.state_mut().model.apply(Command::Fix(FixCommand::Add(revoke)));
    settle(&mut harness);
    assert_eq!(titles(&harness), ["split deploy-key-prod by environment"]);
    let notice = harness.state().model.notice.clone().unwrap();
    assert!(notice.starts_with("a fix in force makes this credential"), "{notice}");
}

#[test]
fn paths_that_a_fix_cuts_are_marked_where_all_are_shown() {
    let mut harness = talk();
    add(&mut harness, "Revoke");
    let model = &harness.state().model;
    let (found, paths) = (model.what_if.outcome.clone().unwrap(), model.listed_paths().unwrap());
    assert!(!paths.is_empty() && paths.iter().all(|path| found.ways.cut(path)));
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Paths)));
    settle(&mut harness);
    harness.get_by_label("With the fixes");
    assert!(harness.query_all_by_label("cut").count() > 0);
}

#[test]
fn what_stays_on_the_map_stays_where_it_was() {
    let places = |harness: &Harness<'static, Window>| {
        let model = &harness.state().model;
        let (answers, map) = (model.answers.as_ref().unwrap(), model.map().unwrap());
        let name = |subject| answers.name(subject);
        let all: std::collections::BTreeMap<String, (u32, u32)> = map
            .marks
            .iter()
            .map(|mark| (name(mark.subject), (mark.at.x.to_bits(), mark.at.y.to_bits())))
            .collect();
        // The list of fixes takes half the height; where the camera looks stays.
        let camera = model.views.active().spec.camera;
        (all, camera.map(|camera| (camera.centre, camera.zoom)))
    };
    let mut harness = talk();
    // Who has moved the camera keeps it; otherwise the map is fitted into what is left of its pane.
    harness.state_mut().model.apply(Command::Look(LookCommand::Zoom(1.25)));
    settle(&mut harness);
    let (before, camera) = places(&harness);
    add(&mut harness, "Revoke");
    show(&mut harness, "with the fix");
    let (after, moved) = places(&harness);
    assert_eq!(after.len(), before.len() - 1, "one credential is gone");
    for (name, at) in &after {
        assert_eq!(before.get(name), Some(at), "{name}");
    }
    assert_eq!(moved, camera, "who looks at something goes on looking at it");
    show(&mut harness, "as it is");
    assert_eq!(places(&harness), (before, camera));
}

#[test]
fn where_nothing_is_selected_the_switch_selects_nothing() {
    let mut harness = talk();
    add(&mut harness, "Revoke");
    harness.state_mut().model.apply(Command::Select(None));
    settle(&mut harness);
    for label in ["with the fix", "as it is"] {
        show(&mut harness, label);
        let model = &harness.state().model;
        assert!(model.selected_all().is_empty(), "{label}: {:?}", model.selected_all());
        assert!(!model.has_highlight(), "{label}");
    }
}
