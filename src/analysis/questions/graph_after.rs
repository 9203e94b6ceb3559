//! The graph that is there once fixes are done, on which every question can be asked again.

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::replacement_credentials::Replacements;
use crate::analysis::questions::findings_after::touched;
use crate::graph::AccessGraph;

/// The graph after fixes, one after another. What a fix makes of a credential has its name, with what
/// tells the pieces apart in brackets; what is revoked is gone; the rows behind every link stay.
/// Identities that cannot be carried away are credentials of their own, which only their holders use.
///
/// Costs time in proportion to nodes, edges and rows.
pub fn graph_after(graph: &AccessGraph, fixes: &[Fix]) -> AccessGraph {
    let before = Movement::new(graph, Counting::All);
    let refit = Replacements::after(graph, &before, fixes);
    let (carriers, _) = refit.carriers();
    let (retired, made) = touched(graph, &refit, &carriers, fixes);
    graph.replaced(&retired, &made)
}
