//! Records and their schema into facts, one row after another.
//!
//! From small to large: what a cell means, what a row says, what a record is, a whole table.

pub(crate) mod memo;
pub(crate) mod repeated_cells;
pub(crate) mod fingerprint_numbers;
pub(crate) mod subject;
pub(crate) mod suspicious_names;
pub(crate) mod reported_once;
pub(crate) mod builder;
pub(crate) mod join;
pub(crate) mod row_cells;
pub(crate) mod row_names;
pub(crate) mod row_link;
pub(crate) mod listed_links;
pub(crate) mod row_words;
pub(crate) mod row_dates;
pub(crate) mod marked_links;
pub(crate) mod row_links;
pub(crate) mod swapped_words;
pub(crate) mod row;
pub(crate) mod counts;
pub(crate) mod table;
pub(crate) mod container_remarks;
pub(crate) mod line_kinds;
pub(crate) mod fingerprints;
pub(crate) mod replaced_cells;
pub(crate) mod secret_lists;
pub(crate) mod unclear_rows;
pub(crate) mod row_redaction;
pub(crate) mod record;
pub(crate) mod parallel;
pub(crate) mod read_table;
pub(crate) mod source_report;
