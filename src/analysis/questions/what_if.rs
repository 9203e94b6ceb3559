//! What would be if some fixes were made: an unchanged graph, a list of fixes, and the movement
//! that is left, with what it brings and what it breaks.

use std::collections::BTreeMap;

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::network::{Movement, MovementCredential, is};
use crate::analysis::movement::overlay::Overlay;
use crate::analysis::movement::reach::reach_from;
use crate::analysis::movement::replacement_credentials::{Leak, Replacements, stated};
use crate::analysis::questions::after_fix::AfterFix;
use crate::analysis::questions::findings::Subject;
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::findings_after::{Between, Compared, Fixed, compare};
use crate::analysis::questions::landscape::{Landscape, Made};
use crate::analysis::questions::lost::{MOST_NAMED, Was, lost, stated_before};
use crate::analysis::questions::stated_radii::stated_radii;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// How far something reaches before and after fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RadiusChange {
    /// What is reached from.
    pub subject: Subject,
    /// How many instances it reaches before.
    pub before: u32,
    /// How many it reaches after.
    pub after: u32,
    /// How many of them by stated access alone, before and after.
    pub stated: (u32, u32),
}

/// Access of an instance to another that nothing provides any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LostAccess {
    /// The instance that holds a credential.
    pub holder: InstanceIndex,
    /// The instance that it grants.
    pub target: InstanceIndex,
    /// Whether it rested on assumed access.
    pub assumed: bool,
}

/// Before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Connected pairs of entry point and crown jewel without the fixes, and with them.
    pub connected_pairs: (u64, u64),
    /// The same with stated access alone.
    pub connected_pairs_stated: (u64, u64),
    /// How many direct accesses through one credential are lost.
    pub lost: u64,
    /// How many of them rested on assumptions alone.
    pub lost_assumed: u64,
    /// The first hundred of them by name.
    pub lost_named: Vec<LostAccess>,
    /// How many findings are gone, and the first hundred of them, the worst first. What splits
    /// make of a credential stands for it: its finding stays while one of them breaks the rule.
    pub findings_gone: (u64, Vec<(Rule, Subject)>),
    /// How many are new, and the first hundred of them.
    pub findings_new: (u64, Vec<(Rule, Subject)>),
    /// How many more findings there are because several of the parts of a credential have what it had: those
    /// before, less what is gone, with what is new and these, are those after.
    pub findings_repeated: u64,
    /// For each subject that was asked about how many instances fall with it before and after.
    /// Of several secrets that a fix made of a credential it is the one that reaches farthest;
    /// none for one that is gone, and none for an identity, which cannot leak.
    pub radii: Vec<RadiusChange>,
}

impl WhatIf {
    /// What there is before the first fix.
    pub fn before(&self) -> AfterFix {
        AfterFix::none_yet((self.connected_pairs.0, self.connected_pairs_stated.0))
    }
}

/// What every what-if about a graph starts from, worked out once.
pub struct WhatIfBasis<'a> {
    graph: &'a AccessGraph,
    movement: &'a Movement,
    landscape: Landscape<'a>,
    between: Between,
    /// The connected pairs without fixes, all and stated.
    pairs: (u64, u64),
}

impl<'a> WhatIfBasis<'a> {
    /// For the movement of a graph, all access counted; `None` when cancelled. Costs time in
    /// proportion to the edges, and two exposures.
    pub fn new(
        graph: &'a AccessGraph,
        movement: &'a Movement,
        ends: &Ends,
        progress: &'a Progress,
    ) -> Option<Self> {
        let landscape = Landscape::new(graph, movement, ends, progress);
        let between = Between::new(&landscape, ends);
        let pairs = |counting| landscape.pairs(counting, &Made::new());
        let pairs = (pairs(Counting::All)?, pairs(Counting::StatedOnly)?);
        Some(Self { graph, movement, landscape, between, pairs })
    }

    /// Tells what a list of fixes brings and breaks; `None` when cancelled.
    ///
    /// What a fix makes of a credential is decided on all access; what is stated alone is what is
    /// left of that when the rest is taken away, so that neither exposure is ever raised. Judges
    /// what the fixes touch; the pairs are counted anew on what lies between the ends.
    pub fn what_if(&self, fixes: &[Fix], subjects: &[Subject]) -> Option<WhatIf> {
        let refit = Replacements::after(self.graph, self.movement, fixes);
        let (carriers, leaks) = refit.carriers();
        let after = after_fixes(&refit, self.movement, &carriers);
        let lost = lost(&was_before(&refit, self.movement), &after, MOST_NAMED);
        let named = lost.named.iter().map(|&(holder, target)| LostAccess {
            holder,
            target,
            assumed: !states(self.graph, holder, target),
        });
        let compared = Fixed {
            graph: self.graph,
            near: &self.between,
            refit: &refit,
            carriers: &carriers,
            fixes,
        };
        let (left, Compared { gone, new, repeated }) =
            rayon::join(|| self.left(&refit, &carriers), || compare(&compared));
        let left = left?;
        let asked = RadiiOf {
            graph: self.graph,
            movement: self.movement,
            after: &after,
            refit: &refit,
            leaks: &leaks,
        };
        Some(WhatIf {
            connected_pairs: (self.pairs.0, left.0),
            connected_pairs_stated: (self.pairs.1, left.1),
            lost: lost.count,
            lost_assumed: self.lost_assumed(&refit, &after, lost.count),
            lost_named: named.collect(),
            findings_gone: gone,
            findings_new: new,
            findings_repeated: repeated,
            radii: asked.radii(subjects, &carriers, self.landscape.progress)?,
        })
    }

    /// How many of the accesses that are lost no credential provided by what is stated alone.
    fn lost_assumed(&self, refit: &Replacements<'_>, after: &Overlay<'_>, count: u64) -> u64 {
        if count == 0 || !self.landscape.assumes() {
            return 0;
        }
        count.saturating_sub(
            lost(&stated_before(self.graph, refit.pieces.keys().copied()), after, 0).count,
        )
    }

    /// The pairs that are left, all and stated.
    fn left(
        &self,
        refit: &Replacements<'_>,
        carriers: &[MovementCredential],
    ) -> Option<(u64, u64)> {
        let made: Made<'_> =
            refit.pieces.keys().map(|&origin| (origin, of_origin(carriers, origin))).collect();
        let left = self.landscape.pairs(Counting::All, &made)?;
        let stated = if self.landscape.assumes() {
            self.landscape.pairs(Counting::StatedOnly, &made)?
        } else {
            left
        };
        Some((left, stated))
    }

    /// What is left after the first fix of a list, after the first two, and so on: one entry for
    /// each fix. `None` when cancelled.
    pub fn each(&self, fixes: &[Fix]) -> Option<Vec<AfterFix>> {
        let mut refit = Replacements::new(self.graph, self.movement);
        let mut states = Vec::with_capacity(fixes.len());
        for fix in fixes {
            refit.apply(fix);
            let (carriers, _) = refit.carriers();
            let (connected_pairs, connected_pairs_stated) = self.left(&refit, &carriers)?;
            let after = after_fixes(&refit, self.movement, &carriers);
            let lost = lost(&was_before(&refit, self.movement), &after, 0).count;
            let lost_assumed = self.lost_assumed(&refit, &after, lost);
            states.push(AfterFix { connected_pairs, connected_pairs_stated, lost, lost_assumed });
        }
        Some(states)
    }
}

/// Tells what a list of fixes brings and breaks, as [`WhatIfBasis::what_if`] does; `None` when
/// cancelled.
pub fn what_if(
    graph: &AccessGraph,
    ends: &Ends,
    fixes: &[Fix],
    subjects: &[Subject],
    progress: &Progress,
) -> Option<WhatIf> {
    let movement = Movement::new(graph, Counting::All);
    WhatIfBasis::new(graph, &movement, ends, progress)?.what_if(fixes, subjects)
}

/// What is left after each fix of a list, as [`WhatIfBasis::each`] has it; `None` when cancelled.
pub fn what_if_each(
    graph: &AccessGraph,
    ends: &Ends,
    fixes: &[Fix],
    progress: &Progress,
) -> Option<Vec<AfterFix>> {
    let movement = Movement::new(graph, Counting::All);
    WhatIfBasis::new(graph, &movement, ends, progress)?.each(fixes)
}

/// Whether one credential provides this access by what is stated alone.
fn states(graph: &AccessGraph, holder: InstanceIndex, target: InstanceIndex) -> bool {
    let held = graph.holds(holder).iter().map(|&edge| graph.edge(edge));
    let held = held.filter(|edge| !edge.assumed && graph.credential(edge.credential).is_live());
    held.map(|edge| edge.credential).any(|credential| {
        let grants = graph.grants(credential);
        let found = grants.binary_search_by_key(&target, |&edge| graph.edge(edge).instance);
        let grant = found.ok().and_then(|at| grants.get(at));
        grant.is_some_and(|&grant| graph.states_hop(Some(holder), grant, false))
    })
}

/// Those of some carriers, by origin, that stem from one.
fn of_origin(carriers: &[MovementCredential], origin: CredentialIndex) -> &[MovementCredential] {
    let start = carriers.partition_point(|carrier| carrier.origin < origin);
    let end = carriers.partition_point(|carrier| carrier.origin <= origin);
    carriers.get(start..end).unwrap_or_default()
}

/// What the credentials that fixes touch led to before.
fn was_before(refit: &Replacements<'_>, before: &Movement) -> Vec<Was> {
    let carriers = refit.pieces.keys().flat_map(|&origin| before.of_origin(origin));
    let was = carriers.map(|at| Was {
        holders: before.holders.of(at as usize).to_vec(),
        grants: before.grants.of(at as usize).to_vec(),
    });
    was.collect()
}

/// A movement with carriers in the place of what fixes touch.
pub(crate) fn after_fixes<'m>(
    refit: &Replacements<'_>,
    before: &'m Movement,
    carriers: &[MovementCredential],
) -> Overlay<'m> {
    let mut after = Overlay::new(before);
    for &origin in refit.pieces.keys() {
        after.replace(origin, of_origin(carriers, origin));
    }
    after
}

/// Of how many subjects each is followed by itself; above that all are worked out at once.
const FEW: usize = 32;

/// What the radii of subjects are asked about.
pub(crate) struct RadiiOf<'r> {
    pub(crate) graph: &'r AccessGraph,
    pub(crate) movement: &'r Movement,
    pub(crate) after: &'r Overlay<'r>,
    pub(crate) refit: &'r Replacements<'r>,
    pub(crate) leaks: &'r [Leak],
}

impl RadiiOf<'_> {
    /// For each subject how many instances fall with it before and after; `None` when cancelled.
    pub(crate) fn radii(
        &self,
        subjects: &[Subject],
        carriers: &[MovementCredential],
        progress: &Progress,
    ) -> Option<Vec<RadiusChange>> {
        let mut found = self.radii_of_all_access(subjects, carriers, progress)?;
        if self.graph.assumes() && !subjects.is_empty() {
            let made = (carriers, self.leaks);
            let stated = stated_radii(self.graph, self.refit, made, subjects, progress)?;
            for (change, stated) in found.iter_mut().zip(stated) {
                change.stated = stated;
            }
        }
        Some(found)
    }

    fn radii_of_all_access(
        &self,
        subjects: &[Subject],
        carriers: &[MovementCredential],
        progress: &Progress,
    ) -> Option<Vec<RadiusChange>> {
        if subjects.len() > FEW {
            let touched = self.refit.pieces.keys().copied();
            let after = self.movement.replaced(touched, carriers);
            return radii((self.movement, &after), self.leaks, subjects, progress);
        }
        let before = Overlay::new(self.movement);
        let change = |&subject: &Subject| {
            let (before, after) = match subject {
                Subject::Instance(at) => {
                    (before.reached(Some(at.0), &[]), self.after.reached(Some(at.0), &[]))
                }
                Subject::Credential(at) => (before.reached(None, &[at.0]), self.after_of(at)),
            };
            RadiusChange { subject, before, after, stated: (before, after) }
        };
        (!progress.is_cancelled()).then(|| subjects.iter().map(change).collect())
    }

    /// How far the farthest reaching of what fixes made of a credential reaches.
    fn after_of(&self, credential: CredentialIndex) -> u32 {
        if !self.refit.pieces.contains_key(&credential) {
            return self.after.reached(None, &[credential.0]);
        }
        let of_it = self.leaks.iter().filter(|leak| leak.origin == credential);
        of_it.map(|leak| self.after.reached(None, &leak.carriers)).max().unwrap_or(0)
    }
}

/// The movement after fixes. What a fix makes of a credential follows the credentials of the
/// graph. Costs time in proportion to the edges.
pub fn fixed(graph: &AccessGraph, movement: &Movement, fixes: &[Fix]) -> Movement {
    Replacements::after(graph, movement, fixes).movement()
}

/// What stated access alone leaves of the movement after fixes, which are made on all access.
pub fn fixed_stated(graph: &AccessGraph, movement: &Movement, fixes: &[Fix]) -> Movement {
    let refit = Replacements::after(graph, movement, fixes);
    let carriers = stated(graph, &refit.carriers().0);
    Movement::new(graph, Counting::StatedOnly).replaced(refit.pieces.keys().copied(), &carriers)
}

/// For each subject how many instances fall with it before and after.
fn radii(
    (before, after): (&Movement, &Movement),
    leaks: &[Leak],
    subjects: &[Subject],
    progress: &Progress,
) -> Option<Vec<RadiusChange>> {
    if subjects.is_empty() {
        return Some(Vec::new());
    }
    let whole: Vec<[u32; 1]> = (0..before.credentials() as u32).map(|at| [at]).collect();
    let credentials = before.origin_marks(subjects.iter().filter_map(|subject| match subject {
        Subject::Credential(at) => Some(*at),
        Subject::Instance(_) => None,
    }));
    let instances: Vec<InstanceIndex> = subjects
        .iter()
        .filter_map(|subject| match subject {
            Subject::Instance(at) => Some(*at),
            Subject::Credential(_) => None,
        })
        .collect();
    let is_asked = |origin: CredentialIndex| is(&credentials, origin.0);
    let untouched = whole.iter().filter_map(|at| {
        let origin = before.origins.get(*at.first()? as usize).copied()?;
        is_asked(origin).then_some((origin, at.as_slice()))
    });
    let untouched: Vec<(CredentialIndex, &[u32])> = untouched.collect();
    let made = leaks.iter().filter(|leak| is_asked(leak.origin));
    let made = made.map(|leak| (leak.origin, leak.carriers.as_slice()));
    let made: Vec<(CredentialIndex, &[u32])> = untouched.iter().copied().chain(made).collect();
    let reach = |movement, starts: &[(CredentialIndex, &[u32])]| {
        let lists: Vec<&[u32]> = starts.iter().map(|start| start.1).collect();
        let (of_instances, of_lists) = reach_from(movement, &instances, &lists, progress)?;
        let mut most: BTreeMap<Subject, u32> = BTreeMap::new();
        let instances = instances.iter().copied().map(Subject::Instance).zip(of_instances);
        let origins = starts.iter().map(|start| Subject::Credential(start.0)).zip(of_lists);
        for (subject, count) in instances.chain(origins) {
            let farthest = most.entry(subject).or_default();
            *farthest = count.max(*farthest);
        }
        Some(most)
    };
    let (old, new) = (reach(before, &untouched)?, reach(after, &made)?);
    let count =
        |of: &BTreeMap<Subject, u32>, subject: &Subject| of.get(subject).copied().unwrap_or(0);
    let change = |at: &Subject| {
        let (before, after) = (count(&old, at), count(&new, at));
        RadiusChange { subject: *at, before, after, stated: (before, after) }
    };
    Some(subjects.iter().map(change).collect())
}
