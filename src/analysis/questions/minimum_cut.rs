//! The cheapest set of credentials without which no entry point reaches a crown jewel, with proof.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use crate::analysis::algorithms::flow::{ENDLESS, Network, SINK, SOURCE};
use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Movement, is, mark, marks};
use crate::analysis::questions::path::Path;
use crate::analysis::questions::paths::{grant_of, shortest_path};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{Cost, Progress};

/// What it costs to remove each credential.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// Credentials that do not cost one unit.
    other: BTreeMap<CredentialIndex, Cost>,
}

impl Costs {
    /// The costs that a graph's assumptions set: by id, else by type, else by the number of holders, the
    /// latter two raised by a mark; an id that nothing has sets none. Costs time in proportion to the credentials.
    pub fn new(graph: &AccessGraph) -> Self {
        let set = graph.assumptions().costs.iter();
        let found = set.filter_map(|(id, &cost)| Some((graph.find_credential(id)?, cost)));
        let mut other: BTreeMap<CredentialIndex, Cost> = BTreeMap::new();
        let policy = graph.assumptions();
        if policy.cost_by_holders || !policy.costs_by_type.is_empty() {
            let general = |at| Some((at, general_cost(graph, at)?));
            other.extend(graph.credential_indices().filter_map(general));
        }
        for (id, mark) in &policy.marks {
            if let Some(at) = graph.find_credential(id) {
                let cost = other.entry(at).or_default();
                *cost = mark.cost(*cost);
            }
        }
        other.extend(found);
        Self { other }
    }

    /// What one credential costs.
    pub fn of(&self, credential: CredentialIndex) -> Cost {
        self.other.get(&credential).copied().unwrap_or_default()
    }

    fn units(&self, credential: CredentialIndex) -> u64 {
        match self.of(credential) {
            Cost::Units(units) => u64::from(units.get()),
            Cost::Never => ENDLESS,
        }
    }

    fn any_never(&self) -> bool {
        self.other.values().any(|cost| *cost == Cost::Never)
    }
}

/// What a credential costs by its type, else by the number of its holders; `None` for one unit.
fn general_cost(graph: &AccessGraph, at: CredentialIndex) -> Option<Cost> {
    let policy = graph.assumptions();
    let kind = graph.credential(at).kind.map(|kind| graph.inventory().text(kind));
    let by_type = kind.and_then(|kind| policy.costs_by_type.get(&kind.trim().to_lowercase()));
    by_type.copied().or_else(|| {
        let holders = u32::try_from(graph.held_by(at).len()).unwrap_or(u32::MAX);
        policy
            .cost_by_holders
            .then(|| NonZeroU32::new(holders).map_or(Cost::default(), Cost::Units))
    })
}

impl FromIterator<(CredentialIndex, Cost)> for Costs {
    fn from_iter<I: IntoIterator<Item = (CredentialIndex, Cost)>>(set: I) -> Self {
        Self { other: set.into_iter().collect() }
    }
}

/// A path of the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The path; it is in no instance twice.
    pub path: Path,
    /// How much flows along it.
    pub flow: u64,
}

/// A cheapest set with its proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MinimumCut {
    /// What the credentials cost together. What is carried in parts, as where stated access alone counts
    /// and an id alone joins sources, costs as much for each of them.
    pub cost: u64,
    /// What they cost where each counts once, whatever parts it has.
    pub once: u64,
    /// The credentials, by name: of several cheapest sets the one nearest the entry points.
    pub credentials: Vec<CredentialIndex>,
    /// Whether another set costs as little.
    pub others_exist: bool,
    /// Paths that carry as much as the set costs, no credential more than its own cost: no cheaper
    /// set can close them all. The shortest first, then by name.
    pub witnesses: Vec<Witness>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// There is a set; it is empty where nothing is connected.
    Found(MinimumCut),
    /// No set will do: this path leads through nothing that may be removed.
    Unbreakable(Path),
}

/// Finds the cheapest set of credentials whose removal leaves no path from any entry point to any
/// crown jewel; `None` when cancelled.
///
/// A maximum flow by Dinic's algorithm through the credentials that lie between the two; those
/// that lead from an entry point straight into a crown jewel are in every set and need no flow.
pub fn minimum_cut(
    movement: &Movement,
    ends: &Ends,
    costs: &Costs,
    progress: &Progress,
) -> Option<Cut> {
    let (from, to) = (&ends.entry_points, &ends.crown_jewels);
    if (costs.any_never() || movement.any_bound())
        && let Some(path) = shortest_path(&of_never(movement, costs), from, to)
    {
        return Some(Cut::Unbreakable(path));
    }
    let mut between = Between::new(movement, ends, costs);
    let mut network = between.network();
    let filled = network.fill(progress)?;
    let forced = std::mem::take(&mut between.forced);
    let mut cut = MinimumCut::default();
    for &(credential, from, to, cost) in &forced {
        cut.cost += cost;
        cut.credentials.push(between.origin(credential));
        cut.witnesses.push(between.witness(&[credential], (from, to), cost));
    }
    cut.cost += filled;
    let (near, far) = between.cuts(&network);
    cut.others_exist = near != far;
    cut.credentials.extend(near.into_iter().map(|credential| between.origin(credential)));
    cut.credentials.sort_unstable();
    cut.credentials.dedup();
    cut.once = cut.credentials.iter().map(|&at| costs.units(at)).sum();
    for (nodes, flow) in network.paths() {
        cut.witnesses.push(between.witness_of(&nodes, flow));
    }
    cut.witnesses.sort_by_cached_key(|witness| {
        let Path { from, to, hops } = &witness.path;
        let names: Vec<_> = hops.iter().map(|hop| (hop.credential, hop.to)).collect();
        (hops.len(), *from, *to, names)
    });
    debug_assert!(between.holds_water(&cut), "the proof of the cut must hold");
    debug_assert!(disconnects(movement, ends, &cut.credentials), "the cut must cut");
    Some(Cut::Found(cut))
}

/// Whether nothing leads from any entry point to any jewel without these credentials: plain search.
fn disconnects(movement: &Movement, ends: &Ends, removed: &[CredentialIndex]) -> bool {
    let jewels = marks(movement.instances, &ends.crown_jewels);
    let mut seen = marks(movement.instances, &ends.entry_points);
    let mut open: Vec<u32> = ends.entry_points.iter().map(|at| at.0).collect();
    let mut used = vec![false; movement.credentials()];
    while let Some(instance) = open.pop() {
        for &credential in movement.held.of(instance as usize) {
            let origin = movement.origins.get(credential as usize);
            let is_removed = origin.is_some_and(|origin| removed.binary_search(origin).is_ok());
            if is_removed || !mark(&mut used, credential) {
                continue;
            }
            for grant in movement.grants.of(credential as usize) {
                if is(&jewels, grant.instance) {
                    return false;
                }
                if grant.pivots && mark(&mut seen, grant.instance) {
                    open.push(grant.instance);
                }
            }
        }
    }
    true
}

/// The movement through what may never be removed.
fn of_never(movement: &Movement, costs: &Costs) -> Movement {
    let removable: Vec<CredentialIndex> =
        movement.origins.iter().copied().filter(|&at| costs.of(at) != Cost::Never).collect();
    movement.without(&removable)
}

/// What lies between entry points and crown jewels, as nodes of a network.
///
/// All entry points are the source and all crown jewels the sink: a path that comes back to an
/// entry point has a shorter one in it, and the first jewel on a path ends it.
struct Between<'a> {
    movement: &'a Movement,
    costs: &'a Costs,
    is_entry: Vec<bool>,
    corridor: Corridor,
    /// Credentials from an entry point straight into a jewel: with both, and their cost.
    forced: Vec<(u32, u32, u32, u64)>,
    /// The instances between, then the credentials between; the nodes of a credential are two.
    instances: Vec<u32>,
    credentials: Vec<u32>,
}

impl<'a> Between<'a> {
    fn new(movement: &'a Movement, ends: &Ends, costs: &'a Costs) -> Self {
        let corridor = Corridor::new(movement, &ends.entry_points, &ends.crown_jewels);
        let is_entry = marks(movement.instances, &ends.entry_points);
        let (forced, instances, credentials) = (Vec::new(), Vec::new(), Vec::new());
        let mut between =
            Self { movement, costs, is_entry, corridor, forced, instances, credentials };
        let inner = (0..movement.instances as u32).filter(|&at| between.is_between(at)).collect();
        between.instances = inner;
        for credential in 0..movement.credentials() as u32 {
            match (between.entry_that_holds(credential), between.jewel_granted(credential)) {
                (Some(from), Some(to)) => {
                    let cost = between.units(credential);
                    between.forced.push((credential, from, to, cost));
                }
                _ if between.corridor.carries(movement, credential) => {
                    between.credentials.push(credential);
                }
                _ => {}
            }
        }
        between
    }

    /// Whether the witnesses carry as much as the cut costs and no credential more than its cost:
    /// at cost 1 no two of them share one. What splits made of a credential counts by its name.
    fn holds_water(&self, cut: &MinimumCut) -> bool {
        let mut room: BTreeMap<CredentialIndex, u64> = BTreeMap::new();
        for credential in 0..self.movement.credentials() as u32 {
            let of_origin = room.entry(self.origin(credential)).or_default();
            *of_origin = of_origin.saturating_add(self.units(credential));
        }
        let mut flow = 0;
        for witness in &cut.witnesses {
            flow += witness.flow;
            for hop in &witness.path.hops {
                let Some(room) = room.get_mut(&hop.credential) else { return false };
                let Some(left) = room.checked_sub(witness.flow) else { return false };
                *room = left;
            }
        }
        flow == cut.cost
    }

    fn origin(&self, credential: u32) -> CredentialIndex {
        let origin = self.movement.origins.get(credential as usize);
        origin.copied().unwrap_or(CredentialIndex(credential))
    }

    /// What removing one credential of the movement costs; identities are no secrets to revoke.
    fn units(&self, credential: u32) -> u64 {
        if self.movement.is_bound(credential) {
            return ENDLESS;
        }
        self.costs.units(self.origin(credential))
    }

    fn is_between(&self, at: u32) -> bool {
        let leads_on = self.corridor.hops_left.get(at as usize).is_some_and(|&left| left != FAR);
        leads_on
            && is(&self.corridor.reachable, at)
            && !is(&self.is_entry, at)
            && !is(&self.corridor.is_target, at)
    }

    fn entry_that_holds(&self, credential: u32) -> Option<u32> {
        let holders = self.movement.holders.of(credential as usize);
        holders.iter().copied().find(|&holder| is(&self.is_entry, holder))
    }

    fn jewel_granted(&self, credential: u32) -> Option<u32> {
        let grants = self.movement.grants.of(credential as usize);
        let jewel = |at: &u32| is(&self.corridor.is_target, *at);
        grants.iter().map(|grant| grant.instance).find(jewel)
    }

    fn node_of(&self, instance: u32) -> Option<u32> {
        self.instances.binary_search(&instance).ok().map(|at| at as u32 + 2)
    }

    /// The node before a credential's capacity; the one behind it follows.
    fn before(&self, position: usize) -> u32 {
        (2 + self.instances.len() + 2 * position) as u32
    }

    fn network(&self) -> Network {
        let mut arcs = Vec::new();
        for (position, &credential) in self.credentials.iter().enumerate() {
            let (before, behind) = (self.before(position), self.before(position) + 1);
            arcs.push((before, behind, self.units(credential)));
            if self.entry_that_holds(credential).is_some() {
                arcs.push((SOURCE, before, ENDLESS));
            } else {
                let holders = self.movement.holders.of(credential as usize).iter();
                let nodes = holders.filter_map(|&holder| self.node_of(holder));
                arcs.extend(nodes.map(|node| (node, before, ENDLESS)));
            }
            if self.jewel_granted(credential).is_some() {
                arcs.push((behind, SINK, ENDLESS));
            } else {
                let grants = self.movement.grants.of(credential as usize).iter();
                let on = grants.filter(|grant| grant.pivots);
                let nodes = on.filter_map(|grant| self.node_of(grant.instance));
                arcs.extend(nodes.map(|node| (behind, node, ENDLESS)));
            }
        }
        Network::new(self.before(self.credentials.len()) as usize, &arcs)
    }

    /// The full credentials nearest the entry points, and those nearest the jewels.
    fn cuts(&self, network: &Network) -> (Vec<u32>, Vec<u32>) {
        let (source, sink) = (network.source_side(), network.sink_side());
        let (mut near, mut far) = (Vec::new(), Vec::new());
        for (position, &credential) in self.credentials.iter().enumerate() {
            let (before, behind) = (self.before(position), self.before(position) + 1);
            if is(&source, before) && !is(&source, behind) {
                near.push(credential);
            }
            if is(&sink, behind) && !is(&sink, before) {
                far.push(credential);
            }
        }
        (near, far)
    }

    /// A path of the network as one of the movement.
    fn witness_of(&self, nodes: &[u32], flow: u64) -> Witness {
        let first_credential = 2 + self.instances.len();
        let mut credentials = Vec::new();
        let mut stops = Vec::new();
        for &node in nodes {
            let inner = (node as usize).checked_sub(first_credential);
            match inner {
                Some(at) if at & 1 == 0 => credentials.extend(self.credentials.get(at / 2)),
                Some(_) => {}
                None => stops.extend(self.instances.get(node as usize - 2)),
            }
        }
        let from = credentials.first().and_then(|&at| self.entry_that_holds(at)).unwrap_or(0);
        let to = credentials.last().and_then(|&at| self.jewel_granted(at)).unwrap_or(0);
        let stops = [from].into_iter().chain(stops).chain([to]).collect::<Vec<u32>>();
        self.along(&credentials, &stops, flow)
    }

    fn witness(&self, credentials: &[u32], (from, to): (u32, u32), flow: u64) -> Witness {
        self.along(credentials, &[from, to], flow)
    }

    fn along(&self, credentials: &[u32], stops: &[u32], flow: u64) -> Witness {
        let hops = stops.windows(2).zip(credentials).filter_map(|(pair, &credential)| {
            let &[from, to] = pair else { return None };
            let grant = grant_of(self.movement, credential, to)?;
            Some(self.movement.step(from, credential, grant))
        });
        let end = |at: Option<&u32>| InstanceIndex(at.copied().unwrap_or_default());
        let path = Path { from: end(stops.first()), to: end(stops.last()), hops: hops.collect() };
        Witness { path, flow }
    }
}
