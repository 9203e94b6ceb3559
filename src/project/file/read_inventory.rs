//! Reads the sections of an inventory. Whatever refers to something that is not there is refused.

use std::borrow::Cow;

use super::error::ProjectFileError;
use super::inventory_entries::{
    CredentialEntry, CredentialFactsEntry, PartingEntry, ProblemEntry, ServiceEntry,
    ServiceFactsEntry, SourceEntry, UsedEntry,
};
use super::line_reader::LineReader;
use super::row_entries::{LinkEntry, RowEntry};
use super::section::Section;
use crate::import::meanings;
use crate::inventory::{
    CredentialFacts, CredentialId, FactSet, FactsId, Fingerprint, Identity, InstanceFacts,
    InstanceFactsId, Inventory, LastUsed, Link, NameId, Names, Place, Problem, Row, RowId, Source,
    SourceColumn, SourceId, SpokenInstance, SpokenInstanceId,
};

/// Reads all that an inventory holds.
pub(super) fn read_inventory<'a>(
    lines: &mut LineReader<'a>,
) -> Result<Inventory, ProjectFileError> {
    let mut read = Inventory::default();
    let known = meanings();
    lines.section(Section::Sources, |entry| {
        read.sources.push(source(entry, &known)?);
        Some(())
    })?;
    lines.section(Section::Names, |text: Cow<'a, str>| {
        let place = read.names.len();
        // A text that stands twice would move all that come after it.
        (read.names.intern(&text).index() == place).then_some(())
    })?;
    lines.section(Section::CredentialFacts, |entry| {
        read.facts.push(credential_facts(&read.names, &entry).ok()?);
        Some(())
    })?;
    lines.section(Section::ServiceFacts, |entry| {
        read.instance_facts.push(service_facts(&read.names, &entry).ok()?);
        Some(())
    })?;
    lines.section(Section::Services, |(service, environment): ServiceEntry| {
        let (service, environment) =
            (named(&read.names, service)?, named(&read.names, environment)?);
        read.instances.push(SpokenInstance { service, environment });
        Some(())
    })?;
    lines.section(Section::Credentials, |entry| {
        let own = identity(&mut read, &entry)?;
        read.identities.push(own);
        Some(())
    })?;
    let mut parted_rows = 0;
    lines.section(Section::Parting, |entry| {
        parted_rows = parting(&mut read, entry)?.max(parted_rows);
        Some(())
    })?;
    lines.section(Section::Rows, |entry| row(&mut read, &entry))?;
    if parted_rows > read.rows.len() as u64 {
        return Err(lines.damaged("an entry refers to a row that is not there"));
    }
    lines.section(Section::Problems, |entry| {
        read.problems.push(problem(&read.sources, entry)?);
        Some(())
    })?;
    Ok(read)
}

fn named(names: &Names, number: u32) -> Option<NameId> {
    names.nth(number as usize)
}

/// There is no such name.
struct NoName;

/// The name of a number, if there is a number.
fn maybe_named(names: &Names, number: Option<u32>) -> Result<Option<NameId>, NoName> {
    number.map(|number| named(names, number).ok_or(NoName)).transpose()
}

fn source(entry: SourceEntry<'_>, known: &[&'static str]) -> Option<Source> {
    let SourceEntry {
        name,
        argument,
        ledger,
        header,
        notes,
        decided_by,
        columns,
        not_read,
        facts,
        unmapped,
        of_other_key,
        answered,
        stated,
    } = entry;
    let mut read = Source::new(name);
    for column in columns {
        let meaning = match column.meaning {
            None => None,
            Some(word) => Some(known.iter().copied().find(|known| *known == word)?),
        };
        let (name, reason) = (column.name.into_owned(), column.reason.into_owned());
        read.columns.push(SourceColumn { name, meaning, reason, filled: column.filled });
    }
    read.decided_by = decided_by;
    read.argument = argument;
    read.ledger = ledger;
    read.header = header.into_owned();
    read.notes = notes.into_owned();
    read.not_read = not_read.into_owned();
    read.facts = FactSet::of(facts);
    read.unmapped = unmapped.into_owned();
    read.of_other_key = of_other_key;
    read.answered = answered;
    read.stated = stated;
    Some(read)
}

fn credential_facts(
    names: &Names,
    entry: &CredentialFactsEntry,
) -> Result<CredentialFacts, NoName> {
    let CredentialFactsEntry {
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
    } = entry;
    Ok(CredentialFacts {
        kind: maybe_named(names, *kind)?,
        label: maybe_named(names, *label)?,
        identity: maybe_named(names, *identity)?,
        owner: maybe_named(names, *owner)?,
        storage: maybe_named(names, *storage)?,
        tags: maybe_named(names, *tags)?,
        status: status.unwrap_or_default(),
        created: *created,
        last_rotated: *last_rotated,
        last_used: match last_used {
            None => LastUsed::Unstated,
            Some(UsedEntry::Never) => LastUsed::Never,
            Some(UsedEntry::On(day)) => LastUsed::On(*day),
        },
        expires: *expires,
    })
}

fn service_facts(names: &Names, entry: &ServiceFactsEntry) -> Result<InstanceFacts, NoName> {
    let ServiceFactsEntry { kind, owner, entry_point, crown_jewel } = entry;
    Ok(InstanceFacts {
        kind: maybe_named(names, *kind)?,
        owner: maybe_named(names, *owner)?,
        entry_point: entry_point.unwrap_or_default(),
        crown_jewel: crown_jewel.unwrap_or_default(),
    })
}

/// Adds the ids of a credential behind those of the others.
fn identity(read: &mut Inventory, entry: &CredentialEntry<'_>) -> Option<Identity> {
    let start = read.ids.len() as u32;
    for number in entry.ids.iter() {
        read.ids.push(named(&read.names, *number)?);
    }
    let fingerprint = match &entry.fingerprint {
        None => None,
        Some(digits) if digits.len() == 32 => {
            Some(Fingerprint(u128::from_str_radix(digits, 16).ok()?))
        }
        Some(_) => return None,
    };
    Some(Identity { ids: start..read.ids.len() as u32, fingerprint, joined_by: entry.joined_by })
}

/// Takes an entry of the parting; how many rows there must be for what it refers to.
fn parting(read: &mut Inventory, entry: PartingEntry<'_>) -> Option<u64> {
    let whole = read.identities.len();
    let is_whole = |of: u32| (of as usize) < whole;
    match entry {
        PartingEntry::Credential(entry) => {
            let own = identity(read, &entry)?;
            read.parting.identities.push(own);
            Some(0)
        }
        PartingEntry::Remaining(of, entry) => {
            let own = is_whole(of).then(|| identity(read, &entry)).flatten()?;
            read.parting.remaining.push((CredentialId(of), own));
            Some(0)
        }
        PartingEntry::Row(row, of) => {
            let all = whole + read.parting.identities.len();
            ((of as usize) < all)
                .then(|| read.parting.rows.push((RowId(row), CredentialId(of))))?;
            Some(u64::from(row) + 1)
        }
        PartingEntry::JoinedAt(of, row) => {
            is_whole(of).then(|| read.parting.joined_at.push((CredentialId(of), RowId(row))))?;
            Some(u64::from(row) + 1)
        }
    }
}

fn row(read: &mut Inventory, entry: &RowEntry<Vec<LinkEntry>>) -> Option<()> {
    let RowEntry(credential, facts, instance_facts, source, line, links) = entry;
    let place = Place { source: SourceId(*source), line: *line };
    read.sources.get(usize::from(*source))?;
    read.facts.get(*facts as usize)?;
    read.instance_facts.get(*instance_facts as usize)?;
    if let Some(credential) = credential {
        read.identities.get(*credential as usize)?;
    }
    let at = RowId(read.rows.len() as u32);
    for LinkEntry(instance, access, level, assumed) in links {
        read.instances.get(*instance as usize)?;
        read.links.push(Link {
            row: at,
            instance: SpokenInstanceId(*instance),
            instance_assumed: *assumed,
            access: *access,
            level: *level,
        });
    }
    read.rows.push(Row {
        credential: credential.map(CredentialId),
        facts: FactsId(*facts),
        instance_facts: InstanceFactsId(*instance_facts),
        place,
    });
    Some(())
}

fn problem(sources: &[Source], entry: ProblemEntry<'_>) -> Option<Problem> {
    let ProblemEntry { source, line, kind, column, message, rejected, offset, row } = entry;
    sources.get(usize::from(source))?;
    Some(Problem {
        place: Place { source: SourceId(source), line },
        column: column.into_owned(),
        kind,
        message: message.into_owned(),
        row_rejected: rejected,
        offset,
        row: row.map(Into::into),
    })
}
