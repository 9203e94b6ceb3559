//! Which few things to fix, one after another, until no entry point reaches a crown jewel.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::lost::lost;
use super::{
    Costs, Cut, Ends, Fix, FixKind, Movement, choke_points, connected_pairs, fixed, minimum_cut,
};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{Cost, Progress};

/// One step, with the fixes before it in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// What to do.
    pub fix: Fix,
    /// What it costs.
    pub cost: u64,
    /// Connected pairs before it and after it.
    pub pairs: (u64, u64),
    /// How many direct accesses it loses.
    pub lost: u64,
}

/// The steps in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps; the pairs after one are those before the next.
    pub steps: Vec<PlanStep>,
    /// Whether no pair is left after them. Large landscapes are planned so far as time allows, and
    /// what may never be removed can leave no way.
    pub complete: bool,
}

/// So many steps at most.
const MOST_STEPS: usize = 200;
/// About so many edges are gone through before the plan ends; one step is always planned.
const BUDGET: usize = 60_000_000;
/// Of so many credentials that gain as much every kind of fix is tried.
const MOST_TIES: usize = 16;

/// Plans greedily; `None` when cancelled.
///
/// Revoking a credential closes the pairs that it is a choke point of, and no gentler fix closes
/// more; so choke points name the best credentials, and only there are the kinds compared. Where
/// no single credential gains, the cheapest of the remaining minimum cut goes.
pub fn plan(
    graph: &AccessGraph,
    movement: &Movement,
    ends: &Ends,
    costs: &Costs,
    progress: &Progress,
) -> Option<Plan> {
    let planning = Planning { graph, ends, costs, progress, spent: Cell::new(0) };
    let mut plan = Plan::default();
    let (mut now, mut done) = (movement.clone(), BTreeSet::new());
    let mut pairs = connected_pairs(&now, ends, progress)?;
    while pairs > 0 && plan.steps.len() < MOST_STEPS {
        if planning.is_spent() && !plan.steps.is_empty() {
            break;
        }
        let best = match planning.best(&now, pairs, &done).ok()? {
            Some(step) => Some(step),
            None => planning.of_cut(&now, pairs).ok()?,
        };
        let Some(step) = best else { break };
        now = fixed(graph, &now, std::slice::from_ref(&step.fix));
        pairs = step.pairs.1;
        done.insert(step.fix.credential);
        plan.steps.push(step);
    }
    plan.complete = pairs == 0;
    Some(plan)
}

/// Nobody waits for the plan any more.
struct Cancelled;

struct Planning<'a> {
    graph: &'a AccessGraph,
    ends: &'a Ends,
    costs: &'a Costs,
    progress: &'a Progress,
    /// How many edges were gone through so far, by estimate: time must not decide.
    spent: Cell<usize>,
}

impl Planning<'_> {
    fn spend(&self, more: usize) {
        self.spent.set(self.spent.get().saturating_add(more));
    }

    fn is_spent(&self) -> bool {
        self.spent.get() > BUDGET
    }

    fn units(&self, credential: CredentialIndex) -> Option<u64> {
        match self.costs.of(credential) {
            Cost::Units(units) => Some(u64::from(units.get())),
            Cost::Never => None,
        }
    }

    /// The fix that closes most pairs for its cost; `None` where none closes any.
    fn best(
        &self,
        now: &Movement,
        pairs: u64,
        done: &BTreeSet<CredentialIndex>,
    ) -> Result<Option<PlanStep>, Cancelled> {
        let chokes = choke_points(now, self.ends, self.progress).ok_or(Cancelled)?;
        self.spend(chokes.work);
        let of_origin = (0..).zip(&now.origins).zip(&chokes.pairs);
        let gains = of_origin.filter_map(|((at, &credential), &gain)| {
            let open = gain > 0 && !now.is_bound(at) && !done.contains(&credential);
            open.then_some((credential, gain, self.units(credential)?))
        });
        let gains: Vec<_> = gains.collect();
        let worth = |&(_, gain, cost): &(CredentialIndex, u64, u64)| (u128::from(gain), cost);
        let better = |one: (u128, u64), other: (u128, u64)| {
            (one.0 * u128::from(other.1)).cmp(&(other.0 * u128::from(one.1)))
        };
        let Some(top) = gains.iter().map(worth).max_by(|&a, &b| better(a, b)) else {
            return Ok(None);
        };
        let equal = gains.iter().filter(|entry| better(worth(entry), top).is_eq());
        let mut best: Option<PlanStep> = None;
        for &(credential, _, _) in equal.take(MOST_TIES) {
            if best.is_some() && self.is_spent() {
                break;
            }
            let revoked = self.step(now, pairs, Fix::new(credential, FixKind::Revoke))?;
            let left = revoked.pairs.1;
            for kind in FixKind::ALL {
                let step = if kind == FixKind::Revoke {
                    revoked.clone()
                } else {
                    self.step(now, pairs, Fix::new(credential, kind))?
                };
                let gentler = best.as_ref().is_none_or(|best| step.lost < best.lost);
                if step.pairs.1 == left && gentler {
                    best = Some(step);
                }
            }
        }
        Ok(best.filter(|best| best.pairs.1 < pairs))
    }

    fn step(&self, now: &Movement, pairs: u64, fix: Fix) -> Result<PlanStep, Cancelled> {
        let rounds = 1 + self.ends.crown_jewels.len() / 512;
        self.spend(self.graph.edges().len().saturating_mul(rounds));
        let after = fixed(self.graph, now, std::slice::from_ref(&fix));
        let left = connected_pairs(&after, self.ends, self.progress).ok_or(Cancelled)?;
        let touched = now.origin_marks(std::iter::once(fix.credential));
        let lost = lost(now, &after, &touched, 0).count;
        let cost = self.units(fix.credential).unwrap_or_default();
        Ok(PlanStep { fix, cost, pairs: (pairs, left), lost })
    }

    /// Revokes the cheapest credential of the minimum cut; `None` where there is no cut.
    fn of_cut(&self, now: &Movement, pairs: u64) -> Result<Option<PlanStep>, Cancelled> {
        let cut = minimum_cut(now, self.ends, self.costs, self.progress).ok_or(Cancelled)?;
        let cut = match cut {
            Cut::Found(cut) => cut,
            Cut::Unbreakable(_) => return Ok(None),
        };
        let cheapest = cut.credentials.iter().min_by_key(|&&at| (self.units(at), at));
        let Some(&credential) = cheapest else { return Ok(None) };
        self.step(now, pairs, Fix::new(credential, FixKind::Revoke)).map(Some)
    }
}
