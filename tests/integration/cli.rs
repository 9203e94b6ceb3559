//! The command line from the outside: exit codes, messages, and reports worked out by hand.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

pub(crate) fn keyreach(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keyreach")).args(arguments).output().unwrap()
}

fn report_of(text: &str) -> Value {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "inventory.csv", text);
    let output =
        keyreach(&["report", "--format", "json", path.to_str().unwrap(), "--as-of", "2026-11-23"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Credentials, instances, environments, holds, grants, shared, crossing.
fn summary(report: &Value) -> [u64; 7] {
    let keys = [
        "credentials",
        "service_instances",
        "environments",
        "holds",
        "grants",
        "shared_credentials",
        "cross_environment_credentials",
    ];
    keys.map(|key| report["summary"][key].as_u64().unwrap())
}

/// Rows read, accepted, merged, skipped, rejected.
fn ledger(report: &Value) -> [u64; 5] {
    ["rows_read", "rows_accepted", "rows_merged", "rows_skipped", "rows_rejected"]
        .map(|key| report["import"][0][key].as_u64().unwrap())
}

#[test]
fn a_report_counts_a_credential_that_leads_from_dev_to_prod() {
    let report = report_of(
        "credential_id,service,environment,access\n\
         K1,web,dev,holds\nK1,db,prod,grants\nK2,db,prod,holds\n",
    );
    assert_eq!(summary(&report), [2, 2, 2, 2, 1, 0, 1]);
    assert_eq!(ledger(&report), [3, 3, 0, 0, 0]);
    assert_eq!(report["as_of"], "2026-11-23");
    assert_eq!(report["credentials"][0]["id"], "K1");
    assert_eq!(report["credentials"][0]["reach"], 1);
    assert_eq!(report["credentials"][1]["reach"], 0);
    let db = json!({"service": "db", "environment": "prod", "holds": 1, "granted_by": 1,
        "holds_dead": 0, "granted_by_dead": 0, "reach": 0, "reached_by": 1, "reached_by_stated": 1});
    assert_eq!(report["services"][0], db);
}

#[test]
fn a_report_accounts_for_a_repeated_and_a_blank_row() {
    let report = report_of(
        "credential_id,service,environment,access\n\
         K,a,prod,holds\n\nK,b,prod,holds\nK,c,prod,grants\nK,c,prod,grants\n",
    );
    assert_eq!(summary(&report), [1, 3, 1, 2, 1, 1, 0]);
    assert_eq!(ledger(&report), [5, 3, 1, 1, 0]);
}

#[test]
fn a_report_takes_unstated_access_for_both_and_marks_it() {
    let report = report_of("credential_id,service,environment\nK,a,dev\nK,b,prod\n");
    assert_eq!(summary(&report), [1, 2, 2, 2, 2, 1, 1]);
    assert_eq!(ledger(&report), [2, 2, 0, 0, 0]);
    assert_eq!(report["credentials"][0]["services"][1]["assumed"], true);
}

#[test]
fn a_missing_file_and_a_folder_are_told_with_their_path() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("absent.csv");
    for path in [missing.to_str().unwrap(), folder.path().to_str().unwrap()] {
        let output = keyreach(&["report", "--format", "json", path]);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        assert!(String::from_utf8_lossy(&output.stderr).trim_end().ends_with(path));
    }
}

#[test]
fn a_day_that_does_not_exist_is_wrong_usage() {
    let output = keyreach(&["report", "--format", "json", "x.csv", "--as-of", "2026-02-30"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_report_replaces_its_file_whole_and_leaves_nothing_beside_it() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "in.csv", "credential_id,service\nK,a\n");
    let out = file(&folder, "out.json", "old");
    let arguments = ["report", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
    assert_eq!(keyreach(&arguments).status.code(), Some(0));
    let report: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(report["format"], "keyreach-report");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn an_output_that_cannot_be_written_has_its_own_exit_code() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "in.csv", "credential_id,service\nK,a\n");
    let out = folder.path().join("absent").join("out.json");
    let output = keyreach(&["report", path.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn the_text_form_shows_a_bidirectional_override_as_its_number() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "in.csv", "credential_id,service\nK\u{202e}X,a\n");
    let output = keyreach(&["report", path.to_str().unwrap(), "--format", "text"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\\u{202e}"), "{text}");
    assert!(!text.contains('\u{202e}'));
}

#[test]
fn no_planted_secret_value_is_printed_in_any_form() {
    let folder = TempDir::new().unwrap();
    let text = "id,service,environment,access,password,notes\n\
                k1,web,dev,holds,c4nary-One,see c4nary-One\n\
                k2,db,prod,grants,c4nary-One,\n\
                k2,db,prod,grants,\"c4nary\nTwo\",\n\
                c4nary-Three,db,prod,c4nary-Three,c4nary-Three\n\
                k4,db,prod,holds,c4nary-Four,a,b,c\n";
    let inventory = file(&folder, "inventory.csv", text);
    let inventory = inventory.to_str().unwrap();
    let written = folder.path().join("out.json");
    let written = written.to_str().unwrap();
    for arguments in [
        &["report", "--format", "json", inventory, "--full"][..],
        &["report", inventory, "--format", "text"],
        &["report", inventory, "-o", written],
        &["report", inventory, "-o", folder.path().to_str().unwrap()],
        &["blast-radius", inventory, "--from", "k1"],
        &["blast-radius", inventory, "--from", "nothing"],
        &["rotation", inventory, "--from", "k1"],
        &["rotation", inventory, "--from", "k1", "--format", "csv"],
        &["owners", inventory],
    ] {
        let output = keyreach(arguments);
        for told in [&output.stdout, &output.stderr] {
            let told = String::from_utf8_lossy(told);
            assert!(!told.contains("c4nary"), "{arguments:?}: {told}");
        }
    }
    assert!(!std::fs::read_to_string(written).unwrap().contains("c4nary"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_blast_radius_says_what_it_rests_on_and_names_candidates() {
    let folder = TempDir::new().unwrap();
    let text = "id,service,environment,access,status\n\
                k1,web,dev,holds,\nk1,db,prod,,\nk2,db,prod,grants,revoked\nk2,web,dev,holds,\n";
    let inventory = file(&folder, "inventory.csv", text);
    let inventory = inventory.to_str().unwrap();
    let told = |arguments: &[&str]| {
        let all: Vec<&str> = ["blast-radius", inventory, "--as-of", "2026-11-23"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let output = keyreach(&all);
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let (_, text) = told(&["--from", "web@dev"]);
    assert!(
        text.contains("rows without access: holds and grants") && text.contains("as of 2026-11-23"),
        "{text}"
    );
    assert!(text.contains("1 of 2 service instances is reached, on assumption only"), "{text}");
    let (_, text) = told(&["--from", "k2"]);
    assert!(text.contains("k2, which is dead"), "{text}");
    let (code, text) = told(&["--from", "web"]);
    assert!(code == Some(2) && text.contains("web@dev"), "{text}");
    let (_, text) = told(&["--from", "k1", "--format", "json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["reached_total"], 1);
    assert_eq!(json["reached"][0]["service"], "db");
    assert_eq!(json["reached"][0]["assumed"], true);
}

/// `k` leads from two services in dev into prod; `d` from the runner, which `k` opens.
const TWO_JOBS: &str = "id,service,environment,access\n\
    k,app,dev,holds\nk,job,dev,holds\nk,runner,ci,grants\nk,db,prod,grants\n\
    d,runner,ci,holds\nd,db,prod,grants\nu,app,dev,\nu,mail,dev,\n";

#[test]
fn what_if_tells_before_and_after_and_what_would_break() {
    let folder = TempDir::new().unwrap();
    let inventory = file(&folder, "inventory.csv", TWO_JOBS);
    let told = |arguments: &[&str]| {
        let all = ["what-if", inventory.to_str().unwrap(), "--as-of", "2026-11-23"];
        let output = keyreach(&[&all[..], arguments].concat());
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let split =
        ["--fix", "split by environment k", "--fix", "Revoke d", "--of", "k", "--of", "app@dev"];
    let (code, text) = told(&split);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Connected pairs: 4 → 0 of 4 (stated access alone: 3 → 0)"), "{text}");
    assert!(
        text.contains(
            "leaves 1 connected pair (1 with stated access alone), 4 accesses lost in all"
        ),
        "{text}"
    );
    assert!(
        text.contains("2 → 1  k\n")
            && text.contains("3 → 1 (stated access alone: 2 → 0)  app in dev"),
        "{text}"
    );
    assert!(text.contains("KR01 Crosses environments: k"), "{text}");
    assert!(
        text.contains("5 accesses lost\n  app in dev loses its access to db in prod\n"),
        "{text}"
    );
    let (_, text) = told(&["--fix", "revoke u", "--format", "json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["accesses_lost_total"], 2);
    assert_eq!(json["accesses_lost"][0]["assumed"], true);
    assert_eq!(json["exposure"]["connected_pairs_after"], 3);
    let narrowed = "workload identity k for app@dev, job@development granting runner@ci";
    let (_, text) = told(&["--fix", narrowed, "--of", "k", "--format", "json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["fixes"][0]["holders"][1]["service"], "job");
    assert_eq!(json["fixes"][0]["grants"][0], json!({"service": "runner", "environment": "ci"}));
    assert_eq!(json["blast_radii"][0]["after"], 0);
    assert_eq!(
        (&json["accesses_lost_total"], &json["exposure"]["connected_pairs_after"]),
        (&json!(2), &json!(4))
    );
    let (_, text) = told(&["--fix", "workload identity k"]);
    assert!(text.contains("for every holder, with the same grants"), "{text}");
    assert!(text.contains("can still move on"), "{text}");
}

#[test]
fn a_fix_that_cannot_be_told_is_wrong_usage_with_what_to_write() {
    let folder = TempDir::new().unwrap();
    let inventory = file(&folder, "inventory.csv", TWO_JOBS);
    for (arguments, said) in [
        (
            ["--fix", "revoke nobody"],
            "there is no credential or service instance “nobody”; give a credential's id",
        ),
        (["--fix", "destroy k"], "split by environment"),
        (["--fix", "revoke"], "write one of these and a credential's id"),
        (["--fix", "revoke app@dev"], "this is a service instance"),
        (["--fix", "workload identity k for db@prod"], "does not hold k"),
        (["--fix", "workload identity k granting job@dev"], "does not grant job@dev"),
        (["--fix", "workload identity k for nobody@dev"], "write service@environment"),
        (["--of", "k"], "--fix"),
    ] {
        let all = [&["what-if", inventory.to_str().unwrap()][..], &arguments].concat();
        let output = keyreach(&all);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(said) && output.stdout.is_empty(), "{text}");
    }
}

#[test]
fn a_policy_is_written_with_comments_and_read_back() {
    let folder = TempDir::new().unwrap();
    let written = |arguments: &[&str]| {
        let output = keyreach(&[&["policy"], arguments].concat());
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let default = written(&[]);
    assert!(
        default.contains("\n# Days without rotation after which a credential counts as old")
            && default.contains("prod = 3")
    );
    let own = default.replace("rotation_days = 90", "rotation_days = 30");
    let own = file(&folder, "own.toml", &own);
    let again = written(&["--policy", own.to_str().unwrap(), "--pivot-needs", "write"]);
    let expected = default.replace("rotation_days = 90", "rotation_days = 30");
    assert_eq!(again, expected.replace("pivot_needs = \"any\"", "pivot_needs = \"write\""));
}

#[test]
fn a_difference_names_what_changed_and_the_rows_behind_an_opened_path() {
    let folder = TempDir::new().unwrap();
    let header = "id,service,environment,access,owner,expires\n";
    let old = format!("{header}k1,web,dev,holds,Ops,\nk1,db,dev,grants,Ops,\nk2,db,prod,holds,,\n");
    let new =
        format!("{header}k1,web,dev,holds,Dev,\nk1,db,prod,grants,Dev,\nk3,api,prod,grants,,\n");
    let (old, new) = (file(&folder, "old.csv", &old), file(&folder, "new.csv", &new));
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let output = keyreach(&["diff", old, new, "--format", "json", "--as-of", "2026-11-23"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["credentials"]["appeared"], json!(["k3"]));
    assert_eq!(json["credentials"]["went"], json!(["k2"]));
    let changed = json!([{"credential": "k1", "changes": ["owners: Ops → Dev"]}]);
    assert_eq!(json["credentials"]["changed"], changed);
    assert_eq!(json["services"]["went"], json!([{"service": "db", "environment": "dev"}]));
    assert_eq!(json["paths"]["opened_total"], 1);
    let hop = &json["paths"]["opened"][0]["hops"][0];
    assert_eq!(hop["credential"], "k1");
    let lines: Vec<&Value> =
        hop["evidence"].as_array().unwrap().iter().map(|place| &place["line"]).collect();
    assert_eq!(lines, [2, 3]);
    assert_eq!(json["paths"]["closed_total"], 0);
    let text = String::from_utf8(keyreach(&["diff", old, new]).stdout).unwrap();
    assert!(text.contains("1 newly connected pair\n  web in dev to db in prod\n"), "{text}");
    assert_eq!(keyreach(&["diff", old, "nowhere.csv"]).status.code(), Some(1));
}

#[test]
fn a_value_of_one_inventory_is_masked_in_the_names_of_the_other() {
    let folder = TempDir::new().unwrap();
    let header = "id,secret,service,environment,access,owner\n";
    let names =
        format!("{header}k1,,web Distel-44x!q,dev,holds,Ops\nDistel-45x!q,,db,prod,grants,\n");
    let values =
        format!("{header}k2,Distel-44x!q,mq,prod,holds,\nk3,Distel-45x!q,db,dev,grants,\n");
    let (one, other) = (file(&folder, "one.csv", &names), file(&folder, "two.csv", &values));
    let (one, other) = (one.to_str().unwrap(), other.to_str().unwrap());
    for (old, new) in [(one, other), (other, one)] {
        for format in ["text", "json"] {
            let output = keyreach(&["diff", old, new, "--format", format]);
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(output.status.success() && said.contains("‹masked›"), "{said}");
            assert!(!said.to_lowercase().contains("distel"), "{said}");
        }
    }
}

#[test]
fn a_mapping_says_what_columns_mean_and_is_written_for_any_file() {
    let folder = TempDir::new().unwrap();
    let text = "Klucz;Tajność;Aplikacja;Etap\nk1;c4nary-one;web;dev\nk2;c4nary-one;db;prod\n";
    let inventory = file(&folder, "inventory.csv", text);
    let inventory = inventory.to_str().unwrap();
    assert_eq!(keyreach(&["report", "--format", "json", inventory]).status.code(), Some(1));
    let mapping = "[columns]\n\"Klucz\" = \"id\"\n\"Tajność\" = \"secret\"\n\
                   \"Aplikacja\" = \"service\"\n\"Etap\" = \"environment\"\n";
    let mapping = file(&folder, "mapping.toml", mapping);
    let output = keyreach(&[
        "report",
        "--format",
        "json",
        inventory,
        "--mapping",
        mapping.to_str().unwrap(),
    ]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["credentials"][0]["aliases"][0], "k2", "{report}");
    assert_eq!(report["summary"]["environments"], 2);
    assert!(!report.to_string().contains("c4nary"));
    let known = file(&folder, "known.csv", "id,password,service,note\nk1,c4nary-two,web,x\n");
    let output = keyreach(&["mapping", known.to_str().unwrap()]);
    let written = String::from_utf8(output.stdout).unwrap();
    assert!(written.contains("password = \"secret\"") && written.contains("note = \"unused\""));
    assert!(!written.contains("c4nary"), "{written}");
    let again = file(&folder, "again.toml", &written);
    let known = known.to_str().unwrap();
    let mapped =
        keyreach(&["report", "--format", "json", known, "--mapping", again.to_str().unwrap()]);
    assert_eq!(mapped.stdout, keyreach(&["report", "--format", "json", known]).stdout);
    let wrong = file(&folder, "wrong.toml", "[columns]\nid = \"idd\"\n");
    let output =
        keyreach(&["report", "--format", "json", known, "--mapping", wrong.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot mean"));
}

#[test]
fn a_mapping_reads_a_table_that_has_no_header() {
    let folder = TempDir::new().unwrap();
    let table =
        file(&folder, "t.csv", "k1,S3cr3tOne,pay,prod,holds\nk2,S3cr3tTwo,pay,dev,grants\n");
    let other = file(&folder, "o.csv", "id,service,environment,access,owner\nk3,web,dev,holds,x\n");
    let mapping = "header_line = 0\n[columns]\n\"column 1\" = \"id\"\n\"column 2\" = \"secret\"\n\
                   \"column 3\" = \"service\"\n\"column 4\" = \"environment\"\n\
                   \"column 5\" = \"access\"\n";
    let mapping = file(&folder, "m.toml", mapping);
    let [table, other, mapping] = [&table, &other, &mapping].map(|path| path.to_str().unwrap());
    let refused = keyreach(&["report", "--format", "json", table]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("header_line = 0"));
    let output = keyreach(&["report", table, other, "--mapping", mapping, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("S3cr3t"));
    let report: Value = serde_json::from_str(&text).unwrap();
    let ids: Vec<&Value> =
        report["credentials"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, ["k1", "k2", "k3"]);
    assert_eq!(report["import"][0]["rows_accepted"], 2);
}

#[test]
fn an_empty_file_is_told_to_be_empty_whatever_is_asked_of_it() {
    let folder = TempDir::new().unwrap();
    let empty = file(&folder, "empty.csv", " \n");
    for command in ["report", "mapping"] {
        let output = keyreach(&[command, empty.to_str().unwrap()]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("is empty"), "{output:?}");
    }
}

#[test]
fn rejected_rows_are_written_mended_and_imported_again() {
    let folder = TempDir::new().unwrap();
    let text = "id,service,environment\n=k1,web,dev\nk2,db,eu,prod\n,,dev\nk3,\"a,b\",prod,x\n";
    let inventory = file(&folder, "inventory.csv", text);
    let left = folder.path().join("left.csv");
    let left = left.to_str().unwrap();
    let inventory = inventory.to_str().unwrap();
    assert!(
        keyreach(&["report", "--format", "json", inventory, "--rejected", left]).status.success()
    );
    let written = std::fs::read_to_string(left).unwrap();
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines[0], "rejected_line,rejected_because,id,service,environment");
    assert!(lines[1].starts_with("3,") && lines[1].ends_with(",k2,db,eu,prod"), "{written}");
    assert!(lines[3].ends_with(",k3,\"a,b\",prod,x"), "{written}");
    assert_eq!(lines.len(), 4);
    let mended = written.replace("k2,db,eu,prod", "k2,db eu,prod").replace("prod,x", "prod");
    std::fs::write(left, mended.replace(",,,dev", ",k4,api,dev")).unwrap();
    let output = keyreach(&["report", "--format", "json", left]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["import"][0]["rows_accepted"], 3, "{report}");
    assert_eq!(report["import"][0]["rows_rejected"], 0);
}

#[test]
fn a_row_in_which_a_secret_may_stand_anywhere_is_not_repeated() {
    let folder = TempDir::new().unwrap();
    let text = "id,service,password\nk1,web,c4nary-one,x\nk2,c4nary-two\nk3,\"a,c4nary-three\n";
    let inventory = file(&folder, "inventory.csv", text);
    let left = folder.path().join("left.csv");
    let arguments = [
        "report",
        "--format",
        "json",
        inventory.to_str().unwrap(),
        "--full",
        "--rejected",
        left.to_str().unwrap(),
    ];
    let output = keyreach(&arguments);
    let written = std::fs::read_to_string(&left).unwrap();
    let told = String::from_utf8(output.stdout).unwrap() + &written;
    assert!(!told.contains("c4nary"), "{told}");
    assert_eq!(written.lines().count(), 4);
}

#[test]
fn a_row_of_another_width_is_corrected_by_hand_without_the_original() {
    let folder = TempDir::new().unwrap();
    let text = "id,password,service,environment,access\n\
                k1,c4nary-one,web,dev,holds\nk2,c4nary-two,db,prod,grants\n\
                k1,c4nary,c4nary-three,db,prod,grants\nk2,c4nary-two,web\n\
                k9,\"c4nary\" four,web,dev,holds\n";
    let inventory = file(&folder, "inventory.csv", text);
    let left = folder.path().join("left.csv");
    let left = left.to_str().unwrap();
    assert!(
        keyreach(&["report", "--format", "json", inventory.to_str().unwrap(), "--rejected", left])
            .status
            .success()
    );
    let written = std::fs::read_to_string(left).unwrap();
    let ends = [",k1,‹masked›,‹masked›,db,prod,grants", ",k2,‹masked›,web", ",dev,holds"];
    for (line, end) in written.lines().skip(1).zip(ends) {
        assert!(line.ends_with(end), "{line}");
    }
    assert!(!written.contains("c4nary") && !written.contains("four"), "{written}");
    // As it stands nothing of it joins anything.
    let report: Value =
        serde_json::from_slice(&keyreach(&["report", "--format", "json", left]).stdout).unwrap();
    assert_eq!(report["summary"]["shared_credentials"], 0, "{report}");
    let corrected = written
        .replace("k1,‹masked›,‹masked›,db", "k1,the new one,db")
        .replace("k2,‹masked›,web", "k2,,web,prod,holds")
        .replace("‹masked›,‹masked›,‹masked›,dev", "k9,the other one,web,dev");
    std::fs::write(left, corrected).unwrap();
    let report: Value =
        serde_json::from_slice(&keyreach(&["report", "--format", "json", left]).stdout).unwrap();
    assert_eq!(ledger(&report), [3, 3, 0, 0, 0], "{report}");
    assert_eq!(summary(&report)[..2], [3, 3]);
}

#[test]
fn standard_input_is_read_only_once() {
    let folder = TempDir::new().unwrap();
    let one = file(&folder, "one.csv", "id,service\nk1,web\n");
    let one = one.to_str().unwrap();
    for arguments in [
        vec!["report", "--format", "json", "-", "--mapping", "-"],
        vec!["report", "--format", "json", one, "--mapping", "-", "--mapping", "-"],
        vec!["report", "--format", "json", "-", one, "-"],
        vec!["export", "-", "--mapping", "-"],
        vec!["mapping", "-", "--mapping", "-"],
        vec!["diff", "-", "-"],
        vec!["diff", "-", one, "--mapping", "-"],
        vec!["blast-radius", "-", "--from", "k1", "--mapping", "-"],
        vec!["paths", "-", "--mapping", "-"],
        vec!["what-if", "-", "--mapping", "-", "--fix", "revoke k1"],
    ] {
        let output = keyreach(&arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {told}");
        assert!(told.contains("standard input can be read only once"), "{arguments:?} {told}");
        assert_eq!((told.lines().count(), output.stdout.len()), (1, 0), "{told}");
    }
}

#[test]
fn a_printed_mapping_is_handed_on_through_a_pipe() {
    let folder = TempDir::new().unwrap();
    let one = file(&folder, "one.csv", "Nummer,Wo,environment,access\nk1,web,dev,holds\n");
    let mapping = keyreach(&["mapping", one.to_str().unwrap()]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(["report", "--format", "json", one.to_str().unwrap(), "--mapping", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), &mapping.stdout).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(ledger(&report)[0], 1);
}

#[test]
fn problems_name_the_byte_at_which_their_row_starts() {
    let folder = TempDir::new().unwrap();
    let text = "id,service,environment\nk1,wéb,dev\nk2,db,eu,prod\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let single: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    // The rows before are 23 and 11 characters long, and é takes two bytes in UTF-8.
    for (name, bytes, offset) in [
        ("utf8.csv", text.as_bytes().to_vec(), 35),
        ("mark.csv", [b"\xef\xbb\xbf", text.as_bytes()].concat(), 38),
        ("utf16.csv", utf16, 70),
        ("single.csv", single, 34),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = keyreach(&["report", "--format", "json", path.to_str().unwrap()]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["import"][0]["problems"][0]["offset"], offset, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_or_a_device_stays_one() {
    let folder = TempDir::new().unwrap();
    let inventory = file(&folder, "inventory.csv", "id,service\nk1,web\n");
    let goal = file(&folder, "goal.json", "old");
    let link = folder.path().join("link.json");
    std::os::unix::fs::symlink(&goal, &link).unwrap();
    let inventory = inventory.to_str().unwrap();
    assert!(keyreach(&["report", inventory, "-o", link.to_str().unwrap()]).status.success());
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&goal).unwrap().contains("keyreach-report"));
    assert!(keyreach(&["report", inventory, "-o", "/dev/null"]).status.success());
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn the_text_names_the_rejected_rows_before_other_problems() {
    let folder = TempDir::new().unwrap();
    let text = "id,service,environment,expires\nk1,web,dev,sometime\n,,dev,\n";
    let inventory = file(&folder, "inventory.csv", text);
    let output = keyreach(&["report", inventory.to_str().unwrap(), "--format", "text"]);
    let told = String::from_utf8(output.stdout).unwrap();
    let (_, problems) = told.split_once("2 problems (1 rejected a row)").unwrap();
    let lines: Vec<&str> = problems.trim().lines().collect();
    assert!(lines[0].contains("inventory.csv:3"), "{problems}");
    assert!(lines[1].contains("inventory.csv:2, column expires"), "{problems}");
}

#[test]
fn a_policy_sets_costs_and_ends_and_arguments_go_over_it() {
    let folder = TempDir::new().unwrap();
    let rows = "credential_id,service,environment\nA,web,x\nA,bus,x\nB,bus,x\nB,db,x\n";
    let path = file(&folder, "in.csv", rows);
    let policy = file(
        &folder,
        "policy.toml",
        "entry_points = [\"web@x\"]\ncrown_jewels = [\"db@x\"]\n[costs]\nA = 3\nB = 2\n",
    );
    let report = |more: &[&str]| -> Value {
        let mut arguments = vec!["report", "--format", "json", path.to_str().unwrap()];
        arguments.extend(["--policy", policy.to_str().unwrap()]);
        arguments.extend(more);
        let output = keyreach(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let all = report(&[]);
    assert_eq!(all["summary"]["exposure"]["connected_pairs"], 1);
    assert_eq!(all["summary"]["exposure"]["connected_pairs_stated"], 0);
    assert_eq!(all["minimum_cut"]["cost"], 2);
    assert_eq!(all["minimum_cut"]["credentials"], json!(["B"]));
    assert_eq!(all["minimum_cut"]["witness_paths"][0]["flow"], 2);
    assert_eq!(all["minimum_cut_stated"]["cost"], 0);
    assert_eq!(all["paths"][0]["assumed"], true);
    assert_eq!(report(&["--max-paths", "0"])["paths"], json!([]));
    let holds = report(&["--unstated-access", "holds"]);
    assert_eq!(holds["summary"]["exposure"]["connected_pairs"], 0);

    std::fs::write(&policy, "[costs]\nA = \"never\"\nB = \"never\"\n").unwrap();
    let arguments = [
        "report",
        "--format",
        "json",
        path.to_str().unwrap(),
        "--policy",
        policy.to_str().unwrap(),
    ];
    assert_eq!(keyreach(&arguments).status.code(), Some(0));
    std::fs::write(&policy, "[costs]\nA = 0\n").unwrap();
    let output = keyreach(&arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the cost of “A” is 0; write"));
}

#[test]
fn no_command_writes_over_what_it_reads() {
    let folder = TempDir::new().unwrap();
    let text = "credential_id,service,environment,access\nK1,web,dev,holds\n";
    let path = file(&folder, "keys.csv", text);
    let second = file(&folder, "keys-2.csv", text);
    let (name, other) = (path.to_str().unwrap(), second.to_str().unwrap());
    let roundabout = folder.path().join("..").join(folder.path().file_name().unwrap());
    let roundabout = roundabout.join("keys.csv").to_str().unwrap().to_owned();
    let fresh = folder.path().join("new.csv").to_str().unwrap().to_owned();
    let inside = folder.path().to_str().unwrap();
    let as_picture = file(&folder, "keys.png", text).to_str().unwrap().to_owned();
    let mut asked = vec![
        vec!["report", name, "-o", name],
        vec!["report", "--format", "json", name, "--rejected", name],
        vec!["report", "--format", "json", other, "--rejected", name],
        vec!["report", name, "--rejected", &fresh, "-o", &fresh],
        vec!["report", inside, "-o", name],
        vec!["export", name, "-o", &roundabout],
        vec!["diff", name, other, "-o", other],
        vec!["mapping", name, "-o", name],
        vec!["blast-radius", name, "--from", "K1", "-o", name],
        vec!["reached-by", name, "--to", "web@dev", "-o", name],
        vec!["rotation", name, "--from", "K1", "-o", name],
        vec!["owners", name, "-o", name],
        vec!["paths", name, "-o", name],
        vec!["what-if", name, "--fix", "revoke K1", "-o", name],
        vec!["layout", name, "-o", name],
        vec!["layout", name, "--edges", name],
        vec!["layout", name, "-o", &fresh, "--edges", &fresh],
        vec!["screenshot", &as_picture, "-o", &as_picture],
        vec!["render", &as_picture, "-o", &as_picture],
    ];
    #[cfg(unix)]
    let link = folder.path().join("link.csv").to_str().unwrap().to_owned();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&path, &link).unwrap();
        asked.push(vec!["export", name, "-o", &link]);
        asked.push(vec!["report", &link, "-o", name]);
    }
    for arguments in asked {
        let output = keyreach(&arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("name another"), "{arguments:?}: {told}");
    }
    for path in [&path, &second] {
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
    }
    assert_eq!(keyreach(&["export", name, "-o", &fresh]).status.code(), Some(0));
    assert_eq!(keyreach(&["export", name, "-o", &fresh]).status.code(), Some(0));
}

#[test]
fn a_mapping_that_does_not_serve_a_table_is_told_with_the_column_that_it_lacks() {
    let folder = TempDir::new().unwrap();
    let text = "credential_id,service,environment,access\nK1,web,dev,holds\n";
    let path = file(&folder, "keys.csv", text);
    let mapping = "[columns]\ncredential_id = \"id\"\nnosuch = \"owner\"\n";
    let mapping = file(&folder, "map.toml", mapping);
    let (path, mapping) = (path.to_str().unwrap(), mapping.to_str().unwrap());
    for command in [
        &["report", "--format", "json"][..],
        &["export"],
        &["blast-radius", "--from", "K1"],
        &["paths"],
    ] {
        let output = keyreach(&[command, &[path, "--mapping", mapping]].concat());
        assert_eq!(output.status.code(), Some(0));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let said =
            format!("the column mapping {mapping} was not used: the table has no column “nosuch”");
        assert!(told.contains(&said), "{told}");
        if command == ["report", "--format", "json"] {
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            let notes = report["import"][0]["notes"].to_string();
            assert!(notes.contains("no column “nosuch”"), "{notes}");
        }
    }
    let other = "[columns]\ncredential_id = \"id\"\nservice = \"service\"\n";
    std::fs::write(mapping, other).unwrap();
    let output = keyreach(&["report", "--format", "json", path, "--mapping", mapping]);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn two_reports_without_a_key_are_the_same_also_of_rows_with_secrets() {
    let folder = TempDir::new().unwrap();
    let text = "credential_id,password,service,environment,access,created\n\
                K1,hunter2hunter2,web,dev,holds,not a day\nK2,\"[\"\"aaaaaaaa1\"\",\"\"bbbbbbbb2\"\"]\",db,\
                prod,sort of,\n";
    let path = file(&folder, "keys.csv", text);
    let rejected = folder.path().join("rejected.csv");
    let report = || {
        let rejected = rejected.to_str().unwrap();
        let arguments =
            ["report", "--format", "json", path.to_str().unwrap(), "--rejected", rejected];
        String::from_utf8(keyreach(&[&arguments[..], &["--as-of", "2026-11-23"]].concat()).stdout)
    };
    let (one, other) = (report().unwrap(), report().unwrap());
    assert!(one == other, "they differ");
    assert!(one.contains("‹masked›") && !one.contains("keyreach:v1"), "{one}");
}

#[test]
fn each_finding_names_its_technique_in_every_form() {
    let folder = TempDir::new().unwrap();
    let header = "id,password,type,service,environment,access,service_owner,owner,storage,status,\
                  created,expires,last_used,identity,service_type\n";
    let mut text = header.to_owned();
    for kind in ["token", "password"] {
        let id = &kind[..1];
        // Crosses, is reused, has two owners and no expiry, is old and unused, lies in a wiki, and is
        // the second of its identity; its holder lives for a short time.
        text.extend([format!(
            "{id}1,,{kind},web,dev,holds,ops,,wiki,,2020-01-01,,never,{id}-bot,serverless\n\
             {id}1,,{kind},db,prod,grants,data,,,,,,,,\n\
             {id}2,,{kind},job,prod,holds,,,,active,,2027-01-01,,{id}-bot,\n\
             {id}3,,{kind},job,prod,holds,ops,,,revoked,,,,,\n\
             {id}4,s3cret-{kind}-9,{kind},job,prod,holds,ops,ops,,,,2027-01-01,,,\n\
             {id}5,s3cret-{kind}-9,{kind},job,prod,holds,ops,ops,,,,2027-01-01,,,\n\
             {id}7,,{kind},job,prod,holds,ops,ops,,,,2027-01-01,,,\n\
             {id}7,,{kind},mill,prod,holds,ops,ops,,,,2027-01-01,,,\n\
             {id}6,,{kind},lonely-{kind},prod,grants,,,,,,2027-01-01,,,sidecar\n"
        )]);
    }
    let inventory = file(&folder, "inventory.csv", &text);
    let arguments = ["report", inventory.to_str().unwrap(), "--as-of", "2026-11-23"];
    let json = keyreach(&[&arguments[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let mut lines: Vec<String> = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        let rule = finding["rule"].as_str().unwrap();
        let subject = finding["credential"].as_str();
        let technique = match rule {
            "KR08" | "KR09" => Some(("T1552", "Unsecured Credentials")),
            "KR13" | "KR14" | "KR16" => Some(("T1078", "Valid Accounts")),
            "KR04" | "KR07" | "KR11" | "KR15" => None,
            _ if subject.is_some_and(|id| id.starts_with('t')) => {
                Some(("T1550", "Use Alternate Authentication Material"))
            }
            _ => Some(("T1078", "Valid Accounts")),
        };
        let attack = technique.map(|(id, name)| json!({"technique": id, "name": name}));
        assert_eq!(finding["attack"], json!(attack), "{finding}");
        let attack = technique.map(|(id, name)| format!("; ATT&CK {id} {name}"));
        let owasp = finding["owasp"].as_str().unwrap();
        lines.push(format!("OWASP {owasp}:2025{}", attack.unwrap_or_default()));
        seen.insert(rule.to_owned());
    }
    let every: Vec<String> = (1..=14).map(|number| format!("KR{number:02}")).collect();
    assert!(every.iter().all(|rule| seen.contains(rule)), "{seen:?}");
    let text = String::from_utf8(keyreach(&arguments).stdout).unwrap();
    let told = text.lines().map(str::trim).filter(|line| line.starts_with("OWASP "));
    assert_eq!(told.collect::<Vec<_>>(), lines);
}

/// What `--only` can name.
const REPORT_PARTS: [&str; 11] = [
    "import",
    "summary",
    "credentials",
    "services",
    "findings",
    "paths",
    "minimum_cut",
    "choke_points",
    "plan",
    "owners",
    "coverage",
];

#[test]
fn a_report_can_be_of_some_parts_alone_and_has_a_line_for_each_entry() {
    let folder = TempDir::new().unwrap();
    let rows =
        "id,service,environment,access\nk1,web,dev,holds\nk1,db,prod,grants\nk2,db,prod,holds\n";
    let path = file(&folder, "in.csv", rows);
    let path = path.to_str().unwrap();
    let report_as = |format: &str, arguments: &[&str]| {
        let always = ["report", path, "--as-of", "2026-11-23", "--format", format];
        let output = keyreach(&[&always[..], arguments].concat());
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let report = |arguments: &[&str]| report_as("json", arguments);
    let keys = |text: &str| {
        let report: Value = serde_json::from_str(text).unwrap();
        let keys = report.as_object().unwrap().keys().cloned();
        keys.collect::<std::collections::BTreeSet<String>>()
    };
    let whole = report(&[]);
    let all = keys(&whole);
    let parsed: Value = serde_json::from_str(&whole).unwrap();
    for list in ["credentials", "services", "findings", "owners", "paths", "import"] {
        for entry in parsed[list].as_array().unwrap() {
            let entry = entry.clone();
            let is_its_line = |line: &&str| {
                serde_json::from_str::<Value>(line.trim_end_matches(','))
                    .is_ok_and(|at| at == entry)
            };
            assert!(whole.lines().any(|line| is_its_line(&line)), "{list}: {entry}");
        }
    }
    let head = ["as_of", "assumptions", "format", "policy_unmatched", "version"];
    let mut seen: std::collections::BTreeSet<String> = head.map(str::to_owned).into();
    for part in REPORT_PARTS {
        let alone = report(&["--only", part]);
        let own = keys(&alone);
        assert!(own.contains(part) && head.iter().all(|key| own.contains(*key)), "{part}: {own:?}");
        let value: Value = serde_json::from_str(&alone).unwrap();
        for key in &own {
            assert_eq!(value[key], parsed[key], "{key} of {part} alone");
            assert!(
                head.contains(&key.as_str()) || seen.insert(key.clone()),
                "{key} is in two parts"
            );
        }
    }
    assert_eq!(seen, all, "no key is in no part");
    let two = keys(&report(&["--only", "summary,findings"]));
    assert!(two.contains("summary") && two.contains("findings") && !two.contains("credentials"));
    let text = report_as("text", &["--only", "findings"]);
    assert!(text.contains("KR01") && !text.contains("Minimum cut"), "{text}");
    let wrong = keyreach(&["report", path, "--only", "finding"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("choke_points"));
}

/// The last line that a command wrote to standard error must say how long the layout took.
fn seconds_of(output: &Output) -> f64 {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = told.lines().last().unwrap_or_default();
    let seconds = last.strip_prefix("laid out in ").and_then(|rest| rest.strip_suffix(" s"));
    let seconds = seconds.unwrap_or_else(|| panic!("{told}"));
    assert_eq!(seconds.split_once('.').unwrap().1.len(), 3, "{told}");
    seconds.parse().unwrap()
}

/// The nodes of a table of positions; each must stand somewhere.
fn placed(text: &str) -> Vec<i64> {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("node,x,y"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [node, x, y] = cells[..] else { panic!("{line}") };
            let at = [x, y].map(|cell| cell.parse::<f64>().unwrap());
            assert!(at.iter().all(|at| at.is_finite()), "{line}");
            node.parse().unwrap()
        })
        .collect()
}

#[test]
fn a_layout_numbers_services_then_credentials_and_writes_edges_by_their_direction() {
    let folder = TempDir::new().unwrap();
    // Two service instances, 0 and 1; two credentials, 2 and 3.
    let text = "credential_id,service,environment,access\n\
        K1,web,dev,holds\nK1,db,prod,grants\nK2,db,prod,holds\nK2,db,prod,grants\n";
    let path = file(&folder, "keys.csv", text);
    let (positions, edges) = (folder.path().join("p.csv"), folder.path().join("e.csv"));
    let arguments = ["layout", path.to_str().unwrap(), "-o", positions.to_str().unwrap()];
    let output = keyreach(&[&arguments[..], &["--edges", edges.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(seconds_of(&output) < 5.0 && output.stdout.is_empty());
    assert_eq!(placed(&std::fs::read_to_string(positions).unwrap()), [0, 1, 2, 3]);
    let written = std::fs::read_to_string(edges).unwrap();
    let mut lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.remove(0), "source,target");
    // K1 leads from one instance to the other, and K2 from one to itself and back.
    let ends: Vec<(u8, u8)> = lines
        .iter()
        .map(|line| line.split_once(',').unwrap())
        .map(|(from, to)| (from.parse().unwrap(), to.parse().unwrap()))
        .collect();
    assert_eq!(ends.len(), 4);
    let (mut towards, mut back) = (vec![0; 4], vec![0; 4]);
    for (from, to) in ends {
        assert!((from < 2) != (to < 2), "{from} {to}");
        towards[usize::from(to)] += 1;
        back[usize::from(from)] += 1;
    }
    assert_eq!([towards[2], towards[3], back[2], back[3]], [1, 1, 1, 1]);
}

#[test]
fn a_layout_of_a_list_of_edges_keeps_its_numbers_and_follows_the_seed() {
    let folder = TempDir::new().unwrap();
    let text = "source,target\n70,-3\n-3,900000000000\n70,12\n12,12\n";
    let path = file(&folder, "edges.csv", text);
    let again = folder.path().join("again.csv");
    let (path, again) = (path.to_str().unwrap(), again.to_str().unwrap());
    let run = |more: &[&str]| {
        let output = keyreach(&[&["layout", path], more].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        seconds_of(&output);
        String::from_utf8(output.stdout).unwrap()
    };
    let first = run(&["--edges", again]);
    assert_eq!(placed(&first), [-3, 12, 70, 900_000_000_000]);
    assert_eq!(std::fs::read_to_string(again).unwrap(), text);
    assert_eq!(run(&["--seed", "1"]), first, "the seed is 1 unless another is named");
    assert_eq!(run(&["--seed", "2"]), run(&["--seed", "2"]));
    assert_ne!(run(&["--seed", "2"]), first);
}

#[test]
fn a_layout_of_what_is_no_list_of_edges_ends_with_a_sentence() {
    let folder = TempDir::new().unwrap();
    let inventory = "credential_id,service,environment,access\nK1,web,dev,holds\n";
    let inventory = file(&folder, "keys.csv", inventory);
    let good = file(&folder, "good.csv", "source,target\n1,2\n");
    let bad = file(&folder, "bad.csv", "source,target\n1,2\n3,hunter2\n");
    let [inventory, good, bad] = [&inventory, &good, &bad].map(|path| path.to_str().unwrap());
    for (files, what) in [
        (vec![bad], "no whole number of 64 bits; write one"),
        (vec![bad], "bad.csv, line 3, column 2"),
        (vec![good, inventory], "lay them out apart"),
        (vec![good, inventory], "keys.csv"),
    ] {
        let output = keyreach(&[&["layout"], &files[..]].concat());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(what) && !told.contains("hunter2"), "{told}");
        assert!(output.stdout.is_empty() && told.lines().count() == 1, "{told}");
    }
    let output = keyreach(&["layout", good, good]);
    assert_eq!(placed(&String::from_utf8(output.stdout).unwrap()), [1, 2]);
}

#[test]
fn what_is_handed_to_a_command_without_files_is_read_and_a_reader_may_leave() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.csv");
    let run = |line: &[&str], input: std::process::Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        command.args(line).args(["--as-of", "2026-11-23"]).stdin(input).output().unwrap()
    };
    let named =
        run(&["report", file.to_str().unwrap(), "--only", "summary"], std::process::Stdio::null());
    let handed = run(&["report", "--only", "summary"], std::fs::File::open(&file).unwrap().into());
    assert!(handed.status.success() && !handed.stdout.is_empty());
    assert_eq!(handed.stdout, named.stdout);
    // A device that is always empty is nothing that was handed over.
    let nothing = run(&["report", "--only", "summary"], std::process::Stdio::null());
    assert_eq!(nothing.status.code(), Some(2));
    for what in ["inventory", "findings"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        command.args(["export", "--format", "csv", "--what", what]).arg(&file);
        let mut child = command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(0), ""), "{what}");
    }
}
