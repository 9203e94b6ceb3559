//! Which direct accesses fixes take away, counted without listing them.
#![expect(
    clippy::indexing_slicing,
    reason = "instances and credentials are numbered by the arrays that they lead into"
)]

use std::collections::BTreeMap;

use crate::analysis::movement::network::Grant;
use crate::analysis::movement::overlay::Overlay;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};

/// How many lost accesses and findings are named.
pub(crate) const MOST_NAMED: usize = 100;

/// Direct (holder, target) pairs that nothing provides any more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lost {
    pub(crate) count: u64,
    /// The first of them.
    pub(crate) named: Vec<(InstanceIndex, InstanceIndex)>,
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

/// What a credential led to before.
pub(crate) struct Was {
    pub(crate) holders: Vec<u32>,
    pub(crate) grants: Vec<Grant>,
}

/// What live ones of some credentials led to by what is stated alone, each part of a credential by itself.
pub(crate) fn stated_before(
    graph: &AccessGraph,
    credentials: impl Iterator<Item = CredentialIndex>,
) -> Vec<Was> {
    let live = credentials.filter(|&origin| graph.credential(origin).is_live());
    let was = live.flat_map(|origin| {
        let edges = graph.grants(origin);
        let grant = move |to: InstanceIndex| {
            let found = edges.binary_search_by_key(&to, |&edge| graph.edge(edge).instance);
            let edge = *edges.get(found.ok()?)?;
            Some(Grant { instance: to.0, edge, pivots: graph.edge(edge).pivots })
        };
        graph.stated_links(origin).map(move |links| Was {
            holders: links.holders().map(|at| at.0).collect(),
            grants: links.granted().filter_map(grant).collect(),
        })
    });
    was.collect()
}

/// The pairs that some credentials provided before and nothing provides after. What an instance
/// grants itself is no access to lose.
///
/// Holders of the same large credentials are counted together, so that a hub costs its edges and
/// not their square; beside it, each holder costs the grants of the small ones that it holds.
pub(crate) fn lost(was: &[Was], after: &Overlay<'_>, most: usize) -> Lost {
    let is_large = |at: u32| after.grants(at).len() > SMALL;
    let mut had: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, was) in (0..).zip(was) {
        for &holder in &was.holders {
            had.entry(holder).or_default().push(at);
        }
    }
    let mut groups: BTreeMap<(&[u32], Vec<u32>), Vec<u32>> = BTreeMap::new();
    for (&holder, had) in &had {
        let large = after.held(holder).filter(|&at| is_large(at)).collect();
        groups.entry((had, large)).or_default().push(holder);
    }
    let mut gone = Marks::new(after.instances());
    let mut seen = Marks::new(after.instances());
    let mut losers: Vec<(u32, u64)> = Vec::new();
    for ((had, large), members) in &groups {
        gone.clear();
        let mut size = 0;
        for grant in had.iter().flat_map(|&at| &was[at as usize].grants) {
            size += u64::from(gone.add(grant.instance));
        }
        for grant in large.iter().flat_map(|&at| after.grants(at)) {
            size -= u64::from(gone.remove(grant.instance));
        }
        for &holder in members {
            seen.clear();
            let mut provided = u64::from(gone.has(holder) && seen.add(holder));
            for at in after.held(holder).filter(|&at| !is_large(at)) {
                if provided == size {
                    break;
                }
                for grant in after.grants(at) {
                    provided += u64::from(gone.has(grant.instance) && seen.add(grant.instance));
                }
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
        let Some(had) = had.get(&holder).filter(|_| room > 0) else { break };
        let of = had.iter().map(|&at| was[at as usize].grants.as_slice());
        named.extend(targets(after, holder, of).into_iter().take(room));
    }
    Lost { count, named }
}

/// What one holder loses, by target.
fn targets<'a>(
    after: &Overlay<'_>,
    holder: u32,
    had: impl Iterator<Item = &'a [Grant]>,
) -> Vec<(InstanceIndex, InstanceIndex)> {
    let mut provided = Marks::new(after.instances());
    provided.add(holder);
    for grant in after.held(holder).flat_map(|at| after.grants(at)) {
        provided.add(grant.instance);
    }
    let mut gone: Vec<_> = had
        .flatten()
        .filter(|grant| provided.add(grant.instance))
        .map(|grant| (InstanceIndex(holder), InstanceIndex(grant.instance)))
        .collect();
    gone.sort_unstable();
    gone
}
