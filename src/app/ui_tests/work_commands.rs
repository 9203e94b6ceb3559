//! One sample of each command on exports, on findings as work and on scenarios.

use crate::analysis::Rule;
use crate::app::model::command::{Command, DecideOn, FindingCommand, ScenarioCommand};
use crate::app::model::export_dialog::{ExportCommand, ExportWhat, Extent};
use crate::app::model::finding_draft::{DecisionDraft, DecisionKind};
use crate::project::{CredentialName, FindingName, FindingState, FindingSubject, NoteOn};
use crate::scene::ThemeMode;

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

pub(super) fn scenario_commands() -> [Command; 9] {
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
    ]
    .map(Command::Scenario)
}

pub(super) fn finding_commands() -> [Command; 6] {
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
        F::Ask(DecideOn::Listed),
        F::Edit(Box::new(draft.clone())),
        F::Decide(Box::new(draft)),
        F::Leave,
        F::Note(NoteOn::Finding(name), "known".to_owned()),
    ]
    .map(Command::Finding)
}
