//! What is kept of how a table was read: notes, columns with their meanings, and what was not read.

use crate::import::csv::sample::SampledTable;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::counts::Counts;
use crate::import::rows::table::Table;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::mapping_file::why_unused;
use crate::import::schema::marked::Marked;
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::row_plan::Plans;
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::schema::unread_columns::{UnreadColumn, unread_columns};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::shown;
use crate::inventory::{Fact, FactSet, Place, ProblemKind, Source, SourceColumn};

/// Fills in how a table was read, and what became of its rows. `mappings` are the column mappings that
/// the user named; `has_assumed` says whether any
/// environment was read from a name, and nobody confirmed that.
pub(crate) fn fill(
    source: &mut Source,
    table: &Table<'_>,
    (counts, has_assumed): (&Counts, bool),
    mappings: &[ColumnMapping],
) {
    let plan = table.plan();
    let is_mapped = matches!(plan.schema.by, By::ColumnMapping(_) | By::User);
    let named = if is_mapped { &[] } else { mappings };
    source.unmapped = why_unused(named, table.file, &plan.schema.header);
    source.notes = plan.description(table.raw);
    source.notes.extend_from_slice(&source.unmapped);
    source.notes.extend(counts.notes());
    source.notes.extend(note_on_names(&plan.schema, has_assumed).map(str::to_owned));
    source.decided_by = plan.decided_by();
    source.columns = columns(table.plans, counts);
    source.not_read.extend(table.raw.not_read.iter().map(|unread| unread.part.clone()));
    source.facts = facts(table.plans);
    let marks = plan.schema.marks.as_ref();
    let is_matrix = marks.is_some_and(|marks| marks.of == Marked::Environments);
    if has_assumed || plan.schema.name_style.is_some() || is_matrix {
        source.facts.insert(Fact::Environment);
    }
    source.ledger = counts.ledger;
    source.header.clone_from(&plan.schema.header);
    source.of_other_key = counts.of_other_key;
}

/// What people should know of environments in the names of services.
fn note_on_names(schema: &TableSchema, has_assumed: bool) -> Option<&'static str> {
    match schema.environment_in_names {
        EnvironmentInNames::Assumed if schema.sheet_environment.is_some() => has_assumed.then_some(
            "environments: read from the name of the worksheet and of services, where no other cell \
             says them; assumed until a column mapping confirms it with “environment_in_names = true”",
        ),
        EnvironmentInNames::Assumed => has_assumed.then_some(
            "environments: read from the names of services, where no other cell says them; assumed \
             until a column mapping confirms it with “environment_in_names = true”",
        ),
        EnvironmentInNames::Confirmed => schema
            .names_carry
            .then_some("environments: read from the names of services, as was confirmed"),
        EnvironmentInNames::Ignored => {
            Some("environments: not read from the names of services, as was decided")
        }
    }
}

fn columns(plans: &Plans, counts: &Counts) -> Vec<SourceColumn> {
    let plan = &plans.first;
    let column = |(at, name): (usize, &String)| {
        let meaning = plans.meaning_at(at);
        // A column of a later credential of the row means nothing for the first.
        let of_first = plan.reason_for(at);
        let is_of_another = of_first.starts_with("not used");
        let reason = meaning.filter(|_| is_of_another).map(|meaning| meaning.word().to_owned());
        SourceColumn {
            name: heading(at, name),
            meaning: meaning.map(Meaning::name),
            reason: reason.unwrap_or(of_first),
            filled: counts.filled.get(at).copied().unwrap_or(0),
        }
    };
    plan.schema.header.iter().enumerate().map(column).collect()
}

/// A column's heading as far as it may be shown, or its number.
fn heading(at: usize, name: &str) -> String {
    if name.is_empty() {
        return format!("column {}", at + 1);
    }
    shown(&secret_detection::masked(name)).into_owned()
}

/// What the columns of a table can say.
fn facts(plans: &Plans) -> FactSet {
    let mut facts = FactSet::default();
    for fact in Fact::ALL {
        let meanings: &[Meaning] = match fact {
            Fact::Owner => &[Meaning::Owner],
            Fact::ServiceOwner => &[Meaning::ServiceOwner],
            Fact::Expiry => &[Meaning::Expires],
            Fact::LastUse => &[Meaning::LastUsed],
            Fact::Environment => {
                &[Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment]
            }
        };
        let has =
            |meaning: &Meaning| plans.iter().any(|plan| plan.columns().of(*meaning).is_some());
        if meanings.iter().any(has) {
            facts.insert(fact);
        }
    }
    facts
}

/// Reports columns that are not read, and could be what the table lacks.
pub(crate) fn report_unread_columns(
    table: &Table<'_>,
    sampled: &SampledTable<'_>,
    builder: &mut InventoryBuilder,
) {
    let schema = &table.plan().schema;
    let line = match schema.header_line {
        0 => 1,
        record => table.raw.line(record),
    };
    let place = Place { source: table.source, line };
    for UnreadColumn { column, message } in unread_columns(sampled, table.plans) {
        let name = heading(column, schema.header.get(column).map_or("", String::as_str));
        builder.problem(place, &name, ProblemKind::UnreadColumn, message);
    }
}
