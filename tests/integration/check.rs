//! The gate of a pipeline: what fails it and what does not, beside each sort of baseline, and what the
//! files say that build servers and code forges read.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use keyreach::analysis::{FixKind, Rule};
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Date, Progress};
use keyreach::project::{
    Acceptance, CredentialName, Decision, FindingName, FindingRegister, FindingSubject, Fixes,
    NamedFix, NoteOn, Project, Sources, write_project,
};
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

/// What fails of an inventory beside a project, and beside a report of the same.
fn beside_project_and_report(ground: &Ground, old: &[&str], new: &[&str]) -> [Vec<[String; 3]>; 2] {
    for line in
        [["import", "-o", "old.keyreach", "--force"].as_slice(), &["report", "-o", "old.json"]]
    {
        let output = ground.run(&[line, old, &["--as-of", "2026-11-23"]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    ["old.keyreach", "old.json"].map(|baseline| {
        let (_, verdict) = ground.json(&[new, &["--baseline", baseline]].concat());
        let findings = verdict["findings"].as_array().unwrap().iter();
        let failing = findings.filter(|finding| finding["fails"] == true).map(|finding| {
            let subject = format!("{} {}", finding["credential"], finding["service"]);
            [finding["rule"].to_string(), subject, finding["state"].to_string()]
        });
        failing.collect()
    })
}

// The rows say that the key that opens prod is revoked, and who holds it. Without these columns it lives, and
// both are assumed.
#[test]
fn what_only_a_missing_column_makes_worse_fails_beside_a_report_no_more_than_beside_a_project() {
    let ground = Ground::new();
    let head = "credential_id,service,environment,access,owner,status\n";
    let rows = "K1,web,dev,holds,ann,active\nK1,db,prod,grants,ann,active\n\
                K2,shop,dev,holds,ann,revoked\nK2,db,prod,grants,ann,revoked\n";
    std::fs::write(ground.path("all.csv"), format!("{head}{rows}")).unwrap();
    let without_status = rows.replace(",active", "").replace(",revoked", "");
    let head = head.replace(",status", "");
    std::fs::write(ground.path("alive.csv"), format!("{head}{without_status}")).unwrap();
    let [project, report] = beside_project_and_report(&ground, &["all.csv"], &["alive.csv"]);
    assert_eq!((project, report), (Vec::new(), Vec::new()));
    // A key that is really new fails all the same.
    let more = format!("{head}{without_status}K3,shop,dev,holds,\nK3,db,prod,grants,\n");
    std::fs::write(ground.path("alive.csv"), more).unwrap();
    let [project, report] = beside_project_and_report(&ground, &["all.csv"], &["alive.csv"]);
    assert!(!report.is_empty() && report.iter().all(|one| one[1].contains("K3")), "{report:?}");
    assert_eq!(project, report);
}

// The level of an access says nothing of a key that was not there: it comes with rows of its own.
#[test]
fn a_key_that_is_new_fails_whatever_else_is_missing() {
    let ground = Ground::new();
    let head = "credential_id,service,environment,access,level,owner\n";
    let rows = "K1,web,dev,holds,,ann\nK1,db,test,grants,read,ann\nK2,db,prod,holds,,ann\n";
    std::fs::write(ground.path("all.csv"), format!("{head}{rows}")).unwrap();
    let more = format!("{head}{rows}K3,shop,dev,holds,,ann\nK3,db,prod,grants,read,ann\n");
    let without = |at: usize| {
        let lines = more.lines().map(|line| {
            let cells = line.split(',').enumerate().filter(|(number, _)| *number != at);
            cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    for (at, column) in [(3, "access"), (4, "level")] {
        std::fs::write(ground.path("less.csv"), without(at)).unwrap();
        let [project, report] = beside_project_and_report(&ground, &["all.csv"], &["less.csv"]);
        assert_eq!(project, report, "without {column}");
        let crosses = report.iter().any(|one| one[0].contains("KR01") && one[1].contains("K3"));
        assert!(crosses, "without {column}: {report:?}");
        assert!(report.iter().all(|one| one[1].contains("K3")), "without {column}: {report:?}");
    }
}

#[test]
fn whatever_column_or_file_is_missing_the_same_fails_beside_a_report_as_beside_a_project() {
    let ground = Ground::new();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/payments.csv");
    let text = std::fs::read_to_string(sample).unwrap();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let header = table.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let write = |name: &str, rows: &[csv::StringRecord], without: usize| {
        let mut out = csv::Writer::from_path(ground.path(name)).unwrap();
        for row in std::iter::once(&header).chain(rows) {
            let cells = row.iter().enumerate().filter(|(at, _)| *at != without);
            out.write_record(cells.map(|(_, cell)| cell)).unwrap();
        }
    };
    let half = records.len() / 2;
    write("a.csv", &records[..half], usize::MAX);
    write("b.csv", &records[half..], usize::MAX);
    let [project, report] = beside_project_and_report(&ground, &["a.csv", "b.csv"], &["b.csv"]);
    assert_eq!(project, report, "without a file");
    for (at, name) in header.iter().enumerate().filter(|(_, name)| *name != "service") {
        std::fs::create_dir_all(ground.path("less")).unwrap();
        write("less/a.csv", &records[..half], at);
        write("less/b.csv", &records[half..], at);
        let [project, report] =
            beside_project_and_report(&ground, &["a.csv", "b.csv"], &["less/a.csv", "less/b.csv"]);
        assert_eq!(project, report, "without {name}");
    }
}

/// The rules of the findings that are in a list of the verdict.
fn rules<'a>(verdict: &'a Value, list: &str) -> Vec<&'a str> {
    let findings = verdict[list].as_array().unwrap().iter();
    findings.map(|finding| finding["rule"].as_str().unwrap()).collect()
}

impl Ground {
    /// Writes a report and a policy.
    fn report(&self, file: &str, line: &[&str]) {
        let output = self.run(&[&["report", "-o", file], line].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_another_policy_explains_is_neither_worse_nor_resolved_and_is_said() {
    let ground = Ground::new();
    std::fs::write(ground.path("off.toml"), "[rules]\nKR05 = \"off\"\n").unwrap();
    ground.report("all.json", &["rows.csv", "--as-of", "2026-11-23"]);
    ground.report("off.json", &["rows.csv", "--as-of", "2026-11-23", "--policy", "off.toml"]);
    // Switched off since the baseline.
    let off = ["rows.csv", "--policy", "off.toml", "--baseline", "all.json"];
    let (code, verdict) = ground.json(&off);
    assert_eq!((code, rules(&verdict, "resolved")), (0, Vec::new()));
    assert_eq!(rules(&verdict, "explained"), ["KR05", "KR05"]);
    assert_eq!(verdict["baseline_differs"], serde_json::json!(["only now: rules: KR05 is off"]));
    let (_, text) = ground.check(&off);
    assert!(
        text.contains("The baseline assumes otherwise") && text.contains("KR05 is off"),
        "{text}"
    );
    assert!(text.contains("2 not observed: what the baseline assumes"), "{text}");
    assert!(!text.contains("no longer found"), "{text}");
    // Switched on since.
    let (code, verdict) = ground.json(&["rows.csv", "--baseline", "off.json"]);
    assert_eq!((code, failing(&verdict)), (0, Vec::new()));
    assert_eq!(verdict["findings_explained"], 2);
    let differs = serde_json::json!(["only in the baseline: rules: KR05 is off"]);
    assert_eq!(verdict["baseline_differs"], differs);
    // What the inventory changes is worse or resolved all the same.
    let (code, verdict) = ground.json(&["worse.csv", "--baseline", "off.json"]);
    let failing = failing(&verdict);
    assert!(code == 4 && failing.contains(&("KR01", "K3", "new")), "{failing:?}");
    assert!(failing.iter().all(|one| one.1 == "K3" && one.0 != "KR05"), "{failing:?}");
    assert_eq!(verdict["more_connected_pairs"], 1);
    let better = ["better.csv", "--policy", "off.toml", "--baseline", "all.json"];
    let (_, verdict) = ground.json(&better);
    assert_eq!(rules(&verdict, "explained"), ["KR05"]);
    let resolved = rules(&verdict, "resolved");
    assert!(resolved.contains(&"KR01") && resolved.contains(&"KR05"), "{resolved:?}");
}

#[test]
fn a_severity_and_connected_pairs_that_a_policy_explains_do_not_fail() {
    let ground = Ground::new();
    let policy = "crown_jewels = [\"web@dev\"]\n[rules]\nKR01 = \"low\"\n";
    std::fs::write(ground.path("low.toml"), policy).unwrap();
    ground.report("low.json", &["rows.csv", "--as-of", "2026-11-23", "--policy", "low.toml"]);
    let (code, verdict) = ground.json(&["rows.csv", "--baseline", "low.json"]);
    assert_eq!((code, &verdict["more_connected_pairs"]), (0, &0.into()));
    let findings = verdict["findings"].as_array().unwrap();
    let state = |rule: &str| {
        let found = findings.iter().find(|one| one["rule"] == rule && one["credential"] == "K1");
        found.unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!((state("KR01").as_str(), state("KR10").as_str()), ("explained", "explained"));
    // Costs are no matter of findings.
    std::fs::write(ground.path("cost.toml"), "[costs]\nK1 = 5\n").unwrap();
    ground.report("cost.json", &["rows.csv", "--as-of", "2026-11-23", "--policy", "cost.toml"]);
    let (code, verdict) = ground.json(&["rows.csv", "--baseline", "cost.json"]);
    assert_eq!((code, &verdict["baseline_differs"]), (0, &serde_json::json!([])));
}

#[test]
fn what_became_old_since_the_baseline_fails_and_what_an_earlier_day_hides_is_not_resolved() {
    let ground = Ground::new();
    let rows = "credential_id,service,environment,access,owner,expires,last_rotated\n\
                K1,web,dev,holds,ann,2028-01-01,2026-08-30\n";
    std::fs::write(ground.path("rotated.csv"), rows).unwrap();
    // 85 days, then 115.
    ground.report("earlier.json", &["rotated.csv", "--as-of", "2026-11-22"]);
    ground.report("later.json", &["rotated.csv", "--as-of", "2026-12-23"]);
    let on = |day: &str, baseline: &str| {
        let line = ["check", "rotated.csv", "--as-of", day, "--baseline", baseline];
        let output = ground.run(&[&line[..], &["--format", "json"]].concat());
        let verdict: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code().unwrap(), verdict)
    };
    let (code, verdict) = on("2026-12-23", "earlier.json");
    assert_eq!((code, failing(&verdict)), (4, vec![("KR06", "K1", "new")]));
    assert_eq!(verdict["baseline_as_of"], "2026-11-22");
    let (code, verdict) = on("2026-11-22", "later.json");
    assert_eq!((code, rules(&verdict, "resolved")), (0, Vec::new()));
    assert_eq!(rules(&verdict, "explained"), ["KR06"]);
    let differs = serde_json::json!(["the baseline is of a later day: as of 2026-12-23"]);
    assert_eq!(verdict["baseline_differs"], differs);
}

#[test]
fn sarif_names_the_policy_and_the_days() {
    let ground = Ground::new();
    std::fs::write(ground.path("off.toml"), "[rules]\nKR05 = \"off\"\n").unwrap();
    ground.report("old.json", &["rows.csv", "--as-of", "2026-11-01"]);
    let line = ["rows.csv", "--policy", "off.toml", "--baseline", "old.json", "--format", "sarif"];
    let (_, text) = ground.check(&line);
    let log: Value = serde_json::from_str(&text).unwrap();
    let basis = &log["runs"][0]["properties"];
    assert_eq!(
        (&basis["as_of"], &basis["baseline_as_of"]),
        (&"2026-11-23".into(), &"2026-11-01".into())
    );
    assert_eq!(basis["assumptions"]["rules"]["KR05"], "off");
    assert_eq!(basis["baseline_differs"], serde_json::json!(["only now: rules: KR05 is off"]));
}

/// A project of the rows in which the risk of K1's crossing is accepted until a day.
fn accepting(ground: &Ground, until: &str) {
    let on = "2026-11-23".parse::<Date>().unwrap();
    let file = FileBytes::new("rows.csv", ROWS.as_bytes().to_vec());
    let key = FingerprintKey::from_bytes([5; 32]);
    let read = import(vec![file], &key, &ImportSettings::default(), &Progress::default()).unwrap();
    let mut project = Project::new(on);
    project.sources = Arc::new(Sources { inventory: Some(Arc::new(read)), ..Sources::default() });
    let mut register = FindingRegister::begun(on);
    let about = FindingSubject::Credential(CredentialName::Known("K1".to_owned()));
    let name = FindingName { rule: Rule::CrossesEnvironments, about };
    register.change(std::slice::from_ref(&name), |record| {
        let (reason, by) = ("legacy <b>[x]".to_owned(), "ann".to_owned());
        let until = until.parse().unwrap();
        record.decision = Decision::RiskAccepted(Acceptance { reason, until, by });
        (record.assignee, record.due) =
            (Some("ann".to_owned()), Some("2027-01-31".parse().unwrap()));
    });
    Arc::make_mut(&mut project.notes).write(NoteOn::Finding(name), "ask the vendor");
    let fix = NamedFix {
        kind: FixKind::Revoke,
        credential: CredentialName::Known("K1".to_owned()),
        holders: Vec::new(),
        grants: None,
        on: true,
    };
    Arc::make_mut(&mut project.scenarios).add("Quick", Fixes::of(vec![fix]));
    project.findings = Arc::new(register);
    let mut bytes = Vec::new();
    write_project(&project, on, &mut bytes).unwrap();
    std::fs::write(ground.path("p.keyreach"), bytes).unwrap();
}

#[test]
fn an_accepted_risk_does_not_fail_until_its_day_and_every_form_says_so() {
    let ground = Ground::new();
    accepting(&ground, "2027-03-01");
    let (_, whole) = ground.json(&["rows.csv", "--fail-on", "low"]);
    for extra in [&[][..], &["--baseline", "better.csv"]] {
        let line = [&["p.keyreach", "--fail-on", "low"], extra].concat();
        let (_, verdict) = ground.json(&line);
        assert!(!failing(&verdict).iter().any(|one| one.0 == "KR01"), "{extra:?}: {verdict}");
        assert_eq!(verdict["findings_accepted"], 1, "{extra:?}");
    }
    let (code, verdict) = ground.json(&["p.keyreach"]);
    assert_eq!((code, failing(&verdict).len() + 1), (4, failing(&whole).len()));
    let findings = verdict["findings"].as_array().unwrap();
    let one = findings.iter().find(|one| one["rule"] == "KR01").unwrap();
    let accepted =
        serde_json::json!({"until": "2027-03-01", "by": "ann", "reason": "legacy <b>[x]"});
    assert_eq!((&one["accepted"], &one["acceptance_ended"]), (&accepted, &Value::Null));
    let words = "risk accepted until 2027-03-01 by ann: legacy <b>[x]";
    let (_, text) = ground.check(&["p.keyreach"]);
    assert!(text.contains("1 with accepted risk") && text.contains(words), "{text}");
    let (_, junit) = ground.check(&["p.keyreach", "--format", "junit"]);
    let skipped: Vec<_> = elements(&junit).into_iter().filter(|one| one.0 == "skipped").collect();
    assert_eq!(skipped.len(), 1, "{junit}");
    assert_eq!(skipped[0].1, [("message".to_owned(), words.to_owned())]);
    let (_, sarif) = ground.check(&["p.keyreach", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&sarif).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed = results.iter().filter(|one| one.get("suppressions").is_some());
    let suppressed: Vec<&Value> = suppressed.collect();
    assert_eq!((suppressed.len(), &suppressed[0]["ruleId"]), (1, &"KR01".into()));
    let own =
        serde_json::json!([{"kind": "external", "status": "accepted", "justification": words}]);
    assert_eq!(suppressed[0]["suppressions"], own);
}

#[test]
fn an_accepted_risk_fails_again_on_its_day_and_that_is_said() {
    let ground = Ground::new();
    accepting(&ground, "2026-11-23");
    let (code, verdict) = ground.json(&["p.keyreach", "--fail-on", "high"]);
    assert!(code == 4 && failing(&verdict).contains(&("KR01", "K1", "found")), "{verdict}");
    let findings = verdict["findings"].as_array().unwrap();
    let one = findings.iter().find(|one| one["rule"] == "KR01").unwrap();
    assert_eq!((&one["accepted"], &one["acceptance_ended"]), (&Value::Null, &"2026-11-23".into()));
    let words = "its risk was accepted until 2026-11-23: that day has come";
    for format in ["text", "junit", "sarif"] {
        let (_, text) = ground.check(&["p.keyreach", "--fail-on", "high", "--format", format]);
        assert!(text.contains(words), "{format}: {text}");
    }
}

#[test]
fn exported_findings_say_how_they_stand() {
    let ground = Ground::new();
    accepting(&ground, "2099-03-01");
    let line = ["export", "p.keyreach", "--what", "findings", "--format"];
    let written = |format: &str, extra: &[&str]| {
        let output = ground.run(&[&line[..], &[format], extra].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let table: Value = serde_json::from_str(&written("json", &[])).unwrap();
    let rows = table["rows"].as_array().unwrap();
    let row = |rule: &str| rows.iter().find(|row| row["rule"] == rule && row["credential"] == "K1");
    let work = |row: &Value| {
        ["state", "first_seen", "assignee", "due", "note"].map(|column| row[column].clone())
    };
    let accepted = ["risk accepted", "2026-11-23", "ann", "2027-01-31", "ask the vendor"];
    assert_eq!(work(row("KR01").unwrap()), accepted.map(Value::from));
    let open = ["open".into(), "2026-11-23".into(), Value::Null, Value::Null, Value::Null];
    assert_eq!(work(row("KR04").unwrap()), open);
    let csv = written("csv", &[]);
    assert!(csv.lines().next().unwrap().ends_with(
        "owners,state,first_seen,assignee,due,note,accepted_reason,accepted_until,accepted_by,scenario,\
         planned_fix"
    ));
    let accepted =
        "risk accepted,2026-11-23,ann,2027-01-31,ask the vendor,legacy <b>[x],2099-03-01,ann,,";
    assert!(csv.contains(accepted), "{csv}");
    // Of an inventory nobody knows it.
    let output = ground.run(&["export", "rows.csv", "--what", "findings", "--format", "jsonl"]);
    let first = String::from_utf8(output.stdout).unwrap().lines().next().unwrap().to_owned();
    assert!(first.ends_with(
        "\"state\":null,\"first_seen\":null,\"assignee\":null,\"due\":null,\"note\":null,\
         \"accepted_reason\":null,\"accepted_until\":null,\"accepted_by\":null,\"scenario\":null,\
         \"planned_fix\":null}"
    ));
    assert!(!written("csv", &["--redact=services"]).contains("vendor"));
}

#[test]
fn tasks_of_the_plan_and_of_a_scenario_leave_as_tables() {
    let ground = Ground::new();
    accepting(&ground, "2027-03-01");
    let tasks = |file: &str, extra: &[&str]| {
        let line = ["export", file, "--what", "tasks", "--format", "jsonl"];
        let output = ground.run(&[&line[..], extra].concat());
        let stderr = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), stderr)
    };
    let (code, plan, stderr) = tasks("rows.csv", &[]);
    assert!(code == 0 && plan.lines().count() > 0 && stderr.is_empty(), "{plan}{stderr}");
    let (_, scenario, _) = tasks("p.keyreach", &["--scenario", "Quick"]);
    for line in plan.lines().chain(scenario.lines()) {
        let task: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&task["credential"], &task["fix"]), (&"K1".into(), &1.into()), "{line}");
        assert!(task["proof"].as_str().is_some_and(|words| !words.is_empty()), "{line}");
    }
    assert!(scenario.contains("\"credential\":\"K1\"") && plan != scenario, "{plan}{scenario}");
    let (code, _, stderr) = tasks("p.keyreach", &["--scenario", "Quik"]);
    assert!(code == 2 && stderr.contains("Quick"), "{stderr}");
    let (code, _, stderr) = tasks("p.keyreach", &["--scenario", "Quik", "--redact=services"]);
    assert!(code == 2 && !stderr.contains("Quick"), "{stderr}");
    assert_eq!(tasks("rows.csv", &["--scenario", "Quick"]).0, 2);
    let other = ground.run(&["export", "p.keyreach", "--what", "plan", "--scenario", "Quick"]);
    assert_eq!(other.status.code(), Some(2));
}

#[test]
fn a_picture_of_vectors_refuses_what_goes_with_pixels() {
    let ground = Ground::new();
    for (file, option) in [
        ("x.svg", &["--scale", "3"][..]),
        ("x.pdf", &["--scale", "2"]),
        ("x.svg", &["--transparent"]),
        ("x.pdf", &["--transparent"]),
    ] {
        let output = ground.run(&[&["render", "rows.csv", "-o", file], option].concat());
        let stderr = String::from_utf8(output.stderr).unwrap();
        let is_said = stderr.contains(option[0]) && stderr.contains(".png");
        assert!(output.status.code() == Some(2) && is_said, "{file} {option:?}: {stderr}");
        assert!(!ground.path(file).exists(), "{file}");
    }
}

#[test]
fn a_project_with_accepted_risks_is_not_checked_under_pseudonyms() {
    let ground = Ground::new();
    accepting(&ground, "2027-03-01");
    let output = ground.run(&["check", "p.keyreach", "--redact"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && stderr.contains("accepted risk"), "{stderr}");
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
    accepting(&ground, "2027-03-01");
    std::fs::write(ground.path("off.toml"), "[rules]\nKR05 = \"off\"\n").unwrap();
    ground.report("old.json", &["rows.csv", "--policy", "off.toml"]);
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let project = ground.path("p.keyreach").display().to_string();
    for sample in ["talk.csv", "payments.csv", "messy.csv", "no-access.csv", &project] {
        let file = samples.join(sample);
        let file = file.to_str().unwrap();
        for line in [
            &[file, "--format", "sarif"][..],
            &[file, "--baseline", "rows.csv", "--format", "sarif"],
            &[file, "--baseline", "old.json", "--format", "sarif"],
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
