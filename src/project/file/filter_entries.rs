//! What of the filters belongs to the project, as entries.

use serde::{Deserialize, Serialize};

use crate::project::filters::{HiddenByHand, KeptFilters, SavedFilters};
use crate::project::subject_name::SubjectName;

/// One line of the filters.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FilterEntry {
    /// Hidden by hand.
    Hidden(SubjectName),
    /// In sight whatever the filters say.
    Shown(SubjectName),
    /// Nothing else is in sight.
    OthersHidden,
    /// Filters that were given a name.
    Saved(SavedFilters),
}

pub(super) fn filter_entries(kept: &KeptFilters) -> Vec<FilterEntry> {
    let HiddenByHand { hidden, shown, others_hidden } = &kept.by_hand;
    let mut entries: Vec<FilterEntry> = hidden.iter().cloned().map(FilterEntry::Hidden).collect();
    entries.extend(shown.iter().cloned().map(FilterEntry::Shown));
    entries.extend(others_hidden.then_some(FilterEntry::OthersHidden));
    entries.extend(kept.saved().iter().cloned().map(FilterEntry::Saved));
    entries
}

pub(super) fn filters_of(entries: Vec<FilterEntry>) -> KeptFilters {
    let (mut by_hand, mut saved) = (HiddenByHand::default(), Vec::new());
    for entry in entries {
        match entry {
            FilterEntry::Hidden(name) => drop(by_hand.hidden.insert(name)),
            FilterEntry::Shown(name) => drop(by_hand.shown.insert(name)),
            FilterEntry::OthersHidden => by_hand.others_hidden = true,
            FilterEntry::Saved(one) => saved.push(one),
        }
    }
    KeptFilters::of(by_hand, saved)
}
