//! How rows name their credentials in a file: by the first id, so that another credential changes none of
//! these names.

use std::borrow::Cow;
use std::hash::BuildHasherDefault;

use super::row_entries::{CredentialRef, PartRef};
use crate::inventory::{CredentialId, Fingerprint, Identity, Inventory, NameId, Names};

type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<ahash::AHasher>>;

/// The fingerprint as it is written.
pub(super) fn digits(fingerprint: Fingerprint) -> String {
    format!("{:032x}", fingerprint.0)
}

/// The fingerprint that was written; `None` where it is none.
pub(super) fn fingerprint_of(digits: &str) -> Option<Fingerprint> {
    let is_whole = digits.len() == 32;
    is_whole.then(|| u128::from_str_radix(digits, 16).ok()).flatten().map(Fingerprint)
}

/// The names of all credentials of an inventory.
pub(super) struct CredentialRefs<'a> {
    inventory: &'a Inventory,
    /// The place of each among those with the same first id, or fingerprint, counted from 1; 0 where it
    /// has neither.
    nth: Vec<u32>,
    /// For each part beside what remains, its credential and its place among the parts of that.
    parts: Vec<Option<(CredentialId, u32)>>,
}

impl<'a> CredentialRefs<'a> {
    /// Costs one pass over the credentials.
    pub(super) fn new(inventory: &'a Inventory) -> Self {
        let mut counted = Counted::default();
        let nth = inventory.identities.iter().map(|own| counted.next(inventory, own)).collect();
        Self { inventory, nth, parts: parts(inventory) }
    }

    /// The name of a credential; that of one that is not there is its place.
    pub(super) fn of(&self, credential: CredentialId) -> CredentialRef<'a> {
        let place = credential.0 as usize;
        let own = self.inventory.identities.get(place);
        let nth = self.nth.get(place).copied().unwrap_or_default();
        let first = self.inventory.ids_of_identity(own).first();
        let fingerprint = own.and_then(|own| own.fingerprint);
        match (first, fingerprint, nth) {
            (Some(id), _, 1) => CredentialRef::Id(Cow::Borrowed(self.inventory.text(*id))),
            (Some(id), _, nth) => {
                CredentialRef::Later(Cow::Borrowed(self.inventory.text(*id)), nth)
            }
            (None, Some(own), 1) => CredentialRef::Fingerprint(Cow::Owned(digits(own))),
            (None, _, _) => CredentialRef::Place(credential.0),
        }
    }

    /// Of which credential a part is, by its place among the parts.
    pub(super) fn whole_of(&self, part: usize) -> Option<CredentialId> {
        self.parts.get(part).copied().flatten().map(|(whole, _)| whole)
    }

    /// How a row on a credential names the part that it is about.
    pub(super) fn part(&self, of: CredentialId, own: Option<CredentialId>) -> PartRef {
        let place = (of.0 as usize).checked_sub(self.inventory.identities.len());
        match place.and_then(|place| self.parts.get(place).copied().flatten()) {
            Some((whole, nth)) if Some(whole) == own => PartRef::Part(nth),
            _ => PartRef::Place(of.0),
        }
    }
}

/// How many credentials there are by first id, and by fingerprint where they have none.
#[derive(Default)]
struct Counted {
    by_id: HashMap<NameId, u32>,
    by_fingerprint: HashMap<u128, u32>,
}

impl Counted {
    fn next(&mut self, inventory: &Inventory, own: &Identity) -> u32 {
        let first = inventory.ids_of_identity(Some(own)).first();
        let count = match (first, own.fingerprint) {
            (Some(id), _) => self.by_id.entry(*id).or_default(),
            (None, Some(own)) => self.by_fingerprint.entry(own.0).or_default(),
            (None, None) => return 0,
        };
        *count += 1;
        *count
    }
}

fn parts(inventory: &Inventory) -> Vec<Option<(CredentialId, u32)>> {
    let wholes = inventory.identities.len();
    let mut known: Vec<Option<CredentialId>> = vec![None; inventory.parting.identities.len()];
    for (row, of) in &inventory.parting.rows {
        let place = (of.0 as usize).checked_sub(wholes);
        let Some(known) = place.and_then(|place| known.get_mut(place)) else { continue };
        if known.is_none() {
            *known = inventory.rows.get(row.0 as usize).and_then(|row| row.credential);
        }
    }
    let mut counts: HashMap<CredentialId, u32> = HashMap::default();
    let numbered = known.into_iter().map(|whole| {
        let whole = whole?;
        let count = counts.entry(whole).or_default();
        *count += 1;
        Some((whole, *count))
    });
    numbered.collect()
}

/// Finds credentials by what rows call them; as they are read one after another.
#[derive(Default)]
pub(super) struct KnownCredentials {
    by_id: HashMap<(NameId, u32), CredentialId>,
    by_fingerprint: HashMap<u128, CredentialId>,
    counted: Counted,
    /// Of each credential that is parted, the numbers of its parts.
    parts: HashMap<CredentialId, Vec<CredentialId>>,
}

impl KnownCredentials {
    /// Adds the next one.
    pub(super) fn add(&mut self, inventory: &Inventory, own: &Identity, at: CredentialId) {
        let nth = self.counted.next(inventory, own);
        match (inventory.ids_of_identity(Some(own)).first(), own.fingerprint) {
            (Some(id), _) => drop(self.by_id.insert((*id, nth), at)),
            (None, Some(own)) => drop(self.by_fingerprint.entry(own.0).or_insert(at)),
            (None, None) => {}
        }
    }

    /// Adds a part of a credential.
    pub(super) fn add_part(&mut self, whole: CredentialId, part: CredentialId) {
        self.parts.entry(whole).or_default().push(part);
    }

    /// The one that is named, if it is there: of this many credentials, with these names.
    pub(super) fn find(
        &self,
        (names, credentials): (&Names, usize),
        name: &CredentialRef<'_>,
    ) -> Option<CredentialId> {
        let by_id = |id: &str, nth| self.by_id.get(&(names.find(id)?, nth)).copied();
        match name {
            CredentialRef::Id(id) => by_id(id, 1),
            CredentialRef::Later(id, nth) => by_id(id, *nth),
            CredentialRef::Fingerprint(digits) => {
                self.by_fingerprint.get(&fingerprint_of(digits)?.0).copied()
            }
            CredentialRef::Place(at) => ((*at as usize) < credentials).then_some(CredentialId(*at)),
        }
    }

    /// The part that a row on a credential names, if it is there.
    pub(super) fn find_part(
        &self,
        inventory: &Inventory,
        name: PartRef,
        own: Option<CredentialId>,
    ) -> Option<CredentialId> {
        match name {
            PartRef::Part(nth) => {
                let parts = self.parts.get(&own?)?;
                parts.get((nth as usize).checked_sub(1)?).copied()
            }
            PartRef::Place(at) => {
                let all = inventory.identities.len() + inventory.parting.identities.len();
                ((at as usize) < all).then_some(CredentialId(at))
            }
        }
    }
}
