//! The network for both ways of counting.

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::network::Movement;
use crate::graph::AccessGraph;

/// The network with all access and with stated access alone: one and the same where nothing is assumed.
#[derive(Debug)]
pub struct Movements {
    all: Movement,
    stated: Option<Movement>,
}

impl Movements {
    /// Costs time in proportion to the edges.
    pub fn new(graph: &AccessGraph) -> Self {
        let all = || Movement::new(graph, Counting::All);
        let stated = || graph.assumes().then(|| Movement::new(graph, Counting::StatedOnly));
        let (all, stated) = rayon::join(all, stated);
        Self { all, stated }
    }

    /// With all access.
    pub fn all(&self) -> &Movement {
        &self.all
    }

    /// With stated access alone; the very same as all where nothing is assumed.
    pub fn stated(&self) -> &Movement {
        self.stated.as_ref().unwrap_or(&self.all)
    }

    /// Both: all access, and stated access alone.
    pub fn both(&self) -> (&Movement, &Movement) {
        (self.all(), self.stated())
    }
}
