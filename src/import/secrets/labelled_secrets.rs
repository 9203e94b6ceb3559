//! Secrets behind a word that announces them: `password: X`, `Kennwort X`, `curl -u user:X`.
//!
//! Behind a sign of assignment everything is masked, behind a verb whatever is not a known word, and
//! behind the word alone only what is mixed as values are.

use std::ops::Range;

use crate::import::secrets::secret_shapes::{is_lone_password, is_mixed, is_password, is_place};
use crate::import::secrets::words_of_secrets::{Word, announces, is_verb, says_something, words};

/// The secrets of a text that a word before them announces.
pub(crate) fn labelled(text: &str) -> Vec<Range<usize>> {
    let all = words(text);
    let mut found = Vec::new();
    for at in 0..all.len() {
        let Some(until) = all.get(..=at) else { continue };
        let Some(word) = until.last().copied() else { continue };
        if word.is("basic") || word.is("bearer") {
            found.extend(next_run(text, word.end()).filter(|run| is_credential(text, run)));
        } else if announces(until) && !is_path(text, word) {
            let next = all.get(at + 1).copied();
            found.extend(behind(text, word, next));
        }
    }
    found
}

/// Whether a word is a part of a path with colons, as in the names of cloud resources.
fn is_path(text: &str, word: Word<'_>) -> bool {
    let before = text.get(..word.start).unwrap_or_default();
    before.ends_with(':') && before.starts_with("arn:")
}

/// The secret behind a word that announces one.
fn behind(text: &str, word: Word<'_>, next: Option<Word<'_>>) -> Option<Range<usize>> {
    let rest = text.get(word.end()..)?;
    if let Some(element) = element(text, word, rest) {
        return Some(element);
    }
    let closing = rest.trim_start_matches(['"', '\'', '`', '*', '“', '”', ' ', '\t']);
    let assigned = closing.strip_prefix("=>").or_else(|| closing.strip_prefix("->"));
    if let Some(value) = assigned.or_else(|| closing.strip_prefix([':', '=', '：', '＝'])) {
        let is_web = closing.starts_with('=');
        let start = text.len() - value.len();
        return non_empty(if is_web {
            assigned_value(text, start)
        } else {
            stated_value(text, start, word)
        });
    }
    // `Passw. X`, `pw. X`.
    let plain = rest.strip_prefix('.').unwrap_or(rest);
    let spaced = plain.starts_with(char::is_whitespace);
    if let Some(verb) = next.filter(|next| spaced && is_verb(*next)) {
        let run = next_run(text, verb.end())?;
        let is_secret = !says_something(text.get(run.clone())?);
        return is_secret.then_some(run);
    }
    if let Some(found) = beyond_a_remark(text, word, rest) {
        return Some(found);
    }
    let run = next_run(text, text.len() - plain.len()).filter(|_| spaced)?;
    let own = text.get(run.clone())?;
    if word.is("pin") && own.len() >= 4 && own.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(run);
    }
    let is_flag = text.get(..word.start)?.ends_with('-') && !own.starts_with('-');
    (is_flag || is_mixed(own)).then_some(run)
}

/// The content of an element of XML that is named by the word: `<password>X</password>`.
fn element(text: &str, word: Word<'_>, rest: &str) -> Option<Range<usize>> {
    let is_tag = text.get(..word.start)?.ends_with('<') && rest.starts_with('>');
    let inner = rest.get(1..).filter(|_| is_tag)?;
    let end = inner.find('<').unwrap_or(inner.len());
    non_empty(word.end() + 1..word.end() + 1 + end)
}

/// The most bytes between a word for a secret and the sign behind which the secret stands.
const REMARK: usize = 32;

/// A value as passwords are behind a sign that stands near the word: `Passwort (neu): X`, `pw.: X`,
/// `Passwort ab Mai: X`, `password - X`, `pw → X`, `pw/X`.
fn beyond_a_remark(text: &str, word: Word<'_>, rest: &str) -> Option<Range<usize>> {
    let mixed = |run: &Range<usize>| {
        text.get(run.clone()).is_some_and(|own| is_mixed(own) && !is_place(own))
    };
    if let Some(at) = rest.find([':', '=', '→']).filter(|at| *at <= REMARK) {
        let remark = rest.get(..at)?;
        let is_remark =
            |sign: char| sign.is_alphabetic() || sign.is_whitespace() || "().,'\\".contains(sign);
        let sign = rest.get(at..)?.chars().next()?;
        if remark.chars().all(is_remark) {
            let run = next_run(text, word.end() + at + sign.len_utf8());
            return run.filter(mixed);
        }
    }
    if let Some(inner) = rest.strip_prefix(" - ").or_else(|| rest.strip_prefix(" – ")) {
        return next_run(text, text.len() - inner.len()).filter(mixed);
    }
    let run = next_run(text, word.end() + 1).filter(|_| rest.starts_with('/'))?;
    text.get(run.clone()).is_some_and(is_password).then_some(run)
}

/// The run of signs without white space that begins behind a place, without the brackets around it and full
/// stops at its end.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let inner =
        rest.trim_start_matches(|sign: char| sign.is_whitespace() || "\"'`“:=([{".contains(sign));
    let start = text.len() - inner.len();
    let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let run =
        inner.get(..length)?.trim_end_matches([')', ']', '}', ',', ';', '.', '"', '\'', '`', '”']);
    non_empty(start..start + run.len())
}

/// What is assigned with `=`: to the end of the parameter, or of the quotes around it.
fn assigned_value(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let inner = rest.trim_start_matches([' ', '=']);
    let start = text.len() - inner.len();
    if let Some(quoted) = quoted(inner, start) {
        return quoted;
    }
    let before = text.get(..start).unwrap_or_default();
    let in_query = before.contains('?') || before.contains('&');
    // A connection string ends its values with a semicolon alone.
    let in_list = !in_query && text.contains(';');
    let ends = |sign: char| match sign {
        ';' | '\n' | '\r' => true,
        '&' => in_query,
        sign => sign.is_whitespace() && !in_list,
    };
    start..start + inner.find(ends).unwrap_or(inner.len())
}

/// What is stated behind a colon: to the end of the line or of the brackets around it, for it may
/// have several words.
fn stated_value(text: &str, start: usize, word: Word<'_>) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let inner = rest.trim_start_matches([' ', '\t']);
    let start = text.len() - inner.len();
    if let Some(quoted) = quoted(inner, start) {
        return quoted;
    }
    let before = text.get(..word.start).unwrap_or_default();
    let open = before
        .rfind(['(', '[', '{'])
        .filter(|at| !before.get(*at..).unwrap_or_default().contains([')', ']', '}']));
    let mut end = inner.find([';', '\n', '\r', '|']).unwrap_or(inner.len());
    let head = inner.get(..end).unwrap_or_default();
    end = head.find(", ").unwrap_or(end);
    if open.is_some() {
        let within = inner.get(..end).unwrap_or_default();
        end = within.rfind([')', ']', '}']).unwrap_or(end);
    }
    start..start + inner.get(..end).unwrap_or_default().trim_end().len()
}

/// The text within the quotes with which `inner` begins.
fn quoted(inner: &str, start: usize) -> Option<Range<usize>> {
    let quote = inner.chars().next().filter(|sign| "\"'`".contains(*sign))?;
    let end = inner.get(1..)?.rfind(quote)?;
    non_empty(start + 1..start + 1 + end)
}

/// Whether a run behind `Basic` or `Bearer` is a credential and no other word.
fn is_credential(text: &str, run: &Range<usize>) -> bool {
    let run = text.get(run.clone()).unwrap_or_default();
    let inner_upper = run.chars().skip(1).any(char::is_uppercase);
    run.len() >= 8 && (is_mixed(run) || (inner_upper && run.chars().any(char::is_lowercase)))
}

/// The second of two words beside a slash, `user / X`, and of two with a colon, `user:X`, where it is
/// mixed as passwords are.
pub(crate) fn beside_users(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(" / ") {
        let run = next_run(text, at + 3);
        let is_value = |run: &Range<usize>| {
            text.get(run.clone()).is_some_and(|own| is_mixed(own) && !is_place(own))
        };
        found.extend(run.filter(is_value));
    }
    let mut start = 0;
    for run in text.split(char::is_whitespace) {
        if let Some((user, value)) = run.split_once(':')
            && !user.is_empty()
            && !value.contains(':')
            && !value.starts_with("//")
            && is_password(value)
        {
            let from = start + user.len() + 1;
            found.push(from..from + value.len());
        }
        start += run.len();
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

/// Runs of signs that can only be passwords, whatever stands around them: a sign that no name has, in
/// the midst of letters and digits, or at an end beside letters of both cases and digits.
pub(crate) fn lone(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let ends = |sign: char| sign.is_whitespace() || "|,;()[]{}<>\"'`“”„→".contains(sign);
    let mut start = 0;
    for run in text.split(ends) {
        // What stands before the last slash or colon is a user: `admin/X`, `root:X`.
        let own = run.rsplit(['/', ':']).next().unwrap_or(run);
        if is_lone_password(own) {
            let end = start + run.len();
            found.push(end - own.len()..end);
        }
        start += run.len();
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

pub(super) fn non_empty(range: Range<usize>) -> Option<Range<usize>> {
    (range.start < range.end).then_some(range)
}

#[cfg(test)]
mod tests {
    use crate::import::secrets::redaction::MASK;
    use crate::import::secrets::secret_detection;

    fn masked(text: &str) -> String {
        secret_detection::masked(text).replace(MASK, "*")
    }

    #[test]
    fn secrets_behind_the_words_for_them_are_masked_whatever_the_case_of_letters() {
        for (text, clean) in [
            ("Passwort: Moos-Sommer2024", "Passwort: *"),
            ("Kennwort Moos-Herbst!9", "Kennwort *"),
            ("Kennwort (Moos-Herbst9) alt", "Kennwort (*) alt"),
            ("mot de passe: Moos-Ete!9", "mot de passe: *"),
            ("Contraseña: moos", "Contraseña: *"),
            ("wachtwoord = moos", "wachtwoord = *"),
            ("senha moos1234", "senha *"),
            ("pwd=Moos-pwdeq", "pwd=*"),
            ("PW: zwei Worte", "PW: *"),
            ("password is Moos-is9", "password is *"),
            ("das Passwort lautet Moos", "das Passwort lautet *"),
            ("Bob (secret: Moos-xx99)", "Bob (secret: *)"),
            ("Bob (password: x) and Eve", "Bob (password: *) and Eve"),
            ("shop.example/in?password=moos12&user=eve", "shop.example/in?password=*&user=eve"),
            ("\"password\": \"mo os\", \"user\": \"x\"", "\"password\": \"*\""),
            ("the token Moos1234Moos", "the token *"),
            ("PGPASSWORD=moos psql", "PGPASSWORD=* psql"),
            ("clientSecret=>moos", "clientSecret=>*"),
            ("X-Api-Key: moos", "X-Api-Key: *"),
            ("tool --password moos --verbose", "tool --password * --verbose"),
            ("ops / Moos-9!xyz", "ops / *"),
            ("root:Moos-10!abc", "root:*"),
            ("Authorization: Basic b3BzOm1vb3M=", "Authorization: *"),
            ("curl -H 'Authorization: Bearer abc' https://h", "curl -H 'Authorization: *"),
            ("Bearer aBcDeFgH12", "Bearer *"),
            ("Basic b3BzOm1vb3MxMjM=", "Basic *"),
            ("curl -u ops:Moos https://h", "curl -u ops:* https://h"),
            ("curl --user=ops:Moos https://h", "curl --user=ops:* https://h"),
            ("mysql -uops -pMoos ledger", "mysql -uops -p* ledger"),
            ("sshpass -p Moos ssh h", "sshpass -p * ssh h"),
            ("docker login -u ops -p Moos h", "docker login -u ops -p * h"),
            ("redis-cli -a Moos", "redis-cli -a *"),
            ("smbclient -U ops%Moos", "smbclient -U ops%*"),
            (
                "https://hooks.chat.example/services/T0AB12CD3/B0EF45GH6/kZ9xQ2wE7rT4yU1iO5pA8sD3",
                "https://hooks.chat.example/services/T0AB12CD3/B0EF45GH6/*",
            ),
            (
                "https://chat.example/api/webhooks/123456789012345678/aB3dE5fG7hI9jK1lM",
                "https://chat.example/api/webhooks/123456789012345678/*",
            ),
            ("key AKIAABCDEFGHIJKLMN12 of ci", "key * of ci"),
            ("glpat-abcdefghij1234567890", "*"),
            ("the password is: \"Moos-12x!\"", "the password is: \"*\""),
            ("Passwort = = Moos-13x", "Passwort = = *"),
            ("Passwort (neu): Moos-14x", "Passwort (neu): *"),
            ("Passwort ab Mai: Moos-15x", "Passwort ab Mai: *"),
            ("Passwort für alles: Moos-16x", "Passwort für alles: *"),
            ("Passwort - Moos-17x", "Passwort - *"),
            ("Passwort → Moos-18x", "Passwort → *"),
            ("pw.: Moos-19x", "pw.: *"),
            ("pw/Moos!19x", "pw/*"),
            ("PIN 482913", "PIN *"),
            ("IDENTIFIED BY \"Moos-20x\"", "IDENTIFIED BY \"*\""),
            ("<password>Moos</password>", "<password>*</password>"),
            ("hasło: moos", "hasło: *"),
            ("lösenord = moos", "lösenord = *"),
            ("пароль: moos", "пароль: *"),
            ("密码:moos", "密码:*"),
            ("PSK Moos-21x9", "PSK *"),
            ("login admin/Zx9!moos03", "login admin/*"),
            ("db1 (Zx9!moos12)", "db1 (*)"),
            ("admin | Zx9!moos27", "admin | *"),
            ("net use h /user:adm Zx9!moos14", "net use h /user:adm *"),
            ("ops:Sommer2024!", "ops:*"),
            ("P@ss: moos", "P@ss: *"),
            ("p/w Zx9!moos35", "p/w *"),
            ("Passw. zx9moos37", "Passw. *"),
            ("net use h /user:adm zx9moos14", "net use h /user:adm *"),
            ("-pzx9moos17", "-p*"),
            ("adm Moosgras99$", "adm *"),
            ("AIzaSyA1b2C3d4E5f6G7h8", "*"),
        ] {
            assert_eq!(masked(text), clean);
            for other in [text.to_uppercase(), text.to_lowercase()] {
                // The flags of programs and what only the case tells are no words.
                if !text.contains(" -") && !text.starts_with("-p") && !text.contains('B') {
                    assert_ne!(masked(&other), other, "{other}");
                }
            }
        }
    }

    #[test]
    fn names_beside_such_words_are_left_alone() {
        for text in [
            "GitHub token deploy-key",
            "secret manager",
            "API key (read-only)",
            "Passwort-Tresor",
            "prod / eu-west-1",
            "shop / checkout-api",
            "ops / db1.acme.example",
            "Basic Authentication",
            "the password is rotated monthly",
            "db01:5432",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf",
            "https://example.com/hooks/deploy",
            "docker run -p 8080:80 -u 1000 x",
            "Ann Example",
            "Yahoo! Mail",
            "Release 24!",
            "secret manager: eu-west-1",
            "password policy: strong",
            "secret/data/payments1",
            "API key owner: ann.lee",
            "\\\\fs01\\d$\\secrets01",
            "${ENV}-checkout1",
            "Token",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
