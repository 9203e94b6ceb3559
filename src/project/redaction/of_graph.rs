//! A graph under pseudonyms, in which every index means what it meant.

use std::sync::Arc;

use super::field_text::FieldText;
use super::names::Redaction;
use crate::graph::{AccessGraph, OtherNames, OtherTexts};
use crate::inventory::{Assumptions, Inventory};
use crate::project::pseudonyms::NameOf;

/// An inventory under pseudonyms, and which of its texts stands for which.
#[derive(Clone, Debug)]
pub struct HiddenInventory {
    /// The inventory.
    pub inventory: Arc<Inventory>,
    texts: OtherTexts,
}

impl Redaction {
    /// The inventory under pseudonyms, to be put into its graph.
    pub fn hidden_inventory(&self, open: &Inventory, policy: &Assumptions) -> HiddenInventory {
        let (inventory, texts) = self.inventory_and_texts(open, policy);
        HiddenInventory { inventory: Arc::new(inventory), texts }
    }

    /// A graph with pseudonyms in the place of its names: all that is worked out over it knows only
    /// these, and nothing moves. Costs time in proportion to nodes and edges.
    pub fn graph(&self, graph: AccessGraph, hidden: &HiddenInventory) -> AccessGraph {
        let open = graph.inventory().clone();
        let fields = FieldText::new(self);
        let owners = graph.owners().iter();
        let environments = graph.environments().iter();
        let other = OtherNames {
            inventory: hidden.inventory.clone(),
            assumptions: self.policy(graph.assumptions()),
            texts: &hidden.texts,
            owners: owners.map(|own| self.of(NameOf::Owner, own).into_owned()).collect(),
            environments: environments
                .map(|own| self.of(NameOf::Environment, &own.label).into_owned())
                .collect(),
            made_names: graph.made_names().iter().map(|own| self.credential(own)).collect(),
            problems: graph
                .problems()
                .iter()
                .map(|own| self.problem(own, &open, &fields))
                .collect(),
        };
        graph.renamed(other)
    }
}
