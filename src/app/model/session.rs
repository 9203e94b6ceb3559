//! What is gone when the window closes: tabs, panels, what is typed.

use std::collections::BTreeMap;

use crate::scene::ThemeMode;

use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::export_dialog::ExportState;
use crate::app::model::finding_draft::DecisionDraft;
use crate::app::model::finding_groups::FindingGroup;
use crate::app::model::panes::{Pane, Panes};
use crate::app::model::policy_section::PolicySection;
use crate::app::model::presentation::{Presentation, Story, Thumbnails};
use crate::app::model::pseudonym_draft::PseudonymDraft;
use crate::app::model::tab::Tab;
use crate::app::model::typed::TypedText;
use crate::app::model::workshop_command::WorkshopDraft;
use crate::app::work::sort::Sort;
use crate::project::{FindingState, LastView, RedactedKinds, Scene};

/// How a table was left: it is found so again when its tab is shown again.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TableState {
    pub(crate) sort: Sort,
    pub(crate) reversed: bool,
    /// What the tables of paths, choke points and owners are sorted by.
    pub(crate) answer_sort: AnswerSort,
    pub(crate) answers_reversed: bool,
    /// The row that was picked, or reached by the arrow keys.
    pub(crate) row: Option<usize>,
}

impl TableState {
    fn new(tab: Tab) -> Self {
        let sort = if tab == Tab::Problems { Sort::Place } else { Sort::default() };
        Self { sort, ..Self::default() }
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on screen")]
/// What the user would not expect to find again tomorrow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Session {
    pub(crate) theme_mode: ThemeMode,
    pub(crate) tab: Tab,
    /// How each table was left.
    tables: BTreeMap<Tab, TableState>,
    pub(crate) search: String,
    pub(crate) rejected_only: bool,
    /// What the listed problems have in them.
    pub(crate) problem_text: String,
    pub(crate) panes: Panes,
    pub(crate) palette: bool,
    pub(crate) palette_text: String,
    /// The line of the palette that Enter carries out.
    pub(crate) palette_at: usize,
    /// Whether the arrow keys walk through the table rather than over the map.
    pub(crate) in_table: bool,
    pub(crate) help: bool,
    /// Whether the next drag on a picture draws a lasso.
    pub(crate) lasso: bool,
    /// Whether the list of undo steps lies over the window.
    pub(crate) history: bool,
    /// The question what is to be exported.
    pub(crate) export: ExportState,
    /// The only state whose findings are listed.
    pub(crate) finding_state: Option<FindingState>,
    /// By what the findings are grouped.
    pub(crate) finding_group: Option<FindingGroup>,
    /// What is being decided on findings, while the editor is open.
    pub(crate) decision: Option<DecisionDraft>,
    /// The pseudonym that is being chosen.
    pub(crate) pseudonym: Option<PseudonymDraft>,
    /// What is being written down in a workshop.
    pub(crate) workshop: Option<WorkshopDraft>,
    /// Who disputed or stated something last.
    pub(crate) workshop_by: String,
    /// Whether the page of assumptions stands in the place of the inspector.
    pub(crate) policy: bool,
    /// Whether everything is shown with the fixes in force, as far as there are any.
    pub(crate) with_fixes: bool,
    /// Whether it was opened for the environments and their tiers.
    pub(crate) policy_section: PolicySection,
    /// Within how many hops something is shown next.
    pub(crate) hops: u8,
    /// Whether the map lights who reaches the selected instance instead of what it reaches.
    pub(crate) shows_reached_by: bool,
    /// Up to which hop what is selected, or the path in question, is lit; all of it without.
    pub(crate) hop: Option<u32>,
    /// The place of the scene that was shown last.
    pub(crate) scene: Option<usize>,
    /// What the views showed when the project was saved, until there are answers to look at.
    pub(crate) last_view: Option<LastView>,
    /// The scene that is to be looked at again once its fixes are worked out.
    pub(crate) awaited_scene: Option<Box<Scene>>,
    pub(crate) thumbnails: Thumbnails,
    /// The presentation, while it is going on.
    pub(crate) presentation: Option<Box<Presentation>>,
    /// The presentation while names are hidden or shown under it: it goes on then.
    pub(crate) paused: Option<Box<Presentation>>,
    /// How far the guided story has got.
    pub(crate) story: Story,
    /// Whether the window has the whole screen.
    pub(crate) full_screen: bool,
    /// Which names are hidden next.
    pub(crate) hides: RedactedKinds,
    /// What is being typed into a field that keeps it once it is left.
    pub(crate) typed: Option<TypedText>,
    /// Whether answers take the place of the same ones under other names.
    pub(crate) is_renaming: bool,
    /// The row to be scrolled into sight.
    pub(crate) scroll_to_selection: bool,
}

impl Session {
    /// Shows a panel, in the place of the other one where both have no room.
    pub(crate) fn unfold(&mut self, pane: Pane) {
        self.panes.unfold(pane, self.theme_mode);
    }

    /// Folds a panel that is in sight, or shows one that is not.
    pub(crate) fn toggle_pane(&mut self, pane: Pane) {
        self.panes.toggle(pane, self.theme_mode);
    }

    /// Whether a panel is folded.
    pub(crate) fn is_folded(&self, pane: Pane) -> bool {
        self.panes.is_folded(pane, self.theme_mode)
    }

    /// How the table in sight stands.
    pub(crate) fn table(&self) -> TableState {
        self.table_of(self.tab)
    }

    /// How the table of a tab stands.
    pub(crate) fn table_of(&self, tab: Tab) -> TableState {
        self.tables.get(&tab).copied().unwrap_or_else(|| TableState::new(tab))
    }

    /// The same, to be changed.
    pub(crate) fn table_mut(&mut self) -> &mut TableState {
        self.tables.entry(self.tab).or_insert_with(|| TableState::new(self.tab))
    }

    /// Forgets which rows were picked in some of the tables, because other rows stand there now.
    pub(crate) fn forget_rows(&mut self, of: impl Fn(Tab) -> bool) {
        for (_, table) in self.tables.iter_mut().filter(|(tab, _)| of(**tab)) {
            table.row = None;
        }
    }
}
