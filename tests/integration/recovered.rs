//! What can be read of a damaged project: all that stands before the damage as it was written, and nothing
//! else; what is lost is named.

use std::path::Path;
use std::process::{Command, Output};

use keyreach::inventory::Progress;
use keyreach::project::{Project, Salvaged, read_project, salvage_project};

use super::project_file::{small, today, written};

/// Each part that somebody made, by what it is called where it is lost.
fn parts(project: &Project) -> Vec<(&'static str, String)> {
    let inventory = project.sources.inventory.as_deref();
    vec![
        ("the policy", format!("{:?}", project.assumptions)),
        ("the fixes", format!("{:?}", project.fixes)),
        ("the picked ends", format!("{:?}", project.ends)),
        ("the rotation", format!("{:?}", project.rotation)),
        ("the arrangement", format!("{:?}", project.arrangement)),
        ("the filters", format!("{:?}", project.filters)),
        ("the findings", format!("{:?}", project.findings)),
        ("the notes", format!("{:?}", project.notes)),
        ("the scenarios", format!("{:?}", project.scenarios)),
        ("the scenes", format!("{:?}", project.scenes)),
        ("the lost credentials", format!("{:?}", project.lost)),
        ("what was opened", format!("{:?}", project.sources.files)),
        ("the files", format!("{:?}", project.sources.read.files)),
        ("how files are read", format!("{:?}", project.sources.settings)),
        ("the inventory", format!("{:?}", inventory.map(|own| (&own.rows, &own.problems)))),
    ]
}

/// Whether each part is the one that was written, or named as lost and as in a project of nothing.
fn assert_is_part(salvaged: &Salvaged, whole: &Project, which: &str) {
    let as_of = salvaged.project.assumptions.as_of;
    let nothing = parts(&Project::new(as_of));
    let (own, whole) = (parts(&salvaged.project), parts(whole));
    for (((what, own), (_, whole)), (_, nothing)) in own.iter().zip(&whole).zip(&nothing) {
        if salvaged.lost.contains(what) {
            let is_begun = *what == "the findings";
            assert!(own == nothing || is_begun, "{which}: {what} is {own}");
        } else {
            assert_eq!(own, whole, "{which}: {what} is said to be there");
        }
    }
}

#[test]
fn of_a_project_with_a_damaged_byte_every_other_section_is_what_was_written() {
    let whole = small();
    let bytes = written(&whole);
    let (mut found, mut with_inventory) = (0, 0);
    for at in (0..bytes.len()).step_by(3) {
        let mut other = bytes.clone();
        other[at] ^= 1 << (at % 7);
        match salvage_project(&other, today(), &Progress::default()) {
            Err(error) => assert!(error.is_some(), "byte {at} is another one"),
            Ok(salvaged) => {
                assert_is_part(&salvaged, &whole, &format!("byte {at}"));
                found += 1;
                with_inventory += usize::from(salvaged.lost.is_empty());
            }
        }
    }
    assert!(found > bytes.len() / 3 * 9 / 10 && with_inventory > 3, "{found} of {}", bytes.len());
    // What stands behind the damage is there too.
    let text = String::from_utf8(bytes.clone()).unwrap();
    for (section, lost) in
        [("fixes", "the fixes"), ("notes", "the notes"), ("rows", "the inventory")]
    {
        let start = text.find(&format!("{{\"section\":\"{section}\"")).unwrap();
        let mut other = bytes.clone();
        let within = start + text[start..].find('\n').unwrap() + 2;
        other[within] ^= 1;
        let salvaged = salvage_project(&other, today(), &Progress::default()).unwrap();
        assert_eq!(salvaged.lost, [lost]);
        assert_is_part(&salvaged, &whole, section);
    }
    let whole = salvage_project(&bytes, today(), &Progress::default());
    assert!(matches!(whole, Err(None)), "nothing is wrong with it");
}

#[test]
fn of_a_project_that_ends_early_what_is_there_is_what_was_written() {
    let whole = small();
    let bytes = written(&whole);
    let mut most = 0;
    for length in (0..bytes.len()).step_by(7) {
        let found = salvage_project(&bytes[..length], today(), &Progress::default());
        let Ok(salvaged) = found else { continue };
        assert_is_part(&salvaged, &whole, &format!("{length} bytes"));
        let lost = salvaged.lost.len();
        assert!(most == 0 || lost <= most, "more bytes say more: {length}");
        most = lost;
    }
}

fn keyreach(folder: &Path, line: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
    command.args(line).current_dir(folder).output().unwrap()
}

fn said(output: &Output, code: i32) -> String {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

#[test]
fn a_damaged_project_is_recovered_into_another_file_and_takes_its_inventories_again() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &[&str]| keyreach(folder.path(), line);
    let rows = "id,service,environment,access,owner\nk1,web,dev,holds,ann\nk1,db,prod,grants,ann\n";
    std::fs::write(folder.path().join("in.csv"), rows).unwrap();
    let policy = "rotation_days = 30\n[marks]\nk1 = \"providers-key\"\n";
    std::fs::write(folder.path().join("policy.toml"), policy).unwrap();
    said(&run(&["import", "in.csv", "-o", "p.keyreach", "--policy", "policy.toml"]), 0);
    let path = folder.path().join("p.keyreach");
    let damaged = std::fs::read_to_string(&path)
        .unwrap()
        .replace("[\"db\",\"prod\"]\n", "[\"db\",\"prot\"]\n");
    std::fs::write(&path, &damaged).unwrap();
    let info = said(&run(&["info", "p.keyreach"]), 1);
    assert!(info.contains("damaged between lines") && info.contains("(the services)"), "{info}");
    assert!(info.contains("`keyreach recover`"), "{info}");
    let recovered = said(&run(&["recover", "p.keyreach", "-o", "q.keyreach"]), 0);
    assert!(recovered.contains("lost: the inventory\n"), "{recovered}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged, "it stays as it is");
    let info = said(&run(&["info", "q.keyreach"]), 0);
    assert!(info.contains("no inventory") && info.contains("marks: k1 provider's key"), "{info}");
    said(&run(&["recover", "p.keyreach", "-o", "q.keyreach"]), 3);
    said(&run(&["import", "in.csv", "-o", "q.keyreach", "--update"]), 0);
    let report = said(&run(&["report", "q.keyreach"]), 0);
    assert!(report.contains("marks: k1 provider's key"), "{report}");
    // What is whole is copied as it is.
    said(&run(&["recover", "q.keyreach", "-o", "r.keyreach"]), 0);
    let copy = std::fs::read(folder.path().join("r.keyreach")).unwrap();
    assert!(read_project(&copy, today(), &Progress::default()).is_ok());
    assert_eq!(copy, std::fs::read(folder.path().join("q.keyreach")).unwrap());
}
