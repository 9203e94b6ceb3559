//! What every way from a root must pass: immediate dominators, without recursion.
//!
//! Semi-NCA (Georgiadis, Tarjan and Werneck, 2006): semidominators as Lengauer and Tarjan (1979),
//! then the nearest common ancestor in the tree. Near linear but for contrived graphs.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes are numbered by the arrays that they lead into, visits by their order"
)]

use crate::analysis::algorithms::components::Arcs;

const NONE: u32 = u32::MAX;

/// A graph both ways, and room to work that is used again for each root.
pub(crate) struct Dominators<'a> {
    forward: &'a Arcs,
    backward: &'a Arcs,
    /// The visit at which each node was first seen; [`NONE`] between roots.
    visit_of: Vec<u32>,
    /// By visit: the node, the visit it was found from, the nearest dominator's visit.
    nodes: Vec<u32>,
    parent: Vec<u32>,
    dominator: Vec<u32>,
    semi: Vec<u32>,
    label: Vec<u32>,
    ancestor: Vec<u32>,
}

impl<'a> Dominators<'a> {
    pub(crate) fn new(forward: &'a Arcs, backward: &'a Arcs) -> Self {
        Self {
            forward,
            backward,
            visit_of: vec![NONE; forward.nodes()],
            nodes: Vec::new(),
            parent: Vec::new(),
            dominator: Vec::new(),
            semi: Vec::new(),
            label: Vec::new(),
            ancestor: Vec::new(),
        }
    }

    /// For each node reached from the root how much of `weight` hangs below it: (node, sum).
    pub(crate) fn weigh(&mut self, root: u32, weight: impl Fn(u32) -> u64) -> Vec<(u32, u64)> {
        self.visit(root);
        self.find_dominators();
        let mut sums: Vec<u64> = self.nodes.iter().map(|&node| weight(node)).collect();
        for visit in (1..sums.len()).rev() {
            sums[self.dominator[visit] as usize] += sums[visit];
        }
        for &node in &self.nodes {
            self.visit_of[node as usize] = NONE;
        }
        self.nodes.iter().copied().zip(sums).collect()
    }

    /// For each node the nearest other one that every way from the root to it passes; none, as
    /// [`u32::MAX`], for the root and for what it does not reach.
    pub(crate) fn nearest(&mut self, root: u32) -> Vec<u32> {
        self.visit(root);
        self.find_dominators();
        let mut nearest = vec![NONE; self.visit_of.len()];
        for (visit, &node) in self.nodes.iter().enumerate().skip(1) {
            nearest[node as usize] = self.nodes[self.dominator[visit] as usize];
        }
        for &node in &self.nodes {
            self.visit_of[node as usize] = NONE;
        }
        nearest
    }

    /// Goes through what the root reaches, depth first, and numbers it.
    fn visit(&mut self, root: u32) {
        self.nodes.clear();
        self.parent.clear();
        let mut path: Vec<(u32, usize)> = vec![(self.see(root, 0), 0)];
        while let Some(top) = path.last_mut() {
            let (visit, next) = *top;
            let Some(&to) = self.forward.from(self.nodes[visit as usize] as usize).get(next) else {
                path.pop();
                continue;
            };
            top.1 += 1;
            if self.visit_of[to as usize] == NONE {
                path.push((self.see(to, visit), 0));
            }
        }
    }

    fn see(&mut self, node: u32, parent: u32) -> u32 {
        let visit = self.nodes.len() as u32;
        self.visit_of[node as usize] = visit;
        self.nodes.push(node);
        self.parent.push(parent);
        visit
    }

    fn find_dominators(&mut self) {
        let count = self.nodes.len() as u32;
        for numbers in [&mut self.semi, &mut self.label] {
            numbers.clear();
            numbers.extend(0..count);
        }
        self.ancestor.clear();
        self.ancestor.resize(count as usize, NONE);
        let mut path = Vec::new();
        for visit in (1..count).rev() {
            let at = visit as usize;
            let backward = self.backward;
            for &before in backward.from(self.nodes[at] as usize) {
                let before = self.visit_of[before as usize];
                if before != NONE {
                    let best = self.best(before, &mut path);
                    self.semi[at] = self.semi[at].min(self.semi[best as usize]);
                }
            }
            self.ancestor[at] = self.parent[at];
        }
        self.dominator.clone_from(&self.parent);
        for at in 1..count as usize {
            while self.dominator[at] > self.semi[at] {
                self.dominator[at] = self.dominator[self.dominator[at] as usize];
            }
        }
    }

    /// The visit with the least semidominator on the linked way up; shortens that way.
    fn best(&mut self, visit: u32, path: &mut Vec<u32>) -> u32 {
        let above = |at: u32, ancestor: &[u32]| ancestor[at as usize];
        let mut at = visit;
        if above(at, &self.ancestor) == NONE {
            return self.label[at as usize];
        }
        while above(above(at, &self.ancestor), &self.ancestor) != NONE {
            path.push(at);
            at = above(at, &self.ancestor);
        }
        while let Some(lower) = path.pop() {
            let lower = lower as usize;
            let upper = self.ancestor[lower] as usize;
            let (one, other) = (self.label[upper], self.label[lower]);
            if self.semi[one as usize] < self.semi[other as usize] {
                self.label[lower] = one;
            }
            self.ancestor[lower] = self.ancestor[upper];
        }
        self.label[visit as usize]
    }
}
