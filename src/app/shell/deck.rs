//! The scenes of a project as pages, without a window.

use std::io;
use std::path::Path;

use crate::app::model::scene_pictures::SceneStudio;
use crate::app::work::deck_file::DeckToSave;
use crate::app::work::shown_names::ShownNames;
use crate::cli::DeckFormat;
use crate::inventory::Progress;
use crate::project::{Project, RedactedKinds};
use crate::scene::ThemeMode;

/// Pages that can be written.
pub struct Deck {
    pages: DeckToSave,
    gone: Vec<String>,
}

impl Deck {
    /// Writes them.
    ///
    /// # Errors
    /// Where the file, or the folder, cannot be written.
    pub fn write(&self, format: DeckFormat, path: &Path) -> io::Result<()> {
        self.pages.write(format, path)
    }

    /// What scenes show that the inventory does not have, a sentence each.
    pub fn gone(&self) -> &[String] {
        &self.gone
    }
}

/// Draws each step of each scene of a project, with these kinds of names hidden; `None` where there is
/// nothing to draw.
pub fn draw_deck(
    project: &Project,
    (size, theme): ((u32, u32), ThemeMode),
    hide: Option<RedactedKinds>,
) -> Option<Deck> {
    project.sources.inventory.as_ref()?;
    // Nobody holds the handle by which it could be cancelled.
    let progress = Progress::default();
    let ShownNames { shown: project, answers, .. } =
        ShownNames::of(project.clone(), hide, None, &progress)?;
    let gone = project.scenes.gone_from(&answers.graph);
    let studio = SceneStudio { project, answers, seen: None, theme, size };
    let pages = studio.deck(&progress).filter(|deck| !deck.pages.is_empty())?;
    Some(Deck { pages, gone })
}
