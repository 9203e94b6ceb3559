//! From where an attacker comes by a credential, and after how many hops.

use crate::analysis::movement::corridor::{FAR, lower};
use crate::analysis::movement::network::{Movement, mark};
use crate::graph::{CredentialIndex, Grouped};

/// The instances from which an attacker comes by a credential, or what was made of it. Costs
/// time in proportion to the edges.
pub(crate) fn reaching(movement: &Movement, origin: CredentialIndex) -> Vec<bool> {
    let carriers = movement.of_origin(origin).collect();
    hops_before(movement, carriers).into_iter().map(|hops| hops != FAR).collect()
}

/// After how many hops an attacker comes by one of some credentials of the movement, from each
/// instance: 0 where it is held, [`FAR`] where no way leads to it. Costs time like the above.
pub(crate) fn hops_before(movement: &Movement, carriers: Vec<u32>) -> Vec<u32> {
    let all = 0..movement.credentials() as u32;
    let into = all.flat_map(|credential| {
        let pivots = movement.grants.of(credential as usize).iter().filter(|grant| grant.pivots);
        pivots.map(move |grant| (grant.instance, credential))
    });
    let into = Grouped::new(movement.instances, into);
    let mut used = vec![false; movement.credentials()];
    let mut before = vec![FAR; movement.instances];
    let (mut open, mut hops) = (carriers, 0);
    while !open.is_empty() {
        let mut next = Vec::new();
        for credential in open {
            if !mark(&mut used, credential) {
                continue;
            }
            for &holder in movement.holders.of(credential as usize) {
                if lower(&mut before, holder, hops) {
                    next.extend_from_slice(into.of(holder as usize));
                }
            }
        }
        (open, hops) = (next, hops + 1);
    }
    before
}
