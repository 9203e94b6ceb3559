//! Finds for every row whether it brought something new, and collects each credential's ids.
//!
//! Rows are looked at credential by credential, in the order of files and lines. Small groups are
//! compared one by one, large ones through a table, so hubs cost no more than their rows.

use std::sync::atomic::{AtomicBool, Ordering};

use hashbrown::HashSet;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::import::error::ImportError;
use crate::import::rows::subject::RowSubject;
use crate::inventory::{
    CredentialFacts, Date, FactsId, Fingerprint, Flag, Identity, InstanceFacts, Inventory,
    LastUsed, Link, NameId, Progress, Status,
};

/// One thing that a row says: what sort of thing, and two numbers that stand for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Statement(u8, u32, u8);

/// What the rows of a credential have said so far.
struct SeenStatements {
    few: Vec<Statement>,
    many: HashSet<Statement, ahash::RandomState>,
}

/// How many statements are compared one by one: up to here it is quicker than a table.
const FEW: usize = 24;

impl SeenStatements {
    fn new() -> Self {
        let hasher = ahash::RandomState::with_seeds(0x6865, 0x6172, 0x64, 1);
        Self { few: Vec::with_capacity(FEW), many: HashSet::with_hasher(hasher) }
    }

    fn clear(&mut self) {
        self.few.clear();
        if !self.many.is_empty() {
            // A table keeps its room, and clearing costs its room: a hub would slow all after it.
            let hasher = self.many.hasher().clone();
            self.many = HashSet::with_hasher(hasher);
        }
    }

    /// Whether no row has said this before.
    fn is_new(&mut self, statement: Statement) -> bool {
        if !self.many.is_empty() {
            return self.many.insert(statement);
        }
        if self.few.contains(&statement) {
            return false;
        }
        if self.few.len() >= FEW {
            self.many.extend(self.few.drain(..));
            return self.many.insert(statement);
        }
        self.few.push(statement);
        true
    }
}

/// What is known of rows only while they are read: which credential each is about, and which come
/// from the same row of their file as the row before.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) subjects: &'a [RowSubject],
    pub(crate) continuations: &'a [u32],
}

/// Fills in the identities of the credentials, by which fingerprint each is known, and the accepted
/// and merged rows of each source. Parts of the credentials are looked at side by side.
///
/// # Errors
/// Where somebody asked to stop.
pub(crate) fn fill(
    inventory: &mut Inventory,
    rows: Rows<'_>,
    known_by: &[Option<Fingerprint>],
    progress: &Progress,
) -> Result<(), ImportError> {
    let starts = link_starts(inventory);
    let (lines, bounds) = by_credential(inventory, rows.subjects, &starts, known_by.len());
    if progress.is_cancelled() {
        return Err(ImportError::Cancelled);
    }
    let brought: Vec<AtomicBool> = inventory.rows.iter().map(|_| AtomicBool::new(false)).collect();
    let reader = LineReader { inventory, starts: &starts, lines: &lines, brought: &brought };
    let part = known_by.len().div_ceil(rayon::current_num_threads()).max(SHORTEST_PART);
    let firsts: Vec<usize> = (0..known_by.len()).step_by(part).collect();
    let read = || -> Result<Vec<Identities>, ImportError> {
        let read = |&first: &usize| {
            let end = known_by.len().min(first + part);
            let bounds = bounds.get(first..=end).unwrap_or_default();
            reader.identities(bounds, known_by.get(first..end).unwrap_or_default(), progress)
        };
        match firsts.as_slice() {
            [only] => Ok(vec![read(only)?]),
            several => several.par_iter().map(read).collect(),
        }
    };
    let mark = || mark_new_on_instances(inventory, &starts, &brought);
    // Another thread is worth its start only where there is much to do.
    let (parts, ()) = if firsts.len() > 1 { rayon::join(read, mark) } else { (read(), mark()) };
    let (mut ids, mut identities) = (Vec::new(), Vec::with_capacity(known_by.len()));
    for part in parts? {
        let first = ids.len() as u32;
        ids.extend(part.ids);
        identities.extend(
            part.identities
                .into_iter()
                .map(|one| Identity { ids: one.ids.start + first..one.ids.end + first, ..one }),
        );
    }
    if progress.is_cancelled() {
        return Err(ImportError::Cancelled);
    }
    (inventory.ids, inventory.identities) = (ids, identities);
    count(inventory, rows.continuations, &brought);
    Ok(())
}

/// The fewest credentials that are worth a thread of their own.
const SHORTEST_PART: usize = 4096;

/// The identities of some credentials, and the ids that they refer to.
#[derive(Default)]
struct Identities {
    ids: Vec<NameId>,
    identities: Vec<Identity>,
}

/// Reads what the rows of credentials say.
struct LineReader<'a> {
    inventory: &'a Inventory,
    starts: &'a [u32],
    lines: &'a [Line],
    /// By row: whether it brought something new.
    brought: &'a [AtomicBool],
}

impl LineReader<'_> {
    /// The identities of the credentials whose lines these bounds part.
    fn identities(
        &self,
        bounds: &[u32],
        known_by: &[Option<Fingerprint>],
        progress: &Progress,
    ) -> Result<Identities, ImportError> {
        let mut known = SeenStatements::new();
        let mut all = Identities::default();
        all.identities.reserve_exact(known_by.len());
        for ((at, bound), fingerprint) in bounds.windows(2).enumerate().zip(known_by) {
            let [from, to] = bound else { continue };
            if progress.stops_at(at) {
                return Err(ImportError::Cancelled);
            }
            let first = all.ids.len() as u32;
            known.clear();
            let lines = self.lines.get(*from as usize..*to as usize).unwrap_or_default();
            self.read(lines, &mut known, &mut all.ids);
            let ids = first..all.ids.len() as u32;
            all.identities.push(Identity { ids, fingerprint: *fingerprint, joined_by: None });
        }
        Ok(all)
    }

    /// Marks the rows of one credential that say something new, and adds its ids.
    fn read(&self, lines: &[Line], known: &mut SeenStatements, ids: &mut Vec<NameId>) {
        let mut is_first = true;
        for line in lines {
            let mut new = std::mem::take(&mut is_first);
            if let Some(id) = line.id
                && known.is_new(Statement(0, id.index() as u32, 0))
            {
                ids.push(id);
                new = true;
            }
            match line.link {
                RowLinks::None => {}
                RowLinks::One(instance, degree) => {
                    new |= known.is_new(Statement(1, instance, degree));
                }
                RowLinks::Several => {
                    for link in links_of(self.inventory, self.starts, line.row as usize) {
                        new |= known.is_new(Statement(1, link.instance.0, degree(link)));
                    }
                }
            }
            new |= new_facts(self.inventory, line.facts, known);
            mark(self.brought, line.row as usize, new);
        }
    }
}

fn mark(brought: &[AtomicBool], row: usize, new: bool) {
    if new && let Some(brought) = brought.get(row) {
        brought.store(true, Ordering::Relaxed);
    }
}

/// Fills in the accepted and merged rows of each source.
fn count(inventory: &mut Inventory, continuations: &[u32], brought: &[AtomicBool]) {
    let mut continuations = continuations.iter().copied().peekable();
    let brought = brought.iter().map(|one| one.load(Ordering::Relaxed));
    let mut rows = (0_u32..).zip(inventory.rows.iter().zip(brought)).peekable();
    while let Some((_, (row, mut new))) = rows.next() {
        // A row of the file that lists several credentials counts once.
        while let Some((_, (_, more))) =
            rows.next_if(|(at, _)| continuations.next_if_eq(at).is_some())
        {
            new |= more;
        }
        let Some(source) = inventory.sources.get_mut(usize::from(row.place.source.0)) else {
            continue;
        };
        let part = if new { &mut source.ledger.accepted } else { &mut source.ledger.merged };
        *part += 1;
    }
}

/// What one row says of its credential, stored beside the other rows of the credential.
#[derive(Clone, Copy)]
struct Line {
    row: u32,
    id: Option<NameId>,
    facts: FactsId,
    link: RowLinks,
}

/// The links of a row: most have one.
#[derive(Clone, Copy)]
enum RowLinks {
    None,
    /// Its instance, and a number for its access and level.
    One(u32, u8),
    Several,
}

/// A number for the access and the level of a link.
fn degree(link: &Link) -> u8 {
    u8::from(link.instance_assumed) * 64 + link.access as u8 * 8 + link.level as u8
}

/// For each row the first of its links, and the end.
fn link_starts(inventory: &Inventory) -> Vec<u32> {
    let mut starts = vec![0_u32; inventory.rows.len() + 1];
    for link in &inventory.links {
        if let Some(count) = starts.get_mut(link.row.0 as usize + 1) {
            *count += 1;
        }
    }
    add_up(&mut starts);
    starts
}

fn links_of<'a>(inventory: &'a Inventory, starts: &[u32], row: usize) -> &'a [Link] {
    let (Some(from), Some(to)) = (starts.get(row), starts.get(row + 1)) else { return &[] };
    inventory.links.get(*from as usize..*to as usize).unwrap_or_default()
}

/// What the rows of each credential say in their order, one credential after another, and where
/// each starts. Copied, so that it is read in the order of memory.
fn by_credential(
    inventory: &Inventory,
    subjects: &[RowSubject],
    starts: &[u32],
    count: usize,
) -> (Vec<Line>, Vec<u32>) {
    let mut bounds = vec![0_u32; count + 1];
    for credential in inventory.rows.iter().filter_map(|row| row.credential) {
        if let Some(count) = bounds.get_mut(credential.0 as usize + 1) {
            *count += 1;
        }
    }
    add_up(&mut bounds);
    let mut next = bounds.clone();
    let blank = Line { row: 0, id: None, facts: FactsId(0), link: RowLinks::None };
    let mut lines = vec![blank; bounds.last().copied().unwrap_or(0) as usize];
    for (at, (row, subject)) in inventory.rows.iter().zip(subjects).enumerate() {
        let Some(next) = row.credential.and_then(|one| next.get_mut(one.0 as usize)) else {
            continue;
        };
        let link = match links_of(inventory, starts, at) {
            [] => RowLinks::None,
            [link] => RowLinks::One(link.instance.0, degree(link)),
            _ => RowLinks::Several,
        };
        if let Some(line) = lines.get_mut(*next as usize) {
            *line = Line { row: at as u32, id: subject.id(), facts: row.facts, link };
        }
        *next += 1;
    }
    (lines, bounds)
}

fn add_up(counts: &mut [u32]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}

fn new_facts(inventory: &Inventory, facts: FactsId, known: &mut SeenStatements) -> bool {
    if !known.is_new(Statement(2, facts.0, 0)) {
        return false;
    }
    let Some(facts) = inventory.facts.get(facts.0 as usize) else { return false };
    let CredentialFacts {
        kind,
        label,
        identity,
        owner,
        storage,
        tags,
        status,
        created,
        last_rotated,
        last_used,
        expires,
    } = facts;
    let used = match last_used {
        LastUsed::Unstated => None,
        LastUsed::Never => Some(0),
        LastUsed::On(date) => Some(day(*date)),
    };
    let mut new = false;
    for (tag, value) in [
        (3, kind.map(name)),
        (4, label.map(name)),
        (5, identity.map(name)),
        (6, owner.map(name)),
        (7, storage.map(name)),
        (8, tags.map(name)),
        (9, (*status != Status::Unstated).then_some(*status as u32)),
        (10, created.map(day)),
        (11, last_rotated.map(day)),
        (12, used),
        (13, expires.map(day)),
    ] {
        new |= value.is_some_and(|value| known.is_new(Statement(tag, value, 0)));
    }
    new
}

/// Rows that bring a new instance without a credential, or a new fact on an instance.
fn mark_new_on_instances(inventory: &Inventory, starts: &[u32], brought: &[AtomicBool]) {
    let hasher = ahash::RandomState::with_seeds(0x696e, 0x7374, 2, 1);
    let mut pairs: HashSet<(u32, u32), _> = HashSet::with_hasher(hasher.clone());
    let mut values: HashSet<(u8, u32, u32), _> = HashSet::with_hasher(hasher);
    let mut seen = vec![false; inventory.instances.len()];
    for (at, row) in inventory.rows.iter().enumerate() {
        let facts = inventory.instance_facts.get(row.instance_facts.0 as usize);
        let facts = facts.filter(|facts| **facts != InstanceFacts::default());
        let mut new = false;
        for link in links_of(inventory, starts, at) {
            let instance = link.instance.0;
            if let Some(seen) = seen.get_mut(instance as usize) {
                new |= !*seen && row.credential.is_none();
                *seen = true;
            }
            let Some(facts) = facts else { continue };
            if pairs.insert((instance, row.instance_facts.0)) {
                for (tag, value) in instance_values(facts) {
                    new |= value.is_some_and(|value| values.insert((tag, instance, value)));
                }
            }
        }
        mark(brought, at, new);
    }
}

fn instance_values(facts: &InstanceFacts) -> [(u8, Option<u32>); 4] {
    let InstanceFacts { kind, owner, entry_point, crown_jewel } = facts;
    let flag = |flag: Flag| (flag != Flag::Unstated).then_some(flag as u32);
    [(1, kind.map(name)), (2, owner.map(name)), (3, flag(*entry_point)), (4, flag(*crown_jewel))]
}

fn name(name: NameId) -> u32 {
    name.index() as u32
}

/// A number for a day; never 0.
fn day(date: Date) -> u32 {
    let year = u32::from(date.year().unsigned_abs()) + 1;
    year * 512 + u32::from(date.month().unsigned_abs()) * 32 + u32::from(date.day().unsigned_abs())
}
