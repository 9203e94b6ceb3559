//! The stage: what is written down there is taken back there, and nothing of a scene is cut off.

use egui::{Key, Modifiers};
use egui_kittest::Harness;

use super::hidden_names::apply;
use super::{SMALL, empty, open, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, PresentCommand, SceneCommand};
use crate::app::panels::presentation::workshop_words;
use crate::app::shell::offscreen::Offscreen;
use crate::app::shell::window::Window;
use crate::graph::InstanceIndex;
use crate::inventory::Assumptions;
use crate::project::Opening;

fn key(harness: &mut Harness<'static, Window>, key: Key) {
    harness.key_press_modifiers(Modifiers::NONE, key);
    settle(harness);
}

fn park(harness: &mut Harness<'static, Window>, text: &str) {
    key(harness, Key::Q);
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
    key(harness, Key::Enter);
}

fn said(harness: &Harness<'static, Window>) -> Vec<String> {
    harness.state().model.project.workshop.entries().iter().map(|own| own.item.words()).collect()
}

/// What stands at the foot of the stage.
fn foot(harness: &Harness<'static, Window>) -> Option<String> {
    workshop_words(harness.state().model.session.presentation.as_ref().expect("the stage"))
}

#[test]
fn u_takes_back_what_was_written_down_last_in_this_presentation_and_no_more() {
    let mut harness = empty();
    open(&mut harness, "small.csv", SMALL.as_bytes().to_vec());
    park(&mut harness, "before");
    for command in [
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Add),
        Command::Present(PresentCommand::Start),
        Command::Present(PresentCommand::GoTo(0)),
    ] {
        apply(&mut harness, command);
    }
    key(&mut harness, Key::U);
    assert_eq!((said(&harness).len(), foot(&harness)), (1, None));
    park(&mut harness, "who pays?");
    park(&mut harness, "and how?");
    let last = Some("written down: k1, parked: and how? (U: take it back)".to_owned());
    assert_eq!(foot(&harness), last);
    key(&mut harness, Key::U);
    assert_eq!(foot(&harness), Some("taken back: k1, parked: and how?".to_owned()));
    assert_eq!(said(&harness), ["k1, parked: before", "k1, parked: who pays?"]);
    // On another scene it is not in sight, and the key still takes it back.
    key(&mut harness, Key::ArrowRight);
    assert_eq!(foot(&harness), None);
    key(&mut harness, Key::U);
    assert_eq!(said(&harness), ["k1, parked: before"]);
    key(&mut harness, Key::U);
    assert_eq!(said(&harness), ["k1, parked: before"]);
    apply(&mut harness, Command::Present(PresentCommand::Leave));
    assert_eq!(said(&harness), ["k1, parked: before"]);
    // It is a step with a name, like each note.
    assert_eq!(harness.state().model.undoes(), Some("taking back “k1, parked: who pays?”"));
}

#[test]
fn the_spotlight_leaves_a_circle_round_the_pointer_and_dims_the_rest() {
    let mut harness = empty();
    open(&mut harness, "small.csv", SMALL.as_bytes().to_vec());
    apply(&mut harness, Command::Scene(SceneCommand::Add));
    apply(&mut harness, Command::Present(PresentCommand::Start));
    let at = egui::pos2(400.0, 300.0);
    harness.event(egui::Event::PointerMoved(at));
    key(&mut harness, Key::S);
    let shapes = harness.output().shapes.clone();
    let primitives = harness.ctx.tessellate(shapes, 1.0);
    let black = egui::Color32::from_black_alpha(150);
    let dimmed: Vec<f32> = primitives
        .iter()
        .filter_map(|clipped| match &clipped.primitive {
            egui::epaint::Primitive::Mesh(mesh) => Some(mesh),
            egui::epaint::Primitive::Callback(_) => None,
        })
        .flat_map(|mesh| &mesh.vertices)
        .filter(|vertex| vertex.color == black)
        .map(|vertex| vertex.pos.distance(at))
        .collect();
    let nearest = dimmed.iter().copied().fold(f32::INFINITY, f32::min);
    assert!((90.0..130.0).contains(&nearest), "it is dim from {nearest} on");
    assert!(dimmed.iter().any(|distance| *distance > 1_000.0));
}

/// A window of this size without a screen, in which a scene of the talk is presented.
fn talk_at(scene: usize, size: (u32, u32)) -> Offscreen {
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let mut offscreen = Offscreen::new(&assumptions, size);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.keyreach");
    offscreen.window.model.apply(Command::Open(Opening::Files(vec![path])));
    for command in [PresentCommand::Start, PresentCommand::GoTo(scene)] {
        rest(&mut offscreen);
        offscreen.window.model.apply(Command::Present(command));
    }
    rest(&mut offscreen);
    offscreen
}

fn rest(offscreen: &mut Offscreen) {
    for _ in 0..60 {
        offscreen.window.model.finish_jobs();
        offscreen.frame();
    }
}

/// The names of regions with a mark in sight of which a part lies beyond the frame.
fn cut_off(offscreen: &Offscreen) -> Vec<String> {
    let camera = offscreen.window.camera().expect("it was drawn");
    let view = offscreen.window.model.views.active();
    let map = view.data.map.clone().expect("it is laid out");
    let shown = map.marks.iter().zip(&view.data.sight.marks).filter(|(_, shown)| **shown);
    let regions: std::collections::BTreeSet<u16> =
        shown.filter_map(|(mark, _)| mark.region).collect();
    let regions = regions.iter().map(|at| &map.regions[usize::from(*at)]);
    let is_cut = |region: &&crate::scene::Region| {
        let mut corners = region.shape.outline.iter();
        corners.any(|at| !camera.viewport.holds(camera.screen_from_scene(*at)))
    };
    regions.filter(is_cut).map(|region| region.name.clone()).collect()
}

#[test]
fn regions_of_a_scene_with_a_focus_are_whole_and_going_back_to_it_shows_the_same() {
    for size in [(1366, 768), (1920, 1080)] {
        let mut offscreen = talk_at(2, size);
        assert!(offscreen.window.model.views.active().spec.focused);
        assert_eq!(cut_off(&offscreen), Vec::<String>::new(), "{size:?}");
        let arrived = offscreen.window.camera().expect("it was drawn");
        offscreen.window.model.apply(Command::Present(PresentCommand::Return));
        rest(&mut offscreen);
        assert_eq!(cut_off(&offscreen), Vec::<String>::new(), "{size:?}");
        let back = offscreen.window.camera().expect("it was drawn");
        let moved = back.screen_from_scene(arrived.centre);
        let middle = arrived.screen_from_scene(arrived.centre);
        let is_near = (moved.x - middle.x).abs() < 2.0 && (moved.y - middle.y).abs() < 2.0;
        assert!(is_near, "{size:?}: {back:?} {arrived:?}");
        assert!((back.zoom / arrived.zoom - 1.0).abs() < 0.01, "{back:?} {arrived:?}");
    }
}

#[test]
fn nothing_on_the_stage_can_be_pressed_that_folds_what_is_shown() {
    let mut harness = empty();
    let mut rows = "id,service,environment,access\n".to_owned();
    for number in 1..6 {
        rows = rows + "k" + &number.to_string() + ",hub,dev,holds\n";
    }
    open(&mut harness, "hub.csv", rows.into_bytes());
    let buttons = |harness: &Harness<'static, Window>| {
        let picture = harness.state().picture().expect("it is drawn");
        (picture.badges.len(), picture.marks.is_empty())
    };
    apply(&mut harness, Command::Select(Some(Subject::Instance(InstanceIndex(0)))));
    assert_eq!(buttons(&harness), (1, false), "in the window it can be folded");
    apply(&mut harness, Command::Scene(SceneCommand::Add));
    apply(&mut harness, Command::Present(PresentCommand::Start));
    assert_eq!(buttons(&harness), (0, false));
}
