//! Variables of systems that build and deploy. The system holds them; their names match no other file,
//! for every project may have a `DB_PASSWORD`.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Access;

const OPENS: &str = "what a variable opens, the export does not say";

/// What all of them share.
const VARIABLES: KnownFormat = KnownFormat {
    access: Access::Holds,
    storage: Some("CI variable"),
    kind: Some("CI variable"),
    service_kind: Some("CI"),
    ids_match: false,
    ..PLAIN
};

/// The variables of a GitLab project or group. `*` as the scope means every environment.
/// <https://docs.gitlab.com/api/project_level_variables/>
pub(crate) const GITLAB: KnownFormat = KnownFormat {
    name: "GitLab CI variables",
    needs: &["key", "value", "environment scope"],
    columns: &[
        ("key", Meaning::Label),
        ("value", Meaning::Value),
        ("environment scope", Meaning::Environment),
        ("description", Meaning::OtherSecret),
    ],
    holder: Some("GitLab CI"),
    name_within: &["environment scope"],
    notes: &[
        "each row is a variable that the CI system holds, in the environment of its scope; “*” \
              is every environment and counts as unknown",
        OPENS,
    ],
    ..VARIABLES
};

/// The environment variables of a Vercel project.
/// <https://vercel.com/docs/rest-api/projects/retrieve-the-environment-variables-of-a-project-by-id-or-name>
pub(crate) const VERCEL: KnownFormat = KnownFormat {
    name: "Vercel environment variables",
    needs: &["id", "key", "value", "target", "type", "created at"],
    columns: &[
        ("id", Meaning::Id),
        ("key", Meaning::Label),
        ("value", Meaning::Value),
        ("target", Meaning::Environment),
        ("created at", Meaning::Created),
        ("updated at", Meaning::LastRotated),
        ("comment", Meaning::OtherSecret),
        ("git branch", Meaning::Tags),
    ],
    holder: Some("Vercel"),
    notes: &[
        "each row is a variable that the project holds in the environments of its target",
        OPENS,
    ],
    ..VARIABLES
};

/// The environment variables of a Netlify site, one row for each of their values.
/// <https://open-api.netlify.com/#tag/environmentVariables>
pub(crate) const NETLIFY: KnownFormat = KnownFormat {
    name: "Netlify environment variables",
    needs: &["key", "scopes", "value", "context"],
    columns: &[
        ("key", Meaning::Label),
        ("value", Meaning::Value),
        ("context", Meaning::Environment),
        ("updated at", Meaning::LastRotated),
        ("scopes", Meaning::Tags),
    ],
    holder: Some("Netlify"),
    name_within: &["context"],
    notes: &["each row is a value of a variable that the site holds in its deploy context", OPENS],
    ..VARIABLES
};
