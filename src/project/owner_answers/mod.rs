//! The answers of owners on what is theirs: taken in as rows of the inventory, and kept over imports.
//!
//! - `adding`: rows and facts that are added behind those that were imported.
//! - `taking`: a list that came back, row by row.
//! - `keeping`: the answers of before, put behind a newer inventory.

mod adding;
mod taking;
mod keeping;

pub(in crate::project) use adding::Adding;
pub use keeping::{KeptAnswers, keep_answers};
pub use taking::{AnswerDay, TakenAnswers, take_answers};

#[cfg(test)]
mod tests;
