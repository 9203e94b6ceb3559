//! The next step of a plan.

use std::cmp::Ordering;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::incremental_choke_points::Cancelled;
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::pair_network::GainBounds;
use crate::analysis::questions::minimum_cut::Cut;
use crate::analysis::questions::plan::state::Planning;
use crate::analysis::questions::plan::steps::PlanStep;
use crate::graph::CredentialIndex;

/// Of how many credentials that could be the best, by what they gain at most, the gain is worked
/// out; and of how many at least when the budget is spent.
const MOST_TRIED: usize = 256;
const FEWEST_TRIED: usize = 8;

/// What a credential gains, exactly or at most, for its cost.
#[derive(Clone, Copy)]
struct Gain {
    credential: CredentialIndex,
    pairs: u64,
    cost: u64,
}

impl Gain {
    /// Which of two gains more for its cost.
    fn worth(&self, other: &Self) -> Ordering {
        let product = |one: u64, other: u64| u128::from(one) * u128::from(other);
        product(self.pairs, other.cost).cmp(&product(other.pairs, self.cost))
    }
}

/// The next step; `None` where no fix is left that may be made.
pub(crate) fn next_step(
    planning: &mut Planning<'_>,
    budget: usize,
) -> Result<Option<PlanStep>, Cancelled> {
    let equals = if planning.needs.is_some() {
        best_of(by_needs(planning)?)
    } else {
        best_of(by_bounds(planning, budget)?)
    };
    if equals.is_empty() {
        return of_cut(planning);
    }
    let chosen = gentlest_of(planning, &equals)?;
    with_kind(planning, chosen).map(Some)
}

/// Those that gain most for their cost, by name; none where none gains.
fn best_of(mut gains: Vec<Gain>) -> Vec<Gain> {
    gains.retain(|gain| gain.pairs > 0);
    let Some(best) = gains.iter().copied().max_by(Gain::worth) else { return gains };
    gains.retain(|gain| gain.worth(&best).is_eq());
    gains.sort_by_key(|gain| gain.credential);
    gains
}

/// What each credential gains that any pair needs.
fn by_needs(planning: &mut Planning<'_>) -> Result<Vec<Gain>, Cancelled> {
    planning.spend(2 * planning.near.edges());
    let mut origins = Vec::new();
    for (at, &credential) in (0..).zip(&planning.near.origins) {
        if !planning.near.is_bound(at) {
            origins.push(credential);
        }
    }
    origins.sort_unstable();
    origins.dedup();
    let mut gains = Vec::new();
    for credential in origins {
        let Some(cost) = planning.units(credential) else { continue };
        let pairs = if planning.fixes.contains_key(&credential) {
            // Pairs may need the parts together that need none of them alone.
            let revoke = planning.carriers(&Fix::new(credential, FixKind::Revoke));
            planning.pairs - planning.left_after(credential, &revoke)?
        } else {
            planning.needs.as_ref().map_or(0, |needs| needs.of(credential))
        };
        gains.push(Gain { credential, pairs, cost });
    }
    Ok(gains)
}

/// What those credentials gain that could be the best, by what they gain at most.
fn by_bounds(planning: &mut Planning<'_>, budget: usize) -> Result<Vec<Gain>, Cancelled> {
    let bounds = GainBounds::new(&planning.near, &planning.ends, planning.progress);
    let bounds = bounds.ok_or(Cancelled)?;
    planning.spend(bounds.work());
    let priced =
        |(credential, pairs)| Some(Gain { credential, pairs, cost: planning.units(credential)? });
    let mut open: Vec<Gain> = bounds.all().into_iter().filter_map(priced).collect();
    open.retain(|gain| gain.pairs > 0);
    open.sort_by(|one, other| other.worth(one).then(one.credential.cmp(&other.credential)));
    let (mut found, mut best, mut tried): (Vec<Gain>, Option<Gain>, usize) = (Vec::new(), None, 0);
    let together = rayon::current_num_threads().clamp(1, 4);
    for batch in open.chunks(together) {
        // What gains less at most than the best gains can be passed over; what gains as much not.
        let may_win = |gain: &&Gain| best.is_none_or(|best| gain.worth(&best).is_ge());
        let batch: Vec<Gain> = batch.iter().filter(may_win).copied().collect();
        if batch.is_empty() {
            break;
        }
        let is_enough = tried >= FEWEST_TRIED && planning.spent > budget;
        if best.is_some_and(|best| best.pairs > 0) && (tried >= MOST_TRIED || is_enough) {
            planning.estimated = true;
            break;
        }
        tried += batch.len();
        for gain in exactly(planning, &batch)? {
            if best.is_none_or(|best| gain.worth(&best).is_gt()) {
                best = Some(gain);
            }
            found.push(gain);
        }
    }
    Ok(found)
}

/// What some credentials gain.
fn exactly(planning: &mut Planning<'_>, batch: &[Gain]) -> Result<Vec<Gain>, Cancelled> {
    let unknown: Vec<CredentialIndex> = batch.iter().map(|gain| gain.credential).collect();
    let unknown: Vec<CredentialIndex> =
        unknown.into_iter().filter(|at| !planning.gains.contains_key(at)).collect();
    planning.spend(planning.work_of_count().saturating_mul(unknown.len()));
    let shared: &Planning<'_> = planning;
    let left = |&at: &CredentialIndex| {
        let revoke = shared.carriers(&Fix::new(at, FixKind::Revoke));
        Some((at, shared.pairs_with(Some((at, &revoke)))?))
    };
    let left: Option<Vec<(CredentialIndex, u64)>> = unknown.par_iter().map(left).collect();
    for (at, left) in left.ok_or(Cancelled)? {
        planning.gains.insert(at, planning.pairs - left);
    }
    let known = |gain: &Gain| {
        let pairs = planning.gains.get(&gain.credential).copied().unwrap_or(0);
        Gain { pairs, ..*gain }
    };
    Ok(batch.iter().map(known).collect())
}

/// Of credentials that gain as much the one whose best kind loses fewest accesses.
fn gentlest_of(planning: &mut Planning<'_>, equals: &[Gain]) -> Result<Gain, Cancelled> {
    if let &[only] = equals {
        return Ok(only);
    }
    let mut kinds = Vec::new();
    for &gain in equals {
        let lost = planning.lost_by(gain.credential);
        kinds.extend(lost.into_iter().zip(FixKind::ALL).map(|(lost, kind)| (lost, gain, kind)));
    }
    // The sort is stable, so that names and kinds decide among equals.
    kinds.sort_by_key(|(lost, ..)| *lost);
    for (_, gain, kind) in kinds {
        let goal = planning.pairs - gain.pairs;
        if kind == FixKind::Revoke || left_with(planning, gain, kind)? == goal {
            return Ok(gain);
        }
    }
    // Revoking is among the kinds.
    Err(Cancelled)
}

/// The pairs that are left once a credential is fixed.
fn left_with(planning: &mut Planning<'_>, gain: Gain, kind: FixKind) -> Result<u64, Cancelled> {
    if kind == FixKind::Revoke {
        // What needs it is what falls apart without it.
        return Ok(planning.pairs - gain.pairs);
    }
    let carriers = planning.carriers(&Fix::new(gain.credential, kind));
    if planning.changes_nothing(gain.credential, &carriers) {
        return Ok(planning.pairs);
    }
    planning.left_after(gain.credential, &carriers)
}

/// Of the kinds with at least nine tenths of the gain the one that loses fewest accesses.
fn with_kind(planning: &mut Planning<'_>, gain: Gain) -> Result<PlanStep, Cancelled> {
    let lost = planning.lost_by(gain.credential);
    let mut kinds: Vec<(u64, FixKind)> = lost.into_iter().zip(FixKind::ALL).collect();
    kinds.sort_by_key(|(lost, _)| *lost);
    for (lost, kind) in kinds {
        let left = left_with(planning, gain, kind)?;
        let closed = u128::from(planning.pairs - left);
        if closed * 10 >= u128::from(gain.pairs) * 9 {
            let fix = Fix::new(gain.credential, kind);
            let pairs = (planning.pairs, left);
            return Ok(PlanStep { fix, cost: gain.cost, pairs, pairs_stated: pairs, lost });
        }
    }
    Err(Cancelled)
}

/// Deals with the cheapest credential of the minimum cut; `None` where there is no cut.
fn of_cut(planning: &mut Planning<'_>) -> Result<Option<PlanStep>, Cancelled> {
    if planning.cut.is_empty() {
        match planning.cut_of(None)? {
            Cut::Found(cut) => (planning.cut, planning.cut_cost) = (cut.credentials, cut.cost),
            Cut::Unbreakable(_) => return Ok(None),
        }
    }
    let cheapest = planning.cut.iter().min_by_key(|&&at| (planning.units(at), at));
    let Some(&credential) = cheapest else { return Ok(None) };
    let (lost, kind) = kind_of_cut(planning, credential)?;
    let fix = Fix::new(credential, kind);
    let carriers = planning.carriers(&fix);
    let left = planning.left_after(credential, &carriers)?;
    let cost = planning.units(credential).unwrap_or_default();
    let pairs = (planning.pairs, left);
    Ok(Some(PlanStep { fix, cost, pairs, pairs_stated: pairs, lost }))
}

/// Of the kinds of fix for one credential the one that loses fewest accesses of those after which
/// what remains is as cheap to cut as without the credential.
fn kind_of_cut(
    planning: &mut Planning<'_>,
    credential: CredentialIndex,
) -> Result<(u64, FixKind), Cancelled> {
    let lost = planning.lost_by(credential);
    let mut kinds: Vec<(u64, FixKind)> = lost.into_iter().zip(FixKind::ALL).collect();
    kinds.sort_by_key(|(lost, _)| *lost);
    let goal = if planning.near.is_alone(credential) {
        planning.cut_cost - planning.units(credential).unwrap_or_default()
    } else {
        let revoke = planning.carriers(&Fix::new(credential, FixKind::Revoke));
        cost_after(planning, credential, &revoke)?
    };
    for (lost, kind) in kinds {
        let carriers = planning.carriers(&Fix::new(credential, kind));
        if kind == FixKind::Revoke || cost_after(planning, credential, &carriers)? <= goal {
            return Ok((lost, kind));
        }
    }
    Err(Cancelled)
}

/// What the minimum cut costs with carriers in a credential's place.
fn cost_after(
    planning: &mut Planning<'_>,
    credential: CredentialIndex,
    carriers: &[MovementCredential],
) -> Result<u64, Cancelled> {
    match planning.cut_of(Some((credential, carriers)))? {
        Cut::Found(cut) => Ok(cut.cost),
        Cut::Unbreakable(_) => Ok(u64::MAX),
    }
}
