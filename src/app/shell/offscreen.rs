//! A window that nobody sees, driven frame by frame: for pictures and for benches.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{ClippedPrimitive, TexturesDelta};

use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand};
use crate::app::model::saving::Saving;
use crate::app::shell::window::Window;
use crate::inventory::Assumptions;
use crate::project::{Opening, Project};

/// A window without a screen, which keeps nothing on disk. Time passes by a sixtieth of a second a
/// frame, whatever the clock says.
pub struct Offscreen {
    pub(crate) window: Window,
    context: egui::Context,
    size: egui::Vec2,
    frames: u32,
    /// What happens before the next frame.
    events: Vec<egui::Event>,
    /// Whether the last frame asked for another one.
    wants_more: bool,
}

/// What one frame leaves to be painted.
pub(crate) struct Frame {
    pub(crate) textures: TexturesDelta,
    pub(crate) primitives: Vec<ClippedPrimitive>,
    /// Pixels for a point.
    pub(crate) zoom: f32,
}

impl Offscreen {
    /// An empty window of this size in pixels.
    pub fn new(assumptions: &Assumptions, (width, height): (u32, u32)) -> Self {
        Self {
            window: headless(assumptions),
            context: egui::Context::default(),
            size: egui::vec2(width as f32, height as f32),
            frames: 0,
            events: Vec::new(),
            wants_more: true,
        }
    }

    /// Opens files, as far as a job does it: what is open stays until they are read.
    pub fn open(&mut self, files: Vec<PathBuf>) {
        self.window.model.apply(Command::Open(Opening::Files(files)));
    }

    /// Moves the map by pixels, as a drag does.
    pub fn pan(&mut self, x: f32, y: f32) {
        self.window.model.apply(Command::Look(LookCommand::Pan(x, y)));
    }

    /// Looks closer by a factor, or from farther away.
    pub fn zoom(&mut self, factor: f32) {
        self.window.model.apply(Command::Look(LookCommand::Zoom(factor)));
    }

    /// Moves the pointer to a point of the window.
    pub fn point_at(&mut self, x: f32, y: f32) {
        self.events.push(egui::Event::PointerMoved(egui::pos2(x, y)));
    }

    /// Presses a key and lets it go.
    #[cfg(test)]
    pub(crate) fn press(&mut self, key: egui::Key, modifiers: egui::Modifiers) {
        for pressed in [true, false] {
            let physical_key = None;
            let event = egui::Event::Key { key, physical_key, pressed, repeat: false, modifiers };
            self.events.push(event);
        }
    }

    /// Whether the window would draw another frame at once, though nothing happens.
    pub fn wants_frame(&self) -> bool {
        self.wants_more
    }

    /// Cancels the import that runs.
    pub fn cancel_import(&mut self) {
        self.window.model.apply(Command::Cancel(JobKind::Import));
    }

    /// Whether some work still runs.
    pub fn is_busy(&self) -> bool {
        self.window.model.jobs.running().next().is_some()
    }

    /// Whether files are being read.
    pub fn is_importing(&self) -> bool {
        self.window.model.jobs.running().any(|(kind, _)| kind == JobKind::Import)
    }

    /// Whether the map is there.
    pub fn has_map(&self) -> bool {
        self.window.model.map().is_some()
    }

    /// Goes through one frame, from its logic to its triangles, and returns how long that took.
    pub fn frame(&mut self) -> Duration {
        let start = Instant::now();
        let mut frame = self.step();
        let taken = start.elapsed();
        frame.textures.clear();
        taken
    }

    pub(crate) fn step(&mut self) -> Frame {
        let before = self.context.zoom_factor() / self.window.zoom();
        self.window.logic(&self.context);
        // What is asked for now holds from the frame that begins.
        let zoom = before * self.window.zoom();
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, self.size / zoom)),
            time: Some(f64::from(self.frames) / 60.0),
            events: std::mem::take(&mut self.events),
            ..Default::default()
        };
        self.frames += 1;
        let window = &mut self.window;
        let output = self.context.run_ui(input, |ui| window.ui(ui));
        let delays = output.viewport_output.values().map(|viewport| viewport.repaint_delay);
        self.wants_more = delays.min().is_some_and(|delay| delay < Duration::from_secs(1));
        let zoom = output.pixels_per_point;
        let primitives = self.context.tessellate(output.shapes, zoom);
        Frame { textures: output.textures_delta, primitives, zoom }
    }
}

/// A window that nobody sees and that keeps nothing on disk.
pub(crate) fn headless(assumptions: &Assumptions) -> Window {
    let mut model = Model::new(assumptions.as_of, Arc::new(|| {}));
    model.project = Project::under(assumptions.clone());
    model.saving = Saving::new(model.project.clone());
    Window::new(model)
}
