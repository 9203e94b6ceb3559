//! The graph as BloodHound takes it (OpenGraph): a folder of files that an administrator uploads. In
//! order:
//!
//! - `kinds`: the kinds of nodes and edges, and what BloodHound may do with each.
//! - `ids`: stable ids of nodes.
//! - `properties`: what is said of a node, in the types that BloodHound knows.
//! - `payload`: nodes and edges.
//! - `links`: edges to nodes of other collectors.
//! - `schema`: the description of the kinds, and their icons.
//! - `queries`: saved queries, and a rule that puts crown jewels into the zone of what is most precious.
//! - `files`: all of them under their names.

mod kinds;
mod ids;
mod properties;
mod payload;
mod links;
mod schema;
mod queries;
mod files;

pub use files::{BLOODHOUND_FILES, BloodhoundFile, bloodhound_files, is_own_bloodhound_file};
