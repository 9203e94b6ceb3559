//! Thousands of small random inventories, each answered twice: by the product, and by loops over
//! the rows that know nothing of indices, components or sorted lists.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::properties::cases;
use keyreach::analysis::{
    Counting, Crossing, LeadingAcross, Starts, blast_radius, hop_by_hop, reach_of_all,
    sharing_of_all, totals,
};
use keyreach::graph::{AccessGraph, CredentialIndex, InstanceIndex, testing};
use keyreach::inventory::{Assumptions, Level, Progress, UnstatedAccess};
use proptest::prelude::*;

const SERVICES: [&str; 5] = ["web", "Web", "db", "bus", "job"];
const ENVIRONMENTS: [(&str, &str, Option<u8>); 8] = [
    ("dev", "dev", Some(0)),
    ("DEVELOPMENT", "dev", Some(0)),
    ("ci", "ci", Some(1)),
    ("stage", "staging", Some(2)),
    ("prod", "prod", Some(3)),
    ("Live", "prod", Some(3)),
    ("Mars", "mars", None),
    ("", "", None),
];
const ACCESS: [&str; 4] = ["holds", "grants", "both", "?"];
const LEVELS: [&str; 4] = ["", "read", "write", "admin"];
const LIVES: [&str; 5] =
    ["", "status=live", "status=dead", "expires=2026-01-01", "expires=2027-01-01"];

/// One row: secret, alias, access, service, environment, level, life.
pub(super) type Row = (usize, usize, usize, usize, usize, usize, usize);
pub(super) type Site = (&'static str, &'static str);

pub(super) fn rows() -> impl Strategy<Value = Vec<Row>> {
    let life = prop_oneof![6 => Just(0usize), 4 => 0usize..LIVES.len()];
    let row = (0usize..6, 0usize..3, 0usize..4, 0usize..5, 0usize..8, 0usize..4, life);
    prop::collection::vec(row, 0..22)
}

/// A line for each row; what else it says stands behind it.
fn written(rows: &[Row], more: &[String]) -> String {
    let line =
        |(at, &(secret, alias, access, service, environment, level, life)): (usize, &Row)| {
            let id = if alias == 0 { String::new() } else { format!("id{secret}-{alias}") };
            let (access, service) = (ACCESS[access], SERVICES[service]);
            let (environment, level, life) =
                (ENVIRONMENTS[environment].0, LEVELS[level], LIVES[life]);
            let more = more.get(at).map_or("", String::as_str);
            format!("F{secret}:{id} {access} {service}@{environment} level={level} {life} {more}\n")
        };
    rows.iter().enumerate().map(line).collect()
}

pub(super) struct Brute {
    assumptions: Assumptions,
    pub(super) rows: Vec<Row>,
}

impl Brute {
    pub(super) fn site(row: &Row) -> Site {
        (SERVICES[row.3], ENVIRONMENTS[row.4].1)
    }

    fn tier(site: Site) -> Option<u8> {
        ENVIRONMENTS.iter().find(|(_, label, _)| *label == site.1).and_then(|(_, _, tier)| *tier)
    }

    pub(super) fn live(&self, secret: usize) -> bool {
        let of_secret = || self.rows.iter().filter(|row| row.0 == secret);
        let dead = of_secret().any(|row| row.6 == 2 || row.6 == 3);
        let live = of_secret().any(|row| row.6 == 1 || row.6 == 4);
        live || !dead
    }

    fn says(&self, row: &Row, grants: bool, stated_only: bool) -> bool {
        let access = match (row.2, self.assumptions.unstated_access) {
            (3, _) if stated_only => return false,
            (3, UnstatedAccess::Both) => 2,
            (3, UnstatedAccess::Holds) => 0,
            (3, UnstatedAccess::Grants) => 1,
            (stated, _) => stated,
        };
        access == 2 || (access == 1) == grants
    }

    pub(super) fn sites(&self, secret: usize, grants: bool, stated_only: bool) -> BTreeSet<Site> {
        let said = |row: &&Row| row.0 == secret && self.says(row, grants, stated_only);
        self.rows.iter().filter(said).map(Self::site).collect()
    }

    fn holders(&self, secret: usize) -> BTreeSet<Site> {
        self.sites(secret, false, false)
    }

    pub(super) fn pivots(&self, secret: usize, site: Site, stated_only: bool) -> bool {
        let said = |row: &&Row| {
            row.0 == secret && Self::site(row) == site && self.says(row, true, stated_only)
        };
        let best = self.rows.iter().filter(said).map(|row| row.5).max().unwrap_or(0);
        let needs = match self.assumptions.pivot_needs {
            Level::Unknown => 0,
            Level::Read => 1,
            Level::Write => 2,
            Level::Admin => 3,
        };
        best >= needs || (best == 0 && !stated_only)
    }

    /// Hops to each instance and to each credential obtained, and the instances gone on from.
    pub(super) fn blast(&self, secrets: &[usize], sites: &[Site], stated_only: bool) -> Fallen {
        let mut fallen = Fallen::default();
        let mut known: BTreeSet<usize> = secrets.iter().copied().collect();
        let mut expanded: BTreeSet<Site> = sites.iter().copied().collect();
        let mut hops = 0;
        loop {
            let mut changed = false;
            for secret in 0..6 {
                let held = self.sites(secret, false, stated_only);
                let found = held.iter().any(|site| expanded.contains(site));
                if self.live(secret) && found && known.insert(secret) {
                    fallen.obtained.insert(secret, hops);
                    changed = true;
                }
            }
            hops += 1;
            for &secret in known.iter().filter(|&&secret| self.live(secret)) {
                for site in self.sites(secret, true, stated_only) {
                    if !sites.contains(&site) && !fallen.reached.contains_key(&site) {
                        fallen.reached.insert(site, hops);
                        changed = true;
                    }
                    if self.pivots(secret, site, stated_only) && expanded.insert(site) {
                        changed = true;
                    }
                }
            }
            if !changed {
                fallen.expanded = expanded;
                return fallen;
            }
        }
    }
}

#[derive(Default)]
pub(super) struct Fallen {
    pub(super) reached: BTreeMap<Site, u32>,
    pub(super) obtained: BTreeMap<usize, u32>,
    pub(super) expanded: BTreeSet<Site>,
}

/// Both sides of the comparison, and who is who.
pub(super) struct Pair {
    pub(super) brute: Brute,
    pub(super) graph: AccessGraph,
    pub(super) secrets: BTreeMap<usize, CredentialIndex>,
    pub(super) sites: BTreeMap<Site, InstanceIndex>,
}

pub(super) fn pair(rows: Vec<Row>, unstated: usize, pivot: usize) -> Pair {
    pair_with(rows, &[], unstated, pivot)
}

/// The same where rows say more than is compared here.
pub(super) fn pair_with(rows: Vec<Row>, more: &[String], unstated: usize, pivot: usize) -> Pair {
    let mut assumptions = Assumptions::new(testing::as_of());
    assumptions.unstated_access = UnstatedAccess::ALL[unstated];
    assumptions.pivot_needs = [Level::Unknown, Level::Write, Level::Admin][pivot];
    let inventory = Arc::new(testing::inventory(&written(&rows, more)));
    let graph = AccessGraph::build(inventory, &assumptions);
    let secrets: BTreeMap<_, _> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let has = |c: &CredentialIndex| graph.rows_of(*c).iter().any(|id| id.0 == at as u32);
            (row.0, graph.credential_indices().find(has).expect("each row has its credential"))
        })
        .collect();
    let sites: BTreeMap<_, _> = rows
        .iter()
        .map(Brute::site)
        .map(|site| (site, graph.find_instance(site.0, site.1).expect("each site is there")))
        .collect();
    assert_eq!((secrets.len(), sites.len()), (graph.credentials().len(), graph.instances().len()));
    Pair { brute: Brute { assumptions, rows }, graph, secrets, sites }
}

fn check_blast(pair: &Pair, secrets: &[usize], sites: &[Site], stated_only: bool) -> u32 {
    let Pair { brute, graph, .. } = pair;
    let counting = if stated_only { Counting::StatedOnly } else { Counting::All };
    let starts = Starts {
        credentials: secrets.iter().map(|secret| pair.secrets[secret]).collect(),
        instances: sites.iter().map(|site| pair.sites[site]).collect(),
    };
    let answer = blast_radius(graph, &starts, counting);
    let expected = brute.blast(secrets, sites, stated_only);
    let reached: BTreeMap<_, _> = answer.reached.iter().map(|r| (r.instance, r.hops)).collect();
    let wanted = expected.reached.iter().map(|(site, &hops)| (pair.sites[site], hops)).collect();
    assert_eq!(reached, wanted);
    assert_eq!(reached.len(), answer.reached.len());
    let obtained: BTreeMap<_, _> = answer.obtained.iter().map(|o| (o.credential, o.hops)).collect();
    let wanted = expected.obtained.iter().map(|(at, &hops)| (pair.secrets[at], hops)).collect();
    assert_eq!(obtained, wanted);
    assert!(answer.reached.is_sorted_by_key(|reached| (reached.hops, reached.instance)));
    assert!(answer.obtained.is_sorted_by_key(|obtained| (obtained.hops, obtained.credential)));
    for site in expected.reached.keys() {
        let instance = pair.sites[site];
        let reached = answer.reached.iter().find(|reached| reached.instance == instance).unwrap();
        assert_eq!(reached.entered_only, !expected.expanded.contains(site));
        check_chain(pair, &starts, &answer.chain_to(instance), (instance, reached.hops), counting);
    }
    let falls: Vec<_> =
        hop_by_hop(&answer).iter().map(|fall| (fall.hop, fall.more, fall.so_far)).collect();
    assert_eq!(falls, counted_by_hop(&expected.reached));
    answer.reached.len() as u32
}

/// For each hop at which something is reached: how many are, and how many are in as many hops or fewer.
fn counted_by_hop(reached: &BTreeMap<Site, u32>) -> Vec<(u32, usize, usize)> {
    let count =
        |is_wanted: &dyn Fn(u32) -> bool| reached.values().filter(|hops| is_wanted(**hops)).count();
    let hops: BTreeSet<u32> = reached.values().copied().collect();
    hops.into_iter().map(|hop| (hop, count(&|own| own == hop), count(&|own| own <= hop))).collect()
}

fn check_chain(
    pair: &Pair,
    starts: &Starts,
    chain: &[keyreach::analysis::Step],
    (to, hops): (InstanceIndex, u32),
    counting: Counting,
) {
    let graph = &pair.graph;
    assert_eq!(chain.len(), hops as usize);
    let mut at = None;
    for (position, step) in chain.iter().enumerate() {
        match step.from {
            None => assert!(position == 0 && starts.credentials.contains(&step.credential)),
            Some(from) => {
                assert!(if position == 0 {
                    starts.instances.contains(&from)
                } else {
                    at == Some(from)
                });
                let edges = graph.holds(from).iter().map(|&edge| graph.edge(edge));
                let mut held = edges.filter(|edge| counting.counts(edge));
                assert!(held.any(|edge| edge.credential == step.credential));
            }
        }
        let edge = graph.edge(step.edge);
        assert_eq!((edge.credential, edge.instance), (step.credential, step.to));
        assert!(position + 1 == chain.len() || counting.pivots(edge));
        at = Some(step.to);
    }
    assert_eq!(at, Some(to));
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn blast_radius_and_reach_equal_a_walk_over_the_rows(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3, a in 0usize..6, b in 0usize..22,
    ) {
        let pair = pair(rows, unstated, pivot);
        for stated_only in [false, true] {
            let counting = if stated_only { Counting::StatedOnly } else { Counting::All };
            let reach = reach_of_all(&pair.graph, counting, &Progress::default()).unwrap();
            for (&secret, credential) in &pair.secrets {
                let count = check_blast(&pair, &[secret], &[], stated_only);
                assert_eq!(reach.credentials[credential.index()], count);
            }
            for (&site, instance) in &pair.sites {
                let count = check_blast(&pair, &[], &[site], stated_only);
                assert_eq!(reach.instances[instance.index()], count);
            }
            let secrets: Vec<_> = pair.secrets.keys().copied().filter(|&secret| secret <= a).collect();
            let sites: Vec<_> = pair.brute.rows.get(b).map(Brute::site).into_iter().collect();
            check_blast(&pair, &secrets, &sites, stated_only);
        }
    }

    #[test]
    fn sharing_equals_a_walk_over_the_rows(rows in rows(), unstated in 0usize..3) {
        let pair = pair(rows, unstated, 0);
        let all = sharing_of_all(&pair.graph);
        let (mut shared, mut crossing, mut holds, mut grants) = (0, 0, 0, 0);
        for (&secret, credential) in &pair.secrets {
            let answer = &all[credential.index()];
            let (held, granted) = (pair.brute.holders(secret), pair.brute.sites(secret, true, false));
            let linked: BTreeSet<_> = held.union(&granted).copied().collect();
            let labels: BTreeSet<_> = linked.iter().map(|s| s.1).filter(|l| !l.is_empty()).collect();
            let services: BTreeSet<_> = linked.iter().map(|site| site.0).collect();
            let rises = |stated_only| {
                let held = pair.brute.sites(secret, false, stated_only);
                let granted = pair.brute.sites(secret, true, stated_only);
                pair.brute.live(secret)
                    && held.iter().any(|&low| granted.iter().any(|&high| {
                        Brute::tier(low).zip(Brute::tier(high)).is_some_and(|(l, h)| l < h)
                    }))
            };
            let expected = match labels.len() {
                0 | 1 => Crossing::None,
                _ if rises(false) => Crossing::Upwards,
                _ => Crossing::Across,
            };
            let environments: Vec<_> = answer
                .environments
                .iter()
                .map(|&environment| pair.graph.environment(environment).label.as_str())
                .collect();
            assert_eq!(environments, labels.iter().copied().collect::<Vec<_>>());
            assert_eq!((answer.instances, answer.services), (linked.len() as u32, services.len() as u32));
            assert_eq!(answer.shared, held.len() > 1 || granted.len() > 1);
            assert_eq!(answer.crossing, expected);
            assert_eq!(answer.upwards_assumed, rises(false) && !rises(true));
            shared += usize::from(answer.shared);
            crossing += usize::from(expected != Crossing::None);
            holds += held.len();
            grants += granted.len();
        }
        let totals = totals(&pair.graph, &all);
        assert_eq!((totals.shared_credentials, totals.cross_environment_credentials), (shared, crossing));
        assert_eq!((totals.holds, totals.grants), (holds, grants));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(), unstated in 0usize..3) {
        let named: Vec<_> = rows.into_iter().map(|(a, _, c, d, e, f, g)| (a, 1, c, d, e, f, g)).collect();
        let backwards: Vec<_> = named.iter().rev().copied().collect();
        let (one, other) = (pair(named, unstated, 1), pair(backwards, unstated, 1));
        assert_eq!(one.graph.edges(), other.graph.edges());
        assert_eq!(one.graph.environments(), other.graph.environments());
        let names = |pair: &Pair| -> Vec<String> {
            let graph = &pair.graph;
            let credentials = graph.credential_indices().map(|c| graph.credential_name(c).to_owned());
            credentials.chain(graph.instance_indices().map(|i| graph.instance_name(i))).collect()
        };
        assert_eq!(names(&one), names(&other));
    }
}

/// Those of all credentials and of those that are stated, as figures.
pub(super) fn leading_across([all, stated]: [BTreeSet<u32>; 2]) -> LeadingAcross {
    LeadingAcross { all: all.len() as u32, stated: stated.len() as u32 }
}
