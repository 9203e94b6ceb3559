//! What a search finds: worked out by hand, and for each key from the graph row by row.

use std::collections::BTreeSet;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;

use super::{empty, open, sample, search, settle};
use crate::analysis::{Severity, Subject};
use crate::app::model::command::{Command, SightCommand};
use crate::app::model::query::complete::completions;
use crate::app::model::query::wanted::Wanted;
use crate::app::shell::window::Window;
use crate::app::work::answers::Answers;
use crate::inventory::Assumptions;

/// k1 leads from shop to pay, k2 from there to bank; old is dead; lone is not said to hold or grant.
const TABLE: &str = "id,service,environment,access,status,owner,type,service kind,storage\n\
                     k1,shop,dev,holds,,Web,token,app,wiki\nk1,pay,prod,grants,,Web,token,db,wiki\n\
                     k2,pay,prod,holds,,,ssh key,db,vault\nk2,bank,prod,grants,,,ssh key,db,vault\n\
                     old,shop,dev,holds,revoked,Web,token,app,\nlone,mail,qa,,,Ops,token,app,\n";

fn opened() -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "keys.csv", TABLE.as_bytes().to_vec());
    settle(&mut harness);
    harness
}

fn found(answers: &Answers, text: &str) -> Result<Vec<String>, String> {
    let wanted = Wanted::of(text, answers)?;
    let hits = answers.subjects().filter(|own| wanted.holds(answers, *own));
    Ok(hits.map(|own| answers.name(own)).collect())
}

#[test]
fn each_key_finds_what_is_worked_out_by_hand() {
    let harness = opened();
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let cases: [(&str, &[&str]); 23] = [
        ("k", &["bank in prod", "k1", "k2"]),
        ("K1", &["k1"]),
        ("pay in prod", &["pay in prod"]),
        ("in prod", &["bank in prod", "pay in prod", "k1", "k2"]),
        ("k in dev", &["k1"]),
        ("type:token", &["k1", "lone", "old"]),
        ("type:SSH", &["k2"]),
        ("env:production", &["bank in prod", "pay in prod", "k1", "k2"]),
        ("env:dev,qa", &["mail in qa", "shop in dev", "k1", "lone", "old"]),
        ("env:dev env:prod", &["k1"]),
        ("owner:ops", &["lone"]),
        ("owner:nobody env:prod", &["bank in prod", "pay in prod", "k2"]),
        ("kind:db", &["bank in prod", "pay in prod"]),
        ("storage:wiki", &["k1"]),
        ("dead:yes", &["old"]),
        ("dead:no", &["k1", "k2", "lone"]),
        ("assumed:yes", &["mail in qa", "lone"]),
        ("reach>1", &["shop in dev", "k1"]),
        ("reach=1 type:ssh", &["k2"]),
        ("reach<1 kind:db", &["bank in prod"]),
        ("rule:kr07", &["old"]),
        ("rule:KR03", &[]),
        ("rule:KR01 severity:critical,high,medium,low", &["k1"]),
    ];
    for (text, expected) in cases {
        let found = found(&answers, text).unwrap_or_else(|unclear| panic!("{text}: {unclear}"));
        assert_eq!(found, expected, "{text}");
    }
}

/// The first was made in 2025 and expires within two months; of the second no row says any day.
const DAYS: &str = "id,service,environment,access,created,last rotated,last used,expires\n\
                    k1,shop,dev,holds,2025-03-01,2026-05-31,2026-11-20,2027-01-15\n\
                    k1,pay,prod,grants,2025-03-01,2026-05-31,2026-11-20,2027-01-15\n\
                    k2,pay,prod,holds,,,never,\nk3,bank,prod,holds,2024-02-29,,,2026-11-30\n";

#[test]
fn days_find_what_is_worked_out_by_hand() {
    let mut harness = empty();
    open(&mut harness, "keys.csv", DAYS.as_bytes().to_vec());
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let cases: [(&str, &[&str]); 11] = [
        ("created<2025", &["k3"]),
        ("created>=2025", &["k1"]),
        ("created=2024-02", &["k3"]),
        ("created:none", &["k2"]),
        ("rotated<2026-06", &["k1"]),
        ("rotated:none", &["k2", "k3"]),
        ("used>2026-11-19", &["k1"]),
        ("used:none", &["k2", "k3"]),
        ("expires<2026-12", &["k3"]),
        ("expires:2027-01-15", &["k1"]),
        ("expires<2028 env:prod created>2024", &["k1"]),
    ];
    for (text, expected) in cases {
        let found = found(&answers, text).unwrap_or_else(|unclear| panic!("{text}: {unclear}"));
        assert_eq!(found, expected, "{text}");
    }
    only(&mut harness, "expires<2027");
    assert_eq!(in_sight(&harness), ["bank in prod", "k3"], "what is found keeps its links");
    for (text, part) in [
        ("expires<soon", "“soon” is no day; write one behind expires, for instance expires<2027"),
        ("used>", "write a day behind used, for instance used<2027"),
        ("env<2027", "only reach and days can be more or less; write env:"),
    ] {
        let unclear = found(&answers, text).expect_err(text);
        assert!(unclear.contains(part), "{part} in {unclear}");
    }
}

#[test]
fn a_wrong_key_or_value_is_named_with_what_is_known() {
    let harness = opened();
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let cases: [(&str, &[&str]); 12] = [
        (
            "ownr:web",
            &["there is no key “ownr”", "did you mean “owner”?", "type, env", "in quotes"],
        ),
        ("env:prdo", &["there is no environment “prdo”", "did you mean “prod”?", "dev, prod, qa"]),
        ("env:", &["env:", "dev, prod, qa"]),
        ("owner:nemo", &["there is no owner “nemo”", "Ops, Web, nobody"]),
        ("severity:bad", &["there is no severity “bad”", "critical, high, medium, low"]),
        ("type:xyz", &["there is no type of credential “xyz”", "ssh key, token"]),
        ("kind:xyz", &["there is no kind of service “xyz”", "app, db"]),
        ("storage:xyz", &["there is no storage “xyz”", "vault, wiki"]),
        ("rule:KR99", &["there is no rule “KR99”", "with findings: KR01"]),
        ("dead:maybe", &["“maybe” is neither yes nor no", "dead:yes or dead:no"]),
        ("reach>lots", &["“lots” is not a whole number", "reach>20"]),
        ("pay in nowhere", &["there is no environment “nowhere”", "dev, prod, qa"]),
    ];
    for (text, parts) in cases {
        let unclear = found(&answers, text).expect_err(text);
        for part in parts {
            assert!(unclear.contains(part), "{part} in {unclear}");
        }
    }
}

/// Whether a subject is as one value of a key says, worked out anew.
fn is_so(answers: &Answers, subject: Subject, (key, value): (&str, &str)) -> bool {
    let graph = &answers.graph;
    let text = |name| graph.inventory().text(name).to_lowercase();
    let edges = graph.edges().iter().filter(|edge| match subject {
        Subject::Credential(at) => edge.credential == at,
        Subject::Instance(at) => edge.instance == at,
    });
    let edges: Vec<_> = edges.collect();
    let findings = || answers.findings.iter().filter(|own| own.subject == subject);
    match (key, subject) {
        ("env", Subject::Instance(at)) => graph.environment_of(at).display() == value,
        ("env", Subject::Credential(_)) => {
            edges.iter().any(|edge| graph.environment_of(edge.instance).display() == value)
        }
        ("type", Subject::Credential(at)) => {
            graph.credential(at).kind.is_some_and(|kind| text(kind).contains(value))
        }
        ("kind", Subject::Instance(at)) => {
            graph.instance(at).kind.is_some_and(|kind| text(kind).contains(value))
        }
        ("dead", Subject::Credential(at)) => graph.credential(at).is_live() == (value == "no"),
        ("assumed", _) => edges.iter().any(|edge| edge.assumes()) == (value == "yes"),
        ("severity", _) => {
            findings().map(|own| own.severity).min().is_some_and(|worst| worst.word() == value)
        }
        ("rule", _) => findings().any(|own| own.rule.id() == value),
        ("reach", _) => answers.reach_of(subject) > value.parse().expect("a figure"),
        ("text", Subject::Instance(at)) => graph.service_name(at).to_lowercase().contains(value),
        ("text", Subject::Credential(at)) => {
            let ids = graph.aliases(at).iter().any(|id| text(*id).contains(value));
            let readable = graph.readable_name(at).map(|name| name.to_lowercase());
            let name = graph.credential_name(at).to_lowercase();
            ids || name.contains(value) || readable.is_some_and(|name| name.contains(value))
        }
        _ => false,
    }
}

#[test]
fn every_hit_is_as_the_text_says_and_what_is_so_is_hit() {
    let harness = sample("payments.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let graph = &answers.graph;
    let mut values: Vec<(&str, String)> = Vec::new();
    values.extend(graph.environments().iter().map(|own| ("env", own.display().to_owned())));
    let kinds: BTreeSet<_> = graph.credentials().iter().filter_map(|own| own.kind).collect();
    values.extend(kinds.iter().map(|own| ("type", graph.inventory().text(*own).to_lowercase())));
    values.extend(Severity::ALL.map(|own| ("severity", own.word().to_owned())));
    let rules: BTreeSet<_> = answers.findings.iter().map(|own| own.rule.id()).collect();
    values.extend(rules.iter().map(|own| ("rule", (*own).to_owned())));
    for sign in ["yes", "no"] {
        values.extend(["dead", "assumed"].map(|key| (key, sign.to_owned())));
    }
    values.extend(["0", "1", "5", "20"].map(|own| ("reach", own.to_owned())));
    values.extend(["a", "prod", "db", "api"].map(|own| ("text", own.to_owned())));
    let term = |key: &str, value: &str| match key {
        "reach" => format!("reach>{value}"),
        "text" => format!("\"{value}\""),
        key => format!("{key}:\"{value}\""),
    };
    let mut hits = 0;
    for (at, (key, value)) in values.iter().enumerate() {
        for (other_key, other) in values.iter().skip(at) {
            let text = format!("{} {}", term(key, value), term(other_key, other));
            let wanted = Wanted::of(&text, &answers).unwrap_or_else(|unclear| panic!("{unclear}"));
            for subject in answers.subjects() {
                let expected = is_so(&answers, subject, (key, value))
                    && is_so(&answers, subject, (other_key, other));
                assert_eq!(wanted.holds(&answers, subject), expected, "{text}: {subject:?}");
                hits += usize::from(expected);
            }
        }
    }
    assert!(hits > 1_000, "{hits}");
}

#[test]
fn a_text_is_completed_word_by_word_and_what_is_offered_is_understood() {
    let harness = opened();
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let names = |text: &str| -> Vec<String> {
        completions(text, &answers).into_iter().map(|own| own.name).collect()
    };
    assert_eq!(names("shop s"), ["severity:", "storage:", "stated:"]);
    assert_eq!(names("env:"), ["dev", "prod", "qa"]);
    assert_eq!(names("env:dev,q"), ["qa"]);
    assert_eq!(names("type:ss"), ["ssh key"]);
    assert!(names("").is_empty() && names("shop ").is_empty() && names("\"s").is_empty());
    let texts = |text: &str| -> Vec<String> {
        completions(text, &answers).into_iter().map(|own| own.text).collect()
    };
    assert_eq!(texts("k in dev r"), ["k in dev rule:", "k in dev reach>", "k in dev rotated<"]);
    assert_eq!(texts("env:dev,q"), ["env:dev,qa "]);
    assert_eq!(texts("type:ss"), ["type:\"ssh key\" "]);
    for text in ["env:", "owner:", "severity:", "type:", "kind:", "rule:", "dead:", "storage:"] {
        for whole in texts(text) {
            assert!(Wanted::of(&whole, &answers).is_ok(), "{whole}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_is_too_odd_for_what_is_open(text in "([a-z]{0,8}[:<>=\", é]{0,3}){0,5}") {
        thread_local! {
            static OPEN: Harness<'static, Window> = opened();
        }
        OPEN.with(|harness| {
            let answers = harness.state().model.answers.clone().expect("there are answers");
            let _hits = found(&answers, &text);
            let _ways = completions(&text, &answers);
        });
    }
}

fn in_sight(harness: &Harness<'static, Window>) -> Vec<String> {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let sight = &model.views.active().data.sight;
    answers.subjects().filter(|own| sight.passes(*own)).map(|own| answers.name(own)).collect()
}

#[test]
fn what_is_found_can_be_shown_alone_and_the_box_takes_that_back() {
    let mut harness = opened();
    search(&mut harness, "env:dev");
    harness.get_by_label("Show only these").click();
    settle(&mut harness);
    assert_eq!(in_sight(&harness), ["shop in dev", "k1", "old"]);
    harness.get_by_label("Only “env:dev”").click();
    settle(&mut harness);
    assert_eq!(in_sight(&harness).len(), 8);
}

#[test]
fn a_completion_that_is_clicked_is_written_and_what_is_wrong_stands_below_the_field() {
    let mut harness = opened();
    search(&mut harness, "sev");
    harness.get_by_label("severity:").click();
    harness.run();
    assert_eq!(harness.state().model.session.search, "severity:");
    harness.get_by_label_contains("Write what is wanted behind severity:");
    harness.event(egui::Event::Text("worst".to_owned()));
    harness.run();
    assert_eq!(harness.state().model.session.search, "severity:worst");
    harness.get_by_label_contains("no severity “worst”; known: critical, high, medium, low");
}

#[test]
fn a_phrase_with_in_is_text_where_a_name_has_its_words() {
    let mut harness = empty();
    let table = "id,service,environment,access\nk1,sign in form,dev,holds\nk1,pay,prod,grants\n";
    open(&mut harness, "keys.csv", table.as_bytes().to_vec());
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let names = found(&answers, "sign in form").expect("it is understood");
    assert_eq!(names, ["sign in form in dev"]);
    assert!(found(&answers, "sign in forms").is_err());
}

fn only(harness: &mut Harness<'static, Window>, text: &str) {
    let filter = Command::Sight(SightCommand::OnlyFound(text.to_owned()));
    harness.state_mut().model.apply(filter);
    settle(harness);
}

#[test]
fn what_a_key_of_credentials_or_of_services_leaves_keeps_its_links() {
    let mut harness = opened();
    let cases: [(&str, &[&str]); 8] = [
        ("type:ssh", &["bank in prod", "pay in prod", "k2"]),
        ("dead:yes", &["shop in dev", "old"]),
        ("storage:wiki", &["pay in prod", "shop in dev", "k1"]),
        ("held:dev", &["pay in prod", "shop in dev", "k1", "old"]),
        ("opens:prod reach=1", &["bank in prod", "pay in prod", "k2"]),
        ("kind:db", &["bank in prod", "pay in prod", "k1", "k2"]),
        ("type:token kind:db", &[]),
        ("env:prod", &["bank in prod", "pay in prod", "k1", "k2"]),
    ];
    for (text, expected) in cases {
        only(&mut harness, text);
        assert_eq!(in_sight(&harness), expected, "{text}");
    }
}

fn assume(harness: &mut Harness<'static, Window>, change: impl Fn(&mut Assumptions)) {
    let model = &mut harness.state_mut().model;
    let mut assumptions = Assumptions::clone(&model.project.assumptions);
    change(&mut assumptions);
    model.apply(Command::Assume(assumptions));
    settle(harness);
}

#[test]
fn a_filter_follows_an_alias_and_a_rule_without_findings_leaves_nothing() {
    let mut harness = opened();
    only(&mut harness, "env:qa");
    assert_eq!(in_sight(&harness), ["mail in qa", "lone"]);
    assume(&mut harness, |new| new.environments.alias("qa", "dev"));
    // The alias leads on: the filter means what "dev" means now.
    assert_eq!(in_sight(&harness).len(), 5);
    only(&mut harness, "rule:KR08");
    assert_eq!(in_sight(&harness), ["k1"]);
    assume(&mut harness, |new| new.plain_sight.clear());
    assert!(in_sight(&harness).is_empty());
    assert_eq!(harness.state().model.filters().search(), "rule:KR08");
    assert_eq!(harness.state().model.notice, None);
}

#[test]
fn a_filter_that_is_no_longer_understood_stays_hides_nothing_and_says_why() {
    let mut harness = opened();
    let without = harness.state().model.project.assumptions.clone();
    assume(&mut harness, |new| new.environments.alias("eu", "prod"));
    only(&mut harness, "env:eu");
    let left = in_sight(&harness);
    assert_eq!(left, ["bank in prod", "pay in prod", "k1", "k2"]);
    assume(&mut harness, |new| *new = Assumptions::clone(&without));
    assert_eq!(in_sight(&harness).len(), 8);
    let notice = harness.state().model.notice.clone().expect("it is said");
    let expected = "the filter “env:eu” hides nothing now: there is no environment “eu”";
    assert!(notice.starts_with(expected), "{notice}");
    harness.get_by_label("Only “env:eu”");
    harness.get_by_label_contains("It hides nothing now: there is no environment “eu”");
    assume(&mut harness, |new| new.environments.alias("eu", "prod"));
    assert_eq!(in_sight(&harness), left);
    assert!(harness.query_by_label_contains("It hides nothing now").is_none());
}
