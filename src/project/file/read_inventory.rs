//! Reads the sections of an inventory. Whatever refers to something that is not there is refused.

use super::credential_refs::{KnownCredentials, fingerprint_of};
use super::error::ProjectFileError;
use super::inventory_entries::{CredentialEntry, SourceEntry, Text};
use super::line_reader::LineReader;
use super::read_rows::{FoundRow, ProblemsReader, RowNames, RowsReader};
use super::row_entries::{PartingEntry, ServiceEntry};
use super::section::Section;
use crate::import::meanings;
use crate::inventory::{
    CredentialId, FactSet, Identity, Inventory, Source, SourceColumn, SpokenInstance,
};

/// Reads all that an inventory holds.
pub(super) fn read_inventory<'a>(
    lines: &mut LineReader<'a>,
) -> Result<Inventory, ProjectFileError> {
    let mut read = Inventory::default();
    let meanings = meanings();
    lines.section(Section::Sources, |entry| {
        read.sources.push(source(entry, &meanings)?);
        Some(())
    })?;
    lines.section(Section::Services, |(service, environment): ServiceEntry<'a>| {
        let (service, environment) =
            (read.names.intern(&service.0), read.names.intern(&environment.0));
        read.instances.push(SpokenInstance { service, environment });
        Some(())
    })?;
    let mut known = KnownCredentials::default();
    lines.long_section(Section::Credentials, Some, |entry: CredentialEntry<'a, Text<'a>>| {
        let own = identity(&mut read, &entry)?;
        known.add(&read, &own, CredentialId(read.identities.len() as u32));
        read.identities.push(own);
        Some(())
    })?;
    lines.section(Section::Parting, |entry| parting(&mut read, &mut known, entry))?;
    let names = RowNames::new(&read, known);
    let mut rows = RowsReader::new(&read, &names);
    lines.long_section(
        Section::Rows,
        |entry| names.found(entry),
        |row: FoundRow<'a>| rows.take(&mut read, row),
    )?;
    read.parting.joined_at.sort_unstable();
    let mut problems = ProblemsReader::new(&read);
    lines.section(Section::Problems, |entry| {
        read.problems.push(problems.take(entry)?);
        Some(())
    })?;
    Ok(read)
}

/// A table; `None` where a column has a meaning that none has.
pub(super) fn source(entry: SourceEntry<'_>, known: &[&'static str]) -> Option<Source> {
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

/// Adds the ids of a credential behind those of the others.
fn identity(read: &mut Inventory, entry: &CredentialEntry<'_, Text<'_>>) -> Option<Identity> {
    let start = read.ids.len() as u32;
    for Text(id) in &entry.ids {
        let id = read.names.intern(id);
        read.ids.push(id);
    }
    let fingerprint = match &entry.fingerprint {
        None => None,
        Some(digits) => Some(fingerprint_of(digits)?),
    };
    Some(Identity { ids: start..read.ids.len() as u32, fingerprint, joined_by: entry.joined_by })
}

fn parting(
    read: &mut Inventory,
    known: &mut KnownCredentials,
    entry: PartingEntry<'_>,
) -> Option<()> {
    match entry {
        PartingEntry::Remaining(of, entry) => {
            let of = known.find((&read.names, read.identities.len()), &of)?;
            let own = identity(read, &entry)?;
            read.parting.remaining.push((of, own));
        }
        PartingEntry::Part(whole, entry) => {
            let number = read.identities.len() + read.parting.identities.len();
            if let Some(whole) = whole {
                let whole = known.find((&read.names, read.identities.len()), &whole)?;
                known.add_part(whole, CredentialId(number as u32));
            }
            let own = identity(read, &entry)?;
            read.parting.identities.push(own);
        }
    }
    Some(())
}
