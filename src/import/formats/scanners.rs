//! Reports of secret scanners beside Gitleaks.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Access;

/// `TruffleHog`'s JSON Lines: one finding for each line, with the secret itself. The place where it
/// was found has a column for each kind of source that can be scanned.
pub(crate) const TRUFFLEHOG: KnownFormat = KnownFormat {
    name: "TruffleHog report",
    needs: &["detector name", "decoder name", "verified", "raw"],
    columns: &[
        ("source metadata data github repository", Meaning::Service),
        ("source metadata data gitlab repository", Meaning::Service),
        ("source metadata data git repository", Meaning::Service),
        ("source metadata data bitbucket repository", Meaning::Service),
        ("source metadata data docker image", Meaning::Service),
        ("source metadata data s3 bucket", Meaning::Service),
        ("source metadata data gcs bucket", Meaning::Service),
        ("source metadata data git file", Meaning::Service),
        ("source metadata data filesystem file", Meaning::Service),
        ("source name", Meaning::Service),
        ("detector name", Meaning::Kind),
        ("raw", Meaning::Value),
        ("raw v2", Meaning::OtherSecret),
        ("redacted", Meaning::OtherSecret),
    ],
    access: Access::Holds,
    service_kind: Some("repository"),
    storage: Some("code"),
    ids_match: false,
    notes: &[
        "each row is a finding: the place that was scanned holds the secret; the report does \
              not say what it grants",
    ],
    ..PLAIN
};

/// `GitGuardian`'s incidents. The secret's hash is the same in all incidents of one workspace, so it
/// is a fingerprint. The incident's own state says nothing about the secret's; its validity does.
pub(crate) const GITGUARDIAN: KnownFormat = KnownFormat {
    name: "GitGuardian incidents",
    needs: &["secret hash", "occurrences count", "validity"],
    columns: &[
        ("id", Meaning::Id),
        ("secret hash", Meaning::Fingerprint),
        ("occurrences source full name", Meaning::Service),
        ("source full name", Meaning::Service),
        ("detector display name", Meaning::Kind),
        ("detector name", Meaning::Kind),
        ("detector", Meaning::Kind),
        ("validity", Meaning::Status),
        ("assignee email", Meaning::Owner),
        ("tags", Meaning::Tags),
    ],
    access: Access::Holds,
    storage: Some("code"),
    ids_match: false,
    notes: &[
        "each row is an incident: the sources of its occurrences hold the secret, as far as they \
         are given; the export does not say what it grants",
    ],
    ..PLAIN
};
