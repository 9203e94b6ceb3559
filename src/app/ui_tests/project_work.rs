//! Findings in groups, imports as curves, marks of credentials, and damaged projects, in the window.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::finding_work::{apply, small};
use super::reimport::changed_file;
use super::{empty, settle};
use crate::analysis::FixKind;
use crate::app::columns::table::Table;
use crate::app::commands::files::FILE_ACTIONS;
use crate::app::model::command::{
    Command, FindingCommand, FixCommand, ProjectCommand, ReimportCommand, TableCommand,
};
use crate::app::model::finding_groups::FindingGroup;
use crate::app::model::saving::Waiting;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::inventory::{Assumptions, CredentialMark};
use crate::project::{NamedFix, Opening};

/// The first column of the findings: as it is shown, and as it is copied.
fn groups(harness: &Harness<'static, Window>) -> Vec<(String, String)> {
    let table = Table::in_sight(&harness.state().model).expect("a table is in sight");
    let (column, _) = table.columns()[0];
    let cells = (0..table.rows()).map(|row| table.cell(row, column));
    cells.map(|cell| (cell.text.clone(), cell.copied().to_owned())).collect()
}

#[test]
fn findings_stand_in_groups_that_are_named_and_counted_once() {
    let mut harness = small();
    let all = harness.state().model.lists.findings.clone();
    for by in FindingGroup::ALL {
        apply(&mut harness, Command::Finding(FindingCommand::GroupBy(Some(by))));
        harness.get_by_label(by.word());
        let model = &harness.state().model;
        let mut same = model.lists.findings.clone();
        same.sort_unstable();
        let mut before = all.clone();
        before.sort_unstable();
        assert_eq!(same, before, "no finding comes or goes");
        let found = groups(&harness);
        let mut seen: Vec<&str> = Vec::new();
        for (at, (text, copied)) in found.iter().enumerate() {
            let is_first = at == 0 || found[at - 1].1 != *copied;
            let count = found.iter().filter(|(_, other)| other == copied).count();
            let expected = if is_first { format!("{copied} · {count}") } else { String::new() };
            assert_eq!(*text, expected, "{by:?}");
            if is_first {
                assert!(!seen.contains(&copied.as_str()), "{copied} stands in one place");
                seen.push(copied);
            }
        }
    }
    apply(&mut harness, Command::Finding(FindingCommand::GroupBy(None)));
    assert_eq!(harness.state().model.lists.findings, all);
    assert!(harness.state().model.lists.finding_groups.is_empty());
}

#[test]
fn exposure_and_open_findings_over_the_imports_are_curves_and_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = changed_file(folder.path());
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Imports)));
    harness.get_by_label_contains("are a curve here once a newer export is read");
    let open_before = harness.state().model.answers.as_ref().expect("open").findings.len();
    apply(&mut harness, Command::Reimport(ReimportCommand::Read));
    apply(&mut harness, Command::Reimport(ReimportCommand::Replace));
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Imports)));
    let model = &harness.state().model;
    let open_after = model.answers.as_ref().expect("open").findings.len();
    let day = model.project.findings.imports[0].on;
    harness.get_by_label(&format!("Connected pairs over the imports: {day} 1, {day} 0"));
    harness.get_by_label(&format!(
        "Open findings over the imports: {day} {open_before}, {day} {open_after}"
    ));
    harness.get_by_label_contains("1 → 0 connected pairs and");
}

#[test]
fn a_mark_is_one_step_and_the_plan_says_what_it_means() {
    let mut harness = small();
    let mut assumptions = Assumptions::clone(&harness.state().model.project.assumptions);
    let id = {
        let model = &harness.state().model;
        let answers = model.answers.clone().expect("it is open");
        let step = &model.assessment.as_ref().expect("it is judged").assessment.plan.steps[0];
        answers.graph.credential_name(step.fix.credential).to_owned()
    };
    assumptions.marks.insert(id.clone(), CredentialMark::NotRotatable);
    apply(&mut harness, Command::Assume(assumptions));
    assert_eq!(harness.state().model.undoes(), Some("changing the marks of credentials"));
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::CutAndPlan)));
    harness.get_by_label_contains(&format!("{id} is not simply rotatable: a fix of it costs 5"));
    apply(&mut harness, Command::Undo);
    assert!(harness.state().model.project.assumptions.marks.is_empty());
}

#[test]
fn what_can_be_read_of_a_damaged_project_opens_as_a_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.keyreach");
    let mut harness = small();
    apply(&mut harness, Command::Fix(FixCommand::Add(NamedFix::new("k1", FixKind::Revoke))));
    apply(&mut harness, Command::Project(ProjectCommand::SaveAs));
    apply(&mut harness, Command::Project(ProjectCommand::Path(path.display().to_string())));
    apply(&mut harness, Command::Project(ProjectCommand::SaveThere));
    let whole = std::fs::read_to_string(&path).expect("it is saved");
    let rows = whole.find("{\"section\":\"rows\"").expect("it has rows");
    let damaged = format!("{}{}", &whole[..rows], whole[rows..].replacen("\"pay\"", "\"bay\"", 1));
    assert_ne!(damaged, whole);
    std::fs::write(&path, &damaged).expect("written");
    let opening = || Command::Open(Opening::Files(vec![path.clone()]));
    // What is open stays until it is closed.
    apply(&mut harness, opening());
    let notice = harness.state().model.notice.clone().unwrap_or_default();
    assert!(notice.contains("lost: the inventory; close what is open first"), "{notice}");
    drop(harness);
    let mut harness = empty();
    apply(&mut harness, opening());
    assert!(matches!(harness.state().model.saving.waiting, Some(Waiting::Damaged(_))));
    harness.get_by_label("Open what can be read as a copy?");
    harness.get_by_label("Lost: the inventory.");
    harness.get_by_label("Open the copy").click();
    harness.run();
    settle(&mut harness);
    let model = &harness.state().model;
    assert_eq!(model.project.fixes.list().len(), 1);
    assert!(model.inventory().is_none() && model.saving.place.is_none());
    assert!(model.saving.has_unsaved(&model.project), "closing asks");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), damaged);
}

#[test]
fn what_lies_behind_a_dialog_takes_no_clicks() {
    let mut harness = small();
    let tab = |harness: &Harness<'static, Window>| harness.state().model.session.tab;
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Findings)));
    harness.get_by_label("File").click();
    settle(&mut harness);
    let is_open = harness.query_by_label_contains("Save as").is_some();
    assert!(is_open, "the menu opens without a dialog");
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    apply(&mut harness, Command::Project(ProjectCommand::SaveAs));
    harness.get_by_label("Save the project as");
    harness.get_by_label("File").click();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Save as…").is_none(), "a menu opened behind a dialog");
    assert_eq!(tab(&harness), Tab::Findings);
    harness.get_by_label("Save the project as");
}

#[test]
fn a_menu_is_as_high_as_its_entries_where_there_is_room() {
    let mut harness = small();
    harness.set_size(egui::vec2(1366.0, 768.0));
    settle(&mut harness);
    harness.get_by_label("File").click();
    settle(&mut harness);
    // More than the 400 points that an area has by default.
    let last = harness.get_by_label_contains(FILE_ACTIONS.last().expect("it has entries").name);
    assert!(last.rect().bottom() > 440.0 && last.rect().bottom() < 760.0, "{:?}", last.rect());
}
