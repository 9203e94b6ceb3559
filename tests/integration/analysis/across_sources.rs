//! What is stated of inventories of several sources: as if each source had ids of its own, and as if
//! nothing were assumed. The figures of stated access are compared with all figures of such
//! inventories.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::properties::cases;
use keyreach::analysis::{
    Answers, Assessment, Counting, Crossing, Cut, Fix, FixKind, LeadingAcross, Movement, Rule,
    Starts, Step, Subject, assess, blast_radius, connected_pairs, owner_label, rotation, what_if,
};
use keyreach::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex, OwnerIndex};
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Level, Progress};
use proptest::prelude::*;

const SOURCES: usize = 3;
const CREDENTIALS: usize = 4;
const HEADER: &str = "credential_id,access,service,environment,level,status,owner,service_owner\n";

/// One row: source, credential, access, service, environment, level, status, owner.
type Row = (usize, usize, usize, usize, usize, usize, usize, usize);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let status = prop_oneof![12 => Just(0_usize), 1 => 1_usize..3];
    let row = (
        0..SOURCES,
        0..CREDENTIALS,
        0_usize..4,
        0_usize..4,
        0_usize..3,
        0_usize..4,
        status,
        0_usize..3,
    );
    prop::collection::vec(row, 2..24)
}

/// Whether a credential is dead, as rows of all sources say.
fn is_dead(rows: &[Row], credential: usize) -> bool {
    let said = |status| rows.iter().any(|row| row.1 == credential && row.2 < 3 && row.6 == status);
    said(1) && !said(2)
}

/// The rows as files. Where nothing is to be assumed, ids bear their source's number, rows without an
/// access speak of their service alone, an unknown level is the least, and what is dead is dead in
/// every source.
fn files(rows: &[Row], plain: bool) -> Vec<FileBytes> {
    let file = |source: usize| {
        let mut text = format!("{HEADER},,idle,dev,,,,\n");
        for &(_, credential, access, service, environment, level, status, owner) in
            rows.iter().filter(|row| row.0 == source)
        {
            let words = ["holds", "grants", "both", ""][access];
            let label = ["dev", "test", "prod"][environment];
            let said = ["", "revoked", "active"][if access < 3 { status } else { 0 }];
            let owner = ["", "ann", "bob"][if access < 3 { owner } else { 0 }];
            let of_service = ["", "ops", "dev", "ops"][service];
            let level = ["", "read", "write", "admin"][level];
            let line = if !plain {
                format!(
                    "k{credential},{words},s{service},{label},{level},{said},{owner},{of_service}"
                )
            } else if access == 3 {
                format!(",,s{service},{label},,,,{of_service}")
            } else {
                let level = if level.is_empty() { "read" } else { level };
                let said = if is_dead(rows, credential) { "revoked" } else { said };
                format!(
                    "k{credential}-{source},{words},s{service},{label},{level},{said},{owner},{of_service}"
                )
            };
            writeln!(text, "{line}").unwrap();
        }
        FileBytes::new(format!("{source}.csv"), text.into_bytes())
    };
    (0..SOURCES).map(file).collect()
}

fn graph(files: Vec<FileBytes>, pivot: Level) -> AccessGraph {
    let key = FingerprintKey::from_bytes([3; 32]);
    let inventory = import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
    let mut assumptions = Assumptions::new(keyreach::graph::testing::as_of());
    assumptions.pivot_needs = pivot;
    AccessGraph::build(Arc::new(inventory), &assumptions)
}

/// The inventory as it is, and as nothing is assumed of it.
struct Both {
    joined: Answers,
    plain: Answers,
    assessed: [Assessment; 2],
}

impl Both {
    fn new(rows: &[Row], pivot: Level) -> Self {
        let progress = Progress::default();
        let answers = |plain| {
            let graph = graph(files(rows, plain), pivot);
            Answers::compute(graph, &progress).unwrap()
        };
        let (joined, plain) = (answers(false), answers(true));
        let names = |of: &Answers| -> Vec<String> {
            of.graph.instance_indices().map(|at| of.graph.written_name(at)).collect()
        };
        assert_eq!(names(&joined), names(&plain), "both have the same instances");
        assert_eq!(joined.ends, plain.ends);
        let assessed =
            [&joined, &plain].map(|of| assess(&of.graph, &of.ends, usize::MAX, &progress).unwrap());
        Self { joined, plain, assessed }
    }

    /// The credentials of the plain inventory that are parts of one, dead ones too.
    fn parts(&self, at: CredentialIndex) -> Vec<CredentialIndex> {
        let name = self.joined.graph.credential_name(at);
        let of = |source| self.plain.graph.find_credential(&format!("{name}-{source}"));
        (0..SOURCES).filter_map(of).collect()
    }

    /// The credential that a part belongs to.
    fn whole(&self, part: CredentialIndex) -> CredentialIndex {
        let name = self.plain.graph.credential_name(part);
        let (whole, _) = name.rsplit_once('-').unwrap();
        self.joined.graph.find_credential(whole).unwrap()
    }

    fn rules(of: &Answers, rule: Rule) -> BTreeMap<CredentialIndex, bool> {
        let of_rule = of.findings.iter().filter(|finding| finding.rule == rule);
        let found = of_rule.filter_map(|finding| match finding.subject {
            Subject::Credential(at) => Some((at, finding.assumed)),
            Subject::Instance(_) => None,
        });
        found.collect()
    }

    fn any_part(&self, at: CredentialIndex, rule: Rule) -> bool {
        let found = Self::rules(&self.plain, rule);
        self.parts(at).iter().any(|part| found.contains_key(part))
    }
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![2 => Just(Level::Unknown), 1 => Just(Level::Write)]
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn stated_reach_and_pairs_are_those_of_sources_with_ids_of_their_own(
        rows in rows(), pivot in level(),
    ) {
        let Both { joined, plain, .. } = Both::new(&rows, pivot);
        prop_assert_eq!(&joined.reach_stated.instances, &plain.reach.instances);
        prop_assert_eq!(&joined.reached_by.stated, &plain.reached_by.all);
        prop_assert_eq!(joined.exposure.connected_pairs_stated, plain.exposure.connected_pairs);
        for at in joined.graph.instance_indices() {
            let starts = Starts { instances: vec![at], ..Starts::default() };
            let stated = blast_radius(&joined.graph, &starts, Counting::StatedOnly);
            let expected = blast_radius(&plain.graph, &starts, Counting::All);
            let hops = |of: &keyreach::analysis::BlastRadius| -> Vec<(InstanceIndex, u32, bool)> {
                of.reached.iter().map(|one| (one.instance, one.hops, one.entered_only)).collect()
            };
            prop_assert_eq!(hops(&stated), hops(&expected));
            let both = [&joined.graph, &plain.graph].map(|graph| rotation(graph, &starts));
            prop_assert_eq!(both[0].reached_stated, both[1].reached);
            let clean: Vec<_> = both[0].clean_first.iter().filter(|one| !one.assumed).map(|one| one.instance).collect();
            prop_assert_eq!(clean, both[1].clean_first.iter().map(|one| one.instance).collect::<Vec<_>>());
        }
        let into_top = |answers: &Answers| answers.headline.into_top - answers.headline.assumed;
        if into_top(&joined) > 0 || plain.headline.into_top > 0 {
            prop_assert_eq!(into_top(&joined) > 0, plain.headline.into_top > 0);
        }
    }

    #[test]
    fn what_leaks_reaches_by_stated_access_what_its_parts_reach(rows in rows(), pivot in level()) {
        let both = Both::new(&rows, pivot);
        let (joined, plain) = (&both.joined, &both.plain);
        for at in joined.graph.credential_indices() {
            let parts = Starts { credentials: both.parts(at), ..Starts::default() };
            let expected = blast_radius(&plain.graph, &parts, Counting::All);
            let starts = Starts { credentials: vec![at], ..Starts::default() };
            let stated = blast_radius(&joined.graph, &starts, Counting::StatedOnly);
            let reached = |of: &keyreach::analysis::BlastRadius| -> Vec<(InstanceIndex, u32)> {
                of.reached.iter().map(|one| (one.instance, one.hops)).collect()
            };
            prop_assert_eq!(reached(&stated), reached(&expected));
            let count = joined.reach_stated.credentials[at.index()] as usize;
            prop_assert_eq!(count, expected.reached.len());
            let mut obtained: BTreeSet<CredentialIndex> =
                expected.obtained.iter().map(|one| both.whole(one.credential)).collect();
            obtained.remove(&at);
            let found: BTreeSet<_> = stated.obtained.iter().map(|one| one.credential).collect();
            prop_assert_eq!(found, obtained);
        }
    }

    #[test]
    fn stated_paths_cuts_and_choke_points_need_no_join(rows in rows(), pivot in level()) {
        let both = Both::new(&rows, pivot);
        let (joined, plain) = (&both.joined, &both.plain);
        let [stated, expected] = &both.assessed;
        let lengths = |paths: &[keyreach::analysis::Path]| -> Vec<_> {
            paths.iter().map(|path| (path.from, path.to, path.hops.len())).collect()
        };
        prop_assert_eq!(lengths(&stated.paths_stated), lengths(&expected.paths));
        prop_assert!(stated.paths_stated.iter().all(|path| path.is_stated(&joined.graph)));
        for path in &stated.paths {
            let is_stated = |(at, step): (usize, &Step)| {
                both.parts(step.credential).into_iter().any(|part| {
                    let graph = &plain.graph;
                    let live = graph.credential(part).is_live();
                    let held = graph.held_by(part).iter().any(|&edge| Some(graph.edge(edge).instance) == step.from);
                    let mut grants = graph.grants(part).iter().map(|&edge| graph.edge(edge));
                    let goes_on = at + 1 < path.hops.len();
                    live && held && grants.any(|edge| edge.instance == step.to && (edge.pivots || !goes_on))
                })
            };
            let hops: Vec<bool> = path.hops.iter().enumerate().map(is_stated).collect();
            let found: Vec<bool> = keyreach::analysis::stated_hops(&joined.graph, &path.hops).collect();
            prop_assert_eq!(&found, &hops);
            prop_assert_eq!(path.is_stated(&joined.graph), hops.iter().all(|stated| *stated));
        }
        let (Cut::Found(cut), Cut::Found(plain_cut)) = (&stated.cut_stated, &expected.cut) else { panic!() };
        prop_assert_eq!((cut.cost, cut.others_exist), (plain_cut.cost, plain_cut.others_exist));
        let members: BTreeSet<_> = plain_cut.credentials.iter().map(|&at| both.whole(at)).collect();
        prop_assert_eq!(cut.credentials.iter().copied().collect::<BTreeSet<_>>(), members);
        let progress = Progress::default();
        let movement = Movement::new(&plain.graph, Counting::All);
        let connected = connected_pairs(&movement, &plain.ends, &progress).unwrap();
        for at in joined.graph.credential_indices() {
            let without = movement.without(&both.parts(at));
            let left = connected_pairs(&without, &plain.ends, &progress).unwrap();
            prop_assert_eq!(stated.choke_points_stated.pairs[at.index()], connected - left);
        }
        prop_assert_eq!(stated.choke_points_stated.pairs.len(), joined.graph.credentials().len());
    }

    #[test]
    fn fixes_part_the_stated_pairs_that_they_part_in_every_source(
        rows in rows(), pivot in level(), is_split: bool,
    ) {
        let both = Both::new(&rows, pivot);
        let (joined, plain, progress) = (&both.joined, &both.plain, Progress::default());
        let kind = if is_split { FixKind::SplitByEnvironment } else { FixKind::Revoke };
        for at in joined.graph.credential_indices() {
            let found = what_if(&joined.graph, &joined.ends, &[Fix::new(at, kind)], &[], &progress).unwrap();
            let fixes: Vec<Fix> = both.parts(at).into_iter().map(|part| Fix::new(part, kind)).collect();
            let expected = what_if(&plain.graph, &plain.ends, &fixes, &[], &progress).unwrap();
            prop_assert_eq!(found.connected_pairs_stated, expected.connected_pairs);
        }
        let plan = &both.assessed[0].plan_stated;
        let mut fixes = Vec::new();
        for step in &plan.steps {
            fixes.push(step.fix.clone());
            let after = what_if(&joined.graph, &joined.ends, &fixes, &[], &progress).unwrap();
            prop_assert_eq!(step.pairs.1, after.connected_pairs.1);
            prop_assert_eq!(step.pairs_stated.1, after.connected_pairs_stated.1);
        }
        let last = plan.steps.last().map_or(plain.exposure.connected_pairs, |step| step.pairs_stated.1);
        prop_assert_eq!(last, 0);
    }

    #[test]
    fn rules_that_need_a_join_are_assumed(rows in rows(), pivot in level()) {
        let both = Both::new(&rows, pivot);
        for rule in [Rule::ReusedAcrossServices, Rule::ReusedAcrossOwners, Rule::OnPath] {
            for (at, assumed) in Both::rules(&both.joined, rule) {
                prop_assert_eq!(assumed, !both.any_part(at, rule), "{}", rule.id());
            }
        }
        let crossing = |of: &Answers, at: CredentialIndex| of.sharing[at.index()].crossing;
        for (at, assumed) in Both::rules(&both.joined, Rule::CrossesEnvironments) {
            let parts = both.parts(at);
            let rises = |at: &CredentialIndex| crossing(&both.plain, *at) == Crossing::Upwards;
            let upwards = crossing(&both.joined, at) == Crossing::Upwards;
            let stated = both.any_part(at, Rule::CrossesEnvironments)
                && (!upwards || parts.iter().any(rises));
            prop_assert_eq!(assumed, !stated);
        }
    }

    #[test]
    fn owners_begin_by_stated_access_with_what_their_own_sources_say(
        rows in rows(), pivot in level(),
    ) {
        let both = Both::new(&rows, pivot);
        let of = |answers: &Answers, name: &str| {
            let mut all = answers.owners.figures.iter();
            all.find(|own| owner_label(&answers.graph, own.owner) == name).copied()
        };
        for name in ["ann", "bob", "ops", "dev"] {
            let (joined, plain) = (of(&both.joined, name), of(&both.plain, name));
            prop_assert_eq!(joined.map(|own| own.reach_stated), plain.map(|own| own.reach), "{}", name);
        }
        for own in both.joined.owners.figures.iter().filter(|own| own.owner.is_some()) {
            let name = owner_label(&both.joined.graph, own.owner);
            let graph = &both.plain.graph;
            let alone = |at: &CredentialIndex| {
                both.parts(*at).into_iter().any(|part| {
                    let owners = graph.owners_of(part);
                    let is_live = graph.credential(part).is_live();
                    is_live && owners.len() == 1 && graph.owner_name(owners[0]) == name
                })
            };
            let live = both.joined.owners.credentials_of(own.owner);
            let live = live.filter(|at| both.joined.graph.credential(*at).is_live());
            let with_others = live.filter(|at| both.joined.graph.owners_of(*at).len() > 1);
            let expected = with_others.filter(alone).count();
            prop_assert_eq!(own.credentials_alone_apart, expected, "{}", name);
        }
        for own in &both.joined.owners.figures {
            prop_assert!(own.reach_stated <= own.reach);
        }
    }

    #[test]
    fn credentials_lead_by_stated_access_from_where_to_where_one_of_their_parts_does(
        rows in rows(), pivot in level(),
    ) {
        let both = Both::new(&rows, pivot);
        let graph = &both.plain.graph;
        let label = |at: EdgeIndex| {
            let instance = graph.edge(at).instance;
            let owners = graph.owners_of_instance(instance);
            let owners: Vec<&str> = owners.iter().map(|&own| graph.owner_name(own)).collect();
            [graph.environment_of(instance).label.clone(), owners.join(",")]
        };
        let mut expected = [BTreeMap::<_, u32>::new(), BTreeMap::new()];
        for at in both.joined.graph.credential_indices() {
            let mut pairs = [BTreeSet::new(), BTreeSet::new()];
            for part in both.parts(at).into_iter().filter(|at| graph.credential(*at).is_live()) {
                for &held in graph.held_by(part) {
                    for &opened in graph.grants(part) {
                        let ends = label(held).into_iter().zip(label(opened));
                        for (pairs, pair) in pairs.iter_mut().zip(ends) {
                            pairs.insert(pair);
                        }
                    }
                }
            }
            for (counts, pairs) in expected.iter_mut().zip(pairs) {
                for pair in pairs {
                    *counts.entry(pair).or_default() += 1;
                }
            }
        }
        let joined = &both.joined.graph;
        let stated = |all: Vec<((String, String), LeadingAcross)>| -> BTreeMap<_, u32> {
            let all = all.into_iter().filter(|(_, count)| count.stated > 0);
            all.map(|(pair, count)| (pair, count.stated)).collect()
        };
        let label = |at| joined.environment(at).label.clone();
        let found = both.joined.environment_pairs.iter();
        let found = found.map(|(&(from, to), &count)| ((label(from), label(to)), count)).collect();
        prop_assert_eq!(stated(found), expected[0].clone());
        let name = |at: Option<OwnerIndex>| at.map_or("", |at| joined.owner_name(at)).to_owned();
        let found = both.joined.owner_pairs.counts.iter();
        let found = found.map(|(&(from, to), &count)| ((name(from), name(to)), count)).collect();
        prop_assert_eq!(stated(found), expected[1].clone());
    }
}
