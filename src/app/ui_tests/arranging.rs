//! How the map is arranged, fitted and moved: by commands, by the pointer, and by the size of its pane.

use std::time::Duration;

use egui_kittest::Harness;

use super::{empty, open, sample};
use crate::app::model::command::{ArrangeCommand, Command, LookCommand};
use crate::app::model::filters::Facet;
use crate::app::shell::offscreen::Offscreen;
use crate::app::shell::window::Window;
use crate::graph::EnvironmentIndex;
use crate::inventory::Assumptions;
use crate::project::{GroupBy, Opening};
use crate::scene::{Area, PictureSubject};

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    harness.state_mut().model.finish_jobs();
    harness.run();
}

/// The names of the regions on the map, as they are written on it.
fn region_names(harness: &Harness<'static, Window>) -> Vec<String> {
    let picture = harness.state().picture().expect("the map is drawn");
    let is_region = |subject| matches!(subject, Some(PictureSubject::Region(_)));
    let texts = picture.map.texts.iter().filter(|text| is_region(text.subject));
    let mut names: Vec<String> = texts
        .map(|text| text.text.split("  ").next().expect("a name and a figure").to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_map_is_grouped_by_something_else_in_one_step_that_can_be_taken_back() {
    let mut harness = sample("talk.csv");
    let environments = region_names(&harness);
    apply(&mut harness, Command::Arrange(ArrangeCommand::GroupBy(GroupBy::Service)));
    let services = region_names(&harness);
    assert_ne!(services, environments);
    let model = &harness.state().model;
    let map = model.map().expect("the map is laid out");
    assert_eq!(map.grouped_by, GroupBy::Service);
    assert_eq!(model.undoes(), Some("grouping the map by service"));
    apply(&mut harness, Command::Undo);
    assert_eq!(region_names(&harness), environments);
    apply(&mut harness, Command::Redo);
    assert_eq!(region_names(&harness), services);
}

#[test]
fn one_goes_into_a_collapsed_region_by_a_click_and_out_again_by_escape() {
    let mut harness = sample("talk.csv");
    harness.key_press(egui::Key::Escape);
    harness.run();
    let before = harness.state().picture().expect("the map is drawn").marks.len();
    apply(&mut harness, Command::Arrange(ArrangeCommand::Collapse("prod".to_owned(), true)));
    let picture = harness.state().picture().expect("the map is drawn").clone();
    let [body] = picture.bodies[..] else { panic!("one body, not {:?}", picture.bodies) };
    assert!(body.collapsed.is_some() && picture.marks.len() < before);
    let bundles = picture.map.groups.iter();
    let bundles = bundles.filter(|own| matches!(own.subject, PictureSubject::Bundle { .. }));
    assert!(bundles.count() > 0, "what leads into the region leads to its body");
    let camera = harness.state().camera().expect("a camera");
    let project = harness.state().model.project.clone();
    super::click_at(&mut harness, egui::pos2(body.centre.x, body.centre.y));
    harness.run();
    let picture = harness.state().picture().expect("the map is drawn");
    assert!(picture.bodies.is_empty() && picture.marks.iter().any(|own| own.radius > 4.0));
    let map = harness.state().model.map().expect("the map").clone();
    let region = map.regions.iter().find(|own| own.name == "prod").expect("it is there");
    let area = Area::around(region.shape.outline.iter().copied()).expect("it has an outline");
    let inside = harness.state().camera().expect("a camera");
    assert!((inside.centre.x - area.centre().x).abs() < 1.0, "it lies in the middle");
    assert!(inside.zoom > camera.zoom && harness.state().model.project == project);
    harness.key_press(egui::Key::Escape);
    harness.run();
    let again = harness.state().picture().expect("the map is drawn").bodies.clone();
    assert_eq!((again, harness.state().camera()), (vec![body], Some(camera)), "out again");
    harness.key_press_modifiers(egui::Modifiers::ALT, egui::Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().camera(), Some(inside), "and in again");
    assert!(harness.state().picture().expect("the map is drawn").bodies.is_empty());
    // The key collapses what is open in sight, though the project has it collapsed already.
    let subject = map
        .marks
        .iter()
        .find(|own| own.region.is_some_and(|at| map.regions[usize::from(at)].name == "prod"));
    let subject = subject.expect("something lies in it").subject;
    apply(&mut harness, Command::Select(Some(subject)));
    harness.key_press(egui::Key::E);
    harness.run();
    assert_eq!(harness.state().picture().expect("the map is drawn").bodies.len(), 1);
}

#[test]
fn a_click_on_a_group_of_a_large_map_goes_in_and_escape_comes_out_step_by_step() {
    let mut harness = empty();
    let mut bytes = Vec::new();
    crate::cli::generate::write_inventory(9_000, 1, &mut bytes).expect("memory takes it");
    open(&mut harness, "generated.csv", bytes);
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    let mut cameras = vec![harness.state().camera().expect("a camera")];
    for _ in 0..2 {
        let picture = harness.state().picture().expect("the map is drawn").clone();
        let is_free = |body: &&crate::scene::DrawnBody| {
            picture.area.grown(-80.0).holds(body.centre)
                && body.centre.y < picture.legend_top - 40.0
                && picture.mark_at(body.centre, 4.0).is_none()
                && picture.minimap.is_none_or(|own| !own.area.grown(8.0).holds(body.centre))
        };
        let Some(body) = picture.bodies.iter().find(is_free) else { break };
        super::click_at(&mut harness, egui::pos2(body.centre.x, body.centre.y));
        harness.run();
        let camera = harness.state().camera().expect("a camera");
        assert!(camera.zoom > cameras.last().expect("one").zoom);
        cameras.push(camera);
    }
    assert!(cameras.len() > 1, "there are bodies");
    for camera in cameras.iter().rev().skip(1) {
        harness.key_press(egui::Key::Escape);
        harness.run();
        assert_eq!(harness.state().camera().as_ref(), Some(camera));
    }
}

#[test]
fn a_hub_that_is_selected_has_its_button_where_bodies_stand_for_marks() {
    let mut harness = empty();
    let mut bytes = Vec::new();
    crate::cli::generate::write_inventory(9_000, 1, &mut bytes).expect("memory takes it");
    open(&mut harness, "generated.csv", bytes);
    let map = harness.state().model.map().expect("the map").clone();
    let hub = (0..map.marks.len() as u32).max_by_key(|&at| map.hanging_on(at)).expect("one");
    assert!(map.hanging_on(hub) >= 3);
    let subject = map.marks[hub as usize].subject;
    apply(&mut harness, Command::Select(Some(subject)));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    let picture = harness.state().picture().expect("the map is drawn");
    assert!(!picture.bodies.is_empty(), "bodies stand for marks");
    assert!(picture.badges.iter().any(|own| own.subject == subject && !own.is_folded));
}

/// hub holds `a` to `f`, each of which opens it alone or nothing; `x` leads on to pay.
const HUB: &str = "id,service,environment,access\na,hub,dev,holds\nb,hub,dev,holds\nc,hub,dev,grants\n\
                   d,hub,dev,grants\nx,hub,dev,holds\nx,pay,prod,grants\n";

/// How many marks are drawn, and the only button beside a hub.
fn drawn(harness: &Harness<'static, Window>) -> (usize, Option<crate::scene::DrawnBadge>) {
    let picture = harness.state().picture().expect("the map is drawn");
    assert!(picture.badges.len() < 2, "{:?}", picture.badges);
    (picture.marks.len(), picture.badges.first().copied())
}

#[test]
fn a_click_folds_what_hangs_on_a_hub_alone_and_another_shows_it() {
    let mut harness = empty();
    open(&mut harness, "hub.csv", HUB.as_bytes().to_vec());
    super::settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("it is open");
    let hub = answers.graph.find_instance("hub", "dev").expect("it is there");
    let hub = crate::analysis::Subject::Instance(hub);
    apply(&mut harness, Command::Select(None));
    assert_eq!(drawn(&harness), (7, None), "two services and five credentials");
    apply(&mut harness, Command::Select(Some(hub)));
    let (_, button) = drawn(&harness);
    let middle =
        |area: Area| egui::pos2(area.left + area.width / 2.0, area.top + area.height / 2.0);
    let button = button.filter(|own| own.subject == hub && !own.is_folded).expect("a minus");
    super::click_at(&mut harness, middle(button.area));
    harness.run();
    assert_eq!(drawn(&harness).0, 3, "though all of them are lit");
    apply(&mut harness, Command::Select(None));
    let (marks, button) = drawn(&harness);
    assert_eq!(marks, 3, "hub, x and pay");
    let button = button.filter(|own| own.is_folded).expect("a number");
    let texts = &harness.state().picture().expect("the map is drawn").map.texts;
    assert!(texts.iter().any(|text| text.text == "+4"));
    assert_eq!(harness.state().model.undoes(), Some("folding what hangs on hub in dev"));
    super::click_at(&mut harness, middle(button.area));
    harness.run();
    assert_eq!(drawn(&harness), (7, None));
    apply(&mut harness, Command::Undo);
    assert_eq!(drawn(&harness).0, 3);
    apply(&mut harness, Command::Undo);
    assert_eq!(drawn(&harness).0, 7);
}

#[test]
fn what_is_lit_goes_on_into_a_collapsed_region() {
    let mut harness = empty();
    open(&mut harness, "hub.csv", HUB.as_bytes().to_vec());
    super::settle(&mut harness);
    apply(&mut harness, Command::Arrange(ArrangeCommand::Collapse("prod".to_owned(), true)));
    let answers = harness.state().model.answers.clone().expect("it is open");
    let x = answers.graph.find_credential("x").expect("it is there");
    apply(&mut harness, Command::Select(Some(crate::analysis::Subject::Credential(x))));
    let picture = harness.state().picture().expect("the map is drawn");
    assert_eq!(picture.bodies.len(), 1, "pay is in it");
    // The bundle is drawn twice: faintly with all that lead there, and as lit.
    let is_bundle = |subject| matches!(subject, PictureSubject::Bundle { links: 1, .. });
    let bundles = picture.map.groups.iter().filter(|own| is_bundle(own.subject));
    assert_eq!(bundles.count(), 2);
}

#[test]
fn the_region_of_what_is_selected_collapses_and_opens_by_a_key() {
    let mut harness = sample("talk.csv");
    let name = |harness: &Harness<'static, Window>| {
        harness.state().model.project.arrangement.collapsed.iter().next().cloned()
    };
    let answers = harness.state().model.answers.clone().expect("the sample is open");
    let at = answers.graph.instance_indices().next().expect("it has a service");
    let environment = answers.graph.environment_of(at).display().to_owned();
    apply(&mut harness, Command::Select(Some(crate::analysis::Subject::Instance(at))));
    harness.key_press(egui::Key::E);
    harness.run();
    assert_eq!(name(&harness), Some(environment));
    harness.key_press(egui::Key::E);
    harness.run();
    assert_eq!(name(&harness), None);
}

#[test]
fn a_region_in_which_filters_hide_all_leaves_its_room_to_the_others() {
    let mut harness = sample("talk.csv");
    harness.key_press(egui::Key::Escape);
    harness.run();
    let all = region_names(&harness);
    let whole = harness.state().model.map().expect("a map").extent();
    apply(&mut harness, Command::Filter(Facet::Environment(EnvironmentIndex(0)), true));
    let left = region_names(&harness);
    assert_eq!(left.len() + 1, all.len(), "{left:?} of {all:?}");
    assert!(harness.state().model.map().expect("a map").extent().width < whole.width);
    apply(&mut harness, Command::ClearFilters);
    assert_eq!(region_names(&harness), all);
    assert_eq!(harness.state().model.map().expect("a map").extent(), whole);
}

/// Whether all marks of the picture lie in its pane, and how much of its width they take.
fn fill(harness: &Harness<'static, Window>) -> (bool, f32) {
    let picture = harness.state().picture().expect("the map is drawn");
    let around = Area::around(picture.marks.iter().map(|mark| mark.centre)).expect("some marks");
    let all = picture.marks.iter().all(|mark| picture.area.holds(mark.centre));
    (all, (around.width / picture.area.width).max(around.height / picture.area.height))
}

#[test]
fn the_map_is_fitted_again_when_its_pane_gets_another_size_unless_the_camera_was_moved() {
    let mut harness = sample("talk.csv");
    harness.key_press(egui::Key::Escape);
    harness.key_press(egui::Key::F);
    harness.run();
    harness.set_size(egui::vec2(1000.0, 600.0));
    harness.run();
    let (all, _) = fill(&harness);
    assert!(all, "nothing is cut off");
    harness.set_size(egui::vec2(1280.0, 800.0));
    for fold in [LookCommand::FoldInspector, LookCommand::FoldFilters, LookCommand::FoldTables] {
        apply(&mut harness, Command::Look(fold));
    }
    let (all, share) = fill(&harness);
    assert!(all && share > 0.5, "{share}");
    apply(&mut harness, Command::Look(LookCommand::Pan(90.0, 0.0)));
    let zoom = harness.state().camera().expect("a camera").zoom;
    let centre = harness.state().camera().expect("a camera").centre;
    apply(&mut harness, Command::Look(LookCommand::FoldInspector));
    let camera = harness.state().camera().expect("a camera");
    assert!((camera.zoom - zoom).abs() < 1e-6 && camera.centre == centre);
}

#[test]
fn what_is_asked_for_comes_into_sight_though_the_camera_was_moved_and_what_is_there_moves_nothing()
{
    let mut harness = sample("talk.csv");
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    apply(&mut harness, Command::Look(LookCommand::Zoom(4.0)));
    let camera = harness.state().camera().expect("a camera");
    let map = harness.state().model.map().cloned().expect("a map");
    let is_in_sight = |camera: &crate::scene::Camera, mark: &crate::scene::Mark| {
        camera.viewport.holds(camera.screen_from_scene(mark.at))
    };
    let (inside, outside): (Vec<&crate::scene::Mark>, Vec<&crate::scene::Mark>) =
        map.marks.iter().partition(|mark| is_in_sight(&camera, mark));
    let (inside, outside) = (inside.first().expect("one is in sight"), outside.first());
    let outside = outside.expect("one is out of sight");
    apply(&mut harness, Command::Select(Some(inside.subject)));
    assert_eq!(harness.state().camera(), Some(camera), "it was in sight");
    apply(&mut harness, Command::Select(Some(outside.subject)));
    let moved = harness.state().camera().expect("a camera");
    assert!(is_in_sight(&moved, outside));
}

/// A window without a screen on a generated inventory with this many rows.
fn offscreen(rows: usize) -> Offscreen {
    let mut bytes = Vec::new();
    crate::cli::generate::write_inventory(rows as _, 1, &mut bytes).expect("memory takes it");
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let mut window = Offscreen::new(&assumptions, (1280, 800));
    let opening = Opening::Bytes(vec![("generated.csv".to_owned(), bytes)]);
    super::open_in_place(&mut window.window.model, opening);
    settle(&mut window);
    window
}

/// Draws until the window asks for no further frame; returns how many frames that took.
fn settle(window: &mut Offscreen) -> usize {
    for frame in 1..400 {
        window.frame();
        if !window.wants_frame() {
            return frame;
        }
    }
    panic!("the window never comes to rest");
}

#[test]
fn the_window_sleeps_when_nothing_moves_and_the_map_comes_to_rest_after_every_move() {
    for rows in [200, 5_000] {
        let mut window = offscreen(rows);
        for _ in 0..3 {
            assert_eq!(settle(&mut window), 1, "at rest one frame is enough");
        }
        let picture = |window: &Offscreen| window.window.picture().expect("the map").clone();
        let rested = picture(&window);
        window.pan(30.0, -12.0);
        assert!(settle(&mut window) > 1);
        let moved = picture(&window);
        let of = |mark: &crate::scene::DrawnMark| {
            moved.marks.iter().find(|own| own.subject == mark.subject).copied()
        };
        let mut followed = 0;
        for mark in &rested.marks {
            if let Some(now) = of(mark) {
                let (x, y) = (now.centre.x - mark.centre.x, now.centre.y - mark.centre.y);
                assert!((x - 30.0).abs() < 0.1 && (y + 12.0).abs() < 0.1, "{x} {y}");
                followed += 1;
            }
        }
        assert!(followed > 0 || rested.marks.is_empty());
        window.zoom(1.4);
        settle(&mut window);
        for step in 0..40_u8 {
            window.point_at(300.0 + 8.0 * f32::from(step), 300.0);
            assert!(window.frame() < Duration::from_secs(5));
        }
        settle(&mut window);
        window.zoom(1.0 / 1.4);
        window.pan(-30.0, 12.0);
        settle(&mut window);
    }
}

#[test]
fn while_the_map_is_moved_the_picture_moves_with_it_frame_by_frame() {
    let mut harness = empty();
    let mut bytes = Vec::new();
    crate::cli::generate::write_inventory(600, 1, &mut bytes).expect("memory takes it");
    open(&mut harness, "generated.csv", bytes);
    harness.key_press(egui::Key::Escape);
    harness.key_press(egui::Key::F);
    harness.run();
    harness.state_mut().model.apply(Command::Look(LookCommand::Pan(50.0, 20.0)));
    for _ in 0..8 {
        harness.step();
        let camera = harness.state().camera().expect("a camera");
        let model = &harness.state().model;
        let map = model.map().expect("a map");
        for drawn in &harness.state().picture().expect("the map is drawn").marks {
            let mark = map.mark_of(drawn.subject).expect("it is on the map");
            let at = camera.screen_from_scene(map.marks[mark as usize].at);
            let off = (at.x - drawn.centre.x).hypot(at.y - drawn.centre.y);
            assert!(off < 0.1, "{off} pixels off");
        }
    }
}
