//! What fixes bring and break, against lists of secrets that are spelt out one by one, on random
//! small inventories; and by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::properties::cases;
use keyreach::analysis::{
    Counting, Ends, Fix, FixKind, Movement, RadiusChange, ReachOfAll, Rule, Subject, WhatIf,
    connected_pairs, ends, findings, fixed, graph_after, sharing_of_all, what_if, what_if_each,
};
use keyreach::graph::{
    AccessGraph, CredentialIndex, Edge, EdgeKind, InstanceIndex, OwnerIndex, testing,
};
use keyreach::inventory::{Level, Progress};
use proptest::prelude::*;

use super::between_ends::{Model, chosen_ends};
use super::brute_force::{Pair, pair, rows};

/// One secret, or the identity of one holder, by the numbers of what it is linked to.
#[derive(Clone, Debug)]
struct Plain {
    origin: u32,
    holders: BTreeSet<u32>,
    /// Where it leads, and whether an attacker goes on from there.
    grants: BTreeMap<u32, bool>,
    bound: bool,
    renewed: bool,
}

fn plain(model: &Model) -> Vec<Plain> {
    let of = |(&origin, holders): (&u32, &BTreeSet<u32>)| Plain {
        origin,
        holders: holders.clone(),
        grants: model.grants[&origin].clone(),
        bound: false,
        renewed: false,
    };
    model.holders.iter().map(of).collect()
}

/// Holders by the name of their service, or by their owners.
fn groups(
    graph: &AccessGraph,
    by_owner: bool,
    holders: &BTreeSet<u32>,
) -> BTreeMap<(String, Vec<OwnerIndex>), BTreeSet<u32>> {
    let mut groups: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
    for &at in holders {
        let service = graph.service_name(InstanceIndex(at)).to_owned();
        let owners = graph.owners_of_instance(InstanceIndex(at)).to_vec();
        let key = if by_owner { (String::new(), owners) } else { (service, vec![]) };
        groups.entry(key).or_default().insert(at);
    }
    groups
}

/// The definitions of the fixes, word for word.
fn apply(graph: &AccessGraph, fix: &Fix, secrets: Vec<Plain>) -> Vec<Plain> {
    let mut left = Vec::new();
    for old in secrets {
        if old.origin != fix.credential.0 || old.bound {
            left.push(old);
            continue;
        }
        let environment = |at: &u32| graph.instance(InstanceIndex(*at)).environment;
        let new = |holders: BTreeSet<u32>, grants: BTreeMap<u32, bool>| Plain {
            holders,
            grants,
            renewed: true,
            ..old.clone()
        };
        match fix.kind {
            FixKind::Revoke => {}
            FixKind::SplitByEnvironment => {
                let linked = old.holders.iter().chain(old.grants.keys());
                for label in linked.map(environment).collect::<BTreeSet<_>>() {
                    let holders = old.holders.iter().copied();
                    let grants = old.grants.iter().map(|(&at, &on)| (at, on));
                    left.push(new(
                        holders.filter(|at| environment(at) == label).collect(),
                        grants.filter(|(at, _)| environment(at) == label).collect(),
                    ));
                }
            }
            FixKind::SplitByService | FixKind::SplitByOwner => {
                let groups = groups(graph, fix.kind == FixKind::SplitByOwner, &old.holders);
                if groups.is_empty() {
                    left.push(old.clone());
                }
                for group in groups.into_values() {
                    let pure = !group.iter().any(|at| old.grants.contains_key(at));
                    let mut grants = old.grants.clone();
                    grants.retain(|at, _| pure || group.contains(at) || !old.holders.contains(at));
                    left.push(new(group, grants));
                }
            }
            FixKind::WorkloadIdentity => {
                let chosen =
                    |at: &u32| fix.holders.is_empty() || fix.holders.contains(&InstanceIndex(*at));
                let mut narrowed = old.grants.clone();
                narrowed.retain(|at, _| {
                    fix.grants.as_ref().is_none_or(|kept| kept.contains(&InstanceIndex(*at)))
                });
                let (own, rest): (BTreeSet<u32>, BTreeSet<u32>) =
                    old.holders.iter().partition(|at| chosen(at));
                for &at in &own {
                    left.push(Plain { bound: true, ..new([at].into(), narrowed.clone()) });
                }
                if !rest.is_empty() || own.is_empty() {
                    left.push(Plain { holders: rest, ..old });
                }
            }
        }
    }
    left.retain(|secret| !secret.holders.is_empty() || !secret.grants.is_empty());
    left
}

/// What is stated of secrets: of those of `stated` what they still have.
fn stated_of(secrets: &[Plain], stated: &Model) -> Vec<Plain> {
    let of = |secret: &Plain| {
        let (held, granted) = (&stated.holders[&secret.origin], &stated.grants[&secret.origin]);
        let grants = secret.grants.keys().filter_map(|at| Some((*at, *granted.get(at)?)));
        Plain {
            holders: secret.holders.intersection(held).copied().collect(),
            grants: grants.collect(),
            ..secret.clone()
        }
    };
    secrets.iter().map(of).collect()
}

/// The instances that fall with some instances and some grants.
fn fall(secrets: &[Plain], from: &[u32], leaked: Option<&Plain>) -> BTreeSet<u32> {
    let (mut fallen, mut expanded) = (BTreeSet::new(), from.iter().copied().collect());
    loop {
        let before = (fallen.clone(), BTreeSet::clone(&expanded));
        let used = secrets.iter().filter(|secret| !secret.holders.is_disjoint(&before.1));
        for (&to, &on) in used.chain(leaked).flat_map(|secret| &secret.grants) {
            fallen.insert(to);
            if on {
                expanded.insert(to);
            }
        }
        if before == (fallen.clone(), expanded.clone()) {
            return fallen.into_iter().filter(|at| !from.contains(at)).collect();
        }
    }
}

fn connected(secrets: &[Plain], ends: &Ends) -> u64 {
    let jewels: BTreeSet<u32> = ends.crown_jewels.iter().map(|at| at.0).collect();
    let of = |at: &InstanceIndex| fall(secrets, &[at.0], None).intersection(&jewels).count();
    ends.entry_points.iter().map(|at| of(at) as u64).sum()
}

fn accesses(secrets: &[Plain]) -> BTreeSet<(u32, u32)> {
    let of = |secret: &Plain| -> Vec<(u32, u32)> {
        let to = |&at: &u32| secret.grants.keys().map(move |&to| (at, to));
        secret.holders.iter().flat_map(to).filter(|(at, to)| at != to).collect()
    };
    secrets.iter().flat_map(of).collect()
}

fn radius(secrets: &[Plain], subject: Subject) -> u32 {
    let count = match subject {
        Subject::Instance(at) => fall(secrets, &[at.0], None).len(),
        Subject::Credential(at) => secrets
            .iter()
            .filter(|secret| secret.origin == at.0 && !secret.bound)
            .map(|secret| fall(secrets, &[], Some(secret)).len())
            .max()
            .unwrap_or(0),
    };
    count as u32
}

/// Secret, kind, holders, grants as masks; bit 16 of the grants' says whether they are narrowed.
type Drawn = (usize, usize, u32, u32);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    prop::collection::vec((0_usize..6, 0_usize..5, 0_u32..1 << 16, 0_u32..1 << 17), 0..5)
}

fn fix_of(pair: &Pair, &(secret, kind, holders, grants): &Drawn) -> Option<Fix> {
    let chosen = |mask: u32| {
        let all = pair.graph.instance_indices();
        all.filter(|at| mask & (1 << (at.0 % 16)) != 0).collect::<Vec<_>>()
    };
    Some(Fix {
        credential: *pair.secrets.get(&secret)?,
        kind: FixKind::EVERY[kind],
        holders: chosen(holders),
        grants: (grants & (1 << 16) != 0).then(|| chosen(grants)),
    })
}

/// What reaches how far before and after, by all access and by what is stated.
fn change(subject: Subject, all: (u32, u32), stated: (u32, u32)) -> RadiusChange {
    RadiusChange { subject, before: all.0, after: all.1, stated }
}

fn check_counts(
    answer: &WhatIf,
    (old, new): (&[Plain], &[Plain]),
    stated: &Model,
    subjects: &[Subject],
) {
    let lost: Vec<(u32, u32)> = accesses(old).difference(&accesses(new)).copied().collect();
    assert_eq!(answer.lost, lost.len() as u64);
    let named = answer.lost_named.iter().map(|lost| (lost.holder.0, lost.target.0));
    assert_eq!(named.collect::<Vec<_>>(), lost[..lost.len().min(100)]);
    let [old_stated, new_stated] = [old, new].map(|secrets| stated_of(secrets, stated));
    let radii = subjects.iter().map(|&at| {
        let by_stated = (radius(&old_stated, at), radius(&new_stated, at));
        change(at, (radius(old, at), radius(new, at)), by_stated)
    });
    assert_eq!(answer.radii, radii.collect::<Vec<_>>());
}

/// An inventory in which the secrets are rows, with what else the findings look at.
fn rewritten(pair: &Pair, secrets: &[Plain], revoked: &BTreeSet<u32>) -> String {
    let graph = &pair.graph;
    let site = |at: InstanceIndex| {
        format!("{}@{}", graph.service_name(at), graph.environment_of(at).label)
    };
    let mut text = String::new();
    for at in graph.instance_indices() {
        writeln!(text, "- - {}", site(at)).unwrap();
    }
    for at in graph.credential_indices().filter(|at| !graph.credential(*at).is_live()) {
        for linked in graph.instances_of(at).into_iter().filter(|_| !revoked.contains(&at.0)) {
            writeln!(text, "D{}: both {} status=dead", at.0, site(linked)).unwrap();
        }
    }
    for (number, secret) in secrets.iter().enumerate() {
        let origin = CredentialIndex(secret.origin);
        let expires = graph.credential(origin).expires.map(|_| "expires=2027-01-01");
        let life = expires.unwrap_or_default();
        let ids = graph.aliases(origin).len();
        let ids = if secret.renewed { ids.min(1) } else { ids };
        let ids: Vec<String> = (0..ids).map(|id| format!("P{number}-{id}")).collect();
        let ids = if ids.is_empty() { vec![String::new()] } else { ids };
        for id in ids {
            for &at in &secret.holders {
                writeln!(text, "P{number}:{id} holds {} {life}", site(InstanceIndex(at))).unwrap();
            }
            for (&at, on) in &secret.grants {
                let level = if *on { "admin" } else { "read" };
                let site = site(InstanceIndex(at));
                writeln!(text, "P{number}:{id} grants {site} level={level} {life}").unwrap();
            }
        }
    }
    text
}

/// Rules with the number of the credential's origin, or the instance.
fn broken(graph: &AccessGraph, origin: impl Fn(CredentialIndex) -> u32) -> BTreeSet<(Rule, u32)> {
    let none = ReachOfAll::default();
    let found = findings(graph, &sharing_of_all(graph), (&none, &none));
    let of = |subject| match subject {
        Subject::Credential(at) => origin(at),
        Subject::Instance(InstanceIndex(at)) => 1000 + at,
    };
    found.iter().map(|finding| (finding.rule, of(finding.subject))).collect()
}

fn check_findings(pair: &Pair, fixes: &[Fix], secrets: &[Plain], answer: &WhatIf) {
    let revoked = fixes.iter().filter(|fix| fix.kind == FixKind::Revoke);
    let revoked = revoked.map(|fix| fix.credential.0).collect();
    let text = rewritten(pair, secrets, &revoked);
    let inventory = std::sync::Arc::new(testing::inventory(&text));
    let after = AccessGraph::build(inventory, pair.graph.assumptions());
    let lines: Vec<&str> = text.lines().collect();
    let origin = |at: CredentialIndex| {
        let line = lines[after.rows_of(at)[0].0 as usize];
        let (kind, rest) = line.split_at(1);
        let number: usize = rest.split(':').next().unwrap().parse().unwrap();
        if kind == "D" { number as u32 } else { secrets[number].origin }
    };
    let (old, new) = (broken(&pair.graph, |at| at.0), broken(&after, origin));
    let told = |named: &[(Rule, Subject)]| -> BTreeSet<(Rule, u32)> {
        let of = |subject: &Subject| match *subject {
            Subject::Credential(CredentialIndex(at)) => at,
            Subject::Instance(InstanceIndex(at)) => 1000 + at,
        };
        named.iter().map(|(rule, subject)| (*rule, of(subject))).collect()
    };
    assert_eq!(told(&answer.findings_gone.1), old.difference(&new).copied().collect());
    assert_eq!(told(&answer.findings_new.1), new.difference(&old).copied().collect());
    assert_eq!(answer.findings_gone.0, answer.findings_gone.1.len() as u64);
    // What is counted before and after adds up.
    let none = ReachOfAll::default();
    let count = |graph| findings(graph, &sharing_of_all(graph), (&none, &none)).len() as u64;
    let come = answer.findings_new.0 + answer.findings_repeated;
    assert_eq!(count(&after) + answer.findings_gone.0, count(&pair.graph) + come);
}

/// The graph after the fixes gives the same figures, and is one like any other: names in order and
/// once each, edges in order, each with rows of its own.
fn check_graph_after(graph: &AccessGraph, (ends, fixes): (&Ends, &[Fix]), answer: &WhatIf) {
    let (after, progress) = (graph_after(graph, fixes), Progress::default());
    let connected =
        |counting| connected_pairs(&Movement::new(&after, counting), ends, &progress).unwrap();
    assert_eq!(connected(Counting::All), answer.connected_pairs.1);
    assert_eq!(connected(Counting::StatedOnly), answer.connected_pairs_stated.1);
    let names: Vec<&str> = after.credential_indices().map(|at| after.credential_name(at)).collect();
    assert!(names.windows(2).all(|two| two[0] < two[1]), "{names:?}");
    for at in after.credential_indices() {
        assert_eq!(after.find_credential(after.credential_name(at)), Some(at));
        for &edge in after.held_by(at).iter().chain(after.grants(at)) {
            assert_eq!(after.edge(edge).credential, at);
            assert!(after.evidence(edge).len() > 0);
        }
    }
    let key = |edge: &Edge| (edge.credential, edge.kind == EdgeKind::Grants, edge.instance);
    assert!(after.edges().windows(2).all(|two| key(&two[0]) < key(&two[1])));
    if fixes.is_empty() {
        assert_eq!(after.edges(), graph.edges());
        assert_eq!(after.credentials(), graph.credentials());
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn every_list_of_fixes_does_what_its_definition_says(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3, drawn in drawn(),
        masks in prop_oneof![Just((0_u32, 0_u32)), (1_u32..1 << 16, 1_u32..1 << 16)],
    ) {
        let pair = pair(rows, unstated, pivot);
        let (graph, ends) = (&pair.graph, chosen_ends(&pair, masks));
        let fixes: Vec<Fix> = drawn.iter().filter_map(|drawn| fix_of(&pair, drawn)).collect();
        let (model, stated) = (Model::new(&pair, false), Model::new(&pair, true));
        let old = plain(&model);
        let credentials = graph.credential_indices().map(Subject::Credential);
        let subjects: Vec<_> =
            credentials.chain(graph.instance_indices().map(Subject::Instance)).collect();
        let progress = Progress::default();
        let each = what_if_each(graph, &ends, &fixes, &progress).unwrap();
        let mut new = old.clone();
        let mut last = connected(&old, &ends);
        for (fix, state) in fixes.iter().zip(&each) {
            new = apply(graph, fix, new);
            prop_assert_eq!(state.connected_pairs, connected(&new, &ends));
            prop_assert!(state.connected_pairs <= last, "a fix raised exposure");
            last = state.connected_pairs;
            let stated = connected(&stated_of(&new, &stated), &ends);
            prop_assert_eq!(state.connected_pairs_stated, stated);
            prop_assert_eq!(state.lost, accesses(&old).difference(&accesses(&new)).count() as u64);
        }
        let answer = what_if(graph, &ends, &fixes, &subjects, &progress).unwrap();
        prop_assert_eq!(answer.connected_pairs, (connected(&old, &ends), last));
        check_counts(&answer, (&old, &new), &stated, &subjects);
        for lost in &answer.lost_named {
            let pair = (lost.holder.0, lost.target.0);
            prop_assert_eq!(lost.assumed, !accesses(&plain(&stated)).contains(&pair));
        }
        for change in &answer.radii {
            prop_assert!(change.after <= change.before, "a fix made a blast radius grow");
        }
        let after = fixed(graph, &Movement::new(graph, Counting::All), &fixes);
        prop_assert_eq!(connected_pairs(&after, &ends, &progress).unwrap(), last);
        check_graph_after(graph, (&ends, &fixes), &answer);
        if fixes.iter().all(|fix| fix.kind != FixKind::WorkloadIdentity) {
            check_findings(&pair, &fixes, &new, &answer);
        }
        if graph.assumptions().pivot_needs == Level::Unknown {
            prop_assert!(answer.connected_pairs_stated.1 <= answer.connected_pairs.1);
        }
    }
}

/// `k` lies with two jobs in dev and leads to the runner and into prod; so does the runner's own.
///
/// ```text
///     dev               ci               prod
///   ┌─────┐
///   │ app ├──┐
///   └─────┘  │   k  ┌────────┐    d    ┌────┐
///            ├──────┤ runner ├─────────┤ db │
///   ┌─────┐  │      └────────┘         └─┬──┘
///   │ job ├──┤   k                       │
///   └─────┘  └───────────────────────────┘
/// ```
const TWO_JOBS: &str = "\
    k holds app@dev,job@dev\n\
    k grants runner@ci,db@prod\n\
    d holds runner@ci\n\
    d grants db@prod\n";

struct Asked {
    graph: AccessGraph,
    k: CredentialIndex,
    job: InstanceIndex,
    runner: InstanceIndex,
}

impl Asked {
    fn new() -> Self {
        let graph = testing::graph(TWO_JOBS);
        let k = graph.find_credential("k").unwrap();
        let job = graph.find_instance("job", "dev").unwrap();
        let runner = graph.find_instance("runner", "ci").unwrap();
        Self { graph, k, job, runner }
    }

    fn answer(&self, fixes: &[Fix]) -> WhatIf {
        let subjects = [Subject::Credential(self.k), Subject::Instance(self.job)];
        what_if(&self.graph, &ends(&self.graph), fixes, &subjects, &Progress::default()).unwrap()
    }

    fn identity(&self, holders: &[InstanceIndex], grants: Option<&[InstanceIndex]>) -> Fix {
        let new = Fix::new(self.k, FixKind::WorkloadIdentity);
        Fix { holders: holders.to_vec(), grants: grants.map(<[_]>::to_vec), ..new }
    }
}

#[test]
fn a_holder_with_an_identity_of_its_own_still_reaches_what_it_reached() {
    let asked = Asked::new();
    let answer = asked.answer(&[asked.identity(&[], None)]);
    // Whoever takes app or job goes on as before; but there is no k any more that could leak.
    assert_eq!((answer.connected_pairs, answer.lost), ((3, 3), 0));
    let [of_k, of_job] = answer.radii.as_slice() else { panic!("two subjects") };
    assert_eq!(*of_k, change(Subject::Credential(asked.k), (2, 0), (2, 0)));
    assert_eq!(*of_job, change(Subject::Instance(asked.job), (2, 2), (2, 2)));
    let gone: Vec<Rule> = answer.findings_gone.1.iter().map(|gone| gone.0).collect();
    let expected = [Rule::ReusedAcrossServices, Rule::NoOwner, Rule::NoExpiry];
    assert_eq!(gone, expected, "the paths, and that it crosses environments, stay");
    assert_eq!(answer.findings_new, (0, vec![]));
}

#[test]
fn holders_that_are_not_chosen_keep_the_old_credential() {
    let asked = Asked::new();
    let answer = asked.answer(&[asked.identity(&[asked.job], None)]);
    assert_eq!((answer.connected_pairs, answer.lost), ((3, 3), 0));
    assert_eq!(answer.radii[0], change(Subject::Credential(asked.k), (2, 2), (2, 2)));
    assert_eq!(answer.findings_gone.0, 0);
    // Revoking what is left afterwards leaves the identity alone: app alone is cut off.
    let revoke = Fix::new(asked.k, FixKind::Revoke);
    let answer = asked.answer(&[asked.identity(&[asked.job], None), revoke.clone()]);
    assert_eq!((answer.connected_pairs, answer.lost), ((3, 2), 2));
    assert_eq!(answer.radii[0], change(Subject::Credential(asked.k), (2, 0), (2, 0)));
    // The other way round nothing is left that could become an identity.
    let answer = asked.answer(&[revoke, asked.identity(&[asked.job], None)]);
    assert_eq!((answer.connected_pairs, answer.lost), ((3, 1), 4));
}

#[test]
fn a_narrowed_identity_loses_what_it_does_not_keep() {
    let asked = Asked::new();
    let answer = asked.answer(&[asked.identity(&[asked.job], Some(&[asked.runner]))]);
    // job no longer opens db itself, but still by way of the runner.
    assert_eq!((answer.connected_pairs, answer.lost), ((3, 3), 1));
    let lost = &answer.lost_named[0];
    assert_eq!((lost.holder, lost.assumed), (asked.job, false));
    let db = asked.graph.find_instance("db", "prod").unwrap();
    assert_eq!(lost.target, db);
    // Narrowed to nothing, job is cut off, and app is not.
    let answer = asked.answer(&[asked.identity(&[asked.job], Some(&[]))]);
    assert_eq!((answer.connected_pairs, answer.lost), ((3, 2), 2));
    assert_eq!(answer.radii[1], change(Subject::Instance(asked.job), (2, 0), (2, 0)));
}

/// A hub splits into as many credentials as it has holders, each with every target: multiplied out
/// that would be hundreds of millions of grants.
#[test]
fn a_split_hub_costs_its_edges_and_not_their_square() {
    let names = |what: &str, label: &str| {
        let names = (0..20_000).map(|at| format!("{what}{at}@{label}"));
        names.collect::<Vec<_>>().join(",")
    };
    let text = format!("hub holds {}\nhub grants {}\n", names("app", "dev"), names("db", "prod"));
    let graph = testing::graph(&text);
    let (ends, progress) = (ends(&graph), Progress::default());
    let hub = CredentialIndex(0);
    let pairs = 400_000_000;
    let after = |kind| what_if(&graph, &ends, &[Fix::new(hub, kind)], &[], &progress).unwrap();
    let split = after(FixKind::SplitByService);
    assert_eq!((split.connected_pairs, split.lost), ((pairs, pairs), 0));
    let split = after(FixKind::SplitByEnvironment);
    assert_eq!((split.connected_pairs, split.lost), ((pairs, 0), pairs));
    assert_eq!(split.lost_named.len(), 100);
    let identities = after(FixKind::WorkloadIdentity);
    assert_eq!((identities.connected_pairs, identities.lost), ((pairs, pairs), 0));
}
