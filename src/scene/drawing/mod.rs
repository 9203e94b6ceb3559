//! From the map and the camera to the finished picture, one file for each sort of thing drawn.

mod view;
mod in_sight;
mod crowd;
mod strokes;
mod glyphs;
mod regions;
mod marks;
mod ways;
mod links;
mod labels;
mod groups;
mod names;
mod samples;
mod legend;
mod minimap;
mod badges;
mod draw;

pub use draw::{draw, move_picture};
pub use legend::fitted_camera;
pub use view::View;
