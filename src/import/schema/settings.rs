//! What the user decided about a set of files before they are read.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::overrides::ReadOverrides;

/// What the user decided on how files belong together and are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSettings {
    /// The files, counted from 0, whose ids match those of no other file.
    pub apart: BTreeSet<usize>,
    /// The only worksheet to read of workbooks; all that are visible, if none is named.
    pub sheet: Option<String>,
    /// The only arrays to read of JSON objects; those that look most like credentials, if none is
    /// named.
    pub arrays: Vec<String>,
    /// The only members to read of archives; all that are named like tables, if none is named.
    pub members: Vec<String>,
    /// Worksheets, arrays and members to leave out.
    pub left_out: BTreeSet<String>,
    /// What columns mean, for the tables that have them; the first mapping that fits is used.
    pub mappings: Vec<ColumnMapping>,
    /// Mappings kept from earlier imports: each fits tables with exactly its columns.
    pub remembered: Vec<ColumnMapping>,
    /// How single files are to be read, by their place, counted from 0.
    pub overrides: BTreeMap<usize, ReadOverrides>,
}
