//! Two views that compare lists of fixes: each shows what one list changes on the map of what is open as
//! it is, and all else they share, the camera among it.

use std::sync::Arc;

use crate::app::jobs::{JobKind, ViewId};
use crate::app::model::fix_effects::show_changes;
use crate::app::model::fix_list::leave_fixes;
use crate::app::model::job_end::JobEnd;
use crate::app::model::listing::{relist, show_marks};
use crate::app::model::look::{close_other, split};
use crate::app::model::selecting::relight;
use crate::app::model::state::Model;
use crate::app::model::views::{View, ViewFixes, ViewSpec, Views};
use crate::app::model::what_if::ComparedViews;
use crate::app::work::scenarios::ShownFixes;
use crate::inventory::{counted, grouped};
use crate::project::{Fixes, Scenarios};

/// Shows what is open as it is on the left, and with these fixes on the right.
pub(crate) fn show_side_by_side(model: &mut Model, fixes: ViewFixes) {
    if model.answers.is_none() {
        return;
    }
    // What fixes change is shown on the map of what is there without them.
    model.session.with_fixes = false;
    leave_fixes(model);
    close_other(model);
    split(model);
    begin_comparing(model, (ViewFixes::AsItIs, fixes));
}

/// Lets the view on the left, which is not the active one, show some fixes and that on the right others.
pub(crate) fn begin_comparing(model: &mut Model, (on_left, on_right): (ViewFixes, ViewFixes)) {
    model.compared = ComparedViews::default();
    model.views.compares = true;
    model.views.active_mut().spec.fixes = on_right;
    if let Some(left) = model.views.other_id().and_then(|id| model.views.get_mut(id)) {
        left.spec.fixes = on_left;
    }
}

/// Lets one of the views show other fixes.
pub(crate) fn show_in_view(model: &mut Model, id: ViewId, fixes: ViewFixes) {
    let is_comparing = model.views.compares;
    let Some(view) = model.views.get_mut(id).filter(|_| is_comparing) else { return };
    view.spec.fixes = fixes;
    // What was cancelled is worked out once it is chosen again.
    model.compared.asked.clear();
}

/// Lets the views be about the what-if list again, each for itself.
fn stop_comparing(model: &mut Model) {
    model.views.stop_comparing();
    model.compared = ComparedViews::default();
    model.jobs.cancel(JobKind::ComparedViews);
    show_changes(model);
    relight(model);
}

/// Keeps compared views in step with each other, and works out what their fixes come to.
pub(crate) fn follow_compared(model: &mut Model) {
    if !model.views.compares {
        return;
    }
    let is_elsewhere = model.as_is.is_some() || model.session.presentation.is_some();
    if is_elsewhere || !model.views.is_split() {
        return stop_comparing(model);
    }
    for view in model.views.iter_mut() {
        if let ViewFixes::Scenario(name) = &view.spec.fixes
            && model.project.scenarios.named(name).is_none()
        {
            view.spec.fixes = ViewFixes::AsItIs;
        }
    }
    mirror(model);
    work_out(model);
    let list = |view: &&View| (view.id, model.fixes_of(&view.spec.fixes));
    let shown: Vec<_> = model.views.left_to_right().iter().map(list).collect();
    if model.compared.shown != shown {
        model.compared.shown = shown;
        show_changes(model);
        relight(model);
    }
}

/// Lets the view that is not the active one look at what that does.
fn mirror(model: &mut Model) {
    let ViewSpec {
        kind, filters, spread, dims, hides_answer, focused, around, inside, held, ..
    } = model.views.active().spec.clone();
    let Some(other) = model.views.other_id().and_then(|id| model.views.get_mut(id)) else { return };
    let spec = &mut other.spec;
    let is_filtered_otherwise = (&spec.filters, spec.dims) != (&filters, dims);
    let shows_otherwise = spec.focused != focused
        || spec.around != around
        || spec.inside != inside
        || spec.hides_answer != hides_answer;
    (spec.kind, spec.spread, spec.filters, spec.dims) = (kind, spread, filters, dims);
    (spec.focused, spec.around, spec.inside) = (focused, around, inside);
    (spec.hides_answer, spec.held) = (hides_answer, held);
    if is_filtered_otherwise {
        relist(model);
    } else if shows_otherwise {
        show_marks(model);
    }
}

/// Works out what the lists of the views come to that nobody has asked about yet.
fn work_out(model: &mut Model) {
    let Some(answers) = model.answers.clone() else { return };
    let found = &mut model.compared.found;
    let before = found.len();
    found.retain(|own| Arc::ptr_eq(&own.answers, &answers));
    if found.len() < before {
        model.compared.asked.clear();
    }
    let wanted: Vec<Arc<Fixes>> = lists(model);
    let is_found = |list: &Arc<Fixes>| model.compared.found.iter().any(|own| own.fixes == *list);
    if wanted.iter().all(is_found) || model.compared.asked == wanted {
        return;
    }
    model.compared.asked.clone_from(&wanted);
    model.jobs.start(JobKind::ComparedViews, move |progress| {
        ShownFixes::of(&answers, wanted, progress).map_or(JobEnd::Cancelled, JobEnd::ViewsCompared)
    });
}

/// The lists of fixes of the views.
fn lists(model: &Model) -> Vec<Arc<Fixes>> {
    let mut lists: Vec<Arc<Fixes>> = Vec::new();
    for list in model.views.iter().filter_map(|view| model.fixes_of(&view.spec.fixes)) {
        if !lists.contains(&list) {
            lists.push(list);
        }
    }
    lists
}

/// Takes what the lists come to.
pub(crate) fn take_compared(model: &mut Model, found: Vec<Arc<ShownFixes>>) {
    if !model.views.compares {
        return;
    }
    if model.compared.found.is_empty() {
        // The legend says more now than when the views were opened.
        for view in model.views.iter_mut() {
            view.spec.camera_request = Some(view.spec.fit_of_focus());
        }
    }
    model.compared.found = found;
    show_changes(model);
    relight(model);
}

/// Gives the scenarios of the views the names that they have now; each keeps its place.
pub(crate) fn rename_scenarios(views: &mut Views, before: &Scenarios, now: &Scenarios) {
    for view in views.iter_mut() {
        let ViewFixes::Scenario(name) = &mut view.spec.fixes else { continue };
        let place = before.list().iter().position(|own| own.name == *name);
        if let Some(own) = place.and_then(|at| now.list().get(at)) {
            name.clone_from(&own.name);
        }
    }
}

impl Model {
    /// The fixes that a view shows; none where it shows what is open as it is.
    fn fixes_of(&self, fixes: &ViewFixes) -> Option<Arc<Fixes>> {
        match fixes {
            ViewFixes::AsItIs => None,
            ViewFixes::Listed => Some(self.project.fixes.clone()),
            ViewFixes::Plan => Some(Arc::new(Fixes::of(self.plan_fixes()))),
            ViewFixes::Scenario(name) => {
                self.project.scenarios.named(name).map(|own| Arc::new(own.fixes.clone()))
            }
        }
    }

    /// What the fixes of a view come to, once that is worked out; none where it has none.
    pub(crate) fn shown_fixes(&self, of: &View) -> Option<&Arc<ShownFixes>> {
        let list = self.fixes_of(&of.spec.fixes)?;
        let answers = self.answers.as_ref()?;
        let mut found = self.compared.found.iter();
        found.find(|own| own.fixes == list && Arc::ptr_eq(&own.answers, answers))
    }

    /// What can be compared: what is open as it is, the what-if list, the scenarios and the plan, as far as
    /// there are any.
    pub(crate) fn comparable_fixes(&self) -> Vec<ViewFixes> {
        let mut all = vec![ViewFixes::AsItIs];
        if !self.project.fixes.is_empty() {
            all.push(ViewFixes::Listed);
        }
        let scenarios = self.project.scenarios.list().iter();
        all.extend(scenarios.map(|own| ViewFixes::Scenario(own.name.clone())));
        if !self.plan_fixes().is_empty() {
            all.push(ViewFixes::Plan);
        }
        all
    }

    /// The figures of a compared view, with what its pairs are called: "12 of 36 pairs, 3 findings"; none
    /// while they are worked out.
    pub(crate) fn compared_figures(&self, of: &View, called: &str) -> Option<String> {
        let answers = self.answers.as_ref()?;
        let (exposure, findings) = (&answers.exposure, answers.findings.len() as u64);
        let words = |connected: u64, findings: u64| {
            let pairs = format!("{} of {}", grouped(connected), grouped(exposure.pairs));
            format!("{pairs} {called}, {}", counted(findings as usize, "finding", "findings"))
        };
        if of.spec.fixes == ViewFixes::AsItIs {
            return Some(words(exposure.connected_pairs, findings));
        }
        let own = &self.shown_fixes(of)?.compared;
        let lost = match own.accesses_lost {
            0 => String::new(),
            lost => format!(", {} lost", counted(lost as usize, "access", "accesses")),
        };
        let not_made = match own.not_made.len() {
            0 => String::new(),
            count => format!(", {} not made", counted(count, "fix", "fixes")),
        };
        Some(format!("{}{lost}{not_made}", words(own.connected_pairs, own.findings)))
    }

    /// What stands below the heading of a picture of a view: which fixes it shows, and their figures.
    pub(crate) fn compared_words(&self, of: &View) -> Option<String> {
        let words = self.compared_figures(of, "pairs connected").filter(|_| self.views.compares)?;
        Some(format!("{}: {words}", of.spec.fixes.name()))
    }
}
