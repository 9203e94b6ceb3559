//! How a table is read, written as a mapping file.

use crate::import::csv::dialect::Dialect;
use crate::import::schema::column_keys::keys;
use crate::import::schema::column_mapping::{ColumnMapping, UNUSED};
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;

/// The mapping by which a table is read, so that it can be kept, corrected and shared.
pub(crate) fn mapping_of(plan: &Plan) -> ColumnMapping {
    let reading = &plan.reading;
    let packed = reading.dialect == Dialect::PACKED;
    let keys = keys(&reading.header);
    let names = keys.iter().enumerate().filter(|(_, name)| !name.is_empty());
    let harmless = reading.renamed.iter().filter(|renamed| renamed.harmless);
    let no_secrets_in = harmless.filter_map(|renamed| keys.get(renamed.column)).cloned();
    let meaning = |at: usize| {
        let columns = plan.columns();
        let found = columns.meanings().find(|(_, column)| *column == at);
        match found {
            Some((meaning, _)) => meaning.name(),
            None if columns.other_secrets.contains(&at) => Meaning::OtherSecret.name(),
            None => plan.double(at).map_or(UNUSED, |double| double.meaning.name()),
        }
    };
    ColumnMapping {
        delimiter: (!packed).then(|| char::from(reading.dialect.delimiter)),
        quote: (!packed).then(|| char::from(reading.dialect.quote)),
        header_line: reading.has_no_header().then_some(0),
        encoding: None,
        no_secrets_in: no_secrets_in.collect(),
        columns: names.map(|(at, name)| (name.clone(), meaning(at).to_owned())).collect(),
    }
}
