//! Names within other texts: found in whatever letter case and inside other words.

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::names::Redaction;
use crate::project::pseudonyms::{NameOf, Pseudonyms};

/// Names of fewer letters are looked for as words of their own: within others they would be everywhere.
const SHORTEST_WITHIN: usize = 3;

/// What is looked for, in the order in which the first one counts of those that are spelt alike.
const SOUGHT: [NameOf; 6] = [
    NameOf::Service,
    NameOf::Credential,
    NameOf::Account,
    NameOf::Owner,
    NameOf::File,
    NameOf::Environment,
];

/// Finds the names that are hidden within texts.
pub(super) struct NameFinder {
    within: Sought,
    as_words: Sought,
}

/// Some names in small letters, and what stands in their place.
struct Sought {
    finder: Option<AhoCorasick>,
    pseudonyms: Vec<String>,
}

impl NameFinder {
    /// Costs time in proportion to the names.
    pub(super) fn new(redaction: &Redaction) -> Self {
        let (mut within, mut as_words) = (Vec::new(), Vec::new());
        for of in SOUGHT {
            let entries = redaction.pseudonyms.of(of).into_iter().flat_map(Pseudonyms::entries);
            for (name, pseudonym) in entries.filter(|(name, _)| redaction.hides(of, name)) {
                // The labels of environments are parts of many words.
                let is_short = name.chars().count() < SHORTEST_WITHIN;
                let list =
                    if is_short || of == NameOf::Environment { &mut as_words } else { &mut within };
                list.push((in_small_letters(name).0, pseudonym.to_owned()));
                if of == NameOf::File {
                    // Texts may call a file without its folder.
                    let alone = name.rsplit(['/', '\\']).next().unwrap_or(name);
                    within.push((in_small_letters(alone).0, pseudonym.to_owned()));
                }
            }
        }
        Self { within: Sought::new(within), as_words: Sought::new(as_words) }
    }

    /// The text with the pseudonyms of all names that stand in it.
    pub(super) fn hidden(&self, text: &str) -> String {
        self.parts(text).into_iter().map(|part| part.text).collect()
    }

    /// What of the text is no name, in its order.
    pub(super) fn between_names(&self, text: &str) -> Vec<String> {
        let parts = self.parts(text).into_iter();
        parts.filter(|part| !part.is_pseudonym).map(|part| part.text).collect()
    }

    fn parts(&self, text: &str) -> Vec<Part> {
        let mut parts = vec![Part { text: text.to_owned(), is_pseudonym: false }];
        for (sought, only_words) in [(&self.within, false), (&self.as_words, true)] {
            parts = parts.into_iter().flat_map(|part| sought.parted(part, only_words)).collect();
        }
        parts
    }
}

/// A piece of a text.
struct Part {
    text: String,
    is_pseudonym: bool,
}

impl Sought {
    fn new(mut names: Vec<(String, String)>) -> Self {
        // A name of marks alone is found nowhere.
        names.retain(|(name, _)| !name.is_empty());
        // Of those that start at one place the longest counts, of those alike the first.
        names.sort_by(|one, other| one.0.cmp(&other.0));
        names.dedup_by(|next, first| next.0 == first.0);
        let finder = aho_corasick::AhoCorasickBuilder::new()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| name))
            .ok()
            .filter(|_| !names.is_empty());
        Self { finder, pseudonyms: names.into_iter().map(|(_, to)| to).collect() }
    }

    /// A part of a text, taken apart where names stand in it.
    fn parted(&self, part: Part, only_words: bool) -> Vec<Part> {
        let Some(finder) = self.finder.as_ref().filter(|_| !part.is_pseudonym) else {
            return vec![part];
        };
        let (small, places) = in_small_letters(&part.text);
        let (mut parts, mut done, mut at) = (Vec::new(), 0, 0);
        let own = |from: usize, to: usize| {
            let place = |at: usize| match at {
                0 => 0,
                at => places.get(at).copied().unwrap_or(part.text.len()),
            };
            part.text.get(place(from)..place(to)).unwrap_or_default().to_owned()
        };
        while let Some(found) = small.get(at..).and_then(|rest| finder.find(rest)) {
            let (from, to) = (at + found.start(), at + found.end());
            let is_name = is_of_letters(&places, from, to);
            if !is_name || (only_words && !is_word(&small, from, to)) {
                let first = small.get(from..).and_then(|rest| rest.chars().next());
                at = from + first.map_or(1, char::len_utf8);
                continue;
            }
            parts.push(Part { text: own(done, from), is_pseudonym: false });
            let text = self.pseudonyms.get(found.pattern().as_usize()).cloned();
            parts.push(Part { text: text.unwrap_or_default(), is_pseudonym: true });
            (done, at) = (to, to);
        }
        parts.push(Part { text: own(done, small.len()), is_pseudonym: false });
        parts
    }
}

/// A text in small letters, whatever their form, and for each of its bytes where in the text that begins which
/// it comes from: ß is ss, a ligature its letters, and a letter with a mark the letter, for not everybody writes
/// the mark, or writes it so.
fn in_small_letters(text: &str) -> (String, Vec<usize>) {
    let (mut small, mut places) = (String::with_capacity(text.len()), Vec::new());
    for (at, letter) in text.char_indices() {
        if letter.is_ascii() {
            small.push(letter.to_ascii_lowercase());
            places.push(at);
            continue;
        }
        // By way of capitals, for a small letter may be the form of several.
        let folded = letter.to_uppercase().flat_map(char::to_lowercase).nfkd();
        for own in folded.filter(|own| !is_combining_mark(*own)) {
            small.push(own);
            places.extend(std::iter::repeat_n(at, own.len_utf8()));
        }
    }
    (small, places)
}

/// Whether a part of a text in small letters begins and ends where letters of the text do.
fn is_of_letters(places: &[usize], from: usize, to: usize) -> bool {
    let parts = |at: usize| at == 0 || places.get(at) != places.get(at - 1);
    parts(from) && parts(to)
}

fn is_word(text: &str, from: usize, to: usize) -> bool {
    let before = text.get(..from).and_then(|before| before.chars().next_back());
    let after = text.get(to..).and_then(|after| after.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{as_of, inventory};
    use crate::inventory::Assumptions;
    use crate::project::{RedactedKind, RedactedKinds};

    #[test]
    fn names_are_found_in_other_letters_and_within_words() {
        let open = inventory("zorro-key holds Zorro@dev owner=Ünal identity=db\nk grants p@prod");
        let redaction = Redaction::new(RedactedKinds::default(), &open, &Assumptions::new(as_of()));
        let finder = NameFinder::new(&redaction);
        let of = |of: NameOf, name: &str| redaction.of(of, name).into_owned();
        let (key, service) = (of(NameOf::Credential, "zorro-key"), of(NameOf::Service, "Zorro"));
        let (owner, account) = (of(NameOf::Owner, "Ünal"), of(NameOf::Account, "db"));
        assert_eq!(
            finder.hidden("the ZORRO-KEY of myzorros"),
            format!("the {key} of my{service}s")
        );
        assert_eq!(finder.hidden("ask ÜNAL, İ"), format!("ask {owner}, İ"));
        assert_eq!(finder.hidden("DB of webdbs"), format!("{account} of webdbs"));
        // Decomposed, as a capital of two letters, as a ligature, with and without the dot.
        let other = [("straße", "STRASSE"), ("müller", "mu\u{308}ller"), ("ﬁnance", "FINANCE")];
        for (name, written) in
            [other, [("İstanbul", "istanbul"), ("finance", "ﬁnance"), ("ss", "ß")]].concat()
        {
            let open = inventory(&format!("k holds {name}@dev"));
            let redaction =
                Redaction::new(RedactedKinds::default(), &open, &Assumptions::new(as_of()));
            let hidden = NameFinder::new(&redaction).hidden(written);
            assert_eq!(hidden, redaction.of(NameOf::Service, name), "{name} as {written}");
        }
        assert_eq!(finder.hidden("of zorro\u{308}!"), format!("of {service}!"));
        assert_eq!(finder.hidden("of zorrö!"), format!("of {service}!"));
        assert_eq!(finder.hidden("dev"), "dev", "environments are not hidden by default");
        let all = Redaction { kinds: RedactedKinds::of(RedactedKind::ALL), ..redaction.clone() };
        let text = NameFinder::new(&all).hidden("dev developers");
        assert!(text.ends_with(" developers") && text.starts_with("environment "), "{text}");
    }
}
