//! What stays by name when answers take the place of others, and what goes with what was open.

use std::collections::BTreeSet;
use std::path::Path;

use super::facets::facets;
use super::{SMALL, open_in_place};
use crate::analysis::{FixKind, Subject};
use crate::app::model::Model;
use crate::app::model::command::{
    AnswerCommand, Command, End, FixCommand, LookCommand, ReimportCommand, TableCommand,
};
use crate::app::model::filters::Facet;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::PickedEnd;
use crate::inventory::Assumptions;
use crate::project::NamedFix;
use crate::project::Opening;

const HEADER: &str = "id,password,type,service,environment,access,owner\n";
const ROWS: &str = "k1,,token,mail,dev,holds,Mia\nk1,,token,mail,prod,grants,Mia\n\
                    k1,,token,shop,prod,grants,Mia\nk1,,token,shop,prod,holds,Mia\n\
                    k2,,password,web,qa,holds,Noa\n,,token,bank,dev,holds,Noa\n\
                    ,hunter2hunter2,password,pay,qa,holds,Ole\n";
/// What a newer export begins with: each of its names sorts before all the others.
const FIRST: &str = "a0,,aaa,aaa,aaa,holds,Aaa\n";

/// A way to change something.
type Way = fn(&mut Model, &Path);

/// A file of a few credentials is open, of each of which another number would be another one.
fn opened(path: &Path) -> Window {
    std::fs::write(path, format!("{HEADER}{ROWS}")).expect("written");
    let mut window = headless(&Assumptions::new(jiff::civil::date(2026, 11, 23)));
    let model = &mut window.model;
    model.apply(Command::Open(Opening::Files(vec![path.to_owned()])));
    model.finish_jobs();
    assert_eq!(model.answers.as_ref().map(|answers| answers.graph.credentials().len()), Some(4));
    window
}

/// Takes an export with further rows in front.
fn take_newer(model: &mut Model, path: &Path) {
    std::fs::write(path, format!("{HEADER}{FIRST}{ROWS}")).expect("written");
    for command in [ReimportCommand::Read, ReimportCommand::Replace] {
        model.apply(Command::Reimport(command));
        model.finish_jobs();
    }
    assert!(model.inventory().is_some_and(|own| own.names.find("a0").is_some()));
}

/// A subject by what rows say of it, which no newer row in front changes.
fn known(answers: &Answers, subject: Subject) -> String {
    let graph = &answers.graph;
    match subject {
        Subject::Instance(at) => graph.written_name(at),
        Subject::Credential(at) => {
            let linked: Vec<_> =
                graph.instances_of(at).into_iter().map(|own| graph.written_name(own)).collect();
            format!("what {} has", linked.join(" and "))
        }
    }
}

#[test]
fn whatever_is_selected_stays_when_a_newer_export_has_others_in_front() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys.csv");
    let mut beside_the_worst = 0;
    for at in 0.. {
        let mut window = opened(&path);
        let model = &mut window.model;
        let answers = model.answers.clone().expect("there are answers");
        let Some(subject) = answers.subjects().nth(at) else { break };
        model.apply(Command::Select(Some(subject)));
        take_newer(model, &path);
        let newer = model.answers.clone().expect("there are answers");
        let selected = model.selected().expect("something is selected");
        assert_eq!(known(&newer, selected), known(&answers, subject));
        assert_ne!(selected, subject, "its number is another one now");
        beside_the_worst += usize::from(newer.findings.first().unwrap().subject != selected);
    }
    assert!(beside_the_worst > 4);
}

#[test]
fn picked_ends_stay_by_name_when_a_newer_export_has_others_in_front() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys.csv");
    let mut window = opened(&path);
    let model = &mut window.model;
    let ends = [(End::From, "mail", "dev"), (End::To, "shop", "prod")];
    for (end, service, environment) in ends {
        let answers = model.answers.clone().expect("there are answers");
        let at = answers.graph.find_instance(service, environment);
        assert!(at.is_some());
        model.apply(Command::Answer(AnswerCommand::Pick(end, at)));
    }
    take_newer(model, &path);
    let answers = model.answers.clone().expect("there are answers");
    let picked = [model.picked.from, model.picked.to].map(PickedEnd::instance);
    let expected =
        ends.map(|(_, service, environment)| answers.graph.find_instance(service, environment));
    assert_eq!(picked, expected);
}

/// The filters that are set, by name.
fn filters(model: &Model) -> BTreeSet<String> {
    let answers = model.answers.as_ref().expect("there are answers");
    let on = facets(answers).into_iter().filter(|(facet, ..)| model.filters().has(*facet));
    on.map(|(facet, name, _)| match facet {
        Facet::Environment(_) => format!("environment {name}"),
        Facet::Kind(_) => format!("type {name}"),
        Facet::Owner(_) => format!("owner {name}"),
        Facet::Severity(_) => format!("severity {name}"),
        Facet::End(_)
        | Facet::Headline
        | Facet::Hidden
        | Facet::Shared
        | Facet::Crossing
        | Facet::Unshared => name,
    })
    .collect()
}

/// The names of the credentials in sight.
fn in_sight(model: &Model) -> BTreeSet<String> {
    let answers = model.answers.as_ref().expect("there are answers");
    let listed = model.lists.credentials.iter();
    listed.map(|at| known(answers, Subject::Credential(*at))).collect()
}

/// Sets one filter of an inventory after another, alone; `None` once there is no further one.
fn filtered(path: &Path, at: usize) -> Option<Window> {
    let mut window = opened(path);
    let model = &mut window.model;
    let answers = model.answers.clone().expect("there are answers");
    let (facet, ..) = facets(&answers).into_iter().nth(at)?;
    model.apply(Command::Filter(facet, true));
    assert!(model.filters().any());
    Some(window)
}

fn assume_other(model: &mut Model) {
    let mut assumptions = Assumptions::clone(&model.project.assumptions);
    assumptions.unused_days += 1;
    // A new name in front of the others: each environment has another number then.
    assumptions.environments.alias("qa", "a-lab");
    model.apply(Command::Assume(assumptions));
}

fn add_fix(model: &mut Model) {
    model.apply(Command::Fix(FixCommand::Add(NamedFix::new("k1", FixKind::Revoke))));
}

#[test]
fn each_filter_stays_by_name_whatever_is_fixed_assumed_or_newly_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys.csv");
    let ways: [(&str, Way); 7] = [
        ("a newer export", take_newer),
        ("another assumption", |model, _| assume_other(model)),
        ("an assumption that is taken back", |model, _| {
            assume_other(model);
            model.finish_jobs();
            model.apply(Command::Undo);
        }),
        ("a fix", |model, _| add_fix(model)),
        ("a fix that is taken back and done again", |model, _| {
            add_fix(model);
            model.apply(Command::Undo);
            model.apply(Command::Redo);
        }),
        ("another theme", |model, _| model.apply(Command::Look(LookCommand::SwapTheme))),
        ("another selection", |model, _| model.apply(Command::Select(None))),
    ];
    for (name, way) in ways {
        let mut at = 0;
        while let Some(mut window) = filtered(&path, at) {
            at += 1;
            let model = &mut window.model;
            let (before, seen) = (filters(model), in_sight(model));
            way(model, &path);
            model.finish_jobs();
            // With an alias the environment has another name.
            if before.contains("environment qa") && name.contains("assumption") {
                continue;
            }
            assert_eq!(filters(model), before, "after {name}");
            if name != "another assumption" {
                let new = "what aaa@aaa has".to_owned();
                let seen_now: BTreeSet<_> =
                    in_sight(model).into_iter().filter(|own| *own != new).collect();
                assert_eq!(seen_now, seen, "after {name} with {before:?}");
            }
        }
        assert!(at > 12, "{at} filters");
    }
}

#[test]
fn each_filter_goes_with_the_inventory_that_it_was_set_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys.csv");
    let ways: [(&str, Way); 5] = [
        ("another inventory", |model, _| open_in_place(model, small())),
        ("closing, and opening it again", |model, path| {
            model.apply(Command::Close);
            model.apply(Command::Open(Opening::Files(vec![path.to_owned()])));
        }),
        ("closing, and taking that back", |model, _| {
            model.apply(Command::Close);
            model.apply(Command::Undo);
        }),
        ("a newer export that is taken back", |model, path| {
            take_newer(model, path);
            model.apply(Command::Undo);
        }),
        ("the import itself, taken back and done again", |model, _| {
            model.apply(Command::Undo);
            model.finish_jobs();
            model.apply(Command::Redo);
        }),
    ];
    for (name, way) in ways {
        let mut at = 0;
        while let Some(mut window) = filtered(&path, at) {
            at += 1;
            let model = &mut window.model;
            model.apply(Command::Table(TableCommand::RejectedOnly(true)));
            model.apply(Command::Table(TableCommand::FindProblems("x".to_owned())));
            way(model, &path);
            model.finish_jobs();
            let answers = model.answers.clone().expect("there are answers");
            assert!(!model.filters().any(), "after {name}");
            assert_eq!(model.lists.credentials.len(), answers.graph.credentials().len(), "{name}");
            let session = &model.session;
            assert!(!session.rejected_only && session.problem_text.is_empty(), "after {name}");
        }
        assert!(at > 12, "{at} filters");
    }
}

fn small() -> Opening {
    Opening::Bytes(vec![("small.csv".to_owned(), SMALL.as_bytes().to_vec())])
}

#[test]
fn what_is_selected_in_one_inventory_is_not_selected_in_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(&folder.path().join("keys.csv"));
    let model = &mut window.model;
    let answers = model.answers.clone().expect("there are answers");
    let k2 = answers.graph.find_credential("k2").map(Subject::Credential);
    model.apply(Command::Select(k2));
    open_in_place(model, small());
    let newer = model.answers.clone().expect("there are answers");
    let worst = newer.findings.first().map(|finding| finding.subject);
    assert_eq!(model.selected(), worst, "the worst is selected, though a k2 is here too");
    assert_ne!(worst.map(|own| newer.name(own)).as_deref(), Some("k2"));
}
