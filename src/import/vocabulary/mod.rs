//! What words mean, knowing no file: headings, cell words, dates and lists.

pub(crate) mod languages;
pub(crate) mod words;
pub(crate) mod addresses;
pub(crate) mod synonyms;
pub(crate) mod month_names;
pub(crate) mod dates;
pub(crate) mod environment_in_names;
pub(crate) mod lists;
