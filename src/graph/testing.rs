//! Small inventories written by hand, for tests and examples: one line for each row.
//!
//! ```text
//! credential access services [word=value …]
//! ci-key      holds  runner@ci
//! ci-key      grants db@prod,web@prod  level=read owner=ops;sre expires=2027-01-01
//! F1:old-key  ?      app@              rows that share what stands before the colon are one
//! -           -      db@prod           jewel=yes kind=database
//! ```
//!
//! Words: `level`, `status` (live, dead, unneeded), `owner`, `storage`, `type`, `identity`, `tags`, `label`,
//! `created`, `rotated`, `used` (a day or never), `expires`; of the services `kind`,
//! `service_owner`, `entry`, `jewel` (yes, no). A `_` in a value stands for a blank.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::AccessGraph;
use crate::inventory::{
    Access, Assumptions, CredentialFacts, CredentialId, Date, FactSet, FactsId, Flag, Identity,
    InstanceFacts, InstanceFactsId, Inventory, JoinedBy, LastUsed, Ledger, Level, Link, NameId,
    Place, Row, RowId, Source, SourceId, SpokenInstance, SpokenInstanceId, Status,
};

/// The day on which tests judge.
pub fn as_of() -> Date {
    Date::constant(2026, 7, 1)
}

/// The graph of a written inventory under the default assumptions.
pub fn graph(text: &str) -> AccessGraph {
    AccessGraph::build(Arc::new(inventory(text)), &Assumptions::new(as_of()))
}

/// Reads a written inventory as one source `rows.csv`, whose lines are counted from 1.
///
/// Words that it does not know are left out: it serves tests, not users.
pub fn inventory(text: &str) -> Inventory {
    let mut writer = Writer::default();
    for (index, line) in text.lines().enumerate() {
        writer.line(index as u32 + 1, line);
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    inventory: Inventory,
    identities: BTreeMap<String, (CredentialId, Vec<String>)>,
    instances: BTreeMap<(NameId, NameId), SpokenInstanceId>,
    joined: BTreeMap<CredentialId, JoinedBy>,
}

impl Writer {
    fn line(&mut self, number: u32, line: &str) {
        let mut words = line.split_whitespace();
        let Some(credential) = words.next() else { return };
        let (access, services) = (words.next().unwrap_or("-"), words.next().unwrap_or(""));
        let (mut facts, mut of_service) = (CredentialFacts::default(), InstanceFacts::default());
        let (mut level, mut join) = (Level::Unknown, None);
        for word in words {
            let Some((name, value)) = word.split_once('=') else { continue };
            let value = value.replace('_', " ");
            match name {
                "joined" => join = read_join(&value),
                "level" => level = read_level(&value),
                "kind" | "service_owner" | "entry" | "jewel" => {
                    self.service_fact(&mut of_service, name, &value);
                }
                _ => self.fact(&mut facts, name, &value),
            }
        }
        let (credential, facts) = (self.credential(credential), self.facts_id(facts));
        self.joined.extend(credential.zip(join));
        let instance_facts = self.instance_facts_id(of_service);
        let row = RowId(self.inventory.rows.len() as u32);
        let place = Place { source: SourceId(0), line: number };
        self.inventory.rows.push(Row { credential, facts, instance_facts, place });
        for service in services.split(',').filter(|service| !service.is_empty()) {
            let instance = self.instance(service);
            let access = read_access(access);
            self.inventory.links.push(Link {
                row,
                instance,
                instance_assumed: false,
                access,
                level,
            });
        }
    }

    fn credential(&mut self, word: &str) -> Option<CredentialId> {
        if word == "-" {
            return None;
        }
        let (secret, id) = word.split_once(':').unwrap_or((word, word));
        let next = CredentialId(self.identities.len() as u32);
        let (credential, ids) = self.identities.entry(secret.to_owned()).or_insert((next, vec![]));
        if !id.is_empty() && !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
        Some(*credential)
    }

    fn fact(&mut self, facts: &mut CredentialFacts, name: &str, value: &str) {
        let text = Some(self.inventory.names.intern(value));
        let day = value.parse::<Date>().ok();
        match name {
            "status" if value == "dead" => facts.status = Status::Dead,
            "status" if value == "unneeded" => facts.status = Status::Unneeded,
            "status" => facts.status = Status::Live,
            "owner" => facts.owner = text,
            "storage" => facts.storage = text,
            "type" => facts.kind = text,
            "identity" => facts.identity = text,
            "tags" => facts.tags = text,
            "label" => facts.label = text,
            "created" => facts.created = day,
            "rotated" => facts.last_rotated = day,
            "expires" => facts.expires = day,
            "used" => facts.last_used = day.map_or(LastUsed::Never, LastUsed::On),
            _ => {}
        }
    }

    fn service_fact(&mut self, facts: &mut InstanceFacts, name: &str, value: &str) {
        let flag = if value == "yes" { Flag::Yes } else { Flag::No };
        match name {
            "kind" => facts.kind = Some(self.inventory.names.intern(value)),
            "service_owner" => facts.owner = Some(self.inventory.names.intern(value)),
            "entry" => facts.entry_point = flag,
            _ => facts.crown_jewel = flag,
        }
    }

    fn facts_id(&mut self, facts: CredentialFacts) -> FactsId {
        let known = self.inventory.facts.iter().position(|known| *known == facts);
        let index = known.unwrap_or_else(|| {
            self.inventory.facts.push(facts);
            self.inventory.facts.len() - 1
        });
        FactsId(index as u32)
    }

    fn instance_facts_id(&mut self, facts: InstanceFacts) -> InstanceFactsId {
        let known = self.inventory.instance_facts.iter().position(|known| *known == facts);
        let index = known.unwrap_or_else(|| {
            self.inventory.instance_facts.push(facts);
            self.inventory.instance_facts.len() - 1
        });
        InstanceFactsId(index as u32)
    }

    fn instance(&mut self, word: &str) -> SpokenInstanceId {
        let (service, environment) = word.split_once('@').unwrap_or((word, ""));
        let names = &mut self.inventory.names;
        let (service, environment) = (names.intern(service), names.intern(environment));
        let next = SpokenInstanceId(self.inventory.instances.len() as u32);
        *self.instances.entry((service, environment)).or_insert_with(|| {
            self.inventory.instances.push(SpokenInstance { service, environment });
            next
        })
    }

    fn finish(self) -> Inventory {
        let Self { mut inventory, identities, joined, .. } = self;
        let mut identities: Vec<_> = identities.into_values().collect();
        identities.sort_by_key(|(credential, _)| *credential);
        for (credential, ids) in identities {
            let start = inventory.ids.len() as u32;
            for id in ids {
                let id = inventory.names.intern(&id);
                inventory.ids.push(id);
            }
            inventory.identities.push(Identity {
                ids: start..inventory.ids.len() as u32,
                joined_by: joined.get(&credential).copied(),
                ..Identity::default()
            });
        }
        let ledger = Ledger { accepted: inventory.rows.len() as u64, ..Ledger::default() };
        let name = "rows.csv".to_owned();
        inventory.sources.push(Source { ledger, facts: FactSet::ALL, ..Source::new(name) });
        inventory
    }
}

fn read_join(word: &str) -> Option<JoinedBy> {
    let all = [JoinedBy::Fingerprint, JoinedBy::Id, JoinedBy::IdAcrossSources];
    all.into_iter().find(|join| join.word() == word)
}

fn read_access(word: &str) -> Access {
    match word {
        "holds" => Access::Holds,
        "grants" => Access::Grants,
        "both" => Access::Both,
        _ => Access::Unstated,
    }
}

fn read_level(word: &str) -> Level {
    match word {
        "read" => Level::Read,
        "write" => Level::Write,
        "admin" => Level::Admin,
        _ => Level::Unknown,
    }
}
