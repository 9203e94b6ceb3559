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
use crate::analysis::movement::network::{Grant, Movement, mark};
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
    let movement = Movement::new(graph, counting);
    Some(radii(&movement, graph.credentials().len(), Asked::default(), progress)?.each)
}

/// What is asked of all blast radii beside their sizes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked<'a> {
    /// What somebody has who has several things.
    pub(crate) together: &'a [Together<'a>],
    /// The instances that are counted apart.
    pub(crate) targets: &'a [InstanceIndex],
}

/// What all blast radii say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Radii {
    /// Their sizes.
    pub(crate) each: ReachOfAll,
    /// How many instances fall with all of each entry, those in it among them.
    pub(crate) together: Vec<u32>,
    /// For each instance how many of the targets it reaches, itself among them if it is one.
    pub(crate) targets: Vec<u32>,
}

/// Counts all blast radii of a movement at once. `credentials` is how many the graph has; what fixes or ways of
/// counting make of them comes behind. Costs what [`reach_of_all`] costs; `None` if it was cancelled.
pub(crate) fn radii(
    movement: &Movement,
    credentials: usize,
    asked: Asked<'_>,
    progress: &Progress,
) -> Option<Radii> {
    let (moves, starts) = Moves::new(movement, asked.together);
    let components = Components::new(&moves.arcs);
    let mut is_target = vec![false; movement.instances];
    for at in asked.targets {
        mark(&mut is_target, at.0);
    }
    let bearers = moves.bearers.iter().copied().zip(is_target);
    let counts = Flow::new(&moves.arcs, &components, bearers).counts(progress)?;
    let component = |node: u32| components.of_node[node as usize] as usize;
    let of_node = |node: u32| counts.all[component(node)];
    let count_of = |start: &Start| match *start {
        Start::Nothing => 0,
        Start::Node(node) => of_node(node),
    };
    let of_graph = moves.credentials.get(..credentials).unwrap_or_default();
    let instances = 0..movement.instances as u32;
    let of_target = |node: u32| counts.targets.get(component(node)).copied().unwrap_or(0);
    Some(Radii {
        each: ReachOfAll {
            credentials: of_graph.iter().map(count_of).collect(),
            instances: instances.clone().map(|node| of_node(node) - 1).collect(),
        },
        together: starts.into_iter().map(of_node).collect(),
        targets: instances.map(of_target).collect(),
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
    let counts = Flow::new(&moves.arcs, &components, plain(bearers)).counts(progress)?.all;
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
    let counts = Flow::new(&backwards, &components, plain(bearers)).counts(progress)?.all;
    let entered = |&node: &u32| counts[components.of_node[node as usize] as usize];
    let mut reaching: Vec<u32> = moves.bearers.iter().map(entered).collect();
    for start in starts {
        if let Some(count) = reaching.get_mut(start.index()) {
            *count -= 1;
        }
    }
    Some(reaching)
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
    let bearers = moves.bearers.iter().copied();
    let counts = Flow::new(&moves.arcs, &components, plain(bearers)).counts(progress)?.all;
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
    let bearers = plain(bearers.iter().copied());
    let counts = Flow::new(arcs, &components, bearers).counts(progress)?.all;
    Some(components.of_node.iter().map(|&component| counts[component as usize]).collect())
}

/// Nodes of which none is a target.
fn plain(bearers: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, bool)> {
    bearers.map(|node| (node, false))
}

/// The arcs between components, and the instances in the order of their components.
struct Flow {
    arcs: Arcs,
    /// Components of the nodes that bear bits, in order, and whether each is a target.
    bits: Vec<(u32, bool)>,
    /// Whether any is.
    has_targets: bool,
    /// Whether some component leads to it, so that its bits are wanted later.
    wanted: Vec<bool>,
}

/// How many bits each component reaches.
#[derive(Default)]
struct Counts {
    all: Vec<u32>,
    /// Those of targets; nothing where there are none.
    targets: Vec<u32>,
}

impl Flow {
    /// The nodes of `bearers` bear one bit each; some are targets.
    fn new(
        arcs: &Arcs,
        components: &Components,
        bearers: impl Iterator<Item = (u32, bool)>,
    ) -> Self {
        let arcs = components.condense(arcs);
        let mut wanted = vec![false; components.count];
        for component in 0..components.count {
            for &target in arcs.from(component) {
                wanted[target as usize] = true;
            }
        }
        let of_node = |(node, is_target)| (components.of_node[node as usize], is_target);
        let mut bits: Vec<(u32, bool)> = bearers.map(of_node).collect();
        bits.sort_unstable();
        let has_targets = bits.iter().any(|(_, is_target)| *is_target);
        Self { arcs, bits, has_targets, wanted }
    }

    /// How many bits each component reaches.
    fn counts(&self, progress: &Progress) -> Option<Counts> {
        let blocks = self.bits.len().div_ceil(BITS);
        progress.set_whole(blocks as u64);
        let next = AtomicUsize::new(0);
        let workers = rayon::current_num_threads().min(blocks);
        let work = |_| self.work(&next, progress);
        let parts: Vec<Counts> = (0..workers).into_par_iter().map(work).collect();
        let total = parts.into_iter().fold(self.no_counts(), |mut total, part| {
            let sums = total.all.iter_mut().zip(part.all);
            let of_targets = total.targets.iter_mut().zip(part.targets);
            for (total, part) in sums.chain(of_targets) {
                *total += part;
            }
            total
        });
        (!progress.is_cancelled()).then_some(total)
    }

    fn no_counts(&self) -> Counts {
        let components = self.wanted.len();
        let targets = if self.has_targets { components } else { 0 };
        Counts { all: vec![0; components], targets: vec![0; targets] }
    }

    /// Takes blocks until none is left.
    fn work(&self, next: &AtomicUsize, progress: &Progress) -> Counts {
        let mut counts = self.no_counts();
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
    fn flow_block(&self, bits: &[(u32, bool)], sets: &mut [Block], counts: &mut Counts) {
        let Some(&(lowest, _)) = bits.first() else { return };
        let mut targets: Block = [0; WORDS];
        for at in (0..bits.len()).filter(|&at| bits[at].1) {
            targets[at / 64] |= 1 << (at % 64);
        }
        let has_targets = targets != [0; WORDS];
        let mut own = 0;
        for component in lowest as usize..sets.len() {
            let mut set: Block = [0; WORDS];
            while own < bits.len() && bits[own].0 as usize == component {
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
            counts.all[component] += set.iter().map(|word| word.count_ones()).sum::<u32>();
            if has_targets {
                let among = set.iter().zip(&targets).map(|(word, own)| (word & own).count_ones());
                counts.targets[component] += among.sum::<u32>();
            }
        }
    }
}
