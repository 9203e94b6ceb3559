//! What all rows say together, once they are read.

pub(crate) mod identity;
pub(crate) mod ledger;
pub(crate) mod misplaced_secrets;
pub(crate) mod look_alikes;
pub(crate) mod confusables;
pub(crate) mod spreadsheet_damage;
pub(crate) mod skipped_members;
