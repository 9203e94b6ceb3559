//! Paths from left to right, hop by hop, with the rows that show each hop.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::InColumns;
use crate::analysis::{Path, Subject};
use crate::graph::{AccessGraph, EdgeIndex};
use crate::inventory::{Progress, counted, grouped};
use crate::layout::{Layout, OrderEffort, RegionShape};
use crate::scene::chart::Chart;
use crate::scene::map::{Link, Map, Note, Region};
use crate::scene::theme::RegionTint;
use crate::scene::view_kind::ViewKind;
use crate::scene::written::written;

/// More paths than this are no picture.
const MOST: usize = 12;

/// Up to this many rows are named below a credential.
const MOST_ROWS: usize = 4;

/// Only what paths lead over, from left to right; `None` when cancelled.
///
/// Each service instance stands behind every credential that leads to it on one of the paths, unless
/// the paths run in a circle together. Below each credential stand the rows that show who holds it and
/// what it opens. Costs time in proportion to the whole map.
pub fn paths(chart: &Chart, graph: &AccessGraph, all: &[Path], progress: &Progress) -> Option<Map> {
    let shown = all.get(..MOST.min(all.len())).unwrap_or_default();
    let columns = columns(shown);
    let whole = &chart.map;
    let steps = steps(shown);
    let subject = |mark: u32| whole.marks.get(mark as usize).map(|own| own.subject);
    let is_on_the_way = |link: &Link| {
        let ends = (subject(link.credential), subject(link.instance));
        let (Some(credential), Some(instance)) = ends else { return false };
        steps.contains(&(credential, instance)) || steps.contains(&(instance, credential))
    };
    let is_shown = |mark: u32| subject(mark).is_some_and(|own| columns.contains_key(&own));
    let names = headings(shown, &columns);
    let regions = names.iter().map(|(_, name)| Region {
        name: name.clone(),
        colour: RegionTint::plain(5),
        instances: 0,
        shape: RegionShape::default(),
    });
    let mut map = whole.part(is_shown, is_on_the_way, regions.collect());
    map.notes = notes(&map, graph, &steps);
    let column = |own: &Subject| columns.get(own).copied().unwrap_or(0);
    let own: Vec<u32> = map.marks.iter().map(|mark| column(&mark.subject)).collect();
    let placed = InColumns::new(&map, &own, OrderEffort::Full, progress)?;
    let regions = placed.strips(names.iter().map(|(column, _)| Some(*column)));
    let mut map = map.placed(&Layout { positions: placed.positions, regions, ..Layout::default() });
    map.kind = ViewKind::Path;
    if all.len() > MOST {
        let paths = counted(all.len(), "path", "paths");
        map.remarks.push(format!("the first {MOST} of {paths} are drawn"));
    }
    Some(map)
}

/// What follows what on some of the paths.
type Steps = BTreeSet<(Subject, Subject)>;

fn steps(paths: &[Path]) -> Steps {
    paths.iter().flat_map(|path| pairs(&stops(path))).collect()
}

/// The stops of a path in their order: instances and credentials by turns.
fn stops(path: &Path) -> Vec<Subject> {
    let hops = path.hops.iter();
    let hops =
        hops.flat_map(|hop| [Subject::Credential(hop.credential), Subject::Instance(hop.to)]);
    std::iter::once(Subject::Instance(path.from)).chain(hops).collect()
}

fn pairs(stops: &[Subject]) -> Vec<(Subject, Subject)> {
    stops.iter().copied().zip(stops.iter().skip(1).copied()).collect()
}

/// The column of each stop: behind all that leads to it, or, where that goes round in circles, where it
/// stands on the longest of its paths.
fn columns(paths: &[Path]) -> BTreeMap<Subject, u32> {
    let mut columns: BTreeMap<Subject, u32> = BTreeMap::new();
    for stops in paths.iter().map(stops) {
        for (at, stop) in (0..).zip(stops) {
            let column = columns.entry(stop).or_insert(at);
            *column = at.max(*column);
        }
    }
    let (by_place, steps) = (columns.clone(), steps(paths));
    for _ in 0..=columns.len() {
        let mut changed = false;
        for (from, to) in &steps {
            let next = columns.get(from).map_or(0, |column| column + 1);
            if let Some(column) = columns.get_mut(to).filter(|column| **column < next) {
                *column = next;
                changed = true;
            }
        }
        if !changed {
            return columns;
        }
    }
    by_place
}

/// What stands over the columns of instances: which hop leads there, where that is the same on all
/// paths.
fn headings(paths: &[Path], columns: &BTreeMap<Subject, u32>) -> Vec<(u32, String)> {
    if paths.is_empty() {
        return Vec::new();
    }
    let mut placed = paths.iter().flat_map(|path| (0_u32..).zip(stops(path)));
    if !placed.all(|(at, stop)| columns.get(&stop) == Some(&at)) {
        return Vec::new();
    }
    let last = columns.values().max().copied().unwrap_or(0);
    let name = |at: u32| if at == 0 { "start".to_owned() } else { format!("hop {}", at / 2) };
    (0..=last).step_by(2).map(|at| (at, name(at))).collect()
}

/// The rows that show where each credential is found on the paths, and what it opens there.
fn notes(map: &Map, graph: &AccessGraph, steps: &Steps) -> Vec<Note> {
    let mut notes = Vec::new();
    for (mark, own) in (0_u32..).zip(&map.marks) {
        let Subject::Credential(_) = own.subject else { continue };
        let (mut held, mut opened) = (Vec::new(), Vec::new());
        for link in map.links_of(mark).iter().filter_map(|&at| map.links.get(at as usize)) {
            let Some(instance) = map.marks.get(link.instance as usize) else { continue };
            let is_found = steps.contains(&(instance.subject, own.subject));
            let is_opened = steps.contains(&(own.subject, instance.subject));
            held.extend(link.holds.filter(|_| is_found).map(|at| evidence(graph, "held", at)));
            opened.extend(link.grants.filter(|_| is_opened).map(|at| evidence(graph, "opens", at)));
        }
        let mut lines: Vec<String> = held.into_iter().chain(opened).collect();
        let has_more = lines.len() > MOST_ROWS;
        if has_more {
            let more = lines.len() - (MOST_ROWS - 1);
            lines.truncate(MOST_ROWS - 1);
            lines.push(format!("and {} more", grouped(more as u64)));
        }
        notes.push(Note { mark, lines, has_more });
    }
    notes
}

/// Where it stands that a credential is held, or what it opens.
fn evidence(graph: &AccessGraph, word: &str, edge: EdgeIndex) -> String {
    let whole = graph.evidence(edge).len();
    let place = graph.place_of_link(edge).map(|place| graph.inventory().place_text(place));
    let place = place.map_or_else(String::new, |place| format!(" {}", written(&place)));
    let more = if whole > 1 { format!(" +{}", grouped(whole as u64 - 1)) } else { String::new() };
    let assumed = if graph.edge(edge).assumed { ", assumed" } else { "" };
    format!("{word}{place}{more}{assumed}")
}
