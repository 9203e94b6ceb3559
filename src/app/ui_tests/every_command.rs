//! One sample of each command.

use std::sync::Arc;

use crate::analysis::{FixKind, Severity, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{
    AnswerCommand, ArrangeCommand, Command, End, FixCommand, GoCommand, PolicyCommand,
    ProjectCommand, ReimportCommand, RotationCommand, ScenarioCommand, SceneCommand, SightCommand,
    StageChoice, StageCommand, Step, TableCommand, UnsavedAnswer, WorkshopCommand,
};
use crate::app::model::figure::Figure;
use crate::app::model::filters::Facet;
use crate::app::model::job_end::JobEnd;
use crate::app::model::policy_section::PolicySection;
use crate::app::model::route::RouteOf;
use crate::app::model::tab::Tab;
use crate::app::model::views::Inside;
use crate::app::model::walk::Way;
use crate::app::model::what_if::AsIs;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::app::ui_tests::SMALL;
use crate::app::ui_tests::work_commands::{
    export_commands, finding_commands, look_commands, present_commands, scenario_commands,
    scene_commands, workshop_commands, workshop_note,
};
use crate::app::work::comparison::{Comparison, Newer};
use crate::app::work::export_preview::ExportPreview;
use crate::app::work::policy_files::LoadedPolicy;
use crate::app::work::scenarios::ScenarioTable;
use crate::app::work::sort::Sort;
use crate::cli::NotSaved;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::{Assumptions, Inventory, Progress};
use crate::project::{
    CredentialName, GroupBy, NamedFix, Opening, Pin, ReadFiles, RotationStep, SubjectName,
};
use crate::scene::{Area, Camera};

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
        Command::Scenario(ScenarioCommand::Keep("first".to_owned())),
        fix("k2", FixKind::SplitByOwner),
        Command::Table(TableCommand::RowsOf(Figure::PairsNeeding(CredentialIndex(0)))),
        Command::Answer(AnswerCommand::Pick(End::From, Some(InstanceIndex(2)))),
        Command::Fix(FixCommand::Switch(1, false)),
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Caption(0, "first".to_owned())),
        Command::Scene(SceneCommand::Add),
        Command::Workshop(WorkshopCommand::Ask(Box::new(workshop_note("Bob")))),
        Command::Workshop(WorkshopCommand::Keep),
        Command::Rotate(RotationCommand::Add(start("k1"))),
        Command::Arrange(ArrangeCommand::Pin(vec![(start("k1"), Pin { x: 1, y: 2 })])),
        Command::Sight(SightCommand::Save("all".to_owned())),
        Command::Sight(SightCommand::Hide(vec![Subject::Instance(InstanceIndex(1))])),
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

/// Each command, and both ways of shifting a fix; all but those that show a dialog of the system.
pub(super) fn samples(window: &Window) -> Vec<Command> {
    let model = &window.model;
    let mut all = plain_commands(model);
    all.extend(export_commands());
    all.extend(stage_commands());
    all.extend(table_and_answer_commands());
    all.extend(fix_commands());
    all.extend(finding_commands());
    all.extend(scenario_commands());
    all.extend(scene_commands());
    all.extend(present_commands());
    all.extend(workshop_commands());
    all.extend(rotation_commands());
    all.extend(go_commands());
    all.extend(look_commands());
    all.extend(super::hidden_names::commands());
    all.extend(ends_of_jobs(model).map(Command::Ended));
    all.extend(super::hidden_names::ends(model).map(Command::Ended));
    all
}

/// Assumptions that are not those of the model.
fn other_assumptions(model: &Model) -> Assumptions {
    let mut assumptions = Assumptions::clone(&model.project.assumptions);
    assumptions.rotation_days += 1;
    assumptions
}

/// A service and a credential.
fn two() -> Vec<Subject> {
    vec![Subject::Instance(InstanceIndex(0)), Subject::Credential(CredentialIndex(0))]
}

fn plain_commands(model: &Model) -> Vec<Command> {
    let mut all = vec![
        Command::Open(small()),
        Command::OpenRecent(0),
        Command::SaveRejected,
        Command::Close,
        Command::Select(Some(Subject::Instance(InstanceIndex(0)))),
        Command::SelectAll(two()),
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
        Command::Copy("k1".to_owned()),
        Command::CopyPicture,
        Command::DismissNotice,
        Command::Policy(PolicyCommand::Open(true)),
        Command::Policy(PolicyCommand::OpenAt(PolicySection::Environments)),
        Command::Policy(PolicyCommand::Save),
    ];
    all.extend(project_commands());
    let reimports = [
        ReimportCommand::Read,
        ReimportCommand::Replace,
        ReimportCommand::AddInstead,
        ReimportCommand::Keep,
    ];
    all.extend(reimports.map(Command::Reimport));
    let sights = [
        SightCommand::Hide(two()),
        SightCommand::HideOthers(two()),
        SightCommand::ShowNeighbours(two()),
        SightCommand::OnlyFound("env:prod".to_owned()),
        SightCommand::Dim(true),
        SightCommand::Save("mine".to_owned()),
        SightCommand::Use(0),
        SightCommand::Forget(0),
    ];
    all.extend(sights.map(Command::Sight));
    all.extend(arrange_commands());
    all
}

fn project_commands() -> [Command; 7] {
    use ProjectCommand as P;
    [
        P::Save,
        P::SaveAs,
        P::Path("p.keyreach".to_owned()),
        P::Browse,
        P::SaveThere,
        P::Answer(UnsavedAnswer::Cancel),
        P::Quit,
    ]
    .map(Command::Project)
}

fn arrange_commands() -> [Command; 7] {
    [
        ArrangeCommand::Collapse("prod".to_owned(), true),
        ArrangeCommand::GroupBy(GroupBy::Owner),
        ArrangeCommand::CollapseAll(true),
        ArrangeCommand::FoldHub(SubjectName::Owner("ops".to_owned()), true),
        ArrangeCommand::Pin(vec![(start("k2"), Pin { x: 3, y: 4 })]),
        ArrangeCommand::Unpin(vec![start("k1")]),
        ArrangeCommand::UnpinAll,
    ]
    .map(Command::Arrange)
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
        T::RowsOf(Figure::PairsNeeding(CredentialIndex(0))),
        T::Pick(0),
        T::Walk(1),
    ];
    let answers = [
        A::Assess,
        A::Show(route),
        A::Pick(End::To, here),
        A::SwapEnds,
        A::AnyCredential,
        A::StatedOnly(true),
        A::MorePaths,
        A::PlanFurther,
        A::SelectStep(0),
    ];
    tables.map(Command::Table).into_iter().chain(answers.map(Command::Answer)).collect()
}

fn fix_commands() -> [Command; 13] {
    use FixCommand as F;
    [
        F::Add(NamedFix::new("k1", FixKind::WorkloadIdentity)),
        F::AddAll(vec![NamedFix::new("k1", FixKind::SplitByService)]),
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
        F::ShowWith(false),
    ]
    .map(Command::Fix)
}

fn rotation_commands() -> [Command; 7] {
    use RotationCommand as R;
    [
        R::Add(start("k2")),
        R::AddAll(vec![start("k2")]),
        R::Mark(vec![start("k2")], true),
        R::TakeOut(0),
        R::Clear,
        R::Tick(RotationStep::Replace(CredentialName::Known("k1".to_owned())), true),
        R::WorkOut,
    ]
    .map(Command::Rotate)
}

/// A body that stands for a collapsed region.
fn inside() -> Inside {
    let extent = Area { left: 0.0, top: 0.0, width: 90.0, height: 60.0 };
    let before = Camera { centre: extent.centre(), zoom: 1.0, viewport: extent };
    Inside { before, extent, region: Some("prod".to_owned()) }
}

fn go_commands() -> [Command; 9] {
    use GoCommand as G;
    [
        G::SpreadFrom(two()),
        G::SpreadTo(InstanceIndex(0)),
        G::FocusAround(two()),
        G::Hops(3),
        G::Into(inside()),
        G::Back,
        G::Forward,
        G::Walk(Way::Along),
        G::Link {
            from: Subject::Instance(InstanceIndex(0)),
            to: Subject::Credential(CredentialIndex(0)),
        },
    ]
    .map(Command::Go)
}

fn scenario_table(model: &Model) -> ScenarioTable {
    ScenarioTable {
        answers: model.answers.clone().expect("something is open"),
        scenarios: model.project.scenarios.clone(),
        fixes: model.project.fixes.clone(),
        lists: Vec::new(),
    }
}

fn ends_of_jobs(model: &Model) -> [JobEnd; 37] {
    let answers = model.answers.clone().expect("there are answers");
    let copy = Inventory::clone(model.inventory().expect("it is open"));
    let (settings, read) = (Arc::default(), ReadFiles::default());
    let newer = Newer { inventory: Arc::new(copy), opening: small(), settings, read };
    let comparison =
        Comparison::of((&answers, &model.project.workshop), newer.clone(), &Progress::default());
    let comparison = Arc::new(comparison.expect("nobody cancels"));
    let staging = model.staging.as_ref().expect("something is staged");
    let reached_by = answers.who_reaches(InstanceIndex(0), &Progress::default());
    let reached_by = reached_by.expect("nobody cancels");
    let policy = LoadedPolicy { name: "p.toml".to_owned(), assumptions: other_assumptions(model) };
    [
        JobEnd::PolicyRead(Some(Ok(policy))),
        super::attestation::sample(model),
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
            crate::scene::GroupedMap {
                map: model.map().cloned().expect("the map is laid out"),
                groupings: Vec::new(),
            },
            crate::app::work::map_layout::MapStage::Anew,
        ),
        JobEnd::Assessment(model.assessment.clone().expect("it is worked out")),
        JobEnd::PlannedFurther(model.assessment.clone().expect("it is worked out"), 1),
        JobEnd::PathsFound(model.found_paths.clone().expect("paths were looked for")),
        JobEnd::WhatIf(model.what_if.outcome.clone().expect("a fix is in force")),
        JobEnd::RadiusAfter(model.what_if.radius.expect("something is selected")),
        JobEnd::ReachedBy(Arc::new(reached_by)),
        JobEnd::Rotation(model.rotation.clone().expect("something has fallen").found),
        JobEnd::ScenariosCompared(Arc::new(scenario_table(model))),
        JobEnd::ViewsCompared(Vec::new()),
        JobEnd::TasksWritten("1. revoke k1".to_owned()),
        JobEnd::Chosen(None),
        JobEnd::ProjectOpened(Err("it is damaged".to_owned())),
        JobEnd::ProjectSaved(Box::new(Err(NotSaved::Failed("the disk is full".to_owned())))),
        JobEnd::PlaceChosen(None),
        JobEnd::UnsavedKept(Box::new(Err(NotSaved::Failed("the disk is full".to_owned())))),
        JobEnd::UnsavedFound(None),
        JobEnd::Saved(Ok("it is saved".to_owned())),
        JobEnd::ExportPlace(None),
        JobEnd::Exported(Ok(("it is written".to_owned(), "x.svg".into()))),
        JobEnd::ExportPreviewed(Arc::new(ExportPreview::Lines(Vec::new()))),
        JobEnd::PictureDrawn(Arc::default()),
        JobEnd::ScenesDrawn(Vec::new()),
        JobEnd::Kept,
        JobEnd::Cancelled,
    ]
}
