//! Columns of secrets to which the user gave another meaning.
//!
//! A column holds secrets by its name, or because most of its cells look like secrets. If it is made
//! the service, for example, its values would be kept as names. So it is read as one of secrets, and
//! nothing is imported, until the user confirms that it holds none. A column of secrets that is not
//! to be used is not read, but its values are masked in all other cells. In a table without a header,
//! only the cells show what a column holds.

use crate::import::csv::sample;
use crate::import::csv::sample::SampledTable;
use crate::import::error::ImportError;
use crate::import::schema::candidates::Columns;
use crate::import::schema::column_keys::keys;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::format_columns::detected_columns;
use crate::import::schema::header::names_in_first_line;
use crate::import::schema::table_schema::{By, SecretColumn, Sign, TableSchema};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::vocabulary::words;
use crate::inventory::shown;

/// Takes back the meanings of columns of secrets, where nobody confirmed that they hold none.
pub(crate) fn hold_back(
    schema: &mut TableSchema,
    table: &SampledTable<'_>,
    context: DetectionContext<'_>,
) {
    let said = context.overrides.of_columns(&schema.header);
    let numbered = schema.has_no_header();
    if said.is_none() && !numbered && matches!(schema.by, By::Names | By::User) {
        return;
    }
    let sample = table.sample(schema.dialect);
    let rows = sample::below(&sample, schema.header_line);
    let cells = |at: usize| sample::column_cells(rows, schema.header.len(), at);
    let header = schema.written_header();
    let found = detected_columns(&header, context.synonyms, &cells);
    // Even where the user chose that there is no header, the first line may be one.
    let first =
        numbered.then(|| names_in_first_line(table, schema.dialect, context.synonyms)).flatten();
    let mut changes = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let name = first.as_ref().and_then(|names| names.get(at)).unwrap_or(name);
        let (own, alone) = (meaning_of(&schema.columns, at), meaning_of(&found, at));
        if own == alone && !numbered {
            continue;
        }
        let look_secret = look_like_secrets(&cells(at));
        let Some(meaning) = own else {
            let named = context.synonyms.meaning(name).map(|(meaning, _)| meaning);
            let holds_secrets = if numbered {
                look_secret || named.is_some_and(is_secret)
            } else {
                alone.is_some_and(is_secret)
            };
            if holds_secrets {
                changes.push((at, None));
            }
            continue;
        };
        let Some(sign) = sign(name, (meaning, alone), look_secret, context.synonyms) else {
            continue;
        };
        let harmless = said.is_some_and(|said| said.no_secrets_in.contains(&at))
            || mapping_declares_harmless(schema, at, look_secret, context);
        changes.push((at, Some(SecretColumn { column: at, meaning, sign, harmless })));
    }
    for (at, remapped_secrets) in changes {
        if !remapped_secrets.is_some_and(|remapped_secrets| remapped_secrets.harmless) {
            schema.columns.forget(at);
            schema.columns.other_secrets.push(at);
        }
        schema.remapped_secrets.extend(remapped_secrets);
    }
}

/// Whether the mapping by which a table is read declares that a column holds no secrets.
fn mapping_declares_harmless(
    schema: &TableSchema,
    at: usize,
    look_secret: bool,
    context: DetectionContext<'_>,
) -> bool {
    let keys = keys(&schema.header);
    let declares =
        |mapping: &ColumnMapping| keys.get(at).is_some_and(|key| mapping.holds_no_secrets(key));
    let settings = context.settings;
    match schema.by {
        By::ColumnMapping(file) => settings.mappings.get(file).is_some_and(declares),
        // This was declared for another table: if the cells look like secrets, the user is asked again.
        By::Remembered(file) => !look_secret && settings.remembered.get(file).is_some_and(declares),
        By::Names | By::User => false,
    }
}

/// A schema by which no secret is kept as a name.
///
/// # Errors
/// Where a column of secrets was given another meaning; the message says what to do.
pub(crate) fn allowed(schema: TableSchema, file: &str) -> Result<TableSchema, ImportError> {
    let Some(remapped_secrets) =
        schema.remapped_secrets.iter().find(|remapped_secrets| !remapped_secrets.harmless)
    else {
        return Ok(schema);
    };
    let names = keys(&schema.header);
    let name = names.get(remapped_secrets.column).map_or("", String::as_str);
    Err(ImportError::SecretsAsNames {
        file: file.to_owned(),
        column: shown(&secret_detection::masked(name)).into_owned(),
        sign: remapped_secrets.sign.word(),
        meaning: remapped_secrets.meaning.word(),
    })
}

fn is_secret(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Value | Meaning::OtherSecret)
}

/// Why a column is one of secrets that was given a meaning, and has by itself another or none.
fn sign(
    name: &str,
    (given, alone): (Meaning, Option<Meaning>),
    look_secret: bool,
    synonyms: &Synonyms,
) -> Option<Sign> {
    if is_secret(given) {
        return None;
    }
    let named = synonyms.meaning(name).map(|(meaning, _)| meaning);
    if named.is_some_and(is_secret) && alone.is_none_or(is_secret) {
        return Some(Sign::Name);
    }
    let cells = alone.is_some_and(is_secret)
        || (look_secret && given != Meaning::Fingerprint && named != Some(given));
    cells.then_some(Sign::Cells)
}

/// What a column means.
fn meaning_of(columns: &Columns, at: usize) -> Option<Meaning> {
    let found = columns.meanings().find(|(_, column)| *column == at).map(|(meaning, _)| meaning);
    found.or_else(|| columns.other_secrets.contains(&at).then_some(Meaning::OtherSecret))
}

/// Whether most cells look random, or have the form of tokens.
fn look_like_secrets(cells: &[&str]) -> bool {
    let known = || cells.iter().filter(|cell| !words::is_placeholder(cell));
    let random = known()
        .filter(|cell| words::looks_random(cell) || secret_detection::is_a_secret(cell))
        .count();
    random * 2 > known().count()
}
