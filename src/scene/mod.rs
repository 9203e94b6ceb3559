//! A finished picture: shapes and texts, with nothing left to decide.
//!
//! [`chart`] decides what is on the map, a layout or one of the views places it, and [`draw`] turns map, camera, theme
//! and highlight into a [`Picture`] that the window and every picture file only paint. The picture
//! knows what each of its shapes and texts stands for.

mod written;
mod colour;
mod theme;
mod camera;
mod view_kind;
mod grid;
mod sections;
mod map;
mod framing;
mod changes;
mod highlight;
mod arranging;
mod partition;
mod part;
mod combinations;
mod divided;
mod chart;
mod views;
mod furniture;
mod name_side;
mod picture;
mod between;
mod picking;
mod fonts;
mod grouping;
mod joins;
mod routing;
mod drawing;

pub use arranging::RegionState;
pub use camera::{Area, Camera, MiniMap};
pub use changes::MapChanges;
pub use chart::{Chart, chart, chart_by, chart_part};
pub use colour::Colour;
pub use divided::shapes_before;
pub use drawing::{
    MOST_LINKS, PageSize, TooManyRows, View, draw, draw_for_audience, fitted_camera, is_in_frame,
    least_zoom_into, move_picture, page, whole_camera,
};
pub use fonts::{FONT_FILES, FontMetrics};
pub use framing::area_with_regions;
pub use furniture::{Furniture, LegendEntry, LegendLine, LegendSign, LegendTone};
pub use grid::row_names_width;
pub use grouping::{Bundle, Group, GroupedMap, Grouping};
pub use highlight::{Highlight, HighlightLevel, RadiusHighlight};
pub use map::{Link, Map, Mark, MarkStyle, Note, Region};
pub use name_side::{NameSide, Names};
pub use partition::{region_colour, region_tints};
pub use picture::{
    Anchor, Dash, DrawnBadge, DrawnBody, DrawnMark, Face, Layer, LitWay, MeasureText, Pen, Picture,
    PictureSubject, Shape, ShapeGroup, Text, TextStyle,
};
pub use routing::Routes;
pub use sections::{Section, Sections, SectionsBy};
pub use theme::{DARK, LIGHT, PROJECTOR, RegionTint, Theme, ThemeMode};
pub use view_kind::ViewKind;
pub use views::{Spread, lanes, matrix, matrix_about, paths, spread, strands};
pub use written::written;
