//! Scenes: what is on screen is kept by name, and is there again.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{sample, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::model::command::{
    AnswerCommand, Command, FixCommand, GoCommand, LookCommand, PresentCommand, RotationCommand,
    SceneCommand, SightCommand, TableCommand,
};
use crate::app::model::filters::Facet;
use crate::app::model::route::RouteOf;
use crate::app::model::scene_making::scene_of;
use crate::app::model::settings::PresenterWindow;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::project::{
    CredentialName, NamedFix, Scene, SceneFocus, SceneQuestion, SceneView, SubjectName,
};
use crate::scene::ViewKind;

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn now(harness: &Harness<'static, Window>) -> Scene {
    scene_of(&harness.state().model).expect("something is open")
}

fn scenes(harness: &Harness<'static, Window>) -> Vec<Scene> {
    harness.state().model.project.scenes.list().to_vec()
}

/// Ways to have something of everything on screen, one after the other.
fn ways() -> Vec<Command> {
    let (one, other) =
        (Subject::Credential(CredentialIndex(0)), Subject::Instance(InstanceIndex(2)));
    let start = SubjectName::Credential(CredentialName::Known("deploy-key-prod".to_owned()));
    vec![
        Command::Select(None),
        Command::Select(Some(other)),
        Command::Look(LookCommand::Focus),
        Command::Go(GoCommand::FocusAround(vec![one])),
        Command::SelectAll(vec![one, other]),
        Command::Filter(Facet::Shared, true),
        Command::Sight(SightCommand::OnlyFound("prod".to_owned())),
        Command::Look(LookCommand::ShowAs(ViewKind::Lanes)),
        Command::Sight(SightCommand::Dim(true)),
        Command::ClearFilters,
        Command::Sight(SightCommand::Hide(vec![one])),
        Command::Rotate(RotationCommand::Mark(vec![start], true)),
        Command::Go(GoCommand::SpreadFrom(vec![other])),
        Command::Look(LookCommand::ShowAs(ViewKind::Matrix)),
        Command::Answer(AnswerCommand::Show(RouteOf::Listed(3))),
        Command::Look(LookCommand::ShowAs(ViewKind::Path)),
        Command::Look(LookCommand::ShowAs(ViewKind::Map)),
        Command::Table(TableCommand::PickOwner(None)),
        Command::Select(Some(other)),
        Command::Fix(FixCommand::Add(NamedFix::new("deploy-key-prod", FixKind::Revoke))),
        Command::Fix(FixCommand::ShowWith(true)),
    ]
}

#[test]
fn whatever_is_on_screen_is_there_again_when_its_scene_is_shown() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let mut made = Vec::new();
    for command in ways() {
        let words = format!("{command:?}");
        apply(&mut harness, command);
        made.push((words, now(&harness)));
        apply(&mut harness, Command::Scene(SceneCommand::Add));
    }
    assert_eq!(scenes(&harness).len(), made.len());
    // There and back, so that each comes after two others.
    let places: Vec<usize> = (0..made.len()).chain((0..made.len()).rev()).collect();
    for at in places {
        apply(&mut harness, Command::Scene(SceneCommand::Show(at)));
        let (words, wanted) = &made[at];
        assert_eq!(now(&harness), *wanted, "after {words}");
    }
}

#[test]
fn a_key_makes_a_scene_and_the_tab_lists_it_with_its_picture() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness.key_press(Key::S);
    settle(&mut harness);
    let model = &harness.state().model;
    assert_eq!((model.session.tab, model.session.scene), (Tab::Scenes, Some(0)));
    let caption = "How far does deploy-key-prod reach?";
    assert_eq!(scenes(&harness)[0].caption, caption);
    harness.get_by_label(&format!("Scene 1: {caption}"));
    // The picture is made beside the window.
    for _ in 0..600 {
        harness.step();
        if !harness.state().model.session.thumbnails.pictures.is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let pictures = &harness.state().model.session.thumbnails.pictures;
    assert_eq!(pictures.len(), 1);
    let colours: std::collections::BTreeSet<[u8; 4]> =
        pictures[0].1.pixels.iter().map(egui::Color32::to_array).collect();
    assert!(colours.len() > 50, "something is drawn");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(scenes(&harness).is_empty());
}

#[test]
fn scenes_are_changed_moved_and_deleted_and_each_change_is_undone() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    for caption in ["a", "b", "c"] {
        apply(&mut harness, Command::Scene(SceneCommand::Add));
        let at = harness.state().model.session.scene.expect("it is shown");
        let text = caption.to_owned();
        apply(&mut harness, Command::Scene(SceneCommand::Caption(at, text)));
    }
    let captions = |harness: &Harness<'static, Window>| -> String {
        scenes(harness).iter().map(|scene| scene.caption.clone()).collect()
    };
    assert_eq!(captions(&harness), "abc");
    let mut seen = vec![captions(&harness)];
    for command in [
        SceneCommand::Shift(2, 0),
        SceneCommand::Duplicate(1),
        SceneCommand::Remove(0),
        SceneCommand::Caption(0, "x".to_owned()),
    ] {
        apply(&mut harness, Command::Scene(command));
        seen.push(captions(&harness));
    }
    assert_eq!(seen, ["abc", "cab", "caab", "aab", "xab"]);
    for wanted in seen.iter().rev().skip(1) {
        apply(&mut harness, Command::Undo);
        assert_eq!(captions(&harness), *wanted);
    }
}

#[test]
fn what_is_on_screen_is_taken_over_and_what_people_wrote_stays() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    apply(&mut harness, Command::Scene(SceneCommand::Add));
    let texts = [
        SceneCommand::Caption(0, "mine".to_owned()),
        SceneCommand::Notes(0, "wait".to_owned()),
        SceneCommand::HideAnswer(0, true),
    ];
    for command in texts {
        apply(&mut harness, Command::Scene(command));
    }
    apply(&mut harness, Command::Look(LookCommand::ShowAs(ViewKind::Lanes)));
    apply(&mut harness, Command::Select(Some(Subject::Instance(InstanceIndex(4)))));
    apply(&mut harness, Command::Look(LookCommand::Focus));
    apply(&mut harness, Command::Scene(SceneCommand::TakeOver(0)));
    let own = &scenes(&harness)[0];
    assert_eq!(
        (own.caption.as_str(), own.notes.as_str(), own.hides_answer),
        ("mine", "wait", true)
    );
    assert_eq!((own.view, &own.focus), (SceneView::Lanes, &Some(SceneFocus::Lit)));
    assert!(matches!(&own.question, SceneQuestion::Reach(names) if names.len() == 1));
}

#[test]
fn a_part_of_the_map_is_held_by_what_lies_at_its_edges() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Zoom(4.0)));
    let before = harness.state().camera().expect("it is drawn");
    apply(&mut harness, Command::Scene(SceneCommand::Add));
    let own = scenes(&harness)[0].clone();
    let crate::project::SceneCamera::Around(names) = &own.camera else {
        panic!("a part of the map is in sight");
    };
    assert!((3..=8).contains(&names.len()), "{names:?}");
    apply(&mut harness, Command::Look(LookCommand::Fit));
    apply(&mut harness, Command::Scene(SceneCommand::Show(0)));
    let after = harness.state().camera().expect("it is drawn");
    let far = (after.centre.x - before.centre.x).hypot(after.centre.y - before.centre.y);
    let seen = before.viewport.width / before.zoom;
    assert!(far < 0.25 * seen, "{before:?} {after:?}");
    let closer = after.zoom / before.zoom;
    assert!((0.4..2.5).contains(&closer), "{closer}");
}

#[test]
fn a_scene_says_what_the_inventory_lacks_of_it() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    apply(&mut harness, Command::Scene(SceneCommand::Add));
    let model = &mut harness.state_mut().model;
    let mut scenes = crate::project::Scenes::clone(&model.project.scenes);
    let gone = SubjectName::Credential(CredentialName::Known("gone-key".to_owned()));
    scenes.change(0, |own| own.question = SceneQuestion::Reach(vec![gone]));
    model.project.scenes = std::sync::Arc::new(scenes);
    apply(&mut harness, Command::Scene(SceneCommand::Show(0)));
    let notice = harness.state().model.notice.clone();
    assert_eq!(notice.as_deref(), Some("the inventory lacks of this scene: “gone-key”"));
    harness.get_by_label("Gone from the inventory: “gone-key”");
}

#[test]
fn the_presenter_has_a_window_with_notes_what_comes_next_and_the_time() {
    let mut harness = sample("talk.csv");
    for command in [
        SceneCommand::Add,
        SceneCommand::Notes(0, "Let them guess first".to_owned()),
        SceneCommand::Add,
        SceneCommand::Caption(1, "What falls then".to_owned()),
    ] {
        apply(&mut harness, Command::Scene(command));
    }
    apply(&mut harness, Command::Present(PresentCommand::First));
    harness.state_mut().model.session.scene = Some(0);
    apply(&mut harness, Command::Present(PresentCommand::Start));
    assert!(harness.query_by_label("Let them guess first").is_none(), "the audience sees no notes");
    harness.key_press(Key::N);
    harness.run();
    harness.get_by_label("Let them guess first");
    harness.get_by_label("What falls then");
    harness.get_by_label_contains("Scene 1 of 2");
    harness.get_by_label("On").click();
    harness.run();
    settle(&mut harness);
    harness.get_by_label("No notes");
    harness.get_by_label("This is the last scene");
    harness.key_press(Key::N);
    harness.run();
    assert!(harness.query_by_label("No notes").is_none());
    apply(&mut harness, Command::Present(PresentCommand::Leave));
    // Which screen it fills is kept for the next presentation.
    apply(&mut harness, Command::Present(PresentCommand::PresenterScreen(9)));
    let PresenterWindow { wanted, screen } = harness.state().model.settings.presenter;
    assert_eq!((wanted, screen), (true, crate::app::model::presenting::MOST_SCREENS));
    assert!(harness.state().model.undoes().is_some_and(|label| !label.contains("presenter")));
}

#[test]
fn each_button_below_a_scene_is_whole_and_in_sight() {
    let mut harness = sample("talk.csv");
    for _ in 0..2 {
        apply(&mut harness, Command::Scene(SceneCommand::Add));
    }
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Scenes)));
    let room = harness.ctx.content_rect();
    for name in ["Take over what is on screen", "Duplicate", "Earlier", "Later", "Delete"] {
        let place = harness.get_by_label(name).rect();
        assert!(room.contains_rect(place), "{name} lies at {place}");
        assert!(place.width() > 40.0 && place.height() < 40.0, "{name} lies at {place}");
    }
}
