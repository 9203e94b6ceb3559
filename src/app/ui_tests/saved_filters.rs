//! Filters: how much they leave, whether that is dimmed or hidden, and what is saved under a name.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, SightCommand};
use crate::app::model::filters::Facet;
use crate::app::shell::window::Window;
use crate::graph::{CredentialIndex, EnvironmentIndex};
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
        harness.state().model.session.saved_filters.names().map(str::to_owned).collect()
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
