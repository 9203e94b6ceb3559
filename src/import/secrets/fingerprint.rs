//! The key under which secret values become fingerprints, and the making of fingerprints.
//!
//! Keyed BLAKE3, so that the same secret in two projects cannot be matched and nobody can try a
//! dictionary on the stored fingerprints. Values and supplied fingerprints are keyed in contexts of
//! their own: a value that happens to be written like a fingerprint never matches one.
//!
//! A fingerprint is written as a token, `keyreach:v1:` and 48 hexadecimal digits, of which the last
//! 16 are a keyed check. Under the same key, a token in the place of a value or a fingerprint is read
//! as the original; under another key it is a text like any other.

use std::fmt;

use zeroize::Zeroizing;

use crate::import::secrets::value_traces::TraceKey;
use crate::inventory::{Fingerprint, TOKEN};

/// A 256-bit key; wiped when dropped, and shown by nothing.
#[derive(Clone)]
pub struct FingerprintKey(Zeroizing<[u8; 32]>);

/// Why a key file cannot be used. Reveals nothing of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text is not 64 characters long.
    #[error("a key has 64 hexadecimal digits and this text has {0}; make a new key file")]
    Length(usize),
    /// A character is no hexadecimal digit.
    #[error(
        "a key has only hexadecimal digits and this text has other characters; make a new key file"
    )]
    NotHex,
}

impl FingerprintKey {
    /// Takes 32 random bytes as a key.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads the text of a key file: 64 hexadecimal digits, with white space around them at most.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let length = text.chars().count();
        if length != 64 {
            return Err(KeyError::Length(length));
        }
        let mut key = Self(Zeroizing::new([0; 32]));
        let (pairs, _) = text.as_bytes().as_chunks::<2>();
        for (byte, &[high, low]) in key.0.iter_mut().zip(pairs) {
            let (Some(high), Some(low)) = (hex_digit(high), hex_digit(low)) else {
                return Err(KeyError::NotHex);
            };
            *byte = high << 4 | low;
        }
        Ok(key)
    }
}

impl FingerprintKey {
    /// The text of a key file.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(65));
        for byte in self.0.iter() {
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(digit), 16));
            }
        }
        text.push('\n');
        text
    }

    /// By what a project knows its key again: equal for the same key, and nothing can be learnt of the
    /// key from it.
    pub fn mark(&self) -> String {
        format!("{:032x}", shortened(&blake3::keyed_hash(&self.0, b"mark")).0)
    }

    /// What digests of whole files are made with: without the key nobody can try what a file held.
    pub(crate) fn file_hasher(&self) -> blake3::Hasher {
        blake3::Hasher::new_keyed(&derived(self, b"file"))
    }
}

impl fmt::Debug for FingerprintKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FingerprintKey(…)")
    }
}

/// Makes fingerprints under one key, in contexts of their own, and tokens for them.
pub struct Fingerprinter {
    values: Zeroizing<[u8; 32]>,
    supplied: Zeroizing<[u8; 32]>,
    checks: Zeroizing<[u8; 32]>,
    stand_ins: Zeroizing<[u8; 32]>,
    pointers: Zeroizing<[u8; 32]>,
    traces: TraceKey,
}

impl Fingerprinter {
    /// Prepares fingerprints under a key.
    pub fn new(key: &FingerprintKey) -> Self {
        Self {
            values: derived(key, b"secret value"),
            supplied: derived(key, b"fingerprint"),
            checks: derived(key, b"token"),
            stand_ins: derived(key, b"stand-in"),
            pointers: derived(key, b"pointer"),
            traces: TraceKey::new(shortened(&blake3::keyed_hash(&key.0, b"traces")).0),
        }
    }

    /// The token for a fingerprint, which the same key reads as what the fingerprint was made of.
    pub fn token(&self, fingerprint: Fingerprint) -> String {
        format!("{TOKEN}{:032x}{:016x}", fingerprint.0, self.check(fingerprint))
    }

    /// A fingerprint for a separate credential that has none: the same for the same text.
    pub fn stand_in(&self, text: &str) -> Fingerprint {
        shortened(&blake3::keyed_hash(&self.stand_ins, text.as_bytes()))
    }

    /// Under which the traces of values are kept.
    pub(crate) fn trace_key(&self) -> TraceKey {
        self.traces
    }

    /// The fingerprint of a pointer to a place in a vault: what joins the rows that name the place.
    pub(crate) fn of_pointer(&self, pointer: &str) -> Fingerprint {
        shortened(&blake3::keyed_hash(&self.pointers, pointer.as_bytes()))
    }

    /// The fingerprint of a token of this key; `None` for any other text.
    fn of_token(&self, text: &str) -> Option<Fingerprint> {
        let digits = text.strip_prefix(TOKEN).filter(|digits| digits.len() == 48)?;
        let (fingerprint, check) = digits.split_at_checked(32)?;
        let fingerprint = Fingerprint(u128::from_str_radix(fingerprint, 16).ok()?);
        let check = u64::from_str_radix(check, 16).ok()?;
        (check == self.check(fingerprint)).then_some(fingerprint)
    }

    /// Whether a text is a token that this key did not make.
    pub(crate) fn is_of_other_key(&self, text: &str) -> bool {
        text.starts_with(TOKEN) && self.of_token(text).is_none()
    }

    fn check(&self, fingerprint: Fingerprint) -> u64 {
        let hash = blake3::keyed_hash(&self.checks, &fingerprint.0.to_le_bytes());
        shortened(&hash).0 as u64
    }

    /// The fingerprint of a raw secret value. A key file is the same key however its lines end,
    /// even if they are written as `\n`.
    pub(crate) fn of_value(&self, value: &str) -> Fingerprint {
        if let Some(original) = self.of_token(value) {
            return original;
        }
        if value.starts_with("-----BEGIN ") {
            let lines = value.split("\\n").flat_map(|part| part.split('\n'));
            let mut same = Zeroizing::new(String::with_capacity(value.len() + 1));
            for line in lines.map(|line| line.trim_end_matches("\\r").trim()) {
                if !line.is_empty() {
                    same.push_str(line);
                    same.push('\n');
                }
            }
            return shortened(&blake3::keyed_hash(&self.values, same.as_bytes()));
        }
        shortened(&blake3::keyed_hash(&self.values, value.as_bytes()))
    }

    /// The fingerprint of a supplied fingerprint: hexadecimal digits are compared without case.
    pub(crate) fn of_supplied(&self, supplied: &str) -> Fingerprint {
        if let Some(original) = self.of_token(supplied) {
            return original;
        }
        let folds = supplied.bytes().any(|byte| byte.is_ascii_uppercase()) && {
            let digits = supplied.rsplit_once(':').map_or(supplied, |(_, digits)| digits);
            digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        if !folds {
            return shortened(&blake3::keyed_hash(&self.supplied, supplied.as_bytes()));
        }
        let folded = Zeroizing::new(supplied.to_ascii_lowercase());
        shortened(&blake3::keyed_hash(&self.supplied, folded.as_bytes()))
    }
}

fn derived(key: &FingerprintKey, context: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(*blake3::keyed_hash(&key.0, context).as_bytes())
}

fn shortened(hash: &blake3::Hash) -> Fingerprint {
    let mut half = [0; 16];
    for (to, from) in half.iter_mut().zip(hash.as_bytes()) {
        *to = *from;
    }
    Fingerprint(u128::from_le_bytes(half))
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_64_hexadecimal_digits() {
        let text = "00ff".repeat(16) + "\n";
        let key = FingerprintKey::parse(&text).unwrap();
        assert_eq!(key.0[..4], [0x00, 0xff, 0x00, 0xff]);
        assert_eq!(FingerprintKey::parse("abc").unwrap_err(), KeyError::Length(3));
        assert_eq!(FingerprintKey::parse(&"xy".repeat(32)).unwrap_err(), KeyError::NotHex);
    }

    #[test]
    fn a_key_is_shown_by_nothing() {
        assert_eq!(format!("{:?}", FingerprintKey::from_bytes([7; 32])), "FingerprintKey(…)");
    }

    #[test]
    fn fingerprints_depend_on_the_key_and_the_context() {
        let one = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let two = Fingerprinter::new(&FingerprintKey::from_bytes([2; 32]));
        assert_eq!(one.of_value("hunter2"), one.of_value("hunter2"));
        assert_ne!(one.of_value("hunter2"), two.of_value("hunter2"));
        assert_ne!(one.of_value("hunter2"), one.of_supplied("hunter2"));
    }

    #[test]
    fn hexadecimal_fingerprints_match_without_case_and_others_do_not() {
        let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        assert_eq!(keyed.of_supplied("SHA256:ABCDEF"), keyed.of_supplied("sha256:abcdef"));
        assert_ne!(keyed.of_supplied("xyZ"), keyed.of_supplied("xyz"));
    }

    #[test]
    fn a_token_is_its_fingerprint_under_its_own_key_only() {
        let own = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let other = Fingerprinter::new(&FingerprintKey::from_bytes([2; 32]));
        let token = own.token(own.of_value("hunter2"));
        assert!(!token.contains("hunter2"));
        assert_eq!(own.of_value(&token), own.of_value("hunter2"));
        assert_eq!(own.of_supplied(&token), own.of_value("hunter2"));
        assert_ne!(other.of_value(&token), other.of_value("hunter2"));
        assert_ne!(other.of_value(&token), own.of_value("hunter2"));
        let changed = token.replace("v1:", "v1:0");
        assert_eq!(own.of_token(&changed), None);
        assert_eq!(own.of_token(&format!("{TOKEN}{}", "é".repeat(24))), None);
    }
}
