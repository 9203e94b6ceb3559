//! Texts in the place of a secret value that was removed from an export.

use crate::import::vocabulary::languages::{is_bracketed, is_removed};

use super::compare::same_word;
use super::remarks::{is_partly_masked, is_pointer, is_remark, is_type_name};
use super::unknown::is_unknown;

/// Words for a removed value.
const REMOVED: [&str; 10] = [
    "redacted",
    "hidden",
    "masked",
    "removed",
    "omitted",
    "censored",
    "filtered",
    "concealed",
    "placeholder",
    "obfuscated",
];

/// Words for a removed value, if they are in brackets; without, they are weak passwords.
const BRACKETED: [&str; 16] = [
    "secret",
    "password",
    "token",
    "value",
    "your password",
    "your secret",
    "your token",
    "your key",
    "your api key",
    "api key",
    "sensitive",
    "sensitive value",
    "encrypted",
    "not shown",
    "secret value",
    "known after apply",
];

/// The most bytes of a placeholder in brackets.
const LONGEST: usize = 64;
/// The most bytes of a bare one: a little more than the longest word for a removed value has.
const LONGEST_BARE: usize = 16;

/// What stands in a cell of a column of secret values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    /// A value.
    Value,
    /// Nothing, or a word for what is not known.
    Blank,
    /// A word or signs in the place of a value that was removed.
    Removed,
    /// What is no value, though somebody may take it for one: a part of one, a remark, a type's name.
    NoValue,
    /// Where in a vault the value is.
    Pointer,
}

/// What a trimmed cell of a column of secret values is.
pub(crate) fn value_kind(value: &str) -> ValueKind {
    if is_plainly_a_value(value) {
        ValueKind::Value
    } else if is_unknown(value) {
        ValueKind::Blank
    } else if is_mask(value) {
        ValueKind::Removed
    } else if is_partly_masked(value) || is_type_name(value) || is_remark(value) {
        ValueKind::NoValue
    } else if is_pointer(value) {
        ValueKind::Pointer
    } else {
        ValueKind::Value
    }
}

/// The fewest bytes that make a text of letters and digits a value without a closer look.
const PLAIN: usize = 16;

/// Whether a text is surely a value, which most cells show at a glance: letters and digits alone,
/// some of each, longer than any word for a missing one, and no run of a mask's letter; or the same
/// behind the name of a hash.
fn is_plainly_a_value(value: &str) -> bool {
    let bytes = value.strip_prefix("sha256:").unwrap_or(value).as_bytes();
    let mut has_digit = false;
    for byte in bytes {
        match byte {
            b'0'..=b'9' => has_digit = true,
            b'a'..=b'w' | b'y' | b'z' => {}
            _ => return false,
        }
    }
    has_digit && bytes.len() >= PLAIN && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// Whether a trimmed secret value is no value, but a text in the place of one.
pub(crate) fn is_placeholder(value: &str) -> bool {
    value_kind(value) != ValueKind::Value
}

/// Whether a mask stands in the place of the value.
fn is_mask(value: &str) -> bool {
    if is_filler(value) {
        return true;
    }
    let word = value.trim_matches(|letter: char| !letter.is_alphanumeric());
    let in_brackets = word.len() < value.len();
    if word.len() > LONGEST || (!in_brackets && word.len() > LONGEST_BARE) {
        return false;
    }
    let between = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close);
    if between("${", "}") || between("{{", "}}") || between("$(", ")") {
        return true;
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if value.len() > 3 && between("%", "%") && word.bytes().all(is_name) {
        return true;
    }
    let bracketed = [("<", ">"), ("[", "]"), ("(", ")"), ("{", "}"), ("‹", "›")]
        .into_iter()
        .any(|(open, close)| between(open, close));
    REMOVED.iter().any(|known| same_word(word, known))
        || is_removed(word)
        || (bracketed
            && (BRACKETED.iter().any(|known| same_word(word, known)) || is_bracketed(word)))
}

/// `****`, `xxxx` and the like.
fn is_filler(value: &str) -> bool {
    let filler =
        |letter| matches!(letter, '*' | '•' | '●' | 'x' | 'X' | '.' | '-' | '_' | '#' | '…');
    value.chars().all(filler)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::vocabulary::words::unknown::UNKNOWN;

    #[test]
    fn every_word_of_the_tables_is_known() {
        for word in UNKNOWN {
            let spelt = [word.to_owned(), word.to_uppercase(), word.replace(' ', "_")];
            assert!(spelt.iter().all(|word| is_placeholder(word)), "{word}");
        }
        for word in REMOVED {
            assert!(is_placeholder(word) && is_placeholder(&word.to_uppercase()), "{word}");
            assert!(is_placeholder(&format!("<{word}>")), "{word}");
        }
        for word in BRACKETED {
            for (open, close) in [("<", ">"), ("[", "]"), ("(", ")"), ("{", "}"), ("‹", "›")] {
                assert!(is_placeholder(&format!("{open}{word}{close}")), "{word}");
            }
            assert!(!is_placeholder(word) || is_remark(word), "{word}");
        }
    }

    #[test]
    fn placeholders_are_no_values_and_weak_passwords_are() {
        for cell in [
            "REDACTED",
            "***",
            "<secret>",
            "xxxx",
            "[hidden]",
            "(hidden)",
            "••••",
            "null",
            "n/a",
            "[REDACTED]",
            "${DB_PASSWORD}",
            "%DB_PASSWORD%",
            "{{ secret }}",
            "<your-password>",
            "***REDACTED***",
        ] {
            assert!(is_placeholder(cell), "{cell}");
        }
        for cell in ["changeme", "password", "hunter2", "secret", "x1", "admin"] {
            assert!(!is_placeholder(cell), "{cell}");
        }
    }
}
