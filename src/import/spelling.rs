//! Names that people should look at: spellings that differ in case alone, and odd characters.

use std::collections::{BTreeMap, BTreeSet};

use crate::inventory::{Inventory, NameId, Names, Place, Problem, ProblemKind, is_hidden, shown};

/// Whether a name holds characters that hide or reorder others, or bytes that were no text.
pub(super) fn is_odd(name: &str) -> bool {
    let plain = name.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    !plain && name.chars().any(is_hidden)
}

/// One problem for each service whose name is spelt in several cases.
pub(super) fn case_variants(inventory: &mut Inventory) {
    let suspects = spelt_variously(inventory);
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
        let folded = inventory.names.text(instance.service).to_lowercase();
        let group = groups.entry(folded).or_default();
        let first = group.entry(instance.service).or_insert(*place);
        *first = (*first).min(*place);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let mut spellings: Vec<(Place, NameId)> =
            group.into_iter().map(|(name, place)| (place, name)).collect();
        spellings.sort_unstable();
        let Some(&(place, _)) = spellings.get(1) else { continue };
        let spelt: Vec<String> = spellings
            .iter()
            .map(|(place, name)| {
                let name = shown(inventory.names.text(*name));
                format!("“{name}” ({})", inventory.place_text(*place))
            })
            .collect();
        let message = format!(
            "these service names differ in case alone and are kept apart: {}; write them alike if \
             they are one service",
            spelt.join(", ")
        );
        inventory.problems.push(Problem {
            place,
            column: String::new(),
            kind: ProblemKind::CaseVariants,
            message,
            row_rejected: false,
        });
    }
}

/// The service names that differ from another in case alone.
fn spelt_variously(inventory: &Inventory) -> BTreeSet<NameId> {
    let mut seen = vec![false; inventory.names.len()];
    let mut folded = Names::default();
    let mut first: Vec<NameId> = Vec::new();
    let mut suspects = BTreeSet::new();
    for instance in &inventory.instances {
        let Some(seen) = seen.get_mut(instance.service.index()) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let fold = folded.intern(&inventory.names.text(instance.service).to_lowercase());
        match first.get(fold.index()) {
            Some(other) => suspects.extend([*other, instance.service]),
            None => first.push(instance.service),
        }
    }
    suspects
}

fn first_places(inventory: &Inventory) -> Vec<Option<Place>> {
    let mut places = vec![None; inventory.instances.len()];
    for mapping in &inventory.mappings {
        let Some(row) = inventory.rows.get(mapping.row.0 as usize) else { continue };
        if let Some(place) = places.get_mut(mapping.instance.0 as usize)
            && place.is_none()
        {
            *place = Some(row.place);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(shown("a\u{202e}b\u{200b}\u{0}ä"), "a\\u{202e}b\\u{200b}\\u{0}ä");
        assert!(is_odd("a\u{200d}b") && is_odd("a\nb") && !is_odd("päyments – „x“"));
    }
}
