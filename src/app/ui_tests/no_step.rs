//! Commands that change nothing that the user made: they leave undo and redo alone.

use super::undo::{made, opened, small};
use crate::app::jobs::JobKind;
use crate::app::model::between::RouteOf;
use crate::app::model::command::{
    AnswerCommand, Command, End, FixCommand, LookCommand, PolicyCommand, ReimportCommand,
    StageChoice, StageCommand, Step, TableCommand,
};
use crate::app::model::filters::Facet;
use crate::app::model::session::{Sort, Tab};
use crate::app::model::sort_orders::AnswerSort;

/// Whether a command changes what the user made, when it is carried out or when its job ends.
///
/// Every arm is spelled out: a new command does not compile here until it stands among those above
/// or below.
fn changes_the_project(command: &Command) -> bool {
    match command {
        Command::Open(_) | Command::Close | Command::Assume(_) | Command::Undo | Command::Redo => {
            true
        }
        Command::Fix(command) => match command {
            FixCommand::Add(_)
            | FixCommand::AddStep(_)
            | FixCommand::AddPlan
            | FixCommand::AddCut
            | FixCommand::Switch(..)
            | FixCommand::Shift(..)
            | FixCommand::Remove(_)
            | FixCommand::Clear => true,
            FixCommand::Choose(_) | FixCommand::WorkOut => false,
        },
        Command::Stage(command) => match command {
            StageCommand::Commit => true,
            StageCommand::Begin(_)
            | StageCommand::Review
            | StageCommand::Show(_)
            | StageCommand::ShowTable(_)
            | StageCommand::ForAll(_)
            | StageCommand::Choose(_)
            | StageCommand::SaveMapping
            | StageCommand::Cancel => false,
        },
        Command::Reimport(command) => match command {
            ReimportCommand::Replace => true,
            ReimportCommand::Read | ReimportCommand::Keep => false,
        },
        Command::Policy(command) => match command {
            PolicyCommand::Load => true,
            PolicyCommand::Open(_) | PolicyCommand::Save => false,
        },
        Command::AskForFiles
        | Command::SaveRejected
        | Command::Select(_)
        | Command::WalkFindings(_)
        | Command::ShowWorst
        | Command::Back
        | Command::Filter(..)
        | Command::ClearFilters
        | Command::Table(_)
        | Command::Answer(_)
        | Command::Look(_)
        | Command::Cancel(_)
        | Command::DismissNotice => false,
    }
}

/// Commands that change nothing that the user made; all but `AskForFiles`, which shows a dialog of
/// the system.
fn commands_that_change_nothing() -> Vec<Command> {
    let mut all = vec![
        Command::Back,
        Command::ShowWorst,
        Command::WalkFindings(Step::Next),
        Command::Select(None),
        Command::Filter(Facet::Shared, true),
        Command::ClearFilters,
        Command::SaveRejected,
        Command::Fix(FixCommand::Choose(Some(0))),
        Command::Fix(FixCommand::WorkOut),
        Command::Policy(PolicyCommand::Open(true)),
        Command::Policy(PolicyCommand::Save),
        Command::Reimport(ReimportCommand::Read),
        Command::Reimport(ReimportCommand::Keep),
    ];
    all.extend(table_and_answer_commands());
    all.extend(look_commands());
    all.extend(stage_commands());
    all.extend([Command::Cancel(JobKind::Import), Command::DismissNotice]);
    all
}

fn table_and_answer_commands() -> Vec<Command> {
    let tables = [
        TableCommand::Show(Tab::Services),
        TableCommand::SortBy(Sort::Owner),
        TableCommand::Show(Tab::Paths),
        TableCommand::SortAnswersBy(AnswerSort::From),
        TableCommand::Pick(0),
        TableCommand::Walk(1),
        TableCommand::RejectedOnly(true),
        TableCommand::FindProblems("x".to_owned()),
    ];
    let answers = [
        AnswerCommand::Judge,
        AnswerCommand::Show(RouteOf::Proof),
        AnswerCommand::Pick(End::From, None),
        AnswerCommand::SwapEnds,
        AnswerCommand::StatedOnly(true),
        AnswerCommand::MorePaths,
        AnswerCommand::SelectStep(0),
    ];
    tables.map(Command::Table).into_iter().chain(answers.map(Command::Answer)).collect()
}

fn look_commands() -> [Command; 14] {
    [
        LookCommand::SwapTheme,
        LookCommand::Fit,
        LookCommand::Focus,
        LookCommand::Zoom(1.5),
        LookCommand::Pan(1.0, 2.0),
        LookCommand::Palette(true),
        LookCommand::PaletteText("a".to_owned()),
        LookCommand::PaletteStep(1),
        LookCommand::Help(true),
        LookCommand::FoldFilters,
        LookCommand::FoldInspector,
        LookCommand::FoldTables,
        LookCommand::Search("a".to_owned()),
        LookCommand::ToMap,
    ]
    .map(Command::Look)
}

fn stage_commands() -> [Command; 8] {
    [
        StageCommand::Begin(small()),
        StageCommand::Show(0),
        StageCommand::ShowTable(0),
        StageCommand::ForAll(false),
        StageCommand::Choose(StageChoice::Delimiter(Some(','))),
        StageCommand::SaveMapping,
        StageCommand::Cancel,
        StageCommand::Review,
    ]
    .map(Command::Stage)
}

#[test]
fn what_changes_nothing_leaves_undo_and_redo_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(&folder.path().join("payments.csv"));
    let model = &mut window.model;
    model.apply(Command::Undo);
    let before = made(model);
    let (undoes, redoes) = (model.undoes().map(str::to_owned), model.redoes().map(str::to_owned));
    assert!(undoes.is_some() && redoes.is_some());
    for command in commands_that_change_nothing() {
        assert!(!changes_the_project(&command), "{command:?}");
        model.apply(command.clone());
        assert_eq!(made(model), before, "{command:?}");
        assert_eq!(model.undoes(), undoes.as_deref(), "{command:?}");
        assert_eq!(model.redoes(), redoes.as_deref(), "{command:?}");
    }
}

#[test]
fn a_change_that_changes_nothing_is_no_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(&folder.path().join("payments.csv"));
    let model = &mut window.model;
    model.apply(Command::Undo);
    let before = made(model);
    let (undoes, redoes) = (model.undoes().map(str::to_owned), model.redoes().map(str::to_owned));
    let first = model.fixes.list()[0].clone();
    let same = [
        Command::Assume(model.assumptions.clone()),
        Command::Fix(FixCommand::Add(first)),
        Command::Fix(FixCommand::AddStep(usize::MAX)),
        Command::Fix(FixCommand::Switch(0, true)),
        Command::Fix(FixCommand::Switch(9, false)),
        Command::Fix(FixCommand::Shift(0, false)),
        Command::Fix(FixCommand::Remove(9)),
        Command::Reimport(ReimportCommand::Replace),
        Command::Stage(StageCommand::Commit),
    ];
    for command in same {
        assert!(changes_the_project(&command), "{command:?}");
        model.apply(command.clone());
        assert_eq!(made(model), before, "{command:?}");
        assert_eq!(model.undoes(), undoes.as_deref(), "{command:?}");
        assert_eq!(model.redoes(), redoes.as_deref(), "{command:?}");
    }
}
