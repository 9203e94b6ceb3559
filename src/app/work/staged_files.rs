//! Files that were read and not yet opened: held, looked at, counted, imported.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use zeroize::Zeroize as _;

use crate::app::work::answers::Answers;
use crate::app::work::comparison::{same_source, with_answers_of};
use crate::app::work::run_key::RunKey;
use crate::graph::AccessGraph;
use crate::import::{
    ColumnMapping, FileBytes, ImportSettings, Preview, PreviewRequest, ReadOverrides, file_digest,
    import, preview,
};
use crate::inventory::{Assumptions, CredentialId, Fingerprint, Inventory, Progress};
use crate::project::{Opening, ReadFile, ReadFiles, Workshop};

/// The bytes of staged files; wiped when nobody needs them any longer.
#[derive(Debug)]
pub(crate) struct StagedFiles(pub(crate) Vec<FileBytes>);

impl Drop for StagedFiles {
    fn drop(&mut self) {
        for file in &mut self.0 {
            file.bytes.zeroize();
        }
    }
}

impl StagedFiles {
    /// The files that stand for themselves: of the parts of a folder the first.
    pub(crate) fn heads(&self) -> Vec<usize> {
        let folder = |at: usize| self.0.get(at).and_then(|file| file.part_of.as_ref());
        let is_head = |at: &usize| match (at.checked_sub(1).and_then(folder), folder(*at)) {
            (Some(before), Some(own)) => before != own,
            _ => true,
        };
        (0..self.0.len()).filter(is_head).collect()
    }

    /// The parts of the folder whose first part this is; of any other file the file alone.
    pub(crate) fn parts(&self, head: usize) -> Range<usize> {
        let folder = |at: usize| self.0.get(at).and_then(|file| file.part_of.as_ref());
        let alike =
            |at: &usize| *at == head || (folder(*at).is_some() && folder(*at) == folder(head));
        head..head + (head..self.0.len()).take_while(alike).count()
    }
}

/// A file as it would be read, or why it cannot be.
pub(crate) type Previewed = Result<Preview, String>;

/// Files with a preview of each that stands for itself.
pub(crate) type Previews = BTreeMap<usize, Previewed>;

/// The tables on which something was decided while they were in sight: the place of the file, and the
/// name of the table within it; blank where the file itself is the table.
pub(crate) type DecidedOn = BTreeSet<(usize, String)>;

/// Which of its tables, or of its parts, is in sight of each file; the first, unless said.
pub(crate) type Views = BTreeMap<usize, usize>;

/// Files that were read and not yet imported.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) opening: Opening,
    pub(crate) held: Arc<StagedFiles>,
    pub(crate) previews: Previews,
    /// How they are to be read.
    pub(crate) settings: ImportSettings,
}

impl Prepared {
    /// Whether the files can be opened without anybody having looked: each has a known header, no
    /// column of secrets is said to be another, and together they name credentials and services.
    pub(crate) fn is_sure(&self) -> bool {
        let known = || self.previews.values().filter_map(|preview| preview.as_ref().ok());
        // A file that cannot be read at all fails its import, which says why.
        let all = known().all(|preview| preview.recognised && !preview.is_held_back());
        let any_wrong = self.previews.values().any(Result::is_err);
        let credentials = known().any(|preview| preview.names_credentials);
        let services = known().any(|preview| preview.names_services || preview.read_as.is_some());
        all && (any_wrong || (credentials && services))
    }
}

/// What is open, to which staged files are added.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) opening: Opening,
    pub(crate) settings: Arc<ImportSettings>,
}

/// What would be opened, and what becomes of what is open.
#[derive(Clone, Debug)]
pub(crate) struct ImportCounts {
    pub(crate) inventory: Arc<Inventory>,
    /// How all of its files were read.
    pub(crate) settings: Arc<ImportSettings>,
    /// All of its files as they were read.
    pub(crate) read: ReadFiles,
    /// How many credentials and service instances will be shown.
    pub(crate) credentials: usize,
    /// As above.
    pub(crate) instances: usize,
    /// None where nothing is open.
    pub(crate) beside: Option<ReplacementSummary>,
    /// The mappings of all tables that were decided on.
    pub(crate) decided: Vec<ColumnMapping>,
}

impl ImportCounts {
    /// Whether no row can be taken: there would be nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.inventory.rows.is_empty()
    }
}

/// What is staged beside what is open. Credentials are the same that share a fingerprint or an id:
/// those without either are always others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReplacementSummary {
    /// How many credentials are open.
    pub(crate) open: usize,
    /// How many of them are staged again.
    pub(crate) stay: usize,
    /// How many staged ones are not open.
    pub(crate) come: usize,
    /// Whether it is a newer export of what is open, which is compared before it is taken.
    pub(crate) is_newer: bool,
}

impl ReplacementSummary {
    fn of(open: &Answers, staged: &Inventory) -> Self {
        let before = open.graph.inventory();
        let shared = |one: &Inventory, other: &Inventory| {
            let ids: BTreeSet<&str> = other.ids.iter().map(|id| other.text(*id)).collect();
            let fingerprint = |all: &Inventory, at: usize| all.identities.get(at)?.fingerprint;
            let fingerprints: BTreeSet<Fingerprint> =
                (0..other.identities.len()).filter_map(|at| fingerprint(other, at)).collect();
            let known = |at: &u32| {
                let same =
                    fingerprint(one, *at as usize).is_some_and(|own| fingerprints.contains(&own));
                let mut own = one.ids_of(CredentialId(*at)).iter();
                same || own.any(|id| ids.contains(one.text(*id)))
            };
            (0..one.identities.len() as u32).filter(known).count()
        };
        Self {
            open: before.identities.len(),
            stay: shared(before, staged),
            come: staged.identities.len() - shared(staged, before),
            is_newer: same_source(&open.graph, staged),
        }
    }
}

/// Staged files, and how what comes of them is worked out.
#[derive(Clone)]
pub(crate) struct CountRequest {
    pub(crate) held: Arc<StagedFiles>,
    pub(crate) settings: ImportSettings,
    /// The tables that were decided on.
    pub(crate) decided_on: DecidedOn,
    pub(crate) key: RunKey,
    /// To what they are added, if they do not replace it.
    pub(crate) base: Option<Base>,
    pub(crate) open: Option<Arc<Answers>>,
    pub(crate) workshop: Arc<Workshop>,
    pub(crate) assumptions: Arc<Assumptions>,
}

impl CountRequest {
    /// Works out what would come of the files, and what becomes of what is open.
    pub(crate) fn counts(self, progress: &Progress) -> Result<ImportCounts, String> {
        let Self { held, settings, decided_on, key, base, open, workshop, assumptions } = self;
        let decided = decided_mappings(&held, &settings, &decided_on);
        let added_to = base.as_ref().and(open.clone());
        let (held, settings) = match base {
            None => (held, settings),
            Some(base) => {
                let mut files = files_of(base.opening)?;
                let settings = joined(&base.settings, &settings, files.len());
                files.extend(held.0.iter().cloned());
                (Arc::new(StagedFiles(files)), settings)
            }
        };
        let (inventory, read) = import_held(held, (&settings, &key), progress)?;
        let inventory = with_answers_of((added_to.as_deref(), &workshop), inventory);
        let beside = open.map(|open| ReplacementSummary::of(&open, &inventory));
        // The graph joins spellings of an environment, so the counts are its own.
        let graph = AccessGraph::build(inventory.clone(), &assumptions);
        let (credentials, instances) =
            (graph.credential_indices().len(), graph.instance_indices().len());
        let settings = Arc::new(settings);
        Ok(ImportCounts { inventory, settings, read, credentials, instances, beside, decided })
    }
}

/// The settings of `open` files and of those that are read after them.
fn joined(open: &ImportSettings, added: &ImportSettings, files: usize) -> ImportSettings {
    let mut all = added.clone();
    all.apart = open.apart.iter().copied().chain(added.apart.iter().map(|at| at + files)).collect();
    all.sheet = added.sheet.clone().or_else(|| open.sheet.clone());
    let later = added.overrides.iter().map(|(at, overrides)| (at + files, overrides.clone()));
    all.overrides = open.overrides.clone().into_iter().chain(later).collect();
    all
}

/// The files of what is to be opened.
fn files_of(opening: Opening) -> Result<Vec<FileBytes>, String> {
    Ok(match opening {
        Opening::Files(paths) => {
            let files = crate::cli::read_files(&paths).map_err(|error| error.to_string())?;
            briefly_named(files)
        }
        Opening::Bytes(parts) => {
            parts.into_iter().map(|(name, bytes)| FileBytes::new(name, bytes)).collect()
        }
        Opening::Pasted(file) => vec![file],
        Opening::Together(parts) => {
            let mut files = Vec::new();
            for part in parts {
                files.append(&mut files_of(part)?);
            }
            files
        }
    })
}

/// Reads files and looks at how they would be understood.
pub(crate) fn prepare(opening: Opening, settings: &ImportSettings) -> Result<Prepared, String> {
    let known = opening.without_text();
    let files = files_of(opening)?;
    let held = Arc::new(StagedFiles(files));
    let previews = previews(&held, settings, &Views::new());
    Ok(Prepared { opening: known, held, previews, settings: settings.clone() })
}

/// The files as they would be read, each at the table or part that is in sight.
pub(crate) fn previews(held: &StagedFiles, settings: &ImportSettings, views: &Views) -> Previews {
    let one =
        |head: usize| Some((head, preview_of(held, settings, head, views.get(&head).copied())?));
    held.heads().into_iter().filter_map(one).collect()
}

/// A file as it would be read, at one of its tables or parts; at the first with a known header, if
/// none is in sight.
fn preview_of(
    files: &StagedFiles,
    settings: &ImportSettings,
    head: usize,
    in_sight: Option<usize>,
) -> Option<Previewed> {
    let silent = ReadOverrides::default();
    let parts = files.parts(head);
    let overrides = settings.overrides.get(&head).unwrap_or(&silent);
    let view = in_sight.unwrap_or(0);
    let is_folder = parts.len() > 1;
    let at = if is_folder { (head + view).min(parts.end - 1) } else { head };
    let file = files.0.get(at)?;
    let asked = PreviewRequest {
        table: if is_folder { 0 } else { view },
        before: files.0.get(head..at).unwrap_or_default(),
        overrides,
        settings,
    };
    let mut seen = preview(file, asked).map_err(|error| error.to_string());
    if !is_folder && in_sight.is_none() {
        seen = first_known(seen, file, asked);
    }
    if let (true, Ok(seen)) = (is_folder, &mut seen) {
        let names = files.0.get(parts).unwrap_or_default().iter();
        seen.tables = names.map(|file| file.name.clone()).collect();
        seen.at = at - head;
    }
    Some(seen)
}

/// The mappings that are worth remembering: of each table that was decided on.
fn decided_mappings(
    held: &StagedFiles,
    settings: &ImportSettings,
    decided_on: &DecidedOn,
) -> Vec<ColumnMapping> {
    let mut decided: Vec<ColumnMapping> = Vec::new();
    for (head, table) in decided_on {
        if !settings.overrides.contains_key(head) {
            continue;
        }
        let Some(Ok(mut preview)) = preview_of(held, settings, *head, Some(0)) else { continue };
        if preview.tables.get(preview.at).is_some_and(|first| first != table) {
            // What was left out since then is not remembered.
            let place = preview.tables.iter().position(|own| own == table);
            let Some(place) = place else { continue };
            let Some(Ok(other)) = preview_of(held, settings, *head, Some(place)) else { continue };
            preview = other;
        }
        // Numbers of columns say nothing of the next table that has no header.
        let is_named = preview.mapping.header_line != Some(0);
        let is_worth = preview.recognised && !preview.fixed && is_named;
        let is_usable = ColumnMapping::parse(&preview.mapping.to_toml()).is_ok();
        if is_worth && is_usable && !decided.contains(&preview.mapping) {
            decided.push(preview.mapping);
        }
    }
    decided
}

/// How many tables of a file are looked at for one with a known header: more than the covers and
/// legends that stand before the first.
const LOOKED_AT: usize = 8;

/// The first table of a file that has a known header, where nobody chose one; the very first, if none
/// has.
fn first_known(first: Previewed, file: &FileBytes, asked: PreviewRequest<'_>) -> Previewed {
    let Ok(seen) = &first else { return first };
    if seen.recognised {
        return first;
    }
    let others = (1..seen.tables.len().min(LOOKED_AT)).filter_map(|table| {
        let other = preview(file, PreviewRequest { table, ..asked }).ok()?;
        other.recognised.then_some(other)
    });
    others.into_iter().next().map_or(first, Ok)
}

/// Imports files, and says which they were. Their bytes are not copied.
pub(crate) fn import_held(
    held: Arc<StagedFiles>,
    (settings, key): (&ImportSettings, &RunKey),
    progress: &Progress,
) -> Result<(Arc<Inventory>, ReadFiles), String> {
    let files = match Arc::try_unwrap(held) {
        Ok(mut held) => std::mem::take(&mut held.0),
        Err(shared) => shared.0.clone(),
    };
    let key = key.key()?;
    let digested = files.iter().map(|file| {
        let (bytes, digest) = file_digest(file, key)?;
        Ok(ReadFile { name: file.name.clone(), bytes, digest })
    });
    let read = digested
        .collect::<Result<_, String>>()
        .map(|files| ReadFiles { files, key: Some(key.mark()) });
    let inventory = import(files, key, settings, progress).map_err(|error| error.to_string())?;
    Ok((Arc::new(inventory), read?))
}

/// Files under their bare names, as long as these are distinct: a line number beside a long path
/// is cut off first.
fn briefly_named(mut files: Vec<FileBytes>) -> Vec<FileBytes> {
    let brief = |file: &FileBytes| {
        let name = std::path::Path::new(&file.name).file_name()?;
        Some(name.to_string_lossy().into_owned())
    };
    let names: Vec<Option<String>> = files.iter().map(brief).collect();
    let distinct: BTreeSet<_> = names.iter().flatten().collect();
    if distinct.len() == files.len() {
        for (file, name) in files.iter_mut().zip(names) {
            file.name = name.unwrap_or_default();
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_bear_their_paths_where_their_bare_names_are_the_same() {
        let named = |names: [&str; 2]| {
            let files = names.map(|name| FileBytes::new(name, Vec::new()));
            briefly_named(files.into()).into_iter().map(|file| file.name).collect::<Vec<_>>()
        };
        assert_eq!(named(["a/x.csv", "a/y.csv"]), ["x.csv", "y.csv"]);
        assert_eq!(named(["a/x.csv", "b/x.csv"]), ["a/x.csv", "b/x.csv"]);
    }

    #[test]
    fn the_parts_of_a_folder_are_seen_as_one_and_read_alike() {
        let part = |name: &str, text: &str| FileBytes {
            part_of: Some("folder".to_owned()),
            ..FileBytes::new(name, text.as_bytes().to_vec())
        };
        let held = StagedFiles(vec![
            FileBytes::new("a.csv", b"id,service\nk1,a\n".to_vec()),
            part("part-0.csv", "id,service\nk1,a\n"),
            part("part-1.csv", "k2,b\n"),
        ]);
        assert_eq!((held.heads(), held.parts(0), held.parts(1)), (vec![0, 1], 0..1, 1..3));
        let settings = ImportSettings::default();
        let seen = previews(&held, &settings, &Views::from([(1, 1)]));
        let part = seen.get(&1).and_then(|seen| seen.as_ref().ok()).expect("it can be read");
        assert_eq!((part.tables.len(), part.at, part.rows.len()), (2, 1, 1));
        assert!(part.recognised, "it has no header, so it is read as the part before it");
    }
}
