//! The names in a report of earlier, under the pseudonyms of the inventory that is compared with it.

use std::collections::BTreeSet;

use super::names::{Gathered, Redaction};
use crate::inventory::{Assumptions, Inventory};
use crate::project::pseudonyms::NameOf;

/// The names in a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportNames {
    /// Ids of credentials, as they are printed.
    pub credentials: BTreeSet<String>,
    /// Services.
    pub services: BTreeSet<String>,
    /// Canonical labels of environments.
    pub environments: BTreeSet<String>,
    /// Files.
    pub files: BTreeSet<String>,
}

impl Redaction {
    /// Gives pseudonyms to the names of a report, and of the policy that it was written under, that have none
    /// yet. None changes.
    pub fn learn_report(&mut self, names: &ReportNames, policy: &Assumptions) {
        self.learn(&Inventory::default(), policy);
        let mut gathered = Gathered::default();
        for id in &names.credentials {
            gathered.add(NameOf::Credential, id);
        }
        for (of, names) in
            [(NameOf::Service, &names.services), (NameOf::Environment, &names.environments)]
        {
            for name in names {
                gathered.add(of, name);
            }
        }
        // A file that was read by another path keeps its pseudonym.
        for file in names.files.iter().filter(|file| self.same_file(file).is_none()) {
            gathered.add(NameOf::File, file);
        }
        self.give(&gathered);
    }

    /// What stands in the place of a credential's printed id.
    pub fn credential_of_report(&self, id: &str) -> String {
        self.credential(id)
    }

    /// What stands in the place of a service's name.
    pub fn service_of_report(&self, service: &str) -> String {
        self.of(NameOf::Service, service).into_owned()
    }

    /// What stands in the place of the label of an environment.
    pub fn environment_of_report(&self, label: &str) -> String {
        self.of(NameOf::Environment, label).into_owned()
    }

    /// What stands in the place of the name of a file: that of the one with the same last part where no file
    /// of this whole name is known.
    pub fn file_of_report(&self, file: &str) -> String {
        let known = self.same_file(file).unwrap_or(file);
        self.of(NameOf::File, known).into_owned()
    }

    /// The known file of this name, or of the same last part.
    fn same_file<'a>(&'a self, file: &str) -> Option<&'a str> {
        let last = |name: &'a str| name.rsplit(['/', '\\']).next().unwrap_or(name);
        let wanted = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let known = self.pseudonyms.of(NameOf::File)?;
        let mut names = known.names();
        let same = known.names().find(|name| *name == file.trim());
        same.or_else(|| names.find(|name| last(name) == wanted))
    }
}
