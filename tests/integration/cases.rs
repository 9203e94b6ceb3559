//! Reports worked out by hand: each folder of `tests/cases` holds files and what their report says.
//!
//! `expected.json` has the report, as far as it was worked out, and optional arguments. Of objects
//! only the keys that it names are compared; lists must agree in length and order.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[test]
fn every_case_is_reported_as_it_was_worked_out_by_hand() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("cases");
    let cases = sorted(&cases, Path::is_dir);
    assert!(!cases.is_empty());
    for case in cases {
        let text = std::fs::read_to_string(case.join("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        let report = report(&case, &expected["arguments"]);
        let mut differences = Vec::new();
        compare(&expected["report"], &report, "report", &mut differences);
        assert!(differences.is_empty(), "{}:\n{}", case.display(), differences.join("\n"));
    }
}

fn sorted(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| wanted(path)).collect();
    paths.sort();
    paths
}

fn report(case: &Path, arguments: &Value) -> Value {
    let files = sorted(case, |path| path.file_name().is_none_or(|name| name != "expected.json"));
    let arguments = arguments.as_array().into_iter().flatten().filter_map(Value::as_str);
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .current_dir(case)
        .args(["report", "--format", "json"])
        .args(files.iter().filter_map(|file| file.file_name()))
        .args(["--as-of", "2026-11-23"])
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", case.display());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn compare(expected: &Value, found: &Value, at: &str, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                let other = found.get(key).unwrap_or(&Value::Null);
                compare(value, other, &format!("{at}.{key}"), differences);
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (index, (value, other)) in expected.iter().zip(found).enumerate() {
                compare(value, other, &format!("{at}[{index}]"), differences);
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("{at}: expected {expected}, found {found}")),
    }
}
