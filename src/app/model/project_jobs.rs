//! Starts the jobs that concern the file of the project.

use crate::app::jobs::JobKind;
use crate::app::jobs::dialog::Asking;
use crate::app::model::job_end::JobEnd;
use crate::app::model::state::Model;
use crate::app::work::project_files::{SaveGoal, SaveRequest};

/// Saves the project as it is now; while it is being saved, nothing more is begun.
pub(crate) fn save_project(model: &mut Model, goal: SaveGoal) {
    if model.runs(JobKind::Save) {
        model.notice = Some("the project is being saved already".to_owned());
        return;
    }
    let project = model.project.clone();
    let mark = project.sources.read.key.as_deref();
    let key = model.run_key.known().filter(|key| mark == Some(key.mark().as_str())).cloned();
    let today = model.saving.usual().assumptions.as_of;
    model.saving.attempt = Some(match &goal {
        SaveGoal::Same(place) => place.path.clone(),
        SaveGoal::New(path) | SaveGoal::Replace(path) => path.clone(),
    });
    let (request, own) = (SaveRequest { project, key, today, goal }, model.saving.place.clone());
    model.jobs.start(JobKind::Save, move |_| JobEnd::ProjectSaved(Box::new(request.save(own))));
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
