//! Two views that compare what fixes change: the same camera, selection and filters, other fixes.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::finding_work::apply;
use super::{sample, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::command::{
    Command, FixCommand, LookCommand, NamesCommand, ProjectCommand, ScenarioCommand,
};
use crate::app::model::filters::Facet;
use crate::app::model::tab::Tab;
use crate::app::model::views::{View, ViewFixes};
use crate::app::shell::window::Window;
use crate::graph::EnvironmentIndex;
use crate::project::NamedFix;
use crate::scene::{MapChanges, ViewKind};

/// The view on the left, then the one on the right.
fn both<'a>(harness: &'a Harness<'static, Window>) -> [&'a View; 2] {
    let views = harness.state().model.views.left_to_right();
    views.try_into().expect("there are two views")
}

/// How many links each of the views shows as cut.
fn cut(harness: &Harness<'static, Window>) -> [usize; 2] {
    both(harness).map(|view| view.data.changes.as_ref().map_or(0, MapChanges::cut_links))
}

fn scenario(name: &str) -> ViewFixes {
    ViewFixes::Scenario(name.to_owned())
}

fn revoke(id: &str) -> Command {
    Command::Fix(FixCommand::Add(NamedFix::new(id, FixKind::Revoke)))
}

/// The talk with a scenario that revokes its worst credential, and one of two fixes, compared.
fn compared() -> Harness<'static, Window> {
    let mut harness = sample("talk.csv");
    apply(&mut harness, revoke("deploy-key-prod"));
    apply(&mut harness, Command::Scenario(ScenarioCommand::Keep("one key".to_owned())));
    let other = harness.state().model.answers.as_ref().map(|answers| {
        let graph = &answers.graph;
        let named = |at| graph.credential_name(at) != "deploy-key-prod";
        let linked = |at| !graph.held_by(at).is_empty() && !graph.grants(at).is_empty();
        let mut all = graph.credential_indices();
        let found = all.find(|at| named(*at) && linked(*at)).expect("there are others");
        graph.credential_name(found).to_owned()
    });
    apply(&mut harness, revoke(&other.expect("it is open")));
    apply(&mut harness, Command::Scenario(ScenarioCommand::Keep("two keys".to_owned())));
    apply(&mut harness, Command::Fix(FixCommand::Clear));
    apply(&mut harness, Command::Scenario(ScenarioCommand::Compare));
    harness.state_mut().model.session.tab = Tab::WhatIf;
    harness.run();
    harness.get_by_label("Side by side").click();
    harness.run();
    settle(&mut harness);
    harness
}

#[test]
fn one_press_shows_what_is_there_beside_a_scenario_with_its_figures() {
    let harness = compared();
    let [left, right] = both(&harness);
    assert_eq!((&left.spec.fixes, &right.spec.fixes), (&ViewFixes::AsItIs, &scenario("one key")));
    let [none, some] = cut(&harness);
    assert!(none == 0 && some > 0, "{none} and {some}");
    harness.get_by_label("As it is ▾");
    harness.get_by_label("one key ▾");
    // The same figures as in the table of scenarios.
    let table = harness.state().model.scenario_table.clone().expect("it was compared");
    for list in table.lists.iter().filter(|own| ["as it is", "one key"].contains(&&*own.name)) {
        let pairs = table.answers.exposure.pairs;
        let words =
            format!("{} of {pairs} pairs, {} findings", list.connected_pairs, list.findings);
        assert!(harness.get_all_by_label_contains(&words).next().is_some(), "{words}");
    }
    let of = |at: usize| harness.state().model.compared_words(both(&harness)[at]);
    assert!(of(1).is_some_and(|words| words.starts_with("one key: 0 of ")), "{:?}", of(1));
    assert!(
        of(0).is_some_and(|words| words == "As it is: 36 of 240 pairs connected, 23 findings"),
        "{:?}",
        of(0)
    );
}

#[test]
fn compared_views_look_at_the_same_whichever_is_moved() {
    let mut harness = compared();
    let looks = |harness: &Harness<'static, Window>| {
        both(harness).map(|view| {
            let camera = view.spec.camera.expect("it was drawn");
            (camera.centre, camera.zoom)
        })
    };
    let [left, right] = looks(&harness);
    assert_eq!(left, right);
    for by in [80.0, -30.0] {
        // First the right one, then the left one.
        apply(&mut harness, Command::Look(LookCommand::Pan(by, 20.0)));
        let [now_left, now_right] = looks(&harness);
        assert_eq!(now_left, now_right);
        assert_ne!(now_left, left);
        apply(&mut harness, Command::Look(LookCommand::ToOtherView));
    }
    let hide = Command::Filter(Facet::Environment(EnvironmentIndex(0)), true);
    apply(&mut harness, hide);
    let [left, right] = both(&harness);
    assert!(left.spec.filters.any() && left.data.sight.marks == right.data.sight.marks);
    assert!(left.data.sight.marks.contains(&false));
    apply(&mut harness, Command::Look(LookCommand::ShowAs(ViewKind::Lanes)));
    let [left, right] = both(&harness).map(|view| view.data.map.clone().expect("it is laid out"));
    assert!(left.kind == ViewKind::Lanes && std::sync::Arc::ptr_eq(&left, &right));
    let [none, some] = cut(&harness);
    assert!(none == 0 && some > 0, "{none} and {some}");
}

#[test]
fn what_each_view_shows_is_chosen_above_it_and_follows_its_scenario() {
    let mut harness = compared();
    let one = cut(&harness)[1];
    harness.get_by_label("one key ▾").click();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "two keys").click();
    harness.run();
    settle(&mut harness);
    assert_eq!(both(&harness)[1].spec.fixes, scenario("two keys"));
    assert!(cut(&harness)[1] > one);
    assert!(harness.state().model.undoes().is_some_and(|label| label.contains("clearing")));
    let rename = ScenarioCommand::Rename("two keys".to_owned(), "both".to_owned());
    apply(&mut harness, Command::Scenario(rename));
    assert_eq!(both(&harness)[1].spec.fixes, scenario("both"));
    // Under pseudonyms it is the same scenario, which has a number.
    apply(&mut harness, Command::Names(NamesCommand::Switch));
    assert_ne!(both(&harness)[1].spec.fixes, scenario("both"));
    assert!(cut(&harness)[1] > one);
    apply(&mut harness, Command::Names(NamesCommand::Switch));
    assert_eq!(both(&harness)[1].spec.fixes, scenario("both"));
    // Without its scenario a view shows what is there.
    apply(&mut harness, Command::Scenario(ScenarioCommand::Remove("both".to_owned())));
    assert_eq!((&both(&harness)[1].spec.fixes, cut(&harness)), (&ViewFixes::AsItIs, [0, 0]));
}

#[test]
fn closing_one_of_the_views_and_showing_everything_with_fixes_end_the_comparison() {
    let mut harness = compared();
    harness.get_by_label("Close").click();
    harness.run();
    let views = &harness.state().model.views;
    assert!(!views.is_split() && !views.compares);
    assert_eq!(views.active().spec.fixes, ViewFixes::Listed);
    assert_eq!(views.active().data.changes, None);
    let mut harness = compared();
    apply(&mut harness, revoke("deploy-key-prod"));
    apply(&mut harness, Command::Fix(FixCommand::ShowWith(true)));
    let model = &harness.state().model;
    assert!(model.as_is.is_some() && !model.views.compares && model.views.is_split());
    // From there, too, what is there without fixes stands on the left.
    apply(&mut harness, Command::Scenario(ScenarioCommand::SideBySide(ViewFixes::Listed)));
    let model = &harness.state().model;
    assert!(model.as_is.is_none() && model.views.compares && !model.session.with_fixes);
    let [none, some] = cut(&harness);
    assert!(none == 0 && some > 0, "{none} and {some}");
}

#[test]
fn what_was_cancelled_is_worked_out_once_it_is_chosen_again() {
    let mut harness = compared();
    let right = both(&harness)[1].id;
    let model = &mut harness.state_mut().model;
    let show = |fixes| Command::Scenario(ScenarioCommand::ShowIn(right, fixes));
    model.apply(show(scenario("two keys")));
    model.apply(Command::Cancel(JobKind::ComparedViews));
    model.finish_jobs();
    harness.run();
    harness.get_by_label("not worked out: choose it again");
    apply(&mut harness, show(scenario("two keys")));
    assert!(cut(&harness)[1] > 0);
}

#[test]
fn what_lies_behind_a_cut_is_not_lit() {
    let mut harness = compared();
    let answers = harness.state().model.answers.clone().expect("it is open");
    let shop = answers.graph.find_instance("demo-shop", "dev").map(Subject::Instance);
    assert!(shop.is_some());
    apply(&mut harness, Command::Select(shop));
    let lit = |harness: &Harness<'static, Window>, at: usize| -> usize {
        both(harness)[at].data.lit.as_ref().map_or(0, |lit| lit.lit_links().len())
    };
    let reached = |harness: &Harness<'static, Window>| {
        let model = &harness.state().model;
        let found = model.shown_fixes(both(harness)[1]).expect("it is worked out");
        found.after.radius(&[shop.expect("it is there")]).reached.len()
    };
    let before = harness.state().model.selection.as_ref().map_or(0, |own| own.radius.reached.len());
    // One of the two keys that it holds is revoked.
    assert!(before > reached(&harness) && reached(&harness) > 0, "{before}");
    let [left, right] = [0, 1].map(|at| lit(&harness, at));
    assert!(left > right && right > 0, "{left} and {right}");
    // With both fixes as many or fewer; without any as on the left.
    let id = both(&harness)[1].id;
    let choose = |fixes| Command::Scenario(ScenarioCommand::ShowIn(id, fixes));
    apply(&mut harness, choose(scenario("two keys")));
    assert!(lit(&harness, 1) <= right);
    apply(&mut harness, choose(ViewFixes::AsItIs));
    assert_eq!(lit(&harness, 1), left);
}

#[test]
fn a_comparison_is_found_again_in_the_project_with_the_view_that_was_active() {
    let folder = tempfile::tempdir().expect("a folder");
    for left_is_active in [false, true] {
        let mut harness = compared();
        if left_is_active {
            apply(&mut harness, Command::Look(LookCommand::ToOtherView));
        }
        let path = folder.path().join(format!("compared-{left_is_active}.keyreach"));
        let text = path.display().to_string();
        for command in
            [ProjectCommand::SaveAs, ProjectCommand::Path(text), ProjectCommand::SaveThere]
        {
            apply(&mut harness, Command::Project(command));
        }
        assert!(path.is_file(), "{:?}", harness.state().model.notice);
        let cuts = cut(&harness);
        drop(harness);
        let mut again = super::empty();
        apply(&mut again, Command::Open(crate::project::Opening::Files(vec![path])));
        settle(&mut again);
        let model = &again.state().model;
        assert!(model.views.compares, "{left_is_active}");
        let [left, right] = both(&again);
        assert_eq!(
            (&left.spec.fixes, &right.spec.fixes),
            (&ViewFixes::AsItIs, &scenario("one key"))
        );
        let active = model.views.active().id;
        assert_eq!(active, if left_is_active { left.id } else { right.id });
        assert_eq!(cut(&again), cuts);
        assert!(!model.saving.has_unsaved(&model.project) && model.undoes().is_none());
    }
}
