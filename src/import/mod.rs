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

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroize;

use crate::inventory::{Inventory, Progress, Source, SourceId, shown};

mod error;
mod bytes;
mod key;
mod text;
mod sheets;
mod quotes;
mod reading;
mod records;
mod words;
mod dates;
mod cells;
mod synonyms;
mod columns;
mod own;
mod shapes;
mod dialects;
mod headings;
mod samples;
mod header;
mod sniff;
mod mask;
mod leaks;
mod memo;
mod spelling;
mod alike;
mod damage;
mod strays;
mod swaps;
mod gathered;
mod doubles;
mod plan;
mod mapping;
mod said;
mod renamed;
mod preview;
mod row;
mod several;
mod hiding;
mod table;
mod remarks;
mod pieces;
mod identity;
mod account;
mod unread;

pub use bytes::Bytes;
pub use cells::{owners, written};
pub use dialects::{DELIMITERS, delimiter_name};
pub use error::ImportError;
pub use key::{FingerprintKey, Fingerprinter, KeyError};
pub use mapping::{Mapping, MappingError, meanings};
pub use own::EXPORT_COLUMNS;
pub use preview::{
    Asked, Fate, Preview, PreviewCell, PreviewColumn, PreviewRow, meaning_word, preview,
};
pub use reading::By;
pub use said::{Said, SaidOfColumns, ShapeMark};
pub use sheets::is_table;

use gathered::Gathered;
use identity::Realm;
use plan::Plan;
use reading::Reading;
use sheets::{Known, Sheet};
use sniff::Sought;
use swaps::Headings;
use synonyms::Synonyms;
use table::Table;
use unread::{Before, Unread};

/// One file to import. Its bytes are wiped when done if it has a column of secrets.
#[derive(Clone, Default)]
pub struct FileBytes {
    /// The file's name or path, as it shall be shown.
    pub name: String,
    /// What stands in it: text with delimiters, JSON, a workbook, or an archive of these.
    pub bytes: Bytes,
    /// The folder whose parts make one table, if it is one of them. A part may have no rows, and
    /// no header if the part before it has one.
    pub part_of: Option<String>,
}

impl FileBytes {
    /// A file that stands for itself.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), part_of: None }
    }

    /// The file, leaving its name alone behind.
    fn taken(&mut self) -> Self {
        let bytes = std::mem::take(&mut self.bytes);
        Self { name: self.name.clone(), bytes, part_of: self.part_of.clone() }
    }
}

/// Shows the name and the length, never the bytes.
impl std::fmt::Debug for FileBytes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, bytes, part_of: _ } = self;
        formatter
            .debug_struct("FileBytes")
            .field("name", name)
            .field("bytes", &bytes.len())
            .finish()
    }
}

/// What the user decided on how files belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSettings {
    /// The files, counted from 0, whose ids match those of no other file.
    pub apart: BTreeSet<usize>,
    /// The worksheet to read of workbooks; their first, if none is named.
    pub sheet: Option<String>,
    /// What columns mean, for the tables that have them; the first that fits is taken.
    pub mappings: Vec<Mapping>,
    /// What was decided for shapes seen before: each serves tables with just its columns.
    pub remembered: Vec<Mapping>,
    /// What was said of single files, counted from 0.
    pub said: BTreeMap<usize, Said>,
}

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
    let mut gathered = Gathered::new();
    let mut realms = Vec::with_capacity(files.len());
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
        reader.file(file, (at as Realm + 1, apart), &mut gathered, &mut realms)?;
        reader.before = before;
        progress.set_done(before);
    }
    reader.unread.finish()?;
    settled(gathered, &realms, &keyed, progress)
}

/// What all rows say together, once they are read.
fn settled(
    mut gathered: Gathered,
    realms: &[Realm],
    keyed: &Fingerprinter,
    progress: &Progress,
) -> Result<Inventory, ImportError> {
    let go_on = || if progress.is_cancelled() { Err(ImportError::Cancelled) } else { Ok(()) };
    go_on()?;
    if gathered.fingerprint_count() > 0 {
        strays::mask(&mut gathered, keyed, progress)?;
    }
    swaps::tell(&mut gathered);
    go_on()?;
    let known_by = identity::resolve(&mut gathered, realms, progress)?;
    let Gathered { mut inventory, speaks, further, environments, .. } = gathered;
    let rows = account::Rows { speaks: &speaks, further: &further };
    account::settle(&mut inventory, rows, &known_by, progress)?;
    spelling::case_variants(&mut inventory);
    go_on()?;
    spelling::lost_zeros(&mut inventory, &speaks);
    go_on()?;
    alike::tell(&mut inventory, &speaks, &environments);
    damage::tell(&mut inventory, &speaks);
    go_on()?;
    inventory.problems.sort_by_key(|problem| problem.place);
    Ok(inventory)
}

/// The mapping by which a file would be read: to be kept, mended and shared.
///
/// # Errors
/// Where nothing in the file is recognised, or it cannot be read at all.
pub fn mapping_of(mut file: FileBytes, settings: &ImportSettings) -> Result<Mapping, ImportError> {
    let found = found_mapping(&mut file, settings);
    file.bytes.zeroize();
    found
}

fn found_mapping(file: &mut FileBytes, settings: &ImportSettings) -> Result<Mapping, ImportError> {
    let name = file.name.clone();
    let progress = Progress::default();
    let mut members = sheets::members(file, &progress)?;
    let (synonyms, said) = (Synonyms::new(), Said::default());
    let sought = Sought { synonyms: &synonyms, settings, said: &said, progress: &progress };
    let mut found = Err(ImportError::Empty { file: name });
    for (at, member) in std::iter::from_fn(|| members.next()).enumerate() {
        let one = member.and_then(|(mut table, _)| {
            let one = opened(&table, sought)
                .and_then(|sheet| {
                    if sheet.text.as_str().trim_start().is_empty() && sheet.broken.is_empty() {
                        return Err(ImportError::Empty { file: table.name.clone() });
                    }
                    sniff::sniff(&sheet, &table.name, sought)
                })
                .map(|reading| {
                    Plan::of_slots(reading).first().map(Mapping::of).unwrap_or_default()
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
fn opened<'a>(table: &'a FileBytes, sought: Sought<'_>) -> Result<Sheet<'a>, ImportError> {
    let ImportSettings { sheet, mappings, remembered, .. } = sought.settings;
    let open = |encoding: Option<&str>| {
        let known = Known { sheet: sheet.as_deref(), encoding };
        sheets::sheet(&table.bytes, &table.name, known, sought.progress)
    };
    if let Some(encoding) = &sought.said.encoding {
        return open(Some(encoding));
    }
    let named = mappings.iter().map(|mapping| (mapping, false));
    for (mapping, is_remembered) in named.chain(remembered.iter().map(|mapping| (mapping, true))) {
        let Some(encoding) = &mapping.encoding else { continue };
        let sheet = open(Some(encoding))?;
        if sniff::serves(&sheet, mapping, is_remembered, sought) {
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
    header: Option<(String, Reading)>,
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
        realm: (Realm, bool),
        gathered: &mut Gathered,
        realms: &mut Vec<Realm>,
    ) -> Result<(), ImportError> {
        let (own, apart) = realm;
        let (outer, folder) = (file.name.clone(), file.part_of.clone());
        let mut members = match sheets::members(file, self.progress) {
            Ok(members) => members,
            Err(error) => {
                realms.push(own);
                let named = (folder.as_deref(), outer.as_str());
                return self.unread.pass_over(named, error, Before::of(gathered), gathered);
            }
        };
        let mut secrets = false;
        let mut not_read = std::mem::take(&mut members.not_read);
        while let Some(member) = members.next() {
            if self.progress.is_cancelled() {
                members.wipe();
                if let Ok((mut table, _)) = member {
                    table.bytes.zeroize();
                }
                return Err(ImportError::Cancelled);
            }
            let before = Before::of(gathered);
            let read = member.and_then(|(mut table, length)| {
                let (name, whole) = (table.name.clone(), table.part_of.clone());
                let read = self.table(&table, length, gathered);
                if read.as_ref().map_or(true, |read| read.has_secrets) {
                    table.bytes.zeroize();
                }
                self.before += length;
                if let Some(whole) = whole.as_deref().filter(|_| read.is_ok()) {
                    self.unread.read_one_of(whole);
                }
                read.or_else(|error| {
                    let named = (whole.as_deref(), name.as_str());
                    self.unread.pass_over(named, error, before, gathered)?;
                    Ok(Read { has_secrets: true, ids_match: true })
                })
            });
            let read = read.inspect_err(|_| members.wipe())?;
            realms.push(if apart || !read.ids_match { own } else { 0 });
            secrets |= read.has_secrets;
            let names: Vec<_> = not_read.drain(..).map(|name| shown(&name).into_owned()).collect();
            if let Some(source) =
                gathered.inventory.sources.last_mut().filter(|_| !names.is_empty())
            {
                source.reading.push(format!("members not read: {}", names.join(", ")));
            }
        }
        for name in std::mem::take(&mut members.nested) {
            let name = format!("{outer}/{name}");
            let error = ImportError::Nested { file: name.clone() };
            let whole = folder.as_deref().unwrap_or(&outer);
            realms.push(own);
            self.unread.pass_over((Some(whole), &name), error, Before::of(gathered), gathered)?;
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
        gathered: &mut Gathered,
    ) -> Result<Read, ImportError> {
        let source = SourceId(gathered.inventory.sources.len() as u16);
        if gathered.inventory.sources.len() >= usize::from(u16::MAX) {
            return Err(ImportError::TooManyFiles { count: gathered.inventory.sources.len() + 1 });
        }
        let silent = Said::default();
        let said = self.settings.said.get(&self.at).unwrap_or(&silent);
        let (settings, progress) = (self.settings, self.progress);
        let sought = Sought { synonyms: self.synonyms, settings, said, progress };
        let sheet = opened(file, sought)?;
        let is_part = file.part_of.is_some();
        let empty = sheet.why_empty(&file.name);
        if let Some(error) = empty.clone().filter(|_| !is_part) {
            return Err(error);
        }
        gathered.inventory.sources.push(Source {
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
        let reading = renamed::allowed(self.reading(file, &sheet, sought)?, &file.name)?;
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
        let is_mapped = matches!(plan.reading.by, By::Mapping(_) | By::User);
        let named: &[Mapping] = if is_mapped { &[] } else { &settings.mappings };
        let unmapped = mapping::unused(named, &plan.reading.header);
        reading.extend_from_slice(&unmapped);
        gathered.headings.push(Headings::of(plan, source));
        let counts = table.read(gathered, self.progress, (self.before, length))?;
        if counts.below_header == 0 && sheet.broken.is_empty() && !is_part {
            return Err(ImportError::HeaderOnly { file: file.name.clone() });
        }
        reading.extend(counts.notes());
        if let Some(kept) = gathered.inventory.sources.last_mut() {
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
        sought: Sought<'_>,
    ) -> Result<Reading, ImportError> {
        let found = sniff::sniff(sheet, &file.name, sought);
        let before = self.header.as_ref().filter(|(whole, _)| file.part_of.as_ref() == Some(whole));
        match (found, before) {
            (Err(ImportError::NothingRecognised { .. }), Some((_, before)))
                if sniff::fits(sheet, before) =>
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
    fn gathered(keyed: &Fingerprinter) -> Gathered {
        let mut gathered = Gathered::new();
        let fingerprint = Some(gathered.fingerprint(keyed.of_value("hunter2")));
        let facts = gathered.facts(crate::inventory::CredentialFacts::default());
        let instance_facts = gathered.instance_facts(crate::inventory::InstanceFacts::default());
        let place = Place { source: SourceId(0), line: 1 };
        let row = crate::inventory::Row { credential: None, facts, instance_facts, place };
        gathered.inventory.rows.push(row);
        gathered.speaks.push(gathered::Speaks::OfCredential { id: None, fingerprint });
        gathered
    }

    #[test]
    fn every_phase_after_reading_stops_when_nobody_waits() {
        let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let (go, stop) = (Progress::default(), Progress::default());
        stop.cancel();
        let cancelled = ImportError::Cancelled;
        assert_eq!(strays::mask(&mut gathered(&keyed), &keyed, &stop).unwrap_err(), cancelled);
        let mut read = gathered(&keyed);
        assert_eq!(identity::resolve(&mut read, &[0], &stop).unwrap_err(), cancelled);
        let known_by = identity::resolve(&mut read, &[0], &go).unwrap();
        assert_eq!(read.inventory.rows[0].credential.map(|one| one.0), Some(0));
        let Gathered { mut inventory, speaks, further, .. } = read;
        let rows = account::Rows { speaks: &speaks, further: &further };
        let settled = account::settle(&mut inventory, rows, &known_by, &stop);
        assert_eq!(settled.unwrap_err(), cancelled);
        let all = |progress| super::settled(gathered(&keyed), &[0], &keyed, progress);
        assert_eq!(all(&stop).unwrap_err(), cancelled);
        assert!(all(&go).is_ok());
    }
}
