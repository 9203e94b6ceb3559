//! Reads a long text in parts, one on each core, and joins what they say.
//!
//! Where a record ends can only be known by reading from the start, because a quote may be open. So the
//! text is cut where a line looks like a whole row, and a part is used only if the part before it
//! ended just there. Where it did not, the part before reads on: the outcome is that of a single
//! reading, whatever the number of parts.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};

use crate::import::csv::records::Resume;
use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::counts::Counts;
use crate::import::rows::join::join;
use crate::import::rows::record::read_record;
use crate::import::rows::repeated_cells::RepeatedFingerprints;
use crate::import::rows::table::{RowCursor, Table};
use crate::inventory::Progress;

/// The least bytes of a part: joining a shorter one costs more than reading it on a core of its own
/// saves.
const SHORTEST: usize = 4 << 20;
/// How many lines are tried as the start of a part. If none fits, the part starts at the last one and
/// is then hardly ever used.
const LINES_TRIED: usize = 200;
/// From how many rows on the tables of what is known no longer fit into the caches of a core, and how many
/// hundredths of an equal share the first part has then: it alone looks up all of them.
const LARGE: usize = 500_000;
const FIRST_SHARE: usize = 88;
/// How many rows are read between two looks at the progress: few enough to stop within a blink.
const STEP: u64 = 4096;

/// Which part of the bytes of all files a table is, for the progress.
#[derive(Clone, Copy, Default)]
pub(crate) struct Stretch {
    /// How many bytes of other files were read before.
    pub(crate) before: u64,
    /// How many bytes of its own file the table has.
    pub(crate) length: u64,
}

/// How far the parts of a table have come together.
pub(crate) struct TableProgress<'a> {
    progress: &'a Progress,
    rows: AtomicU64,
    read: AtomicU64,
    rows_before: u64,
    stretch: Stretch,
    /// The length of the whole text.
    length: u64,
}

impl<'a> TableProgress<'a> {
    pub(crate) fn new(progress: &'a Progress, stretch: Stretch, length: u64) -> Self {
        let (rows, read) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { progress, rows, read, rows_before: progress.rows(), stretch, length }
    }

    fn add(&self, rows: u64, bytes: usize) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let bytes = bytes as u64;
        let read = self.read.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let share = (read as f64 / self.length as f64).min(1.0);
        self.progress.set_rows(self.rows_before + rows);
        self.progress.set_done(self.stretch.before + (share * self.stretch.length as f64) as u64);
    }

    /// Tells how many rows all that was read so far has: what was read twice counts once.
    fn end(&mut self, rows: u64) {
        self.rows_before += rows;
        self.rows = AtomicU64::new(0);
        self.progress.set_rows(self.rows_before);
    }
}

/// What a text was found to have, and where it is read on if it is a segment of a longer one.
pub(crate) struct TextRead {
    pub(crate) counts: Counts,
    pub(crate) end: Resume,
}

/// Reads the text of a table from a place to the end, in a part for each core if it is long.
///
/// # Errors
/// Where somebody asked to stop, a line is too long, or there are more rows than can be numbered.
pub(crate) fn read(
    table: &Table<'_>,
    from: &Resume,
    builder: &mut InventoryBuilder,
    progress: &mut TableProgress<'_>,
) -> Result<TextRead, ImportError> {
    let text = table.raw.text.as_str();
    let parts = rayon::current_num_threads().min(text.len() / SHORTEST);
    read_in_parts(table, from, parts, builder, progress)
}

/// The same in a number of parts.
pub(crate) fn read_in_parts(
    table: &Table<'_>,
    from: &Resume,
    parts: usize,
    builder: &mut InventoryBuilder,
    progress: &mut TableProgress<'_>,
) -> Result<TextRead, ImportError> {
    let is_large = builder.inventory.rows.len() > LARGE;
    let starts = starts(table, from, parts, is_large);
    let end = table.raw.text.as_str().len();
    let stops = starts.iter().skip(1).map(|start| start.0).chain([end]);
    let first_stop = starts.first().map_or(end, |start| start.0);
    let shared = &*progress;
    let mut current = Part::new(table, from);
    let mut later: Vec<LaterPart<'_>> =
        starts.iter().zip(stops).map(|(start, stop)| LaterPart::new(table, *start, stop)).collect();
    let read_later = || {
        later.par_iter_mut().for_each(|later| {
            later.result = later.part.read(table, later.stop, &mut later.builder, shared);
        });
    };
    if starts.is_empty() {
        current.read(table, first_stop, builder, shared)?;
    } else {
        rayon::join(|| current.read(table, first_stop, builder, shared), read_later).0?;
    }
    let mut counts = Counts::default();
    let mut rows = 0;
    for later in later {
        if current.is_clean_at(later.start) && later.builder.can_be_joined() {
            later.result?;
            join(builder, later.builder);
            counts.add(&current.counts);
            rows += current.rows;
            current = later.part;
            current.is_joined = true;
        } else {
            current.read(table, later.stop, builder, shared)?;
        }
    }
    counts.add(&current.counts);
    progress.end(rows + current.rows);
    Ok(TextRead { counts, end: Resume::of(&current.cursor.records) })
}

/// A part behind the first, and what it says.
struct LaterPart<'a> {
    start: usize,
    stop: usize,
    part: Part<'a>,
    builder: InventoryBuilder,
    result: Result<(), ImportError>,
}

impl<'a> LaterPart<'a> {
    fn new(table: &Table<'a>, (start, line): (usize, u32), stop: usize) -> Self {
        let part = Part::new(table, &Resume::at_line(start, line));
        Self { start, stop, part, builder: InventoryBuilder::of_part(), result: Ok(()) }
    }
}

/// Reads one part.
struct Part<'a> {
    cursor: RowCursor<'a>,
    counts: Counts,
    rows: u64,
    /// Whether what it read has been joined to the rest, where other numbers stand for names.
    is_joined: bool,
}

impl<'a> Part<'a> {
    fn new(table: &Table<'a>, from: &Resume) -> Self {
        let cursor = table.cursor_at(from);
        Self { cursor, counts: Counts::default(), rows: 0, is_joined: false }
    }

    /// Whether reading came to an end just here and what follows can be read by itself.
    fn is_clean_at(&self, start: usize) -> bool {
        let records = &self.cursor.records;
        records.position() == start && !records.has_order()
    }

    /// Reads on until the record that ends at `stop` or behind it.
    fn read(
        &mut self,
        table: &Table<'a>,
        stop: usize,
        builder: &mut InventoryBuilder,
        progress: &TableProgress<'_>,
    ) -> Result<(), ImportError> {
        let Self { cursor, counts, rows, is_joined } = self;
        if std::mem::take(is_joined) {
            cursor.readers = table.readers();
            cursor.fingerprints = RepeatedFingerprints::new(table.plan().columns());
        }
        let (mut since, mut from) = (0, cursor.records.position());
        let before = (builder.inventory.rows.len(), from);
        let mut is_first_step = true;
        while cursor.records.position() < stop {
            let found = cursor.records.read().map_err(|error| table.too_long(error))?;
            let Some(found) = found else { break };
            *rows += 1;
            since += 1;
            if since == STEP {
                if progress.progress.is_cancelled() {
                    return Err(ImportError::Cancelled);
                }
                let at = cursor.records.position();
                progress.add(since, at - from);
                (since, from) = (0, at);
                if std::mem::take(&mut is_first_step) {
                    builder.reserve_rows(before.0, at - before.1, stop.saturating_sub(at));
                }
                builder.check_room(table.file)?;
                if !builder.can_be_joined() {
                    return Ok(());
                }
            }
            read_record(table, found, cursor, builder, counts);
        }
        progress.add(since, cursor.records.position().saturating_sub(from));
        Ok(())
    }
}

/// Where the parts behind the first, which reads from a place on, start, each with the number of its
/// line.
fn starts(table: &Table<'_>, from: &Resume, parts: usize, is_large: bool) -> Vec<(usize, u32)> {
    let text = table.raw.text.as_str().as_bytes();
    let line_end = table.plan().schema.dialect.line_end;
    let first = text.len() / parts.max(1) / 100 * if is_large { FIRST_SHARE } else { 100 };
    let mut starts: Vec<(usize, u32)> = Vec::new();
    let (mut counted, mut line) = (from.at, from.line);
    for part in 1..parts {
        let near = first + (text.len() - first) / (parts - 1) * (part - 1);
        let Some(start) = start_near(table, near).filter(|start| *start > counted) else {
            continue;
        };
        let between = text.get(counted..start).unwrap_or_default();
        line += memchr::memchr_iter(line_end, between).count() as u32;
        counted = start;
        starts.push((start, line));
    }
    starts
}

/// The start of the first line behind a place that looks like a whole row: as wide as the header,
/// and without a quote.
fn start_near(table: &Table<'_>, near: usize) -> Option<usize> {
    let text = table.raw.text.as_str().as_bytes();
    let schema = &table.plan().schema;
    let next = |from: usize| {
        let rest = text.get(from..)?;
        Some(from + memchr::memchr(schema.dialect.line_end, rest)? + 1)
    };
    let mut start = next(near)?;
    for _ in 0..LINES_TRIED {
        let end = next(start)?;
        let line = text.get(start..end)?;
        let cells = memchr::memchr_iter(schema.dialect.delimiter, line).count() + 1;
        if cells == schema.header.len() && memchr::memchr(schema.dialect.quote, line).is_none() {
            break;
        }
        start = end;
    }
    (start < text.len()).then_some(start)
}
