//! Two saves of a project side by side: a small change of what was imported is a small change of the file.

use std::fs;
use std::path::Path;

use super::commands::{Ground, keyreach};

const ROWS: &str = include_str!("../../sample-data/payments.csv");

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[track_caller]
fn run(words: &[&str]) {
    let ended = keyreach(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    let message = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(0), "{words:?}: {message}");
}

/// The lines that go and the lines that come from one text to another: those outside a longest common
/// subsequence.
fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let width = after.len() + 1;
    let mut common = vec![0_u32; (before.len() + 1) * width];
    for one in (0..before.len()).rev() {
        for other in (0..after.len()).rev() {
            common[one * width + other] = if before[one] == after[other] {
                common[(one + 1) * width + other + 1] + 1
            } else {
                common[(one + 1) * width + other].max(common[one * width + other + 1])
            };
        }
    }
    let (mut gone, mut new, mut one, mut other) = (Vec::new(), Vec::new(), 0, 0);
    while one < before.len() || other < after.len() {
        if one < before.len() && other < after.len() && before[one] == after[other] {
            (one, other) = (one + 1, other + 1);
        } else if other == after.len()
            || one < before.len()
                && common[(one + 1) * width + other] >= common[one * width + other + 1]
        {
            gone.push(before[one].to_owned());
            one += 1;
        } else {
            new.push(after[other].to_owned());
            other += 1;
        }
    }
    (gone, new)
}

/// What becomes of the lines of a project once a newer export of the same name is read into it.
fn updated(ground: &Ground, rows: &str, newer: &str) -> (Vec<String>, Vec<String>) {
    let (file, made) = (ground.write("rows.csv", rows), text(&ground.path("made.keyreach")));
    let day = ["--as-of", "2026-11-23"];
    run(&[&["import", &text(&file), "-o", &made][..], &day].concat());
    // The first update notes its day, too.
    run(&[&["import", &text(&file), "-o", &made, "--update"][..], &day].concat());
    let before = fs::read_to_string(&made).unwrap();
    fs::write(&file, newer).unwrap();
    run(&[&["import", &text(&file), "-o", &made, "--update"][..], &day].concat());
    difference(&before, &fs::read_to_string(&made).unwrap())
}

/// The lines that are neither digests nor heads of sections.
fn entries(lines: &[String]) -> Vec<&str> {
    let is_head = |line: &&str| {
        ["{\"digest\"", "{\"end\"", "{\"section\""].iter().any(|start| line.starts_with(start))
    };
    lines.iter().map(String::as_str).filter(|line| !is_head(line)).collect()
}

fn payments() -> Vec<&'static str> {
    ROWS.lines().collect()
}

fn joined(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [*line, "\n"]).collect()
}

#[test]
fn a_row_in_the_middle_of_a_source_changes_a_few_lines_of_the_project() {
    let mut lines = payments();
    let (header, at) = (lines[0], lines.len() / 2);
    let cells: Vec<&str> = header
        .split(',')
        .map(|name| match name {
            "credential_id" => "zz-new-key",
            "service" => "zz-new-service",
            "environment" => "prod",
            "access" => "grants",
            _ => "",
        })
        .collect();
    let row = cells.join(",");
    lines.insert(at, &row);
    let (gone, new) = updated(&Ground::new(), ROWS, &joined(&lines));
    let own: Vec<&str> = entries(&new).into_iter().filter(|line| line.contains("zz-new")).collect();
    // A service, a credential and the row; what is new of findings has lines of its own.
    assert!(own.contains(&"[\"zz-new-service\",\"prod\"]"), "{own:?}");
    assert!(own.contains(&"{\"ids\":[\"zz-new-key\"]}"), "{own:?}");
    let row =
        "{\"credential\":\"zz-new-key\",\"links\":[[\"grants\",\"zz-new-service\",\"prod\"]]}";
    assert!(own.contains(&row), "{own:?}");
    let others = entries(&new).len() - own.len();
    // The file, its source, and the imports.
    assert!(others <= 4 && entries(&gone).len() <= 3, "{gone:#?}{new:#?}");
    assert!(gone.len() + new.len() <= 45, "{gone:#?}{new:#?}");
}

#[test]
fn a_row_less_in_the_middle_of_a_source_changes_a_few_lines_of_the_project() {
    let mut lines = payments();
    // A link of a credential that other rows speak of too.
    let at = lines.iter().position(|line| line.contains(",merchant-onboarding,")).unwrap();
    assert!(at > 100 && lines.len() - at > 100);
    lines.remove(at);
    let (gone, new) = updated(&Ground::new(), ROWS, &joined(&lines));
    let rows = |lines: &[String]| lines.iter().filter(|line| line.contains("\"links\"")).count();
    assert!((1..=2).contains(&rows(&gone)) && rows(&new) <= 1, "{gone:#?}{new:#?}");
    assert!(gone.len() + new.len() <= 45, "{gone:#?}{new:#?}");
}

#[test]
fn a_renamed_owner_changes_the_lines_that_name_it() {
    let newer = ROWS.replace("Settlement", "Clearing");
    let (gone, new) = updated(&Ground::new(), ROWS, &newer);
    let of = |lines: &[String], name: &str| lines.iter().filter(|line| line.contains(name)).count();
    let named = of(&new, "Clearing");
    assert!(named > 5 && of(&gone, "Settlement") <= named, "{gone:#?}{new:#?}");
    assert!(of(&new, "Settlement") == 0 && of(&gone, "Clearing") == 0, "{gone:#?}{new:#?}");
    let others = gone.len() + new.len() - named - of(&gone, "Settlement");
    assert!(others <= 30, "{gone:#?}{new:#?}");
}

#[test]
fn two_imports_of_nearly_the_same_rows_differ_in_a_few_lines() {
    let ground = Ground::new();
    let key = text(&ground.path("key.txt"));
    let save = |name: &str, rows: &str| {
        let (file, made) = (ground.write("rows.csv", rows), text(&ground.path(name)));
        run(&["import", &text(&file), "-o", &made, "--as-of", "2026-11-23", "--key-file", &key]);
        fs::read_to_string(made).unwrap()
    };
    let before = save("a.keyreach", ROWS);
    let mut lines = payments();
    let at = lines.len() / 2;
    let row = lines[at].replace("prod", "qa").replace("staging", "qa").replace("dev", "qa");
    lines.insert(at, &row);
    let (gone, new) = difference(&before, &save("b.keyreach", &joined(&lines)));
    assert!(!new.is_empty() && gone.len() + new.len() <= 30, "{gone:#?}{new:#?}");
}
