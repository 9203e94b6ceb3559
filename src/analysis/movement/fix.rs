//! What can be done about a credential.

use serde::{Deserialize, Serialize};

use crate::graph::{CredentialIndex, InstanceIndex};

/// What is done to a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixKind {
    /// One new credential for each environment, with that environment's holders and grants alone.
    SplitByEnvironment,
    /// One for each service that holds it.
    SplitByService,
    /// One for each owner, or set of owners, of instances that hold it.
    SplitByOwner,
    /// It is gone.
    Revoke,
    /// Each chosen holder gets an identity of its own that cannot be carried away.
    WorkloadIdentity,
}

impl FixKind {
    /// The kinds that a plan chooses from; of those that lose as little the first is taken. A
    /// workload identity is not among them: which holders can have one, and what it may do, is
    /// for people to say.
    pub const ALL: [Self; 4] =
        [Self::SplitByEnvironment, Self::SplitByService, Self::SplitByOwner, Self::Revoke];

    /// Every kind, in the order in which they are offered.
    pub const EVERY: [Self; 5] = [
        Self::SplitByEnvironment,
        Self::SplitByService,
        Self::SplitByOwner,
        Self::Revoke,
        Self::WorkloadIdentity,
    ];

    /// The words in reports and arguments.
    pub fn word(self) -> &'static str {
        match self {
            Self::SplitByEnvironment => "split by environment",
            Self::SplitByService => "split by service",
            Self::SplitByOwner => "split by owner",
            Self::Revoke => "revoke",
            Self::WorkloadIdentity => "workload identity",
        }
    }

    /// What it does not change, where somebody might think that it does.
    pub fn caveat(self) -> Option<&'static str> {
        match self {
            Self::WorkloadIdentity => Some(
                "an attacker on one of these instances can still move on; only the secret that \
                 could leak is gone",
            ),
            Self::SplitByEnvironment | Self::SplitByService | Self::SplitByOwner | Self::Revoke => {
                None
            }
        }
    }

    /// The kind that these words name; blanks around them and case do not matter.
    pub fn from_word(words: &str) -> Option<Self> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Self::EVERY.into_iter().find(|kind| kind.word() == words)
    }
}

/// One fix. A list of them is applied in order, each to what those before it left.
///
/// - *Revoke*: it is gone, and with it whatever splits made of it.
/// - *Split by environment*: a new credential for each environment that has holders, with that
///   environment's holders and grants alone. Where nothing is known to hold it, one for each
///   environment that it grants.
/// - *Split by service or owner*: a new credential for each group of holders; it grants the pure
///   targets (granted, not holding) and the group's own members; a group of pure holders keeps
///   every grant. Where nothing is known to hold it, there is nothing to split by.
/// - *Workload identity*: each chosen holder gets an identity that cannot be carried away. What
///   the holder reaches it still reaches (all that the credential granted, or of that what
///   `grants` leaves), so whoever takes the holder goes on from there as before; nobody else can
///   use the identity, and it never leaks. Holders that are not chosen keep the old credential,
///   which still opens all that it opened, the chosen holders among it. When all are chosen the
///   old credential is gone. Where nothing is known to hold it, nothing changes. Later fixes of
///   the credential leave its identities alone: so a list may give some holders an identity first
///   and then revoke or split what is left.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fix {
    /// The credential.
    pub credential: CredentialIndex,
    /// What is done to it.
    pub kind: FixKind,
    /// Which holders get a workload identity; empty stands for all.
    pub holders: Vec<InstanceIndex>,
    /// What the identities grant, of what the credential grants; `None` stands for all of it.
    pub grants: Option<Vec<InstanceIndex>>,
}

impl Fix {
    /// A fix of all holders, which keeps the grants.
    pub fn new(credential: CredentialIndex, kind: FixKind) -> Self {
        Self { credential, kind, holders: Vec::new(), grants: None }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::movement::fix::FixKind;

    #[test]
    fn every_kind_is_found_by_its_words() {
        for kind in FixKind::EVERY {
            assert_eq!(FixKind::from_word(kind.word()), Some(kind));
        }
        assert_eq!(FixKind::from_word(" Split  by OWNER "), Some(FixKind::SplitByOwner));
        assert_eq!(FixKind::from_word("split"), None);
    }
}
