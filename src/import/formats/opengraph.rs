//! BloodHound's OpenGraph, whose nodes and edges were made into rows.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;

/// Credentials with who holds them and what they open.
pub(crate) const OPENGRAPH: KnownFormat = KnownFormat {
    name: "BloodHound OpenGraph",
    needs: &["opengraph node", "credential id"],
    columns: &[
        ("credential id", Meaning::Id),
        ("credential name", Meaning::Label),
        ("credential type", Meaning::Kind),
        ("identity", Meaning::Identity),
        ("storage", Meaning::Storage),
        ("status", Meaning::Status),
        ("created", Meaning::Created),
        ("last rotated", Meaning::LastRotated),
        ("last used", Meaning::LastUsed),
        ("expires", Meaning::Expires),
        ("service", Meaning::Service),
        ("environment", Meaning::Environment),
        ("service type", Meaning::ServiceKind),
        ("access", Meaning::Access),
        ("level", Meaning::Level),
        ("fingerprint", Meaning::Fingerprint),
        ("owner", Meaning::Owner),
        ("tags", Meaning::Tags),
        ("service owner", Meaning::ServiceOwner),
        ("entry point", Meaning::Exposure),
        ("crown jewel", Meaning::CrownJewel),
    ],
    ids_match: false,
    notes: &[
        "nodes whose kind names a secret, a token, a key or a password are credentials; what has \
              or contains one holds it, and what one can access it opens",
    ],
    ..PLAIN
};
