//! Secrets and certificates of applications in Entra ID. None of these exports says who holds one.

use crate::import::formats::known_format::{KnownFormat, OtherColumns, PLAIN, PLAIN_SLOT, Slot};
use crate::import::vocabulary::synonyms::Meaning;

const ALONE: &str = "who holds a credential, the export does not say";

/// Microsoft's sample script `export-apps-with-expiring-secrets.ps1`: each row has a secret, or a
/// certificate, or both. Their names are unique within their application only.
/// <https://github.com/Azure/azure-docs-powershell-samples/tree/main/application-management>
pub(crate) const EXPIRING_CREDENTIALS: KnownFormat = KnownFormat {
    name: "Entra expiring secrets and certificates",
    needs: &[
        "application name",
        "application id",
        "secret name",
        "secret end date",
        "certificate name",
    ],
    columns: &[("application name", Meaning::Identity), ("owner", Meaning::Owner)],
    name_within: &["application name", "application id"],
    slots: &[
        Slot {
            suffix: "secret",
            kind: "client secret",
            columns: &[
                ("secret name", Meaning::Label),
                ("secret start date", Meaning::Created),
                ("secret end date", Meaning::Expires),
            ],
            present: &["secret name", "secret start date", "secret end date"],
            ..PLAIN_SLOT
        },
        Slot {
            suffix: "certificate",
            kind: "certificate",
            columns: &[
                ("certificate name", Meaning::Label),
                ("certificate start date", Meaning::Created),
                ("certificate end date", Meaning::Expires),
            ],
            present: &["certificate name", "certificate start date", "certificate end date"],
            ..PLAIN_SLOT
        },
    ],
    notes: &[
        "each row is an application with a secret, a certificate, or both; the application is its \
         identity, and names of secrets are compared within it only",
        ALONE,
    ],
    ..PLAIN
};

/// Secrets and certificates of applications in Entra ID, as scripts and Graph write them.
pub(crate) const SECRETS: KnownFormat = KnownFormat {
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
    other_columns: OtherColumns::ReadByName,
    notes: &[
        "each row is a secret or certificate of an application; the application is its \
              identity",
        ALONE,
    ],
    ..PLAIN
};

/// Applications as Microsoft Graph lists them, with a row for each of their secrets and certificates.
pub(crate) const APPLICATIONS: KnownFormat = KnownFormat {
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

/// The answer of `az ad app credential list`, which names no application.
/// <https://learn.microsoft.com/cli/azure/ad/app/credential>
pub(crate) const CREDENTIALS_OF_ONE: KnownFormat = KnownFormat {
    name: "Entra credentials of one application",
    needs: &["custom key identifier", "key id", "end date time"],
    columns: &[
        ("key id", Meaning::Id),
        ("display name", Meaning::Label),
        ("hint", Meaning::OtherSecret),
        ("secret text", Meaning::Value),
        ("start date time", Meaning::Created),
        ("end date time", Meaning::Expires),
        ("type", Meaning::Kind),
    ],
    notes: &[
        "each row is a secret or certificate of one application, which the export does not name",
        ALONE,
    ],
    ..PLAIN
};
