//! A small source of numbers that are the same on every machine.

/// `SplitMix64` (Steele, Lea and Flood, 2014): one addition and three mixes for each number.
///
/// Shares are drawn with the operations that IEEE 754 rounds exactly (products, quotients and
/// square roots), never with powers, whose last bit differs from one library to the next.
pub(super) struct Random {
    state: u64,
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A number in 0..1, in steps of 2⁻⁵³.
    pub(super) fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether an event of `per_mille` thousandths happens.
    pub(super) fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// One of a list; `None` from an empty one.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.below(list.len())).copied()
    }

    /// One of a list, its first places far likelier than its last.
    pub(super) fn pick_popular<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let share = self.share();
        list.get((list.len() as f64 * share * share * share) as usize).copied()
    }

    /// Puts a list in any order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// `base` to the power of `sixteenths` / 16, by square roots alone.
pub(super) fn root_power(base: f64, sixteenths: u32) -> f64 {
    let mut root = base;
    let mut result = 1.0;
    for bit in [8, 4, 2, 1] {
        root = root.sqrt();
        if sixteenths & bit != 0 {
            result *= root;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_generator() {
        // The first three numbers of the reference implementation for the seed 1234567.
        let mut random = Random::new(1_234_567);
        let drawn = [random.bits(), random.bits(), random.bits()];
        let published =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(drawn, published);
    }

    #[test]
    fn root_powers_of_powers_of_two_are_whole() {
        assert!((root_power(65_536.0, 8) - 256.0).abs() < 1e-9);
        assert!((root_power(65_536.0, 11) - 2048.0).abs() < 1e-9);
        assert!((root_power(65_536.0, 1) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_shuffle_keeps_every_member() {
        let mut list: Vec<u32> = (0..1000).collect();
        Random::new(3).shuffle(&mut list);
        assert_ne!(list, (0..1000).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..1000).collect::<Vec<_>>());
    }
}
