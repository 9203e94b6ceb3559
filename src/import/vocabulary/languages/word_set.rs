//! A set of words against which nearly every cell of a file is compared.

use std::collections::HashSet;

use zeroize::Zeroizing;

use super::fold::{folded, with_umlauts_spelt};

/// How many bits the filter has: with some hundred words about one cell in twenty meets a bit.
const BITS: usize = 4096;

/// Words, and a filter that tells most other texts apart by their first two bytes and their length.
pub(super) struct WordSet {
    words: HashSet<String>,
    filter: Vec<bool>,
    longest: usize,
}

impl Default for WordSet {
    fn default() -> Self {
        Self { words: HashSet::new(), filter: vec![false; BITS], longest: 0 }
    }
}

impl WordSet {
    pub(super) fn add(&mut self, word: &str) {
        for spelt in [Some(folded(word)), with_umlauts_spelt(word)].into_iter().flatten() {
            self.allow(&spelt);
            self.words.insert(spelt);
        }
        self.allow(word);
    }

    fn allow(&mut self, word: &str) {
        self.longest = self.longest.max(word.len());
        if let Some(bit) = bit(word).and_then(|bit| self.filter.get_mut(bit)) {
            *bit = true;
        }
    }

    /// Whether a trimmed cell is one of the words.
    pub(super) fn contains(&self, cell: &str) -> bool {
        if cell.len() > self.longest {
            return false;
        }
        let is_allowed = bit(cell).and_then(|bit| self.filter.get(bit)).is_some_and(|bit| *bit);
        // The cell may be a secret.
        is_allowed && self.words.contains(Zeroizing::new(folded(cell)).as_str())
    }
}

/// The same for a word in lower and in upper case, which differ in one bit of each byte, for letters
/// with accents too.
fn bit(word: &str) -> Option<usize> {
    let [first, second, ..] = word.as_bytes() else { return None };
    let (first, second) = (usize::from(first | 0x20), usize::from(second | 0x20));
    Some((first * 31 + second * 1021 + word.len() * 131) % BITS)
}
