//! Lists for owners and their answers, on the command line from end to end.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const ROWS: &str = "id,name,secret,service,environment,access,owner,type,service owner\n\
    deploy,Deploy,hunter2-Long-enough,web,dev,holds,ann,token,ann\n\
    deploy,Deploy,hunter2-Long-enough,db,prod,grants,ann,token,bob\n\
    ann-shared,=cmd(),Zx9-Shared-Value7,web,dev,holds,ann,password,ann\n\
    bob-shared,Bob's,Zx9-Shared-Value7,db,prod,grants,bob,pin,bob\n\
    bob-own,,Qw8-Other-Value55,db,prod,holds,bob,token,bob\n";

fn keyreach(folder: &Path, line: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
    command.args(line).current_dir(folder).output().unwrap()
}

fn ends_with(code: i32, output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}{err}");
    (out, err)
}

/// A folder with a project of these rows.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in.csv"), ROWS).unwrap();
    let line = ["import", "in.csv", "-o", "p.keyreach", "--as-of", "2026-11-20"];
    ends_with(0, &keyreach(folder.path(), &line));
    folder
}

#[test]
fn each_owner_gets_a_list_without_anything_of_another() {
    let folder = project();
    let line = ["attestation", "p.keyreach", "-o", "lists"];
    ends_with(0, &keyreach(folder.path(), &line));
    let read =
        |name: &str| std::fs::read_to_string(folder.path().join("lists").join(name)).unwrap();
    let (ann, bob) = (read("ann.csv"), read("bob.csv"));
    assert!(ann.contains("ann,credential,deploy,,Deploy,token,web in dev,,,,,\n"), "{ann}");
    assert!(ann.contains("ann,service,web,dev,"), "{ann}");
    for (list, others) in [(&ann, ["bob", "db", "pin"]), (&bob, ["ann", "web", "deploy"])] {
        let cells = list.lines().skip(1).flat_map(|line| line.split([',', ' ', ';']));
        for cell in cells {
            assert!(!others.contains(&cell.to_lowercase().as_str()), "{cell} in {list}");
        }
        assert!(!list.to_lowercase().contains(if others[0] == "bob" { "bob-" } else { "ann-" }));
        // What both share is on either list under a token, which shows nothing.
        assert_eq!(list.matches("keyreach:v1:").count(), 1, "{list}");
        for value in ["hunter2", "Zx9", "Qw8", "\n=", ",="] {
            assert!(!list.contains(value), "{value} in {list}");
        }
    }
    let (one, _) =
        ends_with(0, &keyreach(folder.path(), &["attestation", "p.keyreach", "--owner", "ann"]));
    assert_eq!(one, ann);
    // A list that came back is not written over, and no other is written beside it.
    let place = |name: &str| folder.path().join("lists").join(name);
    std::fs::write(place("bob.csv"), "answered").unwrap();
    std::fs::remove_file(place("ann.csv")).unwrap();
    let (_, error) = ends_with(3, &keyreach(folder.path(), &line));
    assert!(error.contains("answers in it") && error.contains("bob.csv"), "{error}");
    assert_eq!(std::fs::read_to_string(place("bob.csv")).unwrap(), "answered");
    assert!(!place("ann.csv").exists());
    ends_with(0, &keyreach(folder.path(), &[&line[..], &["--force"]].concat()));
    assert_eq!((read("ann.csv"), read("bob.csv")), (ann, bob));
    let table = ["attestation", "p.keyreach", "-o", "lists.csv"];
    let (_, error) = ends_with(2, &keyreach(folder.path(), &table));
    assert!(error.contains("--owner") && !folder.path().join("lists.csv").exists(), "{error}");
    let (_, error) =
        ends_with(2, &keyreach(folder.path(), &["attestation", "p.keyreach", "--owner", "anna"]));
    assert!(error.contains("did you mean “ann”?"), "{error}");
    let (_, error) = ends_with(2, &keyreach(folder.path(), &["attestation", "p.keyreach"]));
    assert!(error.contains("--owner"), "{error}");
}

#[test]
fn answers_become_rows_of_evidence_and_what_cannot_be_taken_is_said() {
    let folder = project();
    let (list, _) =
        ends_with(0, &keyreach(folder.path(), &["attestation", "p.keyreach", "--owner", "ann"]));
    let token = list.split(',').find(|cell| cell.starts_with("keyreach:v1:")).unwrap();
    let answers = format!(
        "owner;kind;id;environment;still_needed;rotated_on;expires_on\n\
         ann;credential;deploy;;no;01.11.2026;\nann;credential;{token};;yes;;2027-01-31\n\
         ann;credential;bob-own;;no;;\nann;credential;gone;;no;;\nann;credential;deploy;;maybe;;\n\
         ann;service;web;dev;;;\n"
    );
    std::fs::write(folder.path().join("ann.csv"), answers).unwrap();
    let line = ["attested", "p.keyreach", "ann.csv", "--on", "2026-11-19", "--verbose"];
    let (_, said) = ends_with(0, &keyreach(folder.path(), &line));
    for expected in [
        "ann.csv:4: id: this is not theirs",
        "ann.csv:5: id: there is no such thing in the inventory any more",
        "ann.csv:6: still_needed: found “maybe”; write yes or no",
        "2 accepted, 0 merged, 1 without an answer, 3 refused",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    let (json, _) =
        ends_with(0, &keyreach(folder.path(), &["report", "p.keyreach", "--format", "json"]));
    let (text, _) = ends_with(0, &keyreach(folder.path(), &["report", "p.keyreach", "--full"]));
    let evidence: Vec<&str> = text.lines().filter(|line| line.contains("ann.csv:2")).collect();
    let says_a_secret = |line: &&&str| line.contains("masked");
    assert!(
        !evidence.is_empty() && !evidence.iter().any(|line| says_a_secret(&line)),
        "{evidence:?}"
    );
    let report: Value = serde_json::from_str(&json).unwrap();
    let found = report["findings"].as_array().unwrap();
    let unneeded: Vec<&Value> = found.iter().filter(|one| one["rule"] == "KR16").collect();
    let [unneeded] = unneeded.as_slice() else { panic!("{unneeded:?}") };
    assert_eq!(unneeded["credential"], "deploy");
    assert!(unneeded["why"].to_string().contains("as ann answered on 2026-11-19"), "{unneeded}");
    assert!(
        unneeded["evidence"].to_string().contains("{\"file\":\"ann.csv\",\"line\":2}"),
        "{unneeded}"
    );
    let no_expiry = |credential: &str| {
        found.iter().any(|one| one["rule"] == "KR05" && one["credential"] == credential)
    };
    assert!(no_expiry("deploy") && !no_expiry("ann-shared"), "an answer names its expiry");
    // The account of the list stands beside that of the file, and the refused rows are problems.
    let of_list = &report["import"][1];
    assert_eq!((&of_list["file"], &of_list["rows_rejected"]), (&"ann.csv".into(), &3.into()));
    assert_eq!(of_list["problems"].as_array().unwrap().len(), 3);
}

#[test]
fn answers_are_exported_and_kept_over_imports_as_long_as_their_owner_stays() {
    let folder = project();
    let answers = "owner,kind,id,environment,still_needed,rotated_on,expires_on\n\
                   ann,credential,deploy,,no,,\n";
    std::fs::write(folder.path().join("ann.csv"), answers).unwrap();
    let line = ["attested", "p.keyreach", "ann.csv", "--on", "2026-11-19"];
    ends_with(0, &keyreach(folder.path(), &line));
    let line = ["export", "p.keyreach", "-o", "all.csv"];
    ends_with(0, &keyreach(folder.path(), &line));
    let all = std::fs::read_to_string(folder.path().join("all.csv")).unwrap();
    assert!(all.contains("no longer needed"), "{all}");
    std::fs::write(
        folder.path().join("in.csv"),
        format!("{ROWS}new,,Ab1-New-Value999,web,dev,holds,ann,token,ann\n"),
    )
    .unwrap();
    let (_, said) = ends_with(
        0,
        &keyreach(folder.path(), &["import", "in.csv", "-o", "p.keyreach", "--update"]),
    );
    // The day that was set does not move by itself, and nothing else is to be said.
    // No answer is lost: beside the day only what is new is said.
    assert!(
        said.contains("as of 2026-11-20") && said.contains("new: KR05 No expiry: new"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 3, "{said}");
    let (json, _) =
        ends_with(0, &keyreach(folder.path(), &["report", "p.keyreach", "--format", "json"]));
    assert!(json.contains("\"KR16\"") && json.contains("ann.csv"));
    let changed = ROWS
        .replace("dev,holds,ann,token", "dev,holds,eve,token")
        .replace("prod,grants,ann", "prod,grants,eve");
    std::fs::write(folder.path().join("in.csv"), changed).unwrap();
    let (_, said) = ends_with(
        0,
        &keyreach(folder.path(), &["import", "in.csv", "-o", "p.keyreach", "--update"]),
    );
    assert!(said.contains("answer of ann of 2026-11-19 on “deploy”: no longer theirs"), "{said}");
}

#[test]
fn what_is_no_list_or_answers_nothing_leaves_the_project_as_it_was() {
    let folder = project();
    let before = std::fs::read(folder.path().join("p.keyreach")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("poem.csv", "Roses are red\n");
    write(
        "none.csv",
        "owner,kind,id,environment,still_needed,rotated_on,expires_on\nann,credential,deploy,,,,\n",
    );
    for (file, expected) in
        [("poem.csv", "no column “owner”"), ("none.csv", "no answer could be taken in")]
    {
        let (_, said) = ends_with(1, &keyreach(folder.path(), &["attested", "p.keyreach", file]));
        assert!(said.contains(expected), "{said}");
        assert_eq!(std::fs::read(folder.path().join("p.keyreach")).unwrap(), before);
    }
    ends_with(2, &keyreach(folder.path(), &["attested", "p.keyreach", "p.keyreach"]));
}

#[test]
fn answers_of_a_later_day_are_refused_and_a_list_that_is_read_again_adds_nothing() {
    let folder = project();
    let answers = "owner,kind,id,environment,still_needed,rotated_on,expires_on\n\
                   ann,credential,deploy,,no,2026-11-01,\n";
    std::fs::write(folder.path().join("ann.csv"), answers).unwrap();
    let project = || std::fs::read(folder.path().join("p.keyreach")).unwrap();
    let before = project();
    let attested = |more: &[&str]| {
        let line: Vec<&str> =
            ["attested", "p.keyreach", "ann.csv"].iter().chain(more).copied().collect();
        keyreach(folder.path(), &line)
    };
    let (_, said) = ends_with(2, &attested(&["--on", "2199-01-01"]));
    assert!(said.contains("cannot be later than today") && said.contains("2199-01-01"), "{said}");
    assert!(project() == before);
    // A rotation after the day of the answers is refused with its row and column.
    let (_, said) = ends_with(1, &attested(&["--on", "2026-10-31"]));
    assert!(said.contains("ann.csv:2: rotated_on: 2026-11-01 is after the day"), "{said}");
    ends_with(0, &attested(&["--on", "2026-11-19"]));
    let once = project();
    let (_, said) = ends_with(0, &attested(&["--on", "2026-11-19"]));
    assert!(said.contains("was read already, as answers of ann of 2026-11-19"), "{said}");
    assert!(project() == once);
    let (_, said) = ends_with(0, &attested(&["--on", "2026-11-20"]));
    assert!(!said.contains("already"), "{said}");
    let (told, _) = ends_with(0, &keyreach(folder.path(), &["info", "p.keyreach"]));
    for line in [
        "answers: ann of 2026-11-19, ann.csv: 1 answer\n",
        "answers: ann of 2026-11-20, ann.csv: 1 answer\n",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
}
