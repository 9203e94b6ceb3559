//! Everything that decides what a picture looks like.

use crate::graph::AccessGraph;
use crate::scene::camera::Camera;
use crate::scene::changes::MapChanges;
use crate::scene::highlight::{Highlight, HighlightLevel};
use crate::scene::map::Map;
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
    /// About this many links are drawn at most, and as many lit ones; always the same ones.
    pub most_links: usize,
    /// Whether marks are hidden because one thing is in focus; filters hide them otherwise.
    pub focused: bool,
}

impl View<'_> {
    pub(super) fn is_visible(&self, mark: u32) -> bool {
        self.visible.get(mark as usize).copied().unwrap_or(true)
    }

    pub(super) fn mark_level(&self, mark: u32) -> HighlightLevel {
        self.highlight.map_or(HighlightLevel::Near, |highlight| highlight.mark(mark))
    }

    pub(super) fn link_level(&self, link: u32) -> HighlightLevel {
        self.highlight.map_or(HighlightLevel::Near, |highlight| highlight.link(link))
    }
}
