//! Ways for links round the marks that they do not touch, in pixels.

mod obstacles;
mod search;
mod bend;

pub(super) use bend::bend;
pub(super) use obstacles::{Obstacle, Obstacles};
