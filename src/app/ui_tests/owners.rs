//! Owners: the table, and what is lit and listed of the one that is picked.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, sample, settle};
use crate::analysis::{FixKind, Subject, owner_label};
use crate::app::model::Model;
use crate::app::model::command::{Command, FixCommand, LookCommand, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::project::NamedFix;
use crate::scene::{HighlightLevel, ViewKind};

/// Anna answers for `a` alone and for `both` with Bert; nobody for `free`, nor for any service. `old` is
/// dead.
const ROWS: &str = "id,service,environment,access,owner,status\na,shop,dev,holds,anna,active\n\
                    a,pay,prod,grants,anna,active\nboth,shop,dev,holds,anna,active\n\
                    both,pay,prod,holds,bert,active\nold,pay,prod,holds,anna,revoked\n\
                    free,mail,dev,holds,,active\n";

fn opened() -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "rows.csv", ROWS.as_bytes().to_vec());
    show(&mut harness);
    harness
}

fn show(harness: &mut Harness<'static, Window>) {
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Owners)));
    settle(harness);
}

fn lit(model: &Model) -> BTreeSet<Subject> {
    let map = model.map().expect("the map is laid out");
    let highlight = model.views.active().data.highlight.as_ref().expect("something is lit");
    let marks = (0_u32..).zip(&map.marks);
    let lit = marks.filter(|(at, _)| highlight.mark(*at) == HighlightLevel::Lit);
    lit.map(|(_, mark)| mark.subject).collect()
}

#[test]
fn each_owner_of_each_sample_lights_exactly_what_rows_say_is_theirs() {
    for name in ["talk.csv", "payments.csv", "messy.csv"] {
        let mut harness = sample(name);
        show(&mut harness);
        let answers = harness.state().model.answers.clone().expect("there are answers");
        let graph = &answers.graph;
        let rows = harness.state().model.rows(Tab::Owners);
        assert!(rows > 1, "{name}");
        for row in 0..rows {
            harness.state_mut().model.apply(Command::Table(TableCommand::Pick(row)));
            let model = &harness.state().model;
            let owner = model.owner_at(row).expect("it is a row").owner;
            let is_theirs = |named: &[_]| match owner {
                Some(owner) => named.contains(&owner),
                None => named.is_empty(),
            };
            let credentials = graph.credential_indices();
            let credentials = credentials.filter(|at| is_theirs(graph.owners_of(*at)));
            let instances = graph.instance_indices();
            let instances = instances.filter(|at| is_theirs(graph.owners_of_instance(*at)));
            let expected: BTreeSet<_> = credentials
                .map(Subject::Credential)
                .chain(instances.map(Subject::Instance))
                .collect();
            assert_eq!(lit(model), expected, "{name}: {}", owner_label(graph, owner));
        }
    }
}

#[test]
fn an_owner_that_is_picked_is_listed_with_what_stands_alone_and_what_is_dead() {
    let mut harness = opened();
    harness.get_by_role_and_label(Role::Label, "anna").click();
    settle(&mut harness);
    harness.get_by_label("Theirs: credentials 2 live, 1 dead, 0 service instances");
    harness.get_by_label_contains(
        "If anna leaves, this stands without anybody: credentials 1 live, 1",
    );
    harness.get_by_label("dead, alone");
    harness.get_by_role_and_label(Role::Label, "no owner").click();
    settle(&mut harness);
    harness.get_by_label_contains("s: credentials 1 live, 3 service instances");
    harness.key_press(egui::Key::Home);
    harness.run();
    let model = &harness.state().model;
    assert_eq!(model.row_of_owner(), Some(0), "the arrow keys walk through the owners");
    let anna = harness.state().model.owner;
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_ne!(harness.state().model.owner, anna, "Escape goes back to the line before");
    harness.state_mut().model.apply(Command::Select(None));
    harness.run();
    assert!(harness.state().model.owner.is_none());
    assert!(!harness.state().model.has_highlight());
}

#[test]
fn the_owner_in_the_inspector_of_a_credential_leads_to_all_that_is_theirs() {
    let mut harness = opened();
    let answers = harness.state().model.answers.clone().unwrap();
    let both = answers.graph.find_credential("both").map(Subject::Credential);
    harness.state_mut().model.apply(Command::Select(both));
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Findings)));
    settle(&mut harness);
    harness.get_by_role_and_label(Role::Link, "bert").click();
    settle(&mut harness);
    let model = &harness.state().model;
    assert_eq!(model.session.tab, Tab::Owners);
    let row = model.row_of_owner().and_then(|row| model.owner_at(row)).expect("it is in question");
    assert_eq!(owner_label(&answers.graph, row.owner), "bert");
}

#[test]
fn an_owner_in_question_stays_by_name_when_fixes_come_into_force() {
    let mut harness = opened();
    harness.get_by_role_and_label(Role::Label, "bert").click();
    settle(&mut harness);
    let fix = NamedFix::new("a", FixKind::Revoke);
    for command in [FixCommand::Add(fix), FixCommand::ShowWith(true)] {
        harness.state_mut().model.apply(Command::Fix(command));
        settle(&mut harness);
    }
    let model = &harness.state().model;
    let graph = &model.answers.as_ref().unwrap().graph;
    let crate::app::model::state::ChosenOwner(owner) = model.owner.expect("it stays");
    assert_eq!(owner_label(graph, owner), "bert");
}

#[test]
fn an_owner_of_whom_a_spread_shows_nothing_is_lit_on_the_map() {
    let mut harness = opened();
    let answers = harness.state().model.answers.clone().unwrap();
    let named = |id: &str| answers.graph.find_credential(id).map(Subject::Credential);
    for (start, owner, kind) in [("free", "anna", ViewKind::Map), ("a", "anna", ViewKind::Spread)] {
        harness.state_mut().model.apply(Command::Select(named(start)));
        harness.state_mut().model.apply(Command::Look(LookCommand::ShowAs(ViewKind::Spread)));
        settle(&mut harness);
        assert_eq!(harness.state().model.map().unwrap().kind, ViewKind::Spread);
        show(&mut harness);
        harness.get_by_role_and_label(Role::Label, owner).click();
        settle(&mut harness);
        let model = &harness.state().model;
        assert_eq!(model.map().unwrap().kind, kind, "{start}");
        assert!(lit(model).contains(&named("a").unwrap()), "{start}");
    }
}
