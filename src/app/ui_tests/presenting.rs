//! The stage: scenes are shown step by step, and everything is as it was at the end.

use egui::{Key, Modifiers};

use crate::analysis::{FixKind, Subject};
use crate::app::model::command::{
    Command, FixCommand, LookCommand, PresentCommand, ProjectCommand, SceneCommand,
};
use crate::app::model::presentation::steps;
use crate::app::model::scene_making::scene_of;
use crate::app::shell::offscreen::Offscreen;
use crate::app::shell::screenshot::draw;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::{Assumptions, Progress};
use crate::project::{NamedFix, Opening, Project, read_project};
use crate::scene::{HighlightLevel, MarkStyle, ThemeMode};

/// A window of this size without a screen, with one of the prepared projects in it.
fn opened(name: &str, size: (u32, u32)) -> Offscreen {
    let mut offscreen = undrawn(name, size);
    rest(&mut offscreen);
    offscreen
}

/// The same, of which no frame was drawn yet.
fn undrawn(name: &str, size: (u32, u32)) -> Offscreen {
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let mut offscreen = Offscreen::new(&assumptions, size);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    let model = &mut offscreen.window.model;
    model.apply(Command::Open(Opening::Files(vec![path])));
    model.finish_jobs();
    assert!(!model.project.scenes.is_empty(), "{:?}", model.notice);
    offscreen
}

/// Waits until all is worked out and drawn.
fn rest(offscreen: &mut Offscreen) {
    for _ in 0..60 {
        offscreen.window.model.finish_jobs();
        offscreen.frame();
    }
}

fn present(offscreen: &mut Offscreen, command: PresentCommand) {
    offscreen.window.model.apply(Command::Present(command));
    rest(offscreen);
}

/// Where the presentation is: the scene and its step, and the line below the caption.
fn place(offscreen: &Offscreen) -> (usize, usize, Option<String>) {
    let model = &offscreen.window.model;
    let own = model.session.presentation.as_ref().expect("scenes are presented");
    let (scene, reveal) = model.presented().expect("there is a scene");
    let figure = model.scene_figure(scene, reveal).map(|figure| figure.words());
    (own.at, own.step, figure)
}

#[test]
fn the_first_scene_has_all_of_the_map_on_the_stage() {
    for (name, size) in [("talk.keyreach", (1366, 768)), ("payments.keyreach", (1366, 768))] {
        let mut offscreen = opened(name, size);
        present(&mut offscreen, PresentCommand::Start);
        let picture = offscreen.window.picture().expect("the scene is drawn");
        let all = offscreen.window.model.map().expect("there is a map").marks.len();
        // Some are folded into a badge on what they belong to.
        assert!(picture.marks.len() * 20 >= all * 19, "{name}: {} of {all}", picture.marks.len());
        let area = picture.area;
        for mark in &picture.marks {
            let at = mark.centre;
            let is_inside = at.x > area.left && at.x < area.right() && at.y > area.top;
            assert!(is_inside && at.y < picture.legend_top, "{name}: {mark:?} of {area:?}");
        }
    }
}

#[test]
fn the_spread_comes_hop_by_hop_and_each_hop_is_lit_and_counted() {
    let mut offscreen = opened("talk.keyreach", (1280, 720));
    present(&mut offscreen, PresentCommand::Start);
    present(&mut offscreen, PresentCommand::GoTo(3));
    // From the report: six in the first hop, seven in the second, one in the third.
    let wanted = [
        ("before the first hop: 0 of 32", 0),
        ("hop 1 through demo-shop-to-catalog-dev and deploy-key-prod: 6 more, 6 of 32", 6),
        ("hop 2 through 7 credentials: 7 more, 13 of 32", 13),
        ("hop 3 through accounts-to-accounts-db-prod: 1 more, 14 of 32", 14),
    ];
    for (step, (words, fallen)) in wanted.into_iter().enumerate() {
        if step > 0 {
            present(&mut offscreen, PresentCommand::Next);
        }
        assert_eq!(place(&offscreen), (3, step, Some(words.to_owned())));
        let data = &offscreen.window.model.views.active().data;
        let (map, lit) = (data.map.as_ref().expect("a map"), data.lit.as_ref().expect("a light"));
        let is_lit = |mark: &u32| lit.mark(*mark) == HighlightLevel::Lit;
        let instances = (0..map.marks.len() as u32)
            .filter(is_lit)
            .filter(|mark| matches!(map.marks[*mark as usize].subject, Subject::Instance(_)));
        // The one that has fallen to begin with is lit too.
        assert_eq!(instances.count(), fallen + 1, "{words}");
    }
    present(&mut offscreen, PresentCommand::Next);
    assert_eq!(place(&offscreen).0, 4, "after the last hop comes the next scene");
    present(&mut offscreen, PresentCommand::Previous);
    assert_eq!((place(&offscreen).0, place(&offscreen).1), (3, 3), "and back its last hop");
    present(&mut offscreen, PresentCommand::Previous);
    assert_eq!((place(&offscreen).0, place(&offscreen).1), (3, 2));
}

#[test]
fn fixes_are_shown_before_and_after_with_what_is_connected() {
    let mut offscreen = opened("talk.keyreach", (1280, 720));
    present(&mut offscreen, PresentCommand::Start);
    present(&mut offscreen, PresentCommand::GoTo(6));
    let (_, _, before) = place(&offscreen);
    assert!(offscreen.window.model.as_is.is_none());
    present(&mut offscreen, PresentCommand::Next);
    let (at, step, after) = place(&offscreen);
    assert_eq!((at, step), (6, 1));
    assert!(offscreen.window.model.as_is.is_some(), "the fixes are made");
    let whole = offscreen.window.model.answers.as_ref().expect("open").exposure.pairs;
    let words = |connected: u64, more: &str| {
        Some(format!("{connected} of {whole} pairs of entry point and crown jewel connected{more}"))
    };
    assert_eq!(after, words(0, " with the fixes"));
    let connected = offscreen.window.model.answers_as_is().expect("open").exposure.connected_pairs;
    assert!(connected > 0);
    assert_eq!(before, words(connected, ""));
    let selected = offscreen.window.model.selected().expect("what was in question still is");
    let name = offscreen.window.model.answers.as_ref().expect("open").name(selected);
    assert!(name.starts_with("demo-shop"), "{name}");
    present(&mut offscreen, PresentCommand::Previous);
    assert!(offscreen.window.model.as_is.is_none(), "and back");
}

#[test]
fn at_the_end_everything_is_as_it_was() {
    let mut offscreen = opened("talk.keyreach", (1280, 720));
    let model = &mut offscreen.window.model;
    model.apply(Command::Select(Some(Subject::Instance(InstanceIndex(3)))));
    let own = NamedFix::new("accounts-to-accounts-db-prod", FixKind::Revoke);
    model.apply(Command::Fix(FixCommand::Add(own)));
    rest(&mut offscreen);
    let state = |offscreen: &Offscreen| {
        let model = &offscreen.window.model;
        let looks: Vec<String> = model.history.labels().map(str::to_owned).collect();
        (model.project.clone(), scene_of(model), model.session.theme_mode, looks)
    };
    let before = state(&offscreen);
    for keys in [vec![], vec![Key::ArrowRight; 12], vec![Key::End, Key::Space], vec![Key::Num7]] {
        key(&mut offscreen, Key::F5);
        assert!(offscreen.window.model.session.presentation.is_some());
        for pressed in keys {
            key(&mut offscreen, pressed);
        }
        assert_eq!(offscreen.window.model.session.theme_mode, ThemeMode::Projector);
        key(&mut offscreen, Key::Escape);
        assert!(offscreen.window.model.session.presentation.is_none());
        assert!(state(&offscreen) == before, "everything is as it was");
    }
}

/// Presses a key, and waits.
fn key(offscreen: &mut Offscreen, key: Key) {
    offscreen.press(key, Modifiers::NONE);
    rest(offscreen);
}

#[test]
fn nothing_is_changed_while_scenes_are_presented() {
    let mut offscreen = opened("talk.keyreach", (1280, 720));
    present(&mut offscreen, PresentCommand::Start);
    let before: Project = offscreen.window.model.project.clone();
    let theme = offscreen.window.model.session.theme_mode;
    for command in [
        Command::Fix(FixCommand::Add(NamedFix::new("deploy-key-prod", FixKind::Revoke))),
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Remove(0)),
        Command::Project(ProjectCommand::Save),
        Command::Close,
        Command::Undo,
        Command::Look(LookCommand::SwapTheme),
        Command::ClearFilters,
    ] {
        let words = format!("{command:?}");
        offscreen.window.model.apply(command);
        offscreen.window.model.finish_jobs();
        assert!(offscreen.window.model.project == before, "{words}");
        assert_eq!(offscreen.window.model.session.theme_mode, theme);
    }
    for pressed in [Key::T, Key::A, Key::U, Key::Z] {
        key(&mut offscreen, pressed);
        assert!(offscreen.window.model.project == before, "{pressed:?}");
    }
    // What is looked at may be something else: one key leads back.
    let scene = scene_of(&offscreen.window.model);
    offscreen.window.model.apply(Command::Select(Some(Subject::Instance(InstanceIndex(5)))));
    rest(&mut offscreen);
    assert!(offscreen.window.model.session.presentation.as_ref().is_some_and(|own| own.explores));
    key(&mut offscreen, Key::R);
    assert_eq!(scene_of(&offscreen.window.model), scene);
    assert!(!offscreen.window.model.session.presentation.as_ref().is_some_and(|own| own.explores));
}

#[test]
fn the_first_scene_hides_the_answer() {
    let mut offscreen = opened("talk.keyreach", (1280, 720));
    present(&mut offscreen, PresentCommand::Start);
    let (at, step, figure) = place(&offscreen);
    assert_eq!((at, step, figure), (0, 0, None));
    let data = &offscreen.window.model.views.active().data;
    assert!(data.lit.is_none() && data.selected.is_empty() && data.compromised.is_empty());
    let stands_out = |offscreen: &Offscreen| {
        let data = &offscreen.window.model.views.active().data;
        let marks = data.map.as_ref().map_or(&[][..], |map| &map.marks);
        marks
            .iter()
            .filter(|mark| {
                let MarkStyle::Credential { severity, shared, .. } = mark.style else {
                    return false;
                };
                severity.is_some() || shared
            })
            .count()
    };
    assert_eq!(stands_out(&offscreen), 0, "no credential stands out");
    // A click on nothing leaves it so, and shows the scene again after something else was looked at.
    let lit = |offscreen: &Offscreen| offscreen.window.model.views.active().data.lit.is_some();
    let select = |offscreen: &mut Offscreen, what: Option<Subject>| {
        offscreen.window.model.apply(Command::Select(what));
        rest(offscreen);
    };
    select(&mut offscreen, None);
    assert!(!lit(&offscreen) && stands_out(&offscreen) == 0);
    select(&mut offscreen, Some(Subject::Credential(CredentialIndex(0))));
    assert!(lit(&offscreen));
    select(&mut offscreen, None);
    assert!(!lit(&offscreen) && stands_out(&offscreen) == 0);
    present(&mut offscreen, PresentCommand::GoTo(3));
    assert!(stands_out(&offscreen) > 0, "and in the other scenes it does");
}

#[test]
fn hops_come_by_themselves_until_the_last_one() {
    let mut offscreen = opened("talk.keyreach", (1280, 720));
    present(&mut offscreen, PresentCommand::Start);
    present(&mut offscreen, PresentCommand::GoTo(3));
    offscreen.window.model.apply(Command::Present(PresentCommand::Play));
    // Time passes by a sixtieth of a second a frame.
    for _ in 0..60 * 12 {
        offscreen.window.model.finish_jobs();
        offscreen.frame();
    }
    let (at, step, _) = place(&offscreen);
    assert_eq!((at, step), (3, 3));
    assert!(!offscreen.window.model.session.presentation.as_ref().is_some_and(|own| own.plays));
}

/// The smallest type in the picture and on the stage round it, in pixels.
fn least_type(offscreen: &mut Offscreen) -> f32 {
    let mut frame = offscreen.step();
    frame.textures.clear();
    let zoom = frame.zoom;
    let picture = offscreen.window.picture().expect("it is drawn");
    let texts = picture.layers().into_iter().flat_map(|layer| layer.texts.iter());
    let least = texts.map(|text| text.style.size).fold(f32::INFINITY, f32::min);
    // Notes are the smallest type of the stage itself.
    least.min(crate::app::paint::style::size::NOTE) * zoom
}

#[test]
fn type_on_the_stage_is_large_enough_at_each_step_of_both_prepared_projects() {
    for (name, size, least) in [
        ("talk.keyreach", (1366, 768), 16.0),
        ("payments.keyreach", (1366, 768), 16.0),
        ("talk.keyreach", (1920, 1080), 20.0),
    ] {
        let mut offscreen = opened(name, size);
        present(&mut offscreen, PresentCommand::Start);
        for at in 0..offscreen.window.model.project.scenes.len() {
            present(&mut offscreen, PresentCommand::GoTo(at));
            let model = &offscreen.window.model;
            let (scene, _) = model.presented().expect("there is a scene");
            let last = steps(scene, model.last_hop());
            for _ in 0..last {
                let found = least_type(&mut offscreen);
                assert!(found >= least - 0.01, "{name}, scene {}, {size:?}: {found}", at + 1);
                present(&mut offscreen, PresentCommand::Next);
            }
        }
    }
}

#[test]
fn on_a_stage_of_any_size_the_type_is_as_large_as_it_is_meant_and_the_window_comes_to_rest() {
    for (size, wanted) in [((1366, 768), 1.36), ((1920, 1080), 1.7), ((1440, 900), 1.417)] {
        let mut offscreen = opened("talk.keyreach", size);
        present(&mut offscreen, PresentCommand::Start);
        let zoom = offscreen.window.zoom();
        assert!((zoom - wanted).abs() < 0.02, "{size:?}: {zoom}");
        for _ in 0..5 {
            offscreen.frame();
            assert!((offscreen.window.zoom() - zoom).abs() < f32::EPSILON, "{size:?}");
        }
    }
}

#[test]
fn a_project_that_is_saved_after_a_presentation_has_nothing_of_its_scenes_in_force() {
    let mut offscreen = opened("payments.keyreach", (1280, 720));
    present(&mut offscreen, PresentCommand::Start);
    present(&mut offscreen, PresentCommand::Last);
    present(&mut offscreen, PresentCommand::Next);
    assert!(!offscreen.window.model.project.fixes.is_empty());
    present(&mut offscreen, PresentCommand::Leave);
    let mut bytes = Vec::new();
    let today = jiff::civil::date(2026, 11, 26);
    crate::project::write_project(&offscreen.window.model.project, today, &mut bytes)
        .expect("it is written");
    let again = read_project(&bytes, today, &Progress::default()).expect("it is read");
    assert!(again.fixes.is_empty() && again.rotation.is_empty());
    assert_eq!(again.scenes.len(), 12);
}

/// Draws every step of the prepared projects as it is on the stage, to be looked at.
#[test]
#[ignore = "draws pictures into the folder that KEYREACH_STAGE names"]
fn draw_the_stage() {
    let folder = std::path::PathBuf::from(std::env::var("KEYREACH_STAGE").expect("a folder"));
    for name in ["talk.keyreach", "payments.keyreach"] {
        for size in [(1366, 768), (1920, 1080)] {
            let (mut before, mut presses) = (None, 0);
            loop {
                let mut offscreen = undrawn(name, size);
                let first = [PresentCommand::Start, PresentCommand::First];
                for command in first.into_iter().chain(vec![PresentCommand::Next; presses]) {
                    offscreen.window.model.apply(Command::Present(command));
                    offscreen.window.model.finish_jobs();
                    // How much of a scene is in sight follows from the room that it is seen to have.
                    let room = egui::vec2(size.0 as f32, size.1 as f32);
                    offscreen.window.note_pixels(room);
                }
                let now = place(&offscreen);
                if before.as_ref() == Some(&now) {
                    break;
                }
                let file = format!("{name}-{}-{:02}-{}.png", size.1, now.0 + 1, now.1);
                draw(&mut offscreen, size).save(folder.join(file)).expect("it is written");
                (before, presses) = (Some(now), presses + 1);
            }
        }
    }
}
