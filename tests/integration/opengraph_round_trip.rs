//! What is written for BloodHound is read back as the inventory that it was written from: the same
//! credentials, links, pairs and findings, stated and assumed.

use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// Runs a command, which must succeed, and gives what it printed.
fn run(arguments: &[&str], more: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(arguments)
        .args(more)
        .args(["--as-of", "2026-11-23"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn report(file: &str, more: &[&str]) -> Value {
    serde_json::from_slice(&run(&["report", file, "--format", "json", "--full"], more)).unwrap()
}

/// The report of a file, and of what is read back of what is written for BloodHound from it.
fn both(file: &str, more: &[&str]) -> [Value; 2] {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("bloodhound");
    run(&["export", file, "--to", "bloodhound", "-o", out.to_str().unwrap()], more);
    let payload = out.join("payload.json");
    [report(file, more), report(payload.to_str().unwrap(), more)]
}

/// What must be the same: all but files, lines and what joined rows.
fn compared(report: &Value, rules_that_differ: &[&str]) -> Value {
    let list = |name: &str| report[name].as_array().unwrap().iter();
    let credential = |one: &Value| {
        json!([
            one["id"],
            one["aliases"],
            one["live"],
            one["owners"],
            one["environments"],
            one["services"],
            one["reach"]
        ])
    };
    let finding =
        |one: &Value| json!([one["rule"], one["severity"], one["credential"], one["service"]]);
    let same_rule =
        |one: &&Value| !rules_that_differ.contains(&one["rule"].as_str().unwrap_or_default());
    json!({
        "summary": report["summary"],
        "credentials": list("credentials").map(credential).collect::<Vec<_>>(),
        "services": report["services"],
        "findings": list("findings").filter(same_rule).map(finding).collect::<Vec<_>>(),
        "cut": [&report["minimum_cut"]["cost"], &report["minimum_cut"]["credentials"]],
        "owners": report["owners"],
    })
}

/// Fails where something differs, and says what of it first.
fn assert_same([before, after]: &[Value; 2], rules_that_differ: &[&str], what: &str) {
    let (before, after) = (compared(before, rules_that_differ), compared(after, rules_that_differ));
    for (name, before) in before.as_object().unwrap() {
        match (before.as_array(), after[name].as_array()) {
            (Some(before), Some(after)) => {
                for at in 0..before.len().max(after.len()) {
                    assert_eq!(before.get(at), after.get(at), "{what}: {name} {at}");
                }
            }
            _ => assert_eq!(before, &after[name], "{what}: {name}"),
        }
    }
}

#[test]
fn samples_come_back_with_the_same_figures() {
    for sample in ["payments", "talk", "messy", "no-access"] {
        let both = both(&format!("sample-data/{sample}.csv"), &[]);
        assert_same(&both, &[], sample);
        let exposure = &both[0]["summary"]["exposure"];
        assert!(exposure["pairs"].as_u64().unwrap() > 0 || sample == "no-access", "{exposure}");
    }
}

/// Stated and assumed in one pair; levels; dead credentials; rows that disagree; several ids and places of
/// storage; flags; a service without credentials; a credential without services; names with the signs of
/// lists and of JSON.
const PECULIAR: &str = "credential_id,fingerprint,service,environment,access,level,owner,status,expires,storage,tags,last_used,service_owner,exposure,crown_jewel
a,sha256:aaaaaaaaaaaaaaaa,web,dev,holds,,Ann; Ben,,2027-01-01,vault,red,2026-11-20,Cy,yes,
a2,sha256:aaaaaaaaaaaaaaaa,db,prod,grants,read,,,,wiki,,,,,yes
a,,cache,prod,,write,,,,,,,,,
b,,web,dev,holds,,,,,,,never,,,
b,,db,prod,,,,,,,,,,,
b,,db,prod,grants,admin,,,,,,,,,
c,,web,dev,holds,,,revoked,2026-01-01,,,,,,
c,,db,prod,grants,,,revoked,,,,,,,
d,,web,dev,holds,,,,2026-01-01,,,,,,
d,,log,prod,grants,write,,active,,,,,,,
e,,,,,,Ann,,,,,,,,
f,,\"[\"\"a; b\"\", \"\"{x}\"\"]\",test,both,,,no longer needed,,,,,,,
,,lone,prod,,,,,,,,,Dee,no,no
";

#[test]
fn names_beside_ids_come_back() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("in.csv");
    let rows = "credential_id,name,service,environment,access\na,the deploy key,web,dev,holds\nb,,web,dev,holds\n";
    std::fs::write(&file, rows).unwrap();
    let both = both(file.to_str().unwrap(), &[]);
    let names = both.map(|report| {
        let each = report["credentials"].as_array().unwrap().iter();
        each.map(|one| json!([one["id"], one["name"]])).collect::<Vec<_>>()
    });
    assert_eq!(names[0], [json!(["a", "the deploy key"]), json!(["b", null])]);
    assert_eq!(names[0], names[1]);
}

#[test]
fn what_is_stated_in_part_dead_disputed_or_alone_comes_back() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("in.csv");
    std::fs::write(&file, PECULIAR).unwrap();
    let file = file.to_str().unwrap();
    for policy in [&[][..], &["--pivot-needs", "write"], &["--pivot-needs", "admin"]] {
        let both = both(file, policy);
        assert_same(&both, &[], &format!("{policy:?}"));
    }
}

#[test]
fn access_that_is_assumed_one_way_comes_back_one_way() {
    for access in ["holds", "grants"] {
        let policy = ["--unstated-access", access];
        for sample in ["payments", "no-access"] {
            let both = both(&format!("sample-data/{sample}.csv"), &policy);
            assert_same(&both, &[], &format!("{sample} {access}"));
        }
    }
    // The environments of names are an assumption too.
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("in.csv");
    let rows = "credential_id,service,access\na,web-dev,holds\na,db-prod,grants\nb,web-test,holds\nb,db-prod,grants\n";
    std::fs::write(&file, rows).unwrap();
    let both = both(file.to_str().unwrap(), &[]);
    assert_same(&both, &[], "environments in names");
    let exposure = &both[0]["summary"]["exposure"];
    assert_eq!(
        (&exposure["connected_pairs"], &exposure["connected_pairs_stated"]),
        (&2.into(), &0.into())
    );
}

/// What an earlier version wrote, whose edges say nothing but their kinds.
#[test]
fn kinds_alone_say_what_is_assumed() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("payload.json");
    let node = |id: &str, kind: &str, name: &str, environment: &str| {
        json!({"id": id, "kinds": [kind], "properties": {
            "name": name, "service": name, "environment": environment, "live": true,
        }})
    };
    let edge = |kind: &str, from: &str, to: &str| json!({"kind": kind, "start": {"value": from}, "end": {"value": to}});
    let graph = json!({"graph": {
        "nodes": [
            node("01", "KR_Credential", "key", "dev"),
            node("02", "KR_Service", "web", "dev"),
            node("03", "KR_Service", "db", "prod"),
            node("04", "KR_Service", "log", "prod"),
        ],
        "edges": [
            edge("KR_MayHold", "02", "01"),
            edge("KR_MayGrant", "01", "02"),
            edge("KR_Grants", "01", "03"),
            edge("KR_Reaches", "01", "04"),
        ],
    }});
    std::fs::write(&file, graph.to_string()).unwrap();
    let report = report(file.to_str().unwrap(), &["--pivot-needs", "write"]);
    let services = report["credentials"][0]["services"].as_array().unwrap();
    let found: Vec<[&Value; 4]> = services
        .iter()
        .map(|one| [&one["service"], &one["holds"], &one["grants"], &one["assumed"]])
        .collect();
    let is = |service: &str, holds: bool, grants: bool, assumed: bool| {
        let expected = [json!(service), json!(holds), json!(grants), json!(assumed)];
        assert!(
            found.iter().any(|one| one.map(Clone::clone) == expected),
            "{expected:?} {found:?}"
        );
    };
    is("web", true, true, true);
    is("db", false, true, false);
    is("log", false, true, false);
    let exposure = &report["summary"]["exposure"];
    assert_eq!(
        (&exposure["connected_pairs"], &exposure["connected_pairs_stated"]),
        (&2.into(), &0.into())
    );
}
