//! Finds out how a file is written and which line is its header.
//!
//! Each usual delimiter and quote is tried on the first 200 records, with each of the first 40 as the
//! header; where nothing is known so, the seldom ones are. The reading with most known columns wins,
//! then the one whose rows are as wide as their header most often. A first line `sep=;` decides the
//! delimiter.

use crate::import::ImportSettings;
use crate::import::container::Sheet;
use crate::import::csv::dialect::{by_sign, line_end, seldom, usual};
use crate::import::csv::records::Dialect;
use crate::import::csv::sample::{RECORDS, below, line_before, names, sample};
use crate::import::error::ImportError;
use crate::import::formats;
use crate::import::schema::candidates::Columns;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::header::{best_header, first_names};
use crate::import::schema::multi_row_header;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::secret_columns::hold_back;
use crate::import::schema::table_schema::{By, TableSchema, numbered};
use crate::import::vocabulary::synonyms::Synonyms;
use crate::inventory::Progress;

/// So many of the first records may be the header.
const HEADERS: usize = 40;

/// What is known of tables before one is looked at.
#[derive(Clone, Copy)]
pub(crate) struct DetectionContext<'a> {
    pub(crate) synonyms: &'a Synonyms,
    pub(crate) settings: &'a ImportSettings,
    /// What was said of this very file.
    pub(crate) said: &'a ReadOverrides,
    /// Where somebody may ask to stop.
    pub(crate) progress: &'a Progress,
}

/// The reading that fits best.
pub(crate) fn sniff(
    sheet: &Sheet<'_>,
    file: &str,
    context: DetectionContext<'_>,
) -> Result<TableSchema, ImportError> {
    let Some(mut reading) = found(sheet, context) else {
        return Err(nothing_recognised(sheet, file, context));
    };
    if sheet.header.is_none() && reading.header_line > 0 {
        let below = below(sheet.text.as_str(), &reading);
        reading.second_header =
            multi_row_header::last_line_below(&below, &reading.header, context.synonyms);
    }
    context.said.overrule(&mut reading);
    hold_back(&mut reading, sheet, context);
    Ok(reading)
}

fn found(sheet: &Sheet<'_>, context: DetectionContext<'_>) -> Option<TableSchema> {
    let text = sheet.text.as_str();
    if let Some(reading) = mapped(sheet, context) {
        return Some(reading);
    }
    let best = |dialects: Vec<Dialect>| {
        let mut best: Option<((usize, usize), TableSchema)> = None;
        for dialect in dialects {
            let headers = if sheet.header.is_some() { 1 } else { HEADERS };
            let Some((score, reading)) = best_header(text, dialect, context, headers) else {
                continue;
            };
            if best.as_ref().is_none_or(|(best, _)| score > *best) {
                best = Some((score, reading));
            }
        }
        best.map(|(_, reading)| reading)
    };
    best(usual(sheet, context.said))
        .or_else(|| best(seldom(sheet, context.said)))
        .or_else(|| told(sheet, context.said))
}

/// The reading of a table of which somebody said which line is the header, whatever it says.
fn told(sheet: &Sheet<'_>, said: &ReadOverrides) -> Option<TableSchema> {
    let line = said.header_line?;
    if line == 0 {
        let own = without_header(sheet, &usual(sheet, said))?;
        return Some(TableSchema { by: By::User, ..own });
    }
    let mut widest: Option<TableSchema> = None;
    for dialect in usual(sheet, said) {
        let cells = sample(sheet.text.as_str(), dialect, RECORDS);
        let Some((_, cells)) = cells.iter().find(|(at, _)| *at == line) else { continue };
        if widest.as_ref().is_none_or(|widest| cells.len() > widest.header.len()) {
            let header = names(cells);
            let own = TableSchema::new(dialect, line, header, Columns::default());
            widest = Some(TableSchema { by: By::User, ..own });
        }
    }
    widest
}

/// The reading of a table of which no line is a header, by the parting that makes most cells of
/// most of its rows.
fn without_header(sheet: &Sheet<'_>, dialects: &[Dialect]) -> Option<TableSchema> {
    if sheet.header.is_some() {
        return None;
    }
    let mut widest: Option<(Dialect, usize)> = None;
    for &dialect in dialects {
        let sample = sample(sheet.text.as_str(), dialect, RECORDS);
        let mut widths: Vec<usize> = sample.iter().map(|(_, cells)| cells.len()).collect();
        widths.sort_unstable();
        // The width in the middle is that of most rows, if most have one.
        let Some(&width) = widths.get(widths.len() / 2) else { continue };
        if widest.is_none_or(|(_, before)| width > before) {
            widest = Some((dialect, width));
        }
    }
    let (dialect, width) = widest?;
    Some(TableSchema::new(dialect, 0, numbered(width), Columns::default()))
}

/// The reading of the first mapping whose columns all stand in one line. One that was remembered
/// serves no table with other columns beside.
fn mapped(sheet: &Sheet<'_>, context: DetectionContext<'_>) -> Option<TableSchema> {
    let ImportSettings { mappings, remembered, .. } = context.settings;
    let named = mappings.iter().enumerate().map(|(at, mapping)| (By::ColumnMapping(at), mapping));
    let known = remembered.iter().enumerate().map(|(at, mapping)| (By::Remembered(at), mapping));
    named.chain(known).find_map(|(by, mapping)| {
        let reading = reading_by(sheet, mapping, context)?;
        // Numbers of columns are not known again.
        let alike = || !reading.has_no_header() && mapping.has_just(&reading.header);
        let serves = matches!(by, By::ColumnMapping(_)) || alike();
        serves.then_some(TableSchema { by, ..reading })
    })
}

fn reading_by(
    sheet: &Sheet<'_>,
    mapping: &ColumnMapping,
    context: DetectionContext<'_>,
) -> Option<TableSchema> {
    let (said, synonyms) = (context.said, context.synonyms);
    let dialects = mapping.delimiter.map_or_else(
        || [usual(sheet, said), seldom(sheet, said)].concat(),
        |sign| by_sign(sheet, sign, said),
    );
    let mut dialects: Vec<Dialect> = dialects;
    dialects.retain(|dialect| mapping.allows(*dialect));
    if mapping.header_line == Some(0) && said.header_line.is_none_or(|line| line == 0) {
        let reading = without_header(sheet, &dialects)?;
        let columns = mapping.columns(0, &reading.header)?;
        // Another table of the same inventory may well have a header.
        let none = first_names(sheet, &reading, synonyms).is_none();
        return none.then_some(TableSchema { columns, ..reading });
    }
    for dialect in dialects {
        let sample = sample(sheet.text.as_str(), dialect, HEADERS);
        for (at, (line, cells)) in sample.iter().enumerate() {
            if !said.allows_header(*line) {
                continue;
            }
            let plain = (names(cells), 0);
            let joined = multi_row_header::joined(&sample, at, synonyms)
                .map(|names| (names.to_vec(), line_before(&sample, at)));
            for (header, group_line) in std::iter::once(plain).chain(joined) {
                if let Some(columns) = mapping.columns(*line, &header) {
                    let reading = TableSchema::new(dialect, *line, header, columns);
                    return Some(TableSchema { group_line, ..reading });
                }
            }
        }
    }
    None
}

/// Whether a mapping serves this table.
pub(crate) fn serves(
    sheet: &Sheet<'_>,
    mapping: &ColumnMapping,
    remembered: bool,
    context: DetectionContext<'_>,
) -> bool {
    let said = &ReadOverrides::default();
    reading_by(sheet, mapping, DetectionContext { said, ..context }).is_some_and(|reading| {
        !remembered || (!reading.has_no_header() && mapping.has_just(&reading.header))
    })
}

/// The parting that makes most cells of the first lines, and how many: for tables of which no
/// header is known.
pub(crate) fn widest(sheet: &Sheet<'_>, said: &ReadOverrides) -> (Dialect, usize) {
    let text = sheet.text.as_str();
    let mut best = (Dialect { delimiter: b',', quote: b'"', line_end: line_end(text) }, 0);
    for dialect in usual(sheet, said) {
        let cells = sample(text, dialect, HEADERS);
        let width = cells.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        if width > best.1 {
            best = (dialect, width);
        }
    }
    best
}

/// Whether the first rows of a table without a header are as wide as the part before it.
pub(crate) fn fits(sheet: &Sheet<'_>, before: &TableSchema) -> bool {
    let sample = sample(sheet.text.as_str(), before.dialect, RECORDS);
    let alike = sample.iter().filter(|(_, cells)| cells.len() == before.header.len()).count();
    alike * 2 > sample.len()
}

/// What the columns of a header mean when nobody says so: by their names, and by their cells.
pub(crate) fn columns_by_themselves<'a>(
    header: &[String],
    synonyms: &Synonyms,
    cells: &dyn Fn(usize) -> Vec<&'a str>,
) -> Columns {
    if let Some(shape) = formats::recognise(header) {
        return shape.columns(header, synonyms);
    }
    let mut columns = Columns::resolve(header, synonyms);
    columns.look_at_cells(header, cells);
    columns
}

/// Says what was found instead, without a word of the file: its first line may hold secrets.
fn nothing_recognised(sheet: &Sheet<'_>, file: &str, context: DetectionContext<'_>) -> ImportError {
    let widest = usual(sheet, context.said)
        .into_iter()
        .filter(|dialect| dialect.quote != b'\'')
        .map(|dialect| sample(sheet.text.as_str(), dialect, 2))
        .max_by_key(|sample| sample.first().map_or(0, |(_, cells)| cells.len()));
    let sample = widest.unwrap_or_default();
    let first = sample.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
    let known = first.iter().filter(|cell| context.synonyms.meaning(cell).is_some()).count();
    let found = format!("{known} of the {} cells of the first line are known names", first.len());
    ImportError::NothingRecognised { file: file.to_owned(), found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::container::{Known, sheet};

    fn sniffed(text: &str) -> Result<TableSchema, ImportError> {
        let sheet = sheet(text.as_bytes(), "f", Known::default(), &Progress::default()).unwrap();
        let (synonyms, settings) = (Synonyms::new(), ImportSettings::default());
        let said = ReadOverrides::default();
        sniff(
            &sheet,
            "f",
            DetectionContext {
                synonyms: &synonyms,
                settings: &settings,
                said: &said,
                progress: &Progress::default(),
            },
        )
    }

    fn reading(text: &str) -> TableSchema {
        sniffed(text).unwrap()
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
            let dialect = reading(text).dialect;
            assert_eq!((dialect.delimiter, dialect.quote), (delimiter, quote), "{text}");
        }
    }

    #[test]
    fn seldom_delimiters_are_found_and_signs_of_prose_are_not() {
        for sign in ['^', '~', '\u{1}', '\u{1f}'] {
            let text = "id^service^environment\n1^a^b\n2^a^b\n".replace('^', &sign.to_string());
            assert_eq!(reading(&text).dialect.delimiter, sign as u8);
        }
        let named = reading("sep=!\nid!service!environment\n1!a!b\n");
        assert_eq!(named.dialect.delimiter, b'!');
        assert!(sniffed("the service access was lost\nsince the owner left\n").is_err());
        assert!(sniffed("service: mail\npassword: hunter2\n").is_err());
    }

    #[test]
    fn the_header_is_found_below_a_preamble() {
        let text = "sep=;\nExport of name;2026\n\n# note\nid;service;environment\n1;a;b\n";
        let found = reading(text);
        assert_eq!(found.header_line, 5);
        assert_eq!(found.header, ["id", "service", "environment"]);
    }

    #[test]
    fn a_row_of_usual_values_is_no_header() {
        for text in [
            "Secret Name;Service;Geheimnisart;Ablage;Zustand;Wer\nk1;pay;password;vault;active;team\n",
            "Name;Service;Art;Ort;Zustand\nk1;a;password;vault;active\nk2;b;token;vault;active\n",
        ] {
            assert_eq!(reading(text).header_line, 1, "{text}");
        }
    }

    #[test]
    fn a_header_may_start_with_a_number_sign_and_a_comment_before_it_may_name_columns() {
        assert_eq!(reading("#,Credential,Service\n1,k1,a\n").header, ["", "Credential", "Service"]);
        assert_eq!(reading("# id,service\nk1,a\n").header, ["id", "service"]);
        assert_eq!(reading("# id,service\nid,service\nk1,a\n").header_line, 2);
    }

    #[test]
    fn a_block_of_yaml_is_no_table_of_one_column() {
        let text = "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=letmein\n";
        assert!(sniffed(text).is_err());
        assert_eq!(reading("services\na\nb\n").header, ["services"]);
    }

    #[test]
    fn a_first_line_is_not_shown_for_it_may_hold_secrets() {
        let message = |text: &str| sniffed(text).err().unwrap().to_string();
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
        assert_eq!(sniffed(text).unwrap().header_line, 1);
        assert!(sniffed("service,environment\nservice,environment x\n").is_ok());
    }
}
