//! Words without accents and in lower case, so that they are found however they are written.

/// A text in lower case and without accents, with `ss` for `ß` and one space in the place of each run
/// of spaces, hyphens and underscores.
pub(crate) fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            ' ' | '-' | '_' | '\u{a0}' => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            '’' => plain.push('\''),
            // Marks that stand behind their letter, as macOS writes them.
            '\u{300}'..='\u{36f}' => {}
            _ => match without_accent(letter) {
                Some(letters) => plain.push_str(letters),
                None => plain.push(letter),
            },
        }
    }
    plain
}

/// The same with `ae`, `oe` and `ue` for letters with two dots, if the text has any.
pub(super) fn with_umlauts_spelt(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let spelt = lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    (spelt != lower).then(|| folded(&spelt))
}

fn without_accent(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ª' | 'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'º' | 'ó' | 'ò' | 'ô' | 'õ' | 'ö' => "o",
        'ú' | 'ù' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_hyphens_do_not_matter() {
        for (text, plain) in [
            ("Préproduction", "preproduction"),
            ("ÖFFNET", "offnet"),
            ("Außer-Betrieb", "ausser betrieb"),
            ("Acce\u{300}s", "acces"),
            ("donne l’accès", "donne l'acces"),
            (" Mot  de_passe ", "mot de passe"),
        ] {
            assert_eq!(folded(text), plain);
        }
        assert_eq!(with_umlauts_spelt("Schlüssel").as_deref(), Some("schluessel"));
        assert_eq!(with_umlauts_spelt("Clé"), None);
    }
}
