//! Clicks in the table of problems, also where there are very many.

use std::sync::atomic::Ordering;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::model::command::{Command, TableCommand};
use crate::app::shell::window::Window;
use crate::app::ui_tests::{empty, open, sample, settle};

fn listed(harness: &Harness<'static, Window>) -> Vec<String> {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let rows = model.lists.problems.rows.iter();
    rows.filter_map(|at| answers.problem(*at)).map(|found| found.message.clone()).collect()
}

fn type_filter(harness: &mut Harness<'static, Window>, text: &str) {
    harness.get_by_label("Filter problems").focus();
    harness.run();
    harness.get_by_label("Filter problems").type_text(text);
    settle(harness);
}

#[test]
fn a_text_leaves_the_problems_that_have_it_and_clearing_the_filters_takes_it_back() {
    let mut harness = sample("messy.csv");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num4);
    settle(&mut harness);
    let all = listed(&harness);
    type_filter(&mut harness, "UNCLEAR-");
    let found = listed(&harness);
    assert!(!found.is_empty() && found.len() < all.len(), "{} of {}", found.len(), all.len());
    let shown = format!("{} of {}", found.len(), all.len());
    harness.get_by_label(&shown);
    harness.get_by_label(&format!("Problems {} of {}", found.len(), all.len()));
    harness.key_press(egui::Key::Escape);
    harness.run();
    harness.key_press(egui::Key::C);
    settle(&mut harness);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num4);
    settle(&mut harness);
    assert_eq!(listed(&harness), all);
    type_filter(&mut harness, "no problem says this");
    harness.get_by_label("No problem has this text in it");
}

#[test]
fn the_text_is_looked_for_in_kind_column_file_and_row_and_beside_rejected_rows_alone() {
    let mut harness = empty();
    let text = "id,service,created\nk1,pay,not a day\nk2,bill,31/31/2026\nk3,x,y,zebra\n";
    open(&mut harness, "odd.csv", text.as_bytes().to_vec());
    let mut count = |text: &str, rejected_only: bool| {
        let model = &mut harness.state_mut().model;
        model.apply(Command::Table(TableCommand::RejectedOnly(rejected_only)));
        model.apply(Command::Table(TableCommand::FindProblems(text.to_owned())));
        model.finish_jobs();
        model.lists.problems.rows.len()
    };
    assert_eq!(count("", false), 3);
    assert_eq!(count("unclear-date", false), 2);
    assert_eq!(count("Created", false), 2);
    assert_eq!(count("odd.CSV", false), 3);
    assert_eq!(count("zebra", false), 1);
    assert_eq!(count("too-many", true), 1);
    assert_eq!(count("unclear-date", true), 0);
    assert_eq!(count("odd.csv:3", false), 1);
    assert_eq!(count("csv:", false), 3);
    assert_eq!(count(":9", false), 0);
}

#[test]
fn no_problem_shows_or_is_found_by_what_stands_for_a_secret() {
    let mut harness = empty();
    let text = "id,password,service,created\nk1,hunter2hunter2,pay,not a day\n";
    open(&mut harness, "odd.csv", text.as_bytes().to_vec());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num4);
    settle(&mut harness);
    assert_eq!(listed(&harness).len(), 1);
    type_filter(&mut harness, "keyreach:v1");
    assert_eq!(listed(&harness).len(), 0);
    harness.state_mut().model.apply(Command::Table(TableCommand::FindProblems("masked".into())));
    settle(&mut harness);
    assert_eq!(listed(&harness).len(), 1);
}

#[test]
fn the_rejected_rows_are_saved_from_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("left-out.csv");
    let mut harness = sample("messy.csv");
    let goal = path.clone();
    harness.state_mut().model.ask_where = std::sync::Arc::new(move |_| Some(goal.clone()));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num4);
    harness.run();
    harness.get_by_label("Rejected rows only").click();
    settle(&mut harness);
    harness.get_by_label("Save rejected…").click();
    settle(&mut harness);
    let written = std::fs::read_to_string(path).expect("the rows are written");
    assert!(written.starts_with("rejected_line,rejected_because"), "{written}");
    assert_eq!(written.lines().count(), 1 + listed(&harness).len());
}

#[test]
fn a_frame_looks_at_the_problems_in_sight_alone_however_many_there_are() {
    let mut harness = empty();
    let rows = (0..200_000_u32).map(|row| format!("k{},s,day {row}", row % 50));
    let head = "id,service,created".to_owned();
    let text = std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n");
    open(&mut harness, "odd.csv", text.into_bytes());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num4);
    settle(&mut harness);
    let model = &harness.state().model;
    assert!(model.answers.as_ref().is_some_and(|answers| answers.problem_count() >= 200_000));
    assert_eq!((model.lists.problems.rows.len(), model.lists.problems.total), (100_000, 200_000));
    harness.get_by_label("100,000 of 200,000");
    let looked = |harness: &Harness<'static, Window>| {
        let answers = harness.state().model.answers.clone().expect("there are answers");
        answers.looked.swap(0, Ordering::Relaxed)
    };
    looked(&harness);
    harness.step();
    let idle = looked(&harness);
    assert!((1..200).contains(&idle), "{idle} problems were looked at for one frame");
    harness.key_press(egui::Key::End);
    harness.run_steps(3);
    let scrolled = looked(&harness);
    assert!(scrolled < 800, "{scrolled} problems were looked at for a few frames");
    // Changing what the other tables show does not touch them either.
    harness.key_press(egui::Key::U);
    harness.run_steps(3);
    let filtered = looked(&harness);
    assert!(filtered < 800, "{filtered} problems were looked at for a few frames");
    // A text is looked for by a job, not by the frames that pass meanwhile.
    type_filter(&mut harness, "day 1999");
    assert_eq!(harness.state().model.lists.problems.total, 111);
    looked(&harness);
    harness.step();
    let found = looked(&harness);
    assert!((1..200).contains(&found), "{found} problems were looked at for one frame");
}
