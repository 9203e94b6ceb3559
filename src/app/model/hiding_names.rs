//! Hides names and shows them again: everywhere at once, and nothing that is looked at changes.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::choosing_pseudonyms::{ask_for_pseudonym, choose_pseudonym, edit_pseudonym};
use crate::app::model::command::{Command, NamesCommand};
use crate::app::model::compared_views::rename_scenarios;
use crate::app::model::export_dialog::ExportState;
use crate::app::model::hidden_names::{
    HiddenNames, Met, SearchTexts, met_while_hidden, met_while_switching,
};
use crate::app::model::history::History;
use crate::app::model::job_end::JobEnd;
use crate::app::model::looks::Looks;
use crate::app::model::presenting::{go_on, pause};
use crate::app::model::rebuild::{show_as_is, take_answers_for};
use crate::app::model::starts::cancel_what_follows;
use crate::app::model::state::Model;
use crate::app::model::travel::restore;
use crate::app::model::views::View;
use crate::app::model::what_if::WhatIf;
use crate::app::work::map_layout::SeenMap;
use crate::app::work::shown_names::ShownNames;
use crate::project::{Project, RedactedKinds};

/// Why a change does not last while names are hidden.
const NOT_CARRIED: &str = "names are hidden, and this cannot be led back to the true ones: show them \
                           first (H)";

/// Carries out what concerns hidden names.
pub(crate) fn apply_names(model: &mut Model, command: NamesCommand) {
    let now = model.hidden.as_ref().map(|hidden| hidden.kinds);
    match command {
        NamesCommand::Switch if now.is_some() => hide_kinds(model, None),
        NamesCommand::Switch => hide_kinds(model, Some(model.session.hides)),
        NamesCommand::Hide(kinds) => hide_kinds(model, Some(kinds)),
        NamesCommand::Kind(kind) => {
            let now = now.unwrap_or_else(|| RedactedKinds::of([]));
            hide_kinds(model, Some(now.with(kind, !now.has(kind))));
        }
        NamesCommand::AskPseudonym(thing) => match cannot_switch(model) {
            Some(why) => model.notice = Some(why.to_owned()),
            None => ask_for_pseudonym(model, thing),
        },
        NamesCommand::EditPseudonym(text) => edit_pseudonym(model, text),
        NamesCommand::ChoosePseudonym => choose_pseudonym(model),
        NamesCommand::LeavePseudonym => model.session.pseudonym = None,
    }
}

/// Hides these kinds of names and no others; none where there are none.
fn hide_kinds(model: &mut Model, wanted: Option<RedactedKinds>) {
    let now = model.hidden.as_ref().map(|hidden| hidden.kinds);
    let wanted = wanted.filter(|kinds| !kinds.listed().is_empty());
    if wanted == now {
        return;
    }
    if let Some(why) = cannot_switch(model) {
        model.notice = Some(why.to_owned());
        return;
    }
    if let Some(kinds) = wanted {
        model.session.hides = kinds;
    }
    pause(model);
    // What has an answer of its own is to be shown under the other names as it is now.
    show_as_is(model);
    let open = model.open_project().clone();
    let is_seen =
        |seen: &SeenMap| model.answers.as_ref().is_some_and(|now| Arc::ptr_eq(now, &seen.answers));
    let seen = model.seen.clone().filter(is_seen);
    model.jobs.start(JobKind::Names, move |progress| {
        ShownNames::of(open, wanted, seen, progress)
            .map_or(JobEnd::Cancelled, |shown| JobEnd::NamesShown(Box::new(shown)))
    });
}

/// Leaves the names as they are.
pub(crate) fn cancel_names(model: &mut Model) {
    model.jobs.cancel(JobKind::Names);
    go_on(model);
}

/// Why names cannot be hidden or shown now.
fn cannot_switch(model: &Model) -> Option<&'static str> {
    let busy =
        [JobKind::Import, JobKind::Analysis, JobKind::Save, JobKind::Export, JobKind::Dialog];
    if model.answers.is_none() {
        return Some("open an inventory first");
    }
    if model.staging.is_some() || model.is_covered() {
        return Some("close what lies over the window first");
    }
    busy.into_iter().any(|kind| model.runs(kind)).then_some("wait until what runs is done")
}

/// Takes what is open under other names.
pub(crate) fn take_names(model: &mut Model, shown: ShownNames) {
    let ShownNames { open, shown, hidden, answers, seen } = shown;
    let since = std::mem::take(&mut model.history);
    let before = match model.hidden.take() {
        Some(before) => {
            let texts = before.texts.clone();
            (before.whole_history(since), texts)
        }
        None => (since, search_texts(model)),
    };
    cancel_what_names(model);
    rename_scenarios(&mut model.views, &model.project.scenarios, &shown.scenarios);
    model.project = shown.clone();
    forget_texts(model);
    if let Some(hidden) = hidden {
        model.history = History::default();
        model.hidden = Some(HiddenNames::new(hidden, (open, shown), before));
        search_for(model, &SearchTexts::default());
    } else {
        model.history = before.0;
        search_for(model, &before.1);
    }
    model.seen = seen;
    model.session.is_renaming = true;
    take_answers_for(model, &answers, None);
    model.session.is_renaming = false;
    go_on(model);
}

/// Ends the work that names things as they were called.
fn cancel_what_names(model: &mut Model) {
    use JobKind::{CopyPicture, ExportPreview, Filter, Pseudonyms, Scenarios, Thumbnails};
    cancel_what_follows(model);
    for kind in [CopyPicture, ExportPreview, Filter, Pseudonyms, Scenarios, Thumbnails] {
        model.jobs.cancel(kind);
    }
}

/// What is searched for.
fn search_texts(model: &Model) -> SearchTexts {
    let filter = |view: &View| (view.id, view.spec.filters.search().to_owned());
    SearchTexts {
        search: model.session.search.clone(),
        problems: model.session.problem_text.clone(),
        filters: model.views.iter().map(filter).collect(),
    }
}

/// Searches for these texts.
fn search_for(model: &mut Model, texts: &SearchTexts) {
    model.session.search.clone_from(&texts.search);
    model.session.problem_text.clone_from(&texts.problems);
    for view in model.views.iter_mut() {
        let own = texts.filters.iter().find(|(id, _)| *id == view.id);
        view.spec.filters.set_search(own.map(|(_, text)| text.clone()).unwrap_or_default());
    }
}

/// Forgets every other text that may hold a name as it was shown.
fn forget_texts(model: &mut Model) {
    let session = &mut model.session;
    session.palette_text.clear();
    session.awaited_scene = None;
    session.workshop = None;
    session.workshop_by.clear();
    session.palette = false;
    session.history = false;
    let show_folder = session.export.show_folder.clone();
    session.export = ExportState { show_folder, ..ExportState::default() };
    for spec in model.views.iter_mut().map(|view| &mut view.spec) {
        spec.inside.clear();
    }
    model.looks = Looks::default();
    model.notice = None;
    model.opening.clear();
    model.scenario_table = None;
    model.what_if = WhatIf::default();
    model.comparison = None;
    model.to_copy = None;
}

/// What a command meets now.
pub(crate) fn met(model: &Model, command: &Command) -> Met {
    if model.runs(JobKind::Names) {
        met_while_switching(command)
    } else if model.hidden.is_some() {
        met_while_hidden(command)
    } else {
        Met::Nothing
    }
}

/// Carries what was changed of the project that is shown over to the one under its names; what cannot be
/// carried over does not last.
pub(crate) fn carry_over(model: &mut Model, before: &Project) {
    let Some(hidden) = &mut model.hidden else { return };
    if model.project == *before {
        return;
    }
    if hidden.carry_over(&model.project).is_err() {
        restore(model, before.clone());
        model.notice = Some(NOT_CARRIED.to_owned());
    }
}

impl Model {
    /// What the user made under its names, whatever is shown: while scenes are presented, without what
    /// they assume.
    pub(crate) fn open_project(&self) -> &Project {
        let before = || self.session.presentation.as_ref().map(|own| &own.before);
        let open = self.hidden.as_ref().map(|hidden| &hidden.open);
        open.or_else(before).unwrap_or(&self.project)
    }

    /// What stands above the window.
    pub(crate) fn title(&self) -> String {
        let title = self.saving.title(self.open_project());
        match (&self.hidden, title.starts_with('•')) {
            (None, _) => title,
            (Some(_), true) => "• Names hidden – Keyreach".to_owned(),
            (Some(_), false) => "Names hidden – Keyreach".to_owned(),
        }
    }
}
