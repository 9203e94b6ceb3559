//! Reads all rows of a table into the inventory.

use crate::import::container::RawTable;
use crate::import::container::encoding::{Counted, Text};
use crate::import::csv::records::Resume;
use crate::import::csv::segments::Segments;
use crate::import::error::ImportError;
use crate::import::further::Further;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::container_remarks;
use crate::import::rows::counts::Counts;
use crate::import::rows::parallel;
use crate::import::rows::parallel::{Stretch, TableProgress, TextRead};
use crate::import::rows::table::Table;
use crate::inventory::Progress;

/// Reads every row. `stretch` says which part of all files the table is.
///
/// # Errors
/// Where somebody asked to stop, a line is too long, or there are more rows than can be numbered.
pub(crate) fn read_table(
    table: &Table<'_>,
    builder: &mut InventoryBuilder,
    progress: &Progress,
    stretch: Stretch,
) -> Result<Counts, ImportError> {
    read_in(table, None, builder, (progress, stretch))
}

/// The same in a number of parts for each text; if none is given, in one for each core.
fn read_in(
    table: &Table<'_>,
    parts: Option<usize>,
    builder: &mut InventoryBuilder,
    (progress, stretch): (&Progress, Stretch),
) -> Result<Counts, ImportError> {
    let mut counts = Counts::default();
    builder.begin_table();
    counts.ledger.add(&container_remarks::report(table, builder));
    let length = match &table.raw.further {
        Some(further) => further.length(),
        None => table.raw.text.as_str().len() as u64,
    };
    let reader =
        TextReader { parts, builder, progress: TableProgress::new(progress, stretch, length) };
    let read = match &table.raw.further {
        Some(further) => reader.read_segments(table, further, progress),
        None => reader.read_whole(table),
    };
    // Rows whose dates could not be judged are no result, however their reading ended.
    let unread = |unread| ImportError::of_unread(unread, table.file);
    table.day_orders.check().map_err(unread)?;
    counts.add(&read?);
    counts.report_marked(builder);
    Ok(counts)
}

/// What the text of a table is read with.
struct TextReader<'a> {
    parts: Option<usize>,
    builder: &'a mut InventoryBuilder,
    progress: TableProgress<'a>,
}

impl TextReader<'_> {
    fn read(&mut self, table: &Table<'_>, from: &Resume) -> Result<TextRead, ImportError> {
        let Self { parts, builder, progress } = self;
        match parts {
            Some(parts) => parallel::read_in_parts(table, from, *parts, builder, progress),
            None => parallel::read(table, from, builder, progress),
        }
    }

    fn read_whole(mut self, table: &Table<'_>) -> Result<Counts, ImportError> {
        self.read(table, &Resume::start()).map(|read| read.counts)
    }

    /// Reads a text that is not in memory whole, a segment after the other. What was read is
    /// overwritten by what follows, and wiped in the end.
    fn read_segments(
        mut self,
        table: &Table<'_>,
        further: &Further,
        progress: &Progress,
    ) -> Result<Counts, ImportError> {
        let unread = |unread| ImportError::of_unread(unread, table.file);
        let mark = if let Counted::Same(mark) = table.raw.counted { mark } else { 0 };
        let mut segments = Segments::new(further, mark);
        let mut counts = Counts::default();
        let before = self.builder.inventory.rows.len();
        loop {
            segments.read_on(progress).map_err(unread)?;
            let text = Text::Borrowed(segments.text().map_err(unread)?);
            let raw = RawTable::delimited(text, Vec::new(), Counted::Same(segments.base()));
            let segment = table.segment(&raw, !segments.is_last());
            let read = self.read(&segment, segments.from())?;
            counts.add(&read.counts);
            if segments.is_last() {
                return Ok(counts);
            }
            segments.go_on(read.end);
            let (read, whole) = (segments.base(), further.length());
            self.builder.reserve_rows(before, read as usize, whole.saturating_sub(read) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::import::csv::sample::SampledTable;
    use crate::import::open_tables::open_tables;
    use crate::import::resolve::all_rows::{ReadTables, resolve};
    use crate::import::schema::context::DetectionContext;
    use crate::import::schema::day_orders::DayOrders;
    use crate::import::schema::detect;
    use crate::import::schema::overrides::ReadOverrides;
    use crate::import::schema::row_plan::Plans;
    use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter};
    use crate::import::vocabulary::synonyms::Synonyms;
    use crate::import::{FileBytes, ImportSettings};
    use crate::inventory::{Inventory, Ledger, Source, SourceId};

    /// What a text says when it is read in a number of parts, whole or in segments.
    fn read_so(
        text: &str,
        parts: usize,
        segment: Option<usize>,
    ) -> Option<(Inventory, Ledger, u64)> {
        let bytes = text.as_bytes().to_vec();
        let further = segment.map(|size| Further::new(Arc::new(bytes.clone()), size));
        let file = FileBytes { further, ..FileBytes::new("t.csv", bytes) };
        let (settings, synonyms, overrides) =
            (ImportSettings::default(), Synonyms::new(), ReadOverrides::default());
        let progress = Progress::default();
        let context = DetectionContext {
            synonyms: &synonyms,
            settings: &settings,
            overrides: &overrides,
            progress: &progress,
        };
        let raw = open_tables(&file, context).unwrap().remove(0);
        let plans = Plans::new(
            detect::detect_schema(&SampledTable::new(&raw), "t.csv", context).ok()?,
            "t.csv",
        );
        let fingerprinter = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let day_orders = DayOrders::new(&plans, &raw, &progress);
        let table = Table {
            plans: &plans,
            raw: &raw,
            file: "t.csv",
            source: SourceId(0),
            fingerprinter: &fingerprinter,
            day_orders: &day_orders,
            goes_on: false,
        };
        let mut builder = InventoryBuilder::new();
        builder.inventory.sources.push(Source::new("t.csv"));
        let stretch = Stretch { before: 0, length: 1 };
        let counts = read_in(&table, Some(parts), &mut builder, (&progress, stretch)).unwrap();
        let tables = ReadTables { namespaces: vec![0], headings: Vec::new() };
        let (inventory, _) = resolve(builder, &tables, &fingerprinter, &progress).unwrap();
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

    /// A failure keeps its seed where the integration tests keep theirs.
    fn cases(cases: u32) -> ProptestConfig {
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds.txt");
        let kept = proptest::test_runner::FileFailurePersistence::Direct(seeds);
        ProptestConfig { cases, failure_persistence: Some(Box::new(kept)), ..Default::default() }
    }

    proptest! {
        #![proptest_config(cases(400))]

        #[test]
        fn parts_and_segments_say_what_the_whole_says(
            rows in prop::collection::vec(row(), 1..60),
            secrets in any::<bool>(),
            parts in 1..9_usize,
            segment in prop::option::of(1..600_usize),
        ) {
            let second = if secrets { "password" } else { "tags" };
            let text = format!(
                "credential_id,{second},service,environment,status,created\n{}",
                rows.concat()
            );
            let whole = read_so(&text, 1, None);
            prop_assume!(whole.is_some());
            prop_assert_eq!(format!("{whole:#?}"), format!("{:#?}", read_so(&text, parts, segment)));
        }
    }

    #[test]
    fn a_plain_text_is_cut_into_as_many_parts_as_were_asked_for() {
        let rows: Vec<String> =
            (0..400).map(|at| format!("k{at},,s{},dev,active,\n", at % 7)).collect();
        let text =
            format!("credential_id,tags,service,environment,status,created\n{}", rows.concat());
        let whole = read_so(&text, 1, None);
        for parts in 2..6 {
            assert_eq!(format!("{whole:?}"), format!("{:?}", read_so(&text, parts, None)));
        }
        assert_eq!(whole.unwrap().0.rows.len(), 400);
    }
}
