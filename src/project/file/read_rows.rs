//! Reads rows and problems: each says what differs from those before it. What refers to something that is
//! not there is refused.

use ahash::AHashMap as HashMap;

use super::credential_refs::KnownCredentials;
use super::facts_entries::{CredentialFactsEntry, ServiceFactsEntry};
use super::inventory_entries::Text;
use super::row_entries::{LinkEntry, PartRef, ProblemEntry, RowEntry};
use crate::inventory::{
    CredentialFacts, CredentialId, FactsId, InstanceFacts, InstanceFactsId, Inventory, Link, Names,
    Place, Problem, Row, RowId, SourceId, SpokenInstance, SpokenInstanceId,
};

/// What rows name: the credentials and service instances that were read before them.
pub(super) struct RowNames {
    known: KnownCredentials,
    credentials: usize,
    names: Names,
    instances: HashMap<SpokenInstance, SpokenInstanceId>,
}

/// A row of which is found what it names. Its links are those of no row yet.
pub(super) struct FoundRow<'a> {
    source: Option<u16>,
    lines: i64,
    credential: Option<CredentialId>,
    apart: Option<PartRef>,
    joins: bool,
    facts: Option<CredentialFactsEntry<Text<'a>>>,
    service_facts: Option<ServiceFactsEntry<Text<'a>>>,
    first_link: Option<Link>,
    more_links: Vec<Link>,
}

impl RowNames {
    /// Of an inventory of which all but its rows and problems was read.
    pub(super) fn new(read: &Inventory, known: KnownCredentials) -> Self {
        let mut instances = HashMap::new();
        for (at, own) in (0..).map(SpokenInstanceId).zip(&read.instances) {
            instances.entry(*own).or_insert(at);
        }
        let (credentials, names) = (read.identities.len(), read.names.clone());
        Self { known, credentials, names, instances }
    }

    /// Finds what a row names; `None` where that is not there.
    pub(super) fn found<'a>(&self, entry: RowEntry<'a>) -> Option<FoundRow<'a>> {
        let RowEntry { source, lines, credential, apart, joins, facts, service_facts, links } =
            entry;
        let credential = match credential {
            None => None,
            Some(name) => Some(self.known.find((&self.names, self.credentials), &name)?),
        };
        let mut links = links.iter().map(|link| self.link(link));
        let first_link = links.next();
        let more_links = links.collect::<Option<Vec<Link>>>()?;
        let first_link = match first_link {
            None => None,
            Some(link) => Some(link?),
        };
        Some(FoundRow {
            source,
            lines,
            credential,
            apart,
            joins,
            facts,
            service_facts,
            first_link,
            more_links,
        })
    }

    fn link(&self, entry: &LinkEntry<'_>) -> Option<Link> {
        let LinkEntry { access, service, environment, level, assumed } = entry;
        let (service, environment) = (self.names.find(service)?, self.names.find(environment)?);
        let instance = *self.instances.get(&SpokenInstance { service, environment })?;
        let (access, level) = (*access, *level);
        Some(Link { row: RowId(0), instance, instance_assumed: *assumed, access, level })
    }
}

/// Takes rows, one after another.
pub(super) struct RowsReader<'a> {
    names: &'a RowNames,
    sets: HashMap<CredentialFacts, FactsId>,
    service_sets: HashMap<InstanceFacts, InstanceFactsId>,
    source: u16,
    lines: LinesBefore,
    /// What the last row on each credential says of it; the first is for rows on none.
    facts: Vec<Option<FactsId>>,
    /// What the last row on each service instance says of its services, likewise.
    service_facts: Vec<Option<InstanceFactsId>>,
}

impl<'a> RowsReader<'a> {
    /// Reads into an inventory of which all but its rows and problems was read.
    pub(super) fn new(read: &Inventory, names: &'a RowNames) -> Self {
        Self {
            names,
            sets: HashMap::new(),
            service_sets: HashMap::new(),
            source: 0,
            lines: LinesBefore::new(read),
            facts: vec![None; read.identities.len() + 1],
            service_facts: vec![None; read.instances.len() + 1],
        }
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, read: &mut Inventory, row: FoundRow<'_>) -> Option<()> {
        let FoundRow { source, lines, credential, apart, joins, facts, service_facts, .. } = &row;
        self.source = source.unwrap_or(self.source);
        let (place, credential) = (self.lines.at(SourceId(self.source), *lines)?, *credential);
        let at = RowId(read.rows.len() as u32);
        if let Some(part) = apart {
            let part = self.names.known.find_part(read, *part, credential)?;
            read.parting.rows.push((at, part));
        }
        if *joins {
            read.parting.joined_at.push((credential?, at));
        }
        let on = row.first_link.as_ref().map_or(0, |link| link.instance.0 as usize + 1);
        let instance_facts = self.service_facts(read, on, service_facts.as_ref())?;
        let facts = self.facts(read, credential, facts.as_ref())?;
        read.rows.push(Row { credential, facts, instance_facts, place });
        let links = row.first_link.into_iter().chain(row.more_links);
        read.links.extend(links.map(|link| Link { row: at, ..link }));
        Some(())
    }

    fn facts(
        &mut self,
        read: &mut Inventory,
        on: Option<CredentialId>,
        entry: Option<&CredentialFactsEntry<Text<'_>>>,
    ) -> Option<FactsId> {
        let last = self.facts.get_mut(on.map_or(0, |on| on.0 as usize + 1))?;
        if let (None, Some(last)) = (entry, *last) {
            return Some(last);
        }
        let own = match entry {
            None => CredentialFacts::default(),
            Some(entry) => entry.facts(|Text(name)| Some(read.names.intern(name)))?,
        };
        let id = *self.sets.entry(own).or_insert_with_key(|own| {
            read.facts.push(own.clone());
            FactsId(read.facts.len() as u32 - 1)
        });
        *last = Some(id);
        Some(id)
    }

    fn service_facts(
        &mut self,
        read: &mut Inventory,
        on: usize,
        entry: Option<&ServiceFactsEntry<Text<'_>>>,
    ) -> Option<InstanceFactsId> {
        let last = self.service_facts.get_mut(on)?;
        if let (None, Some(last)) = (entry, *last) {
            return Some(last);
        }
        let own = match entry {
            None => InstanceFacts::default(),
            Some(entry) => entry.facts(|Text(name)| Some(read.names.intern(name)))?,
        };
        let id = *self.service_sets.entry(own).or_insert_with_key(|own| {
            read.instance_facts.push(own.clone());
            InstanceFactsId(read.instance_facts.len() as u32 - 1)
        });
        *last = Some(id);
        Some(id)
    }
}

/// For each source the line of the entry that was read last.
struct LinesBefore(Vec<u32>);

impl LinesBefore {
    fn new(read: &Inventory) -> Self {
        Self(vec![0; read.sources.len()])
    }

    /// The place that many lines below the one before of a source.
    fn at(&mut self, source: SourceId, below: i64) -> Option<Place> {
        let before = self.0.get_mut(usize::from(source.0))?;
        *before = u32::try_from(i64::from(*before).checked_add(below)?).ok()?;
        Some(Place { source, line: *before })
    }
}

/// Takes the entries of problems, one after another.
pub(super) struct ProblemsReader {
    lines: LinesBefore,
    bytes: Vec<i64>,
}

impl ProblemsReader {
    pub(super) fn new(read: &Inventory) -> Self {
        Self { lines: LinesBefore::new(read), bytes: vec![0; read.sources.len()] }
    }

    /// Takes the next problem.
    pub(super) fn take(&mut self, entry: ProblemEntry<'_>) -> Option<Problem> {
        let ProblemEntry { source, lines, kind, column, message, rejected, bytes, row } = entry;
        let place = self.lines.at(SourceId(source), lines)?;
        let offset = match bytes {
            None => None,
            Some(bytes) => {
                let before = self.bytes.get_mut(usize::from(source))?;
                *before = before.checked_add(bytes)?;
                Some(u64::try_from(*before).ok()?)
            }
        };
        Some(Problem {
            place,
            column: column.into_owned(),
            kind,
            message: message.into_owned(),
            row_rejected: rejected,
            offset,
            row: row.map(Into::into),
        })
    }
}
