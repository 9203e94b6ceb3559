//! Writes the sections of an inventory.

use std::borrow::Cow;
use std::io;

use super::credential_refs::{CredentialRefs, digits};
use super::inventory_entries::{ColumnEntry, CredentialEntry, SourceEntry, Text};
use super::line_writer::LineWriter;
use super::row_entries::{PartingEntry, ServiceEntry};
use super::section::Section;
use super::write_rows::{ProblemsWriter, RowsWriter, text_of};
use crate::inventory::{
    CredentialId, Identity, Inventory, Parting, RowId, Source, SourceColumn, SpokenInstance,
};

/// Writes all that an inventory holds.
pub(super) fn write_inventory(inventory: &Inventory, out: &mut LineWriter<'_>) -> io::Result<()> {
    let Inventory {
        names: _,
        sources,
        rows,
        links: _,
        facts: _,
        instance_facts: _,
        instances,
        identities,
        ids: _,
        parting,
        problems,
    } = inventory;
    let refs = CredentialRefs::new(inventory);
    out.section(Section::Sources, sources.iter().map(source_entry))?;
    out.section(Section::Services, instances.iter().map(|own| service_entry(inventory, *own)))?;
    let credential = |identity| credential_entry(inventory, identity);
    out.section(Section::Credentials, identities.iter().map(credential))?;
    out.section(Section::Parting, parting_entries(inventory, parting, &refs).into_iter())?;
    let mut writer = RowsWriter::new(inventory, &refs);
    let rows = rows.iter().enumerate();
    out.section(Section::Rows, rows.map(|(at, row)| writer.next(RowId(at as u32), row)))?;
    let mut writer = ProblemsWriter::new(inventory);
    out.section(Section::Problems, problems.iter().map(|problem| writer.next(problem)))
}

fn source_entry(source: &Source) -> SourceEntry<'_> {
    let Source {
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
    } = source;
    SourceEntry {
        name: Cow::Borrowed(name),
        argument: *argument,
        ledger: *ledger,
        header: Cow::Borrowed(header),
        notes: Cow::Borrowed(notes),
        decided_by: *decided_by,
        columns: columns.iter().map(column_entry).collect(),
        not_read: Cow::Borrowed(not_read),
        facts: facts.listed(),
        unmapped: Cow::Borrowed(unmapped),
        of_other_key: *of_other_key,
        answered: answered.clone(),
        stated: *stated,
    }
}

fn column_entry(column: &SourceColumn) -> ColumnEntry<'_> {
    let SourceColumn { name, meaning, reason, filled } = column;
    ColumnEntry {
        name: Cow::Borrowed(name),
        meaning: meaning.map(Cow::Borrowed),
        reason: Cow::Borrowed(reason),
        filled: *filled,
    }
}

fn service_entry(inventory: &Inventory, instance: SpokenInstance) -> ServiceEntry<'_> {
    let SpokenInstance { service, environment } = instance;
    let text = text_of(inventory);
    (text(service), text(environment))
}

fn credential_entry<'a>(
    inventory: &'a Inventory,
    identity: &Identity,
) -> CredentialEntry<'a, Text<'a>> {
    let ids = inventory.ids_of_identity(Some(identity)).iter().copied();
    CredentialEntry {
        ids: ids.map(text_of(inventory)).collect(),
        fingerprint: identity.fingerprint.map(|own| Cow::Owned(digits(own))),
        joined_by: identity.joined_by,
    }
}

/// What parted credentials are known by; which rows are about which part, these say.
fn parting_entries<'a>(
    inventory: &'a Inventory,
    parting: &Parting,
    refs: &CredentialRefs<'a>,
) -> Vec<PartingEntry<'a>> {
    let Parting { rows: _, identities, remaining, joined_at: _ } = parting;
    let credential = |identity| credential_entry(inventory, identity);
    let remaining = remaining.iter();
    let mut entries: Vec<PartingEntry<'a>> =
        remaining.map(|(of, own)| PartingEntry::Remaining(refs.of(*of), credential(own))).collect();
    entries.extend(identities.iter().enumerate().map(|(at, own)| {
        let whole: Option<CredentialId> = refs.whole_of(at);
        PartingEntry::Part(whole.map(|whole| refs.of(whole)), credential(own))
    }));
    entries
}
