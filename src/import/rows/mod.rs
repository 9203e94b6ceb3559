//! Records and their schema into facts, one row after another.

pub(crate) mod memo;
pub(crate) mod builder;
pub(crate) mod swapped_columns;
pub(crate) mod row;
pub(crate) mod row_redaction;
pub(crate) mod secret_lists;
pub(crate) mod table;
pub(crate) mod parallel;
pub(crate) mod remarks;
