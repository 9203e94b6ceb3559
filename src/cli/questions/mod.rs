//! Carries out what asks a question of its own.

mod asked;
mod between;
mod inbound;
mod recovery;
mod responsibility;

pub(super) use asked::starts;
pub(super) use between::{asked_what_if, paths, radius};
pub(super) use inbound::reached_by;
pub(super) use recovery::rotation;
pub(super) use responsibility::owners;
