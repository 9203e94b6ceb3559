//! A set of crown jewels that are taken for lost until something is found that still reaches them.
#![expect(clippy::indexing_slicing, reason = "words are numbered by the sets that they belong to")]

/// The words of a set that have any bit, by number.
pub(crate) type Sparse = [(u32, u64)];

/// Room for one set, used again and again.
///
/// While many words have a bit, all are gone through, which is quick a word; once few have, only those
/// are.
pub(crate) struct Missing {
    words: Vec<u64>,
    /// The words that have a bit, in order; kept while they are few.
    active: Vec<u32>,
    /// How many words have a bit.
    filled: usize,
    /// Whether they are too many to be listed.
    is_dense: bool,
    /// What stays of a set that is taken off.
    kept: Vec<(u32, u64)>,
}

/// One word in how many must have a bit for all to be gone through: eight cost about as much as one
/// that is looked up by its number.
const DENSE: usize = 8;

impl Missing {
    pub(crate) fn new(words: usize) -> Self {
        Self {
            words: vec![0; words],
            active: Vec::new(),
            filled: 0,
            is_dense: false,
            kept: Vec::new(),
        }
    }

    pub(crate) fn clear(&mut self) {
        if self.is_dense {
            self.words.fill(0);
        } else {
            for &word in &self.active {
                self.words[word as usize] = 0;
            }
        }
        self.active.clear();
        (self.filled, self.is_dense) = (0, false);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Adds all of a set.
    pub(crate) fn add(&mut self, set: &[u64]) {
        self.words.iter_mut().zip(set).for_each(|(own, bits)| *own |= bits);
        self.filled = self.words.iter().filter(|word| **word != 0).count();
        self.active.clear();
        self.is_dense = true;
        self.settle();
    }

    /// The same for one of which the words are given that have a bit.
    pub(crate) fn add_sparse(&mut self, set: &Sparse) {
        let before = self.filled;
        for &(word, bits) in set {
            let slot = &mut self.words[word as usize];
            if *slot == 0 && bits != 0 {
                self.filled += 1;
                if !self.is_dense {
                    self.active.push(word);
                }
            }
            *slot |= bits;
        }
        if self.is_dense {
            return;
        }
        if self.filled * DENSE > self.words.len() {
            self.active.clear();
            self.is_dense = true;
        } else if before > 0 && before < self.filled {
            self.active.sort_unstable();
        }
    }

    /// Takes one crown jewel off.
    pub(crate) fn remove(&mut self, jewel: usize) {
        let slot = &mut self.words[jewel / 64];
        let before = *slot;
        *slot &= !(1 << (jewel % 64));
        if *slot == 0 && before != 0 {
            self.filled -= 1;
            if self.is_dense {
                self.settle();
            } else {
                self.active.retain(|&word| word as usize != jewel / 64);
            }
        }
    }

    /// Takes a set off but for what was lost of it.
    pub(crate) fn cover(&mut self, set: &[u64], lost: &Sparse) {
        if self.is_dense {
            self.cover_all(set, lost);
        } else {
            self.cover_active(set, lost);
        }
    }

    fn cover_all(&mut self, set: &[u64], lost: &Sparse) {
        let stays = lost.iter().map(|&(word, gone)| (word, self.words[word as usize] & gone));
        self.kept.extend(stays);
        let mut filled = 0;
        for (own, bits) in self.words.iter_mut().zip(set) {
            *own &= !bits;
            filled += usize::from(*own != 0);
        }
        for (word, bits) in self.kept.drain(..) {
            let slot = &mut self.words[word as usize];
            filled += usize::from(*slot == 0 && bits != 0);
            *slot |= bits;
        }
        self.filled = filled;
        self.settle();
    }

    fn cover_active(&mut self, set: &[u64], lost: &Sparse) {
        let words = &mut self.words;
        let mut lost = lost.iter().copied().peekable();
        self.active.retain(|&word| {
            while lost.next_if(|(other, _)| *other < word).is_some() {}
            let gone = lost.peek().filter(|(other, _)| *other == word).map_or(0, |of| of.1);
            let slot = &mut words[word as usize];
            *slot &= !(set[word as usize] & !gone);
            *slot != 0
        });
        self.filled = self.active.len();
    }

    /// Lists the words that have a bit once they are few.
    fn settle(&mut self) {
        if self.filled * DENSE <= self.words.len() {
            let filled = (0..).zip(&self.words).filter(|(_, bits)| **bits != 0);
            self.active.extend(filled.map(|(word, _)| word));
            self.is_dense = false;
        }
    }

    /// What is left of it.
    pub(crate) fn words(&self) -> impl Iterator<Item = (u32, u64)> {
        let all = (0..).zip(&self.words).filter(|(_, bits)| self.is_dense && **bits != 0);
        let listed = self.active.iter().map(|&word| (word, self.words[word as usize]));
        all.map(|(word, &bits)| (word, bits)).chain(listed)
    }

    /// How many crown jewels are left of it.
    pub(crate) fn len(&self) -> u64 {
        self.words().map(|(_, bits)| u64::from(bits.count_ones())).sum()
    }

    /// How many words have a bit.
    pub(crate) fn width(&self) -> usize {
        self.filled
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn dense(set: &BTreeSet<usize>, words: usize) -> Vec<u64> {
        let mut words = vec![0; words];
        for at in set {
            words[at / 64] |= 1 << (at % 64);
        }
        words
    }

    fn sparse(set: &BTreeSet<usize>) -> Vec<(u32, u64)> {
        (0..).zip(dense(set, 40)).filter(|(_, bits)| *bits != 0).collect()
    }

    #[test]
    fn it_holds_what_a_plain_set_holds() {
        for words in [4, 40] {
            holds_what_a_plain_set_holds(words);
        }
    }

    /// With few words all are most often gone through, with many those that have a bit.
    fn holds_what_a_plain_set_holds(words: usize) {
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
            (state >> 33) % below
        };
        let (mut missing, mut plain) = (Missing::new(words), BTreeSet::new());
        for _ in 0..20_000 {
            let mut some = |most: u64| -> BTreeSet<usize> {
                (0..next(most)).map(|_| next(64 * words as u64) as usize).collect()
            };
            let (set, lost) = (some(60), some(30));
            match next(8) {
                0 => {
                    missing.clear();
                    plain.clear();
                }
                1 | 2 => {
                    missing.add(&dense(&set, words));
                    plain.extend(set);
                }
                3 => {
                    missing.add_sparse(&sparse(&set));
                    plain.extend(set);
                }
                4 => {
                    for jewel in set {
                        missing.remove(jewel);
                        plain.remove(&jewel);
                    }
                }
                _ => {
                    missing.cover(&dense(&set, words), &sparse(&lost));
                    plain.retain(|at| !set.contains(at) || lost.contains(at));
                }
            }
            assert_eq!(missing.words().collect::<Vec<_>>(), sparse(&plain));
            assert_eq!(missing.len(), plain.len() as u64);
            assert_eq!(missing.is_empty(), plain.is_empty());
        }
    }
}
