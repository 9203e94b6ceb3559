//! Small numbers for fingerprints, and what the last row with each said.

use hashbrown::HashTable;

use crate::import::rows::memo::packed;
use crate::inventory::{FactsId, Fingerprint, NameId, Names};

/// The distinct fingerprints in the order of first sight.
#[derive(Default)]
pub(crate) struct FingerprintNumbers {
    /// A keyed hash is evenly spread already, and kept whole in the table.
    table: HashTable<(u64, u64, u32)>,
    /// By number.
    last: Vec<Last>,
}

/// What the last row with a fingerprint said; the next one mostly repeats it.
#[derive(Clone, Copy)]
struct Last {
    /// The id's text, where it is short; else 0. In two halves, because a whole would be aligned with
    /// unused room behind it.
    text: [u64; 2],
    id: Option<NameId>,
    facts: FactsId,
}

impl FingerprintNumbers {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.last.len()
    }

    /// The number of a fingerprint, which is added if it is new.
    pub(crate) fn number(&mut self, fingerprint: Fingerprint) -> u32 {
        let (low, high) = halves(fingerprint.0);
        if let Some(found) = self.find(low, high) {
            return found;
        }
        let at = self.last.len() as u32;
        self.table.insert_unique(low, (low, high, at), |entry| entry.0);
        self.last.push(Last { text: [0; 2], id: None, facts: FactsId(u32::MAX) });
        at
    }

    /// The numbers of further fingerprints, which are added where they are new.
    pub(crate) fn numbers(&mut self, further: &[Fingerprint]) -> Vec<u32> {
        self.table.reserve(further.len(), |entry| entry.0);
        self.last.reserve(further.len());
        further.iter().map(|one| self.number(*one)).collect()
    }

    /// Whether some row has a fingerprint.
    pub(crate) fn contains(&self, fingerprint: Fingerprint) -> bool {
        let (low, high) = halves(fingerprint.0);
        self.find(low, high).is_some()
    }

    fn find(&self, low: u64, high: u64) -> Option<u32> {
        let same = |entry: &(u64, u64, u32)| entry.0 == low && entry.1 == high;
        self.table.find(low, same).map(|entry| entry.2)
    }

    /// All by their numbers.
    pub(crate) fn all(&self) -> Vec<Fingerprint> {
        let mut all = vec![Fingerprint(0); self.last.len()];
        for &(low, high, at) in &self.table {
            if let Some(place) = all.get_mut(at as usize) {
                *place = Fingerprint(u128::from(high) << 64 | u128::from(low));
            }
        }
        all
    }

    /// The id that the last row with this number had, if it has this text.
    pub(crate) fn last_id(&self, number: u32, text: &str, names: &Names) -> Option<NameId> {
        let last = self.last.get(number as usize)?;
        let same = last.text != [0; 2] && last.text == short(text);
        last.id.filter(|id| same || names.text(*id) == text)
    }

    /// The facts of the last row with this number.
    pub(crate) fn last_facts(&self, number: u32) -> Option<FactsId> {
        self.last.get(number as usize).map(|last| last.facts)
    }

    /// Remembers what a row with this number said.
    pub(crate) fn set_last(
        &mut self,
        number: u32,
        (id, facts): (Option<NameId>, FactsId),
        names: &Names,
    ) {
        let Some(last) = self.last.get_mut(number as usize) else { return };
        if last.id != id || last.text == [0; 2] {
            last.text = id.map_or([0; 2], |id| short(names.text(id)));
        }
        (last.id, last.facts) = (id, facts);
    }
}

/// A short text as two numbers; 0 for any other.
fn short(text: &str) -> [u64; 2] {
    packed(text).map(halves).map_or([0; 2], |(low, high)| [low, high])
}

fn halves(whole: u128) -> (u64, u64) {
    (whole as u64, (whole >> 64) as u64)
}
