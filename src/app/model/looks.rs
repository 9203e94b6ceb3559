//! What was looked at, one after the other, so that one can go back and forward through it: no undo,
//! because nothing that the user made changes.

use crate::analysis::Subject;
use crate::app::jobs::ViewId;
use crate::app::model::around::Around;
use crate::app::model::filters::Filters;
use crate::app::model::found_again::FoundAgain;
use crate::app::model::route::{ChosenOwner, Route};
use crate::app::model::tab::Tab;
use crate::app::model::views::Inside;
use crate::app::work::view_layout::SpreadOf;
use crate::scene::ViewKind;

/// How many looks are kept.
const MOST: usize = 100;

/// Enough of what is looked at to look at it again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) selected: Vec<Subject>,
    pub(crate) route: Option<Route>,
    pub(crate) owner: Option<ChosenOwner>,
    pub(crate) shows_reached_by: bool,
    pub(crate) tab: Tab,
    pub(crate) view: ViewId,
    pub(crate) kind: ViewKind,
    pub(crate) spread: SpreadOf,
    pub(crate) filters: Filters,
    pub(crate) focused: bool,
    pub(crate) around: Option<Around>,
    pub(crate) inside: Vec<Inside>,
}

/// The looks before the present one, and those from which one went back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looks {
    past: Vec<Look>,
    /// The one that was left last stands at the end.
    future: Vec<Look>,
}

impl Looks {
    /// Notes how it looked before something else was looked at.
    pub(crate) fn note(&mut self, before: Look) {
        self.past.push(before);
        self.future.clear();
        if self.past.len() > MOST {
            self.past.remove(0);
        }
    }

    /// Whether there is a look to go back to, and one to go forward to.
    pub(crate) fn both_ways(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }

    /// The look before, which is the present one from now on.
    pub(crate) fn back(&mut self, now: Look) -> Option<Look> {
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The look after, which is the present one from now on.
    pub(crate) fn forward(&mut self, now: Look) -> Option<Look> {
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }

    /// Notes that a look was left for one before all that are known.
    pub(crate) fn leave(&mut self, now: Look) {
        self.future.push(now);
    }

    /// Forgets the looks since a focus was entered, and the one from which it was.
    pub(crate) fn drop_focus(&mut self, left: &Look) {
        while self.past.last().is_some_and(|own| own.focused) {
            self.past.pop();
        }
        if self.past.last().is_some_and(|own| {
            Look { focused: left.focused, around: left.around.clone(), ..own.clone() } == *left
        }) {
            self.past.pop();
        }
    }

    /// The same in another graph; paths are not found again, and looks at nothing that is left go.
    pub(crate) fn found_again(&self, again: &FoundAgain<'_>) -> Self {
        let all =
            |looks: &[Look]| looks.iter().filter_map(|look| look.found_again(again)).collect();
        Self { past: all(&self.past), future: all(&self.future) }
    }
}

impl Look {
    fn found_again(&self, again: &FoundAgain<'_>) -> Option<Self> {
        let selected = again.subjects(&self.selected);
        let is_gone = selected.len() < self.selected.len();
        if is_gone || self.route.is_some() || self.owner.is_some() {
            return None;
        }
        let around = self
            .around
            .as_ref()
            .map(|own| Around { centre: again.subjects(&own.centre), hops: own.hops });
        let filters = self.filters.found_again(again);
        let spread = SpreadOf { starts: again.subjects(&self.spread.starts), ..self.spread };
        Some(Self { selected, spread, filters, around, ..self.clone() })
    }
}
