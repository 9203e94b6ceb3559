//! A picture that stands alone: under a heading with its title, its day and what it assumes.

use super::badges::Buttons;
use super::beyond::beyond_words;
use super::draw::draw_with;
use super::view::View;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::grouping::Grouping;
use crate::scene::picture::{Anchor, Face, MeasureText, Picture, Text, TextStyle};
use crate::scene::routing::Routes;
use crate::scene::written::written;

/// The room round a heading, and between its lines, in pixels.
const ROOM: f32 = 14.0;
const BETWEEN: f32 = 1.35;

/// The sizes of its title, of the figure to it, and of its other lines.
const TITLE: f32 = 19.0;
const FIGURE: f32 = 15.0;
const NOTE: f32 = 12.5;

/// How large a picture with a heading is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PageSize {
    /// All of it has this area; what the heading takes is lacking to the map.
    Whole(Area),
    /// The map below the heading is as large as this area, from whose corner the heading begins.
    Map(Area),
}

impl PageSize {
    /// All of the picture, and the part of the map, below a heading of a height.
    fn below(self, height: f32) -> (Area, Area) {
        match self {
            Self::Whole(area) => {
                let height = height.min(area.height / 2.0);
                (area, Area { top: area.top + height, height: area.height - height, ..area })
            }
            Self::Map(area) => {
                let page = Area { height: area.height + height, ..area };
                (page, Area { top: area.top + height, ..area })
            }
        }
    }
}

/// Draws a picture of a size, with a heading above it: a title, a figure to it where there is one,
/// of what it is and as of which day, how much lies beyond the frame, and what it assumes. `view` says how the map is looked at through a
/// viewport; links run on the ways that they have at rest, and buttons that say nothing are left out. Costs as
/// much as drawing the map twice, or three times where something lies beyond the frame.
pub fn page<'a>(
    (title, figure): (&str, Option<&str>),
    page_size: PageSize,
    view: impl Fn(Area) -> View<'a>,
    measure: &dyn MeasureText,
) -> Picture {
    let (area, _) = page_size.below(0.0);
    let first = view(area);
    let size = first.theme.type_size.sqrt();
    let furniture = draw_with(&first, Buttons::LeftOut, measure).furniture;
    let width = area.width - 2.0 * ROOM;
    let (strong, second, muted) = (first.theme.text, first.theme.second, first.theme.muted);
    let style = |size, face, colour| TextStyle { size, face, colour };
    let lines_with = |beyond: Option<&str>| {
        let mut lines = Vec::new();
        let title_style = style(TITLE * size, Face::Strong, strong);
        add_wrapped(title, title_style, width, measure, &mut lines);
        if let Some(figure) = figure {
            let figure_style = style(FIGURE * size, Face::Regular, strong);
            add_wrapped(figure, figure_style, width, measure, &mut lines);
        }
        let what = format!("{}, as of {}", furniture.title, furniture.as_of);
        let note = |colour| style(NOTE * size, Face::Regular, colour);
        for text in std::iter::once(what.as_str()).chain(beyond) {
            add_wrapped(text, note(second), width, measure, &mut lines);
        }
        let assumed = format!("Assumed: {}", furniture.assumptions.join("; "));
        add_wrapped(&assumed, note(muted), width, measure, &mut lines);
        lines
    };
    let below = |lines: &[(String, TextStyle)]| {
        let height = lines.iter().map(|(_, style)| style.size * BETWEEN).sum::<f32>() + 1.5 * ROOM;
        page_size.below(height)
    };
    let mut lines = lines_with(None);
    let (mut area, mut place) = below(&lines);
    let (mut picture, mut beyond) = drawn(&view(place), measure);
    if beyond.is_some() {
        // What the heading says of the frame takes room from it.
        (area, place) = below(&lines_with(beyond.as_deref()));
        (picture, beyond) = drawn(&view(place), measure);
        lines = lines_with(beyond.as_deref());
    }
    picture.furniture.hidden.extend(beyond);
    picture.area = area;
    picture.map_clip = Some(place);
    let mut top = area.top + ROOM;
    for (text, style) in lines {
        let at = Point { x: area.left + ROOM, y: top + style.size * BETWEEN / 2.0 };
        top += style.size * BETWEEN;
        if top <= place.top {
            picture.legend.texts.push(Text { anchor: Anchor::Left, ..Text::new(at, text, style) });
        }
    }
    picture
}

/// The picture at rest, and how much lies beyond its frame, in words.
fn drawn(own: &View<'_>, measure: &dyn MeasureText) -> (Picture, Option<String>) {
    let grouping = own.needs_groups().then(|| Grouping::new(own.map, own.visible, own.camera.zoom));
    let mut routes = Routes::default();
    routes.begin(0, None);
    let own = View { grouping: grouping.as_ref(), routes: Some(&routes), ..*own };
    let picture = draw_with(&own, Buttons::LeftOut, measure);
    let beyond = beyond_words(&own, &picture);
    (picture, beyond)
}

/// Breaks a text between words into lines of this width; a word that is wider stands alone.
fn add_wrapped(
    text: &str,
    style: TextStyle,
    width: f32,
    measure: &dyn MeasureText,
    lines: &mut Vec<(String, TextStyle)>,
) {
    let mut line = String::new();
    for word in written(text).split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if !line.is_empty() && measure.width(&longer, style.size, style.face) > width {
            lines.push((std::mem::replace(&mut line, word.to_owned()), style));
        } else {
            line = longer;
        }
    }
    lines.push((line, style));
}
