//! Which fix of a scenario a finding is planned to go with.

use serde::{Deserialize, Serialize};

use super::finding_name::FindingName;
use crate::project::scenarios::{Scenario, Scenarios};
use crate::project::subject_name::CredentialName;

/// Which fix of which scenario a finding is planned to go with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "PlannedEntry")]
pub struct PlannedFix {
    /// The name of the scenario.
    pub scenario: String,
    /// The credential that the fix changes; nothing in projects that kept the name of a scenario alone.
    pub fix: Option<CredentialName>,
}

/// As it is read: files up to version 4 had the name of a scenario alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum PlannedEntry {
    Scenario(String),
    #[serde(rename_all = "kebab-case")]
    Fix {
        scenario: String,
        fix: Option<CredentialName>,
    },
}

impl From<PlannedEntry> for PlannedFix {
    fn from(entry: PlannedEntry) -> Self {
        match entry {
            PlannedEntry::Scenario(scenario) => Self { scenario, fix: None },
            PlannedEntry::Fix { scenario, fix } => Self { scenario, fix },
        }
    }
}

impl PlannedFix {
    /// The fix of a scenario that a finding goes with: the one that was chosen; without a choice the one
    /// that changes the credential of the finding, or else the only one. `None` where the scenario has no
    /// such fix, or several and none on that credential.
    pub fn of(
        scenario: &Scenario,
        chosen: Option<&CredentialName>,
        finding: &FindingName,
    ) -> Option<Self> {
        let fixes = scenario.fixes.list();
        let has = |name: &&CredentialName| fixes.iter().any(|fix| fix.credential == **name);
        let fix = match (chosen, finding.credential().filter(has)) {
            (Some(chosen), _) => Some(chosen).filter(has)?,
            (None, Some(own)) => own,
            (None, None) => {
                let first = &fixes.first()?.credential;
                fixes.iter().all(|fix| fix.credential == *first).then_some(first)?
            }
        };
        Some(Self { scenario: scenario.name.clone(), fix: Some(fix.clone()) })
    }

    /// Whether the scenario is there and has the fix.
    pub fn is_in(&self, scenarios: &Scenarios) -> bool {
        let Some(scenario) = scenarios.named(&self.scenario) else { return false };
        let has =
            |name: &CredentialName| scenario.fixes.list().iter().any(|fix| fix.credential == *name);
        self.fix.as_ref().is_none_or(has)
    }

    /// In words: "planned in “Q1”, by what it does to deploy-key".
    pub fn words(&self) -> String {
        let Self { scenario, fix } = self;
        let fix = fix.as_ref();
        let fix = fix.map(|fix| format!(", by what it does to {}", fix.as_str()));
        format!("planned in “{scenario}”{}", fix.unwrap_or_default())
    }
}
