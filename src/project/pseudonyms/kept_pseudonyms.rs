//! The pseudonyms that a project keeps: once made, none changes.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::name_of::NameOf;
use super::table::{OutOfOrder, Pseudonyms};

/// The pseudonyms of names, of each sort.
///
/// Those that were made for a project stay in it, so that a name is called the same in every answer and
/// on every day. Whoever has them can lead every pseudonym back to its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptPseudonyms(BTreeMap<NameOf, Pseudonyms>);

/// One name with its pseudonym, as a project file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::project) struct PseudonymEntry {
    of: NameOf,
    name: String,
    pseudonym: String,
    /// What the user chose in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chosen: Option<String>,
}

impl KeptPseudonyms {
    /// The pseudonyms of one sort, if there are any.
    pub(in crate::project) fn of(&self, of: NameOf) -> Option<&Pseudonyms> {
        self.0.get(&of)
    }

    pub(in crate::project) fn of_mut(&mut self, of: NameOf) -> &mut Pseudonyms {
        self.0.entry(of).or_default()
    }

    /// Each sort with its pseudonyms.
    pub(in crate::project) fn all(&self) -> impl Iterator<Item = (NameOf, &Pseudonyms)> {
        self.0.iter().map(|(of, own)| (*of, own))
    }

    /// Whether none was made yet.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|own| own.made().next().is_none())
    }

    /// Whether the user chose any.
    pub fn has_chosen(&self) -> bool {
        self.0.values().any(Pseudonyms::has_chosen)
    }

    /// All that were made here, with those that the user chose in another state of the project: what was
    /// made is never taken back, what was chosen is.
    #[must_use]
    pub fn with_chosen_of(&self, other: &Self) -> Self {
        let each = self.0.iter();
        Self(each.map(|(of, own)| (*of, own.with_chosen_of(other.of(*of)))).collect())
    }

    /// Names in the place of pseudonyms.
    pub(in crate::project) fn turned_round(&self) -> Self {
        let turned = |(of, own): (&NameOf, &Pseudonyms)| {
            let written = |to: &str| {
                if of.is_in_lower_case() { to.to_lowercase() } else { to.to_owned() }
            };
            let pairs = own.entries().map(|(name, to)| (written(to), name.to_owned()));
            (*of, pairs.collect())
        };
        Self(self.0.iter().map(turned).collect())
    }

    /// Whether all that was made for another state of the project is the same here.
    pub fn has_all_of(&self, other: &Self) -> bool {
        let is_here = |of: NameOf, name: &str, to: &str| {
            self.of(of).is_some_and(|own| own.made_for(name) == Some(to))
        };
        other.all().all(|(of, own)| own.made().all(|(name, to)| is_here(of, name, to)))
    }

    /// Every pseudonym, made or chosen.
    pub(in crate::project) fn everything(&self) -> BTreeSet<&str> {
        let each = self.0.values();
        each.flat_map(|own| own.made().chain(own.entries())).map(|(_, to)| to).collect()
    }

    /// One entry for each name, by sort and name.
    pub(in crate::project) fn entries(&self) -> Vec<PseudonymEntry> {
        let entry = |of: NameOf, own: &Pseudonyms, (name, made): (&str, &str)| PseudonymEntry {
            of,
            name: name.to_owned(),
            pseudonym: made.to_owned(),
            chosen: own.chosen(name).map(str::to_owned),
        };
        let each = self.0.iter();
        each.flat_map(|(of, own)| own.made().map(move |made| entry(*of, own, made))).collect()
    }

    /// Adds an entry as it was read.
    ///
    /// # Errors
    /// Where it does not stand behind all others of its sort.
    pub(in crate::project) fn push(&mut self, entry: PseudonymEntry) -> Result<(), OutOfOrder> {
        let PseudonymEntry { of, name, pseudonym, chosen } = entry;
        self.of_mut(of).push((name, pseudonym), chosen)
    }
}
