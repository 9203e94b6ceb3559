//! What the tables say: the columns of each and the cells of a row, as they are shown and copied.

pub(crate) mod column;
pub(crate) mod subjects;
pub(crate) mod findings;
pub(crate) mod problems;
pub(crate) mod paths;
pub(crate) mod chokes;
pub(crate) mod owners;
pub(crate) mod table;
