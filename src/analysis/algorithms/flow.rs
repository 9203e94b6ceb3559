//! Maximum flow by Dinic's algorithm (1970) on flat arrays, without recursion.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes and arcs are numbered by the arrays that they lead into"
)]

use crate::graph::Grouped;
use crate::inventory::Progress;

/// Where all flow starts and ends.
pub(crate) const SOURCE: u32 = 0;
pub(crate) const SINK: u32 = 1;
/// A capacity that no flow fills.
pub(crate) const ENDLESS: u64 = u64::MAX / 4;

const UNSEEN: u32 = u32::MAX;
/// A power of two.
const STEPS_BETWEEN_LOOKS: usize = 4096;

/// Arcs with capacities; the arc back of arc `a` is `a ^ 1`, so that even ones are those added.
pub(crate) struct Network {
    heads: Vec<u32>,
    room: Vec<u64>,
    of_node: Grouped<u32>,
}

impl Network {
    /// Arcs are (from, to, capacity).
    pub(crate) fn new(nodes: usize, arcs: &[(u32, u32, u64)]) -> Self {
        let heads = arcs.iter().flat_map(|&(from, to, _)| [to, from]).collect();
        let room = arcs.iter().flat_map(|&(_, _, capacity)| [capacity, 0]).collect();
        let numbered = arcs.iter().zip(0u32..);
        let pairs = numbered.flat_map(|(&(from, to, _), at)| [(from, at * 2), (to, at * 2 + 1)]);
        Self { heads, room, of_node: Grouped::new(nodes, pairs) }
    }

    /// Fills the network; gives the amount, or `None` when cancelled.
    ///
    /// At most nodes² × arcs steps; where each unit passes nodes of capacity 1, arcs × √nodes.
    pub(crate) fn fill(&mut self, progress: &Progress) -> Option<u64> {
        let mut total = 0;
        loop {
            let levels = self.levels();
            if progress.is_cancelled() {
                return None;
            }
            if levels[SINK as usize] == UNSEEN {
                return Some(total);
            }
            total += self.block(levels, progress)?;
        }
    }

    /// How many arcs with room it takes from the source to each node.
    fn levels(&self) -> Vec<u32> {
        let mut levels = vec![UNSEEN; self.of_node.groups()];
        levels[SOURCE as usize] = 0;
        let (mut open, mut at) = (vec![SOURCE], 0);
        while let Some(&node) = open.get(at) {
            at += 1;
            for &arc in self.of_node.of(node as usize) {
                let to = self.heads[arc as usize];
                if self.room[arc as usize] > 0 && levels[to as usize] == UNSEEN {
                    levels[to as usize] = levels[node as usize] + 1;
                    open.push(to);
                }
            }
        }
        levels
    }

    /// A blocking flow along the levels.
    fn block(&mut self, mut levels: Vec<u32>, progress: &Progress) -> Option<u64> {
        let mut next = vec![0usize; levels.len()];
        let (mut path, mut total, mut steps) = (Vec::<u32>::new(), 0, 0);
        loop {
            steps += 1;
            if steps & (STEPS_BETWEEN_LOOKS - 1) == 0 && progress.is_cancelled() {
                return None;
            }
            let node = path.last().map_or(SOURCE, |&arc| self.heads[arc as usize]);
            if node == SINK {
                total += self.push_along(&mut path);
                continue;
            }
            let at = node as usize;
            let arcs = self.of_node.of(at);
            let open = |arc: &u32| {
                let to = self.heads[*arc as usize] as usize;
                self.room[*arc as usize] > 0 && levels[to] == levels[at] + 1
            };
            while next[at] < arcs.len() && !open(&arcs[next[at]]) {
                next[at] += 1;
            }
            if let Some(&arc) = arcs.get(next[at]) {
                path.push(arc);
                continue;
            }
            levels[at] = UNSEEN - 1;
            let Some(arc) = path.pop() else { return Some(total) };
            next[self.heads[arc as usize ^ 1] as usize] += 1;
        }
    }

    /// Fills a path as far as its narrowest arc allows, and goes back to before that arc.
    fn push_along(&mut self, path: &mut Vec<u32>) -> u64 {
        let room = |arc: &u32| self.room[*arc as usize];
        let amount = path.iter().map(room).min().unwrap_or(0);
        let mut narrow = path.len();
        for (position, &arc) in path.iter().enumerate().rev() {
            self.room[arc as usize] -= amount;
            self.room[arc as usize ^ 1] += amount;
            if self.room[arc as usize] == 0 {
                narrow = position;
            }
        }
        path.truncate(narrow);
        amount
    }

    /// The nodes that the source still gets to.
    pub(crate) fn source_side(&self) -> Vec<bool> {
        self.levels().into_iter().map(|level| level != UNSEEN).collect()
    }

    /// The nodes that still get to the sink.
    pub(crate) fn sink_side(&self) -> Vec<bool> {
        let mut side = vec![false; self.of_node.groups()];
        side[SINK as usize] = true;
        let mut open = vec![SINK];
        while let Some(node) = open.pop() {
            for &arc in self.of_node.of(node as usize) {
                let from = self.heads[arc as usize] as usize;
                if self.room[arc as usize ^ 1] > 0 && !side[from] {
                    side[from] = true;
                    open.push(from as u32);
                }
            }
        }
        side
    }

    /// The flow as paths, each the nodes between source and sink and its amount. No path is in a
    /// node twice: what flows in a circle is left out.
    pub(crate) fn paths(&self) -> Vec<(Vec<u32>, u64)> {
        let flow_of = |arc: usize| if arc & 1 == 0 { self.room[arc + 1] } else { 0 };
        let mut flow: Vec<u64> = (0..self.room.len()).map(flow_of).collect();
        let mut next = vec![0usize; self.of_node.groups()];
        let mut position = vec![UNSEEN; self.of_node.groups()];
        let (mut paths, mut path) = (Vec::new(), Vec::<u32>::new());
        loop {
            let node = path.last().map_or(SOURCE, |&arc| self.heads[arc as usize]);
            if node == SINK {
                let nodes = path[..path.len() - 1].iter().map(|&arc| self.heads[arc as usize]);
                paths.push((nodes.collect(), take(&mut flow, &path)));
                self.leave(&mut position, &mut path, 0);
                continue;
            }
            let at = node as usize;
            if position[at] != UNSEEN {
                let start = position[at] as usize;
                take(&mut flow, &path[start..]);
                self.leave(&mut position, &mut path, start);
                continue;
            }
            let arcs = self.of_node.of(at);
            while next[at] < arcs.len() && flow[arcs[next[at]] as usize] == 0 {
                next[at] += 1;
            }
            // What flows in flows out, so only the source runs dry.
            let Some(&arc) = arcs.get(next[at]) else { return paths };
            position[at] = path.len() as u32;
            path.push(arc);
        }
    }

    /// Goes back to after the first `kept` arcs of a path.
    fn leave(&self, position: &mut [u32], path: &mut Vec<u32>, kept: usize) {
        for arc in path.drain(kept..) {
            position[self.heads[arc as usize ^ 1] as usize] = UNSEEN;
        }
    }
}

/// Takes as much from each arc of a path as its narrowest has.
fn take(flow: &mut [u64], path: &[u32]) -> u64 {
    let amount = path.iter().map(|&arc| flow[arc as usize]).min().unwrap_or(0);
    for &arc in path {
        flow[arc as usize] -= amount;
    }
    amount
}
