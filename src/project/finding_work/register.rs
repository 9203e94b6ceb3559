//! All that is known of findings beyond the inventory: decisions, and what each import showed.
//!
//! A finding without a record is open and was there at the first import. So the register stays small
//! where an inventory has millions of findings of which nobody decided anything yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decision::Decision;
use super::finding_name::FindingName;
use crate::inventory::Date;
use crate::project::subject_name::CredentialName;

/// The place of an import among those of a project.
pub type ImportNumber = u32;

/// What an import gave, under what was assumed when the next one came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportFigures {
    /// Pairs of entry point and crown jewel.
    pub pairs: u64,
    /// How many of them some path connects.
    pub connected: u64,
    /// How many of them stated access alone connects.
    pub connected_stated: u64,
    /// Findings by severity, the worst first, without those whose risk is accepted.
    pub open: [u64; 4],
    /// Findings whose risk is accepted.
    pub accepted: u64,
}

/// One import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportPoint {
    /// The day.
    pub on: Date,
    /// What it gave; nothing for the last one, which is answered anew each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<ImportFigures>,
}

/// What would have to be there to say whether a finding is gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingSource {
    /// The file.
    pub file: String,
    /// The column of it; nothing where the whole file is missing, or rows of it are.
    pub column: Option<String>,
    /// How many rows of it may be rejected at most, where too many were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<u64>,
}

/// Whether the last import shows a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sighting {
    /// It does.
    #[default]
    Shown,
    /// It does not, and would if the finding were still true; so since this import.
    Gone(ImportNumber),
    /// It cannot say, since this import, for lack of these.
    NotObserved(ImportNumber, Vec<MissingSource>),
}

/// What is known of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FindingRecord {
    /// The import that showed it first.
    #[serde(skip_serializing_if = "is_first")]
    pub first_seen: ImportNumber,
    /// Whether the last import shows it.
    #[serde(skip_serializing_if = "is_shown")]
    pub sighting: Sighting,
    /// The import that showed it again after it was gone, or after it was said to be fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopened: Option<ImportNumber>,
    /// The last import that showed it more severe than the one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worse: Option<ImportNumber>,
    /// What was missing when it was first shown, where that alone may be why it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown_for_lack_of: Vec<MissingSource>,
    /// What was decided.
    #[serde(skip_serializing_if = "is_open")]
    pub decision: Decision,
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

impl FindingRecord {
    /// Whether anybody decided anything, and did not only import.
    pub fn is_decided(&self) -> bool {
        self.decision != Decision::Open || self.assignee.is_some() || self.due.is_some()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_first(number: &ImportNumber) -> bool {
    *number == 0
}

fn is_shown(sighting: &Sighting) -> bool {
    *sighting == Sighting::Shown
}

fn is_open(decision: &Decision) -> bool {
    *decision == Decision::Open
}

/// All that is known of findings beyond the inventory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingRegister {
    /// The imports, the first one first; none where nothing was imported yet.
    pub imports: Vec<ImportPoint>,
    /// What is known of findings, by name.
    pub records: BTreeMap<FindingName, FindingRecord>,
}

impl FindingRegister {
    /// The register of an inventory that was imported for the first time.
    pub fn begun(on: Date) -> Self {
        Self { imports: vec![ImportPoint { on, figures: None }], records: BTreeMap::new() }
    }

    /// The number of the last import; 0 where there was none.
    pub fn last_import(&self) -> ImportNumber {
        self.imports.len().saturating_sub(1) as ImportNumber
    }

    /// The day of an import.
    pub fn day_of(&self, import: ImportNumber) -> Option<Date> {
        self.imports.get(import as usize).map(|point| point.on)
    }

    /// Changes what is known of findings. A record that says nothing any more is dropped.
    pub fn change(&mut self, names: &[FindingName], change: impl Fn(&mut FindingRecord)) {
        for name in names {
            let mut record = self.records.remove(name).unwrap_or_default();
            change(&mut record);
            if record != FindingRecord::default() {
                self.records.insert(name.clone(), record);
            }
        }
    }

    /// Gives credentials the names under which a newer inventory has them. Where two findings get one
    /// name, the one stays of which more is known.
    pub fn rename(&mut self, newer: impl Fn(&CredentialName) -> CredentialName) {
        let mut renamed = BTreeMap::new();
        for (name, mut record) in std::mem::take(&mut self.records) {
            let name = name.renamed(&newer);
            if let Decision::Planned(planned) = &mut record.decision {
                planned.fix = planned.fix.as_ref().map(&newer);
            }
            let known: Option<&FindingRecord> = renamed.get(&name);
            if known.is_none_or(|known| known.decision == Decision::Open) {
                renamed.insert(name, record);
            }
        }
        self.records = renamed;
    }
}
