//! The rules on thousands of small random inventories, judged a second time by loops over rows:
//! which findings there are, how bad each is, whether it is assumed, and the lines behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::properties::cases;
use keyreach::analysis::{Answers, Counting, Finding, Severity, Subject, Technique};
use keyreach::graph::{AccessGraph, testing};
use keyreach::inventory::{Assumptions, Progress};
use proptest::prelude::*;

const SERVICES: [&str; 4] = ["web", "Web", "db", "bus"];
const ENVIRONMENTS: [(&str, &str, Option<u8>); 6] = [
    ("dev", "dev", Some(0)),
    ("Development", "dev", Some(0)),
    ("ci", "ci", Some(1)),
    ("prod", "prod", Some(3)),
    ("mars", "mars", None),
    ("", "", None),
];
const ACCESS: [&str; 4] = ["holds", "grants", "both", "?"];
/// Of [`ACCESS`] what states none; it counts as both.
const UNSTATED: usize = 3;
const LIVES: [&str; 5] =
    ["", "status=live", "status=dead", "expires=2026-01-01", "expires=2027-01-01"];
const OWNERS: [(&str, &[&str]); 4] = [
    ("", &[]),
    ("owner=ops", &["ops"]),
    ("owner=ops;sre", &["ops", "sre"]),
    ("owner=web", &["web"]),
];
const SERVICE_OWNERS: [(&str, &[&str]); 3] =
    [("", &[]), ("service_owner=ops", &["ops"]), ("service_owner=crm", &["crm"])];
const STORAGES: [(&str, bool); 5] = [
    ("", false),
    ("storage=vault/kv/teams/chat", false),
    ("storage=k8s_secret", false),
    ("storage=Wiki_page", true),
    ("storage=.env", true),
];
/// Days before the first of July 2026.
const DAYS: [(&str, Option<i32>); 4] =
    [("", None), ("2026-04-02", Some(90)), ("2026-04-01", Some(91)), ("2026-06-30", Some(1))];
const USES: [&str; 4] = ["", "used=never", "used=2026-04-01", "used=2026-04-02"];
const KINDS: [&str; 3] = ["", "kind=sidecar", "kind=database"];
const IDENTITIES: [&str; 3] = ["", "identity=svc-a", "identity=svc-b"];
const HOLDS_LIMIT: usize = 3;

#[derive(Clone, Debug)]
struct Row {
    secret: usize,
    alias: usize,
    access: usize,
    service: usize,
    environment: usize,
    life: usize,
    owner: usize,
    service_owner: usize,
    storage: usize,
    created: usize,
    rotated: usize,
    used: usize,
    kind: usize,
    identity: usize,
}

impl Row {
    fn line(&self) -> String {
        let id = format!("id{}-{}", self.secret, self.alias);
        let environment = ENVIRONMENTS[self.environment].0;
        let mut line = format!(
            "F{}:{id} {} {}@{environment} {}",
            self.secret, ACCESS[self.access], SERVICES[self.service], LIVES[self.life],
        );
        for word in [
            OWNERS[self.owner].0,
            SERVICE_OWNERS[self.service_owner].0,
            STORAGES[self.storage].0,
            USES[self.used],
            KINDS[self.kind],
            IDENTITIES[self.identity],
        ] {
            line.push(' ');
            line.push_str(word);
        }
        let (created, rotated) = (DAYS[self.created].0, DAYS[self.rotated].0);
        format!("{line} created={created} rotated={rotated}\n")
    }

    fn site(&self) -> Site {
        (SERVICES[self.service], ENVIRONMENTS[self.environment].1)
    }

    fn holds(&self) -> bool {
        self.access != 1
    }

    fn grants(&self) -> bool {
        self.access != 0
    }
}

/// A service and the canonical label of its environment.
type Site = (&'static str, &'static str);

fn tier(site: Site) -> Option<u8> {
    ENVIRONMENTS.iter().find(|(_, label, _)| *label == site.1).and_then(|(_, _, tier)| *tier)
}

/// The highest tier that there is.
fn top(all: &[Row]) -> Option<u8> {
    all.iter().filter_map(|row| tier(row.site())).max()
}

prop_compose! {
    fn row()(
        (secret, alias, access, service, environment) in
            (0usize..6, 0usize..5, 0usize..4, 0usize..4, 0usize..ENVIRONMENTS.len()),
        life in prop_oneof![6 => Just(0usize), 4 => 0usize..5],
        (owner, service_owner, storage) in (0usize..4, 0usize..3, 0usize..5),
        (created, rotated, used) in (0usize..4, 0usize..4, 0usize..4),
        (kind, identity) in (prop_oneof![4 => Just(0usize), 1 => 0usize..3], 0usize..3),
    ) -> Row {
        let alias = usize::from(alias == 0);
        Row {
            secret, alias, access, service, environment, life, owner, service_owner, storage,
            created, rotated, used, kind, identity,
        }
    }
}

fn live(of: &[&Row]) -> bool {
    let dead = of.iter().any(|row| row.life == 2 || row.life == 3);
    !dead || of.iter().any(|row| row.life == 1 || row.life == 4)
}

/// What a rule says of a subject: how much the reasons weigh, and whether it is assumed.
type Breach = (&'static str, i32, bool);

/// Where a credential is held and what it grants, with assumed access or without.
struct Links {
    holders: BTreeSet<Site>,
    targets: BTreeSet<Site>,
}

impl Links {
    fn of(rows: &[&Row], counting: Counting) -> Self {
        let counts = |row: &&&Row| counting == Counting::All || row.access != UNSTATED;
        let sites = |says: fn(&Row) -> bool| {
            rows.iter().filter(counts).filter(|row| says(row)).map(|row| row.site()).collect()
        };
        Self { holders: sites(Row::holds), targets: sites(Row::grants) }
    }

    fn sites(&self) -> BTreeSet<Site> {
        self.holders.union(&self.targets).copied().collect()
    }

    /// The known environments.
    fn labels(&self) -> BTreeSet<&'static str> {
        self.sites().iter().map(|site| site.1).filter(|label| !label.is_empty()).collect()
    }

    fn services(&self) -> BTreeSet<&'static str> {
        self.sites().iter().map(|site| site.0).collect()
    }

    fn is_shared(&self) -> bool {
        self.holders.len() > 1 || self.targets.len() > 1
    }

    /// Whether a holder stands in a lower tier than a target.
    fn rises(&self) -> bool {
        let above = |low: &Site| {
            self.targets.iter().any(|high| tier(*low).is_some() && tier(*low) < tier(*high))
        };
        self.holders.iter().any(above)
    }

    /// Whether a holder stands below the highest tier, and a target in it.
    fn enters(&self, top: Option<u8>) -> bool {
        self.holders.iter().any(|site| tier(*site).is_some() && tier(*site) < top)
            && self.targets.iter().any(|site| tier(*site).is_some() && tier(*site) == top)
    }
}

/// The rules that a credential breaks, but for KR14.
fn judged(of: &[&Row], all: &[Row]) -> Vec<Breach> {
    if !live(of) {
        return vec![("KR07", 0, false)];
    }
    let (links, stated) = (Links::of(of, Counting::All), Links::of(of, Counting::StatedOnly));
    let crosses = links.labels().len() > 1;
    let raised = i32::from(crosses || links.is_shared());
    let own: BTreeSet<_> = of.iter().flat_map(|row| OWNERS[row.owner].1).collect();
    let owners = |links: &Links| {
        let sites = links.sites();
        let near = all.iter().filter(|row| sites.contains(&row.site()));
        let mut owners: BTreeSet<_> =
            near.flat_map(|row| SERVICE_OWNERS[row.service_owner].1).collect();
        owners.extend(&own);
        owners.len()
    };
    let ids: BTreeSet<_> = of.iter().map(|row| row.alias).collect();
    let rotated = of.iter().filter_map(|row| DAYS[row.rotated].1).min();
    let age = rotated.or(of.iter().filter_map(|row| DAYS[row.created].1).max());
    let unused = match of.iter().map(|row| row.used).max() {
        _ if of.iter().any(|row| row.used == 3) => false,
        used => used > Some(0),
    };
    let reach = reach(&links.targets, all);
    let sites: BTreeSet<_> = all.iter().map(Row::site).collect();
    let wide = i32::from(reach >= 5 && reach * 4 >= sites.len());
    let fit = |links: &Links| links.holders.iter().any(|site| several_operators(*site, all));
    let crossing = i32::from(crosses);
    let rules = [
        (crosses, crossing_breach(&links, &stated, all)),
        (
            links.is_shared() && links.services().len() > 1,
            ("KR02", 1 + wide, !(stated.is_shared() && stated.services().len() > 1)),
        ),
        (owners(&links) > 1, ("KR03", 1, owners(&stated) < 2)),
        (own.is_empty(), ("KR04", raised, false)),
        (!of.iter().any(|row| row.life > 2), ("KR05", raised, false)),
        (age > Some(90), ("KR06", raised, false)),
        (of.iter().any(|row| STORAGES[row.storage].1), ("KR08", 1 + crossing, false)),
        (carries(of, all, Counting::All), path_breach(of, all)),
        (ids.len() > 1, ("KR11", 1, false)),
        (fit(&links), ("KR12", crossing, !fit(&stated))),
        (unused, ("KR13", raised, false)),
    ];
    rules.into_iter().filter(|(breaks, _)| *breaks).map(|(_, breach)| breach).collect()
}

/// One step for crossing, one for upwards, one for into the highest tier; one less where that
/// rests on assumed access.
fn crossing_breach(links: &Links, stated: &Links, all: &[Row]) -> Breach {
    let top = top(all);
    let mut weight = 1 + i32::from(links.rises()) + i32::from(links.enters(top));
    if links.rises() && !stated.rises() || links.enters(top) && !stated.enters(top) {
        weight -= 1;
    }
    let assumed = stated.labels().len() < 2 || links.rises() && !stated.rises();
    ("KR01", weight, assumed)
}

/// One step more where stated access leads from outside straight into a crown jewel.
fn path_breach(of: &[&Row], all: &[Row]) -> Breach {
    let stated = Links::of(of, Counting::StatedOnly);
    let by_stated_access = carries(of, all, Counting::StatedOnly);
    let is_jewel = |site: &Site| tier(*site).is_some() && tier(*site) == top(all);
    let enters = stated.targets.iter().any(is_jewel);
    let from_outside = stated.holders.iter().any(|site| !is_jewel(site));
    ("KR10", 1 + i32::from(by_stated_access && enters && from_outside), !by_stated_access)
}

/// Whether two owners answer for an instance; nothing here is short-lived or distributed.
fn several_operators(site: Site, all: &[Row]) -> bool {
    let here = all.iter().filter(|row| row.site() == site);
    here.flat_map(|row| SERVICE_OWNERS[row.service_owner].1).collect::<BTreeSet<_>>().len() > 1
}

fn is_alive(secret: usize, all: &[Row]) -> bool {
    live(&all.iter().filter(|row| row.secret == secret).collect::<Vec<_>>())
}

/// How many instances fall to whoever gets into these.
fn reach(targets: &BTreeSet<Site>, all: &[Row]) -> usize {
    let mut fallen = targets.clone();
    loop {
        let held = all.iter().filter(|row| row.holds() && fallen.contains(&row.site()));
        let secrets: BTreeSet<_> =
            held.map(|row| row.secret).filter(|&secret| is_alive(secret, all)).collect();
        let granted = all.iter().filter(|row| row.grants() && secrets.contains(&row.secret));
        let before = fallen.len();
        fallen.extend(granted.map(Row::site));
        if fallen.len() == before {
            return before;
        }
    }
}

/// Whether a credential lies on a way from below the highest tier into it that is in no instance twice.
fn carries(of: &[&Row], all: &[Row], counting: Counting) -> bool {
    let secret = of[0].secret;
    let counts = |row: &&Row| counting == Counting::All || row.access != UNSTATED;
    let sites: BTreeSet<_> = all.iter().map(Row::site).collect();
    let top = top(all);
    let is_jewel = |site: &Site| tier(*site).is_some() && tier(*site) == top;
    let mut hops = BTreeSet::new();
    let held = all.iter().filter(|row| row.holds() && is_alive(row.secret, all));
    for from in held.filter(counts) {
        let to = all.iter().filter(|row| row.grants() && row.secret == from.secret);
        hops.extend(to.filter(counts).map(|to| (from.site(), from.secret, to.site())));
    }
    let is_entry = |site: &Site| tier(*site).is_some() && tier(*site) < top;
    // Every way that is in no instance twice, and whether it took the credential.
    let starts = sites.iter().copied().filter(is_entry);
    let mut open: Vec<(Vec<Site>, bool)> = starts.map(|site| (vec![site], false)).collect();
    while let Some((way, took)) = open.pop() {
        for (_, with, to) in hops.iter().filter(|hop| Some(&hop.0) == way.last()) {
            if way.contains(to) {
                continue;
            }
            let took = took || *with == secret;
            if took && is_jewel(to) {
                return true;
            }
            open.push(([way.as_slice(), &[*to]].concat(), took));
        }
    }
    false
}

/// A finding as the rows say it: rule, subject, severity, whether it is assumed, and its lines.
type Known = (String, String, &'static str, bool, Vec<u32>);

fn word(weight: i32) -> &'static str {
    ["low", "medium", "high", "critical"][usize::try_from(weight).unwrap().min(3)]
}

/// The lines of some rows.
fn lines(rows: &[Row], wanted: impl Fn(&Row) -> bool) -> Vec<u32> {
    (1..).zip(rows).filter(|(_, row)| wanted(row)).map(|(line, _)| line).collect()
}

fn expected(rows: &[Row]) -> BTreeSet<Known> {
    let mut by_secret: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_secret.entry(row.secret).or_default().push(row);
    }
    let mut expected = BTreeSet::new();
    let mut identities: BTreeMap<usize, Vec<(String, usize)>> = BTreeMap::new();
    for (secret, of) in &by_secret {
        let alias = of.iter().map(|row| row.alias).min().unwrap();
        let name = format!("id{secret}-{alias}");
        let evidence = lines(rows, |row| row.secret == *secret);
        for (rule, weight, assumed) in judged(of, rows) {
            let (rule, name) = (rule.to_owned(), name.clone());
            expected.insert((rule, name, word(weight), assumed, evidence.clone()));
        }
        let identity = of.iter().map(|row| row.identity).filter(|identity| *identity > 0).min();
        if let Some(identity) = identity.filter(|_| live(of)) {
            identities.entry(identity).or_default().push((name, *secret));
        }
    }
    for mut of_one in identities.into_values().filter(|of_one| of_one.len() > 1) {
        of_one.sort();
        let evidence = lines(rows, |row| of_one.iter().any(|(_, secret)| row.secret == *secret));
        expected.insert(("KR14".to_owned(), of_one[0].0.clone(), "low", false, evidence));
    }
    for site in rows.iter().map(Row::site).collect::<BTreeSet<_>>() {
        expected.extend(extraction_point(site, rows));
    }
    expected
}

fn extraction_point(site: Site, rows: &[Row]) -> Option<Known> {
    let here = || rows.iter().filter(|row| row.site() == site);
    let sidecar = here().any(|row| row.kind == 1);
    let held = |counting| {
        let counts = |row: &&Row| counting == Counting::All || row.access != UNSTATED;
        let held: BTreeSet<_> =
            here().filter(|row| row.holds()).filter(counts).map(|row| row.secret).collect();
        held.into_iter().filter(|&secret| is_alive(secret, rows)).collect::<Vec<_>>()
    };
    let all = held(Counting::All);
    if !sidecar && all.len() < HOLDS_LIMIT {
        return None;
    }
    let crosses = |secret: &usize| {
        let of: Vec<_> = rows.iter().filter(|row| row.secret == *secret).collect();
        Links::of(&of, Counting::All).labels().len() > 1
    };
    let weight = 1 + i32::from(all.iter().any(crosses));
    let assumed = !sidecar && held(Counting::StatedOnly).len() < HOLDS_LIMIT;
    let name = format!("{}@{}", site.0, site.1);
    Some(("KR09".to_owned(), name, word(weight), assumed, lines(rows, |row| row.site() == site)))
}

fn subject_name(graph: &AccessGraph, finding: &Finding) -> String {
    match finding.subject {
        Subject::Credential(credential) => graph.credential_name(credential).to_owned(),
        Subject::Instance(instance) => {
            format!("{}@{}", graph.service_name(instance), graph.environment_of(instance).label)
        }
    }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn findings_equal_a_walk_over_the_rows(rows in prop::collection::vec(row(), 0..16)) {
        let text: String = rows.iter().map(Row::line).collect();
        let mut assumptions = Assumptions::new(testing::as_of());
        assumptions.extraction_point_holds = HOLDS_LIMIT;
        let graph = AccessGraph::build(Arc::new(testing::inventory(&text)), &assumptions);
        let answers = Answers::compute(graph, &Progress::default()).unwrap();
        let (graph, reach, found) = (&answers.graph, &answers.reach, &answers.findings);
        let named: BTreeSet<Known> = found.iter().map(|f| {
            let evidence = answers.details(f).evidence.iter().map(|place| place.line).collect();
            (f.rule.id().to_owned(), subject_name(graph, f), f.severity.word(), f.assumed, evidence)
        }).collect();
        prop_assert_eq!(named.len(), found.len(), "a finding came twice");
        prop_assert_eq!(named, expected(&rows));
        let farthest = |finding: &Finding| match finding.subject {
            Subject::Credential(at) => reach.credentials[at.index()],
            Subject::Instance(at) => reach.instances[at.index()],
        };
        let key =
            |f: &Finding| (f.severity, std::cmp::Reverse(farthest(f)), f.rule.id(), f.subject);
        prop_assert!(found.is_sorted_by_key(key));
        for finding in found {
            let said = answers.details(finding);
            prop_assert!(!said.evidence.is_empty() && said.evidence.is_sorted());
            prop_assert!(!said.why.is_empty() && !said.advice.is_empty());
            prop_assert!(said.why.iter().all(|reason| !reason.words.is_empty()));
            let weight = said.why.iter().map(|reason| i32::from(reason.weight)).sum();
            prop_assert_eq!(finding.severity.word(), word(weight), "the reasons add up");
        }
    }
}

#[test]
fn a_figure_among_the_reasons_says_what_stated_access_alone_gives() {
    let graph = testing::graph("k holds a@dev\nk grants b@dev\nk ? c@prod\n");
    let answers = Answers::compute(graph, &Progress::default()).unwrap();
    let why = |rule: &str| -> Vec<String> {
        let found = answers.findings.iter().find(|finding| finding.rule.id() == rule).unwrap();
        let why = answers.details(found).why;
        why.iter().map(|reason| reason.words.to_string()).collect()
    };
    let reach = "it reaches 2 of 3 service instances, 1 with stated access alone";
    assert_eq!(why("KR02"), ["3 services share it, 2 with stated access alone", reach]);
    let jewel = "it grants the only crown jewel itself, none with stated access alone";
    assert!(why("KR10").iter().any(|words| words == jewel), "{:?}", why("KR10"));
    assert!(why("KR10").iter().any(|words| words == reach), "{:?}", why("KR10"));
}

#[test]
fn one_connected_pair_is_and_several_are() {
    let connected = |rows: &str| {
        let answers = Answers::compute(testing::graph(rows), &Progress::default()).unwrap();
        answers.exposure.connected()
    };
    let pairs = "of entry point and crown jewel";
    let one = connected("k holds a@dev\nk grants b@prod\n- - c@prod\n");
    assert_eq!(one, format!("1 of 2 pairs {pairs} is connected"));
    let all = connected("k holds a@dev\nk grants b@prod,c@prod\n");
    assert_eq!(all, format!("2 of 2 pairs {pairs} are connected"));
    let none = connected("k holds a@dev\nl grants b@prod\n");
    assert_eq!(none, format!("0 of 1 pair {pairs} is connected"));
}

#[test]
fn advice_speaks_to_the_case_and_names_who_and_why() {
    let text = "\
        k holds runner@ci,edge@prod,app@dev type=API_key owner=ops;sre\n\
        k grants db@prod\n\
        - - runner@ci kind=CI_runner\n\
        - - edge@prod kind=edge_device\n";
    let answers = Answers::compute(testing::graph(text), &Progress::default()).unwrap();
    let found = |id: &str| answers.findings.iter().find(|finding| finding.rule.id() == id).unwrap();
    let of = |id: &str| answers.details(found(id));
    let crossing = of("KR01");
    assert!(
        crossing.advice.contains("one credential each for ci, dev, prod"),
        "{}",
        crossing.advice
    );
    let weights: Vec<i8> = crossing.why.iter().map(|reason| reason.weight).collect();
    assert_eq!((weights, found("KR01").severity), (vec![1, 1, 1, 0], Severity::Critical));
    assert_eq!(crossing.technique.map(Technique::id), Some("T1550"));
    let identity = of("KR12").advice;
    let named = "edge in prod (distributed), runner in ci (short-lived); the others keep it";
    assert!(identity.contains(named), "{identity}");
    assert!(of("KR02").advice.contains("app, edge, runner"), "{}", of("KR02").advice);
    assert!(of("KR03").advice.contains("one credential each for ops, sre"));
}
