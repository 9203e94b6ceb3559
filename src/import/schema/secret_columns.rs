//! Columns of secrets of which somebody says that they mean something else.
//!
//! A column holds secrets by its name, or because most of its cells look like some. ReadOverrides to be the
//! service, say, it would have its values kept as names. So it is read as one of secrets, and
//! nothing is imported, until somebody says in so many words that there are none in it. One that is
//! said not to be used is not read, but its values are still masked wherever else they stand. Of a
//! table without a header, the cells alone tell.

use crate::import::container::Sheet;
use crate::import::csv::sample;
use crate::import::error::ImportError;
use crate::import::schema::candidates::Columns;
use crate::import::schema::column_mapping::keys;
use crate::import::schema::detect;
use crate::import::schema::detect::DetectionContext;
use crate::import::schema::header::first_names;
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::vocabulary::words;
use crate::inventory::shown;

/// A column of secrets that is said to mean something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SecretColumns {
    pub(crate) column: usize,
    /// What it is said to mean.
    pub(crate) meaning: Meaning,
    /// Why it is one of secrets.
    pub(crate) sign: Sign,
    /// Whether somebody said that it holds none.
    pub(crate) harmless: bool,
}

/// Why a column is one of secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Name,
    Cells,
}

impl Sign {
    /// As it reads behind the column's name.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Name => "is named as a secret",
            Self::Cells => "has cells that look like secrets",
        }
    }
}

/// Takes back what was said of columns of secrets, where nobody said that they hold none.
pub(crate) fn hold_back(
    reading: &mut TableSchema,
    sheet: &Sheet<'_>,
    context: DetectionContext<'_>,
) {
    let said = context.said.of_columns(&reading.header);
    let numbered = reading.has_no_header();
    if said.is_none() && !numbered && matches!(reading.by, By::Names | By::User) {
        return;
    }
    // Where somebody says that there is no header, the first line may be one all the same.
    let first = numbered.then(|| first_names(sheet, reading, context.synonyms)).flatten();
    let sample = sample::below(sheet.text.as_str(), reading);
    let cells = |at: usize| sample::column_cells(&sample, reading.header.len(), at);
    let found = detect::columns_by_themselves(&reading.header, context.synonyms, &cells);
    let keys = keys(&reading.header);
    let mut changes = Vec::new();
    for (at, name) in reading.header.iter().enumerate() {
        let name = first.as_ref().and_then(|names| names.get(at)).unwrap_or(name);
        let (own, alone) = (meaning_of(&reading.columns, at), meaning_of(&found, at));
        if own == alone && !numbered {
            continue;
        }
        let look_secret = look_like_secrets(&cells(at));
        if numbered && own.is_none() {
            let named =
                context.synonyms.meaning(name).is_some_and(|(meaning, _)| is_secret(meaning));
            if look_secret || named {
                changes.push((at, None));
            }
            continue;
        }
        let Some(meaning) = own else {
            if alone.is_some_and(is_secret) {
                changes.push((at, None));
            }
            continue;
        };
        let Some(sign) = sign(name, (meaning, alone), look_secret, context.synonyms) else {
            continue;
        };
        let key = keys.get(at);
        let by_file = |file: &crate::import::schema::column_mapping::ColumnMapping| {
            key.is_some_and(|key| file.holds_no_secrets(key))
        };
        let settings = context.settings;
        let harmless = said.is_some_and(|said| said.no_secrets_in.contains(&at))
            || match reading.by {
                By::ColumnMapping(file) => settings.mappings.get(file).is_some_and(by_file),
                // It was said of another file: what looks like secrets is asked for again.
                By::Remembered(file) => {
                    !look_secret && settings.remembered.get(file).is_some_and(by_file)
                }
                By::Names | By::User => false,
            };
        changes.push((at, Some(SecretColumns { column: at, meaning, sign, harmless })));
    }
    for (at, renamed) in changes {
        if !renamed.is_some_and(|renamed| renamed.harmless) {
            reading.columns.forget(at);
            reading.columns.other_secrets.push(at);
        }
        reading.renamed.extend(renamed);
    }
}

/// A reading that keeps no secret as a name.
///
/// # Errors
/// Where a column of secrets is said to mean something else; the message says what to do.
pub(crate) fn allowed(reading: TableSchema, file: &str) -> Result<TableSchema, ImportError> {
    let Some(renamed) = reading.renamed.iter().find(|renamed| !renamed.harmless) else {
        return Ok(reading);
    };
    let names = keys(&reading.header);
    let name = names.get(renamed.column).map_or("", String::as_str);
    Err(ImportError::SecretsAsNames {
        file: file.to_owned(),
        column: shown(&secret_detection::masked(name)).into_owned(),
        sign: renamed.sign.word(),
        meaning: renamed.meaning.word(),
    })
}

fn is_secret(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Value | Meaning::OtherSecret)
}

/// Why a column is one of secrets that is said to have one meaning, and has by itself another.
fn sign(
    name: &str,
    (said, alone): (Meaning, Option<Meaning>),
    look_secret: bool,
    synonyms: &Synonyms,
) -> Option<Sign> {
    if is_secret(said) {
        return None;
    }
    let named = synonyms.meaning(name).map(|(meaning, _)| meaning);
    if named.is_some_and(is_secret) && alone.is_none_or(is_secret) {
        return Some(Sign::Name);
    }
    let cells = alone.is_some_and(is_secret)
        || (look_secret && said != Meaning::Fingerprint && named != Some(said));
    cells.then_some(Sign::Cells)
}

/// What a column means.
fn meaning_of(columns: &Columns, at: usize) -> Option<Meaning> {
    let found = columns.meanings().find(|(_, column)| *column == at).map(|(meaning, _)| meaning);
    found.or_else(|| columns.other_secrets.contains(&at).then_some(Meaning::OtherSecret))
}

/// Whether most cells look made by a machine, or say of themselves that they are tokens.
fn look_like_secrets(cells: &[&str]) -> bool {
    let is_token = |cell: &str| {
        secret_detection::secrets(cell).first().is_some_and(|all| *all == (0..cell.len()))
    };
    let known = || cells.iter().filter(|cell| !words::is_placeholder(cell));
    let random = known().filter(|cell| words::looks_random(cell) || is_token(cell)).count();
    random * 2 > known().count()
}
