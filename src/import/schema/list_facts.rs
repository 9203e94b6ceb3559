//! What a list of services says of its own services, each of its objects for itself: owner, type,
//! exposure, crown jewel, criticality.

use crate::import::schema::nested_ends::{list_path, lists_further_services};
use crate::import::schema::table_schema::TableSchema;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, english, words_of};

/// What an object of a list can say of its service.
pub(crate) const FACTS: [Meaning; 5] = [
    Meaning::ServiceOwner,
    Meaning::ServiceKind,
    Meaning::Exposure,
    Meaning::CrownJewel,
    Meaning::Criticality,
];

/// Gives the columns of such facts that stand in a list of services the meaning that they have for the
/// services. Of several lists, each has columns of its own.
pub(crate) fn assign(schema: &mut TableSchema) {
    let lists = lists_of_services(schema);
    if lists.is_empty() {
        return;
    }
    for (at, name) in schema.header.iter().enumerate() {
        let is_listed = schema.lists.get(at).is_some_and(|list| lists.contains(list));
        let Some(meaning) = fact_of_service(name).filter(|_| is_listed) else { continue };
        let found = schema.columns.meanings().find(|(_, column)| *column == at);
        let is_open = match found {
            None => true,
            Some((meaning, _)) => matches!(meaning, Meaning::Owner | Meaning::Kind),
        };
        if !is_open {
            continue;
        }
        let first = schema.columns.of(meaning);
        let of_same_list = |first: &usize| schema.lists.get(*first) == schema.lists.get(at);
        if first.as_ref().is_some_and(of_same_list) {
            continue;
        }
        schema.columns.forget(at);
        match first {
            None => schema.columns.set(meaning, Some(at)),
            Some(_) => schema.columns.superseded.push((at, meaning)),
        }
    }
}

/// The lists of objects that name services.
fn lists_of_services(schema: &TableSchema) -> Vec<u16> {
    let services = [Meaning::Service, Meaning::Holder, Meaning::Target];
    let columns = services.iter().filter_map(|meaning| schema.columns.of(*meaning));
    columns.filter_map(|column| schema.list_of(column)).collect()
}

/// The column in which the objects of a list say something of their services.
pub(crate) fn column_in_list(schema: &TableSchema, list: u16, meaning: Meaning) -> Option<usize> {
    let is_of_it = |column: &usize| schema.list_of(*column) == Some(list);
    let first = schema.columns.of(meaning).filter(is_of_it);
    first.or_else(|| {
        let further = schema.columns.superseded.iter().filter(|(_, own)| *own == meaning);
        further.map(|(column, _)| *column).filter(is_of_it).min()
    })
}

/// What a column says of the services of its list, where another list has the first column of this
/// meaning.
pub(crate) fn further_fact(schema: &TableSchema, column: usize) -> Option<Meaning> {
    let list = schema.list_of(column)?;
    let of_list = |meaning: &Meaning| {
        schema.columns.of(*meaning) != Some(column)
            && column_in_list(schema, list, *meaning) == Some(column)
    };
    FACTS.into_iter().find(of_list).filter(|_| lists_of_services(schema).contains(&list))
}

/// Whether two columns may mean the same of the services of two lists: `consumers.owner` and
/// `grants.owner`, `holders.service` and `stores.service`.
pub(crate) fn may_both_mean(meaning: Meaning, first: &str, second: &str) -> bool {
    use Meaning::{Environment, Holder, HolderEnvironment, Service, Target, TargetEnvironment};
    let outer = |name: &str| name.rsplit_once('.').map(|(outer, _)| outer.to_owned());
    if FACTS.contains(&meaning) {
        return outer(first) != outer(second);
    }
    let ends = [Environment, Holder, HolderEnvironment, Service, Target, TargetEnvironment];
    let synonyms = Synonyms::new();
    ends.contains(&meaning)
        && (list_path(first, &synonyms) != list_path(second, &synonyms)
            || [first, second].into_iter().any(lists_further_services))
}

/// What a member of a service says of it.
fn fact_of_service(path: &str) -> Option<Meaning> {
    let last = english(path.rsplit('.').next()?);
    let is_one_of = |meaning: Meaning| words_of(meaning).contains(&last.as_str());
    if is_one_of(Meaning::Owner) || is_one_of(Meaning::ServiceOwner) {
        return Some(Meaning::ServiceOwner);
    }
    let is_type = matches!(last.as_str(), "type" | "kind" | "category" | "class" | "role");
    if is_type || is_one_of(Meaning::ServiceKind) {
        return Some(Meaning::ServiceKind);
    }
    let others = [Meaning::Exposure, Meaning::CrownJewel, Meaning::Criticality];
    others.into_iter().find(|meaning| is_one_of(*meaning))
}
