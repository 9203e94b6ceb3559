//! A project file as a whole.

use std::io::{self, Write};
use std::sync::Arc;

use super::error::ProjectFileError;
use super::filter_entries::{filter_entries, filters_of};
use super::line_reader::{LineReader, OWN_DIGESTS_SINCE};
use super::line_writer::LineWriter;
use super::made_entries::{
    About, arguments, arrangement_entries, arrangement_of, opened, reading_entries,
    rotation_entries, rotation_of, settings_of,
};
use super::policy_entries::{assumptions_of, policy_entries};
use super::read_inventory::read_inventory;
use super::read_numbered::read_numbered_inventory;
use super::salvage::repaired;
use super::section::{FORMAT, FileEnd, FirstLine, OLDEST, Section, VERSION};
use super::work_entries::{read_work, write_work};
use super::write_inventory::write_inventory;
use crate::inventory::{Assumptions, Date, Inventory, Progress};
use crate::project::fixes::Fixes;
use crate::project::last_view::LastView;
use crate::project::pseudonyms::{KeptPseudonyms, PseudonymEntry};
use crate::project::sources::Sources;
use crate::project::state::Project;

/// The first version that keeps filters.
const FILTERS_SINCE: u64 = 2;

/// The first version that keeps pseudonyms.
const PSEUDONYMS_SINCE: u64 = 3;

/// The first version that keeps what was looked at last.
const LAST_VIEW_SINCE: u64 = 4;

/// The first version that keeps of views their order and which fixes they compared.
const COMPARED_SINCE: u64 = 5;

/// The first version in which rows name what they speak of.
const NAMES_SINCE: u64 = 7;

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

    /// The digest as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digest of a written text; `None` where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let hash = blake3::Hash::from_hex(text).ok()?;
        Some(Self(hash.to_hex().as_str().to_owned()))
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
        scenes,
        workshop,
        lost,
        pseudonyms,
        last_view,
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
    write_work((findings, notes), (scenarios, scenes), (workshop, lost), &mut lines)?;
    lines.section(Section::Pseudonyms, pseudonyms.entries().into_iter())?;
    lines.section(Section::LastView, last_view.views().iter())?;
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
    let mut project = Project::new(today);
    read_sections(&mut project, &mut LineReader::new(bytes, progress), today)?;
    Ok(project)
}

/// What can be read of a damaged project.
#[derive(Clone, Debug)]
pub struct Salvaged {
    /// What is not damaged: each part of it is what was written.
    pub project: Project,
    /// Where it is damaged, and what is wrong there.
    pub error: ProjectFileError,
    /// The parts that are lost, in words.
    pub lost: Vec<&'static str>,
}

/// Reads what is whole of a damaged project: as a section ends with the digest of its lines, nothing of that
/// is anything but what was written, wherever the damage is. In versions before 7 a digest is that of all
/// lines before, so that only what stands before the first damage is read.
///
/// # Errors
/// Where nothing of it can be read, or nothing is wrong with it.
pub fn salvage_project(
    bytes: &[u8],
    today: Date,
    progress: &Progress,
) -> Result<Salvaged, Option<ProjectFileError>> {
    let mut project = Project::new(today);
    let mut lines = LineReader::new(bytes, progress);
    let Err(error) = read_sections(&mut project, &mut lines, today) else { return Err(None) };
    let is_damaged = matches!(error, ProjectFileError::Damaged { .. });
    if is_damaged && lines.version >= OWN_DIGESTS_SINCE && !lines.is_at_end() {
        return repaired_project(bytes, today, (error, progress));
    }
    match (&error, lines.last_section()) {
        (ProjectFileError::Damaged { .. }, Some(at)) if at != Section::About => {
            let lost = if lines.is_at_end() { Vec::new() } else { at.lost_from() };
            Ok(Salvaged { project, error, lost })
        }
        _ => Err(Some(error)),
    }
}

/// The project that the whole sections of a damaged file make.
fn repaired_project(
    bytes: &[u8],
    today: Date,
    (error, progress): (ProjectFileError, &Progress),
) -> Result<Salvaged, Option<ProjectFileError>> {
    let Some(repaired) = repaired(bytes) else { return Err(Some(error)) };
    let mut project = match read_project(&repaired.bytes, today, progress) {
        Ok(project) => project,
        Err(ProjectFileError::Cancelled) => return Err(Some(ProjectFileError::Cancelled)),
        Err(_) => return Err(Some(error)),
    };
    if repaired.lost.contains(&Section::Policy) {
        // A policy of nothing is not the usual one.
        project.assumptions = Arc::new(Assumptions::new(project.assumptions.as_of));
    }
    if repaired.lost_inventory() {
        let sources = Sources::clone(&project.sources);
        project.sources = Arc::new(Sources { inventory: None, ..sources });
    }
    Ok(Salvaged { project, error, lost: repaired.lost_words() })
}

/// Reads section by section into a project: what it has then was written so, also where an error follows.
fn read_sections(
    project: &mut Project,
    lines: &mut LineReader<'_>,
    today: Date,
) -> Result<(), ProjectFileError> {
    check_version(lines)?;
    let about: About = lines.only(Section::About)?;
    let as_of = about.as_of.unwrap_or(today);
    project.assumptions = Arc::new(Assumptions::new(as_of));
    project.assumptions = Arc::new(assumptions_of(lines.all(Section::Policy)?, as_of));
    project.fixes = Arc::new(Fixes::of(lines.all(Section::Fixes)?));
    project.ends = lines.only(Section::Ends)?;
    project.rotation = Arc::new(rotation_of(lines.all(Section::Rotation)?));
    project.arrangement = Arc::new(arrangement_of(lines.all(Section::Arrangement)?));
    if lines.version >= FILTERS_SINCE {
        project.filters = Arc::new(filters_of(lines.all(Section::Filters)?));
    }
    read_work(project, lines, as_of)?;
    if lines.version >= PSEUDONYMS_SINCE {
        project.pseudonyms = Arc::new(read_pseudonyms(lines)?);
    }
    if lines.version >= LAST_VIEW_SINCE {
        project.last_view = if lines.version < COMPARED_SINCE {
            LastView::of_scenes(lines.all(Section::LastView)?)
        } else {
            LastView::of(lines.all(Section::LastView)?)
        };
    }
    let mut sources = Sources::default();
    sources.read.key.clone_from(&about.key);
    project.sources = Arc::new(sources.clone());
    (sources.files, sources.opening) = opened(lines.all(Section::Arguments)?);
    project.sources = Arc::new(sources.clone());
    sources.read.files = lines.all(Section::Files)?;
    project.sources = Arc::new(sources.clone());
    sources.settings = Arc::new(settings_of(lines.all(Section::Reading)?));
    project.sources = Arc::new(sources.clone());
    let inventory = if lines.version < NAMES_SINCE {
        read_numbered_inventory(lines)?
    } else {
        read_inventory(lines)?
    };
    sources.inventory = about.inventory.then(|| Arc::new(inventory));
    project.sources = Arc::new(sources);
    lines.finish()
}

/// Reads the pseudonyms; those that are out of order are not what was written.
fn read_pseudonyms(lines: &mut LineReader<'_>) -> Result<KeptPseudonyms, ProjectFileError> {
    let mut kept = KeptPseudonyms::default();
    lines.section(Section::Pseudonyms, |entry: PseudonymEntry| kept.push(entry).ok())?;
    Ok(kept)
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
