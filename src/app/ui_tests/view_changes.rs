//! What a change of the view does to focus, regions and spreads, and that one can go back from it.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{open, sample, selected_name, settle};
use crate::analysis::Subject;
use crate::app::commands::table::all;
use crate::app::model::command::{AnswerCommand, ArrangeCommand, Command, GoCommand, LookCommand};
use crate::app::model::route::RouteOf;
use crate::app::shell::window::Window;
use crate::scene::ViewKind;

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn show_as(harness: &mut Harness<'static, Window>, kind: ViewKind) {
    apply(harness, Command::Look(LookCommand::ShowAs(kind)));
}

fn back(harness: &mut Harness<'static, Window>) {
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    settle(harness);
}

/// The subjects of a view as it is laid out.
fn subjects(harness: &Harness<'static, Window>) -> Vec<Subject> {
    let map = harness.state().model.map().expect("the view is laid out");
    map.marks.iter().map(|mark| mark.subject).collect()
}

fn find(harness: &Harness<'static, Window>, name: &str) -> Subject {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    answers.find_named(name).expect("it is there")
}

#[test]
fn a_spread_of_another_file_begins_with_what_is_selected_there_and_keeps_to_that() {
    let mut harness = sample("payments.csv");
    let start = find(&harness, "release-deploy-key");
    apply(&mut harness, Command::Go(GoCommand::SpreadFrom(vec![start])));
    let table = "id,service,environment,access\nk1,a,dev,holds\nk1,b,prod,grants\n\
                 k2,b,prod,holds\nk2,c,prod,grants\n";
    open(&mut harness, "chain.csv", table.as_bytes().to_vec());
    settle(&mut harness);
    assert_eq!(selected_name(&harness).as_deref(), Some("k1"));
    let spec = harness.state().model.views.active().spec.clone();
    assert_eq!((spec.kind, spec.spread.starts), (ViewKind::Spread, vec![find(&harness, "k1")]));
    let before = subjects(&harness);
    let other = find(&harness, "k2");
    apply(&mut harness, Command::Select(Some(other)));
    let by = crate::project::GroupBy::Service;
    apply(&mut harness, Command::Arrange(ArrangeCommand::GroupBy(by)));
    assert_eq!(subjects(&harness), before);
}

#[test]
fn all_regions_are_collapsed_only_where_the_map_shows_them() {
    let mut harness = sample("talk.csv");
    apply(&mut harness, Command::Arrange(ArrangeCommand::Collapse("prod".to_owned(), true)));
    let collapsed = |harness: &Harness<'static, Window>| {
        harness.state().model.project.arrangement.collapsed.clone()
    };
    let before = collapsed(&harness);
    assert_eq!(before.len(), 1);
    for kind in [ViewKind::Lanes, ViewKind::Matrix, ViewKind::Strands] {
        show_as(&mut harness, kind);
        for name in ["Collapse all regions", "Open all regions"] {
            let action = all().find(|own| own.name == name).expect("it is an action");
            let why = action.available(&harness.state().model);
            assert_eq!(why, Err("show the map first: press 1"), "{kind:?}");
        }
        apply(&mut harness, Command::Arrange(ArrangeCommand::CollapseAll(true)));
        assert_eq!(collapsed(&harness), before, "{kind:?}");
        harness.get_by_label("Group by environment ▾").click();
        harness.run();
        assert!(harness.query_by_label("Collapse all regions").is_none(), "{kind:?}");
        harness.key_press(Key::Escape);
        settle(&mut harness);
    }
    show_as(&mut harness, ViewKind::Map);
    apply(&mut harness, Command::Arrange(ArrangeCommand::CollapseAll(true)));
    assert!(collapsed(&harness).len() > 1);
}

#[test]
fn the_way_out_of_a_focus_is_about_the_view_in_which_it_stands() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let worst = harness.state().model.selected().expect("the worst is selected");
    apply(&mut harness, Command::Go(GoCommand::FocusAround(vec![worst])));
    apply(&mut harness, Command::Look(LookCommand::Split));
    let right = harness.state().model.views.active().id;
    apply(&mut harness, Command::Look(LookCommand::LeaveFocus));
    apply(&mut harness, Command::Look(LookCommand::ToView(right)));
    // By the keys: the pointer makes the view below it the active one anyway.
    harness.get_by_label("Within how many hops").focus();
    harness.run();
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    let view = harness.state().model.views.active();
    assert_ne!(view.id, right, "the slider is about its own view");
    assert_eq!(view.spec.around.as_ref().map(|own| own.hops), Some(1));
    apply(&mut harness, Command::Look(LookCommand::ToView(right)));
    harness.state_mut().model.notice = Some("something".to_owned());
    harness.get_by_label("Show all").click();
    settle(&mut harness);
    let views = &harness.state().model.views;
    assert!(views.iter().all(|view| !view.spec.focused && view.spec.around.is_none()));
    assert_ne!(views.active().id, right, "the view with the focus is the active one now");
    assert_eq!(harness.state().model.selected(), Some(worst), "it stays selected");
    assert!(harness.state().model.notice.is_some(), "only the focus is left");
}

#[test]
fn one_goes_back_and_forward_through_the_views_too() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    let map = subjects(&harness);
    let start = find(&harness, "release-deploy-key");
    apply(&mut harness, Command::Go(GoCommand::SpreadFrom(vec![start])));
    let spread = subjects(&harness);
    show_as(&mut harness, ViewKind::Lanes);
    let lanes = subjects(&harness);
    back(&mut harness);
    let spec = &harness.state().model.views.active().spec;
    assert_eq!((spec.kind, &spec.spread.starts), (ViewKind::Spread, &vec![start]));
    assert_eq!(subjects(&harness), spread);
    back(&mut harness);
    assert_eq!(subjects(&harness), map);
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
        settle(&mut harness);
    }
    assert_eq!(subjects(&harness), lanes);
}

#[test]
fn another_view_keeps_the_focus_unless_it_shows_only_a_part_already() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let worst = harness.state().model.selected().expect("the worst is selected");
    apply(&mut harness, Command::Go(GoCommand::FocusAround(vec![worst])));
    let shown = |harness: &Harness<'static, Window>| {
        harness.state().model.views.active().data.sight.marks.iter().filter(|own| **own).count()
    };
    let before = shown(&harness);
    show_as(&mut harness, ViewKind::Lanes);
    assert!(harness.state().model.views.active().spec.focused);
    assert_eq!(shown(&harness), before);
    show_as(&mut harness, ViewKind::Spread);
    let spec = &harness.state().model.views.active().spec;
    assert!(!spec.focused && spec.around.is_none());
    back(&mut harness);
    assert!(harness.state().model.views.active().spec.focused, "back in the lanes it is there");
    assert_eq!(shown(&harness), before);
}

#[test]
fn back_in_the_path_view_its_picture_is_of_the_path_that_is_in_question_again() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    show_as(&mut harness, ViewKind::Path);
    let last = harness.state().model.listed_paths().expect("there are paths").len() - 1;
    let show = |at: usize| Command::Answer(AnswerCommand::Show(RouteOf::Listed(at)));
    apply(&mut harness, show(0));
    let first = subjects(&harness);
    apply(&mut harness, show(last));
    assert_ne!(subjects(&harness), first);
    back(&mut harness);
    assert_eq!(subjects(&harness), first);
}

#[test]
fn a_spread_is_not_dimmed_for_something_that_is_not_in_it() {
    let mut harness = sample("payments.csv");
    let start = find(&harness, "release-deploy-key");
    apply(&mut harness, Command::Go(GoCommand::SpreadFrom(vec![start])));
    let inside = subjects(&harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let lit = |harness: &Harness<'static, Window>| {
        let data = &harness.state().model.views.active().data;
        data.highlight.as_ref().map(|own| own.lit_marks().len())
    };
    assert!(lit(&harness).is_some_and(|own| own > 0));
    let mut tried = 0;
    for outside in answers.subjects().filter(|own| !inside.contains(own)).take(20) {
        apply(&mut harness, Command::Select(Some(outside)));
        assert_ne!(lit(&harness), Some(0), "{outside:?}");
        tried += usize::from(lit(&harness).is_none());
    }
    assert!(tried > 0);
}

#[test]
fn a_change_of_view_that_is_cancelled_leaves_the_view_as_it_was() {
    let mut harness = sample("talk.csv");
    let id = harness.state().model.views.active().id;
    let model = &mut harness.state_mut().model;
    model.apply(Command::Look(LookCommand::ShowAs(ViewKind::Spread)));
    model.apply(Command::Cancel(crate::app::jobs::JobKind::Layout(id)));
    settle(&mut harness);
    let kinds = |harness: &Harness<'static, Window>| {
        let view = harness.state().model.views.active();
        (view.spec.kind, view.data.map.as_ref().expect("it is laid out").kind)
    };
    assert_eq!(kinds(&harness), (ViewKind::Map, ViewKind::Map));
    show_as(&mut harness, ViewKind::Spread);
    assert_eq!(kinds(&harness), (ViewKind::Spread, ViewKind::Spread));
}

#[test]
fn a_spread_from_something_else_that_is_cancelled_can_be_asked_for_again() {
    let mut harness = sample("payments.csv");
    let id = harness.state().model.views.active().id;
    let [one, other] = ["release-deploy-key", "lumen-ai-shared"].map(|own| find(&harness, own));
    apply(&mut harness, Command::Go(GoCommand::SpreadFrom(vec![one])));
    let before = subjects(&harness);
    let model = &mut harness.state_mut().model;
    model.apply(Command::Go(GoCommand::SpreadFrom(vec![other])));
    model.apply(Command::Cancel(crate::app::jobs::JobKind::Layout(id)));
    settle(&mut harness);
    assert_eq!(harness.state().model.views.active().spec.spread.starts, [one]);
    assert_eq!(subjects(&harness), before);
    apply(&mut harness, Command::Go(GoCommand::SpreadFrom(vec![other])));
    assert_ne!(subjects(&harness), before);
}

#[test]
fn a_view_is_called_what_its_picture_shows_until_the_other_one_is_there() {
    let mut harness = sample("talk.csv");
    harness.state_mut().model.apply(Command::Look(LookCommand::ShowAs(ViewKind::Lanes)));
    let view = harness.state().model.views.active();
    assert_eq!((view.spec.kind, view.shown_kind()), (ViewKind::Lanes, ViewKind::Map));
    settle(&mut harness);
    harness.get_by_label("Lanes of credentials and services");
    harness.get_by_label("Lanes ▾");
}

/// What is painted in a frame, as an image.
fn image(harness: &mut Harness<'static, Window>) -> image::RgbaImage {
    harness.render().expect("a picture")
}

#[test]
fn marks_are_on_the_way_for_a_moment_and_the_picture_at_rest_is_as_without_that() {
    let rested = |animates: bool| {
        let mut harness = sample("talk.csv");
        if !animates {
            harness.ctx.all_styles_mut(|style| style.animation_time = 0.0);
        }
        harness.run();
        let before = image(&mut harness);
        harness.state_mut().model.apply(Command::Look(LookCommand::ShowAs(ViewKind::Lanes)));
        harness.state_mut().model.finish_jobs();
        // The first frame in which it is laid out; the next one is a quarter of a second later.
        harness.step();
        let on_the_way = image(&mut harness);
        harness.run();
        let after = image(&mut harness);
        assert_ne!(before, after);
        (on_the_way, after)
    };
    let ((moving, with), (still, without)) = (rested(true), rested(false));
    assert!(with == without, "at rest both are the same");
    assert_ne!(moving, with);
    assert!(still == without, "with reduced motion it is there at once");
}
