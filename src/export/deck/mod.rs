//! Scenes as pages that others page through: PDF, one page of HTML, and Markdown.

mod html;
mod markdown;
mod page;
mod pdf;

#[cfg(test)]
mod tests;

pub use html::write_deck_html;
pub use markdown::write_deck_markdown;
pub use page::DeckPage;
pub use pdf::write_deck_pdf;
