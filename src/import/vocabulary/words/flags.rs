//! Words for services that are exposed, critical, or crown jewels.

use crate::inventory::Flag;

use crate::import::vocabulary::languages::{WordColumn, is_yes, meaning_of};

use super::compare::spaced;

/// Whether a cell of the exposure column makes its service an entry point.
pub(crate) fn exposure(cell: &str) -> Flag {
    let word = spaced(cell);
    match word.as_str() {
        "yes"
        | "y"
        | "true"
        | "1"
        | "x"
        | "internet"
        | "public"
        | "external"
        | "dmz"
        | "exposed"
        | "internet facing"
        | "public facing"
        | "externally facing"
        | "external facing"
        | "edge"
        | "internet exposed"
        | "publicly accessible"
        | "entry point" => Flag::Yes,
        "no" | "n" | "false" | "0" | "internal" | "private" | "intranet" | "not exposed"
        | "isolated" | "internal only" | "restricted" => Flag::No,
        _ => match meaning_of(WordColumn::Exposure, &word) {
            Some(meaning) => flag(Some(meaning == "yes")),
            None => flag(is_yes(&word)),
        },
    }
}

/// Whether a cell of the criticality column makes its service a crown jewel. Only the highest levels do.
pub(crate) fn criticality(cell: &str) -> Flag {
    let word = spaced(cell);
    match word.as_str() {
        "crown jewel" | "crown jewels" | "critical" | "mission critical" | "1 most critical"
        | "business critical" | "tier 0" | "tier0" | "very critical" => Flag::Yes,
        _ if meaning_of(WordColumn::Criticality, &word).is_some() => Flag::Yes,
        _ => Flag::Unstated,
    }
}

/// A word for yes or no.
pub(crate) fn yes_or_no(cell: &str) -> Flag {
    let word = spaced(cell);
    match word.as_str() {
        "yes" | "y" | "true" | "1" | "x" => Flag::Yes,
        "no" | "n" | "false" | "0" => Flag::No,
        _ => flag(is_yes(&word)),
    }
}

/// Whether a cell of the crown-jewel column makes its service one.
pub(crate) fn crown_jewel(cell: &str) -> Flag {
    match yes_or_no(cell) {
        Flag::Unstated => criticality(cell),
        said => said,
    }
}

fn flag(yes: Option<bool>) -> Flag {
    match yes {
        Some(true) => Flag::Yes,
        Some(false) => Flag::No,
        None => Flag::Unstated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_have_their_words() {
        assert_eq!(exposure("DMZ"), Flag::Yes);
        assert_eq!(exposure("internal"), Flag::No);
        assert_eq!(exposure("eu-west"), Flag::Unstated);
        assert_eq!(criticality("high"), Flag::Unstated);
        assert_eq!(criticality("Mission critical"), Flag::Yes);
        assert_eq!(crown_jewel("yes"), Flag::Yes);
        assert_eq!(crown_jewel("no"), Flag::No);
    }
}
