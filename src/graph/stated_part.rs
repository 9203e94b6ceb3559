//! What each source states of a credential whose rows an id alone joins across sources.

use super::{CredentialIndex, InstanceIndex, OwnerIndex};

/// What is stated of a credential without taking an id in several sources for one credential: it has
/// one such part, or more, for each source. A part whose own rows say that it is dead is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatedPart {
    /// The credential that it is a part of.
    pub(crate) credential: CredentialIndex,
    /// The instances that hold it, in order.
    pub(crate) holders: Vec<InstanceIndex>,
    /// The instances that it grants, in order, each with whether an attacker goes on from there.
    pub(crate) grants: Vec<(InstanceIndex, bool)>,
    /// The instances that its rows say hold it, and those that they say it grants, assumed ones among
    /// them, in order.
    pub(crate) holders_or_assumed: Vec<InstanceIndex>,
    pub(crate) grants_or_assumed: Vec<InstanceIndex>,
    /// The owners that its rows name, in order.
    pub(crate) owners: Vec<OwnerIndex>,
}

impl StatedPart {
    /// Whether an instance holds it.
    pub(crate) fn is_held_by(&self, instance: InstanceIndex) -> bool {
        self.holders.binary_search(&instance).is_ok()
    }

    /// Whether an attacker who enters an instance with it goes on from there; `None` where it does
    /// not grant it.
    pub(crate) fn goes_on_from(&self, instance: InstanceIndex) -> Option<bool> {
        let found = self.grants.binary_search_by_key(&instance, |(at, _)| *at).ok()?;
        self.grants.get(found).map(|(_, pivots)| *pivots)
    }

    /// The same of another credential.
    pub(super) fn of(&self, credential: CredentialIndex) -> Self {
        Self { credential, ..self.clone() }
    }

    /// What of it is left to a credential that stands in the place of its own.
    pub(super) fn narrowed(
        &self,
        credential: CredentialIndex,
        holds: impl Fn(InstanceIndex) -> bool,
        grants: impl Fn(InstanceIndex) -> bool,
    ) -> Self {
        let held = |of: &[InstanceIndex]| of.iter().copied().filter(|&at| holds(at)).collect();
        let granted = self.grants_or_assumed.iter().copied().filter(|&at| grants(at));
        Self {
            credential,
            holders: held(&self.holders),
            grants: self.grants.iter().copied().filter(|&(at, _)| grants(at)).collect(),
            holders_or_assumed: held(&self.holders_or_assumed),
            grants_or_assumed: granted.collect(),
            owners: self.owners.clone(),
        }
    }
}
