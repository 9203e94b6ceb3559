//! Exports of password managers: entries with their values. The web address is what a login opens;
//! none of them says who holds it.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
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
    open: true,
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
    open: true,
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
    open: true,
    notes: NOTES,
    ..PLAIN
};
