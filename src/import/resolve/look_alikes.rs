//! Services whose names look alike: spelt in several cases, or in letters of several alphabets.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::resolve::first_places::first_places;
use crate::import::resolve::skeleton::skeleton;
use crate::inventory::shown;
use crate::inventory::{Inventory, NameId, Names, Place, Problem, ProblemKind};

/// One problem for each service whose name is spelt in several cases, or in letters that look
/// alike.
pub(crate) fn report(inventory: &mut Inventory) {
    let suspects = suspects(inventory);
    if suspects.is_empty() {
        return;
    }
    let places = first_places(inventory);
    let mut groups: BTreeMap<String, BTreeMap<NameId, Place>> = BTreeMap::new();
    for (instance, place) in inventory.instances.iter().zip(&places) {
        let Some(place) = place else { continue };
        if !suspects.contains(&instance.service) {
            continue;
        }
        let folded = skeleton(inventory.names.text(instance.service));
        let group = groups.entry(folded).or_default();
        let first = group.entry(instance.service).or_insert(*place);
        *first = (*first).min(*place);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let mut spellings: Vec<(Place, NameId)> =
            group.into_iter().map(|(name, place)| (place, name)).collect();
        spellings.sort_unstable();
        let lower = |name: NameId| inventory.names.text(name).to_lowercase();
        let first = spellings.first().map(|(_, name)| lower(*name));
        let only_case = spellings.iter().all(|(_, name)| Some(lower(*name)) == first);
        let odd = spellings.iter().find(|(_, name)| !inventory.names.text(*name).is_ascii());
        let Some(&(place, _)) = odd.filter(|_| !only_case).or(spellings.get(1)) else { continue };
        let spelt: Vec<String> = spellings
            .iter()
            .map(|(place, name)| {
                let name = shown(inventory.names.text(*name));
                format!("“{name}” ({})", inventory.place_text(*place))
            })
            .collect();
        let (kind, how) = if only_case {
            (ProblemKind::CaseVariants, "differ only in case")
        } else {
            (ProblemKind::LookAlike, "look alike but have different letters")
        };
        let message = format!(
            "these service names {how} and are kept separate: {}; write them the same way if they \
             are one service",
            spelt.join(", ")
        );
        inventory.problems.push(Problem::new(place, kind, message));
    }
}

/// The service names of which another has the same skeleton.
fn suspects(inventory: &Inventory) -> BTreeSet<NameId> {
    let mut seen = vec![false; inventory.names.len()];
    let mut folded = Names::default();
    let mut first: Vec<NameId> = Vec::new();
    let mut suspects = BTreeSet::new();
    for instance in &inventory.instances {
        let Some(seen) = seen.get_mut(instance.service.index()) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let fold = folded.intern(&skeleton(inventory.names.text(instance.service)));
        match first.get(fold.index()) {
            Some(other) => suspects.extend([*other, instance.service]),
            None => first.push(instance.service),
        }
    }
    suspects
}
