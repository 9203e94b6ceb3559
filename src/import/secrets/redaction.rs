//! Masks a secret value in the other cells of its row.
//!
//! A value is searched for as it is, percent-encoded, and in base64 at each of the three offsets at
//! which it can start in an encoded text; one of several lines also with other line ends, and line by
//! line. A value of fewer than four bytes would be found everywhere, so it is masked only where a cell
//! is nothing but the value.

use memchr::memmem;
use zeroize::{Zeroize as _, Zeroizing};

/// The text in the place of a value.
pub(crate) const MASK: &str = "‹masked›";

/// Values of fewer bytes are masked only where they are the whole cell: three letters occur in words.
const SHORTEST_WITHIN: usize = 4;
/// Lines of a value with fewer bytes are not searched for by themselves.
const SHORTEST_LINE: usize = 8;

/// The forms in which one secret may be written elsewhere. Wiped when dropped.
pub(crate) struct Forms(Vec<Zeroizing<String>>);

impl Forms {
    pub(crate) fn of(secret: &str) -> Self {
        let mut forms = Self(Vec::with_capacity(9));
        forms.add(Zeroizing::new(secret.to_owned()));
        if secret.len() < SHORTEST_WITHIN {
            return forms;
        }
        forms.add(percent(secret, b"0123456789ABCDEF"));
        forms.add(percent(secret, b"0123456789abcdef"));
        for offset in 0..3 {
            forms.add(base64(secret.as_bytes(), offset, [b'+', b'/']));
            forms.add(base64(secret.as_bytes(), offset, [b'-', b'_']));
        }
        if secret.contains('\n') || secret.contains("\\n") {
            forms.add_lines(secret);
        }
        forms
    }

    /// Whether a text of up to `longest` bytes can have any form of the secrets of a cell. No form of
    /// a value is shorter than the value; of several lines, or in a list, each part is searched for.
    pub(crate) fn may_occur_in(longest: usize, cell: &str) -> bool {
        longest >= cell.len()
            || cell.starts_with(['[', '{'])
            || cell.contains(['\n', '\\', ';'])
            || cell.contains("://")
    }

    /// Adds a secret of several lines with other line ends, and each of its longer lines.
    fn add_lines(&mut self, secret: &str) {
        let lines = || {
            secret
                .split("\\n")
                .flat_map(|part| part.split('\n'))
                .map(|line| line.trim_end_matches("\\r").trim())
        };
        for end in ["\r\n", "\n", "\\n", "\\r\\n"] {
            let mut form = Zeroizing::new(String::with_capacity(secret.len() * 4));
            for (at, line) in lines().enumerate() {
                if at > 0 {
                    form.push_str(end);
                }
                form.push_str(line);
            }
            self.add(form);
        }
        for line in lines().filter(|line| line.len() >= SHORTEST_LINE && !line.starts_with("-----"))
        {
            self.add(Zeroizing::new(line.to_owned()));
        }
    }

    /// The text with every form replaced that occurs in it, or in the strings of a JSON document once
    /// their escapes are read; `None` if there was none.
    pub(crate) fn masked_anywhere(&self, text: &str, mask: &str) -> Option<Zeroizing<String>> {
        if let Some(masked) = self.masked(text, mask) {
            return Some(masked);
        }
        if !(text.starts_with(['[', '{']) && text.contains('\\')) {
            return None;
        }
        let mut document: serde_json::Value = serde_json::from_str(text).ok()?;
        let found = self.mask_document(&mut document, mask);
        let clean = found.then(|| Zeroizing::new(document.to_string()));
        wipe(&mut document);
        clean
    }

    fn mask_document(&self, document: &mut serde_json::Value, mask: &str) -> bool {
        use serde_json::Value;
        let mut found = false;
        match document {
            Value::String(text) => {
                if let Some(masked) = self.masked(text, mask) {
                    text.zeroize();
                    *text = masked.to_string();
                    found = true;
                }
            }
            Value::Array(all) => {
                for one in all {
                    found |= self.mask_document(one, mask);
                }
            }
            Value::Object(members) => {
                for one in members.values_mut() {
                    found |= self.mask_document(one, mask);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        found
    }

    /// Whether any form occurs in `text`, or is all of it if the secret is short.
    pub(crate) fn occur_in(&self, text: &str) -> bool {
        self.0.iter().any(|form| {
            if form.len() < SHORTEST_WITHIN {
                form.as_str() == text
            } else {
                found(text, form).is_some()
            }
        })
    }

    /// Whether the secret is so short that only whole cells count.
    pub(crate) fn are_short(&self) -> bool {
        self.0.first().is_some_and(|form| form.len() < SHORTEST_WITHIN)
    }

    /// The text with every form replaced, if there was one.
    pub(crate) fn masked(&self, text: &str, mask: &str) -> Option<Zeroizing<String>> {
        if !self.occur_in(text) {
            return None;
        }
        if self.are_short() {
            return Some(Zeroizing::new(mask.to_owned()));
        }
        let mut rest = Zeroizing::new(text.to_owned());
        for form in &self.0 {
            if found(&rest, form).is_some() {
                rest = replaced(&rest, form, mask);
            }
        }
        Some(rest)
    }

    fn add(&mut self, form: Zeroizing<String>) {
        if !self.0.contains(&form) {
            self.0.push(form);
        }
    }
}

/// Wipes every text of a document.
fn wipe(document: &mut serde_json::Value) {
    use serde_json::Value;
    match document {
        Value::String(text) => text.zeroize(),
        Value::Array(all) => all.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn found(text: &str, form: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), form.as_bytes())
}

/// The text with every occurrence replaced. Its buffer is large enough from the start, so that growing
/// leaves no unwiped copy behind.
fn replaced(text: &str, form: &str, mask: &str) -> Zeroizing<String> {
    let most = text.len() + (text.len() / form.len().max(1) + 1) * mask.len();
    let mut clean = Zeroizing::new(String::with_capacity(most));
    for (at, part) in text.split(form).enumerate() {
        if at > 0 {
            clean.push_str(mask);
        }
        clean.push_str(part);
    }
    clean
}

fn percent(secret: &str, digits: &[u8; 16]) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::with_capacity(secret.len() * 3));
    for byte in secret.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
            continue;
        }
        encoded.push('%');
        for half in [byte >> 4, byte & 15] {
            encoded.push(digits.get(usize::from(half)).copied().map_or('0', char::from));
        }
    }
    encoded
}

/// The base64 letters that depend only on the secret if it starts `offset` bytes into a group.
fn base64(secret: &[u8], offset: usize, last: [u8; 2]) -> Zeroizing<String> {
    let (first, end) = ((offset * 8).div_ceil(6), (offset + secret.len()) * 8 / 6);
    let mut encoded = Zeroizing::new(String::with_capacity(end));
    for letter in first..end {
        let bit = letter * 6 - offset * 8;
        let high = secret.get(bit / 8).copied().unwrap_or(0);
        let low = secret.get(bit / 8 + 1).copied().unwrap_or(0);
        let six = u16::from_be_bytes([high, low]) >> (10 - bit % 8) & 63;
        let [plus, slash] = last;
        encoded.push(char::from(match six as u8 {
            six @ 0..=25 => b'A' + six,
            six @ 26..=51 => b'a' + six - 26,
            six @ 52..=61 => b'0' + six - 52,
            62 => plus,
            _ => slash,
        }));
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_masked_in_every_form() {
        for (value, text, clean) in [
            ("p@ss/w0rd", "is p@ss/w0rd!", "is ‹masked›!"),
            ("p@ss/w0rd", "p@ss/w0rd and p@ss/w0rd", "‹masked› and ‹masked›"),
            ("p@ss/w0rd", "p%40ss%2Fw0rd", "‹masked›"),
            ("p@ss/w0rd", "p%40ss%2fw0rd", "‹masked›"),
            // base64 of the value, of up@ss/w0rd and of user:p@ss/w0rd
            ("p@ss/w0rd", "cEBzcy93MHJk", "‹masked›"),
            ("p@ss/w0rd", "dXBAc3MvdzByZA==", "dX‹masked›A=="),
            ("p@ss/w0rd", "dXNlcjpwQHNzL3cwcmQ=", "dXNlcjp‹masked›Q="),
            // the same of a value whose code has both signs that differ, for addresses and not
            ("?>p??>~", "Pz5wPz8+fg==", "‹masked›g=="),
            ("?>p??>~", "Pz5wPz8-fg==", "‹masked›g=="),
            ("?>p??>~", "dT8+cD8/Pn4=", "dT‹masked›4="),
            ("?>p??>~", "dT8-cD8_Pn4", "dT‹masked›4"),
            ("?>p??>~", "dXU/PnA/Pz5+", "dXU‹masked›"),
            ("?>p??>~", "dXU_PnA_Pz5-", "dXU‹masked›"),
        ] {
            let masked = Forms::of(value).masked(text, MASK);
            assert_eq!(masked.as_deref().map(String::as_str), Some(clean), "{text}");
        }
        assert_eq!(Forms::of("p@ss/w0rd").masked("other", MASK), None);
    }

    #[test]
    fn a_value_is_masked_with_json_escapes_and_other_line_ends() {
        let json = Forms::of("CANARY6x");
        let masked = json.masked_anywhere(r#"["svc CANARY\u0036x", "b"]"#, MASK).unwrap();
        assert_eq!(masked.as_str(), r#"["svc ‹masked›","b"]"#);
        assert_eq!(json.masked_anywhere(r#"["svc\u0036", "b"]"#, MASK), None);
        let key = Forms::of("-----BEGIN-----\r\nAAAABBBBCC\r\nDDDDEEEEFF\r\n-----END-----");
        for text in [
            "x -----BEGIN-----\nAAAABBBBCC\nDDDDEEEEFF\n-----END-----",
            r"-----BEGIN-----\nAAAABBBBCC\nDDDDEEEEFF\n-----END-----\n",
            "only DDDDEEEEFF",
        ] {
            let masked = key.masked(text, MASK).unwrap();
            assert!(!masked.contains("DDDD") && !masked.contains("AAAA"), "{text}");
        }
    }

    #[test]
    fn a_short_value_is_masked_only_as_a_whole_cell() {
        let forms = Forms::of("abc");
        assert_eq!(forms.masked("abc", MASK).unwrap().as_str(), MASK);
        assert_eq!(forms.masked("abcd", MASK), None);
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        assert_eq!(base64(b"Man", 0, [b'+', b'/']).as_str(), "TWFu");
        // "aMan" is YU1hbg==: of "Man" one byte in, all but the first letter and a half.
        assert_eq!(base64(b"Man", 1, [b'+', b'/']).as_str(), "1hb");
    }
}
