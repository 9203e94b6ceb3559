//! Names that hide, reorder or start a formula: what is printed shows the first escaped, and no
//! table that is written hands a spreadsheet the second.

use std::path::{Path, PathBuf};
use std::process::Command;

use keyreach::export::{write_inventory, write_rejected};
use keyreach::import::{FileBytes, FingerprintKey, Fingerprinter, ImportSettings, import};
use keyreach::inventory::{Inventory, Progress, SourceId};
use tempfile::TempDir;

use super::gate::Wrong;

/// One of each sort: turns text round, starts an escape sequence, has no width, rings, isolates,
/// hides at line ends, is a control character of eight bits, is a tag.
const HIDDEN: [char; 8] =
    ['\u{202e}', '\u{1b}', '\u{200b}', '\u{7}', '\u{2066}', '\u{ad}', '\u{9b}', '\u{e0041}'];

/// A word with every hidden character within.
fn evil(word: &str) -> String {
    let hidden: String = HIDDEN.iter().collect();
    format!("{word}{hidden}x")
}

fn is_raw(character: char) -> bool {
    (character.is_control() && character != '\n') || HIDDEN.contains(&character)
}

/// A folder whose files have hostile names and say hostile things.
struct Ground {
    folder: TempDir,
    old: PathBuf,
    new: PathBuf,
    policy: PathBuf,
    mapping: PathBuf,
}

impl Ground {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let table = |rows: &[[&str; 9]]| {
            // With a mark: without one many control characters look like data that is no text.
            let mut text = format!(
                "\u{feff}id,service,environment,access,owner,type,status,expires,{}\n",
                evil("odd")
            );
            for row in rows {
                let cell = |(at, cell): (usize, &&str)| match (at, *cell) {
                    (3 | 6, _) | (_, "" | "dev" | "prod") => (*cell).to_owned(),
                    (_, cell) => evil(cell),
                };
                text += &(row.iter().enumerate().map(cell).collect::<Vec<_>>().join(",") + "\n");
            }
            text
        };
        let kept = [
            ["k1", "web", "dev", "holds", "ops", "token", "", "someday", "note"],
            ["k1", "db", "prod", "grants", "dev", "token", "", "", ""],
            ["k1", "hub", "prod", "", "dev", "token", "", "", ""],
            ["k2", "db", "prod", "holds", "", "password", "", "", ""],
            ["k2", "store", "prod", "grants", "", "password", "", "", ""],
            ["k3", "web", "dev", "holds", "", "password", "revoked", "", ""],
            ["k3", "web", "qa2", "sort of", "", "password", "revoked", "", ""],
            ["", "", "dev", "", "", "", "", "", ""],
        ];
        let gone = ["k4", "web", "dev", "holds", "ops", "", "", "", ""];
        let other = ["k5", "web", "dev", "holds", "ops", "", "", "", ""];
        let leads = ["k5", "vault", "prod", "grants", "ops", "", "", "", ""];
        let before = [
            gone,
            ["k4", "cellar", "prod", "grants", "ops", "", "", "", ""],
            ["k1", "web", "dev", "holds", "qa", "", "", "", ""],
        ];
        let old = write(&evil("old"), &table(&[&kept[1..], &before].concat()));
        let new = write(&evil("new"), &table(&[&kept[..], &[other, leads]].concat()));
        let escaped = |text: &str| {
            let signs = text.chars().map(|sign| format!("\\U{:08X}", u32::from(sign)));
            signs.collect::<Vec<String>>().concat()
        };
        let site = |service: &str, environment: &str| {
            format!("\"{}@{environment}\"", escaped(&evil(service)))
        };
        let jewels = ["no-such-service", "db", "hub", "vault", "cellar"];
        let jewels = jewels.map(|service| site(service, "prod")).join(", ");
        let policy = format!(
            "crown_jewels = [{jewels}, {web}]\nentry_points = [{web}]\n\
             [costs]\n\"{}\" = 2\n\"{}\" = 3\n",
            escaped(&evil("no-such-key")),
            escaped(&evil("k1")),
            // Flagged both ways, it has fallen already.
            web = site("web", "dev"),
        );
        let policy = write(&evil("policy"), &policy);
        let mapping = format!("[columns]\n\"{}\" = \"id\"\n", escaped(&evil("no such column")));
        let mapping = write(&evil("mapping"), &mapping);
        Self { folder, old, new, policy, mapping }
    }

    /// Every question that can be asked, with hostile answers.
    fn lines(&self) -> Vec<(&'static str, Vec<String>)> {
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        let (old, new) = (path(&self.old), path(&self.new));
        let [k1, k2, k3] = ["k1", "k2", "k3"].map(evil);
        let web = format!("{}@dev", evil("web"));
        let db = format!("{}@prod", evil("db"));
        let fixes = [
            format!("split by environment {k1}"),
            format!("revoke {k2}"),
            format!("workload identity {k1} for {web} granting {db}"),
        ];
        let [split, revoke, identity] = fixes;
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let mapped = path(&self.mapping);
        vec![
            ("report", words(&["report", &new])),
            (
                "report of a mapping that serves nothing",
                words(&["report", &new, "--mapping", &mapped]),
            ),
            (
                "blast-radius",
                words(&["blast-radius", &new, "--from", &k1, "--from", &k3, "--from", &web]),
            ),
            ("reached-by", words(&["reached-by", &new, "--to", &db])),
            ("rotation", words(&["rotation", &new, "--from", &k1, "--from", &k3, "--from", &web])),
            ("owners", words(&["owners", &new])),
            ("one owner", words(&["owners", &new, "--owner", &evil("ops")])),
            ("no owner", words(&["owners", &new, "--owner", "no owner"])),
            ("paths", words(&["paths", &new])),
            (
                "paths between",
                words(&["paths", &new, "--from", &web, "--from", &k3, "--from", &k1, "--to", &db]),
            ),
            ("no paths", words(&["paths", &new, "--from", &db, "--to", &web])),
            (
                "what-if",
                words(&[
                    "what-if", &new, "--fix", &split, "--fix", &revoke, "--of", &k1, "--of", &web,
                ]),
            ),
            ("what-if of an identity", words(&["what-if", &new, "--fix", &identity])),
            ("diff", words(&["diff", &old, &new])),
        ]
    }

    /// Runs a command line, under the policy where the command has one.
    fn run(&self, line: &[String]) -> (Option<i32>, String, String) {
        let has_policy = !matches!(line[0].as_str(), "export" | "mapping");
        let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .args(line)
            .args(has_policy.then_some("--policy"))
            .args(has_policy.then_some(&self.policy))
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
}

/// No hidden character may be printed as it is, and each must be shown.
fn is_shown(what: &str, text: &str, escape: impl Fn(char) -> String, wrong: &mut Wrong) {
    for line in text.lines() {
        wrong.unless(!line.chars().any(is_raw), || format!("{what}: {line:?}"));
    }
    for hidden in HIDDEN {
        let escaped = escape(hidden);
        wrong.unless(text.contains(&escaped), || format!("{what}: no {escaped} in {text:?}"));
    }
}

fn in_text(hidden: char) -> String {
    hidden.escape_unicode().to_string()
}

fn in_json(hidden: char) -> String {
    let mut units = [0; 2];
    let units = hidden.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}"));
    units.collect::<Vec<String>>().concat()
}

#[test]
fn no_answer_prints_a_hidden_character() {
    let (ground, mut wrong) = (Ground::new(), Wrong::default());
    for (what, line) in ground.lines() {
        for (form, escape) in
            [("text", in_text as fn(char) -> String), ("json", in_json as fn(char) -> String)]
        {
            let line = [&line[..], &["--format".to_owned(), form.to_owned()]].concat();
            let (code, out, err) = ground.run(&line);
            wrong.unless(code == Some(0), || format!("{what} ended with {code:?}: {err}"));
            is_shown(&format!("{what} as {form}"), &out, escape, &mut wrong);
            // The warning of names that the policy has and the inventory has not.
            is_shown(&format!("the warnings of {what}"), &err, in_text, &mut wrong);
        }
    }
    wrong.assert_none();
}

#[test]
fn no_error_prints_a_hidden_character() {
    let (ground, mut wrong) = (Ground::new(), Wrong::default());
    let new = ground.new.to_str().unwrap();
    let missing = evil("missing");
    let (near, service) = (evil("k9"), evil("web"));
    let fix = format!("revoke {near}");
    let polish = format!("polish {near}");
    let lines: &[&[&str]] = &[
        &["report", &missing],
        &["report", new, "--policy", &missing],
        &["report", new, "--mapping", &missing],
        &["report", new, "--key-file", &missing],
        &["report", new, "--key-file", new],
        &["report", new, "-o", &format!("{missing}/{missing}")],
        &["report", new, "--rejected", &format!("{missing}/{missing}")],
        &["report", new, "-o", new],
        &["report", ground.policy.to_str().unwrap()],
        &["mapping", ground.policy.to_str().unwrap()],
        &["export", &missing],
        &["blast-radius", new, "--from", &near],
        &["blast-radius", new, "--from", &service],
        &["reached-by", new, "--to", &near],
        &["rotation", new, "--from", &near],
        &["owners", new, "--owner", &near],
        &["owners", new, "--owner", &evil("opz")],
        &["paths", new, "--from", &near],
        &["paths", new, "--to", &near],
        &["paths", new, "--to", &evil("k1")],
        &["what-if", new, "--fix", &fix],
        &["what-if", new, "--fix", &polish],
        &["diff", new, &missing],
        &["screenshot", &missing, "-o", "picture.png"],
        &["screenshot", new, "--select", &near, "-o", "picture.png"],
        &["screenshot", new, "-o", &format!("{missing}/{missing}")],
    ];
    let has_pictures = cfg!(feature = "gui");
    for line in lines.iter().filter(|line| has_pictures || line[0] != "screenshot") {
        let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .args(*line)
            .current_dir(ground.folder.path())
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let is_failed = output.status.code() != Some(0) && output.stdout.is_empty();
        wrong.unless(is_failed, || format!("{line:?} ended with {:?}", output.status));
        is_shown(&format!("{line:?}"), &stderr, in_text, &mut wrong);
    }
    wrong.assert_none();
}

#[test]
fn no_file_of_settings_that_is_printed_has_a_hidden_character() {
    let ground = Ground::new();
    let new = ground.new.to_str().unwrap().to_owned();
    for line in [vec!["mapping".to_owned(), new.clone()], vec!["policy".to_owned()]] {
        let (code, out, err) = ground.run(&line);
        assert_eq!(code, Some(0), "{err}");
        for line in out.lines() {
            assert!(!line.chars().any(is_raw), "{line:?}");
        }
        // Written to a file and handed back it says the same.
        let (option, again) = (format!("--{}", line[0]), ground.folder.path().join("again.toml"));
        std::fs::write(&again, &out).unwrap();
        let (code, report, err) = {
            let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
                .args(["report", &new, &option, again.to_str().unwrap(), "--as-of", "2026-11-23"])
                .output()
                .unwrap();
            (output.status.code(), output.stdout, String::from_utf8(output.stderr).unwrap())
        };
        assert_eq!(code, Some(0), "{err}");
        assert_eq!(err.is_empty(), option == "--mapping", "the mapping serves the table: {err}");
        assert!(!report.is_empty());
    }
}

/// What starts a formula in some spreadsheet.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn opened(name: &str, text: &str) -> Inventory {
    let files = vec![FileBytes::new(name, text.as_bytes().to_vec())];
    let key = FingerprintKey::from_bytes([5; 32]);
    import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap()
}

/// The cells of a table as a spreadsheet takes them: no cell may be a formula. Gives those that
/// hold `word`.
fn harmless(table: &[u8], word: &str, wrong: &mut Wrong) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table);
    let mut cells = Vec::new();
    for record in reader.records() {
        cells.extend(record.unwrap().iter().map(str::to_owned));
    }
    for cell in &cells {
        let is_formula = cell.starts_with(STARTS);
        let table = || String::from_utf8_lossy(table).into_owned();
        wrong.unless(!is_formula, || format!("{cell:?} is a formula in {:?}", table()));
    }
    cells.retain(|cell| cell.contains(word));
    cells
}

#[test]
fn no_cell_of_an_exported_inventory_is_a_formula_and_each_comes_back() {
    const COLUMNS: [&str; 11] = [
        "credential_id",
        "credential_name",
        "credential_type",
        "identity",
        "credential_owner",
        "storage",
        "tags",
        "service",
        "environment",
        "service_type",
        "service_owner",
    ];
    let mut wrong = Wrong::default();
    for start in STARTS {
        // In curly quotes, for white space at the ends of a cell means nothing.
        let cells = (0..COLUMNS.len()).map(|at| format!("\"“{start}SUM({at})”\""));
        let cells = cells.collect::<Vec<_>>().join(",");
        let text = format!("{}\n{cells}\n", COLUMNS.join(","));
        // The last column has the file's own name.
        let inventory = opened(&format!("{start}SUM(file).csv"), &text);
        let export = |inventory: &Inventory| {
            let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([5; 32]));
            let mut table = Vec::new();
            write_inventory(inventory, &keyed, &mut table).unwrap();
            table
        };
        let table = export(&inventory);
        let found = harmless(&table, "SUM(", &mut wrong);
        for at in 0..COLUMNS.len() {
            // Lists are trimmed once more.
            let is_trimmed = start.is_whitespace() && found.contains(&format!("SUM({at})"));
            let is_defused = found.contains(&format!("'{start}SUM({at})"));
            wrong.unless(is_defused || is_trimmed, || format!("{start:?} {at} of {found:?}"));
        }
        let file = format!("'{start}SUM(file)");
        wrong.unless(found.iter().any(|cell| cell.starts_with(&file)), || format!("no {file:?}"));
        let again = opened("export.csv", &String::from_utf8(table).unwrap());
        let names = |inventory: &Inventory| {
            let names = inventory.names.ids().map(|name| inventory.text(name).to_owned());
            let mut names: Vec<String> = names.filter(|name| name.contains("SUM(")).collect();
            names.sort();
            names
        };
        let (names, again) = (names(&inventory), names(&again));
        let is_whole = names.len() == COLUMNS.len() && again == names;
        wrong.unless(is_whole, || format!("{again:?} came back of {names:?}"));
    }
    wrong.assert_none();
}

/// The rejected rows of one table.
fn left_out(text: &str) -> Vec<u8> {
    let mut table = Vec::new();
    write_rejected(&opened("a.csv", text), SourceId(0), &mut table).unwrap();
    table
}

#[test]
fn no_cell_of_rejected_rows_is_a_formula() {
    let mut wrong = Wrong::default();
    for start in STARTS {
        let cell = |at: &str| format!("\"“{start}SUM({at})”\"");
        let cells = |names: &[&str]| names.iter().map(|at| cell(at)).collect::<Vec<_>>().join(",");
        // Too long; names nothing; and with what is no secret beside one.
        let heading = cell("heading");
        let text = format!(
            "id,service,environment,owner,{heading}\n{}\n,,{}\nk,web,dev,ops,note\n",
            cells(&["0", "1", "2", "3", "4", "5"]),
            cells(&["6", "7", "8"]),
        );
        let found = harmless(&left_out(&text), "SUM(", &mut wrong);
        wrong.unless(found.len() == 1 + 6 + 2, || format!("{found:?}"));
        let secrets = format!(
            "id,service,environment,owner,password\n,,{},\nk,web,dev,ops,hunter2hunter2\n",
            cells(&["0", "1"])
        );
        let found = harmless(&left_out(&secrets), "SUM(", &mut wrong);
        wrong.unless(found.len() == 2, || format!("{found:?}"));
    }
    wrong.assert_none();
}

#[test]
fn the_headings_and_reasons_of_rejected_rows_have_no_hidden_character() {
    let text = format!("\u{feff}id,service,environment,{}\n,,dev,x\nk,web,dev,x\n", evil("odd"));
    let table = String::from_utf8(left_out(&text)).unwrap();
    let mut wrong = Wrong::default();
    is_shown("rejected rows", &table, in_text, &mut wrong);
    wrong.assert_none();
}

/// Wherever the column is, whatever is wrong with the row, beside secrets or not.
#[test]
fn no_cell_of_an_unread_column_is_repeated_in_a_rejected_row() {
    const UNREAD: &str = "Zx81 leaflet";
    for (columns, row, is_rejected) in [
        ("id,service,environment,Quibble", format!(",,dev,{UNREAD}"), true),
        ("id,Quibble,service,environment", format!(",{UNREAD},,dev"), true),
        ("Quibble,id,service,environment", format!("{UNREAD},,,dev"), true),
        ("id,service,environment,Quibble,password", format!(",,dev,{UNREAD},"), true),
        ("Quibble,id,service,environment,password", format!("{UNREAD},,,dev,"), true),
        ("id,service,environment,Quibble,expires", format!("k2,web,dev,{UNREAD},someday"), false),
        ("id,service,environment,Quibble", format!("k2,web,\"dev\"x,{UNREAD}"), false),
    ] {
        let good = columns.split(',').map(|name| match name {
            "id" => "k1",
            "environment" => "prod",
            "password" => "correct horse 9",
            "expires" => "2030-01-01",
            _ => "something",
        });
        let text = format!("{columns}\n{}\n{row}\n", good.collect::<Vec<_>>().join(","));
        let inventory = opened("a.csv", &text);
        assert_eq!(inventory.ledger().rejected, u64::from(is_rejected), "{text}");
        assert!(!inventory.problems.is_empty(), "{text}");
        for problem in &inventory.problems {
            assert!(!format!("{problem:?}").contains("Zx81"), "{text}{problem:?}");
            let row = problem.row.as_deref().unwrap();
            assert!(row.contains("‹not read›"), "{text}{row}");
        }
        let table = String::from_utf8(left_out(&text)).unwrap();
        assert!(!table.contains("Zx81"), "{text}{table}");
        assert_eq!(table.contains("‹not read›"), is_rejected, "{text}{table}");
    }
}
