//! The order of the steps: from the bytes of all files to one inventory.
//!
//! A file is opened, its dialect and header are found, each column gets a meaning, and every row is
//! read. When all files are read, it is decided which rows are about one credential, and which
//! brought something new.

use zeroize::Zeroize;

use crate::import::container;
use crate::import::container::{OpenOptions, RawTable};
use crate::import::csv::sample::SampledTable;
use crate::import::error::ImportError;
use crate::import::resolve::all_rows::{ReadTables, check_cancelled, resolve};
use crate::import::resolve::identity::IdNamespace;
use crate::import::resolve::skipped_members::{Checkpoint, Member, SkippedMembers};
use crate::import::resolve::swapped_columns::SwappableHeadings;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::counts::Counts;
use crate::import::rows::parallel::Stretch;
use crate::import::rows::read_table::read_table;
use crate::import::rows::table::Table;
use crate::import::schema::by_mapping;
use crate::import::schema::column_mapping;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::detect;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::row_plan::{Plan, Plans};
use crate::import::schema::secret_columns;
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter};
use crate::import::vocabulary::synonyms::Synonyms;
use crate::import::{FileBytes, ImportSettings};
use crate::inventory::shown;
use crate::inventory::{Inventory, Ledger, Progress, Source, SourceId};

/// Reads files into one inventory.
///
/// A file that cannot be read fails the whole import, so that nothing is left half done; what is no
/// table in an archive or a folder that has one is skipped and is a problem. The work stops soon
/// after `progress` is cancelled.
///
/// # Errors
/// Where a file cannot be read at all, or somebody asked to stop.
pub fn import(
    mut files: Vec<FileBytes>,
    key: &FingerprintKey,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Inventory, ImportError> {
    let result = read_all(&mut files, key, settings, progress);
    if result.is_err() {
        // Nobody knows which of them hold secrets.
        for file in &mut files {
            file.bytes.zeroize();
        }
    }
    result
}

fn read_all(
    files: &mut [FileBytes],
    key: &FingerprintKey,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Inventory, ImportError> {
    if files.len() > usize::from(u16::MAX) {
        return Err(ImportError::TooManyFiles { count: files.len() });
    }
    progress.set_whole(files.iter().map(|file| file.bytes.len() as u64).sum());
    let (fingerprinter, synonyms) = (Fingerprinter::new(key), Synonyms::new());
    let mut reader = Reader {
        fingerprinter: &fingerprinter,
        synonyms: &synonyms,
        settings,
        progress,
        bytes_before: 0,
        previous_part: None,
        skipped: SkippedMembers::default(),
        builder: InventoryBuilder::new(),
        tables: ReadTables::default(),
    };
    let mut bytes_before = 0;
    for (at, file) in files.iter_mut().enumerate() {
        bytes_before += file.bytes.len() as u64;
        reader.read_file(at, file)?;
        reader.bytes_before = bytes_before;
        progress.set_done(bytes_before);
    }
    let Reader { skipped, builder, tables, .. } = reader;
    skipped.finish()?;
    resolve(builder, &tables, &fingerprinter, progress)
}

/// Opens the table of a file in the encoding that the user chose, or else that of the column mapping
/// that fits the table.
///
/// # Errors
/// Where the file is no table.
pub(crate) fn open_table<'a>(
    table: &'a FileBytes,
    context: DetectionContext<'_>,
) -> Result<RawTable<'a>, ImportError> {
    let ImportSettings { sheet, mappings, remembered, .. } = context.settings;
    let open = |encoding: Option<&str>| {
        let known = OpenOptions { sheet: sheet.as_deref(), encoding };
        container::open(&table.bytes, &table.name, known, context.progress)
    };
    if let Some(encoding) = &context.overrides.encoding {
        return open(Some(encoding));
    }
    let named = mappings.iter().map(|mapping| (mapping, false));
    for (mapping, is_remembered) in named.chain(remembered.iter().map(|mapping| (mapping, true))) {
        let Some(encoding) = &mapping.encoding else { continue };
        let raw = open(Some(encoding))?;
        if by_mapping::applies_to(&SampledTable::new(&raw), mapping, is_remembered, context) {
            return Ok(raw);
        }
    }
    open(None)
}

/// Reads one file after another.
struct Reader<'a> {
    fingerprinter: &'a Fingerprinter,
    synonyms: &'a Synonyms,
    settings: &'a ImportSettings,
    progress: &'a Progress,
    /// How many bytes of files were read.
    bytes_before: u64,
    previous_part: Option<PreviousPart>,
    skipped: SkippedMembers,
    builder: InventoryBuilder,
    tables: ReadTables,
}

/// The table before the present one, if it is part of an archive or a folder.
struct PreviousPart {
    whole: String,
    schema: TableSchema,
}

/// What is to be known of a table that was read.
struct TableRead {
    has_secrets: bool,
    /// Whether its ids match those of other files.
    ids_match: bool,
}

impl Reader<'_> {
    /// Reads every table of a file; wipes the bytes if any of them has secrets.
    fn read_file(&mut self, at: usize, file: &mut FileBytes) -> Result<(), ImportError> {
        let own_namespace = at as IdNamespace + 1;
        let is_apart = self.settings.apart.contains(&at);
        let (name, folder) = (file.name.clone(), file.part_of.clone());
        let mut members = match container::members(file, self.progress) {
            Ok(members) => members,
            Err(error) => {
                self.tables.namespaces.push(own_namespace);
                let member = Member { whole: folder.as_deref(), name: &name };
                let checkpoint = Checkpoint::of(&self.builder);
                return self.skipped.skip(member, error, checkpoint, &mut self.builder);
            }
        };
        let mut has_secrets = false;
        let mut not_read = std::mem::take(&mut members.not_read);
        while let Some(member) = members.next() {
            let read = member
                .and_then(|(mut table, length)| {
                    check_cancelled(self.progress).inspect_err(|_| table.bytes.zeroize())?;
                    self.read_member(at, table, length)
                })
                .inspect_err(|_| members.wipe())?;
            let is_apart = is_apart || !read.ids_match;
            self.tables.namespaces.push(if is_apart { own_namespace } else { 0 });
            has_secrets |= read.has_secrets;
            self.note_not_read(&std::mem::take(&mut not_read));
        }
        for nested in std::mem::take(&mut members.nested) {
            let nested = format!("{name}/{nested}");
            let error = ImportError::Nested { file: nested.clone() };
            self.tables.namespaces.push(own_namespace);
            let whole = Some(folder.as_deref().unwrap_or(&name));
            let member = Member { whole, name: &nested };
            let checkpoint = Checkpoint::of(&self.builder);
            self.skipped.skip(member, error, checkpoint, &mut self.builder)?;
        }
        if has_secrets {
            members.wipe();
        }
        Ok(())
    }

    /// Says with the first table of an archive which members of it are no tables.
    fn note_not_read(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let names: Vec<_> = names.iter().map(|name| shown(name)).collect();
        if let Some(source) = self.builder.inventory.sources.last_mut() {
            source.reading.push(format!("members not read: {}", names.join(", ")));
        }
    }

    /// Reads one table of a file, or skips it if it is none and lies beside others.
    fn read_member(
        &mut self,
        at: usize,
        mut table: FileBytes,
        length: u64,
    ) -> Result<TableRead, ImportError> {
        let checkpoint = Checkpoint::of(&self.builder);
        let read = self.read_table(at, &table, length);
        if read.as_ref().map_or(true, |read| read.has_secrets) {
            table.bytes.zeroize();
        }
        self.bytes_before += length;
        let whole = table.part_of.as_deref();
        match read {
            Ok(read) => {
                if let Some(whole) = whole {
                    self.skipped.read_one_of(whole);
                }
                Ok(read)
            }
            Err(error) => {
                let member = Member { whole, name: &table.name };
                self.skipped.skip(member, error, checkpoint, &mut self.builder)?;
                Ok(TableRead { has_secrets: true, ids_match: true })
            }
        }
    }

    fn read_table(
        &mut self,
        at: usize,
        file: &FileBytes,
        length: u64,
    ) -> Result<TableRead, ImportError> {
        let source = SourceId(self.builder.inventory.sources.len() as u16);
        if self.builder.inventory.sources.len() >= usize::from(u16::MAX) {
            let count = self.builder.inventory.sources.len() + 1;
            return Err(ImportError::TooManyFiles { count });
        }
        let (settings, progress) = (self.settings, self.progress);
        let none = ReadOverrides::default();
        let overrides = settings.overrides.get(&at).unwrap_or(&none);
        let context = DetectionContext { synonyms: self.synonyms, settings, overrides, progress };
        let raw = open_table(file, context)?;
        let is_part = file.part_of.is_some();
        let empty = raw.why_empty(&file.name);
        if let Some(error) = empty.clone().filter(|_| !is_part) {
            return Err(error);
        }
        self.builder.inventory.sources.push(Source {
            name: file.name.clone(),
            ledger: Ledger::default(),
            header: Vec::new(),
            reading: Vec::new(),
            unmapped: Vec::new(),
            of_other_key: false,
        });
        if empty.is_some() {
            return Ok(TableRead { has_secrets: false, ids_match: true });
        }
        let schema = secret_columns::allowed(
            self.schema(file, &SampledTable::new(&raw), context)?,
            &file.name,
        )?;
        let plans = Plans::new(schema);
        let fingerprinter = self.fingerprinter;
        let table = Table { plans: &plans, raw: &raw, file: &file.name, source, fingerprinter };
        let stretch = Stretch { before: self.bytes_before, length };
        let counts = read_table(&table, &mut self.builder, progress, stretch)?;
        if counts.below_header == 0 && raw.broken.is_empty() && !is_part {
            return Err(ImportError::HeaderOnly { file: file.name.clone() });
        }
        let plan = &plans.first;
        self.finish_source(plan, &raw, &counts);
        self.tables.headings.push(SwappableHeadings::of(plan, source));
        let schema = plan.schema.clone();
        self.previous_part = file.part_of.clone().map(|whole| PreviousPart { whole, schema });
        let ids_match = plan.rules().is_none_or(|rules| rules.ids_match);
        Ok(TableRead { has_secrets: plan.has_secrets, ids_match })
    }

    /// Fills in how the last table was read, and what became of its rows.
    fn finish_source(&mut self, plan: &Plan, raw: &RawTable<'_>, counts: &Counts) {
        let is_mapped = matches!(plan.schema.by, By::ColumnMapping(_) | By::User);
        let named: &[ColumnMapping] = if is_mapped { &[] } else { &self.settings.mappings };
        let unmapped = column_mapping::unused(named, &plan.schema.header);
        let mut reading = plan.description(raw);
        reading.extend_from_slice(&unmapped);
        reading.extend(counts.notes());
        let Some(source) = self.builder.inventory.sources.last_mut() else { return };
        source.ledger = counts.ledger;
        source.header.clone_from(&plan.schema.header);
        source.reading = reading;
        source.unmapped = unmapped;
        source.of_other_key = counts.of_other_key;
    }

    /// How a table is to be read: as its own header says, or as the part before it.
    fn schema(
        &self,
        file: &FileBytes,
        table: &SampledTable<'_>,
        context: DetectionContext<'_>,
    ) -> Result<TableSchema, ImportError> {
        let found = detect::detect_schema(table, &file.name, context);
        let Err(ImportError::NothingRecognised { .. }) = found else { return found };
        match &self.previous_part {
            Some(PreviousPart { whole, schema })
                if file.part_of.as_ref() == Some(whole) && detect::fits(table, schema) =>
            {
                Ok(schema.clone().of_next_part())
            }
            _ => found,
        }
    }
}
