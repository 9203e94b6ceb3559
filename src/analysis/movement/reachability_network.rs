//! What lies between entry points and crown jewels, as one graph of nodes and arcs.

use std::collections::BTreeMap;

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::algorithms::dominators::Dominators;
use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Movement, is};
use crate::analysis::movement::reach::bearers_reached;
use crate::graph::InstanceIndex;
use crate::inventory::Progress;

/// How many nodes and arcs are visited before entry points are sampled.
pub(crate) const BUDGET: usize = 10_000_000;

/// Instances, then credentials, then for each jewel the node that stands for its fall.
pub(crate) struct ReachabilityNetwork<'a> {
    movement: &'a Movement,
    first_credential: u32,
    first_fall: u32,
    pub(crate) forward: Arcs,
    pub(crate) backward: Arcs,
    /// The nodes from which one way alone leads on, each before the node that it leads to.
    single: Vec<u32>,
    /// For each node the first on its one way from which several lead on, or none.
    fork: Vec<u32>,
    carries: Vec<bool>,
    arcs: usize,
}

/// Entry points whose one way parts at the same fork, or at forks that part the same ways.
pub(crate) struct Start {
    pub(crate) fork: u32,
    pub(crate) entries: Vec<u32>,
}

/// What the pairs of a start need beyond its fork.
#[derive(Default)]
pub(crate) struct Beyond {
    /// How many jewels each of its entry points reaches.
    pub(crate) jewels: u64,
    /// For each credential how many of those need it.
    pub(crate) needs: Vec<(u32, u64)>,
    /// How many nodes were visited to know that.
    pub(crate) visited: usize,
}

impl<'a> ReachabilityNetwork<'a> {
    pub(crate) fn new(movement: &'a Movement, ends: &Ends) -> Self {
        let corridor = Corridor::new(movement, &ends.entry_points, &ends.crown_jewels);
        let first_credential = movement.instances as u32;
        let first_fall = first_credential + movement.credentials() as u32;
        let jewels = &ends.crown_jewels;
        let all = 0..movement.credentials() as u32;
        let carries: Vec<bool> = all.clone().map(|at| corridor.carries(movement, at)).collect();
        let mut pairs = Vec::new();
        for credential in all.filter(|&at| is(&carries, at)) {
            let node = first_credential + credential;
            let holders = movement.holders.of(credential as usize).iter();
            let reached = holders.filter(|&&holder| is(&corridor.reachable, holder));
            pairs.extend(reached.map(|&holder| (holder, node)));
            for grant in movement.grants.of(credential as usize) {
                let to = grant.instance;
                if let Ok(jewel) = jewels.binary_search_by_key(&to, |at| at.0) {
                    pairs.push((node, first_fall + jewel as u32));
                }
                let left = corridor.hops_left.get(to as usize).is_some_and(|&left| left != FAR);
                if grant.pivots && left {
                    pairs.push((node, to));
                }
            }
        }
        let nodes = first_fall as usize + jewels.len();
        let forward = Arcs::new(nodes, &pairs);
        let arcs = pairs.len();
        for (from, to) in &mut pairs {
            std::mem::swap(from, to);
        }
        let backward = Arcs::new(nodes, &pairs);
        let (single, fork) = forks(&forward);
        Self {
            movement,
            first_credential,
            first_fall,
            forward,
            backward,
            single,
            fork,
            carries,
            arcs,
        }
    }

    fn credential(&self, node: u32) -> Option<u32> {
        node.checked_sub(self.first_credential).filter(|_| node < self.first_fall)
    }

    /// The entry points that lead anywhere.
    pub(crate) fn live(&self, entries: &[InstanceIndex]) -> Vec<u32> {
        let leads = |at: &u32| {
            let held = self.movement.held.of(*at as usize).iter();
            held.copied().any(|credential| is(&self.carries, credential))
        };
        entries.iter().map(|at| at.0).filter(leads).collect()
    }

    /// Entry points by the fork that they come to. What lies beyond is the same for all of a start,
    /// and on the way there every pair needs every credential.
    pub(crate) fn starts(&self, entries: &[u32]) -> Vec<Start> {
        let mut starts: BTreeMap<(u32, &[u32]), Start> = BTreeMap::new();
        for &entry in entries {
            let fork = self.fork_of(entry);
            let start = starts.entry(self.key(fork));
            start.or_insert(Start { fork, entries: Vec::new() }).entries.push(entry);
        }
        starts.into_values().collect()
    }

    fn fork_of(&self, node: u32) -> u32 {
        self.fork.get(node as usize).copied().unwrap_or(node)
    }

    /// Instances that hold the same lead the same ways; a credential stands for itself.
    fn key(&self, fork: u32) -> (u32, &[u32]) {
        if fork < self.first_credential {
            (u32::MAX, self.forward.from(fork as usize))
        } else {
            (fork, &[])
        }
    }

    /// What the pairs of a start need beyond its fork, the fork itself among it.
    pub(crate) fn beyond(&self, dominators: &mut Dominators<'_>, fork: u32) -> Beyond {
        let mut beyond = Beyond::default();
        let weight = |node: u32| u64::from(node >= self.first_fall);
        for (node, below) in dominators.weigh(fork, weight) {
            beyond.visited += 1;
            if node == fork {
                beyond.jewels = below;
            }
            if let Some(credential) = self.credential(node).filter(|_| below > 0) {
                beyond.needs.push((credential, below));
            }
        }
        beyond
    }

    /// The credentials before the forks: for each the number of the start, and how many of its
    /// entry points come that way.
    pub(crate) fn before(&self, starts: &[Start]) -> Vec<(usize, u32, u64)> {
        let numbers: BTreeMap<(u32, &[u32]), usize> =
            (0..).zip(starts).map(|(number, start)| (self.key(start.fork), number)).collect();
        let mut come = vec![0_u64; self.forward.nodes()];
        for &entry in starts.iter().flat_map(|start| &start.entries) {
            if let Some(come) = come.get_mut(entry as usize) {
                *come += 1;
            }
        }
        let mut before = Vec::new();
        for &node in &self.single {
            let count = come.get(node as usize).copied().unwrap_or(0);
            let next = self.forward.from(node as usize).first();
            if let Some(next) = next.and_then(|&next| come.get_mut(next as usize)) {
                *next += count;
            }
            if count > 0
                && let Some(credential) = self.credential(node)
                && let Some(&start) = numbers.get(&self.key(self.fork_of(node)))
            {
                before.push((start, credential, count));
            }
        }
        before
    }

    /// About how many arcs one search from each start goes through: what each reaches, times the
    /// arcs of a node. Where finding that out takes too long itself, as many as if each reached
    /// everything.
    pub(crate) fn work_of(&self, starts: &[Start], progress: &Progress) -> Option<usize> {
        let live: Vec<u32> = (0..self.first_fall)
            .filter(|&node| !self.forward.from(node as usize).is_empty())
            .collect();
        let all = starts.len().saturating_mul(self.arcs);
        if all <= BUDGET || self.arcs.saturating_mul(live.len() / 512) > BUDGET * 10 {
            return Some(all);
        }
        let reached = bearers_reached(&self.forward, &live, progress)?;
        let of = |start: &Start| reached.get(start.fork as usize).map_or(0, |&all| all as usize);
        let nodes: usize = starts.iter().map(of).sum();
        Some(nodes.saturating_mul(1 + self.arcs / live.len().max(1)))
    }

    /// The most jewels that any of these entry points reaches.
    pub(crate) fn most_fallen(&self, entries: &[u32], progress: &Progress) -> Option<u32> {
        let falls: Vec<u32> = (self.first_fall..self.forward.nodes() as u32).collect();
        let reached = bearers_reached(&self.forward, &falls, progress)?;
        entries.iter().filter_map(|&at| reached.get(at as usize).copied()).max().or(Some(0))
    }
}

/// The nodes with a single arc in such an order that each comes before the one that it leads to,
/// and for each node where its single arcs end. Rings of such nodes are left alone.
fn forks(forward: &Arcs) -> (Vec<u32>, Vec<u32>) {
    let nodes = forward.nodes() as u32;
    let next = |node: u32| match forward.from(node as usize) {
        [next] => Some(*next),
        _ => None,
    };
    let mut waiting = vec![0_u32; nodes as usize];
    for to in (0..nodes).filter_map(next) {
        if let Some(waiting) = waiting.get_mut(to as usize) {
            *waiting += 1;
        }
    }
    let is_first = |node: &u32| waiting.get(*node as usize) == Some(&0);
    let mut order: Vec<u32> =
        (0..nodes).filter(is_first).filter(|&node| next(node).is_some()).collect();
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        at += 1;
        let Some(to) = next(node) else { continue };
        let Some(left) = waiting.get_mut(to as usize) else { continue };
        *left -= 1;
        if *left == 0 && next(to).is_some() {
            order.push(to);
        }
    }
    let mut fork: Vec<u32> = (0..nodes).collect();
    for &node in order.iter().rev() {
        let end = next(node).and_then(|to| fork.get(to as usize).copied());
        if let (Some(end), Some(own)) = (end, fork.get_mut(node as usize)) {
            *own = end;
        }
    }
    (order, fork)
}
