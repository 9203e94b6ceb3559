//! What follows from the fixes in force: worked out anew whenever they or the answers change.

use std::sync::Arc;

use crate::analysis::RadiusChange;
use crate::app::jobs::JobKind;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::model::views::View;
use crate::app::model::what_if::AsIs;
use crate::app::work::what_if::{Ask, Outcome};
use crate::project::FixStatus;
use crate::scene::MapChanges;

/// Finds the fixes anew in what is open, and works out what follows from them.
pub(crate) fn refix(model: &mut Model) {
    model.what_if.standings = match model.answers_as_is() {
        Some(answers) => model.project.fixes.found_in(&answers.graph),
        None => Vec::new(),
    };
    if model.chosen_fix().is_none() {
        model.what_if.chosen = None;
    }
    ask_what_if(model);
    ask_radius(model);
    show_with_fixes(model);
}

/// Works out what is to be shown, if that is something else than what is shown: what is open with the
/// fixes that are in force now.
pub(crate) fn show_with_fixes(model: &mut Model) {
    let fixes = model.fixes_in_force();
    let is_shown = model.as_is.as_ref().is_some_and(|as_is| as_is.fixes == fixes);
    if !model.session.with_fixes || fixes.is_empty() || is_shown {
        return;
    }
    if let Some(answers) = model.answers_as_is().cloned() {
        starts::answer_with_fixes(model, AsIs { answers, fixes });
    }
}

pub(crate) fn ask_what_if(model: &mut Model) {
    let fixes = model.fixes_in_force();
    let alone = model.chosen_fix().and_then(|at| model.what_if.standings.get(at));
    let alone = alone.and_then(FixStatus::fix).cloned();
    model.jobs.cancel(JobKind::WhatIf);
    model.what_if.outcome = None;
    match model.answers_as_is().cloned() {
        Some(answers) if !fixes.is_empty() || alone.is_some() => {
            starts::what_if(model, answers, Ask { fixes, alone });
        }
        _ => show_changes(model),
    }
}

/// Asks how far what is selected reaches once the fixes in force are made.
pub(crate) fn ask_radius(model: &mut Model) {
    model.jobs.cancel(JobKind::Radius);
    model.what_if.radius = None;
    let fixes = model.fixes_in_force();
    let (Some(answers), Some(of)) = (model.answers.clone(), model.selected()) else { return };
    if !fixes.is_empty() && model.as_is.is_none() {
        starts::radius_after(model, answers, fixes, of);
    }
}

pub(crate) fn take_outcome(model: &mut Model, outcome: Arc<Outcome>) {
    model.what_if.outcome = Some(outcome);
    show_changes(model);
}

pub(crate) fn take_radius(model: &mut Model, radius: RadiusChange) {
    if model.selected() == Some(radius.subject) {
        model.what_if.radius = Some(radius);
    }
}

/// Works out anew what the fixes change on the map of every view.
pub(crate) fn show_changes(model: &mut Model) {
    // A map with the fixes has what they change behind it.
    let outcome = model.what_if.outcome.as_ref().filter(|_| model.as_is.is_none());
    let changes_of = |view: &View| {
        let map = view.data.map.as_ref()?;
        let changes = if model.views.compares {
            &model.shown_fixes(view)?.changes
        } else {
            &outcome?.changes
        };
        Some(MapChanges::new(map, changes))
    };
    let changes: Vec<Option<MapChanges>> = model.views.iter().map(changes_of).collect();
    for (view, changes) in model.views.iter_mut().zip(changes) {
        view.data.changes = changes;
    }
    model.picture += 1;
}
