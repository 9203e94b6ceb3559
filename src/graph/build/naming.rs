//! Printed ids: one for each credential, unique, and the order that follows from them.
#![expect(
    clippy::indexing_slicing,
    reason = "indices come from the arrays that they lead into, or were checked on the way in"
)]

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;

use super::sites::Sites;
use super::spoken::Spoken;
use crate::graph::access_graph::PrintedName;
use crate::graph::grouped::Grouped;
use crate::inventory::{CredentialId, Inventory, NameId, RowId};

/// What credentials are called and in which order they stand.
pub(super) struct Naming {
    /// The printed id of each credential, in the order of names.
    pub(super) names: Vec<PrintedName>,
    pub(super) made_names: Vec<String>,
    /// All ids of each credential, sorted by text.
    pub(super) aliases: Grouped<NameId>,
    /// The credential for each of the inventory's.
    pub(super) index_of: Vec<u32>,
    /// The inventory's credential for each.
    pub(super) spoken: Vec<CredentialId>,
}

impl Naming {
    pub(super) fn new(spoken: &Spoken<'_>, sites: &Sites) -> Self {
        let (inventory, count) = (spoken.inventory, spoken.count());
        let ids = sorted_ids(spoken);
        let mut made = Vec::new();
        let mut names: Vec<_> = (0..count)
            .map(|credential| ids.of(credential).first().copied().map(PrintedName::Own))
            .collect();
        if names.contains(&None) {
            name_the_unnamed(spoken, &mut names, &mut made);
        }
        let mut names: Vec<_> = names.into_iter().flatten().collect();
        let mut order = by_name(inventory, &names, &made);
        if part_the_equal(spoken, sites, (&mut names, &mut made), (&ids, &order)) {
            order = by_name(inventory, &names, &made);
        }
        let mut index_of = vec![0; count];
        for (index, &credential) in order.iter().enumerate() {
            index_of[credential as usize] = index as u32;
        }
        let pairs = order.iter().enumerate().flat_map(|(index, &credential)| {
            ids.of(credential as usize).iter().map(move |&id| (index as u32, id))
        });
        let aliases = Grouped::new(count, pairs);
        let names = order.iter().map(|&credential| names[credential as usize]).collect();
        let spoken = order.into_iter().map(CredentialId).collect();
        Self { names, made_names: made, aliases, index_of, spoken }
    }

    /// The printed id of a credential.
    pub(super) fn name<'a>(&'a self, inventory: &'a Inventory, credential: u32) -> &'a str {
        text(inventory, &self.made_names, self.names[credential as usize])
    }
}

fn text<'a>(inventory: &'a Inventory, made: &'a [String], name: PrintedName) -> &'a str {
    match name {
        PrintedName::Own(id) => inventory.text(id),
        PrintedName::Made(at) => &made[at as usize],
    }
}

fn sorted_ids(spoken: &Spoken<'_>) -> Grouped<NameId> {
    let inventory = spoken.inventory;
    let mut starts = Vec::with_capacity(spoken.count() + 1);
    let mut items = Vec::with_capacity(inventory.ids.len());
    for credential in 0..spoken.count() as u32 {
        starts.push(items.len() as u32);
        let from = items.len();
        items.extend_from_slice(spoken.ids_of(CredentialId(credential)));
        if items.len() - from > 1 {
            items[from..].sort_unstable_by_key(|&id| inventory.text(id));
        }
    }
    starts.push(items.len() as u32);
    let mut ids = Grouped::from_parts(starts, items);
    ids.dedup_each();
    ids
}

fn name_the_unnamed(
    spoken: &Spoken<'_>,
    names: &mut [Option<PrintedName>],
    made: &mut Vec<String>,
) {
    let inventory = spoken.inventory;
    for (at, row) in (0..).zip(&inventory.rows) {
        let Some(credential) = spoken.of(RowId(at)) else { continue };
        if let Some(name @ None) = names.get_mut(credential.0 as usize) {
            *name = Some(PrintedName::Made(made.len() as u32));
            made.push(format!("unnamed@{}", inventory.place_text(row.place)));
        }
    }
    for name in names.iter_mut().filter(|name| name.is_none()) {
        *name = Some(PrintedName::Made(made.len() as u32));
        made.push("unnamed".to_owned());
    }
}

/// The credentials sorted by the text of their names; most differ in their first 16 bytes.
fn by_name(inventory: &Inventory, names: &[PrintedName], made: &[String]) -> Vec<u32> {
    let prefix = |credential: usize| {
        let mut bytes = [0u8; 16];
        let name = text(inventory, made, names[credential]).as_bytes();
        let length = name.len().min(16);
        bytes[..length].copy_from_slice(&name[..length]);
        (u128::from_be_bytes(bytes), credential as u32)
    };
    let mut keyed: Vec<_> = (0..names.len()).into_par_iter().map(prefix).collect();
    keyed.par_sort_unstable_by(|a, b| {
        let name = |credential: u32| text(inventory, made, names[credential as usize]);
        a.0.cmp(&b.0).then_with(|| name(a.1).cmp(name(b.1))).then(a.1.cmp(&b.1))
    });
    keyed.into_iter().map(|(_, credential)| credential).collect()
}

/// Gives credentials that share a name `~2`, `~3` …; returns whether there were any.
fn part_the_equal(
    spoken: &Spoken<'_>,
    sites: &Sites,
    (names, made): (&mut [PrintedName], &mut Vec<String>),
    (ids, order): (&Grouped<NameId>, &[u32]),
) -> bool {
    let inventory = spoken.inventory;
    let same = |a: &u32, b: &u32| {
        text(inventory, made, names[*a as usize]) == text(inventory, made, names[*b as usize])
    };
    let groups: Vec<&[u32]> = order.chunk_by(same).filter(|group| group.len() > 1).collect();
    if groups.is_empty() {
        return false;
    }
    let members = groups.iter().flat_map(|group| group.iter().copied());
    let linked = linked_instances(spoken, sites, members);
    let alias_texts = |credential: u32| -> Vec<&str> {
        ids.of(credential as usize).iter().map(|&id| inventory.text(id)).collect()
    };
    let mut renamed = Vec::new();
    for group in groups {
        let mut group = group.to_vec();
        group.sort_by_cached_key(|&credential| {
            (linked.of(credential as usize), alias_texts(credential), credential)
        });
        let base = text(inventory, made, names[group[0] as usize]).to_owned();
        let mut number = 1;
        for &credential in &group[1..] {
            let name = loop {
                number += 1;
                let name = format!("{base}~{number}");
                let taken = order.binary_search_by(|&other| {
                    text(inventory, made, names[other as usize]).cmp(&name)
                });
                if taken.is_err() {
                    break name;
                }
            };
            renamed.push((credential, name));
        }
    }
    for (credential, name) in renamed {
        names[credential as usize] = PrintedName::Made(made.len() as u32);
        made.push(name);
    }
    true
}

/// The instances of the given credentials, sorted; the lists of all others are empty.
fn linked_instances(
    spoken: &Spoken<'_>,
    sites: &Sites,
    members: impl Iterator<Item = u32>,
) -> Grouped<u32> {
    let mut wanted = vec![false; spoken.count()];
    for credential in members {
        wanted[credential as usize] = true;
    }
    let pairs = spoken.inventory.links.iter().filter_map(|link| {
        let credential = spoken.of(link.row)?.0;
        let instance = *sites.index_of.get(link.instance.0 as usize)?;
        (wanted.get(credential as usize) == Some(&true)).then_some((credential, instance))
    });
    let mut linked = Grouped::new(wanted.len(), pairs);
    linked.sort_each();
    linked.dedup_each();
    linked
}
