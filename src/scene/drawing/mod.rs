//! From the map and the camera to the finished picture, one file for each sort of thing drawn.

mod view;
mod strokes;
mod glyphs;
mod regions;
mod links;
mod marks;
mod labels;
mod names;
mod legend;
mod draw;

pub use draw::draw;
pub use legend::fitted_camera;
pub use view::View;
