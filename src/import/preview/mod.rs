//! The first rows of a file as an import would understand them, before anything is imported.
//!
//! Only the start of a table is looked at. It is read by the very code that imports, so what is
//! shown is what will happen; a cell of a secret is never shown, nor one that is not read, nor any
//! cell of a row that is left out of a table with secrets. Where no line is known to be the header,
//! no name is shown either, until somebody says which line it is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use zeroize::{Zeroize as _, Zeroizing};

use super::gathered::Gathered;
use super::key::{FingerprintKey, Fingerprinter};
use super::mapping::meaning_named;
use super::plan::Plan;
use super::records::{Dialect, Found, Records};
use super::sheets::{self, Sheet};
use super::sniff::{self, By, Reading, Sought};
use super::synonyms::{Meaning, Synonyms};
use super::table::Table;
use super::text::Text;
use super::{
    FileBytes, ImportError, ImportSettings, Mapping, Said, ShapeMark, cells, leaks, opened,
};
use crate::inventory::Fingerprint;
use crate::inventory::{Inventory, ProblemKind, Progress, SourceId, shown};

mod guess;

/// How much of a table is looked at, in bytes.
const LOOK: usize = 1 << 18;
/// How many rows are shown.
const ROWS: usize = 20;

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
    pub mapping: Mapping,
}

/// A column and what it is taken to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewColumn {
    /// Its heading, safe to show.
    pub heading: String,
    /// A name of [`super::meanings`]; `unused` where it is not read.
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
    pub said: &'a Said,
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
    let sought = Sought { synonyms: &synonyms, settings, said };
    let (mut own, names) = table_of(file, table)?;
    let at = table.min(names.len().saturating_sub(1));
    let found = of_part((file, at), before, &own, sought);
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
    sought: Sought<'_>,
) -> Result<Preview, ImportError> {
    if let Some(found) = of_table(table, sought)? {
        return Ok(found);
    }
    let within = (0..at).rev().map(|at| (file, at));
    for (file, at) in within.chain(before.iter().rev().map(|part| (part, 0))) {
        let (mut earlier, _) = table_of(file, at)?;
        let found = as_part_after(&earlier, table, sought);
        earlier.bytes.zeroize();
        if let Some(found) = found? {
            return Ok(found);
        }
    }
    Ok(blind(table, &shortened(opened(table, sought)?), sought))
}

/// One of the tables of a file, or the last if there are not so many; and the names of all that it
/// packs.
fn table_of(file: &FileBytes, at: usize) -> Result<(FileBytes, Vec<String>), ImportError> {
    let mut members = sheets::members(&mut file.clone())?;
    let names = members.names();
    members.pass_over(at);
    let Some(member) = members.next() else {
        return Err(ImportError::Empty { file: file.name.clone() });
    };
    Ok((member?.0, names))
}

/// A table as its header tells; `None` where it has none that is known.
fn of_table(table: &FileBytes, sought: Sought<'_>) -> Result<Option<Preview>, ImportError> {
    let sheet = shortened(opened(table, sought)?);
    if sheet.text.as_str().trim_start().is_empty() && sheet.broken.is_empty() {
        return Err(ImportError::Empty { file: table.name.clone() });
    }
    match sniff::sniff(&sheet, &table.name, sought) {
        Ok(reading) => recognised(table, &sheet, sought, reading).map(Some),
        Err(ImportError::NothingRecognised { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A table without a header, read as one before it where it fits; `None` where that has none either.
fn as_part_after(
    before: &FileBytes,
    table: &FileBytes,
    sought: Sought<'_>,
) -> Result<Option<Preview>, ImportError> {
    let sheet = shortened(opened(table, sought)?);
    let first = shortened(opened(before, sought)?);
    match sniff::sniff(&first, &before.name, sought) {
        Ok(reading) if sniff::fits(&sheet, &reading) => {
            let reading = Reading { header_line: 0, ..reading };
            recognised(table, &sheet, sought, reading).map(Some)
        }
        Err(ImportError::NothingRecognised { .. }) => Ok(None),
        Ok(_) | Err(_) => Ok(Some(blind(table, &sheet, sought))),
    }
}

/// The table without what lies far below its start.
fn shortened(sheet: Sheet<'_>) -> Sheet<'_> {
    let text = sheet.text.as_str();
    if text.len() <= LOOK {
        return sheet;
    }
    let end = sheet.dialect.map_or(b'\n', |dialect| dialect.line_end);
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
    sought: Sought<'_>,
    reading: Reading,
) -> Result<Preview, ImportError> {
    let plans = Plan::of_slots(reading);
    let Some(plan) = plans.first() else { return Err(ImportError::Cancelled) };
    let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([0; 32]));
    let mut gathered = Gathered::new();
    let source = SourceId(0);
    let reader = Table { plans: &plans, plan, sheet, file: &table.name, source, keyed: &keyed };
    reader.read(&mut gathered, &Progress::default(), (0, 0))?;
    let rows =
        Rows::new(&plans, plan, sought.synonyms, (&gathered, &keyed)).learning(sheet.text.as_str());
    let columns = guess::columns(&plans, sheet, sought);
    let anchored = |wanted: &[Meaning]| {
        plans.iter().any(|plan| wanted.iter().any(|one| plan.columns().of(*one).is_some()))
    };
    let of_credentials =
        [Meaning::Id, Meaning::Label, Meaning::Fingerprint, Meaning::Value].as_slice();
    let mut mapping = Mapping::of(plan);
    mapping.encoding = sought.said.encoding.clone().or_else(|| encoding_of(plan, sought));
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
        rows: rows.read(sheet, &gathered.inventory),
        columns,
        mapping,
    })
}

/// The encoding that the mapping says by which the table is read.
fn encoding_of(plan: &Plan, sought: Sought<'_>) -> Option<String> {
    let mapping = match plan.reading.by {
        By::Mapping(at) => sought.settings.mappings.get(at),
        By::Remembered(at) => sought.settings.remembered.get(at),
        By::Names | By::User => None,
    };
    mapping.and_then(|mapping| mapping.encoding.clone())
}

/// A table of which nobody knows the header: its width, and how it is parted.
fn blind(table: &FileBytes, sheet: &Sheet<'_>, sought: Sought<'_>) -> Preview {
    let (dialect, width) = sniff::widest(sheet, sought.said);
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
             is the header; then say what its columns mean. Until then no cell is shown, for the \
             first line may hold secrets"
                .to_owned(),
        ],
        names_credentials: false,
        names_services: false,
        rows: Vec::new(),
        mapping: Mapping::default(),
    }
}

/// What is needed to show rows.
struct Rows<'a> {
    plan: &'a Plan,
    secret: Vec<bool>,
    meanings: Vec<Option<Meaning>>,
    known: (&'a Gathered, &'a Fingerprinter),
    /// The secrets of the rows that are looked at, keyed.
    secrets: BTreeSet<Fingerprint>,
}

impl<'a> Rows<'a> {
    fn new(
        plans: &'a [Plan],
        plan: &'a Plan,
        synonyms: &Synonyms,
        known: (&'a Gathered, &'a Fingerprinter),
    ) -> Self {
        let header = &plan.reading.header;
        let meanings: Vec<Option<Meaning>> =
            (0..header.len()).map(|at| guess::meaning_at(plans, at)).collect();
        let hides = |meaning: Meaning| {
            matches!(meaning, Meaning::Value | Meaning::OtherSecret | Meaning::Fingerprint)
        };
        // What is called a secret stays hidden here, whatever it is said to mean, until somebody
        // says that it holds none.
        let harmless = |at: usize| {
            plan.reading.renamed.iter().any(|renamed| renamed.column == at && renamed.harmless)
        };
        let by_name = |name: &String| synonyms.meaning(name).is_some_and(|found| hides(found.0));
        let hidden = |(at, (name, own)): (usize, (&String, &Option<Meaning>))| {
            own.is_some_and(hides) || (by_name(name) && !harmless(at))
        };
        let secret = header.iter().zip(&meanings).enumerate().map(hidden).collect();
        Self { plan, secret, meanings, known, secrets: BTreeSet::new() }
    }

    /// Learns the secrets, so that none is shown where it stands as a name in another row.
    fn learning(mut self, text: &str) -> Self {
        let mut records = self.plan.records(text);
        while let Ok(Some(_)) = records.read() {
            for at in (0..self.secret.len()).filter(|at| self.secret.get(*at) == Some(&true)) {
                let cell = records.cell(at);
                if !super::words::is_placeholder(cell) {
                    self.secrets.insert(self.known.1.of_value(cell));
                }
            }
        }
        self
    }

    fn read(&self, sheet: &Sheet<'_>, inventory: &Inventory) -> Vec<PreviewRow> {
        let taken: BTreeSet<u32> = inventory.rows.iter().map(|row| row.place.line).collect();
        let mut said: BTreeMap<u32, (bool, &str)> = BTreeMap::new();
        let mut stop = u32::MAX;
        for problem in &inventory.problems {
            let line = problem.place.line;
            if problem.kind == ProblemKind::NewHeader {
                // Below it other columns stand in these places.
                stop = stop.min(line);
            }
            let own = said.entry(line).or_insert((false, &problem.message));
            if problem.row_rejected {
                *own = (true, &problem.message);
            }
        }
        let mut rows = Vec::new();
        let mut records = self.plan.records(sheet.text.as_str());
        while rows.len() < ROWS {
            let Ok(Some(found)) = records.read() else { break };
            if records.line() <= self.plan.reading.header_line {
                continue;
            }
            let line = sheet.line(records.line());
            if line >= stop {
                break;
            }
            let (fate, why) = match (said.get(&line), taken.contains(&line)) {
                (Some((true, why)), _) => (Fate::Rejected, (*why).to_owned()),
                (Some((false, why)), true) => (Fate::Taken, (*why).to_owned()),
                (None, true) => (Fate::Taken, String::new()),
                (_, false) => (Fate::Skipped, skipped(found).to_owned()),
            };
            let why = shown(&why).into_owned();
            rows.push(PreviewRow { line, fate, why, cells: self.cells(&records, (found, fate)) });
        }
        rows
    }

    /// The cells of a row, as far as they may be shown.
    fn cells(&self, records: &Records<'_>, (found, fate): (Found, Fate)) -> Vec<PreviewCell> {
        let width = self.plan.reading.header.len();
        let whole = found == Found::Cells && records.width() == width && !records.has_stray_quote();
        let any_secret = self.secret.contains(&true);
        if matches!(found, Found::Blank | Found::Comment)
            || (any_secret && (!whole || fate != Fate::Taken))
        {
            return Vec::new();
        }
        (0..width).map(|at| self.cell(records, at)).collect()
    }

    fn cell(&self, records: &Records<'_>, at: usize) -> PreviewCell {
        let cell = records.cell(at);
        if cell.is_empty() {
            return PreviewCell::Empty;
        }
        if self.secret.get(at).copied().unwrap_or(true) {
            return PreviewCell::Masked;
        }
        let Some(meaning) = self.meanings.get(at).copied().flatten() else {
            return PreviewCell::Unread;
        };
        let clean = self.clean(records, cell);
        let names = self.names(&clean, meaning);
        match names.as_slice() {
            [] => PreviewCell::Text(shown(&clean).into_owned()),
            [one] => PreviewCell::Text(shown(one).into_owned()),
            several => {
                PreviewCell::List(several.iter().map(|name| shown(name).into_owned()).collect())
            }
        }
    }

    /// A cell without the secrets of its row, or any that another row has.
    fn clean(&self, records: &Records<'_>, cell: &str) -> Zeroizing<String> {
        use super::mask::{Forms, MASK};
        if self.secrets.contains(&self.known.1.of_value(cell)) {
            return Zeroizing::new(MASK.to_owned());
        }
        let mut clean = Zeroizing::new(cell.to_owned());
        for at in (0..self.secret.len()).filter(|at| self.secret.get(*at) == Some(&true)) {
            let secret = records.cell(at);
            if secret.is_empty() || super::words::is_placeholder(secret) {
                continue;
            }
            if let Some(masked) = Forms::of(secret).masked_anywhere(&clean, MASK) {
                clean = masked;
            }
        }
        match leaks::masked(&clean) {
            Cow::Borrowed(_) => clean,
            Cow::Owned(masked) => Zeroizing::new(masked),
        }
    }

    /// The names in a cell that may hold several.
    fn names(&self, cell: &str, meaning: Meaning) -> Vec<String> {
        let environments = &self.known.0.environments;
        match meaning {
            Meaning::Service | Meaning::Holder | Meaning::Target => {
                let beside = match meaning {
                    Meaning::Holder => Meaning::HolderEnvironment,
                    Meaning::Target => Meaning::TargetEnvironment,
                    _ => Meaning::Environment,
                };
                let columns = self.plan.columns();
                let has_label = [beside, Meaning::Environment]
                    .into_iter()
                    .any(|meaning| columns.of(meaning).is_some());
                let known = (!has_label).then_some(environments);
                let pieces =
                    cells::services(cell, self.plan.is_plural(meaning), known).pieces.into_iter();
                let piece = |piece: cells::Piece| match piece.environment {
                    Some(label) => format!("{} in {label}", piece.service),
                    None => piece.service,
                };
                pieces.map(piece).collect()
            }
            Meaning::Environment | Meaning::HolderEnvironment | Meaning::TargetEnvironment => {
                cells::labels(cell, environments)
            }
            Meaning::Owner | Meaning::ServiceOwner => {
                cells::owners(cell, |_| false).into_iter().map(Cow::into_owned).collect()
            }
            _ => vec![cell.to_owned()],
        }
    }
}

fn skipped(found: Found) -> &'static str {
    match found {
        Found::Blank => "blank",
        Found::Comment => "a comment",
        Found::Cells | Found::OpenQuote { .. } => "says nothing of its own",
    }
}
