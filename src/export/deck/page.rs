//! What one page of a deck shows.

use crate::graph::AccessGraph;
use crate::scene::Picture;

/// A step of a scene.
#[derive(Clone, Copy, Debug)]
pub struct DeckPage<'a> {
    /// The place of the scene, from 0.
    pub scene: usize,
    /// The number of its step, from 0.
    pub step: usize,
    /// The caption; hostile characters are escaped.
    pub title: &'a str,
    /// The figure to it.
    pub figure: Option<&'a str>,
    /// The finished page, with both above it.
    pub picture: &'a Picture,
    /// What it is about.
    pub graph: &'a AccessGraph,
}

/// The name of a deck: the caption of its first page.
pub(super) fn title_of<'a>(pages: &[DeckPage<'a>]) -> &'a str {
    pages.first().map_or("Keyreach", |page| page.title)
}
