//! Reads what one row says: its credential, its facts, and its links.

use crate::import::csv::records::Records;
use crate::import::rows::builder::{InventoryBuilder, RowSubject};
use crate::import::rows::memo::Memo;
use crate::import::rows::swapped_columns::Swaps;
use crate::import::schema::duplicate_columns::Double;
use crate::import::schema::row_plan;
use crate::import::schema::row_plan::{DATES, Plan};
use crate::import::vocabulary::dates;
use crate::import::vocabulary::dates::{DateCell, DayOrder};
use crate::import::vocabulary::lists;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{
    Access, CredentialFacts, Date, Flag, InstanceFacts, LastUsed, Level, Link, NameId, Place,
    Problem, ProblemKind, Row, RowId, Status,
};

/// A date cell that was read: the day, or that there was no use at all.
type DateRead = Option<Date>;
/// A run of [`RowReader::pieces`] or [`RowReader::labels`].
type Run = (u32, u32);

/// Reads the rows of one file, and remembers what their cells meant.
pub(crate) struct RowReader<'a> {
    plan: &'a Plan,
    swaps: Swaps,
    text: &'a str,
    orders: Option<[DayOrder; 4]>,
    unclear: [bool; 4],
    dates: [Memo<DateRead>; 4],
    statuses: Memo<Status>,
    accesses: Memo<(Access, Level)>,
    levels: Memo<Level>,
    /// By holder, service, target; then without and with an environment cell beside it.
    services: [[Memo<Run>; 2]; 3],
    environments: Memo<Run>,
    pieces: Vec<(NameId, Option<NameId>)>,
    labels: Vec<NameId>,
    ends: Vec<End>,
    links: Vec<(NameId, NameId, Access)>,
    /// By meaning.
    names: [Memo<Option<NameId>>; Meaning::COUNT],
}

const UNCLEAR_DATES: &str = "the dates of this column can be read with the day or the month first, \
                             and none tells which; write them as 2026-03-01";
const NO_DATE: &str = "this is no date, here and wherever the column repeats it; write it as \
                       2026-03-01";

/// One column that names services.
#[derive(Clone, Copy)]
struct End {
    meaning: Meaning,
    service: usize,
    /// The column of its environments; else the row's own counts.
    environment: Option<usize>,
    memo: usize,
    /// What the services are to the credential, if not what the row says.
    access: Option<Access>,
}

impl End {
    /// The columns of services, and those that have the same headings.
    fn all(plan: &Plan) -> Vec<Self> {
        let columns = plan.columns();
        let mut ends = Vec::new();
        for (memo, (meaning, environment, access)) in [
            (Meaning::Service, Meaning::Environment, None),
            (Meaning::Holder, Meaning::HolderEnvironment, Some(Access::Holds)),
            (Meaning::Target, Meaning::TargetEnvironment, Some(Access::Grants)),
        ]
        .into_iter()
        .enumerate()
        {
            let Some(first) = columns.of(meaning) else { continue };
            let doubles = plan.doubles.iter().filter(|double| double.meaning == meaning);
            let pairs = std::iter::once((first, columns.of(environment)))
                .chain(doubles.filter_map(Double::pair));
            ends.extend(pairs.map(|(service, environment)| Self {
                meaning,
                service,
                environment,
                memo,
                access,
            }));
        }
        ends
    }
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(plan: &'a Plan, text: &'a str) -> Self {
        Self {
            plan,
            swaps: Swaps::new(plan),
            text,
            orders: None,
            unclear: [false; 4],
            dates: [Memo::new(), Memo::new(), Memo::new(), Memo::new()],
            statuses: Memo::new(),
            accesses: Memo::new(),
            levels: Memo::new(),
            services: std::array::from_fn(|_| [Memo::new(), Memo::new()]),
            environments: Memo::new(),
            pieces: Vec::new(),
            labels: Vec::new(),
            ends: End::all(plan),
            links: Vec::new(),
            names: std::array::from_fn(|_| Memo::new()),
        }
    }

    /// Whether the row speaks of the credential that this reader reads; not every slot is filled.
    pub(crate) fn is_filled(&self, records: &Records<'_>) -> bool {
        let says = |column: &usize| {
            let cell = records.cell(*column);
            !words::is_unknown(cell) && words::disabled(cell) != Status::Live
        };
        self.plan.present.is_empty() || self.plan.present.iter().any(says)
    }

    /// What is wrong with a row whose words certainly stand under each other's headings.
    pub(crate) fn swapped(
        &mut self,
        records: &Records<'_>,
        builder: &InventoryBuilder,
        place: Place,
    ) -> Option<Problem> {
        self.swaps.look(self.plan, records, (&builder.environments, place))
    }

    /// Adds the row; false if it names nothing.
    pub(crate) fn read(
        &mut self,
        records: &Records<'_>,
        builder: &mut InventoryBuilder,
        fingerprint: Option<u32>,
        place: Place,
    ) -> bool {
        let at = At { plan: self.plan, records, place };
        let id = at.id(Meaning::Id, builder, fingerprint);
        let name = at.id(Meaning::Label, builder, fingerprint);
        let (id, label) = if id.is_some() { (id, name) } else { (name, None) };
        let (access, level) = self.access(at, builder);
        let mut facts = self.facts(at, builder);
        facts.label = label;
        let mut instance_facts = self.instance_facts(at, builder);
        self.link(at, builder, access);
        let named = id.is_some() || fingerprint.is_some() || at.has_lost_id();
        let of_credential = self.plan.has_credentials
            && (named || access != self.plan.access || level != Level::Unknown || at.tells(&facts));
        let of_something = !self.links.is_empty() || named || facts.kind.is_some();
        if !of_something || (!of_credential && self.links.is_empty()) {
            return false;
        }
        if !of_credential {
            instance_facts.owner = instance_facts.owner.or(facts.owner);
            facts = CredentialFacts::default();
        }
        let known = fingerprint.and_then(|fingerprint| builder.last_facts(fingerprint, &facts));
        let facts = known.unwrap_or_else(|| builder.facts(facts));
        if let Some(fingerprint) = fingerprint {
            builder.set_last(fingerprint, id, facts);
        }
        let row = Row {
            credential: None,
            facts,
            instance_facts: builder.instance_facts(instance_facts),
            place,
        };
        builder.ids_decide |= of_credential && id.is_some() && fingerprint.is_none();
        let speaks = if of_credential {
            RowSubject::OfCredential { id, fingerprint }
        } else {
            RowSubject::OfService
        };
        self.add(builder, row, speaks, level);
        true
    }

    fn add(&mut self, builder: &mut InventoryBuilder, row: Row, speaks: RowSubject, level: Level) {
        let id = RowId(builder.inventory.rows.len() as u32);
        builder.inventory.rows.push(row);
        builder.speaks.push(speaks);
        for &(service, environment, access) in &self.links {
            let access = if speaks == RowSubject::OfService { Access::Unstated } else { access };
            let granted = matches!(access, Access::Grants | Access::Both | Access::Unstated);
            let level = if granted { level } else { Level::Unknown };
            let instance = builder.instance(service, environment);
            builder.inventory.links.push(Link { row: id, instance, access, level });
        }
    }

    /// What the access and level cells say. A level word among the accesses counts as one.
    fn access(&mut self, at: At<'_>, builder: &mut InventoryBuilder) -> (Access, Level) {
        let cell = at.cell(Meaning::Access);
        let (access, said) = match self.accesses.find(cell) {
            Some(found) => found,
            None if words::is_unknown(cell) => (self.plan.access, Level::Unknown),
            None => {
                let told = builder.inventory.problems.len();
                let read = match (words::access(cell), words::level(cell)) {
                    (Some(access), _) => (access, Level::Unknown),
                    (None, Some(level)) => (self.plan.access, level),
                    (None, None) => {
                        at.unknown_word(Meaning::Access, builder);
                        (self.plan.access, Level::Unknown)
                    }
                };
                builder.told_once(told, at.column(Meaning::Access), cell);
                self.accesses.add(cell, read);
                read
            }
        };
        let cell = at.cell(Meaning::Level);
        let level = match self.levels.find(cell) {
            _ if words::is_unknown(cell) => said,
            Some(found) => found,
            None => {
                let (read, told) = (words::level(cell), builder.inventory.problems.len());
                if read.is_none() {
                    at.unknown_word(Meaning::Level, builder);
                    builder.told_once(told, at.column(Meaning::Level), cell);
                }
                self.levels.add(cell, read.unwrap_or_default());
                read.unwrap_or_default()
            }
        };
        (access, level)
    }

    fn status(&mut self, at: At<'_>, builder: &mut InventoryBuilder) -> Status {
        let cell = at.cell(Meaning::Status);
        if words::is_unknown(cell) {
            return words::disabled(at.short_cell(Meaning::Disabled));
        }
        if let Some(found) = self.statuses.find(cell) {
            return found;
        }
        let (read, told) = (words::status(cell), builder.inventory.problems.len());
        if read.is_none() {
            at.unknown_word(Meaning::Status, builder);
            builder.told_once(told, at.column(Meaning::Status), cell);
        }
        let read = read.unwrap_or(Status::Other);
        self.statuses.add(cell, read);
        read
    }

    /// The name in a column whose cells repeat.
    fn name(
        &mut self,
        meaning: Meaning,
        at: At<'_>,
        builder: &mut InventoryBuilder,
    ) -> Option<NameId> {
        let cell = at.cell(meaning);
        if cell.is_empty() {
            return None;
        }
        let memo = self.names.get_mut(meaning as usize)?;
        if let Some(found) = memo.find(cell) {
            return found;
        }
        let told = builder.inventory.problems.len();
        let name = at.id(meaning, builder, None);
        builder.told_once(told, at.column(meaning), cell);
        memo.add(cell, name);
        name
    }

    fn facts(&mut self, at: At<'_>, builder: &mut InventoryBuilder) -> CredentialFacts {
        let said = self.name(Meaning::Storage, at, builder);
        let always = self.plan.reading.shape.and_then(|shape| shape.storage);
        let storage = said.or_else(|| Some(builder.inventory.names.intern(always?)));
        let said = self.name(Meaning::Kind, at, builder);
        let kind = said.or_else(|| Some(builder.inventory.names.intern(self.plan.kind()?)));
        let said = self.name(Meaning::Identity, at, builder);
        let identity = said.or_else(|| at.identity_within_id(builder));
        let [created, last_rotated, used, expires] =
            [0, 1, 2, 3].map(|column| self.date(column, at, builder));
        let last_used = match used {
            Some(date) => LastUsed::On(date),
            None if words::never_used(at.short_cell(Meaning::LastUsed)) => LastUsed::Never,
            None => LastUsed::Unsaid,
        };
        CredentialFacts {
            kind,
            label: None,
            identity,
            owner: self.name(Meaning::Owner, at, builder),
            storage,
            tags: self.name(Meaning::Tags, at, builder),
            status: self.status(at, builder),
            created,
            last_rotated,
            last_used,
            expires,
        }
    }

    fn instance_facts(&mut self, at: At<'_>, builder: &mut InventoryBuilder) -> InstanceFacts {
        let columns = self.plan.columns();
        // A row with a holder and a target does not say which of the two it describes.
        if columns.of(Meaning::Holder).is_some() && columns.of(Meaning::Target).is_some() {
            return InstanceFacts::default();
        }
        let said = self.name(Meaning::ServiceKind, at, builder);
        let always = self.plan.reading.shape.and_then(|shape| shape.service_kind);
        let kind = said.or_else(|| Some(builder.inventory.names.intern(always?)));
        let flag = |meaning, read: fn(&str) -> Flag| match at.short_cell(meaning) {
            "" => Flag::Unsaid,
            cell => read(cell),
        };
        let jewel = flag(Meaning::CrownJewel, words::crown_jewel);
        let critical = flag(Meaning::Criticality, words::criticality);
        InstanceFacts {
            kind,
            owner: self.name(Meaning::ServiceOwner, at, builder),
            entry_point: flag(Meaning::Exposure, words::exposure),
            crown_jewel: if jewel == Flag::Unsaid { critical } else { jewel },
        }
    }

    fn date(&mut self, column: usize, at: At<'_>, builder: &mut InventoryBuilder) -> DateRead {
        let meaning = DATES.get(column).copied()?;
        let cell = at.cell(meaning);
        if cell.is_empty() {
            return None;
        }
        if let Some(found) = self.dates.get(column).and_then(|memo| memo.find(cell)) {
            return found;
        }
        if words::is_unknown(cell) || words::never_used(cell) || cell.starts_with("0000-00-00") {
            return None;
        }
        let mut read = dates::read(cell, DayOrder::Undecided);
        if read == DateCell::Unclear {
            let orders =
                self.orders.get_or_insert_with(|| row_plan::day_orders(self.plan, self.text));
            read = dates::read(cell, orders.get(column).copied().unwrap_or_default());
        }
        let told = builder.inventory.problems.len();
        let date = match read {
            DateCell::On(date) => Some(date),
            DateCell::Unclear => {
                if self.unclear.get_mut(column).is_some_and(|said| !std::mem::replace(said, true)) {
                    at.problem(
                        meaning,
                        ProblemKind::UnclearDate,
                        UNCLEAR_DATES.to_owned(),
                        builder,
                    );
                    builder.told_once(told, at.column(meaning), "");
                }
                None
            }
            DateCell::Bad => {
                at.problem(meaning, ProblemKind::UnclearDate, NO_DATE.to_owned(), builder);
                builder.told_once(told, at.column(meaning), cell);
                None
            }
        };
        if let Some(memo) = self.dates.get_mut(column) {
            memo.add(cell, date);
        }
        date
    }

    /// Gathers the services of the row with their environments and what is said of them.
    fn link(&mut self, at: At<'_>, builder: &mut InventoryBuilder, access: Access) {
        self.links.clear();
        for place in 0..self.ends.len() {
            let Some(end) = self.ends.get(place).copied() else { continue };
            if !at.records.cell(end.service).is_empty() {
                self.link_end(at, builder, (end, end.access.unwrap_or(access)));
            }
        }
    }

    fn link_end(
        &mut self,
        at: At<'_>,
        builder: &mut InventoryBuilder,
        (end, access): (End, Access),
    ) {
        let labels = match self.labels(end.environment, at, builder) {
            (start, end) if start == end => {
                self.labels(at.column(Meaning::Environment), at, builder)
            }
            found => found,
        };
        let pieces = self.pieces(end, labels.0 != labels.1, at, builder);
        let pieces = self.pieces.get(pieces.0 as usize..pieces.1 as usize).unwrap_or_default();
        let labels = self.labels.get(labels.0 as usize..labels.1 as usize).unwrap_or_default();
        for &(service, suffix) in pieces {
            // What stands with the service itself is nearer than the row's environment.
            if suffix.is_some() || labels.is_empty() {
                self.links.push((service, suffix.unwrap_or(builder.blank), access));
                continue;
            }
            for &label in labels {
                self.links.push((service, label, access));
            }
        }
        let without = pieces.iter().filter(|(_, suffix)| suffix.is_none()).count();
        if without > 1 && labels.len() > 1 {
            let message = "the row names several services and several environments, and every \
                           service is taken to be in each; split the row if that is wrong";
            let heading = end.environment.map_or("", |column| self.plan.heading_at(column));
            builder.problem(at.place, heading, ProblemKind::UnclearList, message.to_owned());
        }
    }

    fn pieces(
        &mut self,
        end: End,
        has_label: bool,
        at: At<'_>,
        builder: &mut InventoryBuilder,
    ) -> Run {
        let cell = at.records.cell(end.service);
        let memo = self.services.get(end.memo).and_then(|two| two.get(usize::from(has_label)));
        if let Some(found) = memo.and_then(|memo| memo.find(cell)) {
            return found;
        }
        let known = (!has_label).then_some(&builder.environments);
        let lists::Services { services: pieces, remark } =
            lists::services(cell, self.plan.is_plural(end.meaning), known);
        let told = builder.inventory.problems.len();
        let heading = self.plan.heading_at(end.service);
        if let Some(remark) = remark {
            builder.problem(at.place, heading, ProblemKind::UnclearList, remark.to_owned());
        }
        let start = self.pieces.len() as u32;
        for piece in pieces {
            let service = builder.name(&piece.service, at.place, heading);
            let suffix = piece.environment.map(|label| builder.name(&label, at.place, heading));
            if !self.pieces.get(start as usize..).unwrap_or_default().contains(&(service, suffix)) {
                self.pieces.push((service, suffix));
            }
        }
        builder.told_once(told, Some(end.service), cell);
        let run = (start, self.pieces.len() as u32);
        let memo = self.services.get_mut(end.memo);
        if let Some(memo) = memo.and_then(|two| two.get_mut(usize::from(has_label))) {
            memo.add(cell, run);
        }
        run
    }

    fn labels(&mut self, column: Option<usize>, at: At<'_>, builder: &mut InventoryBuilder) -> Run {
        let Some(column) = column else { return (0, 0) };
        let cell = at.records.cell(column);
        if cell.is_empty() {
            return (0, 0);
        }
        if let Some(found) = self.environments.find(cell) {
            return found;
        }
        if words::is_unknown(cell) {
            return (0, 0);
        }
        let (start, told) = (self.labels.len() as u32, builder.inventory.problems.len());
        for label in lists::labels(cell, &builder.environments) {
            let label = builder.name(&label, at.place, self.plan.heading_at(column));
            if !self.labels.get(start as usize..).unwrap_or_default().contains(&label) {
                self.labels.push(label);
            }
        }
        builder.told_once(told, Some(column), cell);
        let run = (start, self.labels.len() as u32);
        self.environments.add(cell, run);
        run
    }
}

/// The row that is being read.
#[derive(Clone, Copy)]
struct At<'a> {
    plan: &'a Plan,
    records: &'a Records<'a>,
    place: Place,
}

impl At<'_> {
    fn cell(&self, meaning: Meaning) -> &str {
        self.plan.columns().of(meaning).map_or("", |column| self.records.cell(column))
    }

    /// Which column has the meaning.
    fn column(&self, meaning: Meaning) -> Option<usize> {
        self.plan.columns().of(meaning)
    }

    /// The cell if it is short enough to be a word.
    fn short_cell(&self, meaning: Meaning) -> &str {
        Some(self.cell(meaning)).filter(|cell| cell.len() < 64).unwrap_or_default()
    }

    /// The name of a column of ids, most of which stand in few rows.
    fn id(
        &self,
        meaning: Meaning,
        builder: &mut InventoryBuilder,
        fingerprint: Option<u32>,
    ) -> Option<NameId> {
        let cell = self.cell(meaning);
        if words::is_unknown(cell) {
            if words::is_spreadsheet_error(cell) {
                let message = "a spreadsheet could not compute this cell, and it counts as unknown";
                self.problem(meaning, ProblemKind::SpreadsheetDamage, message.to_owned(), builder);
            }
            return None;
        }
        if matches!(meaning, Meaning::Id | Meaning::Label) && self.is_damaged(meaning, builder) {
            return None;
        }
        if let Some(suffix) = self.plan.suffix().filter(|_| meaning == Meaning::Id) {
            let own = format!("{cell} {suffix}");
            return Some(builder.name(&own, self.place, self.plan.heading(meaning)));
        }
        let known = fingerprint.and_then(|fingerprint| builder.last_id(fingerprint, cell));
        Some(known.unwrap_or_else(|| builder.name(cell, self.place, self.plan.heading(meaning))))
    }

    /// Whether there was an id that a spreadsheet destroyed.
    fn has_lost_id(&self) -> bool {
        [Meaning::Id, Meaning::Label].into_iter().any(|meaning| {
            let cell = self.cell(meaning);
            words::is_spreadsheet_error(cell) || words::is_rounded_number(cell)
        })
    }

    /// Whether a spreadsheet made something else of an id. A rounded number could be any of
    /// thousands and counts as none; what may be a day is told and kept.
    fn is_damaged(&self, meaning: Meaning, builder: &mut InventoryBuilder) -> bool {
        let cell = self.cell(meaning);
        if !cell.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
            return false;
        }
        if words::is_rounded_number(cell) {
            let message = "a spreadsheet rounded this number, so it names nothing any more; export \
                           the column as text";
            self.problem(meaning, ProblemKind::SpreadsheetDamage, message.to_owned(), builder);
            return true;
        }
        if words::is_day_for_id(cell) {
            let message = "a spreadsheet may have made a day of this id; export the column as text";
            self.problem(meaning, ProblemKind::SpreadsheetDamage, message.to_owned(), builder);
        }
        false
    }

    /// The identity that stands within the id, in shapes that write it there.
    fn identity_within_id(&self, builder: &mut InventoryBuilder) -> Option<NameId> {
        let (before, behind) = self.plan.reading.shape?.identity_within_id?;
        let (_, rest) = self.cell(Meaning::Id).split_once(before)?;
        let identity = rest.split(behind).next().filter(|identity| !identity.is_empty())?;
        Some(builder.name(identity, self.place, self.plan.heading(Meaning::Id)))
    }

    /// Whether the row says something of a credential beyond its name, owner and tags.
    fn tells(&self, facts: &CredentialFacts) -> bool {
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
        let value = !words::is_unknown(self.cell(Meaning::Value));
        let ends = !self.cell(Meaning::Holder).is_empty() || !self.cell(Meaning::Target).is_empty();
        [kind, label, identity, storage].into_iter().any(Option::is_some)
            || [created, last_rotated, expires].into_iter().any(Option::is_some)
            || *status != Status::Unsaid
            || *last_used != LastUsed::Unsaid
            || value
            || ends
    }

    fn unknown_word(&self, meaning: Meaning, builder: &mut InventoryBuilder) {
        let counts = match meaning {
            Meaning::Status => "not as a sign that the credential is out of use",
            _ => "as unsaid",
        };
        let message = format!(
            "{} is not known as {}, here and wherever the column repeats it, and counts {counts}; \
             use a plainer word",
            words::shown(self.cell(meaning)),
            meaning.word()
        );
        self.problem(meaning, ProblemKind::UnknownWord, message, builder);
    }

    fn problem(
        &self,
        meaning: Meaning,
        kind: ProblemKind,
        message: String,
        builder: &mut InventoryBuilder,
    ) {
        builder.problem(self.place, self.plan.heading(meaning), kind, message);
    }
}
