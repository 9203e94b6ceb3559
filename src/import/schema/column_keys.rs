//! What mapping files call the columns of a header, so that each has a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::vocabulary::synonyms::normalised;

/// What mappings call the columns of a header: their names, and where several have the same one,
/// `name`, `name (2)` and so on, without those that the header already has. A column without a name
/// is called after its place: `column 7`.
pub(crate) fn keys(header: &[String]) -> Vec<String> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let is_repeated: Vec<bool> =
        header.iter().map(|name| !name.is_empty() && !names.insert(name)).collect();
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut keys = Vec::with_capacity(header.len());
    for (at, (name, is_repeated)) in header.iter().zip(is_repeated).enumerate() {
        if name.is_empty() {
            let place = format!("column {}", at + 1);
            keys.push(if names.contains(place.as_str()) { String::new() } else { place });
            continue;
        }
        let mut key = name.clone();
        let number = numbers.entry(name).or_insert(1);
        while is_repeated && (key == *name || names.contains(key.as_str())) {
            *number += 1;
            key = format!("{name} ({number})");
        }
        keys.push(key);
    }
    keys
}

/// Whether a column has the heading of the first: its name as [`keys`] calls it, or in another
/// spelling.
pub(crate) fn repeats(column: &str, first: &str) -> bool {
    let words = normalised(column);
    if !words.is_empty() && words == normalised(first) {
        return true;
    }
    let number = column.strip_prefix(first).and_then(|rest| rest.strip_prefix(" ("));
    let number = number.and_then(|rest| rest.strip_suffix(')'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headings_get_numbers() {
        let header = ["name", "x", "name", "name", "name (2)", ""].map(str::to_owned);
        assert_eq!(keys(&header), ["name", "x", "name (3)", "name (4)", "name (2)", "column 6"]);
    }
}
