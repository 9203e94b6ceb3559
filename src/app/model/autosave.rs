//! Keeps what is not saved every half minute, and offers at the start what a crash left.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::jobs::{JobKind, drop_in_background};
use crate::app::model::job_end::JobEnd;
use crate::app::model::presentation::Story;
use crate::app::model::project_jobs::key_of_project;
use crate::app::model::saving::Waiting;
use crate::app::model::scene_making::project_to_save;
use crate::app::model::state::Model;
use crate::app::work::project_files::{EarlierState, ProjectAt};
use crate::app::work::unsaved_files::{KeptWork, UnsavedWork, find, keep};
use crate::cli::NotSaved;
use crate::project::Project;

/// How long something stays unsaved before it is kept.
const AFTER: Duration = Duration::from_secs(30);

/// After failures up to this often twice as long: a quarter of an hour at most.
const MOST_DOUBLINGS: u32 = 5;

/// Keeps unsaved work in a folder from now on, and looks for what was left there.
pub(crate) fn keep_unsaved_in(model: &mut Model, folder: PathBuf) {
    let today = model.today;
    model.saving.autosave.folder = Some(folder.clone());
    model.jobs.start(JobKind::Autosave, move |progress| {
        JobEnd::UnsavedFound(find(&folder, today, progress))
    });
}

/// Begins to keep what is not saved, where that is due, and drops what is saved; when to look again.
pub(crate) fn autosave(model: &mut Model, now: Instant) -> Option<Duration> {
    if model.session.story == Story::Shown {
        // The sample that it shows is nothing that anybody made.
        return None;
    }
    let folder = model.saving.autosave.folder.clone()?;
    let open = model.project_with_typed();
    if !model.settings.keeps_unsaved || !model.saving.has_unsaved(&open) {
        let autosave = &mut model.saving.autosave;
        autosave.due = None;
        if let Some(kept) = autosave.kept.take() {
            drop_in_background(kept);
        }
        return None;
    }
    let kept = model.saving.autosave.kept.as_ref();
    let is_kept = kept.is_some_and(|kept| kept.project == open);
    let autosave = &mut model.saving.autosave;
    if is_kept || model.jobs.runs(JobKind::Autosave) {
        autosave.due = None;
        return None;
    }
    // What failed is tried again, more and more rarely.
    let after = AFTER * (1 << autosave.failures.min(MOST_DOUBLINGS));
    let due = *autosave.due.get_or_insert(now + after);
    if now < due {
        return Some(due - now);
    }
    autosave.due = None;
    let before = autosave.kept.as_ref().map(|kept| kept.file.clone());
    let work = unsaved_work(model);
    model.jobs.start(JobKind::Autosave, move |_| {
        JobEnd::UnsavedKept(Box::new(keep(work, &folder, before)))
    });
    None
}

impl Model {
    /// What the user made under its names, with what is being typed.
    fn project_with_typed(&self) -> Project {
        let project = self.open_project().clone();
        let is_other = self.hidden.is_some() || self.session.presentation.is_some();
        match self.session.typed.as_ref().filter(|_| !is_other) {
            None => project,
            Some(typed) => typed.kept_in(project, |text| self.without_secrets(text)),
        }
    }
}

/// What is not saved.
fn unsaved_work(model: &Model) -> UnsavedWork {
    // It is offered by a window that was started somewhere else.
    let of = model.saving.earlier().map(|EarlierState { path, digest }| {
        let path = std::path::absolute(&path).unwrap_or(path);
        EarlierState { path, digest }
    });
    let last_view = project_to_save(model).last_view;
    UnsavedWork {
        project: Project { last_view, ..model.project_with_typed() },
        key: key_of_project(model),
        today: model.today,
        of,
    }
}

/// What waits to be written is written when the window goes, and what is not saved is kept where it goes
/// in a panic.
impl Drop for Model {
    fn drop(&mut self) {
        self.settings.note_panes(&self.session.panes);
        self.kept_files.push_all(self.settings.pending());
        self.kept_files.write_all();
        let is_lost = std::thread::panicking() && self.settings.keeps_unsaved;
        if !is_lost || !self.saving.has_unsaved(&self.project_with_typed()) {
            return;
        }
        if let Some(folder) = self.saving.autosave.folder.clone() {
            let before = self.saving.autosave.kept.as_ref().map(|kept| kept.file.clone());
            // The program ends: nobody can read that it could not be kept.
            drop(keep(unsaved_work(self), &folder, before));
        }
    }
}

/// Takes what became of keeping unsaved work.
pub(crate) fn take_kept(model: &mut Model, result: Result<KeptWork, NotSaved>) {
    match result {
        Ok(kept) => {
            model.saving.autosave.failures = 0;
            model.saving.autosave.kept = Some(kept);
        }
        Err(NotSaved::Failed(message) | NotSaved::NotConfirmed(_, message)) => {
            let failures = &mut model.saving.autosave.failures;
            *failures = failures.saturating_add(1);
            // One message is enough, however often it fails.
            if *failures == 1 {
                let what = "unsaved work is not kept in case of a crash, and tried again later";
                model.notice = Some(format!("{what}: {message}"));
            }
        }
        Err(NotSaved::ChangedOnDisk(_) | NotSaved::NameTaken(_)) => {}
    }
}

/// Offers what a crash left.
pub(crate) fn take_found(model: &mut Model, found: Option<Arc<ProjectAt>>) {
    if let (Some(found), None) = (found, &model.saving.waiting) {
        model.saving.waiting = Some(Waiting::Found(found));
    }
}
