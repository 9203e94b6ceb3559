//! Scenarios: named lists of fixes, of which one can take the place of the what-if list.

use std::collections::BTreeMap;

use crate::project::fixes::{Fixes, NamedFix};
use crate::project::subject_name::CredentialName;

/// A named list of fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its name, which no other one has.
    pub name: String,
    /// The fixes, in the order in which they are made.
    pub fixes: Fixes,
}

/// The scenarios, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenarios(Vec<Scenario>);

impl Scenarios {
    /// Scenarios of fixes, each with the name of its own; one that has a name and no fix is empty.
    pub fn of(names: Vec<String>, fixes: Vec<(String, NamedFix)>) -> Self {
        let mut by_name: BTreeMap<String, Vec<NamedFix>> = BTreeMap::new();
        for (name, fix) in fixes {
            by_name.entry(name).or_default().push(fix);
        }
        let scenario = |name: String| {
            let fixes = Fixes::of(by_name.remove(&name).unwrap_or_default());
            Scenario { name, fixes }
        };
        Self(names.into_iter().map(scenario).collect())
    }

    /// The scenarios in order.
    pub fn list(&self) -> &[Scenario] {
        &self.0
    }

    /// The scenario of a name.
    pub fn named(&self, name: &str) -> Option<&Scenario> {
        self.0.iter().find(|own| own.name == name)
    }

    /// A name that no scenario has yet: the wanted one, or else with a number behind it.
    pub fn free_name(&self, wanted: &str) -> String {
        let wanted = match wanted.trim() {
            "" => "Scenario",
            wanted => wanted,
        };
        let numbered = (2..).map(|number| format!("{wanted} {number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names.find(|name| self.named(name).is_none()).unwrap_or_default()
    }

    /// Adds a scenario, under a name that is free; which one that is.
    pub fn add(&mut self, wanted: &str, fixes: Fixes) -> String {
        let name = self.free_name(wanted);
        self.0.push(Scenario { name: name.clone(), fixes });
        name
    }

    /// Puts other fixes into a scenario. Says whether it is there.
    pub fn put(&mut self, name: &str, fixes: Fixes) -> bool {
        let Some(own) = self.0.iter_mut().find(|own| own.name == name) else { return false };
        own.fixes = fixes;
        true
    }

    /// Gives a scenario another name, if it is free. Says whether it was.
    pub fn rename_one(&mut self, name: &str, wanted: &str) -> bool {
        let wanted = wanted.trim();
        if wanted.is_empty() || self.named(wanted).is_some() {
            return false;
        }
        let Some(own) = self.0.iter_mut().find(|own| own.name == name) else { return false };
        wanted.clone_into(&mut own.name);
        true
    }

    /// Takes a scenario away. Says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|own| own.name != name);
        self.0.len() < before
    }

    /// Gives credentials the names under which a newer inventory has them.
    pub fn rename(&mut self, newer: impl Fn(&CredentialName) -> CredentialName) {
        for scenario in &mut self.0 {
            scenario.fixes.rename(&newer);
        }
    }
}
