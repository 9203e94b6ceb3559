//! The scenes of a project as pages, without a window.

use std::io;
use std::path::Path;

use crate::app::model::scene_pictures::SceneStudio;
use crate::app::work::answers::Answers;
use crate::app::work::deck_file::DeckToSave;
use crate::cli::DeckFormat;
use crate::inventory::Progress;
use crate::project::Project;
use crate::scene::ThemeMode;

/// Pages that can be written.
pub struct Deck(DeckToSave);

impl Deck {
    /// Writes them.
    ///
    /// # Errors
    /// Where the file, or the folder, cannot be written.
    pub fn write(&self, format: DeckFormat, path: &Path) -> io::Result<()> {
        self.0.write(format, path)
    }
}

/// Draws each step of each scene of a project; `None` where there is nothing to draw.
pub fn draw_deck(project: &Project, size: (u32, u32), theme: ThemeMode) -> Option<Deck> {
    let inventory = project.sources.inventory.clone()?;
    // Nobody holds the handle by which it could be cancelled.
    let progress = Progress::default();
    let answers = Answers::compute(inventory, &project.assumptions, &progress)?;
    let (project, answers) = (project.clone(), std::sync::Arc::new(answers));
    let studio = SceneStudio { project, answers, seen: None, theme, size };
    studio.deck(&progress).filter(|deck| !deck.pages.is_empty()).map(Deck)
}
