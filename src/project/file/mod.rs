//! The project as one file: what the user made, and the inventory without any secret value.
//!
//! A file is UTF-8 text of JSON lines. The first line says the format and its version; then come the
//! sections of [`section::Section`] in order. Each starts with a line that names it and says how many
//! entries follow, has one entry a line, and ends with a digest of its lines, so that damage is found and
//! its place is known; the file ends with a digest of every byte before. What the user made stands before
//! what was imported.
//!
//! ```text
//! {"format":"keyreach-project","version":7}
//! {"section":"fixes","entries":1}
//! {"credential":{"known":"deploy-key"},"kind":"revoke","holders":[],"grants":null,"on":true}
//! {"digest":"5f0c…"}
//! {"end":"91b2…"}
//! ```
//!
//! The same project gives the same bytes, and a change of the project changes few lines: entries refer to
//! others by name, and rows say what differs from those before them. Secret values are not in an inventory,
//! so none can be in the file: what stands for them is fingerprints, which say nothing without the key that
//! lies in a file of its own.
//!
//! A change of what a version means needs another version; files of older ones stay readable.

mod error;
mod section;
mod line_writer;
mod line_reader;
mod policy_entries;
mod made_entries;
mod filter_entries;
mod inventory_entries;
mod facts_entries;
mod row_entries;
mod credential_refs;
mod write_rows;
mod write_inventory;
mod read_rows;
mod read_inventory;
mod numbered_entries;
mod read_numbered;
mod work_entries;
mod salvage;
mod content;

pub use content::{
    ContentDigest, Salvaged, is_project, is_undamaged, read_project, salvage_project, write_project,
};
pub use error::ProjectFileError;
pub use made_entries::opened_paths;
pub use section::PROJECT_ENDING;
