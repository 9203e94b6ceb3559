//! What a newer inventory can still say of what an older one said: which of its sources are there, and
//! which of their columns.
//!
//! What the newer one does not show any more is gone only where the source and the columns that would
//! show it are still there; otherwise nobody has looked.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::counted as counted_rows;
use crate::inventory::{Inventory, NameId, Place, Source, SourceColumn, SourceId};

/// What columns can say, as far as findings and paths follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnKind {
    /// Under which id a credential is known.
    Id,
    /// Under which id or name a credential is known.
    Name,
    /// Which secrets are equal.
    Secret,
    /// To which services a credential belongs.
    Service,
    /// In which environments they stand.
    Environment,
    /// Who holds and who grants.
    Access,
    /// What a grant allows.
    Level,
    /// Whether a credential is in use.
    Status,
    /// When it expires.
    Expiry,
    /// Who owns it.
    Owner,
    /// Who owns the services.
    ServiceOwner,
    /// When it was made.
    Created,
    /// When it was last replaced.
    LastRotated,
    /// When it was last used.
    LastUse,
    /// Where it is kept.
    Storage,
    /// Where an attacker can start.
    EntryPoint,
    /// What must not fall.
    CrownJewel,
    /// What sorts of services there are.
    ServiceKind,
    /// Whose credential it is.
    Identity,
    /// Tags.
    Tags,
}

impl ColumnKind {
    /// Every one.
    pub const ALL: [Self; 20] = [
        Self::Id,
        Self::Name,
        Self::Secret,
        Self::Service,
        Self::Environment,
        Self::Access,
        Self::Level,
        Self::Status,
        Self::Expiry,
        Self::Owner,
        Self::ServiceOwner,
        Self::Created,
        Self::LastRotated,
        Self::LastUse,
        Self::Storage,
        Self::EntryPoint,
        Self::CrownJewel,
        Self::ServiceKind,
        Self::Identity,
        Self::Tags,
    ];

    /// The meanings of the columns of which each says it, by their names in column mappings.
    pub fn meanings(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["id"],
            Self::Name => &["id", "name"],
            Self::Secret => &["fingerprint", "secret"],
            Self::Service => &["service", "holder", "target"],
            Self::Environment => &["environment", "holder-environment", "target-environment"],
            Self::Access => &["access", "holder", "target"],
            Self::Level => &["level"],
            Self::Status => &["status", "disabled"],
            Self::Expiry => &["expires"],
            Self::Owner => &["owner"],
            Self::ServiceOwner => &["service-owner"],
            Self::Created => &["created"],
            Self::LastRotated => &["last-rotated"],
            Self::LastUse => &["last-used"],
            Self::Storage => &["storage"],
            Self::EntryPoint => &["exposure"],
            Self::CrownJewel => &["criticality", "crown-jewel"],
            Self::ServiceKind => &["service-kind"],
            Self::Identity => &["identity"],
            Self::Tags => &["tags"],
        }
    }

    fn column_of(self, source: &Source) -> Option<&SourceColumn> {
        let says = |meaning: &str| self.meanings().contains(&meaning);
        source.columns.iter().find(|column| column.meaning.is_some_and(says))
    }
}

/// What a newer inventory lacks of an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lacking {
    /// A source of the older one.
    Source(SourceId),
    /// What a column of a source of the older one said.
    Column(SourceId, ColumnKind),
    /// Rows of a source of the older one: this many more of them were rejected than before. What they say
    /// is unknown.
    Rows(SourceId, u64),
}

impl Lacking {
    /// The source, as the older inventory calls it.
    pub fn file(self, old: &Inventory) -> &str {
        let (Self::Source(at) | Self::Column(at, _) | Self::Rows(at, _)) = self;
        old.sources.get(usize::from(at.0)).map_or("?", |source| source.name.as_str())
    }

    /// How many more rows were rejected, where that is what is missing.
    pub fn rejected(self) -> Option<u64> {
        let Self::Rows(_, more) = self else { return None };
        Some(more)
    }

    /// How many rows of it the older inventory had rejected, where that more were is what is missing.
    pub fn rejected_before(self, old: &Inventory) -> Option<u64> {
        let Self::Rows(at, _) = self else { return None };
        old.sources.get(usize::from(at.0)).map(|source| source.ledger.rejected)
    }

    /// The column, as the older inventory calls it; `None` where the whole source is missing, or rows are.
    pub fn column(self, old: &Inventory) -> Option<&str> {
        let Self::Column(at, kind) = self else { return None };
        let column = old.sources.get(usize::from(at.0)).and_then(|source| kind.column_of(source));
        Some(column.map_or("?", |column| column.name.as_str()))
    }

    /// What is missing, in words; names are as they were written.
    pub fn words(self, old: &Inventory) -> String {
        let file = self.file(old);
        if let Some(more) = self.rejected() {
            let rows = counted_rows(more as usize, "more row", "more rows");
            return format!("{rows} of “{file}” could not be read than in the older inventory");
        }
        match self.column(old) {
            None => format!("the newer inventory has no source “{file}”"),
            Some(name) => format!("the newer inventory has no column “{name}” of “{file}”"),
        }
    }
}

/// Which sources and columns of an older inventory a newer one still has.
pub(crate) struct Observed {
    /// For each source of the older one what is missing of it, the source itself or columns.
    lacking: Vec<Vec<Lacking>>,
    /// The sources of the older one of which more rows were rejected.
    rejected: Vec<Lacking>,
    /// For each source of the newer one the older one that it corresponds to.
    old_of: Vec<Option<usize>>,
    /// The old credentials without a secret that was read and an id, or with an id that others bear
    /// too, where anything is missing: which rows are theirs follows from all columns and all others.
    vague: Vec<bool>,
}

impl Observed {
    /// Sources correspond by their whole name, then by the last part of their path, then one to one.
    pub(crate) fn new(before: &AccessGraph, after: &AccessGraph) -> Self {
        let (old, new) = (before.inventory(), after.inventory());
        let counterparts = counterparts(&old.sources, &new.sources);
        let mut old_of = vec![None; new.sources.len()];
        for (at, counterpart) in counterparts.iter().enumerate() {
            if let Some(slot) = counterpart.and_then(|new| old_of.get_mut(new)) {
                *slot = Some(at);
            }
        }
        let pairs = (0..).map(SourceId).zip(old.sources.iter().zip(&counterparts));
        let rejected = pairs.filter_map(|(at, (source, counterpart))| {
            let newer = counterpart.and_then(|at| new.sources.get(at))?;
            let more = newer.ledger.rejected.checked_sub(source.ledger.rejected)?;
            (more > 0).then_some(Lacking::Rows(at, more))
        });
        let rejected: Vec<Lacking> = rejected.collect();
        let lacking = (0..).map(SourceId).zip(old.sources.iter().zip(counterparts));
        let lacking = lacking.map(|(at, (source, counterpart))| {
            // A source that brought nothing has nothing to miss.
            if source.ledger.accepted + source.ledger.merged == 0 {
                return Vec::new();
            }
            let Some(counterpart) = counterpart.and_then(|at| new.sources.get(at)) else {
                return vec![Lacking::Source(at)];
            };
            let is_lost = |kind: &ColumnKind| {
                kind.column_of(source).is_some() && kind.column_of(counterpart).is_none()
            };
            let lost = ColumnKind::ALL.into_iter().filter(is_lost);
            lost.map(|kind| Lacking::Column(at, kind)).collect()
        });
        let lacking: Vec<Vec<Lacking>> = lacking.collect();
        let is_whole = lacking.iter().all(Vec::is_empty) && rejected.is_empty();
        let vague = if is_whole { Vec::new() } else { vague(before) };
        Self { lacking, rejected, old_of, vague }
    }

    /// Whether which rows are an old credential's follows from all columns and all other credentials.
    pub(crate) fn is_vague(&self, credential: CredentialIndex) -> bool {
        self.vague.get(credential.index()) == Some(&true)
    }

    /// Whether nothing is missing.
    pub(crate) fn is_whole(&self) -> bool {
        self.lacking.iter().all(Vec::is_empty)
    }

    /// Whether nothing is missing, and no more rows were rejected.
    pub(crate) fn shows_all(&self) -> bool {
        self.is_whole() && self.rejected.is_empty()
    }

    /// Every source and column that is missing.
    pub(crate) fn all(&self) -> Vec<Lacking> {
        self.lacking.iter().flatten().copied().collect()
    }

    /// The same, and the sources of which more rows were rejected.
    pub(crate) fn all_with_rows(&self) -> Vec<Lacking> {
        self.all().into_iter().chain(self.rejected.iter().copied()).collect()
    }

    /// The sources of some rows of which more rows were rejected: what is no longer seen of these may stand
    /// in those.
    pub(crate) fn rejected_for(&self, rows: impl Iterator<Item = Place>) -> Vec<Lacking> {
        if self.rejected.is_empty() {
            return Vec::new();
        }
        let sources: BTreeSet<SourceId> = rows.map(|place| place.source).collect();
        let is_of = |one: &&Lacking| matches!(one, Lacking::Rows(at, _) if sources.contains(at));
        self.rejected.iter().filter(is_of).copied().collect()
    }

    /// All sources of which more rows were rejected.
    pub(crate) fn rejected(&self) -> &[Lacking] {
        &self.rejected
    }

    /// What is missing of the sources of some rows, if columns of these kinds count.
    pub(crate) fn lacking_for(
        &self,
        rows: impl Iterator<Item = Place>,
        counts: impl Fn(ColumnKind) -> bool,
    ) -> Vec<Lacking> {
        let sources: BTreeSet<SourceId> = rows.map(|place| place.source).collect();
        let of = |at: &SourceId| self.lacking.get(usize::from(at.0));
        counted(sources.iter().filter_map(of).flatten(), counts)
    }

    /// The same for rows of the newer inventory: columns that their sources had before.
    pub(crate) fn lacking_for_new(
        &self,
        rows: impl Iterator<Item = Place>,
        counts: impl Fn(ColumnKind) -> bool,
    ) -> Vec<Lacking> {
        let old_of = |at: SourceId| self.old_of.get(usize::from(at.0)).copied().flatten();
        let sources: BTreeSet<usize> = rows.filter_map(|place| old_of(place.source)).collect();
        counted(sources.iter().filter_map(|&at| self.lacking.get(at)).flatten(), counts)
    }

    /// What is missing of any source, if columns of these kinds count.
    pub(crate) fn lacking_anywhere(&self, counts: impl Fn(ColumnKind) -> bool) -> Vec<Lacking> {
        counted(self.lacking.iter().flatten(), counts)
    }
}

fn counted<'a>(
    lacking: impl Iterator<Item = &'a Lacking>,
    counts: impl Fn(ColumnKind) -> bool,
) -> Vec<Lacking> {
    let is_counted = |one: &&Lacking| match one {
        Lacking::Source(_) | Lacking::Rows(..) => true,
        Lacking::Column(_, kind) => counts(*kind),
    };
    lacking.filter(is_counted).copied().collect()
}

/// Costs a sort of the ids.
fn vague(graph: &AccessGraph) -> Vec<bool> {
    let ids = |at| graph.aliases(at).iter().copied();
    let mut bearers: Vec<NameId> = graph.credential_indices().flat_map(ids).collect();
    bearers.sort_unstable();
    let is_shared = |id: NameId| {
        let first = bearers.partition_point(|other| *other < id);
        bearers.get(first + 1) == Some(&id)
    };
    let is_nameless = |at| graph.fingerprint_of(at).is_none() && graph.aliases(at).is_empty();
    let is_vague = |at| is_nameless(at) || ids(at).any(is_shared);
    graph.credential_indices().map(is_vague).collect()
}

/// For each old source the new one that corresponds to it. The answers of owners correspond by owner
/// and day, what was stated in a workshop by its day, and beside them everything else does as if they were not there.
fn counterparts(old: &[Source], new: &[Source]) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    let mut free: Vec<bool> = new.iter().map(Source::is_imported).collect();
    for (slot, source) in found.iter_mut().zip(old).filter(|(_, source)| !source.is_imported()) {
        let is_same = |other: &Source| {
            (&other.answered, other.stated) == (&source.answered, source.stated)
                && other.name == source.name
        };
        *slot = new.iter().position(is_same);
    }
    let imported = |sources: &[Source]| {
        let mut imported = (0..).zip(sources).filter(|(_, source)| source.is_imported());
        (imported.next().map(|(at, _)| at), imported.next().is_none())
    };
    if let ((Some(old), true), (Some(new), true)) = (imported(old), imported(new)) {
        if let Some(slot) = found.get_mut::<usize>(old) {
            *slot = Some(new);
        }
        return found;
    }
    for name in [|source: &Source| source.name.clone(), last_part] {
        // By name the only free source that has it; `None` where several have.
        let mut known: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, source) in new.iter().enumerate().filter(|(at, _)| free.get(*at) == Some(&true)) {
            known.entry(name(source)).and_modify(|only| *only = None).or_insert(Some(at));
        }
        for (slot, source) in found.iter_mut().zip(old) {
            if slot.is_none() && source.is_imported() {
                *slot = known.get_mut(&name(source)).and_then(Option::take);
            }
            if let Some(taken) = slot.and_then(|at| free.get_mut(at)) {
                *taken = false;
            }
        }
    }
    let is_open = |slot: &Option<usize>, source: &Source| slot.is_none() && source.is_imported();
    let mut open = found.iter_mut().zip(old).filter(|(slot, source)| is_open(slot, source));
    let mut left = new.iter().enumerate().filter(|(at, _)| free.get(*at) == Some(&true));
    // Of several the last that is left may be another one, unless its columns are the same.
    if let (Some((slot, source)), None, Some((at, other)), None) =
        (open.next(), open.next(), left.next(), left.next())
        && source.header == other.header
    {
        *slot = Some(at);
    }
    found
}

fn last_part(source: &Source) -> String {
    source.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::meanings;

    fn sources(names: &[(&str, &str)]) -> Vec<Source> {
        let source = |&(name, header): &(&str, &str)| Source {
            header: header.split(',').map(str::to_owned).collect(),
            ..Source::new(name)
        };
        names.iter().map(source).collect()
    }

    #[test]
    fn every_meaning_that_is_looked_for_is_one_that_columns_can_have() {
        let known = meanings();
        for kind in ColumnKind::ALL {
            let unknown: Vec<_> = kind.meanings().iter().filter(|at| !known.contains(at)).collect();
            assert!(unknown.is_empty(), "{kind:?}: {unknown:?}");
        }
        let every: BTreeSet<ColumnKind> = ColumnKind::ALL.into_iter().collect();
        assert_eq!(every.len(), ColumnKind::ALL.len());
    }

    #[test]
    fn sources_correspond_by_name_or_one_to_one() {
        let one =
            |old: &[(&str, &str)], new: &[(&str, &str)]| counterparts(&sources(old), &sources(new));
        assert_eq!(one(&[("a.csv", "x")], &[("b.csv", "y")]), [Some(0)]);
        let names = [("old/a.csv", "x"), ("old/b.csv", "x")];
        assert_eq!(one(&names, &[("new/b.csv", "y"), ("new/a.csv", "x")]), [Some(1), Some(0)]);
        assert_eq!(one(&names, &[("new/b.csv", "x")]), [None, Some(0)], "a source is missing");
        let renamed = [("new/c.csv", "x"), ("new/b.csv", "x")];
        assert_eq!(one(&names, &renamed), [Some(0), Some(1)], "the columns are the same");
        let other = [("new/c.csv", "y"), ("new/b.csv", "x")];
        assert_eq!(one(&names, &other), [None, Some(1)], "it says something else");
    }
}
