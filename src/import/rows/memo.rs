//! Remembers what distinct cells of a column mean, so that each is read once.
//!
//! Most cells are short. Those of up to 31 bytes are their own key, so that finding one touches a
//! single small table.

use hashbrown::HashTable;

use crate::inventory::Names;

/// More distinct cells than this are read anew each time, so that memory stays bounded.
const MOST: usize = 1 << 18;

/// Cell text → what it means.
pub(crate) struct Memo<T> {
    short: HashTable<(u128, T)>,
    middle: HashTable<([u128; 2], T)>,
    long: Names,
    meanings: Vec<T>,
    hasher: ahash::RandomState,
}

impl<T: Copy> Memo<T> {
    pub(crate) fn new() -> Self {
        Self {
            short: HashTable::new(),
            middle: HashTable::new(),
            long: Names::default(),
            meanings: Vec::new(),
            hasher: ahash::RandomState::with_seeds(0x6d65, 0x6d6f, 2, 3),
        }
    }

    /// What the cell means, if it was seen before.
    pub(crate) fn find(&self, cell: &str) -> Option<T> {
        if let Some(key) = packed(cell) {
            let hash = self.hasher.hash_one(key);
            return self.short.find(hash, |(known, _)| *known == key).map(|(_, meaning)| *meaning);
        }
        if let Some(key) = packed_twice(cell) {
            let hash = self.hasher.hash_one(key);
            return self.middle.find(hash, |(known, _)| *known == key).map(|(_, meaning)| *meaning);
        }
        let at = self.long.find(cell)?;
        self.meanings.get(at.index()).copied()
    }

    /// Remembers a cell that was not found.
    pub(crate) fn add(&mut self, cell: &str, meaning: T) {
        let Self { short, middle, long, meanings, hasher } = self;
        if short.len() + middle.len() + meanings.len() >= MOST {
            return;
        }
        if let Some(key) = packed(cell) {
            let hash = hasher.hash_one(key);
            short.insert_unique(hash, (key, meaning), |(known, _)| hasher.hash_one(known));
            return;
        }
        if let Some(key) = packed_twice(cell) {
            let hash = hasher.hash_one(key);
            middle.insert_unique(hash, (key, meaning), |(known, _)| hasher.hash_one(known));
            return;
        }
        long.intern(cell);
        meanings.push(meaning);
    }
}

/// The bytes of a cell of up to 31 bytes and their number.
fn packed_twice(cell: &str) -> Option<[u128; 2]> {
    let (head, tail) = cell.as_bytes().split_first_chunk::<16>()?;
    Some([u128::from_le_bytes(*head), packed_bytes(tail)?])
}

/// The bytes of a short cell and their number.
pub(crate) fn packed(cell: &str) -> Option<u128> {
    packed_bytes(cell.as_bytes())
}

/// Reads whole words at both ends, which overlap: copying so few bytes one by one costs more.
fn packed_bytes(cell: &[u8]) -> Option<u128> {
    let length = cell.len();
    if length > 15 {
        return None;
    }
    let (low, high) = match (ends::<8>(cell), ends::<4>(cell)) {
        (Some((first, last)), _) => {
            let behind_first = (16 - length) as u32 * 8;
            let last = u64::from_le_bytes(last).checked_shr(behind_first).unwrap_or(0);
            (u64::from_le_bytes(first), last)
        }
        (None, Some((first, last))) => {
            let last = u64::from(u32::from_le_bytes(last)) << ((length - 4) * 8);
            (u64::from(u32::from_le_bytes(first)) | last, 0)
        }
        (None, None) => (cell.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
    };
    Some(u128::from(low) | u128::from(high) << 64 | (length as u128) << 120)
}

/// The first bytes of a cell and its last ones, which may overlap.
fn ends<const N: usize>(cell: &[u8]) -> Option<([u8; N], [u8; N])> {
    Some((*cell.first_chunk()?, *cell.last_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_cell_is_its_bytes_and_their_number() {
        let text = "0123456789abcdef";
        for length in 0..=15 {
            let mut bytes = [0; 16];
            bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
            bytes[15] = length as u8;
            assert_eq!(packed(&text[..length]), Some(u128::from_le_bytes(bytes)), "{length}");
        }
        assert_eq!(packed(text), None);
    }

    #[test]
    fn cells_are_told_apart_whatever_their_length() {
        let cells = [
            "",
            "\0",
            "a",
            "a\0",
            "fifteen letters",
            "sixteen letters!",
            "many more than sixteen",
            "thirty-one letters are in this 1",
            "thirty-one letters are in this 12",
        ];
        let mut memo = Memo::new();
        for (at, cell) in cells.iter().enumerate() {
            assert_eq!(memo.find(cell), None);
            memo.add(cell, at);
        }
        for (at, cell) in cells.iter().enumerate() {
            assert_eq!(memo.find(cell), Some(at), "{cell}");
        }
    }
}
