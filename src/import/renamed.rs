//! Columns of secrets of which somebody says that they mean something else.
//!
//! A column holds secrets by its name, or because most of its cells look like some. Said to be the
//! service, say, it would have its values kept as names. So it is read as one of secrets, and
//! nothing is imported, until somebody says in so many words that there are none in it. One that is
//! said not to be used is not read, but its values are still masked wherever else they stand. Of a
//! table without a header, the cells alone tell.

use super::columns::Columns;
use super::header::first_names;
use super::leaks;
use super::mapping::keys;
use super::reading::{By, Reading};
use super::samples;
use super::sniff::{self, Sought};
use super::synonyms::{Meaning, Synonyms};
use super::words;
use super::{ImportError, sheets::Sheet};
use crate::inventory::shown;

/// A column of secrets that is said to mean something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) column: usize,
    /// What it is said to mean.
    pub(super) meaning: Meaning,
    /// Why it is one of secrets.
    pub(super) sign: Sign,
    /// Whether somebody said that it holds none.
    pub(super) harmless: bool,
}

/// Why a column is one of secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Name,
    Cells,
}

impl Sign {
    /// As it reads behind the column's name.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "is named as a secret",
            Self::Cells => "has cells that look like secrets",
        }
    }
}

/// Takes back what was said of columns of secrets, where nobody said that they hold none.
pub(super) fn hold_back(reading: &mut Reading, sheet: &Sheet<'_>, sought: Sought<'_>) {
    let said = sought.said.of_columns(&reading.header);
    let numbered = reading.has_no_header();
    if said.is_none() && !numbered && matches!(reading.by, By::Names | By::User) {
        return;
    }
    // Where somebody says that there is no header, the first line may be one all the same.
    let first = numbered.then(|| first_names(sheet, reading, sought.synonyms)).flatten();
    let sample = samples::below(sheet.text.as_str(), reading);
    let cells = |at: usize| samples::column_cells(&sample, reading.header.len(), at);
    let found = sniff::columns_by_themselves(&reading.header, sought.synonyms, &cells);
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
                sought.synonyms.meaning(name).is_some_and(|(meaning, _)| is_secret(meaning));
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
        let Some(sign) = sign(name, (meaning, alone), look_secret, sought.synonyms) else {
            continue;
        };
        let key = keys.get(at);
        let by_file = |file: &super::Mapping| key.is_some_and(|key| file.holds_no_secrets(key));
        let settings = sought.settings;
        let harmless = said.is_some_and(|said| said.no_secrets_in.contains(&at))
            || match reading.by {
                By::Mapping(file) => settings.mappings.get(file).is_some_and(by_file),
                // It was said of another file: what looks like secrets is asked for again.
                By::Remembered(file) => {
                    !look_secret && settings.remembered.get(file).is_some_and(by_file)
                }
                By::Names | By::User => false,
            };
        changes.push((at, Some(Renamed { column: at, meaning, sign, harmless })));
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
pub(super) fn allowed(reading: Reading, file: &str) -> Result<Reading, ImportError> {
    let Some(renamed) = reading.renamed.iter().find(|renamed| !renamed.harmless) else {
        return Ok(reading);
    };
    let names = keys(&reading.header);
    let name = names.get(renamed.column).map_or("", String::as_str);
    Err(ImportError::SecretsAsNames {
        file: file.to_owned(),
        column: shown(&leaks::masked(name)).into_owned(),
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
    let is_token =
        |cell: &str| leaks::secrets(cell).first().is_some_and(|all| *all == (0..cell.len()));
    let known = || cells.iter().filter(|cell| !words::is_placeholder(cell));
    let random = known().filter(|cell| words::looks_random(cell) || is_token(cell)).count();
    random * 2 > known().count()
}
