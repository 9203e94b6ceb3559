//! What rows say of credentials and service instances, as entries; names as in the other entries of a file.

use serde::{Deserialize, Serialize};

use crate::inventory::{CredentialFacts, Date, Flag, InstanceFacts, LastUsed, NameId, Status};

/// The last use of a credential.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UsedEntry {
    Never,
    On(Date),
}

/// What rows say of a credential.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CredentialFactsEntry<Name> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identity: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) storage: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_rotated: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_used: Option<UsedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expires: Option<Date>,
}

/// What rows say of a service instance.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ServiceFactsEntry<Name> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entry_point: Option<Flag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) crown_jewel: Option<Flag>,
}

impl<Name> CredentialFactsEntry<Name> {
    /// The entry of facts, with names as they are to be written.
    pub(super) fn of(facts: &CredentialFacts, name: impl Fn(NameId) -> Name) -> Self {
        let CredentialFacts {
            kind,
            label,
            identity,
            owner,
            storage,
            tags,
            status,
            created,
            last_rotated,
            last_used,
            expires,
        } = facts;
        Self {
            kind: kind.map(&name),
            label: label.map(&name),
            identity: identity.map(&name),
            owner: owner.map(&name),
            storage: storage.map(&name),
            tags: tags.map(&name),
            status: (*status != Status::Unstated).then_some(*status),
            created: *created,
            last_rotated: *last_rotated,
            last_used: match last_used {
                LastUsed::Unstated => None,
                LastUsed::Never => Some(UsedEntry::Never),
                LastUsed::On(day) => Some(UsedEntry::On(*day)),
            },
            expires: *expires,
        }
    }

    /// The facts; `None` where a name is none that is known.
    pub(super) fn facts(
        &self,
        mut known: impl FnMut(&Name) -> Option<NameId>,
    ) -> Option<CredentialFacts> {
        let mut name = |name: &Option<Name>| match name {
            None => Some(None),
            Some(name) => known(name).map(Some),
        };
        Some(CredentialFacts {
            kind: name(&self.kind)?,
            label: name(&self.label)?,
            identity: name(&self.identity)?,
            owner: name(&self.owner)?,
            storage: name(&self.storage)?,
            tags: name(&self.tags)?,
            status: self.status.unwrap_or_default(),
            created: self.created,
            last_rotated: self.last_rotated,
            last_used: match self.last_used {
                None => LastUsed::Unstated,
                Some(UsedEntry::Never) => LastUsed::Never,
                Some(UsedEntry::On(day)) => LastUsed::On(day),
            },
            expires: self.expires,
        })
    }
}

impl<Name> ServiceFactsEntry<Name> {
    /// The entry of facts, with names as they are to be written.
    pub(super) fn of(facts: &InstanceFacts, name: impl Fn(NameId) -> Name) -> Self {
        let InstanceFacts { kind, owner, entry_point, crown_jewel } = facts;
        let flag = |flag: &Flag| (*flag != Flag::Unstated).then_some(*flag);
        Self {
            kind: kind.map(&name),
            owner: owner.map(&name),
            entry_point: flag(entry_point),
            crown_jewel: flag(crown_jewel),
        }
    }

    /// The facts; `None` where a name is none that is known.
    pub(super) fn facts(
        &self,
        mut known: impl FnMut(&Name) -> Option<NameId>,
    ) -> Option<InstanceFacts> {
        let mut name = |name: &Option<Name>| match name {
            None => Some(None),
            Some(name) => known(name).map(Some),
        };
        Some(InstanceFacts {
            kind: name(&self.kind)?,
            owner: name(&self.owner)?,
            entry_point: self.entry_point.unwrap_or_default(),
            crown_jewel: self.crown_jewel.unwrap_or_default(),
        })
    }
}
