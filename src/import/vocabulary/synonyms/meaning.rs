//! The meanings that a column can have, and their names.

/// What a column can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    Id,
    Label,
    Fingerprint,
    Value,
    OtherSecret,
    Kind,
    Service,
    Environment,
    Access,
    Holder,
    HolderEnvironment,
    Target,
    TargetEnvironment,
    Owner,
    ServiceOwner,
    Created,
    LastRotated,
    LastUsed,
    Expires,
    Status,
    Storage,
    Level,
    Exposure,
    Criticality,
    CrownJewel,
    ServiceKind,
    Identity,
    Tags,
    Disabled,
}

impl Meaning {
    pub(crate) const COUNT: usize = Self::Disabled as usize + 1;

    /// The meaning as people read it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Id => "credential id",
            Self::Label => "credential name",
            Self::Fingerprint => "fingerprint",
            Self::Value => "secret value (kept as a keyed fingerprint only)",
            Self::OtherSecret => "may hold secrets, not read",
            Self::Kind => "credential type",
            Self::Service => "service",
            Self::Environment => "environment",
            Self::Access => "access",
            Self::Holder => "holder",
            Self::HolderEnvironment => "holder's environment",
            Self::Target => "target",
            Self::TargetEnvironment => "target's environment",
            Self::Owner => "owner",
            Self::ServiceOwner => "service owner",
            Self::Created => "created",
            Self::LastRotated => "last rotated",
            Self::LastUsed => "last used",
            Self::Expires => "expires",
            Self::Status => "status",
            Self::Storage => "storage place",
            Self::Level => "level",
            Self::Exposure => "exposure",
            Self::Criticality => "criticality",
            Self::CrownJewel => "crown jewel",
            Self::ServiceKind => "service kind",
            Self::Identity => "identity",
            Self::Tags => "tags",
            Self::Disabled => "whether it is out of use",
        }
    }

    /// The meaning as mapping files write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Label => "name",
            Self::Fingerprint => "fingerprint",
            Self::Value => "secret",
            Self::OtherSecret => "other-secret",
            Self::Kind => "type",
            Self::Service => "service",
            Self::Environment => "environment",
            Self::Access => "access",
            Self::Holder => "holder",
            Self::HolderEnvironment => "holder-environment",
            Self::Target => "target",
            Self::TargetEnvironment => "target-environment",
            Self::Owner => "owner",
            Self::ServiceOwner => "service-owner",
            Self::Created => "created",
            Self::LastRotated => "last-rotated",
            Self::LastUsed => "last-used",
            Self::Expires => "expires",
            Self::Status => "status",
            Self::Storage => "storage",
            Self::Level => "level",
            Self::Exposure => "exposure",
            Self::Criticality => "criticality",
            Self::CrownJewel => "crown-jewel",
            Self::ServiceKind => "service-kind",
            Self::Identity => "identity",
            Self::Tags => "tags",
            Self::Disabled => "disabled",
        }
    }

    /// Whether a table with this column and another one is worth reading.
    pub(crate) fn anchors(self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Label
                | Self::Fingerprint
                | Self::Value
                | Self::Service
                | Self::Holder
                | Self::Target
        )
    }

    /// Whether the column is about a credential rather than about a service.
    pub(crate) fn tells_of_credentials(self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Fingerprint
                | Self::Value
                | Self::OtherSecret
                | Self::Access
                | Self::Holder
                | Self::Target
                | Self::LastRotated
                | Self::LastUsed
                | Self::Expires
                | Self::Storage
                | Self::Level
                | Self::Identity
        )
    }
}
