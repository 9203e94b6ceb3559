//! Answers into bytes: the report, the blast radius, paths, what-if and the difference, each as JSON
//! and as text; the inventory and its rejected rows as tables.

mod answered;
mod assumed;
mod json;
mod entries;
mod between;
mod report;
mod between_text;
mod hops;
mod difference;
mod inventory;
mod paths;
mod radius;
mod rejected;
mod text;
mod what_if;

pub use answered::Answered;
pub use assumed::unmatched_lines;
pub use difference::{
    AnsweredDifference, BY_COUNT_ALONE, DifferenceEntry, DifferenceSection, difference_sections,
    write_difference_json, write_difference_text,
};
pub use inventory::write_inventory;
pub use paths::{AnsweredPaths, AskedEnds, write_paths_json, write_paths_text};
pub use radius::{AnsweredRadius, write_radius_json, write_radius_text};
pub use rejected::{rejected, write_rejected};
pub use report::write_report;
pub use text::write_text;
pub use what_if::{AnsweredWhatIf, write_what_if_json, write_what_if_text};
