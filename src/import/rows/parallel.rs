//! Reads a long text in pieces, one on each core, and joins what they say.
//!
//! Where a record ends can only be told by reading from the start, for a quote may be open. So the
//! text is cut where a line looks like a whole row, and a piece is taken only if the piece before
//! it ended just there. Where it did not, the piece before reads on: the outcome is that of one
//! reading, whatever the number of pieces.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};

use crate::import::container::encoding::Offsets;
use crate::import::csv::records::Records;
use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::row::RowReader;
use crate::import::rows::table::{Counts, Table};
use crate::inventory::Progress;

/// A piece of fewer bytes is not worth the joining.
const SHORTEST: usize = 4 << 20;
/// So many lines are tried as the start of a piece.
const TRIED: usize = 200;
/// So many rows are read before the next look at the progress.
const STEP: u64 = 4096;

/// What the pieces of a table tell together of how far they are.
pub(crate) struct Told<'a> {
    pub(crate) progress: &'a Progress,
    rows: AtomicU64,
    read: AtomicU64,
    rows_before: u64,
    /// How many bytes of other files lie behind, and how many bytes of this one are read.
    stretch: (u64, u64),
    length: usize,
}

impl<'a> Told<'a> {
    pub(crate) fn new(progress: &'a Progress, stretch: (u64, u64), length: usize) -> Self {
        let (rows, read) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { progress, rows, read, rows_before: progress.rows(), stretch, length }
    }

    fn add(&self, rows: u64, bytes: usize) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let bytes = bytes as u64;
        let read = self.read.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let share = (read as f64 / self.length as f64).min(1.0);
        self.progress.set_rows(self.rows_before + rows);
        self.progress.set_done(self.stretch.0 + (share * self.stretch.1 as f64) as u64);
    }

    fn end(&self, rows: u64) {
        self.progress.set_rows(self.rows_before + rows);
    }
}

/// Reads a table from the start to the end.
pub(crate) fn read(
    table: &Table<'_>,
    builder: &mut InventoryBuilder,
    told: &Told<'_>,
) -> Result<Counts, ImportError> {
    let text = table.sheet.text.as_str();
    let pieces = rayon::current_num_threads().min(text.len() / SHORTEST);
    read_in(table, pieces, builder, told)
}

fn read_in(
    table: &Table<'_>,
    pieces: usize,
    builder: &mut InventoryBuilder,
    told: &Told<'_>,
) -> Result<Counts, ImportError> {
    let mut starts = starts(table, pieces);
    let mut now = Piece::new(table, 0, 1);
    let end = table.sheet.text.as_str().len();
    let stops = starts.iter().skip(1).map(|start| start.0).chain([end]).collect::<Vec<_>>();
    let first = starts.first().map_or(end, |start| start.0);
    let mut others: Vec<Other<'_>> = starts
        .drain(..)
        .zip(&stops)
        .map(|((start, line), stop)| Other {
            start,
            stop: *stop,
            piece: Piece::new(table, start, line),
            builder: InventoryBuilder::of_piece(),
            ended: Ok(()),
        })
        .collect();
    if others.is_empty() {
        now.read(table, first, builder, told)?;
    } else {
        let (ended, ()) = rayon::join(
            || now.read(table, first, builder, told),
            || {
                others.par_iter_mut().for_each(|other| {
                    other.ended = other.piece.read(table, other.stop, &mut other.builder, told);
                });
            },
        );
        ended?;
    }
    let mut counts = Counts::default();
    let mut rows = 0;
    for other in others {
        if now.is_clean_at(other.start) && other.builder.can_be_joined() {
            other.ended?;
            builder.join(other.builder);
            counts.add(&now.counts);
            rows += now.rows;
            now = other.piece;
            now.is_joined = true;
        } else {
            now.read(table, other.stop, builder, told)?;
        }
    }
    counts.add(&now.counts);
    told.end(rows + now.rows);
    Ok(counts)
}

/// A piece behind the first, and what it says.
struct Other<'a> {
    start: usize,
    stop: usize,
    piece: Piece<'a>,
    builder: InventoryBuilder,
    ended: Result<(), ImportError>,
}

/// Reads one piece.
struct Piece<'a> {
    records: Records<'a>,
    readers: Vec<RowReader<'a>>,
    offsets: Offsets,
    counts: Counts,
    rows: u64,
    /// Whether what was builder has been joined to the rest, where other numbers stand for names.
    is_joined: bool,
}

impl<'a> Piece<'a> {
    fn new(table: &Table<'a>, start: usize, line: u32) -> Self {
        Self {
            records: table.records_from(start, line),
            readers: table.readers(),
            offsets: Offsets::new(table.sheet.counted),
            counts: Counts::default(),
            rows: 0,
            is_joined: false,
        }
    }

    /// Whether reading came to an end just here and what follows can be read by itself.
    fn is_clean_at(&self, start: usize) -> bool {
        self.records.position() == start && !self.records.has_order()
    }

    /// Reads on until the record that ends at `stop` or behind it.
    fn read(
        &mut self,
        table: &Table<'a>,
        stop: usize,
        builder: &mut InventoryBuilder,
        told: &Told<'_>,
    ) -> Result<(), ImportError> {
        if std::mem::take(&mut self.is_joined) {
            self.readers = table.readers();
        }
        let (mut since, mut from) = (0, self.records.position());
        while self.records.position() < stop {
            let found = self.records.read().map_err(|error| table.too_long(error))?;
            let Some(found) = found else { break };
            self.rows += 1;
            since += 1;
            if since == STEP {
                if told.progress.is_cancelled() {
                    return Err(ImportError::Cancelled);
                }
                told.add(since, self.records.position() - from);
                (since, from) = (0, self.records.position());
                builder.check_room(table.file)?;
                if !builder.can_be_joined() {
                    return Ok(());
                }
            }
            let Self { records, readers, offsets, counts, .. } = self;
            table.one(found, (records, readers, offsets), builder, counts);
        }
        told.add(since, self.records.position().saturating_sub(from));
        Ok(())
    }
}

/// Where the pieces behind the first start, each with the number of its line.
fn starts(table: &Table<'_>, pieces: usize) -> Vec<(usize, u32)> {
    let text = table.sheet.text.as_str().as_bytes();
    let line_end = table.plan.reading.dialect.line_end;
    let mut starts: Vec<(usize, u32)> = Vec::new();
    let (mut counted, mut line) = (0, 1);
    for piece in 1..pieces {
        let near = text.len() / pieces * piece;
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
    let text = table.sheet.text.as_str().as_bytes();
    let reading = &table.plan.reading;
    let next = |from: usize| {
        let rest = text.get(from..)?;
        Some(from + memchr::memchr(reading.dialect.line_end, rest)? + 1)
    };
    let mut start = next(near)?;
    for _ in 0..TRIED {
        let end = next(start)?;
        let line = text.get(start..end)?;
        let cells = memchr::memchr_iter(reading.dialect.delimiter, line).count() + 1;
        if cells == reading.header.len() && memchr::memchr(reading.dialect.quote, line).is_none() {
            break;
        }
        start = end;
    }
    (start < text.len()).then_some(start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::csv::sample::SampledSheet;
    use crate::import::schema::context::DetectionContext;
    use crate::import::schema::detect;
    use crate::import::schema::overrides::ReadOverrides;
    use crate::import::schema::row_plan::Plan;
    use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter};
    use crate::import::vocabulary::synonyms::Synonyms;
    use crate::import::{FileBytes, ImportSettings};
    use crate::import::{opened, settled};
    use crate::inventory::{Inventory, Ledger, Source, SourceId};

    /// What a text says when it is read in so many pieces.
    fn read_so(text: &str, pieces: usize) -> Option<(Inventory, Ledger, u64)> {
        let file = FileBytes::new("t.csv", text.as_bytes().to_vec());
        let (settings, synonyms, said) =
            (ImportSettings::default(), Synonyms::new(), ReadOverrides::default());
        let progress = Progress::default();
        let context = DetectionContext {
            synonyms: &synonyms,
            settings: &settings,
            said: &said,
            progress: &progress,
        };
        let sheet = opened(&file, context).unwrap();
        let plans = Plan::of_slots(
            detect::detect_schema(&SampledSheet::new(&sheet), "t.csv", context).ok()?,
        );
        let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let table = Table {
            plans: &plans,
            plan: &plans[0],
            sheet: &sheet,
            file: "t.csv",
            source: SourceId(0),
            keyed: &keyed,
        };
        let mut builder = InventoryBuilder::new();
        builder.inventory.sources.push(Source {
            name: "t.csv".to_owned(),
            ledger: Ledger::default(),
            header: Vec::new(),
            reading: Vec::new(),
            unmapped: Vec::new(),
            of_other_key: false,
        });
        let told = Told::new(&progress, (0, 1), text.len());
        let counts = read_in(&table, pieces, &mut builder, &told).unwrap();
        let inventory = settled(builder, &[0], &keyed, &progress).unwrap();
        Some((inventory, counts.ledger, progress.rows()))
    }

    fn row() -> impl Strategy<Value = String> {
        let id =
            prop::sample::select(vec!["k1", "k2", "k3", "", "a\u{200b}b", "0012", "12", "1.2E+11"]);
        let value = prop::sample::select(vec!["", "", "hunter2", "Tr0ub4dor", "changeme"]);
        let service = prop_oneof![
            60 => prop::sample::select(vec!["web", "Web", "db;web", "\"x, y\"", "a, b", "Ã¼ber"]),
            1 => prop::sample::select(vec!["\"two\nlines\"", "\"open", "https://u:hunter2@h/p"]),
        ];
        let environment = prop::sample::select(vec!["dev", "prod", "dev;prod", "", "a\u{200b}b"]);
        let status = prop::sample::select(vec!["active", "odd word", "revoked", "stranger"]);
        let date = prop::sample::select(vec!["2026-01-02", "03/04/2026", "no day", "13/01/2026"]);
        let cells = (id, value, service, environment, status, date);
        let whole = cells.prop_map(|(id, value, service, environment, status, date)| {
            format!("{id},{value},{service},{environment},{status},{date}\n")
        });
        prop_oneof![
            80 => whole,
            1 => Just("\n".to_owned()),
            1 => Just("# a remark\n".to_owned()),
            1 => Just("Total,3,,,,\n".to_owned()),
            1 => Just("short,,row\n".to_owned()),
            1 => Just("k7,,web,dev,active,\rk8,Tr0ub4dor,\"a\rb\",prod,active,\n".to_owned()),
            1 => Just("credential_id,password,service,environment,status,created\n".to_owned()),
            1 => Just("service,credential_id,password,environment,status,created\n".to_owned()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn pieces_say_what_the_whole_says(
            rows in prop::collection::vec(row(), 1..60),
            secrets in any::<bool>(),
            pieces in 2..9_usize,
        ) {
            let second = if secrets { "password" } else { "tags" };
            let text = format!(
                "credential_id,{second},service,environment,status,created\n{}",
                rows.concat()
            );
            let whole = read_so(&text, 1);
            prop_assume!(whole.is_some());
            prop_assert_eq!(format!("{whole:#?}"), format!("{:#?}", read_so(&text, pieces)));
        }
    }

    #[test]
    fn a_plain_text_is_cut_into_as_many_pieces_as_were_asked_for() {
        let rows: Vec<String> =
            (0..400).map(|at| format!("k{at},,s{},dev,active,\n", at % 7)).collect();
        let text =
            format!("credential_id,tags,service,environment,status,created\n{}", rows.concat());
        let whole = read_so(&text, 1);
        for pieces in 2..6 {
            assert_eq!(format!("{whole:?}"), format!("{:?}", read_so(&text, pieces)));
        }
        assert_eq!(whole.unwrap().0.rows.len(), 400);
    }
}
