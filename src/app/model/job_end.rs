//! What a job ends with: a part of [`Command`](crate::app::model::command::Command), for the model
//! changes in one place alone.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::{RadiusChange, ReachedBy};
use crate::app::jobs::ViewId;
use crate::app::model::what_if::AsIs;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{AssessedAnswers, FoundPaths};
use crate::app::work::attestation::ReadAnswers;
use crate::app::work::comparison::{Comparison, Newer};
use crate::app::work::export_preview::ExportPreview;
use crate::app::work::map_layout::MapStage;
use crate::app::work::policy_files::LoadedPolicy;
use crate::app::work::problem_list::ProblemList;
use crate::app::work::project_files::{ProjectAt, SavedProject};
use crate::app::work::rotation::FoundRotation;
use crate::app::work::scenarios::{ScenarioTable, ShownFixes};
use crate::app::work::shown_names::ShownNames;
use crate::app::work::staged_files::{ImportCounts, Prepared, Previews};
use crate::app::work::unsaved_files::KeptWork;
use crate::app::work::what_if::Outcome;
use crate::cli::NotSaved;
use crate::project::{KeptPseudonyms, Scene};
use crate::scene::GroupedMap;

/// What a job ends with.
#[derive(Clone, Debug)]
pub(crate) enum JobEnd {
    Imported(Result<Newer, String>),
    /// What was imported is another inventory than the one that is open.
    Other(Newer),
    /// A newer export beside what is open.
    Compared(Result<Arc<Comparison>, String>),
    /// Files of what is open that have changed since they were read.
    ChangedOnDisk(Vec<PathBuf>),
    /// Files that somebody has to look at before they are opened, and what would come of them if
    /// that is known.
    Staged(Box<Prepared>, Option<ImportCounts>),
    /// Staged files as they would be read now.
    Previewed(Previews),
    /// What would come of them.
    ImportCounts(Result<ImportCounts, String>),
    /// The problems that the table lists from now on.
    Filtered(ProblemList),
    Answered(Arc<Answers>),
    /// The answers with fixes, and what is open as it is.
    AnsweredWithFixes(Arc<Answers>, AsIs),
    /// The map of a view, and what it is beside the one before.
    LaidOut(ViewId, GroupedMap, MapStage),
    Assessment(Arc<AssessedAnswers>),
    /// The same with longer plans, and the budget that made them.
    PlannedFurther(Arc<AssessedAnswers>, usize),
    PathsFound(Arc<FoundPaths>),
    WhatIf(Arc<Outcome>),
    RadiusAfter(RadiusChange),
    /// Which entry points reach an instance.
    ReachedBy(Arc<ReachedBy>),
    /// The order in which to replace what is obtained from what has fallen.
    Rotation(Arc<FoundRotation>),
    /// Scenarios beside each other.
    ScenariosCompared(Arc<ScenarioTable>),
    /// What the fixes of two views come to.
    ViewsCompared(Vec<Arc<ShownFixes>>),
    /// The tasks of a scenario as text.
    TasksWritten(String),
    /// The dialog's files; `None` where it was closed, or where there is none to show.
    Chosen(Option<Vec<PathBuf>>),
    /// A project that was read, or why it could not be.
    ProjectOpened(Result<Arc<ProjectAt>, String>),
    /// Unsaved work is kept, or why it is not.
    UnsavedKept(Box<Result<KeptWork, NotSaved>>),
    /// Unsaved work that a crash left.
    UnsavedFound(Option<Arc<ProjectAt>>),
    /// The project is saved, or why it is not.
    ProjectSaved(Box<Result<SavedProject, NotSaved>>),
    /// Where the project shall go; `None` where the dialog was closed, or where there is none to show.
    PlaceChosen(Option<PathBuf>),
    /// What was written where, or why nothing was.
    Saved(Result<String, String>),
    /// Where an export shall go, if a place was chosen.
    ExportPlace(Option<PathBuf>),
    /// That something was exported, and where, or why it was not.
    Exported(Result<(String, PathBuf), String>),
    /// A preview of what would be exported.
    ExportPreviewed(Arc<ExportPreview>),
    /// What goes into the clipboard.
    PictureDrawn(Arc<egui::ColorImage>),
    /// Small pictures of scenes.
    ScenesDrawn(Vec<(Scene, Arc<egui::ColorImage>)>),
    /// What is kept for the next start was written, as far as it can be.
    Kept,
    /// Answers of owners, or why none were read; `None` where the dialog was closed.
    AnswersRead(Option<Result<Arc<ReadAnswers>, String>>),
    /// A policy, or why it could not be read; `None` where the dialog was closed.
    PolicyRead(Option<Result<LoadedPolicy, String>>),
    /// What is open under other names.
    NamesShown(Box<ShownNames>),
    /// Pseudonyms for all names, for the project to keep.
    PseudonymsMade(Arc<KeptPseudonyms>),
    Cancelled,
}
