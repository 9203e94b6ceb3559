//! How bad each rule's findings are, case by case, worked out by hand: one table for each rule.
//!
//! The property in `rules.rs` judges random rows by the same conditions; here each condition stands
//! alone, with what comes just short of it.

use std::fmt::Write as _;
use std::sync::Arc;

use keyreach::analysis::{Answers, Finding, FindingDetails, Rule, Severity, Subject, Technique};
use keyreach::graph::{AccessGraph, testing};
use keyreach::inventory::{Assumptions, Progress};

/// Rows, and how bad the rule finds its subject; nothing where it finds nothing.
type Case = (&'static str, Option<Severity>);

const CRITICAL: Option<Severity> = Some(Severity::Critical);
const HIGH: Option<Severity> = Some(Severity::High);
const MEDIUM: Option<Severity> = Some(Severity::Medium);
const LOW: Option<Severity> = Some(Severity::Low);

/// The subject of every case, but for KR09, which is about the instance `hub@dev`.
const SUBJECT: &str = "k";

const CROSSES: [Case; 15] = [
    ("k holds a@dev\nk grants b@dev", None),
    ("k holds a@prod,a@Production", None),
    ("k holds a@dev,a@", None),
    ("k holds a@dev status=dead\nk grants b@prod", None),
    // Across only: downwards, without a way in, or to where no tier is known.
    ("k holds a@prod\nk grants b@dev", MEDIUM),
    ("k holds a@dev,a@prod", MEDIUM),
    ("k grants a@dev,a@prod", MEDIUM),
    ("k holds a@dev\nk grants b@mars", MEDIUM),
    // Upwards, and then into the highest tier that there is.
    ("k holds a@dev\nk grants b@ci\nx grants c@prod", HIGH),
    ("k holds a@dev\nk grants b@ci", CRITICAL),
    ("k holds a@dev\nk grants b@prod", CRITICAL),
    // One step less where assumed access is all that leads there.
    ("k ? a@dev,b@ci\nx grants c@prod", MEDIUM),
    ("k ? a@dev,b@prod", HIGH),
    ("k holds a@dev\nk ? b@prod", HIGH),
    ("k holds a@dev\nk grants b@ci\nk ? c@prod", HIGH),
];

const ACROSS_SERVICES: [Case; 10] = [
    ("k holds a@dev\nk grants b@dev", None),
    ("k holds a@dev,a@prod", None),
    ("k holds a@,b@ status=dead", None),
    ("k holds a@,b@", MEDIUM),
    ("k grants a@,b@", MEDIUM),
    ("k ? a@,b@", MEDIUM),
    // A step more for a reach of five or more that is a quarter of all or more.
    ("k grants a@,b@,c@,d@", MEDIUM),
    ("k grants a@,b@,c@,d@,e@", HIGH),
    ("k grants 1@,2@,3@,4@,5@\n- - 6@,7@,8@,9@,10@,11@,12@,13@,14@,15@,16@,17@,18@,19@,20@", HIGH),
    (
        "k grants 1@,2@,3@,4@,5@\n- - 6@,7@,8@,9@,10@,11@,12@,13@,14@,15@,16@,17@,18@,19@,20@,21@",
        MEDIUM,
    ),
];

const ACROSS_OWNERS: [Case; 7] = [
    ("k holds a@ owner=ops", None),
    ("k holds a@ owner=ops\n- - a@ service_owner=ops", None),
    ("k holds a@ owner=ops;crm status=dead", None),
    ("k holds a@ owner=ops;crm", MEDIUM),
    ("k holds a@ owner=ops\nk grants b@ owner=crm", MEDIUM),
    ("k holds a@ owner=ops\n- - a@ service_owner=crm", MEDIUM),
    ("k holds a@dev owner=ops\nk grants b@prod owner=crm", MEDIUM),
];

const NO_OWNER: [Case; 7] = [
    ("k holds a@ owner=ops", None),
    ("k holds a@\nk grants a@ owner=ops", None),
    ("k holds a@ status=dead", None),
    ("k holds a@", LOW),
    ("k holds a@\n- - a@ service_owner=ops", LOW),
    ("k holds a@,b@", MEDIUM),
    ("k holds a@dev,a@prod", MEDIUM),
];

const NO_EXPIRY: [Case; 6] = [
    ("k holds a@ expires=2027-01-01", None),
    ("k holds a@\nk grants a@ expires=2027-01-01", None),
    ("k holds a@ status=dead", None),
    ("k holds a@", LOW),
    ("k grants a@,b@", MEDIUM),
    ("k holds a@dev\nk grants a@prod", MEDIUM),
];

/// Tests judge on the first of July 2026: the second of April is 90 days before.
const OLD: [Case; 10] = [
    ("k holds a@", None),
    ("k holds a@ created=2026-04-02", None),
    ("k holds a@ rotated=2026-04-02 created=2020-01-01", None),
    ("k holds a@ rotated=2020-01-01\nk grants a@ rotated=2026-06-01", None),
    ("k holds a@ created=2020-01-01 status=dead", None),
    ("k holds a@ created=2026-04-01", LOW),
    ("k holds a@ rotated=2026-04-01 created=2026-06-30", LOW),
    ("k holds a@ created=2026-06-30\nk grants a@ created=2020-01-01", LOW),
    ("k holds a@,b@ rotated=2026-04-01", MEDIUM),
    ("k holds a@dev,a@prod rotated=2026-04-01", MEDIUM),
];

const DEAD: [Case; 6] = [
    ("k holds a@", None),
    ("k holds , status=dead", None),
    ("k holds a@ status=dead\nk grants b@ status=live", None),
    ("k holds a@ status=dead", LOW),
    ("k holds a@ expires=2026-06-30", LOW),
    ("k holds a@dev status=dead\nk grants b@prod", LOW),
];

const PLAIN_SIGHT: [Case; 14] = [
    ("k holds a@", None),
    ("k holds a@ storage=vault", None),
    ("k holds a@ storage=vault/wiki", None),
    ("k holds a@ storage=wiki status=dead", None),
    ("k holds a@ storage=code", MEDIUM),
    ("k holds a@ storage=repository", MEDIUM),
    ("k holds a@ storage=environment_variable", MEDIUM),
    ("k holds a@ storage=config_file", MEDIUM),
    ("k holds a@ storage=CI_variable", MEDIUM),
    ("k holds a@ storage=wiki", MEDIUM),
    ("k holds a@ storage=chat", MEDIUM),
    ("k holds a@ storage=laptop", MEDIUM),
    ("k holds a@,b@ storage=wiki", MEDIUM),
    ("k holds a@dev,a@prod storage=wiki", HIGH),
];

/// Cases that hold ten are in [`an_instance_that_holds_ten_is_an_extraction_point`].
const EXTRACTION: [Case; 9] = [
    ("k holds hub@dev", None),
    ("k holds hub@dev\n- - hub@dev kind=database", None),
    ("- - hub@dev kind=sidecar", MEDIUM),
    ("- - hub@dev kind=broker", MEDIUM),
    ("- - hub@dev kind=secret_store", MEDIUM),
    ("- - hub@dev kind=CI", MEDIUM),
    ("k grants hub@dev,b@prod\n- - hub@dev kind=CI", MEDIUM),
    ("k holds hub@dev status=dead\nk grants b@prod\n- - hub@dev kind=CI", MEDIUM),
    ("k holds hub@dev\nk grants b@prod\n- - hub@dev kind=CI", HIGH),
];

const ON_PATH: [Case; 11] = [
    ("k holds a@dev\nk grants b@dev\nx grants c@prod", None),
    ("k holds a@prod\nk grants b@dev", None),
    ("k holds a@dev status=dead\nk grants b@prod", None),
    // On the way, but not into a crown jewel, or only from one to the next.
    ("k holds a@dev\nk grants b@ci\nm holds b@ci\nm grants c@prod", MEDIUM),
    ("e holds a@dev\ne grants b@prod\nk holds b@prod\nk grants c@prod", MEDIUM),
    ("k holds a@dev\nk grants b@prod", HIGH),
    ("- - a@ entry=yes\n- - b@ jewel=yes\nk holds a@\nk grants b@", HIGH),
    // No step for what stated access does not give.
    ("k ? a@dev,b@prod", MEDIUM),
    ("k holds a@dev\nk ? b@prod", MEDIUM),
    ("k ? a@dev\nk grants b@prod", MEDIUM),
    ("k holds a@dev\nk grants b@ci\nk ? c@prod\nm holds b@ci\nm grants c@prod", MEDIUM),
];

const SEVERAL_IDS: [Case; 5] = [
    ("k holds a@\nk grants b@", None),
    ("F:k holds a@\nF: grants b@", None),
    ("F:k holds a@ status=dead\nF:l holds b@", None),
    ("F:k holds a@\nF:l holds a@", MEDIUM),
    ("F:k holds a@dev\nF:l grants b@prod", MEDIUM),
];

const SHORT_LIVED: [Case; 11] = [
    ("k holds a@", None),
    ("k holds a@\n- - a@ kind=database service_owner=ops", None),
    ("k grants a@\n- - a@ kind=lambda", None),
    ("k holds a@ status=dead\n- - a@ kind=lambda", None),
    ("k holds a@\n- - a@ kind=cron_job", LOW),
    ("k holds a@\n- - a@ kind=jenkins", LOW),
    ("k holds a@\n- - a@ kind=edge_device", LOW),
    ("k holds a@\n- - a@ service_owner=ops\n- - a@ service_owner=crm", LOW),
    ("k holds a@ tags=distributed", LOW),
    ("k holds a@,b@\n- - a@ kind=lambda", LOW),
    ("k holds a@dev,b@prod\n- - a@dev kind=lambda", MEDIUM),
];

const UNUSED: [Case; 8] = [
    ("k holds a@", None),
    ("k holds a@ used=2026-04-02", None),
    ("k holds a@ used=never\nk grants a@ used=2026-06-30", None),
    ("k holds a@ used=never status=dead", None),
    ("k holds a@ used=2026-04-01", LOW),
    ("k holds a@ used=never", LOW),
    ("k holds a@,b@ used=never", MEDIUM),
    ("k holds a@dev,a@prod used=never", MEDIUM),
];

const UNNEEDED: [Case; 6] = [
    ("k holds a@", None),
    ("k holds a@ status=live", None),
    ("k holds a@ status=unneeded\nk grants a@ status=dead", None),
    // That it works says nothing on whether anybody needs it.
    ("k holds a@ status=unneeded\nk grants a@ status=live", LOW),
    ("k holds a@,b@ status=unneeded", MEDIUM),
    ("k holds a@dev,a@prod status=unneeded", MEDIUM),
];

const ONE_IDENTITY: [Case; 6] = [
    ("k holds a@ identity=svc", None),
    ("k holds a@ identity=svc\nl holds a@ identity=other", None),
    ("k holds a@ identity=svc\nl holds a@ identity=svc status=dead", None),
    // It stands at the first by name.
    ("k holds a@ identity=svc\nj holds a@ identity=svc", None),
    ("k holds a@ identity=svc\nl holds a@ identity=svc", LOW),
    ("k holds a@dev identity=svc\nk grants b@prod\nl holds a@ identity=svc", LOW),
];

const JOINED: [Case; 6] = [
    ("k holds a@", None),
    ("k holds a@ joined=fingerprint", None),
    ("k holds a@ joined=id", None),
    ("k holds a@ joined=id-across-sources status=dead", None),
    ("k holds a@ joined=id-across-sources", LOW),
    ("k holds a@dev,b@prod joined=id-across-sources", LOW),
];

/// What is pinned of a rule.
struct Pinned {
    id: &'static str,
    owasp: &'static str,
    /// The technique for a password and for a token.
    attack: [Option<&'static str>; 2],
    cases: &'static [Case],
}

/// A new rule does not compile until its severities are pinned here.
fn pinned(rule: Rule) -> Pinned {
    let by_kind = [Some("T1078"), Some("T1550")];
    let (accounts, lies_open) = ([Some("T1078"); 2], [Some("T1552"); 2]);
    let (id, owasp, attack, cases): (_, _, _, &'static [Case]) = match rule {
        Rule::CrossesEnvironments => ("KR01", "NHI8", by_kind, &CROSSES),
        Rule::ReusedAcrossServices => ("KR02", "NHI9", by_kind, &ACROSS_SERVICES),
        Rule::ReusedAcrossOwners => ("KR03", "NHI9", by_kind, &ACROSS_OWNERS),
        Rule::NoOwner => ("KR04", "NHI1", [None; 2], &NO_OWNER),
        Rule::NoExpiry => ("KR05", "NHI7", by_kind, &NO_EXPIRY),
        Rule::Old => ("KR06", "NHI7", by_kind, &OLD),
        Rule::DeadYetMapped => ("KR07", "NHI1", [None; 2], &DEAD),
        Rule::InPlainSight => ("KR08", "NHI2", lies_open, &PLAIN_SIGHT),
        Rule::ExtractionPoint => ("KR09", "NHI2", lies_open, &EXTRACTION),
        Rule::OnPath => ("KR10", "NHI5", by_kind, &ON_PATH),
        Rule::SeveralIds => ("KR11", "NHI9", [None; 2], &SEVERAL_IDS),
        Rule::ReadyForShortLived => ("KR12", "NHI7", by_kind, &SHORT_LIVED),
        Rule::Unused => ("KR13", "NHI1", accounts, &UNUSED),
        Rule::SeveralOfOneIdentity => ("KR14", "NHI1", accounts, &ONE_IDENTITY),
        Rule::JoinedByIdAcrossSources => ("KR15", "NHI9", [None; 2], &JOINED),
        Rule::Unneeded => ("KR16", "NHI1", accounts, &UNNEEDED),
    };
    Pinned { id, owasp, attack, cases }
}

const RULES: [Rule; 16] = [
    Rule::CrossesEnvironments,
    Rule::ReusedAcrossServices,
    Rule::ReusedAcrossOwners,
    Rule::NoOwner,
    Rule::NoExpiry,
    Rule::Old,
    Rule::DeadYetMapped,
    Rule::InPlainSight,
    Rule::ExtractionPoint,
    Rule::OnPath,
    Rule::SeveralIds,
    Rule::ReadyForShortLived,
    Rule::Unused,
    Rule::SeveralOfOneIdentity,
    Rule::JoinedByIdAcrossSources,
    Rule::Unneeded,
];

fn answers_under(rows: &str, assumptions: &Assumptions) -> Answers {
    let graph = AccessGraph::build(Arc::new(testing::inventory(rows)), assumptions);
    Answers::compute(graph, &Progress::default()).unwrap()
}

/// What a rule finds of the subject of every case.
fn finding(rule: Rule, rows: &str, assumptions: &Assumptions) -> Option<Finding> {
    detailed(rule, rows, assumptions).map(|(finding, _)| finding)
}

/// The same with what it says.
fn detailed(
    rule: Rule,
    rows: &str,
    assumptions: &Assumptions,
) -> Option<(Finding, FindingDetails)> {
    let answers = answers_under(rows, assumptions);
    let (graph, found) = (&answers.graph, &answers.findings);
    let is_subject = |finding: &&Finding| match finding.subject {
        Subject::Credential(at) => graph.credential_name(at) == SUBJECT,
        Subject::Instance(at) => graph.instance_name(at) == "hub in dev",
    };
    let found = found.iter().filter(|finding| finding.rule == rule).find(is_subject);
    found.map(|finding| (*finding, answers.details(finding)))
}

fn severity(rule: Rule, rows: &str) -> Option<Severity> {
    finding(rule, rows, &Assumptions::new(testing::as_of())).map(|finding| finding.severity)
}

#[test]
fn every_rule_is_as_bad_as_it_was_worked_out_by_hand() {
    for rule in RULES {
        let Pinned { id, cases, .. } = pinned(rule);
        for (rows, expected) in cases {
            assert_eq!(severity(rule, rows), *expected, "{id}:\n{rows}");
        }
    }
}

#[test]
fn every_rule_has_its_id_its_entry_and_its_technique() {
    for (number, rule) in (1..).zip(RULES) {
        let Pinned { id, owasp, attack, cases } = pinned(rule);
        assert_eq!((rule.id(), rule.owasp()), (id, owasp));
        assert_eq!(id, format!("KR{number:02}"), "the list is in order");
        for (kind, attack) in ["password", "API_token"].into_iter().zip(attack) {
            let (rows, _) = cases.iter().rfind(|(_, severity)| severity.is_some()).unwrap();
            let typed = |row: &str| match row.strip_prefix("- -") {
                Some(_) => format!("{row}\n"),
                None => format!("{row} type={kind}\n"),
            };
            let rows: String = rows.lines().map(typed).collect();
            let found = detailed(rule, &rows, &Assumptions::new(testing::as_of())).unwrap();
            assert_eq!(found.1.technique.map(Technique::id), attack, "{id} of a {kind}");
        }
    }
}

#[test]
fn severities_are_named_and_ordered_from_the_worst() {
    let words = Severity::ALL.map(Severity::word);
    assert_eq!(words, ["critical", "high", "medium", "low"]);
    assert!(Severity::ALL.is_sorted() && Severity::ALL.map(Severity::rank) == [0, 1, 2, 3]);
    let of = [-2, -1, 0, 1, 2, 3, 4].map(|weight| Severity::of_weight(weight).word());
    assert_eq!(of, ["low", "low", "low", "medium", "high", "critical", "critical"]);
}

#[test]
fn an_instance_that_holds_ten_is_an_extraction_point() {
    let rows = |whole: usize| {
        let mut rows = String::new();
        for at in 0..whole {
            writeln!(rows, "k{at} holds hub@dev").unwrap();
        }
        rows
    };
    let dead = rows(9) + "old holds hub@dev status=dead\n";
    let upwards = rows(10) + "k0 grants b@prod\n";
    let granting = rows(9) + "other grants hub@dev\n";
    let cases =
        [(rows(9), None), (dead, None), (granting, None), (rows(10), MEDIUM), (upwards, HIGH)];
    for (rows, expected) in cases {
        assert_eq!(severity(Rule::ExtractionPoint, &rows), expected, "{rows}");
    }
    let default = Assumptions::new(testing::as_of());
    let assumed = |rows: &str| finding(Rule::ExtractionPoint, rows, &default).unwrap().assumed;
    assert!(!assumed(&rows(10)));
    assert!(assumed(&(rows(9) + "k9 ? hub@dev\n")));
    assert!(!assumed("k ? hub@dev\n- - hub@dev kind=CI"), "its role is enough");
}

/// Changes a policy.
type Set = fn(&mut Assumptions);

#[test]
fn the_policy_moves_every_threshold() {
    let held = "k holds hub@dev\nl holds hub@dev\n";
    let cases: [(Rule, &str, Set, Set); 4] = [
        (
            Rule::Old,
            "k holds a@ rotated=2026-06-01",
            |policy| policy.rotation_days = 30,
            |policy| policy.rotation_days = 29,
        ),
        (
            Rule::Unused,
            "k holds a@ used=2026-06-01",
            |policy| policy.unused_days = 30,
            |policy| policy.unused_days = 29,
        ),
        (
            Rule::ExtractionPoint,
            held,
            |policy| policy.extraction_point_holds = 3,
            |policy| policy.extraction_point_holds = 2,
        ),
        (
            Rule::InPlainSight,
            "k holds a@ storage=intranet",
            |policy| policy.plain_sight = vec!["wiki".to_owned()],
            |policy| policy.plain_sight = vec!["intranet".to_owned()],
        ),
    ];
    for (rule, rows, short_of, enough) in cases {
        let is_found = |set: Set| {
            let mut policy = Assumptions::new(testing::as_of());
            set(&mut policy);
            finding(rule, rows, &policy).is_some()
        };
        assert!(!is_found(short_of) && is_found(enough), "{}", rule.id());
    }
}

/// What rests on assumed access alone says so; the severity of it is pinned above.
#[test]
fn findings_that_rest_on_assumed_access_say_so() {
    let cases = [
        (Rule::CrossesEnvironments, "k ? a@dev,b@prod", true),
        (Rule::CrossesEnvironments, "k holds a@dev\nk ? b@prod", true),
        (Rule::CrossesEnvironments, "k holds a@dev\nk grants b@ci\nk ? c@prod", false),
        (Rule::CrossesEnvironments, "k holds a@dev\nk grants b@prod", false),
        (Rule::ReusedAcrossServices, "k ? a@,b@", true),
        (Rule::ReusedAcrossServices, "k holds a@\nk ? b@", true),
        (Rule::ReusedAcrossServices, "k holds a@,b@\nk ? c@", false),
        (Rule::ReusedAcrossOwners, "k ? a@ owner=ops\n- - a@ service_owner=crm", true),
        (Rule::ReusedAcrossOwners, "k holds a@ owner=ops\n- - a@ service_owner=crm", false),
        (Rule::ReusedAcrossOwners, "k ? a@ owner=ops;crm", false),
        (Rule::OnPath, "k ? a@dev,b@prod", true),
        (Rule::OnPath, "k holds a@dev\nk grants b@ci\nk ? c@prod", true),
        (Rule::OnPath, "k holds a@dev\nk grants b@prod", false),
        (Rule::ReadyForShortLived, "k ? a@\n- - a@ kind=lambda", true),
        (Rule::ReadyForShortLived, "k holds a@\n- - a@ kind=lambda", false),
        (Rule::NoOwner, "k ? a@", false),
        (Rule::NoExpiry, "k ? a@", false),
        (Rule::DeadYetMapped, "k ? a@ status=dead", false),
    ];
    for (rule, rows, assumed) in cases {
        let found = finding(rule, rows, &Assumptions::new(testing::as_of())).unwrap();
        assert_eq!(found.assumed, assumed, "{}:\n{rows}", rule.id());
    }
}

#[test]
fn findings_stand_worst_first_then_by_reach_then_by_rule_and_name() {
    // Of the two that cross, n reaches farther; neither a nor b has an owner or an expiry.
    let rows = "\
        b holds x@ \n\
        a holds x@ \n\
        m holds y@dev owner=ops expires=2027-01-01\nm grants z@prod\n\
        n holds y@dev owner=ops expires=2027-01-01\nn grants w@prod,v@prod\n\
        - - hub@ kind=broker\n- - bus@ kind=broker\n";
    let answers = answers_under(rows, &Assumptions::new(testing::as_of()));
    let listed: Vec<String> = answers
        .findings
        .iter()
        .map(|finding| {
            let name = finding.subject.name(&answers.graph);
            format!("{} {} {name}", finding.severity.word(), finding.rule.id())
        })
        .collect();
    let expected = [
        "critical KR01 n",
        "critical KR01 m",
        "high KR10 n",
        "high KR10 m",
        "medium KR02 n",
        "medium KR09 bus in unknown environment",
        "medium KR09 hub in unknown environment",
        "low KR04 a",
        "low KR04 b",
        "low KR05 a",
        "low KR05 b",
    ];
    assert_eq!(listed, expected);
}
