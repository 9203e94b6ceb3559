//! The order of the steps: from the bytes of all files to one inventory.
//!
//! A file is opened, its dialect and header are found, each column gets a meaning, and every row is
//! read. When all files are read, it is decided which rows are about one credential, and which
//! brought something new.

use zeroize::Zeroize;

use crate::import::container;
use crate::import::container::{PartKind, RawTable};
use crate::import::csv::sample::SampledTable;
use crate::import::error::ImportError;
use crate::import::input::ArgumentNumbers;
use crate::import::open_tables::{needs_whole, open_tables, table_in_file, wanted_parts};
use crate::import::resolve::all_rows::{ReadTables, check_cancelled, resolve};
use crate::import::resolve::identity::IdNamespace;
use crate::import::resolve::misplaced_secrets::ImportedValues;
use crate::import::resolve::named_parts::{NamedParts, report_mappings_without_table};
use crate::import::resolve::skipped_members::{Checkpoint, Member, SkippedMembers};
use crate::import::resolve::swapped_columns::SwappableHeadings;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::parallel::Stretch;
use crate::import::rows::read_table::read_table;
use crate::import::rows::source_report;
use crate::import::rows::table::Table;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::day_orders::DayOrders;
use crate::import::schema::detect;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::row_plan::Plans;
use crate::import::schema::secret_columns;
use crate::import::schema::table_schema::TableSchema;
use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::Synonyms;
use crate::import::{FileBytes, ImportSettings};
use crate::inventory::{Inventory, NotRead, Progress, Source, SourceId, UnreadKind};

/// Reads files into one inventory.
///
/// A file that cannot be read fails the whole import, so that nothing is left half done; what is no
/// table in an archive or a folder that has one is skipped and is a problem. The work stops soon
/// after `progress` is cancelled.
///
/// # Errors
/// Where a file cannot be read at all, or somebody asked to stop.
pub fn import(
    files: Vec<FileBytes>,
    key: &FingerprintKey,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Inventory, ImportError> {
    import_with_values(files, key, settings, progress).map(|(inventory, _)| inventory)
}

/// The same, and what finds the secret values of the files again in the names of another inventory that
/// is shown beside this one. It holds no value.
///
/// # Errors
/// As [`import`].
pub fn import_with_values(
    mut files: Vec<FileBytes>,
    key: &FingerprintKey,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<(Inventory, ImportedValues), ImportError> {
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
) -> Result<(Inventory, ImportedValues), ImportError> {
    if files.len() > usize::from(u16::MAX) {
        return Err(ImportError::TooManyFiles { count: files.len() });
    }
    progress.set_whole(files.iter().map(FileBytes::length).sum());
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
        parts: NamedParts::default(),
    };
    let mut bytes_before = 0;
    let mut argument = ArgumentNumbers::default();
    for (at, file) in files.iter_mut().enumerate() {
        bytes_before += file.length();
        let (number, first) = (argument.next(file), reader.builder.inventory.sources.len());
        reader.read_file(at, file)?;
        for source in reader.builder.inventory.sources.iter_mut().skip(first) {
            source.argument = number;
        }
        reader.bytes_before = bytes_before;
        progress.set_done(bytes_before);
    }
    let Reader { skipped, mut builder, tables, parts, .. } = reader;
    parts.check(settings)?;
    report_mappings_without_table(&mut builder.inventory.sources, &settings.mappings);
    skipped.finish()?;
    resolve(builder, &tables, &fingerprinter, progress)
}

/// The file with all of its bytes, if its start alone does not do.
fn complete<'f>(
    file: &'f mut FileBytes,
    context: DetectionContext<'_>,
) -> Result<&'f FileBytes, ImportError> {
    if needs_whole(file, context) {
        let read = file.read_whole(context.progress);
        read.map_err(|unread| ImportError::of_unread(unread, &file.name))?;
    }
    Ok(file)
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
    parts: NamedParts,
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

/// A file of the import, and with which others its ids match.
#[derive(Clone, Copy)]
struct Origin<'a> {
    /// Its name.
    file: &'a str,
    /// Its place among the files.
    at: usize,
    namespace: IdNamespace,
    is_apart: bool,
}

/// The name of a table, and of what it is a part.
#[derive(Clone, Copy)]
struct TableName<'a> {
    name: &'a str,
    /// The archive or folder whose parts may continue each other without a header of their own.
    part_of: Option<&'a str>,
    /// The archive, folder or workbook beside whose other tables it may be skipped.
    whole: Option<&'a str>,
}

impl Reader<'_> {
    /// Reads every table of a file; wipes the bytes if any of them has secrets.
    fn read_file(&mut self, at: usize, file: &mut FileBytes) -> Result<(), ImportError> {
        let namespace = at as IdNamespace + 1;
        let (name, folder, size) = (file.name.clone(), file.part_of.clone(), file.length());
        let is_apart = self.settings.apart.contains(&at);
        let origin = Origin { file: &name, at, namespace, is_apart };
        let none = ReadOverrides::default();
        let overrides = self.settings.overrides.get(&at).unwrap_or(&none);
        let wanted = wanted_parts(PartKind::Member, self.settings, overrides);
        let mut members = match container::members(file, wanted, self.progress) {
            Ok(members) => members,
            Err(error) => {
                let member = Member {
                    whole: folder.as_deref(),
                    name: &name,
                    size,
                    kind: UnreadKind::Member,
                };
                return self.skip(origin, member, error, Checkpoint::of(&self.builder));
            }
        };
        self.parts.note(&members.parts);
        let mut has_secrets = false;
        let mut not_read = std::mem::take(&mut members.not_read);
        while let Some(member) = members.next() {
            has_secrets |= member
                .and_then(|(mut table, length)| {
                    check_cancelled(self.progress).inspect_err(|_| table.bytes.zeroize())?;
                    self.read_member(origin, table, length)
                })
                .inspect_err(|_| members.wipe())?;
            self.add_not_read(std::mem::take(&mut not_read));
        }
        for (nested, size) in std::mem::take(&mut members.nested) {
            let nested = format!("{name}/{nested}");
            let error = ImportError::Nested { file: nested.clone() };
            let whole = Some(folder.as_deref().unwrap_or(&name));
            let member = Member { whole, name: &nested, size, kind: UnreadKind::Member };
            self.skip(origin, member, error, Checkpoint::of(&self.builder))?;
        }
        if has_secrets {
            members.wipe();
        }
        Ok(())
    }

    /// Adds to the first table of an archive which members of it are not read.
    fn add_not_read(&mut self, members: Vec<NotRead>) {
        let Some(source) = self.builder.inventory.sources.last_mut() else { return };
        source.not_read.extend(members);
    }

    /// Skips what is no table and lies beside others.
    fn skip(
        &mut self,
        origin: Origin<'_>,
        member: Member<'_>,
        error: ImportError,
        checkpoint: Checkpoint,
    ) -> Result<(), ImportError> {
        self.skipped.skip(member, error, checkpoint, &mut self.builder)?;
        self.tables.namespaces.push(origin.namespace);
        Ok(())
    }

    /// Reads the tables of a file or a member; whether any may have secrets.
    fn read_member(
        &mut self,
        origin: Origin<'_>,
        mut file: FileBytes,
        length: u64,
    ) -> Result<bool, ImportError> {
        let read = self.read_tables(origin, &mut file, length);
        if !matches!(read, Ok(false)) {
            file.bytes.zeroize();
        }
        self.bytes_before += length;
        read
    }

    fn read_tables(
        &mut self,
        origin: Origin<'_>,
        file: &mut FileBytes,
        length: u64,
    ) -> Result<bool, ImportError> {
        let none = ReadOverrides::default();
        let overrides = self.settings.overrides.get(&origin.at).unwrap_or(&none);
        let context = DetectionContext {
            synonyms: self.synonyms,
            settings: self.settings,
            overrides,
            progress: self.progress,
        };
        let file = complete(file, context)?;
        let whole = file.part_of.as_deref();
        let mut has_secrets = false;
        let tables = match open_tables(file, context) {
            Ok(tables) => tables,
            Err(error) => {
                let size = file.length();
                let member = Member { whole, name: &file.name, size, kind: UnreadKind::Member };
                self.skip(origin, member, error, Checkpoint::of(&self.builder))?;
                return Ok(true);
            }
        };
        for raw in &tables {
            self.parts.note(&raw.parts);
        }
        let share = length / tables.len().max(1) as u64;
        let mut not_read = Vec::new();
        for mut raw in tables {
            raw.not_read.append(&mut not_read);
            let sheet = raw.sheet_beside_others().map(|sheet| format!("{}/{sheet}", file.name));
            let table = match &sheet {
                Some(name) => TableName { name, part_of: None, whole: whole.or(Some(&file.name)) },
                None => TableName { name: &file.name, part_of: whole, whole },
            };
            let checkpoint = Checkpoint::of(&self.builder);
            let overrides = overrides.of_table(table_in_file(origin.file, &file.name, &raw));
            let context = DetectionContext { overrides: &overrides, ..context };
            match self.read_table(table, &raw, share, context) {
                Ok(TableRead { has_secrets: own, ids_match }) => {
                    let is_apart = origin.is_apart || !ids_match;
                    self.tables.namespaces.push(if is_apart { origin.namespace } else { 0 });
                    has_secrets |= own;
                    if let Some(whole) = table.whole {
                        self.skipped.read_one_of(whole);
                    }
                }
                Err(error) => {
                    has_secrets = true;
                    not_read = std::mem::take(&mut raw.not_read);
                    let (size, kind) = match &sheet {
                        Some(_) => (raw.lines.len() as u64, UnreadKind::Worksheet),
                        None => (file.length(), UnreadKind::Member),
                    };
                    let member = Member { whole: table.whole, name: table.name, size, kind };
                    self.skip(origin, member, error, checkpoint)?;
                }
            }
        }
        Ok(has_secrets)
    }

    fn read_table(
        &mut self,
        table: TableName<'_>,
        raw: &RawTable<'_>,
        length: u64,
        context: DetectionContext<'_>,
    ) -> Result<TableRead, ImportError> {
        let TableName { name, part_of, whole } = table;
        let source = SourceId(self.builder.inventory.sources.len() as u16);
        if self.builder.inventory.sources.len() >= usize::from(u16::MAX) {
            let count = self.builder.inventory.sources.len() + 1;
            return Err(ImportError::TooManyFiles { count });
        }
        let is_part = whole.is_some();
        if let Some(error) = raw.why_empty(name) {
            return Err(error);
        }
        self.builder.inventory.sources.push(Source::new(secret_detection::masked(name)));
        let sampled = SampledTable::new(raw);
        let schema = secret_columns::allowed(self.schema(table, &sampled, context)?, name)?;
        let plans = Plans::new(schema, name);
        let fingerprinter = self.fingerprinter;
        let day_orders = &DayOrders::new(&plans, raw, self.progress);
        let (plans, goes_on) = (&plans, false);
        let rows = Table { plans, raw, file: name, source, fingerprinter, day_orders, goes_on };
        let stretch = Stretch { before: self.bytes_before, length };
        let first_link = self.builder.inventory.links.len();
        let counts = read_table(&rows, &mut self.builder, self.progress, stretch)?;
        let is_blank = counts.below_header == 0 && raw.broken.is_empty();
        if is_blank && !is_part {
            return Err(ImportError::HeaderOnly { file: name.to_owned() });
        }
        source_report::report_unread_columns(&rows, &sampled, &mut self.builder);
        let Inventory { sources, links, .. } = &mut self.builder.inventory;
        let mut links = links.iter().skip(first_link);
        let has_assumed = links.any(|link| link.instance_assumed);
        if let Some(source) = sources.last_mut() {
            let counts = (&counts, has_assumed);
            source_report::fill(source, &rows, counts, &self.settings.mappings);
            if is_blank {
                source.notes.push("it has a header and no rows".to_owned());
            }
        }
        let plan = &plans.first;
        self.tables.headings.push(SwappableHeadings::of(plan, source));
        let schema = plan.schema.clone();
        self.previous_part = part_of.map(|whole| PreviousPart { whole: whole.to_owned(), schema });
        let ids_match = plan.rules().is_none_or(|rules| rules.ids_match);
        Ok(TableRead { has_secrets: plan.has_secrets, ids_match })
    }

    /// How a table is to be read: as its own header says, or as the part before it.
    fn schema(
        &self,
        file: TableName<'_>,
        table: &SampledTable<'_>,
        context: DetectionContext<'_>,
    ) -> Result<TableSchema, ImportError> {
        let found = detect::detect_schema(table, file.name, context);
        let Err(ImportError::NothingRecognised { .. } | ImportError::NoKnownMembers { .. }) = found
        else {
            return found;
        };
        match &self.previous_part {
            Some(PreviousPart { whole, schema })
                if file.part_of == Some(whole) && detect::fits(table, schema) =>
            {
                Ok(schema.clone().of_next_part())
            }
            _ => found,
        }
    }
}
