//! Starts the jobs: each takes what it needs out of the model and ends as a [`JobEnd`].

use std::sync::Arc;

use crate::analysis::{Fix, Subject};
use crate::app::jobs::{JobKind, ViewId};
use crate::app::model::around::{Around, Within};
use crate::app::model::job_end::JobEnd;
use crate::app::model::state::Model;
use crate::app::model::wanted::wanted_of;
use crate::app::model::what_if::AsIs;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{AssessedAnswers, FoundPaths, PickedEnds};
use crate::app::work::comparison::{Comparison, Newer, same_source};
use crate::app::work::map_layout::{Content, MapStage, finished_map};
use crate::app::work::problem_list::{ProblemList, ProblemQuery};
use crate::app::work::project_files::project_of;
use crate::app::work::rotation::FoundRotation;
use crate::app::work::shown_names::GraphToBuild;
use crate::app::work::staged_files::{
    CountRequest, DecidedOn, ImportCounts, import_held, prepare, previews,
};
use crate::app::work::view_layout::laid_out;
use crate::app::work::watch::Watch;
use crate::app::work::what_if::{Ask, Outcome, radius_after as work_out_radius};
use crate::graph::InstanceIndex;
use crate::import::ImportSettings;
use crate::inventory::{Inventory, Progress};
use crate::project::{Opening, Workshop};
use crate::scene::{GroupedMap, Theme, ViewKind};

/// Opens files if they are understood without doubt, and in place of nothing but an older export of
/// the same; else they are staged.
pub(crate) fn import(model: &mut Model, opening: Opening) {
    let settings = model.import_settings.clone();
    import_as(model, opening, settings);
}

/// The same with other settings than those of the window.
pub(crate) fn import_as(model: &mut Model, opening: Opening, settings: ImportSettings) {
    let (key, open) = (model.run_key.clone(), model.answers_as_is().cloned());
    let assumptions = model.project.assumptions.clone();
    let today = model.today;
    model.jobs.start(JobKind::Import, move |progress| {
        if let Some(project) = project_of(&opening, today, progress) {
            return JobEnd::ProjectOpened(project.map(Arc::new));
        }
        let prepared = match prepare(opening, &settings) {
            _ if progress.is_cancelled() => return JobEnd::Cancelled,
            Err(message) => return JobEnd::Imported(Err(message)),
            Ok(prepared) if !prepared.is_sure() => {
                return JobEnd::Staged(Box::new(prepared), None);
            }
            Ok(prepared) => prepared,
        };
        let Some(open) = open else {
            let opening = prepared.opening;
            let imported = import_held(prepared.held, (&settings, &key), progress);
            let settings = Arc::new(settings);
            return match imported {
                _ if progress.is_cancelled() => JobEnd::Cancelled,
                Ok((inventory, read)) => {
                    JobEnd::Imported(Ok(Newer { inventory, opening, settings, read }))
                }
                Err(message) => JobEnd::Imported(Err(message)),
            };
        };
        let (held, base, open) = (prepared.held.clone(), None, Some(open));
        // What workshops brought is kept where it is compared with what is open.
        let (decided_on, workshop) = (DecidedOn::new(), Arc::default());
        let request =
            CountRequest { held, settings, decided_on, key, base, open, workshop, assumptions };
        match request.counts(progress) {
            _ if progress.is_cancelled() => JobEnd::Cancelled,
            Err(message) => JobEnd::Imported(Err(message)),
            Ok(counts) if counts.beside.is_some_and(|beside| beside.is_newer) => {
                let ImportCounts { inventory, settings, read, .. } = counts;
                let opening = prepared.opening;
                JobEnd::Imported(Ok(Newer { inventory, opening, settings, read }))
            }
            Ok(counts) => JobEnd::Staged(Box::new(prepared), Some(counts)),
        }
    });
}

/// How what is open was read: with the mappings that are known now.
pub(crate) fn settings_of_open(model: &Model) -> ImportSettings {
    let ImportSettings { apart, sheet, arrays, members, left_out, overrides, .. } =
        ImportSettings::clone(&model.project.sources.settings);
    let ImportSettings { mappings, remembered, .. } = model.import_settings.clone();
    ImportSettings { apart, sheet, arrays, members, left_out, mappings, remembered, overrides }
}

/// Reads files that somebody wants to look at before they are opened.
pub(crate) fn stage(model: &mut Model, opening: Opening, settings: ImportSettings) {
    let today = model.today;
    model.jobs.start(JobKind::Import, move |progress| {
        if let Some(project) = project_of(&opening, today, progress) {
            return JobEnd::ProjectOpened(project.map(Arc::new));
        }
        match prepare(opening, &settings) {
            _ if progress.is_cancelled() => JobEnd::Cancelled,
            Err(message) => JobEnd::Imported(Err(message)),
            Ok(prepared) => JobEnd::Staged(Box::new(prepared), None),
        }
    });
}

/// Looks at the staged files anew.
pub(crate) fn preview(model: &mut Model) {
    let Some(staging) = &model.staging else { return };
    let (held, settings) = (staging.files.held.clone(), staging.settings.clone());
    let views = staging.views.clone();
    model
        .jobs
        .start(JobKind::Preview, move |_| JobEnd::Previewed(previews(&held, &settings, &views)));
}

/// Works out what would come of the staged files in place of what is open.
pub(crate) fn count(model: &mut Model) {
    let Some(staging) = &model.staging else { return };
    let request = CountRequest {
        held: staging.files.held.clone(),
        settings: staging.settings.clone(),
        decided_on: staging.decided_on.clone(),
        key: model.run_key.clone(),
        base: staging.base.clone(),
        open: model.answers_as_is().cloned(),
        workshop: model.project.workshop.clone(),
        assumptions: model.project.assumptions.clone(),
    };
    model.jobs.start(JobKind::Import, move |progress| match request.counts(progress) {
        _ if progress.is_cancelled() => JobEnd::Cancelled,
        result => JobEnd::ImportCounts(result),
    });
}

/// Looks through the problems for those that are wished.
pub(crate) fn filter_problems(model: &mut Model, answers: Arc<Answers>, query: ProblemQuery) {
    model.jobs.start(JobKind::Filter, move |progress| {
        ProblemList::find(&answers, &query, progress).map_or(JobEnd::Cancelled, JobEnd::Filtered)
    });
}

/// Reads what is open anew, as it was read before, and compares.
pub(crate) fn reread(model: &mut Model, opening: Opening, open: Arc<Answers>) {
    let (settings, key) = (Arc::new(settings_of_open(model)), model.run_key.clone());
    let workshop = model.project.workshop.clone();
    model.jobs.start(JobKind::Import, move |progress| {
        let newer = prepare(opening, &settings).and_then(|prepared| {
            let opening = prepared.opening;
            let (inventory, read) = import_held(prepared.held, (&settings, &key), progress)?;
            Ok(Newer { inventory, opening, settings, read })
        });
        match newer {
            _ if progress.is_cancelled() => JobEnd::Cancelled,
            Ok(newer) => compared((&open, &workshop), newer, progress),
            Err(message) => JobEnd::Compared(Err(message)),
        }
    });
}

/// Compares what was imported with what is open, if it is a newer export of that.
pub(crate) fn compare(model: &mut Model, open: Arc<Answers>, newer: Newer) {
    let workshop = model.project.workshop.clone();
    model.jobs.start(JobKind::Import, move |progress| {
        if same_source(&open.graph, &newer.inventory) {
            compared((&open, &workshop), newer, progress)
        } else {
            JobEnd::Other(newer)
        }
    });
}

fn compared(open: (&Answers, &Workshop), newer: Newer, progress: &Progress) -> JobEnd {
    let found = Comparison::of(open, newer, progress);
    found.map_or(JobEnd::Cancelled, |found| JobEnd::Compared(Ok(Arc::new(found))))
}

/// Looks from now on whether the files of what is open change, and no longer at those before.
pub(crate) fn watch(model: &mut Model) {
    let paths = model.open_project().sources.paths();
    if paths.is_empty() {
        return model.jobs.cancel(JobKind::Watch);
    }
    let watch = Watch::new(&paths);
    model.jobs.start(JobKind::Watch, move |progress| {
        watch.wait(progress).map_or(JobEnd::Cancelled, JobEnd::ChangedOnDisk)
    });
}

/// Works the answers of what is open out, under what is assumed now.
pub(crate) fn analyse(model: &mut Model, inventory: Arc<Inventory>) {
    cancel_what_follows(model);
    let graph = if let Some(hidden) = &model.hidden {
        hidden.graph_of(&model.project)
    } else {
        let assumptions = model.project.assumptions.clone();
        Some(GraphToBuild { inventory, assumptions, names: None })
    };
    // A project that is none under its names does not last.
    let Some(graph) = graph else { return };
    model.jobs.start(JobKind::Analysis, move |progress| {
        graph
            .answers(progress)
            .map_or(JobEnd::Cancelled, |answers| JobEnd::Answered(Arc::new(answers)))
    });
}

/// Works the answers out that hold once fixes are done.
pub(crate) fn answer_with_fixes(model: &mut Model, as_is: AsIs) {
    model.jobs.start(JobKind::Analysis, move |progress| {
        as_is.answers.after(&as_is.fixes, progress).map_or(JobEnd::Cancelled, |answers| {
            JobEnd::AnsweredWithFixes(Arc::new(answers), as_is)
        })
    });
}

/// Stops what follows from answers that are about to be replaced.
pub(crate) fn cancel_what_follows(model: &mut Model) {
    use JobKind::{
        Assessment, ComparedViews, Layout, Paths, Plan, Radius, ReachedBy, Rotation, WhatIf,
    };
    let layouts = model.views.ids().into_iter().map(Layout);
    let others = [Assessment, ComparedViews, Plan, Paths, WhatIf, Radius, ReachedBy, Rotation];
    for kind in layouts.chain(others) {
        model.jobs.cancel(kind);
    }
}

/// Lays out the map of one view: what was on the map before stays where it was, if it does.
pub(crate) fn lay_out(model: &mut Model, answers: Arc<Answers>, view: ViewId) {
    let by = model.project.arrangement.group_by;
    let Some(wanted) = wanted_of(model, view) else { return };
    let part = ask_part(model, view);
    let (aspect, pane) = (model.views.pane_aspect(), pane_of_type(model));
    model.jobs.start(JobKind::Layout(view), move |progress| {
        let within = part.map(|around| Within::new(&answers.graph, &around));
        let is_in = within.as_ref().map(|within| |subject| within.has(subject));
        let part = is_in.as_ref().map(|own| own as &dyn Fn(Subject) -> bool);
        let content = Content { answers: &answers, by, part, aspect, pane };
        let laid = laid_out(&wanted, content, progress);
        laid.map_or(JobEnd::Cancelled, |(map, stage)| {
            JobEnd::LaidOut(view, GroupedMap::new(map), stage)
        })
    });
}

/// How wide and how high the pane of a view is, in pixels at the usual size of type.
fn pane_of_type(model: &Model) -> Option<[f32; 2]> {
    let [wide, high] = model.views.pane_of_one()?;
    let type_size = Theme::of(model.session.theme_mode).type_size;
    Some([wide / type_size, high / type_size])
}

/// Round what a view is to be laid out, noted as what it is being laid out for.
fn ask_part(model: &mut Model, view: ViewId) -> Option<Around> {
    let view = model.views.get_mut(view)?;
    view.data.asked_part = view.spec.part().cloned();
    view.data.asked_part.clone()
}

/// Lays out all views of a kind anew, because what they show is something else now.
pub(crate) fn lay_out_kind(model: &mut Model, kind: ViewKind) {
    let Some(answers) = model.answers.clone() else { return };
    let views = model.views.iter().filter(|view| view.spec.kind == kind);
    for view in views.map(|view| view.id).collect::<Vec<_>>() {
        lay_out(model, answers.clone(), view);
    }
}

/// Lays out the map that stays, after a rough one.
pub(crate) fn finish_map(model: &mut Model, answers: Arc<Answers>, view: ViewId) {
    let by = model.project.arrangement.group_by;
    let part = ask_part(model, view);
    let (aspect, pane) = (model.views.pane_aspect(), pane_of_type(model));
    model.jobs.start(JobKind::Layout(view), move |progress| {
        let within = part.map(|around| Within::new(&answers.graph, &around));
        let is_in = within.as_ref().map(|within| |subject| within.has(subject));
        let part = is_in.as_ref().map(|own| own as &dyn Fn(Subject) -> bool);
        let content = Content { answers: &answers, by, part, aspect, pane };
        let laid = finished_map(content, progress).map(GroupedMap::new);
        laid.map_or(JobEnd::Cancelled, |map| JobEnd::LaidOut(view, map, MapStage::Anew))
    });
}

/// Works out cuts, choke points and plan, once every view has its first map: that is looked at first, and
/// both would share the cores.
pub(crate) fn assess(model: &mut Model, answers: Arc<Answers>) {
    let questions = model.questions;
    model.jobs.hold(JobKind::Assessment, move |progress| {
        AssessedAnswers::of(&answers, questions, progress)
            .map_or(JobEnd::Cancelled, |found| JobEnd::Assessment(Arc::new(found)))
    });
}

/// Lets the work begin that waits for first maps, where none is awaited any more.
pub(crate) fn begin_after_maps(model: &mut Model) {
    let awaits = model
        .views
        .iter()
        .any(|view| view.data.map.is_none() && model.jobs.runs(JobKind::Layout(view.id)));
    if !awaits {
        model.jobs.release(JobKind::Assessment);
    }
}

/// Lets plans that were cut short grow as far as a further budget goes.
pub(crate) fn plan_further(
    model: &mut Model,
    answers: Arc<Answers>,
    assessed: Arc<AssessedAnswers>,
    budget: usize,
) {
    model.jobs.start(JobKind::Plan, move |progress| {
        assessed
            .planned_further(&answers, budget, progress)
            .map_or(JobEnd::Cancelled, |found| JobEnd::PlannedFurther(Arc::new(found), budget))
    });
}

/// Looks for the shortest paths between two ends.
pub(crate) fn find_paths(model: &mut Model, answers: Arc<Answers>, ends: PickedEnds, asked: usize) {
    model.jobs.start(JobKind::Paths, move |progress| {
        FoundPaths::of(&answers, ends, asked, progress)
            .map_or(JobEnd::Cancelled, |found| JobEnd::PathsFound(Arc::new(found)))
    });
}

/// Works out what fixes bring and break.
pub(crate) fn what_if(model: &mut Model, answers: Arc<Answers>, ask: Ask) {
    model.jobs.start(JobKind::WhatIf, move |progress| {
        Outcome::of(&answers, &ask, progress)
            .map_or(JobEnd::Cancelled, |outcome| JobEnd::WhatIf(Arc::new(outcome)))
    });
}

/// Works out how far a subject reaches once the fixes are made.
pub(crate) fn radius_after(model: &mut Model, answers: Arc<Answers>, fixes: Vec<Fix>, of: Subject) {
    model.jobs.start(JobKind::Radius, move |progress| {
        work_out_radius(&answers, &fixes, of, progress)
            .map_or(JobEnd::Cancelled, JobEnd::RadiusAfter)
    });
}

/// Works out which entry points reach an instance, and how.
pub(crate) fn find_who_reaches(model: &mut Model, answers: Arc<Answers>, to: InstanceIndex) {
    model.jobs.start(JobKind::ReachedBy, move |progress| {
        let found = answers.who_reaches(to, progress);
        found.map_or(JobEnd::Cancelled, |found| JobEnd::ReachedBy(Arc::new(found)))
    });
}

/// Works out in which order to replace what is obtained from what has fallen.
pub(crate) fn find_rotation(model: &mut Model, answers: Arc<Answers>) {
    let list = model.project.rotation.clone();
    model.jobs.start(JobKind::Rotation, move |progress| {
        let found = FoundRotation::of(&answers, &list);
        if progress.is_cancelled() {
            return JobEnd::Cancelled;
        }
        JobEnd::Rotation(Arc::new(found))
    });
}

/// Writes what is kept for the next start.
pub(crate) fn write_kept_files(model: &mut Model) {
    let files = model.kept_files.clone();
    model.jobs.start(JobKind::Keep, move |_| {
        files.write_all();
        JobEnd::Kept
    });
}
