//! A deck as one page of HTML that stops at each picture as it is scrolled: without a script, with nothing
//! that is loaded.

use std::io::{self, Write};

use maud::{DOCTYPE, PreEscaped, html};

use super::page::{DeckPage, title_of};
use crate::export::pictures::write_svg;

const STYLE: &str = include_str!("deck.css");

/// The SHA-256 of the style, in base64: what the page allows, and nothing else.
pub(super) const STYLE_HASH: &str = "MenZDO3R1mNuPheojvFw2l+2rjJDXl/uLJ8zqmf/zLg=";

/// Writes a deck. The same deck gives the same bytes.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_deck_html(pages: &[DeckPage<'_>], out: &mut dyn Write) -> io::Result<()> {
    let title = title_of(pages);
    let allowed = format!("default-src 'none'; style-src 'sha256-{STYLE_HASH}'");
    let mut drawn = Vec::with_capacity(pages.len());
    for (number, page) in (1..).zip(pages) {
        let mut svg = Vec::new();
        // Ids of one picture are not those of another.
        write_svg(page.picture, page.graph, &format!("page-{number}-"), &mut svg)?;
        drawn.push((page, String::from_utf8(svg).map_err(io::Error::other)?));
    }
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(allowed);
                meta name="generator" content="Keyreach";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    @for (page, svg) in &drawn {
                        section aria-label=(words(page)) { (PreEscaped(svg)) }
                    }
                }
            }
        }
    };
    out.write_all(page.into_string().as_bytes())
}

/// The caption with its figure.
fn words(page: &DeckPage<'_>) -> String {
    match page.figure {
        Some(figure) => format!("{}: {figure}", page.title),
        None => page.title.to_owned(),
    }
}
