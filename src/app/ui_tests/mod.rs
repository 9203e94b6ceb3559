//! Clicks, keys and pictures without a screen: what a user does, and what the model then says.

use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, TestRenderer};

mod adding;
mod answers;
mod attestation;
mod arranging;
mod command_kinds;
mod copying;
mod every_command;
mod work_commands;
mod exporting;
mod environments;
mod facets;
mod figures;
mod finding_work;
mod compared_views;
mod finds;
mod focus;
mod fixes;
mod with_fixes;
mod hidden_names;
mod planted_names;
mod history;
mod kept;
mod keys;
mod names;
mod overlays;
mod owners;
mod pictures;
mod several;
mod signs;
mod sizes;
mod panes;
mod pinning;
mod sizes_states;
mod sizes_views;
mod policy;
mod problems;
mod project_file;
mod project_work;
mod unsaved;
mod projector;
mod query;
mod reached_by;
mod recent;
mod reimport;
mod saved_filters;
mod scenes;
mod selecting;
mod presenting;
mod rotation;
mod same_answers;
mod sorts;
mod stated;
mod story;
mod subject_menu;
mod table_views;
mod tables;
mod undo;
mod views;
mod view_changes;
mod view_kinds;
mod view_pointer;
mod looking_back;
mod map;
mod joined;
mod walking;
mod wizard;
mod wizard_sheets;

use crate::analysis::Subject;
use crate::app::commands::offers::{Offer, offers};
use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand, StageCommand};
use crate::app::model::state::WAYS_OF_A_FRAME;
use crate::app::paint::raster::{Canvas, CpuRaster};
use crate::app::paint::style::fonts;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::inventory::Assumptions;
use crate::project::Opening;
use crate::scene::ThemeMode;

struct Cpu(CpuRaster);

impl TestRenderer for Cpu {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.0.update(delta);
    }

    fn render(
        &mut self,
        context: &egui::Context,
        output: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        let size = context.content_rect().size();
        let primitives = context.tessellate(output.shapes.clone(), 1.0);
        let canvas = Canvas {
            width: size.x as u32,
            height: size.y as u32,
            pixels_per_point: 1.0,
            background: [0, 0, 0, 255],
        };
        Ok(self.0.paint(&primitives, &canvas))
    }
}

/// A window of 1280 by 800 as it looks on start.
///
/// Links run straight: to find their ways would take most of the time of a test, and has tests of its
/// own. [`bend_links`] switches them on.
pub(crate) fn empty() -> Harness<'static, Window> {
    let mut window = headless(&Assumptions::new(jiff::civil::date(2026, 11, 23)));
    window.model.ways_of_a_frame = 0;
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_max_steps(400)
        .with_context_setup(|context| context.set_fonts(fonts()))
        .renderer(Cpu(CpuRaster::default()))
        .build_ui_state(
            |ui, window: &mut Window| {
                window.logic(&ui.ctx().clone());
                window.ui(ui);
            },
            window,
        );
    harness.run();
    harness
}

/// From now on links are bent round marks, as in the window.
pub(crate) fn bend_links(harness: &mut Harness<'static, Window>) {
    harness.state_mut().model.ways_of_a_frame = WAYS_OF_A_FRAME;
}

pub(crate) fn open(harness: &mut Harness<'static, Window>, name: &str, bytes: Vec<u8>) {
    open_in_place(&mut harness.state_mut().model, Opening::Bytes(vec![(name.to_owned(), bytes)]));
    harness.run();
}

/// Opens files in place of what is open.
pub(crate) fn open_in_place(model: &mut Model, opening: Opening) {
    model.apply(Command::Open(opening));
    model.finish_jobs();
    if model.answers.is_some() && model.staging.is_some() {
        model.apply(Command::Stage(StageCommand::Commit));
        model.finish_jobs();
    }
}

pub(crate) fn sample(name: &str) -> Harness<'static, Window> {
    let mut harness = empty();
    open_sample(&mut harness, name);
    harness
}

fn open_sample(harness: &mut Harness<'static, Window>, name: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    open(harness, name, std::fs::read(path).expect("the sample is there"));
}

fn selected_name(harness: &Harness<'static, Window>) -> Option<String> {
    let model = &harness.state().model;
    let answers = model.answers.as_ref()?;
    model.selected().map(|subject| answers.name(subject))
}

fn search(harness: &mut Harness<'static, Window>, text: &str) {
    harness.get_by_label("Search credentials and services").focus();
    harness.run();
    harness.get_by_label("Search credentials and services").type_text(text);
    harness.run();
}

#[test]
fn a_sample_on_the_start_screen_opens_with_a_click_and_answers_at_once() {
    let mut harness = empty();
    let stories: Vec<_> = harness.query_all_by_label_contains("talk").collect();
    stories.first().expect("the start screen offers the samples").click();
    drop(stories);
    harness.step();
    harness.step();
    harness.state_mut().model.finish_jobs();
    harness.run();
    harness.get_by_label("1 credential lets dev and ci reach prod");
    assert_eq!(selected_name(&harness).as_deref(), Some("deploy-key-prod"));
}

#[test]
fn names_on_the_map_stay_legible_when_the_theme_changes() {
    let mut swapped = sample("talk.csv");
    swapped.state_mut().model.apply(Command::Look(LookCommand::SwapTheme));
    swapped.run();
    let mut light = empty();
    light.state_mut().model.session.theme_mode = ThemeMode::Light;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.csv");
    open(&mut light, "talk.csv", std::fs::read(path).expect("the sample is there"));
    let (swapped, light) = (swapped.render(), light.render());
    assert!(swapped.expect("a picture") == light.expect("a picture"), "the pictures differ");
}

#[test]
fn a_row_of_the_table_selects_what_it_names() {
    let mut harness = sample("talk.csv");
    harness.get_by_label("Services 32").click();
    harness.run();
    harness.get_by_label("Service").click();
    harness.run();
    let below = harness.get_by_label("Map of credentials and services").rect().bottom();
    let rows: Vec<_> = harness
        .query_all_by_label_contains("accounts")
        .filter(|named| named.rect().top() > below)
        .collect();
    rows.last().expect("the table names the service").click();
    drop(rows);
    harness.run();
    let name = selected_name(&harness).expect("something is selected");
    assert!(name.starts_with("accounts"), "{name}");
}

#[test]
fn the_search_finds_by_a_part_of_the_name_and_a_click_selects() {
    let mut harness = sample("talk.csv");
    search(&mut harness, "build-run");
    let hits: Vec<_> = harness.query_all_by_label_contains("build-runner").collect();
    hits.first().expect("the search shows what it found").click();
    drop(hits);
    harness.run();
    assert!(selected_name(&harness).is_some_and(|name| name.starts_with("build-runner")));
}

#[test]
fn keys_wait_while_somebody_types() {
    let mut harness = sample("talk.csv");
    let before = harness.state().model.session.theme_mode;
    search(&mut harness, "t");
    harness.key_press(egui::Key::T);
    harness.run();
    assert_eq!(harness.state().model.session.theme_mode, before);
}

#[test]
fn a_filter_leaves_only_what_passes_and_one_command_takes_it_back() {
    let mut harness = sample("talk.csv");
    harness.get_by_label("Only what shares  1").click();
    harness.run();
    harness.get_by_label("Credentials 1 of 31");
    harness.key_press(egui::Key::C);
    harness.run();
    harness.get_by_label("Credentials 31");
}

#[test]
fn the_arrow_keys_walk_through_the_table() {
    let mut harness = sample("talk.csv");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num2);
    harness.key_press(egui::Key::Home);
    harness.run();
    let first = selected_name(&harness);
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    let second = selected_name(&harness);
    assert_ne!(first, second);
    harness.key_press(egui::Key::ArrowUp);
    harness.run();
    assert_eq!(selected_name(&harness), first);
}

#[test]
fn an_empty_table_leaves_the_panel_its_size() {
    let mut harness = sample("talk.csv");
    let height = |harness: &Harness<'static, Window>| {
        harness.get_by_label("Map of credentials and services").rect().height()
    };
    let before = height(&harness);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num4);
    harness.run();
    harness.get_by_label("Every row could be read as it is");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num1);
    harness.run();
    assert!((height(&harness) - before).abs() < 1.0);
}

#[test]
fn the_palette_is_walked_with_the_arrow_keys_and_its_text_stays_its_own() {
    let mut harness = sample("talk.csv");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run();
    harness.event(egui::Event::Text("build".to_owned()));
    harness.run();
    let offers = offers(&harness.state().model);
    let Some(Offer::Subject(third)) = offers.get(2).copied() else {
        panic!("three subjects are offered");
    };
    for key in [egui::Key::ArrowDown, egui::Key::ArrowDown, egui::Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(harness.state().model.selected(), Some(third));
    assert_eq!(harness.state().model.session.search, "");
    assert!(!harness.state().model.session.palette);
}

#[test]
fn escape_closes_a_menu_before_anything_else() {
    let mut harness = sample("talk.csv");
    harness.get_by_label("View").click();
    harness.run();
    harness.get_by_label_contains("Swap the theme");
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.query_by_label_contains("Swap the theme").is_none());
    assert!(selected_name(&harness).is_some());
}

#[test]
fn a_search_puts_the_worst_of_equal_hits_first_and_counts_them_all() {
    let mut harness = sample("payments.csv");
    search(&mut harness, "ledger");
    let model = &harness.state().model;
    let [found, _] = &model.found;
    let answers = model.answers.as_ref().expect("there are answers");
    let by_hand = answers.subjects().filter(|&at| answers.name(at).contains("ledger")).count();
    assert_eq!(found.total, by_hand);
    let first = found.best.first().copied().expect("something is found");
    let worst = answers.subjects().filter(|&at| answers.name(at).contains("ledger"));
    let worst = worst.filter_map(|at| answers.severity(at)).min();
    assert_eq!(answers.severity(first), worst);
}

#[test]
fn a_double_click_focuses_and_escape_steps_back() {
    let mut harness = sample("talk.csv");
    harness.key_press(egui::Key::Space);
    harness.run();
    assert!(harness.state().model.views.active().spec.focused);
    let marks = &harness.state().model.views.active().data.sight.marks;
    let shown = marks.iter().filter(|shown| **shown).count();
    assert!(shown > 2 && shown < marks.len(), "{shown}");
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(!harness.state().model.views.active().spec.focused);
    assert!(harness.state().model.views.active().data.sight.marks.iter().all(|shown| *shown));
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(selected_name(&harness), None);
}

#[test]
fn a_click_on_a_mark_of_the_map_selects_it_and_one_beside_it_clears_the_selection() {
    let mut harness = sample("talk.csv");
    harness.key_press(egui::Key::Escape);
    harness.key_press(egui::Key::F);
    harness.run();
    let map = harness.get_by_label("Map of credentials and services").rect();
    let marks = harness.state().model.map().cloned().expect("the map is laid out").marks.clone();
    let camera = harness.state().camera().expect("the map is in sight");
    let worst = marks
        .iter()
        .filter(|mark| matches!(mark.subject, Subject::Credential(_)))
        .max_by_key(|mark| mark.weight)
        .expect("there are credentials");
    let at = camera.screen_from_scene(worst.at);
    click_at(&mut harness, egui::pos2(at.x, at.y));
    assert_eq!(selected_name(&harness).as_deref(), Some("deploy-key-prod"));
    click_at(&mut harness, map.left_top() + egui::vec2(4.0, 4.0));
    assert_eq!(selected_name(&harness), None);
}

fn click_at(harness: &mut Harness<'static, Window>, pos: egui::Pos2) {
    harness.hover_at(pos);
    harness.run();
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        harness.step();
    }
    harness.run();
}

#[test]
fn a_cancelled_import_leaves_what_was_open() {
    let mut harness = sample("talk.csv");
    let mut long = b"credential,service,environment\n".to_vec();
    for row in 0..400_000_u32 {
        long.extend_from_slice(format!("key-{row},service-{row},dev\n").as_bytes());
    }
    let opening = Opening::Bytes(vec![("long.csv".to_owned(), long)]);
    harness.state_mut().model.apply(Command::Open(opening));
    harness.run_steps(2);
    harness.get_by_label("Cancel").click();
    harness.run_steps(4);
    let model = &harness.state().model;
    assert!(model.jobs.running().all(|(kind, _)| kind != JobKind::Import));
    assert_eq!(model.project.sources.files, ["talk.csv"]);
    harness.state_mut().model.finish_jobs();
    harness.run();
    harness.get_by_label("1 credential lets dev and ci reach prod");
}

/// Stages bytes as a drop does, and waits until everything about them is known.
pub(crate) fn stage(harness: &mut Harness<'static, Window>, parts: &[(&str, &str)]) {
    let parts = parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let opening = Opening::Bytes(parts.collect());
    harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(opening)));
    settle(harness);
}

pub(crate) fn settle(harness: &mut Harness<'static, Window>) {
    harness.step();
    harness.state_mut().model.finish_jobs();
    harness.run();
}

pub(crate) const SMALL: &str =
    "id;services;environment\nk1;pay|bill;dev\nk1;pay;prod\nk2;pay;prod\n";
