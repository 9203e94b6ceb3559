//! One sample of each command on exports, on findings as work, on scenarios, and on what is looked at.

use crate::analysis::Rule;
use crate::app::jobs::ViewId;
use crate::app::model::command::{
    Command, DecideOn, FindingCommand, LookCommand, PresentCommand, ScenarioCommand, SceneCommand,
    WorkshopCommand, WorkshopKey, Written,
};
use crate::app::model::export_dialog::ExportCommand;
use crate::app::model::export_what::{ExportWhat, Extent};
use crate::app::model::finding_draft::{DecisionDraft, DecisionKind};
use crate::app::model::panes::Grip;
use crate::app::model::views::ViewFixes;
use crate::project::{
    CredentialName, FindingName, FindingState, FindingSubject, NoteOn, SubjectName, WorkshopNote,
    WorkshopNoteKind,
};
use crate::scene::{ThemeMode, ViewKind};

pub(super) fn export_commands() -> [Command; 12] {
    use ExportCommand as E;
    [
        E::Ask,
        E::What(ExportWhat::Report),
        E::Ending("md"),
        E::Path(String::new()),
        E::Extent(Extent::Whole),
        E::Theme(ThemeMode::Dark),
        E::Scale(3),
        E::Transparent(true),
        E::Browse,
        E::Write,
        E::Cancel,
        E::OpenFolder,
    ]
    .map(Command::Export)
}

pub(super) fn scenario_commands() -> [Command; 11] {
    use ScenarioCommand as S;
    let own = || "first".to_owned();
    [
        S::Keep("other".to_owned()),
        S::KeepPlan("planned".to_owned()),
        S::Put(own()),
        S::Use(own()),
        S::Duplicate(own()),
        S::Rename(own(), "renamed".to_owned()),
        S::Remove(own()),
        S::Compare,
        S::CopyTasks(own()),
        S::SideBySide(ViewFixes::Listed),
        S::ShowIn(ViewId::default(), ViewFixes::AsItIs),
    ]
    .map(Command::Scenario)
}

pub(super) fn scene_commands() -> [Command; 11] {
    use SceneCommand as S;
    [
        S::Export,
        S::Add,
        S::Show(0),
        S::TakeOver(0),
        S::Duplicate(0),
        S::Remove(0),
        S::Shift(0, 1),
        S::Caption(0, "other".to_owned()),
        S::Notes(0, "wait".to_owned()),
        S::HideAnswer(0, true),
        S::HopByHop(0, true),
    ]
    .map(Command::Scene)
}

pub(super) fn present_commands() -> [Command; 21] {
    use PresentCommand as P;
    [
        P::Start,
        P::Leave,
        P::Next,
        P::Previous,
        P::First,
        P::Last,
        P::GoTo(1),
        P::Play,
        P::PlayOn,
        P::Blank,
        P::Spotlight,
        P::LaserDot,
        P::Clock,
        P::Minutes(5),
        P::Return,
        P::Names,
        P::Story,
        P::PresenterWindow,
        P::PresenterScreen(2),
        P::Write(WorkshopKey::Dispute),
        P::TakeBack,
    ]
    .map(Command::Present)
}

/// What is written down in a workshop, on the credential `k1`.
pub(super) fn workshop_note(text: &str) -> Written {
    let about = vec![SubjectName::Credential(CredentialName::Known("k1".to_owned()))];
    Written::Note(WorkshopNote { kind: WorkshopNoteKind::Owner, about, text: text.to_owned() })
}

pub(super) fn workshop_commands() -> [Command; 9] {
    use WorkshopCommand as W;
    [
        W::Begin(WorkshopKey::Fact),
        W::Ask(Box::new(workshop_note(""))),
        W::Edit(Box::new(workshop_note("Ann"))),
        W::Keep,
        W::Leave,
        W::TakeBack(1),
        W::CopyMinutes,
        W::SaveMinutes,
        W::SaveFacts,
    ]
    .map(Command::Workshop)
}

pub(super) fn finding_commands() -> [Command; 7] {
    use FindingCommand as F;
    let about = FindingSubject::Credential(CredentialName::Known("k1".to_owned()));
    let name = FindingName { rule: Rule::NoExpiry, about };
    let draft = DecisionDraft {
        on: vec![name.clone()],
        kind: DecisionKind::WaitingForProof,
        ..DecisionDraft::default()
    };
    [
        F::Show(Some(FindingState::Open)),
        F::GroupBy(Some(crate::app::model::finding_groups::FindingGroup::Owner)),
        F::Ask(DecideOn::Listed),
        F::Edit(Box::new(draft.clone())),
        F::Decide(Box::new(draft)),
        F::Leave,
        F::Note(NoteOn::Finding(name), "known".to_owned()),
    ]
    .map(Command::Finding)
}

pub(super) fn look_commands() -> [Command; 32] {
    use LookCommand as L;
    [
        L::SwapTheme,
        L::KeepRecent(false),
        L::ForgetRecent,
        L::KeepMappings(false),
        L::ForgetMappings,
        L::KeepUnsaved(false),
        L::Fit,
        L::FitSelection,
        L::ShowAs(ViewKind::Lanes),
        L::SpreadBackwards,
        L::Focus,
        L::LeaveFocus,
        L::ReachedBy(true),
        L::Zoom(2.0),
        L::Pan(1.0, 1.0),
        L::Palette(true),
        L::PaletteText("pay".to_owned()),
        L::PaletteAt(1),
        L::Help(true),
        L::History(true),
        L::Resize(Grip::Filters, Some(240.0)),
        L::FoldFilters,
        L::FoldInspector,
        L::FoldTables,
        L::FullScreen(true),
        L::Search("pay".to_owned()),
        L::Lasso(true),
        L::ToMap,
        L::Split,
        L::ToOtherView,
        L::ToView(ViewId::default()),
        L::CloseOtherView,
    ]
    .map(Command::Look)
}
