//! What an id across sources alone decides is said wherever it counts.

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{file, keyreach};

/// Two files name k, and nothing but its id says that it is one credential. l is linked to two environments
/// by rows without access, m by rows that state it.
const ACROSS: [(&str, &str); 2] = [
    (
        "one.csv",
        "id,service,environment,access,owner\nk,ci,dev,holds,ann\nk,ci,dev,grants,ann\n\
         l,ci,dev,,\nl,web,prod,,\nm,ci,dev,holds,\nm,web,prod,grants,\n",
    ),
    ("two.csv", "id,service,environment,access,owner\nk,web,prod,grants,bob\n"),
];

#[test]
fn reasons_and_reach_of_owners_say_what_rests_on_assumption() {
    let folder = TempDir::new().unwrap();
    let paths = ACROSS.map(|(name, text)| file(&folder, name, text));
    let [one, two] = paths.each_ref().map(|path| path.to_str().unwrap());
    let output = keyreach(&["report", one, two, "--format", "json", "--as-of", "2026-11-23"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let why = |rule: &str, credential: &str| -> Vec<String> {
        let mut all = report["findings"].as_array().unwrap().iter();
        let found = all.find(|one| one["rule"] == rule && one["credential"] == credential);
        let found = found.unwrap_or_else(|| panic!("{rule} {credential}"));
        found["why"]
            .as_array()
            .unwrap()
            .iter()
            .map(|own| own.as_str().unwrap().to_owned())
            .collect()
    };
    let has = |rule: &str, credential: &str, words: &str| {
        let why = why(rule, credential);
        assert!(
            why.iter().any(|own| own == words || own.starts_with(&format!("{words} ("))),
            "{why:?}"
        );
    };
    has("KR01", "k", "it is linked to dev, prod, on assumption alone");
    has("KR03", "k", "2 owners are named: ann, bob, 1 with stated access alone");
    has("KR05", "k", "it crosses environments, on assumption alone");
    has("KR04", "l", "it crosses environments, on assumption alone");
    has("KR04", "m", "it crosses environments");
    has("KR01", "m", "it is linked to dev, prod");
    // Ann has k as the first file states it, which opens nothing but ci; bob as the second does.
    let reach = |owner: &str| {
        let mut all = report["owners"].as_array().unwrap().iter();
        let found = all.find(|one| one["owner"] == owner).unwrap();
        [&found["reach"], &found["reach_stated"]].map(|own| own.as_u64().unwrap())
    };
    // From ci it goes on with m into web, whoever comes there.
    assert_eq!(reach("ann"), [2, 2]);
    assert_eq!(reach("bob"), [2, 1]);
}

#[test]
fn a_death_by_an_id_alone_is_said_wherever_it_calms() {
    let folder = TempDir::new().unwrap();
    let heading = "id,service,environment,access,status\n";
    let one = file(&folder, "one.csv", &format!("{heading}k,a,dev,holds,\nk,c,prod,grants,\n"));
    let two = file(&folder, "two.csv", &format!("{heading}k,a,dev,holds,revoked\n"));
    let [one, two] = [&one, &two].map(|path| path.to_str().unwrap());
    let report = |arguments: &[&str]| -> Value {
        let all = [&["report", one, two, "--format", "json"][..], arguments].concat();
        serde_json::from_slice(&keyreach(&all).stdout).unwrap()
    };
    let found = report(&[]);
    let headline = found["summary"]["headline"].as_str().unwrap();
    let said = "; 1 credential counts as dead by an id across sources alone";
    assert!(headline.ends_with(said), "{headline}");
    let mut dead = found["findings"].as_array().unwrap().iter();
    let dead = dead.find(|one| one["rule"] == "KR07").unwrap();
    assert_eq!(dead["assumed"], true);
    let why = dead["why"].to_string();
    assert!(why.contains("an id across sources alone makes it so"), "{why}");
    // Apart, the part that nobody says is dead is live, and the other one is dead without any assumption.
    let apart = report(&["--ids-across-sources", "apart"]);
    assert!(!apart["summary"]["headline"].as_str().unwrap().contains("across sources"));
    assert_eq!(apart["summary"]["exposure"]["connected_pairs"], 1);
    // A source that says so of all of its rows needs no id of another one.
    let dead = file(
        &folder,
        "dead.csv",
        &format!("{heading}k,a,dev,holds,revoked\nk,c,prod,grants,revoked\n"),
    );
    let silent = file(&folder, "owners.csv", "id,owner\nk,ann\n");
    let arguments =
        ["report", dead.to_str().unwrap(), silent.to_str().unwrap(), "--format", "json"];
    let found: Value = serde_json::from_slice(&keyreach(&arguments).stdout).unwrap();
    let headline = found["summary"]["headline"].as_str().unwrap();
    assert!(!headline.contains("across sources"), "{headline}");
}

#[test]
fn a_tag_of_another_source_and_an_unknown_environment_are_said() {
    let folder = TempDir::new().unwrap();
    let heading = "id,service,environment,access,tags\n";
    let one = file(
        &folder,
        "one.csv",
        &format!("{heading}k,a,dev,holds,ephemeral\nk,c,prod,grants,\nk,u,,grants,\n"),
    );
    let two = file(&folder, "two.csv", &format!("{heading}k,b,dev,holds,\n"));
    let arguments = ["report", one.to_str().unwrap(), two.to_str().unwrap(), "--format", "json"];
    let found: Value = serde_json::from_slice(&keyreach(&arguments).stdout).unwrap();
    let of = |rule: &str| {
        let mut all = found["findings"].as_array().unwrap().iter();
        all.find(|one| one["rule"] == rule).unwrap_or_else(|| panic!("{rule}"))
    };
    let why = of("KR12")["why"][0].as_str().unwrap();
    assert!(why.contains("2 of its 2 holders fit"), "{why}");
    assert!(why.contains(", 1 with stated access alone"), "{why}");
    assert_eq!(of("KR12")["assumed"], false);
    let advice = of("KR01")["advice"].as_str().unwrap();
    assert!(
        advice.contains("one credential each for dev, prod and for what has no known environment"),
        "{advice}"
    );
}
