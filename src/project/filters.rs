//! What was hidden or shown one by one, and filters that were given a name.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::subject_name::{CredentialName, Lookup, SubjectName};
use crate::analysis::Severity;
use crate::graph::AccessGraph;

/// What was hidden or shown by hand. It goes before every filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HiddenByHand {
    /// Never in sight.
    pub hidden: BTreeSet<SubjectName>,
    /// In sight whatever the filters say.
    pub shown: BTreeSet<SubjectName>,
    /// Whether nothing but what is shown by hand is in sight.
    pub others_hidden: bool,
}

impl HiddenByHand {
    /// Hides some things.
    pub fn hide(&mut self, names: impl IntoIterator<Item = SubjectName>) {
        for name in names {
            self.shown.remove(&name);
            self.hidden.insert(name);
        }
    }

    /// Leaves some things alone in sight.
    pub fn hide_others(&mut self, names: impl IntoIterator<Item = SubjectName>) {
        let shown = names.into_iter().collect();
        *self = Self { hidden: BTreeSet::new(), shown, others_hidden: true };
    }

    /// Shows some things, whatever hid them.
    pub fn show(&mut self, names: impl IntoIterator<Item = SubjectName>) {
        for name in names {
            self.hidden.remove(&name);
            self.shown.insert(name);
        }
    }

    /// Whether it hides or shows anything.
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        let renamed = |name: &SubjectName| match name {
            SubjectName::Credential(name) => SubjectName::Credential(newer(name)),
            SubjectName::Instance(_) | SubjectName::Owner(_) | SubjectName::Path(_) => name.clone(),
        };
        Self {
            hidden: self.hidden.iter().map(renamed).collect(),
            shown: self.shown.iter().map(renamed).collect(),
            others_hidden: self.others_hidden,
        }
    }

    /// What a graph does not have, in words.
    fn missing_in(&self, graph: &AccessGraph) -> Vec<String> {
        let is_gone = |name: &&SubjectName| !matches!(name.found_in(graph, &[]), Lookup::Found(_));
        self.hidden.iter().chain(&self.shown).filter(is_gone).map(SubjectName::words).collect()
    }
}

/// A filter that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FilterSwitch {
    /// Shows only entry points and what is linked to them.
    EntryPoints,
    /// Shows only crown jewels and what is linked to them.
    CrownJewels,
    /// Shows only what has fallen already and what is linked to it.
    AlreadyFallen,
    /// Shows only what is shared.
    Shared,
    /// Shows only what crosses environments.
    Crossing,
    /// Shows only what the headline counts.
    Headline,
    /// Hides credentials that are not shared.
    UnsharedHidden,
    /// Shows what the other filters hide, and nothing else.
    Inverted,
}

/// The filters of a view, by the names of what they hide or leave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedFilters {
    /// The canonical labels of the environments that are hidden; empty for the unknown one.
    pub hidden_environments: BTreeSet<String>,
    /// Shows only these types of credentials.
    pub types: BTreeSet<String>,
    /// Shows only what these own.
    pub owners: BTreeSet<String>,
    /// Shows only what has a finding of these.
    pub severities: BTreeSet<Severity>,
    /// What is switched on.
    pub switches: BTreeSet<FilterSwitch>,
    /// A search text that hides what it does not find.
    pub search: String,
    /// What was hidden or shown one by one.
    pub by_hand: HiddenByHand,
}

impl NamedFilters {
    /// The same with the names that a newer export has for its credentials.
    #[must_use]
    pub fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        Self { by_hand: self.by_hand.renamed(newer), ..self.clone() }
    }

    /// What of it a graph does not have, a few words each: "owner “ann”". Costs one pass over the
    /// credentials where types are filtered.
    pub fn missing_in(&self, graph: &AccessGraph) -> Vec<String> {
        let text = |name| graph.inventory().text(name);
        let has_environment =
            |label: &str| graph.environments().iter().any(|own| own.label == label);
        let has_owner = |owner: &str| graph.owners().iter().any(|own| own == owner);
        let has_type = |kind: &str| {
            graph.credentials().iter().any(|own| own.kind.is_some_and(|own| text(own) == kind))
        };
        let mut missing = Vec::new();
        let mut list = |what: &str, names: &BTreeSet<String>, has: &dyn Fn(&str) -> bool| {
            let gone = names.iter().filter(|name| !has(name));
            missing.extend(gone.map(|name| format!("{what} “{name}”")));
        };
        list("environment", &self.hidden_environments, &has_environment);
        list("type", &self.types, &has_type);
        list("owner", &self.owners, &has_owner);
        missing.extend(self.by_hand.missing_in(graph).iter().map(|name| format!("“{name}”")));
        missing
    }
}

/// Filters with the name that they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedFilters {
    /// As it is listed.
    pub name: String,
    /// What they hide or leave.
    pub filters: NamedFilters,
}

/// What of the filters belongs to the project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptFilters {
    /// What is hidden or shown one by one now, in every view.
    pub by_hand: HiddenByHand,
    /// In the order in which they were first saved.
    saved: Vec<SavedFilters>,
}

impl KeptFilters {
    /// What was kept; of several filters of one name the last ones stay.
    pub fn of(by_hand: HiddenByHand, saved: Vec<SavedFilters>) -> Self {
        let mut kept = Self { by_hand, saved: Vec::new() };
        for SavedFilters { name, filters } in saved {
            kept.save(&name, filters);
        }
        kept
    }

    /// The filters that were given a name.
    pub fn saved(&self) -> &[SavedFilters] {
        &self.saved
    }

    /// Saves filters under a name, in place of those that had it. A blank name saves nothing.
    pub fn save(&mut self, name: &str, filters: NamedFilters) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        match self.saved.iter_mut().find(|own| own.name == name) {
            Some(own) => own.filters = filters,
            None => self.saved.push(SavedFilters { name: name.to_owned(), filters }),
        }
    }

    /// Forgets the filters at a place.
    pub fn forget(&mut self, place: usize) {
        if place < self.saved.len() {
            self.saved.remove(place);
        }
    }

    /// The same with the names that a newer export has for its credentials.
    #[must_use]
    pub fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        let renamed = |own: &SavedFilters| SavedFilters {
            name: own.name.clone(),
            filters: own.filters.renamed(&newer),
        };
        Self {
            by_hand: self.by_hand.renamed(&newer),
            saved: self.saved.iter().map(renamed).collect(),
        }
    }

    /// What was in the older graph and, under its `renamed` name, is not in the newer one: a sentence
    /// each.
    pub(super) fn lost(
        &self,
        renamed: &Self,
        (old, new): (&AccessGraph, &AccessGraph),
    ) -> Vec<String> {
        // Names that changed are in the newer graph: what is missing there has the name it had.
        let newly = |before: Vec<String>, after: Vec<String>| {
            let before: BTreeSet<String> = before.into_iter().collect();
            after.into_iter().filter(move |name| !before.contains(name))
        };
        let by_hand = newly(self.by_hand.missing_in(old), renamed.by_hand.missing_in(new));
        let mut lost: Vec<String> = by_hand
            .map(|name| format!("hidden or shown by hand “{name}”: no longer in the inventory"))
            .collect();
        for (was, is) in self.saved.iter().zip(&renamed.saved) {
            let gone = newly(was.filters.missing_in(old), is.filters.missing_in(new));
            lost.extend(gone.map(|what| {
                format!("filters “{}”: {what} is no longer in the inventory", is.name)
            }));
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph;

    fn credential(id: &str) -> SubjectName {
        SubjectName::Credential(CredentialName::Known(id.to_owned()))
    }

    #[test]
    fn what_is_hidden_is_not_shown_and_what_is_shown_is_not_hidden() {
        let mut own = HiddenByHand::default();
        own.hide([credential("k"), credential("l")]);
        own.show([credential("k")]);
        assert_eq!((own.hidden.len(), own.shown.len()), (1, 1));
        own.hide([credential("k")]);
        assert_eq!((own.hidden.len(), own.shown.len()), (2, 0));
        own.hide_others([credential("m")]);
        assert!(own.others_hidden && own.hidden.is_empty());
        assert_eq!(own.shown, [credential("m")].into());
    }

    #[test]
    fn a_name_stands_there_once_and_a_blank_one_never() {
        let mut kept = KeptFilters::default();
        let of = |search: &str| NamedFilters { search: search.to_owned(), ..<_>::default() };
        for (name, search) in [("a", "1"), ("  ", "2"), ("b", "3"), (" a ", "4")] {
            kept.save(name, of(search));
        }
        let listed: Vec<_> =
            kept.saved().iter().map(|own| (&*own.name, &*own.filters.search)).collect();
        assert_eq!(listed, [("a", "4"), ("b", "3")]);
        kept.forget(2);
        kept.forget(0);
        assert_eq!(kept.saved().len(), 1);
    }

    #[test]
    fn what_has_lost_its_thing_is_listed_once_and_what_was_missing_before_is_not() {
        let old = graph("k holds shop@dev\nl grants pay@prod");
        let new = graph("k holds shop@test");
        let mut kept = KeptFilters::default();
        kept.by_hand.hide([credential("k"), credential("l"), credential("never")]);
        let environments = ["dev", "nowhere"].map(str::to_owned).into();
        kept.save("mine", NamedFilters { hidden_environments: environments, ..<_>::default() });
        let lost = kept.lost(&kept, (&old, &new));
        assert_eq!(
            lost,
            [
                "hidden or shown by hand “l”: no longer in the inventory",
                "filters “mine”: environment “dev” is no longer in the inventory",
            ]
        );
        assert!(kept.lost(&kept, (&old, &old)).is_empty());
    }
}
