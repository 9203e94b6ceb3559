//! Who shares a credential, and whether it joins environments.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EnvironmentIndex, InstanceIndex};
use crate::inventory::{JoinedBy, Tier};

/// Whether a credential joins environments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Crossing {
    /// It is linked to at most one known environment.
    #[default]
    None,
    /// It is linked to two or more known environments.
    Across,
    /// Besides, it is live and held at a lower tier than one that it grants.
    Upwards,
}

/// Who shares one credential.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// Distinct instances linked to it, whichever way.
    pub instances: u32,
    /// Distinct service names among them.
    pub services: u32,
    /// Whether two or more instances hold it, or it grants two or more.
    pub shared: bool,
    /// The known environments of those instances, by label.
    pub environments: Vec<EnvironmentIndex>,
    /// Whether it joins environments.
    pub crossing: Crossing,
    /// Whether it leads upwards by assumed access alone.
    pub upwards_assumed: bool,
}

/// Counts over the whole graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All credentials.
    pub credentials: usize,
    /// How many of them are dead.
    pub dead_credentials: usize,
    /// All service instances.
    pub service_instances: usize,
    /// Distinct known environments.
    pub environments: usize,
    /// Distinct edges from holders.
    pub holds: usize,
    /// Distinct edges to what is granted.
    pub grants: usize,
    /// Credentials held by two or more instances, or granting two or more.
    pub shared_credentials: usize,
    /// Credentials linked to two or more known environments.
    pub cross_environment_credentials: usize,
    /// How many of the shared ones are dead.
    pub shared_dead: usize,
    /// How many of those that cross environments are dead.
    pub cross_environment_dead: usize,
    /// Credentials whose rows an id alone joins across sources.
    pub joined_across_sources: usize,
}

/// Who shares a credential. Takes time in proportion to its edges, sorted.
pub fn sharing(graph: &AccessGraph, credential: CredentialIndex) -> Sharing {
    let linked = graph.instances_of(credential);
    let mut environments: Vec<EnvironmentIndex> = linked
        .iter()
        .map(|&instance| graph.instance(instance).environment)
        .filter(|&environment| graph.environment(environment).is_known())
        .collect();
    environments.sort_unstable();
    environments.dedup();
    let mut crossing = Crossing::None;
    let mut upwards_assumed = false;
    if environments.len() > 1 {
        let (any, stated) = upwards(graph, credential);
        crossing = if any { Crossing::Upwards } else { Crossing::Across };
        upwards_assumed = any && !stated;
    }
    Sharing {
        instances: linked.len() as u32,
        services: services(graph, &linked),
        shared: graph.held_by(credential).len() > 1 || graph.grants(credential).len() > 1,
        environments,
        crossing,
        upwards_assumed,
    }
}

/// Who shares each credential, in the order of credentials.
pub fn sharing_of_all(graph: &AccessGraph) -> Vec<Sharing> {
    let credentials = (0..graph.credentials().len() as u32).into_par_iter();
    credentials.map(|credential| sharing(graph, CredentialIndex(credential))).collect()
}

/// Counts over the whole graph, from the sharing of all its credentials.
pub fn totals(graph: &AccessGraph, sharing: &[Sharing]) -> Totals {
    let grants = graph.credential_indices().map(|credential| graph.grants(credential).len()).sum();
    let crosses = |sharing: &Sharing| sharing.crossing != Crossing::None;
    let dead_where = |counts: &dyn Fn(&Sharing) -> bool| {
        let both = graph.credentials().iter().zip(sharing);
        both.filter(|(credential, sharing)| !credential.is_live() && counts(sharing)).count()
    };
    let across = Some(JoinedBy::IdAcrossSources);
    let credentials = graph.credentials();
    Totals {
        credentials: credentials.len(),
        dead_credentials: dead_where(&|_| true),
        service_instances: graph.instances().len(),
        environments: graph.environments().iter().filter(|known| known.is_known()).count(),
        holds: graph.edges().len() - grants,
        grants,
        shared_credentials: sharing.iter().filter(|sharing| sharing.shared).count(),
        cross_environment_credentials: sharing.iter().filter(|one| crosses(one)).count(),
        shared_dead: dead_where(&|sharing| sharing.shared),
        cross_environment_dead: dead_where(&crosses),
        joined_across_sources: credentials.iter().filter(|one| one.joined_by == across).count(),
    }
}

/// Distinct service names among instances, which stand in the order of names.
fn services(graph: &AccessGraph, instances: &[InstanceIndex]) -> u32 {
    let same = |a: &InstanceIndex, b: &InstanceIndex| {
        graph.instance(*a).service == graph.instance(*b).service
    };
    instances.chunk_by(same).count() as u32
}

/// Whether a live credential is held at a lower tier than one it grants: at all, and as stated.
fn upwards(graph: &AccessGraph, credential: CredentialIndex) -> (bool, bool) {
    if !graph.credential(credential).is_live() {
        return (false, false);
    }
    let instances = |edges: &[EdgeIndex]| -> Vec<InstanceIndex> {
        edges.iter().map(|&edge| graph.edge(edge).instance).collect()
    };
    let held = instances(graph.held_by(credential)).into_iter();
    if !rises(graph, held, instances(graph.grants(credential)).into_iter()) {
        return (false, false);
    }
    let mut stated = graph.stated_links(credential);
    (true, stated.any(|links| rises(graph, links.holders(), links.granted())))
}

/// Whether some holder stands at a lower tier than something that is granted.
fn rises(
    graph: &AccessGraph,
    holders: impl Iterator<Item = InstanceIndex>,
    granted: impl Iterator<Item = InstanceIndex>,
) -> bool {
    let tier = |at: InstanceIndex| graph.environment_of(at).tier;
    let lowest: Option<Tier> = holders.filter_map(tier).min();
    let highest: Option<Tier> = granted.filter_map(tier).max();
    lowest.zip(highest).is_some_and(|(lowest, highest)| lowest < highest)
}
