//! The panels, one file each: they draw from the model and push commands.

pub(crate) mod answers;
pub(crate) mod bars;
pub(crate) mod comparison;
pub(crate) mod evidence;
pub(crate) mod saved_filters;
pub(crate) mod filters;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod several;
pub(crate) mod inspector;
pub(crate) mod map;
pub(crate) mod map_description;
pub(crate) mod map_menu;
pub(crate) mod notices;
pub(crate) mod overlays;
pub(crate) mod policy;
pub(crate) mod problems;
pub(crate) mod project;
pub(crate) mod staged_rows;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod tables;
pub(crate) mod wizard;
pub(crate) mod wizard_dialect;
pub(crate) mod wizard_parts;
pub(crate) mod wizard_words;
