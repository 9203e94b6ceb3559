//! Exports of cloud providers about keys. None of them says which service holds a key.

use crate::import::formats::known_format::{KnownFormat, PLAIN, PLAIN_SLOT, Slot};
use crate::import::vocabulary::synonyms::Meaning;

const ALONE: &str = "the export does not say who holds a credential";

/// The credential report of AWS IAM: a password, two access keys and two certificates for each user.
pub(crate) const AWS_REPORT: KnownFormat = KnownFormat {
    name: "AWS IAM credential report",
    needs: &["user", "arn", "password enabled", "access key 1 active", "cert 1 active"],
    columns: &[("arn", Meaning::Id), ("user", Meaning::Identity)],
    slots: &[
        Slot {
            suffix: "password",
            kind: "password",
            columns: &[
                ("password enabled", Meaning::Status),
                ("password last used", Meaning::LastUsed),
                ("password last changed", Meaning::LastRotated),
                ("user creation time", Meaning::Created),
            ],
            // The root account has “not_supported” instead of yes or no, and may have been used.
            present: &["password enabled", "password last used", "password last changed"],
            ..PLAIN_SLOT
        },
        Slot {
            suffix: "access-key-1",
            kind: "access key",
            columns: &[
                ("access key 1 active", Meaning::Status),
                ("access key 1 last rotated", Meaning::LastRotated),
                ("access key 1 last used date", Meaning::LastUsed),
            ],
            present: &[
                "access key 1 active",
                "access key 1 last rotated",
                "access key 1 last used date",
            ],
            ..PLAIN_SLOT
        },
        Slot {
            suffix: "access-key-2",
            kind: "access key",
            columns: &[
                ("access key 2 active", Meaning::Status),
                ("access key 2 last rotated", Meaning::LastRotated),
                ("access key 2 last used date", Meaning::LastUsed),
            ],
            present: &[
                "access key 2 active",
                "access key 2 last rotated",
                "access key 2 last used date",
            ],
            ..PLAIN_SLOT
        },
        Slot {
            suffix: "certificate-1",
            kind: "certificate",
            columns: &[
                ("cert 1 active", Meaning::Status),
                ("cert 1 last rotated", Meaning::LastRotated),
            ],
            present: &["cert 1 active", "cert 1 last rotated"],
            ..PLAIN_SLOT
        },
        Slot {
            suffix: "certificate-2",
            kind: "certificate",
            columns: &[
                ("cert 2 active", Meaning::Status),
                ("cert 2 last rotated", Meaning::LastRotated),
            ],
            present: &["cert 2 active", "cert 2 last rotated"],
            ..PLAIN_SLOT
        },
    ],
    notes: &[
        "each row is a user with up to five credentials; one that is neither active nor has a \
         date is left out",
        ALONE,
    ],
    ..PLAIN
};

/// The answer of `aws iam list-access-keys`.
pub(crate) const AWS_ACCESS_KEYS: KnownFormat = KnownFormat {
    name: "AWS access keys",
    needs: &["user name", "access key id", "status", "create date"],
    columns: &[
        ("access key id", Meaning::Id),
        ("user name", Meaning::Identity),
        ("status", Meaning::Status),
        ("create date", Meaning::Created),
    ],
    kind: Some("access key"),
    notes: &[ALONE],
    ..PLAIN
};

/// The answers of `aws ssm get-parameters` and `get-parameters-by-path`: settings and secrets.
pub(crate) const AWS_PARAMETERS: KnownFormat = KnownFormat {
    name: "AWS parameters",
    needs: &["name", "type", "value", "last modified date"],
    columns: &[
        ("name", Meaning::Id),
        ("value", Meaning::Value),
        ("type", Meaning::Tags),
        ("last modified date", Meaning::LastRotated),
    ],
    no_credential: Some(("type", &["String", "StringList"])),
    storage: Some("AWS parameter store"),
    notes: &["each row is a parameter; only those of the type SecureString are secrets", ALONE],
    ..PLAIN
};

/// The answer of `gcloud iam service-accounts keys list`: the account is a part of the key's name.
pub(crate) const GCP_KEYS: KnownFormat = KnownFormat {
    name: "GCP service-account keys",
    needs: &["name", "key type", "valid after time", "valid before time"],
    columns: &[
        ("name", Meaning::Id),
        ("valid after time", Meaning::Created),
        ("valid before time", Meaning::Expires),
        ("disabled", Meaning::Disabled),
        ("key type", Meaning::Tags),
    ],
    kind: Some("service-account key"),
    identity_within_id: Some(("/serviceAccounts/", "/keys/")),
    notes: &["each row is a key of a service account, which is its identity", ALONE],
    ..PLAIN
};

/// The API tokens of an Okta organisation, as `GET /api/v1/api-tokens` lists them.
/// <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApiToken/>
pub(crate) const OKTA_TOKENS: KnownFormat = KnownFormat {
    name: "Okta API tokens",
    needs: &["id", "name", "user id", "token window", "created"],
    columns: &[
        ("id", Meaning::Id),
        ("name", Meaning::Label),
        ("user id", Meaning::Identity),
        ("created", Meaning::Created),
        ("expires at", Meaning::Expires),
        ("client name", Meaning::Tags),
    ],
    kind: Some("Okta API token"),
    notes: &["each row is a token of the user who made it; who holds it, the export does not say"],
    ..PLAIN
};
