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
mod fields;
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
mod first_steps;
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
mod stage_notes;
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
mod workshop;

use crate::app::model::Model;
use crate::app::model::command::{Command, StageCommand};
use crate::app::model::state::WAYS_OF_A_FRAME;
use crate::app::paint::raster::{Canvas, CpuRaster};
use crate::app::paint::style::fonts;
use crate::app::shell::offscreen::headless;
use crate::app::shell::window::Window;
use crate::inventory::Assumptions;
use crate::project::Opening;

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
