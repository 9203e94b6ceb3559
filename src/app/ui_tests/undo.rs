//! Undo and redo of every change: one step that goes back and forth, and that ends what was undone
//! before.

use std::path::Path;
use std::sync::Arc;

use super::SMALL;
use crate::analysis::FixKind;
use crate::app::jobs::{JobEnd, Opening};
use crate::app::model::Model;
use crate::app::model::command::{Command, FixCommand, ReimportCommand, StageCommand};
use crate::app::model::policy::LoadedPolicy;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::inventory::{Assumptions, Cost, Inventory, Level, Tier, UnstatedAccess};
use crate::project::{Fixes, NamedFix};

/// One way to change the project.
struct Change {
    name: &'static str,
    make: fn(&mut Model, &Path),
}

const CHANGES: [Change; 14] = [
    Change {
        name: "import of something else",
        make: |model, _| model.apply(Command::Open(small())),
    },
    Change {
        name: "import of what is staged",
        make: |model, _| {
            stage_small(model);
            model.apply(Command::Stage(StageCommand::Commit));
        },
    },
    Change { name: "a newer export", make: take_newer },
    Change { name: "closing", make: |model, _| model.apply(Command::Close) },
    Change { name: "loading of a policy", make: |model, _| load_policy(model) },
    Change { name: "adding", make: |model, _| add_fix(model, "db-payments-admin-dev") },
    Change { name: "adding a step", make: |model, _| fix(model, FixCommand::AddStep(1)) },
    Change { name: "adding the plan", make: |model, _| fix(model, FixCommand::AddPlan) },
    Change { name: "adding the cut", make: |model, _| fix(model, FixCommand::AddCut) },
    Change { name: "switching", make: |model, _| fix(model, FixCommand::Switch(0, false)) },
    Change { name: "moving down", make: |model, _| fix(model, FixCommand::Shift(0, true)) },
    Change { name: "moving up", make: |model, _| fix(model, FixCommand::Shift(1, false)) },
    Change { name: "removing", make: |model, _| fix(model, FixCommand::Remove(0)) },
    Change { name: "emptying", make: |model, _| fix(model, FixCommand::Clear) },
];

pub(super) fn small() -> Opening {
    Opening::Bytes(vec![("small.csv".to_owned(), SMALL.as_bytes().to_vec())])
}

fn stage_small(model: &mut Model) {
    model.apply(Command::Stage(StageCommand::Begin(small())));
    model.finish_jobs();
    assert!(model.staging.is_some());
}

/// One row less on disk, taken in place of what is open.
fn take_newer(model: &mut Model, path: &Path) {
    let text = std::fs::read_to_string(path).expect("the file is there");
    let (shorter, _) = text.trim_end().rsplit_once('\n').expect("it has several lines");
    std::fs::write(path, shorter).expect("written");
    model.apply(Command::Reimport(ReimportCommand::Read));
    model.finish_jobs();
    model.apply(Command::Reimport(ReimportCommand::Replace));
}

fn load_policy(model: &mut Model) {
    let mut assumptions = model.assumptions.clone();
    assumptions.unused_days = 7;
    assumptions.rotation_days = 8;
    let loaded = LoadedPolicy { name: "strict.toml".to_owned(), assumptions };
    model.finish_job(JobEnd::PolicyRead(Some(Ok(loaded))));
}

fn fix(model: &mut Model, command: FixCommand) {
    model.apply(Command::Fix(command));
}

fn add_fix(model: &mut Model, credential: &str) {
    fix(model, FixCommand::Add(NamedFix::new(credential, FixKind::Revoke)));
}

/// What the user made.
#[derive(Debug)]
pub(super) struct Made {
    files: Vec<String>,
    inventory: Option<Arc<Inventory>>,
    assumptions: Assumptions,
    fixes: Fixes,
}

impl PartialEq for Made {
    fn eq(&self, other: &Self) -> bool {
        let Self { files, inventory, assumptions, fixes } = self;
        let address = |own: &Option<Arc<Inventory>>| own.as_ref().map(Arc::as_ptr);
        *files == other.files
            && address(inventory) == address(&other.inventory)
            && *assumptions == other.assumptions
            && *fixes == other.fixes
    }
}

/// What the user made, once all that follows from it is there and follows from nothing else.
pub(super) fn made(model: &mut Model) -> Made {
    model.finish_jobs();
    let made = Made {
        files: model.document.files.clone(),
        inventory: model.document.inventory.clone(),
        assumptions: model.assumptions.clone(),
        fixes: model.fixes.clone(),
    };
    let graph = model.answers.as_ref().map(|answers| &answers.graph);
    assert_eq!(
        graph.map(|graph| Arc::as_ptr(graph.inventory())),
        made.inventory.as_ref().map(Arc::as_ptr)
    );
    if let Some(graph) = graph {
        assert_eq!(*graph.assumptions(), made.assumptions);
        assert_eq!(model.fixing.standings, made.fixes.found_in(graph));
    }
    assert_eq!(model.judged.is_some(), graph.is_some());
    made
}

/// A sample on disk is open, with two fixes on the list.
pub(super) fn opened(path: &Path) -> Window {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/payments.csv");
    std::fs::copy(sample, path).expect("the sample is there");
    let mut window = headless(&Assumptions::new(jiff::civil::date(2026, 11, 23)));
    let model = &mut window.model;
    model.jobs.ask_where = Arc::new(|_| None);
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
    with("crown jewels", &|new| new.crown_jewels.push("app-config@prod".to_owned()));
    all
}

/// Changes the project, goes back and forth over the step, and then on another way.
fn goes_back_and_forth(name: &str, model: &mut Model, change: impl FnOnce(&mut Model)) {
    let before = made(model);
    let earlier = model.undoes().map(str::to_owned);
    change(model);
    let after = made(model);
    assert_ne!(before, after, "{name} changes something");
    let label = model.undoes().map(str::to_owned);
    assert_eq!(model.redoes(), None, "{name}");
    for _ in 0..2 {
        model.apply(Command::Undo);
        assert_eq!(made(model), before, "{name} is taken back in one step");
        assert_eq!(model.undoes(), earlier.as_deref(), "{name}");
        assert_eq!(model.redoes(), label.as_deref(), "{name}");
        model.apply(Command::Redo);
        assert_eq!(made(model), after, "{name} is done again");
        assert_eq!(model.undoes(), label.as_deref(), "{name}");
        assert_eq!(model.redoes(), None, "{name}");
    }
}

/// Whether a change made after an undo leaves nothing to be done again.
fn ends_what_was_undone(name: &str, model: &mut Model, change: impl FnOnce(&mut Model)) {
    add_fix(model, "app-config-writer-dev");
    model.apply(Command::Undo);
    made(model);
    assert!(model.redoes().is_some());
    change(model);
    let after = made(model);
    assert_eq!(model.redoes(), None, "{name} is another way on");
    model.apply(Command::Redo);
    assert_eq!(made(model), after, "after {name} nothing is to be done again");
}

#[test]
fn each_change_is_undone_and_redone_in_one_step_and_ends_what_was_undone_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payments.csv");
    for Change { name, make } in &CHANGES {
        let mut window = opened(&path);
        goes_back_and_forth(name, &mut window.model, |model| make(model, &path));
        let mut window = opened(&path);
        ends_what_was_undone(name, &mut window.model, |model| make(model, &path));
    }
}

#[test]
fn each_assumption_is_undone_and_redone_in_one_step_and_ends_what_was_undone_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(&folder.path().join("payments.csv"));
    let model = &mut window.model;
    for (name, assumptions) in changed_assumptions(&model.assumptions.clone()) {
        let assume = Command::Assume(assumptions);
        goes_back_and_forth(name, model, |model| model.apply(assume.clone()));
        model.apply(Command::Undo);
        ends_what_was_undone(name, model, |model| model.apply(assume));
        model.apply(Command::Undo);
    }
}

#[test]
fn the_last_fifty_steps_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(&folder.path().join("payments.csv"));
    let model = &mut window.model;
    for step in 0..60 {
        fix(model, FixCommand::Switch(0, step % 2 == 1));
    }
    let taken_back = (0..).take_while(|_| {
        let any = model.undoes().is_some();
        model.apply(Command::Undo);
        any
    });
    assert_eq!(taken_back.count(), 50);
    model.finish_jobs();
}
