//! What the window knows: the project, the answers that follow from it, and the session.
//!
//! Only [`Model::apply`] changes anything. Drawing takes `&Model` and pushes commands.

mod apply;
mod between;
mod command;
mod filters;
mod fixing;
mod ground;
mod lists;
mod orders;
mod picking;
mod policy;
mod problems;
mod reimport;
mod search;
mod session;
mod staging;

use std::sync::Arc;

use crate::analysis::{BlastRadius, Subject};
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::import::ImportSettings;
use crate::inventory::{Assumptions, Date, Inventory};
use crate::project::Fixes;
use crate::scene::{Emphasis, Map};

use super::actions::{self, Action};
use super::answers::Answers;
use super::comparison::Comparison;
use super::jobs::{JobKind, Jobs, Wake};
use super::judging::{FoundPaths, Judged, PickedEnds};

pub(super) use between::{Route, RouteOf};
pub(super) use command::{
    AnswerCommand, Command, End, FixCommand, LookCommand, PolicyCommand, ReimportCommand,
    StageChoice, StageCommand, Step, TableCommand,
};
pub(super) use filters::{Facet, Filters};
pub(super) use fixing::Fixing;
pub(super) use ground::Ground;
pub(super) use lists::Lists;
pub(super) use orders::AnswerSort;
pub(super) use picking::Picking;
pub(super) use policy::LoadedPolicy;
pub(super) use problems::{ProblemList, ProblemWish};
pub(super) use search::Found;
pub(super) use session::{CameraWish, Session, Sort, Tab};
pub(super) use staging::{Staging, by_word};

/// What is selected, with what follows from it.
#[derive(Debug)]
pub(super) struct Selection {
    pub(super) subject: Subject,
    pub(super) radius: BlastRadius,
    pub(super) emphasis: Option<Emphasis>,
}

/// One line of the palette.
#[derive(Clone, Copy)]
pub(super) enum Offer {
    Subject(Subject),
    Action(&'static Action),
}

/// Everything that the window draws from.
pub(super) struct Model {
    /// What is open.
    pub(super) ground: Ground,
    /// What is looked at before it is opened.
    pub(super) staging: Option<Staging>,
    pub(super) assumptions: Assumptions,
    /// The what-if list.
    pub(super) fixes: Fixes,
    /// What follows from it.
    pub(super) fixing: Fixing,
    /// How files are to be read.
    pub(super) import_settings: ImportSettings,
    past: Vec<ground::Gesture>,
    future: Vec<ground::Gesture>,
    pub(super) answers: Option<Arc<Answers>>,
    /// The dear answers, which come after the others.
    pub(super) judged: Option<Arc<Judged>>,
    /// Between which instances paths are looked for.
    pub(super) picked: PickedEnds,
    /// The paths between them.
    pub(super) found_paths: Option<Arc<FoundPaths>>,
    pub(super) map: Option<Arc<Map>>,
    pub(super) selection: Option<Selection>,
    /// The paths in question; nothing is selected then.
    pub(super) route: Option<Route>,
    pub(super) session: Session,
    pub(super) lists: Lists,
    orders: orders::Orders,
    /// What the text in the search field finds, and the one in the palette.
    pub(super) found: [Found; 2],
    /// Counts the changes of what the map shows, so that it is drawn anew only then.
    pub(super) picture: u64,
    pub(super) jobs: Jobs,
    /// Files of what is open that have changed on disk since they were read.
    pub(super) changed_on_disk: Vec<std::path::PathBuf>,
    /// A newer export that waits to be taken.
    pub(super) comparison: Option<Arc<Comparison>>,
    /// One sentence on what went wrong or was done last.
    pub(super) notice: Option<String>,
    /// Files that were opened before, the latest first.
    pub(super) recent: Vec<std::path::PathBuf>,
    /// Where the list of recent files is kept; nowhere in tests.
    pub(super) recent_file: Option<std::path::PathBuf>,
    /// Where mappings of shapes seen before are kept; nowhere in tests.
    pub(super) mappings_folder: Option<std::path::PathBuf>,
    opening: Vec<String>,
    select_first: Option<String>,
}

impl Model {
    /// An empty window that judges on `as_of`.
    pub(super) fn new(as_of: Date, wake: Wake) -> Self {
        Self {
            ground: Ground::default(),
            staging: None,
            assumptions: Assumptions::new(as_of),
            fixes: Fixes::default(),
            fixing: Fixing::default(),
            import_settings: ImportSettings::default(),
            past: Vec::new(),
            future: Vec::new(),
            answers: None,
            judged: None,
            picked: PickedEnds::default(),
            found_paths: None,
            map: None,
            selection: None,
            route: None,
            session: Session::default(),
            lists: Lists::default(),
            orders: orders::Orders::default(),
            found: [Found::default(), Found::default()],
            picture: 0,
            jobs: Jobs::new(wake),
            changed_on_disk: Vec::new(),
            comparison: None,
            notice: None,
            recent: Vec::new(),
            recent_file: None,
            mappings_folder: None,
            opening: Vec::new(),
            select_first: None,
        }
    }

    /// Once the answers are there, this credential or service is selected instead of the worst.
    pub(super) fn select_when_ready(&mut self, id: String) {
        self.select_first = Some(id);
    }

    /// Whether what was to be selected is still not there.
    pub(super) fn awaits_selection(&self) -> bool {
        self.select_first.is_some()
    }

    /// What is open.
    pub(super) fn inventory(&self) -> Option<&Arc<Inventory>> {
        self.ground.inventory.as_ref()
    }

    /// What undo would take back, as it reads after "Undo".
    pub(super) fn undoes(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would do again, as it reads after "Redo".
    pub(super) fn redoes(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// What the palette offers: the hits, then the actions whose names have the text in them.
    pub(super) fn offers(&self) -> Vec<Offer> {
        let wanted = self.session.palette_text.trim().to_lowercase();
        let [_, found] = &self.found;
        let actions =
            actions::all().filter(|action| action.title(self).to_lowercase().contains(&wanted));
        let hits = found.best.iter().map(|&subject| Offer::Subject(subject));
        hits.chain(actions.map(Offer::Action)).collect()
    }

    /// Whether what is selected is hidden by the filters.
    pub(super) fn selection_is_hidden(&self) -> bool {
        self.selected().is_some_and(|subject| !self.lists.passes(subject))
    }

    /// Whether what is open came from files that can be read anew.
    pub(super) fn has_files(&self) -> bool {
        !self.ground.paths().is_empty()
    }

    /// The subject in question.
    pub(super) fn selected(&self) -> Option<Subject> {
        self.selection.as_ref().map(|selection| selection.subject)
    }

    /// The service instance that is selected.
    pub(super) fn selected_instance(&self) -> Option<InstanceIndex> {
        match self.selected()? {
            Subject::Instance(at) => Some(at),
            Subject::Credential(_) => None,
        }
    }

    /// The credential that is selected.
    pub(super) fn selected_credential(&self) -> Option<CredentialIndex> {
        match self.selected()? {
            Subject::Credential(at) => Some(at),
            Subject::Instance(_) => None,
        }
    }

    /// Whether work of a kind runs.
    pub(super) fn runs(&self, kind: JobKind) -> bool {
        self.jobs.running().any(|(running, _)| running == kind)
    }

    /// Collects what jobs have finished. Says whether anything changed.
    pub(super) fn collect_jobs(&mut self) -> bool {
        let ends = self.jobs.ended();
        let changed = !ends.is_empty();
        for end in ends {
            self.finish_job(end);
        }
        changed
    }

    /// Waits until no job runs any more; for pictures and tests.
    pub(super) fn finish_jobs(&mut self) {
        loop {
            let ends = self.jobs.wait();
            if ends.is_empty() {
                return;
            }
            for end in ends {
                self.finish_job(end);
            }
        }
    }
}
