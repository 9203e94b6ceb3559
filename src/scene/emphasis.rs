//! What is in question: which marks and links are lit, and which step back.

use super::Map;
use crate::analysis::{BlastRadius, Path, Subject};
use crate::graph::{AccessGraph, CredentialIndex};

/// How strongly something is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
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
pub struct Emphasis {
    marks: Vec<Light>,
    links: Vec<Light>,
}

impl Emphasis {
    fn dark(map: &Map) -> Self {
        Self {
            marks: vec![Light::Dimmed; map.marks.len()],
            links: vec![Light::Dimmed; map.links.len()],
        }
    }

    /// The light on a mark.
    pub fn mark(&self, mark: u32) -> Light {
        self.marks.get(mark as usize).copied().unwrap_or_default()
    }

    /// The light on a link.
    pub fn link(&self, link: u32) -> Light {
        self.links.get(link as usize).copied().unwrap_or_default()
    }

    /// Lights a mark and what it is linked to; for what the pointer is over.
    pub fn around(map: &Map, mark: u32) -> Self {
        let mut emphasis = Self::dark(map);
        emphasis.light_mark(mark, Light::Lit);
        for &link in map.links_of(mark) {
            emphasis.light_link(link, Light::Near);
            if let Some(ends) = map.links.get(link as usize) {
                emphasis.light_mark(ends.credential, Light::Near);
                emphasis.light_mark(ends.instance, Light::Near);
            }
        }
        emphasis
    }

    /// Lights a subject, its own links, and everything in its blast radius: each instance reached
    /// with the credential that opened it, and the way there.
    pub fn of_radius(input: &RadiusLight<'_>) -> Self {
        let &RadiusLight { map, graph, subject, radius } = input;
        let mut emphasis =
            map.mark_of(subject).map_or_else(|| Self::dark(map), |mark| Self::around(map, mark));
        for reached in &radius.reached {
            if let Some(mark) = map.mark_of(Subject::Instance(reached.instance)) {
                emphasis.light_mark(mark, Light::Lit);
            }
            if let Some(mark) = map.mark_of(Subject::Credential(reached.via)) {
                emphasis.light_mark(mark, Light::Lit);
            }
            if let Some(link) = map.link_between(reached.via, reached.instance) {
                emphasis.light_link(link, Light::Lit);
            }
            if let Some(from) = reached.from
                && let Some(link) = map.link_between(reached.via, from)
            {
                emphasis.light_link(link, Light::Lit);
            }
        }
        if let Subject::Credential(credential) = subject {
            emphasis.light_holders(map, graph, credential);
        }
        emphasis
    }

    /// Lights the hops of paths: where each starts, and every credential with what it opens.
    pub fn of_paths(map: &Map, paths: &[Path]) -> Self {
        let mut emphasis = Self::dark(map);
        for path in paths {
            if let Some(start) = map.mark_of(Subject::Instance(path.from)) {
                emphasis.light_mark(start, Light::Lit);
            }
            for hop in &path.hops {
                let ends = [Subject::Credential(hop.credential), Subject::Instance(hop.to)];
                for mark in ends.into_iter().filter_map(|end| map.mark_of(end)) {
                    emphasis.light_mark(mark, Light::Lit);
                }
                let ways = [hop.from, Some(hop.to)];
                for link in ways.into_iter().flatten() {
                    if let Some(link) = map.link_between(hop.credential, link) {
                        emphasis.light_link(link, Light::Lit);
                    }
                }
            }
        }
        emphasis
    }

    /// Who holds the credential in question is where the way into it starts.
    fn light_holders(&mut self, map: &Map, graph: &AccessGraph, credential: CredentialIndex) {
        for &edge in graph.held_by(credential) {
            let holder = graph.edge(edge).instance;
            if let Some(mark) = map.mark_of(Subject::Instance(holder)) {
                self.light_mark(mark, Light::Lit);
            }
            if let Some(link) = map.link_between(credential, holder) {
                self.light_link(link, Light::Lit);
            }
        }
    }

    fn light_mark(&mut self, mark: u32, light: Light) {
        if let Some(slot) = self.marks.get_mut(mark as usize) {
            *slot = (*slot).max(light);
        }
    }

    fn light_link(&mut self, link: u32, light: Light) {
        if let Some(slot) = self.links.get_mut(link as usize) {
            *slot = (*slot).max(light);
        }
    }
}

/// What [`Emphasis::of_radius`] needs.
#[derive(Clone, Copy, Debug)]
pub struct RadiusLight<'a> {
    /// The map.
    pub map: &'a Map,
    /// The graph behind it.
    pub graph: &'a AccessGraph,
    /// What is selected.
    pub subject: Subject,
    /// Its blast radius.
    pub radius: &'a BlastRadius,
}
