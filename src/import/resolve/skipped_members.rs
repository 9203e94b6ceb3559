//! Members of archives and parts of folders that are no tables: skipped and reported, as long as
//! something else there is one.

use std::collections::BTreeMap;

use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::secrets::secret_detection;
use crate::inventory::shown;
use crate::inventory::{NotRead, Place, Problem, ProblemKind, Source, SourceId, UnreadKind};

/// What was skipped, by the archive or folder that holds it.
#[derive(Default)]
pub(crate) struct SkippedMembers(BTreeMap<String, Whole>);

#[derive(Default)]
struct Whole {
    /// Whether some table of it was read.
    any_read: bool,
    /// Why the first of its members was skipped.
    first: Option<ImportError>,
}

/// How much the inventory held before a table was opened.
#[derive(Clone, Copy)]
pub(crate) struct Checkpoint {
    sources: usize,
    problems: usize,
    rows: usize,
}

/// What a table may be part of, and its own name.
#[derive(Clone, Copy)]
pub(crate) struct Member<'a> {
    pub(crate) whole: Option<&'a str>,
    pub(crate) name: &'a str,
    /// Its rows, if it is a worksheet; else its bytes.
    pub(crate) size: u64,
    pub(crate) kind: UnreadKind,
}

impl Checkpoint {
    pub(crate) fn of(builder: &InventoryBuilder) -> Self {
        let inventory = &builder.inventory;
        Self {
            sources: inventory.sources.len(),
            problems: inventory.problems.len(),
            rows: inventory.rows.len(),
        }
    }
}

impl SkippedMembers {
    /// Remembers that a table of an archive or a folder was read.
    pub(crate) fn read_one_of(&mut self, whole: &str) {
        self.0.entry(whole.to_owned()).or_default().any_read = true;
    }

    /// Skips what is no table, if it is part of an archive or a folder, the `whole`: its name stays
    /// among the sources, with a problem that says why.
    ///
    /// # Errors
    /// The error itself where it means more than that.
    pub(crate) fn skip(
        &mut self,
        Member { whole, name, size, kind }: Member<'_>,
        error: ImportError,
        before: Checkpoint,
        builder: &mut InventoryBuilder,
    ) -> Result<(), ImportError> {
        let inventory = &mut builder.inventory;
        let is_untouched = inventory.rows.len() == before.rows;
        let Some(whole) = whole.filter(|_| error.is_no_table() && is_untouched) else {
            return Err(error);
        };
        inventory.sources.truncate(before.sources);
        inventory.problems.truncate(before.problems);
        if inventory.sources.len() >= usize::from(u16::MAX) {
            return Err(ImportError::TooManyFiles { count: inventory.sources.len() + 1 });
        }
        let place = Place { source: SourceId(inventory.sources.len() as u16), line: 1 };
        let why = shown(&error.to_string()).into_owned();
        let message = match kind {
            UnreadKind::Worksheet => format!("not read ({size} {}): {why}", kind.unit(size)),
            _ => format!("not read: {why}"),
        };
        // A worksheet is called by its name in the workbook.
        let own = name.rsplit('/').next().filter(|_| kind == UnreadKind::Worksheet);
        let own = shown(&secret_detection::masked(own.unwrap_or(name))).into_owned();
        let not_read = vec![NotRead { kind, name: own, reason: why, size }];
        inventory.sources.push(Source {
            notes: vec![message.clone()],
            not_read,
            ..Source::new(secret_detection::masked(name))
        });
        inventory.problems.push(Problem::new(place, ProblemKind::UnreadMember, message));
        self.0.entry(whole.to_owned()).or_default().first.get_or_insert(error);
        Ok(())
    }

    /// # Errors
    /// Why the first thing was skipped, where an archive or a folder had nothing else.
    pub(crate) fn finish(self) -> Result<(), ImportError> {
        let nothing = self.0.into_values().find(|whole| !whole.any_read);
        nothing.and_then(|whole| whole.first).map_or(Ok(()), Err)
    }
}
