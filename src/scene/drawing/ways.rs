//! How links and bundles find their way in a picture: round what they do not touch.

use super::in_sight::InSight;
use super::view::View;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::grouping::{Bundle, Group, Grouping, only_mark};
use crate::scene::routing::{InTheWay, Joined, Obstacle, Routes, WaysOf, ZoomClass};

/// Up to this many marks, links keep off all that are on the map; of more, off those about the part
/// of the map that is in sight.
const ALL_MARKS: usize = 20_000;

/// What finds the ways of a picture.
pub(super) struct Ways<'a> {
    view: &'a View<'a>,
    routes: &'a Routes,
    grouping: Option<&'a Grouping>,
    /// Whether the bodies of groups stand for their marks.
    is_far: bool,
}

impl<'a> Ways<'a> {
    pub(super) fn new(
        view: &'a View<'a>,
        routes: &'a Routes,
        (grouping, is_far): (Option<&'a Grouping>, bool),
    ) -> Self {
        Self { view, routes, grouping, is_far }
    }

    /// The ways of links on screen, round the marks, or round the bodies that stand for them.
    pub(super) fn of_links(&self, links: &[u32]) -> Vec<Vec<Point>> {
        let joined: Vec<Joined> = links.iter().filter_map(|&at| self.joined(at)).collect();
        debug_assert_eq!(joined.len(), links.len(), "each link has two marks");
        match self.grouping.filter(|_| self.is_far) {
            Some(grouping) => {
                self.round_bodies(grouping, WaysOf::LinksRoundBodies(grouping.level()), &joined)
            }
            None => self.round_marks(&joined),
        }
    }

    /// The ways of bundles on screen, round the bodies of the other groups.
    pub(super) fn of_bundles(&self, grouping: &Grouping, of: &[&Bundle]) -> Vec<Vec<Point>> {
        let mark = |group: u32| self.view.map.marks.get(only_mark(group)? as usize);
        let centre = |group: u32| match grouping.groups.get(group as usize) {
            Some(own) => own.centre,
            None => mark(group).map_or_else(Point::default, |own| own.at),
        };
        let joined: Vec<Joined> = of
            .iter()
            .map(|own| Joined { marks: own.groups, ends: own.groups.map(centre) })
            .collect();
        self.round_bodies(grouping, WaysOf::Bundles(grouping.level()), &joined)
    }

    /// Links on screen from middle to middle, whatever lies in their way.
    pub(super) fn straight(&self, links: &[u32]) -> Vec<Vec<Point>> {
        let way = |at: &u32| self.joined(*at).map_or_else(Vec::new, |own| own.ends.to_vec());
        self.on_screen(links.iter().map(way).collect())
    }

    fn joined(&self, link: u32) -> Option<Joined> {
        let map = self.view.map;
        let link = map.links.get(link as usize)?;
        let marks = [link.credential, link.instance];
        let at = |mark: u32| map.marks.get(mark as usize).map(|own| own.at);
        let [Some(from), Some(to)] = marks.map(at) else { return None };
        Some(Joined { marks, ends: [from, to] })
    }

    fn round_marks(&self, joined: &[Joined]) -> Vec<Vec<Point>> {
        let view = self.view;
        let class = ZoomClass::of(view.camera.zoom);
        let zoom = class.zoom();
        let is_small = view.map.marks.len() <= ALL_MARKS;
        let obstacles = |area: Option<&Area>| -> Vec<Obstacle> {
            let marks = view.candidates(area, self.grouping);
            let obstacle = |mark: u32| {
                let own = view.map.marks.get(mark as usize)?;
                let is_near = area.is_none_or(|area| area.holds(own.at));
                (is_near && view.is_visible(mark)).then(|| Obstacle {
                    mark,
                    centre: Point { x: own.at.x * zoom, y: own.at.y * zoom },
                    radius: view.outlined_radius_at(mark, zoom),
                })
            };
            let all = marks.into_iter().filter_map(obstacle);
            all.chain(self.collapsed(zoom, area)).collect()
        };
        let seen = (!is_small).then(|| view.scene_area());
        let of = WaysOf::LinksRoundMarks;
        self.found(&InTheWay { of, class, seen, obstacles: &obstacles }, joined)
    }

    /// The bodies of collapsed regions, which lie among marks.
    fn collapsed(&self, zoom: f32, area: Option<&Area>) -> Vec<Obstacle> {
        let has_any = self.view.map.collapsed.contains(&true);
        let Some(grouping) = self.grouping.filter(|_| has_any) else { return Vec::new() };
        let radii = self.view.body_radii(&grouping.groups, zoom);
        let all = (0_u32..).zip(&grouping.groups).zip(radii);
        let bodies = all.filter(|((_, group), _)| group.collapsed.is_some());
        let near = bodies.filter(|((_, own), _)| area.is_none_or(|area| area.holds(own.centre)));
        near.map(|((at, group), radius)| Obstacle {
            // No mark has such a number.
            mark: u32::MAX - at,
            centre: Point { x: group.centre.x * zoom, y: group.centre.y * zoom },
            radius,
        })
        .collect()
    }

    fn round_bodies(&self, grouping: &Grouping, of: WaysOf, joined: &[Joined]) -> Vec<Vec<Point>> {
        let class = ZoomClass::of(self.view.camera.zoom);
        let zoom = class.zoom();
        let is_link = matches!(of, WaysOf::LinksRoundBodies(_));
        let obstacles = |_: Option<&Area>| -> Vec<Obstacle> {
            let radii = self.view.body_radii(&grouping.groups, zoom);
            let body = |((at, group), radius): ((u32, &Group), f32)| Obstacle {
                // A link may touch no group, but where one of its marks lies in it.
                mark: if is_link { u32::MAX } else { at },
                centre: Point { x: group.centre.x * zoom, y: group.centre.y * zoom },
                radius,
            };
            let bodies = (0_u32..).zip(&grouping.groups).zip(radii).map(body);
            if !is_link {
                return bodies.collect();
            }
            // Links that are drawn one by one lead round the marks that are drawn over bodies too.
            let over = InSight::over_all_bodies(self.view, grouping, true);
            let marks = over.all().filter_map(|mark| {
                let at = self.view.map.marks.get(mark as usize)?.at;
                let centre = Point { x: at.x * zoom, y: at.y * zoom };
                Some(Obstacle { mark, centre, radius: self.view.outlined_radius_at(mark, zoom) })
            });
            bodies.chain(marks).collect()
        };
        self.found(&InTheWay { of, class, seen: None, obstacles: &obstacles }, joined)
    }

    fn found(&self, round: &InTheWay<'_>, joined: &[Joined]) -> Vec<Vec<Point>> {
        self.on_screen(self.routes.ways(round, joined))
    }

    fn on_screen(&self, ways: Vec<Vec<Point>>) -> Vec<Vec<Point>> {
        let mut ways = ways;
        for at in ways.iter_mut().flatten() {
            *at = self.view.camera.screen_from_scene(*at);
        }
        ways
    }
}
