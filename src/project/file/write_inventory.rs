//! Writes the sections of an inventory.

use std::borrow::Cow;
use std::io;

use super::inventory_entries::{
    ColumnEntry, CredentialEntry, CredentialFactsEntry, PartingEntry, ProblemEntry,
    ServiceFactsEntry, SourceEntry, UsedEntry,
};
use super::line_writer::LineWriter;
use super::row_entries::{LinkEntry, RowEntry};
use super::section::Section;
use crate::inventory::{
    CredentialFacts, Flag, Identity, InstanceFacts, Inventory, LastUsed, Link, NameId, Parting,
    Problem, Row, RowId, Source, SourceColumn, SpokenInstance, Status,
};

/// Writes all that an inventory holds.
pub(super) fn write_inventory(inventory: &Inventory, out: &mut LineWriter<'_>) -> io::Result<()> {
    let Inventory {
        names,
        sources,
        rows,
        links,
        facts,
        instance_facts,
        instances,
        identities,
        ids: _,
        parting,
        problems,
    } = inventory;
    out.section(Section::Sources, sources.iter().map(source_entry))?;
    // The ids of a pool are its places.
    let texts = (0..names.len()).map(|at| names.nth(at).map_or("", |name| names.text(name)));
    out.section(Section::Names, texts)?;
    out.section(Section::CredentialFacts, facts.iter().map(credential_facts_entry))?;
    out.section(Section::ServiceFacts, instance_facts.iter().map(service_facts_entry))?;
    out.section(Section::Services, instances.iter().copied().map(service_entry))?;
    let credential = |identity| credential_entry(inventory, identity);
    out.section(Section::Credentials, identities.iter().map(credential))?;
    out.section(Section::Parting, parting_entries(inventory, parting).into_iter())?;
    let mut by_row = LinksByRow { left: links };
    let rows = rows.iter().enumerate();
    let rows = rows.map(|(at, row)| row_entry(row, by_row.of(RowId(at as u32))));
    out.section(Section::Rows, rows)?;
    out.section(Section::Problems, problems.iter().map(problem_entry))
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

fn number(name: NameId) -> u32 {
    name.index() as u32
}

fn credential_facts_entry(facts: &CredentialFacts) -> CredentialFactsEntry {
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
    CredentialFactsEntry {
        kind: kind.map(number),
        label: label.map(number),
        identity: identity.map(number),
        owner: owner.map(number),
        storage: storage.map(number),
        tags: tags.map(number),
        status: (*status != Status::Unstated).then_some(*status),
        created: *created,
        last_rotated: *last_rotated,
        last_used: match last_used {
            LastUsed::Unstated => None,
            LastUsed::Never => Some(UsedEntry::Never),
            LastUsed::On(day) => Some(UsedEntry::On(*day)),
        },
        expires: *expires,
    }
}

fn service_facts_entry(facts: &InstanceFacts) -> ServiceFactsEntry {
    let InstanceFacts { kind, owner, entry_point, crown_jewel } = facts;
    let flag = |flag: &Flag| (*flag != Flag::Unstated).then_some(*flag);
    ServiceFactsEntry {
        kind: kind.map(number),
        owner: owner.map(number),
        entry_point: flag(entry_point),
        crown_jewel: flag(crown_jewel),
    }
}

fn service_entry(instance: SpokenInstance) -> (u32, u32) {
    let SpokenInstance { service, environment } = instance;
    (number(service), number(environment))
}

fn credential_entry(inventory: &Inventory, identity: &Identity) -> CredentialEntry<'static> {
    let ids = inventory.ids_of_identity(Some(identity)).iter().copied().map(number).collect();
    CredentialEntry {
        ids: Cow::Owned(ids),
        fingerprint: identity.fingerprint.map(|own| Cow::Owned(format!("{:032x}", own.0))),
        joined_by: identity.joined_by,
    }
}

fn parting_entries(inventory: &Inventory, parting: &Parting) -> Vec<PartingEntry<'static>> {
    let Parting { rows, identities, remaining, joined_at } = parting;
    let credential = |identity| credential_entry(inventory, identity);
    let new = identities.iter().map(|own| (own, PartingEntry::Credential(credential(own))));
    let left = remaining.iter();
    let left = left.map(|(of, own)| (own, PartingEntry::Remaining(of.0, credential(own))));
    let mut known: Vec<_> = new.chain(left).collect();
    // Their ids come in this order when they are read.
    known.sort_by_key(|(own, _)| own.ids.start);
    let mut entries: Vec<PartingEntry<'_>> = known.into_iter().map(|(_, entry)| entry).collect();
    entries.extend(rows.iter().map(|(row, of)| PartingEntry::Row(row.0, of.0)));
    entries.extend(joined_at.iter().map(|(of, row)| PartingEntry::JoinedAt(of.0, row.0)));
    entries
}

/// The links of one row after another: they stand in the order of their rows.
struct LinksByRow<'a> {
    left: &'a [Link],
}

impl<'a> LinksByRow<'a> {
    fn of(&mut self, row: RowId) -> &'a [Link] {
        let length = self.left.iter().take_while(|link| link.row == row).count();
        let (own, left) = self.left.split_at_checked(length).unwrap_or_default();
        self.left = left;
        own
    }
}

fn row_entry(row: &Row, links: &[Link]) -> RowEntry<Vec<LinkEntry>> {
    let Row { credential, facts, instance_facts, place } = row;
    let link = |link: &Link| {
        let Link { row: _, instance, instance_assumed, access, level } = link;
        LinkEntry(instance.0, *access, *level, *instance_assumed)
    };
    RowEntry(
        credential.map(|credential| credential.0),
        facts.0,
        instance_facts.0,
        place.source.0,
        place.line,
        links.iter().map(link).collect(),
    )
}

fn problem_entry(problem: &Problem) -> ProblemEntry<'_> {
    let Problem { place, column, kind, message, row_rejected, offset, row } = problem;
    ProblemEntry {
        source: place.source.0,
        line: place.line,
        kind: *kind,
        column: Cow::Borrowed(column),
        message: Cow::Borrowed(message),
        rejected: *row_rejected,
        offset: *offset,
        row: row.as_deref().map(Cow::Borrowed),
    }
}
