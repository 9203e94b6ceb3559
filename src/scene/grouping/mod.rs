//! Marks that lie together, and what joins such groups: how a large map is seen from afar, and how
//! what is in sight is found without looking at everything.

mod bundle;
mod cells;
mod group;
mod grouped_map;

pub use bundle::Bundle;
pub(super) use bundle::only_mark;
pub(super) use group::opening_zoom;
pub use group::{Group, Grouping};
pub use grouped_map::GroupedMap;
