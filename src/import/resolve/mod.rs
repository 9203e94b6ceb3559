//! What all rows say together, once they are read.

pub(crate) mod identity;
pub(crate) mod joins;
pub(crate) mod ledger;
pub(crate) mod misplaced_secrets;
pub(crate) mod unclear_cells;
pub(crate) mod first_places;
pub(crate) mod skeleton;
pub(crate) mod look_alikes;
pub(crate) mod confusables;
pub(crate) mod spreadsheet_damage;
pub(crate) mod swapped_columns;
pub(crate) mod all_rows;
pub(crate) mod skipped_members;
pub(crate) mod named_parts;
