//! The tabs on what lies between entry points and crown jewels, one file each.

pub(crate) mod chokes;
pub(crate) mod coverage;
pub(crate) mod curve;
pub(crate) mod cut;
pub(crate) mod exposure;
pub(crate) mod losses;
pub(crate) mod owner;
pub(crate) mod overview;
pub(crate) mod imports;
pub(crate) mod owners;
pub(crate) mod parts;
pub(crate) mod paths;
pub(crate) mod plan;
pub(crate) mod reached_by;
pub(crate) mod rotation;
pub(crate) mod rotation_start;
pub(crate) mod route;
pub(crate) mod figures;
pub(crate) mod standing;
pub(crate) mod workshop;
pub(crate) mod tab;
pub(crate) mod scenarios;
pub(crate) mod scene_editor;
pub(crate) mod scenes;
pub(crate) mod what_if;
pub(crate) mod what_if_menu;
