//! What goes into the clipboard: rows, tables, pictures, paths and findings.

use std::fmt::Write as _;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::subject_menu::press_other_button;
use super::{empty, open, sample, settle};
use crate::analysis::{Rule, Subject};
use crate::app::commands::action::{Action, MOST_COPIED};
use crate::app::commands::table::all;
use crate::app::model::command::{AnswerCommand, Command, SightCommand, TableCommand};
use crate::app::model::route::RouteOf;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::work::sort::Sort;

type Drawn = Harness<'static, Window>;

/// k1 leads from shop to pay, k2 from there to bank.
const TABLE: &str = "id,secret,service,environment,access,owner\n\
                     k1,hunter2-and-longer,shop,dev,holds,=cmd()\nk1,,pay,prod,grants,=cmd()\n\
                     k2,,pay,prod,holds,\nk2,,bank,prod,grants,\n";

fn opened() -> Drawn {
    let mut harness = empty();
    open(&mut harness, "keys.csv", TABLE.as_bytes().to_vec());
    settle(&mut harness);
    harness
}

fn named(name: &str) -> &'static Action {
    all().find(|action| action.name == name).expect("there is such an action")
}

/// What an action of the menu puts into the clipboard.
fn copied(harness: &Drawn, name: &str) -> String {
    let (action, model) = (named(name), &harness.state().model);
    assert_eq!(action.available(model), Ok(()), "{name}");
    match (action.command)(model) {
        Command::Copy(text) => text,
        other => panic!("{other:?}"),
    }
}

fn apply(harness: &mut Drawn, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn show(harness: &mut Drawn, tab: Tab) {
    apply(harness, Command::Table(TableCommand::Show(tab)));
}

#[test]
fn a_table_is_copied_with_its_headings_as_the_filters_leave_it_and_without_formulas() {
    let mut harness = opened();
    show(&mut harness, Tab::Credentials);
    apply(&mut harness, Command::Table(TableCommand::SortBy(Sort::Name)));
    let text = copied(&harness, "Copy the table");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.iter().map(|row| row[0]).collect::<Vec<_>>(), ["Credential", "k1", "k2"]);
    let owner = rows[0].iter().position(|heading| *heading == "Owner").expect("it has owners");
    assert_eq!((rows[1][owner], rows[2][owner]), ("'=cmd()", ""));
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{text}");
    apply(&mut harness, Command::Sight(SightCommand::OnlyFound("k2".to_owned())));
    let text = copied(&harness, "Copy the table");
    let names: Vec<&str> = text.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(names, ["Credential", "k2"]);
}

#[test]
fn the_rows_of_all_that_is_selected_are_copied_together() {
    let mut harness = opened();
    show(&mut harness, Tab::Services);
    apply(&mut harness, Command::Table(TableCommand::SortBy(Sort::Name)));
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let both = ["shop@dev", "bank@prod"].map(|name| answers.find_named(name).expect("it is there"));
    apply(&mut harness, Command::SelectAll(both.to_vec()));
    let names = |text: &str| -> Vec<String> {
        let first = text.lines().filter_map(|line| line.split('\t').next());
        first.map(str::to_owned).collect()
    };
    assert_eq!(names(&copied(&harness, "Copy the row")), ["Service", "bank", "shop"]);
    // One alone is the row in question.
    apply(&mut harness, Command::Select(Some(both[0])));
    assert_eq!(names(&copied(&harness, "Copy the row")), ["Service", "shop"]);
}

#[test]
fn a_table_too_long_for_the_clipboard_is_refused_with_the_way_to_export_it() {
    let mut text = "id,service,environment\n".to_owned();
    for row in 0..=MOST_COPIED {
        writeln!(text, "k{row},shop,dev").expect("a text");
    }
    let mut harness = empty();
    open(&mut harness, "long.csv", text.into_bytes());
    settle(&mut harness);
    show(&mut harness, Tab::Credentials);
    let why = named("Copy the table").available(&harness.state().model);
    assert!(why.is_err_and(|why| why.contains("export it")), "{why:?}");
    show(&mut harness, Tab::Services);
    assert_eq!(copied(&harness, "Copy the table").lines().count(), 2);
}

#[test]
fn a_path_is_copied_hop_by_hop_with_its_rows_and_what_is_assumed() {
    let mut harness = opened();
    let why = named("Copy the path as text").available(&harness.state().model);
    assert!(why.is_err(), "no path is in question");
    show(&mut harness, Tab::Paths);
    apply(&mut harness, Command::Answer(AnswerCommand::Show(RouteOf::Listed(1))));
    let text = copied(&harness, "Copy the path as text");
    let path = "shop in dev to bank in prod, 2 hops\n  \
                with k1 into pay in prod  (keys.csv:2, keys.csv:3)\n  \
                with k2 into bank in prod  (keys.csv:4, keys.csv:5)\nAssumed: ";
    assert!(text.starts_with(path) && text.contains("as of 2026-11-23"), "{text}");
    harness.get_by_label("Copy as text").click();
    let by_button = clipboard(&mut harness, |command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(by_button.as_deref(), Some(text.as_str()));
}

/// What the next frames hand to the clipboard.
fn clipboard<T>(
    harness: &mut Drawn,
    wanted: impl Fn(&egui::OutputCommand) -> Option<T>,
) -> Option<T> {
    for _ in 0..4 {
        harness.step();
        let commands = harness.output().platform_output.commands.iter();
        if let Some(found) = commands.filter_map(&wanted).next_back() {
            return Some(found);
        }
    }
    None
}

#[test]
fn a_finding_is_copied_as_markdown_with_reasons_advice_and_masked_rows() {
    let mut harness = opened();
    show(&mut harness, Tab::Findings);
    let model = &harness.state().model;
    let answers = model.answers.clone().expect("there are answers");
    let is_it = |at: &u32| {
        let finding = &answers.findings[*at as usize];
        let about = answers.find_named("k1").expect("it is there");
        finding.rule == Rule::CrossesEnvironments && finding.subject == about
    };
    let row = model.lists.findings.iter().position(is_it).expect("k1 crosses environments");
    apply(&mut harness, Command::Table(TableCommand::Pick(row)));
    let text = copied(&harness, "Copy the finding as Markdown");
    assert!(text.starts_with("# KR01 "), "{text}");
    let title = text.lines().next().unwrap_or_default();
    assert!(title.ends_with(": k1"), "{title}");
    for part in ["\nSeverity: ", "\n- because ", "\n- so ", "\n## Evidence: 2 rows", "Assumed: "] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    assert!(text.contains("- keys.csv:2: id=k1; secret=‹masked›; service=shop"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
    // The finding that is picked, not another one on the same thing.
    let other = model_row_of_other(&harness, row);
    apply(&mut harness, Command::Table(TableCommand::Pick(other)));
    assert_ne!(copied(&harness, "Copy the finding as Markdown"), text);
}

/// The row of another finding on what a row is about.
fn model_row_of_other(harness: &Drawn, row: usize) -> usize {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let about = |row: usize| -> Option<Subject> {
        let at = *model.lists.findings.get(row)?;
        Some(answers.findings[at as usize].subject)
    };
    let mut rows = 0..model.lists.findings.len();
    rows.find(|&other| other != row && about(other) == about(row)).expect("it has several")
}

#[test]
fn what_the_view_shows_is_copied_as_a_picture_with_two_pixels_for_a_point() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let camera = harness.state().camera().expect("the map is in sight");
    harness.state_mut().model.apply(Command::CopyPicture);
    harness.state_mut().model.finish_jobs();
    let image = clipboard(&mut harness, |command| match command {
        egui::OutputCommand::CopyImage(image) => Some(image.clone()),
        _ => None,
    });
    let image = image.expect("a picture is copied");
    let [width, height] = [camera.viewport.width, camera.viewport.height].map(|side| side as usize);
    // The map is as large as in the window, and a heading stands above it.
    assert_eq!(image.size[0], 2 * width);
    let heading = image.size[1] - 2 * height;
    assert!((20..240).contains(&heading), "{heading}");
    let first = image.pixels[0];
    assert!(image.pixels.iter().any(|pixel| *pixel != first), "something is drawn");
    let notice = harness.state().model.notice.clone().expect("it says what it did");
    assert!(notice.contains("handed to the clipboard"), "{notice}");
}

#[test]
fn a_right_click_on_empty_ground_of_the_map_offers_the_picture() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let map = harness.get_by_label("Map of credentials and services").rect();
    let pos = map.left_top() + egui::vec2(4.0, 4.0);
    press_other_button(&mut harness, pos);
    harness.get_by_label("Copy the picture").click();
    harness.run_steps(2);
    harness.state_mut().model.finish_jobs();
    assert!(harness.state().model.to_copy.is_some());
}
