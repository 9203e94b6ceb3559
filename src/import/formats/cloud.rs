//! Exports of cloud providers about keys. None of them says which service holds a key.

use crate::import::formats::known_format::{KnownFormat, PLAIN, Slot};
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
            present: &["password enabled"],
        },
        Slot {
            suffix: "access-key-1",
            kind: "access key",
            columns: &[
                ("access key 1 active", Meaning::Status),
                ("access key 1 last rotated", Meaning::LastRotated),
                ("access key 1 last used date", Meaning::LastUsed),
            ],
            present: &["access key 1 active", "access key 1 last rotated"],
        },
        Slot {
            suffix: "access-key-2",
            kind: "access key",
            columns: &[
                ("access key 2 active", Meaning::Status),
                ("access key 2 last rotated", Meaning::LastRotated),
                ("access key 2 last used date", Meaning::LastUsed),
            ],
            present: &["access key 2 active", "access key 2 last rotated"],
        },
        Slot {
            suffix: "certificate-1",
            kind: "certificate",
            columns: &[
                ("cert 1 active", Meaning::Status),
                ("cert 1 last rotated", Meaning::LastRotated),
            ],
            present: &["cert 1 active", "cert 1 last rotated"],
        },
        Slot {
            suffix: "certificate-2",
            kind: "certificate",
            columns: &[
                ("cert 2 active", Meaning::Status),
                ("cert 2 last rotated", Meaning::LastRotated),
            ],
            present: &["cert 2 active", "cert 2 last rotated"],
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

/// Secrets and certificates of applications in Entra ID, as scripts and Graph write them.
pub(crate) const ENTRA_SECRETS: KnownFormat = KnownFormat {
    name: "Entra application secrets",
    needs: &["key id", "app id", "end date time"],
    columns: &[
        ("key id", Meaning::Id),
        ("secret name", Meaning::Label),
        ("hint", Meaning::OtherSecret),
        ("secret text", Meaning::Value),
        ("app display name", Meaning::Identity),
        ("application name", Meaning::Identity),
        ("display name", Meaning::Identity),
        ("app id", Meaning::Identity),
        ("start date time", Meaning::Created),
        ("end date time", Meaning::Expires),
        ("owner", Meaning::Owner),
        ("owners", Meaning::Owner),
        ("type", Meaning::Kind),
    ],
    open: true,
    notes: &[
        "each row is a secret or certificate of an application; the application is its \
              identity",
        ALONE,
    ],
    ..PLAIN
};

/// Applications as Microsoft Graph lists them, with a row for each of their secrets and certificates.
pub(crate) const ENTRA_APPLICATIONS: KnownFormat = KnownFormat {
    name: "Entra applications",
    needs: &["credential kind", "credential key id"],
    columns: &[
        ("credential key id", Meaning::Id),
        ("credential display name", Meaning::Label),
        ("credential hint", Meaning::OtherSecret),
        ("credential secret text", Meaning::Value),
        ("credential kind", Meaning::Kind),
        ("credential start date time", Meaning::Created),
        ("credential end date time", Meaning::Expires),
        ("display name", Meaning::Identity),
        ("app id", Meaning::Identity),
        ("id", Meaning::Identity),
        ("owner", Meaning::Owner),
        ("owners", Meaning::Owner),
        ("owners user principal name", Meaning::Owner),
        ("owners display name", Meaning::Owner),
    ],
    no_credential: Some(("credential kind", &[""])),
    notes: &[
        "each row is a secret or certificate of an application; the application is its identity",
        ALONE,
    ],
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
