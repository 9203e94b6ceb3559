//! Pseudonyms of one kind of name: readable, each of one name alone, and in the order of the names.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::word_list::WordList;

/// The pseudonyms of one kind of name.
///
/// They sort as the names do, by bytes, so that nothing that is sorted changes its order. None ever
/// changes: a name that comes later gets one between those of its neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pseudonyms {
    of_names: BTreeMap<String, String>,
    /// What the user chose in the place of some of them. These sort as they like.
    chosen: BTreeMap<String, String>,
}

/// Why names and pseudonyms that were read are not what was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project) struct OutOfOrder;

impl Pseudonyms {
    /// Gives each of these names one, if it has none yet; the names are sorted and distinct.
    ///
    /// The first ones are spread over the words evenly, so that later ones find room.
    pub(crate) fn give<'a>(
        &mut self,
        names: impl ExactSizeIterator<Item = &'a str>,
        words: &WordList,
    ) {
        if self.of_names.is_empty() {
            let count = names.len();
            let spread = words.spread(count);
            self.of_names = names.map(str::to_owned).zip(spread).collect();
            return;
        }
        for name in names {
            if !self.of_names.contains_key(name) {
                let below = (Bound::Unbounded, Bound::Excluded(name));
                let above = (Bound::Excluded(name), Bound::Unbounded);
                let lower = self.of_names.range::<str, _>(below).next_back();
                let upper = self.of_names.range::<str, _>(above).next();
                let text = |found: Option<(&String, &String)>| found.map(|(_, to)| to.clone());
                let (lower, upper) = (text(lower), text(upper));
                let mut new = words.between(lower.as_deref(), upper.as_deref());
                while self.chosen.values().any(|chosen| *chosen == new) {
                    new = words.between(Some(&new), upper.as_deref());
                }
                self.of_names.insert(name.to_owned(), new);
            }
        }
    }

    /// The names, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.of_names.keys().map(String::as_str)
    }

    /// The pseudonym of a name: the one that the user chose, else the one that was made.
    pub(crate) fn of(&self, name: &str) -> Option<&str> {
        self.chosen.get(name).or_else(|| self.of_names.get(name)).map(String::as_str)
    }

    /// The pseudonym that was made for a name.
    pub(crate) fn made_for(&self, name: &str) -> Option<&str> {
        self.of_names.get(name).map(String::as_str)
    }

    /// The pseudonym that the user chose for a name.
    pub(crate) fn chosen(&self, name: &str) -> Option<&str> {
        self.chosen.get(name).map(String::as_str)
    }

    /// Each name with its pseudonym, by name.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.of_names.keys().filter_map(|name| Some((name.as_str(), self.of(name)?)))
    }

    /// Each name with the pseudonym that was made for it, by name, whatever the user chose.
    pub(crate) fn made(&self) -> impl Iterator<Item = (&str, &str)> {
        self.of_names.iter().map(|(name, to)| (name.as_str(), to.as_str()))
    }

    /// Adds a name behind all others with the pseudonym that was made for it, and what the user chose.
    ///
    /// # Errors
    /// Where either does not sort behind all others.
    pub(crate) fn push(
        &mut self,
        (name, made): (String, String),
        chosen: Option<String>,
    ) -> Result<(), OutOfOrder> {
        let last = self.of_names.last_key_value();
        if last.is_some_and(|(before, to)| *before >= name || *to >= made) {
            return Err(OutOfOrder);
        }
        if let Some(chosen) = chosen {
            self.chosen.insert(name.clone(), chosen);
        }
        self.of_names.insert(name, made);
        Ok(())
    }

    /// Puts a pseudonym in the place of the one that was made for a name; `None` takes it out again.
    pub(crate) fn choose(&mut self, name: &str, pseudonym: Option<&str>) {
        match pseudonym {
            Some(pseudonym) => self.chosen.insert(name.to_owned(), pseudonym.to_owned()),
            None => self.chosen.remove(name),
        };
    }

    /// Whether the user chose any.
    pub(crate) fn has_chosen(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// These with the pseudonyms that the user chose in another state of the project.
    pub(crate) fn with_chosen_of(&self, other: Option<&Self>) -> Self {
        let chosen = other.map(|other| other.chosen.clone()).unwrap_or_default();
        Self { of_names: self.of_names.clone(), chosen }
    }
}

/// Pairs of what is looked for and what stands in its place.
impl FromIterator<(String, String)> for Pseudonyms {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self { of_names: pairs.into_iter().collect(), chosen: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ordered(pseudonyms: &Pseudonyms) -> bool {
        let all: Vec<&str> = pseudonyms.entries().map(|(_, to)| to).collect();
        all.windows(2).all(|pair| pair[0] < pair[1])
    }

    proptest! {
        /// However names come in, each has one of its own, they sort as the names do, and none that
        /// was given changes.
        #[test]
        fn pseudonyms_sort_as_their_names_do_and_stay(
            batches in prop::collection::vec(
                prop::collection::btree_set("[a-cA-C0-1]{0,4}", 0..40), 1..6),
        ) {
            let words = WordList::new("service ", "");
            let mut pseudonyms = Pseudonyms::default();
            for batch in batches {
                let before = pseudonyms.clone();
                pseudonyms.give(batch.iter().map(String::as_str).collect::<Vec<_>>().into_iter(), &words);
                prop_assert!(ordered(&pseudonyms), "{pseudonyms:?}");
                prop_assert!(before.entries().all(|(name, to)| pseudonyms.of(name) == Some(to)));
                prop_assert!(batch.iter().all(|name| pseudonyms.of(name).is_some()));
            }
        }
    }

    /// Each new name stands right behind, or right before, the one before it: no words are left between
    /// neighbours soon.
    #[test]
    fn names_that_come_at_the_narrowest_place_find_room() {
        let words = WordList::new("service ", "");
        for behind in [true, false] {
            let mut pseudonyms = Pseudonyms::default();
            pseudonyms.give(["m", "n"].into_iter(), &words);
            for number in 0..200_u32 {
                let number = if behind { number } else { 999 - number };
                let name = format!("m{number:03}");
                pseudonyms.give([name.as_str()].into_iter(), &words);
            }
            let mut first = "m".to_owned();
            for _ in 0..100 {
                first = format!("{}{}", "a".repeat(first.len()), "b");
                pseudonyms.give([first.as_str()].into_iter(), &words);
            }
            assert!(ordered(&pseudonyms));
            assert_eq!(pseudonyms.entries().count(), 302);
        }
    }
}
