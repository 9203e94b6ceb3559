//! Undo and redo: each command that changes what the user made is one step that goes back and forth
//! and that ends what was undone before; every other command leaves undo and redo alone.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::command_kinds::{KINDS, changes};
use super::every_command::{prepared, samples};
use super::work_commands::workshop_note;
use crate::analysis::FixKind;
use crate::app::model::Model;
use crate::app::model::by_hand::ByHand;
use crate::app::model::command::{
    Command, FixCommand, NamesCommand, PresentCommand, ReimportCommand, StageCommand,
    WorkshopCommand,
};
use crate::app::model::step_label::UNNAMED;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::app::work::assessment::PickedEnd;
use crate::inventory::{
    Assumptions, Cost, IdsAcrossSources, Level, RuleSetting, Tier, UnstatedAccess,
};
use crate::project::{CredentialName, NamedFix, Opening, Project, SubjectName};

fn fix(model: &mut Model, command: FixCommand) {
    model.apply(Command::Fix(command));
}

fn add_fix(model: &mut Model, credential: &str) {
    fix(model, FixCommand::Add(NamedFix::new(credential, FixKind::Revoke)));
}

/// What the user made, and what undo and redo would do.
#[derive(Debug, PartialEq)]
struct State {
    project: Project,
    files: Vec<String>,
    steps: usize,
    undoes: Option<String>,
    redoes: Option<String>,
}

/// The state once all that follows from the project is there and follows from nothing else.
fn settled(model: &mut Model) -> State {
    model.finish_jobs();
    let project = model.project.clone();
    let graph = model.answers.as_ref().map(|answers| &answers.graph);
    assert_eq!(
        graph.map(|graph| Arc::as_ptr(graph.inventory())),
        project.sources.inventory.as_ref().map(Arc::as_ptr)
    );
    if let Some(graph) = graph {
        assert_eq!(*graph.assumptions(), *project.assumptions);
        assert_eq!(model.what_if.standings, project.fixes.found_in(graph));
        let picked = [&project.ends.from, &project.ends.to]
            .map(|name| name.as_ref().and_then(|name| name.found_in(graph)));
        assert_eq!([model.picked.from, model.picked.to].map(PickedEnd::instance), picked);
        let by_hand = ByHand::of(&project.filters.by_hand, graph);
        assert!(model.views.iter().all(|view| *view.spec.filters.by_hand() == by_hand));
        assert_eq!(model.picked.stated_only, project.ends.stated_only);
    }
    assert_eq!(model.assessment.is_some(), graph.is_some());
    State {
        files: project.sources.files.clone(),
        project,
        steps: model.history.position(),
        undoes: model.undoes().map(str::to_owned),
        redoes: model.redoes().map(str::to_owned),
    }
}

/// A sample on disk is open, with two fixes on the list.
fn opened(path: &Path) -> Window {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/payments.csv");
    std::fs::copy(sample, path).expect("the sample is there");
    let mut window = headless(&Assumptions::new(jiff::civil::date(2026, 11, 23)));
    let model = &mut window.model;
    model.apply(Command::Open(Opening::Files(vec![path.to_owned()])));
    model.finish_jobs();
    add_fix(model, "app-config-reader-dev");
    add_fix(model, "app-config-writer-prod");
    model.finish_jobs();
    window
}

/// The assumptions with one of them changed, once for each.
fn changed_assumptions(old: &Assumptions) -> Vec<(&'static str, Assumptions)> {
    // Named one by one: a new assumption does not compile until it is changed below.
    let Assumptions {
        as_of,
        unstated_access: _,
        pivot_needs: _,
        ids_across_sources: _,
        environments: _,
        rotation_days: _,
        unused_days: _,
        extraction_point_holds: _,
        plain_sight: _,
        costs: _,
        costs_by_type: _,
        cost_by_holders: _,
        entry_points: _,
        crown_jewels: _,
        marks: _,
        rules: _,
    } = old;
    let tomorrow = as_of.tomorrow().expect("there is one");
    let mut all: Vec<(&'static str, Assumptions)> = Vec::new();
    let mut with = |name, change: &dyn Fn(&mut Assumptions)| {
        let mut new = old.clone();
        change(&mut new);
        all.push((name, new));
    };
    with("as-of date", &|new| new.as_of = tomorrow);
    with("unstated access", &|new| new.unstated_access = UnstatedAccess::Holds);
    with("pivot", &|new| new.pivot_needs = Level::Admin);
    with("ids", &|new| new.ids_across_sources = IdsAcrossSources::Apart);
    with("alias", &|new| new.environments.alias("staging", "prod"));
    with("tier", &|new| new.environments.rank("dev", Tier(3)));
    with("age", &|new| new.rotation_days = 30);
    with("unused days", &|new| new.unused_days = 30);
    with("extraction points", &|new| new.extraction_point_holds = 2);
    with("plain sight", &|new| new.plain_sight.push("vault".to_owned()));
    with("cost", &|new| {
        new.costs.insert("app-config-reader-dev".to_owned(), Cost::Never);
    });
    with("cost of a type", &|new| {
        new.costs_by_type.insert("api key".to_owned(), Cost::Never);
    });
    with("cost by holders", &|new| new.cost_by_holders = true);
    with("entry points", &|new| new.entry_points.push("app-config@dev".to_owned()));
    with("marks", &|new| {
        let mark = crate::inventory::CredentialMark::NotRotatable;
        new.marks.insert("app-config-reader-dev".to_owned(), mark);
    });
    with("rules", &|new| {
        new.rules.insert("KR05".to_owned(), RuleSetting::Off);
    });
    with("crown jewels", &|new| new.crown_jewels.push("app-config@prod".to_owned()));
    all
}

/// The same. A name that somebody may have seen hidden keeps its pseudonym, also where a newer export is
/// taken back that gave it one.
fn settled_after(name: &str, model: &mut Model) -> State {
    let mut state = settled(model);
    if name == "replace" {
        state.project.pseudonyms = Arc::default();
    }
    state
}

/// Changes the project after something was undone, which nothing does again then, and goes back and
/// forth over the step.
fn goes_back_and_forth(name: &str, model: &mut Model, change: impl FnOnce(&mut Model)) {
    let before = settled_after(name, model);
    assert!(before.redoes.is_some(), "something was undone before {name}");
    change(model);
    let after = settled_after(name, model);
    assert_ne!(before.project, after.project, "{name} changes something");
    assert_eq!(after.steps, before.steps + 1, "{name} is one step");
    assert_ne!(after.undoes.as_deref(), Some(UNNAMED), "{name}");
    assert_eq!(after.redoes, None, "{name} is another way on");
    model.apply(Command::Redo);
    assert_eq!(settled_after(name, model), after, "after {name} nothing is to be done again");
    let before = State { redoes: after.undoes.clone(), ..before };
    for _ in 0..2 {
        model.apply(Command::Undo);
        assert_eq!(settled_after(name, model), before, "{name} is taken back in one step");
        model.apply(Command::Redo);
        assert_eq!(settled_after(name, model), after, "{name} is done again");
    }
}

/// Goes through the history, and from there to where it was.
fn travels(name: &str, model: &mut Model, command: Command) {
    let before = settled(model);
    model.apply(command);
    assert_ne!(settled(model).project, before.project, "{name} changes something");
    model.apply(Command::GoToStep(before.steps));
    assert_eq!(settled(model), before, "{name} is taken back");
}

#[test]
fn each_command_is_one_step_if_it_changes_the_project_and_leaves_undo_alone_if_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = samples(&prepared(folder.path())).len();
    let mut names = BTreeSet::new();
    for at in 0..count {
        let mut window = prepared(folder.path());
        let command = samples(&window).swap_remove(at);
        let (name, changes) = changes(&command);
        names.insert(name);
        let model = &mut window.model;
        if name == "replace" {
            model.apply(Command::Stage(StageCommand::Cancel));
            model.apply(Command::Reimport(ReimportCommand::Read));
            model.finish_jobs();
            assert!(model.comparison.is_some(), "there is a newer export");
        }
        if name == "keep in the workshop" {
            model.apply(Command::Stage(StageCommand::Cancel));
            let note = Box::new(workshop_note("Ann"));
            model.apply(Command::Workshop(WorkshopCommand::Ask(note)));
        }
        if name == "choose a pseudonym" {
            model.apply(Command::Stage(StageCommand::Cancel));
            let thing = SubjectName::Credential(CredentialName::Known("k1".to_owned()));
            model.apply(Command::Names(NamesCommand::AskPseudonym(thing)));
            model.finish_jobs();
            model.apply(Command::Names(NamesCommand::EditPseudonym("Juggernaut".to_owned())));
        }
        if matches!(command, Command::Undo | Command::Redo | Command::GoToStep(_)) {
            travels(name, model, command);
        } else if changes {
            goes_back_and_forth(name, model, |model| {
                model.apply(command);
                model.finish_jobs();
                if name == "open" {
                    // Another inventory waits for somebody to say what becomes of what is open.
                    model.apply(Command::Stage(StageCommand::Commit));
                    model.finish_jobs();
                }
                if name == "open" || name == "commit" {
                    // Nothing of another inventory is compared: it is opened at once.
                    assert!(model.comparison.is_none(), "{name}");
                }
            });
        } else {
            let before = settled(model);
            model.apply(command);
            // What scenes assume is gone when nobody presents them any more.
            model.apply(Command::Present(PresentCommand::Leave));
            assert_eq!(settled(model), before, "{name} changes nothing");
        }
    }
    assert_eq!(names.len(), KINDS, "{names:?}");
}

#[test]
fn each_assumption_is_one_step_that_ends_what_was_undone_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(&folder.path().join("payments.csv"));
    let model = &mut window.model;
    add_fix(model, "app-config-writer-dev");
    model.apply(Command::Undo);
    for (name, assumptions) in changed_assumptions(&model.project.assumptions.clone()) {
        goes_back_and_forth(name, model, |model| model.apply(Command::Assume(assumptions)));
        model.apply(Command::Undo);
    }
}

#[test]
fn a_change_that_changes_nothing_is_no_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(&folder.path().join("payments.csv"));
    let model = &mut window.model;
    model.apply(Command::Undo);
    let before = settled(model);
    assert!(before.undoes.is_some() && before.redoes.is_some());
    let first = model.project.fixes.list()[0].clone();
    let same = [
        Command::Assume(Assumptions::clone(&model.project.assumptions)),
        Command::Fix(FixCommand::Add(first)),
        Command::Fix(FixCommand::AddStep(usize::MAX)),
        Command::Fix(FixCommand::Switch(0, true)),
        Command::Fix(FixCommand::Switch(9, false)),
        Command::Fix(FixCommand::Shift(0, false)),
        Command::Fix(FixCommand::Remove(9)),
        Command::Reimport(ReimportCommand::Replace),
        Command::Stage(StageCommand::Commit),
        Command::GoToStep(before.steps),
    ];
    for command in same {
        assert!(changes(&command).1, "{command:?}");
        model.apply(command.clone());
        assert_eq!(settled(model), before, "{command:?}");
    }
}
