//! Joins what a piece of a table says to what the pieces before it say.

use std::collections::BTreeSet;

use crate::import::rows::builder::{InventoryBuilder, Once, RowSubject};
use crate::inventory::{
    CredentialFacts, FactsId, InstanceFacts, InstanceFactsId, Link, NameId, Problem, Row, RowId,
    SpokenInstanceId,
};

impl InventoryBuilder {
    /// Adds what a piece of the same table says behind what is builder here. Every number is that
    /// which one reading of both would have given. Costs the piece's rows and distinct names.
    pub(crate) fn join(&mut self, piece: Self) {
        let Self { inventory: other, speaks, further, same, once, .. } = &piece;
        let first_new = self.inventory.names.len();
        let names: Vec<NameId> =
            other.names.ids().map(|id| self.inventory.names.intern(other.names.text(id))).collect();
        let name = |id: NameId| names.get(id.index()).copied().unwrap_or(id);
        let fingerprints: Vec<u32> =
            piece.fingerprints().into_iter().map(|one| self.fingerprint(one)).collect();
        let fingerprint = |at: u32| fingerprints.get(at as usize).copied().unwrap_or(at);
        let facts: Vec<FactsId> =
            other.facts.iter().map(|facts| self.facts(renamed(facts, name))).collect();
        let of_instances: Vec<InstanceFactsId> = other
            .instance_facts
            .iter()
            .map(|facts| self.instance_facts(renamed_of_instance(facts, name)))
            .collect();
        let instances: Vec<SpokenInstanceId> = other
            .instances
            .iter()
            .map(|one| self.instance(name(one.service), name(one.environment)))
            .collect();
        let rows = self.inventory.rows.len() as u32;
        self.inventory.rows.extend(other.rows.iter().map(|row| {
            Row {
                facts: facts.get(row.facts.0 as usize).copied().unwrap_or(row.facts),
                instance_facts: of_instances
                    .get(row.instance_facts.0 as usize)
                    .copied()
                    .unwrap_or(row.instance_facts),
                ..*row
            }
        }));
        self.inventory.links.extend(other.links.iter().map(|link| Link {
            row: RowId(link.row.0 + rows),
            instance: instances.get(link.instance.0 as usize).copied().unwrap_or(link.instance),
            ..*link
        }));
        self.speaks.extend(speaks.iter().map(|speaks| match *speaks {
            RowSubject::OfService => RowSubject::OfService,
            RowSubject::OfCredential { id, fingerprint: known } => {
                RowSubject::OfCredential { id: id.map(name), fingerprint: known.map(fingerprint) }
            }
        }));
        self.further.extend(further.iter().map(|row| row + rows));
        self.same.extend(same.iter().map(|(one, two)| (fingerprint(*one), fingerprint(*two))));
        self.ids_decide |= piece.ids_decide;
        let once = once.iter().map(|(at, once)| {
            let once = match *once {
                Once::Cell(key) => Once::Cell(key),
                Once::Name(id) => Once::Name(name(id)),
            };
            (*at, once)
        });
        let mut once: Vec<(usize, Once)> = once.collect();
        once.sort_by_key(|(at, _)| *at);
        self.join_problems(piece.inventory.problems, &once, first_new);
    }

    /// Adds a piece's problems but for those that were told before.
    fn join_problems(&mut self, problems: Vec<Problem>, once: &[(usize, Once)], first_new: usize) {
        let told = |(_, once): &(usize, Once)| match once {
            Once::Cell(key) => self.told.get(key).copied(),
            Once::Name(_) => None,
        };
        let known: BTreeSet<u64> = once.iter().filter_map(told).collect();
        let mut once = once.iter().peekable();
        for (at, problem) in problems.into_iter().enumerate() {
            let mut is_told = false;
            let place = self.inventory.problems.len();
            let before = self.once.len();
            while let Some((_, one)) = once.next_if(|(of, _)| *of == at) {
                is_told |= match one {
                    Once::Cell(key) => known.contains(key),
                    Once::Name(id) => id.index() < first_new,
                };
                self.once.push((place, *one));
                if let Once::Cell(key) = one {
                    self.told.insert(*key);
                }
            }
            if is_told {
                self.once.truncate(before);
            } else {
                self.inventory.problems.push(problem);
            }
        }
    }
}

fn renamed(facts: &CredentialFacts, name: impl Fn(NameId) -> NameId) -> CredentialFacts {
    let CredentialFacts { kind, label, identity, owner, storage, tags, .. } = facts;
    CredentialFacts {
        kind: kind.map(&name),
        label: label.map(&name),
        identity: identity.map(&name),
        owner: owner.map(&name),
        storage: storage.map(&name),
        tags: tags.map(&name),
        ..facts.clone()
    }
}

fn renamed_of_instance(facts: &InstanceFacts, name: impl Fn(NameId) -> NameId) -> InstanceFacts {
    let InstanceFacts { kind, owner, .. } = facts;
    InstanceFacts { kind: kind.map(&name), owner: owner.map(&name), ..facts.clone() }
}
