//! Readable names for credentials that have no id: what holds them and what they open.

use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex};

/// How many services a name lists on each side of its arrow.
const MOST: usize = 2;

impl AccessGraph {
    /// What a credential without any id can be called: `Jenkins → Webshop`, the services that hold it
    /// and those that it grants. Those that do both are named only where a side has no others.
    ///
    /// `None` for a credential with an id, and for one that no service is linked to. Such a name is
    /// not unique, and finds nothing.
    pub fn readable_name(&self, credential: CredentialIndex) -> Option<String> {
        let is_unnamed = self.aliases(credential).is_empty()
            && self.credential_name(credential).starts_with("unnamed");
        if !is_unnamed {
            return None;
        }
        let names = |edges: &[EdgeIndex]| {
            let instances = edges.iter().map(|edge| self.edge(*edge).instance);
            let mut names: Vec<&str> = instances.map(|at| self.service_name(at)).collect();
            names.dedup();
            names
        };
        let holders = names(self.held_by(credential));
        let targets = names(self.grants(credential));
        let without = |all: &[&str], others: &[&str]| {
            let alone = all.iter().filter(|name| others.binary_search(name).is_err());
            listed(&alone.copied().collect::<Vec<_>>()).or_else(|| listed(all))
        };
        match (without(&holders, &targets), without(&targets, &holders)) {
            (None, None) => None,
            (Some(holders), None) => Some(format!("held by {holders}")),
            (None, Some(targets)) => Some(format!("grants {targets}")),
            (Some(both), Some(targets)) if both == targets => Some(both),
            (Some(holders), Some(targets)) => Some(format!("{holders} → {targets}")),
        }
    }
}

/// The first names, and how many more there are; `None` where there is none.
fn listed(names: &[&str]) -> Option<String> {
    let first = names.get(..names.len().min(MOST))?.join(", ");
    match names.len() {
        0 => None,
        count if count > MOST => Some(format!("{first} and {} more", count - MOST)),
        _ => Some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_each_side_are_named_and_the_rest_is_counted() {
        assert_eq!(listed(&[]), None);
        assert_eq!(listed(&["a", "b"]).as_deref(), Some("a, b"));
        assert_eq!(listed(&["a", "b", "c", "d", "e"]).as_deref(), Some("a, b and 3 more"));
    }
}
