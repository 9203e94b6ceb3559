//! BloodHound's OpenGraph, whose nodes and edges were made into rows.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;

/// Credentials with who holds them and what they open.
pub(crate) const OPENGRAPH: KnownFormat = KnownFormat {
    name: "BloodHound OpenGraph",
    needs: &["opengraph credential"],
    columns: &[
        ("opengraph credential", Meaning::Id),
        ("opengraph name", Meaning::Label),
        ("opengraph type", Meaning::Kind),
        ("opengraph identity", Meaning::Identity),
        ("opengraph storage", Meaning::Storage),
        ("opengraph status", Meaning::Status),
        ("opengraph created", Meaning::Created),
        ("opengraph rotated", Meaning::LastRotated),
        ("opengraph last used", Meaning::LastUsed),
        ("opengraph expires", Meaning::Expires),
        ("opengraph service", Meaning::Service),
        ("opengraph environment", Meaning::Environment),
        ("opengraph service type", Meaning::ServiceKind),
        ("opengraph access", Meaning::Access),
    ],
    ids_match: false,
    notes: &[
        "nodes whose kind names a secret, a token, a key or a password are credentials; what has \
              or contains one holds it, and what one can access it opens",
    ],
    ..PLAIN
};
