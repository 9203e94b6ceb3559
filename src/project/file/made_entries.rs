//! What the user made, as entries: the rotation, what was opened, and how files are read.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::import::{ColumnMapping, ImportSettings, ReadOverrides, settings_to_keep};
use crate::inventory::{Date, Inventory};
use crate::project::arrangement::{Arrangement, GroupBy, Pin};
use crate::project::rotation_list::{RotationList, RotationStep};
use crate::project::sources::{Opening, Sources};
use crate::project::subject_name::SubjectName;

/// What is known of the whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// The day on which all is judged; nothing where it is the day on which the file is read.
    pub(super) as_of: Option<Date>,
    /// Which key made the fingerprints.
    pub(super) key: Option<String>,
    /// Whether an inventory is open.
    pub(super) inventory: bool,
}

/// One line of the rotation.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RotationEntry {
    /// Taken to have fallen.
    Start(SubjectName),
    /// Ticked off.
    Done(RotationStep),
}

pub(super) fn rotation_entries(list: &RotationList) -> Vec<RotationEntry> {
    let starts = list.starts().iter().cloned().map(RotationEntry::Start);
    starts.chain(list.done().cloned().map(RotationEntry::Done)).collect()
}

pub(super) fn rotation_of(entries: Vec<RotationEntry>) -> RotationList {
    let (mut starts, mut done) = (Vec::new(), BTreeSet::new());
    for entry in entries {
        match entry {
            RotationEntry::Start(name) => starts.push(name),
            RotationEntry::Done(step) => drop(done.insert(step)),
        }
    }
    RotationList::of(starts, done)
}

/// One line of the arrangement.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ArrangementEntry {
    GroupBy(GroupBy),
    /// A region by its name.
    Collapsed(String),
    FoldedHub(SubjectName),
    /// How the map is grouped, what was put there, and where: to the right, and down.
    Pin(GroupBy, SubjectName, i32, i32),
}

pub(super) fn arrangement_entries(arrangement: &Arrangement) -> Vec<ArrangementEntry> {
    let Arrangement { group_by, collapsed, folded_hubs, pins } = arrangement;
    let mut entries = vec![ArrangementEntry::GroupBy(*group_by)];
    entries.extend(collapsed.iter().cloned().map(ArrangementEntry::Collapsed));
    entries.extend(folded_hubs.iter().cloned().map(ArrangementEntry::FoldedHub));
    entries.extend(
        pins.iter()
            .map(|((by, name), Pin { x, y })| ArrangementEntry::Pin(*by, name.clone(), *x, *y)),
    );
    entries
}

pub(super) fn arrangement_of(entries: Vec<ArrangementEntry>) -> Arrangement {
    let mut made = Arrangement::default();
    for entry in entries {
        match entry {
            ArrangementEntry::GroupBy(by) => made.group_by = by,
            ArrangementEntry::Collapsed(name) => drop(made.collapsed.insert(name)),
            ArrangementEntry::FoldedHub(name) => drop(made.folded_hubs.insert(name)),
            ArrangementEntry::Pin(by, name, x, y) => {
                made.pins.insert((by, name), Pin { x, y });
            }
        }
    }
    made
}

/// An argument that was opened.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Argument {
    /// As it is shown.
    name: String,
    /// Where it can be read again; nothing where all that was opened cannot be.
    path: Option<PathBuf>,
}

/// The arguments; with paths only where all of them are files on disk, because a part of what was
/// opened would be another inventory.
pub(super) fn arguments(sources: &Sources) -> Vec<Argument> {
    let paths = sources.opening.as_ref().and_then(only_paths);
    let paths = paths.filter(|paths| {
        // A name that is no Unicode would be another file.
        paths.len() == sources.files.len() && paths.iter().all(|path| path.to_str().is_some())
    });
    let path = |at: usize| paths.as_ref()?.get(at).cloned();
    let names = sources.files.iter().enumerate();
    names.map(|(at, name)| Argument { name: name.clone(), path: path(at) }).collect()
}

fn only_paths(opening: &Opening) -> Option<Vec<PathBuf>> {
    match opening {
        Opening::Files(paths) => {
            paths.iter().all(|path| path.as_os_str() != "-").then(|| paths.clone())
        }
        Opening::Bytes(_) | Opening::Pasted(_) => None,
        Opening::Together(parts) => {
            let all: Option<Vec<Vec<PathBuf>>> = parts.iter().map(only_paths).collect();
            all.map(|all| all.concat())
        }
    }
}

/// Where the files lie of which a project was made, as its first sections say; none where they do not. Reads
/// no further than it must.
pub fn opened_paths(project: impl BufRead) -> Vec<PathBuf> {
    let lines = project.lines().map_while(Result::ok);
    let own = lines.skip_while(|line| !line.starts_with("{\"section\":\"arguments\"")).skip(1);
    let entries = own.map_while(|line| serde_json::from_str::<Argument>(&line).ok());
    entries.filter_map(|argument| argument.path).collect()
}

/// The names of the arguments, and where they can be read again.
pub(super) fn opened(arguments: Vec<Argument>) -> (Vec<String>, Option<Opening>) {
    let paths: Option<Vec<PathBuf>> = arguments.iter().map(|one| one.path.clone()).collect();
    let opening = paths.filter(|paths| !paths.is_empty()).map(Opening::Files);
    (arguments.into_iter().map(|one| one.name).collect(), opening)
}

/// One line of how files are read.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ReadingEntry {
    /// The files, by their place, whose ids match those of no other.
    Apart(usize),
    Sheet(String),
    Array(String),
    Member(String),
    LeftOut(String),
    /// A column mapping, and the file from which it came.
    Mapping(Option<String>, ColumnMapping),
    /// One that was kept from an earlier import.
    Remembered(ColumnMapping),
    /// What was decided on a file, by its place.
    Overrides(usize, ReadOverrides),
}

/// How the files of an inventory were to be read. Of the mappings that were kept from earlier imports
/// only those of tables with the same columns: the others are of other inventories. Nothing of them that
/// may be a secret is among it.
pub(super) fn reading_entries(settings: &ImportSettings, of: &Inventory) -> Vec<ReadingEntry> {
    let headers: Vec<&[String]> =
        of.sources.iter().map(|source| source.header.as_slice()).collect();
    let settings = settings_to_keep(settings, &headers);
    let ImportSettings { apart, sheet, arrays, members, left_out, mappings, remembered, overrides } =
        &settings;
    let is_own =
        |mapping: &&ColumnMapping| of.sources.iter().any(|source| mapping.has_just(&source.header));
    let mut entries: Vec<ReadingEntry> = apart.iter().copied().map(ReadingEntry::Apart).collect();
    entries.extend(sheet.iter().cloned().map(ReadingEntry::Sheet));
    entries.extend(arrays.iter().cloned().map(ReadingEntry::Array));
    entries.extend(members.iter().cloned().map(ReadingEntry::Member));
    entries.extend(left_out.iter().cloned().map(ReadingEntry::LeftOut));
    entries.extend(mappings.iter().map(|mapping| {
        let mapping = mapping.clone();
        ReadingEntry::Mapping(mapping.file.clone(), mapping)
    }));
    entries.extend(remembered.iter().filter(is_own).cloned().map(ReadingEntry::Remembered));
    let decided = overrides.iter();
    entries.extend(decided.map(|(at, own)| ReadingEntry::Overrides(*at, own.clone())));
    entries
}

pub(super) fn settings_of(entries: Vec<ReadingEntry>) -> ImportSettings {
    let mut settings = ImportSettings::default();
    for entry in entries {
        match entry {
            ReadingEntry::Apart(at) => drop(settings.apart.insert(at)),
            ReadingEntry::Sheet(name) => settings.sheet = Some(name),
            ReadingEntry::Array(name) => settings.arrays.push(name),
            ReadingEntry::Member(name) => settings.members.push(name),
            ReadingEntry::LeftOut(name) => drop(settings.left_out.insert(name)),
            ReadingEntry::Mapping(file, mapping) => {
                settings.mappings.push(ColumnMapping { file, ..mapping });
            }
            ReadingEntry::Remembered(mapping) => settings.remembered.push(mapping),
            ReadingEntry::Overrides(at, own) => drop(settings.overrides.insert(at, own)),
        }
    }
    settings
}
