//! What of a picture is at a point.

use super::camera::Area;
use super::picture::{DrawnBadge, DrawnBody, DrawnMark, Picture, PictureSubject, Shape, Text};
use crate::analysis::Subject;
use crate::layout::Point;

impl Picture {
    /// What is drawn within `reach` pixels of a point: the nearest mark, or, where there is none,
    /// the nearest link, or the line of a mark that has one of its own. Costs time in proportion to what is in sight.
    pub fn subject_at(&self, point: Point, reach: f32) -> Option<PictureSubject> {
        let mark = self.mark_at(point, reach).map(PictureSubject::Mark);
        mark.or_else(|| self.group_at(point))
            .or_else(|| self.link_at(point, reach))
            .or_else(|| self.line_at(point, reach))
    }

    /// The body of a group at a point.
    pub fn body_at(&self, point: Point) -> Option<DrawnBody> {
        let holds = |body: &&DrawnBody| {
            (body.centre.x - point.x).hypot(body.centre.y - point.y) <= body.radius
        };
        self.bodies.iter().rev().find(holds).copied()
    }

    /// The button beside a hub at a place.
    pub fn badge_at(&self, at: Point) -> Option<DrawnBadge> {
        self.badges.iter().rev().find(|badge| badge.area.holds(at)).copied()
    }

    /// The region whose ground or name is at a point.
    pub fn region_at(&self, point: Point) -> Option<u16> {
        let regions = self.map.groups.iter().filter_map(|group| match group.subject {
            PictureSubject::Region(at) => Some((at, group.shapes.clone())),
            _ => None,
        });
        let holds = |shape: &Shape| match shape {
            Shape::Polygon { points, .. } => {
                // The name stands above the outline.
                let area = Area::around(points.iter().copied());
                area.is_some_and(|area| {
                    Area { top: area.top - 24.0, height: area.height + 24.0, ..area }.holds(point)
                })
            }
            _ => false,
        };
        let mut found = regions.filter(|(_, shapes)| {
            self.map.shapes.get(shapes.clone()).unwrap_or_default().iter().any(holds)
        });
        found.next().map(|(at, _)| at)
    }

    fn group_at(&self, point: Point) -> Option<PictureSubject> {
        let body = self.body_at(point)?;
        let drawn = self.map.groups.iter().find(|group| {
            let is_group = matches!(group.subject, PictureSubject::Group { .. });
            is_group
                && self.map.shapes.get(group.shapes.clone()).unwrap_or_default().iter().any(
                    |shape| matches!(shape, Shape::Disc { centre, .. } if *centre == body.centre),
                )
        });
        drawn.map(|group| group.subject)
    }

    /// The mark whose edge is nearest to a point, if it is within `reach` pixels. Nothing is found
    /// outside of the picture.
    pub fn mark_at(&self, point: Point, reach: f32) -> Option<Subject> {
        if !self.area.holds(point) {
            return None;
        }
        let mut nearest: Option<(f32, Subject)> = None;
        for mark in &self.marks {
            let (x, y) = (mark.centre.x - point.x, mark.centre.y - point.y);
            let distance = (x * x + y * y).sqrt() - mark.radius;
            if distance <= reach && nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, mark.subject));
            }
        }
        nearest.map(|(_, subject)| subject)
    }

    fn link_at(&self, point: Point, reach: f32) -> Option<PictureSubject> {
        let is_link = |own: PictureSubject| {
            matches!(own, PictureSubject::Link(..) | PictureSubject::Bundle { .. })
        };
        self.nearest(point, reach, |own, _| is_link(own))
    }

    /// The mark whose own line is nearest, as credentials have in a table.
    fn line_at(&self, point: Point, reach: f32) -> Option<PictureSubject> {
        self.nearest(point, reach, |own, shape| {
            matches!((own, shape), (PictureSubject::Mark(_), Shape::Line { .. }))
        })
    }

    /// What is nearest to a point, of the shapes that count.
    fn nearest(
        &self,
        point: Point,
        reach: f32,
        counts: impl Fn(PictureSubject, &Shape) -> bool,
    ) -> Option<PictureSubject> {
        let mut nearest: Option<(f32, PictureSubject)> = None;
        for group in &self.map.groups {
            let shapes = self.map.shapes.get(group.shapes.clone()).unwrap_or_default();
            for shape in shapes.iter().filter(|shape| counts(group.subject, shape)) {
                let distance = distance_to(point, shape);
                if distance <= reach && nearest.is_none_or(|(least, _)| distance < least) {
                    nearest = Some((distance, group.subject));
                }
            }
        }
        nearest.map(|(_, subject)| subject)
    }

    /// Up to `most` marks for someone who cannot see the picture: all, or if there are more, those
    /// whose names are written.
    pub fn described_marks(&self, most: usize) -> Vec<DrawnMark> {
        let in_sight = || self.marks.iter().filter(|mark| self.area.holds(mark.centre));
        if in_sight().count() <= most {
            return in_sight().copied().collect();
        }
        let named = |text: &Text| match text.subject {
            Some(PictureSubject::Mark(subject)) => Some(subject),
            Some(
                PictureSubject::Link(..)
                | PictureSubject::Region(_)
                | PictureSubject::Group { .. }
                | PictureSubject::Bundle { .. },
            )
            | None => None,
        };
        let named: std::collections::BTreeSet<Subject> =
            self.map.texts.iter().filter_map(named).collect();
        let marks = in_sight().filter(|mark| named.contains(&mark.subject));
        marks.take(most).copied().collect()
    }
}

/// How far a point is from a line, straight or not, or from what is drawn on one.
fn distance_to(point: Point, shape: &Shape) -> f32 {
    match shape {
        Shape::Line { from, to, .. } => distance_to_line(point, *from, *to),
        Shape::Polyline { points, .. } => {
            let pairs = points.iter().zip(points.iter().skip(1));
            pairs.map(|(&a, &b)| distance_to_line(point, a, b)).fold(f32::MAX, f32::min)
        }
        Shape::Disc { centre, radius, .. } => {
            ((centre.x - point.x).hypot(centre.y - point.y) - radius).max(0.0)
        }
        Shape::Convex { points, .. } => Area::around(points.iter().copied())
            .map_or(f32::MAX, |area| distance_to_area(point, &area)),
        Shape::Ring { .. } | Shape::Rectangle { .. } | Shape::Polygon { .. } => f32::MAX,
    }
}

impl Shape {
    /// Its middle: of a line, the one between its ends along it; of what is filled, that of its corners.
    pub fn middle(&self) -> Option<Point> {
        let between = |points: &[Point]| Some(Area::around(points.iter().copied())?.centre());
        match self {
            Self::Line { from, to, .. } | Self::Rectangle { low: from, high: to, .. } => {
                between(&[*from, *to])
            }
            Self::Polyline { points, .. } => points.get(points.len() / 2).copied(),
            Self::Disc { centre, .. } | Self::Ring { centre, .. } => Some(*centre),
            Self::Convex { points, .. } | Self::Polygon { points, .. } => between(points),
        }
    }
}

fn distance_to_area(point: Point, area: &Area) -> f32 {
    let x = (area.left - point.x).max(point.x - area.right()).max(0.0);
    let y = (area.top - point.y).max(point.y - area.bottom()).max(0.0);
    x.hypot(y)
}

fn distance_to_line(point: Point, from: Point, to: Point) -> f32 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let along = ((point.x - from.x) * x + (point.y - from.y) * y) / (x * x + y * y).max(1e-6);
    let along = along.clamp(0.0, 1.0);
    let (x, y) = (from.x + along * x - point.x, from.y + along * y - point.y);
    (x * x + y * y).sqrt()
}
