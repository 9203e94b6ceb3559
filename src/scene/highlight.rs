//! Which marks and links are emphasised, and which are dimmed.

use super::map::Map;
use crate::analysis::{BlastRadius, Path, ReachedBy, Step, Subject};
use crate::graph::{AccessGraph, CredentialIndex};

/// How strongly something is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum HighlightLevel {
    /// Dimmed: at a quarter of its strength.
    #[default]
    Dimmed,
    /// Next to what is highlighted: at its full strength.
    Near,
    /// Highlighted.
    Lit,
}

/// The level of every mark and link of a map. Without a highlight everything is drawn at its full
/// strength.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    marks: Vec<HighlightLevel>,
    links: Vec<HighlightLevel>,
    /// Those of the highest level.
    lit_marks: Vec<u32>,
    lit_links: Vec<u32>,
}

impl Highlight {
    fn dimmed(map: &Map) -> Self {
        Self {
            marks: vec![HighlightLevel::Dimmed; map.marks.len()],
            links: vec![HighlightLevel::Dimmed; map.links.len()],
            lit_marks: Vec::new(),
            lit_links: Vec::new(),
        }
    }

    /// The level of a mark.
    pub fn mark(&self, mark: u32) -> HighlightLevel {
        self.marks.get(mark as usize).copied().unwrap_or_default()
    }

    /// The level of a link.
    pub fn link(&self, link: u32) -> HighlightLevel {
        self.links.get(link as usize).copied().unwrap_or_default()
    }

    /// The highlighted marks, in no order.
    pub fn lit_marks(&self) -> &[u32] {
        &self.lit_marks
    }

    /// The highlighted links, in no order.
    pub fn lit_links(&self) -> &[u32] {
        &self.lit_links
    }

    /// Highlights a mark, and shows what it is linked to.
    pub fn around(map: &Map, mark: u32) -> Self {
        let mut highlight = Self::dimmed(map);
        highlight.raise_around(map, mark);
        highlight
    }

    /// Raises a mark with its links and what they lead to.
    fn raise_around(&mut self, map: &Map, mark: u32) {
        self.raise_mark(mark, HighlightLevel::Lit);
        for &link in map.links_of(mark) {
            self.raise_link(link, HighlightLevel::Near);
            if let Some(ends) = map.links.get(link as usize) {
                self.raise_mark(ends.credential, HighlightLevel::Near);
                self.raise_mark(ends.instance, HighlightLevel::Near);
            }
        }
    }

    /// Highlights subjects, their own links, and everything in their blast radius: each instance
    /// reached with the credential that opened it, and the way there.
    pub fn of_radius(input: &RadiusHighlight<'_>) -> Self {
        let &RadiusHighlight { map, graph, subjects, radius, most_hops } = input;
        let mut highlight = Self::dimmed(map);
        for mark in subjects.iter().filter_map(|subject| map.mark_of(*subject)) {
            match most_hops {
                // What it is linked to is for the hops to come.
                Some(_) => highlight.raise_mark(mark, HighlightLevel::Lit),
                None => highlight.raise_around(map, mark),
            }
        }
        let is_told = |hops: u32| most_hops.is_none_or(|most| hops <= most);
        for reached in radius.reached.iter().filter(|reached| is_told(reached.hops)) {
            if let Some(mark) = map.mark_of(Subject::Instance(reached.instance)) {
                highlight.raise_mark(mark, HighlightLevel::Lit);
            }
            if let Some(mark) = map.mark_of(Subject::Credential(reached.via)) {
                highlight.raise_mark(mark, HighlightLevel::Lit);
            }
            if let Some(link) = map.link_between(reached.via, reached.instance) {
                highlight.raise_link(link, HighlightLevel::Lit);
            }
            if let Some(from) = reached.from
                && let Some(link) = map.link_between(reached.via, from)
            {
                highlight.raise_link(link, HighlightLevel::Lit);
            }
        }
        for subject in subjects {
            if let Subject::Credential(credential) = subject {
                highlight.raise_holders(map, graph, *credential);
            }
        }
        highlight
    }

    /// Highlights the hops of paths: where each starts, and every credential with what it opens.
    pub fn of_paths(map: &Map, paths: &[Path]) -> Self {
        Self::of_first_hops(map, paths, usize::MAX)
    }

    /// The same of at most this number of hops of each path.
    pub fn of_first_hops(map: &Map, paths: &[Path], most: usize) -> Self {
        let mut highlight = Self::dimmed(map);
        for path in paths {
            if let Some(start) = map.mark_of(Subject::Instance(path.from)) {
                highlight.raise_mark(start, HighlightLevel::Lit);
            }
            for hop in path.hops.iter().take(most) {
                highlight.raise_hop(map, hop);
            }
        }
        highlight
    }

    /// Highlights an instance, the entry points that reach it, and their ways.
    pub fn of_reached_by(map: &Map, reached_by: &ReachedBy) -> Self {
        let mut highlight = Self::dimmed(map);
        if let Some(mark) = map.mark_of(Subject::Instance(reached_by.to)) {
            highlight.raise_mark(mark, HighlightLevel::Lit);
        }
        for hop in &reached_by.backwards {
            highlight.raise_hop(map, &hop.step);
        }
        highlight
    }

    /// Highlights some marks, and the links between two of them.
    pub fn of_subjects(map: &Map, subjects: impl Iterator<Item = Subject>) -> Self {
        let mut highlight = Self::dimmed(map);
        for mark in subjects.filter_map(|subject| map.mark_of(subject)) {
            highlight.raise_mark(mark, HighlightLevel::Lit);
        }
        for (at, link) in (0_u32..).zip(&map.links) {
            let is_lit = |mark| highlight.mark(mark) == HighlightLevel::Lit;
            if is_lit(link.credential) && is_lit(link.instance) {
                highlight.raise_link(at, HighlightLevel::Lit);
            }
        }
        highlight
    }

    /// Another highlight, or none, with everything dimmed that does not pass. Costs time in proportion
    /// to the marks and links.
    pub fn dimmed_where(map: &Map, lit: Option<&Self>, passes: impl Fn(u32) -> bool) -> Self {
        let mut highlight = Self::dimmed(map);
        for mark in (0..map.marks.len() as u32).filter(|mark| passes(*mark)) {
            let level = lit.map_or(HighlightLevel::Near, |own| own.mark(mark));
            highlight.raise_mark(mark, level);
        }
        for (at, link) in (0_u32..).zip(&map.links) {
            if passes(link.credential) && passes(link.instance) {
                let level = lit.map_or(HighlightLevel::Near, |own| own.link(at));
                highlight.raise_link(at, level);
            }
        }
        highlight
    }

    /// Highlights a hop: the credential, where it was found, what it opened, and the links between.
    fn raise_hop(&mut self, map: &Map, hop: &Step) {
        let instances = [hop.from, Some(hop.to)].into_iter().flatten();
        for instance in instances {
            if let Some(mark) = map.mark_of(Subject::Instance(instance)) {
                self.raise_mark(mark, HighlightLevel::Lit);
            }
            if let Some(link) = map.link_between(hop.credential, instance) {
                self.raise_link(link, HighlightLevel::Lit);
            }
        }
        if let Some(mark) = map.mark_of(Subject::Credential(hop.credential)) {
            self.raise_mark(mark, HighlightLevel::Lit);
        }
    }

    /// Highlights the holders of a credential: the way to it starts there.
    fn raise_holders(&mut self, map: &Map, graph: &AccessGraph, credential: CredentialIndex) {
        for &edge in graph.held_by(credential) {
            let holder = graph.edge(edge).instance;
            if let Some(mark) = map.mark_of(Subject::Instance(holder)) {
                self.raise_mark(mark, HighlightLevel::Lit);
            }
            if let Some(link) = map.link_between(credential, holder) {
                self.raise_link(link, HighlightLevel::Lit);
            }
        }
    }

    fn raise_mark(&mut self, mark: u32, level: HighlightLevel) {
        if let Some(slot) = self.marks.get_mut(mark as usize).filter(|slot| **slot < level) {
            *slot = level;
            if level == HighlightLevel::Lit {
                self.lit_marks.push(mark);
            }
        }
    }

    fn raise_link(&mut self, link: u32, level: HighlightLevel) {
        if let Some(slot) = self.links.get_mut(link as usize).filter(|slot| **slot < level) {
            *slot = level;
            if level == HighlightLevel::Lit {
                self.lit_links.push(link);
            }
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
    pub subjects: &'a [Subject],
    /// The blast radius of all of it.
    pub radius: &'a BlastRadius,
    /// Up to how many hops it is highlighted, without what is linked to it beside that; all without.
    pub most_hops: Option<u32>,
}
