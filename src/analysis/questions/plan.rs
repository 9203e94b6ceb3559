//! Which few things to fix, one after another, until no entry point reaches a crown jewel.

use std::collections::BTreeMap;

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::incremental_choke_points::{Cancelled, IncrementalChokePoints};
use crate::analysis::movement::network::{Movement, MovementCredential, is, mark};
use crate::analysis::movement::overlay::Overlay;
use crate::analysis::movement::replacement_credentials::Replacements;
use crate::analysis::questions::choke_points::choke_points;
use crate::analysis::questions::exposure::connected_pairs;
use crate::analysis::questions::lost::{Was, lost};
use crate::analysis::questions::minimum_cut::minimum_cut;
use crate::analysis::questions::minimum_cut::{Costs, Cut};
use crate::analysis::questions::plan_steps::{Plan, PlanStep};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{Cost, Progress};

/// The most steps of a plan.
const MOST_STEPS: usize = 200;
/// About how many edges are walked before the plan ends; one step is always planned.
const BUDGET: usize = 12_000_000;
/// Of how many credentials that gain as much every kind of fix is tried.
const MOST_TIES: usize = 16;

/// Plans greedily; `None` when cancelled.
///
/// Revoking a credential closes the pairs that it is a choke point of, and no gentler fix closes
/// more; so choke points name the best credentials, and only there are the kinds compared, the
/// gentlest first. Where no single credential gains, the cheapest of the remaining minimum cut is
/// next, with the gentlest kind that makes what remains as cheap to cut as its revocation. What was
/// split before is considered again. All of it works on what lies between the ends, which no fix
/// ever adds to.
pub fn plan(
    graph: &AccessGraph,
    movement: &Movement,
    ends: &Ends,
    costs: &Costs,
    progress: &Progress,
) -> Option<Plan> {
    let near = movement.between(&ends.entry_points, &ends.crown_jewels);
    let mut planning = Planning {
        graph,
        costs,
        progress,
        whole: movement,
        now: Overlay::new(movement),
        needs: None,
        ends: near_ends(&near, ends),
        near,
        fixes: BTreeMap::new(),
        cut: Vec::new(),
        cut_cost: 0,
        spent: 0,
    };
    planning.needs = IncrementalChokePoints::new(&planning.near, &planning.ends, progress).ok()?;
    let mut plan = Plan::default();
    let mut pairs = connected_pairs(&planning.near, &planning.ends, progress)?;
    while pairs > 0 && plan.steps.len() < MOST_STEPS {
        if planning.is_spent() && !plan.steps.is_empty() {
            break;
        }
        let best = match planning.best(pairs).ok()? {
            Some(step) => Some(step),
            None => planning.of_cut(pairs).ok()?,
        };
        let Some(step) = best else { break };
        planning.make(&step.fix)?;
        pairs = step.pairs.1;
        plan.steps.push(step);
    }
    plan.complete = pairs == 0;
    Some(plan)
}

struct Planning<'a> {
    graph: &'a AccessGraph,
    costs: &'a Costs,
    progress: &'a Progress,
    whole: &'a Movement,
    /// The whole movement with the fixes so far: what is lost may be provided by anything.
    now: Overlay<'a>,
    /// What of it lies between the ends, and the ends that are left.
    near: Movement,
    ends: Ends,
    /// What each pair needs, where that is known exactly.
    needs: Option<IncrementalChokePoints>,
    /// The fixes so far, by credential.
    fixes: BTreeMap<CredentialIndex, Vec<Fix>>,
    /// What is left of the last minimum cut. When one of its members goes, the others are the
    /// minimum cut that remains, and the nearest the entry points.
    cut: Vec<CredentialIndex>,
    cut_cost: u64,
    /// How many edges were gone through so far, by estimate: time must not decide.
    spent: usize,
}

/// The ends that anything leads from or to.
fn near_ends(near: &Movement, ends: &Ends) -> Ends {
    let mut granted = vec![false; near.instances];
    for grant in (0..near.credentials()).flat_map(|at| near.grants.of(at)) {
        mark(&mut granted, grant.instance);
    }
    let holds = |at: &&InstanceIndex| !near.held.of(at.index()).is_empty();
    Ends {
        entry_points: ends.entry_points.iter().filter(holds).copied().collect(),
        crown_jewels: ends.crown_jewels.iter().filter(|at| is(&granted, at.0)).copied().collect(),
        ..Ends::default()
    }
}

/// What a credential becomes under each kind of fix.
struct Candidate {
    /// The fewest lost come first; then the order of names and kinds decides.
    lost: u64,
    fix: Fix,
    carriers: Vec<MovementCredential>,
    /// The pairs that are left when it is revoked.
    revoked: u64,
}

impl Planning<'_> {
    fn spend(&mut self, more: usize) {
        self.spent = self.spent.saturating_add(more);
    }

    fn is_spent(&self) -> bool {
        self.spent > BUDGET
    }

    fn units(&self, credential: CredentialIndex) -> Option<u64> {
        match self.costs.of(credential) {
            Cost::Units(units) => Some(u64::from(units.get())),
            Cost::Never => None,
        }
    }

    /// The credentials that most pairs need for their cost, with how many need each; by name.
    fn top(&mut self, pairs: u64) -> Result<Vec<(CredentialIndex, u64)>, Cancelled> {
        let gains = self.gains(pairs)?;
        let worth = |&(_, gain, cost): &(CredentialIndex, u64, u64)| (u128::from(gain), cost);
        let better = |one: (u128, u64), other: (u128, u64)| {
            (one.0 * u128::from(other.1)).cmp(&(other.0 * u128::from(one.1)))
        };
        let Some(top) = gains.iter().map(worth).max_by(|&a, &b| better(a, b)) else {
            return Ok(Vec::new());
        };
        let equal = gains.iter().filter(|entry| better(worth(entry), top).is_eq());
        Ok(equal.map(|&(credential, gain, _)| (credential, gain)).take(MOST_TIES).collect())
    }

    /// For each credential that any pair needs how many do, and its cost; by name.
    fn gains(&mut self, pairs: u64) -> Result<Vec<(CredentialIndex, u64, u64)>, Cancelled> {
        self.spend(2 * self.near.edges());
        let sampled = if self.needs.is_some() {
            None
        } else {
            let chokes = choke_points(&self.near, &self.ends, self.progress);
            Some(chokes.ok_or(Cancelled)?)
        };
        self.spend(sampled.as_ref().map_or(0, |chokes| chokes.work));
        let gain_of = |at: u32, credential| match (&sampled, &self.needs) {
            (Some(chokes), _) => chokes.pairs.get(at as usize).copied().unwrap_or(0),
            (None, needs) => needs.as_ref().map_or(0, |needs| needs.of(credential)),
        };
        let mut gains: BTreeMap<CredentialIndex, u64> = BTreeMap::new();
        let mut split = Vec::new();
        for (at, &credential) in (0..).zip(&self.near.origins) {
            if self.fixes.contains_key(&credential) {
                split.push(credential);
            } else if !self.near.is_bound(at) {
                gains.insert(credential, gain_of(at, credential));
            }
        }
        split.dedup();
        for credential in split {
            // Pairs may need the parts together that need none of them alone.
            let revoke = self.carriers(&Fix::new(credential, FixKind::Revoke));
            let left = self.left_after(pairs, credential, &revoke).ok_or(Cancelled)?;
            gains.insert(credential, pairs - left);
        }
        let paid = gains.into_iter().filter(|&(_, gain)| gain > 0);
        Ok(paid.filter_map(|(at, gain)| Some((at, gain, self.units(at)?))).collect())
    }

    /// The fix that closes most pairs for its cost; `None` where none closes any.
    fn best(&mut self, pairs: u64) -> Result<Option<PlanStep>, Cancelled> {
        let mut candidates = Vec::new();
        for (credential, gain) in self.top(pairs)? {
            if !candidates.is_empty() && self.is_spent() {
                break;
            }
            let revoked = if self.needs.is_some() {
                // What needs it is what falls apart without it.
                pairs - gain
            } else {
                let revoke = self.carriers(&Fix::new(credential, FixKind::Revoke));
                self.left_after(pairs, credential, &revoke).ok_or(Cancelled)?
            };
            if revoked < pairs {
                for kind in FixKind::ALL {
                    candidates.push(self.candidate(Fix::new(credential, kind), revoked));
                }
            }
        }
        // The sort is stable, so that names and kinds decide among equals.
        candidates.sort_by_key(|candidate| candidate.lost);
        for Candidate { lost, fix, carriers, revoked } in candidates {
            let closes = fix.kind == FixKind::Revoke || {
                let left = self.left_after(pairs, fix.credential, &carriers);
                left.ok_or(Cancelled)? == revoked
            };
            if closes {
                let cost = self.units(fix.credential).unwrap_or_default();
                return Ok(Some(PlanStep { fix, cost, pairs: (pairs, revoked), lost }));
            }
        }
        Ok(None)
    }

    fn carriers(&self, fix: &Fix) -> Vec<MovementCredential> {
        let mut fixes = self.fixes.get(&fix.credential).cloned().unwrap_or_default();
        fixes.push(fix.clone());
        Replacements::after(self.graph, self.whole, &fixes).carriers().0
    }

    fn candidate(&mut self, fix: Fix, revoked: u64) -> Candidate {
        let carriers = self.carriers(&fix);
        let was = self.now.of_origin(fix.credential).into_iter().map(|at| Was {
            holders: self.now.holders(at).to_vec(),
            grants: self.now.grants(at).to_vec(),
        });
        let was: Vec<Was> = was.collect();
        let replaced = self.now.replace(fix.credential, &carriers);
        let lost = lost(&was, &self.now, 0).count;
        self.now.undo(replaced);
        let size = was.iter().map(|was| was.holders.len() + was.grants.len());
        self.spend(size.sum());
        Candidate { lost, fix, carriers, revoked }
    }

    /// The pairs that are left with other carriers in a credential's place: only those of entry
    /// points that come by it can be fewer.
    fn left_after(
        &mut self,
        pairs: u64,
        credential: CredentialIndex,
        carriers: &[MovementCredential],
    ) -> Option<u64> {
        let after = self.near.replaced(std::iter::once(credential), carriers);
        self.spend(self.near.edges());
        let Some(needs) = &self.needs else {
            let rounds = self.ends.crown_jewels.len() / 512;
            self.spend(self.near.edges().saturating_mul(rounds));
            return connected_pairs(&after, &self.ends, self.progress);
        };
        let (entry_points, touched) = needs.touched(&self.near.reaching(credential));
        let rest = pairs - touched;
        let ends = Ends { entry_points, ..self.ends.clone() };
        let near = after.between(&ends.entry_points, &ends.crown_jewels);
        let ends = near_ends(&near, &ends);
        let rounds = ends.crown_jewels.len() / 512;
        self.spend(near.edges().saturating_mul(rounds));
        Some(rest + connected_pairs(&near, &ends, self.progress)?)
    }

    /// Makes a step, and forgets what no longer lies between; `None` when cancelled.
    fn make(&mut self, fix: &Fix) -> Option<()> {
        let carriers = self.carriers(fix);
        let was_alone = self.near.is_alone(fix.credential);
        self.now.replace(fix.credential, &carriers);
        let marked = self.near.reaching(fix.credential);
        let after = self.near.replaced(std::iter::once(fix.credential), &carriers);
        self.near = after.between(&self.ends.entry_points, &self.ends.crown_jewels);
        self.ends = near_ends(&self.near, &self.ends);
        self.spend(4 * self.near.edges());
        if let Some(needs) = &mut self.needs {
            needs.update(&self.near, &self.ends, &marked, self.progress)?;
        }
        let before = self.cut.len();
        self.cut.retain(|&at| at != fix.credential);
        if fix.kind == FixKind::Revoke && was_alone && self.cut.len() < before {
            self.cut_cost -= self.units(fix.credential).unwrap_or_default();
        } else {
            self.cut.clear();
        }
        self.fixes.entry(fix.credential).or_default().push(fix.clone());
        Some(())
    }

    /// Deals with the cheapest credential of the minimum cut; `None` where there is no cut.
    fn of_cut(&mut self, pairs: u64) -> Result<Option<PlanStep>, Cancelled> {
        if self.cut.is_empty() {
            match self.cut_of(None)? {
                Cut::Found(cut) => (self.cut, self.cut_cost) = (cut.credentials, cut.cost),
                Cut::Unbreakable(_) => return Ok(None),
            }
        }
        let cheapest = self.cut.iter().min_by_key(|&&at| (self.units(at), at));
        let Some(&credential) = cheapest else { return Ok(None) };
        let Candidate { lost, fix, carriers, .. } = self.gentlest(credential)?;
        let left = self.left_after(pairs, credential, &carriers).ok_or(Cancelled)?;
        let cost = self.units(credential).unwrap_or_default();
        Ok(Some(PlanStep { fix, cost, pairs: (pairs, left), lost }))
    }

    /// Of the kinds of fix for one credential the one that loses least of those after which what
    /// remains is as cheap to cut as without the credential.
    fn gentlest(&mut self, credential: CredentialIndex) -> Result<Candidate, Cancelled> {
        let revoke = self.candidate(Fix::new(credential, FixKind::Revoke), 0);
        let kinds = FixKind::ALL.into_iter().filter(|kind| *kind != FixKind::Revoke);
        let mut gentler: Vec<Candidate> =
            kinds.map(|kind| self.candidate(Fix::new(credential, kind), 0)).collect();
        gentler.retain(|candidate| candidate.lost <= revoke.lost);
        gentler.sort_by_key(|candidate| candidate.lost);
        if gentler.is_empty() {
            return Ok(revoke);
        }
        let goal = if self.near.is_alone(credential) {
            self.cut_cost - self.units(credential).unwrap_or_default()
        } else {
            self.cost_after(credential, &revoke.carriers)?
        };
        for candidate in gentler {
            if self.cost_after(credential, &candidate.carriers)? <= goal {
                return Ok(candidate);
            }
        }
        Ok(revoke)
    }

    /// What the minimum cut costs with carriers in a credential's place.
    fn cost_after(
        &mut self,
        credential: CredentialIndex,
        carriers: &[MovementCredential],
    ) -> Result<u64, Cancelled> {
        match self.cut_of(Some((credential, carriers)))? {
            Cut::Found(cut) => Ok(cut.cost),
            Cut::Unbreakable(_) => Ok(u64::MAX),
        }
    }

    fn cut_of(
        &mut self,
        with: Option<(CredentialIndex, &[MovementCredential])>,
    ) -> Result<Cut, Cancelled> {
        self.spend(2 * self.near.edges());
        let replaced = with.map(|(credential, carriers)| {
            self.near.replaced(std::iter::once(credential), carriers)
        });
        let movement = replaced.as_ref().unwrap_or(&self.near);
        minimum_cut(movement, &self.ends, self.costs, self.progress).ok_or(Cancelled)
    }
}
