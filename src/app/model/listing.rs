//! Lists anew what passes the filters, what is wished of the problems, and what a text finds.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::around::Within;
use crate::app::model::lists::Lists;
use crate::app::model::search::SearchHits;
use crate::app::model::session::{Session, TableState};
use crate::app::model::sight::Visibility;
use crate::app::model::sort_orders::{Orders, choke_order, ordered, owner_order, path_order};
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::app::model::views::{CameraRequest, Inside, View, ViewData};
use crate::app::work::problem_list::{ProblemList, ProblemQuery};
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::project::{Arrangement, NamedSubject, Pin, SubjectName};
use crate::scene::{HighlightLevel, Map, RegionState, ViewKind};

/// Which problems are wished now.
fn problem_query(session: &Session) -> ProblemQuery {
    let TableState { sort, reversed, .. } = session.table_of(Tab::Problems);
    ProblemQuery {
        text: session.problem_text.trim().to_lowercase(),
        rejected_only: session.rejected_only,
        sort,
        reversed,
    }
}

/// Filters what every view has in sight anew, and lists what the active one has.
pub(crate) fn relist(model: &mut Model) {
    if let Some(answers) = &model.answers {
        for view in model.views.iter_mut() {
            view.data.sight = Visibility::build(answers, &view.spec.filters, view.spec.dims);
        }
    }
    list_rows(model);
    show_marks(model);
}

/// Lists anew what the active view has in sight.
pub(crate) fn list_rows(model: &mut Model) {
    model.session.forget_rows(|tab| !tab.is_answer() && tab != Tab::Problems);
    model.listed.rows += 1;
    if let Some(answers) = &model.answers {
        let problems = std::mem::take(&mut model.lists.problems);
        let sight = &model.views.active().data.sight;
        let standings = model.standings.as_ref().map(|own| &*own.standings);
        model.lists = Lists::build(answers, (sight, standings), &model.session);
        model.lists.problems = problems;
    }
}

/// Works out anew which marks are in sight, in every view.
pub(crate) fn show_marks(model: &mut Model) {
    model.picture += 1;
    let arrangement = &model.project.arrangement;
    let graph = model.answers.as_ref().map(|answers| &*answers.graph);
    for View { spec, data, .. } in model.views.iter_mut() {
        arrange((data, &spec.inside), arrangement, graph);
        if spec.hides_answer {
            data.map = data.map.as_ref().map(|map| Arc::new(map.without_answer()));
        }
        let Some(map) = &data.map else { continue };
        data.highlight = data.sight.dimmed(map, data.lit.as_ref());
        let around = spec.around.as_ref().filter(|_| spec.focused).zip(graph);
        if let Some(within) = around.map(|(around, graph)| Within::new(graph, around)) {
            let subject = |mark: u32| map.marks.get(mark as usize).map(|own| own.subject);
            data.sight.show_marks(map, |mark| subject(mark).is_some_and(|own| within.has(own)));
        } else {
            let lit = data.lit.as_ref().filter(|_| spec.focused);
            let is_lit = |mark| lit.is_none_or(|lit| lit.mark(mark) > HighlightLevel::Dimmed);
            data.sight.show_marks(map, is_lit);
        }
        if close_up(data) {
            spec.camera_request.get_or_insert(CameraRequest::JumpToSelection);
        }
    }
}

/// Leaves the rows and columns out of a table that are hidden; says whether it is another one then.
fn close_up(data: &mut ViewData) -> bool {
    let Some(base) = data.base.as_ref().filter(|base| base.is_table()) else { return false };
    let is_whole = data.sight.marks.iter().all(|shown| *shown);
    if is_whole {
        data.map = Some(base.clone());
        return !std::mem::take(&mut data.closed_up).is_empty();
    }
    if data.closed_up == data.sight.marks {
        return false;
    }
    data.map = Some(Arc::new(base.closed_up(&data.sight.marks)));
    data.closed_up.clone_from(&data.sight.marks);
    true
}

/// Collapses the regions and folds the hubs of a map that are to be, and leaves out the regions in
/// which nothing is in sight.
fn arrange(
    (data, inside): (&mut ViewData, &[Inside]),
    arrangement: &Arrangement,
    graph: Option<&AccessGraph>,
) {
    put_pins(data, arrangement, graph);
    let Some(base) = &data.base else { return };
    if base.is_table() {
        return;
    }
    if base.kind != ViewKind::Map {
        data.map = Some(base.clone());
        return;
    }
    let is_entered = |name: &String| inside.iter().any(|own| own.region.as_ref() == Some(name));
    let is_collapsed = |name: &String| arrangement.collapsed.contains(name) && !is_entered(name);
    let states = data.sight.region_states(base, is_collapsed);
    let hubs = arrangement.folded_hubs.iter();
    let hubs: Vec<u32> = hubs.filter_map(|name| named_mark(base, name, graph?)).collect();
    let is_new = data.map.as_ref().is_none_or(|map| Arc::ptr_eq(map, base));
    let is_plain = hubs.is_empty() && states.iter().all(|own| *own == RegionState::Open);
    if is_plain {
        data.map = Some(base.clone());
    } else if is_new || data.regions != states || data.folded_hubs != hubs {
        data.map = Some(Arc::new(base.arranged(&states).with_folded_hubs(&hubs)));
    }
    (data.regions, data.folded_hubs) = (states, hubs);
}

/// Puts what is pinned on a map in its places, where that is another map, or other pins.
fn put_pins(data: &mut ViewData, arrangement: &Arrangement, graph: Option<&AccessGraph>) {
    let Some(laid_out) = &data.laid_out else { return };
    let place = |(name, Pin { x, y }): (&SubjectName, Pin)| {
        Some((named_mark(laid_out, name, graph?)?, Point { x: x as f32, y: y as f32 }))
    };
    let mut pins: Vec<(u32, Point)> = match laid_out.kind {
        ViewKind::Map if laid_out.part_of.is_none() => {
            arrangement.pins_now().filter_map(place).collect()
        }
        _ => Vec::new(),
    };
    pins.sort_unstable_by_key(|(mark, _)| *mark);
    if data.base.is_some() && data.pins == pins {
        return;
    }
    let base = if pins.is_empty() { laid_out.clone() } else { Arc::new(laid_out.with_pins(&pins)) };
    data.map = Some(base.clone());
    data.closed_up.clear();
    (data.base, data.pins) = (Some(base), pins);
}

/// The mark of what has a name.
fn named_mark(map: &Map, name: &SubjectName, graph: &AccessGraph) -> Option<u32> {
    match name.found_in(graph, &[]).found()? {
        NamedSubject::Subject(subject) => map.mark_of(subject),
        NamedSubject::Owner(_) | NamedSubject::Path(_) => None,
    }
}

/// Lists the problems anew that are wished now.
pub(crate) fn list_problems(model: &mut Model) {
    let Some(answers) = model.answers.clone() else { return };
    let query = problem_query(&model.session);
    model.jobs.cancel(JobKind::Filter);
    if query.is_plain() {
        take_problems(model, ProblemList::plain(&answers));
    } else {
        starts::filter_problems(model, answers, query);
    }
}

pub(crate) fn take_problems(model: &mut Model, list: ProblemList) {
    model.lists.problems = list;
    model.listed.problems += 1;
    model.session.forget_rows(|tab| tab == Tab::Problems);
}

/// Sorts the tables of answers anew.
pub(crate) fn order_answers(model: &mut Model) {
    model.orders = Orders::default();
    model.listed.rows += 1;
    let Some(answers) = model.answers.clone() else { return };
    let state = |tab| {
        let TableState { answer_sort, answers_reversed, .. } = model.session.table_of(tab);
        (answer_sort, answers_reversed)
    };
    let (sort, reversed) = state(Tab::Owners);
    model.orders.owners = ordered(&answers.owners.figures, sort, reversed, owner_order(sort));
    let (sort, reversed) = state(Tab::Paths);
    if let Some(paths) = model.listed_paths() {
        model.orders.paths = ordered(paths, sort, reversed, path_order(&answers, sort));
    }
    let (sort, reversed) = state(Tab::ChokePoints);
    if let Some(assessed) = model.assessment.clone() {
        let order = choke_order(&answers, &assessed, sort);
        model.orders.choke_points = ordered(&assessed.choke_points, sort, reversed, order);
    }
}

/// Finds anew what the texts of the search field and of the palette ask for.
pub(crate) fn search(model: &mut Model) {
    let Some(answers) = &model.answers else {
        model.found = <[SearchHits; 2]>::default();
        return;
    };
    let palette = if model.session.palette { model.session.palette_text.as_str() } else { "" };
    model.found =
        [model.session.search.as_str(), palette].map(|text| SearchHits::search(answers, text));
}
