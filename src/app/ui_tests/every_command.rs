//! One sample of each command, and whether it changes what the user made.

use std::sync::Arc;

use crate::analysis::{FixKind, Severity, Subject};
use crate::app::jobs::{JobKind, ViewId};
use crate::app::model::Model;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{
    AnswerCommand, Command, End, FixCommand, LookCommand, PolicyCommand, ReimportCommand,
    RotationCommand, StageChoice, StageCommand, Step, TableCommand,
};
use crate::app::model::figure::Figure;
use crate::app::model::filters::Facet;
use crate::app::model::job_end::JobEnd;
use crate::app::model::route::RouteOf;
use crate::app::model::tab::Tab;
use crate::app::model::what_if::AsIs;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::app::ui_tests::SMALL;
use crate::app::work::comparison::{Comparison, Newer};
use crate::app::work::policy_files::LoadedPolicy;
use crate::app::work::sort::Sort;
use crate::graph::InstanceIndex;
use crate::inventory::{Assumptions, Inventory, Progress};
use crate::project::{CredentialName, NamedFix, Opening, RotationStep, SubjectName};

fn fix(id: &str, kind: FixKind) -> Command {
    Command::Fix(FixCommand::Add(NamedFix::new(id, kind)))
}

fn start(id: &str) -> SubjectName {
    SubjectName::Credential(CredentialName::Known(id.to_owned()))
}

fn small() -> Opening {
    Opening::Bytes(vec![("small.csv".to_owned(), SMALL.as_bytes().to_vec())])
}

/// A window on a file with fixes, of which one was taken back, with picked ends and something staged
/// beside it, whose file a newer export replaced on disk.
pub(super) fn prepared(folder: &std::path::Path) -> Window {
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
    model.ask_where = Arc::new(|_| None);
    for command in [
        Command::Open(Opening::Files(vec![path.clone()])),
        fix("k1", FixKind::SplitByOwner),
        fix("k2", FixKind::SplitByOwner),
        Command::Answer(AnswerCommand::Pick(End::From, Some(InstanceIndex(2)))),
        Command::Fix(FixCommand::Switch(1, false)),
        Command::Rotate(RotationCommand::Add(start("k1"))),
        fix("k2", FixKind::Revoke),
        Command::Undo,
    ] {
        model.apply(command);
        model.finish_jobs();
    }
    model.apply(Command::Stage(StageCommand::Begin(small())));
    model.finish_jobs();
    std::fs::write(&path, rows("k3")).expect("written");
    window
}

/// What one sample is, and whether it changes the project. Whoever adds a command says so here.
pub(super) fn changes(command: &Command) -> (&'static str, bool) {
    match command {
        Command::Open(_) => ("open", true),
        Command::Stage(stage) => stage_changes(stage),
        Command::AskForFiles => ("ask for files", false),
        Command::SaveRejected => ("save rejected", false),
        Command::Reimport(reimport) => match reimport {
            ReimportCommand::Read => ("read anew", false),
            ReimportCommand::Replace => ("replace", true),
            ReimportCommand::AddInstead => ("add instead", false),
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
            TableCommand::PickOwner(_) => ("pick owner", false),
            TableCommand::RowsOf(_) => ("rows of a figure", true),
            TableCommand::Pick(_) => ("pick row", false),
            TableCommand::Walk(_) => ("walk table", false),
        },
        Command::Answer(answer) => answer_changes(answer),
        Command::Fix(fix) => fix_changes(fix),
        Command::Rotate(rotate) => match rotate {
            RotationCommand::Add(_) => ("add a start", true),
            RotationCommand::TakeOut(_) => ("take a start out", true),
            RotationCommand::Clear => ("clear the starts", true),
            RotationCommand::Tick(..) => ("tick", true),
            RotationCommand::WorkOut => ("work out the rotation", false),
        },
        Command::Look(look) => look_changes(look),
        Command::Assume(_) => ("assume", true),
        Command::Policy(policy) => match policy {
            PolicyCommand::Open(_) => ("open page", false),
            PolicyCommand::OpenEnvironments => ("open environments", false),
            PolicyCommand::Load => ("load policy", false),
            PolicyCommand::Save => ("save policy", false),
        },
        Command::Undo => ("undo", true),
        Command::Redo => ("redo", true),
        Command::GoToStep(_) => ("go to step", true),
        Command::Ended(end) => end_changes(end),
        Command::Cancel(_) => ("cancel", false),
        Command::DismissNotice => ("dismiss", false),
    }
}

fn look_changes(look: &LookCommand) -> (&'static str, bool) {
    match look {
        LookCommand::SwapTheme => ("theme", false),
        LookCommand::Fit => ("fit", false),
        LookCommand::Focus => ("focus", false),
        LookCommand::ReachedBy(_) => ("light reached by", false),
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
    }
}

fn end_changes(end: &JobEnd) -> (&'static str, bool) {
    match end {
        JobEnd::PolicyRead(_) => ("policy read", true),
        JobEnd::Imported(_) => ("imported", false),
        JobEnd::Other(_) => ("other", true),
        JobEnd::Compared(_) => ("compared", false),
        JobEnd::ChangedOnDisk(_) => ("changed on disk", false),
        JobEnd::Staged(..) => ("staged", false),
        JobEnd::Previewed(_) => ("previewed", false),
        JobEnd::ImportCounts(_) => ("counts", false),
        JobEnd::Filtered(_) => ("filtered", false),
        JobEnd::Answered(_) => ("answered", false),
        JobEnd::AnsweredWithFixes(..) => ("answered with fixes", false),
        JobEnd::LaidOut(..) => ("laid out", false),
        JobEnd::Assessment(_) => ("assessed", false),
        JobEnd::PlannedFurther(..) => ("planned further", false),
        JobEnd::PathsFound(_) => ("paths found", false),
        JobEnd::WhatIf(_) => ("what-if", false),
        JobEnd::RadiusAfter(_) => ("radius", false),
        JobEnd::ReachedBy(_) => ("reached by", false),
        JobEnd::Rotation(_) => ("rotation", false),
        JobEnd::Chosen(_) => ("chosen", false),
        JobEnd::Saved(_) => ("saved", false),
        JobEnd::Kept => ("kept", false),
        JobEnd::Cancelled => ("cancelled", false),
    }
}

fn stage_changes(stage: &StageCommand) -> (&'static str, bool) {
    match stage {
        StageCommand::Begin(_) => ("begin", false),
        StageCommand::Review => ("review", false),
        StageCommand::Show(_) => ("show file", false),
        StageCommand::ShowTable(_) => ("show table", false),
        StageCommand::ForAll(_) => ("for all", false),
        StageCommand::Choose(_) => ("choose", false),
        StageCommand::SaveMapping => ("save mapping", false),
        StageCommand::AddToOpen(_) => ("add to open", false),
        StageCommand::Commit => ("commit", true),
        StageCommand::Cancel => ("cancel staging", false),
    }
}

fn fix_changes(fix: &FixCommand) -> (&'static str, bool) {
    match fix {
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
        FixCommand::ShowWith(_) => ("show with fixes", false),
    }
}

fn answer_changes(answer: &AnswerCommand) -> (&'static str, bool) {
    match answer {
        AnswerCommand::Assess => ("judge", false),
        AnswerCommand::Show(_) => ("show route", false),
        AnswerCommand::Pick(..) => ("pick end", true),
        AnswerCommand::SwapEnds => ("swap ends", true),
        AnswerCommand::StatedOnly(_) => ("stated only", true),
        AnswerCommand::MorePaths => ("more paths", false),
        AnswerCommand::PlanFurther => ("plan further", false),
        AnswerCommand::SelectStep(_) => ("select step", false),
    }
}

/// How many different samples [`changes`] names; those of the dialogs cannot be tried.
pub(super) const KINDS: usize = 109 - 2;

/// Each command, and both ways of shifting a fix; all but those that show a dialog of the system.
pub(super) fn samples(window: &Window) -> Vec<Command> {
    let model = &window.model;
    let mut all = plain_commands(model);
    all.extend(stage_commands());
    all.extend(table_and_answer_commands());
    all.extend(fix_commands());
    all.extend(rotation_commands());
    all.extend(look_commands());
    all.extend(ends_of_jobs(model).map(Command::Ended));
    all
}

/// Assumptions that are not those of the model.
fn other_assumptions(model: &Model) -> Assumptions {
    let mut assumptions = Assumptions::clone(&model.project.assumptions);
    assumptions.rotation_days += 1;
    assumptions
}

fn plain_commands(model: &Model) -> Vec<Command> {
    let mut all = vec![
        Command::Open(small()),
        Command::SaveRejected,
        Command::Close,
        Command::Select(Some(Subject::Instance(InstanceIndex(0)))),
        Command::WalkFindings(Step::Next),
        Command::ShowWorst,
        Command::Back,
        Command::Filter(Facet::Severity(Severity::High), true),
        Command::ClearFilters,
        Command::Assume(other_assumptions(model)),
        Command::Undo,
        Command::Redo,
        Command::GoToStep(1),
        Command::Cancel(JobKind::Import),
        Command::DismissNotice,
        Command::Policy(PolicyCommand::Open(true)),
        Command::Policy(PolicyCommand::OpenEnvironments),
        Command::Policy(PolicyCommand::Save),
    ];
    let reimports = [
        ReimportCommand::Read,
        ReimportCommand::Replace,
        ReimportCommand::AddInstead,
        ReimportCommand::Keep,
    ];
    all.extend(reimports.map(Command::Reimport));
    all
}

fn stage_commands() -> [Command; 10] {
    use StageCommand as S;
    let choice = StageChoice::Delimiter(Some(';'));
    [
        S::Begin(small()),
        S::Review,
        S::Show(0),
        S::ShowTable(0),
        S::ForAll(false),
        S::Choose(choice),
        S::SaveMapping,
        S::AddToOpen(true),
        S::Commit,
        S::Cancel,
    ]
    .map(Command::Stage)
}

fn table_and_answer_commands() -> Vec<Command> {
    use AnswerCommand as A;
    use TableCommand as T;
    let (here, route) = (Some(InstanceIndex(0)), RouteOf::Listed(0));
    let tables = [
        T::Show(Tab::Paths),
        T::SortBy(Sort::Name),
        T::SortAnswersBy(AnswerSort::From),
        T::RejectedOnly(true),
        T::FindProblems("pay".to_owned()),
        T::PickOwner(None),
        T::RowsOf(Figure::ConnectedPairs),
        T::Pick(0),
        T::Walk(1),
    ];
    let answers = [
        A::Assess,
        A::Show(route),
        A::Pick(End::To, here),
        A::SwapEnds,
        A::StatedOnly(true),
        A::MorePaths,
        A::PlanFurther,
        A::SelectStep(0),
    ];
    tables.map(Command::Table).into_iter().chain(answers.map(Command::Answer)).collect()
}

fn fix_commands() -> [Command; 11] {
    use FixCommand as F;
    [
        F::Add(NamedFix::new("k1", FixKind::WorkloadIdentity)),
        F::AddStep(0),
        F::AddPlan,
        F::AddCut,
        F::Switch(0, false),
        F::Shift(0, true),
        F::Shift(1, false),
        F::Remove(0),
        F::Clear,
        F::Choose(Some(0)),
        F::WorkOut,
    ]
    .map(Command::Fix)
}

fn rotation_commands() -> [Command; 5] {
    use RotationCommand as R;
    [
        R::Add(start("k2")),
        R::TakeOut(0),
        R::Clear,
        R::Tick(RotationStep::Replace(CredentialName::Known("k1".to_owned())), true),
        R::WorkOut,
    ]
    .map(Command::Rotate)
}

fn look_commands() -> [Command; 20] {
    use LookCommand as L;
    [
        L::SwapTheme,
        L::Fit,
        L::Focus,
        L::ReachedBy(true),
        L::Zoom(2.0),
        L::Pan(1.0, 1.0),
        L::Palette(true),
        L::PaletteText("pay".to_owned()),
        L::PaletteAt(1),
        L::Help(true),
        L::History(true),
        L::FoldFilters,
        L::FoldInspector,
        L::FoldTables,
        L::Search("pay".to_owned()),
        L::ToMap,
        L::Split,
        L::ToOtherView,
        L::ToView(ViewId::default()),
        L::CloseOtherView,
    ]
    .map(Command::Look)
}

fn ends_of_jobs(model: &Model) -> [JobEnd; 23] {
    let answers = model.answers.clone().expect("there are answers");
    let copy = Inventory::clone(model.inventory().expect("it is open"));
    let newer = Newer { inventory: Arc::new(copy), opening: small(), settings: Arc::default() };
    let comparison = Comparison::of(&answers, newer.clone(), &Progress::default());
    let comparison = Arc::new(comparison.expect("nobody cancels"));
    let staging = model.staging.as_ref().expect("something is staged");
    let reached_by = answers.who_reaches(InstanceIndex(0), &Progress::default());
    let reached_by = reached_by.expect("nobody cancels");
    let policy = LoadedPolicy { name: "p.toml".to_owned(), assumptions: other_assumptions(model) };
    [
        JobEnd::PolicyRead(Some(Ok(policy))),
        JobEnd::Imported(Err("it is broken".to_owned())),
        JobEnd::Other(newer),
        JobEnd::Compared(Ok(comparison)),
        JobEnd::ChangedOnDisk(vec!["keys.csv".into()]),
        JobEnd::Staged(Box::new(staging.files.clone()), None),
        JobEnd::Previewed(staging.files.previews.clone()),
        JobEnd::ImportCounts(staging.result.clone().expect("it is counted")),
        JobEnd::Filtered(model.lists.problems.clone()),
        JobEnd::Answered(answers.clone()),
        JobEnd::AnsweredWithFixes(answers.clone(), AsIs { answers, fixes: Vec::new() }),
        JobEnd::LaidOut(
            model.views.active().id,
            model.map().cloned().expect("the map is laid out"),
        ),
        JobEnd::Assessment(model.assessment.clone().expect("it is worked out")),
        JobEnd::PlannedFurther(model.assessment.clone().expect("it is worked out"), 1),
        JobEnd::PathsFound(model.found_paths.clone().expect("paths were looked for")),
        JobEnd::WhatIf(model.what_if.outcome.clone().expect("a fix is in force")),
        JobEnd::RadiusAfter(model.what_if.radius.expect("something is selected")),
        JobEnd::ReachedBy(Arc::new(reached_by)),
        JobEnd::Rotation(model.rotation.clone().expect("something has fallen").found),
        JobEnd::Chosen(None),
        JobEnd::Saved("it is saved".to_owned()),
        JobEnd::Kept,
        JobEnd::Cancelled,
    ]
}
