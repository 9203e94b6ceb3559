//! What concerns the file of the project: it is saved, opened, and left, and unsaved work is asked for.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::jobs::{JobKind, drop_in_background};
use crate::app::model::attestation::{ask_for_answers, write_lists};
use crate::app::model::command::{ProjectCommand, UnsavedAnswer};
use crate::app::model::history::History;
use crate::app::model::opening::{close_now, open_now, wait};
use crate::app::model::project_jobs::{ask_for_project_file, save_project};
use crate::app::model::rebuild::reopen;
use crate::app::model::remembered::remember_project;
use crate::app::model::saving::{Replacing, SaveDialog, Waiting};
use crate::app::model::state::Model;
use crate::app::work::project_files::{EarlierState, ProjectAt, SaveGoal, SavedProject};
use crate::app::work::run_key::RunKey;
use crate::app::work::unsaved_files::{KeptWork, UnsavedFile};
use crate::cli::{Damage, NotSaved};
use crate::import::ImportSettings;
use crate::project::PROJECT_ENDING;

/// What is said under hidden names of a project that the disk may lose again.
const NOT_CONFIRMED: &str =
    "the project is written, but the disk did not confirm it: save it once more";

/// Carries out what concerns the file of the project.
pub(crate) fn apply_project(model: &mut Model, command: ProjectCommand) {
    match command {
        ProjectCommand::Save => save(model),
        ProjectCommand::SaveAs => ask_for_name(model, None),
        ProjectCommand::Path(path) => {
            if let Some(dialog) = &mut model.saving.dialog {
                *dialog = SaveDialog { path, ..SaveDialog::default() };
            }
        }
        ProjectCommand::Browse => ask_for_project_file(model),
        ProjectCommand::SaveThere => save_there(model),
        ProjectCommand::Answer(answer) => take_answer(model, answer),
        ProjectCommand::WriteLists => write_lists(model),
        ProjectCommand::ReadAnswers => ask_for_answers(model),
        ProjectCommand::Quit => {
            if model.runs(JobKind::Save) || model.saving.has_unsaved(model.open_project()) {
                wait(model, Waiting::Quit);
            } else {
                model.saving.quits = true;
            }
        }
    }
}

/// Saves where the project is kept, or asks for a name.
fn save(model: &mut Model) {
    match model.saving.place.clone() {
        Some(place) => save_project(model, SaveGoal::Same(place)),
        None => ask_for_name(model, None),
    }
}

/// Asks under which name the project shall be saved, and says why it could not be under another.
fn ask_for_name(model: &mut Model, why: Option<(PathBuf, String)>) {
    if model.hidden.is_some() {
        // A path may hold the names.
        let why = why.map_or_else(String::new, |(_, why)| format!("{why}; "));
        let how = "names are hidden: show them first (H) to say where the project goes";
        model.saving.cancel();
        model.notice = Some(format!("{why}{how}"));
        return;
    }
    let kept = model.saving.place.as_ref().map(|place| place.path.clone());
    let replaces = if why.is_some() { Replacing::Known } else { Replacing::No };
    let path = match (&why, kept) {
        (Some((path, _)), _) => path.clone(),
        (None, Some(path)) => path,
        (None, None) => proposed(model),
    };
    let why = why.map(|(_, why)| why);
    let path = path.display().to_string();
    model.saving.dialog = Some(SaveDialog { path, why, replaces });
}

/// The name that unsaved work had, else one beside the first file of what is open.
fn proposed(model: &Model) -> PathBuf {
    if let Some(of) = &model.saving.recovered_of {
        return of.path.clone();
    }
    let sources = &model.project.sources;
    let first = sources.paths().into_iter().next();
    let first = first.or_else(|| sources.files.first().map(PathBuf::from));
    first.unwrap_or_else(|| PathBuf::from("project")).with_extension(PROJECT_ENDING)
}

fn save_there(model: &mut Model) {
    let Some(dialog) = model.saving.dialog.clone() else { return };
    let text = dialog.path.trim();
    if text.is_empty() {
        let why = Some("type where the project shall go".to_owned());
        model.saving.dialog = Some(SaveDialog { why, ..dialog });
        return;
    }
    let mut path = PathBuf::from(text);
    if path.extension().is_none() {
        path.set_extension(PROJECT_ENDING);
    }
    let goal = match (dialog.replaces, &model.saving.place) {
        (Replacing::Known, _) => SaveGoal::Replace(path),
        (Replacing::No | Replacing::Chosen, Some(place)) if place.path == path => {
            SaveGoal::Same(place.clone())
        }
        (Replacing::Chosen, _) => SaveGoal::Chosen(path),
        (Replacing::No, _) => SaveGoal::New(path),
    };
    model.saving.dialog = None;
    save_project(model, goal);
}

/// Takes what was chosen in the system's dialog, which has asked already whether to replace.
pub(crate) fn take_place(model: &mut Model, path: Option<PathBuf>) {
    let Some(dialog) = &mut model.saving.dialog else { return };
    let Some(path) = path else {
        let why = "no file was chosen; if no dialog appeared, type the path";
        dialog.why = Some(why.to_owned());
        return;
    };
    // It asked about the very path: another end was not asked about.
    let replaces = if path.extension().is_some() { Replacing::Chosen } else { Replacing::No };
    *dialog = SaveDialog { path: path.display().to_string(), why: None, replaces };
    save_there(model);
}

/// Takes what became of saving, and goes on with what waits for it.
pub(crate) fn take_saved(model: &mut Model, result: Result<SavedProject, NotSaved>) {
    match result {
        Ok(saved) => {
            let path = saved.place.path.clone();
            remember_project(model, &path);
            match (&saved.doubt, &model.hidden) {
                // The path may hold names.
                (Some(_), Some(_)) => model.notice = Some(NOT_CONFIRMED.to_owned()),
                (Some(doubt), None) => model.notice = Some(doubt.clone()),
                (None, Some(_)) => {
                    model.report_done("The project is saved under its true names".to_owned());
                }
                (None, None) => model.report_done(format!("The project is in {}", path.display())),
            }
            model.saving.note(saved);
            if !model.saving.has_unsaved(model.open_project()) && model.saving.goes_on {
                go_on(model);
            }
            // What was changed while it was being saved is asked for again.
            model.saving.goes_on = false;
        }
        Err(NotSaved::ChangedOnDisk(_)) => {
            let why = match &model.saving.place {
                Some(_) => "somebody else has changed the file since it was opened here",
                None => "somebody else has changed the file since this work on it was begun",
            };
            ask_otherwise(model, why);
        }
        Err(NotSaved::NameTaken(_)) => ask_otherwise(model, "there is a file of this name already"),
        Err(NotSaved::Failed(message) | NotSaved::NotConfirmed(_, message)) => {
            model.saving.cancel();
            model.notice = Some(match &model.hidden {
                // The path may hold names.
                Some(_) => {
                    "the project could not be saved: show names (H) and save again".to_owned()
                }
                None => message,
            });
        }
    }
}

/// Asks once more where the project shall go, and whether what is there is to be replaced.
fn ask_otherwise(model: &mut Model, why: &str) {
    let path = model.saving.attempt.clone().unwrap_or_default();
    ask_for_name(model, Some((path, why.to_owned())));
}

fn take_answer(model: &mut Model, answer: UnsavedAnswer) {
    match answer {
        UnsavedAnswer::Cancel => model.saving.cancel(),
        UnsavedAnswer::Discard => match model.saving.waiting.take() {
            Some(Waiting::Damaged(_)) => {}
            Some(Waiting::Found(found)) => {
                drop_in_background(UnsavedFile::of(found.place.clone()));
            }
            waiting => {
                model.saving.waiting = waiting;
                go_on(model);
            }
        },
        UnsavedAnswer::Save
            if matches!(model.saving.waiting, Some(Waiting::Found(_) | Waiting::Damaged(_))) =>
        {
            go_on(model);
        }
        UnsavedAnswer::Save => {
            model.saving.goes_on = true;
            save(model);
        }
    }
}

/// Does what waited for an answer.
fn go_on(model: &mut Model) {
    let waiting = model.saving.waiting.take();
    model.saving.cancel();
    match waiting {
        Some(Waiting::Take(newer)) => open_now(model, newer),
        Some(Waiting::Project(project)) => open_project(model, &project),
        Some(Waiting::Close) => close_now(model),
        Some(Waiting::Quit) => model.saving.quits = true,
        Some(Waiting::Found(found)) => put_found(model, &found),
        Some(Waiting::Damaged(damaged)) => put_copy(model, &damaged),
        None => {}
    }
}

/// Opens what could be read of a damaged project; it has no file until it is saved under another name.
fn put_copy(model: &mut Model, damaged: &ProjectAt) {
    put_project(model, damaged);
    let path = damaged.place.path.with_extension(format!("copy.{PROJECT_ENDING}"));
    model.saving.leave_place();
    model.saving.is_recovered = true;
    model.saving.recovered_of = Some(EarlierState { path, digest: None });
    let words = damaged.damage.as_ref().map(Damage::words).unwrap_or_default();
    model.notice = Some(format!("this is a copy of what could be read: {words}"));
}

/// Opens work that a crash left; it has no file until it is saved.
fn put_found(model: &mut Model, found: &ProjectAt) {
    put_project(model, found);
    let file = Arc::new(UnsavedFile::of(found.place.clone()));
    let kept = KeptWork { project: model.project.clone(), file };
    model.saving.leave_place();
    model.saving.is_recovered = true;
    model.saving.recovered_of.clone_from(&found.of);
    model.saving.autosave.kept = Some(kept);
    model.notice = Some("this is what was not saved; save it to keep it".to_owned());
}

/// Opens a project that was read, in place of what is open.
pub(crate) fn take_project(model: &mut Model, result: Result<Arc<ProjectAt>, String>) {
    match result {
        Err(message) => model.notice = Some(message),
        Ok(project) if project.damage.is_some() && model.answers.is_some() => {
            // Whatever is open stays: nobody should lose it to a damaged file.
            let words = project.damage.as_ref().map(Damage::words).unwrap_or_default();
            let how = "close what is open first, to open what can be read of it as a copy";
            model.notice = Some(format!("{words}; {how}"));
        }
        Ok(project) if project.damage.is_some() => {
            model.saving.waiting = Some(Waiting::Damaged(project));
        }
        Ok(project)
            if model.runs(JobKind::Save) || model.saving.has_unsaved(model.open_project()) =>
        {
            wait(model, Waiting::Project(project));
        }
        Ok(project) => open_project(model, &project),
    }
}

fn open_project(model: &mut Model, at: &ProjectAt) {
    remember_project(model, &at.place.path);
    put_project(model, at);
}

fn put_project(model: &mut Model, at: &ProjectAt) {
    let ProjectAt { opened, place, is_open_elsewhere, of: _, damage: _ } = at;
    model.jobs.cancel(JobKind::Import);
    model.run_key = opened.key.known().cloned().map(RunKey::of).unwrap_or_default();
    let own = ImportSettings::clone(&opened.project.sources.settings);
    let mut remembered = std::mem::take(&mut model.import_settings.remembered);
    for mapping in &own.remembered {
        if !remembered.contains(mapping) {
            remembered.push(mapping.clone());
        }
    }
    model.import_settings = ImportSettings { remembered, overrides: [].into(), ..own };
    model.project = opened.project.clone();
    let (project, place) = (opened.project.clone(), place.clone());
    let name = place.path.display().to_string();
    model.saving.note(SavedProject { project, place, doubt: None });
    model.saving.is_opened_anew = true;
    model.history = History::default();
    reopen(model);
    model.session.last_view = Some(opened.project.last_view.clone());
    model.notice = if *is_open_elsewhere {
        Some(format!("another window has it open too; whoever saves last is asked: {name}"))
    } else {
        opened.key_warning()
    };
}
