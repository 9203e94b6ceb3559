//! The event loop, with a screen and without.

pub(crate) mod arrangement;
pub(crate) mod frame;
pub(crate) mod presenter;
pub(crate) mod window;
pub(crate) mod offscreen;
pub(crate) mod deck;
pub(crate) mod screenshot;
pub(crate) mod startup;
