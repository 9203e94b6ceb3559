//! Opens inventories and closes them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::presentation::Story;
use crate::app::model::rebuild::open_sources;
use crate::app::model::remembered::remember_recent;
use crate::app::model::saving::Waiting;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::work::comparison::Newer;
use crate::inventory::Inventory;
use crate::project::{FindingRegister, NamedEnds, NamedFix, Opening, Sources};

/// Reads files; what is open stays until they are read.
pub(crate) fn open(model: &mut Model, opening: Opening) {
    model.opening = opening.names();
    model.notice = None;
    model.comparison = None;
    starts::import(model, opening);
}

/// Opens a file that was opened before, with the tables that were read of it then.
pub(crate) fn open_recent(model: &mut Model, at: usize) {
    let Some(recent) = model.recent.get(at).cloned() else { return };
    let settings = recent.settings(&model.import_settings);
    let opening = Opening::Files(vec![recent.path()]);
    model.opening = opening.names();
    model.notice = None;
    model.comparison = None;
    starts::import_as(model, opening, settings);
}

/// Opens an inventory in place of what is open; fixes stay if it knows a credential of them.
pub(crate) fn open_inventory(model: &mut Model, newer: Newer) {
    if must_wait(model) {
        wait(model, Waiting::Take(newer));
    } else {
        open_now(model, newer);
    }
}

/// Whether something would be lost with what is open: the file of the project lacks something or is
/// being written, or what a crash left has no file yet. What else has no file can be brought back by
/// Undo.
fn must_wait(model: &Model) -> bool {
    let has_file = model.saving.place.is_some() || model.saving.is_recovered;
    model.runs(JobKind::Save) || (has_file && model.saving.has_unsaved(model.open_project()))
}

/// Lets something wait: for the end of saving where that runs, else for an answer.
pub(crate) fn wait(model: &mut Model, waiting: Waiting) {
    model.saving.goes_on = model.runs(JobKind::Save);
    model.saving.waiting = Some(waiting);
}

/// Leaves the file of the project: what comes next is no part of it.
fn leave_project(model: &mut Model) {
    if model.saving.place.is_some() || model.saving.is_recovered {
        model.project.assumptions = model.saving.usual().assumptions.clone();
        model.project.arrangement = Arc::default();
        model.saving.leave_place();
    }
}

/// The same, whatever is not saved.
pub(crate) fn open_now(model: &mut Model, newer: Newer) {
    leave_project(model);
    remember_recent(model, &newer.opening, &newer.settings);
    keep_fixes_known_to(model, &newer.inventory);
    forget_made(model);
    model.project.findings = Arc::new(FindingRegister::begun(model.today));
    open_sources(model, sources_of(newer));
}

/// What is open once an import is taken.
pub(crate) fn sources_of(newer: Newer) -> Sources {
    let Newer { inventory, opening, settings, read } = newer;
    let (files, opening) = (opening.names(), opening.kept());
    Sources { files, inventory: Some(inventory), opening, settings, read }
}

fn keep_fixes_known_to(model: &mut Model, inventory: &Inventory) {
    let known = |fix: &NamedFix| inventory.names.find(fix.credential.as_str()).is_some();
    if !model.project.fixes.list().iter().any(known) {
        clear_fixes(model);
    }
}

/// Forgets what was made of what is left, all but the fixes.
fn forget_made(model: &mut Model) {
    let project = &mut model.project;
    project.ends = NamedEnds::default();
    project.rotation = Arc::default();
    project.filters = Arc::default();
    project.findings = Arc::default();
    project.notes = Arc::default();
    project.scenarios = Arc::default();
    project.lost = Arc::default();
}

fn clear_fixes(model: &mut Model) {
    if !model.project.fixes.is_empty() {
        model.project.fixes = Arc::default();
    }
}

/// Closes what is open and shows the start screen.
pub(crate) fn close(model: &mut Model) {
    if must_wait(model) {
        wait(model, Waiting::Close);
    } else {
        close_now(model);
    }
}

/// The same, whatever is not saved.
pub(crate) fn close_now(model: &mut Model) {
    leave_project(model);
    model.jobs.cancel(JobKind::Import);
    clear_fixes(model);
    forget_made(model);
    if model.inventory().is_some() {
        open_sources(model, Sources::default());
    }
    model.notice = None;
}

/// Says why nothing was opened; what cannot be opened is no recent file.
pub(crate) fn take_failure(model: &mut Model, message: &str) {
    model.session.story = Story::NotShown;
    let whole = |name: &String| std::path::absolute(name).unwrap_or_else(|_| PathBuf::from(name));
    let opening: Vec<PathBuf> = model.opening.iter().map(whole).collect();
    // As they are called on screen.
    let shown = |path: PathBuf| PathBuf::from(path.display().to_string());
    model.recent.retain(|own| !opening.contains(&shown(own.path())));
    let others = match model.opening.len() {
        0 | 1 => String::new(),
        count => format!("; none of the {count} files was opened"),
    };
    model.notice = Some(format!("{message}{others}"));
}
