//! An inventory under assumptions: who holds and who grants, merged, named and sorted.
//!
//! [`AccessGraph::build`] decides everything that the inventory leaves open: which rows speak of
//! the same service instance, whether a credential is alive, what an unstated access means and
//! from which grant an attacker goes on. Nodes are sorted by name, so that the order of indices is
//! the order of names and ties need no further thought. Every edge leads back to the rows behind
//! it.

mod grouped;
mod index;
mod role;
mod nodes;
mod stated_part;
mod name_order;
mod access_graph;
mod hop_rows;
mod stated_links;
mod readable_name;
mod build;
mod movement;
mod refit;
mod replaced;
mod renamed;
pub mod testing;
#[doc(hidden)]
pub use access_graph::AccessGraph;
pub(crate) use grouped::Grouped;
pub use index::{CredentialIndex, EdgeIndex, EnvironmentIndex, InstanceIndex, OwnerIndex};
pub use movement::Node;
pub use nodes::{Credential, Edge, EdgeKind, Environment, Instance, Life, LifeDoubt};
pub(crate) use refit::Refitted;
pub(crate) use renamed::{OtherNames, OtherTexts};
pub use role::Role;
pub(crate) use stated_links::StatedLinks;
pub(crate) use stated_part::StatedPart;
