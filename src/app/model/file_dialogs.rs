//! Starts the jobs that ask which file is meant, and read or write it: policies, mappings, rejected rows.

use std::path::Path;

use crate::app::jobs::JobKind;
use crate::app::jobs::dialog::Asking;
use crate::app::model::job_end::JobEnd;
use crate::app::model::state::Model;
use crate::app::work::policy_files::{LoadedPolicy, save_policy as write_policy};
use crate::app::work::saving;
use crate::import::ColumnMapping;

/// Asks for a policy and reads it.
pub(crate) fn load_policy(model: &mut Model) {
    let as_of = model.project.assumptions.as_of;
    model.jobs.start(JobKind::Dialog, move |_| {
        let chosen = rfd::FileDialog::new()
            .set_title("Load a policy")
            .add_filter("Policy", &["toml"])
            .add_filter("All files", &["*"])
            .pick_file();
        JobEnd::PolicyRead(chosen.map(|path| LoadedPolicy::read(&path, as_of)))
    });
}

/// Asks where the assumptions shall go, and writes them as a policy.
pub(crate) fn save_policy(model: &mut Model) {
    let asking = Asking {
        title: "Save the policy",
        file_name: "policy.toml",
        kind: ("Policy", "toml"),
        otherwise: "keyreach policy --output FILE writes one to begin with",
    };
    let assumptions = model.project.assumptions.clone();
    save(model, asking, move |path| write_policy(&assumptions, path));
}

/// Asks where the rejected rows shall go, and writes them.
pub(crate) fn save_rejected(model: &mut Model) {
    let Some(inventory) = model.inventory().cloned() else { return };
    let asking = Asking {
        title: "Save the rejected rows",
        file_name: "rejected.csv",
        kind: ("CSV", "csv"),
        otherwise: "keyreach report --rejected FILE writes the rows",
    };
    save(model, asking, move |path| saving::save_rejected(&inventory, path));
}

/// Asks where a mapping shall go, and writes it.
pub(crate) fn save_mapping(model: &mut Model, mapping: ColumnMapping) {
    let asking = Asking {
        title: "Save the column mapping",
        file_name: "mapping.toml",
        kind: ("Column mapping", "toml"),
        otherwise: "keyreach mapping FILE writes the mapping",
    };
    save(model, asking, move |path| saving::save_mapping(&mapping, path));
}

/// Asks where something shall go, and has it written there; what comes of it is reported.
pub(crate) fn save(
    model: &mut Model,
    asking: Asking,
    write: impl FnOnce(&Path) -> Result<String, String> + Send + 'static,
) {
    let (ask, otherwise) = (model.ask_where.clone(), asking.otherwise);
    model.jobs.start(JobKind::Dialog, move |_| {
        JobEnd::Saved(ask(asking).map_or_else(
            || Err(format!("no file was chosen; if no dialog appeared, {otherwise}")),
            |path| write(&path),
        ))
    });
}
