//! The page of assumptions: each change takes effect at once and can be undone.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::analysis::{Cut, Subject};
use crate::app::model::command::{Command, PolicyCommand};
use crate::app::model::job_end::JobEnd;
use crate::app::shell::window::Window;
use crate::app::ui_tests::{empty, sample, settle, stage};
use crate::app::work::policy_files::LoadedPolicy;
use crate::inventory::{Assumptions, Cost, IdsAcrossSources, Level};

/// A sample with the page open.
fn page(name: &str) -> Harness<'static, Window> {
    let mut harness = sample(name);
    settle(&mut harness);
    harness.get_by_label("Assumptions…").click();
    // The page gets the height of the tables.
    harness.key_press(egui::Key::Backslash);
    harness.run();
    harness
}

fn unfold(harness: &mut Harness<'static, Window>, section: &str) {
    harness.get_by_label(section).click();
    harness.run();
}

fn assumed<'a>(harness: &'a Harness<'static, Window>) -> &'a Assumptions {
    &harness.state().model.project.assumptions
}

fn undo(harness: &mut Harness<'static, Window>) {
    harness.state_mut().model.apply(Command::Undo);
    settle(harness);
}

#[test]
fn what_a_pivot_needs_is_changed_by_a_click_marked_and_taken_back() {
    let mut harness = page("payments.csv");
    let before = harness.state().model.answers.as_ref().unwrap().exposure.clone();
    harness.get_by_label("admin").click();
    settle(&mut harness);
    assert_eq!(assumed(&harness).pivot_needs, Level::Admin);
    let answers = harness.state().model.answers.clone().unwrap();
    assert_eq!(answers.graph.assumptions().pivot_needs, Level::Admin);
    let after = &answers.exposure;
    assert!(after.connected_pairs <= before.connected_pairs);
    assert!(after.connected_pairs_stated < before.connected_pairs_stated);
    harness.get_by_label("Assumptions, 1 changed…");
    assert_eq!(harness.state().model.undoes(), Some("changing what a pivot needs"));
    harness.get_by_label("Back to default: what a pivot needs").click();
    settle(&mut harness);
    assert_eq!(assumed(&harness).pivot_needs, Level::Unknown);
    harness.get_by_label("Assumptions…");
    undo(&mut harness);
    assert_eq!(assumed(&harness).pivot_needs, Level::Admin);
    undo(&mut harness);
    assert_eq!(assumed(&harness).pivot_needs, Level::Unknown);
}

#[test]
fn the_way_to_the_assumptions_says_in_words_what_is_changed() {
    let mut harness = sample("payments.csv");
    let mut changed = assumed(&harness).clone();
    changed.rotation_days = 30;
    changed.entry_points = vec!["ci-runer@test".to_owned()];
    harness.state_mut().model.apply(Command::Assume(changed));
    settle(&mut harness);
    harness.get_by_label("Assumptions, 2 changed…").hover();
    harness.run();
    let said = "Everything that the answers assume\nentry points picked: ci-runer@test\n\
                days until old: 30, by default 90";
    harness.get_by_label(said);
    let answers = harness.state().model.answers.clone().unwrap();
    assert_eq!(answers.exposure.pairs, 0);
    let missing = "None of the entry points that the policy names is in the inventory";
    assert!(answers.exposure.sentence().contains(missing));
    assert!(harness.query_all_by_label_contains(missing).next().is_some());
}

#[test]
fn a_limit_counts_once_enter_is_pressed_and_is_one_undo_step() {
    let mut harness = page("payments.csv");
    unfold(&mut harness, "Limits");
    harness.get_by_label("Days until old").click();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.event(egui::Event::Text("30".to_owned()));
    harness.run();
    assert_eq!(assumed(&harness).rotation_days, 90);
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    assert_eq!(assumed(&harness).rotation_days, 30);
    assert_eq!(harness.state().model.undoes(), Some("changing the age limit"));
    undo(&mut harness);
    assert_eq!(assumed(&harness).rotation_days, 90);
}

#[test]
fn a_service_is_picked_as_a_crown_jewel_and_the_page_lists_it() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let jewel = {
        let answers = harness.state().model.answers.clone().unwrap();
        answers.ends.crown_jewels[0]
    };
    harness.state_mut().model.apply(Command::Select(Some(Subject::Instance(jewel))));
    harness.run();
    harness.get_by_label("Pick as a crown jewel").click();
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().unwrap();
    assert_eq!(answers.ends.crown_jewels, [jewel]);
    harness.get_by_label("Crown jewel: picked by hand");
    harness.state_mut().model.apply(Command::Policy(PolicyCommand::Open(true)));
    harness.run();
    let name = assumed(&harness).crown_jewels[0].clone();
    harness.get_by_label(&format!("Take out {name}"));
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(!harness.state().model.session.policy);
    harness.get_by_label("No longer pick as a crown jewel").click();
    settle(&mut harness);
    assert!(assumed(&harness).crown_jewels.is_empty());
    assert_eq!(harness.state().model.undoes(), Some("changing the crown jewels"));
}

#[test]
fn a_credential_that_may_never_be_removed_is_out_of_the_cut() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness.get_by_label("Cost of deploy-key-prod: by default").click();
    harness.run();
    harness.get_by_label("never remove").click();
    settle(&mut harness);
    assert_eq!(assumed(&harness).costs.get("deploy-key-prod"), Some(&Cost::Never));
    let judged = harness.state().model.assessment.clone().expect("it was judged anew");
    let in_cut = match &judged.assessment.cut {
        Cut::Unbreakable(_) => false,
        Cut::Found(_) => {
            let answers = harness.state().model.answers.clone().unwrap();
            judged.is_in_cut(answers.graph.find_credential("deploy-key-prod").unwrap())
        }
    };
    assert!(!in_cut);
    undo(&mut harness);
    assert!(assumed(&harness).costs.is_empty());
}

#[test]
fn a_word_for_plain_sight_is_added_and_counts_for_the_findings() {
    let mut harness = page("talk.csv");
    unfold(&mut harness, "Plain sight");
    harness.get_by_label("Another word for plain sight").click();
    harness.run();
    harness.event(egui::Event::Text("Shoebox".to_owned()));
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    assert_eq!(assumed(&harness).plain_sight.last().map(String::as_str), Some("shoebox"));
    harness.get_by_label("Back to default: plain sight").click();
    settle(&mut harness);
    assert!(!assumed(&harness).plain_sight.contains(&"shoebox".to_owned()));
}

#[test]
fn an_environment_gets_another_tier_from_its_menu() {
    let mut harness = page("talk.csv");
    unfold(&mut harness, "Environments");
    harness.get_by_label("ci: Tier 1").click();
    harness.run();
    harness.get_by_label("No tier").click();
    settle(&mut harness);
    assert_eq!(assumed(&harness).environments.tier("ci"), None);
    harness.get_by_label("Back to default: ci").click();
    settle(&mut harness);
    assert_eq!(
        assumed(&harness).environments,
        Assumptions::new(assumed(&harness).as_of).environments
    );
}

#[test]
fn a_loaded_policy_is_one_undo_step_and_a_bad_one_changes_nothing() {
    let mut harness = page("talk.csv");
    let before = assumed(&harness).clone();
    let mut assumptions = before.clone();
    assumptions.unused_days = 7;
    let loaded = LoadedPolicy { name: "strict.toml".to_owned(), assumptions };
    harness.state_mut().model.apply(Command::Ended(JobEnd::PolicyRead(Some(Ok(loaded)))));
    settle(&mut harness);
    assert_eq!(assumed(&harness).unused_days, 7);
    assert_eq!(harness.state().model.undoes(), Some("loading strict.toml"));
    let bad = Err("this is not a policy file: x".to_owned());
    harness.state_mut().model.apply(Command::Ended(JobEnd::PolicyRead(Some(bad))));
    settle(&mut harness);
    assert_eq!(assumed(&harness).unused_days, 7);
    harness.get_by_label_contains("the assumptions are unchanged");
    undo(&mut harness);
    assert_eq!(*assumed(&harness), before);
}

#[test]
fn a_cost_is_typed_without_moving_the_page_under_the_menu() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    let place = |harness: &Harness<'static, Window>| harness.get_by_label("What is known").rect();
    let before = place(&harness);
    harness.get_by_label("Cost of release-deploy-key: by default").click();
    harness.run();
    harness.get_by_label("Cost of release-deploy-key").click();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.event(egui::Event::Text("7".to_owned()));
    harness.run();
    assert_eq!(place(&harness), before);
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    let seven = std::num::NonZeroU32::new(7).map(Cost::Units);
    assert_eq!(assumed(&harness).costs.get("release-deploy-key").copied(), seven);
    harness.get_by_label("In the minimum cut, at cost 7");
}

#[test]
fn a_saved_policy_says_what_is_assumed_and_where_no_dialog_appears_the_window_says_what_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("policy.toml");
    let mut harness = page("talk.csv");
    harness.get_by_label("admin").click();
    settle(&mut harness);
    let goal = path.clone();
    harness.state_mut().model.ask_where = std::sync::Arc::new(move |_| Some(goal.clone()));
    harness.get_by_label("Save policy…").click();
    harness.step();
    settle(&mut harness);
    harness.get_by_label_contains("The policy is in ");
    let read = LoadedPolicy::read(&path, assumed(&harness).as_of).expect("it is a policy");
    assert_eq!(read.assumptions, *assumed(&harness));
    harness.state_mut().model.ask_where = std::sync::Arc::new(|_| None);
    harness.get_by_label("Save policy…").click();
    harness.step();
    settle(&mut harness);
    harness.get_by_label_contains("keyreach policy --output FILE");
}

/// A window on these tables, each a source of its own.
fn opened(files: &[(&str, &str)]) -> Harness<'static, Window> {
    let mut harness = empty();
    stage(&mut harness, files);
    harness.get_by_label("Import").click();
    settle(&mut harness);
    harness
}

#[test]
fn what_an_id_in_several_sources_means_is_changed_by_a_click_and_taken_back() {
    let header = "id,service,environment,access\n";
    let (a, b) = (format!("{header}k,web,dev,holds\n"), format!("{header}k,db,prod,grants\n"));
    let mut harness = opened(&[("a.csv", &a), ("b.csv", &b)]);
    // So high that the whole section is in sight once it is changed.
    harness.set_size(egui::vec2(1280.0, 1200.0));
    harness.run();
    let count = |harness: &Harness<'static, Window>| {
        let answers = harness.state().model.answers.clone().unwrap();
        (answers.totals.credentials, answers.exposure.connected_pairs)
    };
    assert_eq!(count(&harness), (1, 1));
    harness.state_mut().model.apply(Command::Policy(PolicyCommand::Open(true)));
    // The page gets the height of the tables.
    harness.key_press(egui::Key::Backslash);
    harness.run();
    unfold(&mut harness, "Ids across sources");
    harness.get_by_label("a credential for each source").click();
    settle(&mut harness);
    assert_eq!(assumed(&harness).ids_across_sources, IdsAcrossSources::Apart);
    assert_eq!(count(&harness), (2, 0));
    let label = harness.state().model.undoes();
    assert_eq!(label, Some("changing what an id in several sources means"));
    harness.get_by_label("Back to default: an id in several sources").click();
    settle(&mut harness);
    assert_eq!(count(&harness), (1, 1));
    undo(&mut harness);
    assert_eq!(count(&harness), (2, 0));
    undo(&mut harness);
    assert_eq!(count(&harness), (1, 1));
}

#[test]
fn a_headline_without_ground_leads_to_the_tiers_of_the_environments() {
    let text = "id,service,environment,access\nk,web,mars,holds\nk,db,venus,grants\n";
    let mut harness = opened(&[("a.csv", text)]);
    let said = "No environment has a known tier (mars and venus), so it cannot be said which way \
                credentials cross";
    harness.get_by_label(said);
    harness.get_by_label("Say which tier each environment has").click();
    harness.run();
    assert!(harness.state().model.session.policy);
    harness.get_by_label("Tier 0 is trusted least, 3 most; without one nothing leads upwards");
}

#[test]
fn a_headline_on_assumed_access_leads_to_the_assumptions() {
    let text = "id,service,environment\nk,web,dev\nk,db,prod\n";
    let mut harness = opened(&[("a.csv", text)]);
    harness.get_by_label("1 credential lets dev reach prod, on assumed access only");
    harness.get_by_label("Say what is assumed").click();
    harness.run();
    assert!(harness.state().model.session.policy);
    harness.get_by_label("Rows without access");
}

#[test]
fn a_headline_leads_to_the_section_of_the_assumption_that_decides_it() {
    let rows = "id,service,access\nk,web-dev,holds\nk,db-prod,grants\n";
    let mut harness = opened(&[("a.csv", rows)]);
    harness.get_by_label(
        "1 credential lets dev reach prod, on assumptions only: environments read from names",
    );
    harness.get_by_label("environments read from names: dev and prod");
    harness.get_by_label("Say what is assumed").click();
    harness.run();
    harness.get_by_label_contains("“Environment in names” of the import confirms or refuses that");

    let header = "id,service,environment,access\n";
    let (a, b) = (format!("{header}k,web,dev,holds\n"), format!("{header}k,db,prod,grants\n"));
    let mut harness = opened(&[("a.csv", &a), ("b.csv", &b)]);
    harness.get_by_label(
        "1 credential lets dev reach prod, on assumptions only: an id across sources",
    );
    assert_eq!(harness.query_all_by_label_contains("read from names").count(), 0);
    harness.get_by_label("Say what is assumed").click();
    harness.run();
    harness.get_by_label("An id that stands in several sources, without fingerprints, is");
}
