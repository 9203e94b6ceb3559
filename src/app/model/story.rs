//! The guided story: scenes on a small sample, for whoever opens the program for the first time. It ends
//! where a file of one's own is opened, and leaves nothing behind.

use std::sync::Arc;

use crate::app::model::history::History;
use crate::app::model::opening::{close_now, open};
use crate::app::model::presentation::Story;
use crate::app::model::presenting::{begin, leave_stage};
use crate::app::model::scene_command::PresentCommand;
use crate::app::model::state::Model;
use crate::project::{Opening, Scene, Scenes};

/// The sample that the story uses.
pub(crate) const SAMPLE: (&str, &[u8]) =
    ("talk.csv", include_bytes!("../../../sample-data/talk.csv"));

/// Its scenes, one a line; what a presenter would say stands in their notes.
const SCENES: &str = include_str!("story.jsonl");

/// The scenes of the story.
fn scenes() -> Vec<Scene> {
    SCENES.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Opens the sample; the story begins once it is read. Does nothing where something is open.
fn open_story(model: &mut Model) {
    if model.answers.is_some() || model.staging.is_some() {
        return;
    }
    model.session.story = Story::Opening;
    let (name, bytes) = SAMPLE;
    open(model, Opening::Bytes(vec![(name.to_owned(), bytes.to_vec())]));
}

/// Carries out what is done while the story is shown, where that is something else than in a presentation.
/// Says whether it was.
pub(crate) fn apply_story(model: &mut Model, command: PresentCommand) -> bool {
    match command {
        PresentCommand::Story => open_story(model),
        PresentCommand::Leave if model.session.story == Story::Shown => leave_story(model),
        // There is nobody's name in the sample.
        PresentCommand::Names if model.session.story == Story::Shown => {}
        _ => return false,
    }
    true
}

/// Begins the story, if the sample was opened for it.
pub(crate) fn begin_story(model: &mut Model) {
    if model.session.story != Story::Opening {
        return;
    }
    model.session.story = Story::NotShown;
    // Something else may have been opened meanwhile.
    if model.project.sources.files != [SAMPLE.0] {
        return;
    }
    let (before, theme) = (model.project.clone(), model.session.theme_mode);
    model.project.scenes = Arc::new(Scenes::of(scenes()));
    model.session.scene = None;
    begin(model);
    let Some(presentation) = &mut model.session.presentation else { return };
    // Nothing of the story is the user's work.
    presentation.before = before;
    model.session.theme_mode = theme;
    model.session.story = Story::Shown;
}

/// Ends the story: the sample is closed, and a file of one's own can be opened.
fn leave_story(model: &mut Model) {
    leave_stage(model);
    model.session.story = Story::Seen;
    model.session.scene = None;
    close_now(model);
    model.history = History::default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::AccessGraph;
    use crate::import::{FileBytes, FingerprintKey, ImportSettings, import};
    use crate::inventory::{Assumptions, Progress};

    #[test]
    fn each_scene_of_the_story_is_read_says_something_and_finds_all_that_it_shows() {
        let scenes = scenes();
        assert_eq!(scenes.len(), SCENES.lines().count());
        let (name, bytes) = SAMPLE;
        let files = vec![FileBytes::new(name, bytes.to_vec())];
        let key = FingerprintKey::from_bytes([1; 32]);
        let read = import(files, &key, &ImportSettings::default(), &Progress::default());
        let policy = Assumptions::new(jiff::civil::date(2026, 11, 23));
        let graph = AccessGraph::build(Arc::new(read.expect("it is an inventory")), &policy);
        for (at, scene) in scenes.iter().enumerate() {
            assert_eq!(scene.missing_in(&graph), Vec::<String>::new(), "scene {at}");
            assert!(!scene.caption.is_empty() && !scene.notes.is_empty(), "scene {at}");
        }
        // About two minutes: as many words as are read aloud in that time.
        let words = scenes.iter().flat_map(|own| [&own.caption, &own.notes]);
        let words = words.map(|text| text.split_whitespace().count()).sum::<usize>();
        assert!((180..320).contains(&words), "{words}");
    }
}
