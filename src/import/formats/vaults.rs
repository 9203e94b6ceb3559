//! Lists of the secrets that the stores of cloud providers keep, without their values.

use crate::import::formats::known_format::{KnownFormat, OtherColumns, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;

const ALONE: &str = "who reads a secret, the export does not say unless a label or tag does";

/// The answer of `az keyvault secret list`.
/// <https://learn.microsoft.com/cli/azure/keyvault/secret>
pub(crate) const AZURE_KEY_VAULT: KnownFormat = KnownFormat {
    name: "Azure Key Vault secrets",
    needs: &["id", "name", "attributes enabled", "attributes expires"],
    columns: &[
        ("id", Meaning::Id),
        ("name", Meaning::Label),
        ("attributes enabled", Meaning::Status),
        ("attributes expires", Meaning::Expires),
        ("attributes created", Meaning::Created),
    ],
    storage: Some("Azure Key Vault"),
    other_columns: OtherColumns::ReadByName,
    notes: &["each row is the present version of a secret", ALONE],
    ..PLAIN
};

/// The answer of `gcloud secrets list --format=json`.
/// <https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets>
pub(crate) const GCP_SECRETS: KnownFormat = KnownFormat {
    name: "Google Secret Manager secrets",
    needs: &["name", "create time", "etag"],
    columns: &[
        ("name", Meaning::Id),
        ("create time", Meaning::Created),
        ("expire time", Meaning::Expires),
    ],
    storage: Some("Google Secret Manager"),
    other_columns: OtherColumns::ReadByName,
    notes: &["each row is a secret with all its versions", ALONE],
    ..PLAIN
};

/// The table of `gcloud secrets list`.
pub(crate) const GCP_SECRETS_TABLE: KnownFormat = KnownFormat {
    needs: &["name", "created", "replication policy", "locations"],
    columns: &[("name", Meaning::Id), ("created", Meaning::Created)],
    other_columns: OtherColumns::NotUsed,
    ..GCP_SECRETS
};
