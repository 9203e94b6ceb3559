//! All files of the folder that is uploaded.

use std::io;

use serde::Serialize;

use super::links::links;
use super::payload::payload;
use super::queries::{queries, zone_rule};
use super::schema::{icons, schema};
use crate::analysis::Answers;
use crate::export::json::write_json;

/// The names that files of the folder have.
pub const BLOODHOUND_FILES: [&str; 6] =
    ["schema.json", "payload.json", "queries.zip", "zone-rule.json", "icons.json", "links.json"];

/// A file of the folder.
pub struct BloodhoundFile {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Whether a file that has one of these names was written by this program, by its first bytes: it names its
/// source, or one of its kinds or queries.
pub fn is_own_bloodhound_file(start: &[u8]) -> bool {
    let names: [&[u8]; 3] = [b"\"Keyreach", b"\"KR_", b"keyreach-"];
    names.iter().any(|name| memchr::memmem::find(start, name).is_some())
}

fn json(name: &'static str, value: &impl Serialize) -> io::Result<BloodhoundFile> {
    let mut bytes = Vec::new();
    write_json(value, &mut bytes)?;
    Ok(BloodhoundFile { name, bytes })
}

/// The files: the schema, the data, links to other collectors' data where there are any, queries, a rule
/// for zones, and icons. Costs memory in proportion to nodes and edges.
///
/// # Errors
/// Where the archive of the queries cannot be made.
pub fn bloodhound_files(answers: &Answers) -> io::Result<Vec<BloodhoundFile>> {
    let mut files = vec![
        json("schema.json", &schema())?,
        json("payload.json", &payload(answers))?,
        BloodhoundFile { name: "queries.zip", bytes: queries()? },
        json("zone-rule.json", &zone_rule())?,
        json("icons.json", &icons())?,
    ];
    if let Some(links) = links(answers) {
        files.push(json("links.json", &links)?);
    }
    Ok(files)
}
