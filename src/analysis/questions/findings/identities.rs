//! Which identities have several live credentials.

use std::collections::BTreeMap;

use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::NameId;

/// For each identity with several live credentials those, by name.
pub(crate) type Identities = BTreeMap<NameId, Vec<CredentialIndex>>;

/// The identities of those that are `asked` about. Costs time in proportion to the credentials.
pub(crate) fn identities(graph: &AccessGraph, asked: impl Fn(NameId) -> bool) -> Identities {
    let mut groups = Identities::new();
    for at in graph.credential_indices() {
        let credential = graph.credential(at);
        let counts = credential.is_live() && !credential.bound;
        if let Some(identity) = credential.identity.filter(|&identity| counts && asked(identity)) {
            groups.entry(identity).or_default().push(at);
        }
    }
    groups.retain(|_, credentials| credentials.len() > 1);
    groups
}
