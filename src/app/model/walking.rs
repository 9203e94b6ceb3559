//! Walks along links from one thing to the next, and says in words what a step means.

use crate::analysis::Subject;
use crate::app::model::selecting::select;
use crate::app::model::state::Model;
use crate::app::model::walk::{Walk, Way};
use crate::app::work::answers::Answers;
use crate::graph::{EdgeIndex, EdgeKind};

impl Model {
    /// The last step along a link, while what it led to is selected.
    pub(crate) fn last_step(&self) -> Option<&Walk> {
        self.walk.as_ref().filter(|walk| self.selected() == Some(walk.to))
    }
}

/// Makes a step from what is selected, if it is one thing.
pub(crate) fn walk_links(model: &mut Model, way: Way) {
    let (Some(answers), Some(here)) = (model.answers.clone(), model.selected()) else { return };
    let last = model.walk.take().filter(|walk| walk.to == here);
    let step = match way {
        Way::Along => Some(first_step(&answers, here, (true, last.as_ref()))),
        Way::Against => Some(first_step(&answers, here, (false, last.as_ref()))),
        Way::Next => last.as_ref().and_then(|walk| step_beside(&answers, walk, true)),
        Way::Previous => last.as_ref().and_then(|walk| step_beside(&answers, walk, false)),
    };
    let Some(step) = step.or(last) else { return };
    if step.to != here {
        select(model, Some(step.to));
    }
    model.walk = Some(step);
}

/// Makes a step along a link, whatever is selected: from one of its ends to the other.
pub(crate) fn walk_link(model: &mut Model, (from, to): (Subject, Subject)) {
    let Some(answers) = model.answers.clone() else { return };
    select(model, Some(to));
    model.walk = [true, false].into_iter().find_map(|is_along| {
        let ends: Vec<_> = ends_of(&answers, from, is_along).collect();
        let at = ends.iter().position(|(end, _)| *end == to)?;
        let (_, edge) = ends.get(at)?;
        let words = step_words(&answers, *edge, (at, ends.len()));
        Some(Walk { from, is_along, to, words })
    });
}

/// The first step along the links of something, or against them; back to where one came from, if that
/// is among them.
fn first_step(answers: &Answers, from: Subject, (is_along, last): (bool, Option<&Walk>)) -> Walk {
    let ends: Vec<_> = ends_of(answers, from, is_along).collect();
    let back = last.filter(|walk| walk.is_along != is_along);
    let at = back.and_then(|walk| ends.iter().position(|(end, _)| *end == walk.from));
    let at = at.unwrap_or(0);
    match ends.get(at) {
        Some((to, edge)) => {
            let words = step_words(answers, *edge, (at, ends.len()));
            Walk { from, is_along, to: *to, words }
        }
        None => Walk { from, is_along, to: from, words: no_way_on(answers, from, is_along) },
    }
}

/// The step beside the last one.
fn step_beside(answers: &Answers, last: &Walk, next: bool) -> Option<Walk> {
    let ends: Vec<_> = ends_of(answers, last.from, last.is_along).collect();
    let here = ends.iter().position(|(end, _)| *end == last.to)?;
    let at = if next { here + 1 } else { here.checked_sub(1)? };
    let (to, edge) = ends.get(at)?;
    let words = step_words(answers, *edge, (at, ends.len()));
    Some(Walk { to: *to, words, ..last.clone() })
}

/// Where links lead, each once, by name, with a link that leads there. Costs time in proportion to those
/// that are taken.
fn ends_of(
    answers: &Answers,
    from: Subject,
    is_along: bool,
) -> impl Iterator<Item = (Subject, EdgeIndex)> {
    let graph = &answers.graph;
    let edges = match (from, is_along) {
        (Subject::Credential(at), true) => graph.grants(at),
        (Subject::Credential(at), false) => graph.held_by(at),
        (Subject::Instance(at), true) => graph.holds(at),
        (Subject::Instance(at), false) => graph.granted_by(at),
    };
    let end = move |at: EdgeIndex| {
        let edge = graph.edge(at);
        match from {
            Subject::Credential(_) => Subject::Instance(edge.instance),
            Subject::Instance(_) => Subject::Credential(edge.credential),
        }
    };
    // The graph keeps the links of a thing in the order of their other ends.
    let mut last = None;
    edges.iter().filter_map(move |&at| {
        let end = end(at);
        (last.replace(end) != Some(end)).then_some((end, at))
    })
}

/// What a link says, and the how many-th of how many it is.
fn step_words(answers: &Answers, at: EdgeIndex, (place, whole): (usize, usize)) -> String {
    format!("{}; {} of {whole}", link_words(answers, at), place + 1)
}

/// What a link says: “deploy-key grants checkout in prod, assumed”.
pub(crate) fn link_words(answers: &Answers, at: EdgeIndex) -> String {
    let edge = answers.graph.edge(at);
    let credential = answers.name(Subject::Credential(edge.credential));
    let service = answers.name(Subject::Instance(edge.instance));
    let words = match edge.kind {
        EdgeKind::Holds => format!("{service} holds {credential}"),
        EdgeKind::Grants => format!("{credential} grants {service}"),
    };
    let dead = if answers.graph.credential(edge.credential).is_live() { "" } else { ", dead" };
    let assumed = if edge.assumed { ", assumed" } else { "" };
    format!("{words}{dead}{assumed}")
}

fn no_way_on(answers: &Answers, from: Subject, is_along: bool) -> String {
    let name = answers.name(from);
    match (from, is_along) {
        (Subject::Credential(_), true) => format!("{name} grants nothing"),
        (Subject::Credential(_), false) => format!("nothing is known to hold {name}"),
        (Subject::Instance(_), true) => format!("{name} holds nothing"),
        (Subject::Instance(_), false) => format!("nothing grants {name}"),
    }
}

/// The steps from a subject along its links, then against them, up to `most` each way, with what each
/// means.
pub(crate) fn steps_from(answers: &Answers, from: Subject, most: usize) -> Vec<(Subject, String)> {
    let mut steps = Vec::new();
    for is_along in [true, false] {
        let whole = ends_of(answers, from, is_along).count();
        let named = ends_of(answers, from, is_along).enumerate().take(most);
        steps.extend(
            named.map(|(place, (to, edge))| (to, step_words(answers, edge, (place, whole)))),
        );
    }
    steps
}
