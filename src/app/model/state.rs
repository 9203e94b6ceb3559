//! What the window knows: the project, what follows from it, the session and the jobs. Read here;
//! changed by [`apply`](crate::app::model::apply) alone.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::{Fix, OwnerFigures, Path, Question, ReachedBy, Subject};
use crate::app::jobs::dialog::{AskWhere, show_dialog};
use crate::app::jobs::{JobKind, Jobs, Wake};
use crate::app::model::disputes_in_sight::DisputesInSight;
use crate::app::model::filters::Filters;
use crate::app::model::hidden_names::HiddenNames;
use crate::app::model::history::History;
use crate::app::model::job_end::JobEnd;
use crate::app::model::lists::{Listed, Lists};
use crate::app::model::looks::Looks;
pub(crate) use crate::app::model::route::ChosenOwner;
use crate::app::model::route::Route;
use crate::app::model::saving::Saving;
use crate::app::model::search::SearchHits;
use crate::app::model::selection::Selection;
use crate::app::model::session::Session;
use crate::app::model::settings::Settings;
use crate::app::model::sort_orders::Orders;
use crate::app::model::staging::Staging;
use crate::app::model::standings::StandingsInSight;
use crate::app::model::tab::Tab;
use crate::app::model::views::Views;
use crate::app::model::walk::Walk;
use crate::app::model::what_if::{AsIs, ComparedViews, WhatIf};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{AssessedAnswers, FoundPaths, PickedEnds};
use crate::app::work::comparison::Comparison;
use crate::app::work::map_layout::SeenMap;
use crate::app::work::recent_files::RecentFile;
use crate::app::work::rotation::FoundRotation;
use crate::app::work::run_key::RunKey;
use crate::app::work::scenarios::ScenarioTable;
use crate::app::work::write_queue::WriteQueue;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::import::{ImportSettings, without_secrets};
use crate::inventory::{Date, Inventory};
use crate::project::Project;
use crate::scene::Map;

/// The order of rotation, and how much of it is ticked off.
#[derive(Clone, Debug)]
pub(crate) struct RotationInSight {
    pub(crate) found: Arc<FoundRotation>,
    pub(crate) done: usize,
}

/// How much work on the ways of links one frame does: some milliseconds.
pub(crate) const WAYS_OF_A_FRAME: u32 = 100_000;

/// Everything that the window draws from.
pub(crate) struct Model {
    /// The day that it is.
    pub(crate) today: Date,
    /// All that the user made.
    pub(crate) project: Project,
    /// Which names are hidden; `project` is under pseudonyms then.
    pub(crate) hidden: Option<HiddenNames>,
    /// How the project was before, step by step.
    pub(crate) history: History,
    /// How files are to be read next.
    pub(crate) import_settings: ImportSettings,
    /// What is looked at before it is opened.
    pub(crate) staging: Option<Staging>,
    /// Where the project is kept, and what of it is saved.
    pub(crate) saving: Saving,
    /// A newer export that waits to be taken.
    pub(crate) comparison: Option<Arc<Comparison>>,
    /// What is shown: of what is open as it is, or with the fixes in force.
    pub(crate) answers: Option<Arc<Answers>>,
    /// How the findings stand that are shown.
    pub(crate) standings: Option<StandingsInSight>,
    /// What is disputed of what they assume.
    pub(crate) disputed: DisputesInSight,
    /// What is open as it is, while it is shown with fixes.
    pub(crate) as_is: Option<AsIs>,
    /// The map of what is open as it was last laid out, without fixes: later ones begin from it.
    pub(crate) seen: Option<SeenMap>,
    /// Which of the expensive questions are asked: a picture alone needs no plan.
    pub(crate) questions: &'static [Question],
    /// The expensive answers, which come after the others.
    pub(crate) assessment: Option<Arc<AssessedAnswers>>,
    /// Between which instances paths are looked for.
    pub(crate) picked: PickedEnds,
    /// The paths between them.
    pub(crate) found_paths: Option<Arc<FoundPaths>>,
    /// The order in which to replace what is obtained from what has fallen.
    pub(crate) rotation: Option<RotationInSight>,
    /// What follows from the what-if list.
    pub(crate) what_if: WhatIf,
    /// The scenarios beside each other, as they were compared last.
    pub(crate) scenario_table: Option<Arc<ScenarioTable>>,
    /// What two views come to that compare lists of fixes.
    pub(crate) compared: ComparedViews,
    /// One view of it, or two beside each other.
    pub(crate) views: Views,
    pub(crate) selection: Option<Selection>,
    /// Which entry points reach the selected instance, once that is worked out.
    pub(crate) reached_by: Option<Arc<ReachedBy>>,
    /// The paths in question; nothing is selected then.
    pub(crate) route: Option<Route>,
    /// The owner in question; nothing is selected then, and no path is in question.
    pub(crate) owner: Option<ChosenOwner>,
    pub(crate) session: Session,
    pub(crate) lists: Lists,
    pub(crate) listed: Listed,
    pub(crate) orders: Orders,
    /// What the text in the search field finds, and the one in the palette.
    pub(crate) found: [SearchHits; 2],
    /// The last step along a link.
    pub(crate) walk: Option<Walk>,
    /// What was looked at before, and after.
    pub(crate) looks: Looks,
    /// Counts the changes of what the map shows, so that it is drawn anew only then.
    pub(crate) picture: u64,
    /// How much work on the ways of links one frame does; with none they run straight.
    pub(crate) ways_of_a_frame: u32,
    pub(crate) jobs: Jobs<JobEnd>,
    /// The key under which secrets are fingerprinted until the window closes.
    pub(crate) run_key: RunKey,
    /// How the user is asked where something shall go.
    pub(crate) ask_where: AskWhere,
    /// Files of what is open that have changed on disk since they were read.
    pub(crate) changed_on_disk: Vec<PathBuf>,
    /// One sentence on what went wrong or was done last.
    pub(crate) notice: Option<String>,
    /// The last of these that says that something was done.
    pub(crate) done: Option<String>,
    /// Files that were opened before, the latest first.
    pub(crate) recent: Vec<RecentFile>,
    /// What the next start finds as it was, and where that is kept.
    pub(crate) settings: Settings,
    /// What waits to be written there.
    pub(crate) kept_files: WriteQueue,
    /// What the window is to put into the clipboard.
    pub(crate) to_copy: Option<crate::app::model::to_copy::ToCopy>,
    /// The names of what is being opened.
    pub(crate) opening: Vec<String>,
    /// What is selected once the answers are there, instead of the worst.
    pub(crate) select_first: Option<String>,
}

impl Model {
    /// An empty window that judges on `as_of`, taken for today.
    pub(crate) fn new(as_of: Date, wake: Wake) -> Self {
        Self {
            today: as_of,
            project: Project::new(as_of),
            hidden: None,
            history: History::default(),
            import_settings: ImportSettings::default(),
            staging: None,
            saving: Saving::new(Project::new(as_of)),
            comparison: None,
            answers: None,
            standings: None,
            disputed: DisputesInSight::default(),
            as_is: None,
            seen: None,
            questions: &Question::ALL,
            assessment: None,
            picked: PickedEnds::default(),
            found_paths: None,
            rotation: None,
            what_if: WhatIf::default(),
            scenario_table: None,
            compared: ComparedViews::default(),
            views: Views::default(),
            selection: None,
            reached_by: None,
            route: None,
            owner: None,
            session: Session::default(),
            lists: Lists::default(),
            listed: Listed::default(),
            orders: Orders::default(),
            found: [SearchHits::default(), SearchHits::default()],
            walk: None,
            looks: Looks::default(),
            picture: 0,
            ways_of_a_frame: WAYS_OF_A_FRAME,
            jobs: Jobs::new(wake),
            run_key: RunKey::default(),
            ask_where: Arc::new(show_dialog),
            changed_on_disk: Vec::new(),
            notice: None,
            done: None,
            recent: Vec::new(),
            settings: Settings::default(),
            kept_files: WriteQueue::default(),
            to_copy: None,
            opening: Vec::new(),
            select_first: None,
        }
    }

    /// Once the answers are there, this credential or service is selected instead of the worst.
    pub(crate) fn select_when_ready(&mut self, id: String) {
        self.select_first = Some(id);
    }

    /// The answers on what is open as it is, whatever is shown.
    pub(crate) fn answers_as_is(&self) -> Option<&Arc<Answers>> {
        self.as_is.as_ref().map(|as_is| &as_is.answers).or(self.answers.as_ref())
    }

    /// The map of the active view.
    pub(crate) fn map(&self) -> Option<&Arc<Map>> {
        self.views.active().data.map.as_ref()
    }

    /// The filters of the active view.
    pub(crate) fn filters(&self) -> &Filters {
        &self.views.active().spec.filters
    }

    /// Whether something is in question: what is selected, or paths.
    pub(crate) fn has_highlight(&self) -> bool {
        self.route.is_some() || self.owner.is_some() || self.selection.is_some()
    }

    /// How many rows the tab in sight has.
    pub(crate) fn rows(&self, tab: Tab) -> usize {
        match tab {
            Tab::Paths => self.listed_paths().map_or(0, <[Path]>::len),
            Tab::ChokePoints => self.assessment.as_ref().map_or(0, |own| own.choke_points.len()),
            Tab::Owners => self.orders.owners.len(),
            Tab::Findings
            | Tab::Credentials
            | Tab::Services
            | Tab::Problems
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Rotation => self.lists.rows(tab),
        }
    }

    /// What a row of the tab is about.
    pub(crate) fn subject_at(&self, answers: &Answers, tab: Tab, row: usize) -> Option<Subject> {
        match tab {
            Tab::ChokePoints => self.choke_point_at(row).map(|(at, _)| Subject::Credential(at)),
            Tab::Paths
            | Tab::Findings
            | Tab::Credentials
            | Tab::Services
            | Tab::Problems
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Owners
            | Tab::Rotation => self.lists.subject_at(answers, tab, row),
        }
    }

    /// The path in a row, and which of the listed ones it is.
    pub(crate) fn path_at(&self, row: usize) -> Option<(usize, &Path)> {
        let at = *self.orders.paths.get(row)?;
        Some((at, self.listed_paths()?.get(at)?))
    }

    /// The row in which a listed path stands.
    pub(crate) fn row_of_path(&self, at: usize) -> Option<usize> {
        self.orders.paths.iter().position(|own| *own == at)
    }

    /// The choke point in a row, with the pairs that hang on it.
    pub(crate) fn choke_point_at(&self, row: usize) -> Option<(CredentialIndex, u64)> {
        let at = *self.orders.choke_points.get(row)?;
        self.assessment.as_ref()?.choke_points.get(at).copied()
    }

    /// The figures of the owner in a row.
    pub(crate) fn owner_at(&self, row: usize) -> Option<&OwnerFigures> {
        let at = *self.orders.owners.get(row)?;
        self.answers.as_ref()?.owners.figures.get(at)
    }

    /// The row of the owner in question.
    pub(crate) fn row_of_owner(&self) -> Option<usize> {
        let ChosenOwner(chosen) = self.owner?;
        let mut rows = 0..self.orders.owners.len();
        rows.find(|&row| self.owner_at(row).is_some_and(|own| own.owner == chosen))
    }

    /// Where in the list the fix stands that is looked at alone.
    pub(crate) fn chosen_fix(&self) -> Option<usize> {
        self.project.fixes.position(self.what_if.chosen.as_ref()?)
    }

    /// The fixes that are on and can be applied, in order.
    pub(crate) fn fixes_in_force(&self) -> Vec<Fix> {
        let listed = self.project.fixes.list().iter().zip(&self.what_if.standings);
        listed.filter(|(named, _)| named.on).filter_map(|(_, at)| at.fix().cloned()).collect()
    }

    /// Whether something lies over the window that asks what to do.
    pub(crate) fn is_covered(&self) -> bool {
        let session = &self.session;
        let asks = self.saving.asks()
            || session.decision.is_some()
            || session.pseudonym.is_some()
            || session.workshop.is_some();
        self.comparison.is_some() || asks || self.session.export.is_open
    }

    /// Whether what was to be selected is still not there.
    pub(crate) fn awaits_selection(&self) -> bool {
        self.select_first.is_some()
    }

    /// What is open.
    pub(crate) fn inventory(&self) -> Option<&Arc<Inventory>> {
        self.project.sources.inventory.as_ref()
    }

    /// A text that somebody wrote, with a mask in the place of secret values; names of the inventory stay.
    pub(crate) fn without_secrets(&self, text: &str) -> String {
        let names = self.inventory().map(|inventory| &inventory.names);
        without_secrets(text, |name| names.is_some_and(|names| names.find(name).is_some()))
    }

    /// What undo would take back, as it reads after "Undo".
    pub(crate) fn undoes(&self) -> Option<&str> {
        self.history.undoes()
    }

    /// What redo would do again, as it reads after "Redo".
    pub(crate) fn redoes(&self) -> Option<&str> {
        self.history.redoes()
    }

    /// Whether what is selected is hidden by the filters of the active view.
    pub(crate) fn selection_is_hidden(&self) -> bool {
        self.selected().is_some_and(|subject| !self.views.active().data.sight.passes(subject))
    }

    /// Whether what is open came from files that can be read anew.
    pub(crate) fn has_files(&self) -> bool {
        !self.project.sources.paths().is_empty()
    }

    /// The subject in question; none where several are selected.
    pub(crate) fn selected(&self) -> Option<Subject> {
        self.selection.as_ref()?.one()
    }

    /// Whether a subject is selected, alone or among others.
    pub(crate) fn is_selected(&self, subject: Subject) -> bool {
        self.selection.as_ref().is_some_and(|selection| selection.has(subject))
    }

    /// Everything that is selected.
    pub(crate) fn selected_all(&self) -> &[Subject] {
        self.selection.as_ref().map_or(&[], |selection| &selection.all)
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
}
