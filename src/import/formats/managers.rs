//! Exports of password managers: entries with their values. The web address is what a login opens;
//! none of them says who holds it.

use crate::import::formats::known_format::{KnownFormat, OtherColumns, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;

const NOTES: &[&str] =
    &["the web address is what a login grants; the export does not say who holds it"];

/// Bitwarden, in CSV and in JSON.
pub(crate) const BITWARDEN: KnownFormat = KnownFormat {
    name: "Bitwarden export",
    needs: &["name", "login username", "login password"],
    columns: &[
        ("id", Meaning::Id),
        ("name", Meaning::Label),
        ("login username", Meaning::Identity),
        ("login password", Meaning::Value),
        ("login totp", Meaning::OtherSecret),
        ("notes", Meaning::OtherSecret),
        ("fields", Meaning::OtherSecret),
        ("fields value", Meaning::OtherSecret),
        ("password history password", Meaning::OtherSecret),
        ("login uri", Meaning::Target),
        ("login uris uri", Meaning::Target),
        ("folder", Meaning::Tags),
        ("creation date", Meaning::Created),
    ],
    storage: Some("Bitwarden"),
    ids_match: false,
    other_columns: OtherColumns::ReadByName,
    notes: NOTES,
    ..PLAIN
};

/// 1Password, in CSV.
pub(crate) const ONE_PASSWORD: KnownFormat = KnownFormat {
    name: "1Password export",
    needs: &["title", "username", "password", "otpauth"],
    columns: &[
        ("title", Meaning::Label),
        ("username", Meaning::Identity),
        ("password", Meaning::Value),
        ("otpauth", Meaning::OtherSecret),
        ("notes", Meaning::OtherSecret),
        ("url", Meaning::Target),
        ("website", Meaning::Target),
        ("tags", Meaning::Tags),
    ],
    storage: Some("1Password"),
    ids_match: false,
    other_columns: OtherColumns::ReadByName,
    notes: NOTES,
    ..PLAIN
};

/// `KeePass` and `KeePassXC`, in CSV.
pub(crate) const KEEPASS: KnownFormat = KnownFormat {
    name: "KeePass export",
    needs: &["group", "title", "username", "password", "url"],
    columns: &[
        ("title", Meaning::Label),
        ("username", Meaning::Identity),
        ("password", Meaning::Value),
        ("totp", Meaning::OtherSecret),
        ("notes", Meaning::OtherSecret),
        ("url", Meaning::Target),
        ("group", Meaning::Tags),
        ("created", Meaning::Created),
    ],
    storage: Some("KeePass"),
    ids_match: false,
    other_columns: OtherColumns::ReadByName,
    notes: NOTES,
    ..PLAIN
};

/// `LastPass`, in CSV. Notes have the address `http://sn`, which is no service.
/// <https://support.lastpass.com/s/document-item?bundleId=lastpass&topicId=LastPass/t_lastpass_export.html>
pub(crate) const LASTPASS: KnownFormat = KnownFormat {
    name: "LastPass export",
    needs: &["url", "username", "password", "extra", "name", "grouping", "fav"],
    columns: &[
        ("name", Meaning::Label),
        ("url", Meaning::Target),
        ("username", Meaning::Identity),
        ("password", Meaning::Value),
        ("totp", Meaning::OtherSecret),
        ("extra", Meaning::OtherSecret),
        ("grouping", Meaning::Tags),
    ],
    storage: Some("LastPass"),
    ids_match: false,
    notes: NOTES,
    ..PLAIN
};

/// The older exchange format of 1Password (`.1pif`), one entry a line. Of form fields those are read
/// that are designated as user name and password; the container sets them beside the others.
/// <https://support.1password.com/1pif-format/>
pub(crate) const ONE_PASSWORD_INTERCHANGE: KnownFormat = KnownFormat {
    name: "1Password interchange file",
    needs: &["uuid", "title", "type name", "security level"],
    columns: &[
        ("uuid", Meaning::Id),
        ("title", Meaning::Label),
        ("location", Meaning::Target),
        ("secure contents username", Meaning::Identity),
        ("secure contents password", Meaning::Value),
        ("secure contents fields value", Meaning::OtherSecret),
        ("secure contents notes plain", Meaning::OtherSecret),
        ("secure contents password history value", Meaning::OtherSecret),
        ("secure contents sections fields v", Meaning::OtherSecret),
        ("created at", Meaning::Created),
        ("trashed", Meaning::Disabled),
    ],
    storage: Some("1Password"),
    ids_match: false,
    notes: &["the location is what a login opens; who holds it, the export does not say"],
    ..PLAIN
};

/// `KeePass` 1, in CSV.
/// <https://keepass.info/help/base/importexport.html>
pub(crate) const KEEPASS_1: KnownFormat = KnownFormat {
    name: "KeePass 1 export",
    needs: &["account", "login name", "password", "web site", "comments"],
    columns: &[
        ("account", Meaning::Label),
        ("login name", Meaning::Identity),
        ("password", Meaning::Value),
        ("web site", Meaning::Target),
        ("comments", Meaning::OtherSecret),
    ],
    storage: Some("KeePass"),
    ids_match: false,
    notes: NOTES,
    ..PLAIN
};
