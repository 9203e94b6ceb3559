//! Members of archives and parts of folders that are no tables: passed over and told of, as long as
//! something else there is one.

use std::collections::BTreeMap;

use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::inventory::shown;
use crate::inventory::{Ledger, Place, Problem, ProblemKind, Source, SourceId};

/// What was passed over, by the archive or folder in which it lay.
#[derive(Default)]
pub(crate) struct Unread(BTreeMap<String, Whole>);

#[derive(Default)]
struct Whole {
    /// Whether some table of it was read.
    any: bool,
    first: Option<ImportError>,
}

/// How much was builder before a table was looked at.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    sources: usize,
    problems: usize,
    rows: usize,
}

impl Before {
    pub(crate) fn of(builder: &InventoryBuilder) -> Self {
        let inventory = &builder.inventory;
        Self {
            sources: inventory.sources.len(),
            problems: inventory.problems.len(),
            rows: inventory.rows.len(),
        }
    }
}

impl Unread {
    /// Notes that a table of an archive or a folder was read.
    pub(crate) fn read_one_of(&mut self, whole: &str) {
        self.0.entry(whole.to_owned()).or_default().any = true;
    }

    /// Passes over what is no table, if it lies beside others: its name stays among the sources,
    /// with a problem that says why.
    ///
    /// # Errors
    /// The error itself where it stands for more than that.
    pub(crate) fn pass_over(
        &mut self,
        (whole, name): (Option<&str>, &str),
        error: ImportError,
        before: Before,
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
        let message = format!("not read, for {}", shown(&error.to_string()));
        inventory.sources.push(Source {
            name: name.to_owned(),
            ledger: Ledger::default(),
            header: Vec::new(),
            reading: vec![message.clone()],
            unmapped: Vec::new(),
            of_other_key: false,
        });
        inventory.problems.push(Problem::new(place, ProblemKind::UnreadMember, message));
        self.0.entry(whole.to_owned()).or_default().first.get_or_insert(error);
        Ok(())
    }

    /// # Errors
    /// Why the first thing was passed over, where an archive or a folder had nothing else.
    pub(crate) fn finish(self) -> Result<(), ImportError> {
        let nothing = self.0.into_values().find(|whole| !whole.any);
        nothing.and_then(|whole| whole.first).map_or(Ok(()), Err)
    }
}
