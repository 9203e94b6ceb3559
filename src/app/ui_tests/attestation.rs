//! Lists for owners written, and their answers read, in the window.

use std::path::PathBuf;
use std::sync::Arc;

use egui_kittest::Harness;

use super::{empty, open, settle};
use crate::app::model::Model;
use crate::app::model::command::{Command, ReimportCommand};
use crate::app::model::job_end::JobEnd;
use crate::app::shell::window::Window;
use crate::app::work::attestation::{ReadAnswers, read_answers, save_asked_lists};
use crate::inventory::Date;
use crate::project::Opening;

const ROWS: &str = "id,service,environment,access,owner\nk1,web,dev,holds,ann\nk1,db,prod,grants,ann\n\
                    k2,db,prod,holds,bob\n";
const DAY: Date = Date::constant(2026, 11, 20);

/// Answers on nothing, with a note: what a job brings that has read a list.
pub(super) fn sample(model: &Model) -> JobEnd {
    let mut notes = (*model.project.notes).clone();
    let about = crate::project::SubjectName::Owner("ann".to_owned());
    notes.write(crate::project::NoteOn::Subject(about), "answered");
    let inventory = model.inventory().cloned().unwrap_or_default();
    JobEnd::AnswersRead(Some(Ok(Arc::new(ReadAnswers {
        before: model.project.clone(),
        inventory: Arc::new((*inventory).clone()),
        notes: Arc::new(notes),
        words: "ann: 1 answer accepted".to_owned(),
    }))))
}

fn read(harness: &Harness<'static, Window>, paths: &[PathBuf]) -> Result<Arc<ReadAnswers>, String> {
    let model = &harness.state().model;
    let answers = model.answers.clone().expect("it is open");
    read_answers(&model.project, &answers, (paths, DAY), None).map(Arc::new)
}

fn is_unneeded(harness: &Harness<'static, Window>) -> bool {
    let answers = harness.state().model.answers.clone().expect("it is open");
    let at = answers.graph.find_credential("k1").expect("it is there");
    answers.graph.credential(at).unneeded
}

#[test]
fn lists_are_written_filled_in_and_read_back_as_one_step_that_a_newer_export_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.csv");
    std::fs::write(&file, ROWS).unwrap();
    let mut harness = empty();
    let opening = Opening::Files(vec![file.clone()]);
    harness.state_mut().model.apply(Command::Open(opening));
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("it is open");
    let lists = folder.path().join("lists");
    let words = save_asked_lists(&answers, &lists, None).unwrap();
    assert_eq!(words, format!("2 lists of owners in {}", lists.display()));
    let path = lists.join("ann.csv");
    let list = std::fs::read_to_string(&path).unwrap();
    assert!(list.contains("k1") && !list.contains("k2") && !list.contains("bob"), "{list}");
    // The owner answers what is left open in the last three cells.
    let nothing = read(&harness, std::slice::from_ref(&path)).unwrap_err();
    assert!(nothing.contains("no answer was taken in: ann: 0 answers accepted, 1 row without"));
    std::fs::write(&path, list.replace(",,,\n", ",no,,\n")).unwrap();
    let found = read(&harness, std::slice::from_ref(&path)).unwrap();
    assert_eq!(found.words, "ann: 1 answer accepted");
    harness.state_mut().model.apply(Command::Ended(JobEnd::AnswersRead(Some(Ok(found.clone())))));
    settle(&mut harness);
    assert!(is_unneeded(&harness));
    assert_eq!(harness.state().model.notice.as_deref(), Some("ann: 1 answer accepted"));
    harness.state_mut().model.apply(Command::Undo);
    settle(&mut harness);
    assert!(!is_unneeded(&harness));
    harness.state_mut().model.apply(Command::Redo);
    settle(&mut harness);
    // What was read before something else changed is not taken over it.
    harness.state_mut().model.apply(Command::Ended(JobEnd::AnswersRead(Some(Ok(found)))));
    let notice = harness.state().model.notice.clone().unwrap_or_default();
    assert!(notice.contains("has changed meanwhile"), "{notice}");
    std::fs::write(&file, format!("{ROWS}k3,web,dev,holds,ann\n")).unwrap();
    for command in [ReimportCommand::Read, ReimportCommand::Replace] {
        harness.state_mut().model.apply(Command::Reimport(command));
        settle(&mut harness);
    }
    assert!(is_unneeded(&harness));
    let inventory = harness.state().model.inventory().cloned().unwrap();
    assert_eq!((inventory.sources.len(), inventory.rows.len()), (2, 5));
}

#[test]
fn what_cannot_be_read_is_said_and_changes_nothing() {
    let mut harness = empty();
    open(&mut harness, "small.csv", ROWS.as_bytes().to_vec());
    let before = harness.state().model.project.clone();
    for end in [None, Some(Err("no list: x.csv".to_owned()))] {
        harness.state_mut().model.apply(Command::Ended(JobEnd::AnswersRead(end)));
        assert!(harness.state().model.notice.is_some());
        assert!(harness.state().model.project == before);
    }
}
