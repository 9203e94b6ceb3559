//! Owners and types within a list of services: they are those of the services, each of its own.

use crate::import::schema::table_schema::TableSchema;
use crate::import::vocabulary::synonyms::{Meaning, english, words_of};

/// Gives the columns of owners and types that stand in a list of services the meaning of the
/// services' owners and types.
pub(crate) fn assign(schema: &mut TableSchema) {
    let services = [Meaning::Service, Meaning::Holder, Meaning::Target];
    let lists: Vec<u16> = services
        .iter()
        .filter_map(|meaning| schema.list_of(schema.columns.of(*meaning)?))
        .collect();
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
        if is_open && schema.columns.of(meaning).is_none() {
            schema.columns.forget(at);
            schema.columns.set(meaning, Some(at));
        }
    }
}

/// What a member of a service says of it, if that is its owner or its type.
fn fact_of_service(path: &str) -> Option<Meaning> {
    let last = english(path.rsplit('.').next()?);
    let is_one_of = |meaning: Meaning| words_of(meaning).contains(&last.as_str());
    if is_one_of(Meaning::Owner) || is_one_of(Meaning::ServiceOwner) {
        return Some(Meaning::ServiceOwner);
    }
    let is_type = matches!(last.as_str(), "type" | "kind" | "category" | "class" | "role");
    (is_type || is_one_of(Meaning::ServiceKind)).then_some(Meaning::ServiceKind)
}
