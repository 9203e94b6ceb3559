//! What is still reached once fixes are made, in terms of what is there without them.

use std::collections::BTreeMap;

use crate::analysis::{
    BlastRadius, Counting, Fix, Path, Reached, ReachedBy, Starts, Step, Subject, blast_radius,
    graph_after,
};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::CredentialId;

/// The graph after fixes, and which of its credentials were made of which.
#[derive(Debug)]
pub(crate) struct AfterFixes {
    graph: AccessGraph,
    /// What each credential was before.
    origins: Vec<Option<CredentialIndex>>,
    /// What became of each credential of which a row speaks.
    pieces: BTreeMap<CredentialIndex, Vec<CredentialIndex>>,
}

impl AfterFixes {
    /// Costs time in proportion to nodes, edges and rows.
    pub(crate) fn of(before: &AccessGraph, fixes: &[Fix]) -> Self {
        let graph = graph_after(before, fixes);
        let known = before.credential_indices();
        let known = known.filter_map(|at| Some((before.spoken_credential(at)?, at)));
        let known: BTreeMap<CredentialId, CredentialIndex> = known.collect();
        let origin = |at| known.get(&graph.spoken_credential(at)?).copied();
        let origins: Vec<_> = graph.credential_indices().map(origin).collect();
        let mut pieces: BTreeMap<CredentialIndex, Vec<CredentialIndex>> = BTreeMap::new();
        for (at, origin) in graph.credential_indices().zip(&origins) {
            if let Some(origin) = origin {
                pieces.entry(*origin).or_default().push(at);
            }
        }
        Self { graph, origins, pieces }
    }

    fn pieces_of(&self, at: CredentialIndex) -> &[CredentialIndex] {
        self.pieces.get(&at).map_or(&[], Vec::as_slice)
    }

    /// What still falls with some subjects: each instance with the credential by which it is entered, as that
    /// was before. Takes time in proportion to what is reached.
    pub(crate) fn radius(&self, subjects: &[Subject]) -> BlastRadius {
        let mut starts = Starts::default();
        for subject in subjects {
            match *subject {
                Subject::Instance(at) => starts.instances.push(at),
                // An identity that cannot be carried away is no start.
                Subject::Credential(at) => {
                    let pieces = self.pieces_of(at).iter().copied();
                    let loose = pieces.filter(|piece| !self.graph.credential(*piece).bound);
                    starts.credentials.extend(loose);
                }
            }
        }
        let found = blast_radius(&self.graph, &starts, Counting::All);
        let as_before = |reached: Reached| {
            let via = self.origins.get(reached.via.index()).copied().flatten()?;
            Some(Reached { via, ..reached })
        };
        let mut radius = BlastRadius::default();
        radius.reached = found.reached.into_iter().filter_map(as_before).collect();
        radius
    }

    /// Whether a hop can still be made: something that its credential became is where that was found, and
    /// grants what it opened.
    fn is_left(&self, hop: &Step) -> bool {
        let has = |edges: &[crate::graph::EdgeIndex], at: InstanceIndex| {
            edges.iter().any(|edge| self.graph.edge(*edge).instance == at)
        };
        self.pieces_of(hop.credential).iter().any(|&piece| {
            hop.from.is_none_or(|from| has(self.graph.held_by(piece), from))
                && has(self.graph.grants(piece), hop.to)
        })
    }

    /// The same paths, each up to the first hop that cannot be made any more.
    pub(crate) fn paths(&self, paths: &[Path]) -> Vec<Path> {
        let left = |path: &Path| {
            let hops = path.hops.iter().take_while(|hop| self.is_left(hop)).copied().collect();
            Path { hops, ..path.clone() }
        };
        paths.iter().map(left).collect()
    }

    /// Of the ways to an instance those hops that still lead there.
    pub(crate) fn ways(&self, found: &ReachedBy) -> ReachedBy {
        let mut leading = vec![found.to];
        let mut left = ReachedBy::nobody(found.to);
        // Those that lead into the instance come first, then those into where these start.
        for hop in &found.backwards {
            if leading.contains(&hop.step.to) && self.is_left(&hop.step) {
                leading.extend(hop.step.from);
                left.backwards.push(*hop);
            }
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FixKind;
    use crate::graph::testing::graph;

    // ```text
    // shop@dev ──k──▶ pay@prod ──m──▶ vault@prod
    // pay@prod ──k──▶ pay@prod
    // ```
    const ROWS: &str = "k holds shop@dev,pay@prod\nk grants pay@prod\nm holds pay@prod\n\
                        m grants vault@prod";

    fn after(graph: &AccessGraph, id: &str, kind: FixKind) -> AfterFixes {
        let at = graph.find_credential(id).expect("it is there");
        AfterFixes::of(graph, &[Fix::new(at, kind)])
    }

    fn reached(graph: &AccessGraph, after: &AfterFixes, from: Subject) -> Vec<(String, String)> {
        let name = |own: &Reached| {
            (graph.instance_name(own.instance), graph.credential_name(own.via).to_owned())
        };
        after.radius(&[from]).reached.iter().map(name).collect()
    }

    #[test]
    fn what_lies_behind_a_split_or_a_revoked_credential_is_no_longer_reached() {
        let graph = graph(ROWS);
        let shop = Subject::Instance(graph.find_instance("shop", "dev").expect("it is there"));
        let m = graph.find_credential("m").expect("it is there");
        let two = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(at, via)| ((*at).to_owned(), (*via).to_owned())).collect()
        };
        let none = AfterFixes::of(&graph, &[]);
        let whole = two(&[("pay in prod", "k"), ("vault in prod", "m")]);
        assert_eq!(reached(&graph, &none, shop), whole);
        // The new one of dev grants nothing in prod.
        let split = after(&graph, "k", FixKind::SplitByEnvironment);
        assert!(reached(&graph, &split, shop).is_empty());
        let no_m = after(&graph, "m", FixKind::Revoke);
        assert_eq!(reached(&graph, &no_m, shop), two(&[("pay in prod", "k")]));
        assert!(reached(&graph, &no_m, Subject::Credential(m)).is_empty());
        // What becomes of k in prod still opens all that it did there.
        let k = graph.find_credential("k").expect("it is there");
        assert_eq!(reached(&graph, &split, Subject::Credential(k)), whole);
        // As identities of their holders they can be carried nowhere.
        let bound = after(&graph, "k", FixKind::WorkloadIdentity);
        assert!(reached(&graph, &bound, Subject::Credential(k)).is_empty());
        assert_eq!(reached(&graph, &bound, shop), whole);
    }

    #[test]
    fn a_path_ends_before_its_first_cut_hop() {
        let graph = graph(ROWS);
        let [shop, vault] = [("shop", "dev"), ("vault", "prod")]
            .map(|(service, label)| graph.find_instance(service, label).expect("it is there"));
        let found = blast_radius(
            &graph,
            &Starts { instances: vec![shop], credentials: Vec::new() },
            Counting::All,
        );
        let path = Path { from: shop, to: vault, hops: found.chain_to(vault) };
        assert_eq!(path.hops.len(), 2);
        let left = |id: &str, kind: FixKind| {
            after(&graph, id, kind).paths(std::slice::from_ref(&path))[0].hops.len()
        };
        assert_eq!(left("m", FixKind::Revoke), 1);
        assert_eq!(left("k", FixKind::SplitByEnvironment), 0);
        assert_eq!(left("m", FixKind::SplitByEnvironment), 2);
    }
}
