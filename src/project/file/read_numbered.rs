//! Reads the sections of an inventory in files of versions before 7, whose entries refer to others by number.
//! Whatever refers to something that is not there is refused.

use std::borrow::Cow;

use super::credential_refs::fingerprint_of;
use super::error::ProjectFileError;
use super::facts_entries::{CredentialFactsEntry, ServiceFactsEntry};
use super::inventory_entries::CredentialEntry;
use super::line_reader::LineReader;
use super::numbered_entries::{
    NumberedLink, NumberedParting, NumberedProblem, NumberedRow, NumberedService,
};
use super::read_inventory::source;
use super::section::Section;
use crate::import::meanings;
use crate::inventory::{
    CredentialId, FactsId, Identity, InstanceFactsId, Inventory, Link, NameId, Names, Place,
    Problem, Row, RowId, Source, SourceId, SpokenInstance, SpokenInstanceId,
};

/// Reads all that an inventory holds.
pub(super) fn read_numbered_inventory<'a>(
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
        let entry: CredentialFactsEntry<u32> = entry;
        read.facts.push(entry.facts(|number| named(&read.names, *number))?);
        Some(())
    })?;
    lines.section(Section::ServiceFacts, |entry| {
        let entry: ServiceFactsEntry<u32> = entry;
        read.instance_facts.push(entry.facts(|number| named(&read.names, *number))?);
        Some(())
    })?;
    lines.section(Section::Services, |(service, environment): NumberedService| {
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

/// Adds the ids of a credential behind those of the others.
fn identity(read: &mut Inventory, entry: &CredentialEntry<'_, u32>) -> Option<Identity> {
    let start = read.ids.len() as u32;
    for number in &entry.ids {
        read.ids.push(named(&read.names, *number)?);
    }
    let fingerprint = match &entry.fingerprint {
        None => None,
        Some(digits) => Some(fingerprint_of(digits)?),
    };
    Some(Identity { ids: start..read.ids.len() as u32, fingerprint, joined_by: entry.joined_by })
}

/// Takes an entry of the parting; how many rows there must be for what it refers to.
fn parting(read: &mut Inventory, entry: NumberedParting<'_>) -> Option<u64> {
    let whole = read.identities.len();
    let is_whole = |of: u32| (of as usize) < whole;
    match entry {
        NumberedParting::Credential(entry) => {
            let own = identity(read, &entry)?;
            read.parting.identities.push(own);
            Some(0)
        }
        NumberedParting::Remaining(of, entry) => {
            let own = is_whole(of).then(|| identity(read, &entry)).flatten()?;
            read.parting.remaining.push((CredentialId(of), own));
            Some(0)
        }
        NumberedParting::Row(row, of) => {
            let all = whole + read.parting.identities.len();
            ((of as usize) < all)
                .then(|| read.parting.rows.push((RowId(row), CredentialId(of))))?;
            Some(u64::from(row) + 1)
        }
        NumberedParting::JoinedAt(of, row) => {
            is_whole(of).then(|| read.parting.joined_at.push((CredentialId(of), RowId(row))))?;
            Some(u64::from(row) + 1)
        }
    }
}

fn row(read: &mut Inventory, entry: &NumberedRow) -> Option<()> {
    let NumberedRow(credential, facts, instance_facts, source, line, links) = entry;
    let place = Place { source: SourceId(*source), line: *line };
    read.sources.get(usize::from(*source))?;
    read.facts.get(*facts as usize)?;
    read.instance_facts.get(*instance_facts as usize)?;
    if let Some(credential) = credential {
        read.identities.get(*credential as usize)?;
    }
    let at = RowId(read.rows.len() as u32);
    for NumberedLink(instance, access, level, assumed) in links {
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

fn problem(sources: &[Source], entry: NumberedProblem) -> Option<Problem> {
    let NumberedProblem { source, line, kind, column, message, rejected, offset, row } = entry;
    sources.get(usize::from(source))?;
    Some(Problem {
        place: Place { source: SourceId(source), line },
        column,
        kind,
        message,
        row_rejected: rejected,
        offset,
        row: row.map(Into::into),
    })
}
