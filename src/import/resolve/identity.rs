//! Decides which rows are about one credential, once all files are read.
//!
//! Rows with one fingerprint are one credential. A row with an id alone belongs to the one
//! credential that has the id; if several do, it is a credential of its own. The order of rows
//! and files decides only the numbering.

use std::collections::BTreeMap;

use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::subject::RowSubject;
use crate::inventory::shown;
use crate::inventory::{
    CredentialId, Fingerprint, Inventory, NameId, Place, Problem, ProblemKind, Progress,
};

/// In which namespace a source's ids match; sources of one namespace share their ids.
pub(crate) type IdNamespace = u32;

const NONE: u32 = u32::MAX;

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
    let bearers = bearers(builder, &groups, &ids);
    let mut credential_of_group = vec![NONE; groups.parents.len()];
    let mut credential_of_id = vec![NONE; ids.count];
    let mut next = 0;
    let mut ambiguous = Vec::new();
    for at in 0..builder.subjects.len() {
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
            (Some(fingerprint), _) => credential_of_group.get_mut(groups.of(fingerprint) as usize),
            (None, Some(Bearer::One(group))) => credential_of_group.get_mut(group as usize),
            (None, Some(Bearer::Nobody)) => {
                key.and_then(|key| credential_of_id.get_mut(key as usize))
            }
            (None, Some(Bearer::Several)) => {
                ambiguous.extend(key.map(|key| (at, key)));
                None
            }
            (None, None) => None,
        };
        let credential = match slot {
            Some(known) if *known != NONE => *known,
            fresh => {
                if let Some(fresh) = fresh {
                    *fresh = next;
                }
                next += 1;
                next - 1
            }
        };
        if let Some(row) = builder.inventory.rows.get_mut(at) {
            row.credential = Some(CredentialId(credential));
        }
    }
    report_ambiguous(builder, &groups, &ids, &ambiguous);
    let mut known_by = vec![None; next as usize];
    for (at, fingerprint) in (0..).zip(builder.fingerprints.all()) {
        let credential = credential_of_group.get(groups.of(at) as usize);
        if let Some(known) = credential.and_then(|one| known_by.get_mut(*one as usize)) {
            *known = Some(known.map_or(fingerprint, |known: Fingerprint| known.min(fingerprint)));
        }
    }
    Ok(known_by)
}

/// Fingerprints that rows give for one secret.
struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    fn new(builder: &InventoryBuilder) -> Self {
        let mut parents: Vec<u32> = (0..builder.fingerprints.len() as u32).collect();
        for &(one, other) in &builder.same_secret {
            let (one, other) = (root(&mut parents, one), root(&mut parents, other));
            if let Some(parent) = parents.get_mut(one.max(other) as usize) {
                *parent = one.min(other);
            }
        }
        for at in 0..parents.len() as u32 {
            let top = root(&mut parents, at);
            if let Some(parent) = parents.get_mut(at as usize) {
                *parent = top;
            }
        }
        Self { parents }
    }

    fn of(&self, fingerprint: u32) -> u32 {
        self.parents.get(fingerprint as usize).copied().unwrap_or(fingerprint)
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
struct Ids {
    /// By row; [`NONE`] where the row has no id. Empty if every row with an id has a fingerprint.
    of_row: Vec<u32>,
    count: usize,
}

impl Ids {
    fn new(builder: &InventoryBuilder, namespaces: &[IdNamespace]) -> Self {
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
    for (subject, key) in builder.subjects.iter().zip(&ids.of_row) {
        let RowSubject::Credential { fingerprint: Some(fingerprint), .. } = subject else {
            continue;
        };
        let Some(bearer) = bearers.get_mut(*key as usize) else { continue };
        let group = groups.of(*fingerprint);
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
            found.entry(groups.of(*fingerprint)).or_insert(row.place);
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
