//! Which rows are named for a hop: those that state it, where some do.

use super::{AccessGraph, EdgeIndex, InstanceIndex};
use crate::inventory::{Access, Link, Place, SourceId};

/// How little a row states of a link: nothing to hold against it is least.
type Doubt = u8;

impl AccessGraph {
    /// The edge by which an instance holds the credential of a grant.
    pub(crate) fn held_for(&self, from: InstanceIndex, grant: EdgeIndex) -> Option<EdgeIndex> {
        let held = self.held_by(self.edge(grant).credential).iter().copied();
        held.into_iter().find(|&edge| self.edge(edge).instance == from)
    }

    /// The rows to name for a hop: how its credential is held, where it is found somewhere, and how it
    /// opens what it opens. Rows that state the link come before those that leave something to assume,
    /// and of rows that state as much two of one source, which no id has to join. Costs time in
    /// proportion to the rows behind both links.
    pub fn places_of_hop(
        &self,
        from: Option<InstanceIndex>,
        grant: EdgeIndex,
    ) -> (Option<Place>, Option<Place>) {
        let granted = self.best_by_source(grant);
        let Some(held) = from.and_then(|from| self.held_for(from, grant)) else {
            return (None, least(&granted).map(|(_, place)| place));
        };
        let held = self.best_by_source(held);
        let of = |source: SourceId| granted.iter().find(|(_, place)| place.source == source);
        let together = held.iter().filter_map(|&(doubt, place)| {
            let &(other, opened) = of(place.source)?;
            Some((doubt + other, place, opened))
        });
        let together = together.min_by_key(|(doubt, ..)| *doubt);
        let apart = least(&held).zip(least(&granted));
        match (together, apart) {
            (Some((doubt, held, opened)), Some((one, other))) if doubt <= one.0 + other.0 => {
                (Some(held), Some(opened))
            }
            _ => (least(&held).map(|own| own.1), least(&granted).map(|own| own.1)),
        }
    }

    /// The row to name for a link alone: one that states it, where one does.
    pub fn place_of_link(&self, edge: EdgeIndex) -> Option<Place> {
        least(&self.best_by_source(edge)).map(|(_, place)| place)
    }

    /// Of each source the row that states most of a link.
    fn best_by_source(&self, edge: EdgeIndex) -> Vec<(Doubt, Place)> {
        let mut best: Vec<(Doubt, Place)> = Vec::new();
        for (link, place) in self.links_behind(edge).zip(self.evidence(edge)) {
            let doubt = self.doubt(link);
            match best.iter_mut().find(|(_, known)| known.source == place.source) {
                Some(known) if doubt < known.0 => *known = (doubt, place),
                Some(_) => {}
                None => best.push((doubt, place)),
            }
        }
        best
    }

    fn doubt(&self, link: &Link) -> Doubt {
        let is_assumed = link.access == Access::Unstated || link.instance_assumed;
        let is_too_low = link.level < self.assumptions().pivot_needs;
        2 * Doubt::from(is_assumed) + Doubt::from(is_too_low)
    }
}

/// The first with least doubt.
fn least(of: &[(Doubt, Place)]) -> Option<(Doubt, Place)> {
    of.iter().copied().min_by_key(|(doubt, _)| *doubt)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::import::{FileBytes, FingerprintKey, ImportSettings, import};
    use crate::inventory::{Assumptions, Level, Progress};

    const HEAD: &str = "credential_id,service,environment,access,level\n";

    /// The lines that are named for the hop of `k` from ci in dev to web in prod, each with the number of
    /// its source.
    fn named(files: &[&str], needs: Level) -> [(u16, u32); 2] {
        let files = (0..).zip(files).map(|(at, rows)| {
            FileBytes::new(format!("{at}.csv"), format!("{HEAD}{rows}").into_bytes())
        });
        let key = FingerprintKey::from_bytes([1; 32]);
        let settings = ImportSettings::default();
        let read = import(files.collect(), &key, &settings, &Progress::default()).unwrap();
        let as_of = crate::graph::testing::as_of();
        let assumptions = Assumptions { pivot_needs: needs, ..Assumptions::new(as_of) };
        let graph = AccessGraph::build(Arc::new(read), &assumptions);
        let k = graph.find_credential("k").unwrap();
        let from = graph.find_instance("ci", "dev").unwrap();
        let to = graph.find_instance("web", "prod").unwrap();
        let grants = graph.grants(k).iter().copied();
        let grant = grants.into_iter().find(|&edge| graph.edge(edge).instance == to).unwrap();
        let (held, opened) = graph.places_of_hop(Some(from), grant);
        [held, opened].map(|place| place.map(|own| (own.source.0, own.line)).unwrap())
    }

    #[test]
    fn rows_that_state_a_hop_are_named_before_those_that_do_not() {
        let rows = "k,ci,dev,,\nk,ci,dev,holds,\nk,web,prod,,\nk,web,prod,grants,\n";
        assert_eq!(named(&[rows], Level::Unknown), [(0, 3), (0, 5)]);
        // Nothing is stated: the first rows are as good as any.
        let rows = "k,ci,dev,,\nk,ci,dev,,\nk,web,prod,,\n";
        assert_eq!(named(&[rows], Level::Unknown), [(0, 2), (0, 4)]);
    }

    #[test]
    fn the_row_whose_level_lets_an_attacker_go_on_is_named() {
        let rows = "k,ci,dev,holds,\nk,web,prod,grants,read\nk,web,prod,grants,admin\n";
        assert_eq!(named(&[rows], Level::Write), [(0, 2), (0, 4)]);
        assert_eq!(named(&[rows], Level::Unknown), [(0, 2), (0, 3)]);
    }

    #[test]
    fn both_rows_are_of_one_source_where_they_state_as_much() {
        let first = "k,ci,dev,holds,\n";
        let second = "k,ci,dev,holds,\nk,web,prod,grants,\n";
        assert_eq!(named(&[first, second], Level::Unknown), [(1, 2), (1, 3)]);
        // What one source states is better than what another leaves open.
        let open = "k,ci,dev,,\nk,web,prod,grants,\n";
        assert_eq!(named(&[first, open], Level::Unknown), [(0, 2), (1, 3)]);
    }
}
