//! What concerns files that are looked at before they are opened.

use crate::app::jobs::JobKind;
use crate::app::model::command::StageCommand;
use crate::app::model::file_dialogs;
use crate::app::model::reimport::{add_sources, take_imported};
use crate::app::model::remembered::remember_mappings;
use crate::app::model::staging::Staging;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::work::comparison::Newer;
use crate::app::work::staged_files::{Base, DecidedOn, ImportCounts, Prepared, Previews, Views};

pub(crate) fn apply_stage(model: &mut Model, command: StageCommand) {
    match command {
        StageCommand::Begin(opening) => {
            model.notice = None;
            model.opening = opening.names();
            let settings = model.import_settings.clone();
            starts::stage(model, opening, settings);
        }
        StageCommand::Review => match model.project.sources.opening.clone() {
            Some(opening) => {
                model.opening = opening.names();
                let settings = starts::settings_of_open(model);
                starts::stage(model, opening, settings);
            }
            None => model.notice = Some("what was pasted is not kept; paste it again".into()),
        },
        StageCommand::Show(at) => {
            if let Some(staging) = &mut model.staging
                && staging.files.previews.contains_key(&at)
            {
                staging.at = at;
            }
        }
        StageCommand::ShowTable(table) => {
            if let Some(staging) = &mut model.staging {
                staging.views.insert(staging.at, table);
                starts::preview(model);
            }
        }
        StageCommand::ForAll(on) => {
            if let Some(staging) = &mut model.staging {
                staging.for_all = on;
            }
        }
        StageCommand::AddToOpen(on) => add_to_open(model, on),
        StageCommand::Choose(choice) => {
            if let Some(staging) = &mut model.staging {
                staging.choose(&choice);
                preview_again(model);
            }
        }
        StageCommand::SaveMapping => {
            let mapping = model.staging.as_ref().and_then(Staging::preview);
            if let Some(Ok(preview)) = mapping {
                file_dialogs::save_mapping(model, preview.mapping.clone());
            }
        }
        StageCommand::Commit => {
            if let Some(staging) = &mut model.staging {
                staging.wanted = true;
                commit_if_ready(model);
            }
        }
        StageCommand::Cancel => leave_staging(model),
    }
}

/// Adds what is staged to what is open, or puts it in its place.
fn add_to_open(model: &mut Model, on: bool) {
    let sources = model.project.sources.clone();
    let base = sources.opening.clone().filter(|_| on);
    let Some(staging) = &mut model.staging else { return };
    staging.base = base.map(|opening| Base { opening, settings: sources.settings.clone() });
    staging.result = None;
    staging.wanted = false;
    starts::count(model);
}

/// Shows files that were read, with what would come of them, if that is known already.
pub(crate) fn take_prepared(model: &mut Model, prepared: Prepared, counts: Option<ImportCounts>) {
    let settings = prepared.settings.clone();
    model.staging = Some(Staging {
        files: prepared,
        settings,
        at: 0,
        views: Views::new(),
        decided_on: DecidedOn::new(),
        for_all: true,
        base: None,
        result: counts.map(Ok),
        wanted: false,
    });
    if model.staging.as_ref().is_some_and(|staging| staging.result.is_none()) {
        starts::count(model);
    }
}

pub(crate) fn preview_again(model: &mut Model) {
    let Some(staging) = &mut model.staging else { return };
    staging.result = None;
    staging.wanted = false;
    starts::preview(model);
    starts::count(model);
}

pub(crate) fn take_previews(model: &mut Model, previews: Previews) {
    if let Some(staging) = &mut model.staging {
        staging.files.previews = previews;
    }
}

pub(crate) fn take_count(model: &mut Model, result: Result<ImportCounts, String>) {
    if let Some(staging) = &mut model.staging {
        staging.result = Some(result);
        commit_if_ready(model);
    }
}

pub(crate) fn commit_if_ready(model: &mut Model) {
    let Some(staging) = &mut model.staging else { return };
    match &staging.result {
        Some(Ok(counted)) if staging.wanted && counted.is_empty() => staging.wanted = false,
        Some(Ok(counted)) if staging.wanted => {
            let (inventory, settings) = (counted.inventory.clone(), counted.settings.clone());
            let opening = staging.files.opening.clone();
            let read = counted.read.clone();
            let (decided, base) = (counted.decided.clone(), staging.base.clone());
            remember_mappings(model, decided);
            leave_staging(model);
            match base {
                None => take_imported(model, Newer { inventory, opening, settings, read }),
                Some(base) => {
                    let opening = base.opening.and(opening);
                    add_sources(model, Newer { inventory, opening, settings, read });
                }
            }
        }
        Some(Err(_)) => staging.wanted = false,
        Some(Ok(_)) | None => {}
    }
}

/// Lets go of what is staged; what is open stays as it is.
pub(crate) fn leave_staging(model: &mut Model) {
    model.staging = None;
    for kind in [JobKind::Import, JobKind::Preview] {
        model.jobs.cancel(kind);
    }
}
