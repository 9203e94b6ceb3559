//! Environment by environment: each figure lists exactly the credentials that it counts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use egui_kittest::kittest::Queryable as _;

use super::{empty, open, open_in_place, sample, settle};
use crate::analysis::{LeadingAcross, Subject};
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::project::Opening;

/// k leads from dev into test and prod, l and m from dev into prod; m is dead. n is held in prod alone.
const ROWS: &str = "id,service,environment,access,status\nk,shop,dev,holds,active\nk,hub,test,grants,active\n\
                    k,pay,prod,grants,active\nl,shop,dev,holds,active\nl,pay,prod,grants,active\n\
                    m,shop,dev,holds,revoked\nm,pay,prod,grants,revoked\nn,pay,prod,holds,active\n";

#[test]
fn a_click_on_a_figure_lists_the_credentials_between_two_environments() {
    let mut harness = empty();
    harness.set_size(egui::vec2(1280.0, 1000.0));
    open(&mut harness, "rows.csv", ROWS.as_bytes().to_vec());
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Overview)));
    settle(&mut harness);
    harness.get_by_label("Held in dev, opens test: 1");
    harness.get_by_label("Held in dev, opens prod: 2").click();
    settle(&mut harness);
    let model = &harness.state().model;
    assert_eq!(model.session.tab, Tab::Credentials);
    let graph = &model.answers.as_ref().expect("it is open").graph;
    let listed = model.lists.credentials.iter().map(|&at| graph.credential_name(at));
    assert_eq!(listed.collect::<BTreeSet<_>>(), BTreeSet::from(["k", "l"]));
}

#[test]
fn no_figure_between_two_environments_is_cut() {
    let mut harness = sample("payments.csv");
    harness.set_size(egui::vec2(1920.0, 1080.0));
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Overview)));
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("it is open");
    let mut stated_parts = 0;
    for (&(from, to), &LeadingAcross { all, stated }) in &answers.environment_pairs {
        let [from, to] = [from, to].map(|at| answers.graph.environment(at).display());
        if stated > 0 && stated < all {
            let label = format!("Held in {from}, opens {to}: {stated} stated");
            let wide = harness.get_by_label(&label).rect().width();
            assert!(wide >= 45.0, "{label} is {wide} wide");
            stated_parts += 1;
        }
    }
    assert!(stated_parts > 2);
    for word in harness.get_all_by_label("assumed") {
        assert!(word.rect().height() < 20.0, "{:?} has one line", word.rect());
    }
}

#[test]
fn every_figure_counts_the_rows_that_it_leads_to() {
    let mut harness = sample("payments.csv");
    harness.set_size(egui::vec2(1280.0, 1400.0));
    let answers = harness.state().model.answers.clone().expect("it is open");
    let graph = &answers.graph;
    assert!(answers.environment_pairs.len() > 5, "{:?}", answers.environment_pairs);
    for (&(from, to), &count) in &answers.environment_pairs {
        harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Overview)));
        settle(&mut harness);
        let [from, to] = [from, to].map(|at| graph.environment(at).display().to_owned());
        let LeadingAcross { all: count, stated } = count;
        let label = format!("Held in {from}, opens {to}: ");
        if stated < count && stated > 0 {
            harness.get_by_label(&format!("{label}{stated} stated")).click();
            settle(&mut harness);
            assert_eq!(harness.state().model.rows(Tab::Credentials), stated as usize, "{label}");
            harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Overview)));
            settle(&mut harness);
        }
        let ends =
            if stated < count { format!("{count}, {stated} stated") } else { count.to_string() };
        harness.get_by_label(&format!("{label}{ends}")).click();
        settle(&mut harness);
        let model = &harness.state().model;
        assert_eq!(model.rows(Tab::Credentials), count as usize, "{from} to {to}");
        for row in 0..count as usize {
            let Some(Subject::Credential(at)) =
                model.lists.subject_at(&answers, Tab::Credentials, row)
            else {
                panic!("a credential is listed");
            };
            let lies = |edges: &[crate::graph::EdgeIndex], label: &str| {
                edges
                    .iter()
                    .any(|&edge| graph.environment_of(graph.edge(edge).instance).display() == label)
            };
            assert!(graph.credential(at).is_live());
            assert!(lies(graph.held_by(at), &from) && lies(graph.grants(at), &to));
        }
    }
}

/// The owner of a service is part of another's name, one has quotes in theirs, and one service has none.
const OWNED: &str = "id,service,environment,access,service_owner\nk,shop,dev,holds,web\n\
                     k,pay,prod,grants,core\nl,stall,dev,holds,web-shop\nl,pay,prod,grants,core\n\
                     m,shop,dev,holds,web\nm,free,prod,grants,\nn,odd,dev,holds,\"Team \"\"X\"\"\"\n\
                     n,pay,prod,grants,core\n";

#[test]
fn a_click_on_a_figure_lists_the_credentials_between_two_owners() {
    let mut harness = empty();
    harness.set_size(egui::vec2(1600.0, 1000.0));
    open(&mut harness, "rows.csv", OWNED.as_bytes().to_vec());
    settle(&mut harness);
    for (from, to, expected) in [
        ("web", "core", "k"),
        ("web-shop", "core", "l"),
        ("web", "nobody", "m"),
        ("Team X", "core", "n"),
    ] {
        harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Overview)));
        settle(&mut harness);
        let label = format!("Held by services of {from}, opens services of {to}: 1");
        harness.get_by_label(&label).click();
        settle(&mut harness);
        let model = &harness.state().model;
        assert_eq!(model.session.tab, Tab::Credentials);
        let graph = &model.answers.as_ref().expect("it is open").graph;
        let listed: Vec<&str> =
            model.lists.credentials.iter().map(|&at| graph.credential_name(at)).collect();
        assert_eq!(listed, [expected], "{from} to {to}");
    }
}

#[test]
fn every_figure_between_owners_counts_the_rows_that_it_leads_to() {
    let mut harness = empty();
    harness.set_size(egui::vec2(3000.0, 1400.0));
    // Each service belongs to one of a few teams, or to nobody.
    let mut rows = "id,service,environment,access,service_owner\n".to_owned();
    for at in 0_usize..150 {
        let (key, service) = (at % 31, (at * at + 7) % 23);
        let owner = ["Web", "Core", "", "Data, shop"][service % 4];
        let access = if at % 3 == 0 { "holds" } else { "grants" };
        writeln!(rows, "k{key},s{service},dev,{access},\"{owner}\"").expect("memory takes it");
    }
    open(&mut harness, "owned.csv", rows.into_bytes());
    let answers = harness.state().model.answers.clone().expect("it is open");
    let graph = &answers.graph;
    assert!(answers.owner_pairs.counts.len() > 5, "{:?}", answers.owner_pairs);
    let name = |at: Option<crate::graph::OwnerIndex>| {
        at.map_or("nobody".to_owned(), |at| graph.owner_name(at).to_owned())
    };
    for (&(from, to), &count) in &answers.owner_pairs.counts {
        harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Overview)));
        settle(&mut harness);
        let (row, column) = (name(from), name(to));
        let count = count.all;
        let label = format!("Held by services of {row}, opens services of {column}: {count}");
        harness.get_by_label(&label).click();
        settle(&mut harness);
        let model = &harness.state().model;
        assert_eq!(model.rows(Tab::Credentials), count as usize, "{row} to {column}");
    }
}

/// Four keys lead from dev into prod: k by what rows state, l by a row that does not say which way, m by an
/// id in two files, and n by both, of which the stated one is enough. All are owned by two teams.
const PARTLY_STATED: [(&str, &str); 2] = [
    (
        "one.csv",
        "id,service,environment,access,service_owner\nk,shop,dev,holds,web\nk,pay,prod,grants,core\n\
         l,shop,dev,,web\nl,pay,prod,grants,core\nm,shop,dev,holds,web\nn,shop,dev,holds,web\n\
         n,pay,prod,grants,core\n",
    ),
    (
        "two.csv",
        "id,service,environment,access,service_owner\nm,pay,prod,grants,core\nn,pay,prod,grants,core\n",
    ),
];

#[test]
fn stated_figures_stand_beside_and_lead_to_exactly_what_they_count() {
    let mut harness = empty();
    harness.set_size(egui::vec2(1600.0, 1000.0));
    let files = PARTLY_STATED.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    open_in_place(&mut harness.state_mut().model, Opening::Bytes(files.to_vec()));
    settle(&mut harness);
    let between =
        ["Held in dev, opens prod: ", "Held by services of web, opens services of core: "];
    for before in between {
        for (ends, expected) in
            [("4, 2 stated", ["k", "l", "m", "n"].as_slice()), ("2 stated", ["k", "n"].as_slice())]
        {
            harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Overview)));
            settle(&mut harness);
            harness.get_by_label(&format!("{before}{ends}")).click();
            settle(&mut harness);
            let model = &harness.state().model;
            let graph = &model.answers.as_ref().expect("it is open").graph;
            let mut listed: Vec<&str> =
                model.lists.credentials.iter().map(|&at| graph.credential_name(at)).collect();
            listed.sort_unstable();
            assert_eq!(listed, expected, "{before}{ends}");
        }
    }
}
