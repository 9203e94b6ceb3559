//! Finds out how a file is written and which line is its header.
//!
//! Every delimiter and quote is tried on the first 200 records, with each of the first 40 as the
//! header. The reading with most known columns wins, then the one whose rows are as wide as their
//! header most often. A first line `sep=;` decides the delimiter.

use zeroize::Zeroizing;

use super::columns::Columns;
use super::records::{Dialect, Found, Records};
use super::shapes::{self, Shape};
use super::synonyms::Synonyms;
use super::{ImportError, dates, words};

const RECORDS: usize = 200;
const HEADERS: usize = 40;

/// How to read a file.
pub(super) struct Reading {
    pub(super) dialect: Dialect,
    pub(super) header_line: u32,
    pub(super) header: Vec<String>,
    pub(super) columns: Columns,
    pub(super) shape: Option<&'static Shape>,
}

/// The reading that fits best.
pub(super) fn sniff(text: &str, file: &str, synonyms: &Synonyms) -> Result<Reading, ImportError> {
    let line_end = if text.contains('\n') || !text.contains('\r') { b'\n' } else { b'\r' };
    let named = named_delimiter(text);
    let mut best: Option<((usize, usize), Reading)> = None;
    for quote in [b'"', b'\''] {
        for delimiter in [b',', b';', b'\t', b'|'] {
            if named.is_some_and(|named| named != delimiter) {
                continue;
            }
            let dialect = Dialect { delimiter, quote, line_end };
            let Some((score, reading)) = best_header(text, dialect, synonyms) else { continue };
            if best.as_ref().is_none_or(|(best, _)| score > *best) {
                best = Some((score, reading));
            }
        }
    }
    match best {
        Some((_, reading)) => Ok(reading),
        None => Err(nothing_recognised(text, file, line_end, synonyms)),
    }
}

type Sample = Vec<(u32, Vec<Zeroizing<String>>)>;

fn best_header(
    text: &str,
    dialect: Dialect,
    synonyms: &Synonyms,
) -> Option<((usize, usize), Reading)> {
    let sample = sample(text, dialect, RECORDS);
    let mut best: Option<((usize, usize), usize)> = None;
    for (at, (_, cells)) in sample.iter().take(HEADERS).enumerate() {
        let known = cells.iter().filter(|cell| synonyms.meaning(cell).is_some()).count();
        if known == 0 {
            continue;
        }
        let header = Zeroizing::new(names(cells));
        let Some(known) = score(&header, synonyms) else { continue };
        let below = sample.get(at + 1..).unwrap_or_default();
        let alike = below.iter().filter(|(_, row)| row.len() == cells.len()).count();
        let share = alike * 1000 / below.len().max(1);
        if best.is_none_or(|((best, _), _)| known > best) {
            best = Some(((known, share), at));
        }
    }
    let (score, at) = best?;
    let (header_line, cells) = sample.get(at)?;
    let header = names(cells);
    let shape = shapes::recognise(&header);
    let columns = match shape {
        Some(shape) => shape.columns(&header),
        None => Columns::resolve(&header, synonyms),
    };
    Some((score, Reading { dialect, header_line: *header_line, header, columns, shape }))
}

fn score(header: &[String], synonyms: &Synonyms) -> Option<usize> {
    match shapes::recognise(header) {
        Some(_) => Some(1000),
        None => Columns::resolve(header, synonyms).score(header.len()),
    }
}

fn names(cells: &[Zeroizing<String>]) -> Vec<String> {
    let clean = |cell: &Zeroizing<String>| cell.trim_start_matches('#').trim().to_owned();
    cells.iter().map(clean).collect()
}

fn sample(text: &str, dialect: Dialect, most: usize) -> Sample {
    let mut records = Records::new(text, dialect);
    let mut sample = Vec::new();
    while sample.len() < most {
        let Ok(Some(found)) = records.read() else { break };
        match found {
            Found::Cells | Found::OpenQuote { .. } => {
                let cells = (0..records.width())
                    .map(|column| Zeroizing::new(records.cell(column).to_owned()))
                    .collect();
                sample.push((records.line(), cells));
            }
            Found::Blank | Found::Comment => {}
        }
    }
    sample
}

/// The delimiter that a first line `sep=;` names.
fn named_delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next()?;
    let rest = line.trim_start().strip_prefix("sep=")?;
    match rest.trim_end_matches(['\r', '\n']).as_bytes() {
        [delimiter @ (b',' | b';' | b'\t' | b'|')] => Some(*delimiter),
        _ => None,
    }
}

/// Says what was found instead, unless the first line may be data: that could be a secret.
fn nothing_recognised(text: &str, file: &str, line_end: u8, synonyms: &Synonyms) -> ImportError {
    let widest = [b',', b';', b'\t', b'|']
        .into_iter()
        .map(|delimiter| sample(text, Dialect { delimiter, quote: b'"', line_end }, 2))
        .max_by_key(|sample| sample.first().map_or(0, |(_, cells)| cells.len()));
    let sample = widest.unwrap_or_default();
    let first = sample.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
    let second = sample.get(1).map(|(_, cells)| cells.as_slice()).unwrap_or_default();
    let known = first.iter().any(|cell| synonyms.meaning(cell).is_some());
    let differs = first.len() == second.len() && second.iter().any(|cell| looks_measured(cell));
    let found = if first.iter().all(|cell| looks_like_a_name(cell)) && (known || differs) {
        let mut names: Vec<String> = first.iter().take(12).map(|cell| shortened(cell)).collect();
        if first.len() > names.len() {
            names.push("…".to_owned());
        }
        format!("the columns found are {}", names.join(", "))
    } else {
        "the first line looks like data, so it is not shown".to_owned()
    };
    ImportError::NothingRecognised { file: file.to_owned(), found }
}

fn looks_measured(cell: &str) -> bool {
    let number =
        !cell.is_empty() && cell.len() < 5 && cell.bytes().all(|byte| byte.is_ascii_digit());
    number || matches!(dates::read(cell, dates::DayOrder::DayFirst), dates::DateCell::On(_))
}

/// Words as headers have them: nothing with several digits, an `@`, or no end.
fn looks_like_a_name(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters =
        cell.chars().all(|letter| letter.is_alphanumeric() || " _-.()/#\u{202e}".contains(letter));
    digits <= 1 && letters && cell.chars().count() <= 40 && !words::is_unknown(cell)
}

fn shortened(cell: &str) -> String {
    let cut: String = cell.chars().take(40).collect();
    crate::inventory::shown(&cut).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading {
        sniff(text, "f", &Synonyms::new()).unwrap()
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
    fn the_header_is_found_below_a_preamble() {
        let text = "sep=;\nExport of name;2026\n\n# note\nid;service;environment\n1;a;b\n";
        let found = reading(text);
        assert_eq!(found.header_line, 5);
        assert_eq!(found.header, ["id", "service", "environment"]);
    }

    #[test]
    fn a_first_line_that_may_be_data_is_not_shown() {
        let message = |text: &str| sniff(text, "f", &Synonyms::new()).err().unwrap().to_string();
        assert!(!message("payments,hunter,prod\norders,letmein,dev\n").contains("hunter"));
        assert!(!message("payments,Tr0ub4dor,prod\norders,letmein,7\n").contains("Tr0u"));
        assert!(message("colour,weight\nred,12\n").contains("colour, weight"));
    }
}
