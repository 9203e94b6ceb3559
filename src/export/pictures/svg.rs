//! A picture as SVG 1.1: shapes as paths, text as text, and a title for every mark.
//!
//! Texts name the fonts of the window and say how long they are (`textLength`), so that they fit where
//! other fonts stand in; but for those with characters that none of these fonts has, whose length depends
//! on what the reader has. Attributes alone set colours and strokes: pictures can stand inside a page
//! that allows no style of theirs.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

use super::subject_words::SubjectWords;
use crate::analysis::Subject;
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::scene::{
    Anchor, Colour, Dash, Face, FontMetrics, Layer, MeasureText as _, Pen, Picture, PictureSubject,
    Shape, Text,
};

/// The fonts of the window, and what may stand in for them.
const FONTS: &str = "'Open Sans','JetBrains Mono','Segoe UI',Helvetica,Arial,sans-serif";

/// Writes a picture. Every id in it begins with `prefix`, so that several can stand on one page. Costs
/// time in proportion to what is drawn.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_svg(
    picture: &Picture,
    graph: &AccessGraph,
    prefix: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut svg = Svg {
        out,
        prefix,
        words: SubjectWords::new(graph, picture),
        fonts: FontMetrics::default(),
        used: BTreeSet::new(),
    };
    svg.picture(picture)
}

struct Svg<'a> {
    out: &'a mut dyn io::Write,
    prefix: &'a str,
    words: SubjectWords<'a>,
    fonts: FontMetrics,
    /// The subjects that have their id: an id stands once.
    used: BTreeSet<PictureSubject>,
}

impl Svg<'_> {
    fn add(&mut self, text: impl std::fmt::Display) -> io::Result<()> {
        write!(self.out, "{text}")
    }

    fn picture(&mut self, picture: &Picture) -> io::Result<()> {
        let area = &picture.area;
        let [left, top, width, height] =
            [area.left, area.top, area.width, area.height].map(Decimal);
        let prefix = self.prefix;
        self.add(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"{left} {top} {width} {height}\" role=\"graphics-document\" \
             aria-labelledby=\"{prefix}title {prefix}about\" font-family=\"{FONTS}\" fill=\"none\" \
             stroke-linejoin=\"round\">\n",
        ))?;
        let furniture = &picture.furniture;
        let (title, about) = (escaped(&furniture.title), furniture.description());
        let about = escaped(&about);
        self.add(format_args!("<title id=\"{prefix}title\">{title}</title>\n"))?;
        self.add(format_args!("<desc id=\"{prefix}about\">{about}</desc>\n"))?;
        let fill = Fill(picture.background);
        self.add(format_args!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{fill}/>\n"
        ))?;
        let clip = picture.map_clip.map(|_| format!(" clip-path=\"url(#{prefix}clip)\""));
        if let Some(clip) = &picture.map_clip {
            let [left, top, width, height] =
                [clip.left, clip.top, clip.width, clip.height].map(Decimal);
            self.add(format_args!(
                "<clipPath id=\"{prefix}clip\"><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" \
                 height=\"{height}\"/></clipPath>\n"
            ))?;
        }
        let clips = [clip.as_deref(), clip.as_deref(), None];
        let named = ["map", "minimap", "legend"].into_iter().zip(clips);
        for ((name, clip), layer) in named.zip(picture.layers()) {
            if layer.shapes.is_empty() && layer.texts.is_empty() {
                continue;
            }
            let clip = clip.unwrap_or_default();
            self.add(format_args!("<g id=\"{prefix}{name}\"{clip}>\n"))?;
            self.layer(layer)?;
            self.add("</g>\n")?;
        }
        self.add("</svg>\n")
    }

    fn layer(&mut self, layer: &Layer) -> io::Result<()> {
        let mut next = 0;
        for group in &layer.groups {
            self.shapes(layer.shapes.get(next..group.shapes.start).unwrap_or_default())?;
            let id = self.id(group.subject);
            let title = self.words.of(group.subject);
            let title = escaped(&title);
            self.add(format_args!("<g{id} role=\"graphics-symbol\"><title>{title}</title>\n"))?;
            self.shapes(layer.shapes.get(group.shapes.clone()).unwrap_or_default())?;
            self.add("</g>\n")?;
            next = group.shapes.end;
        }
        self.shapes(layer.shapes.get(next..).unwrap_or_default())?;
        for text in &layer.texts {
            self.line_of_text(text)?;
        }
        Ok(())
    }

    /// The attribute that names a credential or a service instance, the first time that it is drawn.
    fn id(&mut self, subject: PictureSubject) -> String {
        let (kind, number) = match subject {
            PictureSubject::Mark(Subject::Credential(at)) => ("credential", at.0),
            PictureSubject::Mark(Subject::Instance(at)) => ("service", at.0),
            PictureSubject::Region(at) => ("region", u32::from(at)),
            PictureSubject::Link(..)
            | PictureSubject::Group { .. }
            | PictureSubject::Bundle { .. } => {
                return String::new();
            }
        };
        if !self.used.insert(subject) {
            return String::new();
        }
        format!(" id=\"{}{kind}-{}\"", self.prefix, u64::from(number) + 1)
    }

    fn shapes(&mut self, shapes: &[Shape]) -> io::Result<()> {
        for shape in shapes {
            self.shape(shape)?;
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> io::Result<()> {
        match shape {
            Shape::Line { from, to, pen } => self.path(&[*from, *to], "", Stroke(*pen)),
            Shape::Polyline { points, pen } => {
                let closed = points.len() > 2 && points.first() == points.last();
                self.path(points, if closed { "Z" } else { "" }, Stroke(*pen))
            }
            Shape::Disc { centre, radius, fill } => {
                let [x, y, r] = [centre.x, centre.y, *radius].map(Decimal);
                let fill = Fill(*fill);
                self.add(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{fill}/>\n"))
            }
            Shape::Ring { centre, radius, pen } => {
                let [x, y, r] = [centre.x, centre.y, *radius].map(Decimal);
                let stroke = Stroke(*pen);
                self.add(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{stroke}/>\n"))
            }
            Shape::Rectangle { low, high, fill } => {
                let [x, y] = [low.x, low.y].map(Decimal);
                let [width, height] =
                    [high.x - low.x, high.y - low.y].map(|side| Decimal(side.max(0.0)));
                let fill = Fill(*fill);
                self.add(format_args!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{fill}/>\n"
                ))
            }
            Shape::Convex { points, fill } | Shape::Polygon { points, fill } => {
                self.path(points, "Z", Fill(*fill))
            }
        }
    }

    fn path(
        &mut self,
        points: &[Point],
        end: &str,
        paint: impl std::fmt::Display,
    ) -> io::Result<()> {
        self.add("<path d=\"")?;
        for (at, point) in points.iter().enumerate() {
            let [x, y] = [point.x, point.y].map(Decimal);
            self.add(format_args!("{}{x} {y}", if at == 0 { "M" } else { "L" }))?;
        }
        self.add(format_args!("{end}\"{paint}/>\n"))
    }

    fn line_of_text(&mut self, text: &Text) -> io::Result<()> {
        let style = text.style;
        let width = self.fonts.width(&text.text, style.size, style.face);
        if width <= 0.0 {
            return Ok(());
        }
        let (at, height) = (text.at, self.fonts.line_height(style.size));
        let left = text.left(width);
        if let Some(background) = text.background {
            let [x, y] = [left - Text::PADDING, at.y - height / 2.0].map(Decimal);
            let [width, height] = [width + 2.0 * Text::PADDING, height].map(Decimal);
            let fill = Fill(background);
            self.add(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"{fill}/>\n"
            ))?;
        }
        let [x, y] = [left, at.y + self.fonts.baseline_below_middle(style.size)].map(Decimal);
        let size = Decimal(style.size);
        let length = if self.fonts.have_all_of(&text.text, style.face) {
            let width = Decimal(width);
            format!(" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"")
        } else {
            String::new()
        };
        let weight = if style.face == Face::Strong { " font-weight=\"600\"" } else { "" };
        let turned = match text.anchor {
            Anchor::Foot => {
                format!(" transform=\"rotate(-90 {} {})\"", Decimal(at.x), Decimal(at.y))
            }
            Anchor::Middle | Anchor::Left => String::new(),
        };
        let (fill, words) = (Fill(style.colour), escaped(&text.text));
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{length} xml:space=\"preserve\"\
             {turned}{fill}>{words}</text>\n"
        ))
    }
}

/// A number with two decimals at most.
#[derive(Clone, Copy)]
struct Decimal(f32);

impl std::fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What no viewer could draw anyway is drawn at the edge of what it can.
        let hundredths = (f64::from(self.0) * 100.0).round().clamp(-1e9, 1e9) as i64;
        let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
        if hundredths < 0 {
            formatter.write_str("-")?;
        }
        match (rest / 10, rest % 10) {
            (0, 0) => write!(formatter, "{whole}"),
            (tenths, 0) => write!(formatter, "{whole}.{tenths}"),
            _ => write!(formatter, "{whole}.{rest:02}"),
        }
    }
}

struct Rgb(Colour);

impl std::fmt::Display for Rgb {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.0.r, self.0.g, self.0.b)
    }
}

/// The attribute of opacity; none where it covers.
struct Opacity(&'static str, u8);

impl std::fmt::Display for Opacity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            255 => Ok(()),
            share => write!(formatter, " {}=\"{}\"", self.0, Decimal(f32::from(share) / 255.0)),
        }
    }
}

/// The attributes of a fill.
struct Fill(Colour);

impl std::fmt::Display for Fill {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, " fill=\"{}\"{}", Rgb(self.0), Opacity("fill-opacity", self.0.a))
    }
}

/// The attributes of a stroke.
struct Stroke(Pen);

impl std::fmt::Display for Stroke {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Pen { width, colour, dash } = self.0;
        write!(formatter, " stroke=\"{}\"{}", Rgb(colour), Opacity("stroke-opacity", colour.a))?;
        write!(formatter, " stroke-width=\"{}\"", Decimal(width))?;
        match dash {
            Dash::Plain => Ok(()),
            Dash::Dotted => {
                let [dot, gap] = [1.6, 2.6].map(|share| Decimal(width.max(1.0) * share));
                write!(formatter, " stroke-dasharray=\"{dot} {gap}\"")
            }
            Dash::Dashed => formatter.write_str(" stroke-dasharray=\"5 3\""),
        }
    }
}

/// Text as XML takes it; characters that XML cannot hold become the replacement character.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain =
        |character: char| !matches!(character, '&' | '<' | '>' | '"') && is_xml(character);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other if is_xml(other) => out.push(other),
            _ => out.push('\u{fffd}'),
        }
    }
    Cow::Owned(out)
}

/// Whether XML 1.0 can hold a character.
fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
