//! The services that a row names, with their environments and what they are to the credential.

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::listed_links;
use crate::import::rows::listed_links::ListColumns;
use crate::import::rows::marked_links::MarkReader;
use crate::import::rows::memo::Memo;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_cells::RowCells;
use crate::import::rows::row_link::{DescribedService, ListedService, RowLink};
use crate::import::rows::row_words::unknown_word;
use crate::import::schema::duplicate_columns::DuplicateColumn;
use crate::import::schema::marked::Marked;
use crate::import::schema::row_plan::Plan;
use crate::import::schema::value_words::WordKind;
use crate::import::vocabulary::lists;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Access, NameId, ProblemKind};

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
    services: Vec<ListedService>,
    environments: Vec<NameId>,
    links: Vec<RowLink>,
    /// What the entries of the row's lists say of their own services.
    pub(crate) described: Vec<DescribedService>,
    /// The columns of marks, where the table is a matrix.
    marks: Option<MarkReader>,
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
            let beside = plan.environment_beside(first, environment);
            let pairs = std::iter::once((first, beside))
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
            described: Vec::new(),
            marks: MarkReader::new(plan),
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
        self.described.clear();
        if let Some(mut marks) = self.marks.take() {
            marks.read(cells, builder);
            match marks.of {
                Marked::Environments => self.read_marked(&mut marks, cells, builder, access),
                Marked::Services => {
                    let of_row = cells.column(Meaning::Environment);
                    let of_row = self.environments_in(of_row, cells, builder);
                    let of_row = of_row.of(&self.environments);
                    marks.link_services(of_row, (cells, access), builder, &mut self.links);
                }
            }
            let are_placed = marks.of == Marked::Environments && !marks.marked.is_empty();
            self.marks = Some(marks);
            if are_placed {
                return;
            }
        }
        for at in 0..self.columns.len() {
            let Some(column) = self.columns.get(at).copied() else { continue };
            let cell = cells.records.cell(column.column);
            if cell.is_empty() {
                continue;
            }
            let access = column.access.unwrap_or(access);
            // One object alone is no list; what it says of its service is that of the row's, unless the row
            // names holders and targets.
            match column.list.filter(|_| cell.starts_with('[') || column.access.is_some()) {
                Some(list) => self.read_list((column, list), cells, builder, access),
                None => self.read_column(column, cells, builder, access),
            }
        }
        if let Some(holder) = cells.plan.holder.as_deref().filter(|_| self.links.is_empty()) {
            self.add_holder(holder, cells, builder);
        }
    }

    /// Links the services of a row in each environment that it marks. Where no column names services,
    /// the credential's own name stands for what it opens there, and that is an assumption.
    fn read_marked(
        &mut self,
        marks: &mut MarkReader,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
        access: Access,
    ) {
        let named = [Meaning::Id, Meaning::Label].map(|meaning| cells.cell(meaning));
        let named = named.into_iter().find(|name| !words::is_unknown(name));
        for at in 0..marks.marked.len() {
            let Some((cell, environment)) = marks.environment(at, cells, builder) else { continue };
            let level = cell.level;
            for at in 0..self.columns.len() {
                let Some(column) = self.columns.get(at).copied() else { continue };
                let access = column.access.or(cell.access).unwrap_or(access);
                let services = self.services_in(column, true, cells, builder);
                self.links.extend(services.of(&self.services).iter().map(|one| {
                    let environment = one.environment.unwrap_or(environment);
                    RowLink { service: one.service, environment, assumed: false, access, level }
                }));
            }
            if let Some(name) = named.filter(|_| self.columns.is_empty()) {
                let (service, _) = builder.name(name);
                let access = cell.access.unwrap_or(access);
                self.links.push(RowLink { service, environment, assumed: true, access, level });
            }
        }
    }

    /// Links what holds every credential of the table, in the environments of the row.
    fn add_holder(&mut self, holder: &str, cells: RowCells<'_>, builder: &mut InventoryBuilder) {
        let (service, _) = builder.name(holder);
        let of_row = self.environments_in(cells.column(Meaning::Environment), cells, builder);
        let environments = of_row.of(&self.environments);
        let blank = [builder.blank];
        for &environment in if environments.is_empty() { &blank } else { environments } {
            let access = Access::Holds;
            let link = RowLink { service, environment, assumed: false, access, level: None };
            self.links.push(link);
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
        for &ListedService { service, environment: own, assumed } in services {
            // What stands with the service itself is nearer than the row's environment.
            if own.is_some() || environments.is_empty() {
                let environment = own.unwrap_or(builder.blank);
                self.links.push(RowLink { service, environment, assumed, access, level: None });
                continue;
            }
            for &environment in environments {
                let assumed = false;
                self.links.push(RowLink { service, environment, assumed, access, level: None });
            }
        }
        let without = services.iter().filter(|one| one.environment.is_none()).count();
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
            let (services, environments, problems) =
                listed_links::names_of(&entry, &of_row, cells.plan, builder);
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
            let described = entry.described(builder);
            let level = entry.level;
            for ListedService { service, environment: own, assumed } in services {
                for environment in own.map_or_else(|| environments.clone(), |own| vec![own]) {
                    self.links.push(RowLink { service, environment, assumed, access, level });
                    if let Some(facts) = described.clone() {
                        self.described.push(DescribedService { service, environment, facts });
                    }
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
        let clean = builder.without_secrets(cell);
        let within = cells.plan.within_names(&builder.environments).filter(|_| !has_environment);
        let text = clean.as_ref().map_or(cell, |(text, _)| text);
        let lists::Services { services: pieces, remark } =
            lists::services(text, cells.plan.is_plural(column.meaning), within);
        let remark = remark.map(|remark| CellProblem::new(ProblemKind::UnclearList, remark));
        let mut problems: Vec<CellProblem> = remark.into_iter().collect();
        problems.extend(clean.map(|(_, problem)| problem));
        let start = services.len();
        for piece in pieces {
            let (listed, wrong) = ListedService::new(&piece, cells.plan, builder);
            problems.extend(wrong);
            add_new(services, start, listed);
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
        let clean = builder.without_secrets(whole);
        let text = clean.as_ref().map_or(whole, |(text, _)| text);
        let labels = lists::labels(text, &builder.environments);
        let mut problems: Vec<CellProblem> =
            clean.into_iter().map(|(_, problem)| problem).collect();
        for label in labels {
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

/// Adds what does not stand behind `start` yet.
fn add_new<T: PartialEq>(all: &mut Vec<T>, start: usize, new: T) {
    if !all.get(start..).unwrap_or_default().contains(&new) {
        all.push(new);
    }
}
