//! Decides which rows are about one credential, once all files are read.
//!
//! Rows with one fingerprint are one credential. A row with an id alone belongs to the one
//! credential that has the id; if several do, it is a credential of its own. The order of rows
//! and files decides only the numbering.

use std::collections::BTreeMap;

use crate::import::error::ImportError;
use crate::import::rows::builder::{InventoryBuilder, SameSecret};
use crate::import::rows::subject::RowSubject;
use crate::inventory::shown;
use crate::inventory::{
    CredentialId, Fingerprint, Inventory, NameId, Place, Problem, ProblemKind, Progress, SourceId,
};

/// In which namespace a source's ids match; sources of one namespace share their ids.
pub(crate) type IdNamespace = u32;

/// Stands where there is no credential.
pub(crate) const NONE: u32 = u32::MAX;

/// Which credentials have an id.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearer {
    Nobody,
    One(u32),
    Several,
}

/// Gives every row its credential, and returns for each credential the fingerprint by which it is
/// known. There is one namespace for each source.
///
/// # Errors
/// Where somebody asked to stop.
pub(crate) fn resolve(
    builder: &mut InventoryBuilder,
    namespaces: &[IdNamespace],
    progress: &Progress,
) -> Result<Vec<Option<Fingerprint>>, ImportError> {
    let groups = Groups::new(builder);
    let ids = Ids::new(builder, namespaces);
    let assigned = assign(builder, &groups, &ids, progress)?;
    for (row, &credential) in builder.inventory.rows.iter_mut().zip(&assigned.of_row) {
        if credential != NONE {
            row.credential = Some(CredentialId(credential));
        }
    }
    report_ambiguous(builder, &groups, &ids, &assigned.ambiguous);
    let mut known_by = vec![None; assigned.count as usize];
    for (at, fingerprint) in (0..).zip(builder.fingerprints.all()) {
        let credential = assigned.of_group.get(groups.root_of(at) as usize);
        if let Some(known) = credential.and_then(|one| known_by.get_mut(*one as usize)) {
            *known = Some(known.map_or(fingerprint, |known: Fingerprint| known.min(fingerprint)));
        }
    }
    Ok(known_by)
}

/// Which rows are about one credential.
pub(crate) struct Assigned {
    /// A number for the credential of each row; [`NONE`] where it is about a service alone.
    pub(crate) of_row: Vec<u32>,
    /// How many credentials there are.
    count: u32,
    /// The credential of each group of fingerprints.
    of_group: Vec<u32>,
    /// Rows whose id several credentials have, with its number.
    ambiguous: Vec<(usize, u32)>,
}

/// Finds which rows are about one credential.
///
/// # Errors
/// Where somebody asked to stop.
pub(crate) fn assign(
    builder: &InventoryBuilder,
    groups: &Groups,
    ids: &Ids,
    progress: &Progress,
) -> Result<Assigned, ImportError> {
    let bearers = bearers(builder, groups, ids);
    let mut of_group = vec![NONE; groups.parents.len()];
    let mut of_id = vec![NONE; ids.count];
    let mut of_row = vec![NONE; builder.subjects.len()];
    let mut count = 0;
    let mut ambiguous = Vec::new();
    for (at, credential) in of_row.iter_mut().enumerate() {
        if progress.stops_at(at) {
            return Err(ImportError::Cancelled);
        }
        let Some(RowSubject::Credential { id, fingerprint }) = builder.subjects.get(at).copied()
        else {
            continue;
        };
        let key = id.and_then(|_| ids.of_row.get(at)).copied();
        let bearer = key.and_then(|key| bearers.get(key as usize)).copied();
        let slot = match (fingerprint, bearer) {
            (Some(fingerprint), _) => {
                of_group.get_mut(groups.of(source_of(builder, at), fingerprint) as usize)
            }
            (None, Some(Bearer::One(group))) => of_group.get_mut(group as usize),
            (None, Some(Bearer::Nobody)) => key.and_then(|key| of_id.get_mut(key as usize)),
            (None, Some(Bearer::Several)) => {
                ambiguous.extend(key.map(|key| (at, key)));
                None
            }
            (None, None) => None,
        };
        *credential = match slot {
            Some(known) if *known != NONE => *known,
            fresh => {
                if let Some(fresh) = fresh {
                    *fresh = count;
                }
                count += 1;
                count - 1
            }
        };
    }
    Ok(Assigned { of_row, count, of_group, ambiguous })
}

/// The source of a row.
pub(crate) fn source_of(builder: &InventoryBuilder, row: usize) -> SourceId {
    builder.inventory.rows.get(row).map_or(SourceId(0), |row| row.place.source)
}

/// Fingerprints that rows give for one secret.
pub(crate) struct Groups {
    parents: Vec<u32>,
    /// Where a pointer means a place of its own in each argument: its number there.
    pointers: BTreeMap<(u16, u32), u32>,
    /// By source, where pointers are distinguished.
    arguments: Vec<u16>,
}

impl Groups {
    /// As the rows say it.
    fn new(builder: &InventoryBuilder) -> Self {
        Self::joined(builder, Vec::new(), BTreeMap::new(), |_| true)
    }

    /// By secrets alone: no pointer joins anything.
    pub(crate) fn of_secrets(builder: &InventoryBuilder) -> Self {
        let pointers = &builder.pointers;
        let joins = |pair: &SameSecret| {
            !pointers.contains(&pair.value) && !pointers.contains(&pair.supplied)
        };
        Self::joined(builder, Vec::new(), BTreeMap::new(), joins)
    }

    /// As the rows say it where a pointer joins nothing across arguments.
    pub(crate) fn apart(builder: &InventoryBuilder, arguments: &[u16]) -> Self {
        let mut pointers = BTreeMap::new();
        if !builder.pointers.is_empty() {
            let mut next = builder.fingerprints.len() as u32;
            let mut add = |source: SourceId, fingerprint: u32| {
                if builder.pointers.contains(&fingerprint)
                    && let Some(&argument) = arguments.get(usize::from(source.0))
                {
                    let number = pointers.entry((argument, fingerprint)).or_insert(next);
                    next += u32::from(*number == next);
                }
            };
            for (row, subject) in builder.inventory.rows.iter().zip(&builder.subjects) {
                if let RowSubject::Credential { fingerprint: Some(fingerprint), .. } = *subject {
                    add(row.place.source, fingerprint);
                }
            }
            for pair in &builder.same_secret {
                add(pair.source, pair.value);
                add(pair.source, pair.supplied);
            }
        }
        Self::joined(builder, arguments.to_vec(), pointers, |_| true)
    }

    fn joined(
        builder: &InventoryBuilder,
        arguments: Vec<u16>,
        pointers: BTreeMap<(u16, u32), u32>,
        joins: impl Fn(&SameSecret) -> bool,
    ) -> Self {
        let count = builder.fingerprints.len() + pointers.len();
        let mut groups = Self { parents: (0..count as u32).collect(), pointers, arguments };
        for pair in builder.same_secret.iter().filter(|pair| joins(pair)) {
            let one = groups.number(pair.source, pair.value);
            let other = groups.number(pair.source, pair.supplied);
            let parents = &mut groups.parents;
            let (one, other) = (root(parents, one), root(parents, other));
            if let Some(parent) = parents.get_mut(one.max(other) as usize) {
                *parent = one.min(other);
            }
        }
        for at in 0..count as u32 {
            let top = root(&mut groups.parents, at);
            if let Some(parent) = groups.parents.get_mut(at as usize) {
                *parent = top;
            }
        }
        groups
    }

    /// The number under which a fingerprint of a source stands.
    fn number(&self, source: SourceId, fingerprint: u32) -> u32 {
        if self.pointers.is_empty() {
            return fingerprint;
        }
        let argument = self.arguments.get(usize::from(source.0)).copied().unwrap_or(0);
        self.pointers.get(&(argument, fingerprint)).copied().unwrap_or(fingerprint)
    }

    fn root_of(&self, number: u32) -> u32 {
        self.parents.get(number as usize).copied().unwrap_or(number)
    }

    /// The group of a fingerprint that stands in a source.
    pub(crate) fn of(&self, source: SourceId, fingerprint: u32) -> u32 {
        self.root_of(self.number(source, fingerprint))
    }

    /// The least fingerprint of each group, by group.
    pub(crate) fn least(&self, builder: &InventoryBuilder) -> Vec<Option<Fingerprint>> {
        let all = builder.fingerprints.all();
        let mut least: Vec<Option<Fingerprint>> = vec![None; self.parents.len()];
        let own = (0..).zip(0..all.len() as u32);
        let local = self.pointers.iter().map(|((_, pointer), number)| (*number, *pointer));
        for (number, fingerprint) in own.chain(local) {
            let fingerprint = all.get(fingerprint as usize).copied();
            if let Some(known) = least.get_mut(self.root_of(number) as usize) {
                *known = known.map_or(fingerprint, |known| fingerprint.map(|one| one.min(known)));
            }
        }
        least
    }
}

fn root(parents: &mut [u32], mut at: u32) -> u32 {
    while let Some(parent) = parents.get(at as usize).copied().filter(|parent| *parent != at) {
        let grand = parents.get(parent as usize).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(at as usize) {
            *slot = grand;
        }
        at = grand;
    }
    at
}

/// A number for each id within its namespace.
pub(crate) struct Ids {
    /// By row; [`NONE`] where the row has no id. Empty if every row with an id has a fingerprint.
    of_row: Vec<u32>,
    count: usize,
}

impl Ids {
    pub(crate) fn new(builder: &InventoryBuilder, namespaces: &[IdNamespace]) -> Self {
        if !builder.ids_alone {
            return Self { of_row: Vec::new(), count: 0 };
        }
        let mut common = vec![NONE; builder.inventory.names.len()];
        let mut apart: BTreeMap<(IdNamespace, NameId), u32> = BTreeMap::new();
        let mut count = 0;
        let mut of_row = Vec::with_capacity(builder.subjects.len());
        for (row, subject) in builder.inventory.rows.iter().zip(&builder.subjects) {
            let RowSubject::Credential { id: Some(id), .. } = subject else {
                of_row.push(NONE);
                continue;
            };
            let namespace = namespaces.get(usize::from(row.place.source.0)).copied().unwrap_or(0);
            let mut fresh = NONE;
            let slot = match namespace {
                0 => common.get_mut(id.index()).unwrap_or(&mut fresh),
                _ => apart.entry((namespace, *id)).or_insert(NONE),
            };
            if *slot == NONE {
                *slot = count;
                count += 1;
            }
            of_row.push(*slot);
        }
        Self { of_row, count: count as usize }
    }
}

fn bearers(builder: &InventoryBuilder, groups: &Groups, ids: &Ids) -> Vec<Bearer> {
    let mut bearers = vec![Bearer::Nobody; ids.count];
    for (at, (subject, key)) in builder.subjects.iter().zip(&ids.of_row).enumerate() {
        let RowSubject::Credential { fingerprint: Some(fingerprint), .. } = subject else {
            continue;
        };
        let Some(bearer) = bearers.get_mut(*key as usize) else { continue };
        let group = groups.of(source_of(builder, at), *fingerprint);
        *bearer = match *bearer {
            Bearer::Nobody => Bearer::One(group),
            Bearer::One(known) if known == group => Bearer::One(group),
            Bearer::One(_) | Bearer::Several => Bearer::Several,
        };
    }
    bearers
}

/// How many candidates a problem names.
const NAMED: usize = 5;

fn report_ambiguous(
    builder: &mut InventoryBuilder,
    groups: &Groups,
    ids: &Ids,
    rows: &[(usize, u32)],
) {
    let mut asked: BTreeMap<u32, BTreeMap<u32, Place>> =
        rows.iter().map(|(_, key)| (*key, BTreeMap::new())).collect();
    if asked.is_empty() {
        return;
    }
    for ((row, subject), key) in
        builder.inventory.rows.iter().zip(&builder.subjects).zip(&ids.of_row)
    {
        if let RowSubject::Credential { fingerprint: Some(fingerprint), .. } = subject
            && let Some(found) = asked.get_mut(key)
        {
            found.entry(groups.of(row.place.source, *fingerprint)).or_insert(row.place);
        }
    }
    let candidates_of: BTreeMap<u32, String> = asked
        .into_iter()
        .map(|(key, found)| (key, candidates(&builder.inventory, found.into_values().collect())))
        .collect();
    for (at, key) in rows {
        let Some(row) = builder.inventory.rows.get(*at).copied() else { continue };
        let Some(RowSubject::Credential { id: Some(id), .. }) = builder.subjects.get(*at) else {
            continue;
        };
        let id = shown(builder.inventory.text(*id));
        let candidates = candidates_of.get(key).map_or("", String::as_str);
        let message = format!(
            "several credentials have the id “{id}” ({candidates}) and the row has no fingerprint, so it \
             counts as a separate credential; add a fingerprint to this row"
        );
        builder.inventory.problems.push(Problem::new(row.place, ProblemKind::AmbiguousId, message));
    }
}

fn candidates(inventory: &Inventory, mut places: Vec<Place>) -> String {
    places.sort_unstable();
    let mut named: Vec<String> =
        places.iter().take(NAMED).map(|place| inventory.place_text(*place)).collect();
    if places.len() > NAMED {
        named.push(format!("and {} more", places.len() - NAMED));
    }
    named.join(", ")
}
