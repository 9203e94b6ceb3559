//! What stands in the place of names where these are hidden: readable, each of one name alone, in the
//! order of the names, and kept by the project.

mod words;
mod answer_words;
mod word_list;
mod table;
mod kinds;
mod name_of;
mod kept_pseudonyms;
mod choosing;

pub use answer_words::is_of_answers;
pub use choosing::NotChosen;
pub use kept_pseudonyms::KeptPseudonyms;
pub(in crate::project) use kept_pseudonyms::PseudonymEntry;
pub use kinds::{RedactedKind, RedactedKinds};
pub(in crate::project) use name_of::NameOf;
pub(in crate::project) use table::Pseudonyms;
pub(in crate::project) use word_list::WordList;
#[cfg(test)]
pub(in crate::project) use words::COLOURS;
pub(in crate::project) use words::NOUNS;
