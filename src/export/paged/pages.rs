//! Pieces onto pages of A4, which print on Letter too.

use std::io::{self, Write};
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::Point as At;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, TextDirection};

use super::drawing::{draw_curve, fill_bar};
use super::flow::{LEADING, Part, Piece, Role, pieces};
use crate::export::curve::{Label, PlottedCurve, SIZE};
use crate::export::document::Document;
use crate::export::pictures::draw_picture;
use crate::scene::{FONT_FILES, Face, FontMetrics, MeasureText as _, Picture};

/// The size of a page, and how much of it is left free at each side, in points.
const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: (f32, f32) = (52.0, 56.0);

/// Writes a document, with a picture below its first lines. The same document gives the same bytes.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_document_pdf(
    document: &Document,
    picture: Option<&Picture>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let room = PAGE.0 - 2.0 * MARGIN.0;
    let pieces = pieces(document, room);
    let placed = placed(&pieces, picture.map(|picture| picture_height(picture, room)));
    let bytes = Pages::new(&pieces, &placed, picture).finish().map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// How high a picture is that is as wide as the text.
fn picture_height(picture: &Picture, room: f32) -> f32 {
    picture.area.height * room / picture.area.width.max(1.0)
}

/// What stands where.
#[derive(Clone, Copy)]
enum Content {
    /// A line of a piece.
    Line {
        piece: usize,
        line: usize,
    },
    Picture,
}

/// Something on a page, with its place from the top.
#[derive(Clone, Copy)]
struct Placed {
    page: usize,
    top: f32,
    content: Content,
}

/// Where each line stands. A picture stands before the first heading, where the first page has room.
fn placed(pieces: &[Piece], picture: Option<f32>) -> Vec<Placed> {
    let foot = PAGE.1 - MARGIN.1;
    let (mut placed, mut page, mut top) = (Vec::new(), 0, MARGIN.1);
    let mut picture = picture;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.role == Role::Heading
            && let Some(height) = picture.take()
        {
            if top + 12.0 + height > foot {
                (page, top) = (page + 1, MARGIN.1);
            }
            placed.push(Placed { page, top: top + 12.0, content: Content::Picture });
            top += 12.0 + height;
        }
        let height = piece.size * LEADING;
        // A heading takes its first lines along, and a piece is not torn where it fits a page.
        let next = if piece.keeps_with_next { 3.0 * height } else { 0.0 };
        let whole = piece.lines.len() as f32 * height + next;
        let is_torn = whole > (foot - MARGIN.1) / 2.0;
        let needed = if is_torn { height } else { whole };
        if top > MARGIN.1 {
            top += piece.above;
        }
        if top + needed > foot {
            (page, top) = (page + 1, MARGIN.1);
        }
        for line in 0..piece.lines.len() {
            if top + height > foot {
                (page, top) = (page + 1, MARGIN.1);
            }
            placed.push(Placed { page, top, content: Content::Line { piece: at, line } });
            top += height;
        }
    }
    placed
}

struct Pages<'a> {
    pieces: &'a [Piece],
    placed: &'a [Placed],
    picture: Option<&'a Picture>,
    fonts: [Option<Font>; 3],
    metrics: FontMetrics,
    /// For each piece what of it stands where, in the tree of what is read.
    parts: Vec<Vec<Identifier>>,
    figure: Option<Identifier>,
}

impl<'a> Pages<'a> {
    fn new(pieces: &'a [Piece], placed: &'a [Placed], picture: Option<&'a Picture>) -> Self {
        Self {
            pieces,
            placed,
            picture,
            fonts: FONT_FILES.map(|(_, bytes)| Font::new(bytes.to_vec().into(), 0)),
            metrics: FontMetrics::default(),
            parts: pieces.iter().map(|_| Vec::new()).collect(),
            figure: None,
        }
    }

    fn finish(mut self) -> Result<Vec<u8>, String> {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or("the page has no size")?;
        let mut document = krilla::Document::new();
        let count = self.placed.last().map_or(1, |last| last.page + 1);
        for number in 0..count {
            let mut page = document.start_page_with(settings.clone());
            let mut surface = page.surface();
            let placed = self.placed;
            for one in placed.iter().filter(|one| one.page == number) {
                self.draw(*one, &mut surface);
            }
            self.footer(&format!("{} of {count}", number + 1), &mut surface);
            surface.finish();
            page.finish();
        }
        let title = self.pieces.first().map(text_of).unwrap_or_default();
        let metadata = Metadata::new().title(title).creator("Keyreach".to_owned());
        document.set_metadata(metadata.language("en".to_owned()));
        document.set_outline(self.outline());
        document.set_tag_tree(self.tree());
        document.finish().map_err(|error| format!("{error:?}"))
    }

    fn draw(&mut self, placed: Placed, surface: &mut Surface<'_>) {
        let tag = || ContentTag::Span(SpanTag::empty());
        match placed.content {
            Content::Picture => {
                let Some(picture) = self.picture else { return };
                let width = PAGE.0 - 2.0 * MARGIN.0;
                self.figure = Some(surface.start_tagged(ContentTag::Other));
                draw_picture(picture, (MARGIN.0, placed.top, width), surface);
                surface.end_tagged();
            }
            Content::Line { piece: at, line } => {
                let Some(piece) = self.pieces.get(at) else { return };
                let identifier = surface.start_tagged(tag());
                if let Some(curve) = &piece.curve {
                    let plotted = PlottedCurve::of(curve);
                    draw_curve(&plotted, (MARGIN.0, placed.top, PAGE.0 - 2.0 * MARGIN.0), surface);
                    self.curve_labels(&plotted, placed.top, surface);
                }
                let baseline = placed.top + piece.size;
                for part in piece.lines.get(line).into_iter().flatten() {
                    self.text(part, (piece.size, piece.face), baseline, surface);
                }
                surface.end_tagged();
                self.parts.get_mut(at).into_iter().for_each(|parts| parts.push(identifier));
            }
        }
    }

    fn curve_labels(&self, curve: &PlottedCurve, top: f32, surface: &mut Surface<'_>) {
        let scale = (PAGE.0 - 2.0 * MARGIN.0) / SIZE.0 as f32;
        for Label { at: (x, y), text, is_end } in &curve.labels {
            let own = if *is_end { self.metrics.width(text, 8.0, Face::Regular) } else { 0.0 };
            let part = Part::words(*x as f32 * scale - own, text.clone());
            self.text(&part, (8.0, Face::Regular), top + *y as f32 * scale, surface);
        }
    }

    fn text(
        &self,
        part: &Part,
        (size, face): (f32, Face),
        baseline: f32,
        surface: &mut Surface<'_>,
    ) {
        surface.set_stroke(None);
        surface
            .set_fill(Some(Fill { paint: rgb::Color::new(28, 35, 48).into(), ..Fill::default() }));
        let mut x = MARGIN.0 + part.left;
        if part.is_bar {
            let width = self.metrics.width(&part.text, size, face);
            fill_bar((x, baseline, width, size), surface);
            return;
        }
        for (file, run) in self.metrics.runs(&part.text, face) {
            if let Some(font) = self.fonts.get(file).cloned().flatten() {
                let start = At::from_xy(x, baseline);
                surface.draw_text(start, font, size, run, false, TextDirection::Auto);
            }
            x += self.metrics.width(run, size, face);
        }
    }

    fn footer(&self, text: &str, surface: &mut Surface<'_>) {
        let artifact = krilla::tagging::Artifact::new(ArtifactType::PageNumber, None);
        surface.start_tagged(ContentTag::Artifact(artifact));
        let width = self.metrics.width(text, 8.0, Face::Regular);
        let left = PAGE.0 - 2.0 * MARGIN.0 - width;
        let part = Part::words(left, text.to_owned());
        self.text(&part, (8.0, Face::Regular), PAGE.1 - MARGIN.1 / 2.0, surface);
        surface.end_tagged();
    }

    /// The headings, each leading to its place.
    fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for one in self.placed {
            let Content::Line { piece, line: 0 } = one.content else { continue };
            let Some(piece) = self.pieces.get(piece) else { continue };
            if matches!(piece.role, Role::Title | Role::Heading) {
                let at = XyzDestination::new(one.page, At::from_xy(MARGIN.0, one.top));
                outline.push_child(OutlineNode::new(text_of(piece), at));
            }
        }
        outline
    }

    /// What is read, in order: the picture where it stands, entries within their lists, rows in tables.
    fn tree(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        let mut figure = self.figure.zip(self.picture).map(|(identifier, picture)| {
            let words = picture.furniture.description();
            let mut group = TagGroup::new(Tag::Figure(Some(words)));
            group.push(identifier);
            group
        });
        let mut parts = self.parts.into_iter();
        for group in self.pieces.chunk_by(|one, next| is_joined(one.role, next.role)) {
            let Some(role) = group.first().map(|piece| piece.role) else { continue };
            if role == Role::Heading {
                figure.take().into_iter().for_each(|figure| tree.push(figure));
            }
            let mut own = parts.by_ref().take(group.len());
            match role {
                Role::Title | Role::Heading => {
                    let level = if role == Role::Title { NonZeroU16::MIN } else { SECOND };
                    let title = group.first().map(text_of);
                    let mut heading = TagGroup::new(Tag::Hn(level, title));
                    own.flatten().for_each(|part| heading.push(part));
                    tree.push(heading);
                }
                Role::Paragraph => {
                    let mut paragraph = TagGroup::new(Tag::P);
                    own.flatten().for_each(|part| paragraph.push(part));
                    tree.push(paragraph);
                }
                Role::Item => {
                    let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
                    own.for_each(|parts| {
                        list.push(entry(parts, Tag::LI.into(), Tag::LBody.into()));
                    });
                    tree.push(list);
                }
                Role::Curve => {
                    let curve = group.first().and_then(|piece| piece.curve.as_ref());
                    let words = curve.map(|curve| PlottedCurve::of(curve).words);
                    let mut figure = TagGroup::new(Tag::Figure(words));
                    own.flatten().for_each(|part| figure.push(part));
                    tree.push(figure);
                }
                Role::Row => {
                    let mut table = TagGroup::new(Tag::Table);
                    own.by_ref().for_each(|parts| {
                        table.push(entry(parts, Tag::TR.into(), Tag::TD.into()));
                    });
                    tree.push(table);
                }
            }
        }
        tree
    }
}

/// The second level of headings.
const SECOND: NonZeroU16 = match NonZeroU16::new(2) {
    Some(second) => second,
    None => NonZeroU16::MIN,
};

fn is_joined(one: Role, next: Role) -> bool {
    one == next && matches!(one, Role::Item | Role::Row)
}

/// An entry of a list, or a row, around its body.
fn entry(
    parts: Vec<Identifier>,
    outer: krilla::tagging::TagKind,
    inner: krilla::tagging::TagKind,
) -> TagGroup {
    let mut body = TagGroup::new(inner);
    for part in parts {
        body.push(part);
    }
    let mut group = TagGroup::new(outer);
    group.push(body);
    group
}

/// What a piece says.
fn text_of(piece: &Piece) -> String {
    let lines = piece
        .lines
        .iter()
        .map(|line| line.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::document::{Item, Line};

    fn document() -> Document {
        let mut document = Document::default();
        document.sentence("3 credentials let dev reach prod");
        document.heading(Line::from("Findings ").figure(2, "findings"));
        document.list([
            Item::with("a\u{202e}b", vec![Item::from("below")]),
            Item::from("long-".repeat(2_000)),
        ]);
        document.table(&[true, false], [vec!["5".into(), "word ".repeat(200).into()]]);
        document.sentence("");
        document
    }

    #[test]
    fn the_same_document_gives_the_same_pages() {
        let mut twice = [Vec::new(), Vec::new()];
        for out in &mut twice {
            write_document_pdf(&document(), None, out).unwrap();
        }
        let [one, other] = twice;
        assert!(one.starts_with(b"%PDF-") && one == other);
        let mut empty = Vec::new();
        write_document_pdf(&Document::default(), None, &mut empty).unwrap();
        assert!(empty.starts_with(b"%PDF-") && empty.len() < one.len());
    }

    #[test]
    fn lines_stand_within_the_margins_one_below_the_other() {
        let pieces = pieces(&document(), PAGE.0 - 2.0 * MARGIN.0);
        let placed = placed(&pieces, Some(300.0));
        assert!(placed.last().unwrap().page >= 1, "a long name takes more than a page");
        for two in placed.windows(2) {
            let (one, next) = (two[0], two[1]);
            assert!((one.page, one.top) < (next.page, next.top));
        }
        for one in &placed {
            let size = match one.content {
                Content::Line { piece, .. } => pieces[piece].size,
                Content::Picture => 300.0,
            };
            assert!(one.top >= MARGIN.1 && one.top + size <= PAGE.1 - MARGIN.1 + 0.01);
        }
        let pictures = placed.iter().filter(|one| matches!(one.content, Content::Picture));
        assert_eq!(pictures.count(), 1);
    }
}
