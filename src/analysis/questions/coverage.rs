//! What the inventory cannot say: silence is not safety.

use crate::analysis::movement::counting::Counting;
use crate::analysis::questions::findings::finding::Subject;
use crate::graph::{AccessGraph, Edge, EdgeIndex};
use crate::inventory::{Fact, Inventory, SourceId};

/// How many are silent on something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// How many of them.
    pub missing: usize,
    /// How many with stated access alone.
    pub missing_stated: usize,
    /// How many there are.
    pub of: usize,
}

/// What is not said. Credentials are the live ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Credentials that nothing holds.
    pub credentials_without_holder: Gap,
    /// Credentials that grant nothing.
    pub credentials_without_grant: Gap,
    /// Credentials without an owner.
    pub credentials_without_owner: Gap,
    /// Credentials without an expiry.
    pub credentials_without_expiry: Gap,
    /// Service instances that no credential grants.
    pub instances_without_grant: Gap,
    /// Service instances without an owner.
    pub instances_without_owner: Gap,
    /// Service instances without a known environment.
    pub instances_without_environment: Gap,
    /// Edges of which no row states the access.
    pub assumed_edges: usize,
    /// How many edges there are.
    pub edges: usize,
}

impl Coverage {
    /// How many links rest on assumed access; `None` where none does.
    pub fn assumed_words(&self) -> Option<String> {
        let Self { assumed_edges, edges, .. } = self;
        let rest = if *assumed_edges == 1 { "rests" } else { "rest" };
        (*assumed_edges > 0)
            .then(|| format!("{assumed_edges} of {edges} links {rest} on assumption"))
    }
}

/// Counts what is not said. Costs time in proportion to the edges.
pub fn coverage(graph: &AccessGraph) -> Coverage {
    let mut coverage = Coverage { edges: graph.edges().len(), ..Coverage::default() };
    coverage.assumed_edges = graph.edges().iter().filter(|edge| edge.assumed).count();
    let none = |edges: &[EdgeIndex], counting: Counting| {
        let counts =
            |edge: &Edge| counting.counts(edge) && graph.credential(edge.credential).is_live();
        !edges.iter().any(|&edge| counts(graph.edge(edge)))
    };
    let of_edges = |gap: &mut Gap, edges: &[EdgeIndex]| {
        let (all, stated) = (none(edges, Counting::All), none(edges, Counting::StatedOnly));
        gap.count(all, stated);
    };
    for at in graph.credential_indices() {
        let credential = graph.credential(at);
        if !credential.is_live() {
            continue;
        }
        of_edges(&mut coverage.credentials_without_holder, graph.held_by(at));
        of_edges(&mut coverage.credentials_without_grant, graph.grants(at));
        let (owner, expiry) = (graph.owners_of(at).is_empty(), credential.expires.is_none());
        coverage.credentials_without_owner.count(owner, owner);
        coverage.credentials_without_expiry.count(expiry, expiry);
    }
    for at in graph.instance_indices() {
        of_edges(&mut coverage.instances_without_grant, graph.granted_by(at));
        let owner = graph.owners_of_instance(at).is_empty();
        coverage.instances_without_owner.count(owner, owner);
        let unknown = !graph.environment_of(at).is_known();
        coverage.instances_without_environment.count(unknown, unknown);
    }
    coverage
}

/// A fact for which no column was read in some of the sources that have rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadFact {
    /// The fact.
    pub fact: Fact,
    /// The sources, in their order.
    pub sources: Vec<SourceId>,
    /// Whether these are all.
    pub everywhere: bool,
}

impl UnreadFact {
    /// What was not read, and where: "no column was read as the owner in a.csv".
    pub fn words(&self, inventory: &Inventory) -> String {
        let Self { fact, sources, everywhere } = self;
        let what = match fact {
            Fact::LastUse => {
                format!("no column was read as the {}, which KR13 judges by", fact.word())
            }
            Fact::Owner | Fact::ServiceOwner | Fact::Expiry | Fact::Environment => {
                format!("no column was read as the {}", fact.word())
            }
        };
        if *everywhere {
            return what;
        }
        let name = |source: &SourceId| {
            let source = inventory.sources.get(usize::from(source.0));
            source.map_or("?", |source| source.name.as_str())
        };
        let names: Vec<&str> = sources.iter().take(MOST_NAMES).map(name).collect();
        let more = match sources.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{what} in {}{more}", names.join(", "))
    }
}

/// How many sources are named of those that do not say something.
const MOST_NAMES: usize = 5;

/// The facts for which no column was read, so that silence about them means nothing.
pub fn unread_facts(inventory: &Inventory) -> Vec<UnreadFact> {
    let with_rows = || (0_u16..).zip(&inventory.sources).filter(|(_, one)| one.ledger.read() > 0);
    let whole = with_rows().count();
    let of = |fact: Fact| {
        let silent = with_rows().filter(|(_, source)| !source.facts.contains(fact));
        let sources: Vec<SourceId> = silent.map(|(at, _)| SourceId(at)).collect();
        let everywhere = sources.len() == whole;
        UnreadFact { fact, sources, everywhere }
    };
    Fact::ALL.into_iter().map(of).filter(|unread| !unread.sources.is_empty()).collect()
}

impl Gap {
    fn count(&mut self, missing: bool, missing_stated: bool) {
        self.of += 1;
        self.missing += usize::from(missing);
        self.missing_stated += usize::from(missing_stated);
    }
}

/// One thing that an inventory can be silent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Silence {
    /// Nothing holds a credential.
    Holder,
    /// A credential grants nothing.
    Grant,
    /// A credential has no owner.
    Owner,
    /// A credential has no expiry.
    Expiry,
    /// No credential grants an instance.
    InstanceGrant,
    /// An instance has no owner.
    InstanceOwner,
    /// The environment of an instance is not known.
    Environment,
}

impl Silence {
    /// Every one, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::Holder,
        Self::Grant,
        Self::Owner,
        Self::Expiry,
        Self::InstanceGrant,
        Self::InstanceOwner,
        Self::Environment,
    ];

    /// How many are silent on it.
    pub fn gap(self, coverage: &Coverage) -> Gap {
        match self {
            Self::Holder => coverage.credentials_without_holder,
            Self::Grant => coverage.credentials_without_grant,
            Self::Owner => coverage.credentials_without_owner,
            Self::Expiry => coverage.credentials_without_expiry,
            Self::InstanceGrant => coverage.instances_without_grant,
            Self::InstanceOwner => coverage.instances_without_owner,
            Self::Environment => coverage.instances_without_environment,
        }
    }

    /// Of what the inventory is silent: "live credentials".
    pub fn of(self) -> &'static str {
        match self {
            Self::Holder | Self::Grant | Self::Owner | Self::Expiry => "live credentials",
            Self::InstanceGrant | Self::InstanceOwner | Self::Environment => "service instances",
        }
    }

    /// What follows the number of those on which the inventory is silent, in a list of what it
    /// does not say: "of 31 live credentials have no holder, 4 with stated access alone".
    pub fn words(self, gap: Gap) -> String {
        let Gap { missing, missing_stated, of } = gap;
        let [one, several] = match self {
            Self::Holder => ["has no holder", "have no holder"],
            Self::Grant => ["grants nothing", "grant nothing"],
            Self::Owner | Self::InstanceOwner => ["has no owner", "have no owner"],
            Self::Expiry => ["has no expiry", "have no expiry"],
            Self::InstanceGrant => ["is granted by no credential", "are granted by no credential"],
            Self::Environment => ["has no known environment", "have no known environment"],
        };
        let what = if missing == 1 { one } else { several };
        let stated = if missing_stated == missing {
            String::new()
        } else {
            format!(", {missing_stated} with stated access alone")
        };
        format!("of {of} {} {what}{stated}", self.of())
    }

    /// What it is silent on, by name, as [`Coverage`] counts it.
    pub fn members(self, graph: &AccessGraph) -> impl Iterator<Item = Subject> + '_ {
        let (credentials, instances) = match self {
            Self::Holder | Self::Grant | Self::Owner | Self::Expiry => (true, false),
            Self::InstanceGrant | Self::InstanceOwner | Self::Environment => (false, true),
        };
        let of_credentials = graph.credential_indices().filter(move |_| credentials);
        let of_instances = graph.instance_indices().filter(move |_| instances);
        let all = of_credentials.map(Subject::Credential);
        all.chain(of_instances.map(Subject::Instance)).filter(move |&at| self.holds(graph, at))
    }

    /// Whether nothing is said of a subject.
    fn holds(self, graph: &AccessGraph, subject: Subject) -> bool {
        let silent = |edges: &[EdgeIndex]| {
            !edges.iter().map(|&edge| graph.edge(edge)).any(|edge| {
                Counting::All.counts(edge) && graph.credential(edge.credential).is_live()
            })
        };
        match (subject, self) {
            (Subject::Credential(at), _) if !graph.credential(at).is_live() => false,
            (Subject::Credential(at), Self::Holder) => silent(graph.held_by(at)),
            (Subject::Credential(at), Self::Grant) => silent(graph.grants(at)),
            (Subject::Credential(at), Self::Owner) => graph.owners_of(at).is_empty(),
            (Subject::Credential(at), Self::Expiry) => graph.credential(at).expires.is_none(),
            (Subject::Instance(at), Self::InstanceGrant) => silent(graph.granted_by(at)),
            (Subject::Instance(at), Self::InstanceOwner) => graph.owners_of_instance(at).is_empty(),
            (Subject::Instance(at), Self::Environment) => !graph.environment_of(at).is_known(),
            (Subject::Credential(_) | Subject::Instance(_), _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{FileBytes, FingerprintKey, ImportSettings, import};
    use crate::inventory::{Assumptions, Progress};

    #[test]
    fn a_gap_agrees_with_its_number_and_says_what_stated_access_leaves() {
        let gap = |missing, missing_stated| Gap { missing, missing_stated, of: 31 };
        let one = Silence::Owner.words(gap(1, 1));
        assert_eq!(one, "of 31 live credentials has no owner");
        let several = Silence::InstanceGrant.words(gap(2, 5));
        let said =
            "of 31 service instances are granted by no credential, 5 with stated access alone";
        assert_eq!(several, said);
    }

    #[test]
    fn every_gap_lists_as_many_as_it_counts() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let mut listed = Silence::ALL.map(|_| 0);
        for name in ["payments.csv", "messy.csv", "talk.csv"] {
            let bytes = std::fs::read(folder.join(name)).unwrap();
            let key = FingerprintKey::from_bytes([7; 32]);
            let files = vec![FileBytes::new(name, bytes)];
            let settings = ImportSettings::default();
            let inventory = import(files, &key, &settings, &Progress::default()).unwrap();
            let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
            let graph = AccessGraph::build(std::sync::Arc::new(inventory), &assumptions);
            let coverage = coverage(&graph);
            for (silence, listed) in Silence::ALL.into_iter().zip(&mut listed) {
                let (gap, members) = (silence.gap(&coverage), silence.members(&graph).count());
                assert_eq!(gap.missing, members, "{name}: {silence:?}");
                *listed += members;
            }
        }
        assert!(listed.iter().all(|&listed| listed > 0), "a gap without a member: {listed:?}");
    }
}
