//! From the paths and options of a command to what it works on: key, settings, inventory, graph.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{AssumptionArguments, InputArguments, TableArguments};
use super::files::{
    OpenedProject, fresh_key, is_project_file, is_standard_stream, not_read, open_project,
    read_files, today,
};
use super::streams::{Failure, INPUT, Streams, USAGE};
use crate::graph::AccessGraph;
use crate::import::{
    ColumnMapping, FileBytes, FingerprintKey, ImportError, ImportSettings, ImportedValues,
    MappingFile, import, import_with_values,
};
use crate::inventory::{Assumptions, Inventory, Progress};
use crate::project::{FindingRegister, Project, RedactedKinds, Redaction, RotationList};

pub(super) fn key(file: Option<&Path>) -> Result<FingerprintKey, Failure> {
    let Some(file) = file else {
        return fresh_key().map_err(|error| Failure(INPUT, error.to_string()));
    };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure(INPUT, not_read("the key", &error, file)))?;
    FingerprintKey::parse(&text)
        .map_err(|error| Failure(INPUT, format!("{error}: {}", file.display())))
}

/// The settings of an import that the command line asks for.
///
/// # Errors
/// One sentence where a column-mapping file cannot be read or is not one.
pub fn import_settings(read_as: &TableArguments) -> Result<ImportSettings, String> {
    let mut settings = ImportSettings {
        sheet: read_as.sheet.clone(),
        arrays: read_as.array.clone(),
        members: read_as.member.clone(),
        left_out: read_as.leave_out.iter().cloned().collect(),
        ..ImportSettings::default()
    };
    for file in &read_as.mapping {
        let name = file.display().to_string();
        let read = if is_standard_stream(file) {
            std::io::read_to_string(std::io::stdin())
        } else {
            std::fs::read_to_string(file)
        };
        let text = read.map_err(|error| not_read("the column mapping", &error, file))?;
        let read = MappingFile::parse(&text).map_err(|error| format!("{error}: {name}"))?;
        let named = |mapping| ColumnMapping { file: Some(name.clone()), ..mapping };
        settings.mappings.extend(read.tables.into_iter().map(named));
    }
    Ok(settings)
}

pub(super) fn settings(read_as: &TableArguments) -> Result<ImportSettings, Failure> {
    import_settings(read_as).map_err(|message| Failure(USAGE, message))
}

pub(super) fn assumed(assume: &AssumptionArguments) -> Result<Assumptions, Failure> {
    assume.assumptions().map_err(|message| Failure(USAGE, message))
}

/// The policy file that is named, if one is.
pub(super) fn policy(assume: &AssumptionArguments) -> Result<Option<Assumptions>, Failure> {
    assume.read_policy().map_err(|message| Failure(USAGE, message))
}

/// What a command works on: an inventory, the key of its fingerprints, and what is assumed.
pub(super) struct Opened {
    pub(super) inventory: Arc<Inventory>,
    pub(super) key: FingerprintKey,
    /// The assumptions of a project.
    pub(super) policy: Option<Assumptions>,
    /// The whole project, where it is one.
    pub(super) project: Option<Project>,
    /// What a project takes to have fallen.
    pub(super) fallen: Arc<RotationList>,
    /// Which names are to be hidden.
    pub(super) hide: Option<RedactedKinds>,
}

impl Opened {
    /// The pseudonyms of all names; those of a project are what they are for all that it holds.
    fn pseudonyms(&self, kinds: RedactedKinds, assumptions: &Assumptions) -> Redaction {
        let Some(project) = &self.project else {
            return Redaction::new(kinds, &self.inventory, assumptions);
        };
        let assumptions = Arc::new(assumptions.clone());
        Redaction::of_project(kinds, &Project { assumptions, ..project.clone() })
    }

    /// The inventory, with names hidden where that was asked for, and the key.
    pub(super) fn inventory(
        self,
        assume: &AssumptionArguments,
        policy: Option<Assumptions>,
        streams: &mut Streams<'_>,
    ) -> (Arc<Inventory>, FingerprintKey) {
        let Some(kinds) = self.hide else { return (self.inventory, self.key) };
        let assumptions = assume.over(policy, self.policy.clone());
        let redaction = self.pseudonyms(kinds, &assumptions);
        let hidden = Arc::new(redaction.inventory(&self.inventory, &assumptions));
        streams.hide(redaction);
        (hidden, self.key)
    }

    /// The graph under what is said of assumptions, and what a policy file says; with names hidden
    /// where that was asked for, which `streams` knows from then on.
    pub(super) fn graph(
        self,
        assume: &AssumptionArguments,
        policy: Option<Assumptions>,
        streams: &mut Streams<'_>,
    ) -> AccessGraph {
        let assumptions = assume.over(policy, self.policy.clone());
        let Some(kinds) = self.hide else {
            return AccessGraph::build(self.inventory, &assumptions);
        };
        let redaction = self.pseudonyms(kinds, &assumptions);
        let graph = under_pseudonyms(&redaction, self.inventory, &assumptions);
        streams.hide(redaction);
        graph
    }
}

/// The graph of an inventory, in which everything stands where it does under its name.
fn under_pseudonyms(
    names: &Redaction,
    inventory: Arc<Inventory>,
    assumptions: &Assumptions,
) -> AccessGraph {
    let hidden = names.hidden_inventory(&inventory, assumptions);
    names.graph(AccessGraph::build(inventory, assumptions), &hidden)
}

/// The graph of inventories or of a project.
///
/// # Errors
/// As [`opened`], and where a policy file cannot be read or is none.
pub(super) fn graph(
    files: &[PathBuf],
    reading: &InputArguments,
    assume: &AssumptionArguments,
    streams: &mut Streams<'_>,
) -> Result<AccessGraph, Failure> {
    let policy = policy(assume)?;
    Ok(opened(files, reading, &streams.progress)?.graph(assume, policy, streams))
}

/// Opens inventories, or a project that has one.
///
/// # Errors
/// Where they cannot be read or imported, or options do not go with a project.
pub(super) fn opened(
    files: &[PathBuf],
    reading: &InputArguments,
    progress: &Progress,
) -> Result<Opened, Failure> {
    let hide = reading.hide.redact;
    if let Some(project) = project_among(files, reading, progress)? {
        return Ok(Opened { hide, ..of_project(project, reading.key_file.as_deref())? });
    }
    let settings = settings(&reading.read_as)?;
    let key = key(reading.key_file.as_deref())?;
    let files = read_files(files).map_err(|error| Failure(INPUT, error.to_string()))?;
    Ok(Opened { hide, ..of_files(files, key, &settings, progress)? })
}

/// The same of files that are already read and are no project.
pub(super) fn of_files(
    files: Vec<FileBytes>,
    key: FingerprintKey,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Opened, Failure> {
    let inventory = import(files, &key, settings, progress);
    let inventory = Arc::new(inventory.map_err(|error| refused(&error))?);
    let fallen = Arc::default();
    Ok(Opened { inventory, key, policy: None, project: None, fallen, hide: None })
}

/// The inventory of a project, and its key; another one where a key file is named, or none is there.
fn of_project(opened: OpenedProject, key_file: Option<&Path>) -> Result<Opened, Failure> {
    let OpenedProject { project, key: own, paths, digest: _ } = opened;
    let Some(inventory) = project.sources.inventory.clone() else {
        let why = "the project has no inventory yet; import one into it";
        return Err(Failure(INPUT, format!("{why}: {}", paths.file.display())));
    };
    let key = match (key_file, own.known()) {
        (None, Some(own)) => own.clone(),
        (file, _) => key(file)?,
    };
    let policy = Some(Assumptions::clone(&project.assumptions));
    let fallen = project.rotation.clone();
    Ok(Opened { inventory, key, policy, project: Some(project), fallen, hide: None })
}

/// The project among the files of a command, if one of them is a project.
///
/// # Errors
/// Where it cannot be opened, stands beside other files, or is to be read otherwise than it was.
pub(super) fn project_among(
    files: &[PathBuf],
    reading: &InputArguments,
    progress: &Progress,
) -> Result<Option<OpenedProject>, Failure> {
    let Some(path) = files.iter().find(|file| is_project_file(file)) else { return Ok(None) };
    if files.len() > 1 {
        let how = "a project is opened alone; read further inventories into it with \
                   `keyreach import … --update`";
        return Err(Failure(USAGE, format!("{how}: {}", path.display())));
    }
    if let Some(option) = read_otherwise(&reading.read_as) {
        let how = "the files of a project are read already; give it when they are imported";
        return Err(Failure(USAGE, format!("{option} says how files are read, and {how}")));
    }
    let opened = open_project(path, today(), progress);
    opened.map(Some).map_err(|message| Failure(INPUT, message))
}

/// Whether options go with files where a window, or its picture, opens them: a project is opened alone,
/// as it was read and with its own assumptions.
///
/// # Errors
/// One sentence that names the option or the file.
pub fn check_beside_project(
    files: &[PathBuf],
    read_as: &TableArguments,
    assume: &AssumptionArguments,
) -> Result<(), String> {
    let Some(path) = files.iter().find(|file| is_project_file(file)) else { return Ok(()) };
    let option = read_otherwise(read_as).or_else(|| assume.beside_as_of());
    match option {
        _ if files.len() > 1 => Err(format!("a project is opened alone: {}", path.display())),
        None => Ok(()),
        Some(option) => Err(format!(
            "{option} does not go with a project, which has its own; change it in the window: {}",
            path.display()
        )),
    }
}

/// An option that says how files are to be read.
fn read_otherwise(read_as: &TableArguments) -> Option<&'static str> {
    let TableArguments { mapping, sheet, array, member, leave_out } = read_as;
    let given = [
        (!mapping.is_empty(), "--mapping"),
        (sheet.is_some(), "--sheet"),
        (!array.is_empty(), "--array"),
        (!member.is_empty(), "--member"),
        (!leave_out.is_empty(), "--leave-out"),
    ];
    given.into_iter().find_map(|(is_given, option)| is_given.then_some(option))
}

pub(super) fn refused(error: &ImportError) -> Failure {
    Failure(if error.is_unknown_name() { USAGE } else { INPUT }, error.to_string())
}

/// What a command compares.
pub(super) struct Compared {
    /// The graph of the older inventory.
    pub(super) old: AccessGraph,
    /// That of the newer one.
    pub(super) new: AccessGraph,
    /// What was decided on the findings of the newer one, where it is a project.
    pub(super) findings: Option<Arc<FindingRegister>>,
}

/// The graphs of two inventories that are compared, each files or a project. What is a secret value
/// in the one is masked in the names of the other too. Files are read under the key of a project
/// beside them; the assumptions are those of the newer project, or else of the older.
pub(super) fn two_graphs(
    [old, new]: [&[PathBuf]; 2],
    reading: &InputArguments,
    assume: &AssumptionArguments,
    streams: &mut Streams<'_>,
) -> Result<Compared, Failure> {
    let progress = streams.progress.clone();
    let project = |paths: &[PathBuf]| project_among(paths, reading, &progress);
    let policy = policy(assume)?;
    let projects = (project(old)?, project(new)?);
    let findings = projects.1.as_ref().map(|of| of.project.findings.clone());
    let own_key = |of: &Option<OpenedProject>| of.as_ref().and_then(|of| of.key.known()).cloned();
    let settings = settings(&reading.read_as)?;
    let key = match own_key(&projects.1).or_else(|| own_key(&projects.0)) {
        Some(own) if reading.key_file.is_none() => own,
        _ => key(reading.key_file.as_deref())?,
    };
    let own = |of: &Option<OpenedProject>| Some(of.as_ref()?.project.assumptions.clone());
    let base = own(&projects.1).or_else(|| own(&projects.0));
    let assumptions = assume.over(policy, base.as_deref().cloned());
    let with_names = |of: &&OpenedProject| !of.project.pseudonyms.is_empty();
    let keeping = [projects.1.as_ref(), projects.0.as_ref()].into_iter().flatten().find(with_names);
    let kept_by = keeping.map(|of| of.project.clone());
    let (old, values_of_old) = side(projects.0, old, (&key, &settings))?;
    let (new, values_of_new) = side(projects.1, new, (&key, &settings))?;
    let masked = |inventory: Arc<Inventory>, values: Option<ImportedValues>| match values {
        None => inventory,
        Some(values) => {
            let mut inventory = Arc::unwrap_or_clone(inventory);
            values.mask_in(&mut inventory);
            Arc::new(inventory)
        }
    };
    let (old, new) = (masked(old, values_of_new), masked(new, values_of_old));
    let Some(kinds) = reading.hide.redact else {
        let [old, new] = [old, new].map(|inventory| AccessGraph::build(inventory, &assumptions));
        return Ok(Compared { old, new, findings });
    };
    let mut redaction = match &kept_by {
        Some(project) => Redaction::kept_by(kinds, project),
        None => Redaction::new(kinds, &old, &assumptions),
    };
    redaction.learn(&old, &assumptions);
    redaction.learn(&new, &assumptions);
    let [old, new] =
        [old, new].map(|inventory| under_pseudonyms(&redaction, inventory, &assumptions));
    streams.hide(redaction);
    Ok(Compared { old, new, findings })
}

/// One of two inventories, and what finds its values again; nothing where they were read before.
fn side(
    project: Option<OpenedProject>,
    paths: &[PathBuf],
    (key, settings): (&FingerprintKey, &ImportSettings),
) -> Result<(Arc<Inventory>, Option<ImportedValues>), Failure> {
    if let Some(project) = project {
        return of_project(project, None).map(|opened| (opened.inventory, None));
    }
    let files = read_files(paths).map_err(|error| Failure(INPUT, error.to_string()))?;
    let read = import_with_values(files, key, settings, &Progress::default());
    let (inventory, values) = read.map_err(|error| refused(&error))?;
    Ok((Arc::new(inventory), Some(values)))
}
