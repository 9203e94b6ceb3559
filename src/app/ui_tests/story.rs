//! The guided story: from the start screen to the start screen, and nothing is left of it.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{SMALL, empty, open, settle};
use crate::app::model::command::{Command, PresentCommand};
use crate::app::model::presentation::Story;
use crate::app::shell::window::Window;

fn click(harness: &mut Harness<'static, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
    settle(harness);
}

fn begun() -> Harness<'static, Window> {
    let mut harness = empty();
    click(&mut harness, "Show me in two minutes");
    assert_eq!(harness.state().model.session.story, Story::Shown);
    harness
}

/// Nothing of the sample is open, unsaved or to be undone.
fn assert_is_over(harness: &Harness<'static, Window>) {
    let model = &harness.state().model;
    assert_eq!(model.session.story, Story::Seen);
    assert!(model.answers.is_none() && model.session.presentation.is_none());
    assert!(model.project.scenes.is_empty() && model.undoes().is_none());
    assert!(!model.saving.has_unsaved(&model.project) && !model.saving.asks());
    harness.get_by_label("Now with a file of your own");
}

#[test]
fn the_story_leads_through_all_its_scenes_and_ends_where_a_file_is_opened() {
    let mut harness = begun();
    let model = &harness.state().model;
    let theme = model.session.theme_mode;
    let count = model.project.scenes.len();
    assert!(count >= 6 && !model.session.full_screen);
    let mut seen = vec![0];
    // Hop by hop, and before and after the fix: no more presses than there can be steps.
    for _ in 0..40 {
        let at = harness.state().model.session.presentation.as_ref().expect("it goes on").at;
        if seen.last() != Some(&at) {
            seen.push(at);
        }
        let scene = &harness.state().model.project.scenes.list()[at];
        let (caption, notes) = (scene.caption.clone(), scene.notes.clone());
        harness.get_by_label(&caption);
        harness.get_by_label(&notes);
        if harness.query_by_label("Next").is_none() {
            break;
        }
        click(&mut harness, "Next");
    }
    assert_eq!(seen, (0..count).collect::<Vec<_>>());
    assert!(harness.query_by_label("Skip the story").is_none());
    click(&mut harness, "Now with my own file");
    assert_is_over(&harness);
    assert_eq!(harness.state().model.session.theme_mode, theme);
    click(&mut harness, "Show it again");
    assert_eq!(harness.state().model.session.story, Story::Shown);
}

#[test]
fn the_story_is_left_by_a_button_a_key_or_a_file_that_is_opened() {
    let mut harness = begun();
    click(&mut harness, "Skip the story");
    assert_is_over(&harness);
    click(&mut harness, "Show it again");
    harness.key_press(Key::Escape);
    harness.run();
    settle(&mut harness);
    assert_is_over(&harness);
    open(&mut harness, "small.csv", SMALL.as_bytes().to_vec());
    assert!(harness.state().model.answers.is_some());
    // Where something is open the story does not take its place.
    harness.state_mut().model.apply(Command::Present(PresentCommand::Story));
    settle(&mut harness);
    let model = &harness.state().model;
    assert!(model.session.presentation.is_none() && model.answers.is_some());
}
