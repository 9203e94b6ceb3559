//! Starts the jobs that ask for files, and those that concern the file of the project.

use crate::app::jobs::JobKind;
use crate::app::jobs::dialog::Asking;
use crate::app::model::job_end::JobEnd;
use crate::app::model::scene_making::project_to_save;
use crate::app::model::state::Model;
use crate::app::work::project_files::{SaveGoal, SaveRequest};
use crate::import::FingerprintKey;

/// Saves the project as it is now; while it is being saved, nothing more is begun.
pub(crate) fn save_project(model: &mut Model, goal: SaveGoal) {
    if model.runs(JobKind::Save) {
        model.notice = Some("the project is being saved already".to_owned());
        return;
    }
    let (project, key) = (project_to_save(model), key_of_project(model));
    let today = model.today;
    model.saving.attempt = Some(match &goal {
        SaveGoal::Same(place) => place.path.clone(),
        SaveGoal::New(path)
        | SaveGoal::Chosen(path)
        | SaveGoal::Replace(path)
        | SaveGoal::Own(path) => path.clone(),
    });
    let earlier = model.saving.earlier();
    let request = SaveRequest { project, key, today, goal, earlier };
    let own = model.saving.place.clone();
    model.jobs.start(JobKind::Save, move |_| JobEnd::ProjectSaved(Box::new(request.save(own))));
}

/// The key that made the fingerprints of what is open, if it is known.
pub(crate) fn key_of_project(model: &Model) -> Option<FingerprintKey> {
    let mark = model.open_project().sources.read.key.as_deref();
    model.run_key.known().filter(|key| mark == Some(key.mark().as_str())).cloned()
}

/// Asks where the project shall go.
pub(crate) fn ask_for_project_file(model: &mut Model) {
    let asking = Asking {
        title: "Save the project",
        file_name: "project.keyreach",
        kind: ("Keyreach project", "keyreach"),
        otherwise: "type the path",
    };
    let ask = model.ask_where.clone();
    model.jobs.start(JobKind::Dialog, move |_| JobEnd::PlaceChosen(ask(asking)));
}

/// Shows the system's dialog for inventories.
pub(crate) fn ask_for_files(model: &mut Model) {
    model.jobs.start(JobKind::Dialog, |_| {
        let chosen = rfd::FileDialog::new()
            .set_title("Open inventories, or a project")
            .add_filter(
                "Inventories and projects",
                &[
                    "csv", "tsv", "psv", "txt", "json", "jsonl", "ndjson", "xlsx", "zip", "gz",
                    "keyreach",
                ],
            )
            .add_filter("All files", &["*"])
            .pick_files();
        JobEnd::Chosen(chosen)
    });
}
