//! Strongly connected components by Tarjan's algorithm (1972), without recursion.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes and components are numbered by the arrays that they lead into"
)]

/// Arcs of a graph whose nodes are numbered from 0, by the node that they leave.
pub(crate) struct Arcs {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Arcs {
    pub(crate) fn new(nodes: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for &(from, _) in pairs {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut targets = vec![0u32; pairs.len()];
        for &(from, to) in pairs {
            let slot = &mut next[from as usize];
            targets[*slot as usize] = to;
            *slot += 1;
        }
        Self { starts, targets }
    }

    /// The same arcs the other way round.
    pub(crate) fn reversed(&self) -> Self {
        let from = 0..self.nodes();
        let pairs = from.flat_map(|node| self.from(node).iter().map(move |&to| (to, node as u32)));
        Self::new(self.nodes(), &pairs.collect::<Vec<_>>())
    }

    /// Puts the arc of each node first that leads to the greatest of `sizes`.
    pub(crate) fn greatest_first(&mut self, sizes: impl Fn(u32) -> u32) {
        for node in 0..self.nodes() {
            let (first, end) = (self.starts[node] as usize, self.starts[node + 1] as usize);
            let greatest = (first..end).max_by_key(|&at| sizes(self.targets[at]));
            if let Some(greatest) = greatest {
                self.targets.swap(first, greatest);
            }
        }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where the arcs of a node lead.
    pub(crate) fn from(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// Which nodes reach each other. Components are numbered so that arcs lead to lower numbers.
pub(crate) struct Components {
    pub(crate) of_node: Vec<u32>,
    pub(crate) count: usize,
}

const UNSEEN: u32 = u32::MAX;

struct Tarjan<'a> {
    arcs: &'a Arcs,
    order: Vec<u32>,
    low: Vec<u32>,
    of_node: Vec<u32>,
    open: Vec<u32>,
    /// The nodes on the way down, each with its next arc.
    path: Vec<(u32, u32)>,
    seen: u32,
    count: u32,
}

impl Components {
    /// Takes time in proportion to nodes and arcs.
    pub(crate) fn new(arcs: &Arcs) -> Self {
        let nodes = arcs.nodes();
        let mut tarjan = Tarjan {
            arcs,
            order: vec![UNSEEN; nodes],
            low: vec![0; nodes],
            of_node: vec![UNSEEN; nodes],
            open: Vec::new(),
            path: Vec::new(),
            seen: 0,
            count: 0,
        };
        for root in 0..nodes as u32 {
            if tarjan.order[root as usize] == UNSEEN {
                tarjan.explore(root);
            }
        }
        Self { of_node: tarjan.of_node, count: tarjan.count as usize }
    }

    /// The arcs between different components, each once.
    pub(crate) fn condense(&self, arcs: &Arcs) -> Arcs {
        let mut members: Vec<u32> = (0..arcs.nodes() as u32).collect();
        members.sort_unstable_by_key(|&node| self.of_node[node as usize]);
        let mut last_from = vec![UNSEEN; self.count];
        let mut starts = Vec::with_capacity(self.count + 1);
        let mut targets = Vec::new();
        for node in members {
            let from = self.of_node[node as usize];
            while starts.len() <= from as usize {
                starts.push(targets.len() as u32);
            }
            for &to in arcs.from(node as usize) {
                let to = self.of_node[to as usize];
                if to != from && last_from[to as usize] != from {
                    last_from[to as usize] = from;
                    targets.push(to);
                }
            }
        }
        starts.push(targets.len() as u32);
        Arcs { starts, targets }
    }
}

impl Tarjan<'_> {
    fn explore(&mut self, root: u32) {
        self.enter(root);
        while let Some(&(node, arc)) = self.path.last() {
            if arc < self.arcs.starts[node as usize + 1] {
                if let Some(top) = self.path.last_mut() {
                    top.1 += 1;
                }
                self.follow(node, self.arcs.targets[arc as usize]);
            } else {
                self.path.pop();
                self.leave(node);
            }
        }
    }

    fn enter(&mut self, node: u32) {
        self.order[node as usize] = self.seen;
        self.low[node as usize] = self.seen;
        self.seen += 1;
        self.open.push(node);
        self.path.push((node, self.arcs.starts[node as usize]));
    }

    fn follow(&mut self, node: u32, target: u32) {
        let (at, to) = (node as usize, target as usize);
        if self.order[to] == UNSEEN {
            self.enter(target);
        } else if self.of_node[to] == UNSEEN {
            self.low[at] = self.low[at].min(self.order[to]);
        }
    }

    fn leave(&mut self, node: u32) {
        let low = self.low[node as usize];
        if low == self.order[node as usize] {
            while let Some(member) = self.open.pop() {
                self.of_node[member as usize] = self.count;
                if member == node {
                    break;
                }
            }
            self.count += 1;
        }
        if let Some(&(parent, _)) = self.path.last() {
            self.low[parent as usize] = self.low[parent as usize].min(low);
        }
    }
}
