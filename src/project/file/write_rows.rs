//! Writes rows and problems: each says what differs from those before it.

use std::borrow::Cow;

use super::credential_refs::CredentialRefs;
use super::facts_entries::{CredentialFactsEntry, ServiceFactsEntry};
use super::inventory_entries::Text;
use super::row_entries::{LinkEntry, ProblemEntry, RowEntry};
use crate::inventory::{
    CredentialFacts, CredentialId, FactsId, InstanceFacts, InstanceFactsId, Inventory, Link,
    NameId, Place, Problem, Row, RowId, SpokenInstanceId,
};

/// Makes the entries of rows, one after another.
pub(super) struct RowsWriter<'a> {
    inventory: &'a Inventory,
    refs: &'a CredentialRefs<'a>,
    /// The links of the rows that are left.
    links: &'a [Link],
    /// The rows that are left of those about a part of their credential.
    moved: &'a [(RowId, CredentialId)],
    /// The rows that join parts, in order.
    joining: Vec<RowId>,
    source: u16,
    lines: LinesBefore,
    /// What the last row on each credential says of it; the first is for rows on none.
    facts: Vec<Option<FactsId>>,
    /// What the last row on each service instance says of its services, likewise.
    service_facts: Vec<Option<InstanceFactsId>>,
}

impl<'a> RowsWriter<'a> {
    pub(super) fn new(inventory: &'a Inventory, refs: &'a CredentialRefs<'a>) -> Self {
        let mut joining: Vec<RowId> =
            inventory.parting.joined_at.iter().map(|(_, row)| *row).collect();
        joining.sort_unstable();
        Self {
            inventory,
            refs,
            links: &inventory.links,
            moved: &inventory.parting.rows,
            joining,
            source: 0,
            lines: LinesBefore::new(inventory),
            facts: vec![None; inventory.identities.len() + 1],
            service_facts: vec![None; inventory.instances.len() + 1],
        }
    }

    /// The entry of the next row.
    pub(super) fn next(&mut self, at: RowId, row: &Row) -> RowEntry<'a> {
        let Row { credential, facts, instance_facts, place } = row;
        let (inventory, refs) = (self.inventory, self.refs);
        let links = self.links_of(at);
        let source = (place.source.0 != self.source).then_some(place.source.0);
        self.source = place.source.0;
        let apart = match self.moved.split_first() {
            Some(((row, of), left)) if *row == at => {
                self.moved = left;
                Some(refs.part(*of, *credential))
            }
            _ => None,
        };
        RowEntry {
            source,
            lines: self.lines.below(*place),
            credential: credential.map(|credential| refs.of(credential)),
            apart,
            joins: self.joining.binary_search(&at).is_ok(),
            facts: self.new_facts(*credential, *facts),
            service_facts: self.new_service_facts(links.first(), *instance_facts),
            links: links.iter().map(|link| link_entry(inventory, link)).collect(),
        }
    }

    /// The links of a row: they stand in the order of their rows.
    fn links_of(&mut self, row: RowId) -> &'a [Link] {
        let length = self.links.iter().take_while(|link| link.row == row).count();
        let (own, left) = self.links.split_at_checked(length).unwrap_or_default();
        self.links = left;
        own
    }

    fn new_facts(
        &mut self,
        on: Option<CredentialId>,
        own: FactsId,
    ) -> Option<CredentialFactsEntry<Text<'a>>> {
        let all = &self.inventory.facts;
        let silent = CredentialFacts::default();
        let facts = |id: Option<FactsId>| id.and_then(|id| all.get(id.0 as usize));
        let before = self.facts.get_mut(on.map_or(0, |on| on.0 as usize + 1))?;
        let (last, now) = (before.replace(own), facts(Some(own)).unwrap_or(&silent));
        let is_same = last == Some(own) || facts(last).unwrap_or(&silent) == now;
        (!is_same).then(|| CredentialFactsEntry::of(now, text_of(self.inventory)))
    }

    fn new_service_facts(
        &mut self,
        first: Option<&Link>,
        own: InstanceFactsId,
    ) -> Option<ServiceFactsEntry<Text<'a>>> {
        let all = &self.inventory.instance_facts;
        let silent = InstanceFacts::default();
        let facts = |id: Option<InstanceFactsId>| id.and_then(|id| all.get(id.0 as usize));
        let on = first.map_or(0, |link| link.instance.0 as usize + 1);
        let before = self.service_facts.get_mut(on)?;
        let (last, now) = (before.replace(own), facts(Some(own)).unwrap_or(&silent));
        let is_same = last == Some(own) || facts(last).unwrap_or(&silent) == now;
        (!is_same).then(|| ServiceFactsEntry::of(now, text_of(self.inventory)))
    }
}

/// The text of a name as it is written.
pub(super) fn text_of<'a>(inventory: &'a Inventory) -> impl Fn(NameId) -> Text<'a> {
    |name| Text(Cow::Borrowed(inventory.text(name)))
}

fn link_entry<'a>(inventory: &'a Inventory, link: &Link) -> LinkEntry<'a> {
    let Link { row: _, instance: SpokenInstanceId(at), instance_assumed, access, level } = *link;
    let text = |name: Option<NameId>| name.map_or("", |name| inventory.text(name));
    let spoken = inventory.instances.get(at as usize);
    LinkEntry {
        access,
        service: Cow::Borrowed(text(spoken.map(|spoken| spoken.service))),
        environment: Cow::Borrowed(text(spoken.map(|spoken| spoken.environment))),
        level,
        assumed: instance_assumed,
    }
}

/// For each source the line of the entry that was written last.
struct LinesBefore(Vec<u32>);

impl LinesBefore {
    fn new(inventory: &Inventory) -> Self {
        Self(vec![0; inventory.sources.len()])
    }

    /// How many lines a place stands below the one before of its source.
    fn below(&mut self, place: Place) -> i64 {
        let before = self.0.get_mut(usize::from(place.source.0));
        let before = before.map_or(0, |before| std::mem::replace(before, place.line));
        i64::from(place.line) - i64::from(before)
    }
}

/// Makes the entries of problems, one after another.
pub(super) struct ProblemsWriter {
    lines: LinesBefore,
    bytes: Vec<i64>,
}

impl ProblemsWriter {
    pub(super) fn new(inventory: &Inventory) -> Self {
        Self { lines: LinesBefore::new(inventory), bytes: vec![0; inventory.sources.len()] }
    }

    /// The entry of the next problem.
    pub(super) fn next<'a>(&mut self, problem: &'a Problem) -> ProblemEntry<'a> {
        let Problem { place, column, kind, message, row_rejected, offset, row } = problem;
        let bytes = offset.map(|offset| {
            let offset = offset.cast_signed();
            let before = self.bytes.get_mut(usize::from(place.source.0));
            offset - before.map_or(0, |before| std::mem::replace(before, offset))
        });
        ProblemEntry {
            source: place.source.0,
            lines: self.lines.below(*place),
            kind: *kind,
            column: Cow::Borrowed(column),
            message: Cow::Borrowed(message),
            rejected: *row_rejected,
            bytes,
            row: row.as_deref().map(Cow::Borrowed),
        }
    }
}
