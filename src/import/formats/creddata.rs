//! `CredData`'s metadata: one suspicious place in code for each row, judged by people.
//!
//! `Id` numbers the finding and is kept as an id that matches no other file's. `GroundTruth` is T for
//! a credential, F for none and X for a template; the last two are no credentials and are skipped.
//! The repository holds the credential; the file does not say what it opens.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Access;

pub(crate) const CREDDATA: KnownFormat = KnownFormat {
    name: "CredData metadata",
    needs: &["id", "file id", "repo name", "file path", "ground truth"],
    columns: &[
        ("id", Meaning::Id),
        ("file path", Meaning::Label),
        ("repo name", Meaning::Service),
        ("category", Meaning::Kind),
    ],
    access: Access::Holds,
    service_kind: Some("repository"),
    storage: Some("code"),
    no_credential: Some(("ground truth", &["f", "false", "x", "template"])),
    ids_match: false,
    notes: &["each row is a finding in code: RepoName holds it, at FilePath"],
    ..PLAIN
};
