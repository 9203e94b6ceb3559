//! The movement of an attacker as a petgraph, for checking and for export.

use petgraph::graph::{DiGraph, NodeIndex};

use super::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind, InstanceIndex};

/// A node of [`AccessGraph::to_petgraph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// A service instance from which an attacker goes on.
    Instance(InstanceIndex),
    /// A service instance entered by a grant that is too low to go on from there.
    Entered(InstanceIndex),
    /// A credential.
    Credential(CredentialIndex),
}

impl AccessGraph {
    /// The movement through live credentials as a petgraph.
    ///
    /// Nodes are all instances, then all credentials, in their order, then an
    /// [`Node::Entered`] for each instance that some grant opens without a pivot. Dead
    /// credentials stand there without edges.
    pub fn to_petgraph(&self) -> DiGraph<Node, EdgeIndex> {
        let (instances, credentials) = (self.instances().len(), self.credentials().len());
        let mut moves = DiGraph::with_capacity(instances + credentials, self.edges().len());
        for instance in 0..instances as u32 {
            moves.add_node(Node::Instance(InstanceIndex(instance)));
        }
        for credential in 0..credentials as u32 {
            moves.add_node(Node::Credential(CredentialIndex(credential)));
        }
        let mut entered = vec![None; instances];
        for (index, edge) in self.edges().iter().enumerate() {
            if !self.credential(edge.credential).is_live() {
                continue;
            }
            let instance = NodeIndex::new(edge.instance.index());
            let credential = NodeIndex::new(instances + edge.credential.index());
            let weight = EdgeIndex(index as u32);
            match edge.kind {
                EdgeKind::Holds => moves.add_edge(instance, credential, weight),
                EdgeKind::Grants if edge.pivots => moves.add_edge(credential, instance, weight),
                EdgeKind::Grants => {
                    let Some(slot) = entered.get_mut(edge.instance.index()) else { continue };
                    let node =
                        *slot.get_or_insert_with(|| moves.add_node(Node::Entered(edge.instance)));
                    moves.add_edge(credential, node, weight)
                }
            };
        }
        moves
    }
}
