//! A document as one HTML page: without a script, with nothing that is loaded, in the reader's light or
//! dark, for a telephone as for paper. Every name is escaped by the template.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::curve::{Label, PlottedCurve, SIZE};
use super::document::{Block, Curve, Document, Item, Line, Span, Table};
use super::text;
use crate::inventory::{grouped, shown};

const STYLE: &str = include_str!("page.css");

/// The SHA-256 of the style, in base64: what the page allows, and nothing else.
const STYLE_HASH: &str = "DMrDaxwjrFCxOprvaPWWKKHFQ/dTtGNAMXm+jJfj7kM=";

/// Writes a document as a page; its first line is the title. A picture, as SVG, stands below the first
/// lines.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_html(
    document: &Document,
    picture: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (title, sections) = sections(document);
    let allowed = format!("default-src 'none'; style-src 'sha256-{STYLE_HASH}'");
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(allowed);
                meta name="generator" content="Keyreach";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    @for (at, section) in sections.iter().enumerate() {
                        (section_of(at, section))
                        @if at == 0 {
                            @if let Some(picture) = picture {
                                figure { (PreEscaped(picture)) }
                            }
                            (contents(&sections))
                        }
                    }
                }
            }
        }
    };
    out.write_all(page.into_string().as_bytes())
}

/// A heading and what stands below it; the first section has none.
struct Section<'a> {
    heading: Option<&'a Line>,
    blocks: Vec<&'a Block>,
}

/// The title of a document, and the rest by its headings.
fn sections(document: &Document) -> (String, Vec<Section<'_>>) {
    let mut blocks = document.blocks.iter();
    let title = match blocks.next() {
        Some(Block::Heading(line) | Block::Sentence(line)) => words(line),
        Some(Block::List(_) | Block::Table(_) | Block::Curve(_)) | None => {
            blocks = document.blocks.iter();
            "Keyreach".to_owned()
        }
    };
    let mut sections = vec![Section { heading: None, blocks: Vec::new() }];
    for block in blocks {
        match (block, sections.last_mut()) {
            (Block::Heading(line), _) => {
                sections.push(Section { heading: Some(line), blocks: Vec::new() });
            }
            (other, Some(section)) => section.blocks.push(other),
            (_, None) => {}
        }
    }
    (title, sections)
}

/// Links to the sections, where there are several.
fn contents(sections: &[Section<'_>]) -> Markup {
    let headings = sections.iter().enumerate().filter_map(|(at, one)| Some((at, one.heading?)));
    let headings: Vec<_> = headings.collect();
    html! {
        @if headings.len() > 2 {
            nav aria-label="Sections" {
                @for (at, heading) in headings {
                    a href=(format!("#section-{at}")) { (words(heading)) }
                }
            }
        }
    }
}

fn section_of(at: usize, section: &Section<'_>) -> Markup {
    html! {
        section id=(format!("section-{at}")) {
            @if let Some(heading) = section.heading {
                h2 { (line(heading)) }
            }
            @for block in &section.blocks {
                @match block {
                    Block::Heading(heading) => h2 { (line(heading)) },
                    Block::Sentence(sentence) if words(sentence).is_empty() => {},
                    Block::Sentence(sentence) => p { (line(sentence)) },
                    Block::List(items) => (list(items)),
                    Block::Table(table) => (rows(table)),
                    Block::Curve(curve) => (curve_of(curve)),
                }
            }
        }
    }
}

fn list(items: &[Item]) -> Markup {
    html! {
        ul {
            @for item in items {
                li {
                    (line(&item.line))
                    @if !item.below.is_empty() {
                        (list(&item.below))
                    }
                }
            }
        }
    }
}

/// The rows of a table, without its bars: what they show stands in figures and is drawn as a curve.
fn rows(table: &Table) -> Markup {
    let is_bar =
        |column: &usize| table.rows.iter().any(|row| row.get(*column).is_some_and(Line::is_bar));
    let bars: Vec<usize> = (0..table.figures.len()).filter(is_bar).collect();
    let cells = |row: &[Line]| -> Vec<(Line, bool)> {
        let cells = row.iter().cloned().zip(table.figures.iter().copied()).enumerate();
        cells.filter(|(at, _)| !bars.contains(at)).map(|(_, cell)| cell).collect()
    };
    html! {
        div.wide {
            table {
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (cell, is_figure) in cells(row) {
                                @if is_figure {
                                    td.figure { (line(&cell)) }
                                } @else {
                                    td { (line(&cell)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A curve as steps from the top left to the bottom right, with its first and last figure.
fn curve_of(curve: &Curve) -> Markup {
    let PlottedCurve { words, ground: [from, to], corners, labels } = PlottedCurve::of(curve);
    let path = corners.iter().enumerate().map(|(at, (x, y))| match at {
        0 => format!("M{x:.1} {y:.1}"),
        at if at % 2 == 1 => format!("H{x:.1}"),
        _ => format!("V{y:.1}"),
    });
    html! {
        svg.curve viewBox=(format!("0 0 {} {}", SIZE.0, SIZE.1)) role="img" aria-label=(words) {
            title { (words) }
            path.ground d=(format!("M{:.1} {:.1}H{:.1}", from.0, from.1, to.0)) {}
            path.steps d=(path.collect::<String>()) {}
            @for Label { at, text, is_end } in &labels {
                text x=(at.0) y=(at.1) text-anchor=[is_end.then_some("end")] { (text) }
            }
        }
    }
}

fn line(line: &Line) -> Markup {
    html! {
        @for span in &line.spans {
            @match span {
                Span::Text(text) => (shown(text)),
                Span::Figure { count, of } => b title=(of) { (grouped(*count)) },
                Span::Rows(rows) => {
                    span.rows {
                        @for (at, row) in rows.iter().enumerate() {
                            @if at > 0 { ", " }
                            (shown(&row.text))
                        }
                    }
                },
                Span::Bar(_) => {},
            }
        }
    }
}

/// A line without its marks.
fn words(line: &Line) -> String {
    text::words(line, grouped)
}

#[cfg(test)]
mod tests {
    use sha2::Digest as _;

    use super::*;

    fn page(document: &Document) -> String {
        let mut out = Vec::new();
        write_html(document, Some("<svg id=\"x\"></svg>"), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn names_stay_names_and_sections_have_links() {
        let mut document = Document::default();
        document.sentence("3 <b>keys</b>");
        document.sentence("");
        document.heading(Line::default().figure(12_345, "findings").text(" critical & more"));
        document.list([Item::with("<script>x</script>", vec![Item::from("a\u{202e}b")])]);
        document.heading("two");
        document.heading("three");
        document.table(&[true, false], [vec!["5".into(), "\"><img src=x>".into()]]);
        let page = page(&document);
        assert!(page.contains("<title>3 &lt;b&gt;keys&lt;/b&gt;</title>"), "{page}");
        assert!(page.contains("<h1>3 &lt;b&gt;keys&lt;/b&gt;</h1>"), "{page}");
        assert!(
            page.contains("<b title=\"findings\">12\u{202f}345</b>") || page.contains("12,345")
        );
        assert!(
            page.contains("<li>&lt;script&gt;x&lt;/script&gt;<ul><li>a\\u{202e}b</li></ul></li>")
        );
        assert!(page.contains("<td class=\"figure\">5</td><td>&quot;&gt;&lt;img src=x&gt;</td>"));
        assert!(page.contains("<a href=\"#section-2\">two</a>"), "{page}");
        assert!(page.contains("<figure><svg id=\"x\"></svg></figure>"));
        assert!(!page.contains("<script") && !page.contains("<p></p>"), "{page}");
    }

    #[test]
    fn a_curve_is_drawn_from_the_whole_to_what_is_left() {
        let mut document = Document::default();
        document.curve("connected pairs", vec![4, 1, 0]);
        document.curve("none", vec![3]);
        let page = page(&document);
        assert_eq!(page.matches("<svg class=\"curve\"").count(), 1, "{page}");
        // Two steps of 272 each; from the top, 24, to the ground, 176.
        assert!(page.contains("d=\"M48.0 24.0H320.0V138.0H592.0V176.0\""), "{page}");
        assert!(page.contains("connected pairs: 4 before, 0 after 2 steps"), "{page}");
    }

    #[test]
    fn the_page_allows_its_own_style_and_nothing_else() {
        let page = page(&Document::default());
        let start = page.find("<style>").unwrap() + "<style>".len();
        let style = &page[start..page.find("</style>").unwrap()];
        let engine = &base64::engine::general_purpose::STANDARD;
        let hash = base64::Engine::encode(engine, sha2::Sha256::digest(style));
        assert_eq!(hash, STYLE_HASH);
        assert_eq!(page.matches("sha256-").count(), 1);
        assert!(page.contains(STYLE_HASH) && !page.contains("style=\""), "{page}");
    }
}
