//! Scenes into files: one page for each of their steps.

use std::io::{self, Write};
use std::path::Path;

use crate::app::work::picture_file::PictureToSave;
use crate::cli::{DeckFormat, PictureFormat, write_folder, write_whole};
use crate::export::{DeckPage, write_deck_html, write_deck_markdown, write_deck_pdf};
use crate::scene::Picture;

/// How large a page is, in pixels: as small as projectors are, for on a larger page type is smaller beside it.
pub(crate) const DECK_SIZE: (u32, u32) = (1_366, 768);

/// One page of a deck: a step of a scene.
#[derive(Clone, Debug)]
pub(crate) struct ScenePage {
    /// The place of the scene, and the number of its step, from 0.
    pub(crate) scene: usize,
    pub(crate) step: usize,
    pub(crate) title: String,
    pub(crate) figure: Option<String>,
    pub(crate) picture: PictureToSave,
}

/// Scenes as pages, and what the presenter noted to each scene.
#[derive(Clone, Debug)]
pub(crate) struct DeckToSave {
    pub(crate) notes: Vec<String>,
    pub(crate) pages: Vec<ScenePage>,
}

impl DeckToSave {
    /// Writes it. The same scenes give the same bytes.
    ///
    /// # Errors
    /// Where the file, or the folder, cannot be written.
    pub(crate) fn write(&self, format: DeckFormat, path: &Path) -> io::Result<()> {
        if format == DeckFormat::Pictures {
            return self.write_pictures(path);
        }
        let pictures: Vec<Picture> = self.pages.iter().map(|page| page.picture.draw()).collect();
        let pages: Vec<DeckPage<'_>> = self
            .pages
            .iter()
            .zip(&pictures)
            .map(|(page, picture)| DeckPage {
                scene: page.scene,
                step: page.step,
                title: &page.title,
                figure: page.figure.as_deref(),
                picture,
                graph: &page.picture.answers.graph,
            })
            .collect();
        write_whole(path, |out| match format {
            DeckFormat::Pdf => write_deck_pdf(&pages, out),
            DeckFormat::Html => write_deck_html(&pages, out),
            DeckFormat::Markdown => write_deck_markdown(&pages, &self.notes, out),
            DeckFormat::Pictures => Ok(()),
        })
    }

    /// Writes a picture for each page into a folder, which is made if it is not there.
    fn write_pictures(&self, folder: &Path) -> io::Result<()> {
        let pictures = (1..).zip(&self.pages).map(|(number, page)| {
            let write = |out: &mut dyn Write| page.picture.write(PictureFormat::Png, out);
            (format!("{number:03}.png"), write)
        });
        write_folder(folder, pictures, &[]).map(drop).map_err(|(error, _)| error)
    }
}
