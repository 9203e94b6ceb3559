//! The services that a row names, with their environments and what they are to the credential.

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::listed_links;
use crate::import::rows::listed_links::ListColumns;
use crate::import::rows::memo::Memo;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_cells::RowCells;
use crate::import::rows::row_words::unknown_word;
use crate::import::schema::duplicate_columns::DuplicateColumn;
use crate::import::schema::row_plan::Plan;
use crate::import::schema::value_words::WordKind;
use crate::import::vocabulary::lists;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Access, Level, NameId, ProblemKind};

/// A link of the row that is being read.
#[derive(Clone, Copy)]
pub(crate) struct RowLink {
    pub(crate) service: NameId,
    pub(crate) environment: NameId,
    pub(crate) access: Access,
    /// What the grant allows, if not what the row says.
    pub(crate) level: Option<Level>,
}

/// A run of [`LinkReader::services`] or [`LinkReader::environments`].
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
}

impl Run {
    const EMPTY: Self = Self { start: 0, end: 0 };

    fn is_empty(self) -> bool {
        self.start == self.end
    }

    fn of<T>(self, all: &[T]) -> &[T] {
        all.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Reads the columns of services and environments, and remembers what their cells meant.
pub(crate) struct LinkReader {
    columns: Vec<ServiceColumn>,
    /// By holder, service, target; then without and with an environment cell beside it.
    known_services: [[Memo<Run>; 2]; 3],
    known_environments: Memo<Run>,
    /// What cells list, each service with the environment that is written with it.
    services: Vec<(NameId, Option<NameId>)>,
    environments: Vec<NameId>,
    links: Vec<RowLink>,
}

/// One column that names services.
#[derive(Clone, Copy)]
struct ServiceColumn {
    meaning: Meaning,
    column: usize,
    /// The column of its environments; else the row's own counts.
    environment: Option<usize>,
    /// Its place in [`LinkReader::known_services`].
    memo: usize,
    /// What the services are to the credential, if not what the row says.
    access: Option<Access>,
    /// The columns of the same list of objects, if it is of one.
    list: Option<ListColumns>,
}

impl ServiceColumn {
    /// The columns of services, and those that have the same headings.
    fn all(plan: &Plan) -> Vec<Self> {
        let columns = plan.columns();
        let mut found = Vec::new();
        for (memo, (meaning, environment, access)) in [
            (Meaning::Service, Meaning::Environment, None),
            (Meaning::Holder, Meaning::HolderEnvironment, Some(Access::Holds)),
            (Meaning::Target, Meaning::TargetEnvironment, Some(Access::Grants)),
        ]
        .into_iter()
        .enumerate()
        {
            let Some(first) = columns.of(meaning) else { continue };
            let duplicates =
                plan.duplicates.iter().filter(|duplicate| duplicate.meaning == meaning);
            let pairs = std::iter::once((first, columns.of(environment)))
                .chain(duplicates.filter_map(DuplicateColumn::pair));
            found.extend(pairs.map(|(column, environment)| Self {
                meaning,
                column,
                environment,
                memo,
                access,
                list: ListColumns::of(plan, column, environment),
            }));
        }
        found
    }
}

impl LinkReader {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self {
            columns: ServiceColumn::all(plan),
            known_services: std::array::from_fn(|_| [Memo::new(), Memo::new()]),
            known_environments: Memo::new(),
            services: Vec::new(),
            environments: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The links of the row that was read last.
    pub(crate) fn links(&self) -> &[RowLink] {
        &self.links
    }

    /// Reads the services of the row with their environments. Where a column does not say by itself
    /// what its services are to the credential, they have the row's `access`.
    pub(crate) fn read(
        &mut self,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
        access: Access,
    ) {
        self.links.clear();
        for at in 0..self.columns.len() {
            let Some(column) = self.columns.get(at).copied() else { continue };
            let cell = cells.records.cell(column.column);
            if cell.is_empty() {
                continue;
            }
            let access = column.access.unwrap_or(access);
            match column.list.filter(|_| cell.starts_with('[')) {
                Some(list) => self.read_list((column, list), cells, builder, access),
                None => self.read_column(column, cells, builder, access),
            }
        }
        if let Some(holder) = cells.plan.holder.as_deref().filter(|_| self.links.is_empty()) {
            self.add_holder(holder, cells, builder);
        }
    }

    /// Links what holds every credential of the table, in the environments of the row.
    fn add_holder(&mut self, holder: &str, cells: RowCells<'_>, builder: &mut InventoryBuilder) {
        let (service, _) = builder.name(holder);
        let of_row = self.environments_in(cells.column(Meaning::Environment), cells, builder);
        let environments = of_row.of(&self.environments);
        let blank = [builder.blank];
        for &environment in if environments.is_empty() { &blank } else { environments } {
            self.links.push(RowLink { service, environment, access: Access::Holds, level: None });
        }
    }

    fn read_column(
        &mut self,
        column: ServiceColumn,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
        access: Access,
    ) {
        let mut environments = self.environments_in(column.environment, cells, builder);
        if environments.is_empty() {
            let of_row = cells.column(Meaning::Environment);
            environments = self.environments_in(of_row, cells, builder);
        }
        let services = self.services_in(column, !environments.is_empty(), cells, builder);
        let services = services.of(&self.services);
        let environments = environments.of(&self.environments);
        for &(service, own) in services {
            // What stands with the service itself is nearer than the row's environment.
            if own.is_some() || environments.is_empty() {
                let environment = own.unwrap_or(builder.blank);
                self.links.push(RowLink { service, environment, access, level: None });
                continue;
            }
            for &environment in environments {
                self.links.push(RowLink { service, environment, access, level: None });
            }
        }
        let without = services.iter().filter(|(_, own)| own.is_none()).count();
        if without > 1 && environments.len() > 1 {
            let message = "the row names several services and several environments, and every \
                           service counts as being in each; split the row if that is wrong";
            let heading = column.environment.map_or("", |column| cells.plan.heading_at(column));
            builder.problem(cells.place, heading, ProblemKind::UnclearList, message);
        }
    }

    /// Reads the objects of a list: each is one holder, service or target with its own environment,
    /// access and level.
    fn read_list(
        &mut self,
        (column, list): (ServiceColumn, ListColumns),
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
        access: Access,
    ) {
        // The environments of another list say nothing of this one.
        let is_of_list = |at: usize| {
            cells.plan.schema.list_of(at).is_some() && cells.records.cell(at).starts_with('[')
        };
        let of_row = cells.column(Meaning::Environment).filter(|at| !is_of_list(*at));
        let of_row = self.environments_in(of_row, cells, builder).of(&self.environments).to_vec();
        let place = cells.place_at(column.column);
        let heading_cell = cells.records.cell(column.column);
        for entry in listed_links::entries(cells.plan, cells.records, column.column, list) {
            let (services, environments, problems) = names_of(&entry, &of_row, builder);
            builder.report_once(place, heading_cell, problems);
            if services.is_empty() {
                let problem = CellProblem::new(ProblemKind::UnclearList, NO_SERVICE);
                builder.report_once(place, heading_cell, Some(problem));
            }
            if let Some((meaning, word)) = &entry.unknown {
                let problem = unknown_word(*meaning, word);
                builder.report_once(cells.place_of(*meaning), word, Some(problem));
            }
            let access = entry.access.filter(|_| column.access.is_none()).unwrap_or(access);
            for (service, own) in services {
                let own = own.map_or_else(|| environments.clone(), |own| vec![own]);
                for environment in own {
                    self.links.push(RowLink { service, environment, access, level: entry.level });
                }
            }
        }
    }

    /// The services that a cell lists. Those of its environments that are written with services are
    /// read only where no other cell names any.
    fn services_in(
        &mut self,
        column: ServiceColumn,
        has_environment: bool,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> Run {
        let cell = cells.records.cell(column.column);
        let Self { known_services, services, .. } = self;
        let mut memo = known_services
            .get_mut(column.memo)
            .and_then(|two| two.get_mut(usize::from(has_environment)));
        if let Some(found) = memo.as_ref().and_then(|memo| memo.find(cell)) {
            return found;
        }
        let known = (!has_environment).then_some(&builder.environments);
        let lists::Services { services: pieces, remark } =
            lists::services(cell, cells.plan.is_plural(column.meaning), known);
        let remark = remark.map(|remark| CellProblem::new(ProblemKind::UnclearList, remark));
        let mut problems: Vec<CellProblem> = remark.into_iter().collect();
        let start = services.len();
        for piece in pieces {
            let (service, problem) = builder.name(&piece.service);
            problems.extend(problem);
            let own = piece.environment.map(|environment| builder.name(&environment));
            let (own, problem) = own.unzip();
            problems.extend(problem.flatten());
            add_new(services, start, (service, own));
        }
        builder.report_once(cells.place_at(column.column), cell, problems);
        let run = Run { start: start as u32, end: services.len() as u32 };
        if let Some(memo) = &mut memo {
            memo.add(cell, run);
        }
        run
    }

    /// The environments that a cell lists.
    fn environments_in(
        &mut self,
        column: Option<usize>,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> Run {
        let Some(column) = column else { return Run::EMPTY };
        let cell = cells.records.cell(column);
        if cell.is_empty() {
            return Run::EMPTY;
        }
        if let Some(found) = self.known_environments.find(cell) {
            return found;
        }
        let explained = &cells.plan.schema.words;
        let whole = explained.meant(WordKind::Environment, cell);
        if words::is_unknown(whole) {
            return Run::EMPTY;
        }
        let start = self.environments.len();
        let mut problems = Vec::new();
        for label in lists::labels(whole, &builder.environments) {
            let label = explained.meant(WordKind::Environment, &label);
            let (environment, problem) = builder.name(label);
            problems.extend(problem);
            add_new(&mut self.environments, start, environment);
        }
        builder.report_once(cells.place_at(column), cell, problems);
        let run = Run { start: start as u32, end: self.environments.len() as u32 };
        self.known_environments.add(cell, run);
        run
    }
}

const NO_SERVICE: &str = "an entry of this list names no service, and was left out; name one in it";

/// A service, and the environment that is written with it.
type NamedInstance = (NameId, Option<NameId>);

/// The services of an entry, and the environments for those that have none of their own.
fn names_of(
    entry: &listed_links::Entry,
    of_row: &[NameId],
    builder: &mut InventoryBuilder,
) -> (Vec<NamedInstance>, Vec<NameId>, Vec<CellProblem>) {
    let mut problems = Vec::new();
    let mut environments = Vec::new();
    for label in lists::labels(&entry.environment, &builder.environments) {
        let (name, problem) = builder.name(&label);
        problems.extend(problem);
        environments.push(name);
    }
    if environments.is_empty() {
        environments.extend_from_slice(of_row);
    }
    let known = environments.is_empty().then_some(&builder.environments);
    let found = lists::services(&entry.service, false, known);
    problems.extend(found.remark.map(|why| CellProblem::new(ProblemKind::UnclearList, why)));
    let mut services = Vec::new();
    for piece in found.services {
        let (service, problem) = builder.name(&piece.service);
        problems.extend(problem);
        let own = piece.environment.map(|environment| builder.name(&environment));
        let (own, problem) = own.unzip();
        problems.extend(problem.flatten());
        services.push((service, own));
    }
    if environments.is_empty() {
        environments.push(builder.blank);
    }
    (services, environments, problems)
}

/// Adds what does not stand behind `start` yet.
fn add_new<T: PartialEq>(all: &mut Vec<T>, start: usize, new: T) {
    if !all.get(start..).unwrap_or_default().contains(&new) {
        all.push(new);
    }
}
