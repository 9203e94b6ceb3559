//! A picture as PDF of one page: vectors, text as text in the embedded parts of the window's fonts, and
//! the whole tagged as a figure with what it is in words.

use std::f32::consts::FRAC_1_SQRT_2;
use std::io::{self, Write};

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point as At, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, TextDirection};

use super::subject_words::SubjectWords;
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::scene::{
    Anchor, Area, Colour, Dash, FONT_FILES, FontMetrics, MeasureText as _, Pen, Picture,
    PictureSubject, Shape, Text,
};

/// How many marks are named in the words that stand for the figure.
const MOST_NAMED: usize = 200;

/// Writes a picture, a point of PDF for each of its pixels. The same picture gives the same bytes.
///
/// # Errors
/// Where `out` cannot be written, or the picture has no size.
pub fn write_pdf(picture: &Picture, graph: &AccessGraph, out: &mut dyn Write) -> io::Result<()> {
    write_pdf_pages(&picture.furniture.title, &[(picture, graph)], out)
}

/// Writes pictures, each as a page of its own.
///
/// # Errors
/// Where `out` cannot be written, or a picture has no size.
pub(in crate::export) fn write_pdf_pages(
    title: &str,
    pages: &[(&Picture, &AccessGraph)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let bytes = document(title, pages).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn document(title: &str, pages: &[(&Picture, &AccessGraph)]) -> Result<Vec<u8>, String> {
    let mut document = krilla::Document::new();
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    for (picture, graph) in pages {
        let Area { width, height, .. } = picture.area;
        let settings = PageSettings::from_wh(width, height).ok_or("the picture has no size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let figure = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        draw_picture(picture, (0.0, 0.0, width), &mut surface);
        surface.end_tagged();
        surface.finish();
        page.finish();
        let mut group = TagGroup::new(Tag::Figure(Some(in_words(picture, graph))));
        group.push(figure);
        tree.push(group);
    }
    let description = pages.first().map(|(picture, _)| picture.furniture.description());
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .description(description.unwrap_or_default())
            .creator("Keyreach".to_owned())
            .language("en".to_owned()),
    );
    document.set_tag_tree(tree);
    document.finish().map_err(|error| format!("{error:?}"))
}

/// Draws a picture on a page, at a place from the left and the top, with this width.
pub(in crate::export) fn draw_picture(
    picture: &Picture,
    (left, top, width): (f32, f32, f32),
    surface: &mut Surface<'_>,
) {
    let fonts = FONT_FILES.map(|(_, bytes)| Font::new(bytes.to_vec().into(), 0));
    let scale = width / picture.area.width.max(1.0);
    surface.push_transform(&Transform::from_translate(left, top));
    surface.push_transform(&Transform::from_scale(scale, scale));
    surface.push_transform(&Transform::from_translate(-picture.area.left, -picture.area.top));
    Painter { surface, fonts, metrics: FontMetrics::default() }.picture(picture);
    (0..3).for_each(|_| surface.pop());
}

/// What the figure shows, for those who cannot see it.
fn in_words(picture: &Picture, graph: &AccessGraph) -> String {
    let words = SubjectWords::new(graph, picture);
    let named = picture.marks.iter().take(MOST_NAMED);
    let named = named.map(|mark| words.of(PictureSubject::Mark(mark.subject)));
    let rest = match picture.marks.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        rest => format!("; and {rest} more"),
    };
    let furniture = &picture.furniture;
    let named: Vec<String> = named.collect();
    format!("{}; {}: {}{rest}", furniture.title, furniture.description(), named.join("; "))
}

struct Painter<'s, 'p> {
    surface: &'s mut Surface<'p>,
    /// In the order of the font files; one that could not be read is left out.
    fonts: [Option<Font>; 3],
    metrics: FontMetrics,
}

impl Painter<'_, '_> {
    fn picture(&mut self, picture: &Picture) {
        let Area { left, top, width, height } = picture.area;
        self.rectangle((left, top, width, height), picture.background);
        let clip = picture.map_clip.and_then(rectangle_path);
        for (layer, clip) in picture.layers().into_iter().zip([clip.as_ref(), clip.as_ref(), None])
        {
            if let Some(clip) = clip {
                self.surface.push_clip_path(clip, &FillRule::NonZero);
            }
            for shape in &layer.shapes {
                self.shape(shape);
            }
            for text in &layer.texts {
                self.line_of_text(text);
            }
            if clip.is_some() {
                self.surface.pop();
            }
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Line { from, to, pen } => self.stroke(lines(&[*from, *to], false), *pen),
            Shape::Polyline { points, pen } => {
                let closed = points.len() > 2 && points.first() == points.last();
                self.stroke(lines(points, closed), *pen);
            }
            Shape::Disc { centre, radius, fill } => self.fill(circle(*centre, *radius), *fill),
            Shape::Ring { centre, radius, pen } => self.stroke(circle(*centre, *radius), *pen),
            Shape::Rectangle { low, high, fill } => {
                self.rectangle((low.x, low.y, high.x - low.x, high.y - low.y), *fill);
            }
            Shape::Convex { points, fill } | Shape::Polygon { points, fill } => {
                self.fill(lines(points, true), *fill);
            }
        }
    }

    fn rectangle(&mut self, (left, top, width, height): (f32, f32, f32, f32), fill: Colour) {
        self.fill(rectangle_path(Area { left, top, width, height }), fill);
    }

    fn fill(&mut self, path: Option<Path>, colour: Colour) {
        let Some(path) = path.filter(|_| colour.a > 0) else { return };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill_of(colour)));
        self.surface.draw_path(&path);
    }

    fn stroke(&mut self, path: Option<Path>, pen: Pen) {
        let Some(path) = path.filter(|_| pen.colour.a > 0) else { return };
        let array = match pen.dash {
            Dash::Plain => None,
            Dash::Dotted => Some([1.6, 2.6].map(|share| pen.width.max(1.0) * share).to_vec()),
            Dash::Dashed => Some(vec![5.0, 3.0]),
        };
        let stroke = Stroke {
            paint: rgb(pen.colour).into(),
            opacity: opacity(pen.colour),
            width: pen.width,
            line_join: LineJoin::Round,
            dash: array.map(|array| StrokeDash { array, offset: 0.0 }),
            ..Stroke::default()
        };
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(stroke));
        self.surface.draw_path(&path);
    }

    fn line_of_text(&mut self, text: &Text) {
        let (style, at) = (text.style, text.at);
        let width = self.metrics.width(&text.text, style.size, style.face);
        let left = text.left(width);
        if let Some(background) = text.background {
            let height = self.metrics.line_height(style.size);
            let top = at.y - height / 2.0;
            self.rectangle(
                (left - Text::PADDING, top, width + 2.0 * Text::PADDING, height),
                background,
            );
        }
        let is_turned = text.anchor == Anchor::Foot;
        if is_turned {
            self.surface.push_transform(&Transform::from_rotate_at(-90.0, at.x, at.y));
        }
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill_of(style.colour)));
        let y = at.y + self.metrics.baseline_below_middle(style.size);
        let mut x = left;
        for (file, run) in self.metrics.runs(&text.text, style.face) {
            if let Some(font) = self.fonts.get(file).cloned().flatten() {
                let start = At::from_xy(x, y);
                let direction = TextDirection::Auto;
                self.surface.draw_text(start, font, style.size, run, false, direction);
            }
            x += self.metrics.width(run, style.size, style.face);
        }
        if is_turned {
            self.surface.pop();
        }
    }
}

fn rgb(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.r, colour.g, colour.b)
}

fn opacity(colour: Colour) -> NormalizedF32 {
    NormalizedF32::new(f32::from(colour.a) / 255.0).unwrap_or(NormalizedF32::ONE)
}

fn fill_of(colour: Colour) -> Fill {
    Fill { paint: rgb(colour).into(), opacity: opacity(colour), rule: FillRule::NonZero }
}

fn rectangle_path(Area { left, top, width, height }: Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(left, top, width, height)?);
    path.finish()
}

/// Lines through corners; none where there are none.
fn lines(points: &[Point], is_closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.x, first.y);
    for point in rest {
        path.line_to(point.x, point.y);
    }
    if is_closed {
        path.close();
    }
    path.finish()
}

/// A circle of four curves, off by less than a thousandth of its radius.
fn circle(centre: Point, radius: f32) -> Option<Path> {
    // How far the handles of a quarter reach.
    const REACH: f32 = 8.0 / 3.0 * (FRAC_1_SQRT_2 - 0.5);
    let Point { x, y } = centre;
    let (r, h) = (radius, radius * REACH);
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + h, x + h, y + r, x, y + r);
    path.cubic_to(x - h, y + r, x - r, y + h, x - r, y);
    path.cubic_to(x - r, y - h, x - h, y - r, x, y - r);
    path.cubic_to(x + h, y - r, x + r, y - h, x + r, y);
    path.close();
    path.finish()
}
