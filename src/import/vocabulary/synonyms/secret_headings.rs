//! Names of columns of secret values that no table lists: they are recognised by how they end.

/// The last words of names of secret values.
const ENDS: [&str; 13] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passwort",
    "kennwort",
    "secret",
    "token",
    "contraseña",
    "senha",
    "wachtwoord",
    "passcode",
    "credential value",
];
/// The word before `key` where the key is a secret.
const KEYS: [&str; 22] = [
    "access",
    "account",
    "aes",
    "api",
    "app",
    "encryption",
    "gpg",
    "hmac",
    "host",
    "license",
    "master",
    "pgp",
    "private",
    "rsa",
    "sas",
    "secret",
    "shared",
    "signing",
    "ssh",
    "storage",
    "subscription",
    "webhook",
];
/// The first words of names that ask something about a secret.
#[rustfmt::skip]
const ASKS: [&str; 16] = [
    "allow", "change", "enable", "enabled", "force", "has", "is", "last", "must", "name",
    "needs", "number", "requires", "reset", "type", "uses",
];

/// Whether a column's name ends like those of secret values: `db password`, `client secret value`.
pub(crate) fn ends_as_secret(words: &str) -> bool {
    let mut parts: Vec<&str> = words.split(' ').collect();
    while parts.len() > 1
        && parts.last().is_some_and(|part| {
            matches!(*part, "value" | "text" | "string" | "plain" | "plaintext" | "raw")
                || part.bytes().all(|byte| byte.is_ascii_digit())
        })
    {
        parts.pop();
    }
    if parts.first().is_some_and(|first| ASKS.contains(first)) || parts.contains(&"of") {
        return false;
    }
    match parts.as_slice() {
        [.., kind, "key"] => KEYS.contains(kind),
        [.., last] => {
            ENDS.iter().any(|end| last == end)
                || last.ends_with("passwort")
                || last.ends_with("kennwort")
                || last.ends_with("password")
        }
        [] => false,
    }
}
