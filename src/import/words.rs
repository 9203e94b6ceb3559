//! The words that cells use: unknown, access, level, status, yes and no.

use crate::inventory::{Access, Flag, Level, Status};

const UNKNOWN: [&str; 46] = [
    "-",
    "--",
    "---",
    "–",
    "—",
    "?",
    "??",
    "???",
    ".",
    "…",
    "...",
    "n/a",
    "n\\a",
    "n.a.",
    "na",
    "#n/a",
    "nan",
    "nil",
    "null",
    "none",
    "(none)",
    "<none>",
    "[none]",
    "(null)",
    "<null>",
    "\\n",
    "unknown",
    "(unknown)",
    "<unknown>",
    "unassigned",
    "not assigned",
    "undefined",
    "not set",
    "not applicable",
    "not available",
    "no information",
    "not supported",
    "no owner",
    "no owners",
    "unowned",
    "tbd",
    "tba",
    "tbc",
    "to be determined",
    "never",
    "blank",
];

/// Whether a trimmed cell says that it says nothing.
pub(super) fn is_unknown(cell: &str) -> bool {
    let Some(first) = cell.bytes().next() else { return true };
    if cell.len() > 24 || !starts_unknown(first) {
        return false;
    }
    is_unknown_word(cell) || is_spreadsheet_error(cell)
}

/// Whether a word for unknown starts with the byte.
fn starts_unknown(byte: u8) -> bool {
    matches!(
        byte,
        b'-' | b'?'
            | b'.'
            | b'n'
            | b'N'
            | b'#'
            | b'('
            | b'<'
            | b'['
            | b'{'
            | b'\\'
            | b'u'
            | b'U'
            | b't'
            | b'T'
            | b'b'
            | b'B'
            | b'*'
            | b'_'
            | 0xe2
    )
}

fn is_unknown_word(cell: &str) -> bool {
    let inner = cell.trim_matches(['<', '>', '{', '}', '*']).trim();
    UNKNOWN.iter().any(|word| same_word(cell, word) || same_word(inner, word))
}

/// Whether a cell is a word of the table, whatever its case and whether `_` or `-` part it.
fn same_word(cell: &str, word: &str) -> bool {
    let alike = |(one, other): (u8, u8)| {
        one.eq_ignore_ascii_case(&other) || (other == b' ' && matches!(one, b'_' | b'-'))
    };
    cell.len() == word.len() && cell.bytes().zip(word.bytes()).all(alike)
}

/// Whether a trimmed secret value is a stand-in for one that was taken out.
pub(super) fn is_placeholder(value: &str) -> bool {
    if is_unknown(value) || is_filler(value) {
        return true;
    }
    let word = value.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_bracketed = word.len() < value.len();
    if word.len() > 64 || (!is_bracketed && word.len() > 12) {
        return false;
    }
    let between = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close);
    if between("${", "}") || between("{{", "}}") || between("$(", ")") {
        return true;
    }
    let bracketed = [("<", ">"), ("[", "]"), ("(", ")"), ("{", "}"), ("‹", "›")]
        .into_iter()
        .any(|(open, close)| between(open, close));
    TAKEN_OUT.iter().any(|known| same_word(word, known))
        || (bracketed && STAND_INS.iter().any(|known| same_word(word, known)))
}

/// Words that stand alone for a value that was taken out.
const TAKEN_OUT: [&str; 10] = [
    "redacted",
    "hidden",
    "masked",
    "removed",
    "omitted",
    "censored",
    "filtered",
    "concealed",
    "placeholder",
    "obfuscated",
];

/// Words that do so in brackets; bare, they are weak passwords.
const STAND_INS: [&str; 16] = [
    "secret",
    "password",
    "token",
    "value",
    "your password",
    "your secret",
    "your token",
    "your key",
    "your api key",
    "api key",
    "sensitive",
    "sensitive value",
    "encrypted",
    "not shown",
    "secret value",
    "known after apply",
];

/// `****`, `xxxx` and the like.
fn is_filler(value: &str) -> bool {
    let filler =
        |letter| matches!(letter, '*' | '•' | '●' | 'x' | 'X' | '.' | '-' | '_' | '#' | '…');
    value.chars().all(filler)
}

/// Whether a cell looks made by a machine: long, in one piece, of letters and digits mixed.
pub(super) fn looks_random(cell: &str) -> bool {
    let run =
        cell.split(|letter: char| !letter.is_ascii_alphanumeric()).max_by_key(|run| run.len());
    let run = run.unwrap_or_default();
    let changes = run.as_bytes().windows(2).filter(
        |two| matches!(two, [one, other] if one.is_ascii_digit() != other.is_ascii_digit()),
    );
    run.len() >= 14 && changes.count() >= 4 && !cell.contains(char::is_whitespace)
}

/// An access word; `None` for one that is not known.
pub(super) fn access(cell: &str) -> Option<Access> {
    let word = spaced(cell);
    match word.as_str() {
        "holds" | "hold" | "holder" | "held" | "held by" | "stores" | "store" | "stored"
        | "stored in" | "stored by" | "uses" | "use" | "used" | "user" | "used by" | "using"
        | "consumer" | "consumes" | "consume" | "consumed by" | "client" | "reads" | "has"
        | "contains" | "keeps" | "configured" | "configured in" | "injected" | "injected into"
        | "mounts" | "mounted" | "embeds" | "embedded" | "caller" | "source" | "possesses"
        | "in" => Some(Access::Holds),
        "grants" | "grant" | "granted" | "opens" | "open" | "accepts" | "accept"
        | "accepted by" | "accesses" | "access" | "access to" | "grants access"
        | "grants access to" | "valid for" | "valid at" | "provider" | "provides"
        | "provided by" | "target" | "unlocks" | "authenticates" | "authenticates to"
        | "authenticates at" | "logs in to" | "login" | "login to" | "server" | "destination" => {
            Some(Access::Grants)
        }
        "both" | "holds and grants" | "grants and holds" | "holds grants" | "grants holds"
        | "holds & grants" | "bidirectional" | "uses and accepts" => Some(Access::Both),
        _ => both_in_a_list(&word),
    }
}

/// `holds;grants` and the like.
fn both_in_a_list(word: &str) -> Option<Access> {
    let (one, other) = word.split_once([';', ',', '+', '/', '|'])?;
    match (access(one.trim())?, access(other.trim())?) {
        (one, other) if one == other => Some(one),
        _ => Some(Access::Both),
    }
}

/// A level word; `None` for one that is not known.
pub(super) fn level(cell: &str) -> Option<Level> {
    match spaced(cell).as_str() {
        "read" | "ro" | "r" | "read only" | "readonly" | "reader" | "viewer" | "view" | "list"
        | "get" | "select" | "guest" => Some(Level::Read),
        "write" | "rw" | "w" | "read write" | "readwrite" | "read/write" | "writer" | "editor"
        | "edit" | "contributor" | "modify" | "update" | "read and write" | "publish"
        | "developer" => Some(Level::Write),
        "admin" | "administrator" | "owner" | "superuser" | "super user" | "root" | "full"
        | "full access" | "full control" | "all" | "all privileges" | "sysadmin" | "sa"
        | "sudo" | "superadmin" | "super admin" | "rwx" | "*" | "dba" | "domain admin"
        | "maintainer" => Some(Level::Admin),
        _ => None,
    }
}

/// A status word; `None` for one that is not known.
pub(super) fn status(cell: &str) -> Option<Status> {
    match spaced(cell).as_str() {
        "active" | "enabled" | "valid" | "live" | "in use" | "current" | "ok" | "yes" | "true"
        | "1" | "y" | "on" | "issued" | "installed" | "operational" | "running" | "production"
        | "approved" | "verified" | "working" => Some(Status::Live),
        "revoked" | "disabled" | "deleted" | "inactive" | "expired" | "retired"
        | "decommissioned" | "invalid" | "dead" | "no" | "false" | "0" | "n" | "off"
        | "deactivated" | "terminated" | "removed" | "destroyed" | "obsolete" | "cancelled"
        | "canceled" | "rotated out" | "archived" | "suspended" | "not in use" | "out of use"
        | "closed" => Some(Status::Dead),
        _ => None,
    }
}

/// What a column says that asks whether something is out of use: a word for no, or a yes that may
/// be a date.
pub(super) fn disabled(cell: &str) -> Status {
    if is_unknown(cell) {
        return Status::Unsaid;
    }
    match spaced(cell).as_str() {
        "no" | "n" | "false" | "0" | "active" | "enabled" => Status::Live,
        _ => Status::Dead,
    }
}

/// Whether a cell starts a line of totals: `Total`, `(2 rows affected)`, `Summe`.
pub(super) fn is_footer(cell: &str) -> bool {
    let Some(first) = cell.bytes().next() else { return false };
    if !matches!(first.to_ascii_lowercase(), b'(' | b't' | b's' | b'g' | b'e' | b'c' | b'0'..=b'9')
    {
        return false;
    }
    let word = cell.trim_matches(['(', ')', ':', ' ']);
    let is_any = |word: &str, known: &[&str]| known.iter().any(|one| same_word(word, one));
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let counted = word.get(digits..).and_then(|rest| rest.strip_prefix([' ', '_', '-']));
    digits > 0 && counted.is_some_and(|rest| is_any(rest, COUNTED)) || is_any(word, TOTALS)
}

/// What stands behind a number in a line of totals.
const COUNTED: &[&str] =
    &["rows", "row", "rows affected", "row affected", "records", "rows selected"];

/// Words that stand before the numbers of a line of totals.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "count",
    "end of report",
    "end of file",
    "total rows",
    "total records",
];

/// What a spreadsheet made of a cell that it could not compute.
pub(super) fn is_spreadsheet_error(cell: &str) -> bool {
    cell.starts_with('#')
        && ["#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"]
            .contains(&cell)
}

/// Whether a spreadsheet rounded a long number: `1.23E+11`.
pub(super) fn is_rounded_number(cell: &str) -> bool {
    // Ids are asked in every row, and hardly any starts so.
    let starts_so = matches!(cell.as_bytes(), [digit, sign, ..]
        if digit.is_ascii_digit() && b".,Ee".contains(sign));
    if !starts_so {
        return false;
    }
    let Some((digits, power)) = cell.split_once("E+").or_else(|| cell.split_once("e+")) else {
        return false;
    };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    whole.len() == 1 && number(whole) && number(rest) && number(power)
}

/// Whether a spreadsheet made a day of an id: `3-Mar`, `Mar-03`.
pub(super) fn is_day_for_id(cell: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if !(5..=6).contains(&cell.len()) {
        return false;
    }
    let Some((one, other)) = cell.split_once('-') else { return false };
    let day =
        |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    let month = |text: &str| MONTHS.iter().any(|month| text.eq_ignore_ascii_case(month));
    (day(one) && month(other)) || (month(one) && day(other))
}

/// Whether a cell of the exposure column makes an entry point.
pub(super) fn exposure(cell: &str) -> Flag {
    match spaced(cell).as_str() {
        "yes"
        | "y"
        | "true"
        | "1"
        | "x"
        | "internet"
        | "public"
        | "external"
        | "dmz"
        | "exposed"
        | "internet facing"
        | "public facing"
        | "externally facing"
        | "external facing"
        | "edge"
        | "internet exposed"
        | "publicly accessible"
        | "entry point" => Flag::Yes,
        "no" | "n" | "false" | "0" | "internal" | "private" | "intranet" | "not exposed"
        | "isolated" | "internal only" | "restricted" => Flag::No,
        _ => Flag::Unsaid,
    }
}

/// Whether a cell of the criticality column makes a crown jewel. Only outright words do.
pub(super) fn criticality(cell: &str) -> Flag {
    match spaced(cell).as_str() {
        "crown jewel" | "crown jewels" | "critical" | "mission critical" | "1 most critical"
        | "business critical" | "tier 0" | "tier0" | "very critical" => Flag::Yes,
        _ => Flag::Unsaid,
    }
}

/// Whether a cell of the crown-jewel column makes one.
pub(super) fn crown_jewel(cell: &str) -> Flag {
    match spaced(cell).as_str() {
        "yes" | "y" | "true" | "1" | "x" => Flag::Yes,
        "no" | "n" | "false" | "0" => Flag::No,
        _ => criticality(cell),
    }
}

/// Whether the last-used column says that there was no use.
pub(super) fn never_used(cell: &str) -> bool {
    matches!(spaced(cell).as_str(), "never" | "never used" | "not used" | "unused" | "not yet used")
}

/// A word that may be of a secret, and so is not repeated in a message.
pub(super) fn shown(cell: &str) -> String {
    let plain = cell.len() <= 40 && !cell.bytes().any(|byte| byte.is_ascii_digit());
    if plain { format!("“{}”", cell.escape_debug()) } else { "this word".to_owned() }
}

fn spaced(cell: &str) -> String {
    let mut word = String::with_capacity(cell.len());
    for letter in cell.trim().chars() {
        match letter {
            '_' | '-' | ' ' if cell.chars().any(char::is_alphanumeric) => {
                // `1 - most critical` has one blank between its words.
                if !word.ends_with(' ') {
                    word.push(' ');
                }
            }
            _ => word.extend(letter.to_lowercase()),
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_mean_unknown() {
        for cell in [
            "",
            "-",
            "N/A",
            "never",
            "None",
            "NULL",
            "no_information",
            "not_supported",
            "<<No Owner>>",
        ] {
            assert!(is_unknown(cell), "{cell}");
        }
        for cell in ["TBD", "?", "unknown", "<unknown>", "—"] {
            assert!(is_unknown(cell), "{cell}");
        }
        for cell in ["nancy", "build", "new-api", "CRED-1", "no", "tb"] {
            assert!(!is_unknown(cell), "{cell}");
        }
    }

    #[test]
    fn placeholders_are_no_values_and_weak_passwords_are() {
        for cell in [
            "REDACTED",
            "***",
            "<secret>",
            "xxxx",
            "[hidden]",
            "(hidden)",
            "••••",
            "null",
            "n/a",
            "[REDACTED]",
            "${DB_PASSWORD}",
            "{{ secret }}",
            "<your-password>",
            "***REDACTED***",
        ] {
            assert!(is_placeholder(cell), "{cell}");
        }
        for cell in ["changeme", "password", "hunter2", "secret", "x1", "admin"] {
            assert!(!is_placeholder(cell), "{cell}");
        }
    }

    #[test]
    fn every_word_of_the_tables_is_known() {
        for word in UNKNOWN {
            let spelt = [word.to_owned(), word.to_uppercase(), word.replace(' ', "_")];
            assert!(spelt.iter().all(|word| is_unknown(word) && is_placeholder(word)), "{word}");
        }
        for word in TAKEN_OUT {
            assert!(is_placeholder(word) && is_placeholder(&word.to_uppercase()), "{word}");
            assert!(is_placeholder(&format!("<{word}>")), "{word}");
        }
        for word in STAND_INS {
            for (open, close) in [("<", ">"), ("[", "]"), ("(", ")"), ("{", "}"), ("‹", "›")] {
                assert!(is_placeholder(&format!("{open}{word}{close}")), "{word}");
            }
            assert!(!is_placeholder(word), "{word}");
        }
        assert!(TOTALS.iter().all(|word| is_footer(word) && is_footer(&format!("({word}):"))));
        assert!(COUNTED.iter().all(|word| is_footer(&format!("12 {word}"))));
    }

    #[test]
    fn access_words_say_who_has_and_what_opens() {
        assert_eq!(access("Holds"), Some(Access::Holds));
        assert_eq!(access("used-by"), Some(Access::Holds));
        assert_eq!(access("Valid for"), Some(Access::Grants));
        assert_eq!(access("both"), Some(Access::Both));
        assert_eq!(access("holds; grants"), Some(Access::Both));
        assert_eq!(access("sort of"), None);
    }

    #[test]
    fn levels_statuses_and_flags_have_their_words() {
        assert_eq!(level("read-only"), Some(Level::Read));
        assert_eq!(level("RW"), Some(Level::Write));
        assert_eq!(level("Owner"), Some(Level::Admin));
        assert_eq!(status("Revoked"), Some(Status::Dead));
        assert_eq!(status("Active"), Some(Status::Live));
        assert_eq!(status("maybe"), None);
        assert_eq!(exposure("DMZ"), Flag::Yes);
        assert_eq!(exposure("internal"), Flag::No);
        assert_eq!(exposure("eu-west"), Flag::Unsaid);
        assert_eq!(criticality("high"), Flag::Unsaid);
        assert_eq!(criticality("Mission critical"), Flag::Yes);
        assert_eq!(crown_jewel("yes"), Flag::Yes);
        assert_eq!(crown_jewel("no"), Flag::No);
    }
}
