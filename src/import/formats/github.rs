//! Answers of GitHub's REST interface about secrets.

use crate::import::formats::known_format::{KnownFormat, OtherColumns, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Access;

/// Secret-scanning alerts: `state` is the alert's, `validity` the secret's.
pub(crate) const ALERTS: KnownFormat = KnownFormat {
    name: "GitHub secret-scanning alerts",
    needs: &["secret type", "secret", "state", "resolution"],
    columns: &[
        ("html url", Meaning::Label),
        ("secret", Meaning::Value),
        ("secret type display name", Meaning::Kind),
        ("secret type", Meaning::Kind),
        ("repository full name", Meaning::Service),
        ("repository", Meaning::Service),
        ("validity", Meaning::Status),
    ],
    access: Access::Holds,
    service_kind: Some("repository"),
    storage: Some("code"),
    ids_match: false,
    notes: &["each row is an alert: its repository holds the secret; what it opens, the export \
              does not say"],
    ..PLAIN
};

/// Secrets of an organisation. Another list says which repositories may read them.
pub(crate) const ORGANISATION_SECRETS: KnownFormat = KnownFormat {
    name: "GitHub organisation secrets",
    needs: &["name", "created at", "updated at", "visibility"],
    columns: &[
        ("name", Meaning::Id),
        ("created at", Meaning::Created),
        ("updated at", Meaning::LastRotated),
        ("repositories", Meaning::Service),
        ("visibility", Meaning::Tags),
    ],
    access: Access::Holds,
    storage: Some("CI variable"),
    kind: Some("CI secret"),
    other_columns: OtherColumns::ReadByName,
    notes: &["the export does not say which repositories hold a secret unless a column \
              “repositories” was added"],
    ..PLAIN
};

/// Deploy keys: public keys, whose private half opens the repository.
pub(crate) const DEPLOY_KEYS: KnownFormat = KnownFormat {
    name: "GitHub deploy keys",
    needs: &["id", "key", "title", "read only", "verified"],
    columns: &[
        ("id", Meaning::Id),
        ("title", Meaning::Label),
        ("key", Meaning::Fingerprint),
        ("repository", Meaning::Target),
        ("created at", Meaning::Created),
        ("last used", Meaning::LastUsed),
        ("enabled", Meaning::Status),
        ("added by", Meaning::Owner),
    ],
    kind: Some("deploy key"),
    ids_match: false,
    notes: &["keys are matched by the public key; the export does not say who holds the private \
              does not say"],
    ..PLAIN
};

const VARIABLE_NAMES: &str = "each row is a secret that GitHub Actions holds; what it opens, the export \
                              does not say, and its name matches no other file";

/// Secrets of repositories, or of their environments, where a script added which.
pub(crate) const LISTED_SECRETS: KnownFormat = KnownFormat {
    name: "GitHub secrets of several repositories",
    needs: &["name", "created at", "updated at", "repository"],
    columns: &[
        ("name", Meaning::Label),
        ("repository", Meaning::Service),
        ("environment", Meaning::Environment),
        ("created at", Meaning::Created),
        ("updated at", Meaning::LastRotated),
    ],
    other_columns: OtherColumns::Absent,
    name_within: &["repository", "environment"],
    access: Access::Holds,
    service_kind: Some("repository"),
    storage: Some("CI variable"),
    kind: Some("CI secret"),
    ids_match: false,
    notes: &[VARIABLE_NAMES],
    ..PLAIN
};

/// Secrets of one repository or one environment, which the answer does not name.
/// <https://docs.github.com/rest/actions/secrets>
pub(crate) const REPOSITORY_SECRETS: KnownFormat = KnownFormat {
    name: "GitHub secrets of one repository or environment",
    needs: &["name", "created at", "updated at"],
    columns: &[
        ("name", Meaning::Label),
        ("environment", Meaning::Environment),
        ("created at", Meaning::Created),
        ("updated at", Meaning::LastRotated),
    ],
    holder: Some("GitHub Actions"),
    name_within: &["environment"],
    service_kind: Some("CI"),
    ..LISTED_SECRETS
};

/// The answer of `gh secret list --json name,updatedAt`.
/// <https://cli.github.com/manual/gh_secret_list>
pub(crate) const REPOSITORY_SECRETS_OF_TOOL: KnownFormat = KnownFormat {
    needs: &["name", "updated at"],
    columns: &[
        ("name", Meaning::Label),
        ("updated at", Meaning::LastRotated),
        ("visibility", Meaning::Tags),
        ("num selected repos", Meaning::Tags),
        ("selected repos url", Meaning::Tags),
    ],
    name_within: &[],
    ..REPOSITORY_SECRETS
};
