//! What secrets look like: mixed values, tokens with the marks of their issuers.

use crate::import::vocabulary::words::looks_random;

/// The least letters of a value that is known by its mixture alone. Shorter ones occur in names.
const SHORTEST_MIXED: usize = 8;
/// The least length of a token: npm's and GitHub's oldest forms have 20 characters and more, and words
/// that people write are shorter.
pub(crate) const SHORTEST_TOKEN: usize = 16;

/// Whether a text of eight signs or more mixes letters with digits or signs, as values do. What joins
/// words to a name (`-`, `_`, `.`) is no such sign.
pub(crate) fn is_mixed(text: &str) -> bool {
    let is_sign = |letter: char| {
        !letter.is_alphanumeric()
            && !letter.is_whitespace()
            && !"-_./:,'’()[]{}<>\"“”|\\".contains(letter)
    };
    text.chars().count() >= SHORTEST_MIXED
        && text.chars().any(char::is_alphabetic)
        && text.chars().any(|letter| letter.is_ascii_digit() || is_sign(letter))
}

/// Whether a text has the look of a password that somebody was made to choose: three of lower and
/// upper case, digits and signs, one of the signs being none that names have.
pub(crate) fn is_password(text: &str) -> bool {
    let has = |test: fn(char) -> bool| usize::from(text.chars().any(test));
    let signs = has(|letter| "!$%^&*+=?~#§€£".contains(letter));
    text.chars().count() >= SHORTEST_MIXED
        && signs == 1
        && signs + has(char::is_lowercase) + has(char::is_uppercase) + has(|d| d.is_ascii_digit())
            >= 3
}

/// Whether a cell of a column of names can only be a password: it has a sign that names do not have, or
/// one that they seldom have beside letters of both cases and digits.
///
/// Accounts of machines (`WEB01$`), numbers of tickets (`Ticket#123`), pairs (`Env=Prod`), patterns,
/// addresses and what stands for a variable are no passwords.
pub(crate) fn can_only_be_a_password(cell: &str) -> bool {
    let cell = cell.strip_suffix('$').unwrap_or(cell);
    if !is_password(cell) || cell.contains(char::is_whitespace) || is_place(cell) {
        return false;
    }
    let has = |test: fn(char) -> bool| cell.chars().any(test);
    let is_encoded = cell.match_indices('%').any(|(at, _)| {
        cell.get(at + 1..at + 3).is_some_and(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    let is_variable = cell.starts_with("${") || cell.starts_with('%') && cell.ends_with('%');
    if is_encoded || is_variable {
        return false;
    }
    let classes =
        [has(char::is_lowercase), has(char::is_uppercase), has(|letter| letter.is_ascii_digit())];
    let classes = classes.into_iter().filter(|has| *has).count();
    if has(|letter| "!$%^§€£".contains(letter)) {
        return classes >= 2;
    }
    let is_numbered = cell.rsplit_once('#').is_some_and(|(_, number)| {
        !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    });
    let is_pair = cell.trim_end_matches('=').contains('=');
    classes == 3 && !is_numbered && !is_pair && !has(|letter| matches!(letter, '*' | '/' | '@'))
}

/// Whether a run of signs within any name can only be a password: `Zx9!moos`, `Sommer2024!`.
pub(crate) fn is_lone_password(run: &str) -> bool {
    let signs = ['!', '^', '§', '€', '£', '$'];
    let inner = run.trim_matches(signs);
    let has = |test: fn(char) -> bool| run.chars().any(test);
    let (lower, upper) = (has(char::is_lowercase), has(char::is_uppercase));
    let is_path = run.contains('\\') || run.contains("${") || run.contains("$(");
    // `Winter2023#`, and not `C#Web1` or `Ticket#12`.
    let digits = run.strip_suffix('#').map(|rest| {
        rest.len() - rest.trim_end_matches(|letter: char| letter.is_ascii_digit()).len()
    });
    if digits.is_some_and(|digits| digits > 1) && lower && upper && run.len() >= SHORTEST_MIXED {
        return true;
    }
    has(|letter| letter.is_ascii_digit())
        && (inner.contains(signs) || (run.contains(signs) && lower && upper))
        && (lower || upper)
        && !is_path
        && can_only_be_a_password(run)
}

/// The last words of the names of a cloud's regions.
const SIDES: [&str; 9] = [
    "north",
    "south",
    "east",
    "west",
    "central",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
];

/// Whether a text names a place of the network or of a cloud: `db1.acme.example`, `eu-west-1`.
pub(crate) fn is_place(text: &str) -> bool {
    let labels = || text.split('.');
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let is_host = labels().count() > 1
        && labels().all(is_label)
        && labels().next_back().is_some_and(|last| {
            last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_lowercase())
        });
    let region =
        text.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('-');
    let is_region = region.len() < text.len()
        && region.rsplit('-').next().is_some_and(|side| {
            SIDES.contains(&side) || SIDES.iter().any(|known| side.ends_with(known))
        });
    is_host || is_region || text.contains("://")
}

/// The beginnings by which issuers mark their tokens, which nothing else has.
const MARKS: [&str; 27] = [
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "glptt-",
    "gldt-",
    "glrt-",
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "xoxr-",
    "xoxs-",
    "xoxe-",
    "xoxe.",
    "xapp-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "rk_test_",
    "whsec_",
    "AIza",
    "dop_v1_",
    "shpat_",
    "AGE-SECRET-KEY-",
];
/// Beginnings that names may have as well, so that what follows must look random.
const WEAK_MARKS: [&str; 22] = [
    "sk-",
    "npm_",
    "pypi-",
    "hvs.",
    "hvb.",
    "shpss_",
    "shpca_",
    "SG.",
    "key-",
    "dapi",
    "ya29.",
    "EAAC",
    "lin_api_",
    "hf_",
    "dckr_pat_",
    "NRAK-",
    "PMAK-",
    "rubygems_",
    "sntrys_",
    "tskey-",
    "ATATT3x",
    "pul-",
];

/// Whether a text begins as the tokens of an issuer do.
pub(crate) fn begins_as_token(text: &str) -> bool {
    MARKS.iter().any(|mark| begins(text, mark).is_some())
}

/// What follows a beginning, whatever the case of its letters.
pub(crate) fn begins<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(mark.len())?;
    start.eq_ignore_ascii_case(mark).then_some(rest)
}

/// Whether a run of letters, digits, `_`, `-` and `.` is a token.
pub(crate) fn is_token(run: &str) -> bool {
    if run.len() < SHORTEST_TOKEN {
        return false;
    }
    let marked = |mark: &str| {
        begins(run, mark)
            .is_some_and(|rest| rest.len() >= 8 && rest.bytes().any(|byte| byte.is_ascii_digit()))
    };
    if MARKS.iter().any(|mark| marked(mark)) || is_access_key_id(run) {
        return true;
    }
    if run.len() >= 20 && WEAK_MARKS.iter().any(|mark| is_behind(run, mark)) {
        return true;
    }
    // A JSON web token: two parts that begin with `{"` in base64.
    let mut parts = run.splitn(3, '.').map(|part| begins(part, "eyJ").is_some());
    parts.next() == Some(true) && parts.next() == Some(true)
}

/// Whether what follows a beginning that names may have as well looks as if a machine had made it.
fn is_behind(run: &str, mark: &str) -> bool {
    let Some(rest) = begins(run, mark) else { return false };
    let has = |test: fn(&u8) -> bool| rest.as_bytes().iter().any(test);
    let is_mixed =
        has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let is_hex = rest.len() >= 24
        && has(u8::is_ascii_digit)
        && rest.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    looks_random(run) || (rest.len() >= 16 && is_mixed) || is_hex
}

/// Whether a text is the id of an access key of AWS.
pub(crate) fn is_access_key_id(text: &str) -> bool {
    text.len() == 20
        && (begins(text, "AKIA").is_some() || begins(text, "ASIA").is_some())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_columns_of_names_are_told_from_names() {
        for password in [
            "Sommer2024!",
            "xK9#mQ2$vL7pWd1",
            "sommer2024!",
            "Winter2023#",
            "#4oFZgwZl8$gxGIEK8VO5?d28Y5$#MjV",
            "REiz@eU+jSawe8uPmvUE8%+hb?DOsKFS",
            "pass§wort1",
        ] {
            assert!(can_only_be_a_password(password), "{password}");
        }
        for name in [
            "ACME\\WEB-PROD-01$",
            "gmsa_Web12$",
            "Ticket#1234",
            "Env=Prod1",
            "R&D-Portal",
            "*.Acme1.example",
            "Acme%20Shop1",
            "${DB_PASSWORD1}",
            "%DB_Password1%",
            "https://h.example/a?b=C1",
            "ann.Lee1+ci@acme.example",
            "CN=Web1,OU=Apps",
            "checkout-api",
            "Web Shop 24!",
        ] {
            assert!(!can_only_be_a_password(name), "{name}");
        }
    }

    #[test]
    fn ids_of_access_keys_are_those_of_users_and_of_sessions() {
        for id in ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "akiaiosfodnn7example"] {
            assert!(is_access_key_id(id), "{id}");
        }
        for id in ["AROAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPL", "AKIAIOSFODNNAEXAMPLE"] {
            assert!(!is_access_key_id(id), "{id}");
        }
    }
}
