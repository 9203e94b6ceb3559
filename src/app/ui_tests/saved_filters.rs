//! Filters: how much they leave, whether that is dimmed or hidden, and what is saved under a name.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{
    Command, GoCommand, LookCommand, ProjectCommand, ReimportCommand, SightCommand,
};
use crate::app::model::filters::Facet;
use crate::app::shell::window::Window;
use crate::graph::{CredentialIndex, EnvironmentIndex, OwnerIndex};
use crate::project::Opening;
use crate::scene::HighlightLevel;

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn sight(harness: &mut Harness<'static, Window>, command: SightCommand) {
    apply(harness, Command::Sight(command));
}

/// How many marks the map shows at all.
fn on_map(harness: &Harness<'static, Window>) -> usize {
    harness.state().model.views.active().data.sight.marks.iter().filter(|own| **own).count()
}

#[test]
fn what_the_filters_leave_is_counted_and_one_button_clears_them() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness.get_by_label("Showing 63 of 63");
    apply(&mut harness, Command::Filter(Facet::Environment(EnvironmentIndex(0)), true));
    let model = &harness.state().model;
    let answers = model.answers.clone().expect("there are answers");
    let sight = &model.views.active().data.sight;
    let left = answers.subjects().filter(|own| sight.passes(*own)).count();
    assert!(left < 63);
    harness.get_by_label(&format!("Showing {left} of 63"));
    let map = harness.get_by_label("Map of credentials and services").rect();
    {
        let buttons = harness.query_all_by_label("Clear the filters");
        let mut of_panel = buttons.filter(|own| own.rect().right() < map.left());
        of_panel.next().expect("the button is in sight").click();
    }
    settle(&mut harness);
    harness.get_by_label("Showing 63 of 63");
    assert!(!harness.state().model.filters().any());
}

#[test]
fn what_is_dimmed_stays_on_the_map_and_what_was_hidden_by_hand_does_not() {
    let mut harness = sample("talk.csv");
    apply(&mut harness, Command::Select(None));
    let whole = on_map(&harness);
    apply(&mut harness, Command::Filter(Facet::Shared, true));
    let left = on_map(&harness);
    assert!(left < whole);
    sight(&mut harness, SightCommand::Dim(true));
    assert_eq!(on_map(&harness), whole);
    let data = &harness.state().model.views.active().data;
    let highlight = data.highlight.as_ref().expect("something is dimmed");
    let map = data.map.as_ref().expect("the map is laid out");
    for (at, mark) in (0_u32..).zip(&map.marks) {
        let is_dimmed = highlight.mark(at) == HighlightLevel::Dimmed;
        assert_eq!(is_dimmed, !data.sight.passes(mark.subject), "{:?}", mark.subject);
    }
    for (at, link) in (0_u32..).zip(&map.links) {
        let ends = [link.credential, link.instance].map(|end| map.marks[end as usize].subject);
        let is_dimmed = highlight.link(at) == HighlightLevel::Dimmed;
        assert_eq!(is_dimmed, !ends.iter().all(|own| data.sight.passes(*own)), "{ends:?}");
    }
    let first = Subject::Credential(CredentialIndex(0));
    sight(&mut harness, SightCommand::Hide(vec![first]));
    assert_eq!(on_map(&harness), whole - 1);
    apply(&mut harness, Command::ClearFilters);
    assert_eq!(on_map(&harness), whole);
    assert!(harness.state().model.views.active().data.highlight.is_none());
}

#[test]
fn the_light_of_the_selection_is_dimmed_where_the_filters_leave_it_out() {
    let mut harness = sample("talk.csv");
    let lit = |harness: &Harness<'static, Window>| -> Vec<Subject> {
        let data = &harness.state().model.views.active().data;
        let highlight = data.highlight.as_ref().expect("something is selected");
        let map = data.map.as_ref().expect("the map is laid out");
        let lit = highlight.lit_marks().iter().map(|at| map.marks[*at as usize].subject);
        lit.collect()
    };
    let before = lit(&harness);
    sight(&mut harness, SightCommand::Dim(true));
    apply(&mut harness, Command::Filter(Facet::Environment(EnvironmentIndex(0)), true));
    let sight = &harness.state().model.views.active().data.sight;
    let expected: Vec<_> = before.iter().copied().filter(|own| sight.passes(*own)).collect();
    assert!(expected.len() < before.len());
    let mut found = lit(&harness);
    let mut expected = expected;
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn filters_are_saved_under_a_name_set_again_by_a_click_and_forgotten() {
    let mut harness = sample("talk.csv");
    harness.set_size(egui::vec2(1280.0, 3200.0));
    settle(&mut harness);
    apply(&mut harness, Command::Filter(Facet::Shared, true));
    sight(&mut harness, SightCommand::OnlyFound("env:prod".to_owned()));
    let filters = harness.state().model.filters().clone();
    harness.get_by_label("Name these filters").focus();
    harness.run();
    harness.get_by_label("Name these filters").type_text("shared in prod");
    harness.run();
    harness.get_by_label("Save the filters").click();
    settle(&mut harness);
    apply(&mut harness, Command::ClearFilters);
    harness.get_by_label("shared in prod").click();
    settle(&mut harness);
    assert_eq!(*harness.state().model.filters(), filters);
    sight(&mut harness, SightCommand::Save("  ".to_owned()));
    sight(&mut harness, SightCommand::Save("shared in prod".to_owned()));
    let names = |harness: &Harness<'static, Window>| -> Vec<String> {
        harness.state().model.project.filters.saved().iter().map(|own| own.name.clone()).collect()
    };
    assert_eq!(names(&harness), ["shared in prod"], "a name stands there once");
    harness.get_by_label("Forget the filters “shared in prod”").click();
    settle(&mut harness);
    assert!(names(&harness).is_empty());
}

#[test]
fn saved_filters_are_found_again_by_name_under_other_assumptions() {
    let mut harness = sample("talk.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let prod = answers.graph.environments().iter().position(|own| own.label == "prod");
    let prod = EnvironmentIndex(prod.expect("there is prod") as u32);
    apply(&mut harness, Command::Filter(Facet::Environment(prod), true));
    sight(&mut harness, SightCommand::Save("mine".to_owned()));
    apply(&mut harness, Command::ClearFilters);
    let mut assumptions =
        crate::inventory::Assumptions::clone(&harness.state().model.project.assumptions);
    // Without ci the environments have other numbers.
    assumptions.environments.alias("ci", "dev");
    apply(&mut harness, Command::Assume(assumptions));
    sight(&mut harness, SightCommand::Use(0));
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let prod = answers.graph.environments().iter().position(|own| own.label == "prod");
    let prod = EnvironmentIndex(prod.expect("there is prod") as u32);
    assert!(harness.state().model.filters().has(Facet::Environment(prod)));
}

#[test]
fn what_is_hidden_by_hand_is_a_step_of_undo_in_every_view_and_going_back_leaves_it() {
    let mut harness = sample("talk.csv");
    apply(&mut harness, Command::Look(LookCommand::Split));
    let first = Subject::Credential(CredentialIndex(0));
    let hides = |harness: &Harness<'static, Window>| -> Vec<bool> {
        harness.state().model.views.iter().map(|own| !own.data.sight.passes(first)).collect()
    };
    apply(&mut harness, Command::Filter(Facet::Shared, true));
    apply(&mut harness, Command::Filter(Facet::Shared, false));
    sight(&mut harness, SightCommand::Hide(vec![first]));
    assert_eq!(hides(&harness), [true, true]);
    let name = harness.state().model.answers.as_ref().map(|own| own.name(first));
    let label = format!("hiding “{}”", name.expect("there are answers"));
    assert_eq!(harness.state().model.undoes(), Some(label.as_str()));
    apply(&mut harness, Command::Go(GoCommand::Back));
    assert!(harness.state().model.filters().has(Facet::Shared));
    assert_eq!(hides(&harness), [true, true]);
    apply(&mut harness, Command::Undo);
    assert!(!hides(&harness)[1]);
    apply(&mut harness, Command::Redo);
    assert_eq!(hides(&harness), [true, true]);
    apply(&mut harness, Command::ClearFilters);
    assert_eq!(hides(&harness), [false, false]);
    assert_eq!(harness.state().model.undoes(), Some("clearing the filters"));
}

#[test]
fn filters_come_back_with_the_project_and_what_a_newer_export_lacks_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keys.csv");
    let write = |rows: &str| {
        let header = "id,service,environment,access,owner\n";
        std::fs::write(&file, format!("{header}{rows}")).expect("written");
    };
    write("k1,shop,dev,holds,ann\nk1,pay,prod,grants,ann\nk2,pay,prod,holds,bob\n");
    let mut harness = empty();
    apply(&mut harness, Command::Open(Opening::Files(vec![file.clone()])));
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let hidden = answers.find_named("k2").expect("it is there");
    apply(&mut harness, Command::Filter(Facet::Owner(OwnerIndex(1)), true));
    sight(&mut harness, SightCommand::Save("of bob".to_owned()));
    apply(&mut harness, Command::Filter(Facet::Owner(OwnerIndex(1)), false));
    sight(&mut harness, SightCommand::Hide(vec![hidden]));
    let kept = harness.state().model.project.filters.clone();
    let path = folder.path().join("keys.keyreach");
    apply(&mut harness, Command::Project(ProjectCommand::SaveAs));
    let typed = ProjectCommand::Path(path.display().to_string());
    apply(&mut harness, Command::Project(typed));
    apply(&mut harness, Command::Project(ProjectCommand::SaveThere));
    drop(harness);
    let mut harness = empty();
    apply(&mut harness, Command::Open(Opening::Files(vec![path])));
    assert_eq!(harness.state().model.project.filters, kept);
    let sight_of = |harness: &Harness<'static, Window>, id: &str| {
        let model = &harness.state().model;
        let found = model.answers.as_ref().and_then(|own| own.find_named(id));
        model.views.active().data.sight.passes(found.expect("it is there"))
    };
    assert_eq!((sight_of(&harness, "k1"), sight_of(&harness, "k2")), (true, false));
    // In the newer export bob owns nothing, and something stands before k2.
    write("a1,aard,dev,holds,ann\nk1,pay,prod,grants,ann\nk2,pay,prod,holds,ann\n");
    apply(&mut harness, Command::Reimport(ReimportCommand::Read));
    apply(&mut harness, Command::Reimport(ReimportCommand::Replace));
    assert_eq!((sight_of(&harness, "a1"), sight_of(&harness, "k2")), (true, false));
    sight(&mut harness, SightCommand::Use(0));
    let notice = harness.state().model.notice.clone();
    let expected = "the inventory lacks of the filters “of bob”: owner “bob”";
    assert_eq!(notice.as_deref(), Some(expected));
}
