//! Delimited text into records.

pub(crate) mod dialect;
pub(crate) mod quote_signs;
pub(crate) mod dialect_candidates;
pub(crate) mod quotes;
pub(crate) mod mixed_line_ends;
pub(crate) mod unquoted;
pub(crate) mod quoted;
pub(crate) mod records;
pub(crate) mod segments;
pub(crate) mod sample;
