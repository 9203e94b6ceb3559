//! What concerns files that are looked at before they are opened.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::command::StageCommand;
use crate::app::model::reimport::take_imported;
use crate::app::model::remembered::remember_mappings;
use crate::app::model::staging::Staging;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::work::comparison::Newer;
use crate::app::work::staged_files::{ImportCounts, Prepared, Previews, Views};

pub(crate) fn apply_stage(model: &mut Model, command: StageCommand) {
    match command {
        StageCommand::Begin(opening) => {
            model.notice = None;
            model.opening = opening.names();
            starts::stage(model, opening);
        }
        StageCommand::Review => match model.project.sources.opening.clone() {
            Some(opening) => {
                model.opening = opening.names();
                starts::stage(model, opening);
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
        StageCommand::Choose(choice) => {
            if let Some(staging) = &mut model.staging {
                staging.choose(&choice);
                preview_again(model);
            }
        }
        StageCommand::SaveMapping => {
            let mapping = model.staging.as_ref().and_then(Staging::preview);
            if let Some(Ok(preview)) = mapping {
                starts::save_mapping(model, preview.mapping.clone());
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

/// Shows files that were read, and works out what would come of them.
pub(crate) fn take_prepared(model: &mut Model, prepared: Prepared) {
    let settings = model.import_settings.clone();
    model.staging = Some(Staging {
        files: prepared,
        settings,
        at: 0,
        views: Views::new(),
        for_all: true,
        result: None,
        wanted: false,
    });
    starts::count(model);
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
            let inventory = counted.inventory.clone();
            let opening = staging.files.opening.clone();
            let settings = Arc::new(staging.settings.clone());
            let decided = staging.decided();
            remember_mappings(model, decided);
            leave_staging(model);
            take_imported(model, Newer { inventory, opening, settings });
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
