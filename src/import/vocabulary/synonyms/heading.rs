//! The words of a column's name, by which names are compared.

use zeroize::Zeroizing;

use crate::import::vocabulary::languages::english_heading;

/// The words of a column's name in lower case, with one space between two.
///
/// `CredentialId`, `credential-id`, `Credential ID` and `u_credential_id` are the same. Text in
/// brackets is left out: `Expires (UTC)` is `expires`.
pub(crate) fn normalised(name: &str) -> String {
    // While a header is searched, the cells of rows come here too, and may be secrets.
    let mut words = Zeroizing::new(String::with_capacity(name.len() * 2 + 8));
    let mut depth = 0_u32;
    let mut before = ' ';
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            // An accent that stands behind its letter, as macOS writes it.
            '\u{300}'..='\u{36f}' => continue,
            _ if !letter.is_alphanumeric() => words.push(' '),
            _ => {
                if letter.is_uppercase() && before.is_lowercase() {
                    words.push(' ');
                }
                words.extend(letter.to_lowercase());
            }
        }
        before = letter;
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    let inner = match words.as_slice() {
        ["u", rest @ ..] | [rest @ .., "utc" | "gmt"] if !rest.is_empty() => rest,
        all => all,
    };
    inner.join(" ")
}

/// The words of a column's name, translated where it is a known name of another language.
pub(crate) fn english(name: &str) -> String {
    let words = normalised(name);
    english_heading(&words).map_or(words, str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_one() {
        for name in
            ["CredentialId", "credential-id", " Credential ID", "u_credential_id", "CREDENTIAL_ID"]
        {
            assert_eq!(normalised(name), "credential id", "{name}");
        }
        assert_eq!(normalised("Expires (UTC)"), "expires");
        assert_eq!(normalised("LineStart"), "line start");
    }
}
