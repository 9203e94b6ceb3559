//! The first records of a text, from which its dialect and its header are detected.

use std::cell::RefCell;
use std::rc::Rc;

use zeroize::Zeroizing;

use crate::import::container::RawTable;
use crate::import::csv::dialect::Dialect;
use crate::import::csv::records::{Found, Records};
use crate::import::further::{Further, Unread};
use crate::inventory::Progress;

/// How many records a sample has at most: enough to see what a column holds, and few enough to be
/// split in each of the dialects that are tried.
const RECORDS: usize = 200;

/// The line of a record, and its cells.
pub(crate) type Record = (u32, Vec<Zeroizing<String>>);

/// A table with the samples of its text, each of which is read once for each dialect.
pub(crate) struct SampledTable<'a> {
    pub(crate) raw: &'a RawTable<'a>,
    samples: RefCell<Vec<(Dialect, Rc<[Record]>)>>,
}

impl<'a> SampledTable<'a> {
    pub(crate) fn new(raw: &'a RawTable<'a>) -> Self {
        Self { raw, samples: RefCell::default() }
    }

    /// The first records as a dialect splits them; lines of white space and comments are left out.
    pub(crate) fn sample(&self, dialect: Dialect) -> Rc<[Record]> {
        let mut samples = self.samples.borrow_mut();
        if let Some((_, known)) = samples.iter().find(|(own, _)| *own == dialect) {
            return Rc::clone(known);
        }
        let sample: Rc<[Record]> = first_records(self.raw.text.as_str(), dialect).into();
        samples.push((dialect, Rc::clone(&sample)));
        sample
    }

    /// Further records from all over the text, where it has more than the sample. One that starts
    /// within quotes is split as it stands, so that only those as wide as the header are of use.
    pub(crate) fn spread(&self, dialect: Dialect) -> Vec<Record> {
        if self.sample(dialect).len() < RECORDS {
            return Vec::new();
        }
        let pieces = spread_pieces(self.raw);
        pieces.iter().flat_map(|piece| first_records(piece, dialect)).collect()
    }
}

/// The first records of a text as a dialect splits them.
pub(crate) fn first_records(text: &str, dialect: Dialect) -> Vec<Record> {
    let mut records = Records::new(text, dialect);
    let mut sample = Vec::new();
    while sample.len() < RECORDS {
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

/// At how many places all over a long text its lines are looked at, how many at each, and up to which
/// length. As many records as the first ones show what a column is like further down.
const PLACES: usize = 64;
const LINES: usize = 4;
const LONGEST: usize = 1 << 12;

/// Whole lines from places spread evenly over a text.
pub(crate) fn spread_pieces(raw: &RawTable<'_>) -> Vec<Zeroizing<String>> {
    if !raw.spread.is_empty() {
        return raw.spread.clone();
    }
    let text = raw.text.as_str();
    let ends: [u8; 2] =
        if raw.is_packed() { [Dialect::PACKED.line_end; 2] } else { [b'\n', b'\r'] };
    let piece = |place: usize| {
        let rest = text.as_bytes().get(text.len() / PLACES * place..)?;
        lines_within(rest, ends)
    };
    (1..PLACES).filter_map(piece).collect()
}

/// The same pieces of a text that is not here, behind a byte-order mark of this length.
///
/// # Errors
/// Where it cannot be read, or somebody asked to stop.
pub(crate) fn pieces_of(
    further: &Further,
    mark: u64,
    progress: &Progress,
) -> Result<Vec<Zeroizing<String>>, Unread> {
    let length = further.length().saturating_sub(mark);
    let mut pieces = Vec::new();
    for place in 1..PLACES as u64 {
        let from = mark + length / PLACES as u64 * place;
        let mut rest = Zeroizing::new(Vec::new());
        let mut more = 2 * LONGEST;
        // Until the first end of a line is there, and all that is looked at behind it.
        loop {
            further.read_on(from + rest.len() as u64, more, &mut rest, progress)?;
            let start = memchr::memchr2(b'\n', b'\r', &rest).map(|end| end + 1);
            let is_whole = from + rest.len() as u64 >= further.length();
            if is_whole || start.is_some_and(|start| rest.len() >= start + LONGEST) {
                break;
            }
            more = rest.len();
        }
        pieces.extend(lines_within(&rest, [b'\n', b'\r']));
    }
    Ok(pieces)
}

/// Some whole lines behind the first end of a line.
fn lines_within(rest: &[u8], ends: [u8; 2]) -> Option<Zeroizing<String>> {
    let start = memchr::memchr2(ends[0], ends[1], rest)? + 1;
    let within = rest.get(start..rest.len().min(start + LONGEST))?;
    let end = memchr::memchr2_iter(ends[0], ends[1], within).take(LINES).last()?;
    let lines = std::str::from_utf8(within.get(..=end)?).ok()?;
    Some(Zeroizing::new(lines.to_owned()))
}

/// Whether each record has the same number of cells, and more than one: then the delimiter separates
/// them, and does not merely occur in some.
pub(crate) fn is_regular(sample: &[Record]) -> bool {
    let mut widths = sample.iter().map(|(_, cells)| cells.len());
    let first = widths.next().unwrap_or(0);
    first > 1 && sample.len() > 1 && widths.all(|width| width == first)
}

/// The records of a sample below a line.
pub(crate) fn below(sample: &[Record], line: u32) -> &[Record] {
    let first = sample.iter().position(|(own, _)| *own > line).unwrap_or(sample.len());
    sample.get(first..).unwrap_or_default()
}

/// The cells of a column in the records that are as wide as the header, without empty ones.
pub(crate) fn column_cells(sample: &[Record], width: usize, column: usize) -> Vec<&str> {
    let rows = sample.iter().map(|(_, row)| row).filter(|row| row.len() == width);
    let cells = rows.filter_map(|row| Some(row.get(column)?.as_str()));
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// The cells of a header as names.
pub(crate) fn names(cells: &[Zeroizing<String>]) -> Vec<String> {
    let clean = |cell: &Zeroizing<String>| cell.trim_start_matches('#').trim().to_owned();
    cells.iter().map(clean).collect()
}

/// The line of the record before; 0 for the first.
pub(crate) fn line_before(sample: &[Record], at: usize) -> u32 {
    at.checked_sub(1).and_then(|at| sample.get(at)).map_or(0, |(line, _)| *line)
}
