//! Everything that decides what a picture looks like.

use crate::analysis::{Crossing, Severity};
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::scene::camera::{Area, Camera};
use crate::scene::changes::MapChanges;
use crate::scene::grouping::Grouping;
use crate::scene::highlight::{Highlight, HighlightLevel};
use crate::scene::map::{Map, MarkStyle};
use crate::scene::name_side::Names;
use crate::scene::theme::Theme;

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
    /// The mark that is selected.
    pub selected: Option<u32>,
    /// The mark under the pointer.
    pub hovered: Option<u32>,
    /// Up to this many links in sight are drawn one by one; more are bundled from group to group.
    pub most_links: usize,
    /// The groups of the map, where they are kept from picture to picture.
    pub grouping: Option<&'a Grouping>,
    /// The names on the picture before: they stay where they are as long as they can.
    pub names_before: Option<&'a Names>,
    /// Whether marks are hidden because one thing is in focus; filters hide them otherwise.
    pub focused: bool,
}

/// What is selected is at least this large, in pixels: so that how it is filled can be seen.
const LEAST_SELECTED: f32 = 7.0;

/// Below this zoom a credential of one service is a speck beside it.
const FOLDED_BELOW: f32 = 0.5;

/// From this many marks on, such specks are folded.
const FOLDED_FROM: usize = 100;

/// Up to this many marks are looked through in every frame.
const FEW_MARKS: usize = 4_000;

impl View<'_> {
    /// Whether the map is too large to be looked through in every frame, or to be drawn link by link:
    /// then it is drawn by its groups.
    pub fn needs_groups(&self) -> bool {
        self.map.links.len() > self.most_links || self.map.marks.len() > FEW_MARKS
    }

    /// Whether a mark is selected or under the pointer.
    pub(super) fn is_chosen(&self, mark: u32) -> bool {
        self.selected == Some(mark) || self.hovered == Some(mark)
    }

    /// The part of the map in the viewport, in scene units.
    pub(super) fn scene_area(&self) -> Area {
        let viewport = self.camera.viewport;
        let corner = Point { x: viewport.left, y: viewport.top };
        let Point { x: left, y: top } = self.camera.scene_from_screen(corner);
        let zoom = self.camera.zoom.max(1e-9);
        Area { left, top, width: viewport.width / zoom, height: viewport.height / zoom }
    }

    /// Where a mark lies, in pixels.
    pub(super) fn centre_of(&self, mark: u32) -> Option<Point> {
        let mark = self.map.marks.get(mark as usize)?;
        Some(self.camera.screen_from_scene(mark.at))
    }

    /// The radius with which a mark is drawn, in pixels.
    pub(super) fn radius_of(&self, mark: u32) -> f32 {
        // However far the map is zoomed out, the marks of a small map stay distinguishable.
        let least = match self.selected {
            Some(selected) if selected == mark => LEAST_SELECTED,
            _ if self.highlight.is_some() && self.mark_level(mark) == HighlightLevel::Lit => 3.0,
            _ if self.map.marks.len() < 1_000 => 3.0,
            _ => 1.2,
        };
        let own = self.map.marks.get(mark as usize).map_or(0.0, |mark| mark.radius);
        (own * self.camera.zoom).max(least)
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
        self.visible.get(mark as usize).copied().unwrap_or(true)
    }

    /// Whether a credential is folded into the badge of the one service that it is linked to.
    pub(super) fn is_folded(&self, mark: u32) -> bool {
        self.is_shown(mark) && self.can_fold(mark)
    }

    /// From afar credentials that reach one service alone are folded, unless they are in question.
    fn can_fold(&self, mark: u32) -> bool {
        if self.camera.zoom >= FOLDED_BELOW || self.map.marks.len() < FOLDED_FROM {
            return false;
        }
        let style = self.map.marks.get(mark as usize).map(|own| own.style);
        let Some(MarkStyle::Credential { severity, shared: false, crossing, .. }) = style else {
            return false;
        };
        crossing == Crossing::None
            && severity != Some(Severity::Critical)
            && self.map.links_of(mark).len() == 1
            && !self.is_chosen(mark)
            && !(self.highlight.is_some() && self.mark_level(mark) > HighlightLevel::Dimmed)
    }

    /// How strongly a mark is drawn, from 0 to 1.
    pub(super) fn strength_of(&self, mark: u32) -> f32 {
        match self.mark_level(mark) {
            HighlightLevel::Dimmed => 0.25,
            HighlightLevel::Near | HighlightLevel::Lit => 1.0,
        }
    }

    pub(super) fn mark_level(&self, mark: u32) -> HighlightLevel {
        self.highlight.map_or(HighlightLevel::Near, |highlight| highlight.mark(mark))
    }

    pub(super) fn link_level(&self, link: u32) -> HighlightLevel {
        self.highlight.map_or(HighlightLevel::Near, |highlight| highlight.link(link))
    }
}
