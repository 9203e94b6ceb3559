//! The marks of the map placed otherwise, or a part of them: a view for each question.

mod columns;
mod order;
mod lanes;
mod spread;
mod paths;
mod tables;
mod closed_up;

pub use lanes::lanes;
pub use paths::paths;
pub use spread::{Spread, spread};
pub use tables::{matrix, matrix_about, strands};
