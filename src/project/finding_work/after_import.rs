//! What a newer import makes of the register: what is new, gone, worse, shown again, or not observed.

use super::decision::Decision;
use super::finding_name::FindingName;
use super::register::{
    FindingRecord, FindingRegister, ImportFigures, ImportNumber, ImportPoint, MissingSource,
    Sighting,
};
use super::standings::Standings;
use crate::analysis::{Answers, Explanation, FindingChanges, Lacking, Severity};
use crate::inventory::{Date, Inventory};
use crate::project::subject_name::CredentialName;

/// The findings of what was open and of what takes its place, under one policy.
#[derive(Clone, Copy)]
pub struct ImportedFindings<'a> {
    /// The answers on what was open.
    pub old: &'a Answers,
    /// The answers on what takes its place.
    pub new: &'a Answers,
    /// What differs between the findings of the two.
    pub changes: &'a FindingChanges,
}

/// The register after an import on a day. The register given has the names of the newer inventory
/// already, and `before` is the same with those of the older one; `newer` gives the newer names for the
/// findings of the older one.
///
/// Costs time in proportion to the changes and the records.
pub fn after_import(
    (before, register): (&FindingRegister, &FindingRegister),
    findings: ImportedFindings<'_>,
    on: Date,
    newer: impl Fn(&CredentialName) -> CredentialName,
) -> FindingRegister {
    let ImportedFindings { old, new, changes } = findings;
    let mut register = register.clone();
    if register.imports.is_empty() {
        register.imports.push(ImportPoint { on, figures: None });
    }
    let figures = ImportFigures::of(old, &Standings::of(old, before));
    if let Some(last) = register.imports.last_mut() {
        last.figures = Some(figures);
    }
    register.imports.push(ImportPoint { on, figures: None });
    let now = register.last_import();
    let old_name = |at: usize| {
        let finding = old.findings.get(at)?;
        Some(FindingName::of(&old.graph, finding).renamed(&newer))
    };
    let new_name =
        |at: usize| new.findings.get(at).map(|finding| FindingName::of(&new.graph, finding));
    for name in changes.gone.iter().filter_map(|&at| old_name(at)) {
        register.records.entry(name).or_default().sighting = Sighting::Gone(now);
    }
    for one in &changes.not_observed {
        let Some(name) = old_name(one.old) else { continue };
        let missing = missing(old.graph.inventory(), &one.lacking);
        let record = register.records.entry(name).or_default();
        record.sighting = Sighting::NotObserved(now, missing);
    }
    for name in changes.worse.iter().filter_map(|one| new_name(one.new)) {
        register.records.entry(name).or_default().worse = Some(now);
    }
    for &at in &changes.new {
        let Some(name) = new_name(at) else { continue };
        let lacking = match changes.explained.get(&at) {
            Some(Explanation::NotObserved(lacking)) => missing(old.graph.inventory(), lacking),
            Some(Explanation::Revoked) | None => Vec::new(),
        };
        show(&mut register, name, (now, lacking));
    }
    // What is shown again was never gone.
    resolve_what_can_be_observed(&mut register, new.graph.inventory(), now);
    disprove_fixes(&mut register, now);
    register
}

/// Whoever said that something is fixed is disproved by an import that still shows it.
fn disprove_fixes(register: &mut FindingRegister, now: ImportNumber) {
    for record in register.records.values_mut() {
        if record.sighting == Sighting::Shown && record.decision == Decision::WaitingForProof {
            record.reopened = Some(now);
            record.decision = Decision::Open;
        }
    }
}

/// Notes that an import shows a finding that the one before did not, perhaps for lack of something.
fn show(
    register: &mut FindingRegister,
    name: FindingName,
    (now, lacking): (ImportNumber, Vec<MissingSource>),
) {
    match register.records.get_mut(&name) {
        None => {
            let record = FindingRecord {
                first_seen: now,
                shown_for_lack_of: lacking,
                ..FindingRecord::default()
            };
            register.records.insert(name, record);
        }
        Some(record) => {
            if matches!(record.sighting, Sighting::Gone(_)) {
                record.reopened = Some(now);
                record.decision = Decision::Open;
            }
            record.sighting = Sighting::Shown;
        }
    }
}

/// What could not be observed is gone once everything is there again that would show it.
fn resolve_what_can_be_observed(
    register: &mut FindingRegister,
    new: &Inventory,
    now: ImportNumber,
) {
    for record in register.records.values_mut() {
        if let Sighting::NotObserved(since, missing) = &record.sighting
            && *since < now
            && missing.iter().all(|one| has(new, one))
        {
            record.sighting = Sighting::Gone(now);
        }
    }
}

/// Whether an inventory has a file or column that was missing, by its name.
fn has(inventory: &Inventory, missing: &MissingSource) -> bool {
    let MissingSource { file, column, rejected } = missing;
    inventory.sources.iter().filter(|source| last_part(&source.name) == last_part(file)).any(
        |source| match column {
            None => rejected.is_none_or(|most| source.ledger.rejected <= most),
            Some(column) => {
                source.columns.iter().any(|own| own.name == *column && own.meaning.is_some())
            }
        },
    )
}

fn last_part(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

fn missing(old: &Inventory, lacking: &[Lacking]) -> Vec<MissingSource> {
    let of = |one: &Lacking| MissingSource {
        file: one.file(old).to_owned(),
        column: one.column(old).map(str::to_owned),
        rejected: one.rejected_before(old),
    };
    let mut missing: Vec<MissingSource> = lacking.iter().map(of).collect();
    missing.sort();
    missing.dedup();
    missing
}

impl ImportFigures {
    /// The figures of answers, whose findings stand so.
    pub fn of(answers: &Answers, standings: &Standings) -> Self {
        let exposure = &answers.exposure;
        let mut figures = Self {
            pairs: exposure.pairs,
            connected: exposure.connected_pairs,
            connected_stated: exposure.connected_pairs_stated,
            ..Self::default()
        };
        for finding in &answers.findings {
            if standings.is_accepted(finding) {
                figures.accepted += 1;
            } else if let Some(count) = figures.open.get_mut(finding.severity.rank()) {
                *count += 1;
            }
        }
        figures
    }

    /// How many findings are open, whatever their severity.
    pub fn open_total(&self) -> u64 {
        let [critical, high, medium, low] = self.open;
        critical + high + medium + low
    }

    /// How many findings of a severity are open.
    pub fn open_of(&self, severity: Severity) -> u64 {
        self.open.get(severity.rank()).copied().unwrap_or_default()
    }
}
