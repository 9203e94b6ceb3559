//! Newer exports of what is open: compared first, then taken or not.

use std::path::Path;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::empty;
use crate::analysis::{FixKind, Subject};
use crate::app::model::Model;
use crate::app::model::command::{Command, FixCommand, ReimportCommand, WorkshopCommand, Written};
use crate::app::model::job_end::JobEnd;
use crate::app::shell::window::Window;
use crate::export::DifferenceSection;
use crate::project::{
    CredentialName, InstanceName, NamedFix, Opening, RedactedKinds, Redaction, SubjectName,
    WrittenFact,
};

/// A window on a file of two credentials, of which the file then names other ones.
pub(super) fn changed_file(folder: &Path) -> Harness<'static, Window> {
    let path = folder.join("keys.csv");
    let before = "id,service,environment,access\nk1,shop,dev,holds\nk1,shop,prod,grants\n\
                  k2,bank,prod,holds\n";
    std::fs::write(&path, before).expect("written");
    let mut harness = empty();
    let opening = Opening::Files(vec![path.clone()]);
    harness.state_mut().model.apply(Command::Open(opening));
    harness.state_mut().model.finish_jobs();
    let after = "id,service,environment,access\nk1,shop,dev,holds\nk3,bank,prod,holds\n";
    std::fs::write(&path, after).expect("written");
    harness.state_mut().model.apply(Command::Ended(JobEnd::ChangedOnDisk(vec![path])));
    harness.run();
    harness
}

#[test]
fn a_file_that_changed_is_compared_before_it_takes_the_old_ones_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = changed_file(folder.path());
    harness.get_by_label("keys.csv has changed on disk");
    harness.get_by_label("See what is different…").click();
    harness.step();
    harness.step();
    harness.state_mut().model.finish_jobs();
    harness.run();
    harness.get_by_label("1 credential added");
    harness.get_by_label("1 pair no longer connected");
    // k3 has neither an owner nor an expiry. Of two services in prod, shop in dev entered one.
    harness.get_by_label("It got worse: 2 new findings");
    harness.get_by_label("2 new findings");
    harness.get_by_label_contains("Exposure, before: 1 of 2 pairs");
    assert_eq!(harness.state().model.answers.as_ref().map(|a| a.totals.credentials), Some(2));
    assert!(harness.state().model.inventory().is_some_and(|i| i.names.find("k2").is_some()));
    harness.get_by_label("Replace what is open").click();
    harness.run();
    harness.state_mut().model.finish_jobs();
    harness.run();
    let model = &harness.state().model;
    assert!(model.inventory().is_some_and(|i| i.names.find("k2").is_none()));
    assert!(model.comparison.is_none() && model.changed_on_disk.is_empty());
    assert_eq!(model.undoes(), Some("importing keys.csv"));
    harness.state_mut().model.apply(Command::Undo);
    harness.state_mut().model.finish_jobs();
    let model = &harness.state().model;
    assert!(model.inventory().is_some_and(|i| i.names.find("k2").is_some()));
}

#[test]
fn of_a_newer_export_only_the_new_row_differs_and_fix_and_selection_stay_with_their_credential() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys.csv");
    let rows = "shared,,mail,prod,holds\nshared,,mail,dev,holds\n,hunter2hunter2,pay,dev,holds\n\
                ,hunter2hunter2,pay,prod,grants\n,,bank,dev,holds\n";
    let text = |first: &str| format!("id,password,service,environment,access\n{first}{rows}");
    std::fs::write(&path, text("")).expect("written");
    let mut harness = empty();
    let model = &mut harness.state_mut().model;
    model.apply(Command::Open(Opening::Files(vec![path.clone()])));
    model.finish_jobs();
    let find = |model: &Model, name: &str| {
        model.answers.as_ref().and_then(|answers| answers.graph.find_credential(name))
    };
    let lone = find(model, "unnamed@keys.csv:6").expect("it is called after its row");
    model.apply(Command::Select(Some(Subject::Credential(lone))));
    let fix = NamedFix::new("unnamed@keys.csv:4", FixKind::Revoke);
    model.apply(Command::Fix(FixCommand::Add(fix)));
    model.finish_jobs();
    std::fs::write(&path, text(",,fresh,qa,holds\n")).expect("written");
    model.apply(Command::Open(Opening::Files(vec![path])));
    model.finish_jobs();
    let comparison = model.comparison.clone().expect("it is a newer export");
    let differing = comparison.sections.iter().filter(|section| section.total > 0);
    let headings: Vec<String> = differing.map(DifferenceSection::heading).collect();
    // It has neither an owner nor an expiry.
    let expected =
        ["2 new findings", "1 credential added", "1 service instance added", "1 link added"];
    assert_eq!(headings, expected);
    model.apply(Command::Reimport(ReimportCommand::Replace));
    model.finish_jobs();
    let worst = model.answers.as_ref().map(|answers| answers.findings[0].subject);
    let lone = find(model, "unnamed@keys.csv:7").map(Subject::Credential);
    assert_eq!(model.selected(), lone, "it moved down by a row");
    assert_ne!(lone, worst, "what is selected for want of anything else is another one");
    let same = find(model, "unnamed@keys.csv:5").expect("it moved down by a row");
    let named = model.project.fixes.list().first().map(|fix| fix.credential.as_str());
    assert_eq!(named, Some("unnamed@keys.csv:5"));
    assert_eq!(model.fixes_in_force().first().map(|fix| fix.credential), Some(same));
}

#[test]
fn names_keep_the_pseudonyms_that_they_had_before_a_newer_export_came() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = changed_file(folder.path());
    let before = harness.state().model.project.clone();
    let of_before = Redaction::of_project(RedactedKinds::default(), &before).pseudonyms().clone();
    assert!(before.pseudonyms.is_empty(), "names were never hidden");
    for command in [ReimportCommand::Read, ReimportCommand::Replace] {
        harness.state_mut().model.apply(Command::Reimport(command));
        harness.state_mut().model.finish_jobs();
        harness.run();
    }
    let now = &harness.state().model.project;
    assert!(now.sources.inventory.as_ref().is_some_and(|own| own.names.find("k3").is_some()));
    let credential = |id: &str| SubjectName::Credential(CredentialName::Known(id.to_owned()));
    for id in ["k1", "k2"] {
        let known = of_before.pseudonym_of(&credential(id));
        assert!(known.is_some() && now.pseudonyms.pseudonym_of(&credential(id)) == known, "{id}");
    }
    let new = now.pseudonyms.pseudonym_of(&credential("k3"));
    assert!(new > now.pseudonyms.pseudonym_of(&credential("k2")), "{new:?} sorts behind");
    // What comes by hand has one from then on.
    let fact = WrittenFact {
        credential: "k3".to_owned(),
        service: "vault".to_owned(),
        ..WrittenFact::default()
    };
    for command in [WorkshopCommand::Ask(Box::new(Written::Fact(fact))), WorkshopCommand::Keep] {
        harness.state_mut().model.apply(Command::Workshop(command));
        harness.state_mut().model.finish_jobs();
        harness.run();
    }
    let service = InstanceName { service: "vault".to_owned(), environment: String::new() };
    let pseudonyms = &harness.state().model.project.pseudonyms;
    assert!(pseudonyms.pseudonym_of(&SubjectName::Instance(service)).is_some());
}

#[test]
fn what_is_open_stays_when_a_newer_export_is_not_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = changed_file(folder.path());
    let opening = Opening::Files(vec![folder.path().join("keys.csv")]);
    harness.state_mut().model.apply(Command::Open(opening));
    harness.state_mut().model.finish_jobs();
    harness.run();
    harness.get_by_label("Keep what is open").click();
    harness.run();
    let model = &harness.state().model;
    assert!(model.inventory().is_some_and(|i| i.names.find("k2").is_some()));
    assert!(model.comparison.is_none());
}
