//! Which part of the network lies on the way from some places to others, and how far it is.

use crate::analysis::movement::network::{Flat, Grant, Movement, is, mark, marks};
use crate::graph::{Grouped, InstanceIndex};

/// Which instances and credentials lie on the way from some places to others.
pub(crate) struct Corridor {
    /// Whether an attacker gets to the instance and goes on from there.
    pub(crate) reachable: Vec<bool>,
    /// How many hops it takes from an instance to a target; [`FAR`] where there is no way. A
    /// target itself counts by the next one.
    pub(crate) hops_left: Vec<u32>,
    /// The same for a credential, the hop that it takes counted.
    pub(crate) hops_with: Vec<u32>,
    /// Whether each instance is a target.
    pub(crate) is_target: Vec<bool>,
}

/// More hops than any way has.
pub(crate) const FAR: u32 = u32::MAX;

impl Corridor {
    /// Searches forward from `from` and backward from `to`, in time proportional to the edges.
    pub(crate) fn new(movement: &Movement, from: &[InstanceIndex], to: &[InstanceIndex]) -> Self {
        let is_target = marks(movement.instances, to);
        let (hops_left, hops_with) = Backwards::new(movement).hops_left(movement, to);
        let reachable = reachable(movement, from);
        Self { reachable, hops_left, hops_with, is_target }
    }

    /// Whether a credential is obtained on some way from the start and leads on to a target, other
    /// than straight back to where it is held.
    pub(crate) fn carries(&self, movement: &Movement, credential: u32) -> bool {
        let at = credential as usize;
        if self.hops_with.get(at).is_none_or(|&hops| hops == FAR) {
            return false;
        }
        let mut holders = movement.holders.of(at).iter().filter(|&&at| is(&self.reachable, at));
        let (Some(&first), second) = (holders.next(), holders.next()) else { return false };
        let mut grants = movement.grants.of(at).iter();
        grants.any(|grant| (second.is_some() || grant.instance != first) && self.leads_on(grant))
    }

    /// Whether a grant enters a target, or leads on to one.
    pub(crate) fn leads_on(&self, grant: &Grant) -> bool {
        let to = grant.instance;
        let left = self.hops_left.get(to as usize).is_some_and(|&left| left != FAR);
        is(&self.is_target, to) || (grant.pivots && left)
    }
}

impl Movement {
    /// What lies on the way from some places to others, and nothing else: there every way between
    /// them is as long as here. Costs time in proportion to the edges.
    pub(crate) fn between(&self, from: &[InstanceIndex], to: &[InstanceIndex]) -> Self {
        let corridor = Corridor::new(self, from, to);
        let mut flat = Flat::default();
        for at in 0..self.credentials() as u32 {
            if !corridor.carries(self, at) {
                continue;
            }
            let holders = self.holders.of(at as usize).iter().copied();
            flat.holders.extend(holders.filter(|&holder| is(&corridor.reachable, holder)));
            let grants = self.grants.of(at as usize).iter().copied();
            flat.grants.extend(grants.filter(|grant| corridor.leads_on(grant)));
            if let Some(&origin) = self.origins.get(at as usize) {
                flat.end(origin, self.is_bound(at));
            }
        }
        flat.movement(self.instances, 0)
    }
}

fn reachable(movement: &Movement, from: &[InstanceIndex]) -> Vec<bool> {
    let mut reachable = marks(movement.instances, from);
    let mut used = vec![false; movement.credentials()];
    let mut open: Vec<u32> = from.iter().map(|at| at.0).collect();
    while let Some(instance) = open.pop() {
        for &credential in movement.held.of(instance as usize) {
            if !mark(&mut used, credential) {
                continue;
            }
            for grant in movement.grants.of(credential as usize) {
                if grant.pivots && mark(&mut reachable, grant.instance) {
                    open.push(grant.instance);
                }
            }
        }
    }
    reachable
}

/// The credentials that grant each instance, and whether an attacker goes on from there.
pub(crate) struct Backwards(Grouped<(u32, bool)>);

impl Backwards {
    /// Costs time in proportion to the grants.
    pub(crate) fn new(movement: &Movement) -> Self {
        let all = 0..movement.credentials() as u32;
        let into = all.flat_map(|credential| {
            let grants = movement.grants.of(credential as usize).iter();
            grants.map(move |grant| (grant.instance, (credential, grant.pivots)))
        });
        Self(Grouped::new(movement.instances, into))
    }

    /// Hops to the nearest target, for each instance and each credential, breadth first backwards. Costs time in
    /// proportion to the edges.
    pub(crate) fn hops_left(
        &self,
        movement: &Movement,
        to: &[InstanceIndex],
    ) -> (Vec<u32>, Vec<u32>) {
        hops_left(movement, &self.0, to)
    }
}

fn hops_left(
    movement: &Movement,
    into: &Grouped<(u32, bool)>,
    to: &[InstanceIndex],
) -> (Vec<u32>, Vec<u32>) {
    let mut of_instance = vec![FAR; movement.instances];
    let mut of_credential = vec![FAR; movement.credentials()];
    let (mut open, mut hops) = (to.iter().map(|at| at.0).collect::<Vec<u32>>(), 1);
    while !open.is_empty() {
        let mut next = Vec::new();
        for instance in open {
            for &(credential, pivots) in into.of(instance as usize) {
                if (!pivots && hops > 1) || !lower(&mut of_credential, credential, hops) {
                    continue;
                }
                for &holder in movement.holders.of(credential as usize) {
                    if lower(&mut of_instance, holder, hops) {
                        next.push(holder);
                    }
                }
            }
        }
        (open, hops) = (next, hops + 1);
    }
    (of_instance, of_credential)
}

/// Sets a number that is not set yet; returns whether it did.
pub(crate) fn lower(numbers: &mut [u32], at: u32, to: u32) -> bool {
    numbers.get_mut(at as usize).is_some_and(|number| {
        let new = *number == FAR;
        if new {
            *number = to;
        }
        new
    })
}
