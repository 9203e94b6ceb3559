//! The names of credentials across imports: a credential that an import lacks is found again by its
//! fingerprint in a later one, whatever it is called there.

use std::collections::BTreeMap;

use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::Fingerprint;
use crate::project::subject_name::CredentialName;

/// The fingerprints of credentials that the project speaks of and its inventory no longer has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LostCredentials(pub BTreeMap<CredentialName, Fingerprint>);

/// Which names credentials have in a newer inventory.
pub(super) struct Renaming<'a> {
    graphs: (&'a AccessGraph, &'a AccessGraph),
    same: &'a [Option<CredentialIndex>],
    lost: &'a LostCredentials,
    /// Where the lost ones are in the newer inventory.
    found: BTreeMap<Fingerprint, CredentialIndex>,
}

impl<'a> Renaming<'a> {
    /// Costs a pass over the newer credentials where some were lost.
    pub(super) fn new(
        graphs: (&'a AccessGraph, &'a AccessGraph),
        same: &'a [Option<CredentialIndex>],
        lost: &'a LostCredentials,
    ) -> Self {
        let mut found = BTreeMap::new();
        if !lost.0.is_empty() {
            let new = graphs.1;
            found = lost_among(new, lost);
        }
        Self { graphs, same, lost, found }
    }

    /// The name in the newer inventory; where it has none, the one that it had.
    pub(super) fn newer(&self, name: &CredentialName) -> CredentialName {
        let (_, new) = self.graphs;
        let Some(fingerprint) = self.lost.0.get(name) else {
            return name.renewed(self.graphs, self.same);
        };
        if let Some(&at) = self.found.get(fingerprint) {
            return CredentialName::of(new, at);
        }
        let id = name.as_str();
        let is_another = |at| new.fingerprint_of(at).is_some_and(|own| own != *fingerprint);
        match new.find_credential(id) {
            Some(at) if is_another(at) => CredentialName::Gone(id.to_owned()),
            _ => name.clone(),
        }
    }

    /// Those of some names that the newer inventory does not have, with the fingerprints by which a
    /// later one can have them again.
    pub(super) fn still_lost(&self, names: &[CredentialName]) -> LostCredentials {
        let (old, new) = self.graphs;
        let lost = names.iter().filter_map(|name| {
            let newer = self.newer(name);
            if newer.found_in(new).found().is_some() {
                return None;
            }
            let own = name.found_in(old).found().and_then(|at| old.fingerprint_of(at));
            Some((newer, self.lost.0.get(name).copied().or(own)?))
        });
        LostCredentials(lost.collect())
    }
}

/// The credentials that have fingerprints of lost ones, each alone.
fn lost_among(new: &AccessGraph, lost: &LostCredentials) -> BTreeMap<Fingerprint, CredentialIndex> {
    let wanted: std::collections::BTreeSet<Fingerprint> = lost.0.values().copied().collect();
    let mut found: BTreeMap<Fingerprint, Vec<CredentialIndex>> = BTreeMap::new();
    for at in new.credential_indices() {
        if let Some(own) = new.fingerprint_of(at).filter(|own| wanted.contains(own)) {
            found.entry(own).or_default().push(at);
        }
    }
    let alone = found.into_iter().filter_map(|(own, all)| match all.as_slice() {
        [one] => Some((own, *one)),
        _ => None,
    });
    alone.collect()
}
