//! `check` beside a report of earlier: with names hidden it judges as it does with them, and what a report
//! cannot say of connected pairs is said.

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const OLD: &str = "credential_id,service,environment,access,owner,status\n\
    KOPEN,webshop,dev,holds,Annabel,\nKOPEN,database,prod,grants,Annabel,\n\
    KGONE,webshop,dev,holds,,\nKGONE,mailer,prod,grants,,\n\
    KSAFE,database,prod,holds,Annabel,\n";

/// One credential is gone, one is new.
const NEW: &str = "credential_id,service,environment,access,owner,status\n\
    KOPEN,webshop,dev,holds,Annabel,\nKOPEN,database,prod,grants,Annabel,\n\
    KSAFE,database,prod,holds,Annabel,\nKSAFE,mailer,prod,holds,Annabel,\n\
    KFRESH,wikipage,dev,holds,Benjamin,\nKFRESH,database,prod,grants,Benjamin,\n";

/// No name of an inventory or a policy, nor of a file.
const NAMES: [&str; 12] = [
    "KOPEN", "KGONE", "KSAFE", "KFRESH", "webshop", "database", "mailer", "wikipage", "Annabel",
    "Benjamin", "old.csv", "new.csv",
];

fn ground() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in [("old.csv", OLD), ("new.csv", NEW)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let policy = "entry_points = [\"webshop@dev\", \"wikipage@dev\"]\n";
    std::fs::write(folder.path().join("policy.toml"), policy).unwrap();
    folder
}

fn run(folder: &TempDir, line: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(line)
        .args(["--as-of", "2026-11-23"])
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn check(folder: &TempDir, line: &[&str]) -> (Option<i32>, Value) {
    let line = [&["check"], line, &["--format", "json"]].concat();
    let output = run(folder, &line);
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    let verdict = serde_json::from_slice(&output.stdout);
    (output.status.code(), verdict.unwrap_or_else(|_| panic!("{line:?}: {why}")))
}

/// What a verdict says beside names: of each finding rule, severity, state and whether it fails, and the rules
/// of what is resolved and the like, without order.
fn judged(verdict: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for list in ["findings", "resolved", "not_observed", "explained"] {
        for one in verdict[list].as_array().unwrap() {
            let parts = ["rule", "severity", "state", "fails"].map(|key| one[key].to_string());
            all.push(format!("{list} {}", parts.join(" ")));
        }
    }
    all.sort();
    all.push(verdict["more_connected_pairs"].to_string());
    all.push(verdict["failed"].to_string());
    all
}

#[test]
fn names_can_be_hidden_beside_a_report_that_has_them() {
    let folder = ground();
    for policy in [&[][..], &["--policy", "policy.toml"]] {
        let report = [&["report", "old.csv", "-o", "old.json"][..], policy].concat();
        assert!(run(&folder, &report).status.success());
        let line = [&["new.csv", "--baseline", "old.json"][..], policy].concat();
        let (code, open) = check(&folder, &line);
        let (hidden_code, hidden) = check(&folder, &[&line[..], &["--redact"]].concat());
        assert_eq!((code, hidden_code), (Some(4), Some(4)));
        assert_eq!(judged(&hidden), judged(&open), "{policy:?}");
        let has = |list: &str| !open[list].as_array().unwrap().is_empty();
        assert!(has("resolved") && has("findings"), "{open}");
        let text = hidden.to_string();
        for name in ["KOPEN", "KGONE", "KFRESH", "new.csv"] {
            assert!(open.to_string().contains(name), "{name}: {open}");
        }
        for name in NAMES {
            assert!(!text.contains(name), "{name}: {text}");
        }
        // The same rows, so nothing fails.
        let same = [&["old.csv", "--baseline", "old.json", "--redact"][..], policy].concat();
        assert_eq!(check(&folder, &same).0, Some(0));
        for format in ["text", "sarif", "junit"] {
            let line = [&["check"], &line[..], &["--redact", "--format", format]].concat();
            let output = run(&folder, &line);
            let text = String::from_utf8(output.stdout).unwrap();
            let stderr = String::from_utf8(output.stderr).unwrap();
            for name in NAMES {
                assert!(!text.contains(name) && !stderr.contains(name), "{format} {name}: {text}");
            }
        }
    }
}

#[test]
fn another_path_and_another_policy_are_the_same_with_names_hidden() {
    let folder = ground();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/old.csv"), NEW).unwrap();
    std::fs::write(folder.path().join("data/more.csv"), "credential_id,service\nX1,x\n").unwrap();
    assert!(run(&folder, &["report", "old.csv", "-o", "old.json"]).status.success());
    let line =
        ["data/old.csv", "data/more.csv", "--baseline", "old.json", "--policy", "policy.toml"];
    let (code, open) = check(&folder, &line);
    let (hidden_code, hidden) = check(&folder, &[&line[..], &["--redact"]].concat());
    assert_eq!((code, judged(&open)), (hidden_code, judged(&hidden)));
    assert_eq!(
        open["baseline_differs"].as_array().unwrap().len(),
        hidden["baseline_differs"].as_array().unwrap().len()
    );
    for name in ["webshop", "wikipage"] {
        assert!(open["baseline_differs"].to_string().contains(name));
        assert!(!hidden.to_string().contains(name), "{hidden}");
    }
}

#[test]
fn a_file_that_cannot_be_a_baseline_is_not_named_where_names_are_hidden() {
    let folder = ground();
    let text = "{\"format\":\"keyreach-report\",\"version\":9}";
    std::fs::write(folder.path().join("KSAFE.json"), text).unwrap();
    let output = run(&folder, &["check", "new.csv", "--baseline", "KSAFE.json", "--redact"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && stderr.contains("version 9"), "{stderr}");
    assert!(!stderr.contains("KSAFE"), "{stderr}");
}

// Without the column of access, who holds and who grants is assumed: the new way is not one of the
// inventory. A report does not list which pairs were connected.
#[test]
fn what_may_explain_more_connected_pairs_is_named_beside_a_report() {
    let folder = ground();
    let rows = "credential_id,service,environment,access\nK1,a,dev,grants\nK1,b,prod,grants\n";
    std::fs::write(folder.path().join("rows.csv"), rows).unwrap();
    let unstated = rows.replace(",access", "").replace(",grants", "");
    std::fs::write(folder.path().join("unstated.csv"), unstated).unwrap();
    assert!(run(&folder, &["report", "rows.csv", "-o", "rows.json"]).status.success());
    let (code, verdict) = check(&folder, &["unstated.csv", "--baseline", "rows.json"]);
    assert_eq!((code, &verdict["more_connected_pairs"]), (Some(4), &1.into()));
    let unsure = serde_json::json!(["“rows.csv” has no column for access now"]);
    assert_eq!(verdict["more_connected_pairs_unsure"], unsure);
    // The older inventory shows which pairs the column explains: this one.
    let (code, verdict) = check(&folder, &["unstated.csv", "--baseline", "rows.csv"]);
    assert_eq!((code, &verdict["more_connected_pairs"]), (Some(0), &0.into()));
    assert_eq!(verdict["more_connected_pairs_unsure"], serde_json::json!([]));
    for (format, says) in [
        ("text", "nobody can say which it explains"),
        ("junit", "nobody can say which it explains"),
        ("sarif", "has no column for access now"),
    ] {
        let line = ["check", "unstated.csv", "--baseline", "rows.json", "--format", format];
        let text = String::from_utf8(run(&folder, &line).stdout).unwrap();
        assert!(text.contains(says), "{format}: {text}");
    }
    // Nothing is missing, and a pair more is one more.
    let worse = format!("{rows}K1,a,dev,holds\n");
    std::fs::write(folder.path().join("worse.csv"), worse).unwrap();
    let (code, verdict) = check(&folder, &["worse.csv", "--baseline", "rows.json"]);
    assert_eq!((code, &verdict["more_connected_pairs"]), (Some(4), &1.into()));
    assert_eq!(verdict["more_connected_pairs_unsure"], serde_json::json!([]));
}

#[test]
fn what_was_read_from_standard_input_has_a_reference_of_its_own() {
    let folder = ground();
    let line = ["check", "-", "--as-of", "2026-11-23", "--format", "sarif"];
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(line)
        .current_dir(folder.path())
        .stdin(std::fs::File::open(folder.path().join("new.csv")).unwrap())
        .output()
        .unwrap();
    let sarif: Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "stdin");
    }
}
