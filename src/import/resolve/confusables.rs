//! Environments and ids that look alike and are written in letters of several alphabets.
//!
//! Two names of plain letters are not compared: only one with another letter can look like what it
//! is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::resolve::first_places::first_places;
use crate::import::resolve::skeleton::skeleton;
use crate::import::rows::subject::RowSubject;
use crate::inventory::shown;
use crate::inventory::{Environments, Inventory, NameId, Place, Problem, ProblemKind};

/// One problem for each environment and each id that looks like another one.
pub(crate) fn report(inventory: &mut Inventory, subjects: &[RowSubject], known: &Environments) {
    let mut problems = environments(inventory, known);
    problems.extend(ids(inventory, subjects));
    inventory.problems.append(&mut problems);
}

fn environments(inventory: &Inventory, known: &Environments) -> Vec<Problem> {
    let names = inventory.instances.iter().map(|one| one.environment);
    let confusables = Confusables::of(inventory, names);
    if confusables.odd.is_empty() {
        return Vec::new();
    }
    let mut first: BTreeMap<NameId, Place> = BTreeMap::new();
    for (instance, place) in inventory.instances.iter().zip(first_places(inventory)) {
        let Some(place) = place else { continue };
        let known = first.entry(instance.environment).or_insert(place);
        *known = (*known).min(place);
    }
    let mut problems = Vec::new();
    for (&odd, seen) in &confusables.odd {
        let own = inventory.names.text(odd);
        let label = Some(seen.as_str()).filter(|seen| known.knows(seen) && !known.knows(own));
        let Some(&place) = first.get(&odd) else { continue };
        if let Some(other) = confusables.other(inventory, odd, seen).or(label) {
            problems.push(look_alike(place, "environments", own, other));
        }
    }
    problems
}

fn ids(inventory: &Inventory, subjects: &[RowSubject]) -> Vec<Problem> {
    let ids = subjects.iter().filter_map(|subject| subject.id());
    let confusables = Confusables::of(inventory, ids);
    let mut reported = BTreeSet::new();
    let mut problems = Vec::new();
    if confusables.odd.is_empty() {
        return problems;
    }
    for (row, subject) in inventory.rows.iter().zip(subjects) {
        let Some(id) = subject.id() else { continue };
        let Some(seen) = confusables.odd.get(&id) else { continue };
        if reported.insert(id)
            && let Some(other) = confusables.other(inventory, id, seen)
        {
            problems.push(look_alike(row.place, "ids", inventory.names.text(id), other));
        }
    }
    problems
}

fn look_alike(place: Place, what: &str, own: &str, other: &str) -> Problem {
    let message = format!(
        "the {what} “{}” and “{}” look alike but have different letters, so they are kept \
         separate; write them the same way if they are one",
        shown(own),
        shown(other)
    );
    Problem::new(place, ProblemKind::LookAlike, message)
}

/// Names that hold other than plain letters, and which names they look like.
#[derive(Default)]
struct Confusables {
    /// Each with its skeleton.
    odd: BTreeMap<NameId, String>,
    /// Names by their skeleton.
    by_skeleton: BTreeMap<String, Vec<NameId>>,
}

impl Confusables {
    fn of(inventory: &Inventory, names: impl Iterator<Item = NameId> + Clone) -> Self {
        let mut seen = vec![false; inventory.names.len()];
        let mut found = Self::default();
        let mut plain = Vec::new();
        for name in names {
            let Some(seen) = seen.get_mut(name.index()) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            let text = inventory.names.text(name);
            if text.is_ascii() {
                plain.push(name);
                continue;
            }
            let look = skeleton(text);
            found.by_skeleton.entry(look.clone()).or_default().push(name);
            found.odd.insert(name, look);
        }
        if found.odd.is_empty() {
            return found;
        }
        for name in plain {
            let look = inventory.names.text(name).to_ascii_lowercase();
            if let Some(group) = found.by_skeleton.get_mut(&look) {
                group.push(name);
            }
        }
        found
    }

    /// A name that looks like an odd one and differs from it in more than case.
    fn other<'i>(&self, inventory: &'i Inventory, odd: NameId, look: &str) -> Option<&'i str> {
        let lower = inventory.names.text(odd).to_lowercase();
        let others = self.by_skeleton.get(look)?.iter().map(|name| inventory.names.text(*name));
        others.filter(|other| other.to_lowercase() != lower).min()
    }
}
