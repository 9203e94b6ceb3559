//! What a person can do, where, and why not now.

pub(crate) mod copied_text;
pub(crate) mod action;
pub(crate) mod copying;
pub(crate) mod answers;
pub(crate) mod files;
pub(crate) mod going;
pub(crate) mod scenes;
pub(crate) mod workshop;
pub(crate) mod selecting;
pub(crate) mod names;
pub(crate) mod table;
pub(crate) mod subject_text;
pub(crate) mod fix_words;
pub(crate) mod subject_action;
pub(crate) mod subject_tip;
pub(crate) mod keys;
pub(crate) mod offers;
