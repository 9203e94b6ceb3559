//! The order of what is found once all rows are read.

use crate::import::error::ImportError;
use crate::import::resolve::identity::IdNamespace;
use crate::import::resolve::misplaced_secrets::ImportedValues;
use crate::import::resolve::swapped_columns::SwappableHeadings;
use crate::import::resolve::{
    confusables, identity, joins, ledger, look_alikes, misplaced_secrets, spreadsheet_damage,
    swapped_columns, unclear_cells,
};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::inventory::{Inventory, Progress};

/// What is known of tables only while they are read.
#[derive(Default)]
pub(crate) struct ReadTables {
    /// By source: with which others its ids match.
    pub(crate) namespaces: Vec<IdNamespace>,
    /// What the tables call the columns that may be swapped.
    pub(crate) headings: Vec<SwappableHeadings>,
}

/// Finds what all rows say together, once they are read.
///
/// # Errors
/// Where somebody asked to stop.
pub(crate) fn resolve(
    mut builder: InventoryBuilder,
    tables: &ReadTables,
    fingerprinter: &Fingerprinter,
    progress: &Progress,
) -> Result<(Inventory, ImportedValues), ImportError> {
    check_cancelled(progress)?;
    let values = misplaced_secrets::values_of(&mut builder, fingerprinter);
    if builder.has_values {
        misplaced_secrets::mask(&mut builder, &values, (fingerprinter, progress))?;
    }
    unclear_cells::reveal(&mut builder, fingerprinter);
    swapped_columns::report(&mut builder, &tables.headings);
    check_cancelled(progress)?;
    let known_by = identity::resolve(&mut builder, &tables.namespaces, progress)?;
    let joins = joins::find(&builder, &tables.namespaces, known_by.len(), progress)?;
    let InventoryBuilder { mut inventory, subjects, mut continuations, environments, .. } = builder;
    continuations.sort_unstable();
    let rows = ledger::Rows { subjects: &subjects, continuations: &continuations };
    ledger::fill(&mut inventory, rows, &known_by, progress)?;
    joins.fill(&mut inventory, &subjects);
    look_alikes::report(&mut inventory);
    check_cancelled(progress)?;
    spreadsheet_damage::report_lost_zeros(&mut inventory, &subjects);
    check_cancelled(progress)?;
    confusables::report(&mut inventory, &subjects, &environments);
    spreadsheet_damage::report(&mut inventory, &subjects);
    check_cancelled(progress)?;
    inventory.problems.sort_by_key(|problem| problem.place);
    Ok((inventory, values))
}

/// # Errors
/// Where somebody asked to stop.
pub(crate) fn check_cancelled(progress: &Progress) -> Result<(), ImportError> {
    if progress.is_cancelled() { Err(ImportError::Cancelled) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::rows::subject::RowSubject;
    use crate::import::secrets::fingerprint::FingerprintKey;
    use crate::inventory::{CredentialFacts, InstanceFacts, Place, Row, SourceId};

    /// As after reading one row that says nothing.
    fn builder(fingerprinter: &Fingerprinter) -> InventoryBuilder {
        let mut builder = InventoryBuilder::new();
        let fingerprint = Some(builder.fingerprint(fingerprinter.of_value("hunter2")));
        let facts = builder.facts(CredentialFacts::default());
        let instance_facts = builder.instance_facts(InstanceFacts::default());
        let place = Place { source: SourceId(0), line: 1 };
        let row = Row { credential: None, facts, instance_facts, place };
        builder.inventory.rows.push(row);
        builder.subjects.push(RowSubject::Credential { id: None, fingerprint });
        builder
    }

    #[test]
    fn every_phase_after_reading_stops_when_nobody_waits() {
        let fingerprinter = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let (go, stop) = (Progress::default(), Progress::default());
        stop.cancel();
        let cancelled = ImportError::Cancelled;
        let mut read = builder(&fingerprinter);
        let values = misplaced_secrets::values_of(&mut read, &fingerprinter);
        let masked = misplaced_secrets::mask(&mut read, &values, (&fingerprinter, &stop));
        assert_eq!(masked.unwrap_err(), cancelled);
        assert_eq!(identity::resolve(&mut read, &[0], &stop).unwrap_err(), cancelled);
        let known_by = identity::resolve(&mut read, &[0], &go).unwrap();
        assert_eq!(read.inventory.rows[0].credential.map(|one| one.0), Some(0));
        let InventoryBuilder { mut inventory, subjects, continuations, .. } = read;
        let rows = ledger::Rows { subjects: &subjects, continuations: &continuations };
        let filled = ledger::fill(&mut inventory, rows, &known_by, &stop);
        assert_eq!(filled.unwrap_err(), cancelled);
        let tables = ReadTables { namespaces: vec![0], headings: Vec::new() };
        let all = |progress| resolve(builder(&fingerprinter), &tables, &fingerprinter, progress);
        assert_eq!(all(&stop).unwrap_err(), cancelled);
        assert!(all(&go).is_ok());
    }
}
