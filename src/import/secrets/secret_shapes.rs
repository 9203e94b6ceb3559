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
    if run.len() >= 20
        && WEAK_MARKS.iter().any(|mark| begins(run, mark).is_some())
        && looks_random(run)
    {
        return true;
    }
    // A JSON web token: two parts that begin with `{"` in base64.
    let mut parts = run.splitn(3, '.').map(|part| begins(part, "eyJ").is_some());
    parts.next() == Some(true) && parts.next() == Some(true)
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
    fn ids_of_access_keys_are_those_of_users_and_of_sessions() {
        for id in ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "akiaiosfodnn7example"] {
            assert!(is_access_key_id(id), "{id}");
        }
        for id in ["AROAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPL", "AKIAIOSFODNNAEXAMPLE"] {
            assert!(!is_access_key_id(id), "{id}");
        }
    }
}
