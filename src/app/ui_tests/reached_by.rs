//! Who reaches a service: in the table, in the inspector, and lit on the map.

use std::collections::BTreeSet;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, FixCommand, LookCommand, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::project::NamedFix;
use crate::scene::HighlightLevel;

/// shop and blog in dev hold `k`, which opens hub in test by stated access; hub holds `l`, which opens
/// pay in prod, and mail in dev uses `l` without saying how. Nothing opens safe.
const ROWS: &str = "id,service,environment,access\nk,shop,dev,holds\nk,blog,dev,holds\n\
                    k,hub,test,grants\nl,hub,test,holds\nl,pay,prod,grants\nl,mail,dev,\n\
                    m,safe,prod,holds\n";

fn opened() -> Harness<'static, Window> {
    let mut harness = empty();
    harness.set_size(egui::vec2(1280.0, 2000.0));
    open(&mut harness, "rows.csv", ROWS.as_bytes().to_vec());
    settle(&mut harness);
    harness
}

fn select(harness: &mut Harness<'static, Window>, service: &str, environment: &str) {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let at = answers.graph.find_instance(service, environment).expect("it is there");
    harness.state_mut().model.apply(Command::Select(Some(Subject::Instance(at))));
    settle(harness);
}

/// The names of what is lit on the map.
fn lit(harness: &Harness<'static, Window>) -> BTreeSet<String> {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let map = model.map().expect("the map is laid out");
    let highlight = model.views.active().data.highlight.as_ref().expect("something is lit");
    let marks = (0_u32..).zip(&map.marks);
    let lit = marks.filter(|(at, _)| highlight.mark(*at) == HighlightLevel::Lit);
    lit.map(|(_, mark)| answers.name(mark.subject)).collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_inspector_says_which_entry_points_reach_a_service_and_the_map_lights_their_ways() {
    let mut harness = opened();
    select(&mut harness, "pay", "prod");
    // The entry points are shop, blog, mail and hub: everything below prod.
    harness.get_by_label("Reached by 4 of 4 entry points, 3 by stated access alone");
    harness.get_by_label("    4 entry points come by it, 3 stated");
    harness.get_by_label("2 entry points 1 hop away");
    harness.get_by_label("2 entry points 2 hops away").click();
    harness.run();
    assert_eq!(harness.query_all_by_label("    at last through l, stated").count(), 2);
    harness.get_by_label("1 hop before   2").click();
    harness.run();
    assert_eq!(harness.query_all_by_label("opens hub in test, stated").count(), 2);
    harness.get_by_label("Last hop   2").click();
    harness.run();
    harness.get_by_label("opens pay in prod, stated");
    harness.get_by_label("opens pay in prod, assumed");
    assert_eq!(lit(&harness), names(&["pay in prod"]), "it holds nothing that opens anything");
    harness.get_by_label("Show them on the map").click();
    settle(&mut harness);
    let ways =
        ["pay in prod", "hub in test", "shop in dev", "blog in dev", "mail in dev", "k", "l"];
    assert_eq!(lit(&harness), names(&ways));
    harness.get_by_label("Show what it reaches on the map").click();
    settle(&mut harness);
    assert_eq!(lit(&harness), names(&["pay in prod"]));
}

#[test]
fn what_nobody_reaches_says_so_and_lights_itself_alone() {
    let mut harness = opened();
    select(&mut harness, "safe", "prod");
    harness.get_by_label("Reached by 0 of 4 entry points");
    harness.state_mut().model.apply(Command::Look(LookCommand::ReachedBy(true)));
    settle(&mut harness);
    assert_eq!(lit(&harness), names(&["safe in prod"]));
    select(&mut harness, "shop", "dev");
    harness.get_by_label("Reached by 0 of 3 other entry points");
    assert!(!harness.state().model.session.shows_reached_by, "another selection shows its reach");
}

#[test]
fn who_reaches_a_service_follows_the_fixes_in_force() {
    let mut harness = opened();
    select(&mut harness, "pay", "prod");
    harness.state_mut().model.apply(Command::Look(LookCommand::ReachedBy(true)));
    let fix = NamedFix::new("k", crate::analysis::FixKind::Revoke);
    for command in [FixCommand::Add(fix), FixCommand::ShowWith(true)] {
        harness.state_mut().model.apply(Command::Fix(command));
        settle(&mut harness);
    }
    harness.get_by_label("Reached by 2 of 4 entry points, 1 by stated access alone");
    assert_eq!(lit(&harness), names(&["pay in prod", "hub in test", "mail in dev", "l"]));
}

#[test]
fn the_table_of_services_says_how_many_reach_each_and_sorts_by_it() {
    let mut harness = opened();
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Services)));
    settle(&mut harness);
    harness.get_by_label("4, 3 stated");
    harness.get_by_label("Sort by reached by").click();
    harness.run();
    let model = &harness.state().model;
    let graph = &model.answers.as_ref().unwrap().graph;
    let order = model.lists.instances.iter().map(|at| graph.service_name(*at));
    // hub is reached by shop and blog, and by mail's assumed grant of nothing.
    let order: Vec<_> = order.collect();
    assert_eq!(order.first(), Some(&"pay"));
}
