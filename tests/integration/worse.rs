//! What got better and worse between two inventories, worked out by hand, and by taking columns and
//! files away at random.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use keyreach::analysis::{Answers, Difference, Finding, difference};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Progress};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::properties::cases;

/// Two folders of files, and what `diff` says of them.
struct Pair {
    folder: TempDir,
}

impl Pair {
    fn new(old: &[(&str, &str)], new: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (side, files) in [("old", old), ("new", new)] {
            std::fs::create_dir(folder.path().join(side)).unwrap();
            for (name, text) in files {
                std::fs::write(folder.path().join(side).join(name), text).unwrap();
            }
        }
        Self { folder }
    }

    fn of(old: &str, new: &str) -> Self {
        Self::new(&[("keys.csv", old)], &[("keys.csv", new)])
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .current_dir(self.folder.path())
            .args(["diff", "old", "new", "--as-of", "2026-11-23"])
            .args(arguments)
            .output()
            .unwrap()
    }

    fn json(&self) -> Value {
        let output = self.run(&["--format", "json"]);
        assert_eq!(output.status.code(), Some(0));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn code(&self) -> Option<i32> {
        self.run(&["--fail-on-worse"]).status.code()
    }
}

/// Rule and credential, or `service@environment`, of each finding of a list.
fn named(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    let mut names: Vec<String> = list
        .map(|found| {
            let service = &found["service"];
            let instance = || format!("{}@{}", service["service"], service["environment"]);
            let name = found["credential"].as_str().map_or_else(instance, str::to_owned);
            format!("{} {}", found["rule"].as_str().unwrap(), name.replace('"', ""))
        })
        .collect();
    names.sort();
    names
}

const HEADER: &str = "id,service,environment,access,owner,expires\n";
const DEPLOY: &str = "deploy,web,dev,holds,Ops,2028-01-01\ndeploy,pay,prod,grants,Ops,2028-01-01\n";

// A second credential connects what one connected already.
#[test]
fn a_second_way_between_connected_ends_is_worse_though_no_pair_is_newly_connected() {
    let new = format!("{HEADER}{DEPLOY}{}", DEPLOY.replace("deploy", "second"));
    let pair = Pair::of(&format!("{HEADER}{DEPLOY}"), &new);
    let json = pair.json();
    assert_eq!(named(&json["findings"]["new"]), ["KR01 second", "KR10 second"]);
    assert_eq!(json["findings"]["new"][0]["evidence"][0]["line"], 4);
    for list in ["gone", "worse", "not_observed"] {
        assert_eq!(json["findings"][list], json!([]), "{list}");
    }
    assert_eq!(json["paths"]["opened_total"], 0);
    assert_eq!(json["worse"], true);
    let exposure = &json["exposure"];
    assert_eq!(exposure["before"]["connected_pairs"], 1);
    assert_eq!(exposure["after"]["connected_pairs"], 1);
    assert_ne!(json["headline"]["before"], json["headline"]["after"]);
    let text = String::from_utf8(pair.run(&[]).stdout).unwrap();
    assert!(text.contains("It got worse: 2 new findings\n"), "{text}");
    assert!(text.contains("\n2 new findings\n  KR01 Crosses environments: second: critical\n"));
    let output = pair.run(&["--fail-on-worse"]);
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "keyreach: the newer inventory is worse: 2 new findings\n"
    );
    assert!(String::from_utf8(output.stdout).unwrap().contains("2 new findings"));
}

#[test]
fn what_got_better_does_not_fail() {
    let old = format!("{HEADER}{DEPLOY}{}", DEPLOY.replace("deploy", "second"));
    let pair = Pair::of(&old, &format!("{HEADER}{DEPLOY}"));
    assert_eq!(named(&pair.json()["findings"]["gone"]), ["KR01 second", "KR10 second"]);
    assert_eq!(pair.code(), Some(0));
    let same = Pair::of(&old, &old);
    assert_eq!(same.code(), Some(0));
    let text = String::from_utf8(same.run(&[]).stdout).unwrap();
    assert!(text.contains("Nothing got worse\n") && text.contains("no new findings"), "{text}");
}

// k1 has no expiry: low; once two services share it, medium, and KR02 is new.
#[test]
fn a_raised_severity_is_worse() {
    let old = format!("{HEADER}k1,web,prod,holds,Ops,\n");
    let pair = Pair::of(&old, &format!("{old}k1,api,prod,holds,Ops,\n"));
    let json = pair.json();
    assert_eq!(named(&json["findings"]["worse"]), ["KR05 k1"]);
    let worse = &json["findings"]["worse"][0];
    assert_eq!((&worse["severity_before"], &worse["severity"]), (&json!("low"), &json!("medium")));
    assert_eq!(named(&json["findings"]["new"]), ["KR02 k1"]);
    // Back again it is neither new nor gone.
    let back = Pair::of(&format!("{old}k1,api,prod,holds,Ops,\n"), &old).json();
    assert_eq!((&back["worse"], &back["findings"]["worse"]), (&json!(false), &json!([])));
}

// A revoked credential is dead and still mapped: KR07 is new, and nothing got worse.
#[test]
fn a_revoked_credential_is_not_worse() {
    let header = HEADER.replace('\n', ",status\n");
    let rows = |status: &str| {
        format!(
            "{header}k,web,dev,holds,Ops,2028-01-01,{status}\nk,pay,prod,grants,Ops,2028-01-01,{status}\n"
        )
    };
    let pair = Pair::of(&rows("active"), &rows("revoked"));
    let json = pair.json();
    assert_eq!(named(&json["findings"]["new"]), ["KR07 k"]);
    assert_eq!(json["findings"]["new"][0]["counts_as_worse"], false);
    assert_eq!((&json["worse"], pair.code()), (&json!(false), Some(0)));
    let text = String::from_utf8(pair.run(&[]).stdout).unwrap();
    assert!(text.contains("Nothing got worse\n"), "{text}");
    assert!(text.contains("not worse: it was revoked"), "{text}");
    // The other way it is: what was dead lives.
    let back = Pair::of(&rows("revoked"), &rows("active"));
    assert_eq!((&back.json()["worse"], back.code()), (&json!(true), Some(5)));
}

// Without the columns of owner, status and access: no owner, what was dead lives, and all links are
// assumed to be both. Nobody has looked, so nothing got worse; what is new in the rows still is.
#[test]
fn what_a_missing_column_brings_is_not_worse() {
    let old = "id,service,environment,access,owner,status\n\
               k,web,dev,holds,Ops,active\nk,api,dev,holds,Ops,active\n\
               dead,web,dev,holds,Ops,revoked\ndead,pay,prod,grants,Ops,revoked\n";
    let without = |column: usize| -> String {
        let cells = |line: &str| -> String {
            let kept = line.split(',').enumerate().filter(|(at, _)| *at != column);
            kept.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n"
        };
        old.lines().map(cells).collect()
    };
    for column in [3, 4, 5] {
        let pair = Pair::of(old, &without(column));
        let json = pair.json();
        assert_eq!((&json["worse"], pair.code()), (&json!(false), Some(0)), "column {column}");
        assert_eq!(json["lacking"].as_array().unwrap().len(), 1);
    }
    let owners = Pair::of(old, &without(4)).json();
    assert_eq!(named(&owners["findings"]["new"]), ["KR04 k"]);
    assert_eq!(owners["findings"]["new"][0]["counts_as_worse"], false);
    let lacking = json!([{"file": "old/keys.csv", "column": "owner"}]);
    assert_eq!(owners["findings"]["new"][0]["lacking"], lacking);
    // A new way into production is worse, whatever column is missing beside it.
    let more = without(4) + "new,web,dev,holds,active\nnew,pay,prod,grants,active\n";
    assert_eq!(Pair::of(old, &more).code(), Some(5));
}

// A row that is new joins a credential that was there before to another environment. No column that is missing
// beside it explains that: neither which secrets are equal, nor who holds and who grants, nor a file that is gone.
#[test]
fn a_new_row_of_a_known_credential_is_worse_whatever_is_missing() {
    let header = "id,fingerprint,service,environment,access,owner\n";
    let old = format!(
        "{header}vault,sha256:aa11,vault,prod,grants,Ops\nvault,sha256:aa11,api,prod,holds,Ops\n\
         other,sha256:bb22,web,dev,holds,Ops\nother,sha256:bb22,mail,dev,grants,Ops\n"
    );
    let without = |text: &str, column: usize| -> String {
        let cells = |line: &str| -> String {
            let kept = line.split(',').enumerate().filter(|(at, _)| *at != column);
            kept.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n"
        };
        text.lines().map(cells).collect()
    };
    let new = format!("{old}vault,sha256:aa11,notebook,dev,holds,Ops\n");
    assert_eq!(Pair::of(&old, &new).code(), Some(5));
    for column in [1, 4, 5] {
        assert_eq!(Pair::of(&old, &without(&old, column)).code(), Some(0), "column {column}");
        let pair = Pair::of(&old, &without(&new, column));
        assert_eq!(pair.code(), Some(5), "column {column}");
        let fresh = pair.json();
        let fresh = fresh["findings"]["new"].as_array().unwrap().iter();
        let counted: Vec<&Value> = fresh.filter(|one| one["counts_as_worse"] == true).collect();
        assert!(counted.iter().any(|one| one["rule"] == "KR01"), "column {column}");
    }
    // Where the file of another credential is gone too.
    let beside = format!("{header}far,sha256:cc33,queue,staging,holds,Ops\n");
    let pair = Pair::new(&[("a.csv", &old), ("b.csv", &beside)], &[("a.csv", &new)]);
    assert_eq!(pair.code(), Some(5));
    // Without environments nobody can say which instance the new row means.
    assert_eq!(Pair::of(&old, &without(&new, 3)).code(), Some(0));
}

// What is missing may be all that differs: then nothing is said to be as it was.
#[test]
fn what_cannot_be_judged_is_said_beside_the_verdict() {
    let old = "id,service,environment,access,owner\n\
               k,web,dev,holds,Ops\nk,pay,prod,holds,Ops\n";
    let new = "id,service,environment,owner\nk,web,dev,Ops\nk,pay,prod,Ops\n";
    let pair = Pair::of(old, new);
    let text = String::from_utf8(pair.run(&[]).stdout).unwrap();
    assert_eq!(pair.code(), Some(0));
    assert!(text.contains("Nothing got worse as far as can be judged\n"), "{text}");
    let judged = "1 newly connected pair, because the newer inventory has no column “access” of “old/keys.csv”\n";
    let line = text.lines().find(|line| line.starts_with("Cannot be judged: ")).unwrap();
    assert!(format!("{line}\n").ends_with(judged), "{line}");
}

// One pair more is connected, through a credential that was on a path before.
#[test]
fn more_connected_pairs_are_worse() {
    let old = format!("{HEADER}{DEPLOY}other,shop,dev,holds,Ops,2028-01-01\n");
    let new = format!("{old}deploy,shop,dev,holds,Ops,2028-01-01\n");
    let json = Pair::of(&old, &new).json();
    assert_eq!(json["exposure"]["after"]["connected_pairs"], 2);
    assert_eq!(json["paths"]["opened_total"], 1);
    assert_eq!(json["worse"], true);
}

#[test]
fn a_renamed_id_brings_no_finding_and_takes_none() {
    let old = "id,password,service,environment,access\nk1,hunter2hunter2,web,dev,holds\n\
               k1,hunter2hunter2,pay,prod,grants\n";
    let json = Pair::of(old, &old.replace("k1", "key-one")).json();
    for list in ["new", "gone", "worse", "not_observed"] {
        assert_eq!(json["findings"][list], json!([]), "{list}");
    }
}

#[test]
fn an_identity_is_known_again_by_its_name_and_not_by_its_first_credential() {
    let row = |id: &str| format!("{id},web,prod,holds,Ops,2028-01-01,svc-web\n");
    let header = HEADER.replace('\n', ",identity\n");
    let old = format!("{header}{}{}", row("b1"), row("b2"));
    let json = Pair::of(&old, &format!("{old}{}", row("a0"))).json();
    assert_eq!(json["findings"]["new"], json!([]));
    assert_eq!(json["findings"]["gone"], json!([]));
}

#[test]
fn a_finding_whose_column_is_missing_is_not_observed_and_others_are_gone() {
    let old = "id,service,environment,access,owner,expires,last_used\n\
               k1,web,prod,holds,Ops,2028-01-01,2020-01-01\n\
               k2,web,dev,holds,Ops,2028-01-01,2026-11-20\n\
               k2,pay,prod,grants,Ops,2028-01-01,2026-11-20\n";
    let without = "id,service,environment,access,owner,expires\n\
                   k1,web,prod,holds,Ops,2028-01-01\nk2,web,dev,holds,Ops,2028-01-01\n";
    let json = Pair::of(old, without).json();
    assert_eq!(named(&json["findings"]["not_observed"]), ["KR13 k1"]);
    let lacking = json!([{"file": "old/keys.csv", "column": "last_used"}]);
    assert_eq!(json["findings"]["not_observed"][0]["lacking"], lacking);
    assert_eq!(json["lacking"], lacking);
    assert_eq!(named(&json["findings"]["gone"]), ["KR01 k2", "KR10 k2"], "k2 grants nothing");
    assert_eq!(
        (&json["paths"]["closed_total"], &json["paths"]["not_observed_total"]),
        (&json!(1), &json!(0))
    );
    let used = old.replace("2020-01-01", "2026-11-20");
    assert_eq!(named(&Pair::of(old, &used).json()["findings"]["gone"]), ["KR13 k1"]);
}

#[test]
fn a_dead_credential_without_its_status_is_not_observed() {
    let old = "id,service,environment,access,owner,expires,status\n\
               k1,web,prod,holds,Ops,2028-01-01,revoked\n";
    let without = "id,service,environment,access,owner,expires\n\
                   k1,web,prod,holds,Ops,2028-01-01\n";
    let json = Pair::of(old, without).json();
    assert_eq!(named(&json["findings"]["not_observed"]), ["KR07 k1"]);
    let alive = Pair::of(old, &old.replace("revoked", "active")).json();
    assert_eq!(named(&alive["findings"]["gone"]), ["KR07 k1"]);
}

#[test]
fn what_stood_in_a_missing_source_is_not_observed() {
    let apps = format!("{HEADER}k1,web,prod,holds,Ops,\n");
    let ci = format!("{HEADER}{DEPLOY}");
    let (apps, ci) = (("apps.csv", apps.as_str()), ("ci.csv", ci.as_str()));
    let pair = Pair::new(&[apps, ci], &[apps]);
    let json = pair.json();
    assert_eq!(json["lacking"], json!([{"file": "old/ci.csv", "column": null}]));
    assert_eq!(named(&json["findings"]["not_observed"]), ["KR01 deploy", "KR10 deploy"]);
    assert_eq!(json["findings"]["gone"], json!([]));
    // web and pay in prod: both could be entered from web in dev by deploy alone.
    assert_eq!(json["paths"]["not_observed_total"], 1);
    assert_eq!(json["paths"]["closed_total"], 0);
    assert_eq!(json["credentials"]["not_observed"], json!(["deploy"]));
    assert_eq!(json["mappings"]["not_observed"].as_array().unwrap().len(), 2);
    let text = String::from_utf8(pair.run(&[]).stdout).unwrap();
    for line in [
        "\n2 findings not observed\n",
        "the newer inventory has no source “old/ci.csv”\n",
        "\n1 connected pair not observed\n",
        "\n1 credential not observed\n  deploy\n",
        "\n2 links not observed\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert_eq!(pair.code(), Some(0));
}

// Without the file of production the crown jewels are those of the highest tier that is left: dev.
#[test]
fn crown_jewels_that_only_a_missing_file_moved_are_not_worse() {
    let header = "id,service,environment,access,owner,expires,internet_facing\n";
    let dev = format!(
        "{header}k2,web,dev,grants,Ann,2028-01-01,no\nk2,pay,dev,holds,Ann,2028-01-01,yes\n"
    );
    let prod = format!("{header}k1,web,prod,holds,Ann,2028-01-01,yes\n");
    let pair = Pair::new(&[("a.csv", &dev), ("b.csv", &prod)], &[("a.csv", &dev)]);
    let json = pair.json();
    assert_eq!(json["paths"]["opened_total"], 1);
    assert_eq!((&json["worse"], pair.code()), (&json!(false), Some(0)));
    // In one inventory that says of both, the same path is worse.
    let both = dev.replace("pay,dev,holds", "pay,dev,grants") + &prod[header.len()..];
    let pair = Pair::of(&both, &dev);
    assert_eq!(pair.json()["worse"], true);
}

// web leads to pay and broker by `hub`, and to more once the expiry by which `next` was dead is not said.
#[test]
fn a_reach_that_only_a_missing_column_widened_is_not_worse() {
    let old = "id,service,environment,access,owner,expires\n\
               hub,web,dev,grants,Ann,2028-01-01\nhub,pay,dev,grants,Ann,2028-01-01\n\
               next,web,dev,holds,Ann,2026-01-01\nnext,a,dev,grants,Ann,2026-01-01\n\
               next,b,dev,grants,Ann,2026-01-01\nnext,c,dev,grants,Ann,2026-01-01\n";
    let without: String =
        old.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n").collect();
    let pair = Pair::of(old, &without);
    let json = pair.json();
    assert_eq!(named(&json["findings"]["worse"]), ["KR02 hub"]);
    assert_eq!(json["findings"]["worse"][0]["counts_as_worse"], false);
    assert_eq!((&json["worse"], pair.code()), (&json!(false), Some(0)));
    // Where the column is there and says that it lives, the same is worse.
    let pair = Pair::of(old, &old.replace("2026-01-01", "2028-01-01"));
    assert_eq!(pair.json()["worse"], true);
}

// From dev into staging, which is the highest environment once the file of production is missing.
#[test]
fn a_highest_tier_that_only_a_missing_file_moved_is_not_worse() {
    let climbs = "up,web,dev,holds,Ops,2028-01-01\nup,pay,staging,grants,Ops,2028-01-01\n";
    let low = format!("{HEADER}{climbs}");
    let prod = format!("{HEADER}top,ledger,prod,grants,Ops,2028-01-01\n");
    let pair = Pair::new(&[("a.csv", &low), ("b.csv", &prod)], &[("a.csv", &low)]);
    let json = pair.json();
    assert_eq!(named(&json["findings"]["worse"]), ["KR01 up"]);
    assert_eq!(json["findings"]["worse"][0]["counts_as_worse"], false);
    assert_eq!((&json["worse"], pair.code()), (&json!(false), Some(0)));
    // Led it into nothing above before, it is worse although the file is missing.
    let same = low.replace("up,pay,staging", "up,pay,dev") + "other,shop,staging,grants,Ops,\n";
    let more = format!("{same}up,shop,staging,grants,Ops,2028-01-01\n");
    let pair = Pair::new(&[("a.csv", &same), ("b.csv", &prod)], &[("a.csv", &more)]);
    assert_eq!(named(&pair.json()["findings"]["new"])[0], "KR01 up");
    assert_eq!(pair.json()["findings"]["new"][0]["counts_as_worse"], true);
}

/// For each column its heading and what its cells can be.
const COLUMNS: [(&str, [&str; 3]); 18] = [
    ("credential_id", ["k1", "k2", "k3"]),
    ("service", ["web", "pay", "broker"]),
    ("environment", ["dev", "prod", ""]),
    ("access", ["holds", "grants", "both"]),
    ("owner", ["Ann", "Bob", ""]),
    ("service_owner", ["Ann", "Bob", ""]),
    ("created", ["2026-11-01", "2020-01-01", ""]),
    ("last_rotated", ["2026-11-02", "2020-01-02", ""]),
    ("last_used", ["2026-11-20", "never", ""]),
    ("expires", ["2028-01-01", "2026-01-01", ""]),
    ("status", ["active", "revoked", ""]),
    ("storage", ["vault", "wiki", ""]),
    ("service_kind", ["application", "cronjob", "secret store"]),
    ("internet_facing", ["yes", "no", ""]),
    ("crown_jewel", ["yes", "no", ""]),
    ("identity", ["svc-a", "svc-b", ""]),
    ("tags", ["edge", "team", ""]),
    (
        "secret_fingerprint",
        ["", "a1b2c3d4e5f60718293a4b5c6d7e8f90", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
    ),
];

type Cells = Vec<[usize; COLUMNS.len()]>;

fn table(rows: &Cells, left_out: Option<usize>) -> String {
    let is_kept = |at: &usize| Some(*at) != left_out;
    let line = |cell: &dyn Fn(usize) -> &'static str| {
        let cells: Vec<&str> = (0..COLUMNS.len()).filter(is_kept).map(cell).collect();
        cells.join(",") + "\n"
    };
    let header = line(&|at| COLUMNS[at].0);
    header + &rows.iter().map(|row| line(&|at| COLUMNS[at].1[row[at]])).collect::<String>()
}

fn answers(files: &[(&str, String)]) -> Answers {
    let files = files.iter().map(|(name, text)| FileBytes::new(*name, text.clone().into_bytes()));
    let key = FingerprintKey::from_bytes([1; 32]);
    let settings = ImportSettings::default();
    let inventory = import(files.collect(), &key, &settings, &Progress::default()).unwrap();
    let mut policy = Assumptions::new(jiff::civil::date(2026, 11, 23));
    policy.extraction_point_holds = 2;
    let graph = AccessGraph::build(Arc::new(inventory), &policy);
    Answers::compute(graph, &Progress::default()).unwrap()
}

fn compare(old: &Answers, new: &Answers) -> Difference {
    difference(old.side(), new.side(), &Progress::default()).unwrap()
}

/// Rule and subject of findings; of an identity the identity, for it stands at any of its credentials.
fn keys(of: &Answers, at: impl Iterator<Item = usize>) -> BTreeSet<(String, String)> {
    let key = |finding: &Finding| {
        let rule = finding.rule.id().to_owned();
        let why = of.details(finding).why;
        let identity = why[0].words.split(" has ").next().unwrap_or_default();
        let name =
            if rule == "KR14" { identity.to_owned() } else { finding.subject.name(&of.graph) };
        (rule, name)
    };
    at.map(|at| key(&of.findings[at])).collect()
}

/// What counts as worse.
fn unexplained(new: &Answers, found: &Difference) -> BTreeSet<(String, String)> {
    let changes = &found.findings;
    let all = changes.new.iter().copied().chain(changes.worse.iter().map(|one| one.new));
    keys(new, all.filter(|at| !changes.explained.contains_key(at)))
}

fn rows(most: usize) -> impl Strategy<Value = Cells> {
    let cells = prop::collection::vec(0..3_usize, COLUMNS.len());
    prop::collection::vec(cells.prop_map(|cells| cells.try_into().unwrap()), 1..most)
}

/// Without secrets, by which rows of several ids would be one credential.
fn by_id(mut rows: Cells) -> Cells {
    for row in &mut rows {
        row[COLUMNS.len() - 1] = 0;
    }
    rows
}

proptest! {
    #![proptest_config(cases(400))]

    // Nothing changed but what the newer inventory can say: nothing can be gone.
    #[test]
    fn nothing_is_gone_because_a_column_was_left_out(
        rows in rows(9),
        column in 0..COLUMNS.len(),
    ) {
        // Without the column of services nothing is a mapping.
        prop_assume!(column > 1);
        let old = answers(&[("keys.csv", table(&rows, None))]);
        let new = answers(&[("keys.csv", table(&rows, Some(column)))]);
        let found = compare(&old, &new);
        let gone = keys(&old, found.findings.gone.iter().copied());
        prop_assert!(gone.is_empty(), "{gone:?} without {}", COLUMNS[column].0);
        prop_assert_eq!(found.closed_total, 0, "without {}", COLUMNS[column].0);
        let worse = unexplained(&new, &found);
        prop_assert!(worse.is_empty(), "{worse:?} without {}", COLUMNS[column].0);
        prop_assert!(!found.is_worse(&old.exposure, &new.exposure), "without {}", COLUMNS[column].0);
    }

    #[test]
    fn nothing_is_gone_because_a_file_was_left_out(one in rows(6), other in rows(6)) {
        let files = [("a.csv", table(&one, None)), ("b.csv", table(&other, None))];
        let (old, new) = (answers(&files), answers(&files[..1]));
        let found = compare(&old, &new);
        // What an owner, an expiry or a date in the missing file took away is not missing.
        let gone = keys(&old, found.findings.gone.iter().copied());
        prop_assert!(gone.is_empty(), "{gone:?}");
        let worse = unexplained(&new, &found);
        prop_assert!(worse.is_empty(), "{worse:?}");
        prop_assert!(!found.is_worse(&old.exposure, &new.exposure));
    }

    #[test]
    fn what_is_new_one_way_is_gone_or_not_observed_the_other(one in rows(8), other in rows(8)) {
        let (one, other) = (by_id(one), by_id(other));
        let (old, new) = (
            answers(&[("keys.csv", table(&one, None))]),
            answers(&[("keys.csv", table(&other, None))]),
        );
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        let fresh = keys(&new, there.findings.new.iter().copied());
        prop_assert_eq!(&fresh, &keys(&new, back.findings.gone.iter().copied()));
        prop_assert!(there.findings.not_observed.is_empty() && there.lacking.is_empty());
        let all = |of: &Answers| keys(of, 0..of.findings.len());
        let expected: BTreeSet<_> = all(&new).difference(&all(&old)).cloned().collect();
        prop_assert_eq!(fresh, expected);
        let raised = |of: &Difference| of.findings.worse.len();
        prop_assert_eq!(raised(&compare(&old, &old)), 0);
    }
}
