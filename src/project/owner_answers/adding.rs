//! Adds rows behind those of an inventory, each with what it says of one thing.

use std::collections::HashMap;

use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{
    Access, CredentialFacts, CredentialId, FactsId, InstanceFacts, InstanceFactsId, Inventory,
    Level, Link, Place, Row, RowId, Source, SourceId,
};

/// An inventory to which rows are added.
pub(in crate::project) struct Adding<'a> {
    graph: &'a AccessGraph,
    pub(in crate::project) inventory: Inventory,
    facts: HashMap<CredentialFacts, FactsId>,
    no_facts: InstanceFactsId,
}

impl<'a> Adding<'a> {
    /// Adds to the inventory of a graph. Costs a copy of it.
    pub(in crate::project) fn to(graph: &'a AccessGraph) -> Self {
        let mut inventory = Inventory::clone(graph.inventory());
        let ids = (0..).map(FactsId);
        let facts = inventory.facts.iter().cloned().zip(ids).collect();
        let silent = InstanceFacts::default();
        let known = inventory.instance_facts.iter().position(|known| *known == silent);
        let at = known.unwrap_or_else(|| {
            inventory.instance_facts.push(silent);
            inventory.instance_facts.len() - 1
        });
        Self { graph, inventory, facts, no_facts: InstanceFactsId(at as u32) }
    }

    /// Adds a source; `None` where there are as many as can be counted.
    pub(in crate::project) fn source(&mut self, source: Source) -> Option<SourceId> {
        let at = u16::try_from(self.inventory.sources.len()).ok()?;
        let last = self.inventory.sources.last().map_or(0, |last| last.argument);
        self.inventory.sources.push(Source { argument: last.saturating_add(1), ..source });
        Some(SourceId(at))
    }

    pub(in crate::project) fn facts(&mut self, facts: CredentialFacts) -> FactsId {
        let inventory = &mut self.inventory;
        *self.facts.entry(facts).or_insert_with_key(|facts| {
            inventory.facts.push(facts.clone());
            FactsId(inventory.facts.len() as u32 - 1)
        })
    }

    /// Adds a row on a credential.
    pub(in crate::project) fn row_on(&mut self, at: CredentialIndex, facts: FactsId, place: Place) {
        let rows = self.graph.rows_of(at);
        let rows = rows.iter().filter_map(|row| self.inventory.rows.get(row.0 as usize));
        let mut rows = rows;
        let whole: Option<CredentialId> = rows.find_map(|row| row.credential);
        let row = RowId(self.inventory.rows.len() as u32);
        let instance_facts = self.no_facts;
        self.inventory.rows.push(Row { credential: whole, facts, instance_facts, place });
        let spoken = self.graph.spoken_credential(at).filter(|spoken| Some(*spoken) != whole);
        // The row is about one of those that a credential is parted into.
        self.inventory.parting.rows.extend(spoken.map(|spoken| (row, spoken)));
    }

    /// Adds a row on a service instance.
    pub(in crate::project) fn row_on_instance(&mut self, at: InstanceIndex, place: Place) {
        let Some(known) = self.link_to(at) else { return };
        let facts = self.facts(CredentialFacts::default());
        let row = RowId(self.inventory.rows.len() as u32);
        let instance_facts = self.no_facts;
        self.inventory.rows.push(Row { credential: None, facts, instance_facts, place });
        let (access, level) = (Access::Unstated, Level::Unknown);
        self.inventory.links.push(Link { row, access, level, ..known });
    }

    /// A link of the inventory that leads to an instance.
    pub(in crate::project) fn link_to(&self, at: InstanceIndex) -> Option<Link> {
        let (inventory, row) = (&self.inventory, *self.graph.rows_of_instance(at).first()?);
        let first = inventory.links.partition_point(|link| link.row < row);
        let of_row = inventory.links.iter().skip(first).take_while(|link| link.row == row);
        let (service, label) =
            (self.graph.instance(at).service, &self.graph.environment_of(at).label);
        let environments = &self.graph.assumptions().environments;
        let is_it = |link: &&Link| {
            let spoken = inventory.instances.get(link.instance.0 as usize);
            spoken.is_some_and(|spoken| {
                let written = inventory.text(spoken.environment);
                spoken.service == service && environments.canonical(written) == *label
            })
        };
        of_row.copied().find(|link| is_it(&link))
    }
}
