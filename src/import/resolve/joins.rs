//! What joins the rows of each credential, and how credentials are parted that an id alone, or a
//! pointer into a vault, joins across sources.
//!
//! The rows are assigned a second time, as if every argument had ids and pointers of its own. What is
//! one credential in both is one part.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::error::ImportError;
use crate::import::resolve::identity::{Groups, IdNamespace, Ids, NONE, assign, source_of};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::subject::RowSubject;
use crate::inventory::{
    CredentialId, Fingerprint, Identity, Inventory, JoinedBy, NameId, Parting, Progress, RowId,
};

/// The namespaces of arguments start here; those of sources set apart are below.
const ARGUMENTS: IdNamespace = 1 << 31;

/// What joins rows.
pub(crate) struct Joins {
    /// Of each part; the inventory's credentials come first.
    joined_by: Vec<Option<JoinedBy>>,
    /// Rows that belong to a further part.
    moved: Vec<(RowId, CredentialId)>,
    /// The credentials that have several parts.
    parted: BTreeSet<CredentialId>,
    /// By which fingerprint a part of these is known.
    known_by: BTreeMap<CredentialId, Fingerprint>,
    /// The rows that are joined across sources, by credential.
    joined_at: Vec<(CredentialId, RowId)>,
}

/// Finds what joins the rows whose credentials are resolved.
///
/// # Errors
/// Where somebody asked to stop.
pub(crate) fn find(
    builder: &InventoryBuilder,
    namespaces: &[IdNamespace],
    count: usize,
    progress: &Progress,
) -> Result<Joins, ImportError> {
    let arguments: Vec<u16> =
        builder.inventory.sources.iter().map(|source| source.argument).collect();
    let mut joins = Joins {
        joined_by: Vec::new(),
        moved: Vec::new(),
        parted: BTreeSet::new(),
        known_by: BTreeMap::new(),
        joined_at: Vec::new(),
    };
    let mut parts = count;
    if builder.inventory.is_of_several() && (builder.ids_alone || !builder.pointers.is_empty()) {
        let finer = Finer { builder, namespaces, arguments: &arguments, count };
        parts += finer.part(&mut joins, progress)?;
    }
    joins.joined_by = within_parts(builder, &joins.moved, parts);
    Ok(joins)
}

/// What joins rows of several sources.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Id(NameId),
    Pointer(u32),
}

/// What is read again as if every argument had ids and pointers of its own.
#[derive(Clone, Copy)]
struct Finer<'a> {
    builder: &'a InventoryBuilder,
    namespaces: &'a [IdNamespace],
    /// By source.
    arguments: &'a [u16],
    /// How many credentials there are.
    count: usize,
}

impl Finer<'_> {
    /// Finds the parts of credentials; how many there are beside the first of each.
    fn part(self, joins: &mut Joins, progress: &Progress) -> Result<usize, ImportError> {
        let Self { builder, namespaces, arguments, count } = self;
        let both = namespaces.iter().zip(arguments);
        let apart: Vec<IdNamespace> = both
            .map(|(&own, &argument)| match own {
                0 => ARGUMENTS + IdNamespace::from(argument),
                own => own,
            })
            .collect();
        let groups = Groups::apart(builder, arguments);
        let assigned = assign(builder, &groups, &Ids::new(builder, &apart), progress)?;
        let mut first_of = vec![NONE; count];
        let mut further: BTreeMap<(CredentialId, u32), CredentialId> = BTreeMap::new();
        for ((at, row), &finer) in (0..).zip(&builder.inventory.rows).zip(&assigned.of_row) {
            let Some(credential) = row.credential else { continue };
            let Some(first) = first_of.get_mut(credential.0 as usize) else { continue };
            if *first == NONE {
                *first = finer;
            }
            if *first != finer {
                let next = CredentialId((count + further.len()) as u32);
                let part = *further.entry((credential, finer)).or_insert(next);
                joins.moved.push((RowId(at), part));
                joins.parted.insert(credential);
            }
        }
        if !joins.moved.is_empty() {
            self.name_by_fingerprint(joins, &groups);
            joins.joined_at = self.joined_rows(joins);
        }
        Ok(further.len())
    }

    /// The first row of each part that bears an id, or a pointer, which another part of the same
    /// credential bears too.
    fn joined_rows(self, joins: &Joins) -> Vec<(CredentialId, RowId)> {
        let Self { builder, .. } = self;
        let mut bearers: BTreeMap<(CredentialId, Mark), BTreeMap<CredentialId, RowId>> =
            BTreeMap::new();
        let parts = parts_of_rows(&builder.inventory, &joins.moved);
        let rows = builder.inventory.rows.iter().zip(parts).zip(&builder.subjects);
        for (at, ((row, part), subject)) in (0..).map(RowId).zip(rows) {
            let (Some(whole), Some(part)) = (row.credential, part) else { continue };
            let RowSubject::Credential { id, fingerprint } = *subject else { continue };
            if !joins.parted.contains(&whole) {
                continue;
            }
            let pointer = fingerprint.filter(|own| builder.pointers.contains(own));
            for mark in id.map(Mark::Id).into_iter().chain(pointer.map(Mark::Pointer)) {
                bearers.entry((whole, mark)).or_default().entry(part).or_insert(at);
            }
        }
        let mut first: BTreeMap<(CredentialId, CredentialId), RowId> = BTreeMap::new();
        for ((whole, _), parts) in bearers.into_iter().filter(|(_, parts)| parts.len() > 1) {
            for (part, row) in parts {
                let known = first.entry((whole, part)).or_insert(row);
                *known = row.min(*known);
            }
        }
        let mut rows: Vec<_> = first.into_iter().map(|((whole, _), row)| (whole, row)).collect();
        rows.sort_unstable();
        rows
    }

    /// Finds by which fingerprint each part of a parted credential is known.
    fn name_by_fingerprint(self, joins: &mut Joins, groups: &Groups) {
        let Self { builder, count, .. } = self;
        let least = groups.least(builder);
        let parts = parts_of_rows(&builder.inventory, &joins.moved);
        for (at, (part, subject)) in parts.zip(&builder.subjects).enumerate() {
            let RowSubject::Credential { fingerprint: Some(fingerprint), .. } = *subject else {
                continue;
            };
            let is_part =
                |part: &CredentialId| part.0 as usize >= count || joins.parted.contains(part);
            let Some(part) = part.filter(is_part) else { continue };
            let group = groups.of(source_of(builder, at), fingerprint);
            let Some(Some(found)) = least.get(group as usize).copied() else { continue };
            let known = joins.known_by.entry(part).or_insert(found);
            *known = found.min(*known);
        }
    }
}

impl Joins {
    /// Adds what was found to the inventory, whose credentials have their ids by now.
    pub(crate) fn fill(self, inventory: &mut Inventory, subjects: &[RowSubject]) {
        let Self { joined_by, moved, parted, known_by, joined_at } = self;
        let whole = inventory.identities.len();
        for (at, (identity, joined_by)) in
            (0..).zip(inventory.identities.iter_mut().zip(&joined_by))
        {
            let several = parted.contains(&CredentialId(at));
            identity.joined_by = if several { Some(JoinedBy::IdAcrossSources) } else { *joined_by };
        }
        if moved.is_empty() {
            return;
        }
        let ids = ids_of_parts(inventory, subjects, &parted, &moved);
        let mut identity = |part: CredentialId| {
            let start = inventory.ids.len() as u32;
            inventory.ids.extend(ids.get(&part).into_iter().flatten());
            Identity {
                ids: start..inventory.ids.len() as u32,
                fingerprint: known_by.get(&part).copied(),
                joined_by: joined_by.get(part.0 as usize).copied().flatten(),
            }
        };
        let remaining = parted.iter().map(|&part| (part, identity(part))).collect();
        let further = (whole as u32..joined_by.len() as u32).map(CredentialId);
        let identities = further.map(identity).collect();
        inventory.parting = Parting { rows: moved, identities, remaining, joined_at };
    }
}

/// The part that each row belongs to.
fn parts_of_rows<'a>(
    inventory: &'a Inventory,
    moved: &'a [(RowId, CredentialId)],
) -> impl Iterator<Item = Option<CredentialId>> + 'a {
    let mut moved = moved.iter().peekable();
    (0..).zip(&inventory.rows).map(move |(at, row)| {
        let moved = moved.next_if(|(row, _)| *row == RowId(at));
        moved.map(|(_, part)| *part).or(row.credential)
    })
}

/// The ids of the parts of credentials that have several, in the order of first sight.
fn ids_of_parts(
    inventory: &Inventory,
    subjects: &[RowSubject],
    parted: &BTreeSet<CredentialId>,
    moved: &[(RowId, CredentialId)],
) -> BTreeMap<CredentialId, Vec<NameId>> {
    let mut ids: BTreeMap<CredentialId, Vec<NameId>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let rows = inventory.rows.iter().zip(parts_of_rows(inventory, moved)).zip(subjects);
    for ((row, part), subject) in rows {
        if let (Some(part), Some(id)) = (part, subject.id())
            && row.credential.is_some_and(|whole| parted.contains(&whole))
            && seen.insert((part, id))
        {
            ids.entry(part).or_default().push(id);
        }
    }
    ids
}

/// What is known of the rows of a part so far.
#[derive(Clone, Copy)]
struct PartRows {
    is_several: bool,
    /// Whether some row is in it by an id or a pointer.
    has_weak: bool,
    /// The group of secrets of its first row that has one.
    secret: u32,
}

/// What joins the rows of each part.
fn within_parts(
    builder: &InventoryBuilder,
    moved: &[(RowId, CredentialId)],
    count: usize,
) -> Vec<Option<JoinedBy>> {
    // Without pointers a credential never has several groups of secrets.
    let secrets = (!builder.pointers.is_empty()).then(|| Groups::of_secrets(builder));
    let mut parts: Vec<Option<PartRows>> = vec![None; count];
    let rows = parts_of_rows(&builder.inventory, moved).zip(&builder.subjects);
    for (at, (part, subject)) in rows.enumerate() {
        let Some(known) = part.and_then(|part| parts.get_mut(part.0 as usize)) else { continue };
        let secret = match *subject {
            RowSubject::Credential { fingerprint: Some(own), .. }
                if !builder.pointers.contains(&own) =>
            {
                secrets.as_ref().map_or(0, |groups| groups.of(source_of(builder, at), own))
            }
            _ => NONE,
        };
        let has_weak = secret == NONE;
        *known = Some(known.map_or(PartRows { is_several: false, has_weak, secret }, |known| {
            let differs = !has_weak && known.secret != NONE && known.secret != secret;
            PartRows {
                is_several: true,
                has_weak: known.has_weak || has_weak || differs,
                secret: known.secret.min(secret),
            }
        }));
    }
    let joined_by = |known: Option<PartRows>| {
        let PartRows { has_weak, .. } = known.filter(|known| known.is_several)?;
        Some(if has_weak { JoinedBy::Id } else { JoinedBy::Fingerprint })
    };
    parts.into_iter().map(joined_by).collect()
}
