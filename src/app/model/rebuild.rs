//! Puts something else in place of what is open, or of its answers.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::jobs::{JobKind, drop_in_background};
use crate::app::model::filters::Filters;
use crate::app::model::found_again::FoundAgain;
use crate::app::model::hiding::hide_by_hand;
use crate::app::model::listing::{list_problems, relist, search};
use crate::app::model::looks::Looks;
use crate::app::model::paths::assess_again;
use crate::app::model::query::wanted::Wanted;
use crate::app::model::search::SearchHits;
use crate::app::model::selecting::{select, select_all, show_owner};
use crate::app::model::starts;
use crate::app::model::state::{ChosenOwner, Model};
use crate::app::model::views::ViewData;
use crate::app::model::wanted::spread_now;
use crate::app::model::what_if::{AsIs, ComparedViews, WhatIf};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::PickedEnds;
use crate::app::work::view_layout::SpreadOf;
use crate::graph::CredentialIndex;
use crate::inventory::{Assumptions, shown};
use crate::project::Sources;
use crate::scene::ViewKind;

/// Puts answers in place of others.
pub(crate) fn take_answers(model: &mut Model, answers: &Arc<Answers>) {
    model.as_is = None;
    take_answers_for(model, answers, None);
}

/// Shows what is open with fixes, if these are still the ones in force.
pub(crate) fn take_answers_with_fixes(model: &mut Model, answers: &Arc<Answers>, as_is: AsIs) {
    if !model.session.with_fixes || as_is.fixes != model.fixes_in_force() {
        return;
    }
    model.as_is = Some(as_is);
    take_answers_for(model, answers, None);
}

/// Shows what is open as it is again.
pub(crate) fn show_as_is(model: &mut Model) {
    if let Some(AsIs { answers, .. }) = model.as_is.take() {
        take_answers_for(model, &answers, None);
    }
}

/// Puts answers in place of others, of whose credentials each is said to be the `same` as one of
/// the newer ones, or none.
pub(crate) fn take_answers_for(
    model: &mut Model,
    answers: &Arc<Answers>,
    same: Option<&[Option<CredentialIndex>]>,
) {
    let old = model.answers.clone();
    let is_renaming = model.session.is_renaming;
    let again = old.as_deref().map(|old| {
        let (old, new) = (&old.graph, &answers.graph);
        if is_renaming { FoundAgain::renamed(old, new) } else { FoundAgain::new(old, new) }
    });
    let kept = again.as_ref().map_or_else(Vec::new, |again| kept_of(model, again, same));
    let asked = model.select_first.as_deref().and_then(|id| answers.find_named(id));
    if asked.is_some() {
        model.select_first = None;
    }
    if let Some(again) = &again {
        for spec in model.views.iter_mut().map(|view| &mut view.spec) {
            spec.filters = spec.filters.found_again(again);
            spec.spread.starts = again.subjects(&spec.spread.starts);
            if let Some(around) = &mut spec.around {
                around.centre = again.subjects(&around.centre);
                spec.focused &= !around.centre.is_empty();
            }
        }
        model.looks = model.looks.found_again(again);
    }
    hide_by_hand(model, answers);
    report_unclear_search(model, answers);
    model.walk = None;
    model.answers = Some(answers.clone());
    // The fixes are found anew once everything else is.
    model.what_if.standings.clear();
    let views = take_views_data(model);
    model.session.forget_rows(|_| true);
    relist(model);
    list_problems(model);
    search(model);
    let worst = answers.findings.first().map(|finding| finding.subject);
    let owner = model.owner.and_then(|owner| owner_again(owner, again.as_ref(), answers));
    let shows_reached_by = model.session.shows_reached_by && asked.is_none() && !kept.is_empty();
    // The worst is shown first where something is opened, or what was selected is gone.
    let none_was = again.is_some() && model.selection.is_none();
    match asked {
        None if !kept.is_empty() => select_all(model, kept),
        None if none_was => select(model, None),
        asked => select(model, asked.or(worst)),
    }
    model.session.shows_reached_by = shows_reached_by;
    if let Some(ChosenOwner(owner)) = owner.filter(|_| asked.is_none()) {
        show_owner(model, owner);
    }
    assess_again(model, answers);
    keep_spread_starts(model);
    for view in model.views.ids() {
        starts::lay_out(model, answers.clone(), view);
    }
    drop_in_background((old, views));
}

/// Lets each spread that has nothing to begin with any more begin with what is in question now, and
/// go on to do so while other things are selected.
fn keep_spread_starts(model: &mut Model) {
    let now = spread_now(model);
    for spec in model.views.iter_mut().map(|view| &mut view.spec) {
        if spec.kind == ViewKind::Spread && spec.spread.starts.is_empty() {
            spec.spread = now.clone();
        }
    }
}

/// Says which search texts of the filters, understood so far, other answers do not understand: they
/// stay, and hide nothing until they are understood again.
fn report_unclear_search(model: &mut Model, answers: &Answers) {
    let was_clear =
        |text: &str| model.answers.as_ref().is_some_and(|old| Wanted::of(text, old).is_ok());
    let texts = model.views.iter().map(|view| view.spec.filters.search());
    let unclear = texts.filter(|text| was_clear(text)).find_map(|text| {
        let unclear = Wanted::of(text, answers).err()?;
        Some(format!("the filter “{}” hides nothing now: {unclear}", shown(text)))
    });
    if unclear.is_some() {
        model.notice = unclear;
    }
}

/// What is selected in other answers, of whose credentials each may be said to be the `same` as one
/// that was there before.
fn kept_of(
    model: &Model,
    again: &FoundAgain<'_>,
    same: Option<&[Option<CredentialIndex>]>,
) -> Vec<Subject> {
    let kept = |subject: &Subject| match (*subject, same) {
        (Subject::Credential(at), Some(same)) => {
            same.get(at.index()).copied().flatten().map(Subject::Credential)
        }
        (subject, _) => again.subject(subject),
    };
    model.selected_all().iter().filter_map(kept).collect()
}

/// Lays out the maps of all views anew, as they are arranged now.
pub(crate) fn lay_out_again(model: &mut Model) {
    let Some(answers) = model.answers.clone() else { return };
    for view in model.views.ids() {
        starts::lay_out(model, answers.clone(), view);
    }
}

/// An owner in other answers, where there is something that is theirs.
fn owner_again(
    ChosenOwner(owner): ChosenOwner,
    again: Option<&FoundAgain<'_>>,
    new: &Answers,
) -> Option<ChosenOwner> {
    let found = match owner {
        None => None,
        Some(at) => Some(again?.owner(at)?),
    };
    new.owners.of(found).map(|_| ChosenOwner(found))
}

/// Takes what follows from the answers out of every view.
fn take_views_data(model: &mut Model) -> Vec<ViewData> {
    model.views.iter_mut().map(|view| std::mem::take(&mut view.data)).collect()
}

/// Works the answers out under other assumptions.
pub(crate) fn reassume(model: &mut Model, assumptions: Assumptions) {
    model.project.assumptions = Arc::new(assumptions);
    analyse_again(model);
}

/// Works the answers of what is open out, under what is assumed now.
pub(crate) fn analyse_again(model: &mut Model) {
    if let Some(inventory) = model.inventory().cloned() {
        starts::analyse(model, inventory);
    }
}

/// Puts something else in place of what is open, and works its answers out.
pub(crate) fn open_sources(model: &mut Model, sources: Sources) {
    model.project.sources = Arc::new(sources);
    reopen(model);
}

/// Works everything out for the sources that the project has now; nothing stays of what was open.
pub(crate) fn reopen(model: &mut Model) {
    model.jobs.cancel(JobKind::Analysis);
    model.jobs.cancel(JobKind::Filter);
    starts::cancel_what_follows(model);
    let lists = std::mem::take(&mut model.lists);
    let views = take_views_data(model);
    drop_in_background((model.answers.take(), model.assessment.take(), views, lists));
    model.found = <[SearchHits; 2]>::default();
    model.found_paths = None;
    model.picked = PickedEnds::default();
    model.selection = None;
    model.reached_by = None;
    model.session.shows_reached_by = false;
    model.route = None;
    model.owner = None;
    model.as_is = None;
    drop_in_background(model.seen.take());
    model.session.with_fixes = false;
    model.session.last_view = None;
    model.what_if = WhatIf::default();
    model.scenario_table = None;
    model.views.stop_comparing();
    model.compared = ComparedViews::default();
    model.rotation = None;
    for spec in model.views.iter_mut().map(|view| &mut view.spec) {
        spec.filters = Filters::default();
        spec.spread = SpreadOf::default();
        spec.inside.clear();
        spec.leave_focus();
    }
    model.looks = Looks::default();
    model.walk = None;
    model.session.problem_text.clear();
    model.session.rejected_only = false;
    model.session.finding_state = None;
    (model.session.decision, model.session.pseudonym) = (None, None);
    model.session.workshop = None;
    (model.session.scene, model.session.awaited_scene) = (None, None);
    keep(model);
    analyse_again(model);
}

/// Puts something else in place of what is open, and looks at its files from now on.
pub(crate) fn put_sources(model: &mut Model, sources: Sources) {
    model.project.sources = Arc::new(sources);
    keep(model);
}

/// Leaves what is open as it is; the window says so again when its files change once more.
pub(crate) fn keep(model: &mut Model) {
    model.comparison = None;
    model.changed_on_disk.clear();
    starts::watch(model);
}
