//! Where the project is kept, what of it is saved, and what waits until it is.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crate::app::work::comparison::Newer;
use crate::app::work::project_files::{EarlierState, ProjectAt, ProjectPlace, SavedProject};
use crate::app::work::unsaved_files::KeptWork;
use crate::import::ColumnMapping;
use crate::inventory::shown;
use crate::project::{FindingRecord, Project, Sources};

/// What is to happen once it is known what becomes of unsaved work.
#[derive(Clone, Debug)]
pub(crate) enum Waiting {
    /// An inventory takes the place of what is open.
    Take(Newer),
    /// A project does.
    Project(Arc<ProjectAt>),
    /// What is open is closed.
    Close,
    /// The window is.
    Quit,
    /// Work that a crash left is opened, or declined.
    Found(Arc<ProjectAt>),
    /// What could be read of a damaged project is opened as a copy.
    Damaged(Arc<ProjectAt>),
}

/// What is kept of unsaved work in case of a crash.
#[derive(Debug, Default)]
pub(crate) struct Autosave {
    /// Where; nowhere in tests, and where nothing is to be kept.
    pub(crate) folder: Option<PathBuf>,
    /// What is kept.
    pub(crate) kept: Option<KeptWork>,
    /// When what is not kept yet will be.
    pub(crate) due: Option<Instant>,
    /// How often in a row it could not be kept.
    pub(crate) failures: u32,
}

/// What was asked for a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct SaveDialog {
    /// The path as it is typed.
    pub(crate) path: String,
    /// Why it could not be saved there.
    pub(crate) why: Option<String>,
    /// Whether what is there is to be replaced.
    pub(crate) replaces: Replacing,
}

/// Whether what is at a place is to be replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Replacing {
    /// It is not, unless it is what the project was before.
    #[default]
    No,
    /// The system's dialog asked whether to, without a word on what others changed.
    Chosen,
    /// It is: the user knows what is there.
    Known,
}

/// Where the project is kept, and what of it is saved.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Saving {
    /// Its file; none where it has none yet.
    pub(crate) place: Option<ProjectPlace>,
    /// As it was when it was opened or saved last.
    saved: Option<Project>,
    /// As it is where nothing was made yet.
    usual: Project,
    /// What waits for an answer, or for the end of saving.
    pub(crate) waiting: Option<Waiting>,
    /// Whether it goes on by itself once all is saved.
    pub(crate) goes_on: bool,
    /// The question for a name, while it is in sight.
    pub(crate) dialog: Option<SaveDialog>,
    /// Where it is being saved, or was tried last.
    pub(crate) attempt: Option<PathBuf>,
    /// Whether a project was opened just now, to which no step leads back.
    pub(crate) is_opened_anew: bool,
    /// Whether the window is to be closed.
    pub(crate) quits: bool,
    /// Whether it is what a crash left, and in no file yet.
    pub(crate) is_recovered: bool,
    /// The file of the project that it is a later state of.
    pub(crate) recovered_of: Option<EarlierState>,
    /// What is kept in case of a crash.
    pub(crate) autosave: Autosave,
}

/// Whether what is open was pasted, or read as the user said it is to be read.
fn cannot_be_read_again(sources: &Sources) -> bool {
    let settings = &sources.settings;
    let is_own = |mapping: &ColumnMapping| mapping.file.is_none();
    let is_read_as_said = !settings.overrides.is_empty() || settings.mappings.iter().any(is_own);
    sources.inventory.is_some() && (sources.opening.is_none() || is_read_as_said)
}

impl Saving {
    /// Nothing is saved yet, and nothing made.
    pub(crate) fn new(usual: Project) -> Self {
        Self {
            place: None,
            saved: None,
            usual,
            waiting: None,
            goes_on: false,
            dialog: None,
            attempt: None,
            is_opened_anew: false,
            is_recovered: false,
            recovered_of: None,
            quits: false,
            autosave: Autosave::default(),
        }
    }

    /// What the project is compared with.
    pub(crate) fn projects_mut(&mut self) -> impl Iterator<Item = &mut Project> {
        self.saved.iter_mut().chain([&mut self.usual])
    }

    /// What is assumed where nothing was made yet.
    pub(crate) fn usual(&self) -> &Project {
        &self.usual
    }

    /// Whether the user made something that no file has. An inventory that came from files, and of
    /// which nothing was decided, can be read again.
    pub(crate) fn has_unsaved(&self, project: &Project) -> bool {
        let Some(saved) = &self.saved else {
            let sources = self.usual.sources.clone();
            // That something was imported says nothing that the import would not say again.
            let decided = project.findings.records.values().any(FindingRecord::is_decided);
            let findings = if decided { &project.findings } else { &self.usual.findings };
            // Pseudonyms follow from the names unless the user chose one.
            let chosen = project.pseudonyms.has_chosen();
            let pseudonyms =
                if chosen { &project.pseudonyms } else { &self.usual.pseudonyms }.clone();
            let findings = findings.clone();
            let made = Project { sources, findings, pseudonyms, ..project.clone() };
            return made != self.usual || cannot_be_read_again(&project.sources);
        };
        saved != project
    }

    /// Notes where the project is kept, and that all of it is saved.
    pub(crate) fn note(&mut self, saved: SavedProject) {
        let SavedProject { project, place, doubt } = saved;
        self.is_recovered = false;
        self.recovered_of = None;
        self.place = Some(place);
        // What the disk may lose again is not saved.
        if doubt.is_none() {
            self.saved = Some(project);
        }
    }

    /// The file of which what is open is a later state.
    pub(crate) fn earlier(&self) -> Option<EarlierState> {
        let place = self.place.as_ref().map(|place| EarlierState {
            path: place.path.clone(),
            digest: Some(place.digest.clone()),
        });
        place.or_else(|| self.recovered_of.clone())
    }

    /// What is open is no longer what the file holds: it has none now.
    pub(crate) fn leave_place(&mut self) {
        self.is_recovered = false;
        self.recovered_of = None;
        self.place = None;
        self.saved = None;
    }

    /// Whether the window asks something, over all that is in sight.
    pub(crate) fn asks(&self) -> bool {
        self.dialog.is_some() || (self.waiting.is_some() && !self.goes_on)
    }

    /// Takes a question back, and what waits for its answer.
    pub(crate) fn cancel(&mut self) {
        self.dialog = None;
        self.waiting = None;
        self.goes_on = false;
    }

    /// The name of the file, as far as it is known.
    pub(crate) fn name(&self) -> Option<String> {
        let path: &PathBuf = &self.place.as_ref()?.path;
        Some(shown(&path.file_name()?.to_string_lossy()).into_owned())
    }

    /// What stands above the window: the file, with a mark where something is not saved.
    pub(crate) fn title(&self, project: &Project) -> String {
        let mark = if self.has_unsaved(project) { "• " } else { "" };
        match self.name() {
            Some(name) => format!("{mark}{name} – Keyreach"),
            None => format!("{mark}Keyreach"),
        }
    }
}
