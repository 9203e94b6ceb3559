//! Finds what was looked at again once other answers stand in the place of the old ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::Subject;
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::CredentialId;

/// The subjects of one graph in another one.
pub(crate) struct FoundAgain<'a> {
    pub(crate) old: &'a AccessGraph,
    pub(crate) new: &'a AccessGraph,
    /// The credentials of the new graph by what import resolved them to, where both graphs are of the
    /// same inventory: under other assumptions they may be called otherwise.
    by_identity: Option<BTreeMap<CredentialId, CredentialIndex>>,
}

impl<'a> FoundAgain<'a> {
    /// Costs a sort of the credentials where both graphs are of the same inventory.
    pub(crate) fn new(old: &'a AccessGraph, new: &'a AccessGraph) -> Self {
        let by_identity = Arc::ptr_eq(old.inventory(), new.inventory()).then(|| {
            let all = new.credential_indices();
            all.filter_map(|at| Some((new.spoken_credential(at)?, at))).collect()
        });
        Self { old, new, by_identity }
    }

    /// The same credential or instance, if it is still there.
    pub(crate) fn subject(&self, subject: Subject) -> Option<Subject> {
        let at = match subject {
            Subject::Instance(at) => {
                let label = &self.old.environment_of(at).label;
                let found = self.new.find_instance(self.old.service_name(at), label);
                return found.map(Subject::Instance);
            }
            Subject::Credential(at) => at,
        };
        let spoken = self.old.spoken_credential(at).zip(self.by_identity.as_ref());
        let named = self.new.find_credential(self.old.credential_name(at));
        let is_same = |other: &CredentialIndex| match &self.by_identity {
            Some(_) => self.new.spoken_credential(*other) == self.old.spoken_credential(at),
            None => true,
        };
        let found = named.filter(is_same);
        let found = found.or_else(|| spoken.and_then(|(id, known)| known.get(&id).copied()));
        found.map(Subject::Credential)
    }

    /// Those of some subjects that are still there, in the same order.
    pub(crate) fn subjects(&self, subjects: &[Subject]) -> Vec<Subject> {
        subjects.iter().filter_map(|&subject| self.subject(subject)).collect()
    }
}
