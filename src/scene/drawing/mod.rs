//! From the map and the camera to the finished picture, one file for each sort of thing drawn.

mod view;
mod in_sight;
mod crowd;
mod strokes;
mod glyphs;
mod forms;
mod labels;
mod wrap;
mod sections;
mod regions;
mod marks;
mod ways;
mod candidates;
mod links;
mod groups;
mod figures;
mod parts;
mod notes;
mod names;
mod samples;
mod legend;
mod minimap;
mod badges;
mod finish;
mod table;
mod fit;
mod draw;
mod beyond;
mod page;

pub use beyond::is_in_frame;
pub use crowd::least_zoom_into;
pub use draw::{draw, draw_for_audience, move_picture};
pub use fit::{fitted_camera, whole_camera};
pub use page::{PageSize, page};
pub use table::TooManyRows;
pub use view::{MOST_LINKS, View};
