//! What is open under its names or under pseudonyms, with its answers: worked out together, so that the
//! one takes the place of the other at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::work::answers::Answers;
use crate::app::work::map_layout::SeenMap;
use crate::graph::AccessGraph;
use crate::inventory::{Assumptions, Inventory, Progress};
use crate::project::{HiddenInventory, Project, RedactedKinds, Redaction, WayBack};
use crate::scene::chart_by;

/// What hides the names of an inventory.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) redaction: Redaction,
    pub(crate) inventory: HiddenInventory,
    pub(crate) back: WayBack,
}

/// A graph that is still to be built, under pseudonyms where there are some.
#[derive(Clone, Debug)]
pub(crate) struct GraphToBuild {
    /// The inventory as it is.
    pub(crate) inventory: Arc<Inventory>,
    /// What is assumed, under the names.
    pub(crate) assumptions: Arc<Assumptions>,
    pub(crate) names: Option<Arc<Names>>,
}

impl GraphToBuild {
    /// Answers every question about it; `None` when cancelled. Nodes stand where they do under their names.
    pub(crate) fn answers(self, progress: &Progress) -> Option<Answers> {
        let Self { inventory, assumptions, names } = self;
        let graph = AccessGraph::build(inventory, &assumptions);
        let graph = match &names {
            Some(names) => names.redaction.graph(graph, &names.inventory),
            None => graph,
        };
        Answers::of(graph, progress)
    }
}

/// What is open, as it is to be shown from now on.
#[derive(Clone, Debug)]
pub(crate) struct ShownNames {
    /// The project under its names, with the pseudonyms that it keeps from now on.
    pub(crate) open: Project,
    /// The project as it is shown.
    pub(crate) shown: Project,
    /// Which kinds are hidden, and by what; nothing where none is.
    pub(crate) hidden: Option<(RedactedKinds, Arc<Names>)>,
    pub(crate) answers: Arc<Answers>,
    /// The map that was seen, as it is called now.
    pub(crate) seen: Option<SeenMap>,
}

impl ShownNames {
    /// Hides kinds of names, or none; `None` when cancelled. Costs what the answers cost.
    pub(crate) fn of(
        mut open: Project,
        kinds: Option<RedactedKinds>,
        seen: Option<SeenMap>,
        progress: &Progress,
    ) -> Option<Self> {
        let inventory = open.sources.inventory.clone().unwrap_or_default();
        let names = kinds.map(|kinds| {
            let redaction = Redaction::of_project(kinds, &open);
            if *open.pseudonyms != *redaction.pseudonyms() {
                open.pseudonyms = Arc::new(redaction.pseudonyms().clone());
            }
            let hidden = redaction.hidden_inventory(&inventory, &open.assumptions);
            let back = WayBack::of(&redaction);
            Arc::new(Names { redaction, inventory: hidden, back })
        });
        if progress.is_cancelled() {
            return None;
        }
        let shown = match &names {
            Some(names) => names.redaction.shown(&open, &names.inventory),
            None => open.clone(),
        };
        let assumptions = open.assumptions.clone();
        let graph = GraphToBuild { inventory, assumptions, names: names.clone() };
        let answers = Arc::new(graph.answers(progress)?);
        let seen = seen.map(|seen| called_now(&seen, &answers));
        Some(Self { open, shown, hidden: kinds.zip(names), answers, seen })
    }
}

/// A map of the same nodes under other names: its regions are called as they are now.
fn called_now(seen: &SeenMap, answers: &Arc<Answers>) -> SeenMap {
    let mut map = seen.map.as_ref().clone();
    let chart = chart_by(answers, map.grouped_by).map;
    let regions: BTreeMap<_, u16> =
        chart.marks.iter().filter_map(|mark| Some((mark.subject, mark.region?))).collect();
    for mark in &seen.map.marks {
        let now = regions.get(&mark.subject).and_then(|at| chart.regions.get(usize::from(*at)));
        let then = mark.region.and_then(|at| map.regions.get_mut(usize::from(at)));
        if let (Some(now), Some(then)) = (now, then) {
            then.name.clone_from(&now.name);
        }
    }
    SeenMap { answers: answers.clone(), map: Arc::new(map) }
}
