//! The names of rows, columns and strands: how they are written, and cut.

use std::collections::{BTreeMap, BTreeSet};

use crate::layout::Point;
use crate::scene::drawing::names;
use crate::scene::drawing::view::View;
use crate::scene::highlight::HighlightLevel;
use crate::scene::picture::{Anchor, Face, Layer, MeasureText, PictureSubject, Text, TextStyle};

/// More marks of credentials than this in sight are one area.
pub(super) const MOST_MARKS: usize = 1_500;

/// Writes the name of a mark.
pub(super) fn push_name(
    view: &View<'_>,
    (mark, at, anchor): (u32, Point, Anchor),
    (text, size, face): (String, f32, Face),
    layer: &mut Layer,
) {
    let Some(own) = view.map.marks.get(mark as usize) else { return };
    let colour = match view.mark_level(mark) {
        _ if view.is_chosen(mark) => view.theme.text,
        HighlightLevel::Lit => view.theme.text,
        HighlightLevel::Near => view.theme.second,
        HighlightLevel::Dimmed => view.theme.muted,
    };
    // Lines run below the names of strands alone.
    let ground = view.theme.canvas.faded(0.8);
    layer.texts.push(Text {
        anchor,
        background: (anchor == Anchor::Left).then_some(ground),
        subject: Some(PictureSubject::Mark(own.subject)),
        ..Text::new(at, text, TextStyle { size, face, colour })
    });
}

/// A text cut in its middle to a width: names that begin alike often end differently.
pub(super) fn fitted(
    text: &str,
    width: f32,
    (size, face, measure): (f32, Face, &dyn MeasureText),
) -> String {
    fitted_by(text, width, &|text| measure.width(text, size, face))
}

fn fitted_by(text: &str, width: f32, measure: &dyn Fn(&str) -> f32) -> String {
    let whole = measure(text);
    if whole <= width {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let room = (width - measure("…")).max(0.0);
    let mut kept = (letters.len() as f32 * room / whole) as usize;
    loop {
        let (first, last) = (kept.div_ceil(2), letters.len() - kept / 2);
        let begin = letters.iter().take(first);
        let cut: String = begin.chain(&['…']).chain(letters.iter().skip(last)).collect();
        // Letters are not of one width: what is kept may be a little too wide.
        if kept == 0 || measure(&cut) <= width {
            return cut;
        }
        kept -= 1;
    }
}

/// How a name at the edge of a table is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeadName {
    pub(super) text: String,
    pub(super) face: Face,
}

/// The names of some marks, each cut to a width: so that those that differ look different, where there is
/// room for that.
pub(super) fn head_names(
    view: &View<'_>,
    of: impl Iterator<Item = u32>,
    (width, size, measure): (f32, f32, &dyn MeasureText),
) -> BTreeMap<u32, HeadName> {
    let named = of.filter_map(|mark| {
        let face = if view.is_on_top(mark) { Face::Strong } else { Face::Regular };
        Some((mark, names::whole_name_of(view, mark)?, face))
    });
    let named: Vec<(u32, String, Face)> = named.collect();
    let wholes: Vec<(&str, Face)> = named.iter().map(|(_, name, face)| (&**name, *face)).collect();
    let cut = told_apart(&wholes, &|text, face| measure.width(text, size, face), width);
    let marks = named.iter().map(|(mark, _, face)| (*mark, *face));
    marks.zip(cut).map(|((mark, face), text)| (mark, HeadName { text, face })).collect()
}

/// How wide a text is in a face.
type Width<'a> = dyn Fn(&str, Face) -> f32 + 'a;

/// How often names are looked at again that are still alike.
const ROUNDS: usize = 4;

/// Names cut to a width in their middle; those that would then read alike begin where they differ.
fn told_apart(names: &[(&str, Face)], measure: &Width<'_>, width: f32) -> Vec<String> {
    let cut = |(name, face): &(&str, Face)| fitted_by(name, width, &|text| measure(text, *face));
    let mut cuts: Vec<String> = names.iter().map(cut).collect();
    for _ in 0..ROUNDS {
        let mut alike: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, text) in cuts.iter().enumerate() {
            alike.entry(text).or_default().insert(at);
        }
        let groups: Vec<BTreeSet<usize>> =
            alike.into_values().filter(|own| own.len() > 1).collect();
        let before = cuts.clone();
        for group in groups {
            let own: Vec<(usize, &str, Face)> = group
                .into_iter()
                .filter_map(|at| names.get(at).map(|(name, face)| (at, *name, *face)))
                .collect();
            let Some(shared) = shared_start(own.iter().map(|(_, name, _)| *name)) else { continue };
            for (at, name, face) in own {
                let text = from_difference(name, shared, width, &|text| measure(text, face));
                if let (Some(slot), Some(text)) = (cuts.get_mut(at), text) {
                    *slot = text;
                }
            }
        }
        if cuts == before {
            break;
        }
    }
    cuts
}

/// With how many letters all of some names begin alike; `None` where all are the same.
fn shared_start<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<usize> {
    let first = names.next()?;
    let alike = |other: &str| first.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let differ = names.filter(|other| *other != first).map(alike);
    differ.min()
}

/// Up to this many letters of what is alike stand before the difference.
const BEFORE: usize = 2;

/// A name whose first letters are left out but for a few, and as much of the rest as has room.
fn from_difference(
    name: &str,
    shared: usize,
    width: f32,
    measure: &dyn Fn(&str) -> f32,
) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let rest = letters.get(shared..).filter(|rest| !rest.is_empty())?;
    let begin = letters.iter().take(BEFORE.min(shared)).chain((shared > BEFORE).then_some(&'…'));
    let begin: String = begin.collect();
    (1..=rest.len()).rev().find_map(|kept| {
        let end = (kept < rest.len()).then_some(&'…');
        let text: String =
            begin.chars().chain(rest.iter().take(kept).chain(end).copied()).collect();
        (measure(&text) <= width).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(names: &[&str], width: usize) -> Vec<String> {
        let names: Vec<(&str, Face)> = names.iter().map(|own| (*own, Face::Regular)).collect();
        told_apart(&names, &|text, _| text.chars().count() as f32, width as f32)
    }

    #[test]
    fn names_that_would_be_cut_to_the_same_text_begin_where_they_differ() {
        assert_eq!(cut(&["pay-dev", "log-dev"], 9), ["pay-dev", "log-dev"], "they have room");
        assert_eq!(cut(&["payments-agent-dev", "ledger-dev"], 9), ["paym…-dev", "ledg…-dev"]);
        assert_eq!(
            cut(&["payments-api-client-dev", "payments-app-client-dev"], 9),
            ["pa…i-cli…", "pa…p-cli…"]
        );
        // Two that share more than all three do are looked at again.
        assert_eq!(
            cut(&["aa-xx-11111-zz", "aa-xx-22222-zz", "aa-yy-33333-zz"], 7),
            ["aa…111…", "aa…222…", "aa…yy-…"]
        );
    }

    #[test]
    fn the_same_name_twice_stays_and_no_room_is_no_endless_search() {
        assert_eq!(cut(&["payments-client", "payments-client"], 7), ["pay…ent", "pay…ent"]);
        assert_eq!(cut(&["payments-a", "payments-b"], 1), ["…", "…"]);
        assert_eq!(cut(&["payments-client", "payments-client-dev-ent"], 7)[0], "pay…ent");
    }
}
