//! One pool for every text that an inventory keeps, so that each is stored once.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;

use hashbrown::HashTable;
use zeroize::Zeroize as _;

/// Stands for one text of a [`Names`] pool; equal texts of one pool have equal ids.
///
/// The order of ids is the order of first sight, not of the alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(NonZeroU32);

impl NameId {
    /// The name at a place in a pool; one more is kept, so that an optional id needs no room of its
    /// own.
    fn at(place: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(place))
    }

    /// The id as an index into a list that has one entry for each name.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A pool of distinct texts. Interning costs one hash and, for a new text, one copy.
#[derive(Clone)]
pub struct Names {
    arena: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: ahash::RandomState,
}

/// Shows the texts in the order of their ids: how the table came to be says nothing.
impl fmt::Debug for Names {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.ids().map(|id| self.text(id))).finish()
    }
}

impl Default for Names {
    fn default() -> Self {
        let hasher = ahash::RandomState::with_seeds(0x6b65, 0x7972, 0x6561, 0x6368);
        Self { arena: String::new(), ends: Vec::new(), table: HashTable::new(), hasher }
    }
}

impl Names {
    /// The id of `text`, which is added if the pool does not have it yet.
    pub fn intern(&mut self, text: &str) -> NameId {
        let hash = self.hasher.hash_one(text);
        let Self { arena, ends, table, hasher } = self;
        if let Some(&found) = table.find(hash, |&id| text_at(arena, ends, id) == text) {
            return NameId::at(found);
        }
        let id = ends.len() as u32;
        append(arena, text);
        ends.push(arena.len());
        table.insert_unique(hash, id, |&other| hasher.hash_one(text_at(arena, ends, other)));
        NameId::at(id)
    }

    /// Makes room for the ids of further texts.
    pub fn reserve(&mut self, further: usize) {
        let Self { arena, ends, table, hasher } = self;
        ends.reserve(further);
        table.reserve(further, |&id| hasher.hash_one(text_at(arena, ends, id)));
    }

    /// The id of `text` if the pool has it.
    pub fn find(&self, text: &str) -> Option<NameId> {
        let hash = self.hasher.hash_one(text);
        self.table
            .find(hash, |&id| text_at(&self.arena, &self.ends, id) == text)
            .map(|&id| NameId::at(id))
    }

    /// The text behind an id of this pool; empty for an id of another pool.
    pub fn text(&self, id: NameId) -> &str {
        text_at(&self.arena, &self.ends, id.index() as u32)
    }

    /// The id of the text that came as the n-th, counted from 0, if there is one.
    pub fn nth(&self, place: usize) -> Option<NameId> {
        (place < self.ends.len()).then(|| NameId::at(place as u32))
    }

    /// Every id of this pool, in the order of first sight.
    pub fn ids(&self) -> impl Iterator<Item = NameId> + use<> {
        (0..self.ends.len() as u32).map(NameId::at)
    }

    /// Puts other texts in the place of some; the ids stay. The old text is wiped. The new texts
    /// must differ from each other and from all the rest.
    pub fn replace(&mut self, texts: &BTreeMap<NameId, String>) {
        let mut other = Self::default();
        for id in self.ids() {
            let text = texts.get(&id).map_or_else(|| self.text(id), String::as_str);
            let hash = other.hasher.hash_one(text);
            other.arena.push_str(text);
            other.ends.push(other.arena.len());
            let Self { arena, ends, table, hasher } = &mut other;
            table.insert_unique(hash, id.index() as u32, |&id| {
                hasher.hash_one(text_at(arena, ends, id))
            });
        }
        self.arena.zeroize();
        *self = other;
    }

    /// How many distinct texts the pool holds.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the pool holds nothing yet.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Grows by copying into fresh room: growing in place may leave the old texts behind, unwiped.
fn append(arena: &mut String, text: &str) {
    if arena.capacity() - arena.len() < text.len() {
        let room = (arena.capacity() * 2).max(arena.len() + text.len());
        let mut wider = String::with_capacity(room);
        wider.push_str(arena);
        arena.zeroize();
        *arena = wider;
    }
    arena.push_str(text);
}

fn text_at<'a>(arena: &'a str, ends: &[usize], id: u32) -> &'a str {
    let index = id as usize;
    let start = if index == 0 { 0 } else { ends.get(index - 1).copied().unwrap_or(0) };
    let end = ends.get(index).copied().unwrap_or(start);
    arena.get(start..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_an_id_and_are_given_back_whole() {
        let mut names = Names::default();
        let (a, empty, b) = (names.intern("payments"), names.intern(""), names.intern("päyments"));
        assert_eq!(names.intern("payments"), a);
        assert_eq!((names.text(a), names.text(empty), names.text(b)), ("payments", "", "päyments"));
        assert_eq!(names.find("orders"), None);
        assert_eq!(names.len(), 3);
        names.replace(&BTreeMap::from([(a, "masked".to_owned())]));
        assert_eq!((names.text(a), names.text(b)), ("masked", "päyments"));
        assert_eq!((names.find("payments"), names.find("masked")), (None, Some(a)));
    }
}
