//! Real names hidden: an inventory, a policy and all that the user made, under pseudonyms.
//!
//! Everything is replaced before a graph is built, so that no answer, picture or file that follows
//! knows the names. Pseudonyms sort as the names do, and the words by which types, storage places and
//! tags are judged stay, so that answers are the same but for the names. One thing is not: credentials
//! without an id are called by their place in a file, and may stand elsewhere among the others.

mod kept_words;
mod learned;
mod names;
mod in_text;
mod field_text;
mod of_inventory;
mod of_policy;
mod of_graph;
mod of_report;
mod of_project;
mod of_scenes;
mod captions;
mod free_text;
mod shown;
mod problem_words;
mod reveal;
mod of_workshop;
mod scenes_back;
mod carried_back;

#[cfg(test)]
mod tests;

pub use carried_back::{NotCarriedBack, WayBack};
pub use names::Redaction;
pub(in crate::project) use names::owners_of_cells;
pub use of_graph::HiddenInventory;
pub use of_report::ReportNames;
pub use reveal::{RevealError, TextKind};
pub use scenes_back::KnownScenes;
