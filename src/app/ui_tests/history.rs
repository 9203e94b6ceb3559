//! The history: its list, and that undo takes back whatever any command changes of the project.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::analysis::{FixKind, Severity, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{
    AnswerCommand, Command, End, FixCommand, LookCommand, PolicyCommand, ReimportCommand,
    StageChoice, StageCommand, Step, TableCommand,
};
use crate::app::model::filters::Facet;
use crate::app::model::job_end::JobEnd;
use crate::app::model::route::RouteOf;
use crate::app::model::step_label::UNNAMED;
use crate::app::model::tab::Tab;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::app::ui_tests::{SMALL, sample, settle};
use crate::app::work::policy_files::LoadedPolicy;
use crate::app::work::sort::Sort;
use crate::graph::InstanceIndex;
use crate::inventory::Assumptions;
use crate::project::{NamedFix, Opening};

fn fix(id: &str) -> Command {
    Command::Fix(FixCommand::Add(NamedFix::new(id, FixKind::Revoke)))
}

fn split(id: &str) -> Command {
    Command::Fix(FixCommand::Add(NamedFix::new(id, FixKind::SplitByOwner)))
}

fn fixes(harness: &Harness<'static, Window>) -> usize {
    harness.state().model.project.fixes.list().len()
}

#[test]
fn the_history_lists_every_step_and_a_click_jumps_to_it() {
    let mut harness = sample("talk.csv");
    for command in [
        fix("deploy-key-prod"),
        Command::Answer(AnswerCommand::StatedOnly(true)),
        fix("metrics-agent-token"),
    ] {
        harness.state_mut().model.apply(command);
    }
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(egui::Event::Text("edit history".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("1. the import of talk.csv");
    harness.get_by_label("3. change of path ends");
    harness.get_by_label("2. adding of “revoke deploy-key-prod”").click();
    settle(&mut harness);
    assert_eq!((fixes(&harness), harness.state().model.picked.stated_only), (1, false));
    harness.get_by_label("4. adding of “revoke metrics-agent-token”").click();
    settle(&mut harness);
    assert_eq!((fixes(&harness), harness.state().model.picked.stated_only), (2, true));
    harness.get_by_label("The beginning").click();
    settle(&mut harness);
    assert!(harness.state().model.answers.is_none());
    harness.get_by_label("4. adding of “revoke metrics-agent-token”").click();
    settle(&mut harness);
    assert_eq!((fixes(&harness), harness.state().model.picked.stated_only), (2, true));
    assert!(harness.state().model.answers.is_some());
    harness.get_by_label("Close the history").click();
    harness.run();
    assert!(harness.query_by_label("The beginning").is_none());
}

/// A window on a file with a fix, picked ends and something staged beside it, whose file a newer
/// export replaced on disk.
fn prepared(folder: &std::path::Path) -> Window {
    let path = folder.join("keys.csv");
    let rows = |last: &str| {
        format!(
            "id,service,environment,access,type\nk1,shop,dev,holds,key\nk1,pay,prod,grants,key\n\
             k2,pay,prod,holds,key\n{last},bank,prod,grants,key\n"
        )
    };
    std::fs::write(&path, rows("k2")).expect("written");
    let mut window = headless(&Assumptions::new(jiff::civil::date(2026, 11, 23)));
    let model = &mut window.model;
    model.ask_where = std::sync::Arc::new(|_| None);
    for command in [
        Command::Open(Opening::Files(vec![path.clone()])),
        split("k1"),
        split("k2"),
        Command::Answer(AnswerCommand::Pick(End::From, Some(InstanceIndex(2)))),
        Command::Fix(FixCommand::Switch(1, false)),
    ] {
        model.apply(command);
        model.finish_jobs();
    }
    let staged = Opening::Bytes(vec![("small.csv".to_owned(), SMALL.as_bytes().to_vec())]);
    model.apply(Command::Stage(StageCommand::Begin(staged)));
    model.finish_jobs();
    std::fs::write(&path, rows("k3")).expect("written");
    window
}

/// What one sample is, and whether it changes the project. Whoever adds a command says so here.
fn changes(command: &Command) -> (&'static str, bool) {
    match command {
        Command::Open(_) => ("open", true),
        Command::Stage(stage) => match stage {
            StageCommand::Begin(_) => ("begin", false),
            StageCommand::Review => ("review", false),
            StageCommand::Show(_) => ("show file", false),
            StageCommand::ShowTable(_) => ("show table", false),
            StageCommand::ForAll(_) => ("for all", false),
            StageCommand::Choose(_) => ("choose", false),
            StageCommand::SaveMapping => ("save mapping", false),
            StageCommand::Commit => ("commit", true),
            StageCommand::Cancel => ("cancel staging", false),
        },
        Command::AskForFiles => ("ask for files", false),
        Command::SaveRejected => ("save rejected", false),
        Command::Reimport(reimport) => match reimport {
            ReimportCommand::Read => ("read anew", false),
            ReimportCommand::Replace => ("replace", true),
            ReimportCommand::Keep => ("keep", false),
        },
        Command::Close => ("close", true),
        Command::Select(_) => ("select", false),
        Command::WalkFindings(_) => ("walk", false),
        Command::ShowWorst => ("worst", false),
        Command::Back => ("back", false),
        Command::Filter(..) => ("filter", false),
        Command::ClearFilters => ("clear filters", false),
        Command::Table(table) => match table {
            TableCommand::Show(_) => ("tab", false),
            TableCommand::SortBy(_) => ("sort", false),
            TableCommand::SortAnswersBy(_) => ("sort answers", false),
            TableCommand::RejectedOnly(_) => ("rejected only", false),
            TableCommand::FindProblems(_) => ("find problems", false),
            TableCommand::Pick(_) => ("pick row", false),
            TableCommand::Walk(_) => ("walk table", false),
        },
        Command::Answer(answer) => match answer {
            AnswerCommand::Judge => ("judge", false),
            AnswerCommand::Show(_) => ("show route", false),
            AnswerCommand::Pick(..) => ("pick end", true),
            AnswerCommand::SwapEnds => ("swap ends", true),
            AnswerCommand::StatedOnly(_) => ("stated only", true),
            AnswerCommand::MorePaths => ("more paths", false),
            AnswerCommand::SelectStep(_) => ("select step", false),
        },
        Command::Fix(fix) => match fix {
            FixCommand::Add(_) => ("add", true),
            FixCommand::AddStep(_) => ("add step", true),
            FixCommand::AddPlan => ("add plan", true),
            FixCommand::AddCut => ("add cut", true),
            FixCommand::Switch(..) => ("switch", true),
            FixCommand::Shift(..) => ("shift", true),
            FixCommand::Remove(_) => ("remove", true),
            FixCommand::Clear => ("clear", true),
            FixCommand::Choose(_) => ("choose fix", false),
            FixCommand::WorkOut => ("work out", false),
        },
        Command::Look(look) => match look {
            LookCommand::SwapTheme => ("theme", false),
            LookCommand::Fit => ("fit", false),
            LookCommand::Focus => ("focus", false),
            LookCommand::Zoom(_) => ("zoom", false),
            LookCommand::Pan(..) => ("pan", false),
            LookCommand::Palette(_) => ("palette", false),
            LookCommand::PaletteText(_) => ("palette text", false),
            LookCommand::PaletteAt(_) => ("palette at", false),
            LookCommand::Help(_) => ("help", false),
            LookCommand::History(_) => ("history", false),
            LookCommand::FoldFilters => ("fold filters", false),
            LookCommand::FoldInspector => ("fold inspector", false),
            LookCommand::FoldTables => ("fold tables", false),
            LookCommand::Search(_) => ("search", false),
            LookCommand::ToMap => ("to map", false),
            LookCommand::Split => ("split", false),
            LookCommand::CloseOtherView => ("close other view", false),
            LookCommand::ToOtherView => ("to other view", false),
            LookCommand::ToView(_) => ("to view", false),
        },
        Command::Assume(_) => ("assume", true),
        Command::Policy(policy) => match policy {
            PolicyCommand::Open(_) => ("open page", false),
            PolicyCommand::Load => ("load policy", false),
            PolicyCommand::Save => ("save policy", false),
        },
        Command::Undo => ("undo", true),
        Command::Redo => ("redo", false),
        Command::GoToStep(_) => ("go to step", true),
        Command::Ended(end) => match end {
            JobEnd::PolicyRead(_) => ("policy read", true),
            JobEnd::Imported(_) => ("imported", false),
            JobEnd::Other(_) => ("other", true),
            JobEnd::Compared(_) => ("compared", false),
            JobEnd::ChangedOnDisk(_) => ("changed on disk", false),
            JobEnd::Staged(_) => ("staged", false),
            JobEnd::Previewed(_) => ("previewed", false),
            JobEnd::ImportCounts(_) => ("counts", false),
            JobEnd::Filtered(_) => ("filtered", false),
            JobEnd::Answered(_) => ("answered", false),
            JobEnd::LaidOut(..) => ("laid out", false),
            JobEnd::Assessment(_) => ("assessed", false),
            JobEnd::PathsFound(_) => ("paths found", false),
            JobEnd::WhatIf(_) => ("what-if", false),
            JobEnd::RadiusAfter(_) => ("radius", false),
            JobEnd::Chosen(_) => ("chosen", false),
            JobEnd::Saved(_) => ("saved", false),
            JobEnd::Cancelled => ("cancelled", false),
        },
        Command::Cancel(_) => ("cancel", false),
        Command::DismissNotice => ("dismiss", false),
    }
}

/// How many different samples [`changes`] names; those of the dialogs cannot be tried.
const KINDS: usize = 92 - 2;

fn samples(window: &Window) -> Vec<Command> {
    use AnswerCommand as A;
    use FixCommand as F;
    use LookCommand as L;
    use StageCommand as S;
    use TableCommand as T;
    let model = &window.model;
    let answers = model.answers.clone().expect("there are answers");
    let bytes = || Opening::Bytes(vec![("small.csv".to_owned(), SMALL.as_bytes().to_vec())]);
    let subject = Subject::Instance(InstanceIndex(0));
    let mut assumptions = Assumptions::clone(&model.project.assumptions);
    assumptions.rotation_days += 1;
    let loaded = LoadedPolicy { name: "p.toml".to_owned(), assumptions: assumptions.clone() };
    let newer = crate::app::work::comparison::Newer {
        inventory: std::sync::Arc::new(crate::inventory::Inventory::clone(
            model.inventory().expect("it is open"),
        )),
        opening: bytes(),
        settings: std::sync::Arc::default(),
    };
    let staging = model.staging.as_ref().expect("something is staged");
    let counts = staging.result.clone().expect("it is counted");
    let mut all = vec![
        Command::Open(bytes()),
        Command::SaveRejected,
        Command::Close,
        Command::Select(Some(subject)),
        Command::WalkFindings(Step::Next),
        Command::ShowWorst,
        Command::Back,
        Command::Filter(Facet::Severity(Severity::High), true),
        Command::ClearFilters,
        Command::Assume(assumptions),
        Command::Undo,
        Command::Redo,
        Command::GoToStep(1),
        Command::Cancel(JobKind::Import),
        Command::DismissNotice,
        Command::Policy(PolicyCommand::Open(true)),
        Command::Policy(PolicyCommand::Save),
    ];
    all.extend(
        [ReimportCommand::Read, ReimportCommand::Replace, ReimportCommand::Keep]
            .map(Command::Reimport),
    );
    let choice = StageChoice::Delimiter(Some(';'));
    all.extend(
        [S::Begin(bytes()), S::Review, S::Show(0), S::ShowTable(0), S::ForAll(false)]
            .into_iter()
            .chain([S::Choose(choice), S::SaveMapping, S::Commit, S::Cancel])
            .map(Command::Stage),
    );
    let text = "pay".to_owned();
    all.extend(
        [T::Show(Tab::Paths), T::SortBy(Sort::Name), T::SortAnswersBy(AnswerSort::From)]
            .into_iter()
            .chain([T::RejectedOnly(true), T::FindProblems(text.clone()), T::Pick(0), T::Walk(1)])
            .map(Command::Table),
    );
    let (here, route) = (Some(InstanceIndex(0)), RouteOf::Listed(0));
    all.extend(
        [A::Judge, A::Show(route), A::Pick(End::To, here), A::SwapEnds, A::StatedOnly(true)]
            .into_iter()
            .chain([A::MorePaths, A::SelectStep(0)])
            .map(Command::Answer),
    );
    all.extend(
        [F::AddStep(0), F::AddPlan, F::AddCut, F::Switch(0, false), F::Shift(0, true)]
            .into_iter()
            .chain([F::Remove(0), F::Clear, F::Choose(Some(0)), F::WorkOut])
            .chain([F::Add(NamedFix::new("k1", FixKind::WorkloadIdentity))])
            .map(Command::Fix),
    );
    all.extend(
        [L::SwapTheme, L::Fit, L::Focus, L::Zoom(2.0), L::Pan(1.0, 1.0), L::Palette(true)]
            .into_iter()
            .chain([L::PaletteText(text.clone()), L::PaletteAt(1), L::Help(true)])
            .chain([L::History(true), L::FoldFilters, L::FoldInspector, L::FoldTables])
            .chain([L::Search(text), L::ToMap, L::Split, L::ToOtherView])
            .chain([L::ToView(model.views.active().id), L::CloseOtherView])
            .map(Command::Look),
    );
    let found = model.found_paths.clone().expect("paths were looked for");
    let map = model.map().cloned().expect("the map is laid out");
    let outcome = model.what_if.outcome.clone().expect("a fix is in force");
    let radius = model.what_if.radius.expect("something is selected");
    let assessed = model.assessment.clone().expect("it is worked out");
    let comparison = std::sync::Arc::new(
        crate::app::work::comparison::Comparison::of(
            &answers,
            newer.clone(),
            &crate::inventory::Progress::default(),
        )
        .expect("nobody cancels"),
    );
    all.extend(
        [
            JobEnd::PolicyRead(Some(Ok(loaded))),
            JobEnd::Imported(Err("it is broken".to_owned())),
            JobEnd::Other(newer),
            JobEnd::Compared(Ok(comparison)),
            JobEnd::ChangedOnDisk(vec!["keys.csv".into()]),
            JobEnd::Staged(Box::new(staging.files.clone())),
            JobEnd::Previewed(staging.files.previews.clone()),
            JobEnd::ImportCounts(counts),
            JobEnd::Filtered(model.lists.problems.clone()),
            JobEnd::Answered(answers),
            JobEnd::LaidOut(model.views.active().id, map),
            JobEnd::Assessment(assessed),
            JobEnd::PathsFound(found),
            JobEnd::WhatIf(outcome),
            JobEnd::RadiusAfter(radius),
            JobEnd::Chosen(None),
            JobEnd::Saved("it is saved".to_owned()),
            JobEnd::Cancelled,
        ]
        .map(Command::Ended),
    );
    all
}

#[test]
fn undo_restores_the_project_exactly_after_any_command_and_redo_brings_it_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = samples(&prepared(folder.path())).len();
    let mut names = std::collections::BTreeSet::new();
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
        let (before, steps) = (model.project.clone(), model.history.position());
        let travels = matches!(command, Command::Undo | Command::Redo | Command::GoToStep(_));
        model.apply(command);
        model.finish_jobs();
        if name == "open" || name == "commit" {
            // Nothing of another inventory is compared: it is opened at once.
            assert!(model.comparison.is_none(), "{name}");
        }
        let after = model.project.clone();
        assert_eq!(after != before, changes, "{name}");
        if travels {
            model.apply(Command::GoToStep(steps));
            model.finish_jobs();
            assert!(model.project == before, "{name} is not taken back");
            continue;
        }
        assert_eq!(model.history.position(), steps + usize::from(changes), "{name}");
        assert_ne!(model.undoes(), Some(UNNAMED), "{name}");
        if changes {
            model.apply(Command::Undo);
            model.finish_jobs();
            assert!(model.project == before, "undo of {name}");
            model.apply(Command::Redo);
            model.finish_jobs();
            assert!(model.project == after, "redo of {name}");
            assert_eq!(model.history.position(), steps + 1, "{name}");
        }
    }
    assert_eq!(names.len(), KINDS, "{names:?}");
}
