//! Who reaches something, in which order to replace what fell, and who owns what: on the command
//! line, on the talk sample, worked out by hand.
//!
//! ```text
//! storefront@dev → demo-shop@dev ─┐
//!                build-runner@ci ─┴─ deploy-key-prod → storefront, checkout, orders, payments,
//!                                                      catalog in prod, and from there all of it
//! ```

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const SAMPLE: &str = "sample-data/talk.csv";

fn run(arguments: &[&str]) -> Output {
    let all = [&arguments[..1], &[SAMPLE, "--as-of", "2026-11-23"], &arguments[1..]].concat();
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
    command.args(all).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json_of(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn site(at: &Value) -> String {
    format!("{}@{}", at["service"].as_str().unwrap(), at["environment"].as_str().unwrap())
}

fn sites(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(site).collect()
}

#[test]
fn payments_in_prod_is_reached_by_three_of_twenty_entry_points() {
    let to = ["reached-by", "--to", "payments@prod"];
    let answer = json_of(&to);
    assert_eq!(answer["format"], "keyreach-reached-by");
    let figures = ["entry_points", "reached_by", "reached_by_stated"];
    assert_eq!(figures.map(|key| answer[key].as_u64().unwrap()), [20, 3, 3]);
    let from = answer["from"].as_array().unwrap().iter().map(|from| {
        let through = from["through"].as_str().unwrap().to_owned();
        (site(from), from["hops"].as_u64().unwrap(), through, from["assumed"] == true)
    });
    let key = || "deploy-key-prod".to_owned();
    let expected = [
        ("build-runner@ci".to_owned(), 1, key(), false),
        ("demo-shop@dev".to_owned(), 1, key(), false),
        ("storefront@dev".to_owned(), 2, key(), false),
    ];
    assert_eq!(from.collect::<Vec<_>>(), expected);
    let last = &answer["last_credentials"];
    // Whoever has the deploy key gets in by way of checkout too.
    assert_eq!(last[0]["credential"], "checkout-to-payments-prod");
    assert_eq!(
        (&last[1]["credential"], &last[1]["entry_points"]),
        (&json!("deploy-key-prod"), &json!(3))
    );
    let hop = &answer["backwards"][2];
    assert_eq!(
        (site(&hop["from"]), site(&hop["to"])),
        ("storefront@dev".into(), "demo-shop@dev".into())
    );
    assert_eq!(hop["evidence"][0]["line"], 12);

    let written = text(&to);
    let sentence = "payments in prod is reached by 3 of 20 entry points, by stated access too\n";
    assert!(written.contains(sentence), "{written}");
    let line = "  2 hops  storefront in dev  through deploy-key-prod\n";
    assert!(written.contains(line), "{written}");
    let block = "  2 hops away\n    storefront in dev with storefront-to-demo-shop-dev into demo-shop in dev  \
                 (sample-data/talk.csv:12, sample-data/talk.csv:13)\n";
    assert!(written.contains(block), "{written}");
    let own = text(&["reached-by", "--to", "demo-shop@dev"]);
    assert!(own.contains("It is itself an entry point"), "{own}");

    let report = json_of(&["report"]);
    let of = |name: &str| {
        let services = report["services"].as_array().unwrap();
        let found = services.iter().find(|service| site(service) == name).unwrap();
        (found["reached_by"].clone(), found["reached_by_stated"].clone())
    };
    assert_eq!(of("payments@prod"), (json!(3), json!(3)));
    assert_eq!(of("demo-shop@dev"), (json!(1), json!(1)));
    assert_eq!(of("accounts@staging"), (json!(1), json!(1)));
    let written = text(&["report", "--format", "text"]);
    let heading =
        "\nEntry points (of 20) that reach each crown jewel\n  3  accounts in prod, 3 with";
    assert!(written.contains(heading), "{written}");
}

#[test]
fn the_deploy_key_and_what_hangs_on_it_is_replaced_in_six_waves() {
    let from = ["rotation", "--from", "deploy-key-prod"];
    let answer = json_of(&from);
    assert_eq!((&answer["format"], &answer["version"]), (&json!("keyreach-rotation"), &json!(1)));
    assert_eq!(answer["from"], json!(["deploy-key-prod"]));
    let prod = [
        "accounts",
        "accounts-db",
        "card-network",
        "catalog",
        "catalog-db",
        "checkout",
        "mail-sender",
        "orders",
        "orders-db",
        "payments",
        "payments-db",
        "storefront",
    ];
    assert_eq!(sites(&answer["clean_first"]), prod.map(|name| format!("{name}@prod")));
    let groups = answer["groups"].as_array().unwrap().iter().map(|group| {
        let names = group["credentials"].as_array().unwrap().iter();
        let names: Vec<&str> = names.map(|name| name.as_str().unwrap()).collect();
        (group["wave"].as_u64().unwrap(), names.join("+"), sites(&group["update"]).join(" "))
    });
    let expected = [
        (1, "deploy-key-prod", "build-runner@ci demo-shop@dev"),
        (2, "storefront-to-accounts-prod", "storefront@prod"),
        (2, "storefront-to-catalog-prod", "storefront@prod"),
        (2, "storefront-to-checkout-prod", "storefront@prod"),
        (3, "catalog-to-catalog-db-prod", "catalog@prod"),
        (3, "checkout-to-orders-prod", "checkout@prod"),
        (3, "checkout-to-payments-prod", "checkout@prod"),
        (4, "orders-to-mail-sender-prod", "orders@prod"),
        (4, "orders-to-orders-db-prod", "orders@prod"),
        (4, "payments-to-card-network-prod", "payments@prod"),
        (4, "payments-to-payments-db-prod", "payments@prod"),
        (5, "mail-sender-to-accounts-prod", "mail-sender@prod"),
        (6, "accounts-to-accounts-db-prod", "accounts@prod"),
    ];
    let expected = expected.map(|(wave, key, into)| (wave, key.to_owned(), into.to_owned()));
    assert_eq!(groups.collect::<Vec<_>>(), expected);
    let waves = answer["waves"].as_array().unwrap().iter();
    let still: Vec<u64> = waves.map(|wave| wave["still_reached"].as_u64().unwrap()).collect();
    assert_eq!((answer["reached_before"].as_u64(), still), (Some(12), vec![11, 9, 6, 2, 1, 0]));

    let written = text(&from);
    assert!(
        written.contains("13 credentials to replace in 6 waves, 12 service instances are opened"),
        "{written}"
    );
    assert!(
        written.contains("\nClean first: 12 service instances\n  accounts in prod\n"),
        "{written}"
    );
    let wave = "\nWave 1: replace 1 credential\n  deploy-key-prod  owned by Platform\n    new secret into \
                build-runner in ci\n    new secret into demo-shop in dev\nAfter wave 1, 11 service instances \
                are still reached, by stated access too\n";
    assert!(written.contains(wave), "{written}");
    assert!(written.ends_with("After wave 6 nothing is reached any more\n"), "{written}");
}

/// Reads a table with the csv crate's own reader.
fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

#[test]
fn the_name_of_the_file_says_the_form() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let rotation =
        |more: &[&str]| text(&[&["rotation", "--from", "deploy-key-prod"][..], more].concat());
    let [table, packed, json, written] = ["a.csv", "a.csv.gz", "a.JSON.gz", "a.txt"].map(path);
    for name in [&table, &packed, &json, &written] {
        assert_eq!(rotation(&["-o", name]), "");
    }
    let table = std::fs::read(table).unwrap();
    assert_eq!(unpacked(Path::new(&packed)), table);
    assert_eq!(rotation(&["--format", "csv"]).into_bytes(), table);
    assert_eq!(unpacked(Path::new(&json)), rotation(&["--format", "json"]).into_bytes());
    assert_eq!(std::fs::read_to_string(written).unwrap(), rotation(&[]));
    let records = records(&table);
    // A header, 12 to clean, and 13 credentials of which one has two holders.
    assert_eq!(records.len(), 1 + 12 + 14);
    assert_eq!(records[1][..], ["clean", "", "", "", "", "accounts", "prod", "", "no"]);
    let first =
        ["replace", "1", "1", "deploy-key-prod", "Platform", "build-runner", "ci", "", "no"];
    assert_eq!(records[13][..], first);

    let blast = ["blast-radius", "--from", "deploy-key-prod"];
    let to_json = path("radius.json");
    assert_eq!(text(&[&blast[..], &["-o", &to_json]].concat()), "");
    assert!(std::fs::read_to_string(to_json).unwrap().starts_with('{'));
    for (asked, name) in [
        (&["rotation", "--from", "deploy-key-prod", "--format", "json"][..], "b.csv"),
        (&["rotation", "--from", "deploy-key-prod", "--format", "csv"], "b.json.gz"),
        (&["owners", "--format", "text"], "b.json"),
        (&["reached-by", "--to", "payments@prod", "--format", "json"], "b.txt"),
        (&["owners"], "b.csv"),
        (&blast, "b.csv"),
    ] {
        let name = path(name);
        let told = refused(&[asked, &["-o", &name]].concat());
        assert!(told.contains(&name) && !Path::new(&name).exists(), "{told}");
    }
}

#[test]
fn platform_owns_the_deploy_key_and_leaves_three_credentials_without_anybody() {
    let platform = json!({
        "owner": "Platform", "is_named": true, "credentials": 3, "credentials_live": 3,
        "service_instances": 0, "shared_credentials": 1, "shared_credentials_live": 1,
        "cross_environment_credentials": 1, "cross_environment_credentials_live": 1,
        "no_expiry": 1, "reach": 14, "reach_stated": 14,
        "alone": {"credentials": 3, "credentials_live": 3, "credentials_live_apart": 0, "service_instances": 0},
    });
    let report = json_of(&["report"]);
    let owners = report["owners"].as_array().unwrap();
    let names: Vec<&str> = owners.iter().map(|owner| owner["owner"].as_str().unwrap()).collect();
    assert_eq!(names, ["Accounts", "Catalog", "Orders", "Payments", "Platform", "Web", "no owner"]);
    let mut found = owners[4].clone();
    let findings = found.as_object_mut().unwrap().remove("findings").unwrap();
    assert_eq!(found, platform);
    let keys =
        ["build-runner-to-artifact-store-ci", "build-runner-to-source-repo-ci", "deploy-key-prod"];
    for severity in ["critical", "high", "medium", "low"] {
        let listed = report["findings"].as_array().unwrap().iter();
        let of_these = listed.filter(|finding| {
            finding["severity"] == severity && keys.iter().any(|key| finding["credential"] == *key)
        });
        assert_eq!(findings[severity], of_these.count(), "{severity}");
    }

    let all = json_of(&["owners"]);
    assert_eq!(all["owners"], report["owners"]);
    assert_eq!(all["credentials"], Value::Null);
    let only = json_of(&["owners", "--owner", "platform"]);
    assert_eq!(only["owners"], json!([owners[4]]));
    assert_eq!(only["without_anybody_if_they_leave"]["credentials"], json!(keys));
    assert_eq!(
        only["credentials"][2],
        json!({"id": "deploy-key-prod", "live": true, "other_owners": []})
    );
    let nobody = json_of(&["owners", "--owner", "no owner"]);
    assert_eq!(
        (&nobody["owners"][0]["is_named"], &nobody["owners"][0]["credentials"]),
        (&json!(false), &json!(0))
    );

    let written = text(&["owners", "--owner", "Platform"]);
    let line = "  Platform: 3 live credentials, 0 service instances, together reaching 14 of 32 others, by stated";
    assert!(written.contains(line), "{written}");
    let left = "\nIf Platform leaves, 3 live credentials and 0 service instances would stand without anybody\n  \
                build-runner-to-artifact-store-ci\n";
    assert!(written.contains(left), "{written}");
    let told = refused(&["owners", "--owner", "Platfrom"]);
    assert!(told.contains("there is no owner “Platfrom”; did you mean “Platform”?"), "{told}");
}
