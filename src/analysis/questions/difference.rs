//! What differs between two inventories of the same landscape: credentials, services, mappings,
//! findings, and which pairs of entry point and crown jewel were newly connected or parted.
//!
//! Credentials are matched by fingerprint, then by id, then by what they are linked to, services by
//! name and environment. Both sides must have been read under one key for fingerprints to match.

use std::collections::BTreeSet;

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::ends::ends;
use crate::analysis::movement::reach::ReachOfAll;
use crate::analysis::movement::step::Step;
use crate::analysis::questions::blast_radius::blast_radius;
use crate::analysis::questions::blast_radius::{BlastRadius, Starts};
use crate::analysis::questions::explained::Compared;
use crate::analysis::questions::exposure::Exposure;
use crate::analysis::questions::finding_changes::{FindingChanges, Judged, finding_changes};
use crate::analysis::questions::findings::Finding;
use crate::analysis::questions::findings::case::Grounds;
use crate::analysis::questions::inventory_changes::{Changed, inventory_changes};
use crate::analysis::questions::matching::Matched;
use crate::analysis::questions::observed::{ColumnKind, Lacking, Observed};
use crate::analysis::questions::path::hops_are_stated;
use crate::analysis::questions::paths::LISTED_PATHS;
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex};
use crate::inventory::Progress;

/// One of two graphs, with the reach of all that is in it and what was found.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// How far each credential and instance reaches.
    pub reach: &'a ReachOfAll,
    /// The findings, the worst first.
    pub findings: &'a [Finding],
    pub(crate) grounds: &'a Grounds,
}

/// A pair that some path connects on one side alone, with a shortest path of that side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathChange {
    /// The entry point.
    pub from: InstanceIndex,
    /// The crown jewel.
    pub to: InstanceIndex,
    /// The hops, first to last.
    pub hops: Vec<Step>,
    /// What makes it no pair on the other side, where a path leads the same way there.
    pub ends_changed: EndsChanged,
}

/// Which ends of a pair are none on the other side, though a path leads from the one to the other there
/// as well; both false where no path does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndsChanged {
    /// The start is no entry point there.
    pub entry_point: bool,
    /// The target is no crown jewel there.
    pub crown_jewel: bool,
}

impl PathChange {
    /// Whether every hop, and every pivot on the way, is stated.
    pub fn is_stated(&self, graph: &AccessGraph) -> bool {
        hops_are_stated(graph, &self.hops)
    }
}

/// Everything that differs; each list by name. What went is named by the old graph's indices, what
/// appeared by the new one's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// By old credential the new one that is the same.
    pub same: Vec<Option<CredentialIndex>>,
    /// Credentials that are new.
    pub credentials_appeared: Vec<CredentialIndex>,
    /// Credentials that are gone.
    pub credentials_went: Vec<CredentialIndex>,
    /// Credentials that changed.
    pub credentials_changed: Vec<Changed>,
    /// Service instances that are new.
    pub instances_appeared: Vec<InstanceIndex>,
    /// Service instances that are gone.
    pub instances_went: Vec<InstanceIndex>,
    /// Mappings that are new.
    pub edges_appeared: Vec<EdgeIndex>,
    /// Mappings that are gone.
    pub edges_went: Vec<EdgeIndex>,
    /// Mappings of both whose access or level is stated now and was assumed, by the new graph's indices.
    pub edges_stated: Vec<EdgeIndex>,
    /// The other way round.
    pub edges_assumed: Vec<EdgeIndex>,
    /// Pairs that the new inventory connects and the old one did not.
    pub opened: Vec<PathChange>,
    /// Pairs that the old inventory connected and the new one does not.
    pub closed: Vec<PathChange>,
    /// How many pairs opened and closed, where not all are listed.
    pub opened_total: usize,
    /// How many of those that opened need not be new: what would tell is missing from the new inventory.
    pub opened_explained: usize,
    /// As above.
    pub closed_total: usize,
    /// Pairs that the old inventory connected through rows whose source or columns the new one
    /// lacks: nobody can say whether they are parted.
    pub unobserved: Vec<PathChange>,
    /// How many those are, where not all are listed.
    pub unobserved_total: usize,
    /// What became of the findings.
    pub findings: FindingChanges,
    /// Which sources and columns of the old inventory the new one lacks.
    pub lacking: Vec<Lacking>,
    /// Whether only starts whose number of reached instances changed were compared.
    pub by_count_alone: bool,
}

impl Difference {
    /// Whether something got worse between two exposures: a finding is new or more severe, or more
    /// pairs are connected; none of it explained by what is missing or was revoked.
    pub fn is_worse(&self, before: &Exposure, after: &Exposure) -> bool {
        self.findings.worse_counts() != (0, 0) || self.more_pairs(before, after) > 0
    }

    /// How many pairs more are connected, without those that what is missing explains.
    pub fn more_pairs(&self, before: &Exposure, after: &Exposure) -> u64 {
        let more = after.connected_pairs.saturating_sub(before.connected_pairs);
        more.saturating_sub(self.opened_explained as u64)
    }
}

/// Above this much work only starts whose reach changed are compared.
const BUDGET: usize = 400_000_000;

/// Compares two inventories; `None` when cancelled.
///
/// Names cost time in proportion to the rows; paths one search for each entry point of either side.
pub fn difference(old: Side<'_>, new: Side<'_>, progress: &Progress) -> Option<Difference> {
    let matched = Matched::new(old.graph, new.graph);
    let things = inventory_changes(&matched, old.graph, new.graph);
    let mut found = Difference {
        credentials_appeared: things.credentials_appeared,
        credentials_went: things.credentials_went,
        credentials_changed: things.credentials_changed,
        instances_appeared: things.instances_appeared,
        instances_went: things.instances_went,
        edges_appeared: things.edges_appeared,
        edges_went: things.edges_went,
        edges_stated: things.edges_stated,
        edges_assumed: things.edges_assumed,
        ..Difference::default()
    };
    let (before, after) = (ends(old.graph), ends(new.graph));
    let cost = |side: Side<'_>, ends: &Ends| {
        let nodes = side.graph.credentials().len() + side.graph.instances().len();
        ends.entry_points.len().saturating_mul(nodes + side.graph.edges().len() / 4)
    };
    found.by_count_alone = cost(old, &before).saturating_add(cost(new, &after)) > BUDGET;
    let observed = Observed::new(old.graph, new.graph);
    let compared = Compared::new(old.graph, (new.graph, new.grounds), &matched, &observed);
    found.findings = finding_changes(judged(old), judged(new), &matched, &compared);
    let comparison = Comparison { by_count_alone: found.by_count_alone, progress };
    let to_old = |at: InstanceIndex| matched.old_of.get(at.index()).copied().flatten();
    let to_new = |at: InstanceIndex| matched.new_of.get(at.index()).copied().flatten();
    let is_observed = |hops: &[Step]| is_observed(old.graph, hops, &observed);
    let ask: Option<&IsObserved<'_>> = (!observed.shows_all()).then_some(&is_observed);
    let is_new = |hops: &[Step]| !compared.explains_path(hops);
    let ask_new: Option<&IsObserved<'_>> = (!observed.is_whole()).then_some(&is_new);
    let opened = comparison.connected_here_alone((new, &after), (old, &before), to_old, ask_new)?;
    let closed = comparison.connected_here_alone((old, &before), (new, &after), to_new, ask)?;
    found.same = matched.credential;
    found.opened_explained = opened.unobserved_total;
    (found.opened, found.opened_total) = opened.all();
    (found.closed, found.closed_total) = (closed.listed, closed.total);
    (found.unobserved, found.unobserved_total) = (closed.unobserved, closed.unobserved_total);
    found.lacking = observed.all_with_rows();
    Some(found)
}

pub(super) fn judged(side: Side<'_>) -> Judged<'_> {
    Judged { graph: side.graph, findings: side.findings, grounds: side.grounds }
}

/// Tells of a path of the older inventory whether the newer one would show it.
type IsObserved<'a> = dyn Fn(&[Step]) -> bool + 'a;

/// Whether the sources and columns are still there through which a path was seen.
fn is_observed(old: &AccessGraph, hops: &[Step], observed: &Observed) -> bool {
    let ends = |kind| matches!(kind, ColumnKind::EntryPoint | ColumnKind::CrownJewel);
    let is_column = |one: &Lacking| matches!(one, Lacking::Column(..));
    if observed.lacking_anywhere(ends).iter().any(is_column) {
        return false;
    }
    if hops.iter().any(|hop| observed.is_vague(hop.credential)) {
        return false;
    }
    let rows = || {
        hops.iter().flat_map(|hop| {
            let held = old.held_by(hop.credential).iter().copied();
            let held = held.filter(|&edge| Some(old.edge(edge).instance) == hop.from);
            held.chain([hop.edge]).flat_map(|edge| old.evidence(edge))
        })
    };
    let carries = |kind| {
        matches!(
            kind,
            ColumnKind::Id
                | ColumnKind::Name
                | ColumnKind::Secret
                | ColumnKind::Service
                | ColumnKind::Environment
                | ColumnKind::Access
                | ColumnKind::Level
                | ColumnKind::Status
                | ColumnKind::Expiry
        )
    };
    observed.lacking_for(rows(), carries).is_empty() && observed.rejected_for(rows()).is_empty()
}

/// Pairs that are connected on one side alone: the first with their paths, and how many there are.
#[derive(Default)]
struct PairChanges {
    listed: Vec<PathChange>,
    total: usize,
    /// The same of those of which the other side can say nothing.
    unobserved: Vec<PathChange>,
    unobserved_total: usize,
}

impl PairChanges {
    /// All of them together.
    fn all(self) -> (Vec<PathChange>, usize) {
        let Self { mut listed, total, unobserved, unobserved_total } = self;
        listed.extend(unobserved);
        listed.sort_by_key(|path| (path.hops.len(), path.from, path.to));
        listed.truncate(LISTED_PATHS);
        (listed, total + unobserved_total)
    }

    fn add(&mut self, path: PathChange, is_observed: bool) {
        let (listed, total) = if is_observed {
            (&mut self.listed, &mut self.total)
        } else {
            (&mut self.unobserved, &mut self.unobserved_total)
        };
        *total += 1;
        if listed.len() < LISTED_PATHS {
            listed.push(path);
        }
    }
}

struct Comparison<'a> {
    by_count_alone: bool,
    progress: &'a Progress,
}

impl Comparison<'_> {
    /// The pairs that are connected here and not there, at most [`LISTED_PATHS`] with their paths, and
    /// how many there are, apart by whether the other side would show them; `None` when cancelled.
    fn connected_here_alone(
        &self,
        (here, own): (Side<'_>, &Ends),
        (there, other): (Side<'_>, &Ends),
        counterpart: impl Fn(InstanceIndex) -> Option<InstanceIndex>,
        is_observed: Option<&IsObserved<'_>>,
    ) -> Option<PairChanges> {
        let count =
            |side: Side<'_>, at: InstanceIndex| side.reach.instances.get(at.index()).copied();
        let other_entries: BTreeSet<InstanceIndex> = other.entry_points.iter().copied().collect();
        let other_jewels: BTreeSet<InstanceIndex> = other.crown_jewels.iter().copied().collect();
        let mut changes = PairChanges::default();
        for &from in &own.entry_points {
            if self.progress.is_cancelled() {
                return None;
            }
            let twin = counterpart(from);
            let is_entry = twin.is_some_and(|twin| other_entries.contains(&twin));
            let same_count = twin.is_some_and(|twin| count(there, twin) == count(here, from));
            let unchanged = is_entry && same_count;
            if count(here, from) == Some(0) || (self.by_count_alone && unchanged) {
                continue;
            }
            let radius = of_instance(here.graph, from);
            let before = twin.map(|twin| of_instance(there.graph, twin)).unwrap_or_default();
            for &to in &own.crown_jewels {
                let known = counterpart(to);
                let leads = known.is_some_and(|twin| before.reaches(twin));
                let is_jewel = known.is_some_and(|twin| other_jewels.contains(&twin));
                if from == to || (leads && is_entry && is_jewel) || !radius.reaches(to) {
                    continue;
                }
                if is_observed.is_none() && changes.listed.len() >= LISTED_PATHS {
                    changes.total += 1;
                    continue;
                }
                let hops = radius.chain_to(to);
                let is_observed = is_observed.is_none_or(|is_observed| is_observed(&hops));
                let ends_changed = EndsChanged {
                    entry_point: leads && !is_entry,
                    crown_jewel: leads && !is_jewel,
                };
                changes.add(PathChange { from, to, hops, ends_changed }, is_observed);
            }
        }
        for paths in [&mut changes.listed, &mut changes.unobserved] {
            paths.sort_by_key(|path| (path.hops.len(), path.from, path.to));
        }
        Some(changes)
    }
}

fn of_instance(graph: &AccessGraph, at: InstanceIndex) -> BlastRadius {
    let starts = Starts { credentials: Vec::new(), instances: vec![at] };
    blast_radius(graph, &starts, Counting::All)
}
