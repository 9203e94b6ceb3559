//! Passwords that browsers saved. The web address is what a login opens; nobody is named who holds it.

use crate::import::formats::known_format::{KnownFormat, OtherColumns, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;

const NOTES: &[&str] =
    &["the web address is what a login opens; who holds it, the export does not say"];

/// Firefox: `about:logins`.
/// <https://support.mozilla.org/kb/export-login-data-firefox>
pub(crate) const FIREFOX: KnownFormat = KnownFormat {
    name: "Firefox passwords",
    needs: &["url", "username", "password", "http realm", "form action origin", "guid"],
    columns: &[
        ("guid", Meaning::Id),
        ("url", Meaning::Target),
        ("username", Meaning::Identity),
        ("password", Meaning::Value),
        ("time created", Meaning::Created),
        ("time last used", Meaning::LastUsed),
        ("time password changed", Meaning::LastRotated),
    ],
    storage: Some("browser"),
    kind: Some("password"),
    ids_match: false,
    notes: NOTES,
    ..PLAIN
};

/// Safari and Apple's Passwords.
/// <https://support.apple.com/guide/safari/ibrw1084/mac>
pub(crate) const SAFARI: KnownFormat = KnownFormat {
    name: "Safari passwords",
    needs: &["title", "url", "username", "password", "notes", "otpauth"],
    other_columns: OtherColumns::Absent,
    columns: &[
        ("title", Meaning::Label),
        ("url", Meaning::Target),
        ("username", Meaning::Identity),
        ("password", Meaning::Value),
        ("notes", Meaning::OtherSecret),
        ("otpauth", Meaning::OtherSecret),
    ],
    storage: Some("browser"),
    kind: Some("password"),
    ids_match: false,
    notes: NOTES,
    ..PLAIN
};

/// Chrome, Edge, and other browsers that are built on Chromium.
/// <https://support.google.com/chrome/answer/95606>
pub(crate) const CHROME: KnownFormat = KnownFormat {
    name: "Chrome or Edge passwords",
    needs: &["name", "url", "username", "password"],
    other_columns: OtherColumns::Absent,
    columns: &[
        ("name", Meaning::Label),
        ("url", Meaning::Target),
        ("username", Meaning::Identity),
        ("password", Meaning::Value),
        ("note", Meaning::OtherSecret),
        ("notes", Meaning::OtherSecret),
    ],
    storage: Some("browser"),
    kind: Some("password"),
    ids_match: false,
    notes: NOTES,
    ..PLAIN
};
