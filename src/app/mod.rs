//! The window: the only room that knows egui.
//!
//! State is of four kinds: what the user made (the project, undone and redone), what follows from
//! it (answers and map, rebuilt whole), the session (selection, filters, panels) and jobs.
//! [`Window::logic`] collects finished jobs and keys; [`Window::ui`] draws from the model and
//! pushes commands; the model's `apply` alone changes anything, and a job's end is a command too.
//!
//! The folders stand in one order; a folder uses only those before it:
//!
//! - `paint`: a picture of the scene into shapes of egui, or into pixels.
//! - `work`: the bodies of jobs, plain functions from values to values.
//! - `jobs`: starts work off the drawing thread, replaces it, cancels it, collects its end.
//! - `model`: what the window knows, and `apply`, which alone changes it.
//! - `columns`: what the tables say: columns, cells, and what is copied of them.
//! - `commands`: what a person can do, with its keys, and why not now.
//! - `widgets`: pieces that several panels share.
//! - `panels`: what is drawn, one panel a file.
//! - `shell`: the event loop, with a screen and without.

mod paint;
mod work;
mod jobs;
mod model;
mod columns;
mod commands;
mod widgets;
mod panels;
mod shell;
#[cfg(test)]
mod ui_tests;

pub use crate::app::paint::raster::{Canvas, CpuRaster};
pub use crate::app::shell::deck::{Deck, draw_deck};
pub use crate::app::shell::offscreen::Offscreen;
pub use crate::app::shell::screenshot::{
    NoPicture, RenderRequest, Rendered, Screenshot, ScreenshotRequest, render, screenshot,
};
pub use crate::app::shell::startup::{NoWindow, run_window};
pub use crate::app::shell::window::Window;
