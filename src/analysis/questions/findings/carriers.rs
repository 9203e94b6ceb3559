//! Which credentials lie on a path from an entry point to a crown jewel.

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::{Ends, ends};
use crate::analysis::movement::network::{Corridor, Movement};
use crate::graph::AccessGraph;

/// Which credentials carry an attacker from an entry point towards a crown jewel.
pub(crate) struct CrossedTrust {
    pub(crate) ends: Ends,
    pub(crate) all: Vec<bool>,
    pub(crate) stated: Vec<bool>,
}

impl CrossedTrust {
    /// Costs time in proportion to the edges.
    pub(crate) fn new(graph: &AccessGraph) -> Self {
        let ends = ends(graph);
        let carrying = |counting| {
            let movement = Movement::new(graph, counting);
            let corridor = Corridor::new(&movement, &ends.entry_points, &ends.crown_jewels);
            let all = graph.credential_indices();
            all.map(|at| corridor.carries(&movement, at.0)).collect::<Vec<bool>>()
        };
        let (all, stated) = (carrying(Counting::All), carrying(Counting::StatedOnly));
        Self { ends, all, stated }
    }
}
