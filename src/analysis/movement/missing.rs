//! A set of crown jewels that are taken for lost until something is found that still reaches them.
#![expect(clippy::indexing_slicing, reason = "words are numbered by the sets that they belong to")]

/// The words of a set that have any bit, by number.
pub(crate) type Sparse = [(u32, u64)];

/// Room for one set, used again and again; costs time in proportion to the words that have a bit.
pub(crate) struct Missing {
    words: Vec<u64>,
    /// The words that may have a bit, in order.
    active: Vec<u32>,
}

impl Missing {
    pub(crate) fn new(words: usize) -> Self {
        Self { words: vec![0; words], active: Vec::new() }
    }

    pub(crate) fn clear(&mut self) {
        for word in self.active.drain(..) {
            self.words[word as usize] = 0;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.active.is_empty()
    }

    /// Adds all of a set.
    pub(crate) fn add(&mut self, set: &[u64]) {
        let filled = (0..).zip(set).filter(|(_, bits)| **bits != 0);
        self.add_words(filled.map(|(word, &bits)| (word, bits)));
    }

    /// The same for one of which the words are given that have a bit.
    pub(crate) fn add_sparse(&mut self, set: &Sparse) {
        self.add_words(set.iter().copied());
    }

    fn add_words(&mut self, words: impl Iterator<Item = (u32, u64)>) {
        let before = self.active.len();
        for (word, bits) in words {
            let slot = &mut self.words[word as usize];
            if *slot == 0 {
                self.active.push(word);
            }
            *slot |= bits;
        }
        if before > 0 && before < self.active.len() {
            self.active.sort_unstable();
        }
    }

    /// Takes one crown jewel off.
    pub(crate) fn remove(&mut self, jewel: usize) {
        self.words[jewel / 64] &= !(1 << (jewel % 64));
        if self.words[jewel / 64] == 0 {
            self.active.retain(|&word| word as usize != jewel / 64);
        }
    }

    /// Takes a set off but for what was lost of it.
    pub(crate) fn cover(&mut self, set: &[u64], lost: &Sparse) {
        let words = &mut self.words;
        let mut lost = lost.iter().copied().peekable();
        self.active.retain(|&word| {
            while lost.next_if(|(other, _)| *other < word).is_some() {}
            let gone = lost.peek().filter(|(other, _)| *other == word).map_or(0, |of| of.1);
            let slot = &mut words[word as usize];
            *slot &= !(set[word as usize] & !gone);
            *slot != 0
        });
    }

    /// What is left of it.
    pub(crate) fn words(&self) -> impl Iterator<Item = (u32, u64)> {
        self.active.iter().map(|&word| (word, self.words[word as usize]))
    }

    /// How many crown jewels are left of it.
    pub(crate) fn len(&self) -> u64 {
        self.words().map(|(_, bits)| u64::from(bits.count_ones())).sum()
    }

    /// How many words have a bit.
    pub(crate) fn width(&self) -> usize {
        self.active.len()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn dense(set: &BTreeSet<usize>) -> Vec<u64> {
        let mut words = vec![0; 4];
        for at in set {
            words[at / 64] |= 1 << (at % 64);
        }
        words
    }

    fn sparse(set: &BTreeSet<usize>) -> Vec<(u32, u64)> {
        (0..).zip(dense(set)).filter(|(_, bits)| *bits != 0).collect()
    }

    #[test]
    fn it_holds_what_a_plain_set_holds() {
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
            (state >> 33) % below
        };
        let (mut missing, mut plain) = (Missing::new(4), BTreeSet::new());
        for _ in 0..20_000 {
            let mut some = |most: u64| -> BTreeSet<usize> {
                (0..next(most)).map(|_| next(250) as usize).collect()
            };
            let (set, lost) = (some(60), some(30));
            match next(8) {
                0 => {
                    missing.clear();
                    plain.clear();
                }
                1 | 2 => {
                    missing.add(&dense(&set));
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
                    missing.cover(&dense(&set), &sparse(&lost));
                    plain.retain(|at| !set.contains(at) || lost.contains(at));
                }
            }
            assert_eq!(missing.words().collect::<Vec<_>>(), sparse(&plain));
            assert_eq!(missing.len(), plain.len() as u64);
            assert_eq!(missing.is_empty(), plain.is_empty());
        }
    }
}
