//! Bytes of any known format into an inventory, its problems and its ledger.
//!
//! A file is decoded, its dialect and header are found, each column gets a meaning, and every row
//! is read. When all files are read, it is settled which rows speak of one credential, and which
//! brought something new.
//!
//! **Rows.** Every record and every skipped line counts as a row read, except the one header line:
//! blank lines, lines that start with `#`, lines above the header and repeated headers are
//! *skipped*, as are rows of a known shape that say outright that they are about no credential.
//! A quoted record over several lines is one row. In a file with secrets, each line that an open
//! quote swallowed counts as a rejected row.
//!
//! **Secret values** become keyed fingerprints at once and are masked in the other cells of their
//! row; then the bytes are wiped. In a file with a column of secrets, a row whose cells are more or
//! fewer than the header's is rejected whole, for its value could stand anywhere.

use std::collections::BTreeSet;

use zeroize::Zeroize;

use crate::inventory::{Inventory, Progress, Source, SourceId};

mod error;
mod key;
mod text;
mod records;
mod words;
mod dates;
mod cells;
mod synonyms;
mod columns;
mod shapes;
mod sniff;
mod mask;
mod memo;
mod spelling;
mod gathered;
mod plan;
mod row;
mod table;
mod identity;
mod account;

pub use error::ImportError;
pub use key::{FingerprintKey, KeyError};

use gathered::Gathered;
use identity::Realm;
use key::Fingerprinter;
use plan::Plan;
use synonyms::Synonyms;
use table::{Counts, Table};

/// One file to import. Its bytes are wiped when done if it has a column of secrets.
#[derive(Clone)]
pub struct FileBytes {
    /// The file's name or path, as it shall be shown.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Shows the name and the length, never the bytes.
impl std::fmt::Debug for FileBytes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, bytes } = self;
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
}

/// Reads files into one inventory.
///
/// A file that cannot be read fails the whole import, so that nothing is left half done. The work
/// stops soon after `progress` is cancelled.
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
    let mut before = 0;
    for (at, file) in files.iter_mut().enumerate() {
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let length = file.bytes.len() as u64;
        let reader = Reader { keyed: &keyed, synonyms: &synonyms, progress, before };
        let read = reader.read(file, SourceId(at as u16), &mut gathered)?;
        if read.has_secrets {
            file.bytes.zeroize();
        }
        file.bytes = Vec::new();
        let apart = settings.apart.contains(&at) || !read.ids_match;
        realms.push(if apart { at as Realm + 1 } else { 0 });
        before += length;
        progress.set_done(before);
    }
    if progress.is_cancelled() {
        return Err(ImportError::Cancelled);
    }
    let count = identity::resolve(&mut gathered, &realms);
    let Gathered { mut inventory, speaks, .. } = gathered;
    account::settle(&mut inventory, &speaks, count);
    spelling::case_variants(&mut inventory);
    inventory.problems.sort_by_key(|problem| problem.place);
    Ok(inventory)
}

struct Reader<'a> {
    keyed: &'a Fingerprinter,
    synonyms: &'a Synonyms,
    progress: &'a Progress,
    before: u64,
}

struct Read {
    has_secrets: bool,
    ids_match: bool,
}

impl Reader<'_> {
    fn read(
        &self,
        file: &FileBytes,
        source: SourceId,
        gathered: &mut Gathered,
    ) -> Result<Read, ImportError> {
        let (text, encoding) = text::decode(&file.bytes, &file.name)?;
        let text = text.as_str();
        if text.trim_start().is_empty() {
            return Err(ImportError::Empty { file: file.name.clone() });
        }
        let plan = Plan::new(sniff::sniff(text, &file.name, self.synonyms)?);
        let mut reading = plan.told(encoding);
        gathered.inventory.sources.push(Source {
            name: file.name.clone(),
            ledger: crate::inventory::Ledger::default(),
            reading: Vec::new(),
        });
        let keyed = self.keyed;
        let table = Table { plan: &plan, text, file: &file.name, source, keyed };
        let counts = table.read(gathered, self.progress, self.before)?;
        if counts.below_header == 0 {
            return Err(ImportError::HeaderOnly { file: file.name.clone() });
        }
        let Counts { ledger, no_credential, below_header: _ } = counts;
        if no_credential > 0 {
            reading.push(format!(
                "{no_credential} rows say that they are about no credential: skipped"
            ));
        }
        if let Some(kept) = gathered.inventory.sources.last_mut() {
            (kept.ledger, kept.reading) = (ledger, reading);
        }
        let ids_match = plan.reading.shape.is_none_or(|shape| shape.ids_match);
        Ok(Read { has_secrets: plan.has_secrets, ids_match })
    }
}
