//! The columns of the table that this program exports, which can be imported again whatever the names
//! in it look like.

/// The columns, with names that any table may use; the last is for people.
pub const EXPORT_COLUMNS: [&str; 22] = [
    "credential_id",
    "credential_name",
    "fingerprint",
    "credential_type",
    "identity",
    "credential_owner",
    "storage",
    "tags",
    "status",
    "created",
    "last_rotated",
    "last_used",
    "expires",
    "service",
    "environment",
    "access",
    "level",
    "service_type",
    "service_owner",
    "exposure",
    "crown_jewel",
    "read_from",
];

/// Whether a header is that of an exported table.
pub(crate) fn is_export(header: &[String]) -> bool {
    header.iter().map(String::as_str).eq(EXPORT_COLUMNS)
}
