//! Relations between configuration items, as `ServiceNow` exports them.

use crate::import::formats::known_format::{KnownFormat, PLAIN, PLAIN_SLOT, Slot};
use crate::import::vocabulary::synonyms::Meaning;

/// The classes of items that are credentials, with their names and labels.
const CREDENTIALS: &[&str] = &[
    "credential",
    "credentials",
    "secret",
    "certificate",
    "unique certificate",
    "api key",
    "ssh key",
    "cmdb_ci_credential",
    "cmdb_ci_certificate",
    "discovery_credentials",
    "basic_auth_credentials",
    "ssh_private_key_credentials",
    "ssh_credentials",
    "windows_credentials",
    "aws_credentials",
    "api_key_credentials",
    "oauth_2_0_credentials",
];

/// Relations with the classes of their ends (`cmdb_rel_ci`): where one end is a credential, the other
/// holds it or is what it grants.
pub(crate) const CREDENTIAL_RELATIONS: KnownFormat = KnownFormat {
    name: "ServiceNow relations with credentials",
    needs: &["parent", "parent sys class name", "type", "child", "child sys class name"],
    columns: &[("type", Meaning::Access)],
    slots: &[
        Slot {
            columns: &[
                ("parent", Meaning::Label),
                ("child", Meaning::Service),
                ("child environment", Meaning::Environment),
                ("parent environment", Meaning::Environment),
                ("child sys class name", Meaning::ServiceKind),
            ],
            kind: "credential",
            only_where: Some(("parent sys class name", CREDENTIALS)),
            ..PLAIN_SLOT
        },
        Slot {
            columns: &[
                ("child", Meaning::Label),
                ("parent", Meaning::Service),
                ("parent environment", Meaning::Environment),
                ("child environment", Meaning::Environment),
                ("parent sys class name", Meaning::ServiceKind),
            ],
            kind: "credential",
            only_where: Some(("child sys class name", CREDENTIALS)),
            ..PLAIN_SLOT
        },
    ],
    notes: &["where an end of a relation is a credential, the other end holds it or is what it \
              grants; relations between other things are skipped"],
    ..PLAIN
};

/// Which services there are. A relation is no credential, so nothing is linked by it.
pub(crate) const RELATIONS: KnownFormat = KnownFormat {
    name: "ServiceNow relations",
    needs: &["parent", "type", "child"],
    columns: &[("parent", Meaning::Holder), ("child", Meaning::Target)],
    of_credentials: false,
    notes: &["only the services are read; a relation is not a credential, so it links none"],
    ..PLAIN
};
