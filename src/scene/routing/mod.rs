//! Ways for links round the marks that they do not touch, in pixels.

mod obstacles;
mod search;
mod bend;
mod routes;

pub(super) use obstacles::Obstacle;
pub use routes::Routes;
pub(super) use routes::{InTheWay, Joined, WaysOf, ZoomClass};
