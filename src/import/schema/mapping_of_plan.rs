//! How a table is read, written as a mapping file.

use crate::import::csv::dialect::Dialect;
use crate::import::schema::column_keys::keys;
use crate::import::schema::column_mapping::{ColumnMapping, UNUSED};
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;

/// The mapping by which a table is read, so that it can be kept, corrected and shared.
pub(crate) fn mapping_of(plan: &Plan) -> ColumnMapping {
    let schema = &plan.schema;
    let packed = schema.dialect == Dialect::PACKED;
    let keys = keys(&schema.header);
    let names = keys.iter().enumerate().filter(|(_, name)| !name.is_empty());
    let harmless =
        schema.remapped_secrets.iter().filter(|remapped_secrets| remapped_secrets.harmless);
    let no_secrets_in =
        harmless.filter_map(|remapped_secrets| keys.get(remapped_secrets.column)).cloned();
    let meaning = |at: usize| {
        let columns = plan.columns();
        let found = columns.meanings().find(|(_, column)| *column == at);
        match found {
            Some((meaning, _)) => meaning.name(),
            None if columns.other_secrets.contains(&at) => Meaning::OtherSecret.name(),
            None => plan.duplicate(at).map_or(UNUSED, |duplicate| duplicate.meaning.name()),
        }
    };
    ColumnMapping {
        file: None,
        delimiter: (!packed).then(|| char::from(schema.dialect.delimiter)),
        quote: (!packed).then(|| char::from(schema.dialect.quote)),
        header_line: schema.has_no_header().then_some(0),
        encoding: None,
        no_secrets_in: no_secrets_in.collect(),
        columns: names.map(|(at, name)| (name.clone(), meaning(at).to_owned())).collect(),
    }
}
