//! Policies on the command line: what they name in vain, what they change, and what is wrong in them.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const ROWS: &str = "id,service,environment,access\n\
    deploy,ci-runner,test,holds\ndeploy,ledger,prod,grants\nold,shop,dev,holds\n";

struct Ground {
    folder: TempDir,
    inventory: PathBuf,
}

impl Ground {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let inventory = folder.path().join("in.csv");
        std::fs::write(&inventory, ROWS).unwrap();
        Self { folder, inventory }
    }

    fn run(&self, policy: &str, action: &str, arguments: &[&str]) -> Output {
        let file = self.folder.path().join("pol.toml");
        std::fs::write(&file, policy).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        command.arg(action).arg(&self.inventory);
        if action == "diff" {
            command.arg(&self.inventory);
        }
        command.args(["--as-of", "2026-11-23", "--policy"]).arg(&file).args(arguments);
        command.output().unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Every command that asks a question, with what it needs.
const COMMANDS: [(&str, &[&str]); 8] = [
    ("report", &[]),
    ("reached-by", &["--to", "ledger@prod"]),
    ("rotation", &["--from", "deploy"]),
    ("owners", &[]),
    ("blast-radius", &["--from", "deploy"]),
    ("what-if", &["--fix", "revoke deploy"]),
    ("paths", &[]),
    ("diff", &[]),
];

#[test]
fn names_that_the_inventory_does_not_know_are_told_by_every_command() {
    let ground = Ground::new();
    let policy = "entry_points = [\"ci-runer@test\"]\ncrown_jewels = [\"ledger@prod\"]\n\
                  [costs]\n\"no-such\" = 3\n";
    let line = "there is no “ci-runer@test” (entry point in the policy); did you mean \
                “ci-runner@test”?\n";
    for (action, arguments) in COMMANDS {
        let told = ground.run(policy, action, &[arguments, &["--format", "text"]].concat());
        assert_eq!(told.status.code(), Some(0), "{action}");
        assert!(text(&told.stderr).contains(line), "{action}: {}", text(&told.stderr));
        assert!(text(&told.stderr).contains("there is no “no-such” ("), "{action}");
        assert!(text(&told.stdout).contains(&format!("\n  {line}")), "{action}");
        let told = ground.run(policy, action, &[arguments, &["--format", "json"]].concat());
        let json: Value = serde_json::from_slice(&told.stdout).unwrap();
        let expected = json!([
            {"kind": "entry_point", "name": "ci-runer@test", "did_you_mean": ["ci-runner@test"]},
            {"kind": "cost", "name": "no-such", "did_you_mean": []},
        ]);
        assert_eq!(json["policy_unmatched"], expected, "{action}");
    }
}

#[test]
fn misspelt_ends_leave_nothing_to_judge_instead_of_the_defaults() {
    let ground = Ground::new();
    let exposure = |policy: &str| {
        let output = ground.run(policy, "report", &["--format", "json"]);
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let of = &json["summary"]["exposure"];
        (of["pairs"].as_u64().unwrap(), of["sentence"].as_str().unwrap().to_owned())
    };
    assert_eq!(exposure("").0, 2);
    let (pairs, sentence) = exposure("entry_points = [\"ci-runer@test\"]");
    assert_eq!(pairs, 0);
    assert!(sentence.contains("None of the entry points that the policy names"), "{sentence}");
    let (pairs, sentence) = exposure("crown_jewels = [\"ledgr@prod\"]");
    assert_eq!(pairs, 0);
    assert!(sentence.contains("None of the crown jewels that the policy names"), "{sentence}");
    assert_eq!(exposure("entry_points = [\"ci-runer@test\", \"shop@dev\"]").0, 1);
    let told = ground.run("entry_points = [\"x@y\"]", "paths", &[]);
    assert!(text(&told.stdout).contains("None of the entry points that the policy names"));
    let told = ground.run("entry_points = [\"x@y\"]", "what-if", &["--fix", "revoke old"]);
    assert!(text(&told.stdout).contains("None of the entry points that the policy names"));
}

#[test]
fn what_differs_from_the_defaults_stands_beside_every_answer() {
    let ground = Ground::new();
    let policy = "unstated_access = \"holds\"\nrotation_days = 30\nplain_sight = [\"attic\"]\n\
                  cost_by_holders = true\nentry_points = [\"shop@dev\"]\n\
                  [costs]\ndeploy = 5\n[environment_aliases]\n\"test\" = \"dev\"\n";
    for (action, arguments) in COMMANDS {
        let told = ground.run(policy, action, &[arguments, &["--format", "text"]].concat());
        let said = text(&told.stdout);
        for words in [
            "rows without access: holds",
            "\n  entry points picked: shop@dev\n",
            "\n  days until old: 30, by default 90\n",
            "\n  plain sight: only attic\n",
            "\n  environments: test is dev\n",
            "\n  costs of removal: deploy 5, any other as many units as it has holders\n",
        ] {
            assert!(said.contains(words), "{action}: {said}");
        }
        let told = ground.run(policy, action, &[arguments, &["--format", "json"]].concat());
        let json: Value = serde_json::from_slice(&told.stdout).unwrap();
        let assumptions = &json["assumptions"];
        assert_eq!(assumptions["pivot_needs"], "any", "{action}");
        assert_eq!(assumptions["rotation_days"], 30);
        assert_eq!(assumptions["costs"], json!({"deploy": 5}));
        assert_eq!(assumptions["environment_aliases"]["test"], "dev");
        assert_eq!(assumptions["plain_sight"], json!(["attic"]));
        assert_eq!(assumptions["changed"].as_array().unwrap().len(), 6, "{assumptions}");
    }
    let told = ground.run("", "report", &["--format", "text"]);
    let (_, behind) =
        text(&told.stdout).split_once("Assumed: ").map(|(a, b)| (a.len(), b.to_owned())).unwrap();
    assert!(!behind.lines().nth(1).unwrap().starts_with(' '), "{behind}");
    assert!(told.stderr.is_empty());
}

#[test]
fn what_is_wrong_in_a_policy_is_one_sentence_with_place_and_what_to_write() {
    let ground = Ground::new();
    for (policy, said) in [
        (
            "rotation_days = -1\n",
            "keyreach: rotation_days is -1; write a whole number of days from 1 to 1000000 (line 1, column 17): ",
        ),
        (
            "\nfoo = 1\n",
            "keyreach: “foo” is not a key of a policy; write one of: unstated_access, ",
        ),
        ("crown_jewls = []\n", "did you mean “crown_jewels”? (line 1, column 1): "),
        ("entry_points = [\n", "keyreach: this is not a policy file: "),
    ] {
        let told = ground.run(policy, "report", &["--format", "json"]);
        assert_eq!(told.status.code(), Some(2));
        let told = text(&told.stderr);
        assert!(told.contains(said) && told.trim_end().ends_with("pol.toml"), "{told}");
        assert!(!told.contains("\\u{a}") && told.trim_end().lines().count() == 1, "{told}");
    }
}

#[test]
fn what_is_wrong_in_a_mapping_is_one_sentence_with_its_place() {
    let ground = Ground::new();
    let mapping = ground.folder.path().join("map.toml");
    std::fs::write(&mapping, "[columns]\nid = \"id\"\n\n[colums]\n").unwrap();
    let told =
        ground.run("", "report", &["--format", "json", "--mapping", mapping.to_str().unwrap()]);
    let said = text(&told.stderr);
    assert_eq!(told.status.code(), Some(2));
    assert!(
        said.contains(
            "“colums” is not a key of a column mapping; did you mean “columns”? (line 4, column 2): "
        ),
        "{said}"
    );
    assert_eq!(said.trim_end().lines().count(), 1);
}
