//! What the names of columns mean.

mod meaning;
mod heading;
mod secret_headings;
mod date_headings;
mod path_headings;
mod table;
mod lookup;

pub(crate) use self::heading::{english, normalised};
pub(crate) use self::lookup::Synonyms;
pub(crate) use self::meaning::Meaning;
pub(crate) use self::table::{TABLE, meaning_named, words_of};
