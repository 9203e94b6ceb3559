//! What the palette offers.

use crate::analysis::Subject;
use crate::app::commands::action::Action;
use crate::app::commands::subject_action::{OnSubjects, SubjectAction};
use crate::app::commands::table;
use crate::app::model::Model;

/// One line of the palette.
#[derive(Clone, Copy)]
pub(crate) enum Offer {
    Subject(Subject),
    Action(&'static Action),
    /// Something that can be done with what is selected.
    OnSelection(SubjectAction),
}

/// The hits, then what can be done with what is selected and the actions, as far as their names have
/// the text in them.
pub(crate) fn offers(model: &Model) -> Vec<Offer> {
    let wanted = model.session.palette_text.trim().to_lowercase();
    let [_, found] = &model.found;
    let fits = |name: &str| name.to_lowercase().contains(&wanted);
    let actions = table::all().filter(|action| fits(&action.title(model)));
    let on_selection = with_selection(model, |on| {
        on.actions().into_iter().filter(|action| fits(&palette_name(on, *action))).collect()
    });
    let on_selection: Vec<SubjectAction> = on_selection.unwrap_or_default();
    let hits = found.best.iter().map(|&subject| Offer::Subject(subject));
    hits.chain(on_selection.into_iter().map(Offer::OnSelection))
        .chain(actions.map(Offer::Action))
        .collect()
}

/// Asks something of the list for what is selected, where anything is.
pub(crate) fn with_selection<T>(
    model: &Model,
    ask: impl FnOnce(&OnSubjects<'_>) -> T,
) -> Option<T> {
    let subjects = model.selected_all();
    let is_staged = model.staging.is_some();
    let answers = model.answers.as_ref().filter(|_| !subjects.is_empty() && !is_staged)?;
    Some(ask(&OnSubjects { model, answers, subjects }))
}

/// What an entry is called in the palette: with what it is about.
pub(crate) fn palette_name(on: &OnSubjects<'_>, action: SubjectAction) -> String {
    let name = on.name(action);
    let name = match action {
        SubjectAction::WhatIf(_) => format!("What if… {}", name.to_lowercase()),
        _ => name,
    };
    format!("{name}: {}", on.title())
}
