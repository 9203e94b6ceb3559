//! Graph algorithms on flat arrays; nothing here knows what a credential is.

pub(crate) mod components;
pub(crate) mod dominators;
pub(crate) mod flow;
