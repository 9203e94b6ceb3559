//! Accounts in `CyberArk`: the address is what an account opens.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;

const NOTES: &[&str] =
    &["the address is what an account opens; who may use it, the export does not say"];

/// The answer of `GET /PasswordVault/API/Accounts`.
/// <https://docs.cyberark.com/pam-self-hosted/latest/en/content/sdk/getaccounts.htm>
pub(crate) const ACCOUNTS: KnownFormat = KnownFormat {
    name: "CyberArk accounts",
    needs: &["safe name", "platform id", "user name", "secret type"],
    columns: &[
        ("id", Meaning::Id),
        ("name", Meaning::Label),
        ("user name", Meaning::Identity),
        ("address", Meaning::Target),
        ("platform id", Meaning::Tags),
        ("secret type", Meaning::Kind),
        ("safe name", Meaning::Storage),
        ("created time", Meaning::Created),
        ("secret management last modified time", Meaning::LastRotated),
    ],
    notes: NOTES,
    ..PLAIN
};

/// The report “Privileged Accounts Inventory”.
/// <https://docs.cyberark.com/pam-self-hosted/latest/en/content/pasref/reports.htm>
pub(crate) const INVENTORY_REPORT: KnownFormat = KnownFormat {
    name: "CyberArk privileged accounts report",
    needs: &["target system address", "target system user name", "safe"],
    columns: &[
        ("name", Meaning::Id),
        ("object name", Meaning::Id),
        ("target system user name", Meaning::Identity),
        ("target system address", Meaning::Target),
        ("policy id", Meaning::Kind),
        ("platform id", Meaning::Kind),
        ("safe", Meaning::Storage),
        ("last modified date", Meaning::LastRotated),
        ("last accessed date", Meaning::LastUsed),
    ],
    notes: NOTES,
    ..PLAIN
};
