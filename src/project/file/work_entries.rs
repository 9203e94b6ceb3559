//! Findings as work, notes, scenarios, scenes and what workshops brought, as entries.

use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::error::ProjectFileError;
use super::line_reader::LineReader;
use super::line_writer::LineWriter;
use super::section::Section;
use crate::inventory::{Date, Fingerprint};
use crate::project::finding_work::{FindingName, FindingRecord, FindingRegister, ImportPoint};
use crate::project::fixes::NamedFix;
use crate::project::lost_credentials::LostCredentials;
use crate::project::notes::{NoteOn, Notes};
use crate::project::scenarios::{Scenario, Scenarios};
use crate::project::scenes::Scenes;
use crate::project::state::Project;
use crate::project::subject_name::CredentialName;
use crate::project::workshop::Workshop;

/// The version of the format that has these sections first.
const SINCE: u64 = 2;

/// The first version that keeps scenes.
const SCENES_SINCE: u64 = 3;

/// The first version that keeps what workshops brought.
const WORKSHOP_SINCE: u64 = 6;

/// A scenario by its name, or a fix of the one of that name.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ScenarioEntry {
    Scenario(String),
    Fix(String, NamedFix),
}

/// Writes the sections.
pub(super) fn write_work(
    (findings, notes): (&FindingRegister, &Notes),
    (scenarios, scenes): (&Scenarios, &Scenes),
    (workshop, lost): (&Workshop, &LostCredentials),
    lines: &mut LineWriter<'_>,
) -> io::Result<()> {
    lines.section(Section::Imports, findings.imports.iter())?;
    lines.section(Section::Findings, findings.records.iter())?;
    lines.section(Section::Notes, notes.all())?;
    let mut entries = Vec::new();
    for Scenario { name, fixes } in scenarios.list() {
        entries.push(ScenarioEntry::Scenario(name.clone()));
        let fix = |fix: &NamedFix| ScenarioEntry::Fix(name.clone(), fix.clone());
        entries.extend(fixes.list().iter().map(fix));
    }
    lines.section(Section::Scenarios, entries.iter())?;
    lines.section(Section::Scenes, scenes.list().iter())?;
    lines.section(Section::Workshop, workshop.entries().iter())?;
    let lost = lost.0.iter().map(|(name, own)| (name, format!("{:032x}", own.0)));
    lines.section(Section::LostCredentials, lost)
}

/// Reads the sections; of an older format, in which there are none, the import of a day is known.
pub(super) fn read_work(
    project: &mut Project,
    lines: &mut LineReader<'_>,
    on: Date,
) -> Result<(), ProjectFileError> {
    project.findings = Arc::new(FindingRegister::begun(on));
    if lines.version < SINCE {
        return Ok(());
    }
    let imports: Vec<ImportPoint> = lines.all(Section::Imports)?;
    let records: Vec<(FindingName, FindingRecord)> = lines.all(Section::Findings)?;
    let records = records.into_iter().collect();
    project.findings = Arc::new(FindingRegister { imports, records });
    let notes: Vec<(NoteOn, String)> = lines.all(Section::Notes)?;
    project.notes = Arc::new(Notes::of(notes));
    let (mut names, mut fixes) = (Vec::new(), Vec::new());
    for entry in lines.all(Section::Scenarios)? {
        match entry {
            ScenarioEntry::Scenario(name) => names.push(name),
            ScenarioEntry::Fix(name, fix) => fixes.push((name, fix)),
        }
    }
    project.scenarios = Arc::new(Scenarios::of(names, fixes));
    if lines.version >= SCENES_SINCE {
        project.scenes = Arc::new(Scenes::of(lines.all(Section::Scenes)?));
    }
    if lines.version >= WORKSHOP_SINCE {
        project.workshop = Arc::new(Workshop::of(lines.all(Section::Workshop)?));
    }
    let mut lost = LostCredentials::default();
    lines.section(Section::LostCredentials, |(name, digits): (CredentialName, String)| {
        let is_whole = digits.len() == 32;
        let own = is_whole.then(|| u128::from_str_radix(&digits, 16).ok()).flatten()?;
        lost.0.insert(name, Fingerprint(own));
        Some(())
    })?;
    project.lost = Arc::new(lost);
    Ok(())
}
