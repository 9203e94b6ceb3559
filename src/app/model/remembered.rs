//! What the next start finds again: recent files, and the mappings of shapes seen before.

use std::path::{Path, PathBuf};

use crate::app::jobs::drop_in_background;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::work::recent_files::{RecentFile, read_recent, read_recent_paths, recent_text};
use crate::app::work::write_queue::PendingFile;
use crate::import::{ColumnMapping, ImportSettings};
use crate::project::Opening;

/// How many recent files are kept.
const MOST_RECENT: usize = 8;

/// Puts what is opened among the recent files, the latest first, with the tables that are read of each.
pub(crate) fn remember_recent(model: &mut Model, opening: &Opening, settings: &ImportSettings) {
    remember(model, RecentFile::all_of(opening, settings));
}

/// Puts a project among the recent files.
pub(crate) fn remember_project(model: &mut Model, path: &Path) {
    remember(model, vec![RecentFile::of(path)]);
}

fn remember(model: &mut Model, files: Vec<RecentFile>) {
    if files.is_empty() || !model.settings.keeps_recent {
        return;
    }
    // Whole paths, because the next start may be in another folder, and so that none is listed twice.
    for file in files.into_iter().rev().map(RecentFile::whole) {
        let path = file.path();
        model.recent.retain(|known| known.path() != path);
        model.recent.insert(0, file);
    }
    model.recent.truncate(MOST_RECENT);
    write_recent(model);
}

/// The files that are listed for this start: those that are still there.
pub(crate) fn load_recent(model: &mut Model) {
    if !model.settings.keeps_recent {
        return;
    }
    let [Some(list), Some(older)] = model.settings.recent_files() else { return };
    let mut recent = match std::fs::read_to_string(list) {
        Ok(text) => read_recent(&text),
        Err(_) => read_recent_paths(&std::fs::read_to_string(older).unwrap_or_default()),
    };
    recent.retain(|file| file.path().exists());
    model.recent = recent;
}

/// Forgets the files that were opened before.
pub(crate) fn forget_recent(model: &mut Model) {
    model.recent.clear();
    write_recent(model);
}

/// Lists the files that are opened for the next start, or no longer.
pub(crate) fn keep_recent(model: &mut Model, on: bool) {
    model.settings.keeps_recent = on;
    if !on {
        forget_recent(model);
    }
    keep_settings(model);
}

/// Keeps the theme, and whether files are listed.
pub(crate) fn keep_settings(model: &mut Model) {
    model.settings.note_panes(&model.session.panes);
    model.kept_files.push_all(model.settings.pending());
    starts::write_kept_files(model);
}

fn write_recent(model: &mut Model) {
    let [Some(path), Some(older)] = model.settings.recent_files() else { return };
    let what = "the list of recent files";
    let text = Some(recent_text(&model.recent));
    model.kept_files.push(PendingFile { path, text, what });
    model.kept_files.push(PendingFile { path: older, text: None, what });
    starts::write_kept_files(model);
}

/// Keeps what was decided for the next table of the same shape.
pub(crate) fn remember_mappings(model: &mut Model, decided: Vec<ColumnMapping>) {
    for mapping in decided {
        let header: Vec<String> = mapping.columns.keys().cloned().collect();
        let remembered = &mut model.import_settings.remembered;
        remembered.retain(|known| !known.has_just(&header));
        remembered.insert(0, mapping.clone());
        let Some(folder) = model.settings.mappings_folder() else { continue };
        if !model.settings.keeps_mappings {
            continue;
        }
        let (path, text) = (folder.join(file_name(&header)), Some(mapping.to_toml()));
        model.kept_files.push(PendingFile { path, text, what: "the mapping" });
    }
    starts::write_kept_files(model);
}

/// Forgets the column mappings that were decided, here and in the folder of the settings.
pub(crate) fn forget_mappings(model: &mut Model) {
    model.import_settings.remembered.clear();
    let Some(path) = model.settings.mappings_folder() else { return };
    model.kept_files.push(PendingFile { path, text: None, what: "the folder of mappings" });
    starts::write_kept_files(model);
}

/// Keeps column mappings for the next table with the same columns, or no longer.
pub(crate) fn keep_mappings(model: &mut Model, on: bool) {
    model.settings.keeps_mappings = on;
    if !on {
        forget_mappings(model);
    }
    keep_settings(model);
}

/// Keeps unsaved work in case of a crash, or no longer; what is kept of it goes then.
pub(crate) fn keep_unsaved(model: &mut Model, on: bool) {
    model.settings.keeps_unsaved = on;
    if let Some(kept) = model.saving.autosave.kept.take().filter(|_| !on) {
        drop_in_background(kept);
    }
    keep_settings(model);
}

/// Reports what could not be kept.
pub(crate) fn report_kept_files(model: &mut Model) {
    if let Some(failure) = model.kept_files.take_failure() {
        model.notice = Some(failure);
    }
}

/// Reads the mappings that were kept.
pub(crate) fn load_mappings(model: &mut Model) {
    let folder = model.settings.mappings_folder().filter(|_| model.settings.keeps_mappings);
    let Some(folder) = folder else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map(|all| all.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.sort();
    let texts = files.iter().filter_map(|file| std::fs::read_to_string(file).ok());
    let known = texts.filter_map(|text| ColumnMapping::parse(&text).ok());
    model.import_settings.remembered.extend(known);
}

/// A file's name that says which columns it is for, and differs for all other columns.
fn file_name(header: &[String]) -> String {
    let words: String = header.join(" ").chars().take(40).collect();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let words: String = words.to_lowercase().chars().map(plain).collect();
    let hash = blake3::hash(header.join("\u{1f}").as_bytes()).to_hex();
    format!("{}-{}.toml", words.trim_matches('-'), hash.chars().take(8).collect::<String>())
}
