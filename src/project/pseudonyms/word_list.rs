//! Readable pseudonyms in order: a noun, a noun with a colour, and, where those are used up, a number.
//!
//! `Heron` < `Heron-05` < `Heron-amber` < `Heron-amber-5` < `Ibis`, compared by bytes. The digits of a
//! number count as those of a fraction: between `-5` and `-6` there is `-55`, so that there is room
//! between any two.

use super::words::{COLOURS, NOUNS};

/// The words that pseudonyms of one kind are made of.
pub(crate) struct WordList {
    prefix: &'static str,
    nouns: Vec<&'static str>,
    colours: Vec<&'static str>,
}

impl WordList {
    /// All words that do not occur in `names`, whatever their case; each pseudonym starts with `prefix`.
    ///
    /// Costs one search through the names for each word.
    pub(crate) fn new(prefix: &'static str, names: &str) -> Self {
        let names = names.to_lowercase();
        let is_free = |word: &&'static str| {
            memchr::memmem::find(names.as_bytes(), word.to_lowercase().as_bytes()).is_none()
        };
        let or_all = |free: Vec<&'static str>, all: &[&'static str]| {
            if free.is_empty() { all.to_vec() } else { free }
        };
        let nouns = NOUNS.into_iter().filter(is_free).collect();
        let colours = COLOURS.into_iter().filter(is_free).collect();
        Self { prefix, nouns: or_all(nouns, &NOUNS), colours: or_all(colours, &COLOURS) }
    }

    /// A number of pseudonyms in order, at even distances.
    pub(crate) fn spread(&self, count: usize) -> Vec<String> {
        let slots = |of: usize| (0..count).map(move |at| (2 * at + 1) * of / (2 * count));
        let pairs = self.pairs();
        if 2 * count <= self.nouns.len() {
            let noun = |at: usize| self.nouns.get(at).copied().unwrap_or_default();
            return slots(self.nouns.len())
                .map(|at| format!("{}{}", self.prefix, noun(at)))
                .collect();
        }
        if 2 * count <= pairs {
            return slots(pairs).map(|at| self.pair(at)).collect();
        }
        let numbers = (2 * count).div_ceil(pairs);
        let width = numbers.to_string().len();
        let numbered =
            |at: usize| format!("{}-{:0width$}", self.pair(at / numbers), at % numbers + 1);
        slots(pairs * numbers).map(numbered).collect()
    }

    /// A pseudonym between two others, of which either may be missing.
    pub(crate) fn between(&self, lower: Option<&str>, upper: Option<&str>) -> String {
        let is_behind = |word: &str| lower.is_none_or(|lower| word > lower);
        let is_before = |word: &str| upper.is_none_or(|upper| word < upper);
        let middle = |count: usize, word: &dyn Fn(usize) -> String| {
            let first = first_where(count, |at| is_behind(&word(at)));
            let end = first_where(count, |at| !is_before(&word(at)));
            (first < end).then(|| word(first.midpoint(end)))
        };
        let noun = |at: usize| {
            format!("{}{}", self.prefix, self.nouns.get(at).copied().unwrap_or_default())
        };
        middle(self.nouns.len(), &noun)
            .or_else(|| middle(self.pairs(), &|at| self.pair(at)))
            .unwrap_or_else(|| self.numbered_between(lower, upper))
    }

    /// The lower one with a number, or with another number.
    fn numbered_between(&self, lower: Option<&str>, upper: Option<&str>) -> String {
        let lowest = format!("{}A", self.prefix);
        let (stem, number) = lower.map_or((lowest.as_str(), ""), parted);
        let below = upper.map(parted).filter(|(of, digits)| *of == stem && !digits.is_empty());
        let below = below.map(|(_, digits)| digits);
        format!("{stem}-{}", fraction_between(number, below))
    }

    /// How many there are of a noun alone or with a colour.
    fn pairs(&self) -> usize {
        self.nouns.len() * (self.colours.len() + 1)
    }

    /// The noun, alone or with its colour, at a place among all of them.
    fn pair(&self, at: usize) -> String {
        let each = self.colours.len() + 1;
        let noun = self.nouns.get(at / each).copied().unwrap_or_default();
        match (at % each).checked_sub(1).and_then(|at| self.colours.get(at)) {
            Some(colour) => format!("{}{noun}-{colour}", self.prefix),
            None => format!("{}{noun}", self.prefix),
        }
    }
}

/// The first place of which `is` holds, where it holds of all behind it; `count` where of none.
fn first_where(count: usize, is: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// A pseudonym without its number, and the digits of the number; those are empty where it has none.
fn parted(pseudonym: &str) -> (&str, &str) {
    match pseudonym.rsplit_once('-') {
        Some((stem, digits))
            if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            (stem, digits)
        }
        _ => (pseudonym, ""),
    }
}

/// Digits that sort between two others, where those count as what follows a decimal point; not ending
/// in a zero. `upper` holds a digit other than zero.
fn fraction_between(lower: &str, upper: Option<&str>) -> String {
    let (mut digits, mut low, mut high) = (String::new(), lower.bytes(), upper.map(str::bytes));
    loop {
        let from = low.next().map_or(0, |digit| digit - b'0');
        let to = match &mut high {
            None => 10,
            Some(rest) => rest.next().map_or(0, |digit| digit - b'0'),
        };
        if from + 1 < to {
            digits.push(char::from(b'0' + u8::midpoint(from, to)));
            return digits;
        }
        digits.push(char::from(b'0' + from));
        // From here on only one side bounds what follows, unless both began alike.
        if from < to {
            high = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_lie_between() {
        let cases = [
            ("", None, "5"),
            ("5", None, "7"),
            ("9", None, "95"),
            ("99", None, "995"),
            ("", Some("1"), "05"),
            ("", Some("01"), "005"),
            ("5", Some("6"), "55"),
            ("59", Some("6"), "595"),
            ("1", Some("11"), "105"),
        ];
        for (lower, upper, between) in cases {
            assert_eq!(fraction_between(lower, upper), between, "{lower} {upper:?}");
            assert!(between > lower && upper.is_none_or(|upper| between < upper));
        }
    }

    #[test]
    fn few_are_nouns_many_have_a_colour_and_more_a_number() {
        let words = WordList::new("service ", "");
        for count in [0, 1, 2, 100, 167, 168, 5_000, 9_018, 40_000] {
            let all = words.spread(count);
            assert_eq!(all.len(), count);
            assert!(all.is_sorted_by(|one, next| one < next), "{count}");
        }
        assert!(words.spread(100).iter().all(|name| !name.contains('-')));
        assert!(
            words.spread(5_000).iter().all(|name| !name.ends_with(|end: char| end.is_numeric()))
        );
    }

    #[test]
    fn words_that_a_name_holds_are_left_out() {
        let words = WordList::new("service ", "payments\nGREY-HERON-api\n");
        let all = words.spread(9_000).join(" ");
        assert!(!all.contains("Heron") && !all.contains("grey"));
        assert!(all.contains("Ibis") && all.contains("azure"));
    }

    #[test]
    fn a_free_word_is_taken_before_a_number() {
        let words = WordList::new("", "");
        assert_eq!(words.between(Some("Hedgehog"), Some("Holly")), "Herring");
        let pair = words.between(Some("Heron"), Some("Herring"));
        assert!(pair.starts_with("Heron-"), "{pair}");
        assert_eq!(words.between(Some("Heron-amber"), Some("Heron-ash")), "Heron-amber-5");
        assert_eq!(words.between(None, Some("Aardvark")), "A-5");
    }
}
