//! Keeps what is not saved every half minute, and offers at the start what a crash left.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::jobs::{JobKind, drop_in_background};
use crate::app::model::job_end::JobEnd;
use crate::app::model::project_jobs::key_of_project;
use crate::app::model::saving::Waiting;
use crate::app::model::state::Model;
use crate::app::work::project_files::ProjectAt;
use crate::app::work::unsaved_files::{KeptWork, find, keep};
use crate::cli::NotSaved;

/// How long something stays unsaved before it is kept.
const AFTER: Duration = Duration::from_secs(30);

/// Keeps unsaved work in a folder from now on, and looks for what was left there.
pub(crate) fn keep_unsaved_in(model: &mut Model, folder: PathBuf) {
    let today = crate::cli::today();
    model.saving.autosave.folder = Some(folder.clone());
    model.jobs.start(JobKind::Autosave, move |progress| {
        JobEnd::UnsavedFound(find(&folder, today, progress))
    });
}

/// Begins to keep what is not saved, where that is due, and drops what is saved; when to look again.
pub(crate) fn autosave(model: &mut Model, now: Instant) -> Option<Duration> {
    let folder = model.saving.autosave.folder.clone()?;
    if !model.saving.has_unsaved(&model.project) {
        let autosave = &mut model.saving.autosave;
        autosave.due = None;
        if let Some(kept) = autosave.kept.take() {
            drop_in_background(kept);
        }
        return None;
    }
    let autosave = &mut model.saving.autosave;
    let is_kept = autosave.kept.as_ref().is_some_and(|kept| kept.project == model.project);
    if is_kept || model.jobs.runs(JobKind::Autosave) {
        autosave.due = None;
        return None;
    }
    let due = *autosave.due.get_or_insert(now + AFTER);
    if now < due {
        return Some(due - now);
    }
    autosave.due = None;
    let before = autosave.kept.as_ref().map(|kept| kept.file.clone());
    let (project, key) = (model.project.clone(), key_of_project(model));
    let today = crate::cli::today();
    model.jobs.start(JobKind::Autosave, move |_| {
        JobEnd::UnsavedKept(Box::new(keep(project, key, today, (&folder, before))))
    });
    None
}

/// Takes what became of keeping unsaved work.
pub(crate) fn take_kept(model: &mut Model, result: Result<KeptWork, NotSaved>) {
    match result {
        Ok(kept) => model.saving.autosave.kept = Some(kept),
        Err(NotSaved::Failed(message)) => {
            // One message is enough: trying again every half minute would not make it true.
            model.saving.autosave.folder = None;
            model.notice = Some(format!("unsaved work is not kept in case of a crash: {message}"));
        }
        Err(NotSaved::ChangedOnDisk(_)) => {}
    }
}

/// Offers what a crash left.
pub(crate) fn take_found(model: &mut Model, found: Option<Arc<ProjectAt>>) {
    if let (Some(found), None) = (found, &model.saving.waiting) {
        model.saving.waiting = Some(Waiting::Found(found));
    }
}
