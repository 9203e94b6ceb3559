//! The forms of a document for people.

use std::io::{self, Write};

use super::document::Document;
use super::html::write_html;
use super::markdown::write_markdown;
use super::paged::write_document_pdf;
use super::text::{TextStyle, write_styled_text, write_text};

/// What a document is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFormat {
    /// Plain text.
    Text,
    /// Text as it looks best on a terminal.
    Terminal(TextStyle),
    /// Markdown.
    Markdown,
    /// One HTML page.
    Html,
    /// Pages for paper.
    Pdf,
}

/// Writes a document.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_document(
    format: DocumentFormat,
    document: &Document,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        DocumentFormat::Text => write_text(document, out),
        DocumentFormat::Terminal(style) => write_styled_text(document, style, out),
        DocumentFormat::Markdown => write_markdown(document, out),
        DocumentFormat::Html => write_html(document, None, out),
        DocumentFormat::Pdf => write_document_pdf(document, None, out),
    }
}
