//! Which credentials lie on a path from an entry point to a crown jewel.

use crate::analysis::movement::ends::{Ends, ends};
use crate::analysis::movement::movements::Movements;
use crate::analysis::movement::network::{Movement, mark};
use crate::analysis::movement::reach::both;
use crate::analysis::movement::simple_paths::on_simple_paths;
use crate::graph::AccessGraph;

/// Which credentials carry an attacker from an entry point towards a crown jewel, on a path that is in
/// no instance twice.
#[derive(Clone, Debug)]
pub(crate) struct CrossedTrust {
    pub(crate) ends: Ends,
    pub(crate) all: Vec<bool>,
    pub(crate) stated: Vec<bool>,
}

impl CrossedTrust {
    /// Costs time in proportion to the edges.
    pub(crate) fn new(graph: &AccessGraph, movements: &Movements) -> Self {
        let ends = ends(graph);
        let carrying =
            |movement: &Movement| Some(carrying(movement, &ends, graph.credentials().len()));
        let (all, stated) = both(movements.both(), carrying).unwrap_or_default();
        Self { ends, all, stated }
    }
}

/// For each credential of a graph whether it, or a part of it, lies on a path.
pub(crate) fn carrying(movement: &Movement, ends: &Ends, credentials: usize) -> Vec<bool> {
    let on_paths = on_simple_paths(movement, &ends.entry_points, &ends.crown_jewels);
    let mut marks = vec![false; credentials];
    for (origin, _) in movement.origins.iter().zip(on_paths).filter(|(_, on_path)| *on_path) {
        mark(&mut marks, origin.0);
    }
    marks
}
