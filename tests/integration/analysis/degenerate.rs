//! Inventories at the edges of what there is, each through the whole report, as JSON and as text.

use std::fmt::Write as _;

use keyreach::analysis::{Answers, Question, assess_only};
use keyreach::export::{Answered, report_document, write_report, write_text};
use keyreach::graph::{AccessGraph, testing};
use keyreach::inventory::Progress;
use serde_json::{Value, json};

fn report(graph: &AccessGraph) -> (Value, String) {
    report_of(graph, &Question::ALL)
}

/// The report with the answers to some questions: a plan goes on until its budget is spent.
fn report_of(graph: &AccessGraph, questions: &[Question]) -> (Value, String) {
    let progress = Progress::default();
    let answers = Answers::compute(graph.clone(), &progress).unwrap();
    let assessment = assess_only(graph, &answers.ends, 100, questions, &progress).unwrap();
    let answered = Answered {
        answers: &answers,
        assessment: &assessment,
        full: false,
        work: None,
        workshop: None,
    };
    let (mut json, mut text) = (Vec::new(), Vec::new());
    write_report(&answered, &mut json).unwrap();
    write_text(&report_document(&answered), &mut text).unwrap();
    (serde_json::from_slice(&json).unwrap(), String::from_utf8(text).unwrap())
}

fn exposure(report: &Value) -> (u64, u64) {
    let of = |key: &str| report["summary"]["exposure"][key].as_u64().unwrap();
    (of("pairs"), of("connected_pairs"))
}

#[test]
fn where_there_is_nothing_to_judge_the_report_says_what_is_missing() {
    for (text, missing) in [
        ("", "No entry point is known"),
        ("k both a@,b@\n", "No crown jewel is known that could still fall"),
        ("k both a@prod,b@prod\n", "No entry point is known"),
        ("k\nj\n", "No entry point is known"),
    ] {
        let (report, written) = report(&testing::graph(text));
        assert_eq!(exposure(&report), (0, 0), "{text}");
        let sentence = report["summary"]["exposure"]["sentence"].as_str().unwrap();
        assert!(sentence.starts_with("No ") && sentence.contains(missing), "{sentence}");
        assert!(
            written.contains(sentence) && written.contains("silence is not safety"),
            "{written}"
        );
        assert_eq!(report["minimum_cut"]["credentials"], json!([]));
        assert_eq!(report["plan"], json!([]));
    }
}

#[test]
fn credentials_without_instances_are_counted_as_what_is_not_known() {
    let (report, written) = report(&testing::graph("k\nj\n"));
    assert_eq!(report["summary"]["credentials"], 2);
    let gap = json!({"missing": 2, "missing_stated": 2, "of": 2});
    assert_eq!(report["coverage"]["credentials_without_holder"], gap);
    assert!(written.contains("2 of 2 live credentials have no holder"), "{written}");
}

#[test]
fn one_credential_in_a_hundred_thousand_instances() {
    let names = |label: &str| {
        let names = (0..50_000).map(|at| format!("s{at}@{label}"));
        names.collect::<Vec<_>>().join(",")
    };
    let text = format!("hub both {},{}\n", names("dev"), names("prod"));
    let (report, written) = report(&testing::graph(&text));
    let pairs = 2_500_000_000;
    assert_eq!(exposure(&report), (pairs, pairs));
    assert_eq!(report["credentials"][0]["reach"], 100_000);
    assert_eq!(report["minimum_cut"]["credentials"], json!(["hub"]));
    let step = &report["plan"][0];
    assert_eq!(
        (&step["fix"], &step["connected_pairs_after"]),
        (&json!("split by environment"), &json!(0))
    );
    assert_eq!(step["accesses_lost"], 2 * pairs);
    assert!(
        written.contains("No way to close every pair costs less: the minimum cut costs 1 too"),
        "{written}"
    );
}

#[test]
fn a_hub_of_pure_holders_and_pure_targets_is_never_multiplied_out() {
    let names = |what: &str, label: &str| {
        let names = (0..20_000).map(|at| format!("{what}{at}@{label}"));
        names.collect::<Vec<_>>().join(",")
    };
    let text = format!("hub holds {}\nhub grants {}\n", names("app", "dev"), names("db", "prod"));
    let (report, _) = report(&testing::graph(&text));
    assert_eq!(exposure(&report), (400_000_000, 400_000_000));
    assert_eq!(report["plan"][0]["connected_pairs_after"], 0);
    assert_eq!(report["choke_points"]["credentials"][0]["pairs"], 400_000_000);
}

#[test]
fn many_credentials_in_one_instance() {
    let many = 30_000;
    let mut text = String::new();
    for at in 0..many {
        writeln!(text, "k{at} holds vault@dev\nk{at} grants db{}@prod", at % 100).unwrap();
    }
    let questions = [Question::Paths, Question::MinimumCut, Question::ChokePoints];
    let (report, _) = report_of(&testing::graph(&text), &questions);
    assert_eq!(exposure(&report), (100, 100));
    assert_eq!(report["minimum_cut"]["cost"], many);
    assert_eq!(report["services"][100]["holds"], many);
    let of_vault = report["findings"].as_array().unwrap().iter();
    let of_vault: Vec<_> = of_vault.filter(|found| found["rule"] == "KR09").collect();
    assert_eq!(of_vault.len(), 1);
}

#[test]
fn a_chain_of_thousands_of_hops() {
    let mut text = String::from("- - s5000@ jewel=yes\n- - s0@ entry=yes\n");
    for at in 0..5_000 {
        writeln!(text, "k{at} holds s{at}@\nk{at} grants s{}@", at + 1).unwrap();
    }
    let (report, written) = report(&testing::graph(&text));
    assert_eq!(exposure(&report), (1, 1));
    assert_eq!(report["paths"][0]["hops"].as_array().unwrap().len(), 5_000);
    assert_eq!(report["minimum_cut"]["witness_paths"][0]["hops"].as_array().unwrap().len(), 5_000);
    assert_eq!(report["choke_points"]["total"], 5_000);
    assert_eq!(report["plan"].as_array().unwrap().len(), 1);
    assert!(written.contains("s0 in unknown environment → k0 → s1"), "a path is written");
}

#[test]
fn everything_connected_to_everything() {
    let sites = |label: &str| (0..40).map(|at| format!("s{at}@{label}")).collect::<Vec<_>>();
    let all = [sites("dev"), sites("prod")].concat().join(",");
    let mut text = String::new();
    for at in 0..40 {
        writeln!(text, "k{at} both {all}").unwrap();
    }
    let (report, written) = report(&testing::graph(&text));
    assert_eq!(exposure(&report), (1_600, 1_600));
    assert_eq!((&report["minimum_cut"]["cost"], &report["plan_cost"]), (&json!(40), &json!(40)));
    assert_eq!(report["choke_points"]["total"], 0, "no single one is needed");
    let plan = report["plan"].as_array().unwrap();
    assert_eq!((plan.len(), &plan[38]["connected_pairs_after"]), (40, &json!(1_600)));
    assert_eq!(plan[39]["connected_pairs_after"], 0);
    assert!(
        written.contains("these 40 paths share no credential, so each must be cut separately"),
        "{written}"
    );
}
