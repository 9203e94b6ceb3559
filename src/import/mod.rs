//! Bytes of any known format into an inventory, its problems and its ledger.
//!
//! A file is decoded, its dialect and header are found, each column gets a meaning, and every row
//! is read. When all files are read, it is settled which rows speak of one credential, and which
//! brought something new.
//!
//! **Rows.** Every record and every skipped line counts as a row read, except the one header line:
//! blank lines, lines that start with `#` and are not as wide as the header, lines above the header and repeated headers are
//! *skipped*, as are rows of a known shape that say outright that they are about no credential.
//! A quoted record over several lines is one row. In a file with secrets, each line that an open
//! quote swallowed counts as a rejected row.
//!
//! **Secret values** become keyed fingerprints at once and are masked in the other cells of their
//! row; then the bytes are wiped. In a file with a column of secrets, a row whose cells are more or
//! fewer than the header's is rejected whole, for its value could stand anywhere.

use zeroize::Zeroize;

use crate::inventory::shown;
use crate::inventory::{Inventory, Progress, Source, SourceId};

mod error;
mod input;
mod vocabulary;
mod secrets;
mod container;
mod csv;
mod formats;
mod schema;
mod rows;
mod resolve;
mod preview;

pub use crate::import::container::archive::is_table;
pub use crate::import::csv::dialect::{DELIMITERS, delimiter_name};
pub use crate::import::error::ImportError;
pub use crate::import::input::{Bytes, FileBytes};
pub use crate::import::preview::{
    Asked, Fate, Preview, PreviewCell, PreviewColumn, PreviewRow, meaning_word, preview,
};
pub use crate::import::schema::column_mapping::{ColumnMapping, meanings};
pub use crate::import::schema::export_columns::EXPORT_COLUMNS;
pub use crate::import::schema::mapping_error::MappingError;
pub use crate::import::schema::overrides::{ColumnOverrides, ReadOverrides, ShapeMark};
pub use crate::import::schema::settings::ImportSettings;
pub use crate::import::schema::table_schema::By;
pub use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter, KeyError};
pub use crate::import::vocabulary::lists::{owners, written};

use crate::import::container::{Known, Sheet};
use crate::import::csv::sample::SampledSheet;
use crate::import::resolve::identity::IdNamespace;
use crate::import::resolve::skipped_members::{Before, Unread};
use crate::import::resolve::{
    confusables, identity, ledger, look_alikes, misplaced_secrets, spreadsheet_damage,
};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::swapped_columns;
use crate::import::rows::swapped_columns::Headings;
use crate::import::rows::table::Table;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::mapping_of_plan::mapping_of as mapping_of_plan;
use crate::import::schema::row_plan::Plan;
use crate::import::schema::table_schema::TableSchema;
use crate::import::schema::{by_mapping, column_mapping, detect, secret_columns};
use crate::import::vocabulary::synonyms::Synonyms;

/// Reads files into one inventory.
///
/// A file that cannot be read fails the whole import, so that nothing is left half done; what is no
/// table in an archive or a folder that has one is passed over and is a problem. The work stops soon after `progress` is cancelled.
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
    let (keyed, synonyms) = (Fingerprinter::new(key), Synonyms::new());
    let mut builder = InventoryBuilder::new();
    let mut namespaces = Vec::with_capacity(files.len());
    let mut reader = Reader {
        keyed: &keyed,
        synonyms: &synonyms,
        progress,
        before: 0,
        settings,
        at: 0,
        header: None,
        unread: Unread::default(),
    };
    let mut before = 0;
    for (at, file) in files.iter_mut().enumerate() {
        reader.at = at;
        before += file.bytes.len() as u64;
        let apart = settings.apart.contains(&at);
        reader.file(file, (at as IdNamespace + 1, apart), &mut builder, &mut namespaces)?;
        reader.before = before;
        progress.set_done(before);
    }
    reader.unread.finish()?;
    settled(builder, &namespaces, &keyed, progress)
}

/// What all rows say together, once they are read.
fn settled(
    mut builder: InventoryBuilder,
    namespaces: &[IdNamespace],
    keyed: &Fingerprinter,
    progress: &Progress,
) -> Result<Inventory, ImportError> {
    let go_on = || if progress.is_cancelled() { Err(ImportError::Cancelled) } else { Ok(()) };
    go_on()?;
    if builder.fingerprint_count() > 0 {
        misplaced_secrets::mask(&mut builder, keyed, progress)?;
    }
    swapped_columns::tell(&mut builder);
    go_on()?;
    let known_by = identity::resolve(&mut builder, namespaces, progress)?;
    let InventoryBuilder { mut inventory, speaks, further, environments, .. } = builder;
    let rows = ledger::Rows { speaks: &speaks, further: &further };
    ledger::settle(&mut inventory, rows, &known_by, progress)?;
    look_alikes::case_variants(&mut inventory);
    go_on()?;
    look_alikes::lost_zeros(&mut inventory, &speaks);
    go_on()?;
    confusables::tell(&mut inventory, &speaks, &environments);
    spreadsheet_damage::tell(&mut inventory, &speaks);
    go_on()?;
    inventory.problems.sort_by_key(|problem| problem.place);
    Ok(inventory)
}

/// The mapping by which a file would be read: to be kept, mended and shared.
///
/// # Errors
/// Where nothing in the file is recognised, or it cannot be read at all.
pub fn mapping_of(
    mut file: FileBytes,
    settings: &ImportSettings,
) -> Result<ColumnMapping, ImportError> {
    let found = found_mapping(&mut file, settings);
    file.bytes.zeroize();
    found
}

fn found_mapping(
    file: &mut FileBytes,
    settings: &ImportSettings,
) -> Result<ColumnMapping, ImportError> {
    let name = file.name.clone();
    let progress = Progress::default();
    let mut members = container::members(file, &progress)?;
    let (synonyms, said) = (Synonyms::new(), ReadOverrides::default());
    let context =
        DetectionContext { synonyms: &synonyms, settings, said: &said, progress: &progress };
    let mut found = Err(ImportError::Empty { file: name });
    for (at, member) in std::iter::from_fn(|| members.next()).enumerate() {
        let one = member.and_then(|(mut table, _)| {
            let one = opened(&table, context)
                .and_then(|sheet| {
                    if sheet.text.as_str().trim_start().is_empty() && sheet.broken.is_empty() {
                        return Err(ImportError::Empty { file: table.name.clone() });
                    }
                    detect::detect_schema(&SampledSheet::new(&sheet), &table.name, context)
                })
                .map(|reading| {
                    Plan::of_slots(reading).first().map(mapping_of_plan).unwrap_or_default()
                });
            table.bytes.zeroize();
            one
        });
        if at == 0 || one.is_ok() {
            found = one;
        }
        if found.is_ok() {
            break;
        }
    }
    members.wipe();
    found
}

/// The table of a file in the encoding that was said, or that a mapping says which serves it.
fn opened<'a>(
    table: &'a FileBytes,
    context: DetectionContext<'_>,
) -> Result<Sheet<'a>, ImportError> {
    let ImportSettings { sheet, mappings, remembered, .. } = context.settings;
    let open = |encoding: Option<&str>| {
        let known = Known { sheet: sheet.as_deref(), encoding };
        container::sheet(&table.bytes, &table.name, known, context.progress)
    };
    if let Some(encoding) = &context.said.encoding {
        return open(Some(encoding));
    }
    let named = mappings.iter().map(|mapping| (mapping, false));
    for (mapping, is_remembered) in named.chain(remembered.iter().map(|mapping| (mapping, true))) {
        let Some(encoding) = &mapping.encoding else { continue };
        let sheet = open(Some(encoding))?;
        if by_mapping::serves(&SampledSheet::new(&sheet), mapping, is_remembered, context) {
            return Ok(sheet);
        }
    }
    open(None)
}

struct Reader<'a> {
    keyed: &'a Fingerprinter,
    synonyms: &'a Synonyms,
    progress: &'a Progress,
    before: u64,
    settings: &'a ImportSettings,
    /// Which of the files is read, counted from 0.
    at: usize,
    /// How the part before this one is read, and whose part it was.
    header: Option<(String, TableSchema)>,
    /// What is no table.
    unread: Unread,
}

struct Read {
    has_secrets: bool,
    ids_match: bool,
}

impl Reader<'_> {
    /// Reads every table of a file; wipes the bytes if any of them has secrets.
    fn file(
        &mut self,
        file: &mut FileBytes,
        namespace: (IdNamespace, bool),
        builder: &mut InventoryBuilder,
        namespaces: &mut Vec<IdNamespace>,
    ) -> Result<(), ImportError> {
        let (own, apart) = namespace;
        let (outer, folder) = (file.name.clone(), file.part_of.clone());
        let mut members = match container::members(file, self.progress) {
            Ok(members) => members,
            Err(error) => {
                namespaces.push(own);
                let named = (folder.as_deref(), outer.as_str());
                return self.unread.pass_over(named, error, Before::of(builder), builder);
            }
        };
        let mut secrets = false;
        let mut not_read = std::mem::take(&mut members.not_read);
        while let Some(member) = members.next() {
            if self.progress.is_cancelled() {
                members.wipe();
                return Err(ImportError::Cancelled);
            }
            let before = Before::of(builder);
            let read = member.and_then(|(mut table, length)| {
                let (name, whole) = (table.name.clone(), table.part_of.clone());
                let read = self.table(&table, length, builder);
                if read.as_ref().map_or(true, |read| read.has_secrets) {
                    table.bytes.zeroize();
                }
                self.before += length;
                if let Some(whole) = whole.as_deref().filter(|_| read.is_ok()) {
                    self.unread.read_one_of(whole);
                }
                read.or_else(|error| {
                    let named = (whole.as_deref(), name.as_str());
                    self.unread.pass_over(named, error, before, builder)?;
                    Ok(Read { has_secrets: true, ids_match: true })
                })
            });
            let read = read.inspect_err(|_| members.wipe())?;
            namespaces.push(if apart || !read.ids_match { own } else { 0 });
            secrets |= read.has_secrets;
            let names: Vec<_> = not_read.drain(..).map(|name| shown(&name).into_owned()).collect();
            if let Some(source) = builder.inventory.sources.last_mut().filter(|_| !names.is_empty())
            {
                source.reading.push(format!("members not read: {}", names.join(", ")));
            }
        }
        for name in std::mem::take(&mut members.nested) {
            let name = format!("{outer}/{name}");
            let error = ImportError::Nested { file: name.clone() };
            let whole = folder.as_deref().unwrap_or(&outer);
            namespaces.push(own);
            self.unread.pass_over((Some(whole), &name), error, Before::of(builder), builder)?;
        }
        if secrets {
            members.wipe();
        }
        Ok(())
    }

    fn table(
        &mut self,
        file: &FileBytes,
        length: u64,
        builder: &mut InventoryBuilder,
    ) -> Result<Read, ImportError> {
        let source = SourceId(builder.inventory.sources.len() as u16);
        if builder.inventory.sources.len() >= usize::from(u16::MAX) {
            return Err(ImportError::TooManyFiles { count: builder.inventory.sources.len() + 1 });
        }
        let silent = ReadOverrides::default();
        let said = self.settings.said.get(&self.at).unwrap_or(&silent);
        let (settings, progress) = (self.settings, self.progress);
        let context = DetectionContext { synonyms: self.synonyms, settings, said, progress };
        let sheet = opened(file, context)?;
        let is_part = file.part_of.is_some();
        let empty = sheet.why_empty(&file.name);
        if let Some(error) = empty.clone().filter(|_| !is_part) {
            return Err(error);
        }
        builder.inventory.sources.push(Source {
            name: file.name.clone(),
            ledger: crate::inventory::Ledger::default(),
            header: Vec::new(),
            reading: Vec::new(),
            unmapped: Vec::new(),
            of_other_key: false,
        });
        if empty.is_some() {
            return Ok(Read { has_secrets: false, ids_match: true });
        }
        let reading = secret_columns::allowed(self.reading(file, &sheet, context)?, &file.name)?;
        let plans = Plan::of_slots(reading);
        let Some(plan) = plans.first() else { return Err(ImportError::Cancelled) };
        let mut reading = plan.told(&sheet);
        let table = Table {
            plans: &plans,
            plan,
            sheet: &sheet,
            file: &file.name,
            source,
            keyed: self.keyed,
        };
        let is_mapped = matches!(plan.reading.by, By::ColumnMapping(_) | By::User);
        let named: &[ColumnMapping] = if is_mapped { &[] } else { &settings.mappings };
        let unmapped = column_mapping::unused(named, &plan.reading.header);
        reading.extend_from_slice(&unmapped);
        builder.headings.push(Headings::of(plan, source));
        let counts = table.read(builder, self.progress, (self.before, length))?;
        if counts.below_header == 0 && sheet.broken.is_empty() && !is_part {
            return Err(ImportError::HeaderOnly { file: file.name.clone() });
        }
        reading.extend(counts.notes());
        if let Some(kept) = builder.inventory.sources.last_mut() {
            (kept.ledger, kept.reading) = (counts.ledger, reading);
            (kept.unmapped, kept.of_other_key) = (unmapped, counts.of_other_key);
            kept.header.clone_from(&plan.reading.header);
        }
        let ids_match = plan.reading.shape.is_none_or(|shape| shape.ids_match);
        let has_secrets = plan.has_secrets;
        self.header = file.part_of.clone().map(|whole| (whole, plan.reading.clone()));
        Ok(Read { has_secrets, ids_match })
    }

    /// How a table is to be read: as it tells, or as the part before it.
    fn reading(
        &self,
        file: &FileBytes,
        sheet: &Sheet<'_>,
        context: DetectionContext<'_>,
    ) -> Result<TableSchema, ImportError> {
        let sampled = SampledSheet::new(sheet);
        let found = detect::detect_schema(&sampled, &file.name, context);
        let before = self.header.as_ref().filter(|(whole, _)| file.part_of.as_ref() == Some(whole));
        match (found, before) {
            (Err(ImportError::NothingRecognised { .. }), Some((_, before)))
                if detect::fits(&sampled, before) =>
            {
                Ok(before.clone().of_next_part())
            }
            (found, _) => found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Place;

    /// As after reading one row that says nothing.
    fn builder(keyed: &Fingerprinter) -> InventoryBuilder {
        let mut builder = InventoryBuilder::new();
        let fingerprint = Some(builder.fingerprint(keyed.of_value("hunter2")));
        let facts = builder.facts(crate::inventory::CredentialFacts::default());
        let instance_facts = builder.instance_facts(crate::inventory::InstanceFacts::default());
        let place = Place { source: SourceId(0), line: 1 };
        let row = crate::inventory::Row { credential: None, facts, instance_facts, place };
        builder.inventory.rows.push(row);
        builder.speaks.push(rows::builder::RowSubject::OfCredential { id: None, fingerprint });
        builder
    }

    #[test]
    fn every_phase_after_reading_stops_when_nobody_waits() {
        let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let (go, stop) = (Progress::default(), Progress::default());
        stop.cancel();
        let cancelled = ImportError::Cancelled;
        assert_eq!(
            misplaced_secrets::mask(&mut builder(&keyed), &keyed, &stop).unwrap_err(),
            cancelled
        );
        let mut read = builder(&keyed);
        assert_eq!(identity::resolve(&mut read, &[0], &stop).unwrap_err(), cancelled);
        let known_by = identity::resolve(&mut read, &[0], &go).unwrap();
        assert_eq!(read.inventory.rows[0].credential.map(|one| one.0), Some(0));
        let InventoryBuilder { mut inventory, speaks, further, .. } = read;
        let rows = ledger::Rows { speaks: &speaks, further: &further };
        let settled = ledger::settle(&mut inventory, rows, &known_by, &stop);
        assert_eq!(settled.unwrap_err(), cancelled);
        let all = |progress| super::settled(builder(&keyed), &[0], &keyed, progress);
        assert_eq!(all(&stop).unwrap_err(), cancelled);
        assert!(all(&go).is_ok());
    }
}
