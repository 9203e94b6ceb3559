//! Finds long mixed values again in the texts of other rows, within longer ones too and whatever the
//! case of their letters, without keeping any.
//!
//! Of each value two keyed hashes are kept: of its first eight bytes, which is looked up at every place
//! of a text, and of the whole, which decides. So a text costs its length, however many values there
//! are. Both hashes depend on the key, and are gone with the import.

use std::cell::OnceCell;
use std::ops::Range;

use zeroize::Zeroizing;

/// How many bytes are looked up at each place of a text.
const WINDOW: usize = 8;
/// The most bytes of a value: a longer one is no password or key that anybody pastes into a name.
const LONGEST: usize = 1 << 14;
/// With how many different lengths values of one beginning are looked for at a place.
const MOST_LENGTHS: usize = 64;
/// A prime, so that each text has a hash of its own but for one in 10¹⁸; just below a power of two,
/// so that its remainder is cheap.
const PRIME: u64 = (1 << 61) - 1;

/// What the hashes depend on.
#[derive(Clone, Copy)]
pub(crate) struct TraceKey {
    mask: u64,
    base: u64,
}

impl TraceKey {
    pub(crate) fn new(seed: u128) -> Self {
        Self { mask: seed as u64, base: (seed >> 64) as u64 % (PRIME - 512) + 256 }
    }

    /// A hash of a whole text, as it is written.
    pub(crate) fn hash(self, text: &str) -> u64 {
        text.bytes().fold(self.mask % PRIME, |hash, byte| self.step(hash, byte))
    }

    /// A hash of eight bytes.
    fn window(self, bytes: u64) -> u64 {
        let wide = u128::from(bytes ^ self.mask) * u128::from(self.base | 1 << 63);
        (wide >> 64) as u64 ^ wide as u64
    }

    fn step(self, hash: u64, byte: u8) -> u64 {
        sum(product(hash, self.base), u64::from(byte) + 1)
    }
}

fn product(one: u64, other: u64) -> u64 {
    let wide = u128::from(one) * u128::from(other);
    sum((wide >> 61) as u64, wide as u64 & PRIME)
}

fn sum(one: u64, other: u64) -> u64 {
    let sum = one + other;
    if sum >= PRIME { sum - PRIME } else { sum }
}

/// A value by its hashes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Trace {
    window: u64,
    length: u32,
    whole: u64,
}

/// The values that were met.
#[derive(Default)]
pub(crate) struct ValueTraces(Vec<Trace>);

impl ValueTraces {
    /// Adds a value, and of one with several lines each of them, if it is long and mixed.
    pub(crate) fn add(&mut self, key: TraceKey, value: &str) {
        if value.contains('\n') {
            for line in
                value.split(['\n', '\r']).map(str::trim).filter(|line| !line.starts_with("---"))
            {
                self.add_one(key, line);
            }
        }
        self.add_one(key, value);
    }

    fn add_one(&mut self, key: TraceKey, value: &str) {
        if !is_long_and_mixed(value) {
            return;
        }
        let (mut window, mut whole, mut before) = (0_u64, 0, 0);
        for (at, &byte) in value.as_bytes().iter().enumerate() {
            let byte = folded(before, byte);
            before = byte;
            if at < WINDOW {
                window = window << 8 | u64::from(byte);
            }
            whole = key.step(whole, byte);
        }
        self.0.push(Trace { window: key.window(window), length: value.len() as u32, whole });
    }

    /// Adds those of a part of the same table.
    pub(crate) fn extend(&mut self, part: Self) {
        self.0.extend(part.0);
    }

    /// What finds them again; `None` if there are none.
    pub(crate) fn finder(&self, key: TraceKey) -> Option<TraceFinder<'_>> {
        (!self.0.is_empty()).then(|| TraceFinder::new(self, key))
    }
}

/// Whether a value has eight signs or more, and letters beside digits or signs.
fn is_long_and_mixed(value: &str) -> bool {
    let bytes = value.as_bytes();
    let has_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80;
    let has_sign = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_punctuation();
    (WINDOW..=LONGEST).contains(&bytes.len())
        && bytes.iter().any(has_letter)
        && bytes.iter().any(has_sign)
        && value.chars().take(WINDOW).count() == WINDOW
}

/// A byte as it is compared: small letters for large ones, with and without accents.
fn folded(before: u8, byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte | 0x20,
        // À to Þ, but for the sign of multiplication.
        0x80..=0x9e if before == 0xc3 && byte != 0x97 => byte | 0x20,
        _ => byte,
    }
}

/// Finds values in texts.
pub(crate) struct TraceFinder<'a> {
    key: TraceKey,
    traces: &'a ValueTraces,
    /// A bit for the hash of each beginning: most texts have none of them, and are done with it.
    beginnings: Vec<u64>,
    sorted: OnceCell<Vec<Trace>>,
}

impl<'a> TraceFinder<'a> {
    fn new(traces: &'a ValueTraces, key: TraceKey) -> Self {
        // Sixteen bits a value: one place in sixteen is looked at once more.
        let words = (traces.0.len() / 4).next_power_of_two();
        let mut beginnings = vec![0_u64; words];
        for trace in &traces.0 {
            let (word, bit) = place(trace.window, words);
            if let Some(word) = beginnings.get_mut(word) {
                *word |= bit;
            }
        }
        Self { key, traces, beginnings, sorted: OnceCell::new() }
    }

    /// Where values stand in a text, from the start to the end.
    pub(crate) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if text.len() < WINDOW {
            return found;
        }
        let mut prefixes: Option<Prefixes> = None;
        let (mut window, mut before) = (0_u64, 0);
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            let byte = folded(before, byte);
            before = byte;
            window = window << 8 | u64::from(byte);
            let Some(start) = (at + 1).checked_sub(WINDOW) else { continue };
            let hash = self.key.window(window);
            let (word, bit) = place(hash, self.beginnings.len());
            if self.beginnings.get(word).is_none_or(|word| word & bit == 0)
                || found.last().is_some_and(|last| start < last.end)
            {
                continue;
            }
            let prefixes = prefixes.get_or_insert_with(|| Prefixes::new(self.key, text));
            found.extend(self.longest_at(text, start, (hash, prefixes)));
        }
        found
    }

    /// The longest value at a place whose eight bytes have this hash.
    fn longest_at(
        &self,
        text: &str,
        start: usize,
        (window, prefixes): (u64, &Prefixes),
    ) -> Option<Range<usize>> {
        let sorted = self.sorted.get_or_init(|| {
            let mut all = self.traces.0.clone();
            all.sort_unstable();
            all.dedup();
            all
        });
        let mut longest = None;
        let mut next = Trace { window, length: 0, whole: 0 };
        for _ in 0..MOST_LENGTHS {
            let at = sorted.partition_point(|one| *one < next);
            let Some(length) =
                sorted.get(at).filter(|one| one.window == window).map(|one| one.length)
            else {
                break;
            };
            let end = start + length as usize;
            if end > text.len() {
                break;
            }
            let whole = prefixes.between(start, end);
            let wanted = Trace { window, length, whole };
            if text.is_char_boundary(start)
                && text.is_char_boundary(end)
                && sorted.binary_search(&wanted).is_ok()
            {
                longest = Some(start..end);
            }
            next.length = length + 1;
        }
        longest
    }

    /// The text with `mask` in the place of every value; `None` if there is none.
    pub(crate) fn masked(&self, text: &str, mask: &str) -> Option<Zeroizing<String>> {
        let found = self.find(text);
        if found.is_empty() {
            return None;
        }
        let room = text.len() + found.len() * mask.len();
        let mut clean = Zeroizing::new(String::with_capacity(room));
        let mut from = 0;
        for value in found {
            clean.push_str(text.get(from..value.start).unwrap_or_default());
            clean.push_str(mask);
            from = value.end;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        Some(clean)
    }
}

/// The word and the bit of a hash; `words` is a power of two.
fn place(hash: u64, words: usize) -> (usize, u64) {
    ((hash >> 6) as usize & (words - 1), 1 << (hash & 63))
}

/// The hashes of all beginnings of a text, from which that of any part follows.
struct Prefixes {
    hashes: Vec<u64>,
    powers: Vec<u64>,
}

impl Prefixes {
    fn new(key: TraceKey, text: &str) -> Self {
        let mut all = Self { hashes: vec![0], powers: vec![1] };
        let (mut hash, mut power, mut before) = (0, 1, 0);
        for &byte in text.as_bytes() {
            let byte = folded(before, byte);
            before = byte;
            hash = key.step(hash, byte);
            power = product(power, key.base);
            all.hashes.push(hash);
            all.powers.push(power);
        }
        all
    }

    fn between(&self, start: usize, end: usize) -> u64 {
        let at = |all: &[u64], place: usize| all.get(place).copied().unwrap_or(0);
        let before = product(at(&self.hashes, start), at(&self.powers, end - start));
        sum(at(&self.hashes, end), PRIME - before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(values: &[&str], text: &str) -> String {
        let key = TraceKey::new(0x0123_4567_89ab_cdef_0fed_cba9_8765_4321);
        let mut traces = ValueTraces::default();
        for value in values {
            traces.add(key, value);
        }
        let found = traces.finder(key).and_then(|finder| finder.masked(text, "*"));
        found.map_or_else(|| text.to_owned(), |clean| clean.to_string())
    }

    #[test]
    fn long_mixed_values_are_found_within_texts_whatever_their_case() {
        let values = ["S3cretPass99", "S3cretPass99-longer", "Käse-Brot", "hunter-two"];
        for (text, clean) in [
            ("svc-b uses S3cretPass99", "svc-b uses *"),
            ("s3CRETpass99", "*"),
            ("xS3cretPass99-longerx, S3cretPass99", "x*x, *"),
            ("KÄSE-BROT und käse-brot", "* und *"),
            ("S3cretPass9", "S3cretPass9"),
            ("the hunter-two", "the *"),
        ] {
            assert_eq!(masked(&values, text), clean);
        }
        for weak in ["payments", "hunter2", "correct horse battery", "12345678"] {
            assert_eq!(masked(&[weak], weak), weak);
        }
        assert_eq!(
            masked(&["-----BEGIN X-----\nAAAABBBB1\n-----END X-----"], "x AAAABBBB1"),
            "x *"
        );
    }

    #[test]
    fn many_values_with_one_beginning_are_told_apart() {
        let values: Vec<String> =
            (0..500).map(|at| format!("password-{at:0width$}", width = at % 90 + 1)).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        assert_eq!(masked(&values, values[7]), "*");
        assert_eq!(masked(&values, "password-x"), "password-x");
    }
}
