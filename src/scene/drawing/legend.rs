//! The furniture of a picture, and its legend along the lower edge.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::links::LinksInSight;
use super::samples;
use super::view::View;
use crate::analysis::assumed_words;
use crate::inventory::{counted, grouped};
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::furniture::{Furniture, LegendEntry, LegendLine, LegendSign, LegendTone};
use crate::scene::partition::plural;
use crate::scene::picture::{Anchor, Face, Layer, MeasureText, Shape, Text, TextStyle};
use crate::scene::written::written;

/// The size of the legend's text, in pixels.
const SIZE: f32 = 12.0;

/// The height of a line of the legend: that of its largest sign.
const LINE: f32 = 18.0;

/// The room to the left and to the right of the legend.
const SIDE: f32 = 12.0;

/// The room above and below the legend together; four pixels of it are above.
const ROOM: f32 = 10.0;

/// The room that a sign takes before its text, and the room between two entries.
const SIGN: f32 = 26.0;
const BETWEEN: f32 = 12.0;

/// The greatest share of the pane that the legend takes, where smaller letters are legible still.
const MOST_OF_PANE: f32 = 0.2;

/// The legend, ready to be painted.
pub(super) struct Legend {
    pub(super) layer: Layer,
    /// The strip that it covers: no name is placed there.
    pub(super) area: Area,
}

/// What is in a picture, and what of it is not drawn or not named.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    /// The signs in sight.
    pub(super) signs: &'a BTreeSet<LegendSign>,
    /// How many critical credentials in sight have no name.
    pub(super) unnamed: usize,
    /// How many lines of credentials in a table are too many to be drawn.
    pub(super) undrawn_lines: usize,
}

/// Collects what has to be read with the picture.
pub(super) fn furniture(view: &View<'_>, links: &LinksInSight, said: Said<'_>) -> Furniture {
    let assumptions = view.graph.assumptions();
    let assumed = assumed_words(view.graph, view.disputed);
    let assumed = assumed.iter().map(|words| written(words).into_owned()).collect();
    let hidden = hidden(view, links, said);
    let mut legend: Vec<LegendLine> = hidden
        .iter()
        .map(|line| LegendEntry { sign: None, text: line.clone() })
        .map(|entry| LegendLine { tone: LegendTone::Count, entries: vec![entry] })
        .collect();
    let entry = |&sign: &LegendSign| LegendEntry { sign: Some(sign), text: words(view, sign) };
    let (fixes, key): (Vec<_>, Vec<_>) = said.signs.iter().partition(|own| is_of_fixes(**own));
    for (tone, of_tone) in [(LegendTone::Key, key), (LegendTone::Fixes, fixes)] {
        let entries: Vec<LegendEntry> = of_tone.into_iter().map(entry).collect();
        if !entries.is_empty() {
            legend.push(LegendLine { tone, entries });
        }
    }
    Furniture {
        title: format!("{} of credentials and services", view.map.kind.name()),
        as_of: assumptions.as_of,
        assumptions: assumed,
        hidden,
        legend,
    }
}

/// How much of the map is not in the picture, and why.
fn hidden(view: &View<'_>, links: &LinksInSight, said: Said<'_>) -> Vec<String> {
    let mut hiding = Vec::new();
    let drawn = view.map.marks.len();
    let whole = view.map.part_of.unwrap_or(drawn);
    let in_sight = view.visible.iter().filter(|visible| **visible).count().min(drawn);
    let hidden = whole.saturating_sub(in_sight);
    if hidden > 0 {
        let is_focus = view.focused || view.map.part_of.is_some();
        // Where nothing stands over the picture nobody can leave its focus.
        let why = match view.reserved {
            _ if !is_focus => "filters",
            Some(_) => "focus, Esc leaves it",
            None => "focus",
        };
        let [in_sight, whole, hidden] = [in_sight, whole, hidden].map(|own| grouped(own as u64));
        hiding.push(format!("{in_sight} of {whole} shown, {hidden} hidden by {why}"));
    } else if view.map.left_out > 0 {
        let nouns = ("credential that joins nothing is", "credentials that join nothing are");
        hiding.push(format!("{} not drawn", counted(view.map.left_out, nouns.0, nouns.1)));
    }
    hiding.extend(view.map.remarks.iter().cloned());
    if links.others_pass {
        hiding.push("links that only pass through are not drawn".to_owned());
    }
    if links.bundled > 0 {
        let one_by_one = match links.drawn() {
            0 => String::new(),
            drawn => format!(", {} of them one by one", grouped(drawn as u64)),
        };
        let strongest = match (links.is_far, view.highlight.is_some()) {
            (true, true) => "; the strongest lit bundles are drawn",
            (true, false) => "; the strongest bundles are drawn",
            (false, _) => "",
        };
        let links = counted(links.bundled, "link", "links");
        hiding.push(format!(
            "{links} in sight are bundled from group to group{one_by_one}{strongest}"
        ));
    }
    let Said { unnamed, undrawn_lines, signs: _ } = said;
    if undrawn_lines > 0 {
        let nouns = ("line of a credential is", "lines of credentials are");
        let counted = counted(undrawn_lines, nouns.0, nouns.1);
        hiding.push(format!("{counted} not drawn from so far"));
    }
    if unnamed > 0 {
        let nouns = ("critical credential in sight has", "critical credentials in sight have");
        hiding.push(format!("{} no name here", counted(unnamed, nouns.0, nouns.1)));
    }
    hiding
}

/// What a sign means here.
fn words(view: &View<'_>, sign: LegendSign) -> String {
    let environment = match sign {
        LegendSign::Environment(at) => view.graph.environments().get(usize::from(at)),
        _ => None,
    };
    if sign == LegendSign::Group && view.map.sections.divide_regions() {
        return view.map.sections.by.words().to_owned();
    }
    let has_groups_between = || view.map.sections.all.iter().any(|own| own.region.is_none());
    if sign == LegendSign::CredentialGroup && has_groups_between() {
        let regions = plural(view.map.grouped_by);
        return format!("group of credentials, by the {regions} that they join");
    }
    environment.map_or_else(|| sign.words().to_owned(), |own| written(own.display()).into_owned())
}

fn is_of_fixes(sign: LegendSign) -> bool {
    matches!(sign, LegendSign::Cut | LegendSign::Reduced | LegendSign::Gone | LegendSign::Replaced)
}

/// How high a legend of at most these entries can be: one of fewer may be set larger.
pub(super) fn most_height(
    view: &View<'_>,
    furniture: &Furniture,
    measure: &dyn MeasureText,
) -> f32 {
    let viewport = view.camera.viewport;
    let largest = view.theme.type_size;
    let lines = wrapped(furniture, viewport.width - 2.0 * SIDE, (largest, measure)).len();
    let height = lines as f32 * LINE * largest + ROOM;
    let set = draw(view, furniture, measure).area.height;
    height.min(viewport.height * MOST_OF_PANE).max(set)
}

/// Sets the legend along the lower edge of the picture.
pub(super) fn draw(view: &View<'_>, furniture: &Furniture, measure: &dyn MeasureText) -> Legend {
    let viewport = view.camera.viewport;
    let width = viewport.width - 2.0 * SIDE;
    let set = |scale: f32| {
        let lines = wrapped(furniture, width, (scale, measure));
        let height = lines.len() as f32 * LINE * scale + ROOM;
        (scale, lines, height)
    };
    let largest = view.theme.type_size;
    let scales = [largest, largest * 0.8, largest * 0.65].into_iter().filter(|own| *own >= 1.0);
    // As large as the theme asks, where that leaves enough of the pane to the map.
    let is_cut = |scale: f32| {
        let entries = furniture.legend.iter().flat_map(|line| &line.entries);
        let signed = entries.filter(|entry| entry.sign.is_some());
        let mut widths = signed
            .map(|entry| SIGN * scale + measure.width(&entry.text, SIZE * scale, Face::Regular));
        widths.any(|own| own > width)
    };
    let fits =
        |own: &(f32, Vec<Line<'_>>, f32)| own.2 <= viewport.height * MOST_OF_PANE && !is_cut(own.0);
    let (scale, lines, height) =
        scales.map(set).find(fits).unwrap_or_else(|| set(largest.min(1.0)));
    let area = Area { top: viewport.bottom() - height, height, ..viewport };
    let corner = |x: f32, y: f32| Point { x, y };
    let mut layer = Layer::default();
    layer.shapes.push(Shape::Rectangle {
        low: corner(area.left, area.top),
        high: corner(area.right(), area.bottom()),
        fill: view.theme.canvas.faded(0.86),
    });
    for (row, (tone, entries)) in lines.into_iter().enumerate() {
        let colour = match tone {
            LegendTone::Count => view.theme.second,
            LegendTone::Key => view.theme.muted,
            LegendTone::Fixes => view.theme.fixed,
        };
        let y = area.top + 4.0 + (row as f32 + 0.5) * LINE * scale;
        for (x, entry) in entries {
            let left = area.left + SIDE + x;
            if let Some(sign) = entry.sign {
                let middle = corner(left + SIGN * scale / 2.0 - 2.0, y);
                samples::draw(view, (sign, middle), scale, &mut layer.shapes);
            }
            let at = corner(left + sign_width(entry.sign, scale), y);
            let style = TextStyle { size: SIZE * scale, face: Face::Regular, colour };
            let text = Text::new(at, entry.text.into_owned(), style);
            layer.texts.push(Text { anchor: Anchor::Left, ..text });
        }
    }
    Legend { layer, area }
}

fn sign_width(sign: Option<LegendSign>, scale: f32) -> f32 {
    if sign.is_some() { SIGN * scale } else { 0.0 }
}

/// An entry, or a part of one that is wider than the picture.
struct Written<'a> {
    sign: Option<LegendSign>,
    text: Cow<'a, str>,
}

/// Entries on one line, each with where it begins.
type Line<'a> = (LegendTone, Vec<(f32, Written<'a>)>);

/// The lines of the legend within a width, broken only between entries, but for texts without a sign that are wider.
/// What is hidden shares a line where there is room.
fn wrapped<'a>(
    furniture: &'a Furniture,
    width: f32,
    (scale, measure): (f32, &dyn MeasureText),
) -> Vec<Line<'a>> {
    let text_width = |text: &str| measure.width(text, SIZE * scale, Face::Regular);
    let of = |own: &Written<'_>| sign_width(own.sign, scale) + text_width(&own.text);
    let mut lines: Vec<Line<'a>> = Vec::new();
    for LegendLine { tone, entries } in &furniture.legend {
        let mut line = Vec::new();
        let mut x = 0.0;
        let written = |own: &'a LegendEntry| Written { sign: own.sign, text: (&*own.text).into() };
        if *tone == LegendTone::Count
            && let Some((LegendTone::Count, before)) = lines.last_mut()
            && let Some((left, last)) = before.last()
        {
            let left = left + of(last) + 2.0 * BETWEEN * scale;
            if let [own] = entries.as_slice()
                && left + of(&written(own)) <= width
            {
                before.push((left, written(own)));
                continue;
            }
        }
        for entry in entries {
            let own = of(&written(entry));
            if x + own > width && !line.is_empty() {
                lines.push((*tone, std::mem::take(&mut line)));
                x = 0.0;
            }
            if own > width && entry.sign.is_none() {
                let parts = broken(&entry.text, width, &text_width).into_iter();
                let parts = parts.map(|text| Written { sign: None, text: text.into() });
                lines.extend(parts.map(|part| (*tone, vec![(0.0, part)])));
                continue;
            }
            line.push((x, written(entry)));
            x += own + BETWEEN * scale;
        }
        if !line.is_empty() {
            lines.push((*tone, line));
        }
    }
    lines
}

/// A text broken between words into parts of a width; a word that is wider stands alone.
fn broken(text: &str, width: f32, text_width: &dyn Fn(&str) -> f32) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in text.split(' ') {
        let Some(part) = parts.last_mut() else { continue };
        let longer = if part.is_empty() { word.to_owned() } else { format!("{part} {word}") };
        if part.is_empty() || text_width(&longer) <= width {
            *part = longer;
        } else {
            parts.push(word.to_owned());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_wider_than_the_picture_goes_on_in_the_next_between_words() {
        let width = |text: &str| text.chars().count() as f32;
        let text = "19,754 links in sight are bundled; the strongest bundles are drawn";
        let parts = broken(text, 30.0, &width);
        assert_eq!(
            parts,
            ["19,754 links in sight are", "bundled; the strongest bundles", "are drawn"]
        );
        assert_eq!(parts.join(" "), text);
        assert_eq!(broken("unbreakable", 4.0, &width), ["unbreakable"]);
    }
}
