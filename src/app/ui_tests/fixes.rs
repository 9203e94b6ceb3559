//! The what-if list: put together, switched, reordered, undone, and kept through a re-import.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::analysis::FixKind;
use crate::app::model::command::{Command, FixCommand, ReimportCommand, TableCommand};
use crate::app::model::job_end::JobEnd;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::ui_tests::{open, sample, settle};
use crate::project::Opening;
use crate::project::{InstanceName, NamedFix};

/// The talk sample with its worst credential selected and every job done.
pub(super) fn talk() -> Harness<'static, Window> {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness
}

pub(super) fn titles(harness: &Harness<'static, Window>) -> Vec<String> {
    harness.state().model.project.fixes.list().iter().map(NamedFix::title).collect()
}

/// Connected pairs after all that is in force; as before where nothing is.
pub(super) fn connected(harness: &Harness<'static, Window>) -> u64 {
    let model = &harness.state().model;
    let before = model.answers.as_ref().unwrap().exposure.connected_pairs;
    model.what_if.outcome.as_ref().map_or(before, |outcome| outcome.all.connected_pairs.1)
}

/// Adds a fix by the menu in the inspector.
pub(super) fn add(harness: &mut Harness<'static, Window>, kind: &str) {
    let buttons: Vec<_> = harness.query_all_by_label("What if…").collect();
    buttons.last().expect("the inspector offers what-if").click();
    drop(buttons);
    harness.run();
    harness.get_by_label(kind).click();
    settle(harness);
}

pub(super) fn undo(harness: &mut Harness<'static, Window>) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(harness);
}

#[test]
fn a_fix_from_the_inspector_shows_before_and_after_and_undo_takes_it_out() {
    let mut harness = talk();
    let before = connected(&harness);
    assert!(before > 0);
    add(&mut harness, "Revoke");
    assert_eq!(titles(&harness), ["revoke deploy-key-prod"]);
    assert_eq!(harness.state().model.session.tab, Tab::WhatIf);
    assert_eq!(connected(&harness), 0);
    assert!(harness.query_all_by_label_contains("who loses its access to what").count() > 0);
    let undoes = harness.state().model.undoes().map(str::to_owned);
    assert_eq!(undoes.as_deref(), Some("adding “revoke deploy-key-prod”"));
    undo(&mut harness);
    assert!(titles(&harness).is_empty());
    assert_eq!(connected(&harness), before);
}

#[test]
fn fixes_are_switched_off_reordered_and_taken_out_each_as_one_undo_step() {
    let mut harness = talk();
    let before = connected(&harness);
    add(&mut harness, "Split by service");
    add(&mut harness, "Revoke");
    let (split, revoke) = ("split deploy-key-prod by service", "revoke deploy-key-prod");
    harness.get_by_label(&format!("In force: {revoke}")).click();
    settle(&mut harness);
    harness.get_by_label("switched off");
    assert_eq!(connected(&harness), before, "a split by service leaves every way open");
    harness.get_by_label(&format!("Earlier: {revoke}")).click();
    settle(&mut harness);
    assert_eq!(titles(&harness), [revoke, split]);
    harness.get_by_label(&format!("Take out: {split}")).click();
    settle(&mut harness);
    assert_eq!(titles(&harness), [revoke]);
    for (label, left) in [
        ("removing “split deploy-key-prod by service”", vec![revoke, split]),
        ("moving “revoke deploy-key-prod”", vec![split, revoke]),
        ("switching off “revoke deploy-key-prod”", vec![split, revoke]),
        ("adding “revoke deploy-key-prod”", vec![split]),
    ] {
        assert_eq!(harness.state().model.undoes(), Some(label));
        undo(&mut harness);
        assert_eq!(titles(&harness), left);
    }
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Y);
    settle(&mut harness);
    assert_eq!(connected(&harness), 0);
}

#[test]
fn plan_and_cut_go_into_the_list_by_one_click() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::CutAndPlan)));
    harness.run();
    harness.get_by_label("What if all were revoked").click();
    settle(&mut harness);
    let cut = harness.state().model.assessment.as_ref().unwrap().cut().unwrap().credentials.len();
    assert_eq!(titles(&harness).len(), cut);
    assert_eq!(connected(&harness), 0);
    assert_eq!(harness.state().model.undoes(), Some("adding the minimum cut"));
    undo(&mut harness);
    assert!(titles(&harness).is_empty());
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    settle(&mut harness);
    let plan = harness.state().model.assessment.as_ref().unwrap().assessment.plan.clone();
    let last = plan.steps.last().expect("there is a plan").pairs.1;
    assert_eq!(connected(&harness), last);
}

#[test]
fn what_fixes_cut_is_drawn_on_the_map() {
    let mut harness = talk();
    add(&mut harness, "Revoke");
    let model = &harness.state().model;
    let map = model.map().expect("the map is laid out");
    let selected = map.mark_of(model.selected().expect("it is selected")).expect("on the map");
    let changes = model.views.active().data.changes.as_ref().expect("the changes are on the map");
    assert!(changes.is_gone(selected));
    assert_eq!(changes.cut_links(), map.links_of(selected).len());
}

#[test]
fn a_workload_identity_goes_to_chosen_holders_and_says_what_stays() {
    let mut harness = talk();
    let buttons: Vec<_> = harness.query_all_by_label("What if…").collect();
    buttons.last().expect("the inspector offers what-if").click();
    drop(buttons);
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::CheckBox, "demo-shop in dev").click();
    harness.run();
    harness.get_by_label("Give a workload identity").click();
    settle(&mut harness);
    let one = "workload identity instead of deploy-key-prod for build-runner in ci";
    assert_eq!(titles(&harness), [one]);
    harness.get_by_label_contains("an attacker on one of these instances can still move on");
}

#[test]
fn a_workload_identity_can_be_narrowed_to_some_of_what_its_credential_grants() {
    let mut harness = talk();
    let buttons: Vec<_> = harness.query_all_by_label("What if…").collect();
    buttons.last().expect("the inspector offers what-if").click();
    drop(buttons);
    harness.run();
    harness.get_by_label("Narrow what it reaches").click();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::CheckBox, "checkout in prod").click();
    harness.run();
    harness.get_by_label("Give a workload identity").click();
    settle(&mut harness);
    let [title] = titles(&harness).try_into().expect("one fix");
    assert!(title.contains(", reaching only "), "{title}");
    let fix = harness.state().model.project.fixes.list().first().cloned().expect("one fix");
    let reached = fix.grants.expect("it was narrowed");
    assert!(!reached.is_empty());
    assert!(reached.iter().all(|one| one.words() != "checkout in prod"), "{reached:?}");
}

/// Opens a file, puts a fix into the list, and takes a newer export of the file.
fn reimported(newer: &str) -> Harness<'static, Window> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys.csv");
    let header = "id,service,environment,access\n";
    let rows = "k1,shop,dev,holds\nk1,bank,prod,grants\nk2,bank,prod,holds\n";
    std::fs::write(&path, format!("{header}{rows}")).expect("written");
    let mut harness = crate::app::ui_tests::empty();
    let opening = Opening::Files(vec![path.clone()]);
    harness.state_mut().model.apply(Command::Open(opening));
    settle(&mut harness);
    add(&mut harness, "Revoke");
    assert_eq!(titles(&harness), ["revoke k1"]);
    std::fs::write(&path, format!("{header}{newer}")).expect("written");
    harness.state_mut().model.apply(Command::Ended(JobEnd::ChangedOnDisk(vec![path])));
    for command in [ReimportCommand::Read, ReimportCommand::Replace] {
        harness.state_mut().model.apply(Command::Reimport(command));
        settle(&mut harness);
    }
    harness
}

#[test]
fn a_re_import_keeps_the_fixes_by_name() {
    let newer = "a0,ask,dev,holds\nk1,shop,dev,holds\nk1,bank,prod,grants\n";
    let harness = reimported(newer);
    assert_eq!(titles(&harness), ["revoke k1"]);
    assert_eq!(harness.state().model.fixes_in_force().len(), 1);
    assert_eq!(connected(&harness), 0);
}

#[test]
fn a_fix_whose_credential_is_gone_stays_and_says_so() {
    let mut harness = reimported("k2,bank,prod,holds\nk3,shop,dev,holds\n");
    assert_eq!(titles(&harness), ["revoke k1"]);
    assert!(harness.state().model.fixes_in_force().is_empty());
    harness.get_by_label("no longer in the inventory");
    undo(&mut harness);
    assert_eq!(harness.state().model.fixes_in_force().len(), 1);
}

#[test]
fn another_inventory_begins_with_an_empty_list_and_undo_brings_the_old_one_back() {
    let mut harness = talk();
    add(&mut harness, "Revoke");
    open(&mut harness, "other.csv", b"id,service,environment\nk1,shop,prod\n".to_vec());
    settle(&mut harness);
    assert!(titles(&harness).is_empty());
    undo(&mut harness);
    assert_eq!(titles(&harness), ["revoke deploy-key-prod"]);
    assert_eq!(connected(&harness), 0);
}

#[test]
fn a_fix_is_looked_at_alone_and_its_credential_selected() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    settle(&mut harness);
    let first = harness.state().model.project.fixes.list()[0].clone();
    harness.get_by_label(&format!("1. {}", first.title())).click();
    settle(&mut harness);
    harness.get_by_label(&format!("Alone: {}", first.title()));
    assert_eq!(super::selected_name(&harness), Some(first.credential.as_str().to_owned()));
    let outcome = harness.state().model.what_if.outcome.clone().expect("worked out");
    let alone = outcome.alone.as_ref().expect("the one alone");
    assert_eq!(alone.connected_pairs.1, outcome.each[0].connected_pairs);
    harness.get_by_label("Show all together").click();
    settle(&mut harness);
    assert!(harness.query_all_by_label_contains("fixes in force").count() > 0);
}

#[test]
fn every_fix_of_the_selection_stands_in_the_palette() {
    let mut harness = talk();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run();
    harness.event(egui::Event::Text("split by owner".to_owned()));
    harness.run();
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    assert_eq!(titles(&harness), ["split deploy-key-prod by owner"]);
}

#[test]
fn the_fix_that_is_looked_at_stays_the_same_when_the_list_changes() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    settle(&mut harness);
    let [first, second, third] = [0, 1, 2].map(|at| titles(&harness)[at].clone());
    harness.get_by_label(&format!("2. {second}")).click();
    settle(&mut harness);
    let alone = |harness: &mut Harness<'static, Window>, number: u32| {
        settle(harness);
        harness.get_by_label(&format!("Alone: {second}"));
        harness.get_by_label(&format!("{number}. {second}"));
        let model = &harness.state().model;
        let outcome = model.what_if.outcome.clone().expect("worked out");
        let chosen = &model.project.fixes.list()[number as usize - 1];
        assert_eq!(super::selected_name(harness).as_deref(), Some(chosen.credential.as_str()));
        outcome.alone.as_ref().expect("the one alone").connected_pairs
    };
    let pairs = alone(&mut harness, 2);
    harness.get_by_label(&format!("Later: {first}")).click();
    assert_eq!(alone(&mut harness, 1), pairs);
    undo(&mut harness);
    assert_eq!(alone(&mut harness, 2), pairs);
    harness.get_by_label(&format!("Take out: {first}")).click();
    assert_eq!(alone(&mut harness, 1), pairs);
    undo(&mut harness);
    assert_eq!(alone(&mut harness, 2), pairs);
    harness.get_by_label(&format!("In force: {second}")).click();
    assert_eq!(alone(&mut harness, 2), pairs);
    harness.get_by_label(&format!("Take out: {second}")).click();
    settle(&mut harness);
    assert_eq!(titles(&harness)[1], third);
    assert!(harness.query_by_label_contains("Alone: ").is_none());
}

#[test]
fn the_line_under_the_headline_says_what_the_fixes_in_force_leave_and_leads_to_them() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    assert!(harness.query_by_label_contains("of the what-if list").is_none());
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    harness.step();
    harness.get_by_label_contains("working out what the 5 fixes would leave");
    settle(&mut harness);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num1);
    harness.run();
    harness.get_by_label("0 with the 5 fixes").click();
    settle(&mut harness);
    let model = &harness.state().model;
    assert_eq!((model.session.tab, model.rows(Tab::Paths)), (Tab::Paths, 0));
    assert!(model.as_is.is_some(), "what is left of the pairs is listed");
    harness.state_mut().model.apply(Command::Fix(FixCommand::ShowWith(false)));
    for at in 1..5 {
        harness.state_mut().model.apply(Command::Fix(FixCommand::Switch(at, false)));
    }
    settle(&mut harness);
    let outcome = harness.state().model.what_if.outcome.clone().expect("worked out");
    let (left, stated) = (outcome.all.connected_pairs.1, outcome.all.connected_pairs_stated.1);
    let said = format!("{left} ({stated} stated) with the fix");
    harness.get_by_label(&said);
}

#[test]
fn the_links_of_a_split_that_joined_environments_are_drawn_broken() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    let fix = NamedFix::new("metrics-agent-token", FixKind::SplitByEnvironment);
    harness.state_mut().model.apply(Command::Fix(FixCommand::Add(fix)));
    settle(&mut harness);
    let model = &harness.state().model;
    let (map, graph) = (model.map().cloned().unwrap(), &model.answers.as_ref().unwrap().graph);
    let token = graph.find_credential("metrics-agent-token").unwrap();
    let mark = map.mark_of(crate::analysis::Subject::Credential(token)).unwrap();
    let changes = model.views.active().data.changes.as_ref().expect("the changes are on the map");
    assert_eq!(map.links_of(mark).len(), 8);
    for &link in map.links_of(mark) {
        assert!(changes.is_reduced(link) && !changes.is_cut(link));
    }
}

#[test]
fn six_lost_accesses_are_in_sight_below_the_map() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    settle(&mut harness);
    harness.get_by_label("74 accesses lost, 60 of them assumed: who loses its access to what");
    let rows = harness.query_all_by_label_contains("ci-runner in test → ");
    let bottom = harness.get_by_label_contains("rows: ").rect().top();
    assert!(rows.filter(|row| row.rect().bottom() < bottom).count() >= 6);
}

#[test]
fn what_an_identity_reaches_is_narrowed_to_one_of_many_by_two_clicks() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    let buttons: Vec<_> = harness.query_all_by_label("What if…").collect();
    buttons.last().expect("the inspector offers what-if").click();
    drop(buttons);
    harness.run();
    harness.get_by_label("Narrow what it reaches").click();
    harness.run();
    let top = |harness: &Harness<'static, Window>| {
        harness.get_by_label("Give a workload identity").rect().top()
    };
    let before = top(&harness);
    harness.get_by_label_contains("None of the ").click();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::CheckBox, "ledger-api in prod").click();
    harness.run();
    assert!((top(&harness) - before).abs() < 1.0, "nothing moves away from under the pointer");
    harness.get_by_label("Give a workload identity").click();
    settle(&mut harness);
    let fix = harness.state().model.project.fixes.list().first().cloned().expect("one fix");
    let reached: Vec<String> =
        fix.grants.expect("it was narrowed").iter().map(InstanceName::words).collect();
    assert_eq!(reached, ["ledger-api in prod"]);
}
