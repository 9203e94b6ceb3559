//! Integration tests, in one binary: each room's promises from the outside.

mod cli;
mod graph;
mod layering;
mod samples;
#[cfg(feature = "gui")]
mod window;
