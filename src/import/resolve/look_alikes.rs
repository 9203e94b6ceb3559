//! Names that people should look at: spellings that differ in case alone, and odd characters.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::rows::builder::RowSubject;
use crate::inventory::shown;
use crate::inventory::{Inventory, NameId, Names, Place, Problem, ProblemKind, is_hidden};

/// Whether a name holds characters that hide or reorder others, or bytes that were no text.
pub(crate) fn is_odd(name: &str) -> bool {
    let plain = name.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    !plain && name.chars().any(is_hidden)
}

/// Whether a name shows what UTF-8 looks like when it is read as Windows-1252: `Ã¼` for `ü`.
pub(crate) fn is_mojibake(name: &str) -> bool {
    if name.is_ascii() {
        return false;
    }
    let mut before = ' ';
    name.contains("â€")
        || name.chars().any(|letter| {
            let led = matches!(before, 'Ã' | 'Â') && matches!(letter, '\u{80}'..='\u{bf}');
            before = letter;
            led
        })
}

/// A name as the eye takes it: without case, with letters of other alphabets and odd spaces as the
/// Latin ones that they look like.
pub(crate) fn as_seen(name: &str) -> String {
    let alike = |letter: char| match letter {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        'а' | 'α' => 'a',
        'в' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' => 'm',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '！'..='～' => {
            char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter).to_ascii_lowercase()
        }
        other => other,
    };
    name.to_lowercase().chars().map(alike).collect()
}

/// One problem for each number that is also an id without its leading zeros.
pub(crate) fn lost_zeros(inventory: &mut Inventory, speaks: &[RowSubject]) {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let id_of = |speaks: &RowSubject| match speaks {
        RowSubject::OfCredential { id, .. } => *id,
        RowSubject::OfService => None,
    };
    let mut short: BTreeMap<&str, NameId> = BTreeMap::new();
    let mut seen = vec![false; inventory.names.len()];
    let mut any = false;
    for id in speaks.iter().filter_map(id_of) {
        let Some(seen) = seen.get_mut(id.index()) else { continue };
        let text = inventory.names.text(id);
        if !std::mem::replace(seen, true) && digits(text) && text.starts_with('0') {
            short.insert(text.trim_start_matches('0'), id);
            any = true;
        }
    }
    if !any {
        return;
    }
    let mut told = BTreeSet::new();
    let mut problems = Vec::new();
    for (row, id) in inventory.rows.iter().zip(speaks.iter().map(id_of)) {
        let Some(id) = id else { continue };
        let text = inventory.names.text(id);
        if let Some(long) = short.get(text)
            && told.insert(id)
        {
            let long = inventory.names.text(*long);
            problems.push(Problem::new(
                row.place,
                ProblemKind::SpreadsheetDamage,
                format!(
                    "the id {text} stands beside {long}; if a spreadsheet took its leading zeros, \
                     export the column as text"
                ),
            ));
        }
    }
    inventory.problems.append(&mut problems);
}

/// One problem for each service whose name is spelt in several cases, or in letters that look
/// alike.
pub(crate) fn case_variants(inventory: &mut Inventory) {
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
        let folded = as_seen(inventory.names.text(instance.service));
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
            (ProblemKind::CaseVariants, "differ in case alone")
        } else {
            (ProblemKind::LookAlike, "look alike and differ in their letters")
        };
        let message = format!(
            "these service names {how} and are kept apart: {}; write them alike if they are one \
             service",
            spelt.join(", ")
        );
        inventory.problems.push(Problem::new(place, kind, message));
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
        let fold = folded.intern(&as_seen(inventory.names.text(instance.service)));
        match first.get(fold.index()) {
            Some(other) => suspects.extend([*other, instance.service]),
            None => first.push(instance.service),
        }
    }
    suspects
}

pub(crate) fn first_places(inventory: &Inventory) -> Vec<Option<Place>> {
    let mut places = vec![None; inventory.instances.len()];
    for link in &inventory.links {
        let Some(row) = inventory.rows.get(link.row.0 as usize) else { continue };
        if let Some(place) = places.get_mut(link.instance.0 as usize)
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
