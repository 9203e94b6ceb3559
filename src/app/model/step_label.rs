//! What each command is called in the history, as it reads after "Undo".

use crate::analysis::Subject;
use crate::app::model::command::{
    ArrangeCommand, Command, FixCommand, NamesCommand, PresentCommand, RotationCommand,
    SceneCommand, SightCommand, TableCommand,
};
use crate::app::model::figure::Figure;
use crate::app::model::finding_draft::{DecisionKind, FindingCommand, ScenarioCommand};
use crate::app::model::job_end::JobEnd;
use crate::app::model::state::Model;
use crate::app::model::workshop_label::{taken_back_label, workshop_label};
use crate::inventory::{Assumptions, counted, shown};
use crate::project::{NamedFix, Project, Sources, SubjectName};

/// What a step is called whose command has no label; a test makes sure that there is none.
pub(crate) const UNNAMED: &str = "the last change";

/// The label of a command, as far as it is known before the command is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StepLabel {
    Known(String),
    /// It opens or closes files: the label names what is open then.
    ByFiles,
    /// It changes nothing that can be taken back.
    None,
}

impl StepLabel {
    /// A label that names things as they were written, if there is one.
    fn of(label: Option<String>) -> Self {
        label.map_or(Self::None, |label| Self::Known(shown(&label).into_owned()))
    }

    /// The label once the command is carried out; `None` where there is nothing to take back.
    pub(crate) fn after(self, before: &Project, after: &Project) -> Option<String> {
        if before == after {
            return None;
        }
        Some(match self {
            Self::Known(label) => label,
            Self::ByFiles => label_of_files(&after.sources),
            Self::None => UNNAMED.to_owned(),
        })
    }
}

/// What a command is called.
pub(crate) fn step_label(model: &Model, command: &Command) -> StepLabel {
    match command {
        Command::Open(_)
        | Command::OpenRecent(_)
        | Command::Stage(_)
        | Command::Reimport(_)
        | Command::Project(_)
        | Command::Close => StepLabel::ByFiles,
        Command::Ended(end) => end_label(end),
        Command::Answer(_) => StepLabel::Known("changing the path ends".to_owned()),
        // These figures are rows that pass every filter, so that what was hidden by hand is shown.
        Command::ClearFilters
        | Command::Table(TableCommand::RowsOf(
            Figure::Findings(_) | Figure::Ends(_) | Figure::Headline,
        )) => StepLabel::Known("clearing the filters".to_owned()),
        Command::Table(TableCommand::RowsOf(_)) => {
            StepLabel::Known("changing the path ends".to_owned())
        }
        Command::Sight(command) => sight_label(model, command),
        Command::Fix(command) => fix_label(model, command),
        Command::Scenario(command) => StepLabel::of(scenario_label(command)),
        Command::Scene(command) => StepLabel::of(scene_label(model, command)),
        Command::Finding(command) => StepLabel::of(finding_label(command)),
        Command::Workshop(command) => StepLabel::of(workshop_label(model, command)),
        Command::Present(PresentCommand::TakeBack) => StepLabel::of(taken_back_label(model)),
        Command::Names(command) => StepLabel::of(names_label(model, command)),
        Command::Rotate(command) => rotation_label(model, command),
        Command::Arrange(command) => StepLabel::Known(arrange_label(command)),
        Command::Assume(assumptions) => change_of(&model.project.assumptions, assumptions)
            .map_or(StepLabel::None, StepLabel::Known),
        Command::AskForFiles
        | Command::SaveRejected
        | Command::Export(_)
        | Command::Select(_)
        | Command::SelectAll(_)
        | Command::WalkFindings(_)
        | Command::ShowWorst
        | Command::Back
        | Command::Filter(..)
        | Command::Table(_)
        | Command::Go(_)
        | Command::Look(_)
        | Command::Present(_)
        | Command::Policy(_)
        | Command::Undo
        | Command::Redo
        | Command::GoToStep(_)
        | Command::Cancel(_)
        | Command::Copy(_)
        | Command::CopyPicture
        | Command::DismissNotice => StepLabel::None,
    }
}

fn arrange_label(command: &ArrangeCommand) -> String {
    match command {
        ArrangeCommand::GroupBy(by) => format!("grouping the map by {}", by.word()),
        ArrangeCommand::Collapse(name, true) => format!("collapsing “{}”", shown(name)),
        ArrangeCommand::Collapse(name, false) => format!("opening “{}”", shown(name)),
        ArrangeCommand::FoldHub(name, true) => {
            format!("folding what hangs on {}", shown(&name.words()))
        }
        ArrangeCommand::FoldHub(name, false) => {
            format!("showing what hangs on {}", shown(&name.words()))
        }
        ArrangeCommand::Pin(pins) => {
            format!("moving {}", together(pins.iter().map(|(name, _)| name)))
        }
        ArrangeCommand::Unpin(names) => format!("unpinning {}", together(names.iter())),
        ArrangeCommand::UnpinAll => "unpinning all".to_owned(),
        ArrangeCommand::CollapseAll(true) => "collapsing all regions".to_owned(),
        ArrangeCommand::CollapseAll(false) => "opening all regions".to_owned(),
    }
}

fn end_label(end: &JobEnd) -> StepLabel {
    match end {
        JobEnd::PolicyRead(Some(Ok(loaded))) => {
            StepLabel::Known(format!("loading {}", loaded.name))
        }
        JobEnd::AnswersRead(_) => StepLabel::Known("reading answers of owners".to_owned()),
        JobEnd::Imported(_)
        | JobEnd::Other(_)
        | JobEnd::ImportCounts(_)
        | JobEnd::ProjectOpened(_)
        | JobEnd::ProjectSaved(_)
        | JobEnd::UnsavedKept(_)
        | JobEnd::UnsavedFound(_)
        | JobEnd::PlaceChosen(_) => StepLabel::ByFiles,
        JobEnd::Compared(_)
        | JobEnd::ChangedOnDisk(_)
        | JobEnd::Staged(..)
        | JobEnd::Previewed(_)
        | JobEnd::Filtered(_)
        | JobEnd::Answered(_)
        | JobEnd::AnsweredWithFixes(..)
        | JobEnd::LaidOut(..)
        | JobEnd::Assessment(_)
        | JobEnd::PlannedFurther(..)
        | JobEnd::PathsFound(_)
        | JobEnd::WhatIf(_)
        | JobEnd::RadiusAfter(_)
        | JobEnd::ReachedBy(_)
        | JobEnd::Rotation(_)
        | JobEnd::ScenariosCompared(_)
        | JobEnd::ViewsCompared(_)
        | JobEnd::TasksWritten(_)
        | JobEnd::Chosen(_)
        | JobEnd::Saved(_)
        | JobEnd::ExportPlace(_)
        | JobEnd::Exported(_)
        | JobEnd::PictureDrawn(_)
        | JobEnd::ExportPreviewed(_)
        | JobEnd::ScenesDrawn(_)
        | JobEnd::Kept
        | JobEnd::PolicyRead(_)
        | JobEnd::NamesShown(_)
        | JobEnd::PseudonymsMade(_)
        | JobEnd::Cancelled => StepLabel::None,
    }
}

fn fix_label(model: &Model, command: &FixCommand) -> StepLabel {
    let of = |what: &str, fix: &NamedFix| format!("{what} “{}”", shown(&fix.title()));
    let listed =
        |what: &str, at: usize| model.project.fixes.list().get(at).map(|fix| of(what, fix));
    let label = match command {
        FixCommand::Add(fix) => Some(of("adding", fix)),
        FixCommand::AddAll(fixes) => Some(match fixes.as_slice() {
            [one] => of("adding", one),
            several => format!("adding {} fixes", several.len()),
        }),
        FixCommand::AddStep(at) => model.plan_fixes().get(*at).map(|fix| of("adding", fix)),
        FixCommand::AddPlan => Some("adding the plan".to_owned()),
        FixCommand::AddCut => Some("adding the minimum cut".to_owned()),
        FixCommand::Switch(at, true) => listed("switching on", *at),
        FixCommand::Switch(at, false) => listed("switching off", *at),
        FixCommand::Shift(at, _) => listed("moving", *at),
        FixCommand::Remove(at) => listed("removing", *at),
        FixCommand::Clear => Some("clearing the what-if list".to_owned()),
        FixCommand::Choose(_) | FixCommand::WorkOut | FixCommand::ShowWith(_) => None,
    };
    label.map_or(StepLabel::None, StepLabel::Known)
}

fn sight_label(model: &Model, command: &SightCommand) -> StepLabel {
    let of = |subjects: &[Subject]| match (&model.answers, subjects) {
        (Some(answers), [one]) => format!("“{}”", answers.name(*one)),
        _ => format!("{} things", subjects.len()),
    };
    let saved = |what: &str, place: usize| {
        let own = model.project.filters.saved().get(place)?;
        Some(format!("{what} the filters “{}”", shown(&own.name)))
    };
    let label = match command {
        SightCommand::Hide(subjects) => Some(format!("hiding {}", of(subjects))),
        SightCommand::HideOthers(subjects) => Some(format!("hiding all but {}", of(subjects))),
        SightCommand::ShowNeighbours(subjects) => {
            Some(format!("showing the neighbours of {}", of(subjects)))
        }
        SightCommand::Save(name) => Some(format!("saving the filters “{}”", shown(name.trim()))),
        SightCommand::Use(place) => saved("setting", *place),
        SightCommand::Forget(place) => saved("forgetting", *place),
        SightCommand::OnlyFound(_) | SightCommand::Dim(_) => None,
    };
    label.map_or(StepLabel::None, StepLabel::Known)
}

fn rotation_label(model: &Model, command: &RotationCommand) -> StepLabel {
    let fallen = |what: &str, start: &SubjectName| {
        StepLabel::Known(format!("{what} “{}” as fallen", shown(&start.words())))
    };
    let together = |what: &str, starts: &[SubjectName], as_what: &str| {
        StepLabel::Known(format!("{what} {} {as_what}", together(starts.iter())))
    };
    match command {
        RotationCommand::Add(start) => fallen("taking", start),
        RotationCommand::AddAll(starts) => together("taking", starts, "as fallen"),
        RotationCommand::Mark(starts, true) => together("marking", starts, "as compromised"),
        RotationCommand::Mark(starts, false) => {
            together("no longer marking", starts, "as compromised")
        }
        RotationCommand::TakeOut(at) => match model.project.rotation.starts().get(*at) {
            Some(start) => fallen("no longer taking", start),
            None => StepLabel::None,
        },
        RotationCommand::Clear => StepLabel::Known("clearing what has fallen".to_owned()),
        RotationCommand::Tick(_, true) => StepLabel::Known("ticking a step off".to_owned()),
        RotationCommand::Tick(_, false) => StepLabel::Known("taking a tick back".to_owned()),
        RotationCommand::WorkOut => StepLabel::None,
    }
}

fn scenario_label(command: &ScenarioCommand) -> Option<String> {
    let (what, name) = match command {
        ScenarioCommand::Keep(name) => ("keeping the scenario", name),
        ScenarioCommand::KeepPlan(name) => ("keeping the plan as the scenario", name),
        ScenarioCommand::Put(name) => ("putting the fixes into", name),
        ScenarioCommand::Use(name) => ("using the scenario", name),
        ScenarioCommand::Duplicate(name) => ("duplicating", name),
        ScenarioCommand::Rename(name, _) => ("renaming", name),
        ScenarioCommand::Remove(name) => ("deleting the scenario", name),
        ScenarioCommand::SideBySide(_)
        | ScenarioCommand::ShowIn(..)
        | ScenarioCommand::Compare
        | ScenarioCommand::CopyTasks(_) => return None,
    };
    Some(if name.trim().is_empty() { what.to_owned() } else { format!("{what} “{name}”") })
}

/// What a command on names is called; only a pseudonym that is chosen changes the project.
fn names_label(model: &Model, command: &NamesCommand) -> Option<String> {
    let draft = model.session.pseudonym.as_ref();
    let draft = draft.filter(|_| *command == NamesCommand::ChoosePseudonym)?;
    Some(format!("the pseudonym of “{}”", draft.name()))
}

/// What a command on a scene is called.
fn scene_label(model: &Model, command: &SceneCommand) -> Option<String> {
    let of = |what: &str, at: usize| {
        let scene = model.project.scenes.get(at)?;
        Some(format!("{what} the scene “{}”", scene.title(at)))
    };
    match command {
        SceneCommand::Export => None,
        SceneCommand::Add => Some("adding a scene".to_owned()),
        SceneCommand::Show(at) => of("showing", *at),
        SceneCommand::TakeOver(at) => of("taking over what is on screen into", *at),
        SceneCommand::Duplicate(at) => of("duplicating", *at),
        SceneCommand::Remove(at) => of("deleting", *at),
        SceneCommand::Shift(at, _) => of("moving", *at),
        SceneCommand::Caption(at, _) => of("the caption of", *at),
        SceneCommand::Notes(at, _) => of("the notes to", *at),
        SceneCommand::HideAnswer(at, true) => of("hiding the answer of", *at),
        SceneCommand::HideAnswer(at, false) => of("showing the answer of", *at),
        SceneCommand::HopByHop(at, true) => of("spreading hop by hop in", *at),
        SceneCommand::HopByHop(at, false) => of("spreading at once in", *at),
    }
}

/// What a command is called in the history; `None` where it changes nothing of the project.
fn finding_label(command: &FindingCommand) -> Option<String> {
    match command {
        FindingCommand::Note(on, _) => Some(format!("the note on {}", on.words())),
        FindingCommand::Decide(draft) => {
            let what = match draft.kind {
                DecisionKind::Keep => "assigning",
                DecisionKind::Open => "opening",
                DecisionKind::RiskAccepted => "accepting the risk of",
                DecisionKind::Planned => "planning",
                DecisionKind::WaitingForProof => "waiting for proof of",
            };
            let of = match draft.on.as_slice() {
                [one] => one.words(),
                several => counted(several.len(), "finding", "findings"),
            };
            Some(format!("{what} {of}"))
        }
        FindingCommand::Show(_)
        | FindingCommand::GroupBy(_)
        | FindingCommand::Ask(_)
        | FindingCommand::Edit(_)
        | FindingCommand::Leave => None,
    }
}

/// What one thing is called, or how many several are.
fn together<'a>(names: impl ExactSizeIterator<Item = &'a SubjectName>) -> String {
    let count = names.len();
    match names.last() {
        Some(one) if count == 1 => format!("“{}”", shown(&one.words())),
        _ => format!("{count} things"),
    }
}

fn label_of_files(sources: &Sources) -> String {
    match sources.files.as_slice() {
        [] => "closing the inventory".to_owned(),
        [one] => format!("importing {}", one.rsplit('/').next().unwrap_or(one)),
        several => format!("importing {} files", several.len()),
    }
}

/// What is different, as it reads after "Undo"; `None` where nothing is.
fn change_of(old: &Assumptions, new: &Assumptions) -> Option<String> {
    let Assumptions {
        as_of,
        unstated_access,
        pivot_needs,
        ids_across_sources,
        environments,
        rotation_days,
        unused_days,
        extraction_point_holds,
        plain_sight,
        costs,
        costs_by_type,
        cost_by_holders,
        entry_points,
        crown_jewels,
        marks,
        rules,
    } = old;
    let same_costs = *costs == new.costs
        && *costs_by_type == new.costs_by_type
        && *cost_by_holders == new.cost_by_holders;
    let changes = [
        (*as_of != new.as_of, "changing the as-of date"),
        (*unstated_access != new.unstated_access, "changing what rows without access mean"),
        (*pivot_needs != new.pivot_needs, "changing what a pivot needs"),
        (
            *ids_across_sources != new.ids_across_sources,
            "changing what an id in several sources means",
        ),
        (*environments != new.environments, "changing the environments"),
        (*rotation_days != new.rotation_days, "changing the age limit"),
        (*unused_days != new.unused_days, "changing the limit of unused days"),
        (*extraction_point_holds != new.extraction_point_holds, "changing the extraction points"),
        (*plain_sight != new.plain_sight, "changing what is plain sight"),
        (!same_costs, "changing the costs"),
        (*entry_points != new.entry_points, "changing the entry points"),
        (*crown_jewels != new.crown_jewels, "changing the crown jewels"),
        (*marks != new.marks, "changing the marks of credentials"),
        (*rules != new.rules, "changing the rules"),
    ];
    let mut found = changes.into_iter().filter(|(differs, _)| *differs).map(|(_, label)| label);
    let first = found.next()?;
    Some(if found.next().is_some() { "changing the assumptions" } else { first }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_named_after_what_it_changes() {
        let old = Assumptions::new(jiff::civil::date(2026, 7, 1));
        let mut new = old.clone();
        assert_eq!(change_of(&old, &new), None);
        new.cost_by_holders = true;
        assert_eq!(change_of(&old, &new).as_deref(), Some("changing the costs"));
        new.rotation_days = 30;
        assert_eq!(change_of(&old, &new).as_deref(), Some("changing the assumptions"));
    }
}
