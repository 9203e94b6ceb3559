//! A deck as PDF: a page for each step.

use std::io::{self, Write};

use super::page::{DeckPage, title_of};
use crate::export::pictures::write_pdf_pages;

/// Writes a deck, a point of PDF for each pixel. The same deck gives the same bytes.
///
/// # Errors
/// Where `out` cannot be written, or a page has no size.
pub fn write_deck_pdf(pages: &[DeckPage<'_>], out: &mut dyn Write) -> io::Result<()> {
    let pictures: Vec<_> = pages.iter().map(|page| (page.picture, page.graph)).collect();
    write_pdf_pages(title_of(pages), &pictures, out)
}
