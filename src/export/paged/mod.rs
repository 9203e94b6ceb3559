//! A document as PDF: pages of A4 with text as text in the window's own fonts, tagged, with an outline of
//! its headings and numbered pages. In order:
//!
//! - `flow`: the document as pieces one below the other.
//! - `wrap`: a text into lines that fit.
//! - `drawing`: curves and bars.
//! - `pages`: pieces onto pages.

mod wrap;
mod flow;
mod drawing;
mod pages;

pub use pages::write_document_pdf;
