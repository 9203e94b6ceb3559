//! What names look like: two names that people take for one have the same skeleton.
//!
//! The term and the letters are those of Unicode Technical Standard 39, by `unicode-security`. Its
//! table compares letters in their own case; names here are compared without case, so the small
//! letters whose capitals look like Latin ones (в, т) are added. ASCII letters stay as they are:
//! `app1` and `appl` are two names.

use unicode_security::confusable_detection;

/// A name without case, with letters of other alphabets and odd spaces as the Latin ones that they
/// look like.
pub(crate) fn skeleton(name: &str) -> String {
    let mut skeleton = String::with_capacity(name.len());
    for letter in name.to_lowercase().chars() {
        match letter {
            ascii if ascii.is_ascii() => skeleton.push(ascii),
            other => push_prototype(&mut skeleton, other),
        }
    }
    skeleton
}

/// Adds the Latin letters that a letter looks like, or else the letter.
fn push_prototype(skeleton: &mut String, letter: char) {
    if let Some(latin) = latin_look(letter) {
        skeleton.push(latin);
        return;
    }
    let mut bytes = [0; 4];
    let before = skeleton.len();
    skeleton.extend(confusable_detection::skeleton(letter.encode_utf8(&mut bytes)));
    match skeleton.get(before..) {
        Some(latin) if latin.is_ascii() => {
            let lower = latin.to_ascii_lowercase();
            skeleton.truncate(before);
            skeleton.push_str(&lower);
        }
        _ => {
            skeleton.truncate(before);
            skeleton.push(letter);
        }
    }
}

/// What looks like a small letter or its capital, beyond the standard's table; spaces and dashes
/// count too.
fn latin_look(letter: char) -> Option<char> {
    Some(match letter {
        'в' => 'b',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'т' | 'τ' => 't',
        'н' => 'h',
        'γ' => 'y',
        'υ' => 'u',
        'ν' => 'v',
        'χ' => 'x',
        'ı' => 'i',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0)?.to_ascii_lowercase(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        assert_eq!(skeleton("Pаyments"), skeleton("payments"));
        assert_eq!(skeleton("ｗｅｂ‑1"), skeleton("web-1"));
        assert_eq!(skeleton("ВАСКEND"), skeleton("backend"));
        assert_eq!(skeleton("𝐩ay"), skeleton("pay"));
        assert_ne!(skeleton("päyments"), skeleton("payments"));
        assert_ne!(skeleton("app1"), skeleton("appl"));
    }
}
