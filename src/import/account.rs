//! Tells for every row whether it brought something new, and gathers each credential's ids.
//!
//! Rows are looked at credential by credential, in the order of files and lines. Small groups are
//! compared one by one, large ones through a table, so hubs cost no more than their rows.

use hashbrown::HashSet;

use super::gathered::Speaks;
use crate::inventory::{
    CredentialFacts, Date, Flag, Identity, InstanceFacts, Inventory, LastUsed, Mapping, NameId,
    Row, Status,
};

/// One thing that a row said: what sort of thing, and two numbers that stand for it.
type Said = (u8, u32, u32);

/// What was said so far in a group.
struct Heard {
    few: Vec<Said>,
    many: HashSet<Said, ahash::RandomState>,
}

const FEW: usize = 24;

impl Heard {
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

    /// Whether this was not said before.
    fn is_new(&mut self, said: Said) -> bool {
        if !self.many.is_empty() {
            return self.many.insert(said);
        }
        if self.few.contains(&said) {
            return false;
        }
        if self.few.len() >= FEW {
            self.many.extend(self.few.drain(..));
            return self.many.insert(said);
        }
        self.few.push(said);
        true
    }
}

/// Fills in the identities of `count` credentials, and the accepted and merged rows of each source.
pub(super) fn settle(inventory: &mut Inventory, speaks: &[Speaks], count: u32) {
    let starts = mapping_starts(inventory);
    let (order, bounds) = by_credential(&inventory.rows, count as usize);
    let mut brought = vec![false; inventory.rows.len()];
    let mut heard = Heard::new();
    let mut ids = Vec::new();
    let mut identities = Vec::with_capacity(count as usize);
    for bound in bounds.windows(2) {
        let [from, to] = bound else { continue };
        let first = ids.len() as u32;
        heard.clear();
        let mut is_first = true;
        for &at in order.get(*from as usize..*to as usize).unwrap_or_default() {
            let at = at as usize;
            let mut new = std::mem::take(&mut is_first);
            if let Some(Speaks::OfCredential { id: Some(id), .. }) = speaks.get(at)
                && heard.is_new((0, id.index() as u32, 0))
            {
                ids.push(*id);
                new = true;
            }
            for mapping in mappings_of(inventory, &starts, at) {
                let said = mapping.access as u32 * 8 + mapping.level as u32;
                new |= heard.is_new((1, mapping.instance.0, said));
            }
            new |= new_facts(inventory, at, &mut heard);
            if let Some(brought) = brought.get_mut(at) {
                *brought |= new;
            }
        }
        identities.push(Identity { ids: first..ids.len() as u32 });
    }
    hear_of_instances(inventory, &starts, &mut brought);
    inventory.ids = ids;
    inventory.identities = identities;
    for (row, brought) in inventory.rows.iter().zip(brought) {
        let Some(source) = inventory.sources.get_mut(usize::from(row.place.source.0)) else {
            continue;
        };
        let part = if brought { &mut source.ledger.accepted } else { &mut source.ledger.merged };
        *part += 1;
    }
}

/// For each row the first of its mappings, and the end.
fn mapping_starts(inventory: &Inventory) -> Vec<u32> {
    let mut starts = vec![0_u32; inventory.rows.len() + 1];
    for mapping in &inventory.mappings {
        if let Some(count) = starts.get_mut(mapping.row.0 as usize + 1) {
            *count += 1;
        }
    }
    add_up(&mut starts);
    starts
}

fn mappings_of<'a>(inventory: &'a Inventory, starts: &[u32], row: usize) -> &'a [Mapping] {
    let (Some(from), Some(to)) = (starts.get(row), starts.get(row + 1)) else { return &[] };
    inventory.mappings.get(*from as usize..*to as usize).unwrap_or_default()
}

/// The rows of each credential in their order, one credential after another, and where each starts.
fn by_credential(rows: &[Row], count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut bounds = vec![0_u32; count + 1];
    for credential in rows.iter().filter_map(|row| row.credential) {
        if let Some(count) = bounds.get_mut(credential.0 as usize + 1) {
            *count += 1;
        }
    }
    add_up(&mut bounds);
    let mut next = bounds.clone();
    let mut order = vec![0_u32; bounds.last().copied().unwrap_or(0) as usize];
    for (at, row) in rows.iter().enumerate() {
        let Some(next) = row.credential.and_then(|one| next.get_mut(one.0 as usize)) else {
            continue;
        };
        if let Some(slot) = order.get_mut(*next as usize) {
            *slot = at as u32;
        }
        *next += 1;
    }
    (order, bounds)
}

fn add_up(counts: &mut [u32]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}

fn new_facts(inventory: &Inventory, at: usize, heard: &mut Heard) -> bool {
    let Some(row) = inventory.rows.get(at) else { return false };
    if !heard.is_new((2, row.facts.0, 0)) {
        return false;
    }
    let Some(facts) = inventory.facts.get(row.facts.0 as usize) else { return false };
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
        LastUsed::Unsaid => None,
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
        (9, (*status != Status::Unsaid).then_some(*status as u32)),
        (10, created.map(day)),
        (11, last_rotated.map(day)),
        (12, used),
        (13, expires.map(day)),
    ] {
        new |= value.is_some_and(|value| heard.is_new((tag, value, 0)));
    }
    new
}

/// Rows that bring a new instance without a credential, or a new fact on an instance.
fn hear_of_instances(inventory: &Inventory, starts: &[u32], brought: &mut [bool]) {
    let mut heard = Heard::new();
    let mut seen = vec![false; inventory.instances.len()];
    for (at, row) in inventory.rows.iter().enumerate() {
        let facts = inventory.instance_facts.get(row.instance_facts.0 as usize);
        let facts = facts.filter(|facts| **facts != InstanceFacts::default());
        let mut new = false;
        for mapping in mappings_of(inventory, starts, at) {
            let instance = mapping.instance.0;
            if let Some(seen) = seen.get_mut(instance as usize) {
                new |= !*seen && row.credential.is_none();
                *seen = true;
            }
            let Some(facts) = facts else { continue };
            if heard.is_new((0, instance, row.instance_facts.0)) {
                for (tag, value) in instance_values(facts) {
                    new |= value.is_some_and(|value| heard.is_new((tag, instance, value)));
                }
            }
        }
        if let Some(brought) = brought.get_mut(at) {
            *brought |= new;
        }
    }
}

fn instance_values(facts: &InstanceFacts) -> [(u8, Option<u32>); 4] {
    let InstanceFacts { kind, owner, entry_point, crown_jewel } = facts;
    let flag = |flag: Flag| (flag != Flag::Unsaid).then_some(flag as u32);
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
