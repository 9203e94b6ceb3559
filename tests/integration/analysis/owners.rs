//! What each owner answers for, against the rows.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::properties::cases;
use keyreach::analysis::{Answers, LiveAndDead, Owners, Severity, Subject, owner_label};
use keyreach::graph::{AccessGraph, OwnerIndex, testing};
use keyreach::inventory::Progress;
use proptest::prelude::*;

use super::brute_force::{Brute, Pair, Row, Site, pair_with, rows};

/// Cells with owners, and whom they name.
const CELLS: [(&str, &[&str]); 5] = [
    ("", &[]),
    ("ana", &["ana"]),
    ("bo", &["bo"]),
    ("ana;bo", &["ana", "bo"]),
    ("cy;ana", &["ana", "cy"]),
];

/// For each row which cell owns the credential, and which the service.
type Cells = Vec<(usize, usize)>;

fn more((credential, service): (usize, usize)) -> String {
    let mut words = String::new();
    for (word, cell) in [("owner", CELLS[credential].0), ("service_owner", CELLS[service].0)] {
        if !cell.is_empty() {
            write!(words, "{word}={cell} ").unwrap();
        }
    }
    words
}

fn answers(graph: &AccessGraph) -> Answers {
    Answers::compute(graph.clone(), &Progress::default()).unwrap()
}

struct Case {
    pair: Pair,
    cells: Cells,
    answers: Answers,
}

impl Case {
    fn new(rows: &[Row], cells: &Cells, unstated: usize, pivot: usize) -> Self {
        let words: Vec<String> = cells.iter().map(|&cell| more(cell)).collect();
        let pair = pair_with(rows.to_vec(), &words, unstated, pivot);
        let answers = answers(&pair.graph);
        Self { pair, cells: cells.clone(), answers }
    }

    fn with_cells(&self) -> impl Iterator<Item = (&Row, &(usize, usize))> {
        self.pair.brute.rows.iter().zip(&self.cells)
    }

    fn owners_of_secret(&self, secret: usize) -> BTreeSet<&'static str> {
        let of_it = self.with_cells().filter(|(row, _)| row.0 == secret);
        of_it.flat_map(|(_, cells)| CELLS[cells.0].1).copied().collect()
    }

    fn owners_of_site(&self, site: Site) -> BTreeSet<&'static str> {
        let of_it = self.with_cells().filter(|(row, _)| Brute::site(row) == site);
        of_it.flat_map(|(_, cells)| CELLS[cells.1].1).copied().collect()
    }

    /// Whether something with these owners is one owner's, or nobody's.
    fn is_of(owners: &BTreeSet<&'static str>, owner: &str) -> bool {
        if owner == "no owner" { owners.is_empty() } else { owners.contains(owner) }
    }

    fn count(&self, secrets: impl Iterator<Item = usize>) -> LiveAndDead {
        let mut counts = LiveAndDead::default();
        for secret in secrets {
            counts.live += usize::from(self.pair.brute.live(secret));
            counts.dead += usize::from(!self.pair.brute.live(secret));
        }
        counts
    }

    fn check(&self, owner: &str) -> bool {
        let (graph, brute) = (&self.pair.graph, &self.pair.brute);
        let secrets: Vec<usize> = (self.pair.secrets.keys().copied())
            .filter(|&secret| Self::is_of(&self.owners_of_secret(secret), owner))
            .collect();
        let sites: Vec<Site> = (self.pair.sites.keys().copied())
            .filter(|&site| Self::is_of(&self.owners_of_site(site), owner))
            .collect();
        let index = graph.owners().iter().position(|name| name == owner);
        let index = index.map(|at| OwnerIndex(at as u32));
        let is_known = index.is_some() || owner == "no owner";
        let found = self.answers.owners.of(index).filter(|_| is_known);
        if secrets.is_empty() && sites.is_empty() {
            assert_eq!(found, None, "{owner} has nothing");
            return false;
        }
        let figures = found.unwrap();
        assert_eq!(owner_label(graph, figures.owner), owner);
        assert_eq!(figures.credentials, self.count(secrets.iter().copied()));
        assert_eq!(figures.service_instances, sites.len());
        let ends =
            |secret: usize| (brute.sites(secret, false, false), brute.sites(secret, true, false));
        let shared = secrets.iter().copied().filter(|&secret| {
            let (held, granted) = ends(secret);
            held.len() > 1 || granted.len() > 1
        });
        assert_eq!(figures.shared, self.count(shared));
        let crossing = secrets.iter().copied().filter(|&secret| {
            let (held, granted) = ends(secret);
            let labels: BTreeSet<_> = held.union(&granted).map(|site| site.1).collect();
            labels.iter().filter(|label| !label.is_empty()).count() > 1
        });
        assert_eq!(figures.crossing, self.count(crossing));
        let expires = |secret| brute.rows.iter().any(|row| row.0 == secret && row.6 >= 3);
        let lasting = secrets.iter().filter(|&&secret| brute.live(secret) && !expires(secret));
        assert_eq!(figures.no_expiry, lasting.count());
        for (reach, stated_only) in [(figures.reach, false), (figures.reach_stated, true)] {
            let fallen = brute.blast(&secrets, &sites, stated_only).reached.len();
            assert_eq!(reach as usize, fallen, "{owner} reaches, stated only {stated_only}");
        }
        let alone = |owners: BTreeSet<&str>| owners.len() == 1;
        let secrets_alone = secrets.iter().copied().filter(|&at| alone(self.owners_of_secret(at)));
        assert_eq!(figures.credentials_alone, self.count(secrets_alone));
        let sites_alone = sites.iter().filter(|&&site| alone(self.owners_of_site(site)));
        assert_eq!(figures.service_instances_alone, sites_alone.count());
        self.check_findings(owner, figures.findings);
        let listed: BTreeSet<_> = self.answers.owners.credentials_of(index).collect();
        assert_eq!(listed, secrets.iter().map(|secret| self.pair.secrets[secret]).collect());
        let listed: BTreeSet<_> = self.answers.owners.instances_of(index).collect();
        assert_eq!(listed, sites.iter().map(|site| self.pair.sites[site]).collect());
        true
    }

    fn check_findings(&self, owner: &str, counted: [usize; 4]) {
        let mut expected = [0; 4];
        for finding in &self.answers.findings {
            let owners = match finding.subject {
                Subject::Credential(at) => {
                    let secret = self.pair.secrets.iter().find(|(_, own)| **own == at).unwrap().0;
                    self.owners_of_secret(*secret)
                }
                Subject::Instance(at) => {
                    let site = self.pair.sites.iter().find(|(_, own)| **own == at).unwrap().0;
                    self.owners_of_site(*site)
                }
            };
            let place = Severity::ALL.iter().position(|one| *one == finding.severity).unwrap();
            expected[place] += usize::from(Self::is_of(&owners, owner));
        }
        assert_eq!(counted, expected, "findings of {owner}");
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn owners_equal_a_walk_over_the_rows(
        rows in rows(), cells in prop::collection::vec((0usize..5, 0usize..5), 22),
        unstated in 0usize..3, pivot in 0usize..3,
    ) {
        let case = Case::new(&rows, &cells, unstated, pivot);
        let all = ["ana", "bo", "cy", "no owner"];
        let with_anything = all.into_iter().filter(|owner| case.check(owner)).count();
        let figures = &case.answers.owners.figures;
        prop_assert_eq!(figures.len(), with_anything);
        let names: Vec<&str> =
            figures.iter().map(|one| owner_label(&case.pair.graph, one.owner)).collect();
        prop_assert!(names.is_sorted(), "by name, and nobody last: {:?}", names);
    }
}

fn of<'a>(
    graph: &AccessGraph,
    owners: &'a Owners,
    name: &str,
) -> &'a keyreach::analysis::OwnerFigures {
    let index = graph.owners().iter().position(|known| known == name);
    owners.of(index.map(|at| OwnerIndex(at as u32))).unwrap()
}

/// Ana's key leads over the bus, which is hers, into the bank; bo has a part in k2.
#[test]
fn what_two_owners_answer_for() {
    let text = "k1 holds shop@dev owner=ana\nk1 grants bus@test service_owner=ana\n\
                k2 holds bus@test owner=ana;bo\nk2 grants bank@prod service_owner=bo\n\
                k3 holds shop@dev owner=bo status=dead\nk3 grants till@prod\nk4 grants till@prod\n";
    let graph = testing::graph(text);
    let owners = answers(&graph).owners;
    let ana = of(&graph, &owners, "ana");
    assert_eq!(ana.credentials, LiveAndDead { live: 2, dead: 0 });
    assert_eq!((ana.service_instances, ana.reach), (1, 1), "the bank; the bus is her own");
    assert_eq!(ana.credentials_alone, LiveAndDead { live: 1, dead: 0 });
    assert_eq!(ana.service_instances_alone, 1);
    assert_eq!((ana.crossing.live, ana.no_expiry), (2, 2));
    let bo = of(&graph, &owners, "bo");
    assert_eq!(bo.credentials, LiveAndDead { live: 1, dead: 1 });
    assert_eq!(bo.credentials_alone, LiveAndDead { live: 0, dead: 1 });
    assert_eq!((bo.service_instances, bo.reach), (1, 0), "the bank is his own");
    let nobody = of(&graph, &owners, "no owner");
    assert_eq!(nobody.credentials, LiveAndDead { live: 1, dead: 0 });
    // The shop leads by k1 to bus and bank; the till is nobody's, like the shop.
    assert_eq!((nobody.service_instances, nobody.reach), (2, 2));
    assert_eq!((nobody.credentials_alone.all(), nobody.service_instances_alone), (0, 0));
}

#[test]
fn an_empty_inventory_has_no_owners() {
    assert!(answers(&testing::graph("")).owners.figures.is_empty());
}

#[test]
fn dead_credentials_of_an_owner_are_counted_apart_and_reach_nothing() {
    let graph = testing::graph("k holds a@dev owner=ana status=dead\nk grants b@prod\n");
    let owners = answers(&graph).owners;
    let ana = of(&graph, &owners, "ana");
    assert_eq!(ana.credentials, LiveAndDead { live: 0, dead: 1 });
    assert_eq!((ana.crossing, ana.no_expiry, ana.reach), (ana.credentials, 0, 0));
    assert_eq!(ana.credentials_alone, ana.credentials);
}

/// Each of many owners has a key to a hub, which opens everything.
#[test]
fn the_reach_of_many_owners_is_not_walked_one_by_one() {
    let (many, spokes) = (2_000, 100_000);
    let names = (0..spokes).map(|at| format!("s{at}@prod")).collect::<Vec<_>>().join(",");
    let mut text = format!("hub holds bus@ci\nhub grants {names}\n");
    for at in 0..many {
        writeln!(text, "k{at} grants bus@ci owner=team{at}").unwrap();
    }
    let graph = testing::graph(&text);
    let answers = answers(&graph);
    assert_eq!(answers.owners.figures.len(), many + 1);
    let (nobody, teams) = answers.owners.figures.split_last().unwrap();
    assert!(teams.iter().all(|team| team.reach == spokes + 1 && team.credentials.live == 1));
    assert_eq!((nobody.owner, nobody.service_instances, nobody.reach), (None, 100_001, 0));
}
