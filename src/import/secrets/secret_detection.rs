//! Secrets in the place of names: logins in addresses, tokens, parameters, whole keys.
//!
//! This is the safety net below the columns of secrets: whatever becomes a name passes through it. It
//! knows forms and makes no guesses: a text that merely looks random may be an id.

use std::borrow::Cow;
use std::ops::Range;

use crate::import::secrets::behind_accounts::behind_accounts;
use crate::import::secrets::command_lines::{in_commands, lone_flag};
use crate::import::secrets::labelled_secrets::{beside_users, labelled, lone};
use crate::import::secrets::redaction::MASK;
use crate::import::secrets::secret_shapes::{SHORTEST_TOKEN, begins, begins_as_token, is_token};
use crate::import::vocabulary::addresses::login_end;

/// The parts of a text that are secrets, in order and apart from each other; usually none. The text is
/// to become a name.
pub(crate) fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let has_signs = text.bytes().any(may_precede_a_secret);
    if has_signs {
        found.extend(logins(text));
        found.extend(parameters(text));
        found.extend(webhooks(text));
        found.extend(labelled(text));
        found.extend(beside_users(text));
        found.extend(in_commands(text));
    }
    if text.bytes().any(|byte| matches!(byte, b' ' | b'/' | b':' | b'|')) {
        found.extend(behind_accounts(text));
    }
    if text.bytes().any(|byte| matches!(byte, b'!' | b'$' | b'^' | b'#' | 0xc2 | 0xe2)) {
        found.extend(lone(text));
    }
    if text.starts_with("-p") {
        found.extend(lone_flag(text));
    }
    if has_signs || text.len() >= SHORTEST_TOKEN {
        found.extend(tokens(text));
        found.extend(key_block(text).map(|start| start..text.len()));
    }
    merged(found)
}

/// Whether a cell is a secret as a whole, as tokens are.
pub(crate) fn is_a_secret(cell: &str) -> bool {
    secrets(cell).first().is_some_and(|all| *all == (0..cell.len()))
}

/// Whether a secret in a text may follow this byte; plain names have none of these.
fn may_precede_a_secret(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'\n' | b'\r' | b'=' | b':' | b'@' | b'<' | 0xc2 | 0xe2 | 0xe3 | 0xef
    )
}

/// Whether a text that somebody wrote has a secret value in it, as far as its form shows one.
pub fn holds_secret(text: &str) -> bool {
    !secrets(text).is_empty()
}

/// A text that somebody wrote, with a mask in the place of each secret value in it; what is a name of the
/// inventory stays, though it looks like one.
pub fn without_secrets(text: &str, is_name: impl Fn(&str) -> bool) -> String {
    let mut found = secrets(text);
    found.retain(|secret| !text.get(secret.clone()).is_some_and(&is_name));
    masked_at(text, found).into_owned()
}

/// Overlapping parts as one.
fn merged(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if found.is_empty() {
        return found;
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut all: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found.into_iter().filter(|range| !range.is_empty()) {
        match all.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}

/// Where a key in text form begins.
fn key_block(text: &str) -> Option<usize> {
    let begin = |at: &usize| {
        let rest = text.get(at + 4..).unwrap_or_default();
        begins(rest.trim_start_matches(['-', ' ']), "BEGIN ").is_some()
    };
    let keys = memchr::memmem::find_iter(text.as_bytes(), "----").find(begin);
    keys.or_else(|| memchr::memmem::find(text.as_bytes(), b"PuTTY-User-Key-File"))
}

/// The text with every secret masked.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    masked_at(text, secrets(text))
}

fn masked_at(text: &str, found: Vec<Range<usize>>) -> Cow<'_, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for secret in found {
        clean.push_str(text.get(from..secret.start).unwrap_or_default());
        clean.push_str(MASK);
        from = secret.end;
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(clean)
}

/// Passwords of addresses, and tokens in the place of their users.
fn logins(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("://")) {
        let start = from + at + 3;
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let address = rest.get(..length).unwrap_or_default();
        if let Some(end) = login_end(address) {
            let login = address.get(..end).unwrap_or_default();
            match login.find(':') {
                Some(colon) => found.push(start + colon + 1..start + end),
                None if is_token(login) || begins_as_token(login) => found.push(start..start + end),
                None => {}
            }
        }
        from = start;
    }
    if found.is_empty() && !text.contains("://") {
        found.extend(bare_login(text));
    }
    found
}

/// `app:password@db:5432`, and `jdbc:oracle:thin:app/password@db:1521`.
fn bare_login(text: &str) -> Option<Range<usize>> {
    let at = text.rfind('@')?;
    let (login, server) = (text.get(..at)?, text.get(at + 1..)?);
    let server = server.split(['/', '?']).next().unwrap_or_default();
    let port = server.rsplit_once(':').is_some_and(|(_, port)| {
        !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_server = (port || server.contains('.')) && !server.contains(char::is_whitespace);
    if !is_server || login.contains(char::is_whitespace) {
        return None;
    }
    let start = match login.strip_prefix("jdbc:") {
        Some(_) => login.rfind('/')? + 1,
        None if login.starts_with("mailto:") => return None,
        None => login.find(':')? + 1,
    };
    Some(start..at)
}

/// Values of parameters that hold secrets: `?sig=…`, `;Password=…`.
fn parameters(text: &str) -> Vec<Range<usize>> {
    const KEYS: [&str; 24] = [
        "password",
        "passwd",
        "pwd",
        "pass",
        "secret",
        "token",
        "access_token",
        "auth_token",
        "refresh_token",
        "api_key",
        "apikey",
        "api-key",
        "key",
        "sig",
        "signature",
        "accountkey",
        "sharedaccesskey",
        "client_secret",
        "x-amz-signature",
        "auth",
        "x-amz-security-token",
        "x-goog-signature",
        "hmac",
        "sharedaccesssignature",
    ];
    let mut found = Vec::new();
    let mut start = 0;
    let is_list = text.contains([';', '?', '&']);
    for part in text.split(['?', '&', ';', ' ', '\n']) {
        let end = start + part.len();
        if let Some((key, value)) = part.split_once('=') {
            let name = key.trim();
            let known = KEYS.iter().any(|known| name.eq_ignore_ascii_case(known));
            let bare = !is_list && name.eq_ignore_ascii_case("key");
            if known && !bare && !value.is_empty() {
                found.push(end - value.len()..end);
            }
        }
        start = end + 1;
    }
    found
}

/// The parts of the address of a webhook that let whoever knows them in.
fn webhooks(text: &str) -> Vec<Range<usize>> {
    /// The shortest such part: the tokens of chat services have 24 letters and more, their numbers
    /// of teams and channels fewer than 12.
    const SHORTEST: usize = 16;
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + 3;
        let rest = text.get(start..).unwrap_or_default();
        let address = rest.split(char::is_whitespace).next().unwrap_or_default();
        let lower = address.to_ascii_lowercase();
        if !(lower.contains("hook") || lower.contains("/bot") || lower.contains("/sendmessage")) {
            continue;
        }
        let mut from = start;
        for part in address.split(['/', '?', '#', '@', '&']) {
            let secret = part.strip_prefix("bot").filter(|rest| rest.contains(':')).unwrap_or(part);
            let letters = secret.bytes().any(|byte| byte.is_ascii_alphabetic());
            let digits = secret.bytes().any(|byte| byte.is_ascii_digit());
            let both = secret.bytes().any(|byte| byte.is_ascii_uppercase())
                && secret.bytes().any(|byte| byte.is_ascii_lowercase());
            let is_host = from == start;
            if !is_host && secret.len() >= SHORTEST && letters && (digits || both) {
                found.push(from + part.len() - secret.len()..from + part.len());
            }
            from += part.len() + 1;
        }
    }
    found
}

/// In how many parts of a path a token is looked for.
const LONGEST_PATH: usize = 32;

fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let mut at = 0;
    for run in text.as_bytes().split(|byte| !is_part(*byte)) {
        let end = at + run.len();
        // A token may end a path: `tokens.ghp_…`.
        let starts = std::iter::once(at).chain(
            run.iter().enumerate().filter(|(_, byte)| **byte == b'.').map(|(dot, _)| at + dot + 1),
        );
        let is_token = |start: &usize| text.get(*start..end).is_some_and(is_token);
        found.extend(starts.take(LONGEST_PATH).find(is_token).map(|start| start..end));
        at += run.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        super::masked(text).replace(MASK, "*")
    }

    #[test]
    fn secrets_in_addresses_and_connection_strings_are_found() {
        for (text, clean) in [
            ("postgres://app:s3cret@db:5432/x", "postgres://app:*@db:5432/x"),
            ("see https://u:p/q@h and more", "see https://u:*@h and more"),
            ("postgres://app:pw/xyz@db.example/x", "postgres://app:*@db.example/x"),
            ("app:hunter2@db:5432", "app:*@db:5432"),
            ("jdbc:oracle:thin:app/hunter2@db:1521/x", "jdbc:oracle:thin:app/*@db:1521/x"),
            ("git https://ghp_abc@github.com/o/r", "git https://*@github.com/o/r"),
            ("https://x.blob/c?sp=r&sig=abc%2F", "https://x.blob/c?sp=r&sig=*"),
            ("Server=db;User Id=app;Password=x y", "Server=db;User Id=app;Password=*"),
            ("key ghp_a1B2c3D4e5F6g7H8i9J0 of ci", "key * of ci"),
            ("eyJhbGciOiJIUzI1.eyJzdWIiOiIx.abc", "*"),
            ("tokens.ghp_a1B2c3D4e5F6g7H8i9J0", "tokens.*"),
            ("app SG.aaaabbbbccccddddeeeeff.ggggHHHHiiii12345", "app *"),
            ("app npm_abcdefghij0123456789ABCDEFGHIJ012345", "app *"),
            ("app hvs.CAESIJ1234567890abcdefGHIJKL", "app *"),
            ("app sk-proj-abcdefghij1234567890ABCDEFGHIJ", "app *"),
            ("app dckr_pat_abcdefghijABCDEFGHIJ0123456", "app *"),
            ("app PMAK-1234567890abcdef12345678-abcdefabcdef1234567890abcdefabcdef12", "app *"),
            ("app 00D50000000abcd!AQEAQP0XyZ123456", "app *"),
        ] {
            assert_eq!(masked(text), clean);
        }
    }

    #[test]
    fn names_are_left_alone() {
        for text in [
            "https://example.com/a@b",
            "https://example.com:8080/a@b",
            "https://git@github.com/o/r",
            "team@example.com",
            "mailto:team@example.com",
            "svc:payments@prod",
            "image:1.2@sha256:abcd",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf",
            "sk-analytics-production-service-account",
            "a long name with nothing in it at all",
            "region=eu",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
