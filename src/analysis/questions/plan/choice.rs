//! The next step of a plan.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::gain_bounds::GainBounds;
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::pair_losses::{AtLeast, LossSearch};
use crate::analysis::movement::pair_network::PairNetwork;
use crate::analysis::movement::pair_sets::PairSets;
use crate::analysis::questions::minimum_cut::Cut;
use crate::analysis::questions::plan::state::{Cancelled, Planning, leads_nowhere};
use crate::analysis::questions::plan::steps::PlanStep;
use crate::graph::CredentialIndex;

/// Of how many credentials that could be the best, by what they gain at most, the gain is worked
/// out; and of how many at least when the budget is spent.
const MOST_TRIED: usize = 256;
const FEWEST_TRIED: usize = 8;

/// How many are tried first because they gained most before.
const LIKELY: usize = 4;

/// How many are tried at once at first and at most where it is quick: most often the best is among the
/// first.
const FIRST_TOGETHER: usize = 16;
const MOST_TOGETHER: usize = 128;

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
    /// How many pairs another one that costs this much has to gain to be worth as much.
    fn as_much_at(&self, cost: u64) -> u64 {
        let pairs =
            (u128::from(self.pairs) * u128::from(cost)).div_ceil(u128::from(self.cost.max(1)));
        u64::try_from(pairs).unwrap_or(u64::MAX)
    }

    /// Which of two gains more for its cost.
    fn worth(&self, other: &Self) -> Ordering {
        let product = |one: u64, other: u64| u128::from(one) * u128::from(other);
        product(self.pairs, other.cost).cmp(&product(other.pairs, self.cost))
    }
}

/// The next step; `None` where no fix is left that may be made.
pub(crate) fn next_step(planning: &mut Planning<'_>) -> Result<Option<PlanStep>, Cancelled> {
    let equals = best_of(by_bounds(planning)?);
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

/// What those credentials gain that could be the best, by what they gain at most.
fn by_bounds(planning: &mut Planning<'_>) -> Result<Vec<Gain>, Cancelled> {
    let bounds = bounds(planning).ok_or(Cancelled)?;
    planning.spend(bounds.work);
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for (credential, pairs) in bounds.most {
        let Some(cost) = planning.units(credential).filter(|_| pairs > 0) else { continue };
        match planning.gains.get(&credential) {
            Some(&pairs) => found.push(Gain { credential, pairs, cost }),
            None => open.push(Gain { credential, pairs, cost }),
        }
    }
    open.sort_by(|one, other| other.worth(one).then(one.credential.cmp(&other.credential)));
    let mut best: Option<Gain> = found.iter().copied().max_by(Gain::worth);
    if planning.sets.is_some() {
        // Whatever gains less than the likely best is quick to pass over.
        let likely = take_likely(&planning.earlier, &mut open);
        let gains = exactly(planning, &likely, (&bounds.entries, best))?;
        best = gains.iter().copied().chain(best).max_by(Gain::worth);
        found.extend(gains);
    }
    let (mut together, most_together, most) = match &planning.sets {
        Some(_) => (FIRST_TOGETHER, MOST_TOGETHER, usize::MAX),
        None => (rayon::current_num_threads().clamp(1, 4), 4, MOST_TRIED),
    };
    // At least one step is chosen well.
    let least = if planning.steps == 0 { LEAST_BUDGET } else { 0 };
    let budget = planning.limits.budget.max(least);
    let (mut tried, mut rest) = (0, open.as_slice());
    // What gains less at most than the best gains can be passed over; what gains as much not.
    while let Some(next) = rest.first()
        && best.is_none_or(|best| next.worth(&best).is_ge())
    {
        let is_enough = tried >= FEWEST_TRIED && planning.spent > budget;
        if is_enough && planning.steps > 0 {
            planning.ran_out = true;
            return Ok(Vec::new());
        }
        if best.is_some_and(|best| best.pairs > 0) && (tried >= most || is_enough) {
            planning.estimated = true;
            break;
        }
        let first = rest.get(..together).unwrap_or(rest);
        let could_be_best = |gain: &Gain| best.is_none_or(|best| gain.worth(&best).is_ge());
        let (batch, others) = rest.split_at(first.partition_point(could_be_best));
        (rest, tried) = (others, tried + batch.len());
        together = (2 * together).min(most_together.max(together));
        let gains = exactly(planning, batch, (&bounds.entries, best))?;
        best = gains.iter().copied().chain(best).max_by(Gain::worth);
        found.extend(gains);
    }
    Ok(found)
}

/// Takes those out that gained most when that was last worked out.
fn take_likely(earlier: &BTreeMap<CredentialIndex, u64>, open: &mut Vec<Gain>) -> Vec<Gain> {
    let known = |gain: &Gain| Some(Gain { pairs: *earlier.get(&gain.credential)?, ..*gain });
    let mut likely: Vec<Gain> = open.iter().filter_map(known).collect();
    likely.sort_by(|one, other| other.worth(one).then(one.credential.cmp(&other.credential)));
    likely.truncate(LIKELY);
    let named: BTreeSet<CredentialIndex> = likely.iter().map(|gain| gain.credential).collect();
    open.retain(|gain| !named.contains(&gain.credential));
    likely
}

/// How many pairs each credential holds together at most.
struct Bounds {
    most: Vec<(CredentialIndex, u64)>,
    /// For each node of the network how many entry points reach it.
    entries: Vec<u32>,
    /// About how many edges it took to see that.
    work: usize,
}

/// `None` when cancelled.
fn bounds(planning: &Planning<'_>) -> Option<Bounds> {
    let progress = planning.progress;
    let bounds_of = |network: &PairNetwork, forward: &Arcs, backward: &Arcs, jewels| {
        let bounds = GainBounds::new(network, (forward, backward), jewels, progress)?;
        let (most, entries, work) = (bounds.all(), bounds.entries(), bounds.work());
        Some(Bounds { most, entries, work })
    };
    if let Some(sets) = &planning.sets {
        bounds_of(&sets.network, &sets.forward, &sets.backward, Some(sets.counts()))
    } else {
        let network = PairNetwork::whole(&planning.near, &planning.ends);
        let forward = Arcs::new(network.nodes(), network.arcs());
        bounds_of(&network, &forward, &forward.reversed(), None)
    }
}

/// What some credentials gain, and keeps it; where that is quick to see, without those that gain less
/// for their cost than the best so far.
fn exactly(
    planning: &mut Planning<'_>,
    batch: &[Gain],
    than: (&[u32], Option<Gain>),
) -> Result<Vec<Gain>, Cancelled> {
    let gains = match &planning.sets {
        Some(sets) => {
            let (gains, work) = by_sets(planning, sets, batch, than);
            planning.spend(work);
            gains
        }
        None => by_counts(planning, batch)?,
    };
    planning.gains.extend(gains.iter().map(|gain| (gain.credential, gain.pairs)));
    Ok(gains)
}

/// What some credentials gain, by counting the pairs that are left without each.
fn by_counts(planning: &mut Planning<'_>, batch: &[Gain]) -> Result<Vec<Gain>, Cancelled> {
    planning.spend(planning.work_of_count().saturating_mul(batch.len()));
    let shared: &Planning<'_> = planning;
    let of_one = |gain: &Gain| {
        let revoke = shared.carriers(&Fix::new(gain.credential, FixKind::Revoke));
        let left = shared.pairs_with(Some((gain.credential, &revoke)))?;
        Some(Gain { pairs: shared.pairs - left, ..*gain })
    };
    batch.par_iter().map(of_one).collect::<Option<_>>().ok_or(Cancelled)
}

/// The same where it is known what reaches which crown jewels, and about how many edges that took;
/// without those that gain less for their cost than the best so far.
fn by_sets(
    planning: &Planning<'_>,
    sets: &PairSets,
    batch: &[Gain],
    (entries, best): (&[u32], Option<Gain>),
) -> (Vec<Gain>, usize) {
    let of_one = |search: &mut LossSearch<'_>, gain: &Gain| {
        let revoke = planning.carriers(&Fix::new(gain.credential, FixKind::Revoke));
        let pairs = best.map_or(0, |best| best.as_much_at(gain.cost));
        let least = AtLeast { entries, pairs };
        let (pairs, work) = search.lost_at_least(gain.credential, &revoke, &least);
        (pairs.map(|pairs| Gain { pairs, ..*gain }), work)
    };
    let parts = batch.par_iter().with_min_len(4);
    let found: Vec<_> = parts.map_init(|| LossSearch::new(sets), of_one).collect();
    let work = found.iter().map(|(_, work)| work).sum();
    (found.into_iter().filter_map(|(gain, _)| gain).collect(), work)
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
        if closed_by(planning, gain, kind)? == gain.pairs {
            return Ok(gain);
        }
    }
    // Revoking is among the kinds.
    Err(Cancelled)
}

/// The pairs that a fix of a credential closes.
fn closed_by(planning: &mut Planning<'_>, gain: Gain, kind: FixKind) -> Result<u64, Cancelled> {
    if kind == FixKind::Revoke {
        // A gain is what falls apart when it is revoked.
        return Ok(gain.pairs);
    }
    let own = (gain.credential, kind);
    if let Some(&known) = planning.closed.get(&own) {
        return Ok(known);
    }
    let fix = Fix::new(gain.credential, kind);
    let closed = if planning.changes_nothing(&fix) {
        0
    } else {
        let carriers = planning.carriers(&fix);
        planning.pairs - planning.left_after(gain.credential, &carriers)?
    };
    planning.closed.insert(own, closed);
    Ok(closed)
}

/// Of the kinds with at least nine tenths of the gain the one that loses fewest accesses.
fn with_kind(planning: &mut Planning<'_>, gain: Gain) -> Result<PlanStep, Cancelled> {
    let lost = planning.lost_by(gain.credential);
    let mut kinds: Vec<(u64, FixKind)> = lost.into_iter().zip(FixKind::ALL).collect();
    kinds.sort_by_key(|(lost, _)| *lost);
    for (lost, kind) in kinds {
        let closed = closed_by(planning, gain, kind)?;
        if u128::from(closed) * 10 >= u128::from(gain.pairs) * 9 {
            let fix = Fix::new(gain.credential, kind);
            let pairs = (planning.pairs, planning.pairs - closed);
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
