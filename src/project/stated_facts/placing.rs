//! The rows of facts, behind those that were imported.

use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{
    CredentialFacts, Date, FactSet, Inventory, Link, Place, RowId, Source, SourceId,
    SpokenInstance, SpokenInstanceId,
};
use crate::project::owner_answers::Adding;
use crate::project::workshop::StatedFact;

/// What the source of a day is called.
pub(super) fn source_name(on: Date) -> String {
    format!("workshop {on}")
}

/// An inventory to which facts are added.
pub(super) struct Placing<'a> {
    graph: &'a AccessGraph,
    adding: Adding<'a>,
}

impl<'a> Placing<'a> {
    /// Adds to the inventory of a graph. Costs a copy of it.
    pub(super) fn to(graph: &'a AccessGraph) -> Self {
        Self { graph, adding: Adding::to(graph) }
    }

    /// Adds the row of a fact on a credential; `None` where there are as many sources as can be counted.
    pub(super) fn place(
        &mut self,
        fact: &StatedFact,
        (at, on): (CredentialIndex, Date),
    ) -> Option<()> {
        let source = self.source(on)?;
        let facts = self.adding.facts(CredentialFacts::default());
        self.adding.row_on(at, facts, Place { source, line: fact.line });
        let instance = self.spoken(fact);
        let inventory = &mut self.adding.inventory;
        let row = RowId(inventory.rows.len().saturating_sub(1) as u32);
        let (access, level) = (fact.access, fact.level);
        inventory.links.push(Link { row, instance, instance_assumed: false, access, level });
        if let Some(source) = inventory.sources.last_mut() {
            source.ledger.accepted += 1;
        }
        Some(())
    }

    /// The inventory with the facts.
    pub(super) fn done(self) -> Inventory {
        self.adding.inventory
    }

    /// The source of a day, if nothing else stands behind it; else another one.
    fn source(&mut self, on: Date) -> Option<SourceId> {
        let sources = &self.adding.inventory.sources;
        if sources.last().is_some_and(|last| last.stated == Some(on)) {
            return u16::try_from(sources.len() - 1).ok().map(SourceId);
        }
        let own = sources.iter().filter(|source| source.stated == Some(on)).count();
        let name = match own {
            0 => source_name(on),
            before => format!("{} ({})", source_name(on), before + 1),
        };
        self.adding.source(Source {
            notes: vec![format!("stated in the workshop of {on}; no file has it")],
            facts: FactSet::ALL,
            stated: Some(on),
            ..Source::new(name)
        })
    }

    /// The service instance as rows speak of it; a new one where none does.
    fn spoken(&mut self, fact: &StatedFact) -> SpokenInstanceId {
        let known = fact.instance.found_in(self.graph);
        if let Some(link) = known.and_then(|at| self.adding.link_to(at)) {
            return link.instance;
        }
        let inventory = &mut self.adding.inventory;
        let spoken = SpokenInstance {
            service: inventory.names.intern(&fact.instance.service),
            environment: inventory.names.intern(&fact.instance.environment),
        };
        let found = inventory.instances.iter().position(|own| *own == spoken);
        let at = found.unwrap_or_else(|| {
            inventory.instances.push(spoken);
            inventory.instances.len() - 1
        });
        SpokenInstanceId(at as u32)
    }
}
