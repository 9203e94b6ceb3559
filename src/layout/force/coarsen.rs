//! Ever coarser versions of a graph, so that forces can order the whole before the details.
//!
//! Nodes are merged as in the solar merger of FM³ (Hachul and Jünger 2004): a sun takes its free
//! neighbours as planets, and what is left joins the neighbour it hangs on most. Where a graph has many
//! nodes with one neighbour, these join it before all else: their places follow from its own.

use crate::layout::force::adjacency::Adjacency;
use crate::layout::rng::Rng;

/// One step of coarsening: the smaller graph, and for each node of the larger its place in it.
pub(crate) struct Coarser {
    /// The smaller graph; charges and pulls are the sums of what was merged.
    pub(crate) adjacency: Adjacency,
    /// The node of the smaller graph that each node of the larger became.
    pub(crate) parents: Vec<u32>,
}

const NONE: u32 = u32::MAX;

/// Merges neighbours; `None` where that no longer makes the graph much smaller.
pub(crate) fn coarsen(fine: &Adjacency, rng: &mut Rng) -> Option<Coarser> {
    let (parents, count) = fold_leaves(fine).unwrap_or_else(|| merge(fine, rng));
    if count * 10 > fine.len() * 9 {
        return None;
    }
    Some(Coarser { adjacency: quotient(fine, &parents, count), parents })
}

/// Nodes with one neighbour into that neighbour; `None` where they are less than a fifth of all.
fn fold_leaves(fine: &Adjacency) -> Option<(Vec<u32>, usize)> {
    let leaf_of = |node: usize| match *fine.neighbours(node) {
        // Of a pair the first one stays.
        [near] if fine.degree(near as usize) > 1 || (near as usize) < node => Some(near as usize),
        _ => None,
    };
    let mut parents = vec![NONE; fine.len()];
    let mut count = 0;
    for (node, parent) in parents.iter_mut().enumerate() {
        if leaf_of(node).is_none() {
            *parent = count;
            count += 1;
        }
    }
    if (fine.len() - count as usize) * 5 < fine.len() {
        return None;
    }
    for node in 0..fine.len() {
        if let Some(near) = leaf_of(node) {
            parents[node] = parents[near];
        }
    }
    Some((parents, count as usize))
}

fn merge(fine: &Adjacency, rng: &mut Rng) -> (Vec<u32>, usize) {
    let mut parents = vec![NONE; fine.len()];
    let mut count = 0_u32;
    let mut order = rng.shuffled(fine.len());
    let most = 4.0 * fine.charges.iter().sum::<f32>() / fine.len().max(1) as f32;
    order.sort_by_key(|&node| fine.degree(node as usize).min(16));
    for &sun in &order {
        let sun = sun as usize;
        if parents[sun] != NONE || fine.neighbours(sun).iter().any(|&p| is_sunlit(&parents, p)) {
            continue;
        }
        parents[sun] = count;
        let mut taken = fine.charges[sun];
        for &planet in fine.neighbours(sun) {
            let planet = planet as usize;
            if parents[planet] == NONE && taken + fine.charges[planet] <= most.max(2.0 * taken) {
                parents[planet] = count;
                taken += fine.charges[planet];
            }
        }
        count += 1;
    }
    for &moon in &order {
        let moon = moon as usize;
        if parents[moon] == NONE {
            parents[moon] = closest(fine, &parents, moon).unwrap_or_else(|| {
                count += 1;
                count - 1
            });
        }
    }
    (parents, count as usize)
}

fn is_sunlit(parents: &[u32], node: u32) -> bool {
    parents[node as usize] != NONE
}

fn closest(fine: &Adjacency, parents: &[u32], moon: usize) -> Option<u32> {
    let mut best: Option<(f32, u32)> = None;
    for (&near, &pull) in fine.neighbours(moon).iter().zip(fine.pulls_of(moon)) {
        let parent = parents[near as usize];
        let worth = pull / fine.charges[near as usize];
        if parent != NONE && best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, parent));
        }
    }
    best.map(|(_, parent)| parent)
}

fn quotient(fine: &Adjacency, parents: &[u32], count: usize) -> Adjacency {
    let mut members_start = vec![0_u32; count + 1];
    for &parent in parents {
        members_start[parent as usize + 1] += 1;
    }
    for at in 0..count {
        members_start[at + 1] += members_start[at];
    }
    let mut next = members_start.clone();
    let mut members = vec![0_u32; parents.len()];
    for (node, &parent) in parents.iter().enumerate() {
        members[next[parent as usize] as usize] = node as u32;
        next[parent as usize] += 1;
    }
    let mut adjacency = Adjacency { starts: vec![0], ..Adjacency::default() };
    let mut slot = vec![NONE; count];
    for parent in 0..count {
        let begin = adjacency.ends.len();
        let (mut charge, mut mass) = (0.0, 0.0);
        for &node in &members[members_start[parent] as usize..members_start[parent + 1] as usize] {
            let node = node as usize;
            charge += fine.charges[node];
            mass += fine.masses[node];
            for (&near, &pull) in fine.neighbours(node).iter().zip(fine.pulls_of(node)) {
                let other = parents[near as usize] as usize;
                if other == parent {
                    continue;
                }
                let at = slot[other] as usize;
                if at >= begin && at < adjacency.ends.len() && adjacency.ends[at] as usize == other
                {
                    adjacency.pulls[at] += pull;
                } else {
                    slot[other] = adjacency.ends.len() as u32;
                    adjacency.ends.push(other as u32);
                    adjacency.pulls.push(pull);
                }
            }
        }
        adjacency.starts.push(adjacency.ends.len() as u32);
        adjacency.charges.push(charge);
        adjacency.masses.push(mass);
    }
    adjacency
}
