//! Which credentials, service instances and mappings differ between two inventories.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::questions::matching::Matched;
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind, InstanceIndex};

/// A credential of both sides of which rows say something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// It in the old graph.
    pub old: CredentialIndex,
    /// It in the new graph.
    pub new: CredentialIndex,
    /// What changed, in words.
    pub what: Vec<String>,
}

/// What differs of the things themselves; each list by name. What went is named by the old graph's
/// indices, all else by the new one's.
#[derive(Debug, Default)]
pub(super) struct InventoryChanges {
    pub(super) credentials_appeared: Vec<CredentialIndex>,
    pub(super) credentials_went: Vec<CredentialIndex>,
    pub(super) credentials_changed: Vec<Changed>,
    pub(super) instances_appeared: Vec<InstanceIndex>,
    pub(super) instances_went: Vec<InstanceIndex>,
    pub(super) edges_appeared: Vec<EdgeIndex>,
    pub(super) edges_went: Vec<EdgeIndex>,
    /// Those of both whose access or level is stated now and was assumed.
    pub(super) edges_stated: Vec<EdgeIndex>,
    /// The other way round.
    pub(super) edges_assumed: Vec<EdgeIndex>,
}

/// Costs time in proportion to the rows, and a sort of the links.
pub(super) fn inventory_changes(
    matched: &Matched,
    old: &AccessGraph,
    new: &AccessGraph,
) -> InventoryChanges {
    let mut found = InventoryChanges::default();
    credentials(matched, old, new, &mut found);
    instances(matched, old, new, &mut found);
    edges(matched, old, new, &mut found);
    found
}

fn credentials(
    matched: &Matched,
    old: &AccessGraph,
    new: &AccessGraph,
    found: &mut InventoryChanges,
) {
    let mut known = vec![false; new.credentials().len()];
    for (at, twin) in old.credential_indices().zip(&matched.credential) {
        let Some(twin) = *twin else {
            found.credentials_went.push(at);
            continue;
        };
        if let Some(known) = known.get_mut(twin.index()) {
            *known = true;
        }
        let what = changes(old, at, new, twin);
        if !what.is_empty() {
            found.credentials_changed.push(Changed { old: at, new: twin, what });
        }
    }
    let fresh = new.credential_indices().zip(known).filter(|(_, known)| !known);
    found.credentials_appeared = fresh.map(|(at, _)| at).collect();
}

fn instances(
    matched: &Matched,
    old: &AccessGraph,
    new: &AccessGraph,
    found: &mut InventoryChanges,
) {
    let went = old.instance_indices().zip(&matched.new_of).filter(|(_, new)| new.is_none());
    found.instances_went = went.map(|(at, _)| at).collect();
    let fresh = new.instance_indices().zip(&matched.old_of).filter(|(_, old)| old.is_none());
    found.instances_appeared = fresh.map(|(at, _)| at).collect();
}

fn edges(matched: &Matched, old: &AccessGraph, new: &AccessGraph, found: &mut InventoryChanges) {
    type Key = (CredentialIndex, InstanceIndex, bool);
    let keyed = |graph: &AccessGraph, at: EdgeIndex| -> Key {
        let edge = graph.edge(at);
        (edge.credential, edge.instance, edge.kind == EdgeKind::Holds)
    };
    let all = |graph: &AccessGraph| (0..graph.edges().len() as u32).map(EdgeIndex);
    let of_new: BTreeMap<Key, EdgeIndex> = all(new).map(|at| (keyed(new, at), at)).collect();
    let mut kept: BTreeSet<Key> = BTreeSet::new();
    for at in all(old) {
        let (credential, instance, holds) = keyed(old, at);
        let credential = matched.credential.get(credential.index()).copied().flatten();
        let instance = matched.new_of.get(instance.index()).copied().flatten();
        let key =
            credential.zip(instance).map(|(credential, instance)| (credential, instance, holds));
        let Some((key, now)) = key.and_then(|key| Some((key, *of_new.get(&key)?))) else {
            found.edges_went.push(at);
            continue;
        };
        kept.insert(key);
        match (old.edge(at).assumes(), new.edge(now).assumes()) {
            (true, false) => found.edges_stated.push(now),
            (false, true) => found.edges_assumed.push(now),
            _ => {}
        }
    }
    found.edges_stated.sort_unstable();
    found.edges_assumed.sort_unstable();
    found.edges_appeared = all(new).filter(|&at| !kept.contains(&keyed(new, at))).collect();
}

/// What rows say of a credential now and did not say before, in words.
fn changes(
    old: &AccessGraph,
    before: CredentialIndex,
    new: &AccessGraph,
    after: CredentialIndex,
) -> Vec<String> {
    let mut what = Vec::new();
    let mut compare = |name: &str, before: String, after: String| {
        if before != after {
            let word = |text: String| if text.is_empty() { "unknown".to_owned() } else { text };
            what.push(format!("{name}: {} → {}", word(before), word(after)));
        }
    };
    let life = |graph: &AccessGraph, at| {
        if graph.credential(at).is_live() { "live".to_owned() } else { "dead".to_owned() }
    };
    compare("life", life(old, before), life(new, after));
    let owners = |graph: &AccessGraph, at| {
        let names = graph.owners_of(at).iter().map(|&owner| graph.owner_name(owner));
        names.collect::<Vec<_>>().join(", ")
    };
    compare("owners", owners(old, before), owners(new, after));
    let (one, other) = (old.credential(before), new.credential(after));
    let day =
        |date: Option<crate::inventory::Date>| date.map_or_else(String::new, |d| d.to_string());
    compare("expires", day(one.expires), day(other.expires));
    compare("last rotated", day(one.last_rotated), day(other.last_rotated));
    compare("created", day(one.created), day(other.created));
    let name = |graph: &AccessGraph, id: Option<crate::inventory::NameId>| {
        id.map_or_else(String::new, |id| graph.inventory().text(id).to_owned())
    };
    compare("type", name(old, one.kind), name(new, other.kind));
    compare("identity", name(old, one.identity), name(new, other.identity));
    let ids = |graph: &AccessGraph, at| {
        let ids = graph.aliases(at).iter().map(|&id| graph.inventory().text(id));
        ids.collect::<Vec<_>>().join(", ")
    };
    compare("ids", ids(old, before), ids(new, after));
    what
}
