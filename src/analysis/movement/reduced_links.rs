//! Which links of a credential join less than before, once something else stands in its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::movement::network::{Grant, MovementCredential};

/// A credential before a fix.
#[derive(Clone, Copy)]
pub(crate) struct Joined<'a> {
    /// The instances that hold it, in order.
    pub(crate) holders: &'a [u32],
    /// The instances that it grants, in order.
    pub(crate) granted: &'a [u32],
}

/// The instances that a credential joined to some others and that its pieces do not join to all
/// of them any more: holders that reach less through it, and targets that fewer holders reach.
///
/// An instance and itself count for nothing. Costs time in proportion to the pieces' edges, and
/// for holders of several pieces to all that these grant.
pub(crate) fn parted(before: &Joined<'_>, pieces: &[&MovementCredential]) -> BTreeSet<u32> {
    let mut pieces_of: BTreeMap<u32, Vec<&[Grant]>> = BTreeMap::new();
    for piece in pieces {
        for &holder in &piece.holders {
            pieces_of.entry(holder).or_default().push(&piece.grants);
        }
    }
    // For each target how many others reach it; those of one piece are counted together.
    let mut reached_by: BTreeMap<u32, usize> = BTreeMap::new();
    let mut parted = BTreeSet::new();
    for piece in pieces {
        let alone = |holder: &&u32| pieces_of.get(holder).is_some_and(|of| of.len() == 1);
        let holders = piece.holders.iter().filter(alone).count();
        for grant in &piece.grants {
            let itself =
                piece.holders.binary_search(&grant.instance).is_ok() && alone(&&grant.instance);
            *reached_by.entry(grant.instance).or_default() += holders - usize::from(itself);
        }
    }
    for (&holder, of) in &pieces_of {
        let reached = match of.as_slice() {
            [grants] => others(holder, grants.iter().map(|grant| grant.instance)),
            several => {
                let all = several.iter().copied().flatten().map(|grant| grant.instance);
                let all: BTreeSet<u32> = all.collect();
                for &target in all.iter().filter(|target| **target != holder) {
                    *reached_by.entry(target).or_default() += 1;
                }
                others(holder, all.into_iter())
            }
        };
        if reached < others(holder, before.granted.iter().copied()) {
            parted.insert(holder);
        }
    }
    for &target in before.granted {
        let reached = reached_by.get(&target).copied().unwrap_or(0);
        if reached < others(target, before.holders.iter().copied()) {
            parted.insert(target);
        }
    }
    parted
}

/// How many of some distinct instances are not this one.
fn others(own: u32, instances: impl Iterator<Item = u32>) -> usize {
    instances.filter(|&at| at != own).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{CredentialIndex, EdgeIndex};

    fn piece(holders: &[u32], granted: &[u32]) -> MovementCredential {
        let grant = |&instance: &u32| Grant { instance, edge: EdgeIndex(0), pivots: true };
        MovementCredential {
            origin: CredentialIndex(0),
            holders: holders.to_vec(),
            grants: granted.iter().map(grant).collect(),
            bound: false,
        }
    }

    fn found(before: (&[u32], &[u32]), pieces: &[MovementCredential]) -> Vec<u32> {
        let pieces: Vec<&MovementCredential> = pieces.iter().collect();
        let joined = Joined { holders: before.0, granted: before.1 };
        parted(&joined, &pieces).into_iter().collect()
    }

    #[test]
    fn each_side_of_a_split_is_parted_from_the_other() {
        let all: &[u32] = &[0, 1, 2, 3];
        let pieces = [piece(&[0, 1], &[0, 1]), piece(&[2, 3], &[2, 3])];
        assert_eq!(found((all, all), &pieces), [0, 1, 2, 3]);
    }

    #[test]
    fn holders_that_never_reached_each_other_are_not_parted() {
        let pieces = [piece(&[0], &[5]), piece(&[1], &[5])];
        assert!(found((&[0, 1], &[5]), &pieces).is_empty());
    }

    #[test]
    fn a_holder_that_is_narrowed_and_what_it_misses_are_parted() {
        let pieces = [piece(&[0], &[5]), piece(&[1], &[5, 6])];
        assert_eq!(found((&[0, 1], &[5, 6]), &pieces), [0, 6]);
    }

    #[test]
    fn a_holder_of_several_pieces_reaches_what_all_of_them_grant() {
        let pieces = [piece(&[0], &[5]), piece(&[0], &[6])];
        assert!(found((&[0], &[5, 6]), &pieces).is_empty());
    }

    #[test]
    fn an_instance_and_itself_count_for_nothing() {
        assert!(found((&[0, 1], &[0]), &[piece(&[0], &[]), piece(&[1], &[0])]).is_empty());
    }
}
