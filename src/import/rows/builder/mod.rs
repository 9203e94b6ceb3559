//! What all files say, while they are read: the inventory under way and its lookup tables.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashTable;

pub(crate) mod join;

use crate::import::error::ImportError;
use crate::import::resolve::look_alikes;
use crate::import::rows::memo::packed;
use crate::import::rows::swapped_columns::Headings;
use crate::import::secrets::redaction::MASK;
use crate::import::secrets::secret_detection;
use crate::inventory::shown;
use crate::inventory::{
    CredentialFacts, Environments, FactsId, Fingerprint, InstanceFacts, InstanceFactsId, Inventory,
    NameId, Place, Problem, ProblemKind, SpokenInstance, SpokenInstanceId,
};

/// What a row says of which credential it speaks of, until all files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowSubject {
    /// Of a service alone.
    OfService,
    /// Of a credential; with neither id nor fingerprint of one that no other row speaks of.
    OfCredential { id: Option<NameId>, fingerprint: Option<u32> },
}

/// What the last row with a fingerprint said; the next one mostly says the same.
#[derive(Clone, Copy)]
struct Last {
    /// The id's text, where it is short.
    text: Option<u128>,
    id: Option<NameId>,
    facts: FactsId,
}

/// The inventory under way.
pub(crate) struct InventoryBuilder {
    pub(crate) inventory: Inventory,
    /// One for each row of the inventory.
    pub(crate) speaks: Vec<RowSubject>,
    /// The rows that stand on one row of their file with the row before them.
    pub(crate) further: Vec<u32>,
    /// Pairs of fingerprints that one row says are of one secret.
    pub(crate) same: Vec<(u32, u32)>,
    pub(crate) environments: Environments,
    /// What each table calls the columns that may be swapped.
    pub(crate) headings: Vec<Headings>,
    /// The empty name.
    pub(crate) blank: NameId,
    /// By fingerprint.
    last: Vec<Last>,
    /// Whether some row has an id and no fingerprint.
    pub(crate) ids_decide: bool,
    fingerprint_table: HashTable<(u64, u64, u32)>,
    instance_table: HashTable<(SpokenInstance, u32)>,
    facts_table: HashTable<u32>,
    instance_facts_table: HashTable<u32>,
    hasher: ahash::RandomState,
    /// A number for each secret that was masked in a name, by its hash; forgotten with the rest.
    masked: BTreeMap<u64, usize>,
    /// The problems of the present table that are told once, by their places among all.
    once: Vec<(usize, Once)>,
    /// The cells of the present table of which it was told, by their hashes.
    told: BTreeSet<u64>,
    is_piece: bool,
}

/// What a problem is told but once of.
#[derive(Clone, Copy)]
enum Once {
    /// What a column's cells mean that are written so.
    Cell(u64),
    /// A name, whichever column brings it.
    Name(NameId),
}

impl InventoryBuilder {
    pub(crate) fn new() -> Self {
        let mut inventory = Inventory::default();
        let blank = inventory.names.intern("");
        Self {
            inventory,
            speaks: Vec::new(),
            further: Vec::new(),
            same: Vec::new(),
            environments: Environments::default(),
            headings: Vec::new(),
            blank,
            last: Vec::new(),
            ids_decide: false,
            fingerprint_table: HashTable::new(),
            instance_table: HashTable::new(),
            facts_table: HashTable::new(),
            instance_facts_table: HashTable::new(),
            hasher: ahash::RandomState::with_seeds(0x696d, 0x706f, 0x7274, 0x21),
            masked: BTreeMap::new(),
            once: Vec::new(),
            told: BTreeSet::new(),
            is_piece: false,
        }
    }

    /// For a piece of a table, to be joined to what the pieces before it say.
    pub(crate) fn of_piece() -> Self {
        Self { is_piece: true, ..Self::new() }
    }

    /// Forgets what was told once of the table before.
    pub(crate) fn begin_table(&mut self) {
        self.once.clear();
        self.told.clear();
    }

    /// Whether it can be joined to what stands before it: masked secrets are numbered through.
    pub(crate) fn can_be_joined(&self) -> bool {
        !self.is_piece || self.masked.is_empty()
    }

    /// How many distinct fingerprints there are.
    pub(crate) fn fingerprint_count(&self) -> usize {
        self.last.len()
    }

    /// A small number for a fingerprint.
    pub(crate) fn fingerprint(&mut self, fingerprint: Fingerprint) -> u32 {
        let (low, high) = (fingerprint.0 as u64, (fingerprint.0 >> 64) as u64);
        // A keyed hash is evenly spread already, and kept whole in the table.
        let same = |entry: &(u64, u64, u32)| entry.0 == low && entry.1 == high;
        if let Some((.., found)) = self.fingerprint_table.find(low, same) {
            return *found;
        }
        let at = self.last.len() as u32;
        self.fingerprint_table.insert_unique(low, (low, high, at), |entry| entry.0);
        self.last.push(Last { text: None, id: None, facts: FactsId(u32::MAX) });
        at
    }

    /// Whether some row has this fingerprint.
    pub(crate) fn knows(&self, fingerprint: Fingerprint) -> bool {
        let (low, high) = (fingerprint.0 as u64, (fingerprint.0 >> 64) as u64);
        let same = |entry: &(u64, u64, u32)| entry.0 == low && entry.1 == high;
        self.fingerprint_table.find(low, same).is_some()
    }

    /// The fingerprints by their numbers.
    pub(crate) fn fingerprints(&self) -> Vec<Fingerprint> {
        let mut all = vec![Fingerprint(0); self.last.len()];
        for &(low, high, at) in &self.fingerprint_table {
            if let Some(place) = all.get_mut(at as usize) {
                *place = Fingerprint(u128::from(high) << 64 | u128::from(low));
            }
        }
        all
    }

    /// The id that the last row with this fingerprint had, if it is written so.
    pub(crate) fn last_id(&self, fingerprint: u32, text: &str) -> Option<NameId> {
        let last = self.last.get(fingerprint as usize)?;
        let same = last.text.is_some() && last.text == packed(text);
        last.id.filter(|id| same || self.inventory.names.text(*id) == text)
    }

    /// The facts of the last row with this fingerprint, if they are these.
    pub(crate) fn last_facts(&self, fingerprint: u32, facts: &CredentialFacts) -> Option<FactsId> {
        let id = self.last.get(fingerprint as usize)?.facts;
        (self.inventory.facts.get(id.0 as usize)? == facts).then_some(id)
    }

    /// Remembers what a row with this fingerprint said.
    pub(crate) fn set_last(&mut self, fingerprint: u32, id: Option<NameId>, facts: FactsId) {
        let Some(last) = self.last.get_mut(fingerprint as usize) else { return };
        if last.id != id || last.text.is_none() {
            last.text = id.and_then(|id| packed(self.inventory.names.text(id)));
        }
        (last.id, last.facts) = (id, facts);
    }

    /// The id of a service in an environment.
    pub(crate) fn instance(&mut self, service: NameId, environment: NameId) -> SpokenInstanceId {
        let wanted = SpokenInstance { service, environment };
        let Self { inventory, instance_table, hasher, .. } = self;
        let hash = hasher.hash_one(wanted);
        if let Some((_, found)) = instance_table.find(hash, |(known, _)| *known == wanted) {
            return SpokenInstanceId(*found);
        }
        let at = inventory.instances.len() as u32;
        inventory.instances.push(wanted);
        instance_table.insert_unique(hash, (wanted, at), |(known, _)| hasher.hash_one(known));
        SpokenInstanceId(at)
    }

    /// The id of a set of facts on a credential.
    pub(crate) fn facts(&mut self, facts: CredentialFacts) -> FactsId {
        let Self { inventory, facts_table, hasher, .. } = self;
        FactsId(interned(&mut inventory.facts, facts_table, hasher, facts))
    }

    /// The id of a set of facts on service instances.
    pub(crate) fn instance_facts(&mut self, facts: InstanceFacts) -> InstanceFactsId {
        let Self { inventory, instance_facts_table, hasher, .. } = self;
        let known = &mut inventory.instance_facts;
        InstanceFactsId(interned(known, instance_facts_table, hasher, facts))
    }

    /// Notes a problem that left its row in place.
    pub(crate) fn problem(
        &mut self,
        place: Place,
        column: &str,
        kind: ProblemKind,
        message: String,
    ) {
        let column = column.to_owned();
        let problem = Problem { column, ..Problem::new(place, kind, message) };
        self.inventory.problems.push(problem);
    }

    /// Keeps a name, and says so when it is new and holds hidden characters.
    pub(crate) fn name(&mut self, text: &str, place: Place, column: &str) -> NameId {
        let secrets = secret_detection::secrets(text);
        if !secrets.is_empty() {
            let message = "a password, token or key stands in the cell, which was masked; name \
                           things without it"
                .to_owned();
            self.problem(place, column, ProblemKind::MaskedCell, message);
            let clean = self.without(text, &secrets);
            return self.inventory.names.intern(&clean);
        }
        let before = self.inventory.names.len();
        let name = self.inventory.names.intern(text);
        if self.inventory.names.len() > before && look_alikes::is_odd(text) {
            let message = format!(
                "the name “{}” holds characters that cannot be seen; check that nobody hides \
                 something",
                shown(text)
            );
            self.problem(place, column, ProblemKind::OddCharacters, message);
            self.once.push((self.inventory.problems.len() - 1, Once::Name(name)));
        } else if self.inventory.names.len() > before && look_alikes::is_mojibake(text) {
            let message = format!(
                "the name “{}” was read in the wrong encoding before this file was written; export \
                 it anew as UTF-8",
                shown(text)
            );
            self.problem(place, column, ProblemKind::Mojibake, message);
            self.once.push((self.inventory.problems.len() - 1, Once::Name(name)));
        }
        name
    }

    /// Says that the problems from the `before`th on were told of what `cell` means in a column,
    /// which is told once; takes them back if it was told before.
    pub(crate) fn told_once(&mut self, before: usize, column: Option<usize>, cell: &str) {
        if self.inventory.problems.len() == before {
            return;
        }
        let key = self.hasher.hash_one((column, cell));
        if self.told.insert(key) {
            let fresh = before..self.inventory.problems.len();
            self.once.extend(fresh.map(|at| (at, Once::Cell(key))));
        } else {
            self.inventory.problems.truncate(before);
            self.once.retain(|(at, _)| *at < before);
        }
    }

    /// The text with numbered masks: one number for each distinct secret, so that names that differ
    /// in it alone stay apart.
    fn without(&mut self, text: &str, secrets: &[std::ops::Range<usize>]) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut from = 0;
        for secret in secrets {
            clean.push_str(text.get(from..secret.start).unwrap_or_default());
            let next = self.masked.len() + 1;
            let hash = self.hasher.hash_one(text.get(secret.clone()));
            let number = *self.masked.entry(hash).or_insert(next);
            clean.push_str(MASK);
            clean.push('#');
            clean.push_str(&number.to_string());
            from = secret.end;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        clean
    }

    /// Whether there is room for another row with its links.
    pub(crate) fn check_room(&self, file: &str) -> Result<(), ImportError> {
        let most = self.inventory.links.len().max(self.inventory.rows.len());
        if most > 4_000_000_000 {
            return Err(ImportError::TooManyRows { file: file.to_owned() });
        }
        Ok(())
    }
}

fn interned<T: Eq + std::hash::Hash>(
    all: &mut Vec<T>,
    table: &mut HashTable<u32>,
    hasher: &ahash::RandomState,
    wanted: T,
) -> u32 {
    let hash = hasher.hash_one(&wanted);
    if let Some(found) = table.find(hash, |at| all.get(*at as usize) == Some(&wanted)) {
        return *found;
    }
    let at = all.len() as u32;
    all.push(wanted);
    table.insert_unique(hash, at, |at| all.get(*at as usize).map_or(0, |one| hasher.hash_one(one)));
    at
}
