//! The graph in flat arrays, as the force kernels read it.

/// Neighbours of each node, one list after another, with the weights of edges and nodes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adjacency {
    /// Where each node's neighbours begin; one more entry than there are nodes.
    pub(crate) starts: Vec<u32>,
    /// The neighbours.
    pub(crate) ends: Vec<u32>,
    /// The pull of each edge, beside `ends`.
    pub(crate) pulls: Vec<f32>,
    /// How strongly each node pushes others away.
    pub(crate) charges: Vec<f32>,
    /// How much force it takes to move each node.
    pub(crate) masses: Vec<f32>,
}

impl Adjacency {
    /// Builds the lists of `count` nodes from edges within them. A repeated edge counts once.
    pub(crate) fn new(count: usize, edges: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for &(a, b) in edges {
            starts[a as usize + 1] += 1;
            starts[b as usize + 1] += 1;
        }
        for node in 0..count {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![0_u32; edges.len() * 2];
        for &(a, b) in edges {
            for (from, to) in [(a, b), (b, a)] {
                ends[next[from as usize] as usize] = to;
                next[from as usize] += 1;
            }
        }
        let mut adjacency =
            Self { starts, ends, pulls: Vec::new(), charges: Vec::new(), masses: Vec::new() };
        adjacency.drop_repeats();
        adjacency
    }

    fn drop_repeats(&mut self) {
        let count = self.len();
        let mut kept = 0;
        let mut begin = 0;
        for node in 0..count {
            let end = self.starts[node + 1] as usize;
            self.ends[begin..end].sort_unstable();
            let first = kept;
            for at in begin..end {
                let to = self.ends[at];
                if to as usize != node && (kept == first || self.ends[kept - 1] != to) {
                    self.ends[kept] = to;
                    kept += 1;
                }
            }
            begin = end;
            self.starts[node + 1] = kept as u32;
        }
        self.ends.truncate(kept);
        self.pulls = vec![1.0; kept];
        self.masses = (0..count).map(|node| self.degree(node) as f32 + 0.5).collect();
        self.charges = (0..count).map(|node| self.degree(node) as f32 + 2.0).collect();
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many neighbours a node has.
    pub(crate) fn degree(&self, node: usize) -> usize {
        (self.starts[node + 1] - self.starts[node]) as usize
    }

    /// The neighbours of a node, ascending.
    pub(crate) fn neighbours(&self, node: usize) -> &[u32] {
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// The pulls of a node's edges, beside its neighbours.
    pub(crate) fn pulls_of(&self, node: usize) -> &[f32] {
        &self.pulls[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}
