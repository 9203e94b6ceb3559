//! Who answers for what: each owner's credentials and service instances, and what hangs on one
//! person alone.
#![expect(
    clippy::indexing_slicing,
    reason = "owners are numbered from 0, and the last list is of what has none"
)]

use crate::analysis::movement::network::Movement;
use crate::analysis::movement::reach::{Asked, Together, radii};
use crate::analysis::questions::findings::finding::{Finding, Subject};
use crate::analysis::questions::sharing::{Crossing, Sharing};
use crate::graph::{AccessGraph, CredentialIndex, Grouped, InstanceIndex, OwnerIndex};
use crate::inventory::Progress;

/// What stands in the place of a name for what nobody owns.
pub const NO_OWNER: &str = "no owner";

/// How many credentials, live and dead apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LiveAndDead {
    /// Those that carry movement.
    pub live: usize,
    /// Those that are revoked or expired.
    pub dead: usize,
}

impl LiveAndDead {
    /// All of them.
    pub fn all(self) -> usize {
        self.live + self.dead
    }

    fn count(&mut self, is_live: bool) {
        self.live += usize::from(is_live);
        self.dead += usize::from(!is_live);
    }
}

/// What one owner answers for, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnerFigures {
    /// The owner; `None` for what nobody owns.
    pub owner: Option<OwnerIndex>,
    /// The credentials whose rows name the owner.
    pub credentials: LiveAndDead,
    /// The service instances whose rows name the owner.
    pub service_instances: usize,
    /// Those of the credentials that are held by two or more instances, or grant two or more.
    pub shared: LiveAndDead,
    /// Those that are linked to two or more known environments.
    pub crossing: LiveAndDead,
    /// Those live ones that have no expiry.
    pub no_expiry: usize,
    /// Findings on what is the owner's, by severity, the worst first.
    pub findings: [usize; 4],
    /// How many instances of others all that is the owner's reaches together.
    pub reach: u32,
    /// How many by stated access alone.
    pub reach_stated: u32,
    /// Credentials for which no other owner is named; none where nobody is.
    pub credentials_alone: LiveAndDead,
    /// Live credentials beside these of which a source names no other owner: with nobody else they stand
    /// where ids across sources are apart.
    pub credentials_alone_apart: usize,
    /// Service instances for which no other owner is named; none where nobody is.
    pub service_instances_alone: usize,
}

/// What each owner answers for.
#[derive(Clone, Debug)]
pub struct Owners {
    /// The figures of each owner that has anything, by name; what nobody owns is the last.
    pub figures: Vec<OwnerFigures>,
    owned: Owned,
}

/// What is whose: a list for each owner, and last, one of what has none.
#[derive(Clone, Debug)]
pub(crate) struct Owned {
    credentials: Grouped<u32>,
    /// By their numbers in the movement of stated access, where an id joins any across sources: of these
    /// the parts that are an owner's, and not the whole.
    in_parts: Option<Grouped<u32>>,
    instances: Grouped<u32>,
}

impl Owned {
    /// Costs time in proportion to owners named.
    pub(crate) fn new(graph: &AccessGraph) -> Self {
        let groups = graph.owners().len() + 1;
        let of_credential = |at: u32| graph.owners_of(CredentialIndex(at));
        let of_instance = |at: u32| graph.owners_of_instance(InstanceIndex(at));
        Self {
            credentials: by_owner(groups, graph.credentials().len(), of_credential),
            in_parts: (!graph.all_stated_parts().is_empty())
                .then(|| stated_by_owner(graph, groups)),
            instances: by_owner(groups, graph.instances().len(), of_instance),
        }
    }

    /// What each owner has to begin with, all of it together: by all access, and by stated access alone.
    pub(crate) fn together(&self) -> [Vec<Together<'_>>; 2] {
        let stated = self.in_parts.as_ref().unwrap_or(&self.credentials);
        [&self.credentials, stated].map(|credentials| {
            let of_group = |group| Together {
                credentials: credentials.of(group),
                instances: self.instances.of(group),
            };
            (0..credentials.groups()).map(of_group).collect()
        })
    }
}

impl Owners {
    /// The figures of an owner, or of what nobody owns.
    pub fn of(&self, owner: Option<OwnerIndex>) -> Option<&OwnerFigures> {
        self.figures.iter().find(|figures| figures.owner == owner)
    }

    /// An owner's credentials, by name.
    pub fn credentials_of(
        &self,
        owner: Option<OwnerIndex>,
    ) -> impl ExactSizeIterator<Item = CredentialIndex> + '_ {
        self.owned.credentials.of(self.group(owner)).iter().map(|&at| CredentialIndex(at))
    }

    /// An owner's service instances, by name.
    pub fn instances_of(
        &self,
        owner: Option<OwnerIndex>,
    ) -> impl ExactSizeIterator<Item = InstanceIndex> + '_ {
        self.owned.instances.of(self.group(owner)).iter().map(|&at| InstanceIndex(at))
    }

    fn group(&self, owner: Option<OwnerIndex>) -> usize {
        owner.map_or(self.owned.credentials.groups() - 1, OwnerIndex::index)
    }

    /// The figures of all, the owner whose things reach farthest first, then by name.
    pub fn farthest_reaching(&self) -> Vec<&OwnerFigures> {
        let mut ranked: Vec<&OwnerFigures> = self.figures.iter().collect();
        ranked.sort_by_key(|figures| std::cmp::Reverse(figures.reach));
        ranked
    }
}

/// An owner's name, as it was written: escape it before it is shown.
pub fn owner_label(graph: &AccessGraph, owner: Option<OwnerIndex>) -> &str {
    owner.map_or(NO_OWNER, |owner| graph.owner_name(owner))
}

/// Whether one owner alone is named, so that nobody is left if they leave.
pub fn is_alone(owners: &[OwnerIndex], owner: Option<OwnerIndex>) -> bool {
    matches!((owners, owner), ([only], Some(owner)) if *only == owner)
}

/// Tells what each owner answers for; `None` when cancelled. The movements are the graph's own.
///
/// Owners start from all that is theirs as bits of machine words, all at once: costs what all
/// blast radii cost, for each way of counting, and time in proportion to owners named.
pub fn owners(
    graph: &AccessGraph,
    sharing: &[Sharing],
    findings: &[Finding],
    movements: (&Movement, &Movement),
    progress: &Progress,
) -> Option<Owners> {
    let owned = Owned::new(graph);
    let [together, stated_together] = owned.together();
    let fallen = |movement: &Movement, together: &[Together<'_>]| {
        Some(radii(movement, 0, Asked { together, ..Asked::default() }, progress)?.together)
    };
    let all = fallen(movements.0, &together)?;
    let stated = if std::ptr::eq(movements.0, movements.1) {
        all.clone()
    } else {
        fallen(movements.1, &stated_together)?
    };
    Some(owners_of(graph, (sharing, findings), owned, (&all, &stated)))
}

/// The same from what is whose, and how many instances fall with all that each owner has, by all access and by
/// stated access alone.
pub(crate) fn owners_of(
    graph: &AccessGraph,
    (sharing, findings): (&[Sharing], &[Finding]),
    owned: Owned,
    (fallen, fallen_stated): (&[u32], &[u32]),
) -> Owners {
    let Owned { credentials, instances, in_parts: _ } = &owned;
    let groups = credentials.groups();
    let mut figures: Vec<OwnerFigures> = (0..groups as u32)
        .map(|at| Some(OwnerIndex(at)).filter(|owner| owner.index() + 1 < groups))
        .map(|owner| OwnerFigures { owner, ..OwnerFigures::default() })
        .collect();
    for (group, figures) in figures.iter_mut().enumerate() {
        for &at in credentials.of(group) {
            count(graph, sharing, CredentialIndex(at), figures);
        }
        let own = instances.of(group);
        let alone =
            |at: &&u32| is_alone(graph.owners_of_instance(InstanceIndex(**at)), figures.owner);
        figures.service_instances_alone = own.iter().filter(alone).count();
        figures.service_instances = own.len();
    }
    for finding in findings {
        let named = match finding.subject {
            Subject::Credential(at) => graph.owners_of(at),
            Subject::Instance(at) => graph.owners_of_instance(at),
        };
        for group in groups_of(named, groups) {
            figures[group].findings[finding.severity.rank()] += 1;
        }
    }
    for (group, figures) in figures.iter_mut().enumerate() {
        // What is theirs has fallen to begin with, and does not count.
        let own = figures.service_instances as u32;
        figures.reach = fallen[group] - own;
        figures.reach_stated = fallen_stated[group] - own;
    }
    figures.retain(|figures| figures.credentials.all() + figures.service_instances > 0);
    Owners { figures, owned }
}

/// A list for each owner, and one of what has none.
fn by_owner<'a>(
    groups: usize,
    subjects: usize,
    owners_of: impl Fn(u32) -> &'a [OwnerIndex] + Copy,
) -> Grouped<u32> {
    let pairs = (0..subjects as u32)
        .flat_map(move |at| groups_of(owners_of(at), groups).map(move |group| (group as u32, at)));
    Grouped::new(groups, pairs)
}

/// The credentials with which each owner begins by stated access alone, by their numbers in its movement:
/// those of the graph, then the parts.
fn stated_by_owner(graph: &AccessGraph, groups: usize) -> Grouped<u32> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut add = |number: u32, owners: &[OwnerIndex]| {
        pairs.extend(groups_of(owners, groups).map(|group| (group as u32, number)));
    };
    for at in graph.credential_indices() {
        let range = graph.stated_part_range(at);
        if range.is_empty() {
            add(at.0, graph.owners_of(at));
        }
        for (number, part) in range.zip(graph.stated_parts_of(at)) {
            // Where a row names an owner, no part of the credential is nobody's.
            if !part.owners.is_empty() || graph.owners_of(at).is_empty() {
                add((graph.credentials().len() + number) as u32, &part.owners);
            }
        }
    }
    Grouped::new(groups, pairs.into_iter())
}

/// The lists in which something stands: one for each owner that it names, else the last.
fn groups_of(named: &[OwnerIndex], groups: usize) -> impl Iterator<Item = usize> + Clone + '_ {
    let nobody = named.is_empty().then_some(groups - 1);
    named.iter().map(|owner| owner.index()).chain(nobody)
}

/// Counts a credential among its owner's.
fn count(
    graph: &AccessGraph,
    sharing: &[Sharing],
    at: CredentialIndex,
    figures: &mut OwnerFigures,
) {
    let credential = graph.credential(at);
    let is_live = credential.is_live();
    figures.credentials.count(is_live);
    if let Some(sharing) = sharing.get(at.index()) {
        if sharing.shared {
            figures.shared.count(is_live);
        }
        if sharing.crossing != Crossing::None {
            figures.crossing.count(is_live);
        }
    }
    figures.no_expiry += usize::from(is_live && credential.expires.is_none());
    if is_alone(graph.owners_of(at), figures.owner) {
        figures.credentials_alone.count(is_live);
    } else if is_live {
        let mut parts = graph.stated_parts_of(at).iter();
        let is_alone = parts.any(|part| is_alone(&part.owners, figures.owner));
        figures.credentials_alone_apart += usize::from(is_alone);
    }
}
