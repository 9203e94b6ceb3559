//! The map: paints the scene, and turns the pointer into commands.

mod state;
mod arrange;
mod drawing;
mod camera;
mod catch;
mod change;
mod light;
mod joined;
mod pointer;
mod described;
mod dragging;
mod focus;
mod empty;
mod ui;

pub(crate) use state::MapState;
pub(crate) use ui::map_ui;
