//! The next step of a plan.

use std::cmp::Ordering;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;

use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::gain_bounds::GainBounds;
use crate::analysis::movement::incremental_choke_points::Cancelled;
use crate::analysis::movement::network::{MovementCredential, is};
use crate::analysis::movement::pair_losses::LossSearch;
use crate::analysis::movement::pair_network::PairNetwork;
use crate::analysis::questions::minimum_cut::Cut;
use crate::analysis::questions::plan::state::{Planning, leads_nowhere};
use crate::analysis::questions::plan::steps::PlanStep;
use crate::graph::CredentialIndex;

/// Of how many credentials that could be the best, by what they gain at most, the gain is worked
/// out; and of how many at least when the budget is spent.
const MOST_TRIED: usize = 256;
const FEWEST_TRIED: usize = 8;

/// How many are tried at once where it is quick.
const TOGETHER: usize = 128;

/// How many edges may be gone through for the first step at least.
const LEAST_BUDGET: usize = 200_000_000;

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
    if planning.ran_out {
        return Ok(None);
    }
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
    let Some(needs) = &planning.needs else { return Ok(Vec::new()) };
    let needed: Vec<(CredentialIndex, u64)> = needs.all().collect();
    let numbered = (0..).zip(&planning.near.origins);
    let removable = numbered.filter(|(at, _)| !planning.near.is_bound(*at));
    let removable = planning.near.origin_marks(removable.map(|(_, &origin)| origin));
    planning.spend(needed.len() + planning.near.credentials());
    let mut gains = Vec::new();
    for (credential, pairs) in needed {
        let is_split = planning.fixes.contains_key(&credential);
        if !is_split
            && is(&removable, credential.0)
            && let Some(cost) = planning.units(credential)
        {
            gains.push(Gain { credential, pairs, cost });
        }
    }
    // Pairs may need the parts together that need none of them alone.
    let split: Vec<CredentialIndex> = planning.fixes.keys().copied().collect();
    for credential in split {
        let Some(cost) = planning.units(credential) else { continue };
        if !is(&removable, credential.0) {
            continue;
        }
        let revoke = planning.carriers(&Fix::new(credential, FixKind::Revoke));
        let pairs = planning.pairs - planning.left_after(credential, &revoke)?;
        gains.push(Gain { credential, pairs, cost });
    }
    Ok(gains)
}

/// What those credentials gain that could be the best, by what they gain at most.
fn by_bounds(planning: &mut Planning<'_>, budget: usize) -> Result<Vec<Gain>, Cancelled> {
    let bounds = match &planning.sets {
        Some(sets) => GainBounds::new(&sets.network, planning.progress),
        None => {
            let network = PairNetwork::whole(&planning.near, &planning.ends);
            GainBounds::new(&network, planning.progress)
        }
    };
    let bounds = bounds.ok_or(Cancelled)?;
    planning.spend(bounds.work());
    let priced =
        |(credential, pairs)| Some(Gain { credential, pairs, cost: planning.units(credential)? });
    let mut open: Vec<Gain> = bounds.all().into_iter().filter_map(priced).collect();
    open.retain(|gain| gain.pairs > 0);
    open.sort_by(|one, other| other.worth(one).then(one.credential.cmp(&other.credential)));
    let (mut found, mut best, mut tried): (Vec<Gain>, Option<Gain>, usize) = (Vec::new(), None, 0);
    let (together, most) = match &planning.sets {
        Some(_) => (TOGETHER, usize::MAX),
        None => (rayon::current_num_threads().clamp(1, 4), MOST_TRIED),
    };
    // At least one step is chosen well.
    let budget = if planning.steps == 0 { budget.max(LEAST_BUDGET) } else { budget };
    for batch in open.chunks(together) {
        // What gains less at most than the best gains can be passed over; what gains as much not.
        let may_win = |gain: &&Gain| best.is_none_or(|best| gain.worth(&best).is_ge());
        let batch: Vec<Gain> = batch.iter().filter(may_win).copied().collect();
        if batch.is_empty() {
            break;
        }
        let is_enough = tried >= FEWEST_TRIED && planning.spent > budget;
        if is_enough && planning.steps > 0 {
            planning.ran_out = true;
            return Ok(Vec::new());
        }
        if best.is_some_and(|best| best.pairs > 0) && (tried >= most || is_enough) {
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
    if planning.sets.is_some() {
        return Ok(by_sets(planning, batch));
    }
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

/// The same where it is known what reaches which crown jewels.
fn by_sets(planning: &mut Planning<'_>, batch: &[Gain]) -> Vec<Gain> {
    let Some(sets) = &planning.sets else { return Vec::new() };
    let shared: &Planning<'_> = planning;
    let of_some = |some: &[Gain]| {
        let mut search = LossSearch::new(sets);
        let of_one = |gain: &Gain| {
            let revoke = shared.carriers(&Fix::new(gain.credential, FixKind::Revoke));
            let (pairs, work) = search.lost(gain.credential, &revoke);
            (Gain { pairs, ..*gain }, work)
        };
        some.iter().map(of_one).collect::<Vec<_>>()
    };
    let found: Vec<(Gain, usize)> = batch.par_chunks(16).flat_map_iter(of_some).collect();
    planning.spend(found.iter().map(|(_, work)| work).sum());
    found.into_iter().map(|(gain, _)| gain).collect()
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
    let cost = planning.units(credential).unwrap_or_default();
    // No single fix gains anything here.
    let pairs = (planning.pairs, planning.pairs);
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
        if kind == FixKind::Revoke
            || leads_nowhere(&carriers)
            || cost_after(planning, credential, &carriers)? <= goal
        {
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
