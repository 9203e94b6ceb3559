//! The window: collects jobs, applies commands first in first out, and draws.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Margin, Ui, ViewportCommand};
use zeroize::Zeroize as _;

use crate::app::commands::keys::{leave_field, pressed};
use crate::app::jobs::{JobKind, ViewId};
use crate::app::model::Model;
use crate::app::model::autosave::autosave;
use crate::app::model::command::{Command, PresentCommand, ProjectCommand, StageCommand};
use crate::app::model::presentation::Story;
use crate::app::model::presenting::note_moved;
use crate::app::model::to_copy::ToCopy;
use crate::app::model::views::View;
use crate::app::paint::style::{fonts, style};
use crate::app::paint::system_fonts::SystemFonts;
use crate::app::panels::compared::compared_ui;
use crate::app::panels::comparison::comparison_ui;
use crate::app::panels::export::export_ui;
use crate::app::panels::finding_work::decision_ui;
use crate::app::panels::history::history_ui;
use crate::app::panels::map::{MapState, map_ui};
use crate::app::panels::names::{pseudonym_ui, switching_ui};
use crate::app::panels::overlays::{help_ui, palette_ui};
use crate::app::panels::presentation::presentation_ui;
use crate::app::panels::project::project_ui;
use crate::app::panels::start::{StartState, start_ui};
use crate::app::panels::wizard::wizard_ui;
use crate::app::panels::workshop::workshop_ui;
use crate::app::shell::frame::{arranged, bars_ui, pane_in, panes_ui, part_ui};
use crate::app::shell::presenter::presenter_window;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::typed::typed_now;
use crate::import::FileBytes;
use crate::project::Opening;
use crate::scene::{Camera, Theme, ThemeMode};

/// The smallest window in which nothing is clipped, in points.
const LEAST_ROOM: egui::Vec2 = egui::vec2(800.0, 520.0);

/// By how much everything can be shown larger in a window of this size, up to what is wished.
pub(crate) fn zoom_in(room: egui::Vec2, wished: f32) -> f32 {
    let largest = (room / LEAST_ROOM).min_elem().min(wished);
    // In whole hundredths, so that less room is never left than that.
    ((largest * 100.0).floor() / 100.0).max(1.0)
}

/// By how much everything is shown larger on a screen of this size while scenes are presented: the least
/// type, of 12 points, has 20 pixels where it is 1080 pixels high, and 16 where it is 768 or less.
pub(crate) fn stage_zoom(room: egui::Vec2) -> f32 {
    let usual = Theme::of(ThemeMode::Projector).type_size;
    (usual * room.y / 1080.0).max(1.36)
}

/// By how much another zoom has to differ to be taken: less is not seen.
const LEAST_ZOOM_STEP: f32 = 0.005;

/// How far two views stand apart, in points.
const BETWEEN_VIEWS: f32 = 2.0;

/// The whole program as one drawable thing, with or without a screen.
pub struct Window {
    pub(crate) model: Model,
    /// What each view of the map remembers between frames.
    maps: BTreeMap<ViewId, MapState>,
    start: StartState,
    dressed: Option<ThemeMode>,
    /// What stands above the window.
    titled: String,
    /// Whether the window was asked to close.
    closing: bool,
    /// Whether it was asked to take the whole screen.
    has_screen: bool,
    /// What waits until the field in which somebody writes has kept what is in it.
    after_field: Vec<Command>,
    /// By how much everything is shown larger, as the theme asks, and the most that is allowed.
    zoom: f32,
    pub(crate) most_zoom: f32,
}

impl Window {
    pub(crate) fn new(model: Model) -> Self {
        Self {
            model,
            maps: BTreeMap::new(),
            start: StartState::default(),
            dressed: None,
            titled: String::new(),
            closing: false,
            has_screen: false,
            after_field: Vec::new(),
            zoom: 1.0,
            most_zoom: f32::INFINITY,
        }
    }

    /// Where the active view looks, once it was drawn.
    #[cfg(test)]
    pub(crate) fn camera(&self) -> Option<Camera> {
        self.model.views.active().spec.camera
    }

    /// The picture of the map that is on the screen.
    #[cfg(test)]
    pub(crate) fn picture(&self) -> Option<&crate::scene::Picture> {
        self.maps.get(&self.model.views.active().id)?.picture(self.model.picture)
    }

    /// Collects finished jobs and dropped files, and applies the keys that were pressed.
    pub fn logic(&mut self, context: &egui::Context) {
        if self.dressed.is_none() {
            context.set_fonts(fonts());
            context.add_font_provider(SystemFonts::shared());
        }
        let theme_mode = self.model.session.theme_mode;
        if self.dressed != Some(theme_mode) {
            let theme = match theme_mode {
                ThemeMode::Dark => egui::Theme::Dark,
                ThemeMode::Light | ThemeMode::Projector => egui::Theme::Light,
            };
            context.set_theme(theme);
            context.set_style_of(theme, style(&Theme::of(theme_mode)));
            self.dressed = Some(theme_mode);
        }
        self.enlarge(context);
        if self.model.collect_jobs() {
            context.request_repaint();
        }
        if self.model.jobs.running().next().is_some() {
            context.request_repaint_after(std::time::Duration::from_millis(100));
        }
        let pressed = pressed(context, &self.model);
        if !pressed.is_empty() {
            self.note_names();
        }
        for command in pressed {
            if matches!(command, Command::Project(_) | Command::Close) && leave_field(context) {
                self.after_field.push(command);
            } else {
                self.model.apply(command);
            }
            // What it changed is in sight in the next frame, the style of widgets among it.
            context.request_repaint();
        }
        self.keep_or_close(context);
        self.take_screen(context);
        self.model.session.typed = typed_now(context);
        if let Some(left) = autosave(&mut self.model, std::time::Instant::now()) {
            context.request_repaint_after(left);
        }
        let is_story = self.model.session.story == Story::Shown;
        let takes_files = is_story || self.model.session.presentation.is_none();
        if let Some(opening) = dropped(context).filter(|_| takes_files) {
            if is_story {
                // It ends where a file of one's own comes.
                self.model.apply(Command::Present(PresentCommand::Leave));
            }
            self.model.apply(Command::Stage(StageCommand::Begin(opening)));
        }
    }

    /// Takes the whole screen where that is asked for, or scenes are presented.
    fn take_screen(&mut self, context: &egui::Context) {
        let session = &self.model.session;
        let on_stage = session.presentation.is_some() && session.story != Story::Shown;
        let wanted = session.full_screen || on_stage || session.paused.is_some();
        if wanted != self.has_screen {
            self.has_screen = wanted;
            context.send_viewport_cmd(ViewportCommand::Fullscreen(wanted));
        }
    }

    /// Writes above the window what is open, and closes it only where nothing is lost.
    fn keep_or_close(&mut self, context: &egui::Context) {
        if let Some(rect) = context.input(|input| input.viewport().inner_rect) {
            let size = rect.size() * self.zoom;
            self.model.settings.note_size([size.x, size.y]);
        }
        let title = self.model.title();
        if title != self.titled {
            context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
        let is_closed = context.input(|input| input.viewport().close_requested());
        if is_closed {
            // What was made before the presentation is what is kept or lost.
            self.model.apply(Command::Present(PresentCommand::Leave));
        }
        if is_closed && !self.model.saving.quits && leave_field(context) {
            self.after_field.push(Command::Project(ProjectCommand::Quit));
            context.send_viewport_cmd(ViewportCommand::CancelClose);
            context.request_repaint();
        } else if is_closed && !self.model.saving.quits {
            self.model.apply(Command::Project(ProjectCommand::Quit));
            if !self.model.saving.quits {
                context.send_viewport_cmd(ViewportCommand::CancelClose);
                context.request_repaint();
            }
        } else if self.model.saving.quits && !is_closed && !self.closing {
            self.closing = true;
            context.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// By how much everything is shown larger in a window of this size.
    fn wanted_zoom(&self, room: egui::Vec2) -> f32 {
        let session = &self.model.session;
        let theme_mode = session.theme_mode;
        // The guided story is read at a desk, not from the back of a room.
        let on_stage = session.presentation.is_some() && session.story != Story::Shown;
        let wanted = match theme_mode {
            _ if on_stage => stage_zoom(room),
            ThemeMode::Dark | ThemeMode::Light => 1.0,
            ThemeMode::Projector => zoom_in(room, Theme::of(theme_mode).type_size),
        };
        wanted.min(self.most_zoom)
    }

    /// By how much everything is shown larger than the user set.
    pub(crate) fn zoom(&self) -> f32 {
        self.zoom
    }

    /// Notes how large a window is that was not drawn yet, in pixels.
    pub(crate) fn note_pixels(&mut self, size: egui::Vec2) {
        self.note_size(size / self.wanted_zoom(size));
    }

    /// Shows everything as much larger as the theme asks, where the window is large enough for that.
    fn enlarge(&mut self, context: &egui::Context) {
        let wanted = self.wanted_zoom(context.content_rect().size() * self.zoom);
        // The size of the window in points is rounded: a window whose zoom followed each rounding would
        // never come to rest.
        if (wanted - self.zoom).abs() > LEAST_ZOOM_STEP {
            // What the user set stays beside it.
            context.set_zoom_factor(context.zoom_factor() / self.zoom * wanted);
            self.zoom = wanted;
        }
    }

    /// Notes how large the window is, in points: maps are laid out for what it leaves them.
    pub(crate) fn note_size(&mut self, size: egui::Vec2) {
        self.model.views.pane = Some(pane_in(&self.model.session, size));
    }

    /// Draws everything and applies what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        if self.model.session.presentation.is_some() {
            return self.stage_ui(ui);
        }
        let theme = Theme::of(self.model.session.theme_mode).zoomed(self.zoom);
        let mut commands = Vec::new();
        let mut context =
            PanelContext { model: &self.model, theme: &theme, commands: &mut commands };
        if self.model.runs(JobKind::Names) {
            switching_ui(ui, &mut context);
            for command in commands {
                self.model.apply(command);
            }
            return;
        }
        let room = bars_ui(ui, &mut context, ui.max_rect());
        let canvas = theme.canvas;
        let mut seen = None;
        let mut squeezed = BTreeSet::new();
        if context.model.staging.is_some() {
            let margin = Margin::symmetric(16, 12);
            part_ui(ui, ("wizard", room), (canvas, margin), |ui| wizard_ui(ui, &mut context));
        } else if context.model.answers.is_some() {
            let parts = arranged(&context, room);
            part_ui(ui, ("map", parts.map), (canvas, Margin::ZERO), |ui| {
                seen = Some(views_ui(ui, &mut context, &mut self.maps));
            });
            panes_ui(ui, &mut context, &parts);
            squeezed = parts.squeezed;
        } else {
            part_ui(ui, ("start", room), (canvas, Margin::symmetric(24, 16)), |ui| {
                egui::ScrollArea::vertical()
                    .auto_shrink(false)
                    .show(ui, |ui| start_ui(ui, &mut context, &mut self.start));
            });
        }
        comparison_ui(ui, &mut context);
        project_ui(ui, &mut context);
        palette_ui(ui, &mut context);
        help_ui(ui, &mut context);
        history_ui(ui, &mut context);
        export_ui(ui, &mut context);
        decision_ui(ui, &mut context);
        pseudonym_ui(ui, &mut context);
        workshop_ui(ui, &mut context);
        if self.model.views.set_cameras(seen.unwrap_or_default()) {
            ui.ctx().request_repaint();
        }
        self.model.session.scroll_to_selection = false;
        self.model.session.panes.squeezed = squeezed;
        self.note_size(ui.max_rect().size());
        commands.append(&mut self.after_field);
        self.carry_out(ui, commands);
        match self.model.to_copy.take() {
            Some(ToCopy::Text(text)) => ui.ctx().copy_text(text),
            Some(ToCopy::Picture(image)) => ui.ctx().copy_image(Arc::unwrap_or_clone(image)),
            None => {}
        }
    }

    /// Draws the scene that is presented.
    fn stage_ui(&mut self, ui: &mut Ui) {
        let theme = Theme::of(self.model.session.theme_mode).zoomed(self.zoom);
        let mut commands = Vec::new();
        let mut context =
            PanelContext { model: &self.model, theme: &theme, commands: &mut commands };
        let id = self.model.views.active().id;
        let state = self.maps.entry(id).or_default();
        if let Some((camera, size)) = presentation_ui(ui, &mut context, state) {
            self.model.views.set_camera(id, camera);
            self.model.views.pane = Some([size.x, size.y]);
            ui.input(|input| note_moved(&mut self.model, input));
        }
        let mut context =
            PanelContext { model: &self.model, theme: &theme, commands: &mut commands };
        workshop_ui(ui, &mut context);
        presenter_window(ui, &mut context);
        self.carry_out(ui, commands);
    }

    /// Notes which names are seen where: a picture that is saved has the same.
    fn note_names(&mut self) {
        let state = self.maps.get(&self.model.views.active().id);
        let picture = state.and_then(|state| state.picture(self.model.picture));
        self.model.views.names = picture.map(|picture| picture.names.clone()).unwrap_or_default();
    }

    /// Applies what drawing asked for.
    fn carry_out(&mut self, ui: &Ui, commands: Vec<Command>) {
        if !commands.is_empty() {
            self.note_names();
            ui.ctx().request_repaint();
        }
        for command in commands {
            self.model.apply(command);
        }
    }
}

/// The views of the map beside each other; returns where each looks now.
fn views_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    states: &mut BTreeMap<ViewId, MapState>,
) -> Vec<(ViewId, Option<Camera>)> {
    let model = context.model;
    states.retain(|id, _| model.views.iter().any(|view| view.id == *id));
    let mut draw = |ui: &mut Ui, view: &View| {
        let state = states.entry(view.id).or_default();
        if model.views.compares {
            ui.spacing_mut().item_spacing.y = 0.0;
            compared_ui(ui, context, view);
        }
        (view.id, map_ui(ui, context, view, state))
    };
    if !model.views.is_split() {
        return vec![draw(ui, model.views.active())];
    }
    let views = model.views.left_to_right();
    ui.spacing_mut().item_spacing.x = BETWEEN_VIEWS;
    ui.columns(views.len(), |columns| {
        columns.iter_mut().zip(views).map(|(ui, view)| draw(ui, view)).collect()
    })
}

/// A table that was pasted outside a field, or files that were dropped on the window.
fn dropped(context: &egui::Context) -> Option<Opening> {
    if let Some(text) = pasted(context) {
        return Some(Opening::Pasted(FileBytes::new("pasted text", text.into_bytes())));
    }
    let paths: Vec<std::path::PathBuf> = context.input(|input| {
        input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect()
    });
    (!paths.is_empty()).then_some(Opening::Files(paths))
}

/// Takes the table that was pasted, and wipes the second copy that egui keeps for a frame.
///
/// What the system's clipboard holds, and what was copied on the way from it, is out of reach.
fn pasted(context: &egui::Context) -> Option<String> {
    if context.egui_wants_keyboard_input() {
        return None;
    }
    context.input_mut(|input| {
        let table = input.events.iter_mut().find_map(|event| match event {
            egui::Event::Paste(text) if text.trim().lines().count() > 1 => {
                Some(std::mem::take(text))
            }
            _ => None,
        })?;
        for event in &mut input.raw.events {
            if let egui::Event::Paste(text) = event {
                text.zeroize();
            }
        }
        Some(table)
    })
}
