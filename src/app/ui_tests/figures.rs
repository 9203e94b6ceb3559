//! Every figure in sight, by a click: what is listed then is what it counts, whatever was picked or
//! filtered before.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{empty, open, sample, settle};
use crate::analysis::{Path, Subject};
use crate::app::model::command::{AnswerCommand, Command, End, FixCommand, TableCommand};
use crate::app::model::filters::Facet;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::graph::EnvironmentIndex;

/// Picks ends, filters and texts, so that no table lists what it would by itself.
fn disturb(harness: &mut Harness<'static, Window>, with_fixes: bool) {
    harness.state_mut().model.apply(Command::Fix(FixCommand::ShowWith(with_fixes)));
    settle(harness);
    let model = &mut harness.state_mut().model;
    let answers = model.answers.clone().expect("there are answers");
    let commands = [
        Command::Select(None),
        Command::ClearFilters,
        Command::Filter(Facet::Environment(EnvironmentIndex(0)), true),
        Command::Filter(Facet::Shared, true),
        Command::Answer(AnswerCommand::Pick(End::From, answers.ends.entry_points.first().copied())),
        Command::Answer(AnswerCommand::StatedOnly(true)),
        Command::Table(TableCommand::Show(Tab::Problems)),
        Command::Table(TableCommand::FindProblems("no problem says this".to_owned())),
        Command::Table(TableCommand::RejectedOnly(false)),
        Command::Table(TableCommand::Show(Tab::Credentials)),
    ];
    for command in commands {
        model.apply(command);
    }
    settle(harness);
}

/// The figures in sight that can be pressed.
fn figures(harness: &Harness<'static, Window>) -> Vec<String> {
    let links = harness.query_all_by_role(Role::Link);
    links.filter_map(|node| node.accesskit_node().label()).collect()
}

/// The first number of a text.
fn number(text: &str) -> Option<usize> {
    let words = text.split(|letter: char| !letter.is_ascii_digit());
    words.filter(|word| !word.is_empty()).find_map(|word| word.parse().ok())
}

/// How many rows there are in the tab in sight of what a figure counts.
fn rows(harness: &Harness<'static, Window>) -> usize {
    let model = &harness.state().model;
    let tab = model.session.tab;
    match tab {
        Tab::CutAndPlan => {
            let all = harness.query_all_by_label_contains(" on it");
            all.filter(|node| {
                node.accesskit_node()
                    .value()
                    .or_else(|| node.accesskit_node().label())
                    .is_some_and(|text| text.starts_with("cost "))
            })
            .count()
        }
        tab => model.rows(tab),
    }
}

/// Whether each row in sight is one of what a figure names.
fn assert_right_rows(harness: &Harness<'static, Window>, figure: &str) {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let ends = &answers.ends;
    let listed: BTreeSet<_> = model.lists.instances.iter().copied().collect();
    let named = [
        ("entry point", &ends.entry_points),
        ("crown jewel", &ends.crown_jewels),
        ("already fallen", &ends.already_fallen),
    ];
    for (name, members) in named {
        if figure.contains(name) && model.session.tab == Tab::Services {
            assert_eq!(listed, members.iter().copied().collect(), "{figure}");
        }
    }
    if figure == answers.headline.sentence() {
        let (credentials, from) = answers.headline.counted();
        assert!(credentials.is_empty() != from.is_empty(), "{figure}");
        if from.is_empty() {
            assert_eq!(model.lists.credentials.len(), credentials.len(), "{figure}");
            assert!(credentials.iter().all(|at| model.lists.credentials.contains(at)), "{figure}");
        } else {
            assert_eq!(listed, from.iter().copied().collect(), "{figure}");
        }
    } else if figure.contains("stated access alone") {
        let paths = model.listed_paths().expect("they are known");
        assert!(paths.iter().all(|path| path.is_stated(&answers.graph)), "{figure}");
    }
    if figure.ends_with(" rejected") {
        let problems = model.lists.problems.rows.iter().map(|at| answers.problem(*at).unwrap());
        assert!(problems.into_iter().all(|problem| problem.row_rejected), "{figure}");
    }
    if model.session.tab == Tab::Findings {
        let listed = model.lists.findings.iter().map(|at| answers.findings[*at as usize].severity);
        let severities: BTreeSet<_> = listed.collect();
        assert!(severities.len() < 2, "{figure}");
    }
}

/// Presses every figure in sight, each after picks and filters that have nothing to do with it.
fn press_all(harness: &mut Harness<'static, Window>, name: &str) -> BTreeSet<String> {
    let with_fixes = harness.state().model.as_is.is_some();
    disturb(harness, with_fixes);
    let all = figures(harness);
    assert!(all.len() > 8, "{name}: {all:?}");
    let mut pressed = BTreeSet::new();
    for (at, figure) in all.iter().enumerate() {
        disturb(harness, with_fixes);
        assert_eq!(figures(harness), all, "{name}");
        harness.query_all_by_role(Role::Link).nth(at).expect("it is in sight").click();
        harness.run();
        settle(harness);
        if let Some(counted) = number(figure) {
            assert_eq!(rows(harness), counted, "{name}: {figure}");
        }
        assert_right_rows(harness, figure);
        pressed.insert(figure.chars().filter(|letter| !letter.is_ascii_digit()).collect());
    }
    pressed
}

#[test]
fn each_figure_leads_to_exactly_the_rows_that_it_counts() {
    let mut pressed = BTreeSet::new();
    for name in ["talk.csv", "payments.csv", "messy.csv"] {
        let mut harness = sample(name);
        harness.set_size(egui::vec2(1600.0, 1600.0));
        settle(&mut harness);
        pressed.extend(press_all(&mut harness, name));
    }
    for what in [
        "pairs of entry point and crown jewel are connected",
        "with stated access alone",
        "entry points",
        "crown jewels",
        "cut",
        " rejected",
        "problems",
        "findings",
        "credentials",
        "services",
    ] {
        assert!(pressed.iter().any(|figure| figure.contains(what)), "{what}: {pressed:?}");
    }
}

#[test]
fn figures_with_the_fixes_and_without_lead_to_the_pairs_of_each() {
    let mut harness = sample("payments.csv");
    harness.set_size(egui::vec2(1600.0, 1600.0));
    settle(&mut harness);
    let steps = harness.state().model.plan_fixes().len();
    assert!(steps > 1);
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddStep(0)));
    settle(&mut harness);
    let before = harness.state().model.answers.as_ref().unwrap().exposure.connected_pairs;
    let (left, stated) = {
        let outcome = harness.state().model.what_if.outcome.clone().expect("it is worked out");
        (outcome.all.connected_pairs.1, outcome.all.connected_pairs_stated.1)
    };
    assert!(left < before);
    for _ in 0..2 {
        disturb(&mut harness, false);
        harness.get_by_label(&format!("{left} ({stated} stated) with the fix")).click();
        harness.run();
        settle(&mut harness);
        assert!(harness.state().model.as_is.is_some());
        assert_eq!(rows(&harness) as u64, left);
        press_all(&mut harness, "with a fix");
        disturb(&mut harness, true);
        harness.get_by_label(&format!("{before} as it is")).click();
        harness.run();
        settle(&mut harness);
        assert!(harness.state().model.as_is.is_none());
        assert_eq!(rows(&harness) as u64, before);
    }
}

/// One credential in 40 entry points and one that is in 40 crown jewels: 1,600 connected pairs.
fn many_pairs() -> String {
    let rows = (0..40).map(|at| format!("k,low-{at:02},dev,holds\nk,high-{at:02},prod,grants\n"));
    std::iter::once("id,service,environment,access\n".to_owned()).chain(rows).collect()
}

#[test]
fn a_list_of_paths_that_is_capped_says_of_how_many_pairs() {
    let mut harness = empty();
    open(&mut harness, "many.csv", many_pairs().into_bytes());
    settle(&mut harness);
    harness.get_by_label_contains("1,600 of 1,600 pairs").click();
    harness.run();
    settle(&mut harness);
    assert_eq!(harness.state().model.rows(Tab::Paths), 1000);
    harness.get_by_label_contains("The first 1,000 of 1,600 pairs");
    harness.get_by_label_contains("Paths 1,000 of 1,600");
}

#[test]
fn what_is_already_fallen_is_listed_alone() {
    let mut harness = empty();
    let rows = "id,service,environment,access,internet_facing,crown_jewel\n\
                k,shop,dev,holds,yes,no\nk,pay,prod,grants,no,yes\nl,both,prod,holds,yes,yes\n";
    open(&mut harness, "both.csv", rows.as_bytes().to_vec());
    settle(&mut harness);
    harness.get_by_label("1 already fallen").click();
    harness.run();
    let model = &harness.state().model;
    let answers = model.answers.as_ref().unwrap();
    let both = answers.graph.find_instance("both", "prod").expect("it is there");
    assert_eq!((model.session.tab, &model.lists.instances), (Tab::Services, &vec![both]));
}

#[test]
fn the_pairs_that_depend_on_a_credential_are_listed_one_by_one() {
    for name in ["talk.csv", "payments.csv", "messy.csv"] {
        let mut harness = sample(name);
        harness.set_size(egui::vec2(1600.0, 1600.0));
        settle(&mut harness);
        let assessed = harness.state().model.assessment.clone().expect("it is worked out");
        let points = assessed.choke_points.clone();
        assert!(!points.is_empty(), "{name}");
        for (at, pairs) in points {
            disturb(&mut harness, false);
            harness.state_mut().model.apply(Command::Select(Some(Subject::Credential(at))));
            settle(&mut harness);
            let begins = format!("{} of ", crate::inventory::grouped(pairs));
            let figure = figures(&harness).into_iter().find(|figure| {
                figure.starts_with(&begins)
                    && (figure.ends_with("depend on it") || figure.ends_with("depends on it"))
            });
            harness.get_by_label(&figure.expect("it is in sight")).click();
            harness.run();
            settle(&mut harness);
            let model = &harness.state().model;
            assert_eq!((model.session.tab, rows(&harness) as u64), (Tab::Paths, pairs), "{name}");
            let paths = model.listed_paths().expect("they are known");
            let is_on = |path: &Path| path.hops.iter().any(|hop| hop.credential == at);
            assert!(paths.iter().all(is_on), "{name}");
            let ends: BTreeSet<_> = paths.iter().map(|path| (path.from, path.to)).collect();
            assert_eq!(ends.len() as u64, pairs, "{name}");
        }
        harness.get_by_label_contains("Depending on ").click();
        harness.run();
        settle(&mut harness);
        let model = &harness.state().model;
        let whole = model.answers.as_ref().unwrap().exposure.connected_pairs;
        assert_eq!(model.rows(Tab::Paths) as u64, whole, "{name}");
    }
}
