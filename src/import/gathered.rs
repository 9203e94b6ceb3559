//! What all files say, while they are read: the inventory under way and its lookup tables.

use hashbrown::HashTable;

use super::ImportError;
use super::key::Fingerprint;
use super::spelling;
use crate::inventory::{
    CredentialFacts, Environments, FactsId, InstanceFacts, InstanceFactsId, Inventory, NameId,
    Place, Problem, ProblemKind, SpokenInstance, SpokenInstanceId,
};

/// What a row says of which credential it speaks of, until all files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// Of a service alone.
    OfService,
    /// Of a credential; with neither id nor fingerprint of one that no other row speaks of.
    OfCredential { id: Option<NameId>, fingerprint: Option<u32> },
}

/// The inventory under way.
pub(super) struct Gathered {
    pub(super) inventory: Inventory,
    /// One for each row of the inventory.
    pub(super) speaks: Vec<Speaks>,
    /// Pairs of fingerprints that one row says are of one secret.
    pub(super) same: Vec<(u32, u32)>,
    pub(super) environments: Environments,
    /// The empty name.
    pub(super) blank: NameId,
    fingerprints: Vec<Fingerprint>,
    fingerprint_table: HashTable<u32>,
    instance_table: HashTable<u32>,
    facts_table: HashTable<u32>,
    instance_facts_table: HashTable<u32>,
    hasher: ahash::RandomState,
}

impl Gathered {
    pub(super) fn new() -> Self {
        let mut inventory = Inventory::default();
        let blank = inventory.names.intern("");
        Self {
            inventory,
            speaks: Vec::new(),
            same: Vec::new(),
            environments: Environments::default(),
            blank,
            fingerprints: Vec::new(),
            fingerprint_table: HashTable::new(),
            instance_table: HashTable::new(),
            facts_table: HashTable::new(),
            instance_facts_table: HashTable::new(),
            hasher: ahash::RandomState::with_seeds(0x696d, 0x706f, 0x7274, 0x21),
        }
    }

    /// How many distinct fingerprints there are.
    pub(super) fn fingerprint_count(&self) -> usize {
        self.fingerprints.len()
    }

    /// A small number for a fingerprint.
    pub(super) fn fingerprint(&mut self, fingerprint: Fingerprint) -> u32 {
        let Self { fingerprints, fingerprint_table, .. } = self;
        let of = |at: &u32| fingerprints.get(*at as usize).copied().unwrap_or_default();
        // A keyed hash is evenly spread already.
        let hash = fingerprint as u64;
        if let Some(found) = fingerprint_table.find(hash, |at| of(at) == fingerprint) {
            return *found;
        }
        let at = fingerprints.len() as u32;
        fingerprint_table.insert_unique(hash, at, |at| of(at) as u64);
        fingerprints.push(fingerprint);
        at
    }

    /// The id of a service in an environment.
    pub(super) fn instance(&mut self, service: NameId, environment: NameId) -> SpokenInstanceId {
        let wanted = SpokenInstance { service, environment };
        let Self { inventory, instance_table, hasher, .. } = self;
        let instances = &mut inventory.instances;
        SpokenInstanceId(interned(instances, instance_table, hasher, wanted))
    }

    /// The id of a set of facts on a credential.
    pub(super) fn facts(&mut self, facts: CredentialFacts) -> FactsId {
        let Self { inventory, facts_table, hasher, .. } = self;
        FactsId(interned(&mut inventory.facts, facts_table, hasher, facts))
    }

    /// The id of a set of facts on service instances.
    pub(super) fn instance_facts(&mut self, facts: InstanceFacts) -> InstanceFactsId {
        let Self { inventory, instance_facts_table, hasher, .. } = self;
        let known = &mut inventory.instance_facts;
        InstanceFactsId(interned(known, instance_facts_table, hasher, facts))
    }

    /// Notes a problem that left its row in place.
    pub(super) fn problem(
        &mut self,
        place: Place,
        column: &str,
        kind: ProblemKind,
        message: String,
    ) {
        let column = column.to_owned();
        let problem = Problem { place, column, kind, message, row_rejected: false };
        self.inventory.problems.push(problem);
    }

    /// Keeps a name, and says so when it is new and holds hidden characters.
    pub(super) fn name(&mut self, text: &str, place: Place, column: &str) -> NameId {
        if let Some(clean) = super::mask::without_password(text) {
            let message = "the address holds a password, which was masked".to_owned();
            self.problem(place, column, ProblemKind::MaskedCell, message);
            return self.inventory.names.intern(&clean);
        }
        let before = self.inventory.names.len();
        let name = self.inventory.names.intern(text);
        if self.inventory.names.len() > before && spelling::is_odd(text) {
            let message = format!(
                "the name “{}” holds characters that cannot be seen; check that nobody hides \
                 something",
                spelling::escaped(text)
            );
            self.problem(place, column, ProblemKind::OddCharacters, message);
        }
        name
    }

    /// Whether there is room for another row with its mappings.
    pub(super) fn check_room(&self, file: &str) -> Result<(), ImportError> {
        let most = self.inventory.mappings.len().max(self.inventory.rows.len());
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
