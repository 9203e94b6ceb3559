//! Imports inventories into a project.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::{Answers, changed_findings};
use crate::cli::arguments::{ImportArguments, TableArguments};
use crate::cli::files::{
    Expected, Locking, NotSaved, OpenedProject, ProjectKey, ProjectLock, ProjectPaths,
    is_project_file, is_standard_stream, key_beside, not_written, open_project, read_files,
    save_project, today,
};
use crate::cli::inputs::{key, policy, refused, settings};
use crate::cli::streams::{Failure, INPUT, OUTPUT, Streams, USAGE};
use crate::graph::AccessGraph;
use crate::import::{FileBytes, FingerprintKey, ImportSettings, file_digest, import};
use crate::inventory::{Assumptions, Inventory, Ledger, Progress, Source, counted, grouped};
use crate::project::{
    ContentDigest, FindingRegister, ImportedFindings, KeptAnswers, Opening, Project, ReadFile,
    ReadFiles, RedactedKinds, Redaction, Sources, carry_over_findings, keep_answers, keep_facts,
    since_import,
};

/// A project that is to be saved.
struct Made {
    project: Project,
    key: FingerprintKey,
    /// What it replaces; whatever is there, if nothing.
    replaces: Option<ContentDigest>,
    /// What no longer has its thing.
    lost: Vec<String>,
}

/// Carries out `import`.
pub(in crate::cli) fn import_into(
    arguments: &ImportArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let ImportArguments { files, output, force, update, .. } = arguments;
    if let Some(file) = files.iter().find(|file| is_project_file(file)) {
        let how = "this is a project, no inventory; name it with -o, and --update to read a newer \
                   export into it";
        return Err(Failure(USAGE, format!("{how}: {}", file.display())));
    }
    if arguments.reading.hide.redact.is_some() {
        let how = "a project keeps the real names; `keyreach redact` writes a copy without them";
        return Err(Failure(USAGE, how.to_owned()));
    }
    if is_standard_stream(output) {
        let how = "a project is a file with others beside it; name it with -o p.keyreach";
        return Err(Failure(USAGE, how.to_owned()));
    }
    let place = place_of(output)?;
    let is_there = place.file.exists();
    if *update && !is_there {
        let how = "there is no such project; leave --update out to make one, or check its name";
        return Err(Failure(INPUT, format!("{how}: {}", output.display())));
    }
    if is_there && !force && !update {
        let how = "the file is there already; --update reads these inventories into the project, \
                   --force replaces it";
        return Err(Failure(OUTPUT, format!("{how}: {}", output.display())));
    }
    let _lock = locked(&place, output)?;
    let made =
        if is_there && *update { updated(arguments, streams)? } else { fresh(arguments, &place)? };
    if let Some(inventory) = &made.project.sources.inventory {
        streams.remark_on_reading(inventory);
        for words in rejected_words(inventory) {
            streams.warn_unless_quiet(&words);
        }
    }
    save(&made, &place)?;
    for lost in &made.lost {
        streams.warn_unless_quiet(lost);
    }
    if made.replaces.is_some() {
        for words in changed_words(&made.project.findings) {
            streams.note(&words);
        }
    }
    Ok(())
}

/// What has to be said of sources of which rows were rejected.
fn rejected_words(inventory: &Inventory) -> Vec<String> {
    let words = |source: &Source| {
        let Ledger { rejected, .. } = source.ledger;
        let rows = counted(source.ledger.read() as usize, "row", "rows");
        (rejected > 0).then(|| {
            format!(
                "{} of {rows} of {} could not be read, and say nothing in the project; `keyreach report` \
                 lists them with the reason, and writes them with --rejected",
                grouped(rejected),
                source.name
            )
        })
    };
    inventory.sources.iter().filter_map(words).collect()
}

/// How many findings of each list are named.
const MOST_NAMED: usize = 5;

/// What the last import changed of the findings: how many there are of each list, then the first of each by
/// name; nothing where nothing changed.
fn changed_words(register: &FindingRegister) -> Vec<String> {
    let Some(since) = since_import(register) else { return Vec::new() };
    let Some(counts) = since.counts() else { return Vec::new() };
    let mut words = vec![format!("findings since the import of {}: {counts}", since.before)];
    for (what, names) in since.lists().into_iter().filter(|(_, names)| !names.is_empty()) {
        let named: Vec<String> = names.iter().take(MOST_NAMED).map(|name| name.words()).collect();
        let more = match names.len() - named.len() {
            0 => String::new(),
            more => format!("; and {} more", grouped(more as u64)),
        };
        words.push(format!("{what}: {}{more}", named.join("; ")));
    }
    words.extend(
        since.missing_words().map(|missing| {
            format!("missing now, so that new findings cannot be judged: {missing}")
        }),
    );
    words
}

/// The place of a project that is to be written, before anything is read.
fn place_of(output: &Path) -> Result<ProjectPaths, Failure> {
    let place = ProjectPaths::of(output)
        .map_err(|error| Failure(OUTPUT, not_written("the project", &error, output)))?;
    check_place(&place).map_err(|message| Failure(OUTPUT, message))?;
    Ok(place)
}

/// The same for a new project, which replaces what is there only with `force`.
pub(super) fn new_place(output: &Path, force: bool) -> Result<ProjectPaths, Failure> {
    let place = place_of(output)?;
    if place.file.exists() && !force {
        let how = "the file is there already; --force replaces it";
        return Err(Failure(OUTPUT, format!("{how}: {}", output.display())));
    }
    Ok(place)
}

/// Whether a project can stand at a place, before anything is read.
pub(super) fn check_place(place: &ProjectPaths) -> Result<(), String> {
    let wrong = |kind: ErrorKind| not_written("the project", &Error::from(kind), &place.file);
    match std::fs::metadata(&place.file) {
        Ok(there) if there.is_dir() => Err(wrong(ErrorKind::IsADirectory)),
        Ok(there) if !there.is_file() => {
            let how = "the project could not be written: this is no ordinary file; name another";
            Err(format!("{how}: {}", place.file.display()))
        }
        Ok(_) => Ok(()),
        Err(_) if place.folder().is_dir() => Ok(()),
        Err(_) => Err(wrong(ErrorKind::NotFound)),
    }
}

/// Locks the place of a project; where no lock can be had nobody else can write either.
pub(super) fn locked(place: &ProjectPaths, output: &Path) -> Result<Option<ProjectLock>, Failure> {
    match ProjectLock::of(place) {
        Locking::Held(lock) => Ok(Some(lock)),
        Locking::Impossible => Ok(None),
        Locking::HeldByAnother => {
            let how = "the project is open elsewhere; close it there first";
            Err(Failure(OUTPUT, format!("{how}: {}", output.display())))
        }
    }
}

fn save(made: &Made, place: &ProjectPaths) -> Result<(), Failure> {
    let expected = made.replaces.as_ref().map_or(Expected::Another, Expected::Content);
    let saved = save_project(&made.project, Some(&made.key), place, (today(), expected));
    saved.map(drop).map_err(not_saved)
}

pub(super) fn not_saved(error: NotSaved) -> Failure {
    let message = match error {
        NotSaved::Failed(message) | NotSaved::NotConfirmed(_, message) => message,
        NotSaved::NameTaken(path) => {
            format!("there is a file of this name by now; name another: {}", path.display())
        }
        NotSaved::ChangedOnDisk(path) => {
            format!("the project was changed meanwhile; try again: {}", path.display())
        }
    };
    Failure(OUTPUT, message)
}

/// A project of nothing but these inventories.
fn fresh(arguments: &ImportArguments, place: &ProjectPaths) -> Result<Made, Failure> {
    let assumptions = arguments.assume.over(policy(&arguments.assume)?, None);
    let settings = settings(&arguments.reading.read_as)?;
    let beside = key_beside(place).map_err(|message| Failure(INPUT, message))?;
    let key = match (&arguments.reading.key_file, beside) {
        (None, Some(beside)) => beside,
        (file, _) => key(file.as_deref())?,
    };
    let sources = sources(&arguments.files, &key, settings)?;
    let findings = Arc::new(FindingRegister::begun(today()));
    let project = Project { sources: Arc::new(sources), findings, ..Project::under(assumptions) };
    Ok(Made { project, key, replaces: None, lost: Vec::new() })
}

/// A project with these inventories in place of those that it had.
fn updated(arguments: &ImportArguments, streams: &mut Streams<'_>) -> Result<Made, Failure> {
    let policy = policy(&arguments.assume)?;
    let opened = open_project(&arguments.output, today(), &Progress::default());
    let opened = opened.map_err(|message| Failure(INPUT, message))?;
    let key = key_of(&opened, (arguments.reading.key_file.as_deref(), arguments.new_key), streams)?;
    let OpenedProject { mut project, digest, .. } = opened;
    // The names so far keep the pseudonyms that they had where some answer was given under these.
    keep_pseudonyms(&mut project);
    let settings = further_settings(&project.sources.settings, &arguments.reading.read_as)?;
    for name in no_longer_named(&project.sources, &arguments.files) {
        streams.warn_unless_quiet(&format!(
            "no longer part of the project, because it is not named: {name}"
        ));
    }
    let mut sources = sources(&arguments.files, &key, settings)?;
    let assumptions = arguments.assume.over(policy, Some(Assumptions::clone(&project.assumptions)));
    let (as_of, today) = (assumptions.as_of, today());
    if as_of != today && arguments.assume.as_of.is_none() {
        streams.warn_unless_quiet(&format!(
            "everything is judged as of {as_of}, the day that was set, also what was accepted until a \
             later one; --as-of {today} lets the day move on"
        ));
    }
    project.assumptions = Arc::new(assumptions);
    let answers = |of: &Sources| {
        let inventory = of.inventory.clone().unwrap_or_default();
        let graph = AccessGraph::build(inventory, &project.assumptions);
        // Nobody holds the handle by which it could be cancelled.
        Answers::compute(graph, &Progress::default())
            .ok_or_else(|| Failure(INPUT, "the import was cancelled".to_owned()))
    };
    let old = answers(&project.sources)?;
    let mut kept = Vec::new();
    if let Some(inventory) = sources.inventory.take() {
        let KeptAnswers { inventory, lost } = keep_answers(&old.graph, inventory);
        let inventory = keep_facts(&old.graph, &project.workshop, inventory);
        (sources.inventory, kept) = (Some(inventory), lost);
    }
    let new = answers(&sources)?;
    let (changes, same) = changed_findings(old.side(), new.side());
    let findings = ImportedFindings { old: &old, new: &new, changes: &changes };
    let carried = carry_over_findings(&project, sources, findings, (&same, today));
    let lost = carried.lost.into_iter().chain(kept).collect();
    let mut project = carried.project;
    // Names that are new get theirs now, so that later ones cannot change them.
    keep_pseudonyms(&mut project);
    Ok(Made { project, key, replaces: Some(digest), lost })
}

/// Keeps the pseudonyms of all names of a project in it.
fn keep_pseudonyms(project: &mut Project) {
    let names = Redaction::of_project(RedactedKinds::default(), project);
    project.pseudonyms = Arc::new(names.pseudonyms().clone());
}

/// The key under which newer inventories are read into a project.
fn key_of(
    opened: &OpenedProject,
    (file, is_new): (Option<&Path>, bool),
    streams: &mut Streams<'_>,
) -> Result<FingerprintKey, Failure> {
    let mark = opened.project.sources.read.key.as_deref();
    if let Some(file) = file {
        let named = key(Some(file))?;
        if mark.is_some_and(|mark| mark != named.mark()) {
            let how =
                "this is not the key of the project; leave --key-file out, or name its own key";
            return Err(Failure(USAGE, format!("{how}: {}", file.display())));
        }
        return Ok(named);
    }
    if let Some(warning) = opened.key_warning() {
        if !is_new {
            let how =
                "put it back, name it with --key-file, or give --new-key to go on with a new one";
            return Err(Failure(INPUT, format!("{warning}; {how}")));
        }
        streams.warn(&warning);
    }
    match &opened.key {
        ProjectKey::Known(key) => Ok(key.clone()),
        ProjectKey::Missing | ProjectKey::OfAnother | ProjectKey::Unreadable(_) => key(None),
    }
}

/// How the files of a project are read from now on: as before, but for what the command line says.
fn further_settings(
    before: &ImportSettings,
    read_as: &TableArguments,
) -> Result<ImportSettings, Failure> {
    let mut said = settings(read_as)?;
    let mut settings = before.clone();
    // A mapping that is named again counts as it is now, and one that is named counts first.
    settings.mappings.retain(|own| said.mappings.iter().all(|other| other.file != own.file));
    said.mappings.append(&mut settings.mappings);
    settings.mappings = said.mappings;
    settings.sheet = said.sheet.or(settings.sheet);
    for (own, more) in [(&mut settings.arrays, said.arrays), (&mut settings.members, said.members)]
    {
        if !more.is_empty() {
            *own = more;
        }
    }
    settings.left_out.extend(said.left_out);
    Ok(settings)
}

/// The files of a project of which no file that is named now can be a newer export, by their names
/// without folders; none where there is one on either side.
fn no_longer_named(sources: &Sources, files: &[PathBuf]) -> Vec<String> {
    let last = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let named: Vec<String> = files.iter().filter_map(|path| last(path)).collect();
    if sources.files.len() <= files.len() && sources.files.len() == 1 {
        return Vec::new();
    }
    let is_missing =
        |name: &&String| last(Path::new(name)).is_some_and(|own| !named.contains(&own));
    sources.files.iter().filter(is_missing).cloned().collect()
}

/// What files hold, with what is to be known of the files.
pub(super) fn sources(
    paths: &[PathBuf],
    key: &FingerprintKey,
    settings: ImportSettings,
) -> Result<Sources, Failure> {
    let files = read_files(paths).map_err(|error| Failure(INPUT, error.to_string()))?;
    let read = files.iter().map(|file| read_file(file, key));
    let read = read.collect::<Result<_, _>>().map_err(|message| Failure(INPUT, message))?;
    let inventory = import(files, key, &settings, &Progress::default());
    let inventory = Arc::new(inventory.map_err(|error| refused(&error))?);
    // Whole paths, because the next one who reads them may be in another folder.
    let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let is_input = |path: &PathBuf| is_standard_stream(path);
    let opening =
        (!paths.iter().any(is_input)).then(|| Opening::Files(paths.iter().map(whole).collect()));
    Ok(Sources {
        files: paths.iter().map(|path| path.display().to_string()).collect(),
        inventory: Some(inventory),
        opening,
        settings: Arc::new(settings),
        read: ReadFiles { files: read, key: Some(key.mark()) },
    })
}

fn read_file(file: &FileBytes, key: &FingerprintKey) -> Result<ReadFile, String> {
    let (bytes, digest) = file_digest(file, key).map_err(|why| format!("{why}: {}", file.name))?;
    Ok(ReadFile { name: file.name.clone(), bytes, digest })
}
