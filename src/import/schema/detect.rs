//! Detects how a file is written and which line is its header.
//!
//! Each common delimiter and quote is tried on the first records, with each of the first 40 as the
//! header; where this shows nothing, the rare ones are tried. The schema with most known columns
//! wins, then the one with the largest share of rows as wide as their header. A first line `sep=;`
//! decides the delimiter.

use crate::import::container::json::opengraph::NO_KNOWN_KIND;
use crate::import::container::{Layout, other_text};
use crate::import::csv::dialect::Dialect;
use crate::import::csv::dialect_candidates::{common_dialects, fallback_dialect, rare_dialects};
use crate::import::csv::sample::{Record, SampledTable, below, is_regular, line_before, names};
use crate::import::error::ImportError;
use crate::import::schema::by_mapping::{by_mapping, without_header};
use crate::import::schema::candidates::Columns;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::environment_in_names;
use crate::import::schema::header::{Fit, HEADERS, best_header};
use crate::import::schema::list_facts;
use crate::import::schema::marks;
use crate::import::schema::multi_row_header;
use crate::import::schema::other_tables::other_tables;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::secret_columns::hold_back;
use crate::import::schema::table_schema::{By, TableSchema};

/// The schema that fits best.
///
/// # Errors
/// Where no line is a header with known columns, and the user chose none.
pub(crate) fn detect_schema(
    table: &SampledTable<'_>,
    file: &str,
    context: DetectionContext<'_>,
) -> Result<TableSchema, ImportError> {
    let mapped = by_mapping(table, file, context);
    if mapped.is_none()
        && let Some(looks_like) = other_kind(table, context.overrides)
    {
        return Err(ImportError::NoTable { file: file.to_owned(), looks_like });
    }
    // Of a graph of unknown kinds nothing is guessed.
    let is_known = kinds_of_graph(table).is_none() || context.overrides.header_line.is_some();
    let found = || is_known.then(|| found(table, context)).flatten();
    let Some(mut schema) = mapped.or_else(found) else {
        return Err(nothing_recognised(table, file, context));
    };
    schema.hide_headings(context.synonyms, table.raw.has_known_header());
    if !table.raw.has_known_header() && schema.header_line > 0 {
        let sample = table.sample(schema.dialect);
        let below = below(&sample, schema.header_line);
        schema.second_header =
            multi_row_header::last_line_below(below, &schema.header, context.synonyms);
    }
    schema.other_tables = other_tables(&schema, table, context.synonyms);
    schema.usual_width = usual_width(&table.sample(schema.dialect), &schema);
    schema.lists.clone_from(&table.raw.lists);
    if schema.by == By::Names && schema.rules.is_none() {
        list_facts::assign(&mut schema);
    }
    context.overrides.overrule(&mut schema);
    hold_back(&mut schema, table, context);
    marks::detect(&mut schema, table, context);
    environment_in_names::detect(&mut schema, table);
    Ok(schema)
}

/// How many cells more than half of the rows have, if that is not as many as the header.
fn usual_width(sample: &[Record], schema: &TableSchema) -> Option<usize> {
    let rows = below(sample, schema.header_line.max(schema.second_header));
    let mut widths: Vec<usize> = rows.iter().map(|(_, cells)| cells.len()).collect();
    widths.sort_unstable();
    let median = widths.get(widths.len() / 2).copied()?;
    let as_wide = widths.iter().filter(|width| **width == median).count();
    (as_wide * 2 > widths.len() && median != schema.header.len()).then_some(median)
}

fn found(table: &SampledTable<'_>, context: DetectionContext<'_>) -> Option<TableSchema> {
    let best = |dialects: Vec<Dialect>| {
        let mut best: Option<(Fit, TableSchema)> = None;
        for dialect in dialects {
            let Some((fit, schema)) = best_header(table, dialect, context) else { continue };
            if best.as_ref().is_none_or(|(best, _)| fit > *best) {
                best = Some((fit, schema));
            }
        }
        best.map(|(_, schema)| schema)
    };
    let overrides = context.overrides.dialect();
    best(common_dialects(table.raw, overrides))
        .or_else(|| best(rare_dialects(table.raw, overrides)))
        .or_else(|| with_chosen_header(table, context))
}

/// What a file is that is no table, unless the user says how to read it as one.
fn other_kind(table: &SampledTable<'_>, overrides: &ReadOverrides) -> Option<&'static str> {
    let is_left_open = overrides.delimiter.is_none() && overrides.header_line.is_none();
    let is_text = table.raw.layout == Layout::Delimited;
    (is_left_open && is_text).then(|| other_text::kind(table.raw.text.as_str())).flatten()
}

/// The schema of a table whose header line the user chose, whatever is in it.
fn with_chosen_header(
    table: &SampledTable<'_>,
    context: DetectionContext<'_>,
) -> Option<TableSchema> {
    let overrides = context.overrides;
    let line = overrides.header_line?;
    let dialects = common_dialects(table.raw, overrides.dialect());
    if line == 0 {
        let schema = without_header(table, &dialects)?;
        return Some(TableSchema { by: By::User, ..schema });
    }
    let mut best: Option<((bool, usize), TableSchema)> = None;
    for dialect in dialects {
        let sample = table.sample(dialect);
        let Some(place) = sample.iter().position(|(at, _)| table.raw.line(*at) == line) else {
            continue;
        };
        let Some((at, cells)) = sample.get(place) else { continue };
        let fit = (is_regular(&sample), cells.len());
        if best.as_ref().is_none_or(|(best, _)| fit > *best) {
            let groups = (context.synonyms, overrides.has_groups);
            let joined = multi_row_header::joined(&sample, place, groups);
            let group_line = joined.as_ref().map_or(0, |_| line_before(&sample, place));
            let header = joined.map_or_else(|| names(cells), |names| names.to_vec());
            let columns = Columns::resolve(&header, context.synonyms);
            let columns = if group_line > 0 { columns } else { Columns::default() };
            let schema = TableSchema::new(dialect, *at, header, columns);
            best = Some((fit, TableSchema { by: By::User, group_line, ..schema }));
        }
    }
    best.map(|(_, schema)| schema)
}

/// The dialect that makes most cells of the first lines, and how many: for tables of which no
/// header is known. One that makes equally many of each line is preferred.
pub(crate) fn widest(table: &SampledTable<'_>, overrides: &ReadOverrides) -> (Dialect, usize) {
    let mut best = (fallback_dialect(table.raw), (false, 0));
    for dialect in common_dialects(table.raw, overrides.dialect()) {
        let sample = table.sample(dialect);
        let first = sample.iter().take(HEADERS);
        let width = first.map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let fit = (is_regular(&sample), width);
        if fit > best.1 {
            best = (dialect, fit);
        }
    }
    let (dialect, (_, width)) = best;
    (dialect, width)
}

/// Whether the first rows of a table without a header are as wide as the part before it.
pub(crate) fn fits(table: &SampledTable<'_>, before: &TableSchema) -> bool {
    let sample = table.sample(before.dialect);
    let as_wide = sample.iter().filter(|(_, cells)| cells.len() == before.header.len()).count();
    as_wide * 2 > sample.len()
}

/// Which kinds a graph has whose kinds of nodes are columns, in words; `None` of another table.
fn kinds_of_graph<'t>(table: &'t SampledTable<'_>) -> Option<&'t str> {
    let notes = table.raw.written.iter().map(String::as_str);
    notes.into_iter().find(|note| note.starts_with(NO_KNOWN_KIND))
}

/// An error with what was found instead, without a word of the file: its first line may hold
/// secrets.
fn nothing_recognised(
    table: &SampledTable<'_>,
    file: &str,
    context: DetectionContext<'_>,
) -> ImportError {
    if let Some(kinds) = kinds_of_graph(table) {
        return ImportError::NoKnownMembers { file: file.to_owned(), found: kinds.to_owned() };
    }
    let dialects = common_dialects(table.raw, context.overrides.dialect());
    let is_json = table.raw.has_known_header();
    let widest = dialects
        .into_iter()
        .filter(|dialect| dialect.quote != b'\'')
        .map(|dialect| table.sample(dialect))
        .max_by_key(|sample| sample.first().map_or(0, |(_, cells)| cells.len()));
    let first = widest.as_deref().and_then(<[_]>::first);
    let cells = first.map(|(_, cells)| cells.as_slice()).unwrap_or_default();
    let known = cells.iter().filter(|cell| context.synonyms.meaning(cell).is_some()).count();
    if is_json {
        let found = match cells.len() {
            1 => "the only member of its entries has no known name".to_owned(),
            all => format!("{known} of the {all} members of its entries have known names, too few"),
        };
        return ImportError::NoKnownMembers { file: file.to_owned(), found };
    }
    let found = format!("{known} of the {} cells of the first line are known names", cells.len());
    ImportError::NothingRecognised { file: file.to_owned(), found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::container::{OpenOptions, open};
    use crate::import::schema::overrides::ReadOverrides;
    use crate::import::schema::settings::ImportSettings;
    use crate::import::vocabulary::synonyms::Synonyms;
    use crate::inventory::Progress;

    fn detected(text: &str) -> Result<TableSchema, ImportError> {
        let (options, progress) = (OpenOptions::default(), Progress::default());
        let raw = open(text.as_bytes(), "f", options, &progress).unwrap().remove(0);
        let (synonyms, settings) = (Synonyms::new(), ImportSettings::default());
        let overrides = ReadOverrides::default();
        detect_schema(
            &SampledTable::new(&raw),
            "f",
            DetectionContext {
                synonyms: &synonyms,
                settings: &settings,
                overrides: &overrides,
                progress: &Progress::default(),
            },
        )
    }

    fn schema(text: &str) -> TableSchema {
        detected(text).unwrap()
    }

    #[test]
    fn delimiters_and_quotes_are_found() {
        for (text, delimiter, quote) in [
            ("id,service\n1,a\n", b',', b'"'),
            ("id;service;owner\n1;a,b;c\n", b';', b'"'),
            ("id\tservice\n1\ta\n", b'\t', b'"'),
            ("id|service\n1|a\n", b'|', b'"'),
            ("'id','service'\n'1','a,b'\n", b',', b'\''),
            ("id,service\n'1','a,b'\n'2','c,d'\n", b',', b'\''),
            ("id,service\n1,O'Neil\n", b',', b'"'),
        ] {
            let dialect = schema(text).dialect;
            assert_eq!((dialect.delimiter, dialect.quote), (delimiter, quote), "{text}");
        }
    }

    #[test]
    fn rare_delimiters_are_found_and_punctuation_of_prose_is_not() {
        for sign in ['^', '~', '\u{1}', '\u{1f}'] {
            let text = "id^service^environment\n1^a^b\n2^a^b\n".replace('^', &sign.to_string());
            assert_eq!(schema(&text).dialect.delimiter, sign as u8);
        }
        let named = schema("sep=!\nid!service!environment\n1!a!b\n");
        assert_eq!(named.dialect.delimiter, b'!');
        assert!(detected("the service access was lost\nsince the owner left\n").is_err());
        assert!(detected("service: mail\npassword: hunter2\n").is_err());
    }

    #[test]
    fn the_header_is_found_below_a_preamble() {
        let text = "sep=;\nExport of name;2026\n\n# note\nid;service;environment\n1;a;b\n";
        let found = schema(text);
        assert_eq!(found.header_line, 5);
        assert_eq!(found.header, ["id", "service", "environment"]);
    }

    #[test]
    fn a_row_of_common_values_is_no_header() {
        for text in [
            "Secret Name;Service;Geheimnisart;Ablage;Zustand;Wer\nk1;pay;password;vault;active;team\n",
            "Name;Service;Art;Ort;Zustand\nk1;a;password;vault;active\nk2;b;token;vault;active\n",
        ] {
            assert_eq!(schema(text).header_line, 1, "{text}");
        }
    }

    #[test]
    fn a_header_may_start_with_a_number_sign_and_a_comment_before_it_may_name_columns() {
        assert_eq!(schema("#,Credential,Service\n1,k1,a\n").header, ["", "Credential", "Service"]);
        assert_eq!(schema("# id,service\nk1,a\n").header, ["id", "service"]);
        assert_eq!(schema("# id,service\nid,service\nk1,a\n").header_line, 2);
    }

    #[test]
    fn a_block_of_yaml_is_no_table_of_one_column() {
        let text = "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=letmein\n";
        assert!(detected(text).is_err());
        assert_eq!(schema("services\na\nb\n").header, ["services"]);
    }

    #[test]
    fn a_first_line_is_not_shown_for_it_may_hold_secrets() {
        let message = |text: &str| detected(text).err().unwrap().to_string();
        for text in ["payments,hunter-one,grants\n", "Tr0ub4dor;letmein\n", "letmein\n"] {
            let message = message(text);
            assert!(!message.contains("hunter") && !message.contains("Tr0u"), "{message}");
            assert!(!message.contains("letmein"), "{message}");
        }
        assert!(message("colour,weight\nred,12\n").contains("0 of the 2 cells"));
    }

    #[test]
    fn a_wide_header_stays_one_where_a_row_repeats_two_of_its_names() {
        let text = "credential_id,owner,status,created,expires,tags,storage,kind,service,environment\n\
                    k1,,,,,,,,service,environment\nk2,,,,,,,,web,dev\n";
        assert_eq!(detected(text).unwrap().header_line, 1);
        assert!(detected("service,environment\nservice,environment x\n").is_ok());
    }
}
