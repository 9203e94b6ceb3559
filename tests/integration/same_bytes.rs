//! Whatever is written twice under one key is the same, byte by byte, in every form.

use std::path::Path;
use std::process::Command;

use super::gate::Wrong;

/// What is written, and what the names of its files end in.
const REPORT: &[&str] = &["html", "pdf", "md", "txt", "json"];
const TABLE: &[&str] = &["csv", "xlsx", "json", "jsonl"];
const GRAPH: &[&str] = &["csv", "xlsx", "json", "jsonl", "graphml", "gexf", "dot", "mmd"];
const GATE: &[&str] = &["txt", "json", "sarif", "xml"];
const PICTURE: &[&str] = &["svg", "png", "pdf"];

const WRITTEN: [(&[&str], &[&str]); 11] = [
    (&["report"], REPORT),
    (&["export"], GRAPH),
    (&["export", "--what", "paths"], GRAPH),
    (&["export", "--what", "findings"], TABLE),
    (&["export", "--what", "credentials"], TABLE),
    (&["export", "--what", "services"], TABLE),
    (&["export", "--what", "plan"], TABLE),
    (&["export", "--what", "rotation", "--from", "deploy-key-prod"], TABLE),
    (&["export", "--what", "owners"], TABLE),
    (&["check"], GATE),
    (&["render"], PICTURE),
];

fn run(folder: &Path, line: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(line)
        .current_dir(folder)
        .output()
        .unwrap();
    // 4: the check found something.
    assert!(
        matches!(output.status.code(), Some(0 | 4)),
        "{line:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn two_runs_under_one_key_file_write_the_same_bytes_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.csv");
    std::fs::copy(sample, folder.path().join("talk.csv")).unwrap();
    std::fs::write(folder.path().join("key"), "07".repeat(32)).unwrap();
    let mut wrong = Wrong::default();
    for (command, endings) in WRITTEN {
        if command[0] == "render" && !cfg!(feature = "gui") {
            continue;
        }
        for ending in endings {
            let twice = ["first", "second"].map(|name| {
                let name = format!("{name}.{ending}");
                let mut line = command.to_vec();
                line.extend(["talk.csv", "-o", &name, "--as-of", "2026-11-23"]);
                // A picture shows nothing that depends on a key.
                if command[0] != "render" {
                    line.extend(["--key-file", "key"]);
                }
                run(folder.path(), &line);
                std::fs::read(folder.path().join(name)).unwrap()
            });
            let is_same = !twice[0].is_empty() && twice[0] == twice[1];
            wrong.unless(is_same, || format!("{command:?} as {ending}"));
        }
    }
    let files = ["first", "second"].map(|name| {
        let to = ["export", "talk.csv", "--to", "bloodhound", "-o", name, "--as-of", "2026-11-23"];
        run(folder.path(), &to);
        let entries = std::fs::read_dir(folder.path().join(name)).unwrap();
        let mut files: Vec<_> = entries
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    });
    wrong.unless(!files[0].is_empty() && files[0] == files[1], || "bloodhound".to_owned());
    wrong.assert_none();
}
