//! Services that a JSON list of objects names: each object with its own environment, access and level.
//!
//! Such a list is laid out as a cell for each member of its objects, a JSON list with one element for
//! each object. What stands at one place of these lists belongs together, and nothing else does.

use serde_json::Value;

use crate::import::csv::records::Records;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_link::ListedService;
use crate::import::schema::list_facts::{FACTS, column_in_list};
use crate::import::schema::row_plan::Plan;
use crate::import::schema::value_words::WordKind;
use crate::import::vocabulary::lists;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Access, Flag, InstanceFacts, Level, NameId, ProblemKind};

/// The columns of a list of objects beside that of the services.
#[derive(Clone, Copy)]
pub(crate) struct ListColumns {
    pub(crate) environment: Option<usize>,
    access: Option<usize>,
    level: Option<usize>,
    /// In the order of [`FACTS`].
    facts: [Option<usize>; FACTS.len()],
    /// Whether the level stands in another list, and so says nothing of these objects.
    has_foreign_level: bool,
}

impl ListColumns {
    /// The columns of the list to which a column of services belongs, if it belongs to one. Of a
    /// column of holders or targets, `environment` is the column of their own environments.
    pub(crate) fn of(plan: &Plan, services: usize, environment: Option<usize>) -> Option<Self> {
        let list = plan.schema.list_of(services)?;
        let is_of_it = |column: &usize| plan.schema.list_of(*column) == Some(list);
        let own = |meaning: Meaning| plan.columns().of(meaning).filter(is_of_it);
        let level = plan.columns().of(Meaning::Level);
        Some(Self {
            environment: environment.filter(is_of_it).or_else(|| own(Meaning::Environment)),
            access: own(Meaning::Access),
            facts: FACTS.map(|meaning| column_in_list(&plan.schema, list, meaning)),
            level: level.filter(is_of_it),
            has_foreign_level: level
                .is_some_and(|level| !is_of_it(&level) && plan.schema.list_of(level).is_some()),
        })
    }
}

/// One object of a list.
pub(crate) struct Entry {
    pub(crate) service: String,
    pub(crate) environment: String,
    /// `None` where the row says it.
    pub(crate) access: Option<Access>,
    /// `None` where the row says it.
    pub(crate) level: Option<Level>,
    /// What it says of its service, in the order of [`FACTS`]; blank where it says nothing.
    facts: [String; FACTS.len()],
    /// A word for its level or its access that is not known.
    pub(crate) unknown: Option<(Meaning, String)>,
}

impl Entry {
    /// What the entry says of its service; nothing where it says nothing.
    pub(crate) fn described(&self, builder: &mut InventoryBuilder) -> Option<InstanceFacts> {
        let [owner, kind, exposure, jewel, criticality] = &self.facts;
        let [owner, kind] =
            [owner, kind].map(|text| (!words::is_unknown(text)).then(|| builder.name(text).0));
        let flag = |text: &str, read: fn(&str) -> Flag| {
            if text.is_empty() { Flag::Unstated } else { read(text) }
        };
        let jewel = flag(jewel, words::crown_jewel);
        let critical = flag(criticality, words::criticality);
        let facts = InstanceFacts {
            kind,
            owner,
            entry_point: flag(exposure, words::exposure),
            crown_jewel: if jewel == Flag::Unstated { critical } else { jewel },
        };
        (facts != InstanceFacts::default()).then_some(facts)
    }
}

/// The objects of the list whose services stand in a column.
pub(crate) fn entries(
    plan: &Plan,
    records: &Records<'_>,
    services: usize,
    list: ListColumns,
) -> Vec<Entry> {
    let meant = |kind, word: String| plan.schema.words.meant(kind, &word).to_owned();
    // One object alone is no list.
    let texts = |column: Option<usize>| match column.map_or("", |column| records.cell(column)) {
        "" => Vec::new(),
        cell => words(cell),
    };
    let all: Vec<String> = texts(Some(services));
    let [environments, accesses, levels]: [Vec<String>; 3] =
        [list.environment, list.access, list.level].map(texts);
    let facts: [Vec<String>; FACTS.len()] = list.facts.map(texts);
    let at = |texts: &[String], place: usize| texts.get(place).cloned().unwrap_or_default();
    let entry = |(place, service): (usize, String)| {
        let access = meant(WordKind::Access, at(&accesses, place));
        let level = meant(WordKind::Level, at(&levels, place));
        let in_access = words::level(&access).filter(|_| words::access(&access).is_none());
        let is_unread = |word: &String| !words::is_unknown(word);
        let unknown =
            match (words::level(&level), words::access(&access).is_some() || in_access.is_some()) {
                (None, _) if is_unread(&level) => Some((Meaning::Level, level.clone())),
                (_, false) if is_unread(&access) => Some((Meaning::Access, access.clone())),
                _ => None,
            };
        let foreign = list.has_foreign_level.then_some(Level::Unknown);
        Entry {
            service,
            unknown,
            facts: std::array::from_fn(|fact| {
                facts.get(fact).map_or_else(String::new, |texts| at(texts, place))
            }),
            environment: meant(WordKind::Environment, at(&environments, place)),
            access: words::access(&access),
            level: match list.level {
                Some(_) => Some(words::level(&level).or(in_access).unwrap_or_default()),
                None => in_access.or(foreign),
            },
        }
    };
    all.into_iter().enumerate().map(entry).collect()
}

/// The services of an entry, and the environments for those that have none of their own.
pub(crate) fn names_of(
    entry: &Entry,
    of_row: &[NameId],
    plan: &Plan,
    builder: &mut InventoryBuilder,
) -> (Vec<ListedService>, Vec<NameId>, Vec<CellProblem>) {
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
    let within = plan.within_names(&builder.environments).filter(|_| environments.is_empty());
    let found = lists::services(&entry.service, false, within);
    problems.extend(found.remark.map(|why| CellProblem::new(ProblemKind::UnclearList, why)));
    let mut services = Vec::new();
    for piece in found.services {
        let (listed, wrong) = ListedService::new(&piece, plan, builder);
        problems.extend(wrong);
        services.push(listed);
    }
    if environments.is_empty() {
        environments.push(builder.blank);
    }
    (services, environments, problems)
}

/// The text of an element; a list or an object as it is written.
fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The words of a cell: the elements of a list, or the cell itself.
pub(crate) fn words(cell: &str) -> Vec<String> {
    match serde_json::from_str::<Vec<Value>>(cell) {
        Ok(values) => values.into_iter().map(text).collect(),
        Err(_) => vec![cell.to_owned()],
    }
}

/// The word that all elements of a cell say, if it is a list of words; the cell itself if it is not.
/// `None` where they differ.
pub(crate) fn common_word(cell: &str) -> Option<String> {
    let Ok(values) = serde_json::from_str::<Vec<Value>>(cell) else { return Some(cell.to_owned()) };
    let mut words = values.into_iter().map(text).filter(|word| !words::is_unknown(word));
    let first = words.next().unwrap_or_default();
    words.all(|word| word == first).then_some(first)
}
