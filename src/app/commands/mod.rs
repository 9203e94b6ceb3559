//! What a person can do, where, and why not now.

pub(crate) mod table;
pub(crate) mod answers;
