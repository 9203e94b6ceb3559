//! The gate of a pipeline: what fails it and what does not, beside each sort of baseline, and what the
//! files say that build servers and code forges read.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::gate::skipped;

/// web in dev holds a key that opens db in prod; KR01, KR02, KR04, KR05 and KR10 are about it.
const ROWS: &str = "credential_id,service,environment,access,owner\n\
    K1,web,dev,holds,\nK1,db,prod,grants,\nK2,db,prod,holds,ann\n";

/// The same with a second way.
const WORSE: &str = "credential_id,service,environment,access,owner\n\
    K1,web,dev,holds,\nK1,db,prod,grants,\nK2,db,prod,holds,ann\n\
    K3,wiki,dev,holds,ann\nK3,db,prod,grants,ann\n";

/// The same without the way.
const BETTER: &str = "credential_id,service,environment,access,owner\nK2,db,prod,holds,ann\n";

struct Ground(TempDir);

impl Ground {
    fn new() -> Self {
        let ground = Self(TempDir::new().unwrap());
        for (name, text) in [("rows.csv", ROWS), ("worse.csv", WORSE), ("better.csv", BETTER)] {
            std::fs::write(ground.path(name), text).unwrap();
        }
        ground
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, line: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .args(line)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// The exit code of a check, and what it prints.
    fn check(&self, line: &[&str]) -> (i32, String) {
        let output = self.run(&[&["check"], line, &["--as-of", "2026-11-23"]].concat());
        let stderr = String::from_utf8(output.stderr).unwrap();
        let code = output.status.code().unwrap();
        assert_eq!(code == 0, stderr.is_empty(), "{line:?}: {stderr}");
        (code, String::from_utf8(output.stdout).unwrap())
    }

    fn json(&self, line: &[&str]) -> (i32, Value) {
        let (code, text) = self.check(&[line, &["--format", "json"]].concat());
        (code, serde_json::from_str(&text).unwrap())
    }
}

/// The rule, credential and state of each finding that fails.
fn failing(verdict: &Value) -> Vec<(&str, &str, &str)> {
    let findings = verdict["findings"].as_array().unwrap().iter();
    let failing = findings.filter(|finding| finding["fails"] == true);
    failing
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap();
            (text("rule"), text("credential"), text("state"))
        })
        .collect()
}

#[test]
fn without_a_baseline_findings_of_the_severity_and_worse_ones_fail() {
    let ground = Ground::new();
    let (code, all) = ground.json(&["rows.csv"]);
    assert_eq!((code, &all["fail_on"], &all["has_baseline"]), (4, &"low".into(), &false.into()));
    let findings = all["findings"].as_array().unwrap();
    assert_eq!(failing(&all).len(), findings.len());
    let (code, critical) = ground.json(&["rows.csv", "--fail-on", "critical"]);
    assert_eq!(code, 4);
    let are_critical = findings.iter().filter(|finding| finding["severity"] == "critical").count();
    assert_eq!(failing(&critical).len(), are_critical);
    assert!(are_critical > 0 && are_critical < findings.len(), "{critical}");
    // Nothing leads anywhere there.
    assert_eq!(ground.json(&["better.csv", "--fail-on", "critical"]).0, 0);
}

#[test]
fn beside_an_older_inventory_only_what_is_new_fails() {
    let ground = Ground::new();
    let (code, same) = ground.json(&["rows.csv", "--baseline", "rows.csv"]);
    assert_eq!((code, failing(&same)), (0, Vec::new()));
    let (code, worse) = ground.json(&["worse.csv", "--baseline", "rows.csv"]);
    assert_eq!((code, &worse["more_connected_pairs"]), (4, &1.into()));
    let failing = failing(&worse);
    assert!(failing.iter().all(|finding| (finding.1, finding.2) == ("K3", "new")), "{failing:?}");
    assert!(failing.iter().any(|finding| finding.0 == "KR01"), "{failing:?}");
}

#[test]
fn beside_a_report_and_a_project_the_same_findings_fail_as_beside_their_inventory() {
    let ground = Ground::new();
    for line in [
        &["report", "rows.csv", "--as-of", "2026-11-23", "-o", "old.json"][..],
        &["report", "rows.csv", "--as-of", "2026-11-23", "-o", "old.json.gz"],
        &["import", "rows.csv", "--as-of", "2026-11-23", "-o", "old.keyreach"],
    ] {
        assert!(ground.run(line).status.success(), "{line:?}");
    }
    let (_, beside_rows) = ground.json(&["worse.csv", "--baseline", "rows.csv"]);
    for baseline in ["old.json", "old.json.gz", "old.keyreach"] {
        let (code, verdict) = ground.json(&["worse.csv", "--baseline", baseline]);
        assert_eq!((code, failing(&verdict)), (4, failing(&beside_rows)), "{baseline}");
        assert_eq!(verdict["more_connected_pairs"], 1, "{baseline}");
        assert_eq!(ground.json(&["rows.csv", "--baseline", baseline]).0, 0, "{baseline}");
        let (code, better) = ground.json(&["better.csv", "--baseline", baseline]);
        assert_eq!((code, &better["not_observed"]), (0, &Value::Array(Vec::new())), "{baseline}");
        assert!(!better["resolved"].as_array().unwrap().is_empty(), "{baseline}");
    }
}

#[test]
fn a_finding_is_not_observed_where_what_would_show_it_is_missing() {
    let ground = Ground::new();
    let report = ["report", "rows.csv", "--as-of", "2026-11-23", "-o", "old.json"];
    assert!(ground.run(&report).status.success());
    // Who holds and who grants is no longer said.
    let without = "credential_id,service,environment,owner\nK2,db,prod,ann\n";
    std::fs::write(ground.path("without.csv"), without).unwrap();
    for baseline in ["rows.csv", "old.json"] {
        let (_, verdict) = ground.json(&["without.csv", "--baseline", baseline]);
        let rules = |of: &str| -> Vec<String> {
            let findings = verdict[of].as_array().unwrap().iter();
            findings.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
        };
        assert!(rules("not_observed").contains(&"KR10".to_owned()), "{baseline}: {verdict}");
        assert!(!rules("resolved").contains(&"KR10".to_owned()), "{baseline}: {verdict}");
    }
}

#[test]
fn a_finding_that_is_more_severe_than_in_the_report_fails() {
    let ground = Ground::new();
    let output = ground.run(&["report", "rows.csv", "--as-of", "2026-11-23", "--format", "json"]);
    let mut report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for finding in report["findings"].as_array_mut().unwrap() {
        if finding["rule"] == "KR01" {
            finding["severity"] = "low".into();
        }
    }
    // The order of members is that of a report.
    let text = report.to_string().replace('{', "{\n");
    let text = format!("{{\"format\":\"keyreach-report\",{}", &text[1..]);
    std::fs::write(ground.path("old.json"), text).unwrap();
    let (code, verdict) = ground.json(&["rows.csv", "--baseline", "old.json"]);
    assert_eq!((code, failing(&verdict)), (4, vec![("KR01", "K1", "more-severe")]));
}

#[test]
fn what_does_not_go_together_is_wrong_usage_and_a_broken_baseline_is_named() {
    let ground = Ground::new();
    let stderr = |line: &[&str], code| {
        let output = ground.run(line);
        assert_eq!(output.status.code(), Some(code), "{line:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let worse = stderr(&["check", "rows.csv", "--fail-on", "worse"], 2);
    assert!(worse.contains("--baseline"), "{worse}");
    std::fs::write(ground.path("cut.json"), "{\"format\":\"keyreach-report\",\n\"vers").unwrap();
    let cut = stderr(&["check", "rows.csv", "--baseline", "cut.json"], 1);
    assert!(cut.contains("line 2, column 5") && cut.contains("cut.json"), "{cut}");
    stderr(&["check", "rows.csv", "-o", "out.doc"], 2);
}

#[test]
fn text_says_what_fails_and_where_it_stands() {
    let ground = Ground::new();
    let (_, text) = ground.check(&["worse.csv", "--baseline", "rows.csv"]);
    assert!(text.starts_with("Failed: "), "{text}");
    assert!(
        text.contains("KR01 Crosses environments: K3") && text.contains("worse.csv:5"),
        "{text}"
    );
    assert!(!text.contains("environments: K1"), "{text}");
    let (_, text) = ground.check(&["rows.csv", "--baseline", "rows.csv"]);
    assert!(text.starts_with("Passed: "), "{text}");
}

#[test]
fn sarif_has_a_result_for_each_finding_with_the_hops_of_its_path() {
    let ground = Ground::new();
    let (code, text) = ground.check(&["worse.csv", "--baseline", "rows.csv", "--format", "sarif"]);
    assert_eq!(code, 4);
    let log: Value = serde_json::from_str(&text).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let (_, verdict) = ground.json(&["worse.csv", "--baseline", "rows.csv"]);
    assert_eq!(results.len(), verdict["findings"].as_array().unwrap().len());
    let mut prints = std::collections::BTreeSet::new();
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "worse.csv");
        assert!(place["region"]["startLine"].as_u64().unwrap() > 1, "{result}");
        let print = &result["partialFingerprints"]["keyreachFinding/v1"];
        assert!(prints.insert(print.as_str().unwrap().to_owned()), "{result}");
        assert!(["new", "unchanged"].contains(&result["baselineState"].as_str().unwrap()));
    }
    let of = |rule: &str, name: &str| {
        let about = |result: &&Value| {
            let place = &result["locations"][0]["logicalLocations"][0];
            result["ruleId"] == rule && place["fullyQualifiedName"] == name
        };
        results.iter().find(about).unwrap()
    };
    let flow = &of("KR10", "K3")["codeFlows"][0]["threadFlows"][0]["locations"];
    assert_eq!(flow.as_array().unwrap().len(), 1);
    let hop = &flow[0]["location"];
    assert_eq!(hop["message"]["text"], "wiki in dev holds K3, which opens db in prod");
    assert_eq!(hop["physicalLocation"]["region"]["startLine"], 5);
    assert_eq!(of("KR01", "K3")["baselineState"], "new");
    assert_eq!(of("KR01", "K1")["baselineState"], "unchanged");
}

/// Fingerprints say the same after rows moved and the file has another name.
#[test]
fn fingerprints_do_not_rest_on_lines_and_files() {
    let ground = Ground::new();
    let mut lines: Vec<&str> = ROWS.lines().collect();
    lines[1..].reverse();
    std::fs::write(ground.path("moved.csv"), lines.join("\n")).unwrap();
    let prints = |file: &str| {
        let (_, verdict) = ground.json(&[file]);
        let findings = verdict["findings"].as_array().unwrap().iter();
        findings.map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(prints("rows.csv"), prints("moved.csv"));
}

/// More findings than a list has room for, and among them one that a baseline does not have, which is not
/// the worst.
fn too_many(ground: &Ground) -> usize {
    let mut rows = ROWS.to_owned();
    for key in 0..13_000 {
        rows.extend([format!("key-{key},web,dev,holds,\n")]);
    }
    std::fs::write(ground.path("many.csv"), &rows).unwrap();
    rows.push_str("key-new,web,dev,holds,ann\n");
    std::fs::write(ground.path("more.csv"), rows).unwrap();
    let (_, verdict) = ground.json(&["more.csv", "--baseline", "many.csv"]);
    let expected: &[_] = &[("KR05", "key-new", "new")];
    assert_eq!(failing(&verdict), expected);
    verdict["findings"].as_array().unwrap().len()
}

#[test]
fn a_list_that_is_full_has_first_what_fails_and_says_what_is_left_out() {
    let ground = Ground::new();
    let whole = too_many(&ground);
    assert!(whole > 25_000, "{whole}");
    let line = |format| ["more.csv", "--baseline", "many.csv", "--format", format];
    let (code, sarif) = ground.check(&line("sarif"));
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!((code, results.len()), (4, 25_000));
    let name = &results[0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!((name, &results[0]["properties"]["fails"]), (&"key-new".into(), &true.into()));
    assert_eq!((&results[1]["ruleId"], &results[1]["level"]), (&"KR01".into(), &"error".into()));
    let note = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    let left_out = format!("{} findings left out, none of which fails", whole - 25_000);
    assert!(note.as_str().unwrap().starts_with(&left_out), "{note}");
    let (code, junit) = ground.check(&line("junit"));
    assert_eq!((code, figure(&junit, "failures"), count(&junit, "failure")), (4, 1, 1));
    assert!(junit.contains(&left_out), "{left_out}");
    // All of them fail, more than are listed.
    let (code, junit) = ground.check(&["more.csv", "--format", "junit"]);
    assert_eq!((code, figure(&junit, "failures")), (4, whole));
    let left_out = format!("{0} findings left out, {0} of which fail", whole - 25_000);
    assert!(junit.contains(&left_out), "{left_out}");
    assert_eq!((count(&junit, "failure"), count(&junit, "skipped")), (25_001, 0));
    let (_, sarif) = ground.check(&["more.csv", "--format", "sarif"]);
    assert!(sarif.contains(&left_out), "{left_out}");
}

#[test]
fn references_of_sarif_are_relative_to_the_working_folder_where_files_lie_below_it() {
    let ground = Ground::new();
    let inside = ground.path("rows.csv").canonicalize().unwrap();
    let other = TempDir::new().unwrap();
    let outside = other.path().join("rows.csv");
    std::fs::write(&outside, ROWS).unwrap();
    for (file, expected) in [
        (inside.to_str().unwrap(), "rows.csv".to_owned()),
        ("./rows.csv", "rows.csv".to_owned()),
        (outside.to_str().unwrap(), format!("file://{}", outside.display())),
    ] {
        let (_, text) = ground.check(&[file, "--format", "sarif"]);
        let log: Value = serde_json::from_str(&text).unwrap();
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], expected.as_str(), "{file}");
    }
}

#[test]
fn sarif_follows_its_schema() {
    // The schema of SARIF 2.1.0, as OASIS publishes it.
    let Some(schema) = std::env::var_os("KEYREACH_SARIF_SCHEMA") else {
        skipped("KEYREACH_SARIF_SCHEMA names no file");
        return;
    };
    let mut schema: Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    // Its pattern of languages is none that every reader of patterns takes.
    for part in ["run", "toolComponent"] {
        let language = schema["definitions"][part]["properties"]["language"].as_object_mut();
        language.unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let ground = Ground::new();
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for sample in ["talk.csv", "payments.csv", "messy.csv", "no-access.csv"] {
        let file = samples.join(sample);
        let file = file.to_str().unwrap();
        for line in [
            &[file, "--format", "sarif"][..],
            &[file, "--baseline", "rows.csv", "--format", "sarif"],
        ] {
            let (_, text) = ground.check(line);
            let log: Value = serde_json::from_str(&text).unwrap();
            let errors = validator.iter_errors(&log).take(3);
            let errors: Vec<String> =
                errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert_eq!(errors, Vec::<String>::new(), "{sample}");
        }
    }
}

/// The name and the attributes of every element.
fn elements(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        let element = match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element) => {
                element
            }
            quick_xml::events::Event::Eof => return found,
            _ => continue,
        };
        let attributes = element.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
            (attribute.key.0.to_owned(), value)
        });
        found.push((element.name().0.to_owned(), attributes.collect()));
    }
}

/// How many elements of a name there are.
fn count(text: &str, name: &str) -> usize {
    elements(text).iter().filter(|element| element.0 == name).count()
}

/// A figure of the suite.
fn figure(text: &str, key: &str) -> usize {
    let elements = elements(text);
    let suite = &elements.iter().find(|element| element.0 == "testsuite").unwrap().1;
    let found = suite.iter().find(|(name, _)| name == key).unwrap();
    found.1.parse().unwrap()
}

#[test]
fn junit_counts_what_it_lists() {
    let ground = Ground::new();
    let (code, text) = ground.check(&["worse.csv", "--baseline", "rows.csv", "--format", "junit"]);
    assert_eq!(code, 4);
    assert_eq!(figure(&text, "tests"), count(&text, "testcase"));
    assert_eq!(figure(&text, "failures"), count(&text, "failure"));
    assert_eq!(figure(&text, "skipped"), count(&text, "skipped"));
    let (_, verdict) = ground.json(&["worse.csv", "--baseline", "rows.csv"]);
    // One more for the pairs.
    assert_eq!(figure(&text, "failures"), failing(&verdict).len() + 1);
    assert!(text.contains("worse.csv:5") && text.contains("name=\"Crosses environments: K3\""));
    let (code, text) = ground.check(&["better.csv", "--fail-on", "critical", "--format", "junit"]);
    assert!(
        code == 0 && text.contains("failures=\"0\"") && text.contains("nothing found"),
        "{text}"
    );
}

#[test]
fn junit_skips_a_rule_that_is_off() {
    let ground = Ground::new();
    std::fs::write(ground.path("policy.toml"), "[rules]\nKR05 = \"off\"\n").unwrap();
    let line = ["rows.csv", "--policy", "policy.toml", "--format", "junit"];
    let (_, text) = ground.check(&line);
    assert!(text.contains("name=\"No expiry: off\""), "{text}");
    assert!(!text.contains("No expiry: nothing found"), "{text}");
    assert_eq!(figure(&text, "tests"), count(&text, "testcase"));
    assert_eq!((figure(&text, "skipped"), count(&text, "skipped")), (1, 1));
}

/// The shell lines of an example workflow.
fn shell_lines(workflow: &str) -> Vec<String> {
    let lines = workflow.lines().map(|line| line.trim().trim_start_matches("- "));
    let lines = lines.map(|line| line.strip_prefix("run: ").unwrap_or(line));
    lines.filter(|line| line.starts_with("keyreach ")).map(str::to_owned).collect()
}

#[test]
fn the_lines_of_the_example_workflows_run() {
    for (workflow, least) in [
        (include_str!("../../docs/examples/github.yml"), 2),
        (include_str!("../../docs/examples/gitlab.yml"), 2),
    ] {
        let ground = Ground::new();
        let inventory = ground.path("inventory");
        std::fs::create_dir(&inventory).unwrap();
        std::fs::write(inventory.join("credentials.csv"), ROWS).unwrap();
        let baseline = ["report", "inventory", "-o", "baseline.json"];
        assert!(ground.run(&baseline).status.success());
        let lines = shell_lines(workflow);
        assert!(lines.len() >= least, "{lines:?}");
        for line in lines {
            let words: Vec<&str> = line.split_whitespace().skip(1).collect();
            let output = ground.run(&words);
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{line}: {stderr}");
            let at = words.iter().position(|word| *word == "-o").unwrap();
            assert!(ground.path(words[at + 1]).metadata().unwrap().len() > 0, "{line}");
        }
    }
}
