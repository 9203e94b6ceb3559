//! The captions of a deck, its figures and the presenter's notes as Markdown.

use std::io::{self, Write};

use super::page::{DeckPage, title_of};
use crate::export::markdown::escaped_text;

/// Writes the captions in order, each with the figures of its steps and the notes to its scene.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_deck_markdown(
    pages: &[DeckPage<'_>],
    notes: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# {}", escaped_text(title_of(pages)))?;
    for steps in pages.chunk_by(|one, next| one.scene == next.scene) {
        let Some(first) = steps.first() else { continue };
        writeln!(out, "\n## {}\\. {}", first.scene + 1, escaped_text(first.title))?;
        let figures: Vec<&str> = steps.iter().filter_map(|page| page.figure).collect();
        if !figures.is_empty() {
            writeln!(out)?;
        }
        for figure in figures {
            writeln!(out, "- {}", escaped_text(figure))?;
        }
        let notes = notes.get(first.scene).map_or("", String::as_str);
        for line in notes.lines().filter(|line| !line.trim().is_empty()) {
            writeln!(out, "\n{}", escaped_text(line.trim()))?;
        }
    }
    Ok(())
}
