//! What owners are asked, and what they answered.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::job_end::JobEnd;
use crate::app::model::project_jobs::key_of_project;
use crate::app::model::rebuild::{analyse_again, put_sources};
use crate::app::model::state::Model;
use crate::app::work::attestation::{ReadAnswers, read_answers, save_asked_lists};
use crate::project::Sources;

/// Asks for a folder and writes a list for each owner.
pub(crate) fn write_lists(model: &mut Model) {
    let Some(answers) = model.answers_as_is().cloned() else { return };
    let key = key_of_project(model);
    model.jobs.start(JobKind::Dialog, move |_| {
        let chosen = rfd::FileDialog::new().set_title("Write lists for owners").pick_folder();
        let otherwise =
            "no folder was chosen; if no dialog appeared, `keyreach attestation` writes the lists";
        let saved = chosen.map(|folder| save_asked_lists(&answers, &folder, key.as_ref()));
        JobEnd::Saved(saved.unwrap_or_else(|| Err(otherwise.to_owned())))
    });
}

/// Asks for lists that came back and reads their answers.
pub(crate) fn ask_for_answers(model: &mut Model) {
    let Some(answers) = model.answers_as_is().cloned() else { return };
    let (key, project, today) = (key_of_project(model), model.project.clone(), model.today);
    model.jobs.start(JobKind::Dialog, move |_| {
        let chosen = rfd::FileDialog::new()
            .set_title("Read the answers of owners")
            .add_filter("Lists of owners", &["csv", "tsv", "txt"])
            .add_filter("All files", &["*"])
            .pick_files();
        JobEnd::AnswersRead(chosen.map(|paths| {
            read_answers(&project, &answers, (&paths, today), key.as_ref()).map(Arc::new)
        }))
    });
}

/// Takes the answers over into what is open, if that is what it was when they were read.
pub(crate) fn take_owner_answers(
    model: &mut Model,
    read: Option<Result<Arc<ReadAnswers>, String>>,
) {
    let read = match read {
        None => {
            let text = "no file was chosen; if no dialog appeared, `keyreach attested` reads the \
                        answers";
            model.notice = Some(text.to_owned());
            return;
        }
        Some(Err(message)) => {
            model.notice = Some(message);
            return;
        }
        Some(Ok(read)) => read,
    };
    let ReadAnswers { before, inventory, notes, words } = &*read;
    let project = &mut model.project;
    if project.sources != before.sources || !Arc::ptr_eq(&project.notes, &before.notes) {
        let text = "what is open has changed meanwhile; read the answers once more";
        model.notice = Some(text.to_owned());
        return;
    }
    project.notes = notes.clone();
    let sources =
        Sources { inventory: Some(inventory.clone()), ..Sources::clone(&project.sources) };
    put_sources(model, sources);
    analyse_again(model);
    model.report_done(words.clone());
}
