//! What would be if some credentials were revoked or split: an unchanged graph, a list of fixes, and
//! the movement that is left, with the access that would be lost.

use std::collections::{BTreeMap, BTreeSet};

use super::movement::{Carrier, Grant, Movement, is, mark};
use super::{Counting, Ends, connected_pairs};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// What is done to a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FixKind {
    /// One new credential for each environment, with that environment's holders and grants alone.
    SplitByEnvironment,
    /// One for each service that holds it.
    SplitByService,
    /// One for each owner, or set of owners, of instances that hold it.
    SplitByOwner,
    /// It is gone.
    Revoke,
}

impl FixKind {
    /// Every kind; of those that lose as little the first is taken.
    pub const ALL: [Self; 4] =
        [Self::SplitByEnvironment, Self::SplitByService, Self::SplitByOwner, Self::Revoke];

    /// The words in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::SplitByEnvironment => "split by environment",
            Self::SplitByService => "split by service",
            Self::SplitByOwner => "split by owner",
            Self::Revoke => "revoke",
        }
    }
}

/// One fix. A list of them is applied in order, each to what those before it left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fix {
    /// The credential.
    pub credential: CredentialIndex,
    /// What is done to it.
    pub kind: FixKind,
}

/// Access of an instance to another that nothing provides any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LostAccess {
    /// The instance that holds a credential.
    pub holder: InstanceIndex,
    /// The instance that it grants.
    pub target: InstanceIndex,
    /// Whether it rested on assumed access.
    pub assumed: bool,
}

/// Before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Connected pairs of entry point and crown jewel without the fixes, and with them.
    pub connected_pairs: (u64, u64),
    /// The same with stated access alone.
    pub connected_pairs_stated: (u64, u64),
    /// How many direct accesses through one credential are lost.
    pub lost: u64,
    /// The first hundred of them by name.
    pub lost_named: Vec<LostAccess>,
}

/// So many lost accesses are named.
const MOST_NAMED: usize = 100;

/// Tells what a list of fixes brings and breaks; `None` when cancelled.
pub fn what_if(
    graph: &AccessGraph,
    ends: &Ends,
    fixes: &[Fix],
    progress: &Progress,
) -> Option<WhatIf> {
    let both = |counting| {
        let before = Movement::new(graph, counting);
        let after = fixed(graph, &before, fixes);
        let pairs = connected_pairs(&before, ends, progress)?;
        Some(((pairs, connected_pairs(&after, ends, progress)?), before, after))
    };
    let (all, before, after) = both(Counting::All)?;
    let (connected_pairs_stated, stated, _) = both(Counting::StatedOnly)?;
    let (lost, pairs) = lost(&before, &after, &touched(fixes), MOST_NAMED);
    let provides = |holder: InstanceIndex, target: InstanceIndex| {
        let held = stated.held.of(holder.index()).iter();
        held.copied().any(|at| super::paths::grant_of(&stated, at, target.0).is_some())
    };
    let named = pairs.into_iter().map(|(holder, target)| LostAccess {
        holder,
        target,
        assumed: !provides(holder, target),
    });
    let lost_named = named.collect();
    Some(WhatIf { connected_pairs: all, connected_pairs_stated, lost, lost_named })
}

fn touched(fixes: &[Fix]) -> BTreeSet<CredentialIndex> {
    fixes.iter().map(|fix| fix.credential).collect()
}

/// The movement after fixes. What a fix makes of a credential follows the credentials of the graph.
pub fn fixed(graph: &AccessGraph, movement: &Movement, fixes: &[Fix]) -> Movement {
    let mut carriers = movement.carriers();
    for fix in fixes {
        let mut made = Vec::new();
        for carrier in carriers.iter_mut().filter(|carrier| carrier.origin == fix.credential) {
            let (holders, grants) =
                (std::mem::take(&mut carrier.holders), std::mem::take(&mut carrier.grants));
            if holders.is_empty() || grants.is_empty() {
                continue;
            }
            let old = Carrier { origin: carrier.origin, holders, grants };
            made.extend(pieces(graph, &old, fix.kind));
        }
        carriers.extend(made);
    }
    Movement::from_carriers(movement.instances, &carriers)
}

fn pieces(graph: &AccessGraph, old: &Carrier, kind: FixKind) -> Vec<Carrier> {
    let instance = |at: u32| graph.instance(InstanceIndex(at));
    match kind {
        FixKind::Revoke => Vec::new(),
        FixKind::SplitByEnvironment => {
            let groups = grouped(&old.holders, |at| instance(at).environment);
            let own = |(environment, holders)| {
                let here = |grant: &&Grant| instance(grant.instance).environment == environment;
                let grants = old.grants.iter().filter(here).copied().collect();
                Carrier { origin: old.origin, holders, grants }
            };
            groups.into_iter().map(own).collect()
        }
        FixKind::SplitByService => {
            let groups = grouped(&old.holders, |at| instance(at).service);
            groups.into_values().map(|holders| piece(old, holders)).collect()
        }
        FixKind::SplitByOwner => {
            let owners = |at: u32| graph.owners_of_instance(InstanceIndex(at)).to_vec();
            let groups = grouped(&old.holders, owners);
            groups.into_values().map(|holders| piece(old, holders)).collect()
        }
    }
}

fn grouped<K: Ord>(holders: &[u32], key: impl Fn(u32) -> K) -> BTreeMap<K, Vec<u32>> {
    let mut groups: BTreeMap<K, Vec<u32>> = BTreeMap::new();
    for &holder in holders {
        groups.entry(key(holder)).or_default().push(holder);
    }
    groups
}

/// The credential of one group of holders: it grants the pure targets and the group's own members;
/// where no member is granted it keeps every grant.
fn piece(old: &Carrier, holders: Vec<u32>) -> Carrier {
    let granted = |at: &u32| old.grants.binary_search_by_key(at, |grant| grant.instance).is_ok();
    let grants = if holders.iter().any(granted) {
        let own = |grant: &&Grant| {
            holders.binary_search(&grant.instance).is_ok()
                || old.holders.binary_search(&grant.instance).is_err()
        };
        old.grants.iter().filter(own).copied().collect()
    } else {
        old.grants.clone()
    };
    Carrier { origin: old.origin, holders, grants }
}

/// How many direct (holder, target) pairs `touched` credentials provided before that nothing
/// provides after, and the first of them. What an instance grants itself is no access to lose.
pub(super) fn lost(
    before: &Movement,
    after: &Movement,
    touched: &BTreeSet<CredentialIndex>,
    most: usize,
) -> (u64, Vec<(InstanceIndex, InstanceIndex)>) {
    let is_touched = |movement: &Movement, at: u32| {
        movement.origins.get(at as usize).is_some_and(|origin| touched.contains(origin))
    };
    let mut holders = BTreeSet::new();
    for at in (0..before.credentials() as u32).filter(|&at| is_touched(before, at)) {
        holders.extend(before.holders.of(at as usize).iter().copied());
    }
    let (mut count, mut named) = (0, Vec::new());
    let mut provided = vec![false; before.instances];
    for holder in holders {
        let targets = |movement: &Movement, all: bool| {
            let held = movement.held.of(holder as usize).iter().copied();
            let held = held.filter(|&at| all || is_touched(movement, at));
            let granted = held.flat_map(|at| movement.grants.of(at as usize));
            granted.map(|grant| grant.instance).collect::<Vec<u32>>()
        };
        let left = targets(after, true);
        for &target in &left {
            mark(&mut provided, target);
        }
        let mut gone = targets(before, false);
        gone.retain(|&target| target != holder && !is(&provided, target));
        gone.sort_unstable();
        gone.dedup();
        count += gone.len() as u64;
        let room = most.saturating_sub(named.len());
        let pair = |target| (InstanceIndex(holder), InstanceIndex(target));
        named.extend(gone.into_iter().take(room).map(pair));
        for target in left {
            if let Some(mark) = provided.get_mut(target as usize) {
                *mark = false;
            }
        }
    }
    (count, named)
}
