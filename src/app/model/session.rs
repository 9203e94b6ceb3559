//! What is gone when the window closes: tabs, panels, what is typed.

use std::collections::BTreeSet;

use crate::scene::ThemeMode;

use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::tab::Tab;
use crate::app::work::sort::Sort;

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on screen")]
/// What the user would not expect to find again tomorrow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Session {
    pub(crate) theme_mode: ThemeMode,
    pub(crate) tab: Tab,
    pub(crate) sort: Sort,
    pub(crate) reversed: bool,
    /// What the tables of paths and choke points are sorted by.
    pub(crate) answer_sort: AnswerSort,
    pub(crate) answers_reversed: bool,
    pub(crate) search: String,
    pub(crate) rejected_only: bool,
    /// What the listed problems have in them.
    pub(crate) problem_text: String,
    pub(crate) folded: BTreeSet<&'static str>,
    pub(crate) palette: bool,
    pub(crate) palette_text: String,
    /// The line of the palette that Enter carries out.
    pub(crate) palette_at: usize,
    /// Whether the arrow keys walk through the table rather than over the map.
    pub(crate) in_table: bool,
    pub(crate) help: bool,
    /// Whether the list of undo steps lies over the window.
    pub(crate) history: bool,
    /// Whether the page of assumptions stands in the place of the inspector.
    pub(crate) policy: bool,
    /// Whether everything is shown with the fixes in force, as far as there are any.
    pub(crate) with_fixes: bool,
    /// Whether it was opened for the environments and their tiers.
    pub(crate) policy_environments: bool,
    /// Whether the map lights who reaches the selected instance instead of what it reaches.
    pub(crate) shows_reached_by: bool,
    /// The row that was reached by the arrow keys.
    pub(crate) row: Option<usize>,
    /// The row to be scrolled into sight.
    pub(crate) scroll_to_selection: bool,
}

impl Session {
    /// Folds a panel, or unfolds it.
    pub(crate) fn fold(&mut self, panel: &'static str) {
        if !self.folded.remove(panel) {
            self.folded.insert(panel);
        }
    }

    /// Whether a panel is folded.
    pub(crate) fn is_folded(&self, panel: &'static str) -> bool {
        self.folded.contains(panel)
    }
}
