//! What the window knows: the project, the answers that follow from it, and the session.
//!
//! Only [`Model::apply`] changes anything. Drawing takes `&Model` and pushes commands.

pub(crate) mod apply;
pub(crate) mod between;
pub(crate) mod command;
pub(crate) mod filters;
pub(crate) mod what_if;
pub(crate) mod open_document;
pub(crate) mod lists;
pub(crate) mod sort_orders;
pub(crate) mod picking;
pub(crate) mod policy;
pub(crate) mod problems;
pub(crate) mod reimport;
pub(crate) mod search;
pub(crate) mod session;
pub(crate) mod staging;

use std::sync::Arc;

use crate::analysis::{BlastRadius, Subject};
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::import::ImportSettings;
use crate::inventory::{Assumptions, Date, Inventory};
use crate::project::Fixes;
use crate::scene::{Highlight, Map};

use crate::app::commands::table;
use crate::app::commands::table::Action;
use crate::app::jobs::{JobKind, Jobs, Wake};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{Assessment, FoundPaths, PickedEnds};
use crate::app::work::comparison::Comparison;

pub(crate) use crate::app::model::between::{Route, RouteOf};
pub(crate) use crate::app::model::lists::Lists;
pub(crate) use crate::app::model::open_document::OpenDocument;
pub(crate) use crate::app::model::search::Found;
pub(crate) use crate::app::model::session::Session;
pub(crate) use crate::app::model::staging::Staging;
pub(crate) use crate::app::model::what_if::Fixing;

/// What is selected, with what follows from it.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) subject: Subject,
    pub(crate) radius: BlastRadius,
    pub(crate) highlight: Option<Highlight>,
}

/// One line of the palette.
#[derive(Clone, Copy)]
pub(crate) enum Offer {
    Subject(Subject),
    Action(&'static Action),
}

/// Everything that the window draws from.
pub(crate) struct Model {
    /// What is open.
    pub(crate) document: OpenDocument,
    /// What is looked at before it is opened.
    pub(crate) staging: Option<Staging>,
    pub(crate) assumptions: Assumptions,
    /// The what-if list.
    pub(crate) fixes: Fixes,
    /// What follows from it.
    pub(crate) fixing: Fixing,
    /// How files are to be read.
    pub(crate) import_settings: ImportSettings,
    past: Vec<open_document::UndoStep>,
    future: Vec<open_document::UndoStep>,
    pub(crate) answers: Option<Arc<Answers>>,
    /// The dear answers, which come after the others.
    pub(crate) judged: Option<Arc<Assessment>>,
    /// Between which instances paths are looked for.
    pub(crate) picked: PickedEnds,
    /// The paths between them.
    pub(crate) found_paths: Option<Arc<FoundPaths>>,
    pub(crate) map: Option<Arc<Map>>,
    pub(crate) selection: Option<Selection>,
    /// The paths in question; nothing is selected then.
    pub(crate) route: Option<Route>,
    pub(crate) session: Session,
    pub(crate) lists: Lists,
    orders: sort_orders::Orders,
    /// What the text in the search field finds, and the one in the palette.
    pub(crate) found: [Found; 2],
    /// Counts the changes of what the map shows, so that it is drawn anew only then.
    pub(crate) picture: u64,
    pub(crate) jobs: Jobs,
    /// Files of what is open that have changed on disk since they were read.
    pub(crate) changed_on_disk: Vec<std::path::PathBuf>,
    /// A newer export that waits to be taken.
    pub(crate) comparison: Option<Arc<Comparison>>,
    /// One sentence on what went wrong or was done last.
    pub(crate) notice: Option<String>,
    /// Files that were opened before, the latest first.
    pub(crate) recent: Vec<std::path::PathBuf>,
    /// Where the list of recent files is kept; nowhere in tests.
    pub(crate) recent_file: Option<std::path::PathBuf>,
    /// Where mappings of shapes seen before are kept; nowhere in tests.
    pub(crate) mappings_folder: Option<std::path::PathBuf>,
    opening: Vec<String>,
    select_first: Option<String>,
}

impl Model {
    /// An empty window that judges on `as_of`.
    pub(crate) fn new(as_of: Date, wake: Wake) -> Self {
        Self {
            document: OpenDocument::default(),
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
            orders: sort_orders::Orders::default(),
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
    pub(crate) fn select_when_ready(&mut self, id: String) {
        self.select_first = Some(id);
    }

    /// Whether what was to be selected is still not there.
    pub(crate) fn awaits_selection(&self) -> bool {
        self.select_first.is_some()
    }

    /// What is open.
    pub(crate) fn inventory(&self) -> Option<&Arc<Inventory>> {
        self.document.inventory.as_ref()
    }

    /// What undo would take back, as it reads after "Undo".
    pub(crate) fn undoes(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would do again, as it reads after "Redo".
    pub(crate) fn redoes(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// What the palette offers: the hits, then the actions whose names have the text in them.
    pub(crate) fn offers(&self) -> Vec<Offer> {
        let wanted = self.session.palette_text.trim().to_lowercase();
        let [_, found] = &self.found;
        let actions =
            table::all().filter(|action| action.title(self).to_lowercase().contains(&wanted));
        let hits = found.best.iter().map(|&subject| Offer::Subject(subject));
        hits.chain(actions.map(Offer::Action)).collect()
    }

    /// Whether what is selected is hidden by the filters.
    pub(crate) fn selection_is_hidden(&self) -> bool {
        self.selected().is_some_and(|subject| !self.lists.passes(subject))
    }

    /// Whether what is open came from files that can be read anew.
    pub(crate) fn has_files(&self) -> bool {
        !self.document.paths().is_empty()
    }

    /// The subject in question.
    pub(crate) fn selected(&self) -> Option<Subject> {
        self.selection.as_ref().map(|selection| selection.subject)
    }

    /// The service instance that is selected.
    pub(crate) fn selected_instance(&self) -> Option<InstanceIndex> {
        match self.selected()? {
            Subject::Instance(at) => Some(at),
            Subject::Credential(_) => None,
        }
    }

    /// The credential that is selected.
    pub(crate) fn selected_credential(&self) -> Option<CredentialIndex> {
        match self.selected()? {
            Subject::Credential(at) => Some(at),
            Subject::Instance(_) => None,
        }
    }

    /// Whether work of a kind runs.
    pub(crate) fn runs(&self, kind: JobKind) -> bool {
        self.jobs.running().any(|(running, _)| running == kind)
    }

    /// Collects what jobs have finished. Says whether anything changed.
    pub(crate) fn collect_jobs(&mut self) -> bool {
        let ends = self.jobs.ended();
        let changed = !ends.is_empty();
        for end in ends {
            self.finish_job(end);
        }
        changed
    }

    /// Waits until no job runs any more; for pictures and tests.
    pub(crate) fn finish_jobs(&mut self) {
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
