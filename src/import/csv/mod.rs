//! Delimited text into records.

pub(crate) mod quotes;
pub(crate) mod records;
pub(crate) mod dialect;
pub(crate) mod sample;
