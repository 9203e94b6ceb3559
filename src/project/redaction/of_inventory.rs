//! An inventory under pseudonyms.

use std::collections::BTreeMap;

use super::field_text::FieldText;
use super::names::{Gathered, Redaction, owners_of_cells};
use super::problem_words::problem_words;
use crate::graph::OtherTexts;
use crate::inventory::{
    AnsweredBy, Assumptions, CredentialFacts, Environments, InstanceFacts, Inventory, NameId,
    Names, Problem, Source, SourceColumn, SpokenInstance,
};
use crate::project::pseudonyms::{NameOf, RedactedKind};

/// All names of an inventory that can be hidden.
pub(super) fn gather(inventory: &Inventory, environments: &Environments, to: &mut Gathered) {
    let text = |name: NameId| inventory.text(name);
    for instance in &inventory.instances {
        to.add(NameOf::Service, text(instance.service));
        to.add(NameOf::Environment, &environments.canonical(text(instance.environment)));
    }
    for &id in &inventory.ids {
        to.add(NameOf::Credential, text(id));
    }
    for facts in &inventory.facts {
        let CredentialFacts { kind, label, identity, storage, tags, .. } = facts;
        let named = [
            (NameOf::Type, kind),
            (NameOf::Credential, label),
            (NameOf::Account, identity),
            (NameOf::Storage, storage),
            (NameOf::Tags, tags),
        ];
        for (of, name) in named {
            if let Some(name) = name {
                to.add(of, text(*name));
            }
        }
    }
    for kind in inventory.instance_facts.iter().filter_map(|facts| facts.kind) {
        to.add(NameOf::Type, text(kind));
    }
    for owner in owners_of_cells(inventory).values().flatten() {
        to.add(NameOf::Owner, owner);
    }
    for source in &inventory.sources {
        to.add(NameOf::File, &source.name);
        if let Some(by) = &source.answered {
            to.add(NameOf::Owner, &by.owner);
        }
    }
}

impl Redaction {
    /// The inventory under pseudonyms, as it is to be judged under `policy`.
    ///
    /// Lines, days, levels and counts stay. Costs time in proportion to the rows and names.
    pub fn inventory(&self, inventory: &Inventory, policy: &Assumptions) -> Inventory {
        self.inventory_and_texts(inventory, policy).0
    }

    /// The same, and which of its texts stands for which.
    pub(super) fn inventory_and_texts(
        &self,
        inventory: &Inventory,
        policy: &Assumptions,
    ) -> (Inventory, OtherTexts) {
        let fields = FieldText::new(self);
        let mut texts = Texts::new((self, &fields), inventory, policy);
        let instances =
            inventory.instances.iter().map(|instance| texts.instance(*instance)).collect();
        let ids = inventory.ids.iter().map(|&id| texts.name(NameOf::Credential, id)).collect();
        let facts = inventory.facts.iter().map(|facts| texts.facts(facts)).collect();
        let instance_facts =
            inventory.instance_facts.iter().map(|facts| texts.instance_facts(facts)).collect();
        let mut of = |of: NameOf| texts.done.remove(&of).unwrap_or_default();
        let other = OtherTexts {
            services: of(NameOf::Service),
            kinds: of(NameOf::Type),
            credentials: of(NameOf::Credential),
            identities: of(NameOf::Account),
            storages: of(NameOf::Storage),
            tags: of(NameOf::Tags),
        };
        let hidden = Inventory {
            names: texts.names,
            sources: inventory.sources.iter().map(|source| self.source(source, &fields)).collect(),
            rows: inventory.rows.clone(),
            links: inventory.links.clone(),
            facts,
            instance_facts,
            instances,
            identities: inventory.identities.clone(),
            ids,
            parting: inventory.parting.clone(),
            problems: inventory
                .problems
                .iter()
                .map(|one| self.problem(one, inventory, &fields))
                .collect(),
        };
        (hidden, other)
    }

    fn source(&self, source: &Source, fields: &FieldText<'_>) -> Source {
        let name = self.of(NameOf::File, &source.name).into_owned();
        let answered = source.answered.as_ref().map(|by| AnsweredBy {
            owner: self.of(NameOf::Owner, &by.owner).into_owned(),
            on: by.on,
            // It would show that a list is the one that somebody has.
            list: None,
        });
        if !self.kinds.has(RedactedKind::Text) {
            return Source { name, answered, ..searched(source, fields) };
        }
        let column = |(number, column): (usize, &SourceColumn)| SourceColumn {
            name: heading(number),
            reason: column.meaning.unwrap_or("not read").to_owned(),
            ..column.clone()
        };
        let mut not_read = source.not_read.clone();
        for (number, part) in (1..).zip(&mut not_read) {
            part.name = format!("{} {number}", part.kind.word());
            "as the import said".clone_into(&mut part.reason);
        }
        let unmapped = match source.unmapped.len() {
            0 => Vec::new(),
            _ => vec!["no column mapping that was named fits it".to_owned()],
        };
        Source {
            name,
            header: (0..source.header.len()).map(heading).collect(),
            notes: Vec::new(),
            columns: source.columns.iter().enumerate().map(column).collect(),
            not_read,
            unmapped,
            answered,
            ..source.clone()
        }
    }

    /// A problem without what it quotes: that may be any name of any kind, or a part of one. Where files
    /// alone are hidden it is searched for their names.
    pub(super) fn problem(
        &self,
        problem: &Problem,
        inventory: &Inventory,
        fields: &FieldText<'_>,
    ) -> Problem {
        if self.kinds.listed().iter().all(|kind| *kind == RedactedKind::Files) {
            return Problem {
                message: fields.searched(&problem.message),
                row: problem.row.as_deref().map(|row| fields.searched(row).into()),
                ..problem.clone()
            };
        }
        let source = inventory.sources.get(usize::from(problem.place.source.0));
        let header = source.map_or(&[][..], |source| &source.header);
        let column = if !self.kinds.has(RedactedKind::Text) || problem.column.is_empty() {
            fields.searched(&problem.column)
        } else {
            let at = header.iter().position(|heading| *heading == problem.column);
            at.map_or_else(|| "a column".to_owned(), heading)
        };
        Problem {
            column,
            message: problem_words(problem.kind).to_owned(),
            row: None,
            ..problem.clone()
        }
    }
}

/// What is said of a file, searched for names.
fn searched(source: &Source, fields: &FieldText<'_>) -> Source {
    let all = |texts: &[String]| texts.iter().map(|text| fields.searched(text)).collect();
    let column = |column: &SourceColumn| SourceColumn {
        name: fields.searched(&column.name),
        reason: fields.searched(&column.reason),
        ..column.clone()
    };
    let mut not_read = source.not_read.clone();
    for part in &mut not_read {
        part.name = fields.searched(&part.name);
        part.reason = fields.searched(&part.reason);
    }
    Source {
        header: all(&source.header),
        notes: all(&source.notes),
        columns: source.columns.iter().map(column).collect(),
        not_read,
        unmapped: all(&source.unmapped),
        ..source.clone()
    }
}

fn heading(number: usize) -> String {
    format!("column {}", number + 1)
}

/// The texts of an inventory under pseudonyms, each translated once.
struct Texts<'a> {
    redaction: &'a Redaction,
    inventory: &'a Inventory,
    environments: &'a Environments,
    fields: &'a FieldText<'a>,
    owners: BTreeMap<NameId, Vec<String>>,
    names: Names,
    done: BTreeMap<NameOf, Vec<Option<NameId>>>,
}

impl<'a> Texts<'a> {
    fn new(
        (redaction, fields): (&'a Redaction, &'a FieldText<'a>),
        inventory: &'a Inventory,
        policy: &'a Assumptions,
    ) -> Self {
        Self {
            redaction,
            inventory,
            environments: &policy.environments,
            fields,
            owners: owners_of_cells(inventory),
            names: Names::default(),
            done: BTreeMap::new(),
        }
    }

    /// What stands in the place of a text, by what it is.
    fn name(&mut self, of: NameOf, name: NameId) -> NameId {
        let count = self.inventory.names.len();
        let known = self.done.entry(of).or_insert_with(|| vec![None; count]);
        if let Some(Some(known)) = known.get(name.index()) {
            return *known;
        }
        let text = self.inventory.text(name);
        let new = match of {
            NameOf::Owner => self.owners_of(name),
            NameOf::Environment => {
                let label = self.environments.canonical(text);
                self.redaction.of(of, &label).into_owned()
            }
            NameOf::Type | NameOf::Storage | NameOf::Tags => self.fields.field(of, text),
            NameOf::Service
            | NameOf::Credential
            | NameOf::Account
            | NameOf::File
            | NameOf::PlainSight => self.redaction.of(of, text).into_owned(),
        };
        let new = self.names.intern(&new);
        if let Some(slot) = self.done.get_mut(&of).and_then(|known| known.get_mut(name.index())) {
            *slot = Some(new);
        }
        new
    }

    /// An owner cell: its owners, each under its pseudonym.
    fn owners_of(&self, cell: NameId) -> String {
        if !self.redaction.kinds.has(RedactedKind::Owners) {
            return self.inventory.text(cell).to_owned();
        }
        let owners = self.owners.get(&cell).into_iter().flatten();
        let hidden = owners.map(|owner| self.redaction.of(NameOf::Owner, owner));
        hidden.collect::<Vec<_>>().join("; ")
    }

    fn instance(&mut self, instance: SpokenInstance) -> SpokenInstance {
        SpokenInstance {
            service: self.name(NameOf::Service, instance.service),
            environment: self.name(NameOf::Environment, instance.environment),
        }
    }

    fn facts(&mut self, facts: &CredentialFacts) -> CredentialFacts {
        let mut of = |of: NameOf, name: Option<NameId>| name.map(|name| self.name(of, name));
        CredentialFacts {
            kind: of(NameOf::Type, facts.kind),
            label: of(NameOf::Credential, facts.label),
            identity: of(NameOf::Account, facts.identity),
            owner: of(NameOf::Owner, facts.owner),
            storage: of(NameOf::Storage, facts.storage),
            tags: of(NameOf::Tags, facts.tags),
            ..facts.clone()
        }
    }

    fn instance_facts(&mut self, facts: &InstanceFacts) -> InstanceFacts {
        InstanceFacts {
            kind: facts.kind.map(|kind| self.name(NameOf::Type, kind)),
            owner: facts.owner.map(|owner| self.name(NameOf::Owner, owner)),
            ..facts.clone()
        }
    }
}
