//! Which members of a cut lie on no path of stated access.

use std::collections::VecDeque;

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Corridor, Movement, is, mark};
use crate::graph::{CredentialIndex, InstanceIndex};

/// For how many members paths are searched one by one; beyond that they count as stated.
const MOST_SEARCHES: usize = 64;
/// From how many holders of a member a path is looked for.
const MOST_HOLDERS: usize = 8;

/// Those of some `asked` members of a cut that rest on assumed access: no path of stated access from an entry point to a
/// crown jewel goes through them that is in no instance twice.
///
/// Where the other members are taken away, one search shows for all members whether a stated path is
/// left through each. A path through several members is looked for one by one: the shortest way to the
/// member, and a way on that does not touch it. Costs time in proportion to the edges.
pub(crate) fn assumed_members(
    stated: &Movement,
    ends: &Ends,
    (members, asked): (&[CredentialIndex], &[CredentialIndex]),
) -> Vec<CredentialIndex> {
    let (from, to) = (&ends.entry_points, &ends.crown_jewels);
    let rest = stated.without(members);
    let corridor = Corridor::new(&rest, from, to);
    let is_needed = |at: CredentialIndex| {
        let held = stated.holders.of(at.index()).iter().any(|&at| is(&corridor.reachable, at));
        held && stated.grants.of(at.index()).iter().any(|grant| corridor.leads_on(grant))
    };
    let mut searches = 0;
    let rests = |at: &CredentialIndex| {
        if is_needed(*at) {
            return false;
        }
        searches += 1;
        searches <= MOST_SEARCHES && !lies_on_a_path(stated, ends, *at)
    };
    asked.iter().copied().filter(rests).collect()
}

/// Whether some path through a credential is found.
fn lies_on_a_path(movement: &Movement, ends: &Ends, at: CredentialIndex) -> bool {
    let mut holders = movement.holders.of(at.index()).iter().take(MOST_HOLDERS);
    holders.any(|&holder| {
        way_to(movement, ends, at, holder).is_some_and(|way| leads_on(movement, ends, at, &way))
    })
}

/// The instances of the shortest way from an entry point to an instance, without a credential.
fn way_to(
    movement: &Movement,
    ends: &Ends,
    without: CredentialIndex,
    goal: u32,
) -> Option<Vec<u32>> {
    let mut came: Vec<Option<u32>> = vec![None; movement.instances];
    let mut seen = vec![false; movement.instances];
    let mut used = vec![false; movement.credentials()];
    mark(&mut used, without.0);
    let starts = ends.entry_points.iter().map(|at| at.0).filter(|&at| mark(&mut seen, at));
    let mut open: VecDeque<u32> = starts.collect();
    while let Some(instance) = open.pop_front() {
        if instance == goal {
            let before = |at: &u32| came.get(*at as usize).copied().flatten();
            return Some(std::iter::successors(Some(goal), before).collect());
        }
        for &credential in movement.held.of(instance as usize) {
            if !mark(&mut used, credential) {
                continue;
            }
            for grant in movement.grants.of(credential as usize) {
                if grant.pivots && mark(&mut seen, grant.instance) {
                    if let Some(slot) = came.get_mut(grant.instance as usize) {
                        *slot = Some(instance);
                    }
                    open.push_back(grant.instance);
                }
            }
        }
    }
    None
}

/// Whether a credential leads to a crown jewel beside the way on which it is come by.
fn leads_on(movement: &Movement, ends: &Ends, at: CredentialIndex, way: &[u32]) -> bool {
    let mut seen = vec![false; movement.instances];
    for &instance in way {
        mark(&mut seen, instance);
    }
    let mut used = vec![false; movement.credentials()];
    let mut open = vec![at.0];
    while let Some(credential) = open.pop() {
        if !mark(&mut used, credential) {
            continue;
        }
        for grant in movement.grants.of(credential as usize) {
            let jewel = InstanceIndex(grant.instance);
            if is(&seen, grant.instance) {
                continue;
            }
            if ends.crown_jewels.binary_search(&jewel).is_ok() {
                return true;
            }
            if grant.pivots && mark(&mut seen, grant.instance) {
                open.extend_from_slice(movement.held.of(grant.instance as usize));
            }
        }
    }
    false
}
