//! How a table is read, written as a mapping file.

use crate::import::csv::dialect::{Dialect, ESCAPE};
use crate::import::schema::column_keys::keys;
use crate::import::schema::column_mapping::{ColumnMapping, UNUSED};
use crate::import::schema::list_facts;
use crate::import::schema::mapping_rules::MappingRules;
use crate::import::schema::names_decision::EnvironmentInNames;
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
        let columns = &plan.shared_columns;
        let found = columns.meanings().find(|(_, column)| *column == at);
        match found {
            Some((meaning, _)) => meaning.name(),
            None if columns.other_secrets.contains(&at) => Meaning::OtherSecret.name(),
            None => list_facts::further_fact(schema, at)
                .or_else(|| plan.further_meaning(at))
                .map_or(UNUSED, Meaning::name),
        }
    };
    let decision = schema.environment_in_names;
    ColumnMapping {
        file: None,
        table: None,
        delimiter: (!packed).then(|| char::from(schema.dialect.delimiter)),
        quote: (!packed).then(|| char::from(schema.dialect.quote)),
        escape: schema.dialect.has_escape.then_some(char::from(ESCAPE)),
        header_line: schema.has_no_header().then_some(0),
        encoding: None,
        environment_in_names: (schema.names_carry || decision != EnvironmentInNames::default())
            .then_some(decision),
        no_secrets_in: no_secrets_in.collect(),
        columns: names.map(|(at, name)| (name.clone(), meaning(at).to_owned())).collect(),
        words: schema.words.as_ref().clone(),
        rows: MappingRules::of_table(plan.rules(), schema.marks.as_ref(), &keys),
    }
}
