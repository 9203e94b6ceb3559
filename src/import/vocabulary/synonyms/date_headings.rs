//! Names of date columns that no table lists: they are recognised by their endings.

use super::meaning::Meaning;

/// Endings that make a date of what stands before them.
const ENDINGS: [&str; 9] =
    ["date time", "datetime", "timestamp", "date", "time", "at", "on", "utc", "epoch"];
/// What the table lists instead of such an ending.
const LISTED: [&str; 4] = ["", " at", " date", " on"];
/// Words in front of a date that say only that it is one of the credential.
#[rustfmt::skip]
const OF_CREDENTIALS: [&str; 21] = [
    "access", "api", "app", "application", "authorized", "cert", "certificate", "client", "cred",
    "credential", "credentials", "date", "entry", "key", "password", "personal", "secret", "ssh", "tls",
    "token", "pwd",
];
/// Names whose ending alone would say too little.
const WHOLE: [(&str, Meaning); 14] = [
    ("start", Meaning::Created),
    ("begin", Meaning::Created),
    ("creation", Meaning::Created),
    ("create", Meaning::Created),
    ("authorized", Meaning::Created),
    ("end", Meaning::Expires),
    ("expire", Meaning::Expires),
    ("not valid after", Meaning::Expires),
    ("invalid after", Meaning::Expires),
    ("rotation", Meaning::LastRotated),
    ("last rotation", Meaning::LastRotated),
    ("last set", Meaning::LastRotated),
    ("accessed", Meaning::LastUsed),
    ("last sign in", Meaning::LastUsed),
];

/// Whether a meaning is that of a date.
fn is_date(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Created
            | Meaning::LastRotated
            | Meaning::LastUsed
            | Meaning::Expires
            | Meaning::Disabled
    )
}

/// The meaning of `authorized credential expires at`, `created date time`, `expire time`; `listed` is
/// what the table says of a name.
pub(super) fn date_heading(
    words: &str,
    listed: impl Fn(&str) -> Option<Meaning>,
) -> Option<Meaning> {
    let mut rest = words;
    loop {
        if let Some(meaning) = date_named(rest, &listed) {
            return Some(meaning);
        }
        let (first, behind) = rest.split_once(' ')?;
        if !OF_CREDENTIALS.contains(&first) {
            return None;
        }
        rest = behind;
    }
}

fn date_named(words: &str, listed: &impl Fn(&str) -> Option<Meaning>) -> Option<Meaning> {
    let of_date = |name: &str| listed(name).filter(|meaning| is_date(*meaning));
    let stems = ENDINGS.iter().filter_map(|ending| words.strip_suffix(ending)?.strip_suffix(' '));
    let of_stem = |stem: &str| {
        let whole = WHOLE.iter().find(|(name, _)| *name == stem).map(|(_, meaning)| *meaning);
        whole.or_else(|| LISTED.iter().find_map(|ending| of_date(&format!("{stem}{ending}"))))
    };
    of_date(words).or_else(|| stems.into_iter().find_map(of_stem))
}

#[cfg(test)]
mod tests {
    use super::super::lookup::Synonyms;
    use super::*;

    #[test]
    fn dates_are_known_by_their_endings() {
        for (name, meaning) in [
            ("createdDateTime", Meaning::Created),
            ("CreatedAt", Meaning::Created),
            ("startDateTime", Meaning::Created),
            ("credential_authorized_at", Meaning::Created),
            ("EndDateTime", Meaning::Expires),
            ("expireTime", Meaning::Expires),
            ("token_expires_at", Meaning::Expires),
            ("authorized_credential_expires_at", Meaning::Expires),
            ("expiresOn", Meaning::Expires),
            ("ExpirationTimestamp", Meaning::Expires),
            ("Secret Expiry Date", Meaning::Expires),
            ("certificate valid to", Meaning::Expires),
            ("expiresat", Meaning::Expires),
            ("LASTROTATED", Meaning::LastRotated),
            ("lastRotatedTime", Meaning::LastRotated),
            ("PasswordLastSet", Meaning::LastRotated),
            ("credential_accessed_at", Meaning::LastUsed),
            ("lastUsedDateTime", Meaning::LastUsed),
            ("lastUsedOn", Meaning::LastUsed),
        ] {
            let found = Synonyms::new().meaning(name).map(|(meaning, _)| meaning);
            assert_eq!(found, Some(meaning), "{name}");
        }
        for name in
            ["password never expires", "user created at", "uptime", "update time", "on", "at"]
        {
            let found = Synonyms::new().meaning(name).map(|(meaning, _)| meaning);
            assert!(found.is_none_or(|meaning| !is_date(meaning)), "{name}");
        }
    }
}
