//! Every word that cells may use, each alone in a file of its own.
//!
//! The lists are kept separate from those of import: a word that is lost there is missed here.

use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{
    Access, Flag, Inventory, LastUsed, Level, ProblemKind, Progress, Status,
};

#[rustfmt::skip]
const UNKNOWN: [&str; 46] = [
    "-", "--", "---", "–", "—", "?", "??", "???", ".", "…", "...", "n/a", "n\\a", "n.a.", "na",
    "#n/a", "nan", "nil", "null", "none", "(none)", "<none>", "[none]", "(null)", "<null>", "\\n",
    "unknown", "(unknown)", "<unknown>", "unassigned", "not assigned", "undefined", "not set",
    "not applicable", "not available", "no information", "not supported", "no owner", "no owners",
    "unowned", "tbd", "tba", "tbc", "to be determined", "never", "blank",
];
#[rustfmt::skip]
const TAKEN_OUT: [&str; 10] = [
    "redacted", "hidden", "masked", "removed", "omitted", "censored", "filtered", "concealed",
    "placeholder", "obfuscated",
];
#[rustfmt::skip]
const IN_BRACKETS: [&str; 16] = [
    "secret", "password", "token", "value", "your password", "your secret", "your token",
    "your key", "your api key", "api key", "sensitive", "sensitive value", "encrypted", "not shown",
    "secret value", "known after apply",
];
const BRACKETS: [(&str, &str); 5] = [("<", ">"), ("[", "]"), ("(", ")"), ("{", "}"), ("‹", "›")];
/// What stands for a value that a program fills in.
const FILLED_IN: [(&str, &str); 3] = [("${", "}"), ("{{", "}}"), ("$(", ")")];
#[rustfmt::skip]
const FILLERS: [&str; 10] = [
    "*", "•", "●", "x", "X", ".", "-", "_", "#", "…",
];
const SPREADSHEET_ERRORS: [&str; 8] =
    ["#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

#[rustfmt::skip]
const HOLDS: [&str; 41] = [
    "holds", "hold", "holder", "held", "held by", "stores", "store", "stored", "stored in",
    "stored by", "uses", "use", "used", "user", "used by", "using", "consumer", "consumes",
    "consume", "consumed by", "client", "reads", "has", "contains", "keeps", "configured",
    "configured in", "injected", "injected into", "mounts", "mounted", "embeds", "embedded",
    "caller", "source", "possesses", "in", "HOLDS", "used-by", "Stored_In", " holds ",
];
#[rustfmt::skip]
const GRANTS: [&str; 30] = [
    "grants", "grant", "granted", "opens", "open", "accepts", "accept", "accepted by", "accesses",
    "access", "access to", "grants access", "grants access to", "valid for", "valid at", "provider",
    "provides", "provided by", "target", "unlocks", "authenticates", "authenticates to",
    "authenticates at", "logs in to", "login", "login to", "server", "destination", "Grants",
    "valid-for",
];
#[rustfmt::skip]
const BOTH: [&str; 13] = [
    "both", "holds and grants", "grants and holds", "holds grants", "grants holds",
    "holds & grants", "bidirectional", "uses and accepts", "holds;grants", "grants, holds",
    "holds+grants", "holds/grants", "holds|grants",
];
#[rustfmt::skip]
const READ: [&str; 12] = [
    "read", "ro", "r", "read only", "readonly", "reader", "viewer", "view", "list", "get", "select",
    "guest",
];
#[rustfmt::skip]
const WRITE: [&str; 15] = [
    "write", "rw", "w", "read write", "readwrite", "read/write", "writer", "editor", "edit",
    "contributor", "modify", "update", "read and write", "publish", "developer",
];
#[rustfmt::skip]
const ADMIN: [&str; 20] = [
    "admin", "administrator", "owner", "superuser", "super user", "root", "full", "full access",
    "full control", "all", "all privileges", "sysadmin", "sa", "sudo", "superadmin", "super admin",
    "rwx", "dba", "domain admin", "maintainer",
];
#[rustfmt::skip]
const LIVE: [&str; 21] = [
    "active", "enabled", "valid", "live", "in use", "current", "ok", "yes", "true", "1", "y", "on",
    "issued", "installed", "operational", "running", "production", "approved", "verified",
    "working", "In-Use",
];
#[rustfmt::skip]
const DEAD: [&str; 29] = [
    "revoked", "disabled", "deleted", "inactive", "expired", "retired", "decommissioned", "invalid",
    "dead", "no", "false", "0", "n", "off", "deactivated", "terminated", "removed", "destroyed",
    "obsolete", "cancelled", "canceled", "rotated out", "archived", "suspended", "not in use",
    "out of use", "closed", "Revoked", "NOT_IN_USE",
];
#[rustfmt::skip]
const EXPOSED: [&str; 18] = [
    "yes", "y", "true", "1", "x", "internet", "public", "external", "dmz", "exposed",
    "internet facing", "public facing", "externally facing", "external facing", "edge",
    "internet exposed", "publicly accessible", "entry point",
];
#[rustfmt::skip]
const NOT_EXPOSED: [&str; 11] = [
    "no", "n", "false", "0", "internal", "private", "intranet", "not exposed", "isolated",
    "internal only", "restricted",
];
#[rustfmt::skip]
const CRITICAL: [&str; 9] = [
    "crown jewel", "crown jewels", "critical", "mission critical", "1 - most critical",
    "business critical", "tier 0", "tier0", "very critical",
];
const NEVER_USED: [&str; 5] = ["never", "never used", "not used", "unused", "not yet used"];
#[rustfmt::skip]
const TOTALS: [&str; 12] = [
    "total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "count",
    "end of report", "end of file", "total rows", "total records",
];
const COUNTED: [&str; 6] =
    ["rows", "row", "rows affected", "row affected", "records", "rows selected"];

fn read(text: &str) -> Inventory {
    let files = vec![FileBytes::new("a.csv", text.as_bytes().to_vec())];
    let key = FingerprintKey::from_bytes([8; 32]);
    let read = import(files, &key, &ImportSettings::default(), &Progress::default());
    read.unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// The words for which something does not hold.
fn failing<'a>(
    words: impl IntoIterator<Item = &'a str>,
    holds: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    words.into_iter().filter(|word| !holds(word)).collect()
}

/// Two rows that have nothing but a cell in common.
fn joins(heading: &str, word: &str) -> bool {
    let cell = quoted(word);
    let inventory =
        read(&format!("credential_id,service,{heading}\nk1,web,{cell}\nk2,db,{cell}\n"));
    inventory.identities.len() == 1
}

/// As written, in capitals, and with other signs for its blanks.
fn spellings(word: &str) -> [String; 4] {
    [word.to_owned(), word.to_uppercase(), word.replace(' ', "_"), word.replace(' ', "-")]
}

#[test]
fn no_placeholder_joins_two_rows() {
    let none: [&str; 0] = [];
    let mut words: Vec<String> = UNKNOWN.iter().flat_map(|word| spellings(word)).collect();
    for word in TAKEN_OUT {
        words.extend(spellings(word));
        words.extend(BRACKETS.map(|(open, close)| format!("{open}{word}{close}")));
        words.push(format!("***{word}***"));
    }
    for word in IN_BRACKETS {
        let bracketed = BRACKETS.map(|(open, close)| format!("{open}{word}{close}"));
        words.extend(bracketed.iter().flat_map(|word| spellings(word)));
    }
    words.extend(FILLED_IN.map(|(open, close)| format!("{open}DB_PASSWORD{close}")));
    words.extend(FILLERS.map(|sign| sign.repeat(8)));
    words.extend(SPREADSHEET_ERRORS.map(str::to_owned));
    for heading in ["password", "fingerprint"] {
        let joining = failing(words.iter().map(String::as_str), |word| !joins(heading, word));
        assert_eq!(joining, none, "{heading}");
    }
    // Bare, they are weak passwords: whoever has one has the other.
    assert_eq!(failing(IN_BRACKETS, |word| word == "encrypted" || joins("password", word)), none);
}

#[test]
fn no_word_for_unknown_names_anything() {
    let none: [&str; 0] = [];
    let words: Vec<String> = UNKNOWN.iter().flat_map(|word| spellings(word)).collect();
    let words = || words.iter().map(String::as_str).chain(SPREADSHEET_ERRORS);
    let named = failing(words(), |word| {
        let cell = quoted(word);
        let inventory =
            read(&format!("credential_id,service,storage\n{cell},web,x\n{cell},db,y\n"));
        inventory.identities.len() == 2 && inventory.identities.iter().all(|one| one.ids.is_empty())
    });
    assert_eq!(named, none, "as an id");
    for heading in ["storage", "identity", "owner", "credential_type", "tags"] {
        let named = failing(words(), |word| {
            let cell = quoted(word);
            let inventory = read(&format!("credential_id,service,{heading}\nk1,web,{cell}\n"));
            let facts = &inventory.facts[inventory.rows[0].facts.0 as usize].clone();
            let all = [facts.storage, facts.identity, facts.owner, facts.kind, facts.tags];
            all.iter().all(Option::is_none)
        });
        assert_eq!(named, none, "as {heading}");
    }
}

/// Whether the only row says what it should of itself, without any problem.
fn says(heading: &str, word: &str, wanted: impl Fn(&Inventory) -> bool) -> bool {
    let text = format!("credential_id,service,{heading}\nk1,web,{}\n", quoted(word));
    let inventory = read(&text);
    let unknown = |kind| kind == ProblemKind::UnknownWord;
    wanted(&inventory) && !inventory.problems.iter().any(|problem| unknown(problem.kind))
}

#[test]
fn every_word_for_access_and_level_is_known() {
    let none: [&str; 0] = [];
    for (words, access) in
        [(&HOLDS[..], Access::Holds), (&GRANTS[..], Access::Grants), (&BOTH[..], Access::Both)]
    {
        let holds = |word: &str| says("access", word, |read| read.links[0].access == access);
        assert_eq!(failing(words.iter().copied(), holds), none, "{access:?}");
    }
    for (words, level) in
        [(&READ[..], Level::Read), (&WRITE[..], Level::Write), (&ADMIN[..], Level::Admin)]
    {
        let holds = |word: &str| says("level", word, |read| read.links[0].level == level);
        assert_eq!(failing(words.iter().copied(), holds), none, "{level:?}");
    }
}

#[test]
fn every_word_for_status_and_use_is_known() {
    let none: [&str; 0] = [];
    let facts = |inventory: &Inventory| inventory.facts[inventory.rows[0].facts.0 as usize].clone();
    for (words, status) in [(&LIVE[..], Status::Live), (&DEAD[..], Status::Dead)] {
        let holds = |word: &str| says("status", word, |read| facts(read).status == status);
        assert_eq!(failing(words.iter().copied(), holds), none, "{status:?}");
    }
    let unused =
        |word: &str| says("last_used", word, |read| facts(read).last_used == LastUsed::Never);
    assert_eq!(failing(NEVER_USED, unused), none);
    for (words, status) in [
        (&["no", "n", "false", "0", "active", "enabled"][..], Status::Live),
        (&["yes", "y", "true", "1", "x", "2024-01-01"][..], Status::Dead),
        (&["", "n/a", "-"][..], Status::Unstated),
    ] {
        let holds = |word: &str| says("disabled", word, |read| facts(read).status == status);
        assert_eq!(failing(words.iter().copied(), holds), none, "disabled: {status:?}");
    }
}

#[test]
fn every_word_for_exposure_and_crown_jewels_is_known() {
    let none: [&str; 0] = [];
    let facts = |inventory: &Inventory| {
        inventory.instance_facts[inventory.rows[0].instance_facts.0 as usize].clone()
    };
    for (words, flag) in [(&EXPOSED[..], Flag::Yes), (&NOT_EXPOSED[..], Flag::No)] {
        let holds = |word: &str| says("exposure", word, |read| facts(read).entry_point == flag);
        assert_eq!(failing(words.iter().copied(), holds), none, "{flag:?}");
    }
    for heading in ["criticality", "crown_jewel"] {
        let holds = |word: &str| says(heading, word, |read| facts(read).crown_jewel == Flag::Yes);
        assert_eq!(failing(CRITICAL, holds), none, "{heading}");
    }
    for (words, flag) in [
        (&["yes", "y", "true", "1", "x"][..], Flag::Yes),
        (&["no", "n", "false", "0"][..], Flag::No),
        (&["", "high", "maybe"][..], Flag::Unstated),
    ] {
        let holds = |word: &str| says("crown_jewel", word, |read| facts(read).crown_jewel == flag);
        assert_eq!(failing(words.iter().copied(), holds), none, "crown jewel: {flag:?}");
    }
}

#[test]
fn every_line_of_totals_is_passed_over() {
    let none: [&str; 0] = [];
    let mut lines: Vec<String> = TOTALS.iter().flat_map(|word| spellings(word)).collect();
    lines.extend(TOTALS.map(|word| format!("{word}:")));
    lines.extend(COUNTED.iter().flat_map(|word| [format!("2 {word}"), format!("({}_{word})", 2)]));
    let passed = |line: &str| {
        let inventory = read(&format!("credential_id,service\nk1,web\nk2,db\n{line},2\n"));
        let ledger = inventory.ledger();
        (ledger.accepted, ledger.skipped) == (2, 1) && inventory.problems.len() == 1
    };
    assert_eq!(failing(lines.iter().map(String::as_str), passed), none);
    let kept = |line: &str| {
        read(&format!("credential_id,service\nk1,web\nk2,db\n{line},db2\n")).rows.len() == 3
    };
    assert_eq!(failing(TOTALS, kept), none, "a row that names a service is one");
}
