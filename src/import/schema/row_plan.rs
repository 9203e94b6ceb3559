//! How one table is to be read, row by row, and how that is described to people.

use crate::import::container::RawTable;
use crate::import::container::json::opengraph::EDGE;
use crate::import::csv::dialect::delimiter_name;
use crate::import::csv::records::Records;
use crate::import::schema::candidates::Columns;
use crate::import::schema::duplicate_columns::{DuplicateColumn, duplicates, environment_beside};
use crate::import::schema::list_facts;
use crate::import::schema::marked::Marked;
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::table_rules::{CredentialSlot, TableRules};
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::vocabulary::lists::{WithinNames, is_plural};
use crate::import::vocabulary::synonyms::{Meaning, english};
use crate::inventory::shown;
use crate::inventory::{Access, DecidedBy, Environments};

/// Everything that the rows of a table share.
pub(crate) struct Plan {
    pub(crate) schema: TableSchema,
    /// Whether any cell may hold a raw secret; then every row must have exactly the header's width.
    pub(crate) has_secrets: bool,
    /// Whether the rows are about credentials at all, and not only about services.
    pub(crate) has_credentials: bool,
    /// Whether a row without an id is about services alone, whatever else it says: of a graph of which each
    /// edge is a row, most edges are between others than credentials.
    pub(crate) needs_id: bool,
    /// What a service of the service column is to its credential where the row does not state it.
    pub(crate) access: Access,
    /// The last column that is used; a row may end after it.
    pub(crate) last_used_column: usize,
    /// The columns of which one shows that this slot of a row is filled; empty without slots.
    pub(crate) present: Vec<usize>,
    /// The column, and the words in it, of the rows that have this slot.
    pub(crate) only_where: Option<(usize, Vec<String>)>,
    /// What holds every credential where no column names a service.
    pub(crate) holder: Option<String>,
    /// The columns that are added to the name of a credential without a fingerprint.
    pub(crate) name_within: Vec<usize>,
    /// The columns with the same heading as another one.
    pub(crate) duplicates: Vec<DuplicateColumn>,
    /// The columns that all credentials of a row share.
    pub(crate) shared_columns: Columns,
    slot: Option<CredentialSlot>,
    /// A bit for the length in bytes of each heading; the last stands for all longer ones.
    heading_lengths: u64,
    plural: [bool; Meaning::COUNT],
}

/// How the rows of one table are read: one plan for each credential that a row may list.
pub(crate) struct Plans {
    /// The first of them, for what they all share.
    pub(crate) first: Plan,
    further: Vec<Plan>,
}

impl Plans {
    /// For the rows of a file, whose name is that of a holder that no column names.
    pub(crate) fn new(schema: TableSchema, file: &str) -> Self {
        let slots = schema.rules.as_ref().map(|rules| rules.slots.clone()).unwrap_or_default();
        let mut plans = slots.into_iter().map(|slot| Plan::of_slot(schema.clone(), slot, file));
        match plans.next() {
            None => Self { first: Plan::new(schema, file), further: Vec::new() },
            Some(first) => Self { first, further: plans.collect() },
        }
    }

    /// All plans, at least one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Plan> {
        std::iter::once(&self.first).chain(&self.further)
    }

    /// What a column means, for whichever of the credentials of a row.
    pub(crate) fn meaning_at(&self, column: usize) -> Option<Meaning> {
        if let Some(marked) = self.first.marked(column) {
            return Some(marked.meaning());
        }
        self.iter().find_map(|plan| {
            let columns = plan.columns();
            let found =
                columns.meanings().find(|(_, at)| *at == column).map(|(meaning, _)| meaning);
            let secret = columns.other_secrets.contains(&column).then_some(Meaning::OtherSecret);
            let duplicate = || plan.further_meaning(column);
            let of_list = || list_facts::further_fact(&plan.schema, column);
            found.or(secret).or_else(duplicate).or_else(of_list)
        })
    }

    /// Whether a row is about one credential at most.
    pub(crate) fn is_single(&self) -> bool {
        self.further.is_empty()
    }
}

impl Plan {
    /// The plan for one of the credentials that a row of a known export lists.
    fn of_slot(mut schema: TableSchema, slot: CredentialSlot, file: &str) -> Self {
        let shared_columns = schema.columns.clone();
        schema.columns = slot.columns_with(&shared_columns);
        let (present, only_where) = (slot.present.clone(), slot.only_where.clone());
        let plan = Self::new(schema, file);
        Self { slot: Some(slot), present, only_where, shared_columns, ..plan }
    }

    /// Whether a heading may have this length in bytes.
    pub(crate) fn has_heading_of(&self, length: usize) -> bool {
        self.heading_lengths & length_bit(length) != 0
    }

    fn new(schema: TableSchema, file: &str) -> Self {
        let columns = &schema.columns;
        let mut plural = [false; Meaning::COUNT];
        for meaning in [Meaning::Service, Meaning::Holder, Meaning::Target] {
            let heading = columns.of(meaning).and_then(|at| schema.header.get(at));
            if let (Some(slot), Some(heading)) = (plural.get_mut(meaning as usize), heading) {
                *slot = is_plural(heading);
            }
        }
        let is_about_credentials = |(meaning, _): (Meaning, usize)| {
            meaning.tells_of_credentials()
                || matches!(
                    meaning,
                    Meaning::Label | Meaning::Kind | Meaning::Status | Meaning::Created
                )
        };
        let has_credentials = columns.meanings().any(is_about_credentials)
            || columns.have_secrets()
            || schema.rules.is_some();
        let rules = schema.rules.as_deref();
        let has_credentials = has_credentials && rules.is_none_or(|rules| rules.of_credentials);
        Self {
            has_secrets: columns.have_secrets(),
            has_credentials,
            needs_id: schema.header.first().is_some_and(|name| name == EDGE),
            access: rules.map_or(Access::Unstated, |rules| rules.access),
            last_used_column: columns
                .meanings()
                .map(|(_, at)| at)
                .chain(schema.marks.iter().flat_map(|marks| marks.columns.iter().copied()))
                .max()
                .unwrap_or(0),
            present: Vec::new(),
            only_where: None,
            holder: rules.and_then(|rules| Some(holder_name(rules.holder.as_deref()?, file))),
            name_within: rules
                .map_or_else(|| name_within(&schema), |rules| rules.name_within.clone()),
            duplicates: if rules.is_some() {
                Vec::new()
            } else {
                duplicates(&schema.header, columns)
            },
            shared_columns: columns.clone(),
            slot: None,
            heading_lengths: (0..schema.header.len())
                .fold(0, |bits, at| bits | length_bit(schema.written(at).len())),
            plural,
            schema,
        }
    }

    /// The type of every row's credential, if it is always the same.
    pub(crate) fn kind(&self) -> Option<&str> {
        match &self.slot {
            Some(slot) if !slot.kind.is_empty() => Some(&slot.kind),
            Some(_) | None => self.rules()?.kind.as_deref(),
        }
    }

    /// What holds for every row, if a known export or a column mapping says it.
    pub(crate) fn rules(&self) -> Option<&TableRules> {
        self.schema.rules.as_deref()
    }

    /// The column, and the words in it, of rows that are about no credential.
    pub(crate) fn no_credential(&self) -> Option<&(usize, Vec<String>)> {
        self.rules()?.no_credential.as_ref()
    }

    /// What is added to an id to distinguish the credentials of one row.
    pub(crate) fn suffix(&self) -> Option<&str> {
        self.slot.as_ref().map(|slot| slot.suffix.as_str()).filter(|suffix| !suffix.is_empty())
    }

    /// What a column of marks is named after.
    pub(crate) fn marked(&self, column: usize) -> Option<Marked> {
        let marks = self.schema.marks.as_ref()?;
        marks.columns.contains(&column).then_some(marks.of)
    }

    /// How environments are read from the names of services where no cell says any.
    pub(crate) fn within_names<'a>(&'a self, known: &'a Environments) -> Option<WithinNames<'a>> {
        let TableSchema { environment_in_names, name_style, sheet_environment, .. } = &self.schema;
        let is_read = *environment_in_names != EnvironmentInNames::Ignored;
        let sheet = sheet_environment.as_deref();
        is_read.then_some(WithinNames { known, style: *name_style, sheet })
    }

    /// The records of a text that is read by this plan.
    pub(crate) fn records<'a>(&self, text: &'a str) -> Records<'a> {
        Records::below(text, self.schema.dialect, self.schema.header.len())
    }

    pub(crate) fn columns(&self) -> &Columns {
        &self.schema.columns
    }

    pub(crate) fn is_plural(&self, meaning: Meaning) -> bool {
        self.plural.get(meaning as usize).copied().unwrap_or(false)
    }

    /// The heading of a meaning's column as the file writes it.
    pub(crate) fn heading(&self, meaning: Meaning) -> &str {
        self.columns().of(meaning).map_or("", |at| self.heading_at(at))
    }

    /// The heading of a column as the file writes it.
    pub(crate) fn heading_at(&self, column: usize) -> &str {
        self.schema.header.get(column).map_or("", String::as_str)
    }

    /// How a column is read that has the same heading as another one.
    pub(crate) fn duplicate(&self, column: usize) -> Option<&DuplicateColumn> {
        self.duplicates.iter().find(|duplicate| duplicate.column == column)
    }

    /// The column of the environments of a column of services; `label` is what it means.
    pub(crate) fn environment_beside(&self, service: usize, label: Meaning) -> Option<usize> {
        environment_beside(&self.schema.header, self.columns(), (service, label))
    }

    /// What a column means that is read beside the first of its meaning: one with the same heading,
    /// a further list of services, or the environments of one.
    pub(crate) fn further_meaning(&self, column: usize) -> Option<Meaning> {
        if let Some(duplicate) = self.duplicate(column) {
            return Some(duplicate.meaning);
        }
        let mut pairs = self.duplicates.iter().filter_map(|one| Some((one.meaning, one.pair()?)));
        let (service, _) = pairs.find(|(_, (_, environment))| *environment == Some(column))?;
        Some(match service {
            Meaning::Holder => Meaning::HolderEnvironment,
            Meaning::Target => Meaning::TargetEnvironment,
            _ => Meaning::Environment,
        })
    }

    /// Describes how the file is read: encoding, delimiter and header.
    pub(crate) fn description(&self, raw: &RawTable<'_>) -> Vec<String> {
        let mut lines = raw.written.clone();
        if !raw.is_packed() {
            let delimiter = delimiter_name(char::from(self.schema.dialect.delimiter));
            lines.push(format!("delimiter: {delimiter}"));
        }
        lines.push(match self.schema.header_line {
            0 if self.schema.has_no_header() => "header: none; the columns are numbered".to_owned(),
            0 => "header: none; as in the part before".to_owned(),
            at if !raw.has_known_header() => match self.schema.group_line {
                0 => format!("header: line {}", raw.line(at)),
                first => format!("header: lines {} and {}", raw.line(first), raw.line(at)),
            },
            _ => "header: the members' names".to_owned(),
        });
        lines.extend(self.schema.marks.iter().map(|marks| marks.note(&self.schema.header)));
        if let Some(rules) = self.rules() {
            lines.extend(rules.name.iter().map(|name| format!("read as: {}", shown(name))));
            lines.extend(rules.notes.iter().map(|note| shown(note).into_owned()));
        }
        lines
    }

    /// Who decided what the columns mean, if anybody did.
    pub(crate) fn decided_by(&self) -> Option<DecidedBy> {
        match self.schema.by {
            By::Names => None,
            By::ColumnMapping(_) => Some(DecidedBy::ColumnMapping),
            By::Remembered(_) => Some(DecidedBy::Remembered),
            By::User => Some(DecidedBy::User),
        }
    }

    /// What a column means, or why it is not used.
    pub(crate) fn reason_for(&self, column: usize) -> String {
        let columns = self.columns();
        if let Some(marked) = self.marked(column) {
            return format!("marks of one {}", marked.name());
        }
        if let Some((meaning, _)) = columns.meanings().find(|(_, at)| *at == column) {
            return meaning.word().to_owned();
        }
        if let Some(meaning) = self.further_meaning(column) {
            return format!("a second column of the {}", meaning.word());
        }
        if columns.other_secrets.contains(&column) {
            return Meaning::OtherSecret.word().to_owned();
        }
        if let Some(meaning) = list_facts::further_fact(&self.schema, column) {
            return meaning.word().to_owned();
        }
        if let Some((_, what)) = columns.misnamed.iter().find(|(at, _)| *at == column) {
            return format!("not used: {what}");
        }
        if self.no_credential().is_some_and(|(at, _)| *at == column) {
            return "whether it is a credential".to_owned();
        }
        match columns.superseded.iter().find(|(at, _)| *at == column) {
            Some((_, meaning)) => match self.columns().of(*meaning) {
                Some(_) => {
                    let taken = shown(self.heading(*meaning));
                    format!("not used: {taken} is the {}", meaning.word())
                }
                None => format!("not used: too unsure as the {}", meaning.word()),
            },
            None => "not used".to_owned(),
        }
    }
}

/// The column within which the names of a table without ids are unique, if they are for people alone:
/// many applications have a `Default secret`.
fn name_within(schema: &TableSchema) -> Vec<usize> {
    let columns = &schema.columns;
    let heading = |meaning| columns.of(meaning).and_then(|at| schema.header.get(at));
    let Some(name) = heading(Meaning::Label).filter(|_| columns.of(Meaning::Id).is_none()) else {
        return Vec::new();
    };
    // A user has accounts in many places; a name beside one may well be the id of the credential.
    let is_user = heading(Meaning::Identity).is_some_and(|heading| {
        ["user", "login", "account name"].iter().any(|word| english(heading).contains(word))
    });
    let identity = columns.of(Meaning::Identity).filter(|_| !is_user);
    let within = match english(name).as_str() {
        "display name" => [identity, columns.of(Meaning::Service)],
        "name" | "title" | "label" => [identity, None],
        _ => [None, None],
    };
    within.into_iter().flatten().take(1).collect()
}

/// The name of a holder that no column names: two files are seldom about the same one.
fn holder_name(holder: &str, file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    format!("{holder} ({stem})")
}

fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}
