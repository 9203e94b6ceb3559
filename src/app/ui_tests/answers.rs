//! Paths, choke points, cut and plan: what is clicked, and what the model then says.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::analysis::Subject;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::job_end::JobEnd;
use crate::app::model::route::RouteOf;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::ui_tests::subject_menu::press_other_button;
use crate::app::ui_tests::{empty, open, sample, selected_name, settle};
use crate::app::work::assessment::PickedEnd;
use crate::inventory::Assumptions;

/// A sample with a tab in sight and every job done.
fn tab(name: &str, tab: Tab) -> Harness<'static, Window> {
    let mut harness = sample(name);
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(tab)));
    settle(&mut harness);
    harness
}

#[test]
fn the_headline_says_how_many_pairs_are_connected_and_leads_to_their_paths() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let exposure = harness.state().model.answers.as_ref().unwrap().exposure.clone();
    let said = format!("{} of {} pairs", exposure.connected_pairs, exposure.pairs);
    harness.get_by_label_contains(&said).click();
    harness.run();
    assert_eq!(harness.state().model.session.tab, Tab::Paths);
}

#[test]
fn where_there_is_no_pair_the_headline_says_what_is_missing() {
    let mut harness = empty();
    open(&mut harness, "one.csv", b"id,service,environment\nk1,shop,prod\n".to_vec());
    settle(&mut harness);
    let said: Vec<_> = harness.query_all_by_label_contains("No entry point is known").collect();
    assert!(!said.is_empty());
}

#[test]
fn a_path_that_is_picked_is_lit_and_told_hop_by_hop_with_its_rows() {
    let mut harness = tab("talk.csv", Tab::Paths);
    harness.key_press(egui::Key::Home);
    harness.run();
    let model = &harness.state().model;
    let route = model.route.clone().expect("a path is in question");
    assert_eq!(route.of, RouteOf::Listed(0));
    let map = model.map().cloned().expect("the map is laid out");
    let path = &route.paths[0];
    let end = map.mark_of(Subject::Instance(path.to)).expect("its end is on the map");
    let highlight = model.views.active().data.highlight.as_ref().expect("the path is lit");
    assert_eq!(highlight.mark(end), crate::scene::HighlightLevel::Lit);
    harness.get_by_label_contains("Path 1 of");
    let rows: Vec<_> = harness.query_all_by_label_contains("opens the next: talk.csv:").collect();
    assert_eq!(rows.len(), path.hops.len());
    drop(rows);
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    harness.get_by_label_contains("Path 2 of");
    harness.key_press(egui::Key::Escape);
    harness.run();
    harness.get_by_label_contains("Path 1 of");
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.state().model.route.is_none());
}

#[test]
fn ends_are_picked_in_the_inspector_and_next_paths_repeat_no_instance() {
    let mut harness = tab("talk.csv", Tab::Paths);
    let (from, to) = {
        let model = &harness.state().model;
        let paths = model.listed_paths().expect("paths are known");
        let long = paths.last().expect("there is a path");
        (long.from, long.to)
    };
    for (at, button) in [(from, "Paths from here"), (to, "Paths to here")] {
        let select = Command::Select(Some(Subject::Instance(at)));
        harness.state_mut().model.apply(select);
        harness.run();
        harness.get_by_label(button).click();
        settle(&mut harness);
    }
    let model = &harness.state().model;
    assert_eq!((model.picked.from, model.picked.to), (PickedEnd::At(from), PickedEnd::At(to)));
    let paths = model.listed_paths().expect("paths were found");
    assert!(!paths.is_empty());
    for path in paths {
        assert_eq!((path.from, path.to), (from, to));
        let mut visited: Vec<_> = path.hops.iter().map(|hop| hop.to).collect();
        visited.push(path.from);
        visited.sort_unstable();
        visited.dedup();
        assert_eq!(visited.len(), path.hops.len() + 1);
    }
    harness.get_by_label("Swap").click();
    settle(&mut harness);
    let model = &harness.state().model;
    assert_eq!((model.picked.from, model.picked.to), (PickedEnd::At(to), PickedEnd::At(from)));
}

#[test]
fn a_choke_point_says_how_many_pairs_depend_on_it_and_a_click_selects_it() {
    let mut harness = tab("talk.csv", Tab::ChokePoints);
    harness.get_by_label("Exact: every entry point was looked at");
    harness.key_press(egui::Key::Home);
    harness.run();
    assert_eq!(selected_name(&harness).as_deref(), Some("deploy-key-prod"));
    let connected = harness.state().model.answers.as_ref().unwrap().exposure.connected_pairs;
    let said = format!("{connected} of {connected} connected pairs depend on it");
    harness.get_by_label(&said);
    harness.get_by_label("In the minimum cut, at cost 1");
}

#[test]
fn paths_and_choke_points_sort_by_each_column_and_a_row_is_what_it_shows() {
    let mut harness = tab("payments.csv", Tab::Paths);
    let whole = harness.state().model.listed_paths().unwrap().len();
    let ends = |harness: &Harness<'_, Window>| -> Vec<String> {
        let model = &harness.state().model;
        let answers = model.answers.clone().unwrap();
        let paths = (0..whole).map(|row| model.path_at(row).unwrap().1.to);
        paths.map(|to| answers.name(Subject::Instance(to))).collect()
    };
    harness.get_by_label("Sort by to").click();
    harness.run();
    let forwards = ends(&harness);
    assert!(forwards.is_sorted());
    harness.get_by_label("Sort by to").click();
    harness.run();
    let backwards = ends(&harness);
    assert!(backwards.iter().rev().is_sorted());
    assert_ne!(forwards, backwards);
    harness.key_press(egui::Key::Home);
    harness.run();
    let model = &harness.state().model;
    let route = model.route.as_ref().expect("the first row is in question");
    assert_eq!(Some(&route.paths[0]), model.path_at(0).map(|(_, path)| path));
    harness.get_by_label_contains("Path 1 of");

    let mut harness = tab("payments.csv", Tab::ChokePoints);
    harness.get_by_label("Sort by credential").click();
    harness.run();
    let model = &harness.state().model;
    let rows = model.assessment.as_ref().unwrap().choke_points.len();
    let names: Vec<_> = (0..rows).map(|row| model.choke_point_at(row).unwrap().0).collect();
    assert!(names.is_sorted());
    harness.key_press(egui::Key::End);
    harness.run();
    let last = names.last().copied().map(Subject::Credential);
    assert_eq!(harness.state().model.selected(), last);
}

#[test]
fn the_cut_shows_its_proof_on_the_map() {
    let mut harness = tab("payments.csv", Tab::CutAndPlan);
    harness.get_by_label("Show the proof on the map").click();
    harness.run();
    let model = &harness.state().model;
    let route = model.route.clone().expect("the proof is in question");
    let judged = model.assessment.clone().expect("it was judged");
    let cut = judged.cut().expect("there is a cut");
    assert_eq!(route.of, RouteOf::Proof);
    assert_eq!(route.paths.len(), cut.witnesses.len());
    harness.get_by_label_contains("The proof: ");
}

#[test]
fn every_member_of_a_large_cut_can_be_seen() {
    let rows = (0..250)
        .map(|at| format!("k{at:03},web{at:03},dev,holds\nk{at:03},bank{at:03},prod,grants\n"));
    let header = "id,service,environment,access\n".to_owned();
    let table: String = std::iter::once(header).chain(rows).collect();
    let mut harness = empty();
    open(&mut harness, "wide.csv", table.into_bytes());
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::CutAndPlan)));
    settle(&mut harness);
    let members = |harness: &Harness<'static, Window>| {
        harness.query_all_by_label_contains("cost 1 · ").count()
    };
    assert_eq!(members(&harness), 200);
    harness.query_all_by_label("1 to 200 of 250").next().expect("the cut has pages");
    harness.query_all_by_label("Next").next().expect("and a button").click();
    harness.run();
    assert_eq!(members(&harness), 50);
    harness.query_all_by_label("201 to 250 of 250").next().expect("the last page is in sight");
}

#[test]
fn cancelled_judgement_can_be_asked_for_again() {
    let mut harness = tab("talk.csv", Tab::CutAndPlan);
    harness.state_mut().model.assessment = None;
    harness.run();
    harness.get_by_label("Work it out").click();
    settle(&mut harness);
    assert!(harness.state().model.assessment.is_some());
    harness.get_by_label("Minimum cut");
}

#[test]
fn silence_is_listed_in_place() {
    let harness = tab("payments.csv", Tab::Coverage);
    harness.get_by_label("Silence is not safety: what no row says, no answer here can show");
    let gap = harness.state().model.answers.as_ref().unwrap().coverage.credentials_without_owner;
    let said = format!("{} of {} live credentials have no owner", gap.missing, gap.of);
    harness.get_by_label_contains(&said);
}

#[test]
fn paths_of_stated_access_alone_are_listed_on_demand() {
    let mut harness = tab("payments.csv", Tab::Paths);
    let all = harness.state().model.listed_paths().unwrap().len();
    harness.get_by_label("Stated access alone").click();
    settle(&mut harness);
    let model = &harness.state().model;
    let graph = &model.answers.as_ref().unwrap().graph;
    let stated = model.listed_paths().unwrap();
    assert!(stated.len() < all);
    assert!(stated.iter().all(|path| path.is_stated(graph)));
}

#[test]
fn the_secondary_button_on_the_map_offers_what_can_be_done_there() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness.key_press(egui::Key::F);
    harness.run();
    let model = &harness.state().model;
    let map = model.map().cloned().expect("the map is laid out");
    let entry = model.answers.as_ref().unwrap().ends.entry_points[0];
    let mark = map.mark_of(Subject::Instance(entry)).expect("it is on the map");
    let camera = harness.state().camera().expect("the map is in sight");
    let at = camera.screen_from_scene(map.marks[mark as usize].at);
    let pos = egui::pos2(at.x, at.y);
    press_other_button(&mut harness, pos);
    let offers: Vec<_> = harness.query_all_by_label("Paths from here").collect();
    offers.last().expect("the menu offers paths").click();
    drop(offers);
    settle(&mut harness);
    assert_eq!(harness.state().model.picked.from, PickedEnd::At(entry));
}

#[test]
fn right_after_opening_the_cheap_answers_stand_and_the_dear_ones_are_being_worked_out() {
    let mut harness = tab("talk.csv", Tab::CutAndPlan);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    harness.state_mut().model.apply(Command::Ended(JobEnd::Answered(answers)));
    harness.step();
    harness.get_by_label_contains("pairs of entry point and crown jewel are connected");
    // On a quick machine they may be there already.
    let said = harness.query_all_by_label("Working out…").count();
    assert_eq!(said == 0, harness.state().model.assessment.is_some());
    settle(&mut harness);
    harness.get_by_label("Minimum cut");
}

#[test]
fn one_picked_crown_jewel_is_what_headline_and_menus_speak_of() {
    let mut harness = sample("payments.csv");
    let mut assumptions = Assumptions::clone(&harness.state().model.project.assumptions);
    assumptions.crown_jewels = vec!["ledger-db@prod".to_owned()];
    harness.state_mut().model.apply(Command::Assume(assumptions));
    settle(&mut harness);
    let exposure = harness.state().model.answers.as_ref().unwrap().exposure.clone();
    let (reach, of) = (exposure.connected_pairs, exposure.pairs);
    harness.get_by_label_contains(&format!("{reach} of {of} entry points can reach ledger-db in"));
    harness.get_by_label("1 crown jewel");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num5);
    harness.run();
    harness.get_by_label("To the only crown jewel").click();
    harness.run();
    harness.get_by_label("Filter where paths end");
}
