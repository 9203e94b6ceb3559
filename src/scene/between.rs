//! A picture on the way from another one: marks that are in both go from where they were to where they are.

use std::collections::BTreeMap;

use super::picture::{DrawnMark, Picture, PictureSubject, Shape, Text};
use crate::analysis::Subject;
use crate::layout::Point;

/// Up to this many marks and shapes in each of both pictures the way between them is drawn: with more a
/// frame would take too long.
const MOST_MARKS: usize = 3_000;
const MOST_SHAPES: usize = 30_000;

impl Picture {
    /// Whether the way from another picture to this one is worth to be drawn.
    pub fn can_come_from(&self, before: &Self) -> bool {
        [self, before].into_iter().all(|own| {
            (1..=MOST_MARKS).contains(&own.marks.len()) && own.map.shapes.len() <= MOST_SHAPES
        })
    }

    /// This picture at a share of the way from another one, from 0 to 1, at which it is this one itself. Marks
    /// of both go straight to their places; all else of the one before fades out, and all else of this one
    /// in. Costs time in proportion to what is drawn in both.
    #[must_use]
    pub fn on_the_way(&self, before: &Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        if share >= 1.0 {
            return self.clone();
        }
        let (old, new) = (centres(&before.marks), centres(&self.marks));
        let by = |subject: Subject| {
            let (from, to) = (old.get(&subject)?, new.get(&subject)?);
            let left = 1.0 - share;
            Some(((from.x - to.x) * left, (from.y - to.y) * left))
        };
        let mut picture = self.clone();
        let moved = moved_shapes(self, by);
        for (shape, moved) in picture.map.shapes.iter_mut().zip(&moved) {
            match moved {
                Some(by) => shape.shift(*by),
                None => shape.fade(share),
            }
        }
        for text in &mut picture.map.texts {
            text.style.colour = text.style.colour.faded(share);
            text.background = text.background.map(|own| own.faded(share));
            if let Some(by) = mark_of(text).and_then(by) {
                text.at.shift(by);
            }
        }
        // Below what comes lies what goes.
        let stays = moved_shapes(before, |subject| new.get(&subject).map(|_| (0.0, 0.0)));
        let going = before.map.shapes.iter().zip(stays).filter(|(_, stays)| stays.is_none());
        let mut shapes: Vec<Shape> = going.map(|(shape, _)| shape.clone()).collect();
        for shape in &mut shapes {
            shape.fade(1.0 - share);
        }
        let below = shapes.len();
        shapes.append(&mut picture.map.shapes);
        for group in &mut picture.map.groups {
            group.shapes = group.shapes.start + below..group.shapes.end + below;
        }
        picture.map.shapes = shapes;
        picture
    }
}

fn centres(marks: &[DrawnMark]) -> BTreeMap<Subject, Point> {
    marks.iter().map(|own| (own.subject, own.centre)).collect()
}

fn mark_of(text: &Text) -> Option<Subject> {
    match text.subject {
        Some(PictureSubject::Mark(subject)) => Some(subject),
        _ => None,
    }
}

/// For each shape of a picture by how much it moves with its mark; none where it belongs to no mark that
/// moves, or is the long line of one.
fn moved_shapes(
    picture: &Picture,
    by: impl Fn(Subject) -> Option<(f32, f32)>,
) -> Vec<Option<(f32, f32)>> {
    let mut moved = vec![None; picture.map.shapes.len()];
    for group in &picture.map.groups {
        let PictureSubject::Mark(subject) = group.subject else { continue };
        let own = picture.map.shapes.get(group.shapes.clone()).unwrap_or_default();
        let is_line = own.iter().all(|shape| matches!(shape, Shape::Line { .. }));
        let Some(by) = by(subject).filter(|_| !is_line) else { continue };
        for slot in moved.get_mut(group.shapes.clone()).into_iter().flatten() {
            *slot = Some(by);
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::InstanceIndex;
    use crate::inventory::Date;
    use crate::scene::camera::Area;
    use crate::scene::colour::Colour;
    use crate::scene::furniture::Furniture;
    use crate::scene::picture::{Layer, Pen};
    use crate::scene::theme::ThemeMode;

    const RED: Colour = Colour::hex(0xFF_00_00);

    fn subject(at: u32) -> Subject {
        Subject::Instance(InstanceIndex(at))
    }

    /// Marks at places, each a disc, with a line that belongs to none of them.
    fn picture(marks: &[(u32, f32)]) -> Picture {
        let mut map = Layer::default();
        let at = |x: f32| Point { x, y: 10.0 };
        map.shapes.push(Shape::Line { from: at(0.0), to: at(1.0), pen: Pen::plain(1.0, RED) });
        let mut drawn = Vec::new();
        for &(own, x) in marks {
            let (centre, radius) = (at(x), 5.0);
            map.group(PictureSubject::Mark(subject(own)), |shapes| {
                shapes.push(Shape::Disc { centre, radius, fill: RED });
            });
            drawn.push(DrawnMark { subject: subject(own), centre, radius });
        }
        Picture {
            area: Area::default(),
            background: RED,
            theme: ThemeMode::Dark,
            map_clip: None,
            map,
            minimap_layer: Layer::default(),
            legend: Layer::default(),
            legend_top: 0.0,
            reserved: None,
            furniture: Furniture {
                title: String::new(),
                as_of: Date::constant(2026, 11, 26),
                assumptions: Vec::new(),
                hidden: Vec::new(),
                legend: Vec::new(),
            },
            marks: drawn,
            bodies: Vec::new(),
            section_names: BTreeMap::new(),
            table: None,
            badges: Vec::new(),
            lit_ways: Vec::new(),
            minimap: None,
            names: crate::scene::Names::new(),
        }
    }

    fn discs(picture: &Picture) -> Vec<(f32, u8)> {
        let disc = |shape: &Shape| match shape {
            Shape::Disc { centre, fill, .. } => Some((centre.x, fill.a)),
            _ => None,
        };
        picture.map.shapes.iter().filter_map(disc).collect()
    }

    #[test]
    fn marks_of_both_go_straight_and_all_else_fades() {
        let (before, after) =
            (picture(&[(1, 100.0), (2, 50.0)]), picture(&[(3, 80.0), (1, 300.0)]));
        assert_eq!(after.on_the_way(&before, 1.0), after);
        // What goes is drawn first.
        assert_eq!(discs(&after.on_the_way(&before, 0.0)), [(50.0, 255), (80.0, 0), (100.0, 255)]);
        assert_eq!(
            discs(&after.on_the_way(&before, 0.25)),
            [(50.0, 191), (80.0, 64), (150.0, 255)]
        );
        let way = after.on_the_way(&before, 0.5);
        for group in &way.map.groups {
            let own = &way.map.shapes[group.shapes.clone()];
            assert!(matches!(own, [Shape::Disc { .. }]), "groups stand for the same shapes");
        }
    }

    #[test]
    fn a_large_picture_and_an_empty_one_have_no_way() {
        let large = picture(&(0..4_000).map(|at| (at, 1.0)).collect::<Vec<_>>());
        let (small, none) = (picture(&[(1, 2.0)]), picture(&[]));
        assert!(small.can_come_from(&small) && !none.can_come_from(&small));
        assert!(!large.can_come_from(&small) && !small.can_come_from(&large));
    }
}
