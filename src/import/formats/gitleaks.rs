//! Gitleaks' report, in CSV or JSON: one finding for each row, with the secret itself.
//!
//! `Fingerprint` names the finding, not the secret, and `Date` is that of the commit, so neither
//! is used. The file in which the secret was found holds it; the report does not say what it opens.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Access;

pub(crate) const GITLEAKS: KnownFormat = KnownFormat {
    name: "Gitleaks report",
    needs: &["rule id", "commit", "file", "secret", "match", "fingerprint"],
    columns: &[
        ("rule id", Meaning::Kind),
        ("file", Meaning::Service),
        ("secret", Meaning::Value),
        ("match", Meaning::OtherSecret),
        ("tags", Meaning::Tags),
    ],
    access: Access::Holds,
    service_kind: Some("file in a repository"),
    storage: Some("code"),
    ids_match: false,
    notes: &["each row is a finding: its file holds the secret; Fingerprint names the finding"],
    ..PLAIN
};
