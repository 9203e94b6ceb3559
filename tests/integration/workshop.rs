//! What workshops brought to a project, on the command line.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use keyreach::graph::AccessGraph;
use keyreach::inventory::{Access, Date};
use keyreach::project::{
    Assumption, CredentialName, Dispute, InstanceName, LinkName, Project, SubjectName, Workshop,
    WorkshopItem, WorkshopNote, WorkshopNoteKind, WrittenFact, read_project, state_fact,
    write_project,
};

const ROWS: &str = "id,service,environment,access,owner\nk1,web,dev,holds,ann\nk1,db,prod,grants,ann\n\
                    k2,db,prod,holds,bob\n";

fn keyreach(folder: &Path, line: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
    command.args(line).current_dir(folder).output().unwrap()
}

fn day() -> Date {
    jiff::civil::date(2026, 11, 20)
}

/// Imports a file into a project and lets a workshop bring something to it.
fn with_workshop(folder: &Path) {
    std::fs::write(folder.join("keys.csv"), ROWS).unwrap();
    let made = keyreach(folder, &["import", "keys.csv", "-o", "p.keyreach"]);
    assert!(made.status.success(), "{made:?}");
    let path = folder.join("p.keyreach");
    let bytes = std::fs::read(&path).unwrap();
    let project = read_project(&bytes, day(), &keyreach::inventory::Progress::default()).unwrap();
    let graph = |project: &Project| {
        AccessGraph::build(project.sources.inventory.clone().unwrap(), &project.assumptions)
    };
    let fact = |service: &str| WrittenFact {
        credential: "k1".to_owned(),
        access: Access::Grants,
        service: service.to_owned(),
        environment: "prod".to_owned(),
        by: "bob".to_owned(),
        ..WrittenFact::default()
    };
    let once = state_fact(&project, &graph(&project), &fact("billing"), (day(), None)).unwrap();
    let mut twice = state_fact(&once, &graph(&once), &fact("=ledger"), (day(), None)).unwrap();
    let mut said = Workshop::clone(&twice.workshop);
    let about = vec![SubjectName::Credential(CredentialName::Known("k1".to_owned()))];
    let text = "ask ann about web".to_owned();
    let note = WorkshopNote { kind: WorkshopNoteKind::NextStep, about, text };
    said.add(day(), None, WorkshopItem::Note(note));
    twice.workshop = Arc::new(said);
    let mut out = Vec::new();
    write_project(&twice, day(), &mut out).unwrap();
    std::fs::write(&path, out).unwrap();
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn minutes_are_printed_and_hide_names_where_that_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    with_workshop(folder.path());
    let printed = keyreach(folder.path(), &["minutes", "p.keyreach"]);
    let printed = text(&printed.stdout);
    let wanted = "# Minutes of the workshop of 2026-11-20\n\n\
        1 decided, 0 disputed, 2 added, 0 parked\n\n## Beside the scenes\n\nDecided:\n\n\
        - k1, next step: ask ann about web\n\nAdded, as stated in the workshop:\n\n\
        - k1 grants billing in prod, stated by bob (workshop 2026-11-20:2)\n\
        - k1 grants =ledger in prod, stated by bob (workshop 2026-11-20:3)\n";
    assert_eq!(printed, wanted);
    let hidden = keyreach(folder.path(), &["minutes", "p.keyreach", "--redact"]);
    assert!(hidden.status.success());
    let hidden = text(&hidden.stdout).to_lowercase();
    for name in ["k1", "ask ann", "billing", "ledger", "by bob"] {
        assert!(!hidden.contains(name), "{name}: {hidden}");
    }
    assert!(hidden.contains("credential ") && hidden.contains("in prod"), "{hidden}");
    let files = "--redact=services";
    let some = keyreach(folder.path(), &["minutes", "p.keyreach", files]);
    let some = text(&some.stdout);
    assert!(some.contains("- k1, next step: ask ann about service "), "{some}");
    assert!(!some.contains("billing"), "{some}");
    let saved = keyreach(folder.path(), &["minutes", "p.keyreach", "-o", "m.md"]);
    assert!(saved.status.success() && saved.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(folder.path().join("m.md")).unwrap(), wanted);
    let wrong = keyreach(folder.path(), &["minutes", "p.keyreach", "-o", "m.pdf"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn what_was_stated_is_written_as_rows_that_give_the_same_links_and_a_newer_import_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    with_workshop(folder.path());
    let written = keyreach(folder.path(), &["stated", "p.keyreach", "-o", "stated.csv"]);
    assert!(written.status.success(), "{written:?}");
    let services = |files: &[&str]| {
        let mut line = vec!["export"];
        line.extend(files);
        line.extend(["--what", "services"]);
        let table = text(&keyreach(folder.path(), &line).stdout);
        // That an id in two files is of one credential is assumed, so figures of stated access differ.
        let rows = table.lines().map(|row| row.split(',').collect::<Vec<_>>());
        let kept = rows.map(|cells| [&cells[..13], &cells[14..15]].concat().join(","));
        kept.collect::<Vec<_>>().join("\n")
    };
    let own = services(&["p.keyreach"]);
    assert!(own.contains("billing,prod") && own.contains("ledger,prod"), "{own}");
    assert_eq!(services(&["keys.csv", "stated.csv"]), own);
    // A newer export without a word of it.
    std::fs::write(folder.path().join("keys.csv"), format!("{ROWS}k3,web,dev,holds,ann\n"))
        .unwrap();
    let line = ["import", "keys.csv", "-o", "p.keyreach", "--update"];
    let updated = keyreach(folder.path(), &line);
    assert!(updated.status.success(), "{updated:?}");
    assert_eq!(services(&["p.keyreach"]), services(&["keys.csv", "stated.csv"]));
    let report = keyreach(folder.path(), &["report", "p.keyreach", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    let files: Vec<&str> = report["import"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|own| own["file"].as_str())
        .collect();
    assert_eq!(files, ["keys.csv", "workshop 2026-11-20"]);
    assert_eq!(report["import"][1]["rows_accepted"], 2);
    // Where its credential is gone a fact waits, and that is said.
    let without: String = ROWS
        .lines()
        .filter(|row| !row.starts_with("k1"))
        .fold(String::new(), |all, row| format!("{all}{row}\n"));
    std::fs::write(folder.path().join("keys.csv"), without).unwrap();
    let updated = keyreach(folder.path(), &line);
    let said = text(&updated.stderr);
    assert!(said.contains("said in the workshop “k1 grants billing in prod"), "{said}");
    let minutes = text(&keyreach(folder.path(), &["minutes", "p.keyreach"]).stdout);
    assert!(minutes.contains("the credential is gone"), "{minutes}");
    let nothing = keyreach(folder.path(), &["stated", "p.keyreach"]);
    assert_eq!(nothing.status.code(), Some(1), "{nothing:?}");
    std::fs::write(folder.path().join("keys.csv"), ROWS).unwrap();
    keyreach(folder.path(), &line);
    assert_eq!(services(&["p.keyreach"]), own, "it is back");
}

#[test]
fn a_report_with_names_hidden_says_what_is_disputed_under_pseudonyms() {
    let folder = tempfile::tempdir().unwrap();
    with_workshop(folder.path());
    let path = folder.path().join("p.keyreach");
    let bytes = std::fs::read(&path).unwrap();
    let progress = keyreach::inventory::Progress::default();
    let mut project = read_project(&bytes, day(), &progress).unwrap();
    let mut said = Workshop::clone(&project.workshop);
    let link = LinkName {
        credential: CredentialName::Known("k2".to_owned()),
        instance: InstanceName { service: "db".to_owned(), environment: "prod".to_owned() },
        holds: true,
    };
    let (by, remark) = ("ann".to_owned(), "ask about k2".to_owned());
    let assumption = Assumption::Link(link);
    said.add(day(), None, WorkshopItem::Dispute(Dispute { assumption, by, remark }));
    project.workshop = Arc::new(said);
    let mut out = Vec::new();
    write_project(&project, day(), &mut out).unwrap();
    std::fs::write(&path, out).unwrap();
    let report = |more: &[&str]| {
        let ended = keyreach(folder.path(), &[&["report", "p.keyreach"], more].concat());
        assert!(ended.status.success(), "{ended:?}");
        text(&ended.stdout)
    };
    assert!(
        report(&[]).contains("db in prod holds k2: disputed by ann: ask about k2 (2026-11-20)")
    );
    let hidden = report(&["--redact"]);
    let disputed = hidden.lines().find(|line| line.contains("disputed by")).expect("it is said");
    assert!(disputed.contains("service ") && disputed.contains("holds credential "), "{disputed}");
    for name in ["k2", "ann", "db in"] {
        assert!(!disputed.contains(name), "{disputed}");
    }
    let hidden = report(&["--redact", "--format", "json"]);
    assert!(hidden.contains("\"assumption\":\"link\""), "{hidden}");
    assert!(!hidden.contains("k2") && !hidden.contains("ask about"), "{hidden}");
}
