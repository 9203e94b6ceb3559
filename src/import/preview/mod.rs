//! The first rows of a file as an import would understand them, before anything is imported.
//!
//! Only the start of a table is looked at. It is read by the very code that imports, so what is
//! shown is what will happen; a cell of a secret is never shown, nor one that is not read, nor any
//! cell of a row that is left out of a table with secrets. Where no line is known to be the header,
//! no name is shown either, until somebody says which line it is.

use zeroize::{Zeroize as _, Zeroizing};

use crate::import::container;
use crate::import::container::Sheet;
use crate::import::container::encoding::Text;
use crate::import::csv::dialect::Dialect;
use crate::import::csv::sample::SampledSheet;
use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::table::Table;
use crate::import::schema::column_mapping::{ColumnMapping, meaning_named};
use crate::import::schema::context::DetectionContext;
use crate::import::schema::detect;
use crate::import::schema::mapping_of_plan::mapping_of;
use crate::import::schema::overrides::{ReadOverrides, ShapeMark};
use crate::import::schema::row_plan::Plan;
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::{FileBytes, ImportSettings, opened};
use crate::inventory::shown;
use crate::inventory::{Progress, SourceId};

pub(crate) mod guess;
pub(crate) mod rows;

use crate::import::preview::rows::Rows;

/// How much of a table is looked at, in bytes.
const LOOK: usize = 1 << 18;

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the table")]
/// A file as it would be read.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The name of the table: the file's, or that of a table in an archive.
    pub table: String,
    /// All tables that the file packs, by name; none where the file itself is the table.
    pub tables: Vec<String>,
    /// Which of them this is, counted from 0.
    pub at: usize,
    /// Stands for its headings.
    pub shape: ShapeMark,
    /// The encoding, and what else is known of how it is written.
    pub written: Vec<String>,
    /// What parts the cells; `None` where nothing has to: JSON, workbooks.
    pub delimiter: Option<char>,
    /// What cells are quoted with.
    pub quote: Option<char>,
    /// The line of the header, counted from 1; 0 where none is known.
    pub header_line: u32,
    /// Whether a header was found, or said.
    pub recognised: bool,
    /// The known export that it is.
    pub read_as: Option<&'static str>,
    /// Whether what its columns mean is settled by that export.
    pub fixed: bool,
    /// Who says what the columns mean.
    pub by: By,
    /// The columns in their order.
    pub columns: Vec<PreviewColumn>,
    /// What the table does not say, and what follows; the grave first.
    pub missing: Vec<String>,
    /// Whether a column names a credential.
    pub names_credentials: bool,
    /// Whether a column names a service.
    pub names_services: bool,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// The mapping by which it is read.
    pub mapping: ColumnMapping,
}

/// A column and what it is taken to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewColumn {
    /// Its heading, safe to show.
    pub heading: String,
    /// A name of [`crate::import::schema::column_mapping::meanings`]; `unused` where it is not read.
    pub meaning: &'static str,
    /// Why it is taken so.
    pub reason: String,
    /// Whether somebody should look at it.
    pub unsure: bool,
    /// Why it is one of secrets, where it is said to mean something else; to be read behind its
    /// name.
    pub secrets: Option<&'static str>,
    /// Whether somebody said that it holds no secrets all the same.
    pub harmless: bool,
}

impl PreviewColumn {
    /// Whether nothing is imported until somebody says that it holds no secrets.
    pub fn is_held_back(&self) -> bool {
        self.secrets.is_some() && !self.harmless
    }
}

impl Preview {
    /// Whether nothing is imported before somebody has decided on a column of secrets.
    pub fn is_held_back(&self) -> bool {
        self.columns.iter().any(PreviewColumn::is_held_back)
    }
}

/// What is to be looked at, and how it is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Which of the tables that the file packs, counted from 0.
    pub table: usize,
    /// The parts before this file, if all are parts of one table: where this one has no header, it
    /// is read as the nearest of them that has one.
    pub before: &'a [FileBytes],
    /// What was said of the file.
    pub said: &'a ReadOverrides,
    /// What is known of tables.
    pub settings: &'a ImportSettings,
}

/// What will become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is read.
    Taken,
    /// It says nothing of its own.
    Skipped,
    /// It cannot be read.
    Rejected,
}

/// A row as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// Its line in the file.
    pub line: u32,
    /// What will become of it.
    pub fate: Fate,
    /// What is wrong with it, or to be known.
    pub why: String,
    /// Its cells; none where they must not be shown.
    pub cells: Vec<PreviewCell>,
}

/// A cell as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviewCell {
    /// Nothing stands in it.
    Empty,
    /// A text.
    Text(String),
    /// Several names.
    List(Vec<String>),
    /// A secret.
    Masked,
    /// Something that is not read.
    Unread,
}

/// A meaning as people read it, by its name in mappings.
pub fn meaning_word(name: &str) -> &'static str {
    meaning_named(name).map_or("not used", Meaning::word)
}

/// The start of a file, or of a table that it packs, as it would be read.
///
/// The bytes are shared with the file, not copied; what is packed is unpacked.
///
/// # Errors
/// Where the file is no table at all. A table without a known header is shown as far as it may be.
pub fn preview(file: &FileBytes, asked: Asked<'_>) -> Result<Preview, ImportError> {
    let Asked { table, before, said, settings } = asked;
    let synonyms = Synonyms::new();
    let progress = Progress::default();
    let context = DetectionContext { synonyms: &synonyms, settings, said, progress: &progress };
    let (mut own, names) = table_of(file, table)?;
    let at = table.min(names.len().saturating_sub(1));
    let found = of_part((file, at), before, &own, context);
    // What was unpacked is wiped at once; a file itself, with the last who holds it.
    own.bytes.zeroize();
    let names = names.iter().map(|name| shown(name).into_owned()).collect();
    Ok(Preview { tables: names, at, ..found? })
}

/// A table as its header tells, or else as the nearest of those before it that has one.
fn of_part(
    (file, at): (&FileBytes, usize),
    before: &[FileBytes],
    table: &FileBytes,
    context: DetectionContext<'_>,
) -> Result<Preview, ImportError> {
    if let Some(found) = of_table(table, context)? {
        return Ok(found);
    }
    let within = (0..at).rev().map(|at| (file, at));
    for (file, at) in within.chain(before.iter().rev().map(|part| (part, 0))) {
        let (mut earlier, _) = table_of(file, at)?;
        let found = as_part_after(&earlier, table, context);
        earlier.bytes.zeroize();
        if let Some(found) = found? {
            return Ok(found);
        }
    }
    Ok(blind(table, &shortened(opened(table, context)?), context))
}

/// One of the tables of a file, or the last if there are not so many; and the names of all that it
/// packs.
fn table_of(file: &FileBytes, at: usize) -> Result<(FileBytes, Vec<String>), ImportError> {
    let mut members = container::members(&mut file.clone(), &Progress::default())?;
    let names = members.names();
    members.skip(at);
    let Some(member) = members.next() else {
        return Err(ImportError::Empty { file: file.name.clone() });
    };
    Ok((member?.0, names))
}

/// A table as its header tells; `None` where it has none that is known.
fn of_table(
    table: &FileBytes,
    context: DetectionContext<'_>,
) -> Result<Option<Preview>, ImportError> {
    let sheet = shortened(opened(table, context)?);
    if let Some(error) = sheet.why_empty(&table.name) {
        return Err(error);
    }
    match detect::detect_schema(&SampledSheet::new(&sheet), &table.name, context) {
        Ok(reading) => recognised(table, &sheet, context, reading).map(Some),
        Err(ImportError::NothingRecognised { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A table without a header, read as one before it where it fits; `None` where that has none either.
fn as_part_after(
    before: &FileBytes,
    table: &FileBytes,
    context: DetectionContext<'_>,
) -> Result<Option<Preview>, ImportError> {
    let sheet = shortened(opened(table, context)?);
    let first = shortened(opened(before, context)?);
    match detect::detect_schema(&SampledSheet::new(&first), &before.name, context) {
        Ok(reading) if detect::fits(&SampledSheet::new(&sheet), &reading) => {
            recognised(table, &sheet, context, reading.of_next_part()).map(Some)
        }
        Err(ImportError::NothingRecognised { .. }) => Ok(None),
        Ok(_) | Err(_) => Ok(Some(blind(table, &sheet, context))),
    }
}

/// The table without what lies far below its start.
fn shortened(sheet: Sheet<'_>) -> Sheet<'_> {
    let text = sheet.text.as_str();
    if text.len() <= LOOK {
        return sheet;
    }
    let end = if sheet.is_packed() { Dialect::PACKED.line_end } else { b'\n' };
    let start = text.as_bytes().get(..LOOK).unwrap_or_default();
    let cut = memchr::memrchr2(end, b'\r', start).map_or_else(
        || (0..=LOOK).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0),
        |at| at + 1,
    );
    let text = match sheet.text {
        Text::Borrowed(text) => Text::Borrowed(text.get(..cut).unwrap_or_default()),
        Text::Decoded(text) => {
            Text::Decoded(Zeroizing::new(text.get(..cut).unwrap_or_default().to_owned()))
        }
    };
    Sheet { text, ..sheet }
}

fn sign(dialect: Dialect, of: fn(Dialect) -> u8) -> Option<char> {
    (dialect != Dialect::PACKED).then(|| char::from(of(dialect)))
}

fn recognised(
    table: &FileBytes,
    sheet: &Sheet<'_>,
    context: DetectionContext<'_>,
    reading: TableSchema,
) -> Result<Preview, ImportError> {
    let plans = Plan::of_slots(reading);
    let Some(plan) = plans.first() else { return Err(ImportError::Cancelled) };
    let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([0; 32]));
    let mut builder = InventoryBuilder::new();
    let source = SourceId(0);
    let reader = Table { plans: &plans, plan, sheet, file: &table.name, source, keyed: &keyed };
    reader.read(&mut builder, &Progress::default(), (0, 0))?;
    let rows =
        Rows::new(&plans, plan, context.synonyms, (&builder, &keyed)).learning(sheet.text.as_str());
    let columns = guess::columns(&plans, sheet, context);
    let anchored = |wanted: &[Meaning]| {
        plans.iter().any(|plan| wanted.iter().any(|one| plan.columns().of(*one).is_some()))
    };
    let of_credentials =
        [Meaning::Id, Meaning::Label, Meaning::Fingerprint, Meaning::Value].as_slice();
    let mut mapping = mapping_of(plan);
    mapping.encoding = context.said.encoding.clone().or_else(|| encoding_of(plan, context));
    Ok(Preview {
        table: table.name.clone(),
        tables: Vec::new(),
        at: 0,
        shape: ShapeMark::of(&plan.reading.header),
        written: sheet.written.clone(),
        delimiter: sign(plan.reading.dialect, |dialect| dialect.delimiter),
        quote: sign(plan.reading.dialect, |dialect| dialect.quote),
        header_line: sheet.line(plan.reading.header_line),
        recognised: true,
        read_as: plan.reading.shape.map(|shape| shape.name),
        fixed: plans.len() > 1,
        by: plan.reading.by,
        missing: guess::missing(plan, &anchored),
        names_credentials: anchored(of_credentials) || plan.reading.shape.is_some(),
        names_services: anchored(&[Meaning::Service, Meaning::Holder, Meaning::Target]),
        rows: rows.read(sheet, &builder.inventory),
        columns,
        mapping,
    })
}

/// The encoding that the mapping says by which the table is read.
fn encoding_of(plan: &Plan, context: DetectionContext<'_>) -> Option<String> {
    let mapping = match plan.reading.by {
        By::ColumnMapping(at) => context.settings.mappings.get(at),
        By::Remembered(at) => context.settings.remembered.get(at),
        By::Names | By::User => None,
    };
    mapping.and_then(|mapping| mapping.encoding.clone())
}

/// A table of which nobody knows the header: its width, and how it is parted.
fn blind(table: &FileBytes, sheet: &Sheet<'_>, context: DetectionContext<'_>) -> Preview {
    let (dialect, width) = detect::widest(&SampledSheet::new(sheet), context.said);
    let column = |at: usize| PreviewColumn {
        heading: format!("column {}", at + 1),
        meaning: "unused",
        reason: "no header is known".to_owned(),
        unsure: true,
        secrets: None,
        harmless: false,
    };
    Preview {
        table: table.name.clone(),
        tables: Vec::new(),
        at: 0,
        shape: ShapeMark::of(&[]),
        written: sheet.written.clone(),
        delimiter: sign(dialect, |dialect| dialect.delimiter),
        quote: sign(dialect, |dialect| dialect.quote),
        header_line: 0,
        recognised: false,
        read_as: None,
        fixed: true,
        by: By::Names,
        columns: (0..width).map(column).collect(),
        missing: vec![
            "no line names columns that are known, so nothing can be imported yet. Say which line \
             is the header, or that none is; then say what its columns mean. Until then no cell is shown, for the \
             first line may hold secrets"
                .to_owned(),
        ],
        names_credentials: false,
        names_services: false,
        rows: Vec::new(),
        mapping: ColumnMapping::default(),
    }
}
