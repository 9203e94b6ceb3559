//! Facts that were stated in a workshop, as rows of the inventory: graph, findings and paths take them in as
//! they do those of files, under a source of the day.
//!
//! - `placing`: the row of a fact, behind all that was imported.
//! - `stating`: a fact as somebody wrote it down, checked.
//! - `removing`: a fact taken out again.
//! - `keeping`: the facts of before, put behind a newer inventory.
//! - `handed_over`: the facts as rows for whoever keeps the inventory.

mod placing;
mod stating;
mod removing;
mod keeping;
mod handed_over;

pub use handed_over::{HandedOver, HandedOverFact, facts_to_hand_over};
pub use keeping::keep_facts;
pub use removing::without_entry;
pub use stating::{WrittenFact, state_fact};

#[cfg(test)]
mod tests;
