//! A newer export of what is open: read, compared, and taken or left.

use std::sync::Arc;

use crate::app::model::choosing_pseudonyms::cover_new_names;
use crate::app::model::command::ReimportCommand;
use crate::app::model::found_again::FoundAgain;
use crate::app::model::opening::{open_inventory, sources_of};
use crate::app::model::rebuild::{analyse_again, keep, put_sources, take_answers_for};
use crate::app::model::remembered::remember_recent;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::work::comparison::{Comparison, Newer};
use crate::import::ImportSettings;
use crate::inventory::shown;
use crate::project::{ImportedFindings, carry_over_findings};

pub(crate) fn apply_reimport(model: &mut Model, command: ReimportCommand) {
    match command {
        ReimportCommand::Read => read_anew(model),
        ReimportCommand::Replace => replace(model),
        ReimportCommand::AddInstead => add_instead(model),
        ReimportCommand::Keep => keep(model),
    }
}

pub(crate) fn read_anew(model: &mut Model) {
    let (Some(open), Some(opening)) =
        (model.answers_as_is().cloned(), model.project.sources.opening.clone())
    else {
        return;
    };
    // From now on another change counts as a new one.
    keep(model);
    model.notice = None;
    starts::reread(model, opening, open);
}

/// Takes what was imported: at once, unless it is a newer export of what is open; then what is
/// different is shown first.
pub(crate) fn take_imported(model: &mut Model, newer: Newer) {
    match model.answers_as_is().cloned() {
        Some(open) => starts::compare(model, open, newer),
        None => open_inventory(model, newer),
    }
}

/// Stages what was compared, so that it can be added to what is open.
fn add_instead(model: &mut Model) {
    let Some(comparison) = model.comparison.clone() else { return };
    keep(model);
    model.opening = comparison.newer.opening.names();
    let Newer { opening, settings, .. } = comparison.newer.clone();
    starts::stage(model, opening, ImportSettings::clone(&settings));
}

/// Puts what was open, with what was added to it, in its place; filters and selection stay by name.
pub(crate) fn add_sources(model: &mut Model, together: Newer) {
    remember_recent(model, &together.opening, &together.settings);
    let before = model.project.clone();
    put_sources(model, sources_of(together));
    cover_new_names(model, Some(before));
    analyse_again(model);
}

/// Shows what is different before the newer export takes the place of what is open.
pub(crate) fn take_comparison(model: &mut Model, result: Result<Arc<Comparison>, String>) {
    match result {
        Ok(comparison) => model.comparison = Some(comparison),
        Err(message) => model.notice = Some(format!("{message}; what is open is unchanged")),
    }
}

/// The newer export in place of what is open; filters and, by name, the selection stay.
pub(crate) fn replace(model: &mut Model) {
    let Some(comparison) = model.comparison.take() else { return };
    remember_recent(model, &comparison.newer.opening, &comparison.newer.settings);
    take_over(model, &comparison);
    select_as_is(model);
    let newer = comparison.answers.clone();
    if *newer.graph.assumptions() == *model.project.assumptions {
        take_answers_for(model, &newer, Some(&comparison.same));
    } else {
        // The assumptions were changed while the comparison lay open.
        analyse_again(model);
    }
}

/// Takes what is open as it is for what is shown, with what is selected: that is what was compared.
fn select_as_is(model: &mut Model) {
    let Some(as_is) = model.as_is.take() else { return };
    let shown = model.answers.replace(as_is.answers.clone());
    let (Some(shown), Some(selection)) = (shown, &mut model.selection) else { return };
    selection.rename(FoundAgain::new(&shown.graph, &as_is.answers.graph).subjects(&selection.all));
    if selection.all.is_empty() {
        model.selection = None;
    }
}

/// Puts the newer export in place, with all that the user made under the names that it has there; what
/// has lost its thing is said.
fn take_over(model: &mut Model, comparison: &Comparison) {
    let sources = sources_of(comparison.newer.clone());
    let Some(answers) = model.answers_as_is().cloned() else { return put_sources(model, sources) };
    let findings =
        ImportedFindings { old: &answers, new: &comparison.answers, changes: &comparison.changes };
    let today = model.today;
    let carried =
        carry_over_findings(&model.project, sources.clone(), findings, (&comparison.same, today));
    let before = std::mem::replace(&mut model.project, carried.project);
    put_sources(model, sources);
    cover_new_names(model, Some(before));
    let lost: Vec<&String> = carried.lost.iter().chain(&comparison.lost_answers).collect();
    if let Some(first) = lost.first() {
        let more = match lost.len() - 1 {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        model.notice = Some(format!("{}{more}", shown(first)));
    }
}
