//! Takes the input apart: who belongs to which region, who hangs on whom, what is connected.

use super::LayoutInput;

/// Nobody.
pub(super) const NONE: u32 = u32::MAX;

/// The input, sorted into what is laid out together.
pub(super) struct Parts {
    /// For each node the only node that it is linked to, if both lie in one region; or [`NONE`].
    pub(super) hangs_on: Vec<u32>,
    /// For each node what hangs on it.
    pub(super) halo: Vec<Vec<u32>>,
    /// For each region its connected parts, the largest first, without what hangs on others.
    pub(super) regions: Vec<Vec<Vec<u32>>>,
    /// Nodes of no region.
    pub(super) floating: Vec<u32>,
    /// The links of each node.
    pub(super) neighbours: Vec<Vec<u32>>,
}

pub(super) fn split(input: &LayoutInput<'_>) -> Parts {
    let count = input.nodes.len();
    let mut neighbours = vec![Vec::new(); count];
    for &(a, b) in input.edges {
        if a != b && (a as usize) < count && (b as usize) < count {
            neighbours[a as usize].push(b);
            neighbours[b as usize].push(a);
        }
    }
    let credentials = credentials(input);
    let mut hangs_on = vec![NONE; count];
    let mut halo = vec![Vec::new(); count];
    for node in 0..count {
        if let &[only] = neighbours[node].as_slice()
            && credentials[node]
            && input.nodes[node].region.is_some()
            && input.nodes[node].region == input.nodes[only as usize].region
        {
            hangs_on[node] = only;
            halo[only as usize].push(node as u32);
        }
    }
    let mut parts = Parts {
        hangs_on,
        halo,
        regions: vec![Vec::new(); input.regions.len()],
        floating: Vec::new(),
        neighbours,
    };
    connect(input, &mut parts);
    parts
}

/// Which nodes stand at the credential's end of a link.
fn credentials(input: &LayoutInput<'_>) -> Vec<bool> {
    let mut credentials = vec![false; input.nodes.len()];
    for &(_, credential) in input.edges {
        if let Some(slot) = credentials.get_mut(credential as usize) {
            *slot = true;
        }
    }
    credentials
}

fn connect(input: &LayoutInput<'_>, parts: &mut Parts) {
    let mut seen = vec![false; input.nodes.len()];
    for start in 0..input.nodes.len() {
        let Some(region) = input.nodes[start].region.map(usize::from) else {
            parts.floating.push(start as u32);
            continue;
        };
        if seen[start] || parts.hangs_on[start] != NONE || region >= parts.regions.len() {
            continue;
        }
        seen[start] = true;
        let mut part = vec![start as u32];
        let mut at = 0;
        while at < part.len() {
            for &next in &parts.neighbours[part[at] as usize] {
                let other = next as usize;
                let same = input.nodes[other].region.map(usize::from) == Some(region);
                if same && !seen[other] && parts.hangs_on[other] == NONE {
                    seen[other] = true;
                    part.push(next);
                }
            }
            at += 1;
        }
        parts.regions[region].push(part);
    }
    for region in &mut parts.regions {
        region.sort_by_key(|part| (usize::MAX - part.len(), part[0]));
    }
}
