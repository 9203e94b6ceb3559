//! Which credential and which service instance of one graph is which of another.
//!
//! Printed ids do not count, because some follow from lines that move. Equal fingerprints are one
//! credential. What is left belongs together where one on either side has an id; then by what it
//! is called, linked to and said to be, in the order of rows among equals; then once more by ids.
//! Two credentials whose fingerprints differ under one key are never alike, only of one id.

use crate::analysis::questions::findings::Subject;
use crate::graph::{AccessGraph, CredentialIndex, EdgeKind, InstanceIndex, Life};
use crate::inventory::{Date, Fingerprint, LastUsed, Level, NameId, RowId};

/// For each credential of an older graph the one of a newer that is the same, if there is one.
///
/// Costs about one sort of the credentials on either side.
pub fn same_credentials(old: &AccessGraph, new: &AccessGraph) -> Vec<Option<CredentialIndex>> {
    Matched::new(old, new).credential
}

/// Which credential and which instance is which.
pub(crate) struct Matched {
    /// By old credential the new one.
    pub(crate) credential: Vec<Option<CredentialIndex>>,
    /// By old instance the new one, and the other way round.
    pub(crate) new_of: Vec<Option<InstanceIndex>>,
    pub(crate) old_of: Vec<Option<InstanceIndex>>,
}

impl Matched {
    /// Costs about one sort of the credentials on either side.
    pub(crate) fn new(old: &AccessGraph, new: &AccessGraph) -> Self {
        let mut new_of = vec![None; old.instances().len()];
        let mut old_of = vec![None; new.instances().len()];
        for at in old.instance_indices() {
            let label = &old.environment_of(at).label;
            let Some(found) = new.find_instance(old.service_name(at), label) else { continue };
            set(&mut new_of, at.index(), found);
            set(&mut old_of, found.index(), at);
        }
        let free = |graph: &AccessGraph| graph.credential_indices().map(Some).collect();
        let mut pairs = Pairs {
            sides: (old, new),
            new_of_instance: &new_of,
            new_of: vec![None; old.credentials().len()],
            free: (free(old), free(new)),
        };
        pairs.by_fingerprint();
        pairs.by_id();
        for likeness in [Likeness::All, Likeness::Known, Likeness::Linked] {
            pairs.by_likeness(likeness);
        }
        pairs.by_id();
        Self { credential: pairs.new_of, new_of, old_of }
    }

    /// By credential of the newer graph the one of the older that it is.
    pub(crate) fn old_credentials(&self, new: &AccessGraph) -> Vec<Option<CredentialIndex>> {
        let mut old_of = vec![None; new.credentials().len()];
        for (at, twin) in (0..).map(CredentialIndex).zip(&self.credential) {
            if let Some(slot) = twin.and_then(|twin| old_of.get_mut(twin.index())) {
                *slot = Some(at);
            }
        }
        old_of
    }

    /// What of the new graph is a subject of the old one.
    pub(crate) fn subject(&self, old: Subject) -> Option<Subject> {
        match old {
            Subject::Credential(at) => {
                self.credential.get(at.index()).copied().flatten().map(Subject::Credential)
            }
            Subject::Instance(at) => {
                self.new_of.get(at.index()).copied().flatten().map(Subject::Instance)
            }
        }
    }
}

fn set<T>(list: &mut [Option<T>], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = Some(value);
    }
}

/// How much must be equal for two credentials to be alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// Everything that rows say.
    All,
    /// What it is called and linked to, its type, identity and owners.
    Known,
    /// What it is called and linked to, and without any id its type.
    Linked,
}

/// The pairs that were found so far.
struct Pairs<'a> {
    sides: (&'a AccessGraph, &'a AccessGraph),
    new_of_instance: &'a [Option<InstanceIndex>],
    new_of: Vec<Option<CredentialIndex>>,
    /// The old ones and the new ones that have no counterpart yet.
    free: (Vec<Option<CredentialIndex>>, Vec<Option<CredentialIndex>>),
}

impl<'a> Pairs<'a> {
    fn pair(&mut self, old: CredentialIndex, new: CredentialIndex) {
        set(&mut self.new_of, old.index(), new);
        for (list, at) in [(&mut self.free.0, old), (&mut self.free.1, new)] {
            if let Some(slot) = list.get_mut(at.index()) {
                *slot = None;
            }
        }
    }

    fn by_fingerprint(&mut self) {
        let known = |graph: &AccessGraph| {
            let keyed = |at| Some((graph.fingerprint_of(at)?, at));
            graph.credential_indices().filter_map(keyed).collect()
        };
        let (old, new): (Vec<(Fingerprint, _)>, Vec<(Fingerprint, _)>) =
            (known(self.sides.0), known(self.sides.1));
        for (old, new) in joined(old, new) {
            if let ([(_, old)], [(_, new)]) = (old.as_slice(), new.as_slice()) {
                self.pair(*old, *new);
            }
        }
    }

    /// Pairs two that share ids which no other of their sides bears, if these agree on one another.
    fn by_id(&mut self) {
        let (old, new) = self.sides;
        let named = |graph: &'a AccessGraph, free: &[Option<CredentialIndex>]| {
            let ids = |at: CredentialIndex| {
                let text = move |id: &NameId| (graph.inventory().text(*id), at);
                graph.aliases(at).iter().map(text)
            };
            free.iter().flatten().copied().flat_map(ids).collect()
        };
        let ids: (Vec<(&str, _)>, Vec<(&str, _)>) =
            (named(old, &self.free.0), named(new, &self.free.1));
        let mut partners = (
            vec![Partner::Nobody; old.credentials().len()],
            vec![Partner::Nobody; new.credentials().len()],
        );
        for (old, new) in joined(ids.0, ids.1) {
            if let ([(_, old)], [(_, new)]) = (old.as_slice(), new.as_slice()) {
                Partner::meet(&mut partners.0, *old, *new);
                Partner::meet(&mut partners.1, *new, *old);
            }
        }
        for at in old.credential_indices() {
            let Some(Partner::One(new)) = partners.0.get(at.index()).copied() else { continue };
            if partners.1.get(new.index()) == Some(&Partner::One(at)) {
                self.pair(at, new);
            }
        }
    }

    fn by_likeness(&mut self, likeness: Likeness) {
        let ((old, new), to_new) = (self.sides, self.new_of_instance);
        let number = |at: InstanceIndex| {
            to_new.get(at.index()).copied().flatten().map_or(u32::MAX, |new| new.index() as u32)
        };
        let before: Vec<_> = self.free.0.iter().flatten().copied().collect();
        let before =
            before.into_iter().filter_map(|at| Some((Traits::of(old, at, likeness, number)?, at)));
        let before: Vec<(Traits<'_>, _)> = before.collect();
        let after: Vec<_> = self.free.1.iter().flatten().copied().collect();
        let own = |at: InstanceIndex| at.index() as u32;
        let after =
            after.into_iter().filter_map(|at| Some((Traits::of(new, at, likeness, own)?, at)));
        let after: Vec<(Traits<'_>, _)> = after.collect();
        for (before, after) in joined(before, after) {
            let (told, mut untold) = parted(old, before);
            let (told_now, mut untold_now) = parted(new, after);
            let common = untold.len().min(untold_now.len());
            let pairs: Vec<_> = untold.drain(..common).zip(untold_now.drain(..common)).collect();
            let newly_told = untold.into_iter().zip(told_now);
            let no_longer = told.into_iter().zip(untold_now);
            for (old, new) in pairs.into_iter().chain(newly_told).chain(no_longer) {
                self.pair(old, new);
            }
        }
    }
}

/// Those with a fingerprint of this key and those without, each in the order of rows.
fn parted(
    graph: &AccessGraph,
    alike: Vec<(Traits<'_>, CredentialIndex)>,
) -> (Vec<CredentialIndex>, Vec<CredentialIndex>) {
    let mut alike: Vec<CredentialIndex> = alike.into_iter().map(|(_, at)| at).collect();
    alike.sort_by_key(|&at| (graph.rows_of(at).first().copied(), at));
    alike
        .into_iter()
        .partition(|&at| graph.fingerprint_of(at).is_some() && !of_other_key(graph, at))
}

/// Whether a credential's fingerprint was made under a key that is not at hand.
fn of_other_key(graph: &AccessGraph, at: CredentialIndex) -> bool {
    let inventory = graph.inventory();
    let source = |row: &RowId| {
        let place = graph.place_of(*row)?;
        inventory.sources.get(usize::from(place.source.0))
    };
    graph.rows_of(at).iter().filter_map(source).any(|source| source.of_other_key)
}

/// With whom a credential shares an id that nobody else bears.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Partner {
    Nobody,
    One(CredentialIndex),
    Several,
}

impl Partner {
    fn meet(all: &mut [Self], at: CredentialIndex, other: CredentialIndex) {
        let Some(slot) = all.get_mut(at.index()) else { return };
        *slot = match *slot {
            Self::Nobody => Self::One(other),
            Self::One(known) if known == other => Self::One(other),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
}

/// Entries of one key on either side.
type Common<K, V> = (Vec<(K, V)>, Vec<(K, V)>);

/// The entries of two lists that have a key in common, together for each key.
fn joined<K: Ord, V: Ord>(mut old: Vec<(K, V)>, mut new: Vec<(K, V)>) -> Vec<Common<K, V>> {
    old.sort_unstable();
    new.sort_unstable();
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    let mut all = Vec::new();
    while let (Some((before, _)), Some((after, _))) = (old.peek(), new.peek()) {
        match before.cmp(after) {
            std::cmp::Ordering::Less => drop(old.next()),
            std::cmp::Ordering::Greater => drop(new.next()),
            std::cmp::Ordering::Equal => {
                let (olds, news) = (of_one_key(&mut old), of_one_key(&mut new));
                all.push((olds, news));
            }
        }
    }
    all
}

/// The next entries, as long as they have one key.
fn of_one_key<K: Ord, V>(
    entries: &mut std::iter::Peekable<impl Iterator<Item = (K, V)>>,
) -> Vec<(K, V)> {
    let mut same: Vec<(K, V)> = entries.next().into_iter().collect();
    while let Some(next) = entries.next_if(|(key, _)| same.first().is_some_and(|(k, _)| k == key)) {
        same.push(next);
    }
    same
}

/// An instance of the new graph, whether it holds the credential, and what else counts of the edge.
type Link = (u32, bool, Option<(Level, bool)>);

type Days = (Life, [Option<Date>; 3], LastUsed);

/// What makes two credentials alike.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Traits<'a> {
    ids: Vec<&'a str>,
    links: Vec<Link>,
    words: [Option<&'a str>; 4],
    owners: Vec<&'a str>,
    storages: Vec<&'a str>,
    days: Option<Days>,
}

impl<'a> Traits<'a> {
    /// The traits that count; `None` where there is nothing to go by.
    fn of(
        graph: &'a AccessGraph,
        at: CredentialIndex,
        likeness: Likeness,
        number: impl Fn(InstanceIndex) -> u32,
    ) -> Option<Self> {
        let inventory = graph.inventory();
        let text = |name: &NameId| inventory.text(*name);
        let ids: Vec<&str> = graph.aliases(at).iter().map(text).collect();
        let edges = graph.held_by(at).iter().chain(graph.grants(at));
        let link = |edge: &_| {
            let edge = graph.edge(*edge);
            let how = (likeness == Likeness::All).then_some((edge.level, edge.assumed));
            (number(edge.instance), edge.kind == EdgeKind::Holds, how)
        };
        let mut links: Vec<_> = edges.map(link).collect();
        links.sort_unstable();
        if ids.is_empty() && links.is_empty() {
            return None;
        }
        let one = graph.credential(at);
        let when = |counts: bool, name: Option<NameId>| {
            name.filter(|_| counts).map(|name| inventory.text(name))
        };
        let (all, known) = (likeness == Likeness::All, likeness != Likeness::Linked);
        let words = [
            when(known || ids.is_empty(), one.kind),
            when(known, one.identity),
            when(all, one.label),
            when(all, one.tags),
        ];
        let owners = graph.owners_of(at).iter().filter(|_| known);
        let storages = graph.storages_of(at).iter().filter(|_| all);
        let dates = [one.created, one.last_rotated, one.expires];
        Some(Self {
            ids,
            links,
            words,
            owners: owners.map(|&owner| graph.owner_name(owner)).collect(),
            storages: storages.map(text).collect(),
            days: all.then_some((one.life, dates, one.last_used)),
        })
    }
}
