//! Members of nested objects whose outer name says what they are: in JSON, the services below
//! `consumers` hold a credential and those below `grants` are what it grants; an `owner` that is blank
//! beside `owner.team` is the object itself.

use crate::import::schema::candidates::Columns;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, normalised};
use crate::import::vocabulary::words;
use crate::inventory::Access;

/// The columns of services and environments on one side of a credential.
#[derive(Clone, Copy, Default)]
struct End {
    service: Option<usize>,
    environment: Option<usize>,
}

/// Reads services of two nested objects as holders and targets, where their outer names say which is
/// which and no column states the access.
pub(crate) fn read_ends(columns: &mut Columns, header: &[String], synonyms: &Synonyms) {
    let stated = [Meaning::Access, Meaning::Holder, Meaning::Target];
    if stated.iter().any(|meaning| columns.of(*meaning).is_some()) {
        return;
    }
    let (mut holder, mut target) = (End::default(), End::default());
    for (at, name) in header.iter().enumerate() {
        let Some((outer, member)) = name.rsplit_once('.') else { continue };
        let end = match access_of(outer) {
            Some(Access::Holds) => &mut holder,
            Some(Access::Grants) => &mut target,
            _ => continue,
        };
        let place = match synonyms.meaning(member) {
            Some((Meaning::Service, _)) => &mut end.service,
            Some((Meaning::Environment, _)) => &mut end.environment,
            _ => continue,
        };
        place.get_or_insert(at);
    }
    if holder.service.is_none() || target.service.is_none() {
        return;
    }
    for (end, service, environment) in [
        (holder, Meaning::Holder, Meaning::HolderEnvironment),
        (target, Meaning::Target, Meaning::TargetEnvironment),
    ] {
        for (column, meaning) in [(end.service, service), (end.environment, environment)] {
            let Some(at) = column else { continue };
            columns.forget(at);
            columns.set(meaning, Some(at));
        }
    }
}

/// What the services below a name are to the credential: `consumers`, `used_by`, `grants`.
fn access_of(outer: &str) -> Option<Access> {
    let word = normalised(outer.rsplit('.').next()?);
    words::access(&word).or_else(|| words::access(word.strip_suffix('s')?))
}

/// Reads the first member of an object in place of the object, where the object itself has no cell: it
/// was null, or a text, in some entry.
pub(crate) fn read_members<'a>(
    columns: &mut Columns,
    header: &[String],
    cells: &impl Fn(usize) -> Vec<&'a str>,
) {
    let blank: Vec<(Meaning, usize)> = columns
        .meanings()
        .filter(|(_, at)| header.get(*at).is_some_and(|name| name.contains('.')))
        .filter(|(_, at)| cells(*at).is_empty())
        .collect();
    for (meaning, at) in blank {
        let Some(outer) = header.get(at) else { continue };
        let is_member = |(column, own): &&(usize, Meaning)| {
            let name = header.get(*column).and_then(|name| name.strip_prefix(outer.as_str()));
            *own == meaning && name.is_some_and(|rest| rest.starts_with('.'))
        };
        let filled = |(column, _): &&(usize, Meaning)| !cells(*column).is_empty();
        let members = columns.superseded.iter().filter(is_member).filter(filled);
        if let Some(column) = members.map(|(column, _)| *column).min() {
            columns.forget(column);
            columns.superseded.push((at, meaning));
            columns.set(meaning, Some(column));
        }
    }
}
