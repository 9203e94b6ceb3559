//! Long work off the drawing thread: one slot for each kind; a newer job replaces an older one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::answers::Answers;
use super::comparison::{Comparison, Newer};
use super::fixing::{Outcome, RadiusAfter};
use super::judging::{FoundPaths, Judged};
use super::model::{Held, LoadedPolicy, Prepared, Previewed};
use super::watch::Watch;
use crate::import::{FileBytes, FingerprintKey, ImportSettings, Mapping, Said, import, preview};
use crate::inventory::{Assumptions, Inventory, Progress};
use crate::scene::Map;

/// The kinds of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JobKind {
    /// Files into an inventory.
    Import,
    /// An inventory into answers.
    Analysis,
    /// Answers into a map.
    Layout,
    /// Answers into cuts, choke points and a plan.
    Judgement,
    /// The next shortest paths between two ends.
    Paths,
    /// What the fixes of the what-if list bring and break.
    WhatIf,
    /// How far what is selected reaches with those fixes.
    Radius,
    /// The first rows of files that are not yet opened.
    Preview,
    /// Waiting for the system's file dialog.
    Dialog,
}

impl JobKind {
    /// What the window says while it runs.
    pub(super) fn doing(self) -> &'static str {
        match self {
            Self::Import => "Reading the inventory",
            Self::Analysis => "Working out who reaches what",
            Self::Layout => "Laying out the map",
            Self::Judgement => "Working out cuts and plan",
            Self::Paths => "Looking for paths",
            Self::WhatIf => "Working out what the fixes bring",
            Self::Radius => "Working out the reach with the fixes",
            Self::Preview => "Reading the first rows",
            Self::Dialog => "Waiting for the file dialog",
        }
    }
}

/// What is to be opened.
#[derive(Clone, Debug)]
pub(super) enum Opening {
    /// Files on disk.
    Files(Vec<PathBuf>),
    /// Bytes that came some other way: dropped, or a sample that ships with the program.
    Bytes(Vec<(String, Vec<u8>)>),
    /// Text that was pasted. It may hold secrets, so it is not kept.
    Pasted(FileBytes),
}

impl Opening {
    /// What is opened, by name.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::Files(paths) => paths.iter().map(|path| path.display().to_string()).collect(),
            Self::Bytes(parts) => parts.iter().map(|(name, _)| name.clone()).collect(),
            Self::Pasted(file) => vec![file.name.clone()],
        }
    }

    /// Where it can be read from again.
    pub(super) fn kept(&self) -> Option<Self> {
        match self {
            Self::Files(_) | Self::Bytes(_) => Some(self.clone()),
            Self::Pasted(_) => None,
        }
    }

    /// What stays known of it while its bytes are elsewhere.
    fn without_text(&self) -> Self {
        match self {
            Self::Files(_) | Self::Bytes(_) => self.clone(),
            Self::Pasted(file) => Self::Pasted(FileBytes::new(file.name.clone(), Vec::new())),
        }
    }
}

/// What a job ends with.
#[derive(Debug)]
pub(super) enum JobEnd {
    Imported(Result<(Arc<Inventory>, Opening), String>),
    /// A newer export beside what is open.
    Compared(Result<Box<Comparison>, String>),
    /// Files of what is open that have changed since they were read.
    ChangedOnDisk(Vec<PathBuf>),
    /// Files that somebody has to look at before they are opened.
    Staged(Box<Prepared>),
    /// Staged files as they would be read now.
    Previewed(Vec<Previewed>),
    /// What would come of them.
    Counted(Result<Arc<Inventory>, String>),
    Answered(Arc<Answers>),
    LaidOut(Arc<Map>),
    Judged(Arc<Judged>),
    PathsFound(Arc<FoundPaths>),
    WhatIf(Arc<Outcome>),
    RadiusAfter(RadiusAfter),
    /// The dialog's files; `None` where it was closed, or where there is none to show.
    Chosen(Option<Vec<PathBuf>>),
    /// What was written where, or what went wrong; `None` where the dialog was closed.
    Saved(Option<String>),
    /// A policy, or why it could not be read; `None` where the dialog was closed.
    PolicyRead(Option<Result<LoadedPolicy, String>>),
    Cancelled,
}

/// Wakes the window when a job has something to say.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

struct Running {
    kind: JobKind,
    number: u64,
    progress: Progress,
}

/// The slots, and the one channel on which every job reports.
pub(super) struct Jobs {
    running: Vec<Running>,
    next: u64,
    /// Looks at files until it is cancelled; it is no work that anybody waits for.
    watching: Option<(u64, Progress)>,
    sender: Sender<(u64, JobEnd)>,
    receiver: Receiver<(u64, JobEnd)>,
    wake: Wake,
}

impl Jobs {
    pub(super) fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        Self { running: Vec::new(), next: 0, watching: None, sender, receiver, wake }
    }

    /// Starts work of a kind; what of that kind still runs is cancelled and forgotten.
    pub(super) fn start(
        &mut self,
        kind: JobKind,
        work: impl FnOnce(&Progress) -> JobEnd + Send + 'static,
    ) {
        self.cancel(kind);
        let (number, progress) = (self.next, Progress::default());
        self.next += 1;
        self.running.push(Running { kind, number, progress: progress.clone() });
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        std::thread::spawn(move || {
            let end = work(&progress);
            // The window may have closed meanwhile; then nobody waits for the answer.
            if sender.send((number, end)).is_ok() {
                wake();
            }
        });
    }

    /// Opens files if they are understood without doubt; else they are staged.
    pub(super) fn import(&mut self, opening: Opening, settings: ImportSettings) {
        self.start(JobKind::Import, move |progress| {
            let prepared = match prepare(opening, &settings) {
                _ if progress.is_cancelled() => return JobEnd::Cancelled,
                Err(message) => return JobEnd::Imported(Err(message)),
                Ok(prepared) if !prepared.is_sure() => return JobEnd::Staged(Box::new(prepared)),
                Ok(prepared) => prepared,
            };
            match import_held(prepared.held, &settings, progress) {
                _ if progress.is_cancelled() => JobEnd::Cancelled,
                result => JobEnd::Imported(result.map(|inventory| (inventory, prepared.opening))),
            }
        });
    }

    /// Reads files that somebody wants to look at before they are opened.
    pub(super) fn stage(&mut self, opening: Opening, settings: ImportSettings) {
        self.start(JobKind::Import, move |progress| match prepare(opening, &settings) {
            _ if progress.is_cancelled() => JobEnd::Cancelled,
            Err(message) => JobEnd::Imported(Err(message)),
            Ok(prepared) => JobEnd::Staged(Box::new(prepared)),
        });
    }

    /// Looks at staged files anew.
    pub(super) fn preview(&mut self, held: Arc<Held>, settings: ImportSettings) {
        self.start(JobKind::Preview, move |_| JobEnd::Previewed(previews(&held, &settings)));
    }

    /// Works out what would come of staged files.
    pub(super) fn count(&mut self, held: Arc<Held>, settings: ImportSettings) {
        self.start(JobKind::Import, move |progress| match import_held(held, &settings, progress) {
            _ if progress.is_cancelled() => JobEnd::Cancelled,
            result => JobEnd::Counted(result),
        });
    }

    /// Reads what is open anew and compares.
    pub(super) fn reread(&mut self, rereading: Rereading) {
        self.start(JobKind::Import, move |progress| {
            let Rereading { opening, settings, open } = rereading;
            let newer = prepare(opening, &settings).and_then(|prepared| {
                let opening = prepared.opening;
                let inventory = import_held(prepared.held, &settings, progress)?;
                Ok(Newer { inventory, opening })
            });
            match newer {
                _ if progress.is_cancelled() => JobEnd::Cancelled,
                Ok(newer) => compared(&open, newer, progress),
                Err(message) => JobEnd::Compared(Err(message)),
            }
        });
    }

    /// Compares what was imported with what is open.
    pub(super) fn compare(&mut self, open: Arc<Answers>, newer: Newer) {
        self.start(JobKind::Import, move |progress| compared(&open, newer, progress));
    }

    /// Looks from now on whether these files change, and no longer at those before.
    pub(super) fn watch(&mut self, watch: Watch) {
        self.unwatch();
        let (number, progress) = (self.next, Progress::default());
        self.next += 1;
        self.watching = Some((number, progress.clone()));
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        std::thread::spawn(move || {
            if let Some(changed) = watch.wait(&progress)
                && sender.send((number, JobEnd::ChangedOnDisk(changed))).is_ok()
            {
                wake();
            }
        });
    }

    /// Looks at no file any more.
    pub(super) fn unwatch(&mut self) {
        if let Some((_, progress)) = self.watching.take() {
            progress.cancel();
        }
    }

    pub(super) fn analyse(&mut self, inventory: Arc<Inventory>, assumptions: Assumptions) {
        self.cancel_what_follows();
        self.start(JobKind::Analysis, move |progress| {
            Answers::compute(inventory, &assumptions, progress)
                .map_or(JobEnd::Cancelled, |answers| JobEnd::Answered(Arc::new(answers)))
        });
    }

    /// Stops what follows from answers that are about to be replaced.
    pub(super) fn cancel_what_follows(&mut self) {
        use JobKind::{Judgement, Layout, Paths, Radius, WhatIf};
        for kind in [Layout, Judgement, Paths, WhatIf, Radius] {
            self.cancel(kind);
        }
    }

    pub(super) fn lay_out(&mut self, answers: Arc<Answers>) {
        self.start(JobKind::Layout, move |progress| {
            answers.map(progress).map_or(JobEnd::Cancelled, |map| JobEnd::LaidOut(Arc::new(map)))
        });
    }

    pub(super) fn ask_for_files(&mut self) {
        self.start(JobKind::Dialog, |_| {
            let chosen = rfd::FileDialog::new()
                .set_title("Open inventories")
                .add_filter(
                    "Inventories",
                    &["csv", "tsv", "psv", "txt", "json", "jsonl", "ndjson", "xlsx", "zip", "gz"],
                )
                .add_filter("All files", &["*"])
                .pick_files();
            JobEnd::Chosen(chosen)
        });
    }

    /// Asks where the rejected rows shall go, and writes them.
    pub(super) fn save_rejected(&mut self, inventory: Arc<Inventory>) {
        self.start(JobKind::Dialog, move |_| {
            let chosen = rfd::FileDialog::new()
                .set_title("Save the rejected rows")
                .set_file_name("rejected.csv")
                .add_filter("CSV", &["csv"])
                .save_file();
            JobEnd::Saved(chosen.map(|path| match crate::cli::save_rejected(&inventory, &path) {
                Ok(files) => format!("The rejected rows are in {}", files.join(", ")),
                Err(error) => error,
            }))
        });
    }

    /// Asks where a mapping shall go, and writes it.
    pub(super) fn save_mapping(&mut self, mapping: Mapping) {
        self.start(JobKind::Dialog, move |_| {
            let chosen = rfd::FileDialog::new()
                .set_title("Save the mapping")
                .set_file_name("mapping.toml")
                .add_filter("Mapping", &["toml"])
                .save_file();
            JobEnd::Saved(chosen.map(|path| {
                let text = mapping.to_toml();
                let write = |out: &mut dyn std::io::Write| out.write_all(text.as_bytes());
                match crate::cli::write_whole(&path, write) {
                    Ok(()) => format!("The mapping is in {}", path.display()),
                    Err(error) => {
                        format!("the mapping could not be written ({error}): {}", path.display())
                    }
                }
            }))
        });
    }

    /// Asks a job to stop; what it still reports is not listened to.
    pub(super) fn cancel(&mut self, kind: JobKind) {
        for running in self.running.iter().filter(|running| running.kind == kind) {
            running.progress.cancel();
        }
        self.running.retain(|running| running.kind != kind);
    }

    /// The work that runs, and how far it is.
    pub(super) fn running(&self) -> impl Iterator<Item = (JobKind, &Progress)> {
        self.running.iter().map(|running| (running.kind, &running.progress))
    }

    /// What has ended since the last look, without waiting.
    pub(super) fn ended(&mut self) -> Vec<JobEnd> {
        let mut ends = Vec::new();
        while let Ok((number, end)) = self.receiver.try_recv() {
            self.take(number, end, &mut ends);
        }
        ends
    }

    /// Waits until one running job has ended; nothing where none runs.
    pub(super) fn wait(&mut self) -> Vec<JobEnd> {
        let mut ends = Vec::new();
        while ends.is_empty() && !self.running.is_empty() {
            let Ok((number, end)) = self.receiver.recv() else { break };
            self.take(number, end, &mut ends);
        }
        ends
    }

    fn take(&mut self, number: u64, end: JobEnd, ends: &mut Vec<JobEnd>) {
        let before = self.running.len();
        self.running.retain(|running| running.number != number);
        let watched = self.watching.take_if(|(watching, _)| *watching == number).is_some();
        if self.running.len() < before || watched {
            ends.push(end);
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.unwatch();
        for running in &self.running {
            running.progress.cancel();
        }
    }
}

/// What is read anew, and with what it is compared.
pub(super) struct Rereading {
    pub(super) opening: Opening,
    pub(super) settings: ImportSettings,
    pub(super) open: Arc<Answers>,
}

fn compared(open: &Answers, newer: Newer, progress: &Progress) -> JobEnd {
    let found = Comparison::of(open, newer, progress);
    found.map_or(JobEnd::Cancelled, |found| JobEnd::Compared(Ok(Box::new(found))))
}

/// Reads files and looks at how they would be understood.
fn prepare(opening: Opening, settings: &ImportSettings) -> Result<Prepared, String> {
    let known = opening.without_text();
    let files = match opening {
        Opening::Files(paths) => {
            let files = crate::cli::read_files(&paths).map_err(|error| error.to_string())?;
            briefly_named(files)
        }
        Opening::Bytes(parts) => {
            parts.into_iter().map(|(name, bytes)| FileBytes::new(name, bytes)).collect()
        }
        Opening::Pasted(file) => vec![file],
    };
    let held = Arc::new(Held(files));
    let previews = previews(&held, settings);
    Ok(Prepared { opening: known, held, previews })
}

fn previews(held: &Held, settings: &ImportSettings) -> Vec<Previewed> {
    let silent = Said::default();
    let one = |(at, file): (usize, &FileBytes)| {
        let said = settings.said.get(&at).unwrap_or(&silent);
        preview(file, said, settings).map_err(|error| error.to_string())
    };
    held.0.iter().enumerate().map(one).collect()
}

/// Imports files; where nobody else holds them they are not copied.
fn import_held(
    held: Arc<Held>,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Arc<Inventory>, String> {
    let files = match Arc::try_unwrap(held) {
        Ok(mut held) => std::mem::take(&mut held.0),
        Err(shared) => shared.0.clone(),
    };
    let key: FingerprintKey = crate::cli::fresh_key().map_err(|error| error.to_string())?;
    import(files, &key, settings, progress).map(Arc::new).map_err(|error| error.to_string())
}

/// Files under their bare names, as long as these tell them apart: a line number beside a long path
/// is cut off first.
fn briefly_named(mut files: Vec<FileBytes>) -> Vec<FileBytes> {
    let brief = |file: &FileBytes| {
        let name = std::path::Path::new(&file.name).file_name()?;
        Some(name.to_string_lossy().into_owned())
    };
    let names: Vec<Option<String>> = files.iter().map(brief).collect();
    let distinct: std::collections::BTreeSet<_> = names.iter().flatten().collect();
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
}
