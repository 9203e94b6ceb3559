//! One sentence that is always true: whether credentials held below the highest tier open it, or,
//! where entry points or crown jewels are flagged or picked, which of them reach which.

use crate::analysis::movement::ends::follow_tiers;
use crate::analysis::questions::assumed_by::{AssumedBy, Way};
use crate::analysis::questions::headline_ends::{EndsReached, InSeveralHops, ends_reached};
use crate::analysis::questions::sharing::{Crossing, Sharing};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, Instance, InstanceIndex, LifeDoubt};
use crate::inventory::{Flag, Tier};

/// What the headline counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// Live credentials held below the highest tier that grant the highest tier.
    pub into_top: usize,
    /// How many of them do so by assumptions alone.
    pub assumed: usize,
    /// By which.
    pub assumed_by: AssumedBy,
    /// The labels of the environments below that hold one.
    pub from: Vec<String>,
    /// Which environments below hold none and reach the highest tier through others; none where
    /// `into_top` is zero.
    pub in_several_hops: InSeveralHops,
    /// The labels of the highest tier.
    pub top: Vec<String>,
    /// How many known environments there are.
    pub environments: usize,
    /// Live credentials that cross environments in any way.
    pub crossing: usize,
    /// How many of them do so by assumptions alone.
    pub crossing_assumed: usize,
    /// By which.
    pub crossing_assumed_by: AssumedBy,
    /// The labels of the known environments without a tier, where the sentence rests on tiers.
    pub untiered: Vec<String>,
    /// How many service instances have no known environment, where the sentence rests on tiers.
    pub unknown: usize,
    /// Where no credential leads straight up: which ends reach which all the same.
    pub around: Option<EndsReached>,
    /// Which ends reach which; `None` where tiers alone decide what they are.
    pub between: Option<EndsReached>,
    /// How many credentials count as dead by an id across sources alone.
    pub dead_by_id_alone: usize,
    /// What no row says, so that nothing could be found; `None` where something is held and granted.
    pub silent: Option<NothingSaid>,
    /// The credentials behind `into_top`, or, where there are none, behind `crossing`, by name.
    pub credentials: Vec<CredentialIndex>,
}

/// What an inventory says nothing of at all, so that calm has no ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NothingSaid {
    /// There is no live credential.
    Credentials,
    /// Nothing holds a live credential.
    Holders,
    /// No live credential grants anything.
    Grants,
}

impl NothingSaid {
    fn of(graph: &AccessGraph) -> Option<Self> {
        let live = || graph.credential_indices().filter(|&at| graph.credential(at).is_live());
        if live().next().is_none() {
            Some(Self::Credentials)
        } else if live().all(|at| graph.held_by(at).is_empty()) {
            Some(Self::Holders)
        } else {
            live().all(|at| graph.grants(at).is_empty()).then_some(Self::Grants)
        }
    }
}

/// Where it can be said what a headline leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftTo {
    /// The tiers of environments.
    Environments,
    /// Assumptions of these kinds.
    Assumptions(AssumedBy),
}

impl Headline {
    /// What the first number of the sentence counts: credentials, or entry points that reach a crown
    /// jewel.
    pub fn counted(&self) -> (&[CredentialIndex], &[InstanceIndex]) {
        match self.between.as_ref().or(self.around.as_ref()) {
            Some(ends) => (&[], &ends.from),
            None => (&self.credentials, &[]),
        }
    }
}

/// Works the headline out. Costs time in proportion to the edges.
pub fn headline(graph: &AccessGraph, sharing: &[Sharing]) -> Headline {
    let between = (!follow_tiers(graph)).then(|| ends_reached(graph));
    let silent = NothingSaid::of(graph);
    let dead_by_id_alone =
        graph.credentials().iter().filter(|own| own.doubt == LifeDoubt::DeadByIdAlone).count();
    let mut headline = Headline { between, dead_by_id_alone, silent, ..by_tier(graph, sharing) };
    if rests_on_tiers(graph) {
        let known = graph.environments().iter().filter(|one| one.is_known() && one.tier.is_none());
        headline.untiered = known.map(|environment| environment.label.clone()).collect();
        let unknown = |at: &InstanceIndex| !graph.environment_of(*at).is_known();
        headline.unknown = graph.instance_indices().filter(unknown).count();
        if headline.between.is_none() && headline.into_top == 0 && !headline.top.is_empty() {
            headline.around = Some(ends_reached(graph)).filter(|ends| ends.reaching > 0);
        }
    }
    headline
}

/// Whether no row and no policy says where attackers start, or none what must not fall.
fn rests_on_tiers(graph: &AccessGraph) -> bool {
    let policy = graph.assumptions();
    let none_is = |flag: fn(&Instance) -> Flag| {
        !graph.instances().iter().any(|instance| flag(instance) == Flag::Yes)
    };
    let entries = policy.entry_points.is_empty() && none_is(|instance| instance.entry_point);
    let jewels = policy.crown_jewels.is_empty() && none_is(|instance| instance.crown_jewel);
    entries || jewels
}

fn by_tier(graph: &AccessGraph, sharing: &[Sharing]) -> Headline {
    let known = || graph.environments().iter().filter(|environment| environment.is_known());
    let Some(top) = known().filter_map(|environment| environment.tier).max() else {
        return Headline { environments: known().count(), ..Headline::default() };
    };
    let labels = known().filter(|environment| environment.tier == Some(top));
    let mut headline = Headline {
        top: labels.map(|environment| environment.label.clone()).collect(),
        environments: known().count(),
        ..Headline::default()
    };
    let mut crossing = Vec::new();
    for (credential, sharing) in graph.credential_indices().zip(sharing) {
        count(graph, credential, top, &mut headline);
        if graph.credential(credential).is_live() && sharing.crossing != Crossing::None {
            crossing.push(credential);
            headline.crossing += 1;
            if !graph.states_crossing(credential) {
                headline.crossing_assumed += 1;
                let by = AssumedBy::of_crossing(graph, credential);
                headline.crossing_assumed_by = headline.crossing_assumed_by.and(by);
            }
        }
    }
    headline.from.sort_unstable_by_key(|label| {
        (graph.assumptions().environments.tier(label), label.clone())
    });
    headline.from.dedup();
    if headline.into_top == 0 {
        headline.credentials = crossing;
    } else {
        headline.in_several_hops = InSeveralHops::of(graph, top, &headline.from);
    }
    headline
}

fn count(graph: &AccessGraph, credential: CredentialIndex, top: Tier, headline: &mut Headline) {
    if !graph.credential(credential).is_live() {
        return;
    }
    let tier = |edge: EdgeIndex| graph.environment_of(graph.edge(edge).instance).tier;
    let below: Vec<EdgeIndex> = graph
        .held_by(credential)
        .iter()
        .copied()
        .filter(|&edge| tier(edge).is_some_and(|held| held < top))
        .collect();
    let into: Vec<EdgeIndex> =
        graph.grants(credential).iter().copied().filter(|&edge| tier(edge) == Some(top)).collect();
    if below.is_empty() || into.is_empty() {
        return;
    }
    let tier_of = |at: InstanceIndex| graph.environment_of(at).tier;
    let stated = graph.stated_links(credential).any(|links| {
        links.holders().any(|at| tier_of(at).is_some_and(|held| held < top))
            && links.granted().any(|at| tier_of(at) == Some(top))
    });
    headline.into_top += 1;
    headline.credentials.push(credential);
    if !stated {
        headline.assumed += 1;
        let way = Way {
            from: &|at| tier_of(at).is_some_and(|held| held < top),
            to: &|at| tier_of(at) == Some(top),
            goes_on: &|_| false,
        };
        headline.assumed_by = headline.assumed_by.and(AssumedBy::of_way(graph, credential, &way));
    }
    for edge in below {
        let label = &graph.environment_of(graph.edge(edge).instance).label;
        if !headline.from.contains(label) {
            headline.from.push(label.clone());
        }
    }
}

#[cfg(test)]
mod tests;
