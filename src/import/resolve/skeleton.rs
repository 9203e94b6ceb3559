//! What names look like: two names that people take for one have the same skeleton.
//!
//! The term is that of Unicode Technical Standard 39. The letters here are those of its confusables
//! that stand in names as people type them.

/// A name without case, with letters of other alphabets and odd spaces as the Latin ones that they
/// look like.
pub(crate) fn skeleton(name: &str) -> String {
    let prototype = |letter: char| match letter {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        'а' | 'α' => 'a',
        'в' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' => 'm',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '！'..='～' => {
            char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter).to_ascii_lowercase()
        }
        other => other,
    };
    name.to_lowercase().chars().map(prototype).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        assert_eq!(skeleton("Pаyments"), skeleton("payments"));
        assert_eq!(skeleton("ｗｅｂ‑1"), skeleton("web-1"));
        assert_ne!(skeleton("päyments"), skeleton("payments"));
    }
}
