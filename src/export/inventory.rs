//! The inventory as one plain table that opens as the same inventory again.
//!
//! A row for each link, and one for each row without any, in the order in which they were read:
//! what the row said of its credential, then of its service instance, and last where it was read from. No
//! secret value is in it. The tokens of fingerprints show which rows are about one
//! credential. A credential without one is known by its id, and where that is missing, or another
//! credential has it too, by a token made for it.
//!
//! What was rejected or skipped is not written, nor are the problems. A credential without any id is
//! called after its row, and so has another name when it is opened again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::import::{EXPORT_COLUMNS, Fingerprinter, written, written_within_name};
use crate::inventory::{
    Access, CredentialFacts, CredentialId, Date, InstanceFacts, Inventory, LastUsed, Link, NameId,
    Row, Status, TableWriter,
};

/// Writes the inventory as CSV, with the tokens of the key that it was imported with. Under another
/// key they still show which rows are about one credential, and match nothing else.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_inventory(
    inventory: &Inventory,
    keyed: &Fingerprinter,
    out: &mut dyn Write,
) -> io::Result<()> {
    if needs_mark(inventory) {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut table = TableWriter::new(out);
    table.record(EXPORT_COLUMNS)?;
    inventory_rows(inventory, keyed, &mut |cells| table.record(cells))?;
    table.flush()
}

/// What takes the rows of the table one after another.
type TakeCells<'r> = dyn FnMut([Cow<'_, str>; EXPORT_COLUMNS.len()]) -> io::Result<()> + 'r;

/// Gives the rows of the table, each with a cell for every column.
pub(super) fn inventory_rows(
    inventory: &Inventory,
    keyed: &Fingerprinter,
    take: &mut TakeCells<'_>,
) -> io::Result<()> {
    let tokens = tokens(inventory, keyed);
    let mut told = vec![0_usize; inventory.identities.len()];
    let mut links = inventory.links.iter().peekable();
    for (at, row) in (0..).zip(&inventory.rows) {
        let credential = of_credential(inventory, row, &tokens, &mut told);
        let mut joined = |link: Option<&Link>| {
            let mut cells = credential.iter().cloned().chain(of_instance(inventory, row, link));
            take(std::array::from_fn(|_| cells.next().unwrap_or_default()))
        };
        let mut any = false;
        while let Some(link) = links.next_if(|link| link.row.0 == at) {
            any = true;
            joined(Some(link))?;
        }
        if !any {
            joined(None)?;
        }
    }
    Ok(())
}

/// Whether names hold control characters: without a byte-order mark many of them look like data
/// that is no text.
fn needs_mark(inventory: &Inventory) -> bool {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    inventory.names.ids().any(|name| inventory.text(name).bytes().any(is_control))
}

/// For each credential the token that its rows have; empty where its id is enough.
fn tokens(inventory: &Inventory, keyed: &Fingerprinter) -> Vec<String> {
    let mut bearers = vec![0_u32; inventory.names.len()];
    for id in &inventory.ids {
        if let Some(count) = bearers.get_mut(id.index()) {
            *count += 1;
        }
    }
    let mut tokens = vec![String::new(); inventory.identities.len()];
    let mut made: BTreeMap<String, u32> = BTreeMap::new();
    let mut seen = vec![false; inventory.identities.len()];
    for row in &inventory.rows {
        let Some(at) = row.credential.map(|credential| credential.0 as usize) else { continue };
        if seen.get_mut(at).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        let known_by = inventory.identities.get(at).and_then(|one| one.fingerprint);
        let ids = inventory.ids_of(CredentialId(at as u32));
        let alone = |id: &NameId| bearers.get(id.index()).is_some_and(|count| *count == 1);
        let token = match (known_by, ids) {
            (Some(fingerprint), _) => keyed.token(fingerprint),
            (None, [id]) if alone(id) => continue,
            (None, _) => {
                let place = inventory.place_text(row.place);
                let number = made.entry(place.clone()).or_default();
                *number += 1;
                keyed.token(keyed.stand_in(&format!("{place} {number}")))
            }
        };
        if let Some(slot) = tokens.get_mut(at) {
            *slot = token;
        }
    }
    tokens
}

/// The cells of a row on its credential. Each of several ids stands in some row, in their order.
fn of_credential<'a>(
    inventory: &'a Inventory,
    row: &Row,
    tokens: &'a [String],
    told: &mut [usize],
) -> [Cow<'a, str>; 13] {
    let facts = inventory.facts.get(row.facts.0 as usize);
    let (Some(credential), Some(facts)) = (row.credential, facts) else {
        return std::array::from_fn(|_| Cow::Borrowed(""));
    };
    let at = credential.0 as usize;
    let ids = inventory.ids_of(credential);
    let next = told.get_mut(at).map_or(0, |told| std::mem::replace(told, *told + 1));
    let name = |id: Option<NameId>| Cow::Borrowed(id.map_or("", |id| inventory.text(id)));
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
    let token = tokens.get(at).map_or("", String::as_str);
    [
        name(ids.get(next).or(ids.first()).copied()),
        name(*label),
        Cow::Borrowed(token),
        name(*kind),
        name(*identity),
        name(*owner),
        name(*storage),
        name(*tags),
        Cow::Borrowed(status_word(*status)),
        day(*created),
        day(*last_rotated),
        match last_used {
            LastUsed::Unstated => Cow::Borrowed(""),
            LastUsed::Never => Cow::Borrowed("never"),
            LastUsed::On(date) => day(Some(*date)),
        },
        day(*expires),
    ]
}

/// The cells of a row on a service instance, and where the row stands.
fn of_instance<'a>(inventory: &'a Inventory, row: &Row, link: Option<&Link>) -> [Cow<'a, str>; 9] {
    let place = Cow::Owned(inventory.place_text(row.place));
    let instance = link.and_then(|one| inventory.instances.get(one.instance.0 as usize));
    let facts = inventory.instance_facts.get(row.instance_facts.0 as usize);
    let (Some(link), Some(instance), Some(facts)) = (link, instance, facts) else {
        let mut cells = std::array::from_fn(|_| Cow::Borrowed(""));
        if let Some(last) = cells.last_mut() {
            *last = place;
        }
        return cells;
    };
    let names = (inventory.text(instance.service), inventory.text(instance.environment));
    // What was read from a name stays in a name, and so an assumption.
    let within = link.instance_assumed.then(|| written_within_name(names.0, names.1)).flatten();
    let (service, environment) = match within {
        Some(cell) => (Cow::Owned(cell), Cow::Borrowed("")),
        None => written(names.0, names.1),
    };
    let name = |id: Option<NameId>| Cow::Borrowed(id.map_or("", |id| inventory.text(id)));
    let InstanceFacts { kind, owner, entry_point, crown_jewel } = facts;
    [
        service,
        environment,
        Cow::Borrowed(access_word(link.access)),
        Cow::Borrowed(link.level.word()),
        name(*kind),
        name(*owner),
        Cow::Borrowed(entry_point.word()),
        Cow::Borrowed(crown_jewel.word()),
        place,
    ]
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Unstated => "",
        Status::Other => "other",
        Status::Live => "active",
        Status::Unneeded => "no longer needed",
        Status::Dead => "revoked",
    }
}

pub(super) fn access_word(access: Access) -> &'static str {
    match access {
        Access::Holds => "holds",
        Access::Grants => "grants",
        Access::Both => "both",
        Access::Unstated => "",
    }
}

fn day<'a>(date: Option<Date>) -> Cow<'a, str> {
    date.map_or(Cow::Borrowed(""), |date| Cow::Owned(date.to_string()))
}
