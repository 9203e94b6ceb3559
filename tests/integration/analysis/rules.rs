//! The rules on thousands of small random inventories, judged a second time by loops over rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use keyreach::analysis::{
    Counting, Finding, Severity, Subject, Technique, findings, reach_of_all, sharing_of_all,
};
use keyreach::graph::{AccessGraph, testing};
use keyreach::inventory::{Assumptions, Progress};
use proptest::prelude::*;

const SERVICES: [&str; 4] = ["web", "Web", "db", "bus"];
const ENVIRONMENTS: [(&str, &str); 5] =
    [("dev", "dev"), ("Development", "dev"), ("prod", "prod"), ("mars", "mars"), ("", "")];
const ACCESS: [&str; 4] = ["holds", "grants", "both", "?"];
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

    fn site(&self) -> (&'static str, &'static str) {
        (SERVICES[self.service], ENVIRONMENTS[self.environment].1)
    }

    fn holds(&self) -> bool {
        self.access != 1
    }

    fn grants(&self) -> bool {
        self.access != 0
    }
}

prop_compose! {
    fn row()(
        (secret, alias, access, service, environment) in
            (0usize..6, 0usize..5, 0usize..4, 0usize..4, 0usize..5),
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

/// The rules that a credential breaks, but for KR14.
fn judged(of: &[&Row], all: &[Row]) -> Vec<&'static str> {
    if !live(of) {
        return vec!["KR07"];
    }
    let sites: BTreeSet<_> = of.iter().map(|row| row.site()).collect();
    let holders: BTreeSet<_> = of.iter().filter(|row| row.holds()).map(|row| row.site()).collect();
    let targets: BTreeSet<_> = of.iter().filter(|row| row.grants()).map(|row| row.site()).collect();
    let labels: BTreeSet<_> = sites.iter().map(|site| site.1).filter(|l| !l.is_empty()).collect();
    let services: BTreeSet<_> = sites.iter().map(|site| site.0).collect();
    let owners: BTreeSet<_> = of.iter().flat_map(|row| OWNERS[row.owner].1).collect();
    let near = all.iter().filter(|row| sites.contains(&row.site()));
    let mut all_owners: BTreeSet<_> =
        near.flat_map(|row| SERVICE_OWNERS[row.service_owner].1).collect();
    all_owners.extend(&owners);
    let ids: BTreeSet<_> = of.iter().map(|row| row.alias).collect();
    let rotated = of.iter().filter_map(|row| DAYS[row.rotated].1).min();
    let age = rotated.or(of.iter().filter_map(|row| DAYS[row.created].1).max());
    let unused = match of.iter().map(|row| row.used).max() {
        _ if of.iter().any(|row| row.used == 3) => false,
        used => used > Some(0),
    };
    let rules = [
        ("KR01", labels.len() > 1),
        ("KR02", (holders.len() > 1 || targets.len() > 1) && services.len() > 1),
        ("KR03", all_owners.len() > 1),
        ("KR04", owners.is_empty()),
        ("KR05", !of.iter().any(|row| row.life > 2)),
        ("KR06", age > Some(90)),
        ("KR08", of.iter().any(|row| STORAGES[row.storage].1)),
        ("KR10", carries(of, all)),
        ("KR11", ids.len() > 1),
        ("KR12", holders.iter().any(|site| several_operators(*site, all))),
        ("KR13", unused),
    ];
    rules.iter().filter(|(_, breaks)| *breaks).map(|(rule, _)| *rule).collect()
}

/// Whether two owners answer for an instance; nothing here is short-lived or distributed.
fn several_operators(site: (&str, &str), all: &[Row]) -> bool {
    let here = all.iter().filter(|row| row.site() == site);
    here.flat_map(|row| SERVICE_OWNERS[row.service_owner].1).collect::<BTreeSet<_>>().len() > 1
}

/// Whether a credential leads from what an attacker in dev gets to towards prod.
fn carries(of: &[&Row], all: &[Row]) -> bool {
    let secret = of[0].secret;
    let alive =
        |secret: usize| live(&all.iter().filter(|row| row.secret == secret).collect::<Vec<_>>());
    let sites: BTreeSet<_> = all.iter().map(Row::site).collect();
    let prod = |site: &(&str, &str)| site.1 == "prod";
    if !sites.iter().any(prod) {
        return false;
    }
    let mut hops = BTreeSet::new();
    for from in all.iter().filter(|row| row.holds() && alive(row.secret)) {
        let to = all.iter().filter(|row| row.grants() && row.secret == from.secret);
        hops.extend(to.map(|to| (from.site(), from.secret, to.site())));
    }
    let mut reached: BTreeSet<_> = sites.iter().copied().filter(|site| site.1 == "dev").collect();
    let mut leading: BTreeSet<_> = BTreeSet::new();
    for _ in 0..sites.len() {
        for (from, _, to) in &hops {
            if reached.contains(from) {
                reached.insert(*to);
            }
            if prod(to) || leading.contains(to) {
                leading.insert(*from);
            }
        }
    }
    hops.iter().any(|(from, with, to)| {
        *with == secret
            && from != to
            && reached.contains(from)
            && (prod(to) || leading.contains(to))
    })
}

fn expected(rows: &[Row]) -> BTreeSet<(String, String)> {
    let mut by_secret: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_secret.entry(row.secret).or_default().push(row);
    }
    let mut expected = BTreeSet::new();
    let mut identities: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (secret, of) in &by_secret {
        let alias = of.iter().map(|row| row.alias).min().unwrap();
        let name = format!("id{secret}-{alias}");
        for rule in judged(of, rows) {
            expected.insert((rule.to_owned(), name.clone()));
        }
        let identity = of.iter().map(|row| row.identity).filter(|identity| *identity > 0).min();
        if let Some(identity) = identity.filter(|_| live(of)) {
            identities.entry(identity).or_default().push(name);
        }
    }
    for mut names in identities.into_values().filter(|names| names.len() > 1) {
        names.sort();
        expected.insert(("KR14".to_owned(), names[0].clone()));
    }
    for site in rows.iter().map(Row::site).collect::<BTreeSet<_>>() {
        let here = || rows.iter().filter(|row| row.site() == site);
        let sidecar = here().any(|row| row.kind == 1);
        let held: BTreeSet<_> = here().filter(|row| row.holds()).map(|row| row.secret).collect();
        let held = held.iter().filter(|secret| live(&by_secret[secret])).count();
        if sidecar || held >= HOLDS_LIMIT {
            expected.insert(("KR09".to_owned(), format!("{}@{}", site.0, site.1)));
        }
    }
    expected
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
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_equal_a_walk_over_the_rows(rows in prop::collection::vec(row(), 0..16)) {
        let text: String = rows.iter().map(Row::line).collect();
        let mut assumptions = Assumptions::new(testing::as_of());
        assumptions.extraction_point_holds = HOLDS_LIMIT;
        let graph = AccessGraph::build(Arc::new(testing::inventory(&text)), &assumptions);
        let reach = reach_of_all(&graph, Counting::All, &Progress::default()).unwrap();
        let found = findings(&graph, &sharing_of_all(&graph), &reach);
        let named: BTreeSet<_> =
            found.iter().map(|f| (f.rule.id().to_owned(), subject_name(&graph, f))).collect();
        prop_assert_eq!(named.len(), found.len(), "a finding came twice");
        prop_assert_eq!(named, expected(&rows));
        let farthest = |finding: &Finding| match finding.subject {
            Subject::Credential(at) => reach.credentials[at.index()],
            Subject::Instance(at) => reach.instances[at.index()],
        };
        let key = |f: &Finding| (f.severity, std::cmp::Reverse(farthest(f)), f.rule.id());
        prop_assert!(found.is_sorted_by_key(key));
        for finding in &found {
            prop_assert!(!finding.evidence.is_empty() && finding.evidence.is_sorted());
            prop_assert!(!finding.why.is_empty() && !finding.advice.is_empty());
            let weight = finding.why.iter().map(|reason| i32::from(reason.weight)).sum();
            prop_assert_eq!(finding.severity, Severity::of_weight(weight));
        }
    }
}

#[test]
fn advice_speaks_to_the_case_and_names_who_and_why() {
    let text = "\
        k holds runner@ci,edge@prod,app@dev type=API_key owner=ops;sre\n\
        k grants db@prod\n\
        - - runner@ci kind=CI_runner\n\
        - - edge@prod kind=edge_device\n";
    let graph = testing::graph(text);
    let reach = reach_of_all(&graph, Counting::All, &Progress::default()).unwrap();
    let found = findings(&graph, &sharing_of_all(&graph), &reach);
    let of = |id: &str| found.iter().find(|finding| finding.rule.id() == id).unwrap();
    let crossing = of("KR01");
    assert!(
        crossing.advice.contains("one credential each for ci, dev, prod"),
        "{}",
        crossing.advice
    );
    let weights: Vec<i8> = crossing.why.iter().map(|reason| reason.weight).collect();
    assert_eq!((weights, crossing.severity), (vec![1, 1, 1, 0], Severity::Critical));
    assert_eq!(crossing.technique.map(Technique::id), Some("T1550"));
    let identity = &of("KR12").advice;
    let named = "edge in prod (distributed), runner in ci (short-lived); the others keep it";
    assert!(identity.contains(named), "{identity}");
    assert!(of("KR02").advice.contains("app, edge, runner"), "{}", of("KR02").advice);
    assert!(of("KR03").advice.contains("one credential each for ops, sre"));
}
