//! Reads the start of a file as an import would.

use zeroize::{Zeroize as _, Zeroizing};

use crate::import::FileBytes;
use crate::import::container;
use crate::import::container::encoding::Text;
use crate::import::container::{FilePart, PartKind, RawTable};
use crate::import::csv::dialect::Dialect;
use crate::import::csv::sample;
use crate::import::csv::sample::SampledTable;
use crate::import::error::ImportError;
use crate::import::open_tables::{open_tables, table_in_file, wanted_parts};
use crate::import::preview::column_reasons;
use crate::import::preview::first_rows::FirstRows;
use crate::import::preview::header_lines;
use crate::import::preview::missing_columns;
use crate::import::preview::table_preview::{Preview, PreviewColumn, PreviewRequest};
use crate::import::preview::unknown_words::unknown_words;
use crate::import::resolve::{misplaced_secrets, unclear_cells};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::parallel::Stretch;
use crate::import::rows::read_table::read_table;
use crate::import::rows::table::Table;
use crate::import::schema::by_mapping;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::day_orders::DayOrders;
use crate::import::schema::detect;
use crate::import::schema::mapping_of_plan;
use crate::import::schema::overrides::HeaderMark;
use crate::import::schema::row_plan::{Plan, Plans};
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::inventory::shown;
use crate::inventory::{Progress, SourceId};

/// How much of a table is looked at, in bytes: far more than the rows that are shown need, and read
/// before anybody notices.
const LOOK: usize = 1 << 18;

/// The start of a file, or of a table that it packs, as it would be read.
///
/// The bytes are shared with the file, not copied; what is packed is unpacked.
///
/// # Errors
/// Where the file is no table at all. A table without a known header is shown as far as it may be.
pub fn preview(file: &FileBytes, request: PreviewRequest<'_>) -> Result<Preview, ImportError> {
    let PreviewRequest { table, before, overrides, settings } = request;
    let synonyms = Synonyms::new();
    let progress = Progress::default();
    let context =
        DetectionContext { synonyms: &synonyms, settings, overrides, progress: &progress };
    let MemberTable { table: mut shown_table, names, parts } = table_of(file, table, context)?;
    let at = table.min(names.len().saturating_sub(1));
    let sheet = if names.is_empty() { table } else { 0 };
    let shown_file = Shown { file: &shown_table, outer: &file.name, sheet };
    let found = of_part((file, at), before, shown_file, context);
    // What was unpacked is wiped at once; a file itself, with the last who holds it.
    shown_table.bytes.zeroize();
    let found = found?;
    let parts = parts.into_iter().chain(found.parts).collect();
    let found = Preview { parts, ..found };
    if names.is_empty() {
        return Ok(found);
    }
    let names = names.iter().map(|name| shown(name).into_owned()).collect();
    Ok(Preview { tables: names, at, ..found })
}

/// The file of which a table is shown, and which of its worksheets that is, if it is a workbook.
#[derive(Clone, Copy)]
struct Shown<'a> {
    file: &'a FileBytes,
    /// The name of the file or archive that holds it.
    outer: &'a str,
    sheet: usize,
}

/// The start of a table, the worksheets beside which it stands, and its place among them.
struct Start<'a> {
    raw: RawTable<'a>,
    /// The names of those that are read.
    names: Vec<String>,
    /// The parts of the file that can be read or left out.
    parts: Vec<FilePart>,
    at: usize,
    /// Its name within the file, if this may hold several.
    table_in_file: Option<String>,
}

impl<'a> Shown<'a> {
    /// Opens the table; the last, if there are fewer worksheets.
    fn start(self, context: DetectionContext<'_>) -> Result<Start<'a>, ImportError> {
        let mut tables = open_tables(self.file, context)?;
        let names = tables.iter().filter_map(RawTable::sheet_beside_others);
        let names = names.map(|name| shown(name).into_owned()).collect();
        let parts = tables.first_mut().map(|raw| std::mem::take(&mut raw.parts));
        let at = self.sheet.min(tables.len().saturating_sub(1));
        if tables.is_empty() {
            return Err(ImportError::Empty { file: self.file.name.clone() });
        }
        let raw = shortened(tables.swap_remove(at));
        let table = table_in_file(self.outer, &self.file.name, &raw).map(str::to_owned);
        Ok(Start { raw, names, parts: parts.unwrap_or_default(), at, table_in_file: table })
    }
}

/// A table as its header says, or else as the nearest of those before it that has one.
fn of_part(
    (file, at): (&FileBytes, usize),
    before: &[FileBytes],
    table: Shown<'_>,
    context: DetectionContext<'_>,
) -> Result<Preview, ImportError> {
    if let Some(found) = of_table(table, context)? {
        return Ok(found);
    }
    let within = (0..at).rev().map(|at| (file, at));
    for (file, at) in within.chain(before.iter().rev().map(|part| (part, 0))) {
        let mut earlier = table_of(file, at, context)?.table;
        let found = as_part_after(&earlier, table, context);
        earlier.bytes.zeroize();
        if let Some(found) = found? {
            return Ok(found);
        }
    }
    let start = table.start(context)?;
    let overrides = context.overrides.of_table(start.table_in_file.as_deref());
    let context = DetectionContext { overrides: &overrides, ..context };
    Ok(blind(table.file, &start, context))
}

/// One of the tables of a file.
struct MemberTable {
    table: FileBytes,
    /// The names of all that the file packs.
    names: Vec<String>,
    /// Its members, read or not.
    parts: Vec<FilePart>,
}

/// One of the tables of a file, or the last if it has fewer.
fn table_of(
    file: &FileBytes,
    at: usize,
    context: DetectionContext<'_>,
) -> Result<MemberTable, ImportError> {
    let wanted = wanted_parts(PartKind::Member, context.settings, context.overrides);
    let mut members = container::members(&mut file.clone(), wanted, &Progress::default())?;
    let parts = std::mem::take(&mut members.parts);
    let names = members.names();
    members.skip(at);
    let Some(member) = members.next() else {
        return Err(ImportError::Empty { file: file.name.clone() });
    };
    Ok(MemberTable { table: member?.0, names, parts })
}

/// A table as its header says; `None` where it has none that is known.
fn of_table(
    table: Shown<'_>,
    context: DetectionContext<'_>,
) -> Result<Option<Preview>, ImportError> {
    let (file, start) = (table.file, table.start(context)?);
    let overrides = context.overrides.of_table(start.table_in_file.as_deref());
    let context = DetectionContext { overrides: &overrides, ..context };
    if let Some(error) = start.raw.why_empty(&file.name) {
        return Err(error);
    }
    match detect::detect_schema(&SampledTable::new(&start.raw), &file.name, context) {
        Ok(schema) => recognised(file, &start, context, schema).map(Some),
        Err(ImportError::NothingRecognised { .. } | ImportError::NoKnownMembers { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A table without a header, read as one before it where it fits; `None` where that has none either.
fn as_part_after(
    before: &FileBytes,
    table: Shown<'_>,
    context: DetectionContext<'_>,
) -> Result<Option<Preview>, ImportError> {
    let (file, start) = (table.file, table.start(context)?);
    let overrides = context.overrides.of_table(start.table_in_file.as_deref());
    let first = Shown { file: before, outer: table.outer, sheet: 0 }.start(context)?;
    let own = context.overrides.of_table(first.table_in_file.as_deref());
    let (first, of_first) = (first.raw, DetectionContext { overrides: &own, ..context });
    let context = DetectionContext { overrides: &overrides, ..context };
    match detect::detect_schema(&SampledTable::new(&first), &before.name, of_first) {
        Ok(schema) if detect::fits(&SampledTable::new(&start.raw), &schema) => {
            recognised(file, &start, context, schema.of_next_part()).map(Some)
        }
        Err(ImportError::NothingRecognised { .. } | ImportError::NoKnownMembers { .. }) => Ok(None),
        Ok(_) | Err(_) => Ok(Some(blind(file, &start, context))),
    }
}

/// The table without what lies far below its start.
fn shortened(raw: RawTable<'_>) -> RawTable<'_> {
    let text = raw.text.as_str();
    if text.len() <= LOOK {
        return RawTable { further: None, ..raw };
    }
    let spread = sample::spread_pieces(&raw);
    let end = if raw.is_packed() { Dialect::PACKED.line_end } else { b'\n' };
    let start = text.as_bytes().get(..LOOK).unwrap_or_default();
    let cut = memchr::memrchr2(end, b'\r', start).map_or_else(
        || (0..=LOOK).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0),
        |at| at + 1,
    );
    let text = match raw.text {
        Text::Borrowed(text) => Text::Borrowed(text.get(..cut).unwrap_or_default()),
        Text::Decoded(text) => {
            Text::Decoded(Zeroizing::new(text.get(..cut).unwrap_or_default().to_owned()))
        }
    };
    RawTable { text, further: None, spread, ..raw }
}

/// A sign of the dialect, where the text of the file has any.
fn sign(dialect: Dialect, of: fn(Dialect) -> u8) -> Option<char> {
    (dialect != Dialect::PACKED).then(|| char::from(of(dialect)))
}

fn recognised(
    table: &FileBytes,
    start: &Start<'_>,
    context: DetectionContext<'_>,
    schema: TableSchema,
) -> Result<Preview, ImportError> {
    let raw = &start.raw;
    let plans = Plans::new(schema, &table.name);
    let plan = &plans.first;
    // Nothing of this inventory is kept, so that any key will do.
    let fingerprinter = Fingerprinter::new(&FingerprintKey::from_bytes([0; 32]));
    let mut builder = InventoryBuilder::new();
    let (file, source) = (table.name.as_str(), SourceId(0));
    let progress = Progress::default();
    let day_orders = &DayOrders::new(&plans, raw, &progress);
    let (plans, fingerprinter, goes_on) = (&plans, &fingerprinter, false);
    let reader = Table { plans, raw, file, source, fingerprinter, day_orders, goes_on };
    read_table(&reader, &mut builder, &progress, Stretch::default())?;
    // What is shown of the problems must hold no value of another row either.
    let values = misplaced_secrets::values_of(&mut builder, fingerprinter);
    misplaced_secrets::mask(&mut builder, &values, (fingerprinter, context.progress))?;
    unclear_cells::reveal(&mut builder, fingerprinter);
    let rows = FirstRows::new(&reader, &builder, context.synonyms);
    let columns = column_reasons::columns(plans, raw, context);
    let is_named = |wanted: &[Meaning]| {
        let marked = plan.schema.marks.as_ref().map(|marks| marks.of.meaning());
        plans.iter().any(|plan| wanted.iter().any(|one| plan.columns().of(*one).is_some()))
            || marked.is_some_and(|marked| wanted.contains(&marked))
    };
    let mut mapping = mapping_of_plan::mapping_of(plan);
    by_mapping::pin_header(&mut mapping, &SampledTable::new(raw), &plan.schema, context);
    mapping.encoding = context.overrides.encoding.clone().or_else(|| encoding_of(plan, context));
    let mut words = unknown_words(plan, raw, &builder.environments);
    words.retain(|word| !rows.repeats_a_value(&word.word));
    Ok(Preview {
        table: table.name.clone(),
        tables: start.names.clone(),
        at: start.at,
        table_in_file: start.table_in_file.clone(),
        parts: start.parts.clone(),
        header_mark: HeaderMark::of(&plan.schema.header),
        written: raw.written.clone(),
        delimiter: sign(plan.schema.dialect, |dialect| dialect.delimiter),
        quote: sign(plan.schema.dialect, |dialect| dialect.quote),
        header_line: raw.line(plan.schema.header_line),
        header: header_lines::around(&plan.schema, &SampledTable::new(raw)),
        recognised: true,
        read_as: plan.rules().and_then(|rules| rules.name.clone()),
        fixed: !plans.is_single(),
        by: plan.schema.by,
        environment_in_names: mapping.environment_in_names,
        words,
        missing: missing_columns::missing(plan, &is_named),
        names_credentials: is_named(&missing_columns::CREDENTIALS) || plan.rules().is_some(),
        names_services: is_named(&missing_columns::SERVICES),
        rows: rows.read(),
        columns,
        mapping,
    })
}

/// The encoding that the mapping says by which the table is read.
fn encoding_of(plan: &Plan, context: DetectionContext<'_>) -> Option<String> {
    let mapping = match plan.schema.by {
        By::ColumnMapping(at) => context.settings.mappings.get(at),
        By::Remembered(at) => context.settings.remembered.get(at),
        By::Names | By::User => None,
    };
    mapping.and_then(|mapping| mapping.encoding.clone())
}

/// A table of which nobody knows the header: its width, and how its cells are separated.
fn blind(table: &FileBytes, start: &Start<'_>, context: DetectionContext<'_>) -> Preview {
    let raw = &start.raw;
    let sampled = SampledTable::new(raw);
    let (dialect, width) = detect::widest(&sampled, context.overrides);
    let column = |at: usize| PreviewColumn {
        heading: format!("column {}", at + 1),
        meaning: "unused",
        reason: "no header is recognised".to_owned(),
        unsure: true,
        secrets: None,
        harmless: false,
    };
    Preview {
        table: table.name.clone(),
        tables: start.names.clone(),
        at: start.at,
        table_in_file: start.table_in_file.clone(),
        parts: start.parts.clone(),
        header_mark: HeaderMark::of(&[]),
        written: raw.written.clone(),
        delimiter: sign(dialect, |dialect| dialect.delimiter),
        quote: sign(dialect, |dialect| dialect.quote),
        header_line: 0,
        header: header_lines::first(&sampled, dialect),
        recognised: false,
        read_as: None,
        fixed: true,
        by: By::Names,
        columns: (0..width).map(column).collect(),
        environment_in_names: None,
        words: Vec::new(),
        missing: vec![
            "no line names columns that are known, so nothing can be imported yet. Say which line \
             is the header, or that none is; then say what its columns mean. Until then no cell \
             is shown, because the first line may hold secrets"
                .to_owned(),
        ],
        names_credentials: false,
        names_services: false,
        rows: Vec::new(),
        mapping: ColumnMapping::default(),
    }
}
