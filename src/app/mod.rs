//! The window: the only room that knows egui.
//!
//! State is of four kinds: what the user made (the assumptions, undone and redone), what follows
//! from it (answers and map, rebuilt whole), the session (selection, filters, panels) and jobs.
//! [`Window::logic`] collects finished jobs and keys; [`Window::ui`] draws from the model and
//! pushes commands; the model's `apply` alone changes anything.

mod actions;
mod answer_actions;
mod answers;
mod comparison;
mod fixing;
mod jobs;
mod judging;
mod look;
mod model;
mod paint;
mod panels;
mod policy_files;
mod raster;
mod rehearsal;
mod screenshot;
mod staged;
mod startup;
mod watch;
mod window;
#[cfg(test)]
mod clicks;
#[cfg(test)]
mod clicks_problems;
#[cfg(test)]
mod clicks_wizard;

pub use raster::{Canvas, CpuRaster};
pub use rehearsal::Rehearsal;
pub use screenshot::{NoPicture, Shot, Taken, screenshot};
pub use startup::{NoWindow, run_window};
pub use window::Window;
