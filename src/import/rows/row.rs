//! Reads what one row says: its credential, its facts, and its links.

use crate::import::csv::records::Records;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::repeated_cells::RepeatedCells;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_cells::RowCells;
use crate::import::rows::row_dates::DateReader;
use crate::import::rows::row_link::DescribedService;
use crate::import::rows::row_links::LinkReader;
use crate::import::rows::row_names;
use crate::import::rows::row_names::NameReader;
use crate::import::rows::row_words::WordReader;
use crate::import::rows::subject::RowSubject;
use crate::import::rows::swapped_words::SwappedWords;
use crate::import::schema::day_orders::DayOrders;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{
    Access, CredentialFacts, FactsId, Flag, InstanceFacts, LastUsed, Level, Link, NameId, Place,
    Problem, ProblemKind, Row, RowId, Status,
};

/// Reads the rows of one table, and remembers what their cells meant.
pub(crate) struct RowReader<'a> {
    plan: &'a Plan,
    swapped: SwappedWords,
    names: NameReader,
    words: WordReader,
    dates: DateReader<'a>,
    links: LinkReader,
    /// What the row before said of its credential.
    before: RepeatedCells<CredentialPart>,
}

/// What a row says of its credential by the cells that the credential's other rows repeat.
#[derive(Clone)]
struct CredentialPart {
    fingerprint: Option<u32>,
    id: Option<NameId>,
    facts: CredentialFacts,
    /// What the facts are called, once a row with them was added.
    facts_id: Option<FactsId>,
}

/// What is said of an environment that stands beside no service.
const NO_SERVICE: &str = "an environment without a service is on no link, here and wherever a row of \
                          this column names none; name the service, or what holds the credentials, \
                          in a column of its own or in a column mapping";

impl<'a> RowReader<'a> {
    /// For the rows of a table by one of its plans, whose place among all is given.
    pub(crate) fn new((at, plan): (usize, &'a Plan), orders: &'a DayOrders<'a>) -> Self {
        Self {
            plan,
            swapped: SwappedWords::new(plan),
            names: NameReader::new(),
            words: WordReader::new(),
            dates: DateReader::new(orders, at),
            links: LinkReader::new(plan),
            before: RepeatedCells::of(credential_columns(plan)),
        }
    }

    /// Whether the row is about the credential that this reader reads; not every slot is filled.
    pub(crate) fn is_filled(&self, records: &Records<'_>) -> bool {
        let is_set = |column: &usize| {
            let cell = records.cell(*column);
            !words::is_unknown(cell) && words::disabled(cell) != Status::Live
        };
        let is_here = self.plan.only_where.as_ref().is_none_or(|(column, words)| {
            let cell = records.cell(*column);
            words.iter().any(|word| cell.eq_ignore_ascii_case(word))
        });
        is_here && (self.plan.present.is_empty() || self.plan.present.iter().any(is_set))
    }

    /// What is wrong with a row whose words certainly stand under each other's headings.
    pub(crate) fn swapped_words(
        &mut self,
        records: &Records<'_>,
        builder: &InventoryBuilder,
        place: Place,
    ) -> Option<Problem> {
        let cells = RowCells { plan: self.plan, records, place };
        self.swapped.problem(cells, &builder.environments)
    }

    /// Adds the row; false if it names nothing.
    pub(crate) fn read(
        &mut self,
        records: &Records<'_>,
        builder: &mut InventoryBuilder,
        fingerprint: Option<u32>,
        place: Place,
    ) -> bool {
        let cells = RowCells { plan: self.plan, records, place };
        let part = self.credential_part(cells, builder, fingerprint);
        let CredentialPart { id, facts, facts_id, .. } = part;
        let (access, level) = self.words.access(cells, builder);
        let mut instance_facts = self.instance_facts(cells, builder);
        self.links.read(cells, builder, access);
        let has_links = !self.links.links().is_empty();
        let is_named = id.is_some() || fingerprint.is_some() || row_names::has_lost_id(cells);
        let is_of_credential = self.plan.has_credentials
            && (is_named
                || !self.plan.needs_id
                    && (access != self.plan.access
                        || level != Level::Unknown
                        || says_more(cells, &facts)));
        let names_something = has_links || is_named || facts.kind.is_some();
        if !names_something || (!is_of_credential && !has_links) {
            return false;
        }
        let facts = if is_of_credential {
            facts_id.unwrap_or_else(|| self.keep_facts(builder, (fingerprint, id), facts))
        } else {
            instance_facts.owner = instance_facts.owner.or(facts.owner);
            builder.facts(CredentialFacts::default())
        };
        let names_service = [Meaning::Service, Meaning::Holder, Meaning::Target]
            .iter()
            .any(|meaning| !cells.cell(*meaning).is_empty());
        let has_environment = !words::is_unknown(cells.cell(Meaning::Environment));
        if is_of_credential && !has_links && has_environment && !names_service {
            let problem = CellProblem::new(ProblemKind::UnreadColumn, NO_SERVICE);
            builder.report_once(cells.place_of(Meaning::Environment), "", Some(problem));
        }
        let instance_facts = builder.instance_facts(instance_facts);
        builder.ids_alone |= is_of_credential && id.is_some() && fingerprint.is_none();
        let subject = if is_of_credential {
            RowSubject::Credential { id, fingerprint }
        } else {
            RowSubject::Service
        };
        let row = Row { credential: None, facts, instance_facts, place };
        self.add(builder, row, subject, level);
        self.describe(builder, place);
        true
    }

    /// What the row says of its credential: read, or taken over from the row before.
    fn credential_part(
        &mut self,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
        fingerprint: Option<u32>,
    ) -> CredentialPart {
        let repeated = self.before.find(cells.records);
        if let Some(part) = repeated.filter(|part| part.fingerprint == fingerprint) {
            return part.clone();
        }
        let problems = builder.inventory.problems.len();
        let id = row_names::id(Meaning::Id, cells, builder, fingerprint);
        let name = row_names::id(Meaning::Label, cells, builder, fingerprint);
        let (id, label) = if id.is_some() { (id, name) } else { (name, None) };
        let facts = CredentialFacts { label, ..self.facts(cells, builder) };
        let part = CredentialPart { fingerprint, id, facts, facts_id: None };
        // A problem is reported again for each row that has it.
        if builder.inventory.problems.len() == problems && !row_names::has_generic_name(cells) {
            self.before.set(cells.records, part.clone());
        } else {
            self.before.clear();
        }
        part
    }

    /// What the facts of the row are called.
    fn keep_facts(
        &mut self,
        builder: &mut InventoryBuilder,
        (fingerprint, id): (Option<u32>, Option<NameId>),
        facts: CredentialFacts,
    ) -> FactsId {
        let known = fingerprint.and_then(|fingerprint| builder.last_facts(fingerprint, &facts));
        let facts = known.unwrap_or_else(|| builder.facts(facts));
        if let Some(fingerprint) = fingerprint {
            builder.set_last(fingerprint, id, facts);
        }
        if let Some(part) = self.before.last_mut() {
            part.facts_id = Some(facts);
        }
        facts
    }

    /// Adds what entries of lists say of their own services, as rows about these services alone.
    fn describe(&self, builder: &mut InventoryBuilder, place: Place) {
        for one in &self.links.described {
            let id = RowId(builder.inventory.rows.len() as u32);
            let DescribedService { service, environment, facts } = one.clone();
            let instance_facts = builder.instance_facts(facts);
            let facts = builder.facts(CredentialFacts::default());
            builder.inventory.rows.push(Row { credential: None, facts, instance_facts, place });
            builder.subjects.push(RowSubject::Service);
            builder.continuations.push(id.0);
            let instance = builder.instance(service, environment);
            builder.inventory.links.push(Link {
                row: id,
                instance,
                instance_assumed: false,
                access: Access::Unstated,
                level: Level::Unknown,
            });
        }
    }

    fn add(&self, builder: &mut InventoryBuilder, row: Row, subject: RowSubject, level: Level) {
        let id = RowId(builder.inventory.rows.len() as u32);
        builder.inventory.rows.push(row);
        builder.subjects.push(subject);
        for link in self.links.links() {
            let of_service = subject == RowSubject::Service;
            let access = if of_service { Access::Unstated } else { link.access };
            let is_granted = !of_service && access != Access::Holds;
            let level = link.level.unwrap_or(level);
            let level = if is_granted { level } else { Level::Unknown };
            let instance = builder.instance(link.service, link.environment);
            let instance_assumed = link.assumed;
            builder.inventory.links.push(Link {
                row: id,
                instance,
                instance_assumed,
                access,
                level,
            });
        }
    }

    /// All that the row says of the credential, except for its label.
    fn facts(&mut self, cells: RowCells<'_>, builder: &mut InventoryBuilder) -> CredentialFacts {
        let Self { plan, names, words, dates, .. } = self;
        let storage = names.read(Meaning::Storage, cells, builder);
        let always = plan.rules().and_then(|rules| rules.storage.as_deref());
        let storage = storage.or_else(|| Some(builder.inventory.names.intern(always?)));
        let kind = names.read(Meaning::Kind, cells, builder);
        let kind = kind.or_else(|| Some(builder.inventory.names.intern(plan.kind()?)));
        let identity = names.read(Meaning::Identity, cells, builder);
        let identity = identity.or_else(|| row_names::identity_within_id(cells, builder));
        let [created, last_rotated, used, expires] = dates.read(cells, builder);
        let last_used = match used {
            Some(date) => LastUsed::On(date),
            None if words::never_used(cells.short_cell(Meaning::LastUsed)) => LastUsed::Never,
            None => LastUsed::Unstated,
        };
        CredentialFacts {
            kind,
            label: None,
            identity,
            owner: names.read(Meaning::Owner, cells, builder),
            storage,
            tags: names.read(Meaning::Tags, cells, builder),
            status: words.status(cells, builder),
            created,
            last_rotated,
            last_used,
            expires,
        }
    }

    fn instance_facts(
        &mut self,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> InstanceFacts {
        // A row with a holder and a target does not say which of the two it describes.
        let columns = self.plan.columns();
        if columns.of(Meaning::Holder).is_some() && columns.of(Meaning::Target).is_some() {
            return InstanceFacts::default();
        }
        // What a list says of its services holds for each of them alone.
        let is_listed = |meaning: Meaning| {
            let column = cells.column(meaning);
            column.is_some_and(|at| self.plan.schema.list_of(at).is_some())
                && cells.cell(meaning).starts_with('[')
        };
        let [of_kind, of_owner] = [Meaning::ServiceKind, Meaning::ServiceOwner]
            .map(|one| Some(one).filter(|one| !is_listed(*one)));
        let kind = of_kind.and_then(|meaning| self.names.read(meaning, cells, builder));
        let always = self.plan.rules().and_then(|rules| rules.service_kind.as_deref());
        let kind = kind.or_else(|| Some(builder.inventory.names.intern(always?)));
        let flag = |meaning, read: fn(&str) -> Flag| match cells.short_cell(meaning) {
            "" => Flag::Unstated,
            _ if is_listed(meaning) => Flag::Unstated,
            cell => read(cell),
        };
        let jewel = flag(Meaning::CrownJewel, words::crown_jewel);
        let critical = flag(Meaning::Criticality, words::criticality);
        InstanceFacts {
            kind,
            owner: of_owner.and_then(|meaning| self.names.read(meaning, cells, builder)),
            entry_point: flag(Meaning::Exposure, words::exposure),
            crown_jewel: if jewel == Flag::Unstated { critical } else { jewel },
        }
    }
}

/// The columns that [`CredentialPart`] is read from.
fn credential_columns(plan: &Plan) -> Vec<usize> {
    let is_of_credential = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Id
                | Meaning::Label
                | Meaning::Kind
                | Meaning::Identity
                | Meaning::Owner
                | Meaning::Storage
                | Meaning::Tags
                | Meaning::Status
                | Meaning::Disabled
                | Meaning::Created
                | Meaning::LastRotated
                | Meaning::LastUsed
                | Meaning::Expires
        )
    };
    let columns = plan.columns().meanings().filter(|(meaning, _)| is_of_credential(meaning));
    columns.map(|(_, column)| column).chain(plan.name_within.iter().copied()).collect()
}

/// Whether the row says something of a credential beyond its name, owner and tags.
fn says_more(cells: RowCells<'_>, facts: &CredentialFacts) -> bool {
    let CredentialFacts {
        kind,
        label,
        identity,
        owner: _,
        storage,
        tags: _,
        status,
        created,
        last_rotated,
        last_used,
        expires,
    } = facts;
    let has_value = !words::is_unknown(cells.cell(Meaning::Value));
    let has_ends =
        !cells.cell(Meaning::Holder).is_empty() || !cells.cell(Meaning::Target).is_empty();
    [kind, label, identity, storage].into_iter().any(Option::is_some)
        || [created, last_rotated, expires].into_iter().any(Option::is_some)
        || *status != Status::Unstated
        || *last_used != LastUsed::Unstated
        || has_value
        || has_ends
}
