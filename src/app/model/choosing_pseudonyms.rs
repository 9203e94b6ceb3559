//! Pseudonyms that the user chooses, each one undo step.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::job_end::JobEnd;
use crate::app::model::pseudonym_draft::PseudonymDraft;
use crate::app::model::state::Model;
use crate::project::{KeptPseudonyms, Project, RedactedKinds, Redaction, SubjectName};

/// Opens the editor of a thing's pseudonym; pseudonyms are made first where the project lacks this one.
pub(crate) fn ask_for_pseudonym(model: &mut Model, thing: SubjectName) {
    let pseudonyms = &model.project.pseudonyms;
    let text = pseudonyms.chosen_for(&thing).unwrap_or_default().to_owned();
    if pseudonyms.pseudonym_of(&thing).is_none() {
        let project = model.project.clone();
        model.jobs.start(JobKind::Pseudonyms, move |_| {
            let made = Redaction::of_project(RedactedKinds::default(), &project);
            JobEnd::PseudonymsMade(Arc::new(made.pseudonyms().clone()))
        });
    }
    model.session.pseudonym = Some(PseudonymDraft { thing, text, why: None });
}

/// Gives pseudonyms to the names that came to what is open, where it keeps some; where it was `before`
/// something else, first to the names of that, which may have been hidden in an answer.
pub(crate) fn cover_new_names(model: &mut Model, before: Option<Project>) {
    let has_some = before.is_some() || !model.project.pseudonyms.is_empty();
    if model.hidden.is_some() || !has_some {
        return;
    }
    let mut project = model.project.clone();
    model.jobs.start(JobKind::Pseudonyms, move |_| {
        let made = |of: &Project| {
            let names = Redaction::of_project(RedactedKinds::default(), of);
            Arc::new(names.pseudonyms().clone())
        };
        if let Some(before) = before {
            project.pseudonyms = made(&before);
        }
        JobEnd::PseudonymsMade(made(&project))
    });
}

/// Keeps pseudonyms that were made. It is no step: what was made is never taken back.
pub(crate) fn keep_pseudonyms(model: &mut Model, made: &KeptPseudonyms) {
    let is_shown = model.hidden.is_none();
    if is_shown && made.has_all_of(&model.project.pseudonyms) {
        let all = Arc::new(made.with_chosen_of(&model.project.pseudonyms));
        if let Some(own) = &mut model.session.presentation {
            own.before.pseudonyms = all.clone();
        }
        model.project.pseudonyms = all;
    }
}

/// Takes over what is written.
pub(crate) fn edit_pseudonym(model: &mut Model, text: String) {
    if let Some(draft) = &mut model.session.pseudonym {
        (draft.text, draft.why) = (text, None);
    }
}

/// Lets the thing have the pseudonym that is written, or says why it cannot.
pub(crate) fn choose_pseudonym(model: &mut Model) {
    let Some(draft) = &mut model.session.pseudonym else { return };
    let mut kept = KeptPseudonyms::clone(&model.project.pseudonyms);
    match kept.choose(&draft.thing, &draft.text) {
        Ok(()) => {
            model.project.pseudonyms = Arc::new(kept);
            model.session.pseudonym = None;
        }
        Err(why) => draft.why = Some(why.to_string()),
    }
}
