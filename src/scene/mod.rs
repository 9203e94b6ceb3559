//! A finished picture: shapes and texts, with nothing left to decide.
//!
//! [`chart`] says what is on the map, a layout places it, and [`draw`] turns map, camera, theme
//! and highlight into a [`Picture`] that the window and every picture file only paint.

mod camera;
mod changes;
mod chart;
mod colour;
mod draw;
mod highlight;
mod glyphs;
mod labels;
mod map;
mod marks;
mod picture;
mod theme;

pub use camera::{Area, Camera};
pub use changes::MapChanges;
pub use chart::{Chart, chart, region_colour};
pub use colour::Colour;
pub use draw::{View, draw};
pub use highlight::{Highlight, HighlightLevel, RadiusHighlight};
pub use map::{Link, Look, Map, Mark, Region};
pub use picture::{Dash, Face, MeasureText, Pen, Picture, Shape, Text};
pub use theme::{DARK, LIGHT, Theme, ThemeMode};
