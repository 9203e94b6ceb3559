//! What the names of columns mean.

mod meaning;
mod heading;
mod secret_headings;
mod table;
mod lookup;

pub(crate) use self::heading::normalised;
pub(crate) use self::lookup::Synonyms;
pub(crate) use self::meaning::Meaning;
pub(crate) use self::table::{TABLE, words_of};
