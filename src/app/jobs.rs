//! Long work off the drawing thread: one slot for each kind; a newer job replaces an older one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::app::model::policy::LoadedPolicy;
use crate::app::model::problems::{ProblemList, ProblemWish};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{Assessment, FoundPaths};
use crate::app::work::comparison::{Comparison, Newer, same_source};
use crate::app::work::staged_files::{
    ImportCounts, Prepared, Previews, RunKey, StagedFiles, Views, counted, import_held, prepare,
    previews,
};
use crate::app::work::watch::Watch;
use crate::app::work::what_if::{Outcome, RadiusAfter};
use crate::import::{ColumnMapping, FileBytes, ImportSettings};
use crate::inventory::{Assumptions, Inventory, Progress};
use crate::scene::Map;

/// The kinds of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// Files into an inventory.
    Import,
    /// An inventory into answers.
    Analysis,
    /// Answers into a map.
    Layout,
    /// Answers into cuts, choke points and a plan.
    Assessment,
    /// The next shortest paths between two ends.
    Paths,
    /// What the fixes of the what-if list bring and break.
    WhatIf,
    /// How far what is selected reaches with those fixes.
    Radius,
    /// The first rows of files that are not yet opened.
    Preview,
    /// Which problems the table lists.
    Filter,
    /// Waiting for the system's file dialog.
    Dialog,
}

impl JobKind {
    /// What the window says while it runs.
    pub(crate) fn doing(self) -> &'static str {
        match self {
            Self::Import => "Reading the inventory",
            Self::Analysis => "Working out who reaches what",
            Self::Layout => "Laying out the map",
            Self::Assessment => "Working out cuts and plan",
            Self::Paths => "Looking for paths",
            Self::WhatIf => "Working out what the fixes bring",
            Self::Radius => "Working out the reach with the fixes",
            Self::Preview => "Reading the first rows",
            Self::Filter => "Looking through the problems",
            Self::Dialog => "Waiting for the file dialog",
        }
    }
}

/// What is to be opened.
#[derive(Clone, Debug)]
pub(crate) enum Opening {
    /// Files on disk.
    Files(Vec<PathBuf>),
    /// Bytes that came some other way: dropped, or a sample that ships with the program.
    Bytes(Vec<(String, Vec<u8>)>),
    /// Text that was pasted. It may hold secrets, so it is not kept.
    Pasted(FileBytes),
}

impl Opening {
    /// What is opened, by name.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Self::Files(paths) => paths.iter().map(|path| path.display().to_string()).collect(),
            Self::Bytes(parts) => parts.iter().map(|(name, _)| name.clone()).collect(),
            Self::Pasted(file) => vec![file.name.clone()],
        }
    }

    /// Where it can be read from again.
    pub(crate) fn kept(&self) -> Option<Self> {
        match self {
            Self::Files(_) | Self::Bytes(_) => Some(self.clone()),
            Self::Pasted(_) => None,
        }
    }

    /// What stays known of it while its bytes are elsewhere.
    pub(crate) fn without_text(&self) -> Self {
        match self {
            Self::Files(_) | Self::Bytes(_) => self.clone(),
            Self::Pasted(file) => Self::Pasted(FileBytes::new(file.name.clone(), Vec::new())),
        }
    }
}

/// What a job ends with.
#[derive(Debug)]
pub(crate) enum JobEnd {
    Imported(Result<(Arc<Inventory>, Opening), String>),
    /// What was imported is another inventory than the one that is open.
    Other(Newer),
    /// A newer export beside what is open.
    Compared(Result<Box<Comparison>, String>),
    /// Files of what is open that have changed since they were read.
    ChangedOnDisk(Vec<PathBuf>),
    /// Files that somebody has to look at before they are opened.
    Staged(Box<Prepared>),
    /// Staged files as they would be read now.
    Previewed(Previews),
    /// What would come of them.
    ImportCounts(Result<ImportCounts, String>),
    /// The problems that the table lists from now on.
    Filtered(ProblemList),
    Answered(Arc<Answers>),
    LaidOut(Arc<Map>),
    Assessment(Arc<Assessment>),
    PathsFound(Arc<FoundPaths>),
    WhatIf(Arc<Outcome>),
    RadiusAfter(RadiusAfter),
    /// The dialog's files; `None` where it was closed, or where there is none to show.
    Chosen(Option<Vec<PathBuf>>),
    /// What was written where, or why nothing was.
    Saved(String),
    /// A policy, or why it could not be read; `None` where the dialog was closed.
    PolicyRead(Option<Result<LoadedPolicy, String>>),
    Cancelled,
}

/// Where something that is saved shall go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking {
    pub(crate) title: &'static str,
    pub(crate) file_name: &'static str,
    /// What such files are called, and how their names end.
    pub(crate) kind: (&'static str, &'static str),
    /// What does the same where no dialog can be shown.
    pub(crate) otherwise: &'static str,
}

/// Asks the user where something shall go; `None` where no place was chosen.
pub(crate) type AskWhere = Arc<dyn Fn(Asking) -> Option<PathBuf> + Send + Sync>;

/// Shows the system's dialog.
fn show_dialog(asking: Asking) -> Option<PathBuf> {
    let (name, ending) = asking.kind;
    let dialog = rfd::FileDialog::new().set_title(asking.title).set_file_name(asking.file_name);
    dialog.add_filter(name, &[ending]).save_file()
}

/// Wakes the window when a job has something to say.
pub(crate) type Wake = Arc<dyn Fn() + Send + Sync>;

struct Running {
    kind: JobKind,
    number: u64,
    progress: Progress,
}

/// The slots, and the one channel on which every job reports.
pub(crate) struct Jobs {
    running: Vec<Running>,
    next: u64,
    /// Looks at files until it is cancelled; it is no work that anybody waits for.
    watching: Option<(u64, Progress)>,
    sender: Sender<(u64, JobEnd)>,
    receiver: Receiver<(u64, JobEnd)>,
    wake: Wake,
    /// How the user is asked where something shall go.
    pub(crate) ask_where: AskWhere,
    key: RunKey,
}

impl Jobs {
    pub(crate) fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        let ask_where: AskWhere = Arc::new(show_dialog);
        let key = RunKey::default();
        Self {
            running: Vec::new(),
            next: 0,
            watching: None,
            sender,
            receiver,
            wake,
            ask_where,
            key,
        }
    }

    /// Starts work of a kind; what of that kind still runs is cancelled and forgotten.
    pub(crate) fn start(
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
    pub(crate) fn import(&mut self, opening: Opening, settings: ImportSettings) {
        let key = self.key.clone();
        self.start(JobKind::Import, move |progress| {
            let prepared = match prepare(opening, &settings) {
                _ if progress.is_cancelled() => return JobEnd::Cancelled,
                Err(message) => return JobEnd::Imported(Err(message)),
                Ok(prepared) if !prepared.is_sure() => return JobEnd::Staged(Box::new(prepared)),
                Ok(prepared) => prepared,
            };
            match import_held(prepared.held, (&settings, &key), progress) {
                _ if progress.is_cancelled() => JobEnd::Cancelled,
                result => JobEnd::Imported(result.map(|inventory| (inventory, prepared.opening))),
            }
        });
    }

    /// Reads files that somebody wants to look at before they are opened.
    pub(crate) fn stage(&mut self, opening: Opening, settings: ImportSettings) {
        self.start(JobKind::Import, move |progress| match prepare(opening, &settings) {
            _ if progress.is_cancelled() => JobEnd::Cancelled,
            Err(message) => JobEnd::Imported(Err(message)),
            Ok(prepared) => JobEnd::Staged(Box::new(prepared)),
        });
    }

    /// Looks at staged files anew.
    pub(crate) fn preview(
        &mut self,
        held: Arc<StagedFiles>,
        settings: ImportSettings,
        views: Views,
    ) {
        self.start(JobKind::Preview, move |_| {
            JobEnd::Previewed(previews(&held, &settings, &views))
        });
    }

    /// Works out what would come of staged files in place of what is open.
    pub(crate) fn count(
        &mut self,
        held: Arc<StagedFiles>,
        settings: ImportSettings,
        open: Option<Arc<Answers>>,
    ) {
        let key = self.key.clone();
        self.start(JobKind::Import, move |progress| {
            match counted(held, (&settings, &key), open.as_deref(), progress) {
                _ if progress.is_cancelled() => JobEnd::Cancelled,
                result => JobEnd::ImportCounts(result),
            }
        });
    }

    /// Looks through the problems for those that are wished.
    pub(crate) fn filter_problems(&mut self, answers: Arc<Answers>, wish: ProblemWish) {
        self.start(JobKind::Filter, move |progress| {
            ProblemList::find(&answers, &wish, progress).map_or(JobEnd::Cancelled, JobEnd::Filtered)
        });
    }

    /// Reads what is open anew and compares.
    pub(crate) fn reread(&mut self, rereading: Rereading) {
        let key = self.key.clone();
        self.start(JobKind::Import, move |progress| {
            let Rereading { opening, settings, open } = rereading;
            let newer = prepare(opening, &settings).and_then(|prepared| {
                let opening = prepared.opening;
                let inventory = import_held(prepared.held, (&settings, &key), progress)?;
                Ok(Newer { inventory, opening })
            });
            match newer {
                _ if progress.is_cancelled() => JobEnd::Cancelled,
                Ok(newer) => compared(&open, newer, progress),
                Err(message) => JobEnd::Compared(Err(message)),
            }
        });
    }

    /// Compares what was imported with what is open, if it is a newer export of that.
    pub(crate) fn compare(&mut self, open: Arc<Answers>, newer: Newer) {
        self.start(JobKind::Import, move |progress| {
            if same_source(&open.graph, &newer.inventory) {
                compared(&open, newer, progress)
            } else {
                JobEnd::Other(newer)
            }
        });
    }

    /// Looks from now on whether these files change, and no longer at those before.
    pub(crate) fn watch(&mut self, watch: Watch) {
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
    pub(crate) fn unwatch(&mut self) {
        if let Some((_, progress)) = self.watching.take() {
            progress.cancel();
        }
    }

    pub(crate) fn analyse(&mut self, inventory: Arc<Inventory>, assumptions: Assumptions) {
        self.cancel_what_follows();
        self.start(JobKind::Analysis, move |progress| {
            Answers::compute(inventory, &assumptions, progress)
                .map_or(JobEnd::Cancelled, |answers| JobEnd::Answered(Arc::new(answers)))
        });
    }

    /// Stops what follows from answers that are about to be replaced.
    pub(crate) fn cancel_what_follows(&mut self) {
        use JobKind::{Assessment, Layout, Paths, Radius, WhatIf};
        for kind in [Layout, Assessment, Paths, WhatIf, Radius] {
            self.cancel(kind);
        }
    }

    pub(crate) fn lay_out(&mut self, answers: Arc<Answers>) {
        self.start(JobKind::Layout, move |progress| {
            answers.map(progress).map_or(JobEnd::Cancelled, |map| JobEnd::LaidOut(Arc::new(map)))
        });
    }

    pub(crate) fn ask_for_files(&mut self) {
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
    pub(crate) fn save_rejected(&mut self, inventory: Arc<Inventory>) {
        let asking = Asking {
            title: "Save the rejected rows",
            file_name: "rejected.csv",
            kind: ("CSV", "csv"),
            otherwise: "keyreach report --rejected FILE writes the rows",
        };
        self.save(asking, move |path| match crate::cli::save_rejected(&inventory, path) {
            Ok(files) => format!("The rejected rows are in {}", files.join(", ")),
            Err(error) => error,
        });
    }

    /// Asks where a mapping shall go, and writes it.
    pub(crate) fn save_mapping(&mut self, mapping: ColumnMapping) {
        let asking = Asking {
            title: "Save the mapping",
            file_name: "mapping.toml",
            kind: ("ColumnMapping", "toml"),
            otherwise: "keyreach mapping FILE writes the mapping",
        };
        self.save(asking, move |path| {
            let text = mapping.to_toml();
            let write = |out: &mut dyn std::io::Write| out.write_all(text.as_bytes());
            match crate::cli::write_whole(path, write) {
                Ok(()) => format!("The mapping is in {}", path.display()),
                Err(error) => {
                    format!("the mapping could not be written ({error}): {}", path.display())
                }
            }
        });
    }

    /// Asks where something shall go, and has it written there; what is said of it is told.
    pub(crate) fn save(
        &mut self,
        asking: Asking,
        write: impl FnOnce(&Path) -> String + Send + 'static,
    ) {
        let (ask, otherwise) = (self.ask_where.clone(), asking.otherwise);
        self.start(JobKind::Dialog, move |_| {
            JobEnd::Saved(ask(asking).map_or_else(
                || format!("no file was chosen; if no dialog appeared, {otherwise}"),
                |path| write(&path),
            ))
        });
    }

    /// Asks a job to stop; what it still reports is not listened to.
    pub(crate) fn cancel(&mut self, kind: JobKind) {
        for running in self.running.iter().filter(|running| running.kind == kind) {
            running.progress.cancel();
        }
        self.running.retain(|running| running.kind != kind);
    }

    /// The work that runs, and how far it is.
    pub(crate) fn running(&self) -> impl Iterator<Item = (JobKind, &Progress)> {
        self.running.iter().map(|running| (running.kind, &running.progress))
    }

    /// What has ended since the last look, without waiting.
    pub(crate) fn ended(&mut self) -> Vec<JobEnd> {
        let mut ends = Vec::new();
        while let Ok((number, end)) = self.receiver.try_recv() {
            self.take(number, end, &mut ends);
        }
        ends
    }

    /// Waits until one running job has ended; nothing where none runs.
    pub(crate) fn wait(&mut self) -> Vec<JobEnd> {
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

/// Frees what may be large off the drawing thread.
pub(crate) fn drop_in_background<T: Send + 'static>(large: T) {
    std::thread::spawn(move || drop(large));
}

/// What is read anew, and with what it is compared.
pub(crate) struct Rereading {
    pub(crate) opening: Opening,
    pub(crate) settings: ImportSettings,
    pub(crate) open: Arc<Answers>,
}

fn compared(open: &Answers, newer: Newer, progress: &Progress) -> JobEnd {
    let found = Comparison::of(open, newer, progress);
    found.map_or(JobEnd::Cancelled, |found| JobEnd::Compared(Ok(Box::new(found))))
}
