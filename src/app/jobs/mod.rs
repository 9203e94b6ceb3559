//! Long work off the drawing thread: one slot for each kind, and of layouts for each view; a newer job replaces an older one.
//!
//! Nothing here knows what any work is about: see `work` for that, and `model` for what follows
//! from its end.

pub(crate) mod kind;
pub(crate) mod runner;
pub(crate) mod dialog;

pub(crate) use kind::{JobKind, ViewId};
pub(crate) use runner::{Jobs, Wake, drop_in_background};
