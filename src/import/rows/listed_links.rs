//! Services that a JSON list of objects names: each object with its own environment, access and level.
//!
//! Such a list is laid out as a cell for each member of its objects, a JSON list with one element for
//! each object. What stands at one place of these lists belongs together, and nothing else does.

use serde_json::Value;

use crate::import::csv::records::Records;
use crate::import::schema::row_plan::Plan;
use crate::import::schema::value_words::WordKind;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Access, Level};

/// The columns of a list of objects beside that of the services.
#[derive(Clone, Copy)]
pub(crate) struct ListColumns {
    pub(crate) environment: Option<usize>,
    access: Option<usize>,
    level: Option<usize>,
    owner: Option<usize>,
    kind: Option<usize>,
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
            owner: own(Meaning::ServiceOwner),
            kind: own(Meaning::ServiceKind),
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
    /// Its owner and its type; blank where it has none of its own.
    pub(crate) owner: String,
    pub(crate) kind: String,
    /// A word for its level or its access that is not known.
    pub(crate) unknown: Option<(Meaning, String)>,
}

/// The objects of the list whose services stand in a column.
pub(crate) fn entries(
    plan: &Plan,
    records: &Records<'_>,
    services: usize,
    list: ListColumns,
) -> Vec<Entry> {
    let meant = |kind, word: String| plan.schema.words.meant(kind, &word).to_owned();
    let texts = |column: Option<usize>| {
        let cell = column.map_or("", |column| records.cell(column));
        serde_json::from_str::<Vec<Value>>(cell).unwrap_or_default().into_iter().map(text).collect()
    };
    let all: Vec<String> = texts(Some(services));
    let [environments, accesses, levels, owners, kinds]: [Vec<String>; 5] =
        [list.environment, list.access, list.level, list.owner, list.kind].map(texts);
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
            owner: at(&owners, place),
            kind: at(&kinds, place),
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

/// The text of an element; a list or an object as it is written.
fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
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
