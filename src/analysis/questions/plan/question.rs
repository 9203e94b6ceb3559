//! What a plan is made for.

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::questions::minimum_cut::Costs;
use crate::graph::AccessGraph;

/// What is planned for.
#[derive(Clone, Copy)]
pub struct PlanQuestion<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// Its movement, or that of stated access alone.
    pub movement: &'a Movement,
    /// Where attackers start, and what must not fall.
    pub ends: &'a Ends,
    /// What it costs to fix each credential.
    pub costs: &'a Costs,
}
