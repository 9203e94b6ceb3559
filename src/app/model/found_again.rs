//! Finds what was looked at again once other answers stand in the place of the old ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::Subject;
use crate::graph::{AccessGraph, CredentialIndex, EnvironmentIndex, OwnerIndex};
use crate::inventory::{CredentialId, NameId};

/// The subjects of one graph in another one.
pub(crate) struct FoundAgain<'a> {
    pub(crate) old: &'a AccessGraph,
    pub(crate) new: &'a AccessGraph,
    /// The credentials of the new graph by what import resolved them to, where both graphs are of the
    /// same inventory: under other assumptions they may be called otherwise.
    by_identity: Option<BTreeMap<CredentialId, CredentialIndex>>,
    /// Whether both are the same but for the names.
    is_renamed: bool,
}

impl<'a> FoundAgain<'a> {
    /// Costs a sort of the credentials where both graphs are of the same inventory.
    pub(crate) fn new(old: &'a AccessGraph, new: &'a AccessGraph) -> Self {
        let by_identity = Arc::ptr_eq(old.inventory(), new.inventory()).then(|| {
            let all = new.credential_indices();
            all.filter_map(|at| Some((new.spoken_credential(at)?, at))).collect()
        });
        Self { old, new, by_identity, is_renamed: false }
    }

    /// The same graph under other names, in which all has the index that it had.
    pub(crate) fn renamed(old: &'a AccessGraph, new: &'a AccessGraph) -> Self {
        Self { old, new, by_identity: None, is_renamed: true }
    }

    /// The same environment.
    pub(crate) fn environment(&self, at: EnvironmentIndex) -> Option<EnvironmentIndex> {
        if self.is_renamed {
            return Some(at);
        }
        let label = &self.old.environment(at).label;
        let found = self.new.environments().iter().position(|own| own.label == *label)?;
        Some(EnvironmentIndex(found as u32))
    }

    /// The same owner.
    pub(crate) fn owner(&self, at: OwnerIndex) -> Option<OwnerIndex> {
        if self.is_renamed {
            return Some(at);
        }
        let name = self.old.owner_name(at);
        let found = self.new.owners().iter().position(|own| own == name)?;
        Some(OwnerIndex(found as u32))
    }

    /// The same type of credentials. Under other names it costs a look at all of them.
    pub(crate) fn kind(&self, kind: NameId) -> Option<NameId> {
        if !self.is_renamed {
            return self.new.inventory().names.find(self.old.inventory().text(kind));
        }
        let mut all = self.old.credentials().iter().zip(self.new.credentials());
        all.find_map(|(old, new)| new.kind.filter(|_| old.kind == Some(kind)))
    }

    /// The same credential or instance, if it is still there.
    pub(crate) fn subject(&self, subject: Subject) -> Option<Subject> {
        if self.is_renamed {
            return Some(subject);
        }
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
