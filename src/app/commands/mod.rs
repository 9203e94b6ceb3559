//! What a person can do, where, and why not now.

pub(crate) mod action;
pub(crate) mod answers;
pub(crate) mod files;
pub(crate) mod table;
pub(crate) mod keys;
pub(crate) mod offers;
