//! What fixes make of credentials, piece by piece.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::network::{Grant, Movement, MovementCredential};
use crate::graph::{AccessGraph, CredentialIndex, EnvironmentIndex, InstanceIndex, StatedPart};

/// A credential that a fix made, or what is left of the old one.
#[derive(Clone, Debug)]
pub(crate) struct ReplacementCredential {
    /// The instances that hold it, in order.
    pub(crate) holders: Vec<u32>,
    /// What it alone grants, by instance.
    own: Vec<Grant>,
    /// What it grants as other pieces do, by instance; none of its holders is among it. Kept once,
    /// for a split of a hub into as many pieces as it has holders would else be quadratic.
    shared: Arc<[Grant]>,
    /// Whether it is an identity that cannot be carried away; then each holder has its own.
    pub(crate) bound: bool,
    /// Whether a fix made it.
    pub(crate) renewed: bool,
}

impl ReplacementCredential {
    /// Everything that it grants, by instance.
    pub(crate) fn grants(&self) -> Vec<Grant> {
        merged(&self.own, &self.shared)
    }

    /// How many holders and grants it has.
    pub(crate) fn size(&self) -> usize {
        self.holders.len() + self.own.len() + self.shared.len()
    }

    fn is_empty(&self) -> bool {
        self.size() == 0
    }
}

/// One secret that may leak: the carriers, by their numbers in the movement, that it is laid out
/// as. Identities are none.
#[derive(Clone, Debug)]
pub(crate) struct Leak {
    pub(crate) origin: CredentialIndex,
    pub(crate) carriers: Vec<u32>,
}

/// The credentials that fixes touch, as what they have become.
pub(crate) struct Replacements<'a> {
    graph: &'a AccessGraph,
    before: &'a Movement,
    pub(crate) pieces: BTreeMap<CredentialIndex, Vec<ReplacementCredential>>,
}

impl<'a> Replacements<'a> {
    /// Nothing is touched yet.
    pub(crate) fn new(graph: &'a AccessGraph, before: &'a Movement) -> Self {
        Self { graph, before, pieces: BTreeMap::new() }
    }

    /// The same after fixes, one after another.
    pub(crate) fn after(graph: &'a AccessGraph, before: &'a Movement, fixes: &[Fix]) -> Self {
        let mut refit = Self::new(graph, before);
        for fix in fixes {
            refit.apply(fix);
        }
        refit
    }

    /// Takes a credential as it is before its first fix.
    fn touch(&mut self, origin: CredentialIndex) {
        let piece = |at: u32| ReplacementCredential {
            holders: self.before.holders.of(at as usize).to_vec(),
            own: self.before.grants.of(at as usize).to_vec(),
            shared: Arc::from([]),
            bound: self.before.is_bound(at),
            renewed: at as usize >= self.graph.credentials().len(),
        };
        let pieces = self.before.of_origin(origin).map(piece);
        let pieces = pieces.filter(|piece| !piece.is_empty()).collect();
        self.pieces.insert(origin, pieces);
    }

    /// Applies one fix to what is there. Costs time in proportion to the pieces' holders and
    /// grants, those in common counted once.
    pub(crate) fn apply(&mut self, fix: &Fix) {
        if !self.pieces.contains_key(&fix.credential) {
            self.touch(fix.credential);
        }
        let Some(old) = self.pieces.remove(&fix.credential) else { return };
        let mut applier = FixApplier { graph: self.graph, fix, shared_after: BTreeMap::new() };
        let mut made: Vec<ReplacementCredential> =
            old.into_iter().flat_map(|old| applier.apply(old)).collect();
        made.retain(|piece| !piece.is_empty());
        self.pieces.insert(fix.credential, made);
    }

    /// The number of the first carrier that fixes make.
    pub(crate) fn first_carrier(&self) -> usize {
        self.before.credentials()
    }

    /// The pieces as carriers, and the secrets that they are. Grants in common are one carrier: it
    /// leads the same way, and no clique is built.
    pub(crate) fn carriers(&self) -> (Vec<MovementCredential>, Vec<Leak>) {
        let (mut carriers, mut leaks) = (Vec::new(), Vec::new());
        let first = self.before.credentials();
        for (&origin, pieces) in &self.pieces {
            let mut of_shared: BTreeMap<(usize, bool), usize> = BTreeMap::new();
            for piece in pieces {
                let mut own = Vec::new();
                if !piece.own.is_empty() || piece.shared.is_empty() {
                    own.push((first + carriers.len()) as u32);
                    carriers.push(MovementCredential {
                        origin,
                        holders: piece.holders.clone(),
                        grants: piece.own.clone(),
                        bound: piece.bound,
                    });
                }
                if !piece.shared.is_empty() {
                    let key = (place(&piece.shared), piece.bound);
                    let at = *of_shared.entry(key).or_insert(carriers.len());
                    if at == carriers.len() {
                        let grants = piece.shared.to_vec();
                        let bound = piece.bound;
                        carriers.push(MovementCredential {
                            origin,
                            holders: Vec::new(),
                            grants,
                            bound,
                        });
                    }
                    if let Some(carrier) = carriers.get_mut(at) {
                        carrier.holders.extend_from_slice(&piece.holders);
                    }
                    own.push((first + at) as u32);
                }
                if !piece.bound {
                    leaks.push(Leak { origin, carriers: own });
                }
            }
        }
        for carrier in &mut carriers {
            carrier.holders.sort_unstable();
            carrier.holders.dedup();
        }
        (carriers, leaks)
    }

    /// The movement with all that was done.
    pub(crate) fn movement(&self) -> Movement {
        self.before.replaced(self.pieces.keys().copied(), &self.carriers().0)
    }
}

/// The carriers with what is stated alone: of what an id alone joins across sources one for each part.
pub(crate) fn stated(
    graph: &AccessGraph,
    carriers: &[MovementCredential],
) -> Vec<MovementCredential> {
    carriers.iter().flat_map(|carrier| stated_of(graph, carrier)).collect()
}

/// What is stated of one carrier.
pub(crate) fn stated_of(
    graph: &AccessGraph,
    carrier: &MovementCredential,
) -> Vec<MovementCredential> {
    let parts = graph.stated_parts_of(carrier.origin);
    let of_part = |part: &StatedPart| {
        let grants = carrier.grants.iter().filter_map(|grant| {
            let pivots = part.goes_on_from(InstanceIndex(grant.instance))?;
            Some(Grant { pivots, ..*grant })
        });
        let holds = |at: &u32| part.is_held_by(InstanceIndex(*at));
        MovementCredential {
            origin: carrier.origin,
            holders: carrier.holders.iter().copied().filter(holds).collect(),
            grants: grants.collect(),
            bound: carrier.bound,
        }
    };
    if parts.is_empty() {
        return vec![stated_whole(graph, carrier)];
    }
    parts.iter().map(of_part).collect()
}

fn stated_whole(graph: &AccessGraph, carrier: &MovementCredential) -> MovementCredential {
    let held_by = graph.held_by(carrier.origin);
    let holds = |&at: &u32| {
        let found = held_by
            .binary_search_by_key(&at, |&edge| graph.edge(edge).instance.0)
            .ok()
            .and_then(|found| held_by.get(found));
        found.is_some_and(|&edge| !graph.edge(edge).assumed)
    };
    let grants = carrier.grants.iter().filter(|grant| !graph.edge(grant.edge).assumed);
    let grants =
        grants.map(|grant| Grant { pivots: graph.edge(grant.edge).pivots_stated, ..*grant });
    MovementCredential {
        origin: carrier.origin,
        holders: carrier.holders.iter().copied().filter(holds).collect(),
        grants: grants.collect(),
        bound: carrier.bound,
    }
}

/// Grants in common, and what one fix makes of them: by environment, or whole.
type SharedAfterFix = (Arc<[Grant]>, BTreeMap<Option<EnvironmentIndex>, Arc<[Grant]>>);

/// Applies one fix to one piece after another.
struct FixApplier<'a> {
    graph: &'a AccessGraph,
    fix: &'a Fix,
    /// What became of grants in common, by where they lie. They are kept, so that no other can
    /// come to lie there.
    shared_after: BTreeMap<usize, SharedAfterFix>,
}

impl FixApplier<'_> {
    fn apply(&mut self, old: ReplacementCredential) -> Vec<ReplacementCredential> {
        if old.bound {
            return vec![old];
        }
        let graph = self.graph;
        match self.fix.kind {
            FixKind::Revoke => Vec::new(),
            FixKind::SplitByEnvironment => self.by_environment(&old),
            FixKind::SplitByService => {
                by_holders(old, |at| graph.instance(InstanceIndex(at)).service)
            }
            FixKind::SplitByOwner => {
                by_holders(old, |at| graph.owners_of_instance(InstanceIndex(at)).to_vec())
            }
            FixKind::WorkloadIdentity => self.identities(old),
        }
    }

    fn environment(&self, at: u32) -> EnvironmentIndex {
        self.graph.instance(InstanceIndex(at)).environment
    }

    fn by_environment(&mut self, old: &ReplacementCredential) -> Vec<ReplacementCredential> {
        let mut holders: BTreeMap<EnvironmentIndex, Vec<u32>> = BTreeMap::new();
        for &holder in &old.holders {
            holders.entry(self.environment(holder)).or_default().push(holder);
        }
        let mut own = self.grants_by_environment(&old.own);
        let shared = self.shared_by_environment(&old.shared);
        // An environment that it grants alone has a credential too: nobody holds it, but it may leak.
        for &environment in own.keys().chain(shared.keys().flatten()) {
            holders.entry(environment).or_default();
        }
        let piece = |(environment, holders)| ReplacementCredential {
            holders,
            own: own.remove(&environment).unwrap_or_default(),
            shared: shared.get(&Some(environment)).cloned().unwrap_or_else(|| Arc::from([])),
            bound: false,
            renewed: true,
        };
        holders.into_iter().map(piece).collect()
    }

    fn grants_by_environment(&self, grants: &[Grant]) -> BTreeMap<EnvironmentIndex, Vec<Grant>> {
        let mut of: BTreeMap<_, Vec<Grant>> = BTreeMap::new();
        for &grant in grants {
            of.entry(self.environment(grant.instance)).or_default().push(grant);
        }
        of
    }

    fn shared_by_environment(
        &mut self,
        shared: &Arc<[Grant]>,
    ) -> BTreeMap<Option<EnvironmentIndex>, Arc<[Grant]>> {
        let key = place(shared);
        if !self.shared_after.contains_key(&key) {
            let of = self.grants_by_environment(shared).into_iter();
            let of = of.map(|(environment, grants)| (Some(environment), Arc::from(grants)));
            self.shared_after.insert(key, (shared.clone(), of.collect()));
        }
        self.shared_after.get(&key).map(|(_, of)| of.clone()).unwrap_or_default()
    }

    fn identities(&mut self, old: ReplacementCredential) -> Vec<ReplacementCredential> {
        let all = self.fix.holders.is_empty();
        let is_chosen = |&at: &u32| all || self.fix.holders.contains(&InstanceIndex(at));
        let (chosen, rest): (Vec<u32>, Vec<u32>) = old.holders.iter().partition(|at| is_chosen(at));
        if chosen.is_empty() {
            return vec![old];
        }
        let (own, shared) = self.narrowed(&old);
        let mut made = vec![ReplacementCredential {
            holders: chosen,
            own,
            shared,
            bound: true,
            renewed: true,
        }];
        if !rest.is_empty() {
            made.push(ReplacementCredential { holders: rest, ..old });
        }
        made
    }

    fn narrowed(&mut self, old: &ReplacementCredential) -> (Vec<Grant>, Arc<[Grant]>) {
        let Some(kept) = &self.fix.grants else { return (old.own.clone(), old.shared.clone()) };
        let kept: BTreeSet<u32> = kept.iter().map(|at| at.0).collect();
        let narrow = |grants: &[Grant]| -> Vec<Grant> {
            grants.iter().filter(|grant| kept.contains(&grant.instance)).copied().collect()
        };
        let whole = || (old.shared.clone(), BTreeMap::from([(None, narrow(&old.shared).into())]));
        let (_, of) = self.shared_after.entry(place(&old.shared)).or_insert_with(whole);
        (narrow(&old.own), of.get(&None).cloned().unwrap_or_else(|| Arc::from([])))
    }
}

/// One piece for each group of holders: it grants the pure targets and the group's own members;
/// where no member is granted it keeps every grant.
fn by_holders<K: Ord>(
    old: ReplacementCredential,
    key: impl Fn(u32) -> K,
) -> Vec<ReplacementCredential> {
    let mut groups: BTreeMap<K, Vec<u32>> = BTreeMap::new();
    for &holder in &old.holders {
        groups.entry(key(holder)).or_default().push(holder);
    }
    if groups.is_empty() {
        return vec![old];
    }
    let held = |grant: &&Grant| old.holders.binary_search(&grant.instance).is_ok();
    let targets: Vec<Grant> = old.own.iter().filter(|grant| !held(grant)).copied().collect();
    let targets = joined(&targets, &old.shared);
    let all = joined(&old.own, &old.shared);
    let piece = |holders: Vec<u32>| {
        let granted = |at: &u32| {
            let found = old.own.binary_search_by_key(at, |grant| grant.instance).ok()?;
            old.own.get(found).copied()
        };
        let own: Vec<Grant> = holders.iter().filter_map(granted).collect();
        let shared = if own.is_empty() { all.clone() } else { targets.clone() };
        ReplacementCredential { holders, own, shared, bound: false, renewed: true }
    };
    groups.into_values().map(piece).collect()
}

/// Where grants in common lie, as their name.
fn place(shared: &Arc<[Grant]>) -> usize {
    shared.as_ptr() as usize
}

/// Two lists as one that several pieces have in common.
fn joined(own: &[Grant], shared: &Arc<[Grant]>) -> Arc<[Grant]> {
    if own.is_empty() { shared.clone() } else { merged(own, shared).into() }
}

/// Two lists without a common instance as one, by instance.
fn merged(own: &[Grant], shared: &[Grant]) -> Vec<Grant> {
    let mut all = [own, shared].concat();
    all.sort_unstable_by_key(|grant| grant.instance);
    all
}
