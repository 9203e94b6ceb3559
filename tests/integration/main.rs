//! Integration tests, in one binary: each room's promises from the outside.

mod analysis;
mod canary;
mod cases;
mod cli;
mod graph;
mod import;
mod layering;
mod samples;
#[cfg(feature = "gui")]
mod window;
