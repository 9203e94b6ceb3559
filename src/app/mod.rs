//! The window: the only room that knows egui.
//!
//! State is of four kinds: what the user made (the assumptions, undone and redone), what follows
//! from it (answers and map, rebuilt whole), the session (selection, filters, panels) and jobs.
//! [`Window::logic`] collects finished jobs and keys; [`Window::ui`] draws from the model and
//! pushes commands; the model's `apply` alone changes anything.

mod paint;
mod work;
mod jobs;
mod model;
mod commands;
mod widgets;
mod panels;
mod shell;
#[cfg(test)]
mod ui_tests;

pub use crate::app::paint::raster::{Canvas, CpuRaster};
pub use crate::app::shell::offscreen::Offscreen;
pub use crate::app::shell::screenshot::{NoPicture, ScreenshotRequest, Taken, screenshot};
pub use crate::app::shell::startup::{NoWindow, run_window};
pub use crate::app::shell::window::Window;
