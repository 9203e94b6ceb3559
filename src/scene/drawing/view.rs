//! Everything that decides what a picture looks like.

use crate::analysis::{Crossing, Disputed, Severity};
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::scene::camera::{Area, Camera};
use crate::scene::changes::MapChanges;
use crate::scene::grouping::{Group, Grouping};
use crate::scene::highlight::{Highlight, HighlightLevel};
use crate::scene::map::{Link, Map, MarkStyle};
use crate::scene::name_side::Names;
use crate::scene::routing::Routes;
use crate::scene::theme::Theme;

/// Up to this many links in sight are usually drawn one by one: more run into one solid area, and slow
/// every frame.
pub const MOST_LINKS: usize = 2_000;

/// Everything that decides what a picture looks like.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The map.
    pub map: &'a Map,
    /// The graph behind it, for names.
    pub graph: &'a AccessGraph,
    /// Where the viewer looks.
    pub camera: Camera,
    /// The colours.
    pub theme: &'a Theme,
    /// Which marks are shown at all, one for each mark.
    pub visible: &'a [bool],
    /// How many instances are in sight, one count for each region.
    pub in_regions: &'a [usize],
    /// What is in question, if anything.
    pub highlight: Option<&'a Highlight>,
    /// What the fixes in force would change, if there are any.
    pub changes: Option<&'a MapChanges>,
    /// The marks that are selected, in order.
    pub selected: &'a [u32],
    /// The marks of what is taken to have fallen, in order.
    pub compromised: &'a [u32],
    /// The mark under the pointer.
    pub hovered: Option<u32>,
    /// Up to this many links in sight are drawn one by one; more are bundled from group to group.
    pub most_links: usize,
    /// The groups of the map, where they are kept from picture to picture.
    pub grouping: Option<&'a Grouping>,
    /// The ways of links, where they are kept from picture to picture.
    pub routes: Option<&'a Routes>,
    /// How far beyond the viewport the map is drawn too, in pixels: so far it can be moved without
    /// being drawn anew.
    pub margin: f32,
    /// The width and height of what somebody puts into the lower left corner, above the legend.
    pub reserved: Option<(f32, f32)>,
    /// The names on the picture before: they stay where they are as long as they can.
    pub names_before: Option<&'a Names>,
    /// What somebody disputes of what is assumed.
    pub disputed: Disputed<'a>,
    /// Whether marks are hidden because one thing is in focus; filters hide them otherwise.
    pub focused: bool,
}

/// What is selected is at least this large, in pixels: so that how it is filled can be seen.
const LEAST_SELECTED: f32 = 7.0;

/// How far the outline of what is selected reaches beyond its mark, in pixels.
const OUTLINE: f32 = 7.0;

/// Below this zoom a credential of one service is a speck beside it.
const FOLDED_BELOW: f32 = 0.5;

/// From this many marks on, such specks are folded.
const FOLDED_FROM: usize = 100;

/// The radius of the smallest body of a section, in pixels, and how much larger that of the largest is.
const LEAST_BODY: f32 = 9.0;
const MORE_BODY: f32 = 21.0;

/// The height of a body's name, and the gap above it, in pixels.
const NAME_OF_BODY: f32 = 16.0;

/// Up to this many marks are looked through in every frame.
const FEW_MARKS: usize = 4_000;

impl View<'_> {
    /// Whether the map is too large to be looked through in every frame, or to be drawn link by link:
    /// then it is drawn by its groups.
    pub fn needs_groups(&self) -> bool {
        if self.map.is_table() {
            return false;
        }
        self.map.links.len() > self.most_links
            || self.map.marks.len() > FEW_MARKS
            || self.map.collapsed.contains(&true)
    }

    /// Whether a mark is selected or under the pointer.
    pub(super) fn is_chosen(&self, mark: u32) -> bool {
        self.is_selected(mark) || self.hovered == Some(mark)
    }

    /// Whether a mark is selected, alone or among others.
    pub(super) fn is_selected(&self, mark: u32) -> bool {
        self.selected.binary_search(&mark).is_ok()
    }

    /// Whether a mark is taken to have fallen.
    pub(super) fn is_compromised(&self, mark: u32) -> bool {
        self.compromised.binary_search(&mark).is_ok()
    }

    /// What is drawn of the map, in pixels: the viewport and the margin around it.
    pub(super) fn drawn_area(&self) -> Area {
        self.camera.viewport.grown(self.margin)
    }

    /// The marks that stand for themselves, though bodies stand for the others.
    pub(super) fn alone(&self) -> Vec<u32> {
        let chosen = self.selected.iter().copied().chain(self.hovered);
        let mut alone: Vec<u32> = chosen.filter(|&mark| !self.is_collapsed(mark)).collect();
        alone.sort_unstable();
        alone.dedup();
        alone
    }

    /// The part of the map that is drawn, in scene units.
    pub(super) fn scene_area(&self) -> Area {
        self.camera.area_of(&self.drawn_area())
    }

    /// The part of the map in the viewport, in scene units.
    pub(super) fn seen_area(&self) -> Area {
        self.camera.seen()
    }

    /// Where a mark lies, in pixels.
    pub(super) fn centre_of(&self, mark: u32) -> Option<Point> {
        let mark = self.map.marks.get(mark as usize)?;
        Some(self.camera.screen_from_scene(mark.at))
    }

    /// The marks that may lie in a part of the map, in order: those of the groups there, or all.
    pub(super) fn candidates(&self, area: Option<&Area>, grouping: Option<&Grouping>) -> Vec<u32> {
        let (Some(grouping), Some(area)) = (grouping, area) else {
            return (0..self.map.marks.len() as u32).collect();
        };
        let mut candidates = Vec::new();
        for group in grouping.groups.iter().filter(|group| group.extent.meets(area)) {
            candidates.extend_from_slice(grouping.members(group));
        }
        candidates.sort_unstable();
        candidates
    }

    /// The radius with which a mark is drawn, in pixels.
    pub(super) fn radius_of(&self, mark: u32) -> f32 {
        self.radius_at(mark, self.camera.zoom)
    }

    /// The radius with which a mark is drawn at a zoom, in pixels.
    pub(super) fn radius_at(&self, mark: u32, zoom: f32) -> f32 {
        // However far the map is zoomed out, the marks of a small map stay distinguishable.
        let own = self.map.marks.get(mark as usize);
        let least = match mark {
            mark if self.is_selected(mark) => LEAST_SELECTED,
            _ if self.is_lit(mark) => 3.0,
            _ if self.map.marks.len() < 1_000 => 3.0,
            // What has its name is seen, however many others there are.
            _ if own.is_some_and(|own| own.style.is_critical()) => 3.0,
            _ => 1.2,
        };
        (own.map_or(0.0, |own| own.radius) * zoom).max(least)
    }

    /// The same with the outline of what is selected, which no other link may cross either.
    pub(super) fn outlined_radius_at(&self, mark: u32, zoom: f32) -> f32 {
        self.radius_at(mark, zoom) + if self.is_selected(mark) { OUTLINE } else { 0.0 }
    }

    /// The radii of the bodies of groups at a zoom, in pixels: no two overlap.
    pub(super) fn body_radii(&self, groups: &[Group], zoom: f32) -> Vec<f32> {
        let of_section = |own: &&Group| own.section.is_some();
        let most = groups.iter().filter(of_section).map(Group::members).max().unwrap_or(1);
        let radius = |group: &Group| match group.section {
            Some(_) => self.section_radius(group, most, zoom),
            None => self.body_radius(group),
        };
        let mut radii: Vec<f32> = groups.iter().map(radius).collect();
        let largest = radii.iter().copied().fold(0.0, f32::max);
        let at: Vec<Point> = groups
            .iter()
            .map(|own| Point { x: own.centre.x * zoom, y: own.centre.y * zoom })
            .collect();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        let x = |own: &usize| at.get(*own).map_or(0.0, |own| own.x);
        order.sort_by(|a, b| x(a).total_cmp(&x(b)));
        for (rank, &first) in order.iter().enumerate() {
            for &second in order.iter().skip(rank + 1) {
                if x(&second) - x(&first) > 2.0 * largest {
                    break;
                }
                let (Some(a), Some(b)) = (at.get(first), at.get(second)) else { continue };
                let room = ((a.x - b.x).hypot(a.y - b.y) - 2.0).max(4.0);
                let [Some(own), Some(other)] = [first, second].map(|at| radii.get(at).copied())
                else {
                    continue;
                };
                let share = room / (own + other).max(1e-6);
                for (at, radius) in [(first, own), (second, other)] {
                    if let Some(slot) = radii.get_mut(at).filter(|_| share < 1.0) {
                        *slot = radius * share;
                    }
                }
            }
        }
        radii
    }

    /// The radius of a group's body in pixels, where there is room: it grows with the square root of
    /// what it stands for.
    fn body_radius(&self, group: &Group) -> f32 {
        let count = group.members() as f32;
        let least = if group.collapsed.is_some() { 18.0 } else { 7.0 };
        (5.0 + 1.5 * count.sqrt()).clamp(least, 27.0) * self.theme.type_size.sqrt()
    }

    /// The radius of a body that stands for a section, in pixels: its area grows with what it stands for, beside
    /// that of the largest, as far as its box has room for it with a name below.
    fn section_radius(&self, group: &Group, most: u32, zoom: f32) -> f32 {
        let scale = self.theme.type_size.sqrt();
        let share = group.members() as f32 / most.max(1) as f32;
        let (wide, high) = (group.extent.width * zoom, group.extent.height * zoom);
        let room = (0.42 * wide).min(0.5 * high - NAME_OF_BODY * self.theme.type_size);
        (scale * (LEAST_BODY + MORE_BODY * share.sqrt())).min(room).max(4.0)
    }

    /// How far a mark reaches with what is drawn around it, in pixels.
    pub(super) fn drawn_extent(&self, mark: u32) -> f32 {
        let radius = self.radius_of(mark);
        let around = match self.map.marks.get(mark as usize).map(|own| own.style) {
            _ if self.is_chosen(mark) => 9.0,
            Some(MarkStyle::Instance { extraction_point: true, .. }) if radius >= 4.0 => 4.0,
            Some(MarkStyle::Credential { crossing: Crossing::Upwards, .. }) if radius > 4.0 => 4.5,
            Some(MarkStyle::Instance { .. } | MarkStyle::Credential { .. }) | None => 0.0,
        };
        radius + around
    }

    /// Whether a mark is drawn where it is in sight: neither hidden nor folded.
    pub(super) fn is_visible(&self, mark: u32) -> bool {
        self.is_shown(mark) && !self.can_fold(mark)
    }

    /// Whether a mark is not hidden by filters or a focus.
    fn is_shown(&self, mark: u32) -> bool {
        self.visible.get(mark as usize).copied().unwrap_or(true) && !self.is_collapsed(mark)
    }

    /// Whether a mark lies in a region that is collapsed to one body.
    fn is_collapsed(&self, mark: u32) -> bool {
        let region = self.map.marks.get(mark as usize).and_then(|own| own.region);
        !self.map.collapsed.is_empty() && region.is_some_and(|at| self.map.is_collapsed(at))
    }

    /// Whether a mark is folded into the badge of the one mark that it is linked to.
    pub(super) fn is_folded(&self, mark: u32) -> bool {
        self.is_shown(mark) && self.can_fold(mark)
    }

    /// What hangs on a folded hub is folded, and from afar credentials that reach one service alone,
    /// unless they are in question.
    fn can_fold(&self, mark: u32) -> bool {
        if self.map.is_in_folded_hub(mark) {
            return !self.is_selected(mark);
        }
        if self.map.is_table()
            || self.camera.zoom >= FOLDED_BELOW
            || self.map.marks.len() < FOLDED_FROM
        {
            return false;
        }
        let style = self.map.marks.get(mark as usize).map(|own| own.style);
        let Some(MarkStyle::Credential { severity, shared: false, crossing, .. }) = style else {
            return false;
        };
        crossing == Crossing::None
            && severity != Some(Severity::Critical)
            && self.map.links_of(mark).len() == 1
            && !self.is_selected(mark)
            && self.highlight.is_none_or(|own| own.mark(mark) == HighlightLevel::Dimmed)
    }

    /// Whether a mark is highlighted.
    pub(super) fn is_lit(&self, mark: u32) -> bool {
        self.highlight.is_some_and(|own| own.mark(mark) == HighlightLevel::Lit)
    }

    /// Whether a mark is drawn over those that are not in question.
    pub(super) fn is_on_top(&self, mark: u32) -> bool {
        self.is_chosen(mark) || self.is_lit(mark)
    }

    /// How strongly a mark is drawn, from 0 to 1.
    pub(super) fn strength_of(&self, mark: u32) -> f32 {
        match self.mark_level(mark) {
            HighlightLevel::Dimmed => 0.25,
            HighlightLevel::Near | HighlightLevel::Lit => 1.0,
        }
    }

    /// How strongly a mark is to be seen: what the pointer is over and is linked to it, in full.
    pub(super) fn mark_level(&self, mark: u32) -> HighlightLevel {
        match self.highlight {
            None => HighlightLevel::Near,
            Some(highlight) => match highlight.mark(mark) {
                HighlightLevel::Dimmed if self.is_pointed_at(mark) => HighlightLevel::Near,
                level => level,
            },
        }
    }

    /// How strongly a link is to be seen: those of what the pointer is over as if they were lit.
    pub(super) fn link_level(&self, link: u32) -> HighlightLevel {
        let own = self.map.links.get(link as usize);
        match self.highlight {
            _ if own.is_some_and(|own| self.is_of_hovered(own)) => HighlightLevel::Lit,
            None => HighlightLevel::Near,
            Some(highlight) => highlight.link(link),
        }
    }

    /// Whether a link ends at the mark under the pointer.
    fn is_of_hovered(&self, link: &Link) -> bool {
        self.hovered.is_some_and(|mark| [link.credential, link.instance].contains(&mark))
    }

    /// Whether a mark is under the pointer, or linked to the one that is.
    fn is_pointed_at(&self, mark: u32) -> bool {
        let Some(hovered) = self.hovered else { return false };
        if hovered == mark {
            return true;
        }
        let [near, far] = [mark, hovered].map(|own| self.map.links_of(own));
        let (links, other) = if near.len() <= far.len() { (near, hovered) } else { (far, mark) };
        links.iter().any(|&at| {
            let link = self.map.links.get(at as usize);
            link.is_some_and(|link| [link.credential, link.instance].contains(&other))
        })
    }

    /// The links that are highlighted, or end at the mark under the pointer.
    pub(super) fn lit_links(&self) -> Vec<u32> {
        let lit = self.highlight.map_or(&[][..], |highlight| highlight.lit_links());
        let hovered = self.hovered.map_or(&[][..], |mark| self.map.links_of(mark));
        let mut links: Vec<u32> = lit.iter().chain(hovered).copied().collect();
        links.sort_unstable();
        links.dedup();
        links
    }
}
