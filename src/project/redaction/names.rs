//! The pseudonyms of a project, and which of them are in use.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::kept_words::KeptWords;
use crate::import::owners;
use crate::inventory::{Environments, Inventory, NameId};
use crate::project::pseudonyms::{KeptPseudonyms, NameOf, RedactedKind, RedactedKinds, WordList};

/// The pseudonyms of a project, and which kinds of names are hidden.
///
/// Whoever has it can lead every pseudonym back to its name.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    pub(crate) kinds: RedactedKinds,
    pub(crate) pseudonyms: KeptPseudonyms,
    /// The canonical labels of the inventories that it has learnt.
    pub(super) labels: BTreeSet<String>,
}

/// Names that are to have pseudonyms, of each sort.
#[derive(Debug, Default)]
pub(super) struct Gathered(BTreeMap<NameOf, BTreeSet<String>>);

impl Gathered {
    pub(super) fn add(&mut self, of: NameOf, name: &str) {
        let name = name.trim();
        let name = if of.is_in_lower_case() { name.to_lowercase() } else { name.to_owned() };
        if !name.is_empty() {
            self.0.entry(of).or_default().insert(name);
        }
    }
}

impl Redaction {
    /// Gives a pseudonym to each name that has none yet. None changes.
    pub(super) fn give(&mut self, gathered: &Gathered) {
        // Files do not count: they may be named by another path the next time.
        let mut all = String::new();
        let counted = gathered.0.iter().filter(|(of, _)| **of != NameOf::File);
        for name in counted.flat_map(|(_, names)| names) {
            all.push_str(name);
            all.push('\n');
        }
        for of in NameOf::ALL.into_iter().filter(|of| gathered.0.contains_key(of)) {
            let words = WordList::new(of.prefix(), &all);
            let names = gathered.0.get(&of).into_iter().flatten().map(String::as_str);
            let names: Vec<&str> = names.collect();
            self.pseudonyms.of_mut(of).give(names.into_iter(), &words);
        }
    }

    /// What stands in the place of a name; the name itself where its kind is not hidden.
    pub(crate) fn of<'a>(&'a self, of: NameOf, name: &'a str) -> Cow<'a, str> {
        let trimmed = name.trim();
        if !self.hides(of, trimmed) || trimmed.is_empty() {
            return Cow::Borrowed(name);
        }
        let folded = if of.is_in_lower_case() {
            Cow::Owned(trimmed.to_lowercase())
        } else {
            Cow::Borrowed(trimmed)
        };
        let known = self.pseudonyms.of(of).and_then(|table| table.of(&folded));
        match (known, of) {
            (Some(pseudonym), NameOf::Environment | NameOf::PlainSight) => {
                Cow::Owned(pseudonym.to_lowercase())
            }
            (Some(pseudonym), _) => Cow::Borrowed(pseudonym),
            // A name that nobody gathered must not get through.
            (None, _) => Cow::Owned(format!("{}hidden", of.prefix())),
        }
    }

    /// Whether a name is hidden: with its kind, and a label that the standard table does not have also with
    /// those of one's own.
    pub(super) fn hides(&self, of: NameOf, name: &str) -> bool {
        let is_own = || {
            of == NameOf::Environment
                && self.kinds.has(RedactedKind::OwnEnvironments)
                && !Environments::default().knows(name)
        };
        self.kinds.has(of.kind()) || is_own()
    }

    /// A type, a storage place or tags: what is judged stays, the rest is a pseudonym.
    pub(crate) fn of_text(&self, of: NameOf, text: &str, kept: &KeptWords) -> String {
        if !self.kinds.has(of.kind()) || text.trim().is_empty() {
            return text.to_owned();
        }
        let phrases = kept.of(text);
        let pseudonym = self.of(of, text);
        if phrases.is_empty() {
            return pseudonym.into_owned();
        }
        format!("{pseudonym} ({})", phrases.join(", "))
    }
}

/// The owners that each owner cell of an inventory names, as the graph reads them.
pub(in crate::project) fn owners_of_cells(inventory: &Inventory) -> BTreeMap<NameId, Vec<String>> {
    let of_credentials = inventory.facts.iter().filter_map(|facts| facts.owner);
    let of_instances = inventory.instance_facts.iter().filter_map(|facts| facts.owner);
    let cells: BTreeSet<NameId> = of_credentials.chain(of_instances).collect();
    let texts = cells.iter().map(|&cell| inventory.text(cell));
    let alone: BTreeSet<Cow<'_, str>> =
        texts.filter(|text| !text.contains(',')).flat_map(|text| owners(text, |_| false)).collect();
    let parts = |cell: NameId| owners(inventory.text(cell), |name| alone.contains(name));
    let named = |&cell: &NameId| (cell, parts(cell).into_iter().map(Cow::into_owned).collect());
    cells.iter().map(named).collect()
}
