//! The scenes as a deck: pages of pictures that leave the window.

use crate::app::jobs::dialog::Asking;
use crate::app::model::file_dialogs::save;
use crate::app::model::scene_pictures::SceneStudio;
use crate::app::model::state::Model;
use crate::app::work::deck_file::{DECK_SIZE, DeckToSave};
use crate::cli::DeckFormat;
use crate::inventory::Progress;
use crate::scene::ThemeMode;

impl SceneStudio {
    /// All scenes as a deck. `None` when cancelled.
    pub(crate) fn deck(&self, progress: &Progress) -> Option<DeckToSave> {
        let pages = self.pages(progress)?;
        let notes = self.project.scenes.list().iter().map(|scene| scene.notes.clone());
        Some(DeckToSave { notes: notes.collect(), pages })
    }
}

/// Asks where the scenes shall go, and writes them; the name of the file says as what.
pub(crate) fn export_scenes(model: &mut Model) {
    let is_empty = model.project.scenes.is_empty();
    let Some(answers) = model.answers_as_is().cloned().filter(|_| !is_empty) else { return };
    let studio = SceneStudio {
        project: model.project.clone(),
        answers,
        seen: model.seen.clone(),
        theme: ThemeMode::Projector,
        size: DECK_SIZE,
    };
    let asking = Asking {
        title: "Export the scenes",
        file_name: "scenes.pdf",
        kind: ("Scenes", "pdf"),
        otherwise: "keyreach scenes PROJECT --output FILE writes them",
    };
    save(model, asking, move |path| {
        // Nobody holds the handle by which it could be cancelled.
        let deck = DeckFormat::of_file(path).map(|form| (form, studio.deck(&Progress::default())));
        match deck {
            Ok((form, Some(deck))) => match deck.write(form, path) {
                Ok(()) => Ok(format!("the scenes are in {}", path.display())),
                Err(error) => Err(crate::cli::not_written("the scenes", &error, path)),
            },
            Ok((_, None)) => Err("nothing was written".to_owned()),
            Err(why) => Err(why),
        }
    });
}
