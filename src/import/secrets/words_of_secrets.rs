//! The words behind which people write secrets, in the languages of inventories.

/// Words for a secret, as a whole word: `PW: …`.
const WHOLE: [&str; 47] = [
    "passw",
    "kennw",
    "psk",
    "hasło",
    "heslo",
    "lösenord",
    "salasana",
    "şifre",
    "adgangskode",
    "kodeord",
    "passord",
    "jelszó",
    "пароль",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
    "zugangscode",
    "pw",
    "pass",
    "pwd",
    "psw",
    "pin",
    "otp",
    "mdp",
    "mp",
    "secret",
    "secreto",
    "segreto",
    "segredo",
    "geheim",
    "geheimnis",
    "geheimwort",
    "token",
    "jeton",
    "clave",
    "parola",
    "senha",
    "contrasena",
    "contraseña",
    "creds",
    "passcode",
    "passwords",
    "sig",
    "signature",
    "auth",
    "authorization",
];
/// Words for a secret, also as the end of a longer word: `PGPASSWORD=…`, `clientSecret: …`.
const ENDS: [&str; 20] = [
    "password",
    "passwd",
    "passwort",
    "kennwort",
    "losungswort",
    "passphrase",
    "wachtwoord",
    "pwd",
    "contraseña",
    "contrasena",
    "senha",
    "apikey",
    "accesskey",
    "secretkey",
    "accountkey",
    "privatekey",
    "sharedkey",
    "secret",
    "token",
    "codeword",
];
/// Several words for a secret; the last is where a value may follow.
const SEVERAL: [&[&str]; 30] = [
    &["p", "ss"],
    &["p", "w"],
    &["identified", "by"],
    &["community", "string"],
    &["mot", "de", "passe"],
    &["palavra", "passe"],
    &["palavra", "chave"],
    &["parola", "d", "ordine"],
    &["palabra", "clave"],
    &["pass", "word"],
    &["pass", "phrase"],
    &["pass", "code"],
    &["api", "key"],
    &["access", "key"],
    &["account", "key"],
    &["private", "key"],
    &["secret", "key"],
    &["shared", "key"],
    &["signing", "key"],
    &["encryption", "key"],
    &["master", "key"],
    &["auth", "key"],
    &["license", "key"],
    &["storage", "key"],
    &["api", "schlüssel"],
    &["clé", "api"],
    &["clave", "api"],
    &["chave", "api"],
    &["chiave", "api"],
    &["api", "sleutel"],
];
/// Words between a word for a secret and the secret.
const IS: [&str; 11] =
    ["is", "ist", "lautet", "est", "es", "é", "è", "was", "war", "becomes", "equals"];
/// What follows such a word where it is no secret.
const NO_SECRET: [&str; 44] = [
    "unknown",
    "known",
    "set",
    "not",
    "the",
    "in",
    "stored",
    "rotated",
    "changed",
    "expired",
    "kept",
    "managed",
    "shared",
    "required",
    "a",
    "an",
    "same",
    "missing",
    "empty",
    "needed",
    "being",
    "unbekannt",
    "nicht",
    "im",
    "der",
    "das",
    "die",
    "abgelaufen",
    "bekannt",
    "gespeichert",
    "inconnu",
    "dans",
    "le",
    "la",
    "expiré",
    "desconocida",
    "en",
    "el",
    "desconhecida",
    "no",
    "scaduta",
    "nella",
    "verlopen",
    "bij",
];

/// A word of a text, by where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
}

impl Word<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this word, which is given in lower case.
    pub(crate) fn is(&self, word: &str) -> bool {
        if self.text.is_ascii() {
            return self.text.eq_ignore_ascii_case(word);
        }
        !word.is_ascii() && self.text.chars().flat_map(char::to_lowercase).eq(word.chars())
    }

    fn ends_as(&self, word: &str) -> bool {
        let Some(at) = self.text.len().checked_sub(word.len()) else { return false };
        let Some(end) = self.text.get(at..) else { return false };
        Word { text: end, start: 0 }.is(word)
    }
}

/// The words of a text: runs of letters and digits.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                all.extend(text.get(from..at).map(|text| Word { text, start: from }));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        all.extend(text.get(from..).map(|text| Word { text, start: from }));
    }
    all
}

/// Whether the last of these words, with those before it, announces a secret.
pub(crate) fn announces(words: &[Word<'_>]) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    if last.text.len() > 1
        && (WHOLE.iter().any(|word| last.is(word)) || ENDS.iter().any(|word| last.ends_as(word)))
    {
        return true;
    }
    SEVERAL.iter().any(|several| {
        let Some((end, start)) = several.split_last() else { return false };
        let from = before.len().checked_sub(start.len());
        last.is(end)
            && from
                .and_then(|from| before.get(from..))
                .is_some_and(|before| before.iter().zip(start).all(|(own, word)| own.is(word)))
    })
}

/// Whether a word stands between a word for a secret and the secret.
pub(crate) fn is_verb(word: Word<'_>) -> bool {
    IS.iter().any(|verb| word.is(verb))
}

/// Whether a word behind a verb says something of a secret, and is none.
pub(crate) fn says_something(word: &str) -> bool {
    NO_SECRET.iter().any(|known| Word { text: word, start: 0 }.is(known))
}
