//! Environments and ids that look alike and are written with letters of several alphabets.
//!
//! Two names of plain letters are not compared: only one with another letter can look like what it
//! is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::resolve::look_alikes::{as_seen, first_places};
use crate::import::rows::builder::RowSubject;
use crate::inventory::shown;
use crate::inventory::{Environments, Inventory, NameId, Place, Problem, ProblemKind};

/// One problem for each environment and each id that looks like another one.
pub(crate) fn tell(inventory: &mut Inventory, speaks: &[RowSubject], known: &Environments) {
    let mut problems = environments(inventory, known);
    problems.extend(ids(inventory, speaks));
    inventory.problems.append(&mut problems);
}

fn environments(inventory: &Inventory, known: &Environments) -> Vec<Problem> {
    let names = inventory.instances.iter().map(|one| one.environment);
    let alike = Alike::of(inventory, names);
    if alike.odd.is_empty() {
        return Vec::new();
    }
    let mut first: BTreeMap<NameId, Place> = BTreeMap::new();
    for (instance, place) in inventory.instances.iter().zip(first_places(inventory)) {
        let Some(place) = place else { continue };
        let known = first.entry(instance.environment).or_insert(place);
        *known = (*known).min(place);
    }
    let mut problems = Vec::new();
    for (&odd, seen) in &alike.odd {
        let own = inventory.names.text(odd);
        let label = Some(seen.as_str()).filter(|seen| known.knows(seen) && !known.knows(own));
        let Some(&place) = first.get(&odd) else { continue };
        if let Some(other) = alike.others(inventory, odd, seen).or(label) {
            problems.push(told(place, "environments", (own, other)));
        }
    }
    problems
}

fn ids(inventory: &Inventory, speaks: &[RowSubject]) -> Vec<Problem> {
    let id_of = |speaks: &RowSubject| match speaks {
        RowSubject::OfCredential { id, .. } => *id,
        RowSubject::OfService => None,
    };
    let alike = Alike::of(inventory, speaks.iter().filter_map(id_of));
    let mut told_of = BTreeSet::new();
    let mut problems = Vec::new();
    if alike.odd.is_empty() {
        return problems;
    }
    for (row, speaks) in inventory.rows.iter().zip(speaks) {
        let Some(id) = id_of(speaks) else { continue };
        let Some(seen) = alike.odd.get(&id) else { continue };
        if told_of.insert(id)
            && let Some(other) = alike.others(inventory, id, seen)
        {
            problems.push(told(row.place, "ids", (inventory.names.text(id), other)));
        }
    }
    problems
}

fn told(place: Place, what: &str, (own, other): (&str, &str)) -> Problem {
    let message = format!(
        "the {what} “{}” and “{}” look alike and differ in their letters, so they are kept apart; \
         write them alike if they are one",
        shown(own),
        shown(other)
    );
    Problem::new(place, ProblemKind::LookAlike, message)
}

/// Names that hold other than plain letters, and which names they look like.
#[derive(Default)]
struct Alike {
    /// Each as the eye takes it.
    odd: BTreeMap<NameId, String>,
    /// The names that look so.
    by_look: BTreeMap<String, Vec<NameId>>,
}

impl Alike {
    fn of(inventory: &Inventory, names: impl Iterator<Item = NameId> + Clone) -> Self {
        let mut seen = vec![false; inventory.names.len()];
        let mut alike = Self::default();
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
            let look = as_seen(text);
            alike.by_look.entry(look.clone()).or_default().push(name);
            alike.odd.insert(name, look);
        }
        if alike.odd.is_empty() {
            return alike;
        }
        for name in plain {
            let look = inventory.names.text(name).to_ascii_lowercase();
            if let Some(group) = alike.by_look.get_mut(&look) {
                group.push(name);
            }
        }
        alike
    }

    /// A name that looks like an odd one and differs from it in more than case.
    fn others<'i>(&self, inventory: &'i Inventory, odd: NameId, look: &str) -> Option<&'i str> {
        let lower = inventory.names.text(odd).to_lowercase();
        let others = self.by_look.get(look)?.iter().map(|name| inventory.names.text(*name));
        others.filter(|other| other.to_lowercase() != lower).min()
    }
}
