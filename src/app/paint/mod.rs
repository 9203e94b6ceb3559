//! A finished picture onto egui, or into pixels.

pub(crate) mod style;
pub(crate) mod system_fonts;
pub(crate) mod reading_order;
pub(crate) mod painter;
pub(crate) mod raster;
pub(crate) mod image;
