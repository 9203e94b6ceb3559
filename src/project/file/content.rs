//! A project file as a whole.

use std::io::{self, Write};
use std::sync::Arc;

use super::error::ProjectFileError;
use super::filter_entries::{filter_entries, filters_of};
use super::line_reader::LineReader;
use super::line_writer::LineWriter;
use super::made_entries::{
    About, arguments, arrangement_entries, arrangement_of, opened, reading_entries,
    rotation_entries, rotation_of, settings_of,
};
use super::policy_entries::{assumptions_of, policy_entries};
use super::read_inventory::read_inventory;
use super::section::{FORMAT, FileEnd, FirstLine, OLDEST, Section, VERSION};
use super::work_entries::{Work, read_work, write_work};
use super::write_inventory::write_inventory;
use crate::inventory::{Date, Inventory, Progress};
use crate::project::fixes::Fixes;
use crate::project::sources::{ReadFiles, Sources};
use crate::project::state::Project;

/// The first version that keeps filters.
const FILTERS_SINCE: u64 = 2;

/// Whether a file starts as a project file does, of whatever version.
pub fn is_project(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\"format\":\"keyreach-project\"")
}

/// Stands for all bytes of a file: that of any other bytes is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentDigest(String);

impl ContentDigest {
    /// The digest of a whole file. Costs one pass over it.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().as_str().to_owned())
    }
}

/// The digest that stands in the last line of a project file, and where that line starts.
fn digest_at_end(bytes: &[u8]) -> Option<(&str, usize)> {
    let text = bytes.strip_suffix(b"\n")?;
    let start = memchr::memrchr(b'\n', text)? + 1;
    let end: FileEnd<&str> = serde_json::from_slice(text.get(start..)?).ok()?;
    Some((end.end, start))
}

/// Whether a file ends with the digest of all that stands before, as one does that was written whole.
pub fn is_undamaged(bytes: &[u8]) -> bool {
    let Some((digest, length)) = digest_at_end(bytes) else { return false };
    let before = bytes.get(..length).unwrap_or_default();
    is_project(before) && blake3::hash(before).to_hex().as_str() == digest
}

/// Writes a project as it is saved on a day; the digest of what was written.
///
/// An as-of date that is this day is not kept: what was judged on the day itself is judged anew on the
/// day on which the project is opened. Costs one pass over the inventory.
///
/// # Errors
/// Where it cannot be written.
pub fn write_project(
    project: &Project,
    today: Date,
    out: &mut dyn Write,
) -> io::Result<ContentDigest> {
    let Project {
        sources,
        assumptions,
        fixes,
        ends,
        rotation,
        arrangement,
        filters,
        findings,
        notes,
        scenarios,
        lost,
    } = project;
    let Sources { files: _, inventory, opening: _, settings, read } = &**sources;
    let mut lines = LineWriter::new(out);
    lines.line(&FirstLine { format: FORMAT.to_owned(), version: VERSION })?;
    let as_of = (assumptions.as_of != today).then_some(assumptions.as_of);
    let about = About { as_of, key: read.key.clone(), inventory: inventory.is_some() };
    lines.section(Section::About, std::iter::once(about))?;
    lines.section(Section::Policy, policy_entries(assumptions).into_iter())?;
    lines.section(Section::Fixes, fixes.list().iter())?;
    lines.section(Section::Ends, std::iter::once(ends))?;
    lines.section(Section::Rotation, rotation_entries(rotation).into_iter())?;
    lines.section(Section::Arrangement, arrangement_entries(arrangement).into_iter())?;
    lines.section(Section::Filters, filter_entries(filters).into_iter())?;
    write_work((findings, notes), (scenarios, lost), &mut lines)?;
    lines.section(Section::Arguments, arguments(sources).into_iter())?;
    lines.section(Section::Files, read.files.iter())?;
    let none = Inventory::default();
    let inventory = inventory.as_deref().unwrap_or(&none);
    lines.section(Section::Reading, reading_entries(settings, inventory).into_iter())?;
    write_inventory(inventory, &mut lines)?;
    lines.finish().map(ContentDigest)
}

/// Reads a project on a day. Costs one pass over the file.
///
/// # Errors
/// Where it is none, a newer version, or not what was written; and where somebody asked to stop.
pub fn read_project(
    bytes: &[u8],
    today: Date,
    progress: &Progress,
) -> Result<Project, ProjectFileError> {
    let mut lines = LineReader::new(bytes, progress);
    check_version(&mut lines)?;
    let about: About = lines.only(Section::About)?;
    let as_of = about.as_of.unwrap_or(today);
    let assumptions = Arc::new(assumptions_of(lines.all(Section::Policy)?, as_of));
    let fixes = Arc::new(Fixes::of(lines.all(Section::Fixes)?));
    let ends = lines.only(Section::Ends)?;
    let rotation = Arc::new(rotation_of(lines.all(Section::Rotation)?));
    let arrangement = Arc::new(arrangement_of(lines.all(Section::Arrangement)?));
    let filters =
        if lines.version < FILTERS_SINCE { Vec::new() } else { lines.all(Section::Filters)? };
    let filters = Arc::new(filters_of(filters));
    let Work { findings, notes, scenarios, lost } = read_work(&mut lines, as_of)?;
    let (names, opening) = opened(lines.all(Section::Arguments)?);
    let read = ReadFiles { files: lines.all(Section::Files)?, key: about.key };
    let settings = Arc::new(settings_of(lines.all(Section::Reading)?));
    let inventory = read_inventory(&mut lines)?;
    lines.finish()?;
    let inventory = about.inventory.then(|| Arc::new(inventory));
    let sources = Arc::new(Sources { files: names, inventory, opening, settings, read });
    let (findings, notes) = (Arc::new(findings), Arc::new(notes));
    let (scenarios, lost) = (Arc::new(scenarios), Arc::new(lost));
    Ok(Project {
        sources,
        assumptions,
        fixes,
        ends,
        rotation,
        arrangement,
        filters,
        findings,
        notes,
        scenarios,
        lost,
    })
}

/// Notes the version that the first line names, if it is one that can be read.
fn check_version(lines: &mut LineReader<'_>) -> Result<(), ProjectFileError> {
    let line = lines.line().map_err(|_early| ProjectFileError::NoProject)?;
    // A newer version may say more in its first line.
    let first: FirstLine =
        serde_json::from_slice(line).map_err(|_error| ProjectFileError::NoProject)?;
    match first.version {
        _ if first.format != FORMAT => Err(ProjectFileError::NoProject),
        version @ OLDEST..=VERSION => {
            lines.version = version;
            Ok(())
        }
        newer if newer > VERSION => Err(ProjectFileError::Newer { version: newer }),
        _ => Err(ProjectFileError::NoProject),
    }
}
