//! Excel workbooks: each worksheet as a table.

pub(crate) mod merged;
pub(crate) mod sheets;
