//! What something is linked to.

use crate::analysis::Subject;
use crate::graph::{AccessGraph, EdgeIndex};

/// What a subject is linked to, each once, by name. Costs a sort of its links.
pub(crate) fn neighbours(graph: &AccessGraph, of: Subject) -> Vec<Subject> {
    let mut all: Vec<Subject> = links(graph, of).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The other ends of a subject's links: those of one that holds and grants stand there twice.
pub(crate) fn links(graph: &AccessGraph, of: Subject) -> impl Iterator<Item = Subject> + '_ {
    let (held, granted): (&[EdgeIndex], &[EdgeIndex]) = match of {
        Subject::Credential(at) => (graph.held_by(at), graph.grants(at)),
        Subject::Instance(at) => (graph.holds(at), graph.granted_by(at)),
    };
    held.iter().chain(granted).map(move |&edge| {
        let edge = graph.edge(edge);
        match of {
            Subject::Credential(_) => Subject::Instance(edge.instance),
            Subject::Instance(_) => Subject::Credential(edge.credential),
        }
    })
}
