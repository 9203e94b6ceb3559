//! Which direct accesses fixes take away, counted without listing them.
#![expect(
    clippy::indexing_slicing,
    reason = "instances and credentials are numbered by the arrays that they lead into"
)]

use std::collections::BTreeMap;

use super::movement::{Movement, is};
use crate::graph::InstanceIndex;

/// Direct (holder, target) pairs that nothing provides any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Lost {
    pub(super) count: u64,
    /// The first of them.
    pub(super) named: Vec<(InstanceIndex, InstanceIndex)>,
}

/// A credential with more grants is gone through once for all holders of the same such ones.
const SMALL: usize = 256;

/// Marks on instances that are taken off all at once.
struct Marks {
    set: Vec<u32>,
    now: u32,
}

impl Marks {
    fn new(instances: usize) -> Self {
        Self { set: vec![0; instances], now: 1 }
    }

    fn clear(&mut self) {
        self.now += 1;
    }

    fn has(&self, at: u32) -> bool {
        self.set[at as usize] == self.now
    }

    /// Tells whether it is new.
    fn add(&mut self, at: u32) -> bool {
        std::mem::replace(&mut self.set[at as usize], self.now) != self.now
    }

    /// Tells whether it was there.
    fn remove(&mut self, at: u32) -> bool {
        let had = self.has(at);
        self.set[at as usize] = 0;
        had
    }
}

/// The pairs that credentials with a mark in `touched` (by origin) provided before and nothing
/// provides after. What an instance grants itself is no access to lose.
///
/// Holders of the same large credentials are counted together, so that a hub costs its edges and
/// not their square; beside it, each holder costs the grants of the small ones that it holds.
pub(super) fn lost(before: &Movement, after: &Movement, touched: &[bool], most: usize) -> Lost {
    let is_touched = |at: u32| before.origins.get(at as usize).is_some_and(|o| is(touched, o.0));
    let is_large = |at: u32| after.grants.of(at as usize).len() > SMALL;
    let mut holders: Vec<u32> = (0..before.credentials() as u32)
        .filter(|&at| is_touched(at))
        .flat_map(|at| before.holders.of(at as usize).iter().copied())
        .collect();
    holders.sort_unstable();
    holders.dedup();
    let mut groups: BTreeMap<(Vec<u32>, Vec<u32>), Vec<u32>> = BTreeMap::new();
    for holder in holders {
        let old = before.held.of(holder as usize).iter().copied();
        let left = after.held.of(holder as usize).iter().copied();
        let key =
            (old.filter(|&at| is_touched(at)).collect(), left.filter(|&at| is_large(at)).collect());
        groups.entry(key).or_default().push(holder);
    }
    let (mut gone, mut seen) = (Marks::new(before.instances), Marks::new(before.instances));
    let mut losers: Vec<(u32, u64)> = Vec::new();
    for ((old, large), members) in &groups {
        gone.clear();
        let granted = |movement: &Movement, at: u32| movement.grants.of(at as usize).to_vec();
        let mut size = 0;
        for grant in old.iter().flat_map(|&at| granted(before, at)) {
            size += u64::from(gone.add(grant.instance));
        }
        for grant in large.iter().flat_map(|&at| granted(after, at)) {
            size -= u64::from(gone.remove(grant.instance));
        }
        for &holder in members {
            let small = after.held.of(holder as usize).iter().filter(|&&at| !is_large(at));
            seen.clear();
            let mut provided = u64::from(gone.has(holder) && seen.add(holder));
            for grant in small.flat_map(|&at| after.grants.of(at as usize)) {
                provided += u64::from(gone.has(grant.instance) && seen.add(grant.instance));
            }
            if size > provided {
                losers.push((holder, size - provided));
            }
        }
    }
    losers.sort_unstable();
    let count = losers.iter().map(|&(_, count)| count).sum();
    let mut named = Vec::new();
    for (holder, _) in losers {
        let room = most.saturating_sub(named.len());
        if room == 0 {
            break;
        }
        let old = before.held.of(holder as usize).iter().copied().filter(|&at| is_touched(at));
        named.extend(targets(before, after, holder, old).into_iter().take(room));
    }
    Lost { count, named }
}

/// What one holder loses, by target.
fn targets(
    before: &Movement,
    after: &Movement,
    holder: u32,
    old: impl Iterator<Item = u32>,
) -> Vec<(InstanceIndex, InstanceIndex)> {
    let mut provided = Marks::new(before.instances);
    provided.add(holder);
    for &at in after.held.of(holder as usize) {
        for grant in after.grants.of(at as usize) {
            provided.add(grant.instance);
        }
    }
    let mut gone = Vec::new();
    for at in old {
        for grant in before.grants.of(at as usize) {
            if provided.add(grant.instance) {
                gone.push((InstanceIndex(holder), InstanceIndex(grant.instance)));
            }
        }
    }
    gone.sort_unstable();
    gone
}
