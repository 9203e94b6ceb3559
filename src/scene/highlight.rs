//! What is in question: which marks and links are lit, and which step back.

use super::Map;
use crate::analysis::{BlastRadius, Path, Subject};
use crate::graph::{AccessGraph, CredentialIndex};

/// How strongly something is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum HighlightLevel {
    /// Not in question: at a quarter of its strength.
    #[default]
    Dimmed,
    /// Lit because it is close to what is in question.
    Near,
    /// In question: on the lit path.
    Lit,
}

/// The light on every mark and link of a map. Without one, all is drawn as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    marks: Vec<HighlightLevel>,
    links: Vec<HighlightLevel>,
}

impl Highlight {
    fn dark(map: &Map) -> Self {
        Self {
            marks: vec![HighlightLevel::Dimmed; map.marks.len()],
            links: vec![HighlightLevel::Dimmed; map.links.len()],
        }
    }

    /// The light on a mark.
    pub fn mark(&self, mark: u32) -> HighlightLevel {
        self.marks.get(mark as usize).copied().unwrap_or_default()
    }

    /// The light on a link.
    pub fn link(&self, link: u32) -> HighlightLevel {
        self.links.get(link as usize).copied().unwrap_or_default()
    }

    /// Lights a mark and what it is linked to; for what the pointer is over.
    pub fn around(map: &Map, mark: u32) -> Self {
        let mut highlight = Self::dark(map);
        highlight.light_mark(mark, HighlightLevel::Lit);
        for &link in map.links_of(mark) {
            highlight.light_link(link, HighlightLevel::Near);
            if let Some(ends) = map.links.get(link as usize) {
                highlight.light_mark(ends.credential, HighlightLevel::Near);
                highlight.light_mark(ends.instance, HighlightLevel::Near);
            }
        }
        highlight
    }

    /// Lights a subject, its own links, and everything in its blast radius: each instance reached
    /// with the credential that opened it, and the way there.
    pub fn of_radius(input: &RadiusHighlight<'_>) -> Self {
        let &RadiusHighlight { map, graph, subject, radius } = input;
        let mut highlight =
            map.mark_of(subject).map_or_else(|| Self::dark(map), |mark| Self::around(map, mark));
        for reached in &radius.reached {
            if let Some(mark) = map.mark_of(Subject::Instance(reached.instance)) {
                highlight.light_mark(mark, HighlightLevel::Lit);
            }
            if let Some(mark) = map.mark_of(Subject::Credential(reached.via)) {
                highlight.light_mark(mark, HighlightLevel::Lit);
            }
            if let Some(link) = map.link_between(reached.via, reached.instance) {
                highlight.light_link(link, HighlightLevel::Lit);
            }
            if let Some(from) = reached.from
                && let Some(link) = map.link_between(reached.via, from)
            {
                highlight.light_link(link, HighlightLevel::Lit);
            }
        }
        if let Subject::Credential(credential) = subject {
            highlight.light_holders(map, graph, credential);
        }
        highlight
    }

    /// Lights the hops of paths: where each starts, and every credential with what it opens.
    pub fn of_paths(map: &Map, paths: &[Path]) -> Self {
        let mut highlight = Self::dark(map);
        for path in paths {
            if let Some(start) = map.mark_of(Subject::Instance(path.from)) {
                highlight.light_mark(start, HighlightLevel::Lit);
            }
            for hop in &path.hops {
                let ends = [Subject::Credential(hop.credential), Subject::Instance(hop.to)];
                for mark in ends.into_iter().filter_map(|end| map.mark_of(end)) {
                    highlight.light_mark(mark, HighlightLevel::Lit);
                }
                let ways = [hop.from, Some(hop.to)];
                for link in ways.into_iter().flatten() {
                    if let Some(link) = map.link_between(hop.credential, link) {
                        highlight.light_link(link, HighlightLevel::Lit);
                    }
                }
            }
        }
        highlight
    }

    /// Who holds the credential in question is where the way into it starts.
    fn light_holders(&mut self, map: &Map, graph: &AccessGraph, credential: CredentialIndex) {
        for &edge in graph.held_by(credential) {
            let holder = graph.edge(edge).instance;
            if let Some(mark) = map.mark_of(Subject::Instance(holder)) {
                self.light_mark(mark, HighlightLevel::Lit);
            }
            if let Some(link) = map.link_between(credential, holder) {
                self.light_link(link, HighlightLevel::Lit);
            }
        }
    }

    fn light_mark(&mut self, mark: u32, light: HighlightLevel) {
        if let Some(slot) = self.marks.get_mut(mark as usize) {
            *slot = (*slot).max(light);
        }
    }

    fn light_link(&mut self, link: u32, light: HighlightLevel) {
        if let Some(slot) = self.links.get_mut(link as usize) {
            *slot = (*slot).max(light);
        }
    }
}

/// What [`Highlight::of_radius`] needs.
#[derive(Clone, Copy, Debug)]
pub struct RadiusHighlight<'a> {
    /// The map.
    pub map: &'a Map,
    /// The graph behind it.
    pub graph: &'a AccessGraph,
    /// What is selected.
    pub subject: Subject,
    /// Its blast radius.
    pub radius: &'a BlastRadius,
}
