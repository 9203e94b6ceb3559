//! Findings as work and scenarios in the window.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::reimport::changed_file;
use super::{SMALL, empty, open, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::model::command::{
    Command, DecideOn, FindingCommand, FixCommand, ReimportCommand, ScenarioCommand, TableCommand,
};
use crate::app::model::finding_draft::{DecisionDraft, DecisionKind};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::work::sort::Sort;
use crate::project::{FindingState, NamedFix, NoteOn};

pub(super) fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

pub(super) fn small() -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "small.csv", SMALL.as_bytes().to_vec());
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Findings)));
    harness
}

/// What the editor says, with something changed.
fn edit(harness: &mut Harness<'static, Window>, change: impl FnOnce(&mut DecisionDraft)) {
    let mut draft = harness.state().model.session.decision.clone().expect("it is open");
    change(&mut draft);
    apply(harness, Command::Finding(FindingCommand::Edit(Box::new(draft))));
}

/// Presses the button of the editor, which says why it cannot be done.
fn refused(harness: &mut Harness<'static, Window>, why: &str) {
    harness.get_by_label("Decide").click();
    harness.run();
    harness.get_by_label_contains(why);
}

#[test]
fn a_decision_on_all_that_is_listed_is_one_step_and_the_table_is_filtered_by_state() {
    let mut harness = small();
    let all = harness.state().model.lists.findings.len();
    assert!(all > 2);
    apply(&mut harness, Command::Finding(FindingCommand::Ask(DecideOn::Row(0))));
    harness.get_by_label("Decide on 1 finding");
    edit(&mut harness, |draft| draft.kind = DecisionKind::RiskAccepted);
    refused(&mut harness, "⚠ say why the risk is accepted");
    edit(&mut harness, |draft| draft.reason = "legacy".to_owned());
    refused(&mut harness, "⚠ say who accepts the risk");
    edit(&mut harness, |draft| {
        draft.by = "CISO".to_owned();
        draft.until = "soon".to_owned();
    });
    refused(&mut harness, "write until when it is accepted as a day");
    // On its day it is open again: a day that has come accepts nothing.
    let today = harness.state().model.project.assumptions.as_of.to_string();
    edit(&mut harness, |draft| draft.until = today);
    refused(&mut harness, "⚠ the risk must be accepted until a day after");
    edit(&mut harness, |draft| draft.until = "2030-03-01".to_owned());
    harness.get_by_label("Decide").click();
    harness.run();
    settle(&mut harness);
    let model = &harness.state().model;
    assert!(model.session.decision.is_none());
    assert_eq!(model.project.findings.records.len(), 1);
    assert!(model.undoes().is_some_and(|label| label.starts_with("accepting the risk of KR")));
    harness.get_by_label_contains("risk accepted until 2030-03-01");
    // The filter leaves that one alone; the others are decided on together.
    let show = |state| Command::Finding(FindingCommand::Show(state));
    apply(&mut harness, show(Some(FindingState::RiskAccepted)));
    assert_eq!(harness.state().model.lists.findings.len(), 1);
    apply(&mut harness, show(Some(FindingState::Open)));
    assert_eq!(harness.state().model.lists.findings.len(), all - 1);
    apply(&mut harness, Command::Finding(FindingCommand::Ask(DecideOn::Listed)));
    edit(&mut harness, |draft| draft.assignee = "ann".to_owned());
    harness.get_by_label("Decide").click();
    harness.run();
    apply(&mut harness, show(None));
    let model = &harness.state().model;
    assert_eq!(model.project.findings.records.len(), all);
    assert!(model.undoes().is_some_and(|label| label == format!("assigning {} findings", all - 1)));
    // Sorted by state what needs work comes first.
    apply(&mut harness, Command::Table(TableCommand::SortBy(Sort::State)));
    let model = &harness.state().model;
    let own = model.standings.as_ref().expect("something is open");
    let answers = model.answers.as_ref().expect("something is open");
    let states: Vec<FindingState> = model
        .lists
        .findings
        .iter()
        .map(|&at| own.standings.standing(&answers.findings[at as usize]).state)
        .collect();
    assert!(states.is_sorted() && states.last() == Some(&FindingState::RiskAccepted), "{states:?}");
    apply(&mut harness, Command::Undo);
    apply(&mut harness, Command::Undo);
    assert!(harness.state().model.project.findings.records.is_empty());
}

#[test]
fn a_newer_export_resolves_what_is_gone_and_says_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = changed_file(folder.path());
    apply(&mut harness, Command::Reimport(ReimportCommand::Read));
    apply(&mut harness, Command::Reimport(ReimportCommand::Replace));
    let register = &harness.state().model.project.findings;
    assert_eq!(register.imports.len(), 2);
    let as_of = harness.state().model.project.assumptions.as_of;
    let of = |state| register.records.values().filter(|own| own.state(as_of) == state).count();
    assert!(of(FindingState::Resolved) > 0);
    // k3 has neither an owner nor an expiry.
    let new: Vec<String> = register
        .records
        .iter()
        .filter(|(_, own)| own.first_seen == 1)
        .map(|(name, _)| name.about_words())
        .collect();
    assert_eq!(new, ["k3", "k3"]);
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Findings)));
    harness.get_by_label_contains("2 new");
    // What is gone can be listed, and what it was about is named.
    let model = &harness.state().model;
    let own = model.standings.as_ref().expect("something is open");
    let gone: Vec<String> =
        own.standings.past().iter().map(|past| past.name.about_words()).collect();
    let answers = model.answers.clone().expect("something is open");
    assert!(
        own.standings.counts(&answers.findings).contains(&(FindingState::Resolved, gone.len()))
    );
    apply(&mut harness, Command::Finding(FindingCommand::Show(Some(FindingState::Resolved))));
    assert_eq!(harness.get_all_by_label("resolved").count(), gone.len());
    for name in gone {
        assert!(harness.get_all_by_label_contains(&name).next().is_some(), "{name}");
    }
    // A click selects what is still there; of what is gone the row says so.
    apply(&mut harness, Command::Select(None));
    harness.get_all_by_label("k2 (no longer in the inventory)").next().expect("it is gone").click();
    harness.run();
    assert_eq!(super::selected_name(&harness), None);
    let below = harness.get_by_label("Map of credentials and services").rect().bottom();
    let rows: Vec<_> = harness
        .get_all_by_label_contains("k1")
        .filter(|own| own.rect().top() > below && own.rect().width() > 0.0)
        .collect();
    rows.last().expect("its finding is resolved").click();
    drop(rows);
    harness.run();
    assert_eq!(super::selected_name(&harness).as_deref(), Some("k1"));
    assert_eq!(harness.state().model.session.tab, Tab::Findings);
    assert!(harness.get_all_by_label("resolved").next().is_some(), "the list is still there");
    apply(&mut harness, Command::Finding(FindingCommand::Show(None)));
    apply(&mut harness, Command::Undo);
    assert_eq!(harness.state().model.project.findings.imports.len(), 1);
}

#[test]
fn a_note_is_one_step_and_stands_in_the_inspector() {
    let mut harness = small();
    let model = &harness.state().model;
    let answers = model.answers.clone().expect("something is open");
    let subject = model.selected().expect("the worst is selected");
    let on = NoteOn::Subject(crate::project::SubjectName::of(&answers.graph, subject));
    let note = FindingCommand::Note(on.clone(), "ask Ann".to_owned());
    apply(&mut harness, Command::Finding(note));
    harness.get_by_label(&format!("Note on {}", on.words()));
    assert_eq!(harness.state().model.project.notes.on(&on), Some("ask Ann"));
    assert!(harness.state().model.saving.has_unsaved(&harness.state().model.project));
    assert!(harness.query_by_label("names").is_none(), "it names nothing that is there");
    let others = answers.graph.credential_indices().map(Subject::Credential);
    let other = others.into_iter().find(|own| *own != subject).expect("there are several");
    let name = answers.name(other);
    let naming = FindingCommand::Note(on, format!("ask Ann about {name}, too"));
    apply(&mut harness, Command::Finding(naming));
    harness.get_by_label("names");
    apply(&mut harness, Command::Undo);
    apply(&mut harness, Command::Undo);
    assert!(harness.state().model.project.notes.is_empty());
}

#[test]
fn scenarios_are_kept_used_compared_and_copied_as_tasks() {
    let mut harness = small();
    let revoke = |id: &str| Command::Fix(FixCommand::Add(NamedFix::new(id, FixKind::Revoke)));
    let scenario = Command::Scenario;
    apply(&mut harness, revoke("k1"));
    apply(&mut harness, scenario(ScenarioCommand::Keep("small step".to_owned())));
    apply(&mut harness, revoke("k2"));
    apply(&mut harness, scenario(ScenarioCommand::Keep("small step".to_owned())));
    let names = |harness: &Harness<'static, Window>| -> Vec<String> {
        let list = harness.state().model.project.scenarios.list();
        list.iter().map(|own| own.name.clone()).collect()
    };
    assert_eq!(names(&harness), ["small step", "small step 2"]);
    apply(&mut harness, scenario(ScenarioCommand::Use("small step".to_owned())));
    assert_eq!(harness.state().model.project.fixes.list().len(), 1);
    assert_eq!(harness.state().model.undoes(), Some("using the scenario “small step”"));
    apply(&mut harness, scenario(ScenarioCommand::Compare));
    let table = harness.state().model.scenario_table.clone().expect("it is compared");
    let compared: Vec<(&str, usize)> =
        table.lists.iter().map(|own| (own.name.as_str(), own.fixes)).collect();
    assert_eq!(compared[0], ("as it is", 0));
    assert!(compared.contains(&("small step", 1)) && compared.contains(&("small step 2", 2)));
    harness.get_by_label("Accesses lost");
    apply(&mut harness, scenario(ScenarioCommand::CopyTasks("small step 2".to_owned())));
    let model = &harness.state().model;
    assert!(model.notice.as_deref().is_some_and(|notice| notice.contains("clipboard")));
    let rename = ScenarioCommand::Rename("small step".to_owned(), "small step 2".to_owned());
    apply(&mut harness, scenario(rename));
    assert_eq!(names(&harness), ["small step", "small step 2"]);
    apply(&mut harness, scenario(ScenarioCommand::Remove("small step".to_owned())));
    apply(&mut harness, Command::Undo);
    assert_eq!(names(&harness), ["small step", "small step 2"]);
}

#[test]
fn what_is_planned_names_a_fix_of_a_scenario_and_follows_it() {
    let mut harness = small();
    let scenario = Command::Scenario;
    let keep = |harness: &mut Harness<'static, Window>, id: &str, name: &str| {
        let revoke = FixCommand::Add(NamedFix::new(id, FixKind::Revoke));
        apply(harness, Command::Fix(revoke));
        apply(harness, scenario(ScenarioCommand::Keep(name.to_owned())));
    };
    apply(&mut harness, Command::Finding(FindingCommand::Ask(DecideOn::Listed)));
    edit(&mut harness, |draft| draft.kind = DecisionKind::Planned);
    refused(&mut harness, "⚠ there is no scenario yet");
    apply(&mut harness, Command::Finding(FindingCommand::Leave));
    keep(&mut harness, "k1", "Q1");
    keep(&mut harness, "k2", "Q2");
    // Q1 has one fix, with which all are planned to go.
    let listed = harness.state().model.lists.findings.len();
    apply(&mut harness, Command::Finding(FindingCommand::Ask(DecideOn::Listed)));
    edit(&mut harness, |draft| draft.kind = DecisionKind::Planned);
    refused(&mut harness, "⚠ name the scenario that has the fix");
    edit(&mut harness, |draft| draft.scenario = "Q9".to_owned());
    refused(&mut harness, "⚠ no scenario is called “Q9”; there are: Q1, Q2");
    harness.get_by_label("Q1").click();
    harness.run();
    harness.get_by_label("Revoke k1");
    harness.get_by_label("Decide").click();
    harness.run();
    settle(&mut harness);
    let planned = |harness: &Harness<'static, Window>, name: &str| {
        harness.state().model.project.findings.planned_in(name).len()
    };
    assert_eq!(planned(&harness, "Q1"), listed);
    let rename = ScenarioCommand::Rename("Q1".to_owned(), "First quarter".to_owned());
    apply(&mut harness, scenario(rename));
    assert_eq!((planned(&harness, "Q1"), planned(&harness, "First quarter")), (0, listed));
    // Without its scenario it is open again, and Undo brings both back.
    apply(&mut harness, scenario(ScenarioCommand::Remove("First quarter".to_owned())));
    assert_eq!(planned(&harness, "First quarter"), 0);
    let notice = harness.state().model.notice.clone().unwrap_or_default();
    let said = format!("{listed} findings that were planned in “First quarter” are open again");
    assert!(notice.contains(&said), "{notice}");
    apply(&mut harness, Command::Undo);
    assert_eq!(planned(&harness, "First quarter"), listed);
    assert!(harness.state().model.project.scenarios.named("First quarter").is_some());
    // The same where it has other fixes now.
    apply(&mut harness, Command::Fix(FixCommand::Clear));
    apply(&mut harness, scenario(ScenarioCommand::Put("First quarter".to_owned())));
    assert_eq!(planned(&harness, "First quarter"), 0);
    apply(&mut harness, Command::Undo);
    assert_eq!(planned(&harness, "First quarter"), listed);
}
