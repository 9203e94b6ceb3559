//! Splits lines without quotes in place, and trims what surrounds a cell.

use crate::inventory::starts_formula;
use std::ops::Range;

/// Adds the bounds of each cell of `line`, which starts at `start` of its text.
///
/// Looks at eight bytes at a time: cells are so short that one search for each costs more.
pub(crate) fn split(line: &[u8], delimiter: u8, start: usize, bounds: &mut Vec<Range<usize>>) {
    let (eights, rest) = line.as_chunks::<8>();
    let (mut from, mut at) = (start, start);
    for eight in eights {
        let mut hits = equal_bytes(u64::from_le_bytes(*eight), delimiter);
        while hits != 0 {
            let hit = at + hits.trailing_zeros() as usize / 8;
            bounds.push(from..hit);
            from = hit + 1;
            hits &= hits - 1;
        }
        at += 8;
    }
    for (place, byte) in rest.iter().enumerate() {
        if *byte == delimiter {
            bounds.push(from..at + place);
            from = at + place + 1;
        }
    }
    bounds.push(from..start + line.len());
}

/// The highest bit of each of the eight bytes that is `wanted`.
fn equal_bytes(eight: u64, wanted: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
    let other = eight ^ u64::from_le_bytes([wanted; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

/// The cell without the white space and the typographic quotes around it.
///
/// Most cells have neither, and their first and last byte are enough to see it.
pub(crate) fn trimmed(cell: &str) -> &str {
    let plain =
        |byte: Option<&u8>| byte.is_none_or(|byte| *byte > b' ' && *byte < 0x80 && *byte != b'\'');
    if plain(cell.as_bytes().first()) && plain(cell.as_bytes().last()) {
        return cell;
    }
    let cell = cell.trim();
    let opening = |letter| matches!(letter, '“' | '”' | '„' | '‟');
    let quoted = cell.strip_prefix(opening).and_then(|cell| cell.strip_suffix(opening));
    // An apostrophe before a cell keeps a spreadsheet from reading it as a formula.
    let text = cell.strip_prefix('\'').filter(|text| starts_formula(text));
    quoted.or(text).unwrap_or(cell)
}
