//! Paths and what-if on the command line, worked out by hand.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// ```text
/// app@dev ─k→ runner@ci ─d→ db@prod
/// app@dev ─k──────────────→ db@prod
/// web@dev ─v?─────────────→ db@prod
/// ```
const ROWS: &str = "id,service,environment,access\n\
    k,app,dev,holds\nk,runner,ci,grants\nk,db,prod,grants\n\
    d,runner,ci,holds\nd,db,prod,grants\n\
    v,web,dev,holds\nv,db,prod,\n";

struct Ground {
    _folder: TempDir,
    inventory: PathBuf,
}

impl Ground {
    fn new(rows: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let inventory = folder.path().join("in.csv");
        std::fs::write(&inventory, rows).unwrap();
        Self { _folder: folder, inventory }
    }

    /// Exit code, and what was printed and told.
    fn told(&self, action: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let all = [action, self.inventory.to_str().unwrap(), "--as-of", "2026-11-23"];
        let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .args([&all[..], arguments].concat())
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    }

    fn json(&self, action: &str, arguments: &[&str]) -> Value {
        let (code, text) = self.told(action, &[arguments, &["--format", "json"]].concat());
        assert_eq!(code, Some(0), "{text}");
        serde_json::from_str(&text).unwrap()
    }
}

/// Start, then credential and end of each hop, and whether it is assumed.
fn paths(document: &Value) -> Vec<String> {
    let name = |at: &Value| match at["credential"].as_str() {
        Some(credential) => credential.to_owned(),
        None => {
            format!("{}@{}", at["service"].as_str().unwrap(), at["environment"].as_str().unwrap())
        }
    };
    let path = |path: &Value| {
        let mut words = vec![name(&path["from"])];
        for hop in path["hops"].as_array().unwrap() {
            words.push(format!("-{}-> {}", hop["credential"].as_str().unwrap(), name(&hop["to"])));
        }
        words.extend((path["assumed"] == true).then(|| "?".to_owned()));
        words.join(" ")
    };
    document["paths"].as_array().unwrap().iter().map(path).collect()
}

#[test]
fn paths_without_ends_lead_from_entry_points_to_crown_jewels_the_shortest_first() {
    let ground = Ground::new(ROWS);
    let all = ground.json("paths", &[]);
    assert_eq!(all["format"], "keyreach-paths");
    let expected = [
        "app@dev -k-> db@prod",
        "runner@ci -d-> db@prod",
        "web@dev -v-> db@prod ?",
        "app@dev -k-> runner@ci -d-> db@prod",
    ];
    assert_eq!(paths(&all), expected);
    assert_eq!(all["complete"], true);
    let evidence =
        json!([{"file": ground.inventory, "line": 2}, {"file": ground.inventory, "line": 4}]);
    assert_eq!(all["paths"][0]["hops"][0]["evidence"], evidence);
    let first = ground.json("paths", &["--max", "1"]);
    assert_eq!((paths(&first).len(), &first["complete"]), (1, &json!(false)));
    let stated = ground.json("paths", &["--stated-only"]);
    assert_eq!(paths(&stated), [expected[0], expected[1], expected[3]]);
}

#[test]
fn paths_lead_between_what_is_named_and_from_a_leaked_credential() {
    let ground = Ground::new(ROWS);
    let between = |arguments: &[&str]| paths(&ground.json("paths", arguments));
    let to_runner = between(&["--from", "app@Development", "--to", "runner@ci"]);
    assert_eq!(to_runner, ["app@dev -k-> runner@ci"]);
    let leaked = between(&["--from", "k", "--to", "db@prod"]);
    assert_eq!(leaked, ["k -k-> db@prod", "k -k-> runner@ci -d-> db@prod"]);
    let both = between(&["--from", "d", "--from", "web@dev", "--to", "db@prod"]);
    assert_eq!(both, ["web@dev -v-> db@prod ?", "d -d-> db@prod"]);
    assert!(between(&["--from", "db@prod", "--to", "app@dev"]).is_empty());
    let (_, text) = ground.told("paths", &["--from", "app@dev", "--to", "db@prod"]);
    assert!(text.contains("All 2 paths from app in dev to db in prod\n"), "{text}");
    assert!(
        text.contains("1. app in dev to db in prod, 1 hop\n    with k into db in prod  ("),
        "{text}"
    );
    assert!(text.contains("in.csv:2, ") && text.contains("as of 2026-11-23"), "{text}");
    let (_, text) = ground.told("paths", &["--from", "db@prod", "--to", "app@dev"]);
    assert!(text.contains("No path leads from db in prod to app in dev"), "{text}");
}

#[test]
fn a_path_between_what_there_is_not_is_wrong_usage_with_what_was_meant() {
    let ground = Ground::new(ROWS);
    for (arguments, said) in [
        (
            ["--from", "runer@ci"],
            "there is no credential or service instance “runer@ci”; did you mean “runner@ci”?",
        ),
        (["--from", "app"], "did you mean “app@dev”"),
        (["--to", "db@prdo"], "there is no service instance “db@prdo”; did you mean “db@prod”?"),
        (["--to", "k"], "“k” is a credential"),
        (["--to", "zebra@zoo"], "write service@environment"),
        (["--max", "0"], "--max"),
    ] {
        let (code, text) = ground.told("paths", &arguments);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn paths_without_entry_points_say_what_is_missing() {
    let ground = Ground::new("id,service,environment\nk,a,prod\nk,b,prod\n");
    let (code, text) = ground.told("paths", &[]);
    assert!(code == Some(0) && text.contains("No entry point is known"), "{text}");
    assert_eq!(ground.json("paths", &[])["missing"].as_array().unwrap().len(), 1);
    let named = ground.json("paths", &["--from", "a@prod", "--to", "b@prod"]);
    assert_eq!((paths(&named).len(), &named["missing"]), (1, &json!([])));
}

#[test]
fn each_fix_is_told_alone_and_with_those_before_it() {
    let ground = Ground::new(ROWS);
    let fixes = ["--fix", "revoke k", "--fix", "revoke v", "--of", "app@dev"];
    let json = ground.json("what-if", &fixes);
    let figures = |of: &Value| {
        [
            "connected_pairs_before",
            "connected_pairs_after",
            "connected_pairs_stated_before",
            "connected_pairs_stated_after",
        ]
        .map(|key| of[key].as_u64().unwrap())
    };
    // App, runner and web reach db; by stated access app and runner.
    assert_eq!(figures(&json["exposure"]), [3, 1, 2, 1]);
    let (first, second) = (&json["fixes"][0], &json["fixes"][1]);
    assert_eq!(figures(first), [3, 2, 2, 1]);
    assert_eq!(figures(second), [2, 1, 1, 1]);
    assert_eq!(figures(&first["alone"]), [3, 2, 2, 1]);
    assert_eq!(figures(&second["alone"]), [3, 2, 2, 2]);
    assert_eq!(first["alone"]["accesses_lost_total"], 2);
    let lost = json!({"from": {"service": "web", "environment": "dev"},
        "to": {"service": "db", "environment": "prod"}, "assumed": true});
    assert_eq!(second["alone"]["accesses_lost"], json!([lost]));
    let radius = |of: &Value| {
        (of["blast_radii"][0]["before"].clone(), of["blast_radii"][0]["after"].clone())
    };
    assert_eq!(radius(&first["alone"]), (json!(2), json!(0)));
    assert_eq!(radius(&second["alone"]), (json!(2), json!(2)));
    assert!(second["alone"]["findings_gone_total"].as_u64().unwrap() > 0);
    assert_eq!(second["accesses_lost_so_far"], 3);
    let (_, text) = ground.told("what-if", &fixes);
    assert!(
        text.contains("    alone: 3 → 2 connected pairs (stated access alone: 2 → 2)\n"),
        "{text}"
    );
    assert!(text.contains("      blast radius 2 → 0  app in dev\n"), "{text}");
    let lost = "      1 access lost, on assumption only\n        web in dev loses its access to db \
                in prod  (assumed)\n";
    assert!(text.contains(lost), "{text}");
    assert!(
        text.contains("All together: 3 → 1 connected pairs (stated access alone: 2 → 1)"),
        "{text}"
    );
}

#[test]
fn the_cut_by_stated_access_comes_with_its_proof() {
    let report = Ground::new(ROWS);
    let json = report.json("report", &[]);
    // Stated: k and d both enter db, from app and from the runner.
    assert_eq!(json["minimum_cut"]["credentials"], json!(["d", "k", "v"]));
    let stated = &json["minimum_cut_stated"];
    assert_eq!((&stated["cost"], &stated["credentials"]), (&json!(2), &json!(["d", "k"])));
    assert_eq!(stated["others_exist"], false);
    let witnesses = stated["witness_paths"].as_array().unwrap();
    assert_eq!(witnesses.len(), 2);
    assert!(witnesses.iter().all(|path| path["flow"] == 1 && path["assumed"] == false));
    let (_, text) = report.told("report", &["--format", "text"]);
    let block = "Minimum cut with stated access alone: 2 credentials, cost 2\n  d\n  k\n  No cheaper cut exists";
    assert!(text.contains(block), "{text}");
}
