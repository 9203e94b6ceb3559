//! What a name is a name of.

use super::kinds::RedactedKind;

/// What a name is a name of. Each has pseudonyms of its own.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NameOf {
    /// A service.
    Service,
    /// A credential: its ids, and its readable name.
    Credential,
    /// The account whose a credential is.
    Account,
    /// An owner.
    Owner,
    /// An environment.
    Environment,
    /// A file, or a table within one.
    File,
    /// The type of a credential or a service.
    Type,
    /// Where a credential is kept.
    Storage,
    /// The tags of a credential.
    Tags,
    /// A word of the policy for storage in plain sight.
    PlainSight,
}

impl NameOf {
    pub(crate) const ALL: [Self; 10] = [
        Self::Service,
        Self::Credential,
        Self::Account,
        Self::Owner,
        Self::Environment,
        Self::File,
        Self::Type,
        Self::Storage,
        Self::Tags,
        Self::PlainSight,
    ];

    /// What its pseudonyms start with.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Service => "service ",
            Self::Credential => "credential ",
            Self::Account => "account ",
            Self::Owner => "owner ",
            Self::Environment => "environment ",
            Self::File => "file ",
            Self::Type => "type ",
            Self::Storage => "place ",
            Self::Tags => "tags ",
            Self::PlainSight => "open ",
        }
    }

    /// With which kind it is hidden.
    pub(crate) fn kind(self) -> RedactedKind {
        match self {
            Self::Service => RedactedKind::Services,
            Self::Credential | Self::Account => RedactedKind::Credentials,
            Self::Owner => RedactedKind::Owners,
            Self::Environment => RedactedKind::Environments,
            Self::File => RedactedKind::Files,
            Self::Type | Self::Storage | Self::Tags | Self::PlainSight => RedactedKind::Text,
        }
    }

    /// Whether names that differ only in case are one: labels of environments, and the policy's words.
    pub(crate) fn is_in_lower_case(self) -> bool {
        matches!(self, Self::Environment | Self::PlainSight)
    }
}
