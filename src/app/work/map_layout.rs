//! Answers into a map: a rough one at once where there is much to place, and one on which everything
//! that was seen before stays where it was.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::work::answers::Answers;
use crate::graph::AccessGraph;
use crate::inventory::Progress;
use crate::layout::{Before, Layout, Point, RegionShape, lay_out, lay_out_again, lay_out_draft};
use crate::project::GroupBy;
use crate::scene::{Chart, Map, chart_by, chart_part, shapes_before};

/// From this many marks on a rough map is shown before the one that stays: it takes longer than a
/// tenth of a second.
const ROUGH_FIRST: usize = 4_000;

/// A map that was seen, and the answers that it shows.
#[derive(Clone, Debug)]
pub(crate) struct SeenMap {
    pub(crate) answers: Arc<Answers>,
    pub(crate) map: Arc<Map>,
}

/// What is laid out.
#[derive(Clone, Copy)]
pub(crate) struct Content<'a> {
    pub(crate) answers: &'a Answers,
    pub(crate) by: GroupBy,
    /// What of it, if not all.
    pub(crate) part: Option<&'a dyn Fn(Subject) -> bool>,
    /// How much wider than high the pane is.
    pub(crate) aspect: f32,
    /// How wide and how high it is, in pixels at the usual size of type, if that is known.
    pub(crate) pane: Option<[f32; 2]>,
}

impl Content<'_> {
    /// The map without places.
    pub(crate) fn chart(&self) -> Chart {
        let chart = match self.part {
            None => chart_by(self.answers, self.by),
            Some(is_in) => chart_part(self.answers, self.by, is_in),
        };
        chart.for_pane(self.aspect).in_pane(self.pane)
    }
}

/// What a map is beside the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapStage {
    /// A rough one, after which the one that stays is laid out.
    Rough,
    /// Everything was placed anew.
    Anew,
    /// What was there before stayed where it was.
    Kept,
}

/// The map to be shown first; `None` when cancelled.
pub(crate) fn first_map(
    content: Content<'_>,
    seen: Option<&SeenMap>,
    progress: &Progress,
) -> Option<(Map, MapStage)> {
    let chart = content.chart();
    let is_usable = |seen: &&SeenMap| seen.map.grouped_by == content.by && content.part.is_none();
    let again = |seen| again(&chart, &content.answers.graph, seen, progress);
    if let Some(placed) = seen.filter(is_usable).and_then(again) {
        return Some((chart.map.placed(&placed), MapStage::Kept));
    }
    let is_large = chart.map.marks.len() >= ROUGH_FIRST;
    let input = chart.layout_input();
    let (placed, stage) = if is_large {
        (lay_out_draft(&input, progress)?, MapStage::Rough)
    } else {
        (lay_out(&input, progress)?, MapStage::Anew)
    };
    Some((chart.map.placed(&placed), stage))
}

/// The map that stays after a rough one; `None` when cancelled.
pub(crate) fn finished_map(content: Content<'_>, progress: &Progress) -> Option<Map> {
    let chart = content.chart();
    let placed = lay_out(&chart.layout_input(), progress)?;
    Some(chart.map.placed(&placed))
}

/// Lays out a chart so that what was seen stays where it was, if that does.
fn again(
    chart: &Chart,
    graph: &AccessGraph,
    seen: &SeenMap,
    progress: &Progress,
) -> Option<Layout> {
    let old = &seen.answers.graph;
    let place = |subject: Subject| -> Option<Point> {
        let mark = seen.map.mark_of(before(graph, subject, old)?)?;
        Some(seen.map.marks.get(mark as usize)?.at)
    };
    let places: Vec<Option<Point>> =
        chart.map.marks.iter().map(|mark| place(mark.subject)).collect();
    // No two regions have one name.
    let region = |name: &str| {
        let known = seen.map.regions.iter().find(|known| known.name == name)?;
        Some(known.shape.clone())
    };
    let regions: Vec<RegionShape> =
        chart.map.regions.iter().map(|own| region(&own.name).unwrap_or_default()).collect();
    let names: Vec<&str> = chart.map.regions.iter().map(|own| own.name.as_str()).collect();
    let sections = shapes_before(&chart.map.sections, &names, &seen.map);
    let before = Before { places: &places, regions: &regions, sections: &sections };
    lay_out_again(&chart.layout_input(), &before, progress)
}

/// What a subject was in an older graph, by its name.
fn before(graph: &AccessGraph, subject: Subject, old: &AccessGraph) -> Option<Subject> {
    match subject {
        Subject::Instance(at) => {
            let label = &graph.environment_of(at).label;
            old.find_instance(graph.service_name(at), label).map(Subject::Instance)
        }
        Subject::Credential(at) => {
            old.find_credential(graph.credential_name(at)).map(Subject::Credential)
        }
    }
}
