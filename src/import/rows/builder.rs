//! The inventory while files are read, with the tables that find what it already holds.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashTable;

use crate::import::error::ImportError;
use crate::import::rows::fingerprint_numbers::FingerprintNumbers;
use crate::import::rows::reported_once::{CellProblem, Once, ReportedOnce};
use crate::import::rows::subject::RowSubject;
use crate::import::rows::suspicious_names::{has_hidden_characters, is_mojibake};
use crate::import::secrets::composed_values::inner_values;
use crate::import::secrets::redaction::MASK;
use crate::import::secrets::secret_detection;
use crate::import::secrets::value_traces::{TraceKey, ValueTraces};
use crate::inventory::shown;
use crate::inventory::{
    CredentialFacts, Environments, FactsId, Fingerprint, InstanceFacts, InstanceFactsId, Inventory,
    NameId, Place, Problem, ProblemKind, SourceId, SpokenInstance, SpokenInstanceId,
};

/// The inventory while it is built.
pub(crate) struct InventoryBuilder {
    pub(crate) inventory: Inventory,
    /// One for each row of the inventory.
    pub(crate) subjects: Vec<RowSubject>,
    /// The rows that come from the same row of their file as the row before them.
    pub(crate) continuations: Vec<u32>,
    /// Pairs of fingerprints that a row gives for one secret.
    pub(crate) same_secret: Vec<SameSecret>,
    /// The fingerprints that stand for a place in a vault, which join like ids.
    pub(crate) pointers: BTreeSet<u32>,
    /// The long values that were met, to be found again in other rows.
    pub(crate) value_traces: ValueTraces,
    pub(crate) environments: Environments,
    /// The empty name.
    pub(crate) blank: NameId,
    pub(crate) fingerprints: FingerprintNumbers,
    /// Whether some row has an id and no fingerprint.
    pub(crate) ids_alone: bool,
    /// Whether some row has a secret value, or a token that stands for one.
    pub(crate) has_values: bool,
    instance_table: HashTable<(SpokenInstance, u32)>,
    facts_table: HashTable<u32>,
    instance_facts_table: HashTable<u32>,
    hasher: ahash::RandomState,
    /// A number for each secret that was masked in a name, by its hash; not kept in the inventory.
    masked: BTreeMap<u64, usize>,
    pub(crate) reported: ReportedOnce,
    is_part: bool,
}

/// How many bytes a row has at least when room is made for rows to come, so that short rows at the start
/// make no more room than the rest could fill.
const SHORT_ROW: f64 = 24.0;

/// Two fingerprints that a row gives for one secret, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SameSecret {
    pub(crate) source: SourceId,
    pub(crate) value: u32,
    pub(crate) supplied: u32,
}

/// A cell's row and column, for the problems that are reported of it.
#[derive(Clone, Copy)]
pub(crate) struct CellPlace<'a> {
    pub(crate) row: Place,
    pub(crate) column: Option<usize>,
    pub(crate) heading: &'a str,
}

impl InventoryBuilder {
    pub(crate) fn new() -> Self {
        let mut inventory = Inventory::default();
        let blank = inventory.names.intern("");
        Self {
            inventory,
            subjects: Vec::new(),
            continuations: Vec::new(),
            same_secret: Vec::new(),
            pointers: BTreeSet::new(),
            value_traces: ValueTraces::default(),
            environments: Environments::default(),
            blank,
            fingerprints: FingerprintNumbers::default(),
            ids_alone: false,
            has_values: false,
            instance_table: HashTable::new(),
            facts_table: HashTable::new(),
            instance_facts_table: HashTable::new(),
            hasher: ahash::RandomState::with_seeds(0x696d, 0x706f, 0x7274, 0x21),
            masked: BTreeMap::new(),
            reported: ReportedOnce::default(),
            is_part: false,
        }
    }

    /// For a part of a table, to be joined to the parts before it.
    pub(crate) fn of_part() -> Self {
        Self { is_part: true, ..Self::new() }
    }

    /// Forgets which problems the table before has reported.
    pub(crate) fn begin_table(&mut self) {
        self.reported.clear();
    }

    /// Whether it can be joined to the parts before it: masked secrets are numbered through all.
    pub(crate) fn can_be_joined(&self) -> bool {
        !self.is_part || self.masked.is_empty()
    }

    /// A small number for a fingerprint.
    pub(crate) fn fingerprint(&mut self, fingerprint: Fingerprint) -> u32 {
        self.fingerprints.number(fingerprint)
    }

    /// The id that the last row with this fingerprint had, if it has this text.
    pub(crate) fn last_id(&self, fingerprint: u32, text: &str) -> Option<NameId> {
        self.fingerprints.last_id(fingerprint, text, &self.inventory.names)
    }

    /// The facts of the last row with this fingerprint, if they are these.
    pub(crate) fn last_facts(&self, fingerprint: u32, facts: &CredentialFacts) -> Option<FactsId> {
        let id = self.fingerprints.last_facts(fingerprint)?;
        (self.inventory.facts.get(id.0 as usize)? == facts).then_some(id)
    }

    /// Remembers what a row with this fingerprint said.
    pub(crate) fn set_last(&mut self, fingerprint: u32, id: Option<NameId>, facts: FactsId) {
        self.fingerprints.set_last(fingerprint, (id, facts), &self.inventory.names);
    }

    /// Makes room for what the rest of a text will say, judged by the rows since `before`, which took some
    /// bytes: lists that grow bit by bit are copied again and again.
    pub(crate) fn reserve_rows(&mut self, before: usize, bytes: usize, rest: usize) {
        let Inventory { rows, links, .. } = &mut self.inventory;
        let found = rows.len().saturating_sub(before) as f64;
        let of_row = (bytes as f64 / found).max(SHORT_ROW);
        let further = (rest as f64 / of_row * 1.02) as usize;
        let links_of_row = links.len() as f64 / rows.len().max(1) as f64;
        links.reserve((further as f64 * links_of_row.min(1.0)) as usize);
        rows.reserve(further);
        self.subjects.reserve(further);
    }

    /// Makes room for the facts of a part that is to be joined.
    pub(crate) fn reserve_facts(&mut self, further: usize) {
        let Self { inventory, facts_table, hasher, .. } = self;
        inventory.facts.reserve(further);
        let hash = |at: &u32| hash_at(&inventory.facts, *at, hasher);
        facts_table.reserve(further, hash);
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

    /// Records a problem that left its row in place.
    pub(crate) fn problem(
        &mut self,
        place: Place,
        column: &str,
        kind: ProblemKind,
        message: impl Into<String>,
    ) {
        self.inventory.problems.push(CellProblem::new(kind, message).at(place, column));
    }

    /// Records a row that is left out.
    pub(crate) fn reject(&mut self, place: Place, kind: ProblemKind, message: String) {
        let problem = Problem { row_rejected: true, ..Problem::new(place, kind, message) };
        self.inventory.problems.push(problem);
    }

    /// Records the problems of a cell.
    pub(crate) fn report(
        &mut self,
        at: CellPlace<'_>,
        problems: impl IntoIterator<Item = CellProblem>,
    ) {
        for problem in problems {
            if let Some(name) = problem.name {
                self.reported.add(self.inventory.problems.len(), Once::Name(name));
            }
            self.inventory.problems.push(problem.at(at.row, at.heading));
        }
    }

    /// Records the problems of a cell, unless its column had a cell of this text before.
    pub(crate) fn report_once(
        &mut self,
        at: CellPlace<'_>,
        cell: &str,
        problems: impl IntoIterator<Item = CellProblem>,
    ) {
        let mut problems = problems.into_iter().peekable();
        if problems.peek().is_none() {
            return;
        }
        let key = self.hasher.hash_one((at.column, cell));
        if self.reported.is_new_cell(key) {
            let before = self.inventory.problems.len();
            self.report(at, problems);
            for place in before..self.inventory.problems.len() {
                self.reported.add(place, Once::Cell(key));
            }
        }
    }

    /// Keeps a name. What is wrong with it is a secret within it, which is masked, or, where the
    /// name is new, characters that nobody meant to write.
    pub(crate) fn name(&mut self, text: &str) -> (NameId, Option<CellProblem>) {
        let secrets = secret_detection::secrets(text);
        if !secrets.is_empty() {
            let clean = self.masked(text, &secrets);
            return (self.inventory.names.intern(&clean), Some(masked_secret()));
        }
        let before = self.inventory.names.len();
        let name = self.inventory.names.intern(text);
        let is_new = self.inventory.names.len() > before;
        let problem = if is_new { suspicious(text) } else { None };
        (name, problem.map(|problem| CellProblem { name: Some(name), ..problem }))
    }

    /// A cell of several names without the secrets in it, which the signs between names would part, and
    /// the problem with it; `None` where it holds none.
    pub(crate) fn without_secrets(&mut self, cell: &str) -> Option<(String, CellProblem)> {
        let secrets = secret_detection::secrets(cell);
        (!secrets.is_empty()).then(|| (self.masked(cell, &secrets), masked_secret()))
    }

    /// Remembers a secret value, and those within it, so that they are found in the names of other rows.
    pub(crate) fn add_trace(&mut self, key: TraceKey, value: &str) {
        self.value_traces.add(key, value);
        for inner in inner_values(value) {
            self.value_traces.add(key, &inner);
        }
    }

    /// The text with numbered masks: one number for each distinct secret, so that names that differ
    /// only in their secrets stay apart.
    fn masked(&mut self, text: &str, secrets: &[std::ops::Range<usize>]) -> String {
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

/// A name holds a secret.
fn masked_secret() -> CellProblem {
    let message =
        "the cell contains a password, token or key, which was masked; name things without it";
    CellProblem::new(ProblemKind::MaskedCell, message)
}

/// What is wrong with the characters of a name.
fn suspicious(text: &str) -> Option<CellProblem> {
    if has_hidden_characters(text) {
        let message = format!(
            "the name “{}” contains invisible characters; check that it is what it seems",
            shown(text)
        );
        return Some(CellProblem::new(ProblemKind::OddCharacters, message));
    }
    is_mojibake(text).then(|| {
        let message = format!(
            "the name “{}” was read in the wrong encoding before this file was written; export it \
             again as UTF-8",
            shown(text)
        );
        CellProblem::new(ProblemKind::Mojibake, message)
    })
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
    table.insert_unique(hash, at, |at| hash_at(all, *at, hasher));
    at
}

fn hash_at<T: std::hash::Hash>(all: &[T], at: u32, hasher: &ahash::RandomState) -> u64 {
    all.get(at as usize).map_or(0, |one| hasher.hash_one(one))
}
