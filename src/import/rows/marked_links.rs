//! The cells of a matrix, whose columns are named after environments or services.

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_cells::RowCells;
use crate::import::rows::row_link::{ListedService, RowLink};
use crate::import::schema::marked::{Marked, environment_in};
use crate::import::schema::row_plan::Plan;
use crate::import::schema::value_words::WordKind;
use crate::import::vocabulary::lists;
use crate::import::vocabulary::lists::NamedService;
use crate::import::vocabulary::words::{Mark, mark};
use crate::inventory::{Access, Environments, Level, NameId, ProblemKind};

/// A cell that is marked.
#[derive(Clone, Copy)]
pub(crate) struct MarkedCell {
    /// Its place among the columns of marks.
    pub(crate) place: usize,
    /// What the mark says of the link, if not what the row says.
    pub(crate) access: Option<Access>,
    /// The level that it says.
    pub(crate) level: Option<Level>,
}

/// What a column of marks is named after.
struct MarkColumn {
    column: usize,
    named: NamedService,
    /// The name in the inventory, once it was needed.
    known: Option<ListedService>,
}

/// The columns of marks of a table, and what they are named after.
pub(crate) struct MarkReader {
    pub(crate) of: Marked,
    columns: Vec<MarkColumn>,
    /// The marked cells of the row that was read last.
    pub(crate) marked: Vec<MarkedCell>,
}

impl MarkReader {
    /// For the rows of a table, if it is a matrix.
    pub(crate) fn new(plan: &Plan) -> Option<Self> {
        let marks = plan.schema.marks.as_ref()?;
        let known = Environments::default();
        let column = |column: &usize| {
            let heading = plan.heading_at(*column);
            let whole = |name: &str| NamedService {
                service: name.to_owned(),
                environment: None,
                assumed: false,
            };
            let named = match marks.of {
                Marked::Environments => whole(environment_in(heading).unwrap_or(heading)),
                Marked::Services => {
                    let within = plan.within_names(&known);
                    let found = lists::services(heading, false, within).services;
                    found.into_iter().next().unwrap_or_else(|| whole(heading))
                }
            };
            MarkColumn { column: *column, named, known: None }
        };
        let columns = marks.columns.iter().map(column).collect();
        Some(Self { of: marks.of, columns, marked: Vec::new() })
    }

    /// Finds the marked cells of a row.
    pub(crate) fn read(&mut self, cells: RowCells<'_>, builder: &mut InventoryBuilder) {
        self.marked.clear();
        for (place, column) in self.columns.iter().enumerate() {
            let cell = cells.records.cell(column.column);
            if cell.is_empty() {
                continue;
            }
            match mark(cells.plan.schema.words.meant(WordKind::Access, cell)) {
                Mark::No => {}
                Mark::Yes(access, level) => self.marked.push(MarkedCell { place, access, level }),
                Mark::Unknown => {
                    let problem = CellProblem::new(ProblemKind::UnknownWord, UNKNOWN_MARK);
                    builder.report_once(cells.place_at(column.column), cell, Some(problem));
                }
            }
        }
    }

    /// A marked cell of the row, and the environment after which its column is named.
    pub(crate) fn environment(
        &mut self,
        at: usize,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> Option<(MarkedCell, NameId)> {
        let marked = *self.marked.get(at)?;
        let label = self.columns.get_mut(marked.place)?.listed(cells, builder).service;
        Some((marked, label))
    }

    /// Links the services that the row marks, in the environments of the row, or else in those that
    /// their names carry.
    pub(crate) fn link_services(
        &mut self,
        of_row: &[NameId],
        (cells, access): (RowCells<'_>, Access),
        builder: &mut InventoryBuilder,
        links: &mut Vec<RowLink>,
    ) {
        for marked in &self.marked {
            let Some(column) = self.columns.get_mut(marked.place) else { continue };
            let listed = column.listed(cells, builder);
            let (access, level) = (marked.access.unwrap_or(access), marked.level);
            let ListedService { service, environment, assumed } = listed;
            let own = [environment.unwrap_or(builder.blank)];
            let assumed = assumed && of_row.is_empty();
            for &environment in if of_row.is_empty() { &own } else { of_row } {
                links.push(RowLink { service, environment, assumed, access, level });
            }
        }
    }
}

impl MarkColumn {
    /// What it is named after, as the inventory knows it.
    fn listed(&mut self, cells: RowCells<'_>, builder: &mut InventoryBuilder) -> ListedService {
        if let Some(known) = self.known {
            return known;
        }
        let (listed, problems) = ListedService::new(&self.named, cells.plan, builder);
        builder.report_once(cells.place_at(self.column), "", problems);
        self.known = Some(listed);
        listed
    }
}

const UNKNOWN_MARK: &str = "this is no known mark (nor where the column repeats it), so nothing is \
                            linked by it; write x, yes, no, holds, grants, read, write or admin, or \
                            explain the word in a column mapping";
