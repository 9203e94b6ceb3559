//! Filters that were given a name, until the window closes.

use crate::app::model::filters::Filters;
use crate::app::model::found_again::FoundAgain;

/// Filters by name, in the order in which they were saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SavedFilters(Vec<(String, Filters)>);

impl SavedFilters {
    /// The names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The filters at a place.
    pub(crate) fn at(&self, place: usize) -> Option<&Filters> {
        self.0.get(place).map(|(_, filters)| filters)
    }

    /// Saves filters under a name, in place of those that had it. A blank name saves nothing.
    pub(crate) fn save(&mut self, name: &str, filters: Filters) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = filters,
            None => self.0.push((name.to_owned(), filters)),
        }
    }

    /// Forgets the filters at a place.
    pub(crate) fn forget(&mut self, place: usize) {
        if place < self.0.len() {
            self.0.remove(place);
        }
    }

    /// The same for another graph.
    pub(crate) fn found_again(&self, again: &FoundAgain<'_>) -> Self {
        let all = self.0.iter().map(|(name, own)| (name.clone(), own.found_again(again)));
        Self(all.collect())
    }
}
