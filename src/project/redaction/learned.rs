//! Pseudonyms for the names of an inventory, a policy and all that the user made.

use std::collections::BTreeSet;

use super::names::{Gathered, Redaction};
use super::{of_inventory, of_policy, of_project, of_scenes, of_workshop};
use crate::inventory::{Assumptions, Inventory, NameId};
use crate::project::Project;
use crate::project::pseudonyms::{KeptPseudonyms, RedactedKinds};

impl Redaction {
    /// The pseudonyms of all names of an inventory under a policy.
    ///
    /// Without a project they follow from the names alone, so that the same files give the same ones.
    /// Costs a sort of the names, and a search through them for each word that pseudonyms are made of.
    pub fn new(kinds: RedactedKinds, inventory: &Inventory, policy: &Assumptions) -> Self {
        let mut redaction = Self { kinds, ..Self::default() };
        redaction.learn(inventory, policy);
        redaction
    }

    /// The pseudonyms that a project keeps, and no more yet.
    pub fn kept_by(kinds: RedactedKinds, project: &Project) -> Self {
        Self { kinds, pseudonyms: KeptPseudonyms::clone(&project.pseudonyms), ..Self::default() }
    }

    /// The same of all names in what the user made: those that the project keeps, and new ones for the
    /// rest.
    pub fn of_project(kinds: RedactedKinds, project: &Project) -> Self {
        let mut redaction = Self::kept_by(kinds, project);
        redaction.learn_project(project);
        redaction
    }

    /// All pseudonyms, for the project to keep.
    pub fn pseudonyms(&self) -> &KeptPseudonyms {
        &self.pseudonyms
    }

    /// Gives pseudonyms to the names of an inventory and a policy that have none yet. None changes.
    pub fn learn(&mut self, inventory: &Inventory, policy: &Assumptions) {
        let mut gathered = Gathered::default();
        of_inventory::gather(inventory, &policy.environments, &mut gathered);
        of_policy::gather(policy, &mut gathered);
        self.give(&gathered);
        self.note_labels(inventory, policy);
    }

    /// Remembers which labels an inventory has.
    fn note_labels(&mut self, inventory: &Inventory, policy: &Assumptions) {
        let written: BTreeSet<NameId> =
            inventory.instances.iter().map(|instance| instance.environment).collect();
        let labels = written.into_iter().map(|label| inventory.text(label));
        self.labels.extend(labels.map(|label| policy.environments.canonical(label)));
    }

    /// The same for all names in what the user made.
    fn learn_project(&mut self, project: &Project) {
        let mut gathered = Gathered::default();
        let policy = &project.assumptions;
        if let Some(inventory) = &project.sources.inventory {
            of_inventory::gather(inventory, &policy.environments, &mut gathered);
        }
        of_policy::gather(policy, &mut gathered);
        of_project::gather(project, &mut gathered);
        of_scenes::gather(&project.scenes, &mut gathered);
        of_workshop::gather(&project.workshop, &mut gathered);
        self.give(&gathered);
        if let Some(inventory) = &project.sources.inventory {
            self.note_labels(inventory, policy);
        }
    }
}
