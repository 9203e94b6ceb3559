//! The kinds of nodes and edges. Whether an attacker can go along an edge is a matter of its kind, so that
//! what is stated and what is assumed are kinds of their own.

/// What the collected data is called, so that it can be deleted together.
pub(super) const SOURCE_KIND: &str = "Keyreach";

/// A kind of nodes.
pub(super) struct NodeKind {
    pub(super) name: &'static str,
    pub(super) display_name: &'static str,
    pub(super) description: &'static str,
    /// The name of an icon of Font Awesome.
    pub(super) icon: &'static str,
    /// In hexadecimal digits.
    pub(super) colour: &'static str,
}

pub(super) const CREDENTIAL: &str = "KR_Credential";
pub(super) const SERVICE: &str = "KR_Service";
pub(super) const ENVIRONMENT: &str = "KR_Environment";
pub(super) const OWNER: &str = "KR_Owner";

pub(super) const NODE_KINDS: [NodeKind; 4] = [
    NodeKind {
        name: CREDENTIAL,
        display_name: "Credential",
        description: "One distinct secret, whatever ids it is inventoried under",
        icon: "key",
        colour: "E9C46A",
    },
    NodeKind {
        name: SERVICE,
        display_name: "Service",
        description: "A service in one environment, which holds or accepts credentials",
        icon: "server",
        colour: "7EC8E3",
    },
    NodeKind {
        name: ENVIRONMENT,
        display_name: "Environment",
        description: "An environment, such as dev or prod",
        icon: "layer-group",
        colour: "B5D99C",
    },
    NodeKind {
        name: OWNER,
        display_name: "Owner",
        description: "Who answers for credentials or services",
        icon: "user",
        colour: "D3B5E5",
    },
];

/// A kind of edges.
pub(super) struct EdgeKind {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    /// Whether an attacker goes along it.
    pub(super) is_traversable: bool,
}

pub(super) const HOLDS: &str = "KR_Holds";
pub(super) const GRANTS: &str = "KR_Grants";
pub(super) const MAY_HOLD: &str = "KR_MayHold";
pub(super) const MAY_GRANT: &str = "KR_MayGrant";
pub(super) const REACHES: &str = "KR_Reaches";
pub(super) const ONCE_HELD: &str = "KR_OnceHeld";
pub(super) const ONCE_GRANTED: &str = "KR_OnceGranted";
pub(super) const CONTAINS: &str = "KR_Contains";
pub(super) const OWNS: &str = "KR_Owns";
pub(super) const BELONGS_TO: &str = "KR_BelongsTo";

pub(super) const EDGE_KINDS: [EdgeKind; 10] = [
    EdgeKind {
        name: HOLDS,
        description: "Whoever takes the service has the credential, as the inventory states",
        is_traversable: true,
    },
    EdgeKind {
        name: GRANTS,
        description: "Whoever has the credential gets into the service, as the inventory states",
        is_traversable: true,
    },
    EdgeKind {
        name: MAY_HOLD,
        description: "The service is assumed to hold the credential; the inventory does not state it",
        is_traversable: false,
    },
    EdgeKind {
        name: MAY_GRANT,
        description: "The credential is assumed to open the service, or to open it widely enough to go \
                      on from there; the inventory does not state it",
        is_traversable: false,
    },
    EdgeKind {
        name: REACHES,
        description: "The credential opens the service, but not widely enough to go on from there",
        is_traversable: false,
    },
    EdgeKind {
        name: ONCE_HELD,
        description: "The service still holds a credential that is revoked or expired",
        is_traversable: false,
    },
    EdgeKind {
        name: ONCE_GRANTED,
        description: "A credential that is revoked or expired is still listed for the service",
        is_traversable: false,
    },
    EdgeKind {
        name: CONTAINS,
        description: "The service is in the environment",
        is_traversable: false,
    },
    EdgeKind {
        name: OWNS,
        description: "The owner answers for the credential or the service",
        is_traversable: false,
    },
    EdgeKind {
        name: BELONGS_TO,
        description: "Whoever has the credential acts as this user of another collector",
        is_traversable: true,
    },
];
