//! The size of every blast radius at once, exact, for each credential and each instance.
//!
//! Every instance is one bit. Credentials with a single grant are folded into the instances that
//! hold them, what reaches each other is folded into one component, and then sets of bits flow
//! from the ends of the graph to its beginnings, a block of [`BITS`] instances at a time. Blocks
//! are worked on side by side; each worker keeps one block's bits for each component.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes, components and their ranges are numbered by the arrays that they lead into"
)]

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::analysis::algorithms::components::{Arcs, Components};
use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::network::{Grant, Movement};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::Progress;

/// How many instances each blast radius holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReachOfAll {
    /// For each credential; 0 for dead ones.
    pub credentials: Vec<u32>,
    /// For each instance, without itself.
    pub instances: Vec<u32>,
}

const WORDS: usize = 8;
const BITS: usize = WORDS * 64;
type Block = [u64; WORDS];

/// Counts what falls with each credential and each instance alone.
///
/// The counts are those of [`crate::analysis::questions::blast_radius`] from each in turn. Takes time in proportion to
/// edges × instances ÷ 512 at worst; gives `None` if it was cancelled.
pub fn reach_of_all(
    graph: &AccessGraph,
    counting: Counting,
    progress: &Progress,
) -> Option<ReachOfAll> {
    let (moves, _) = Moves::new(&Movement::new(graph, counting), &[]);
    let components = Components::new(&moves.arcs);
    let flow = Flow::new(&moves.arcs, &components, moves.bearers.iter().copied());
    let counts = flow.counts(progress)?;
    let of_node = |node: u32| counts[components.of_node[node as usize] as usize];
    let count_of = |start: &Start| match *start {
        Start::Nothing => 0,
        Start::Node(node) => of_node(node),
    };
    let of_graph = moves.credentials.get(..graph.credentials().len()).unwrap_or_default();
    Some(ReachOfAll {
        credentials: of_graph.iter().map(count_of).collect(),
        instances: (0..graph.instances().len() as u32).map(|node| of_node(node) - 1).collect(),
    })
}

/// Asks both ways of counting, all access and stated access alone; once where they are the same
/// movement, as where nothing is assumed. `None` if that is the answer to any.
pub(crate) fn both<T: Clone>(
    (all, stated): (&Movement, &Movement),
    ask: impl Fn(&Movement) -> Option<T>,
) -> Option<(T, T)> {
    let of_all = ask(all)?;
    let of_stated = if std::ptr::eq(all, stated) { of_all.clone() } else { ask(stated)? };
    Some((of_all, of_stated))
}

/// What somebody has to begin with, all of it together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Together<'a> {
    /// Credentials of the movement.
    pub(crate) credentials: &'a [u32],
    /// Service instances.
    pub(crate) instances: &'a [u32],
}

/// Where a leaked credential's reach is read.
#[derive(Clone, Copy)]
enum Start {
    Nothing,
    Node(u32),
}

/// The movement with as few nodes as possible.
///
/// Nodes are the instances, then one for each instance that some grant enters without a pivot,
/// then the credentials with several grants. The second node of an instance alone bears its bit,
/// and the instance leads to it, so that all of it is plain reachability.
struct Moves {
    arcs: Arcs,
    credentials: Vec<Start>,
    /// The node that bears each instance's bit.
    bearers: Vec<u32>,
}

impl Moves {
    /// With a node more for each entry of `together`: whoever has all of it.
    fn new(movement: &Movement, together: &[Together<'_>]) -> (Self, Vec<u32>) {
        let mut nodes = movement.instances as u32;
        let mut bearers: Vec<u32> = (0..nodes).collect();
        let all = 0..movement.credentials();
        for grant in all.clone().flat_map(|credential| movement.grants.of(credential)) {
            let bearer = &mut bearers[grant.instance as usize];
            if !grant.pivots && *bearer == grant.instance {
                *bearer = nodes;
                nodes += 1;
            }
        }
        let mut credentials = Vec::with_capacity(movement.credentials());
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for credential in all {
            let grants = movement.grants.of(credential).iter();
            let target = |grant: &Grant| {
                if grant.pivots { grant.instance } else { bearers[grant.instance as usize] }
            };
            credentials.push(match grants.as_slice() {
                [] => Start::Nothing,
                [only] => Start::Node(target(only)),
                _ => {
                    pairs.extend(grants.map(|grant| (nodes, target(grant))));
                    nodes += 1;
                    Start::Node(nodes - 1)
                }
            });
        }
        for (instance, &bearer) in bearers.iter().enumerate() {
            for &credential in movement.held.of(instance) {
                if let Start::Node(target) = credentials[credential as usize]
                    && target != instance as u32
                {
                    pairs.push((instance as u32, target));
                }
            }
            if bearer != instance as u32 {
                pairs.push((instance as u32, bearer));
            }
        }
        let mut starts = Vec::with_capacity(together.len());
        for Together { credentials: own, instances } in together {
            pairs.extend(instances.iter().map(|&instance| (nodes, instance)));
            for &credential in *own {
                if let Some(&Start::Node(target)) = credentials.get(credential as usize) {
                    pairs.push((nodes, target));
                }
            }
            starts.push(nodes);
            nodes += 1;
        }
        (Self { arcs: Arcs::new(nodes as usize, &pairs), credentials, bearers }, starts)
    }
}

/// For each instance how many of `targets` it reaches, itself among them if it is one.
///
/// `None` if it was cancelled.
pub(crate) fn instances_reaching(
    movement: &Movement,
    targets: &[InstanceIndex],
    progress: &Progress,
) -> Option<Vec<u32>> {
    let (moves, _) = Moves::new(movement, &[]);
    let components = Components::new(&moves.arcs);
    let bearers = targets.iter().filter_map(|at| moves.bearers.get(at.index()).copied());
    let counts = Flow::new(&moves.arcs, &components, bearers).counts(progress)?;
    let of_node = |node: usize| counts[components.of_node[node] as usize];
    Some((0..movement.instances).map(of_node).collect())
}

/// For each instance how many of `starts`, which name each once, reach it; none counts for itself.
///
/// The arcs are gone backwards, and the bits are those of the starts: costs as much as
/// [`reach_of_all`] at most. `None` if it was cancelled.
pub(crate) fn starts_reaching(
    movement: &Movement,
    starts: &[InstanceIndex],
    progress: &Progress,
) -> Option<Vec<u32>> {
    let (moves, _) = Moves::new(movement, &[]);
    let backwards = moves.arcs.reversed();
    let components = Components::new(&backwards);
    let bearers = starts.iter().map(|at| at.0).filter(|&at| (at as usize) < movement.instances);
    let counts = Flow::new(&backwards, &components, bearers).counts(progress)?;
    let entered = |&node: &u32| counts[components.of_node[node as usize] as usize];
    let mut reaching: Vec<u32> = moves.bearers.iter().map(entered).collect();
    for start in starts {
        if let Some(count) = reaching.get_mut(start.index()) {
            *count -= 1;
        }
    }
    Some(reaching)
}

/// How many instances fall with all of each entry of `together`, those in it among them.
///
/// Costs as much as [`reach_of_all`]. `None` if it was cancelled.
pub(crate) fn fallen_together(
    movement: &Movement,
    together: &[Together<'_>],
    progress: &Progress,
) -> Option<Vec<u32>> {
    let (moves, starts) = Moves::new(movement, together);
    let components = Components::new(&moves.arcs);
    let counts = Flow::new(&moves.arcs, &components, moves.bearers.iter().copied());
    let counts = counts.counts(progress)?;
    let of_node = |node: u32| counts[components.of_node[node as usize] as usize];
    Some(starts.into_iter().map(of_node).collect())
}

/// How many instances fall with each instance, and with each list of credentials together.
///
/// Costs as much as [`reach_of_all`]. `None` if it was cancelled.
pub(crate) fn reach_from(
    movement: &Movement,
    instances: &[InstanceIndex],
    together: &[&[u32]],
    progress: &Progress,
) -> Option<(Vec<u32>, Vec<u32>)> {
    let lists = together.iter().map(|&credentials| Together { credentials, instances: &[] });
    let (moves, starts) = Moves::new(movement, &lists.collect::<Vec<_>>());
    let components = Components::new(&moves.arcs);
    let counts = Flow::new(&moves.arcs, &components, moves.bearers.iter().copied());
    let counts = counts.counts(progress)?;
    let of_node = |node: u32| counts[components.of_node[node as usize] as usize];
    let of_instance = |at: &InstanceIndex| {
        if at.index() < movement.instances { of_node(at.0) - 1 } else { 0 }
    };
    let of_instances = instances.iter().map(of_instance).collect();
    Some((of_instances, starts.into_iter().map(of_node).collect()))
}

/// For each node of a graph how many of `bearers` it reaches, itself among them if it is one.
///
/// `None` if it was cancelled.
pub(crate) fn bearers_reached(
    arcs: &Arcs,
    bearers: &[u32],
    progress: &Progress,
) -> Option<Vec<u32>> {
    let components = Components::new(arcs);
    let counts = Flow::new(arcs, &components, bearers.iter().copied()).counts(progress)?;
    Some(components.of_node.iter().map(|&component| counts[component as usize]).collect())
}

/// The arcs between components, and the instances in the order of their components.
struct Flow {
    arcs: Arcs,
    /// Components of the nodes that bear bits, in order.
    bits: Vec<u32>,
    /// Whether some component leads to it, so that its bits are wanted later.
    wanted: Vec<bool>,
}

impl Flow {
    /// The nodes of `bearers` bear one bit each.
    fn new(arcs: &Arcs, components: &Components, bearers: impl Iterator<Item = u32>) -> Self {
        let arcs = components.condense(arcs);
        let mut wanted = vec![false; components.count];
        for component in 0..components.count {
            for &target in arcs.from(component) {
                wanted[target as usize] = true;
            }
        }
        let mut bits: Vec<u32> = bearers.map(|node| components.of_node[node as usize]).collect();
        bits.sort_unstable();
        Self { arcs, bits, wanted }
    }

    /// How many bits each component reaches.
    fn counts(&self, progress: &Progress) -> Option<Vec<u32>> {
        let blocks = self.bits.len().div_ceil(BITS);
        progress.set_whole(blocks as u64);
        let next = AtomicUsize::new(0);
        let workers = rayon::current_num_threads().min(blocks);
        let work = |_| self.work(&next, progress);
        let add = |mut total: Vec<u32>, part: Vec<u32>| {
            for (total, part) in total.iter_mut().zip(part) {
                *total += part;
            }
            total
        };
        let parts: Vec<Vec<u32>> = (0..workers).into_par_iter().map(work).collect();
        let empty = vec![0; self.wanted.len()];
        let total = parts.into_iter().fold(empty, add);
        (!progress.is_cancelled()).then_some(total)
    }

    /// Takes blocks until none is left.
    fn work(&self, next: &AtomicUsize, progress: &Progress) -> Vec<u32> {
        let mut counts = vec![0u32; self.wanted.len()];
        let mut sets: Vec<Block> = vec![[0; WORDS]; self.wanted.len()];
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            let start = block * BITS;
            if start >= self.bits.len() || progress.is_cancelled() {
                return counts;
            }
            let end = self.bits.len().min(start + BITS);
            self.flow_block(&self.bits[start..end], &mut sets, &mut counts);
            progress.set_done(block as u64 + 1);
        }
    }

    /// Lets one block's bits flow; components are numbered from the ends of the graph.
    fn flow_block(&self, bits: &[u32], sets: &mut [Block], counts: &mut [u32]) {
        let Some(&lowest) = bits.first() else { return };
        let mut own = 0;
        for component in lowest as usize..sets.len() {
            let mut set: Block = [0; WORDS];
            while own < bits.len() && bits[own] as usize == component {
                set[own / 64] |= 1 << (own % 64);
                own += 1;
            }
            for &target in self.arcs.from(component) {
                if target >= lowest {
                    let reached = &sets[target as usize];
                    for (word, more) in set.iter_mut().zip(reached) {
                        *word |= more;
                    }
                }
            }
            if self.wanted[component] {
                sets[component] = set;
            }
            counts[component] += set.iter().map(|word| word.count_ones()).sum::<u32>();
        }
    }
}
